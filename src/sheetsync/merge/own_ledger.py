"""Сверка of a consolidation by what it says itself, before any workbook shows it.

What a copy holds stands as a rule in its answer word for word, and that is seen without more ado.
Whatever is not seen so is looked at as closely as everything is in a workbook (``merge.ledger``).
Findings and texts set aside need no look here: the claims that they are told were made from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct, field

from sheetsync.grid import text_of
from sheetsync.merge.claims import Claims
from sheetsync.merge.copies import shown
from sheetsync.merge.ledger import (
    UNDERSTOOD,
    Fate,
    Judge,
    Reckoning,
    is_explained,
    is_same,
    line_of,
    quotes,
    reckoning_of,
)
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.merge.shown import shown_by
from sheetsync.merge.typed import CountedFile, is_computed
from sheetsync.model import NOWHERE, Consolidation, Entry, Field, Finding, Outcome, Verdict
from sheetsync.text import plain

_Cell = tuple[str, str]
"""Sheet and cell."""

_Thing = tuple[str, str, ItemKind, str, bool]
"""What a cell is meant to hold, as a ``CensusItem`` would tell it."""

_File = tuple[str, str]
"""Name and digest."""

_Answer = tuple[str, Field, Outcome | None]
"""Column and cell of an answer; where it is shown as it was understood, what tells how."""

_Stands = dict[_Cell, tuple[str, str] | None]
"""Answers by the cell they were read from: what the свод shows and in which column; nothing where
one cell is behind several."""

_RANGE: Final = ":"
_JOINT: Final = "\n"
_SHORT: Final = 60
_VALUE: Final = ItemKind.VALUE
_LINK: Final = ItemKind.LINK


class _Note(Struct, frozen=True):
    """What is told of a cell: rows of «Замечания», and its texts in «Не размещено»."""

    told: tuple[Finding, ...] = ()
    aside: tuple[str, ...] = ()


_NOTHING: Final = _Note()


def reckon_found(files: Sequence[CountedFile], claims: Claims, found: Consolidation) -> tuple[Reckoning, ...]:
    """The line of every file by what the consolidation says."""
    own = _Own(files, claims, found)
    return tuple(own.reckoning(file) for file in files)


class _Own(Struct, dict=True):
    files: Sequence[CountedFile]
    claims: Claims
    found: Consolidation

    def reckoning(self, file: CountedFile) -> Reckoning:
        one = file.file
        if one.verdict is not Verdict.ACCEPTED or not self._is_plain(file):
            return reckoning_of(file, self._judge)
        place = (one.origin.file, one.origin.sha256)
        sight = _Sight(file, self._answers.get(place, ()), self._notes.get(place, {}))
        sight.look()
        fates = tuple(self._judge.fates(file, sorted(sight.rest))) if sight.rest else ()
        placed = sight.known + len(sight.placed)
        counts = Counter({Fate.PLACED: placed, Fate.REPORTED: len(sight.reported)})
        counts.update(fate for _, fate in fates)
        items = (*sight.placed, *sight.reported, *(item for item, _ in fates))
        return Reckoning(line_of(one, counts, sum([item[4] for item in items])), fates)

    def _is_plain(self, file: CountedFile) -> bool:
        """Whether all who report in a file sent no other, and nobody else's answers are of its cells."""
        origin = file.file.origin
        return (origin.file, origin.sha256) not in self._merged_files and not any(
            code in self._merged_codes for code in file.file.participants
        )

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.files, self.claims, shown_by(self.found))

    @cached_property
    def _merged_codes(self) -> frozenset[str]:
        return frozenset(one.participant for one in self.claims.merged if not one.is_of_one_copy)

    @cached_property
    def _merged_files(self) -> frozenset[_File]:
        several = (one for one in self.claims.merged if not one.is_of_one_copy)
        return frozenset(
            (origin.file, origin.sha256) for one in several for origin in (*one.placed, *one.superseded)
        )

    @cached_property
    def _notes(self) -> Mapping[_File, Mapping[_Cell, _Note]]:
        """What is told of the cells of each file."""
        found: dict[_File, dict[_Cell, _Note]] = {}
        told, aside = self.claims.told, self.claims.set_aside
        for origin in {**told, **aside} if aside else told:
            cells = found.setdefault((origin.file, origin.sha256), {})
            cells[origin.sheet, origin.cell] = _Note(told.get(origin, ()), aside.get(origin, ()))
        return found

    @cached_property
    def _answers(self) -> Mapping[_File, Sequence[_Answer]]:
        """The answers of those who sent one copy, by the file they are of."""
        found: dict[_File, list[_Answer]] = {}
        for outcome in self.found.outcomes:
            entry = outcome.entry
            if entry is not None and outcome.participant not in self._merged_codes:
                _put(found, entry, outcome)
        for fact in self.found.indicators:
            if fact.entry is not None and fact.participant not in self._merged_codes:
                _put(found, fact.entry)
        return found


