"""What the cells of a range hold."""

from __future__ import annotations

from typing import Any

from sheetsync.workbooks.libreoffice import kinds
from sheetsync.workbooks.libreoffice.inside import formulas, values
from sheetsync.workbooks.libreoffice.range_base import RangeBase
from sheetsync.workbooks.libreoffice.spelling import to_excel, to_office


class RangeValues(RangeBase):
    """Values and formulas of cells, read and written in one call each."""

    __slots__ = ()

    @property
    def max_cells_per_read(self) -> None:
        """A block may have any size."""
        return None

    @property
    def max_cells_per_write(self) -> None:
        """A block may have any size."""
        return None

    @property
    def has_array(self) -> bool:
        """Whether cells belong to an array formula; «{=…}» is how LibreOffice spells one."""
        return any(text.startswith("{=") for row in self._do(formulas.read, self.place) for text in row)

    @property
    def raw_value(self) -> Any:
        """Texts, numbers, dates, truths, None, Excel's numbers of errors; one value for one cell."""
        if not len(self):
            return None
        block = kinds.to_python(*self._do(values.read, self.place))
        rows = tuple(tuple(None if value == "" else value for value in row) for row in block)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        if not isinstance(data, list | tuple):
            self._put_one(data)
            return
        block = data if data and isinstance(data[0], list | tuple) else [data]
        if (len(block), len(block[0])) != self.shape:
            raise ValueError(f"{len(block)} × {len(block[0])} values for {self.address}")
        self._write(kinds.to_cells(block))

    def _put_one(self, value: Any) -> None:
        """One value in all cells; a formula moves along as if it were copied."""
        if kinds.is_formula(value) and len(self) > 1:
            self.formula = value
            return
        rows, columns = self.shape
        self._write(kinds.to_cells([[value] * columns] * rows))

    def _write(self, written: kinds.Written) -> None:
        self._do(values.write, self.place, written.rows, written.formulas, written.kinds)
        self.sheet.book.touched(self.place)

    @property
    def formula(self) -> Any:
        """Formulas as Excel spells them, texts and numbers as text; one of one cell."""
        block = tuple(
            tuple(to_excel(text) if text.startswith("=") else text for text in row)
            for row in self._do(formulas.read, self.place)
        )
        return block[0][0] if len(self) == 1 else block

    @formula.setter
    def formula(self, data: Any) -> None:
        if isinstance(data, str) and kinds.is_formula(data):
            self._do(formulas.fill, self.place, to_office(data))
            self.sheet.book.touched(self.place)
        else:
            self.raw_value = data

    def clear_contents(self) -> None:
        """Empty the cells."""
        self._clear(contents=True, formats=False)

    def clear_formats(self) -> None:
        """Take the look of the cells away."""
        self._clear(contents=False, formats=True)

    def clear(self) -> None:
        """Empty the cells and take their look away."""
        self._clear(contents=True, formats=True)

    def _clear(self, contents: bool, formats: bool) -> None:
        self._do(values.clear, self.place, contents, formats)
        self.sheet.book.touched(self.place)
