"""What was typed into a copy, and what of it is the office's own text that the ledger does not count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from sheetsync.columns import FORM_TABLES
from sheetsync.forms.checking import NO_STATUS, OTHER_STATUS, RULES, SEE_REMARK, progress_of
from sheetsync.grid import is_error, text_of
from sheetsync.intake.marks import read_printed_code
from sheetsync.merge.apart import Apart, Spot, Text, apart, bones
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.merge.spelling import EPOCHS_APART
from sheetsync.model import Origin, Participant, Plan, PlanRow, Settings, Verdict
from sheetsync.model.kept import once_for_each
from sheetsync.patterns import at_first_use
from sheetsync.text import skeleton

_FORMULA: Final = "="
_SHORT: Final = 200
_PLANS: Final = 4
"""Of how many plans the texts are remembered."""
_DIGITS: Final = re.compile(r"\d+")
_CALLED: Final = at_first_use(r"\s*(?:пп?\b|пункт\b|№|N\b)\.?\s*(?=\d)", re.IGNORECASE)
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

    def __init__(self, file: Received, plan: Plan, roster: tuple[Participant, ...] | None = None) -> None:
        """``roster``: all whose names may stand in a form, where the plan is that of a few of them."""
        self.file = file
        self._plan = plan
        self._roster = plan.participants if roster is None else roster

    @cached_property
    def _apart(self) -> Apart:
        return apart(self.file.census, self.file.blank)

    @property
    def things(self) -> Sequence[CensusItem]:
        """Items that do not stand in the issued form as they are, in no order."""
        return self._apart.typed

    @property
    def stood(self) -> Mapping[Spot, CensusItem]:
        """What the issued form had in the places of these things."""
        return self._apart.stood

    @cached_property
    def typed(self) -> tuple[CensusItem, ...]:
        """The same in an order that tells nothing of the file."""
        return tuple(sorted(self.things))

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
            text = bones(item.kind, item.text)
            if self._is_known(item, text):
                return True
            moved[text] -= 1
            return moved[text] >= 0

        return says

    def _is_known(self, item: CensusItem, text: Text) -> bool:
        is_claimed = self.where(item) in self.file.office
        if is_computed(item.text) and (is_claimed or item[:2] in self._cells):
            return True
        return is_claimed and (
            text in self._texts
            or not self.file.blank
            or read_printed_code(item.text) is not None
            or any(bones(item.kind, other) in self._texts for other in _other_spellings(item.text))
        )

    @cached_property
    def _cells(self) -> frozenset[tuple[str, str]]:
        return frozenset([item[:2] for item in self.file.blank])

    @cached_property
    def _texts(self) -> Counter[Text]:
        """Every text of the issued form and of the plan."""
        texts = Counter(bones(item.kind, item.text) for item in self.file.blank)
        texts.update(_said(_plan_texts(self._plan.settings)))
        for told in (_names_of(self._roster), _row_texts(self._plan.rows)):
            texts.update(told)
        return texts

    @cached_property
    def _moved(self) -> Counter[Text]:
        """Texts that no longer stand in their cells, each as often as it may be met elsewhere."""
        if not self.file.blank:
            return self._texts.copy()
        return Counter(bones(item.kind, item.text) for item in self._apart.gone)


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


def _other_spellings(text: str) -> Iterator[str]:
    """The office's day in a workbook that counts from 1904, and its number after a «п.»."""
    if text.isdecimal():
        yield str(int(text) + EPOCHS_APART)
    if called := _CALLED.match(text):
        yield text[called.end() :]


def is_computed(text: str) -> bool:
    """Is this what «Проверка» or the progress line shows, or their formula without a value?"""
    return (
        text.startswith(_FORMULA)
        or is_error(text)
        or (_is_short_verdict(text) if len(text) <= _SHORT else _is_verdict(text))
    )


def _is_verdict(text: str) -> bool:
    return (
        all(skeleton(one) in _VERDICTS for one in text.split(", "))
        or skeleton(_DIGITS.sub("", text)) == _PROGRESS
    )


_is_short_verdict = lru_cache(maxsize=4096)(_is_verdict)


def _plan_texts(settings: Settings) -> Iterator[str]:
    yield from (settings.organisation, settings.plan_title, text_of(settings.report_due))
    for table in FORM_TABLES:
        yield from (table.title, *table.headers)
        yield from (column.prompt for column in table.columns)


@once_for_each(_PLANS)
def _names_of(roster: tuple[Participant, ...]) -> Counter[Text]:
    return _said(name for one in roster for name in (one.name, one.short_name))


@once_for_each(_PLANS)
def _row_texts(rows: tuple[PlanRow, ...]) -> Counter[Text]:
    texts = ((row.key, row.number, row.section, row.title) for row in rows)
    asked = ((row.deadline_text, row.responsible, row.result) for row in rows)
    return _said(text for row in (*texts, *asked) for text in row)


def _said(texts: Iterable[str]) -> Counter[Text]:
    return Counter(bones(ItemKind.VALUE, text) for text in texts)
