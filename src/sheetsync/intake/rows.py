"""The body rows of a participant's tables, as the matcher and the readers see them.

Rows of several tables (a table split by page, a second sheet) are matched together. Titles of
sections are told apart here: they belong to the office and say where the rows under them stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from sheetsync.columns import REPORT, Owner
from sheetsync.grid import Area, Cell
from sheetsync.intake.account import Spot
from sheetsync.intake.fields import holds_something
from sheetsync.intake.locate import KEY, TITLE, Found
from sheetsync.intake.match import CopyRow
from sheetsync.model import Plan
from sheetsync.plan.titles import leading
from sheetsync.text import skeleton

NUMBER = "number"
SUPPORT = ("deadline", "responsible", "result")
ANSWERS = tuple(column for column in REPORT.columns if column.owner is Owner.SCHOOL)
_ANSWER_KEYS = frozenset(column.key for column in ANSWERS)


class BodyRow(Struct, frozen=True):
    """One row of a table: where it stands and what it says of itself."""

    table: Found
    row: int
    said: CopyRow
    is_section: bool = False

    def spot(self, column: int) -> Spot:
        return self.table.sheet, self.row, column

    def cell(self, key: str) -> Cell:
        return self.table.cell(self.row, key)

    def cells(self) -> Iterator[tuple[int, Cell]]:
        """Everything that stands in the row, left to right."""
        for column, cell in self.table.sheet.row(self.row).items():
            if holds_something(cell):
                yield column, cell

    def answers(self) -> dict[str, Cell]:
        """Answer cells that hold something, by column key."""
        found = {key: self.cell(key) for key in self.table.columns if key in _ANSWER_KEYS}
        return {key: cell for key, cell in found.items() if holds_something(cell)}

    def merged_over(self, key: str) -> Area | None:
        """The merged area that covers this row's cell of a column, when it begins in a row above."""
        column = self.table.columns.get(key, 0)
        areas = (area for area in self.table.sheet.merges if (self.row, column) in area)
        return next((area for area in areas if area.top < self.row), None)

    @property
    def title(self) -> str:
        return self.said.title


def body_rows(tables: Iterable[Found], plan: Plan) -> list[BodyRow]:
    """All rows of these tables in reading order, sections told apart."""
    sections = _Sections(plan)
    found: list[BodyRow] = []
    for table in tables:
        current = ""
        for row in table.rows:
            section = sections.named_by(table, row)
            current = section or current
            found.append(BodyRow(table, row, _said(table, row, len(found), current), bool(section)))
    return found


def _said(table: Found, row: int, place: int, section: str) -> CopyRow:
    return CopyRow(
        place,
        key=table.cell(row, KEY).text.strip(),
        number=table.cell(row, NUMBER),
        title=table.cell(row, TITLE).text,
        support={key: table.cell(row, key).text for key in SUPPORT if key in table.columns},
        section=section,
    )


class _Sections:
    """The titles of the plan's sections, with and without their numbers."""

    def __init__(self, plan: Plan) -> None:
        self._by_text: dict[str, str] = {}
        self._titles = {skeleton(row.title) for row in plan.rows}
        for row in plan.rows:
            for text in (row.section, leading(row.section)[1]):
                self._by_text.setdefault(skeleton(text), row.section)
        self._by_text.pop("", None)

    def named_by(self, table: Found, row: int) -> str | None:
        """The section a row is the title of: no key, and its words in number and title."""
        if table.cell(row, KEY).text.strip():
            return None
        number, title = table.cell(row, NUMBER).text, table.cell(row, TITLE).text
        if skeleton(title) in self._titles:
            return None
        texts = (f"{number} {title}", title) if title.strip() else (number,)
        return next((found for text in texts if (found := self._by_text.get(skeleton(text)))), None)
