"""Answers typed into another column than their own, told by what they unmistakably are.

An address is a link, a date a date, «исполнено» a status, «приказ № 5 от 01.03.2023» a document.
Where the cell such an answer belongs to is empty, or holds what is itself out of place, it is read
as what it is: moved from a column where it means nothing, or taken also as the other answer from
one whose words stay. Words that could stand in either column are left where they were typed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from sheetsync.columns import REPORT
from sheetsync.findings import make
from sheetsync.grid import Cell
from sheetsync.intake.fields import (
    ADDRESS,
    CYRILLIC,
    WRITTEN_DAY,
    document_in,
    is_like_a_date,
    is_only_a_date,
    links_of,
    names_a_document,
    quoted,
)
from sheetsync.intake.rows import ANSWERS, BodyRow
from sheetsync.intake.statuses import is_listed, is_only_a_status, read_status
from sheetsync.model import Field, Finding, Status
from sheetsync.plan.answer_dates import read_answer_date

STATUS, DONE_ON, INFO, DOCUMENT, LINK, REASON = (column.key for column in ANSWERS)
REMARK: Final = "remark"

_ELSEWHERE: Final = {
    STATUS: frozenset({DONE_ON, INFO, DOCUMENT, LINK, REASON, REMARK, ""}),
    DONE_ON: frozenset({STATUS, INFO, LINK}),
    DOCUMENT: frozenset({STATUS, DONE_ON, LINK, REASON, REMARK, ""}),
    LINK: frozenset({STATUS, DONE_ON, INFO, DOCUMENT, REASON, REMARK, ""}),
}
"""Where what a column asks for can be met; a date under «Причина» may be the new deadline."""


_ADDRESS_BEGINS: Final = ("http", "www.")

_STAYS: Final = (STATUS, DONE_ON, INFO, DOCUMENT)
"""What stands here moves only to make room for what belongs here; see ``answers_within``."""


def columns_of(row: BodyRow, extra: Mapping[int, Cell], years: Sequence[int]) -> dict[int, str]:
    """The columns of one row by what its answers are: sheet column -> key, where it differs.

    ``extra`` are cells of the row that stand in no answer column: the office's remark, beside the
    table. All of a row may stand one column too far right.
    """
    own = {row.table.columns[key]: key for key in row.answers()}
    cells = {**{column: row.table.sheet.at(row.row, column) for column in own}, **extra}
    if shifted := _shifted(row, years):
        return {column: key for column, key in shifted.items() if column in cells}
    meant = {column: nature_of(cell) for column, cell in cells.items()}
    moving = {
        column: key
        for column, key in meant.items()
        if key and own.get(column, _name_of(row, column)) in _ELSEWHERE[key]
    }
    moves = _without_blocked(moving, own)
    return {
        column: key
        for column, key in moves.items()
        if own.get(column) not in _STAYS or own[column] in moves.values()
    }


def _without_blocked(moving: dict[int, str], filled: Mapping[int, str]) -> dict[int, str]:
    """Only moves into an answer that is empty, or that moves away itself, and that one cell claims."""
    claimed = Counter(moving.values())
    kept = {column: key for column, key in moving.items() if claimed[key] == 1}
    while True:
        taken = {key for column, key in filled.items() if column not in kept}
        free = {column: key for column, key in kept.items() if key not in taken}
        if free == kept:
            return kept
        kept = free


def _name_of(row: BodyRow, column: int) -> str:
    """The key of a column that takes no answers; empty beside the table."""
    return next((key for key, at in row.table.columns.items() if at == column), "")


def nature_of(cell: Cell) -> str:
    """The answer a cell can only be; empty when it may be any."""
    if (
        isinstance(cell.value, str)
        and cell.value.startswith(_ADDRESS_BEGINS)
        and _is_only_addresses(cell.value)
    ):
        return LINK
    if is_only_a_date(cell):
        return DONE_ON
    if _is_only_addresses(cell.text):
        return LINK
    if is_only_a_status(cell.text):
        return STATUS
    return DOCUMENT if names_a_document(cell.text) else ""


def _is_only_addresses(text: str) -> bool:
    if text[:1] in CYRILLIC:
        return False
    if ADDRESS.fullmatch(text) and ";" not in text:
        return True
    words = re.split(r"[\s;]+", text.strip(" \n\t;"))
    return all(ADDRESS.fullmatch(word) for word in words)


def _shifted(row: BodyRow, years: Sequence[int]) -> dict[int, str]:
    """Every answer one column too far right: the status under «Дата», the date under the next.

    Where nothing stands under «Дата», the date and the document after it must both be there.
    """
    columns = row.table.columns
    first = row.cell(DONE_ON)
    if row.cell(STATUS).text.strip() or links_of(row.cell(LINK)):
        return {}
    is_day, is_document = is_like_a_date(row.cell(INFO), years), names_a_document(row.cell(LINK).text)
    if nature_of(first) == STATUS:
        is_sure = is_day or is_document or bool(links_of(row.cell(REASON)))
    else:
        is_sure = first.is_empty and is_day and is_document
    if not is_sure:
        return {}
    order = (*(column.key for column in ANSWERS), REMARK)
    return {columns[into]: key for key, into in pairwise(order) if into in columns}


# --- one cell that answers two questions --------------------------------------------------------


def answers_within(fields: Mapping[str, Field], years: Sequence[int]) -> dict[str, tuple[str, Field]]:
    """What cells say of another answer than their own, by its key: the column it stands in, the field.

    Only answers that stand nowhere else are looked for.
    """
    found: dict[str, tuple[str, Field]] = {}
    for source, look in ((STATUS, _within), (DONE_ON, _within), (INFO, _instead), (DOCUMENT, _instead)):
        field = fields.get(source)
        if field is not None and field.text.strip():
            found |= {key: (source, one) for key, one in look(source, field, years).items()}
    return {key: one for key, one in found.items() if _is_blank(fields.get(key))}


def _instead(source: str, field: Field, years: Sequence[int]) -> dict[str, Field]:
    """Words are legitimate here, so the cell stays what it is and counts as the other answer too."""
    bare = replace(field, links=(), comment="")
    if _is_only_addresses(field.text):
        return {LINK: replace(bare, links=links_of(Cell(field.text)))}
    if source == INFO and is_listed(field.text):
        return {STATUS: replace(bare, value=read_status(field.text))}
    if source == INFO and is_only_a_date(Cell(field.text)):
        day, _ = read_answer_date(field.text, years)
        return {DONE_ON: replace(bare, value=day)} if day else {}
    return {}


def _within(source: str, field: Field, years: Sequence[int]) -> dict[str, Field]:
    bare = replace(field, links=(), comment="")
    found: dict[str, Field] = {}
    happened = field.value in _HAPPENED or is_only_a_date(Cell(field.text))
    if source == STATUS and happened and (day := _only_day(field.text, years)):
        found[DONE_ON] = replace(bare, value=day)
    if source == DONE_ON and (status := read_status(WRITTEN_DAY.sub(" ", field.text))):
        found[STATUS] = replace(bare, value=status)
    if document := document_in(field.text):
        found[DOCUMENT] = replace(bare, text=document, value=document)
    if addresses := links_of(Cell(field.text)):
        found[LINK] = replace(bare, text=" ".join(addresses), value=" ".join(addresses), links=addresses)
    return found


_HAPPENED: Final = (Status.DONE, Status.PARTLY)


def _only_day(text: str, years: Sequence[int]) -> date | None:
    """The one day written in full in a text."""
    written = WRITTEN_DAY.findall(text.replace(document_in(text), " ") if document_in(text) else text)
    return read_answer_date(written[0], years)[0] if len(written) == 1 else None


def _is_blank(field: Field | None) -> bool:
    return field is None or not (field.text.strip() or field.links)


def told_within(key: str, field: Field, source: str) -> Finding:
    """Say that an answer was found inside another one's cell."""
    value = f"{field.value:%d.%m.%Y}" if isinstance(field.value, date) else str(field.value)
    return make(
        "R336",
        origin=field.origin,
        column=REPORT.column(key).header,
        was=REPORT.column(source).header,
        value=quoted(value),
    )
