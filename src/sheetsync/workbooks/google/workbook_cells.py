"""A cell of a Google spreadsheet as the district workbook keeps it: its parts, and what it says.

Text is always sent as text (RAW): a school's «=1+1» stays the four signs it is.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.grid import Cell, text_of
from sheetsync.workbooks.cells_xml import Calendar
from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.snapshot_values import formula_of, value_of
from sheetsync.workbooks.google.spelled import is_spelled
from sheetsync.workbooks.port import Out

CALENDAR: Final = Calendar(since_1904=False)

_FIRST_COMMON_DAY: Final = date(1900, 3, 1)
"""From here on Excel and Google number days alike."""
_ARGUMENTS: Final = re.compile(r'"[^"]*"|,')
"""In Russian arguments are parted by semicolons."""
_DAYS: Final = {"DATE": "dd.mm.yyyy", "DATE_TIME": "dd.mm.yyyy hh:mm"}
_TIMES: Final = (*_DAYS, "TIME")


class GoogleCell(Struct, frozen=True):
    """What is kept of a cell: ``value`` as entered, ``runs`` of text with their links, chips, note,
    format and the rule of its drop-down. ``shown`` is what its formula came to.

    A link of the whole cell is always told in ``runs``; ``is_linked_by_format`` where Google has it
    in the format, which then must be written anew together with the text.
    """

    value: Json | None = None
    runs: tuple[Json, ...] = ()
    chips: tuple[Json, ...] = ()
    note: str = ""
    format: Json | None = None
    rule: Json | None = None
    shown: Json | None = None
    is_linked_by_format: bool = False

    @classmethod
    def of(cls, said: Json) -> GoogleCell:
        """A cell as ``spreadsheets.get`` tells it."""
        form, link_of_format = _without_link(said.get("userEnteredFormat"))
        runs = tuple(said.get("textFormatRuns", ()))
        value = said.get("userEnteredValue")
        link = link_of_format or said.get("hyperlink", "")
        text = (value or {}).get("stringValue", "")
        if text and link and not any(map(_uri, runs)) and not is_spelled(link, text):
            runs = _linked(link)
        return cls(
            value or None,
            runs,
            tuple(said.get("chipRuns", ())),
            said.get("note", ""),
            form,
            said.get("dataValidation"),
            said.get("effectiveValue") if "formulaValue" in (value or {}) else None,
            bool(link_of_format),
        )

    @property
    def is_blank(self) -> bool:
        return self == BLANK

    @property
    def formula(self) -> str | None:
        """The formula without «=», as the language of the spreadsheet spells it."""
        formula: str | None = (self.value or {}).get("formulaValue")
        return None if formula is None else formula.removeprefix("=")

    @property
    def links(self) -> tuple[str, ...]:
        """Where the cell leads to, each address once."""
        chips = (one.get("chip", {}).get("richLinkProperties", {}).get("uri", "") for one in self.chips)
        return tuple(dict.fromkeys(uri for uri in (*map(_uri, self.runs), *chips) if uri))

    def with_content_of(self, other: GoogleCell) -> GoogleCell:
        """The same cell with another's value and links."""
        return replace(self, value=other.value, runs=other.runs, chips=other.chips, shown=other.shown)

    def content(self) -> tuple[Any, ...]:
        """What is written together: value, links and chips."""
        return self.value, self.runs, self.chips

    def to_cell(self) -> Cell:
        """The cell as every medium shows it; links as Google has them."""
        said = {"userEnteredValue": self.value or {}, "effectiveValue": self.shown or {}}
        value = value_of({**said, "userEnteredFormat": self.format or {}})
        return Cell(value, formula_of(said), self.links, self.note or None)


BLANK: Final = GoogleCell()


def cell_to_write(out: Out, link: str | None, now: GoogleCell) -> GoogleCell:
    """``now`` with a value put into it; ``link`` is where it leads to, as Google writes it.

    A cell that shows the value already stays what it is, however Google tells it.
    """
    value = _entered(out)
    form = format_for(out, now.format)
    note = now.note if out.note is None else out.note
    cell = replace(now, note=note, format=form)
    if now.value == value and _same_links(now.links, link, text_of(out.value)) and form == now.format:
        return cell
    runs = _linked(link) if link and "stringValue" in (value or {}) else ()
    return cell.with_content_of(GoogleCell(value, runs))


def format_for(out: Out, form: Json | None) -> Json | None:
    """A format that shows the value: a day needs one of days, a number none of them."""
    kind = number_kind(form)
    if _is_day(out.value) and kind not in _TIMES:
        kind = "DATE_TIME" if isinstance(out.value, datetime) else "DATE"
        return {**(form or {}), "numberFormat": {"type": kind, "pattern": _DAYS[kind]}}
    if isinstance(out.value, int | float) and kind in _TIMES:
        return {key: part for key, part in (form or {}).items() if key != "numberFormat"} or None
    return form


def number_kind(form: Json | None) -> str:
    """What kind of numbers a format is for: DATE, PERCENT; '' for none in particular."""
    return str(((form or {}).get("numberFormat") or {}).get("type", ""))


def _entered(out: Out) -> Json | None:
    if out.formula is not None:
        return {"formulaValue": f"={_ARGUMENTS.sub(_parted, out.formula)}"}
    match out.value:
        case None | "":
            return None
        case bool():
            return {"boolValue": out.value}
        case date() if _is_day(out.value):
            return {"numberValue": CALENDAR.serial(out.value)}
        case int() | float():
            return {"numberValue": out.value}
    return {"stringValue": text_of(out.value)}


def _parted(part: re.Match[str]) -> str:
    return ";" if part[0] == "," else part[0]


def _is_day(value: object) -> bool:
    """Whether Google numbers a day as Excel does; an earlier one is written as text."""
    if isinstance(value, datetime):
        value = value.date()
    return isinstance(value, date) and value >= _FIRST_COMMON_DAY


def _linked(link: str) -> tuple[Json, ...]:
    return ({"format": {"link": {"uri": link}}},)


def _uri(run: Json) -> str:
    return str(run.get("format", {}).get("link", {}).get("uri", ""))


def _same_links(found: tuple[str, ...], wanted: str | None, text: str) -> bool:
    """Whether a cell leads where it should: Google adds last slashes, and links of addresses in a text."""
    asked = (wanted,) if wanted else ()
    told, meant = (
        [one.rstrip("/") for one in links if not is_spelled(one, text)] for links in (found, asked)
    )
    return told == meant


def _without_link(form: Json | None) -> tuple[Json | None, str]:
    """A format without the link of the whole cell, and that link."""
    text = (form or {}).get("textFormat", {})
    if form is None or "link" not in text:
        return form or None, ""
    rest = {key: part for key, part in text.items() if key != "link"}
    others = {key: part for key, part in form.items() if key != "textFormat"}
    return {**others, **({"textFormat": rest} if rest else {})} or None, str(text["link"].get("uri", ""))
