"""Brings the message catalogues up to date: new sentences in, gone ones out, .po compiled to .mo.

Sentences come from the declarations (findings, doubts, notices, help of the commands). A sentence
without a translation is listed and left empty: a test fails until somebody translates it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from sheetsync.cli import commands
from sheetsync.doubts import DOUBTS
from sheetsync.findings import CATALOGUE
from sheetsync.messages import DOMAIN, LANGUAGES, SOURCE_LANGUAGE
from sheetsync.notices import Notice

LOCALE = Path(__file__).parents[1] / "src" / "sheetsync" / "locale"


def sentences() -> list[str]:
    """Every sentence a user may read, once, in the order of the declarations."""
    return list(dict.fromkeys((*_catalogued(), *_help(commands))))


def _catalogued() -> Iterator[str]:
    for detail in CATALOGUE.values():
        yield from (detail.fact, detail.advice)
    yield from DOUBTS.values()
    yield from (notice.value for notice in Notice)


def _help(command: click.Command) -> Iterator[str]:
    yield from (
        text for text in (command.help, *(getattr(one, "help", None) for one in command.params)) if text
    )
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from _help(one)


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def load(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue with exactly today's sentences and the translations known for them."""
    known = load(language)
    fresh = Catalog(locale=language, project=DOMAIN, fuzzy=False, creation_date=known.creation_date)
    for sentence in sentences():
        found = known.get(sentence)
        fresh.add(sentence, found.string if found else "", flags=())
    return fresh


def compiled(catalog: Catalog) -> bytes:
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def main() -> None:
    for language in LANGUAGES:
        if language == SOURCE_LANGUAGE:
            continue
        path = po_path(language)
        catalog = updated(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=100, omit_header=False, sort_output=False)
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [message.id for message in catalog if message.id and not message.string]
        print(f"{language}: {len(catalog)} sentences, {len(missing)} without a translation")


if __name__ == "__main__":
    main()
