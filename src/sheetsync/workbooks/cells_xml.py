"""One cell as XML: what it holds, and how a value is written into it."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Final

from sheetsync.grid import CELL_LIMIT, EMPTY, Cell, Value, text_of
from sheetsync.workbooks.ooxml import Element, child, children, descendants, escape, tag_like
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.port import Out, OutValue
from sheetsync.workbooks.styles_xml import Styles
from sheetsync.workbooks.turning import turns

MAX_TEXT: Final = CELL_LIMIT
"""Excel keeps no longer text in a cell; it counts in UTF-16 units."""

_KEPT: Final = ' xml:space="preserve"'
_DOT: Final = "."
"""Stands for what is seen in a text instead of a line break."""

_APART: Final = "<"
"""Stands between texts looked at together: it is in none of those that are XML as they are."""

_PARTING: Final = b"\0"
"""No text of a cell has it."""

_EPOCH_1900: Final = datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime(1904, 1, 1)
_LAST_SERIAL: Final = 2_958_466
_PHANTOM_LEAP_DAY: Final = 60


class Calendar:
    """Days as a workbook numbers them."""

    def __init__(self, *, since_1904: bool) -> None:
        self.since_1904 = since_1904
        self._epoch = _EPOCH_1904 if since_1904 else _EPOCH_1900
        self._day_zero = self._epoch.toordinal()

    def holds(self, day: date) -> bool:
        """Whether the calendar knows a day: spreadsheets begin in 1900 or in 1904."""
        return self.serial(day) >= 1

    def serial(self, day: date) -> int | float:
        """A day as a number; with a time of day, as a fraction."""
        if type(day) is date and (days := day.toordinal() - self._day_zero) > _PHANTOM_LEAP_DAY:
            return days
        moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
        passed = moment.replace(tzinfo=None) - self._epoch
        number = passed.days + passed.seconds / 86_400
        if not self.since_1904 and number <= _PHANTOM_LEAP_DAY:
            number -= 1
        return int(number) if number == int(number) else round(number, 10)

    def value(self, serial: float) -> Value:
        """A number as the day or time it shows; numbers outside the calendar stay numbers."""
        if not 0 <= serial < _LAST_SERIAL:
            return serial
        if not self.since_1904 and serial < _PHANTOM_LEAP_DAY:
            if serial < 1:
                return _time(serial)
            serial += 1
        moment = self._epoch + timedelta(seconds=round(serial * 86_400))
        return moment.date() if moment.time() == time() else moment


class SharedStrings:
    """The shared strings part, read when the first of them is asked for."""

    def __init__(self, package: Package, part: str | None) -> None:
        self._package = package
        self._part = part
        self._texts: list[str] | None = None

    def __getitem__(self, number: int) -> str:
        if self._texts is None:
            root = self._package.tree(self._part) if self._part else None
            self._texts = [rich_text(one) for one in children(root, "si")]
        return self._texts[number] if 0 <= number < len(self._texts) else ""


def rich_text(element: Element) -> str:
    """The text of a string item; phonetic hints are no part of it."""
    if len(element) == 1 and element[0].tag == tag_like(element, "t"):
        return unescape(element[0].text or "")
    return "".join(
        unescape(one.text or "")
        for one in descendants(element, "t")
        if not one.getparent().tag.endswith("}rPh")
    )


def _inside(cell: Element, name: str) -> Element:
    """What of that name a cell holds, or None: most cells hold one thing."""
    if len(cell) != 1:
        return child(cell, name)
    only = cell[0]
    return only if only.tag == tag_like(cell, name) else None


class CellWriter:
    """Reads and writes cells of one workbook."""

    def __init__(self, strings: SharedStrings, styles: Styles, calendar: Calendar) -> None:
        self._strings = strings
        self.styles = styles
        self.calendar = calendar

    def read(self, element: Element) -> Cell:
        """What a cell holds, without links and notes."""
        if not len(element) and element.get("t") != "inlineStr":
            return EMPTY
        formula = _inside(element, "f")
        text = (formula.text or "") if formula is not None else None
        return Cell(self._value(element), text)

    def _value(self, element: Element) -> Value:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inline = _inside(element, "is")
            return "" if inline is None else rich_text(inline)
        raw = _inside(element, "v")
        if raw is None or raw.text is None:
            return None
        match kind:
            case "s":
                return self._strings[int(raw.text)]
            case "b":
                return raw.text.strip() in ("1", "true")
            case "n":
                return self._number(raw.text, int(element.get("s", "0")))
        return unescape(raw.text)

    def _number(self, text: str, style: int) -> Value:
        number = float(text)
        if self.styles.is_date(style):
            return self.calendar.value(number)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def written(self, out: Out, style: int, address: str) -> str:
        """A cell as XML text: thousands of them are parsed at once, which is far faster than one by one."""

        def look(date: bool, quoted: bool) -> int:
            return self.styles.relative(style, date=date, quoted=quoted)

        return cell_xml(out, address, self.calendar, look)


def cell_xml(out: Out, address: str, calendar: Calendar, look: Callable[[bool, bool], int]) -> str:
    """A cell as XML text; ``look`` gives its style: whether it holds a day, and a text that must stay one."""
    value = None if out.value == "" else out.value
    if isinstance(value, date) and not calendar.holds(value):
        value = text_of(value)
    is_text = isinstance(value, str) and out.formula is None
    style = look(isinstance(value, date), is_text and turns(str(value)))
    opening = f'<c r="{address}" s="{style}"' if style else f'<c r="{address}"'
    formula = "" if out.formula is None else f"<f>{markup(out.formula)}</f>"
    if value is None:
        return f"{opening}>{formula}</c>" if formula else f"{opening}/>"
    if is_text:
        return f'{opening} t="inlineStr"><is>{text_item(str(value))}</is></c>'
    kind, text = _stored(value, calendar)
    return f"{opening}{kind}>{formula}<v>{text}</v></c>"


def _stored(value: OutValue, calendar: Calendar) -> tuple[str, str]:
    """A value as a cell's type and text, both as XML."""
    match value:
        case bool():
            return ' t="b"', str(int(value))
        case date():
            return "", digits(calendar.serial(value))
        case int() | float():
            return "", digits(value)
    return ' t="str"', markup(_checked(str(value)))