def _understood(outcome: Outcome, cell: Field, column: str) -> str:
    """A status or a day as the свод shows it (``shown.answer_text``)."""
    if column == "status":
        return outcome.status or cell.text
    return _day(outcome.done_on) if outcome.done_on else cell.text


@lru_cache(maxsize=1024)
def _day(day: date) -> str:
    return text_of(day)


def _told_by(answer: _Answer) -> tuple[str, str]:
    """What the свод shows of an answer, and in which column."""
    column, cell, outcome = answer
    return (shown(cell) if outcome is None else _understood(outcome, cell, column)), column


def _put(found: dict[_File, list[_Answer]], entry: Entry, outcome: Outcome | None = None) -> None:
    """The cells of an answer; ``outcome`` tells how it was understood."""
    answers: list[_Answer] = []
    of = NOWHERE
    for column, cell in entry.fields.items():
        origin = cell.origin
        if origin.file is not of.file or origin.sha256 is not of.sha256:
            answers, of = found.setdefault((origin.file, origin.sha256), []), origin
        answers.append((column, cell, outcome if column in UNDERSTOOD else None))


# --- one copy -----------------------------------------------------------------------------------


class _Sight(Struct, dict=True):
    """What of a copy is seen to be placed or reported; ``rest`` is to be looked at. What the form
    itself computes is none of these; ``known`` is how many things stand in their answers whole."""

    file: CountedFile
    answers: Sequence[_Answer]
    notes: Mapping[_Cell, _Note]
    stands: _Stands = field(default_factory=dict)
    placed: list[CensusItem] = field(default_factory=list)
    reported: list[CensusItem] = field(default_factory=list)
    rest: list[CensusItem] = field(default_factory=list)
    known: int = 0

    def look(self) -> None:
        """Sort everything that does not stand in the issued form."""
        whole = self._whole_cells()
        stands, placed = self.stands, self.placed
        beside: list[CensusItem] = []
        exact: set[_Cell] = set()
        joined: dict[_Cell, CensusItem] = {}
        twice: set[_Cell] = set()
        open_to_doubt = [one for one in self.file.things if one[:2] not in whole]
        self.known = len(self.file.things) - len(open_to_doubt)
        for item in open_to_doubt:
            sheet, cell, kind, text, _ = item
            place = (sheet, cell)
            told = stands.get(place)
            if told is None:
                self._look_at_no_answer(item, place)
            elif kind is not _VALUE:
                beside.append(item)
            elif text == told[0]:
                exact.add(place)
                placed.append(item)
            elif told[1] in UNDERSTOOD:
                self._take(item, is_placed=self._is_understood(item, place, *told))
            elif place not in joined and told[0].startswith(text + _JOINT):
                joined[place] = item
            else:
                self.rest.append(item)
                twice.add(place)
        for place in twice.intersection(joined):
            self.rest.append(joined.pop(place))
        self._look_beside(beside, exact, joined)

    def _take(self, item: CensusItem, *, is_placed: bool) -> None:
        (self.placed if is_placed else self.rest).append(item)

    def _whole_cells(self) -> AbstractSet[_Cell]:
        """Cells that hold nothing but what their answers show: words, or words and an address behind
        them. ``stands`` takes all other answers."""
        stands, meant = self.stands, set[_Thing]()
        whole: dict[_Cell, _Answer] = {}
        for answer in self.answers:
            column, cell, outcome = answer
            text, links, origin = cell.text, cell.links, cell.origin
            if not (text or links or cell.comment):
                continue
            if outcome is not None:
                text, links = _understood(outcome, cell, column), ()
            place = sheet, at = origin.sheet, origin.cell
            if place in whole or place in stands:
                whole.pop(place, None)
                stands[place] = None
            elif cell.comment or len(links) > 1:
                stands[place] = _told_by(answer)
            else:
                whole[place] = answer
                meant.add((sheet, at, _VALUE, text, False))
                if links:
                    meant.add((sheet, at, _LINK, links[0], False))
        odd = {item[:2] for item in meant.symmetric_difference(self.file.things)}
        for place in odd.intersection(whole) | self._joined_to_the_form(whole):
            stands[place] = _told_by(whole.pop(place))
        return whole.keys()

    def _joined_to_the_form(self, whole: Mapping[_Cell, _Answer]) -> AbstractSet[_Cell]:
        """Where the form had something, an address shown beside the words is not seen so."""
        joined = {
            place
            for place, (_, cell, outcome) in whole.items()
            if cell.links and outcome is None and cell.links[0] not in cell.text
        }
        return self._issued(joined)

    def _issued(self, places: AbstractSet[_Cell]) -> AbstractSet[_Cell]:
        """Those of some cells in which the form had something."""
        named = {cell for _, cell in places}
        return places & {item[:2] for item in self.file.file.blank if item[1] in named}

    def _look_at_no_answer(self, item: CensusItem, place: _Cell) -> None:
        note = self.notes.get(place, _NOTHING)
        is_value = item.kind is _VALUE
        if place in self.stands or self._has_rows_aside:
            self.rest.append(item)
        elif is_value and note is _NOTHING and item[:3] in self.file.stood and is_computed(item.text):
            return
        elif is_value and (item.text in note.aside or _is_quoted(item.text, note.told)):
            self.reported.append(item)
        else:
            self.rest.append(item)

    def _is_understood(self, item: CensusItem, place: _Cell, shown_as: str, column: str) -> bool:
        """A status or a date in other letters, «46054» for «01.02.2026», or as a finding explains it."""
        if len(item.text) <= _SHORT and _is_short_same(item.text, shown_as):
            return True
        return is_explained(item.text, column, (shown_as,), self.notes.get(place, _NOTHING).told)

    @cached_property
    def _has_rows_aside(self) -> bool:
        """Whether whole rows were set aside: their cells are told of elsewhere."""
        return any(note.aside and _RANGE in cell for (_, cell), note in self.notes.items())

    def _look_beside(
        self, beside: Sequence[CensusItem], exact: Collection[_Cell], joined: Mapping[_Cell, CensusItem]
    ) -> None:
        """Links and notes, and the words of cells whose answer shows those too."""
        whole = self._whole(joined, beside) if joined else frozenset()
        for item in beside:
            place = item[:2]
            if place in whole or (place in exact and item[2] is _LINK and self._is_in_words(item, place)):
                self.placed.append(item)
            else:
                self.rest.append(item)
        for place, item in joined.items():
            self._take(item, is_placed=place in whole)

    def _is_in_words(self, item: CensusItem, place: _Cell) -> bool:
        told = self.stands[place]
        return told is not None and told[1] not in UNDERSTOOD and item.text in told[0]

    def _whole(self, joined: Mapping[_Cell, CensusItem], beside: Iterable[CensusItem]) -> AbstractSet[_Cell]:
        """Cells whose answer is their words and then, line by line, all that hangs on them; of a cell
        that was issued with something in it that is not seen so."""
        hanging: dict[_Cell, list[CensusItem]] = {place: [] for place in joined}
        for item in beside:
            at = hanging.get(item[:2])
            if at is not None:
                at.append(item)
        seen = {
            place
            for place, items in hanging.items()
            if (told := self.stands[place]) and _is_all(told[0], joined[place].text, items)
        }
        return seen - self._issued(seen)


