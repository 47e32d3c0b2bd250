"""Printed rows become headings of sections and entries of the plan.

What a page broke is put together again: a row without a number goes on the row before, unless it
is whole by itself; a tail whose head is not there stays an orphan. Nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.plan.headers import PERIOD_NAME, ColumnKind
from sheetsync.plan.items import (
    TOLD,
    Entry,
    Heading,
    Item,
    Skipped,
    Style,
    Tail,
    entry_of,
    opens_inside,
    opens_subitem,
    starts_low,
    style_of,
)
from sheetsync.plan.joining import hangs
from sheetsync.plan.numbering import heading_number, numbers_ahead, parse_number, split_number
from sheetsync.plan.printed import Line, PrintedRow
from sheetsync.text import plain, skeleton, squeeze

_LONGEST_HEADING: Final = 300
_FOOTNOTE: Final = re.compile(r"^(?:\*|примечани|итого\b|всего\b)")
_ROWS_TO_JUDGE: Final = 4


class ReadRows(Struct, frozen=True):
    """The items in order; ``interleaved`` when most rows are shreds of cells."""

    items: tuple[Item, ...]
    interleaved: bool


def read_rows(body: Sequence[Line | PrintedRow]) -> ReadRows:
    """Headings, entries, tails and skipped texts of a plan, in order."""
    style = style_of([one for one in body if isinstance(one, PrintedRow)])
    printed = Counter(skeleton(one.text) for one in body if isinstance(one, Line))
    reader = _Reader(style, body, frozenset(text for text, count in printed.items() if count > 1))
    for is_line, group in groupby(enumerate(body), key=lambda one: isinstance(one[1], Line)):
        if is_line:
            reader.take_lines(list(group))
            continue
        for place, row in group:
            if isinstance(row, PrintedRow):
                reader.take_row(row, place)
    shreds = reader.shreds + sum(isinstance(one, Tail) for one in reader.items)
    entries = sum(isinstance(one, Entry) for one in reader.items)
    items = tuple(_without_empty_end(reader.items))
    return ReadRows(items, shreds >= _ROWS_TO_JUDGE and shreds * 3 > entries)


def _without_empty_end(items: Sequence[Item]) -> list[Item]:
    """A heading after the last row heads nothing: a note, the name of who typed the order."""
    rows = [place for place, one in enumerate(items) if isinstance(one, Entry | Tail)]
    end = rows[-1] + 1 if rows else len(items)
    after = (
        Skipped(squeeze(f"{one.number} {one.title}"), one.line) if isinstance(one, Heading) else one
        for one in items[end:]
    )
    return [*items[:end], *after]


@dataclass
class _Reader:
    """Walks the rows once; the item read last is what a tail goes on."""

    style: Style
    body: Sequence[Line | PrintedRow]
    running: frozenset[str] = frozenset()
    """Lines printed again and again: the head of every page, no headings."""
    items: list[Item] = field(default_factory=list)
    shreds: int = 0
    section: str = ""

    @property
    def place_of_last(self) -> int:
        """Where the last row or heading stands; -1 before the first. Skipped text does not count."""
        places = range(len(self.items) - 1, -1, -1)
        return next((place for place in places if not isinstance(self.items[place], Skipped)), -1)

    @property
    def last(self) -> Item | None:
        return self.items[self.place_of_last] if self.items else None

    def take_row(self, row: PrintedRow, place: int) -> None:
        self._open_section(row)
        if self._is_single(row):
            self._take_single(row, place)
            return
        entry = entry_of(row, self.style)
        title = entry.last(ColumnKind.ACTIVITY)
        if entry.number and title and self._is_heading(row, entry, place):
            self.items.append(Heading(entry.number, title, row.line))
        elif entry.number or not self._goes_on(entry, row, place):
            self._add(entry, row)
        else:
            self._glue(entry, row)

    @staticmethod
    def _is_single(row: PrintedRow) -> bool:
        """One filled cell, or one merged over the whole row and repeated in every column."""
        texts = {squeeze(row.cells[one]) for one in row.filled}
        return len(texts) == 1 and len(row.filled) in {1, row.header.width}

    def take_lines(self, lines: list[tuple[int, Line | PrintedRow]]) -> None:
        """Lines between the plan's tables: a heading, unless a broken row goes on after them."""
        texts = [Skipped(squeeze(one.text), one.line) for _, one in lines if one.text.strip()]
        self.items += [one for one in texts if skeleton(one.text) in self.running]
        texts = [one for one in texts if skeleton(one.text) not in self.running]
        if not texts:
            return
        whole = squeeze(" ".join(one.text for one in texts))
        after = self.body[lines[-1][0] + 1 :]
        if not heading_number(whole)[0] and (
            self._row_goes_on(after) or len(texts[-1].text) > _LONGEST_HEADING
        ):
            self.items += texts
        elif self._is_one_heading(texts):
            self._open(_heading(whole, texts[0].line, outside=True))
        else:
            self.items += texts[:-1]
            self._open(_heading(texts[-1].text, texts[-1].line, outside=True))

    @staticmethod
    def _is_one_heading(texts: Sequence[Skipped]) -> bool:
        """A heading whose lines are wrapped: one number at most, or small letters after the first."""
        numbered = [bool(heading_number(one.text)[0]) for one in texts]
        wrapped = numbered[0] or all(starts_low(one.text) for one in texts[1:])
        return wrapped and not any(numbered[1:]) and sum(len(one.text) for one in texts) < _LONGEST_HEADING

    # --- rows of one cell ---

    def _take_single(self, row: PrintedRow, place: int) -> None:
        first = row.filled[0]
        kind = row.header.kinds[first] if first < row.header.width else ColumnKind.EXTRA
        text = squeeze(row.cells[first])
        merged = first == 0 or len(row.filled) > 1
        if (kind is ColumnKind.NUMBER and parse_number(text)) or _FOOTNOTE.match(plain(text)):
            self.items.append(Skipped(text, row.line))
        elif not merged and kind is not ColumnKind.ACTIVITY:
            self._glue(entry_of(row, self.style), row)
        elif self._single_goes_on(text, kind, row, merged):
            self._glue(Entry("", {self._titled(kind): (text,)}, row.line), row)
        elif self._is_orphan(text, kind):
            self.items.append(Tail(text, row.line))
        elif self.style.number_in_title and self._counts_as_row(text, place):
            self._add(entry_of(row, self.style), row)
        else:
            may_be_tail = row.opens_page and isinstance(self.last, Entry) and kind is not ColumnKind.NUMBER
            heading = _heading(text, row.line, outside=False)
            self._open(replace(heading, may_be_tail=may_be_tail and not heading.number))

    @staticmethod
    def _titled(kind: ColumnKind) -> ColumnKind:
        return ColumnKind.ACTIVITY if kind in {ColumnKind.NUMBER, ColumnKind.SECTION} else kind

    def _single_goes_on(self, text: str, kind: ColumnKind, row: PrintedRow, merged: bool) -> bool:
        """A row of one cell is the tail of the row before, not a heading."""
        last = self.last
        if isinstance(last, Heading):
            return row.opens_page and starts_low(text) and (kind is ColumnKind.NUMBER or hangs(last.title))
        if not isinstance(last, Entry) or kind is ColumnKind.NUMBER:
            return False
        if starts_low(text):
            return not self.style.lower_titles or row.opens_page
        if not row.opens_page or heading_number(text)[0] or PERIOD_NAME.match(plain(text)):
            return False
        if hangs(last.last(kind)) or opens_inside(text):
            return True
        return self.style.numbered and not merged and (self.style.numbered_headings or text[0].isdigit())

    def _is_orphan(self, text: str, kind: ColumnKind) -> bool:
        """No heading begins with a small letter or with a bare number."""
        if kind is ColumnKind.NUMBER or heading_number(text)[0] or PERIOD_NAME.match(plain(text)):
            return False
        is_year = re.fullmatch(r"(?:19|20)\d\d(?:\s*(?:г\.?|год))?", plain(text))
        return not is_year and (text[0].isdigit() or (starts_low(text) and not self.style.lower_titles))

    def _counts_as_row(self, text: str, place: int) -> bool:
        number = parse_number(split_number(text)[0])
        ahead = next(numbers_ahead(self.body[place + 1 :], in_title=True), None)
        return bool(
            number
            and len(number) > 1
            and not (ahead and ahead[: len(number)] == number and len(ahead) > len(number))
        )

    # --- whole rows and their tails ---

    def _is_heading(self, row: PrintedRow, entry: Entry, place: int) -> bool:
        """A number and a title alone: a heading when deeper numbers or a new count follow."""
        if set(entry.pieces) != {ColumnKind.ACTIVITY} or entry.extras:
            return False
        number = parse_number(entry.number)
        if number is None:
            return bool(re.fullmatch(r"[IVXІХ]+[.)]?", entry.number))
        ahead = next(numbers_ahead(self.body[place + 1 :]), None)
        if ahead is None:
            before = next(
                (parse_number(one.number) for one in reversed(self.items) if isinstance(one, Entry)), None
            )
            return bool(before and len(before) > len(number))
        if len(ahead) > len(number):
            return ahead[: len(number)] == number or len(number) == 1
        return len(number) == 1 and ahead in {(1,), number} and not row.opens_page

    def _goes_on(self, entry: Entry, row: PrintedRow, place: int) -> bool:
        """A row without a number goes on the row before."""
        title, last = entry.last(ColumnKind.ACTIVITY), self.last
        if not title:
            return True
        whole = any(kind in entry.pieces for kind in TOLD)
        if not isinstance(last, Entry):
            return starts_low(title) and not whole
        if not row.opens_page and self._is_subitem(entry, last):
            return False
        if self.style.numbered:
            return self._tail_among_numbers(title, whole, last, row, place)
        if starts_low(title) and not self.style.lower_titles:
            return row.opens_page or not whole
        return row.opens_page and (opens_inside(title) or hangs(last.last(ColumnKind.ACTIVITY)))

    @staticmethod
    def _is_subitem(entry: Entry, last: Entry) -> bool:
        """An item of the list its row above begins, with a deadline of its own."""
        follows = ColumnKind.DEADLINE not in last.pieces or opens_subitem(last.title)
        return ColumnKind.DEADLINE in entry.pieces and opens_subitem(entry.title) and follows

    def _tail_among_numbers(self, title: str, whole: bool, last: Entry, row: PrintedRow, place: int) -> bool:
        if starts_low(title) and not (self.style.lower_titles and whole and not row.opens_page):
            return True
        if row.opens_page and opens_inside(title):
            return True
        if not whole:
            return row.opens_page or title[0].isdigit()
        number = parse_number(last.number)
        ahead = next(numbers_ahead(self.body[place + 1 :], self.style.number_in_title), None)
        if number and ahead == (*number[:-1], number[-1] + 2):
            return False
        if number and row.opens_page and ahead == (*number[:-1], number[-1] + 1):
            return True
        ends = (ColumnKind.ACTIVITY, ColumnKind.RESPONSIBLE)
        return row.opens_page and any(hangs(last.last(kind)) for kind in ends)

    def _row_goes_on(self, after: Sequence[Line | PrintedRow]) -> bool:
        """The row after the lines is the tail of the row before them."""
        row = after[0] if after else None
        if not isinstance(row, PrintedRow):
            return False
        entry = entry_of(row, self.style)
        title = entry.last(ColumnKind.ACTIVITY)
        return not entry.number and isinstance(self.last, Entry) and (not title or starts_low(title))

    def _glue(self, entry: Entry, row: PrintedRow) -> None:
        last = self.last
        title = entry.last(ColumnKind.ACTIVITY)
        if isinstance(last, Heading) and title and set(entry.pieces) == {ColumnKind.ACTIVITY}:
            self.items[self.place_of_last] = replace(last, title=f"{last.title} {title}", rejoined=True)
        elif isinstance(last, Entry):
            self.items[self.place_of_last] = last.with_piece(entry)
            self._count_shred(entry, row)
        else:
            self.items.append(Tail(row.text, row.line))

    def _add(self, entry: Entry, row: PrintedRow) -> None:
        if ColumnKind.ACTIVITY in entry.pieces:
            self._count_shred(entry, row)
            self.items.append(entry)
        else:
            self.items.append(Skipped(row.text, row.line))

    def _count_shred(self, entry: Entry, row: PrintedRow) -> None:
        """A row in the middle of a page that begins in the middle of a sentence, cell after cell."""
        title, told = entry.last(ColumnKind.ACTIVITY), entry.last(ColumnKind.RESPONSIBLE)
        if self.style.lower_titles or row.opens_page or not starts_low(title):
            return
        after_tail = isinstance(self.last, Entry) and bool(self.last.rejoined)
        self.shreds += (
            after_tail if entry.number else not self.style.numbered and (not told or told[0].islower())
        )

    def _open_section(self, row: PrintedRow) -> None:
        """A column of directions says where a new section begins."""
        told = squeeze(row.one(ColumnKind.SECTION))
        if told and told != self.section and len(row.filled) > 1:
            self.section = told
            self._open(_heading(told, row.line, outside=False))

    def _open(self, heading: Heading) -> None:
        """Begin a section; «Раздел 1» and its title in the next row are one heading."""
        last = self.last
        if isinstance(last, Heading) and last.number and not heading.number and heading_number(last.title)[0]:
            self.items[self.place_of_last] = replace(heading, number=last.number)
        else:
            self.items.append(heading)


def _heading(text: str, line: int, *, outside: bool) -> Heading:
    number, title = heading_number(text)
    return Heading(number, title, line, outside)
