"""What was typed into a copy, and what of it is the office's own text that the ledger does not count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from sheetsync.columns import FORM_TABLES
from sheetsync.forms.checking import NO_STATUS, OTHER_STATUS, RULES, SEE_REMARK, progress_of
from sheetsync.grid import is_error, text_of
from sheetsync.intake.marks import read_printed_code
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.merge.spelling import EPOCHS_APART, day_number, same_value
from sheetsync.model import Origin, Plan, Verdict
from sheetsync.text import plain, skeleton

Text = tuple[ItemKind, str]
"""What kind of thing says what, compared as ``_bones`` does."""

_FORMULA: Final = "="
_DIGITS: Final = re.compile(r"\d+")
_CALLED: Final = re.compile(r"\s*(?:пп?\b|пункт\b|№|N\b)\.?\s*(?=\d)", re.IGNORECASE)
_PROGRESS: Final = skeleton(_DIGITS.sub("", progress_of(())))
_VERDICTS: Final = frozenset(
    skeleton(one)
    for rule in RULES
    for one in (NO_STATUS, OTHER_STATUS, SEE_REMARK, rule.verdict, *(need.missing for need in rule.needs))
)


class CountedFile:
    """A received file in which what somebody typed is told from the form the office issued.

    A text in its own cell is taken off at once. One that moved with its row is taken off when
    nothing else accounts for it: as often as it left its cell, or where the reader too judged the
    cell to be the office's. Without the issued form nothing shows what its header said: there the
    reader's judgement and the texts of the plan decide.
    """

    def __init__(self, file: Received, plan: Plan) -> None:
        self.file = file
        self._plan = plan
        self._standing: dict[tuple[str, str, ItemKind], list[str]] = {}
        for item in file.blank:
            self._standing.setdefault((item.sheet, item.cell, item.kind), []).append(item.text)
        self._cells = {(item.sheet, item.cell) for item in file.blank}
        typed = [item for item in file.census if not self._is_in_its_cell(item)]
        self.typed: Final = tuple(sorted(typed, key=lambda one: (one.sheet, one.cell, one.kind, one.text)))
        """Items that do not stand in the issued form as they are."""

    @cached_property
    def by_place(self) -> Mapping[Origin, tuple[CensusItem, ...]]:
        """All that an accepted file holds, the office's texts too, by place."""
        found: dict[Origin, list[CensusItem]] = {}
        for item in _items_of(self.file) if self.file.verdict is Verdict.ACCEPTED else ():
            found.setdefault(self.where(item), []).append(item)
        return {where: tuple(items) for where, items in found.items()}

    def where(self, item: CensusItem) -> Origin:
        return Origin(self.file.origin.file, self.file.origin.sha256, item.sheet, item.cell)

    def office(self) -> Callable[[CensusItem], bool]:
        """Asks of items nobody accounts for: is this the office's text in another cell, or a computed one?

        A text that left its cell is met elsewhere once: every count asks anew.
        """
        moved = self._moved.copy()

        def says(item: CensusItem) -> bool:
            text = self._bones[item]
            if self._is_known(item, text):
                return True
            moved[text] -= 1
            return moved[text] >= 0

        return says

    def _is_known(self, item: CensusItem, text: Text) -> bool:
        is_claimed = self.where(item) in self.file.office
        if _is_computed(item.text) and (is_claimed or (item.sheet, item.cell) in self._cells):
            return True
        return is_claimed and (
            text in self._texts
            or not self.file.blank
            or read_printed_code(item.text) is not None
            or any(_bones(item.kind, other) in self._texts for other in _other_spellings(item.text))
        )

    def _is_in_its_cell(self, item: CensusItem) -> bool:
        standing = self._standing.get((item.sheet, item.cell, item.kind))
        if not standing:
            return False
        found = next((text for text in standing if _is_same_text(item, text)), None)
        if found is not None:
            standing.remove(found)
        return found is not None

    @cached_property
    def _bones(self) -> dict[CensusItem, Text]:
        return {item: _bones(item.kind, item.text) for item in self.typed}

    @cached_property
    def _texts(self) -> Counter[Text]:
        """Every text of the issued form and of the plan."""
        texts = [_bones(item.kind, item.text) for item in self.file.blank]
        plan = _plan_texts(self._plan)
        return Counter([*texts, *(_bones(ItemKind.VALUE, text) for text in plan)])

    @cached_property
    def _moved(self) -> Counter[Text]:
        """Texts that no longer stand in their cells, each as often as it may be met elsewhere."""
        if not self.file.blank:
            return self._texts.copy()
        return Counter(_bones(kind, text) for (_, _, kind), left in self._standing.items() for text in left)


def _items_of(file: Received) -> Iterable[CensusItem]:
    """What a copy holds. One destroyed by an act holds what was carried over of it."""
    if file.census:
        yield from file.census
        return
    rows = (row.fields for part in file.submissions for row in part.entries)
    figures = (row.fields for part in file.submissions for row in part.indicators)
    for cell in (cell for fields in (*rows, *figures) for cell in fields.values()):
        at = (cell.origin.sheet, cell.origin.cell)
        texts = [(ItemKind.VALUE, cell.text), (ItemKind.COMMENT, cell.comment)]
        texts += [(ItemKind.LINK, link) for link in cell.links]
        yield from (CensusItem(*at, kind, text) for kind, text in texts if text)


def _is_same_text(item: CensusItem, text: str) -> bool:
    return (
        item.text == text
        or _bones(item.kind, item.text) == _bones(item.kind, text)
        or same_value(item.text, text)
    )


def _bones(kind: ItemKind, text: str) -> Text:
    """Office texts are compared by their letters: programs change spaces, quotes and dashes, and
    write one day in several ways."""
    said = day_number(text) if kind is ItemKind.VALUE else text
    return kind, skeleton(said) or plain(said)


def _other_spellings(text: str) -> Iterator[str]:
    """The office's day in a workbook that counts from 1904, and its number after a «п.»."""
    if text.isdecimal():
        yield str(int(text) + EPOCHS_APART)
    if called := _CALLED.match(text):
        yield text[called.end() :]


def _is_computed(text: str) -> bool:
    """Is this what «Проверка» or the progress line shows, or their formula without a value?"""
    return (
        text.startswith(_FORMULA)
        or is_error(text)
        or set(map(skeleton, text.split(", "))) <= _VERDICTS
        or skeleton(_DIGITS.sub("", text)) == _PROGRESS
    )


def _plan_texts(plan: Plan) -> Iterator[str]:
    settings = plan.settings
    yield from (settings.organisation, settings.plan_title, text_of(settings.report_due))
    for table in FORM_TABLES:
        yield from (table.title, *table.headers)
        yield from (column.prompt for column in table.columns)
    for one in plan.participants:
        yield from (one.name, one.short_name)
    for row in plan.rows:
        yield from (row.key, row.number, row.section, row.title)
        yield from (row.deadline_text, row.responsible, row.result)
