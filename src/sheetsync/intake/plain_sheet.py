"""A worksheet whose rows and hyperlinks are written as Excel, LibreOffice, openpyxl and others do.

The rows are cut at each stored value. What stands between two of them says which cells they are of, and
is met again in every copy of a form: what was understood once is remembered, and only what is new is
matched against the pattern.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import filterfalse
from typing import Any, Final, NamedTuple

from msgspec import Struct

from sheetsync.grid import position
from sheetsync.intake.plain_links import NO_LINKS, Link, Place, PlainLinks, without_links
from sheetsync.intake.plain_xml import (
    REFERENCE,
    NotPlain,
    check_markup,
    check_place,
    letters_of,
    prefixes_around,
    spoken,
)
from sheetsync.patterns import at_first_use

_ROW: Final = r'<row(?: [a-zA-Z0-9:]+="[^"<&]*")+'
_CELL: Final = at_first_use(
    rf'r="({REFERENCE})"(?: s="([0-9]{{1,6}})")?(?: t="([a-zA-Z]{{1,9}})")?'
    r"(?:/>|>"
    r'(?:(<f)(?: aca="[a-z]+"| t="shared"(?: ref="[A-Z0-9:]+")? si="([0-9]+)")?(?:/>|>([^<]*)</f>))?'
    r'(?:<v>([^<]*)</v>|<v/>|(<is)><t(?: xml:space="preserve")?(?:/>|>([^<]*)</t>)</is>)?'
    r"</c>)"
    rf"((?:</row>(?:{_ROW}/>|{_ROW}></row>)*+{_ROW}>)?)"
)
"""A cell's markup behind «<c »: address, style, type, whether it has a formula, which it shares, the
formula, a value, whether it has a text of its own, that text; and the rows that end and begin there."""
_BEFORE_FIRST: Final = at_first_use(rf"(?:{_ROW}/>|{_ROW}></row>)*+{_ROW}>")
_ROW_HEAD: Final = at_first_use("<row([^>]*)>")
_ATTRIBUTE: Final = at_first_use(' ([a-zA-Z0-9:]+)="([^"]*)"')
_ROW_PREFIX: Final = "x14ac"
_ROW_PREFIX_USED: Final = b" x14ac:"
_ROW_NAMES: Final = {
    "r", "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel", "collapsed",
    "thickTop", "thickBot", "ph", "x14ac:dyDescent",
}  # fmt: skip
_PASSING: Final = at_first_use(' (r:id|activeCell|sqref|topLeftCell)="[^"<&]*"')
"""What the frames of copies differ in and nobody reads: where the cursor stood, names of relations."""
_TRUE: Final = ("1", "true", "on")
_ROWS_OPEN, _ROWS_CLOSE = b"<sheetData>", b"</sheetData>"
_LAST_ROW: Final = b"</row>"
_ONE_MORE: Final = b'<row r="1">'
_ROWS_ONLY, _WITH_LINKS = frozenset({"sheetData"}), frozenset({"sheetData", "hyperlinks"})
_GONE: Final = frozenset({"row", "c", "v", "is", "t", "f", "rPh"})
_GONE_WITH_LINKS: Final = _GONE | {"hyperlink"}
_CELL_OPEN: Final = b"<c "
_CELL_SAID: Final = _CELL_OPEN.decode()
_VALUE_OPEN, _VALUE_CLOSE, _VALUE_END = b"<v>", b"</v>", b"</v></c>"
_VALUE_LETTER: Final = b"v"
"""Of both tags of a value; in most sheets nothing else among the rows has it, and it is found fastest."""
_SOME_CELL: Final = b'<c r="A1"><v>0</v'
_SOME_CELL_ENDED: Final = 'r="A1"><v>0</v></c>'
_CELL_END: Final = b"v>0</v></c>"
"""Values by which what stands between two others is taken apart as cells are."""
_HIDDEN: Final = b' hidden="'
_ENTRY: Final = 512
"""What remembering one costs besides."""
_REMEMBERED: Final = 2 << 20
"""Bytes of markup kept in mind."""
_SHORT_VALUE: Final = 64
_REMEMBERED_VALUES: Final = 1 << 9
"""Of the short values that are no figures: most are results of formulas."""
_REMEMBERED_FRAMES: Final = 16
_SHORT: Final = 1 << 17
_SHORTEST_ROW: Final = len('<row r="1"/>')
MOST_IN_CELL: Final = 4
"""Elements of one cell at most: itself, a formula, a text and its run."""


class Beside(NamedTuple):
    """What else may stand between two values: other cells that hold something, rows that are hidden."""

    cells: tuple[Markup, ...]
    hides_rows: bool


class Markup(Struct, eq=False):
    """A cell that holds something, as it is marked up."""

    place: Place
    style: str | None
    kind: str | None
    has_formula: bool
    shared: str | None
    formula: str | None
    value: str | None
    has_own_text: bool
    own_text: str | None
    size: int = 0
    """Letters of its markup without the stored value: neither its formula nor its own text is longer."""
    held: dict[bytes | None, Any] | None = None
    """What it holds by its stored value, for who finds that out: the same cell is met again in every copy.
    None when it shows a shared text and nothing else."""
    begun: int = 1
    """How many cells begin where this one does, since the value before its own: it is the last."""
    beside: Beside | None = None

    def with_value(self, value: str) -> Markup:
        """The same cell with another value."""
        one = self
        return Markup(
            one.place, one.style, one.kind, one.has_formula, one.shared, one.formula, value, False, None
        )


class PlainSheet(Struct, frozen=True):
    """A worksheet in pieces. ``cells`` are those that hold something, in order; each stands in a place
    of its own, told in ``places`` too. ``values`` are the stored ones beside them, as bytes; None for a cell
    without one."""

    frame: bytes
    cells: tuple[Markup, ...]
    places: tuple[Place, ...]
    values: tuple[bytes | None, ...]
    marked_up: int
    """How many cells there are, with those that hold nothing."""
    rows: int
    """How many there are at most."""
    hidden_rows: frozenset[int]
    links: tuple[Link, ...]
    longest: int
    """Bytes of the longest cell at most."""


class _Known(dict[bytes, Markup | None]):
    """Cells by what stands behind their «<c », up to the next one with the rows that end and begin
    there; None for one that holds nothing."""

    _size = 0

    def __missing__(self, piece: bytes) -> Markup | None:
        self._size += len(piece) + _ENTRY
        if self._size > _REMEMBERED:
            self.clear()
            self._size = len(piece) + _ENTRY
        cell = self[piece] = _marked_up(letters_of(piece))
        return cell


class _Gaps(dict[bytes, Markup]):
    """Cells by what stands between the value before theirs and their own: copies of one form differ in it
    but little."""

    _size = 0

    def __missing__(self, piece: bytes) -> Markup:
        ended, *pieces = letters_of(_SOME_CELL + piece + _CELL_END).split(_CELL_SAID)[1:]
        if ended != _SOME_CELL_ENDED:
            _marked_up(ended)
        cells = list(filter(None, map(_marked_up, pieces)))
        if not pieces:
            raise NotPlain
        self._size += len(piece) + _ENTRY * len(cells)
        if self._size > _REMEMBERED:
            self.clear()
            self._size = len(piece) + _ENTRY * len(cells)
        found = self[piece] = cells.pop()
        found.begun = len(pieces)
        if cells or _HIDDEN in piece:
            found.beside = Beside(tuple(cells), _HIDDEN in piece)
        return found


_gaps: Final = _Gaps()
_known: Final = _Known()


def plain_sheet(part: bytes) -> PlainSheet:
    """The worksheet in pieces. Raises ``NotPlain``."""
    before, rows, after = _cut(part)
    if not rows.endswith(_LAST_ROW):
        raise NotPlain
    frame, links = without_links(letters_of(before + after))
    skeleton = _skeleton(frame)
    cells, values, begun, hides = _cells(rows)
    places = tuple([one.place for one in cells])
    if len(set(places)) < len(places):
        raise NotPlain
    _check_prefixes(skeleton, links, has_row_prefix=_ROW_PREFIX_USED in rows)
    longest = len(part) if len(part) < _SHORT else max(map(len, rows.split(_CELL_OPEN)))
    numbers = _hidden_rows(rows.decode()) if hides else frozenset[int]()
    many = len(rows) // _SHORTEST_ROW if len(part) < _SHORT else rows.count(b"<row")
    return PlainSheet(
        skeleton, tuple(cells), places, tuple(values), begun, many, numbers, links.places, longest
    )


@lru_cache(maxsize=_REMEMBERED_FRAMES)
def _skeleton(frame: str) -> bytes:
    """A frame without what passes."""
    check_markup(frame)
    return _PASSING.sub(r' \1=""', frame).encode()


def _cells(rows: bytes) -> tuple[list[Markup], list[bytes | None], int, bool]:
    """The cells of rows that hold something, the values beside them, how many cells there are, and whether
    some row may be hidden."""
    gaps, stored = _cut_at_values(rows)
    for value in filterfalse(bytes.isdigit, stored):
        (_check_short_value if len(value) <= _SHORT_VALUE else _check_value)(value)
    if not stored:
        cells, begun = _opening(rows + _ONE_MORE)
        return cells, [None] * len(cells), begun, _HIDDEN in rows
    first, begun = _opening(gaps[0] + _CELL_END)
    taking = list(map(_gaps.__getitem__, gaps[1:-1]))
    begun += sum([one.begun for one in taking])
    hides = _HIDDEN in gaps[0] or _HIDDEN in gaps[-1]
    cells, values = first + taking, [*[None] * (len(first) - 1), *stored]
    if beside := [one.beside for one in taking if one.beside is not None]:
        hides = hides or any(one.hides_rows for one in beside)
        cells, values = _with_those_beside(first, taking, stored)
    ended, *last = (_SOME_CELL + gaps[-1] + _ONE_MORE).split(_CELL_OPEN)[1:]
    rest = [one for one in map(_known.__getitem__, (ended, *last)) if one][1:]
    return cells + rest, values + [None] * len(rest), begun + len(last), hides


def _cut_at_values(rows: bytes) -> tuple[list[bytes], list[bytes]]:
    """What stands before, between and after the stored values, with the signs in which their tags begin and
    end; and the values."""
    pieces = rows.split(_VALUE_LETTER)
    gaps, tagged = pieces[::2], _VALUE_LETTER.join(pieces[1::2])
    stored = tagged[1:-2].split(_VALUE_CLOSE)
    is_tagged = tagged.startswith(b">") and tagged.endswith(b"</") and tagged.count(b"<") == len(stored)
    if is_tagged and len(gaps) - 1 == len(pieces) // 2 == len(stored):
        return gaps, stored
    pieces = rows.replace(_VALUE_CLOSE, _VALUE_OPEN).split(_VALUE_OPEN)
    many = len(pieces) // 2
    if len(pieces) == 2 * many or not rows.count(_VALUE_OPEN) == rows.count(_VALUE_END) == many:
        raise NotPlain
    if not many:
        return pieces, []
    first, *between, last = pieces[::2]
    return [first + b"<", *[b">" + one + b"<" for one in between], b">" + last], pieces[1::2]


def _with_those_beside(
    first: list[Markup], taking: list[Markup], stored: list[bytes]
) -> tuple[list[Markup], list[bytes | None]]:
    """The cells with those among them that have no stored value."""
    cells, values = list(first), [*[None] * (len(first) - 1), stored[0]]
    for one, value in zip(taking, stored[1:], strict=True):
        before = one.beside.cells if one.beside else ()
        cells += (*before, one)
        values += (*[None] * len(before), value)
    return cells, values


def _opening(rows: bytes) -> tuple[list[Markup], int]:
    """The cells rows begin with."""
    first, *pieces = rows.split(_CELL_OPEN)
    if not pieces:
        raise NotPlain
    _check_first(letters_of(first))
    return list(filter(None, map(_known.__getitem__, pieces))), len(pieces)


def _check_value(value: bytes) -> None:
    said = letters_of(value)
    if "<" in said or "]]>" in said:
        raise NotPlain
    spoken(said)


_check_short_value: Final = lru_cache(maxsize=_REMEMBERED_VALUES)(_check_value)


def _cut(part: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the rows, all between their first beginning and their last end, and the rest."""
    start, end = part.find(_ROWS_OPEN), part.rfind(_ROWS_CLOSE)
    if not 0 <= start < end or _ROWS_OPEN in part[end:]:
        raise NotPlain
    start += len(_ROWS_OPEN)
    return part[:start], part[start:end], part[end:]


