"""The frame of every page the stand-in shows in a browser: what it is said to be, and how it looks."""

from __future__ import annotations

from html import escape
from typing import Final

RUSSIAN: Final = "Это не Google. Учебная замена Google Таблиц на этом компьютере: данные никуда не уходят."
ENGLISH: Final = "This is not Google. A stand-in for trials on this computer: no data leave it."

STYLE: Final = """
:root { color-scheme: light; --line: #d5dbe3; --ink: #1d2733; --soft: #5c6b7c; --paper: #fff; --desk: #f3f5f8;
  --mark: #1f6f54; --warn: #fff3cd; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--desk); color: var(--ink);
  font: 15px/1.45 system-ui, "Segoe UI", "DejaVu Sans", Arial, sans-serif; }
.banner { background: var(--warn); border-bottom: 1px solid #e3cf8a; padding: .5rem 1rem; font-size: .9rem; }
.banner b { margin-right: .4rem; }
main { padding: 1rem; max-width: 100%; }
h1 { font-size: 1.35rem; margin: .2rem 0 .8rem; overflow-wrap: anywhere; }
a { color: #0b57a4; }
a.inside { color: inherit; }
.soft { color: var(--soft); font-size: .88rem; }
ul.files { list-style: none; padding: 0; margin: 0; max-width: 60rem; }
ul.files li { background: var(--paper); border: 1px solid var(--line); border-radius: .5rem;
  padding: .6rem .9rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
ul.files .soft { display: block; }
.sheet { overflow: auto; max-height: 78vh; border: 1px solid var(--line); background: var(--paper); }
table.grid { border-collapse: separate; border-spacing: 0; table-layout: fixed; width: 0;
  font: 10pt/1.3 Calibri, Carlito, Arial, "Liberation Sans", sans-serif; }
table.grid th, table.grid td { border: solid var(--line); border-width: 0 1px 1px 0; padding: 2px 4px;
  overflow: hidden; vertical-align: bottom; text-align: left; }
table.grid th { background: #eef1f5; color: var(--soft); font-weight: 500; text-align: center;
  vertical-align: middle; position: sticky; top: 0; z-index: 2; }
tr { scroll-margin-top: 2rem; }
tr:target { outline: 2px solid var(--mark); outline-offset: -2px; }
table.grid tbody th { left: 0; z-index: 1; }
table.grid thead th:first-child { left: 0; z-index: 3; }
td.clip { white-space: nowrap; }
table.grid td.spill { overflow: visible; }
td.spill span { display: inline-block; overflow: hidden; vertical-align: bottom; }
td.wrap { white-space: pre-wrap; overflow-wrap: break-word; }
td.locked { background-image: linear-gradient(225deg, #b9c3cf 4px, transparent 4px); }
td.note { background-image: linear-gradient(225deg, #f2a600 6px, transparent 6px); cursor: help; }
.chip { background: #e8eef6; border-radius: .7em; padding: 0 .5em; }
nav.tabs { display: flex; flex-wrap: wrap; gap: .25rem; margin: .6rem 0; }
nav.tabs a { padding: .3rem .8rem; border: 1px solid var(--line); border-radius: .4rem;
  background: var(--paper); text-decoration: none; color: var(--ink); }
nav.tabs a.here { background: var(--mark); border-color: var(--mark); color: #fff; }
.button { display: inline-block; padding: .5rem 1.1rem; border-radius: .4rem; text-decoration: none;
  background: var(--mark); color: #fff; }
.button.plain { background: var(--paper); color: var(--ink); border: 1px solid var(--line); }
@media (max-width: 40rem) { main { padding: .6rem; } .sheet { max-height: none; } body { font-size: 14px; } }
"""


def escaped(text: object) -> str:
    """Text of a school as text: no markup of it is live."""
    return escape(str(text), quote=True)


def document(title: str, content: str, place: str = "") -> str:
    """A whole page; ``content`` is markup, its texts escaped already; its links start at ``place``."""
    base = f'<base href="{place}">' if place else ""
    return (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"{base}<title>{escaped(title)}</title><style>{STYLE}</style></head><body>"
        f'<div class="banner" role="note"><b>{RUSSIAN}</b> <span lang="en">{ENGLISH}</span></div>'
        f"<main>{content}</main></body></html>"
    )
