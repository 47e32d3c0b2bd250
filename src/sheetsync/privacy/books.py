"""A whole copy through the shield: every cell, note, link, shape and name, and what to say of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Final, cast

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.findings import make
from sheetsync.grid import Book, Cell, Sheet, Value, a1, text_of
from sheetsync.model import Entry, Finding, Origin, Submission
from sheetsync.privacy.shield import Covered, Shield, secret_of
from sheetsync.privacy.spans import Kind
from sheetsync.privacy.tables import headings

_CODES: Final = {
    Kind.NAME: "P901",
    Kind.PHONE: "P902",
    Kind.SNILS: "P903",
    Kind.BIRTH: "P904",
    Kind.EMAIL: "P905",
    Kind.DOCUMENT: "P906",
    Kind.HEALTH: "P907",
    Kind.ADDRESS: "P908",
}
_QUOTES: Final = 3
_SAID: Final = (str, bool, type(None), date)
"""Values that are no figures of anybody."""

_Place = tuple[int, int]

_Found = list[tuple[Kind, str]]


def masked_book(book: Book, shield: Shield, origin: Origin) -> tuple[Book, tuple[Finding, ...]]:
    """The book with personal data covered, and one finding for every cell and kind."""
    findings: list[Finding] = []
    told = _looked_at(book, shield)
    sheets = tuple(_masked_sheet(sheet, shield, origin, told, findings) for sheet in book.sheets)
    names: dict[str, str] = {}
    if not told.texts.isdisjoint(book.names.values()):
        for name, refers in book.names.items():
            covered = shield.covered(refers)
            names[name] = covered.text
            findings += _findings(replace(origin, cell=name), covered.found)
    if not findings:
        return book, ()
    return replace(book, sheets=sheets, names=names or book.names), tuple(findings)


class _Told(Struct, frozen=True):
    """What of a book something personal is found in: texts with formulas, and addresses; ``speaking``
    are texts that tell of other cells."""

    texts: AbstractSet[str]
    links: AbstractSet[str]
    speaking: AbstractSet[Value]


def _looked_at(book: Book, shield: Shield) -> _Told:
    """Everything a book says, looked at at once."""
    beside = [
        cell
        for sheet in book.sheets
        for cell in sheet.cells.values()
        if cell.formula or cell.links or cell.comment
    ]
    said = {cell.value for sheet in book.sheets for cell in sheet.cells.values()}
    figures = [value for value in said if value.__class__ is not str]
    words = {*cast("set[str]", said.difference(figures)), *map(_figures, figures)}
    words.update(cell.comment for cell in beside if cell.comment)
    words.update(book.names.values(), *((sheet.name, *sheet.texts) for sheet in book.sheets))
    formulas = shield.telling_formulas({cell.formula for cell in beside if cell.formula})
    links = shield.telling_links({link for cell in beside for link in cell.links})
    texts = shield.telling(words) | formulas
    return _Told(texts, links, shield.seen.speaking & said)


def told_of(findings: Iterable[Finding], submissions: Iterable[Submission]) -> tuple[Finding, ...]:
    """The same findings with the participant and the activity whose answer stands in the cell."""
    several, read = tuple(findings), tuple(submissions)
    if not several:
        return ()
    owners = {one.participant for one in read}
    only = owners.pop() if len(owners) == 1 else None
    places = {
        (cell.origin.sheet, cell.origin.cell): entry
        for submission in read
        for entry in submission.entries
        for cell in entry.fields.values()
    }
    return tuple(_owned(one, places.get((one.origin.sheet, one.origin.cell)), only) for one in several)


def _owned(finding: Finding, entry: Entry | None, only: str | None) -> Finding:
    if entry is None:
        return replace(finding, participant=only)
    return replace(finding, participant=entry.participant, activity=entry.activity)


def _masked_sheet(
    sheet: Sheet, shield: Shield, origin: Origin, told: _Told, findings: list[Finding]
) -> Sheet:
    spoken = _spoken(sheet, told.speaking)
    if not (told.texts or told.links or spoken):
        return sheet
    called = shield.sheet_name(sheet.name)
    origin = replace(origin, sheet=called.text)
    findings += _findings(origin, called.found)
    cells = dict(sheet.cells)
    for place in _doubtful(sheet, told, spoken):
        found: _Found = []
        masked = _masked_cell(sheet.cells[place], shield, spoken.get(place, ""), found)
        if found:
            cells[place] = masked
            findings += _findings(replace(origin, cell=a1(*place)), found)
    texts = [shield.covered(text) for text in sheet.texts]
    findings += _findings(origin, [one for told in texts for one in told.found])
    return dataclasses.replace(sheet, name=called.text, cells=cells, texts=tuple(one.text for one in texts))


def _figures(value: Value) -> str:
    """A value that is no text, as a person reads it: figures may be somebody's too. A day alone is
    nobody's."""
    return "" if value.__class__ in _SAID else text_of(value)


