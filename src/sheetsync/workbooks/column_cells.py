"""The cells of one column as XML, many rows at once: what all of them share is looked at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final, NamedTuple

from sheetsync.grid import text_of
from sheetsync.workbooks.block_heights import Wrapped
from sheetsync.workbooks.cells_xml import Calendar, cell_xml, digits, text_items
from sheetsync.workbooks.port import Out, OutValue
from sheetsync.workbooks.row_blocks import ColumnFormat
from sheetsync.workbooks.turning import turning_among

_REMEMBERED: Final = frozenset({str, date, type(None)})
"""What a column may be told by: values of other kinds are equal and yet written otherwise."""

_NUMBERS: Final = frozenset({int, float, type(None)})
_REMEMBERED_DAYS: Final = 4096
_LOOKED_AT: Final = 8
"""So many values tell whether a column says the same again and again."""


class Cells(NamedTuple):
    """The cells of a column in some rows, row by row or the same for all.

    Each is what stands between the number of its row and where that comes next: its opening is not
    there, that of the next cell is.
    """

    ends: Sequence[bytes] | bytes
    wrapped: Wrapped | None = None


class Column:
    """One column of the table. What it was last is remembered: a plan is the same in every copy.

    ``after`` is what follows a cell up to where the number of the row comes next.
    """

    def __init__(self, form: ColumnFormat, calendar: Calendar, after: str) -> None:
        self.form = form
        self._calendar = calendar
        self._after = after
        self._style, self._quoted = _style(form.style), _style(form.quoted)
        self._empty = f"{self._style}/>{after}".encode()
        self._days = _Days(calendar, f"{_style(form.dated)}><v>", f"</v></c>{after}", self._empty)
        self._last: tuple[Sequence[object], Cells] = ((), Cells(b""))

    def known(self, values: Sequence[object]) -> Cells | None:
        """The cells that hold these values, if it held the same last."""
        last, cells = self._last
        if not values or last != values:
            return None
        if cells.wrapped:
            cells.wrapped.reckoned()
        return cells

    def cells(self, values: Sequence[OutValue], kinds: Collection[type]) -> Cells:
        """The cells that hold these values; ``kinds`` are theirs, all of them."""
        if _REMEMBERED.issuperset(kinds):
            cells = self._of_days(values) if date in kinds else self._of_texts(values)  # type: ignore[arg-type]
            if cells is not None:
                self._last = values, cells
                return cells
        if _NUMBERS.issuperset(kinds):
            before, after = f"{self._style}><v>", f"</v></c>{self._after}"
            return Cells(
                [
                    self._empty if one is None else f"{before}{digits(one)}{after}".encode()  # type: ignore[arg-type]
                    for one in values
                ]
            )
        return self.one_by_one([Out(one) for one in values])

    def _of_texts(self, values: Sequence[str | None]) -> Cells:
        """Cells with texts or nothing in them; texts that come again and again are written once."""
        different = values
        if len(set(values[:_LOOKED_AT])) * 2 < _LOOKED_AT:
            different = tuple(dict.fromkeys(values))
        texts = list(filter(None, different))
        items, is_plain = self._written(texts)
        ends: Sequence[bytes] | bytes = items
        if len(different) == 1:
            ends, values = items[0] if items else self._empty, different
        elif different is not values:
            known = dict(zip(texts, items, strict=True))
            ends = [known[one] if one else self._empty for one in values]
        elif len(texts) < len(values):
            rest = iter(items)
            ends = [next(rest) if one else self._empty for one in values]
        return Cells(ends, self._wrapped(values, texts, is_plain))

    def _of_days(self, values: Sequence[date | str | None]) -> Cells | None:
        """Cells with days, texts or nothing in them; None where the calendar does not have a day."""
        texts = [one for one in values if type(one) is str and one]
        items, is_plain = self._written(texts)
        known: dict[date | str | None, bytes] = dict(zip(texts, items, strict=True))
        ends = [known[one] if one in known else self._days[one] for one in values]
        return None if b"" in ends else Cells(ends, self._wrapped(values, texts, is_plain))

    def _wrapped(self, values: Sequence[object], texts: Sequence[str], is_plain: bool) -> Wrapped | None:
        form = self.form
        return Wrapped(form.room, form.size, values, texts, is_plain) if form.room and texts else None

    def _written(self, texts: list[str]) -> tuple[list[bytes], bool]:
        """Cells with texts in them; tells whether each is of one paragraph, with nothing unseen in it."""
        items, is_plain = text_items(texts, f'{self._style} t="inlineStr"><is>', f"</is></c>{self._after}")
        turning = turning_among(texts) if self._style != self._quoted else ()
        if turning:
            quoted, skipped = self._quoted.encode(), len(self._style)
            pairs = zip(texts, items, strict=True)
            items = [quoted + item[skipped:] if one in turning else item for one, item in pairs]
        return items, is_plain

    def one_by_one(self, outs: Sequence[Out]) -> Cells:
        """Cells with values of several kinds, or with formulas."""
        form = self.form

        def look(date: bool, quoted: bool) -> int:
            return form.dated if date else form.quoted if quoted else form.style

        opening = len(f'<c r="{form.letters}')
        cells = [cell_xml(one, form.letters, self._calendar, look) for one in outs]
        texts = list(map(self._measured, outs))
        wrapped = Wrapped(form.room, form.size, texts, list(set(texts) - {""})) if form.room else None
        return Cells([f"{one[opening:]}{self._after}".encode() for one in cells], wrapped)

    def _measured(self, out: Out) -> str:
        """What of a value wraps: its text; numbers and days never do."""
        value = out.value
        if isinstance(value, date) and not self._calendar.holds(value):
            return text_of(value)
        return str(value) if isinstance(value, str) else ""


class _Days(dict[date | str | None, bytes]):
    """Cells that hold a day or nothing, most of them met again; no bytes for a day before the calendar."""

    def __init__(self, calendar: Calendar, before: str, after: str, empty: bytes) -> None:
        super().__init__()
        self._calendar, self._before, self._after, self._empty = calendar, before, after, empty

    def __missing__(self, day: date | str | None) -> bytes:
        if len(self) >= _REMEMBERED_DAYS:
            self.clear()
        return self.setdefault(day, self._written(day) if isinstance(day, date) else self._empty)

    def _written(self, day: date) -> bytes:
        if not self._calendar.holds(day):
            return b""
        return f"{self._before}{digits(self._calendar.serial(day))}{self._after}".encode()


def _style(number: int) -> str:
    return f'" s="{number}"' if number else '"'
