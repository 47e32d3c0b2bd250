"""Hostile copies among good ones: what one costs in time and memory, and that the run goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import corpus
from bench_page import MIB as MIB_UNIT
from bench_page import SECONDS, Row, duration, size
from bench_work import campaign_of, consolidate, received
from corpus import Recipe
from processes import MIB, Cost

from sheetsync.workbooks.package import Package

_REPORT: Final = "xl/worksheets/sheet1.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_GHOSTS: Final = 100_000
_BOMB: Final = 1 << 30
_AMONG: Final = Recipe(10)
_ROUNDS: Final = 3


def far_corner(data: bytes) -> bytes:
    """A value in the last cell a sheet can have: dense readers ask for half a terabyte."""
    row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>далеко</t></is></c></row></sheetData>'
    return _edited(data, _REPORT, lambda text: text.replace("</sheetData>", row))


def ghost_rows(data: bytes) -> bytes:
    """Rows nobody filled but somebody coloured, down to where the school once scrolled."""
    first = 200
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="17"/><c r="B{row}" s="18"/><c r="H{row}" s="19"/></row>'
        for row in range(first, first + _GHOSTS)
    )
    return _edited(data, _REPORT, lambda text: text.replace("</sheetData>", f"{rows}</sheetData>"))


def bomb(data: bytes) -> bytes:
    """A gibibyte of blanks among the shared strings."""
    blanks = b"<si><t>" + b" " * (_BOMB - 1000) + b"</t></si></sst>"
    package = Package.from_bytes(data)
    package.write(_STRINGS, re.sub(rb"</sst>$", b"", package.read(_STRINGS)) + blanks)
    return package.to_bytes()


KINDS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "значение в XFD1048576": far_corner,
    f"{_GHOSTS:,} пустых раскрашенных строк".replace(",", " "): ghost_rows,
    "zip-бомба: 1 ГиБ в одной части": bomb,
}


def _edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    package = Package.from_bytes(data)
    package.write(part, change(package.read(part).decode()).encode())
    return package.to_bytes()


def rows() -> Iterator[Row]:
    """Runs with each kind and with the good ones alone, in turns; the quickest of each is compared."""
    pattern = received(corpus.kept(_AMONG))[0].read_bytes()
    files = {name: make(pattern) for name, make in KINDS.items()}
    costs: dict[str, list[Cost]] = {}
    for _ in range(_ROUNDS):
        costs.setdefault("", []).append(_cost(None))
        for name, data in files.items():
            costs.setdefault(name, []).append(_cost(data))
    good = costs.pop("")
    alone, least = min(one.wall for one in good), min(one.together for one in good)
    for name, bad in costs.items():
        with_it = min(one.wall for one in bad)
        work = f"враждебная копия среди {_AMONG.count}: {name}"
        against = f"{duration(alone)}: без неё"
        more = max(0.0, with_it - alone)
        yield Row(work, f"{duration(with_it)} вместе с нею", against, more, SECONDS, 0.5)
        memory = max(0, min(one.together for one in bad) - least)
        yield Row("то же: память сверх", size(memory), "", memory / MIB, MIB_UNIT, 100)


def _cost(hostile: bytes | None) -> Cost:
    with campaign_of(_AMONG) as place:
        if hostile:
            (received(place)[0].parent / "Отчёт.xlsx").write_bytes(hostile)
        return consolidate(place, watched=True)