def _doubtful(sheet: Sheet, told: _Told, spoken: Container[_Place]) -> list[_Place]:
    """Cells to look at closely, in the order of the sheet."""
    texts, links = told.texts, told.links
    if not (texts or links):
        return [place for place in sheet.cells if place in spoken]
    return [
        place
        for place, cell in sheet.cells.items()
        if cell.value in texts
        or place in spoken
        or (cell.formula is not None and cell.formula in texts)
        or (cell.comment is not None and cell.comment in texts)
        or (cell.links and not links.isdisjoint(cell.links))
        or (cell.value.__class__ not in _SAID and _figures(cell.value) in texts)
    ]


def _spoken(sheet: Sheet, speaking: AbstractSet[Value]) -> Mapping[_Place, str]:
    """What the headings of a sheet say of its cells; most sheets have none that tell of a child."""
    if not speaking:
        return {}
    rows = {row for (row, _), cell in sheet.cells.items() if cell.value in speaking}
    return headings(sheet.cells, rows, _words_in) if rows else {}


def _words_in(cell: Cell) -> str:
    return "" if is_blank(cell.value) else text_of(cell.value)


def _masked_cell(cell: Cell, shield: Shield, heading: str, found: _Found) -> Cell:
    value = _masked_value(cell.value, shield, heading, found)
    links = tuple(_taken(shield.link(link), found) for link in cell.links)
    formula = cell.formula and _taken(shield.formula(cell.formula), found)
    is_covered = (value, links, formula) != (cell.value, cell.links, cell.formula)
    secret = secret_of(cell.text, cell.formula or "", *cell.links) if is_covered else ""
    comment = cell.comment and _taken(shield.covered(cell.comment), found)
    return Cell(value, formula, links, comment, secret)


def _masked_value(value: Value, shield: Shield, heading: str, found: _Found) -> Value:
    if is_blank(value):
        return value
    text = text_of(value)
    told = shield.covered(text, heading)
    if not told.found:
        return value
    found += told.found
    return told.text if told.text != text else value


def is_blank(value: Value) -> bool:
    """Nothing, or a tick: a cell that says no words and no figures."""
    return value is None or isinstance(value, bool)


def _taken(told: Covered, found: _Found) -> str:
    found += told.found
    return told.text


def _findings(origin: Origin, found: Iterable[tuple[Kind, str]]) -> Iterator[Finding]:
    quotes: dict[Kind, list[str]] = {}
    for kind, quote in found:
        quotes.setdefault(kind, []).append(quote)
    for kind, told in quotes.items():
        yield make(_CODES[kind], origin=origin, quote=_quoted(told))


def _quoted(quotes: list[str]) -> str:
    """«И***в П.», «П***а А.» and how many more; never the words themselves."""
    shown = ", ".join(f"«{quote}»" for quote in quotes[:_QUOTES])
    more = len(quotes) - _QUOTES
    return f"{shown} (+{more})" if more > 0 else shown
