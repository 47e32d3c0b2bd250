"""Cell styles of a workbook: which of them show dates, and near relatives of a style."""

from __future__ import annotations

import copy
import re
from typing import Final

from lxml import etree

from sheetsync.patterns import at_first_use
from sheetsync.workbooks.ooxml import Element, child, children, tag_like
from sheetsync.workbooks.package import Package

_BUILTIN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_SHORT_DATE: Final = "14"
_NOT_CODE: Final = at_first_use(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', re.IGNORECASE)

_Attributes = tuple[tuple[str, str], ...]
_Look = tuple[_Attributes, tuple[tuple[str, _Attributes], ...]]


class Styles:
    """The styles part. Styles are numbers, as cells name them."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._package = package
        self._part = part
        self._known: dict[tuple[int, bool, bool], int] = {}
        self._dates: frozenset[int] | None = None
        self._numbers: dict[_Look, int] = {}
        """The first style of each look."""

    def is_date(self, style: int) -> bool:
        """Whether a number in this style is shown as a date or a time."""
        if self._dates is None:
            self._dates = self._date_styles()
        return style in self._dates

    def plain(self, style: int) -> int:
        """The style without the mark «this is text, whatever it begins with»."""
        return self.relative(style, date=False, quoted=False)

    def relative(self, style: int, *, date: bool, quoted: bool) -> int:
        """The style that looks the same but shows a date, or keeps text a text when it is edited."""
        asked = (style, date, quoted)
        if asked not in self._known:
            self._known[asked] = self._find(style, date=date, quoted=quoted)
        return self._known[asked]

    def wrapped(self, style: int) -> int:
        """The style that looks the same but breaks lines, from the top of the cell down."""
        formats = self._formats()
        if style >= len(formats):
            return style
        wanted = copy.deepcopy(formats[style])
        wanted.set("applyAlignment", "1")
        alignment = child(wanted, "alignment")
        if alignment is None:
            alignment = etree.Element(tag_like(wanted, "alignment"))
            wanted.insert(0, alignment)
        alignment.set("vertical", "top")
        alignment.set("wrapText", "1")
        found = self._alike(wanted, formats)
        return self._added(wanted, is_date=self.is_date(style)) if found is None else found

    def _find(self, style: int, *, date: bool, quoted: bool) -> int:
        formats = self._formats()
        if style >= len(formats):
            return style
        wanted = copy.deepcopy(formats[style])
        if wanted.get("quotePrefix") in ("1", "true"):
            del wanted.attrib["quotePrefix"]
        if quoted:
            wanted.set("quotePrefix", "1")
        if date and not self.is_date(style):
            wanted.set("numFmtId", _SHORT_DATE)
            wanted.set("applyNumberFormat", "1")
        if _look(formats[style]) == _look(wanted):
            return style
        found = self._alike(wanted, formats)
        return self._added(wanted, is_date=date or self.is_date(style)) if found is None else found

    def _alike(self, wanted: Element, formats: list[Element]) -> int | None:
        if not self._numbers:
            for number, one in enumerate(formats):
                self._numbers.setdefault(_look(one), number)
        return self._numbers.get(_look(wanted))

    def _added(self, wanted: Element, *, is_date: bool) -> int:
        self._package.edit(self._part or "")
        formats = self._cell_formats()
        formats.append(wanted)
        formats.set("count", str(len(formats)))
        number: int = len(formats) - 1
        self._numbers.setdefault(_look(wanted), number)
        if is_date and self._dates is not None:
            self._dates |= {number}
        return number

    def _cell_formats(self) -> Element:
        return child(self._package.tree(self._part), "cellXfs") if self._part else None

    def _formats(self) -> list[Element]:
        return children(self._cell_formats(), "xf")

    def _date_styles(self) -> frozenset[int]:
        if not self._part:
            return frozenset()
        custom = {
            one.get("numFmtId"): one.get("formatCode", "")
            for one in children(child(self._package.tree(self._part), "numFmts"), "numFmt")
        }
        return frozenset(
            number
            for number, one in enumerate(self._formats())
            if _is_date_format(one.get("numFmtId", "0"), custom.get(one.get("numFmtId")))
        )


def _is_date_format(number: str, code: str | None) -> bool:
    if code is None:
        return number.isdigit() and int(number) in _BUILTIN_DATES
    first = _NOT_CODE.sub("", code.split(";")[0])
    return bool(re.search(r"[ymdhsгдмч]", first, re.IGNORECASE)) and "general" not in first.lower()


def _look(element: Element) -> _Look:
    """What a style comes to, however it is written."""
    inner = tuple((one.tag, tuple(sorted(one.attrib.items()))) for one in element)
    return tuple(sorted(element.attrib.items())), inner
