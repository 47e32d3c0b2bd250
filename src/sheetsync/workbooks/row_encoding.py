"""Rows written as XML text, column by column: what all cells of a column share is looked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from operator import is_
from typing import Final, NamedTuple

from sheetsync.grid import text_of
from sheetsync.workbooks.block_heights import Wrapped, heights_of
from sheetsync.workbooks.cells_xml import Calendar, cell_xml, digits, text_items
from sheetsync.workbooks.links_xml import are_usual, split_link
from sheetsync.workbooks.ooxml import attribute
from sheetsync.workbooks.port import Out, OutValue
from sheetsync.workbooks.row_blocks import Block, ColumnFormat, RowFormat, packed
from sheetsync.workbooks.text_lines import MAX_HEIGHT
from sheetsync.workbooks.turning import turning_among

RowValue = OutValue | Out
"""A value as it is, or with a link, a formula or a note."""

_EMPTY_CELL: Final = ' t="inlineStr"><is><t></t></is></c>'
"""How a cell without a text comes out at first."""

_NOTHING: Final = frozenset({type(None)})
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
    for column in _columns(form):
        place = column.form.place
        written.add(column, values[place] if rows and place is not None else blank)
    return written.block()


class _Cells(NamedTuple):
    """The cells of a column in some rows: what is the same in all of them, with a ``%s`` for what is not.

    None among what differs stands for the number of the row.
    """

    template: str
    parts: tuple[Sequence[str] | None, ...]
    wrapped: Wrapped | None = None


class _Written:
    """A block as far as it is written."""

    def __init__(self, form: RowFormat, first_row: int, count: int) -> None:
        self._form = form
        self._first = first_row
        self._numbers = [str(first_row + step) for step in range(count)]
        self._cells: list[_Cells] = []
        self._links: list[tuple[int, str, str]] = []
        self._notes: list[tuple[int, int, str]] = []
        self._has_formulas = False

    def block(self) -> Block:
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
        usual, attributes = self._form.default_height, self._form.attributes.replace("%", "%%")
        wrapped = [one.wrapped for one in self._cells if one.wrapped]
        heights = heights_of(wrapped, usual, len(self._numbers))
        ends = [f' ht="{min(one, MAX_HEIGHT):g}">' if one > usual else ">" for one in heights]
        templates = (f'<row r="%s"{attributes}%s', *(one.template for one in self._cells), "</row>")
        parts = (None, ends, *(part for one in self._cells for part in one.parts))
        slots = zip(*[self._numbers if one is None else one for one in parts], strict=True)
        return "".join(map("".join(templates).__mod__, slots)).replace(_EMPTY_CELL, "/>")

    def add(self, column: _Column, values: Sequence[RowValue]) -> None:
        """Write the next column to the right."""
        if Out in set(map(type, values)):
            outs = [one if type(one) is Out else Out(one) for one in values]  # type: ignore[arg-type]
            self._add_extras(column.form, outs)
            if any(one.formula is not None for one in outs):
                self._has_formulas = True
                self._cells.append(column.mixed(outs, self._numbers))
                return
            values = [one.value for one in outs]
        cells = column.cells(values)  # type: ignore[arg-type]
        self._cells.append(cells or column.mixed([Out(one) for one in values], self._numbers))  # type: ignore[arg-type]

    def _add_extras(self, column: ColumnFormat, outs: Sequence[Out]) -> None:
        if column.place is not None:
            notes = ((step, one.note) for step, one in enumerate(outs) if one.note)
            self._notes += [(self._first + step, column.place, note) for step, note in notes]
        links = {step: one.link for step, one in enumerate(outs) if one.link}
        cells = [f"{column.letters}{self._numbers[step]}" for step in links]
        write = _usual_link if are_usual(links.values()) else _link
        for step, cell, link in zip(links, cells, links.values(), strict=True):
            written = write(cell, link, self._form.relation_type)
            if written:
                self._links.append((step, *written))


class _Column:
    """One column of the table. What it was last is remembered: a plan is the same in every copy."""

    def __init__(self, form: ColumnFormat, calendar: Calendar) -> None:
        self.form = form
        self._calendar = calendar
        self._opening = f'<c r="{form.letters}%s'
        self._last: tuple[Sequence[OutValue], _Cells | None] = ((), None)

    def cells(self, values: Sequence[OutValue]) -> _Cells | None:
        """The cells that hold these values; None for values of several kinds."""
        last, cells = self._last
        if cells and len(last) == len(values) and all(map(is_, last, values)):
            if cells.wrapped:
                cells.wrapped.heights()
            return cells
        cells = self._made(values)
        self._last = values, cells
        return cells

    def _made(self, values: Sequence[OutValue]) -> _Cells | None:
        kinds = set(map(type, values))
        if kinds <= _NOTHING:
            return _Cells(f"{self._opening}{_style(self.form.style)}/>", (None,))
        if kinds <= _TEXTS:
            return self._texts([one or "" for one in values])  # type: ignore[misc]
        if kinds <= _DAYS and all(one is None or self._calendar.holds(one) for one in values):  # type: ignore[arg-type]
            return self._stored(values, self.form.dated, lambda one: _day(one, self._calendar))
        return self._stored(values, self.form.style, digits) if kinds <= _NUMBERS else None

    def _texts(self, texts: Sequence[str]) -> _Cells:
        form = self.form
        turning = turning_among(texts)
        items, plain = text_items(texts)
        end = f' t="inlineStr"><is>{"<t>%s</t>" if plain else "%s"}</is></c>'
        wrapped = Wrapped(form.room, form.size, texts) if form.room else None
        if not turning or form.quoted == form.style:
            return _Cells(f"{self._opening}{_style(form.style)}{end}", (None, items), wrapped)
        usual, quoted = _style(form.style), _style(form.quoted)
        styles = [quoted if one in turning else usual for one in texts]
        return _Cells(f"{self._opening}%s{end}", (None, styles, items), wrapped)

    def _stored(self, values: Sequence[OutValue], style: int, stored: Callable[..., str]) -> _Cells:
        """Cells with numbers in them; an empty one looks as the column does."""
        empty, filled = f"{_style(self.form.style)}/>", f"{_style(style)}><v>"
        rest = [empty if one is None else f"{filled}{stored(one)}</v></c>" for one in values]
        return _Cells(f"{self._opening}%s", (None, rest))

    def mixed(self, outs: Sequence[Out], numbers: Sequence[str]) -> _Cells:
        """Cells with values of several kinds, one by one."""
        form = self.form

        def look(date: bool, quoted: bool) -> int:
            return form.dated if date else form.quoted if quoted else form.style

        cells = [
            cell_xml(one, f"{form.letters}{at}", self._calendar, look)
            for at, one in zip(numbers, outs, strict=True)
        ]
        texts = list(map(self._measured, outs))
        return _Cells("%s", (cells,), Wrapped(form.room, form.size, texts) if form.room else None)

    def _measured(self, out: Out) -> str:
        """What of a value wraps: its text; numbers and days never do."""
        value = out.value
        if isinstance(value, date) and not self._calendar.holds(value):
            return text_of(value)
        return value if isinstance(value, str) else ""


def _style(number: int) -> str:
    return f'" s="{number}"' if number else '"'


# --- hyperlinks


def _usual_link(cell: str, address: str, kind: str) -> tuple[str, str]:
    """A link to an address that needs no looking at: the element of the sheet and its relation."""
    return f'<hyperlink ref="{cell}" r:id="link{cell}"/>', _relation(cell, address, kind)


def _link(cell: str, link: str, kind: str) -> tuple[str, str] | None:
    """The same for any link; None for an address no program would open."""
    parts = split_link(link)
    if parts is None:
        return None
    address, place = parts
    location = f' location="{_location(place)}"' if place else ""
    target = f' r:id="link{cell}"' if address else ""
    relation = _relation(cell, attribute(address), kind) if address else ""
    return f'<hyperlink ref="{cell}"{target}{location}/>', relation


def _relation(cell: str, address: str, kind: str) -> str:
    return f'<Relationship Id="link{cell}" Type="{kind}" Target="{address}" TargetMode="External"/>'


def _location(place: str) -> str:
    """A place of the workbook as an attribute; thousands of cells lead to one sheet."""
    sheet, mark, cell = place.rpartition("!")
    return f"{_attribute(sheet)}!{cell}" if mark and cell.isascii() and cell.isalnum() else attribute(place)


_attribute: Final = lru_cache(maxsize=64)(attribute)


@lru_cache(maxsize=16)
def _columns(form: RowFormat) -> tuple[_Column, ...]:
    calendar = Calendar(since_1904=form.since_1904)
    return tuple(_Column(one, calendar) for one in form.columns)


@lru_cache(maxsize=4096)
def _day(day: date, calendar: Calendar) -> str:
    return repr(calendar.serial(day))