def check(out: Out) -> None:
    """``ValueError`` when a cell cannot hold a value."""
    if isinstance(out.value, str):
        _checked(out.value)
    elif isinstance(out.value, float):
        digits(out.value)


def text_item(text: str) -> str:
    """A text as the content of a string item."""
    if _is_bare(text) and not _has_odd_spaces(text):
        return f"<t>{_checked(text)}</t>"
    kept = "" if text == " ".join(text.split()) else _KEPT
    return f"<t{kept}>{markup(_checked(text))}</t>"


def text_items(texts: list[str], before: str, after: str) -> tuple[list[bytes], bool]:
    """Many texts, none of them empty, as the content of string items, looked at together.

    Each comes between what stands ``before`` and ``after`` it. Tells whether all are plain: XML as they
    are, words of one paragraph with single spaces between them.
    """
    joined = _APART.join(texts)
    is_long = len(joined) > MAX_TEXT // 2 and max(map(len, texts)) > MAX_TEXT // 2
    if is_long or not texts or not _is_bare(joined.replace("\n", _DOT), len(texts) - 1):
        return [f"{before}{text_item(one)}{after}".encode() for one in texts], False
    if "\n" not in joined and "  " not in joined and list(map(str.strip, texts)) == texts:
        first, last = f"{before}<t>".encode(), f"</t>{after}".encode()
        inside = joined.encode().replace(_APART.encode(), last + _PARTING + first)
        return b"".join((first, inside, last)).split(_PARTING), True
    odd = ["\n" in one or _has_odd_spaces(one) for one in texts]
    return [
        f"{before}<t{_KEPT if is_odd else ''}>{one}</t>{after}".encode()
        for is_odd, one in zip(odd, texts, strict=True)
    ], False


def _is_bare(text: str, parted: int = 0) -> bool:
    """Whether a text is XML as it is: no markup but what parts so many, nothing unseen."""
    return (
        text.isprintable()
        and "&" not in text
        and text.count("<") == parted
        and ">" not in text
        and not ("_" in text and "_x" in text)
    )


def _has_odd_spaces(text: str) -> bool:
    """Whether spaces stand elsewhere than one by one between words."""
    return "  " in text or text[:1] == " " or text[-1:] == " "


def markup(text: str) -> str:
    """Text for an XML element."""
    return escape(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _checked(text: str) -> str:
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_TEXT:
        raise ValueError(f"text of {len(text)} characters does not fit a cell (at most {MAX_TEXT})")
    return text


def digits(number: float) -> str:
    """A number as a cell keeps it; ``ValueError`` for one that is none."""
    if not math.isfinite(number):
        raise ValueError(f"a cell cannot hold {number}")
    return repr(number)


def _time(serial: float) -> time:
    seconds = round(serial * 86_400) % 86_400
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