def _marked_up(markup: str) -> Markup | None:
    found = _CELL.fullmatch(markup)
    if not found or "]]>" in markup:
        raise NotPlain
    at, style, kind, formula, shared, said, value, inline, text, rows = found.groups()
    check_place(at)
    for raw in (said, value, text):
        spoken(raw or "")
    if rows:
        _check_rows(rows)
    if not (formula or value is not None or inline or "<v/>" in markup):
        return None
    held = None if kind == "s" and not formula and not inline else dict[bytes | None, Any]()
    place, size = position(at), len(markup)
    return Markup(place, style, kind, bool(formula), shared, said, value, bool(inline), text, size, held)


def _check_first(markup: str) -> None:
    """What stands before the first cell is beginnings of rows."""
    if not _BEFORE_FIRST.fullmatch(markup):
        raise NotPlain
    _check_rows(markup)


def _check_rows(markup: str) -> None:
    """Each attribute of a row once, none that means something else, and the row's number a number."""
    for head in _ROW_HEAD.findall(markup):
        pairs = _ATTRIBUTE.findall(head)
        names = {name for name, _ in pairs}
        number = dict(pairs).get("r", "")
        if len(names) < len(pairs) or names - _ROW_NAMES:
            raise NotPlain
        if not (number.isascii() and number.isdecimal() and len(number) <= 7):
            raise NotPlain


def _hidden_rows(rows: str) -> frozenset[int]:
    heads = (dict(_ATTRIBUTE.findall(head)) for head in _ROW_HEAD.findall(rows) if "hidden" in head)
    return frozenset(int(head["r"]) for head in heads if head.get("hidden") in _TRUE)


def _check_prefixes(frame: bytes, links: PlainLinks, *, has_row_prefix: bool) -> None:
    emptied, gone = (_ROWS_ONLY, _GONE) if links is NO_LINKS else (_WITH_LINKS, _GONE_WITH_LINKS)
    at_hand = prefixes_around(frame, "worksheet", emptied, gone)
    if has_row_prefix and _ROW_PREFIX not in at_hand:
        raise NotPlain
    if "xr" not in at_hand and links.needs_revisions:
        raise NotPlain
    if "r" not in at_hand and links.needs_relations:
        raise NotPlain
