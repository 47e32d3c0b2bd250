"""Rows written as XML text, column by column: what all cells of a column share is looked at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import repeat
from typing import Final

from sheetsync.grid import text_of
from sheetsync.workbooks.cells_xml import MAX_TEXT, Calendar, cell_xml, digits, is_plain, text_item
from sheetsync.workbooks.links_xml import split_link
from sheetsync.workbooks.ooxml import attribute
from sheetsync.workbooks.port import Out, OutValue
from sheetsync.workbooks.row_blocks import Block, ColumnFormat, RowFormat, packed
from sheetsync.workbooks.text_lines import MAX_HEIGHT, WIDEST, height_of, line_count
from sheetsync.workbooks.turning import may_turn, turns

RowValue = OutValue | Out
"""A value as it is, or with a link, a formula or a note."""

_DOT: Final = "."
"""Stands before and after texts looked at together, so that a space at their ends is the second one."""

_REMEMBERED: Final = 5000
_TEXTS: Final = frozenset({str, type(None)})
_DAYS: Final = frozenset({date, type(None)})
_NUMBERS: Final = frozenset({int, float, type(None)})


def encode_rows(form: RowFormat, first_row: int, rows: Sequence[Sequence[RowValue]]) -> Block:
    """Rows of the table as a block; values stand in the order of the body's headers.

    Raises ``ValueError`` when a text, a number or a link cannot be kept by a cell, as a replacement does.
    """
    written = _Written(form, first_row, len(rows))
    values = list(zip(*rows, strict=True))
    blank: Sequence[RowValue] = [None] * len(rows)
    for column in form.columns:
        written.add(column, values[column.place] if rows and column.place is not None else blank)
    return written.block()


class _Written:
    """A block as far as it is written."""

    def __init__(self, form: RowFormat, first_row: int, count: int) -> None:
        self._form = form
        self._first = first_row
        self._numbers = [str(first_row + step) for step in range(count)]
        self._calendar = _calendar(form.since_1904)
        self._cells: list[list[str]] = []
        self._heights = [0.0] * count
        self._wrapping: list[tuple[float, ColumnFormat, Sequence[str], bool]] = []
        self._links: list[tuple[int, str, str]] = []
        self._notes: list[tuple[int, int, str]] = []
        self._has_formulas = False

    def block(self) -> Block:
        self._measure()
        links = sorted(self._links, key=lambda one: one[0])
        return Block(
            self._first,
            len(self._numbers),
            packed(self._rows()),
            packed("".join([link for _, link, _ in links])),
            packed("".join([relation for _, _, relation in links])),
            len(links),
            tuple(sorted(self._notes)),
            self._has_formulas,
        )

    def _rows(self) -> str:
        usual, attributes = self._form.default_height, self._form.attributes
        ends = [f' ht="{min(one, MAX_HEIGHT):g}">' if one > usual else ">" for one in self._heights]
        opened = [f'<row r="{at}"{attributes}{end}' for at, end in zip(self._numbers, ends, strict=True)]
        return "".join(["".join(row) for row in zip(opened, *self._cells, repeat("</row>"))])

    # --- one column

    def add(self, column: ColumnFormat, values: Sequence[RowValue]) -> None:
        """Write the next column to the right."""
        if Out in set(map(type, values)):
            outs = [one if type(one) is Out else Out(one) for one in values]  # type: ignore[arg-type]
            self._add_extras(column, outs)
            if any(one.formula is not None for one in outs):
                self._has_formulas = True
                self._add_mixed(column, outs)
                return
            values = [one.value for one in outs]
        kinds = set(map(type, values))
        if kinds <= _TEXTS:
            self._add_texts(column, values)  # type: ignore[arg-type]
        elif kinds <= _DAYS:
            self._add_days(column, values)  # type: ignore[arg-type]
        elif kinds <= _NUMBERS:
            self._add_numbers(column, values)  # type: ignore[arg-type]
        else:
            self._add_mixed(column, [Out(one) for one in values])  # type: ignore[arg-type]

    def _add_texts(self, column: ColumnFormat, values: Sequence[str | None]) -> None:
        texts = [one or "" for one in values]
        turning = {one for one in set(texts) if one and may_turn(one) and _TURNING[one]}
        opening = f'<c r="{column.letters}'
        empty = f"{_style(column.style)}/>"
        text = f'{_style(column.style)} t="inlineStr"><is>'
        quoted = f'{_style(column.quoted)} t="inlineStr"><is>'
        is_plain = _are_plain(texts)
        if is_plain:
            text, quoted, end = f"{text}<t>", f"{quoted}<t>", "</t></is></c>"
            items = texts
        else:
            items, end = [text_item(one) if one else "" for one in texts], "</is></c>"
        starts = [quoted if one in turning else text for one in texts]
        self._cells.append(
            [
                f"{opening}{at}{start}{item}{end}" if item else f"{opening}{at}{empty}"
                for at, start, item in zip(self._numbers, starts, items, strict=True)
            ]
        )
        self._wraps(column, texts, one_paragraph=is_plain)

    def _add_days(self, column: ColumnFormat, values: Sequence[date | None]) -> None:
        if not all(one is None or self._calendar.holds(one) for one in values):
            self._add_mixed(column, [Out(one) for one in values])
            return
        opening = f'<c r="{column.letters}'
        empty, day = f"{_style(column.style)}/>", f"{_style(column.dated)}><v>"
        self._cells.append(
            [
                f"{opening}{at}{empty}"
                if one is None
                else f"{opening}{at}{day}{_day(one, self._calendar)}</v></c>"
                for at, one in zip(self._numbers, values, strict=True)
            ]
        )

    def _add_numbers(self, column: ColumnFormat, values: Sequence[float | None]) -> None:
        opening = f'<c r="{column.letters}'
        empty, number = f"{_style(column.style)}/>", f"{_style(column.style)}><v>"
        self._cells.append(
            [
                f"{opening}{at}{empty}" if one is None else f"{opening}{at}{number}{digits(one)}</v></c>"
                for at, one in zip(self._numbers, values, strict=True)
            ]
        )

    def _add_mixed(self, column: ColumnFormat, outs: Sequence[Out]) -> None:
        """Values of several kinds, one by one."""

        def look(date: bool, quoted: bool) -> int:
            return column.dated if date else column.quoted if quoted else column.style

        cells = [
            cell_xml(one, f"{column.letters}{at}", self._calendar, look)
            for at, one in zip(self._numbers, outs, strict=True)
        ]
        self._cells.append(cells)
        self._wraps(column, [self._measured(one) for one in outs], one_paragraph=False)

    def _measured(self, out: Out) -> str:
        """What of a value wraps: its text; numbers and days never do."""
        value = out.value
        if isinstance(value, date) and not self._calendar.holds(value):
            return text_of(value)
        return value if isinstance(value, str) else ""

    def _wraps(self, column: ColumnFormat, texts: Sequence[str], *, one_paragraph: bool) -> None:
        """Remember that rows must be as tall as the texts of this column need."""
        if column.room:
            fullness = sum(map(len, texts)) / column.room
            self._wrapping.append((fullness, column, texts, one_paragraph))

    def _measure(self) -> None:
        """Have every row as tall as its texts need, the fullest column first: others are seldom taller."""
        heights = self._heights
        for _, column, texts, one_paragraph in sorted(self._wrapping, key=lambda one: -one[0]):
            needed = _needed(column.room, column.size)
            most = needed.most(max(map(len, texts))) if one_paragraph else None
            for step, text in enumerate(texts):
                if text and (most is None or most[len(text)] > heights[step]):
                    heights[step] = max(heights[step], needed[text])

    def _add_extras(self, column: ColumnFormat, outs: Sequence[Out]) -> None:
        for step, out in enumerate(outs):
            if out.link:
                self._add_link(step, f"{column.letters}{self._numbers[step]}", out.link)
            if out.note and column.place is not None:
                self._notes.append((self._first + step, column.place, out.note))

    def _add_link(self, step: int, cell: str, link: str) -> None:
        parts = split_link(link)
        if parts is None:
            return
        address, place = parts
        location = f' location="{_location(place)}"' if place else ""
        target, relation = "", ""
        if address:
            target = f' r:id="link{cell}"'
            relation = (
                f'<Relationship Id="link{cell}" Type="{self._form.relation_type}"'
                f' Target="{attribute(address)}" TargetMode="External"/>'
            )
        self._links.append((step, f'<hyperlink ref="{cell}"{target}{location}/>', relation))


def _are_plain(texts: Sequence[str]) -> bool:
    """Whether texts are XML as they are: no markup, nothing unseen, spaces only between words."""
    joined = " ".join((_DOT, *filter(None, texts), _DOT))
    return is_plain(joined) and (len(joined) <= MAX_TEXT // 2 or max(map(len, texts)) <= MAX_TEXT // 2)


def _style(number: int) -> str:
    return f'" s="{number}"' if number else '"'


def _location(place: str) -> str:
    """A place of the workbook as an attribute; thousands of cells lead to one sheet."""
    sheet, mark, cell = place.rpartition("!")
    return f"{_attribute(sheet)}!{cell}" if mark and cell.isascii() and cell.isalnum() else attribute(place)


class _Needed(dict[str, float]):
    """Heights that texts need in one kind of column; most are asked for again and again."""

    def __init__(self, room: float, size: float) -> None:
        super().__init__()
        self._room, self._size = room, size
        self._widest = 2 * WIDEST / max(room, 1.0)
        self._most: list[float] = []

    def __missing__(self, text: str) -> float:
        if len(self) >= _REMEMBERED:
            self.clear()
        height = height_of(line_count(text, self._room), self._size)
        self[text] = height
        return height

    def most(self, longest: int) -> list[float]:
        """What paragraphs need at most, by length: two lines following one another are longer than one."""
        for length in range(len(self._most), longest + 1):
            self._most.append(height_of(int(length * self._widest) + 1, self._size))
        return self._most


class _Turning(dict[str, bool]):
    """Which texts would turn into something else; most are met again and again."""

    def __missing__(self, text: str) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[text] = turns(text)
        return found


_TURNING: Final = _Turning()


_attribute: Final = lru_cache(maxsize=64)(attribute)


@lru_cache(maxsize=64)
def _needed(room: float, size: float) -> _Needed:
    return _Needed(room, size)


@lru_cache(maxsize=4096)
def _day(day: date, calendar: Calendar) -> str:
    return repr(calendar.serial(day))


@lru_cache(maxsize=2)
def _calendar(since_1904: bool) -> Calendar:
    return Calendar(since_1904=since_1904)
