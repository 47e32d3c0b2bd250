"""How the cells of a range look."""

from __future__ import annotations

from typing import Any, Final

from sheetsync.workbooks.libreoffice import colors
from sheetsync.workbooks.libreoffice.colors import Color
from sheetsync.workbooks.libreoffice.faces import Face
from sheetsync.workbooks.libreoffice.inside import look, number_formats
from sheetsync.workbooks.libreoffice.range_base import RangeBase
from sheetsync.workbooks.libreoffice.spelling import code_to_excel

_HUNDREDTHS_OF_MM: Final = 2_540 / 72
"""In a point."""
_HUNDREDTHS_OF_MM_IN_PIXEL: Final = 2_540 / 96
_DIGIT_PIXELS: Final = 7
_PADDING_PIXELS: Final = 5
"""Excel counts a column's width in digits of Calibri 11."""

_WRAP: Final = "IsTextWrapped"
_FILL: Final = "CellBackColor"
_BOLD: Final = 150.0
_PLAIN: Final = 100.0


class RangeLook(RangeBase):
    """Formats, colours, heights and widths."""

    __slots__ = ()

    @property
    def number_format(self) -> str | None:
        """The format code as Excel spells it; None where cells differ."""
        code = self._do(number_formats.read, self.place)
        return None if code is None else code_to_excel(code)

    @number_format.setter
    def number_format(self, code: str) -> None:
        self._do(number_formats.write, self.place, code)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The fill; None for none, and where cells differ."""
        return colors.to_python(self._do(look.read, self.place, _FILL))

    @color.setter
    def color(self, color: Color) -> None:
        self._do(look.write, self.place, _FILL, colors.to_office(color))

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts are broken into lines; None where cells differ."""
        wrapped: bool | None = self._do(look.read, self.place, _WRAP)
        return wrapped

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._do(look.write, self.place, _WRAP, bool(value))
        self.sheet.book.touched(self.place)

    @property
    def font(self) -> Font:
        """The letters."""
        return Font(self)

    @property
    def row_height(self) -> float | None:
        """Height of a row in points; None where rows differ."""
        return _common(self._do(look.line_sizes, self.place, False), _HUNDREDTHS_OF_MM)

    @row_height.setter
    def row_height(self, points: float) -> None:
        self._do(look.set_line_size, self.place, False, round(points * _HUNDREDTHS_OF_MM))

    @property
    def column_width(self) -> float | None:
        """Width of a column in digits; None where columns differ."""
        pixels = _common(self._do(look.line_sizes, self.place, True), _HUNDREDTHS_OF_MM_IN_PIXEL)
        return None if pixels is None else round((pixels - _PADDING_PIXELS) / _DIGIT_PIXELS, 1)

    @column_width.setter
    def column_width(self, digits: float) -> None:
        pixels = digits * _DIGIT_PIXELS + _PADDING_PIXELS
        self._do(look.set_line_size, self.place, True, round(pixels * _HUNDREDTHS_OF_MM_IN_PIXEL))

    @property
    def row_hidden(self) -> bool | None:
        """Whether the rows are hidden, by hand or by a filter; None where they differ."""
        return _same(self._do(look.hidden_lines, self.place, False))

    @row_hidden.setter
    def row_hidden(self, hidden: bool) -> None:
        self._do(look.hide_lines, self.place, False, hidden)

    @property
    def column_hidden(self) -> bool | None:
        """Whether the columns are hidden; None where they differ."""
        return _same(self._do(look.hidden_lines, self.place, True))

    @column_hidden.setter
    def column_hidden(self, hidden: bool) -> None:
        self._do(look.hide_lines, self.place, True, hidden)

    def autofit(self, axis: str | None = None) -> None:
        """Rows («r») and columns («c») as high and wide as what they hold."""
        for letter, across in (("c", True), ("r", False)):
            if axis is None or axis.startswith(letter):
                self._do(look.fit_lines, self.place, across)


class Font(Face):
    """The letters of a range."""

    __slots__ = ("cells",)

    def __init__(self, cells: RangeLook) -> None:
        self.cells = cells

    def _read(self, name: str) -> Any:
        return self.cells._do(look.read, self.cells.place, name)

    def _write(self, name: str, value: Any) -> None:
        self.cells._do(look.write, self.cells.place, name, value)

    @property
    def bold(self) -> bool | None:
        """Bold; None where cells differ."""
        weight = self._read("CharWeight")
        return None if weight is None else bool(weight > _PLAIN)

    @bold.setter
    def bold(self, value: bool) -> None:
        self._write("CharWeight", _BOLD if value else _PLAIN)

    @property
    def italic(self) -> bool | None:
        """Italic; None where cells differ."""
        posture = self._read("CharPosture")
        return None if posture is None else bool(posture != "NONE")

    @italic.setter
    def italic(self, value: bool) -> None:
        self.cells._do(look.write_choice, self.cells.place, "CharPosture", "awt.FontSlant", _slant(value))

    @property
    def size(self) -> float | None:
        """Size in points; None where cells differ."""
        size: float | None = self._read("CharHeight")
        return size

    @size.setter
    def size(self, points: float) -> None:
        self._write("CharHeight", float(points))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """Colour; None for the automatic one, and where cells differ."""
        return colors.to_python(self._read("CharColor"))

    @color.setter
    def color(self, color: Color) -> None:
        self._write("CharColor", colors.to_office(color))

    @property
    def name(self) -> str | None:
        """Name of the font; None where cells differ."""
        name: str | None = self._read("CharFontName")
        return name

    @name.setter
    def name(self, name: str) -> None:
        self._write("CharFontName", name)


def _slant(italic: bool) -> str:
    return "ITALIC" if italic else "NONE"


def _common(sizes: tuple[int, ...], unit: float) -> float | None:
    return round(sizes[0] / unit, 1) if len(set(sizes)) == 1 else None


def _same(flags: tuple[bool, ...]) -> bool | None:
    return flags[0] if len(set(flags)) == 1 else None