def _is_quoted(text: str, told: Iterable[Finding]) -> bool:
    return any(quotes(param, text) for row in told for _, param in row.params)


def _is_all(shown_as: str, words: str, items: Sequence[CensusItem]) -> bool:
    """Whether an answer is the words of a cell, its addresses that are not in them, each on its line,
    and its note after them: so that it can be read in one way only."""
    rest = shown_as[len(words) + 1 :]
    if len(items) == 1 and items[0][2] is _LINK and items[0][3] == rest:
        return rest not in words
    items = [item for item in items if item.kind is not ItemKind.LINK or item.text not in words]
    links = [item.text for item in items if item.kind is ItemKind.LINK]
    notes = [item.text for item in items if item.kind is ItemKind.COMMENT]
    if len(links) + len(notes) != len(items) or len(notes) > 1:
        return False
    if notes and rest != notes[0] and not rest.endswith(_JOINT + notes[0]):
        return False
    head = rest[: -len(notes[0])].removesuffix(_JOINT) if notes else rest
    lines = head.split(_JOINT) if head else []
    told = {line for note in notes for line in note.split(_JOINT)}
    return len(set(links)) == len(links) and sorted(lines) == sorted(links) and told.isdisjoint(links)


@lru_cache(maxsize=4096)
def _is_short_same(typed: str, told: str) -> bool:
    return is_same(typed, told) or plain(typed) == plain(told)
