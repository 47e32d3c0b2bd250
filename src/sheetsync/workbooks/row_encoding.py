"""Rows written as XML text, column by column: what all cells of a column share is looked at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final

from sheetsync.workbooks.block_heights import heights_of
from sheetsync.workbooks.cells_xml import Calendar
from sheetsync.workbooks.column_cells import Cells, Column
from sheetsync.workbooks.port import Out, OutValue
from sheetsync.workbooks.row_blocks import Block, ColumnFormat, RowFormat, packed, packed_bytes
from sheetsync.workbooks.row_links import RowLink, links_of
from sheetsync.workbooks.text_lines import MAX_HEIGHT

RowValue = OutValue | Out
"""A value as it is, or with a link, a formula or a note."""

_ROW: Final = b'<row r="'


def encode_rows(form: RowFormat, first_row: int, rows: Sequence[Sequence[RowValue]]) -> Block:
    """Rows of the table as a block; values stand in the order of the body's headers.

    Raises ``ValueError`` when a text, a number or a link cannot be kept by a cell, as a replacement does.
    """
    written = _Written(form, first_row, len(rows))
    values = list(zip(*rows, strict=True))
    blank: Sequence[RowValue] = (None,) * len(rows)
    for column in written.layout.columns:
        place = column.form.place
        written.add(column, values[place] if rows and place is not None else blank)
    return written.block()


class _Layout:
    """What all rows of a table share; ``begun`` is how a row of some height begins, up to its first cell."""

    def __init__(self, form: RowFormat) -> None:
        openings = [*(f'<c r="{one.letters}' for one in form.columns), "</row>"]
        calendar = Calendar(since_1904=form.since_1904)
        self.columns = [
            Column(one, calendar, after) for one, after in zip(form.columns, openings[1:], strict=True)
        ]
        self.begun = _Begun(f'"{form.attributes}', form.default_height, openings[0])


class _Begun(dict[float, bytes]):
    """What stands between the number of a row and that in its first cell, by the height of the row."""

    def __init__(self, attributes: str, usual: float, opening: str) -> None:
        super().__init__()
        self._told = attributes, usual, opening

    def __missing__(self, height: float) -> bytes:
        attributes, usual, opening = self._told
        told = f' ht="{min(height, MAX_HEIGHT):g}"' if height > usual else ""
        begun = self[height] = f"{attributes}{told}>{opening}".encode()
        return begun


class _Written:
    """A block as far as it is written."""

    def __init__(self, form: RowFormat, first_row: int, count: int) -> None:
        self._form = form
        self.layout = _layout(form)
        self._first = first_row
        self._numbers = list(map(str, range(first_row, first_row + count)))
        self._cells: list[Cells] = []
        self._links: list[RowLink] = []
        self._notes: list[tuple[int, int, str]] = []
        self._has_formulas = False

    def block(self) -> Block:
        links = sorted(self._links, key=itemgetter(0))
        return Block(
            self._first,
            len(self._numbers),
            packed_bytes(self._rows()),
            packed("".join([element for _, element, _ in links])),
            packed("".join([relation for _, _, relation in links])),
            len(links),
            tuple(sorted(self._notes)),
            self._has_formulas,
        )

    def _rows(self) -> bytes:
        """The number of a row stands between all that is said of it."""
        usual, count = self._form.default_height, len(self._numbers)
        heights = heights_of([one.wrapped for one in self._cells if one.wrapped], usual, count)
        said = [one.ends if isinstance(one.ends, list) else [one.ends] * count for one in self._cells]
        rows = zip([_ROW] * count, map(self.layout.begun.__getitem__, heights), *said, strict=True)
        return b"".join(map(bytes.join, [one.encode() for one in self._numbers], rows))

    def add(self, column: Column, values: Sequence[RowValue]) -> None:
        """Write the next column to the right."""
        cells = column.known(values)
        if cells is None:
            kinds = set(map(type, values))
            has_extras = Out in kinds
            cells = self._with_extras(column, values) if has_extras else column.cells(values, kinds)  # type: ignore[arg-type]
        self._cells.append(cells)

    def _with_extras(self, column: Column, values: Sequence[RowValue]) -> Cells:
        """Cells some of which have something beside their values: a link, a note, a formula."""
        outs = {step: one for step, one in enumerate(values) if type(one) is Out}
        links = {step: one.link for step, one in outs.items() if one.link}
        self._links += links_of(column.form.letters, links, self._first, self._form.relation_type)
        told = {step: one for step, one in outs.items() if one.note or one.formula is not None}
        self._add_notes(column.form, {step: one.note for step, one in told.items() if one.note})
        if [one for one in told.values() if one.formula is not None]:
            self._has_formulas = True
            return column.one_by_one([one if type(one) is Out else Out(one) for one in values])  # type: ignore[arg-type]
        bare: Sequence[OutValue] = tuple([one.value if type(one) is Out else one for one in values])  # type: ignore[misc]
        return column.known(bare) or column.cells(bare, set(map(type, bare)))

    def _add_notes(self, column: ColumnFormat, notes: Mapping[int, str]) -> None:
        if column.place is not None:
            self._notes += [(self._first + step, column.place, note) for step, note in notes.items()]


_layout: Final = lru_cache(maxsize=16)(_Layout)
