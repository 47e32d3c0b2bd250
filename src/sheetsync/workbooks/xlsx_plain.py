"""Sheets and shared texts written plainly, read from the pieces the gate looked at them in.

Copies of one form repeat most of their cells to the letter. What a cell's markup says by itself is
found once and remembered; what the book must add (its texts, its number formats) is added each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain, compress
from operator import is_not, ne
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from sheetsync.grid import EMPTY, Area, Cell, Value
from sheetsync.intake.plain_links import Link, Place
from sheetsync.intake.plain_sheet import Markup, PlainSheet
from sheetsync.intake.plain_xml import said_in, spoken
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.xlsx_sheet import (
    SAYS_ITSELF,
    SheetBody,
    read_sheet,
    said_by_itself,
)
from sheetsync.workbooks.xlsx_values import NumberFormats, link_in
from sheetsync.workbooks.xml_walk import Damaged

_REMEMBERED_NUMBERS: Final = 1 << 12
"""Of one set of styles: the same few days stand in many cells."""
_REMEMBERED_VALUES: Final = 16
"""Of one cell, where it holds no shared text."""
_REMEMBERED_FRAMES: Final = 32
_REMEMBERED_SHEETS: Final = 64
_NUMBERED: Final = 1 << 12
"""Shared texts found by their number as it is written; few books have more."""
_SHORT: Final = 32 << 10
_FEW: Final = 1_000
"""Bytes of a sheet that is remembered whole, and its cells: no copy has a longer one of another."""
_EMPTIED_LINKS: Final = b"<hyperlinks></hyperlinks>"
_NO_SUCH_TEXT: Final = "ячейка ссылается на текст, которого нет в файле"


class PlainTexts:
    """The shared texts of a book, and the cells that hold nothing else."""

    def __init__(self, marked_up: Sequence[str | None], rich: Sequence[str]) -> None:
        self._marked_up = marked_up
        self._rich = rich

    @cached_property
    def texts(self) -> list[str]:
        """The texts in order."""
        rich = iter(self._rich)
        return [next(rich) if raw is None else _text_of(raw) for raw in self._marked_up]

    @cached_property
    def longest(self) -> int:
        """Letters of the longest of them at most."""
        texts = chain(filter(None, self._marked_up), self._rich) if self._rich else self._marked_up
        return max(map(len, texts), default=0)  # type: ignore[arg-type]

    @cached_property
    def cells(self) -> list[Cell | None]:
        """For each text the cell that shows it; None for a blank one."""
        if not self._rich:
            return _cells_of(self._marked_up)  # type: ignore[arg-type]
        bare = _cells_of([raw for raw in self._marked_up if raw is not None])
        rich, others = iter(self._rich), iter(bare)
        return [_shown_as(next(rich)) if raw is None else next(others) for raw in self._marked_up]

    @cached_property
    def numbered(self) -> Mapping[bytes | None, Cell | None]:
        """These cells by the number of their text, as cells have it."""
        return dict(zip(_numbers(), self.cells, strict=False))


@cache
def _numbers() -> tuple[bytes, ...]:
    return tuple([b"%d" % one for one in range(_NUMBERED)])


def _shown_as(text: str) -> Cell | None:
    return Cell(text) if text and not text.isspace() else None


def _text_of(raw: str) -> str:
    return unescape(spoken(raw)) if "&" in raw else unescape(raw)


class _Shown(NamedTuple):
    """The texts of a book as marked up, in order, and the cells that show them."""

    texts: Sequence[str]
    cells: list[Cell | None]


_last: Final = [_Shown((), [])]
"""Of the book read last: copies of one form have most of their texts in the same places."""


def _cells_of(texts: Sequence[str]) -> list[Cell | None]:
    """The cell of each text; those of the texts that stood in the same place before are the same objects."""
    before = _last[0]
    differ = list(map(ne, texts, before.texts))
    new = [*compress(texts, differ), *texts[len(differ) :]]
    made = iter(_made(new))
    cells = [next(made) if differs else cell for differs, cell in zip(differ, before.cells, strict=False)]
    cells += made
    if len(texts) <= _NUMBERED:
        _last[0] = _Shown(texts, cells)
    return cells


def _made(texts: Sequence[str]) -> list[Cell | None]:
    listed = "\n".join(texts)
    if "&" in listed or ("_" in listed and "_x" in listed):
        return [_shown_as(_text_of(one)) for one in texts]
    cells: list[Cell | None] = list(map(Cell, texts))
    for at in [at for at, text in enumerate(texts) if not text or text.isspace()]:
        cells[at] = None
    return cells


class _Unfinished(NamedTuple):
    """A cell that needs the book: a shared text beside a formula, a number, a formula others share."""

    kind: str
    style: int
    text: str
    formula: str | None
    shared: str


class _Number(NamedTuple):
    """A number as stored, and the style that shows it."""

    stored: str
    style: int


_Held = Cell | _Number | _Unfinished | None
"""A cell, more to be done, or nothing."""
_UNKNOWN: Final = _Number("", -1)


def read_plain(
    plain: PlainSheet, led_to: Mapping[str, str], texts: PlainTexts, formats: NumberFormats
) -> SheetBody | None:
    """The body of a plain sheet; ``led_to`` is where its relations lead.

    None when its links are not written plainly. Raises ``Damaged`` and errors of parsing.
    """
    around = _around(plain.frame)
    if around is None:
        return None
    cells, own = cells_of(plain, texts, formats)
    body = SheetBody(cells, list(around[0]), set(plain.hidden_rows), set(around[1]))
    if plain.links:
        body.cells = _linked(body.cells, plain.links, led_to)
    else:
        known = _read.get(id(plain))
        body.is_met = known is not None and known.cells is body.cells
    body.longest = max(own, texts.longest)
    return body


def _linked(
    cells: Mapping[Place, Cell], links: Sequence[Link], led_to: Mapping[str, str]
) -> dict[Place, Cell]:
    """The cells with the links that lead from them."""
    linked = dict(cells)
    several: dict[Place, dict[str, None]] = {}
    for at, relation, inside in links:
        target = led_to.get(relation, "")
        if inside:
            target = f"{target}#{inside}"
        if not target:
            continue
        cell = linked.get(at, EMPTY)
        if cell.links:
            several.setdefault(at, dict.fromkeys(cell.links))[target] = None
        else:
            linked[at] = Cell(cell.value, cell.formula, (target,))
    for at, targets in several.items():
        linked[at] = replace(linked[at], links=tuple(targets))
    return linked


@lru_cache(maxsize=_REMEMBERED_FRAMES)
def _around(frame: bytes) -> tuple[tuple[Area, ...], frozenset[int]] | None:
    """Merged areas and hidden columns of a sheet, from what stands around its cells; None when some of its
    links stand there too."""
    if b"hyperlink" in frame.replace(_EMPTIED_LINKS, b""):
        return None
    body = read_sheet(frame, [], NumberFormats([], {}), {})
    return tuple(body.merges), frozenset(body.hidden_columns)


class _Read(NamedTuple):
    """A sheet that many copies hold: by what it was read, its cells, and those of them that show shared
    texts: where they stand, the numbers of the texts, the cells themselves."""

    plain: PlainSheet
    formats: NumberFormats
    cells: dict[Place, Cell]
    places: tuple[Place, ...]
    numbers: tuple[int, ...]
    shown: tuple[Cell | None, ...]
    last: int
    """The greatest of the numbers."""
    own: int
    """Letters of the longest text it does not share."""

    def among(self, pool: Sequence[Cell | None]) -> dict[Place, Cell] | None:
        """The cells of a copy with other shared texts; ``None`` when some cell is filled in one only."""
        shown = tuple(map(pool.__getitem__, self.numbers))
        if shown == self.shown:
            return self.cells
        others = [step for step, is_other in enumerate(map(is_not, shown, self.shown)) if is_other]
        cells = self.cells.copy()
        for step in others:
            cell = shown[step]
            if cell is None or self.shown[step] is None:
                return None
            cells[self.places[step]] = cell
        return cells


_read: Final[dict[int, _Read]] = {}
_seen: Final[dict[int, PlainSheet]] = {}


def cells_of(plain: PlainSheet, texts: PlainTexts, formats: NumberFormats) -> tuple[dict[Place, Cell], int]:
    """The cells of a plain sheet in order, and how long the texts and formulas are that it does not share:
    nobody may change them, other copies of a short sheet have the same. Raises ``Damaged`` and what the
    general reader raises."""
    if plain.longest > _SHORT or len(plain.cells) > _FEW:
        return _cells(plain, texts, formats)
    known, pool = _read.get(id(plain)), texts.cells
    if known and known.plain is plain and known.formats is formats and known.last < len(pool):
        met = known.among(pool)
        if met is not None:
            return met, known.own
    cells, own = _cells(plain, texts, formats)
    if _seen.get(id(plain)) is not plain:  # most sheets that are another's alone are seen once
        while len(_seen) >= _REMEMBERED_SHEETS:
            _seen.pop(next(iter(_seen)), None)
        _seen[id(plain)] = plain
    elif not any(one.kind == "s" and one.has_formula for one in plain.cells):
        asking = [
            (place, int(value))
            for place, one, value in zip(plain.places, plain.cells, plain.values, strict=True)
            if one.held is None and value and value.isdigit()
        ]
        places, numbers = tuple(place for place, _ in asking), tuple(number for _, number in asking)
        while len(_read) >= _REMEMBERED_SHEETS:
            _read.pop(next(iter(_read)), None)
        shown = tuple(pool[one] for one in numbers)
        _read[id(plain)] = _Read(plain, formats, cells, places, numbers, shown, max(numbers, default=-1), own)
    return cells, own


def _cells(plain: PlainSheet, texts: PlainTexts, formats: NumberFormats) -> tuple[dict[Place, Cell], int]:
    numbered, values, numbers = texts.numbered, plain.values, formats.cells
    shown = list(map(numbered.get, values))
    shared: dict[str, str] = {}
    longest = 0
    own = [(step, one, one.held) for step, one in enumerate(plain.cells) if one.held is not None]
    for step, one, said in own:
        value = values[step]
        held: Any = said.get(value, _UNKNOWN)
        if held.__class__ is not Cell:
            known: Any = _met(one, said, value) if held is _UNKNOWN else held
            held = numbers.get(known) or _whole(known, texts, formats, shared)
        shown[step] = held
        longest = max(longest, one.size + len(value or b""))
    if all(shown):
        return dict(zip(plain.places, shown, strict=True)), longest  # type: ignore[arg-type]
    for step in [step for step, cell in enumerate(shown) if cell is None]:
        one, value = plain.cells[step], values[step]
        if one.held is None and value not in numbered:
            shown[step] = _whole(_valued(one, value), texts, formats, shared)
    return {at: cell for at, cell in zip(plain.places, shown, strict=True) if cell is not None}, longest


def _met(one: Markup, said: dict[bytes | None, _Held], value: bytes | None) -> _Held:
    """What a cell holds with a value it was not met with."""
    if len(said) >= _REMEMBERED_VALUES:
        said.clear()
    said[value] = held = _valued(one, value)
    return held


def _valued(one: Markup, value: bytes | None) -> _Held:
    return _held(one if value is None else one.with_value(said_in(value)))


def _whole(held: _Held, texts: PlainTexts, formats: NumberFormats, shared: dict[str, str]) -> Cell | None:
    if isinstance(held, _Number):
        return _numbered(held, formats)
    return _finished(held, texts, formats, shared) if isinstance(held, _Unfinished) else held


def _held(one: Markup) -> _Held:
    kind = "inlineStr" if one.has_own_text else one.kind or "n"
    stored = spoken((one.own_text if one.has_own_text else one.value) or "")
    formula = unescape(spoken(one.formula or "")) if one.has_formula else None
    if not stored and formula is None:
        return None
    if formula is None and stored.strip() and kind != "s" and kind not in SAYS_ITSELF:
        return _Number(stored.strip(), int(one.style or 0))
    if one.shared or (stored and kind not in SAYS_ITSELF):
        return _Unfinished(kind, int(one.style or 0), stored, formula, one.shared or "")
    return _cell(said_by_itself(kind, stored) if stored else None, formula)


def _numbered(number: _Number, formats: NumberFormats) -> Cell | None:
    cell = _cell(formats.value(*number), None)
    if cell and len(formats.cells) < _REMEMBERED_NUMBERS:
        formats.cells[number] = cell
    return cell


def _finished(
    one: _Unfinished, texts: PlainTexts, formats: NumberFormats, shared: dict[str, str]
) -> Cell | None:
    formula = one.formula
    if one.shared and formula is not None:
        formula = shared.setdefault(one.shared, formula)
    if not one.text:
        return _cell(None, formula)
    if one.kind == "s":
        index = int(one.text)
        if not 0 <= index < len(texts.texts):
            raise Damaged(_NO_SUCH_TEXT)
        return _cell(texts.texts[index], formula)
    if one.kind in SAYS_ITSELF:
        return _cell(said_by_itself(one.kind, one.text), formula)
    stored = one.text.strip()
    return _cell(formats.value(stored, one.style) if stored else None, formula)


def _cell(value: Value, formula: str | None) -> Cell | None:
    """A cell, unless it holds nothing or an empty text."""
    if formula is None and (value is None or (isinstance(value, str) and not value.strip())):
        return None
    target = link_in(formula) if formula else None
    return Cell(value, formula, (target,) if target else ())
