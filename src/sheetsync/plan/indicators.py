"""Where an order sets numeric targets: its list of indicators, the programme's passport, its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.model import Activity, Indicator
from sheetsync.plan.printed import Line
from sheetsync.plan.targets import read_targets
from sheetsync.text import plain, skeleton, squeeze

_HEADING: Final = re.compile(
    r"^(?:\d+[.)]\s*)?(?:(?:важнейш|основн|целев|планируем|ожидаем|конечн|контрольн|количественн)\w+ )*"
    r"(?:показател[иь]|индикатор|результат)"
)
_ITEM: Final = re.compile(r"^(?:[-–—•*·]|\d{1,2}[.)])\s*")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)(?: ?г(?:од|\.)?)?$")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
_LONGEST_HEADING: Final = 160


def find_indicators(outside: Sequence[Line], activities: Sequence[Activity]) -> tuple[Indicator, ...]:
    """Targets of the order's text, then those of its activities, each told once."""
    found = [*_of_prose(outside), *_of_passport(outside), *_of_grids(outside), *_of_activities(activities)]
    told: dict[tuple[object, ...], Indicator] = {}
    for one in found:
        told.setdefault((skeleton(one.title), one.unit, one.target, one.year, one.activity), one)
    return tuple(told.values())


def _of_prose(outside: Sequence[Line]) -> Iterator[Indicator]:
    """The items listed under «Важнейшие целевые индикаторы» and the like."""
    for place, one in enumerate(outside):
        if one.cells or not _HEADING.match(plain(one.text)) or len(one.text) > _LONGEST_HEADING:
            continue
        items = list(_listed(outside[place + 1 :]))
        if items:
            yield from read_targets("\n".join((f"{one.text}:", *items)))


def _listed(lines: Sequence[Line]) -> Iterator[str]:
    """The items of a list; a line that introduces it may stand before them."""
    begun = False
    for one in lines:
        text = squeeze(one.text)
        if not text:
            continue
        item = bool(_ITEM.match(text))
        if one.cells or (begun and not item and not text[0].islower()):
            return
        if not begun and not item and not text.endswith(":"):
            return
        begun = begun or item
        if begun:
            yield text


def _of_passport(outside: Sequence[Line]) -> Iterator[Indicator]:
    """Rows of a programme's passport: «Ожидаемые результаты | - снижение доли ... (на 70 %)»."""
    entries: list[tuple[str, list[str]]] = []
    for label, text in (one.cells for one in outside if len(one.cells) == 2):
        told = squeeze(label)
        if entries and (not told or told[0].islower() or told.startswith("(")):
            before, texts = entries[-1]
            entries[-1] = (f"{before} {told}".strip(), _continued(texts, text))
        else:
            entries.append((told, [text]))
    for label, texts in entries:
        if _HEADING.match(plain(label)):
            yield from read_targets("\n".join((f"{label}:", *texts)))


def _of_grids(outside: Sequence[Line]) -> Iterator[Indicator]:
    """Tables «Показатель | Ед. изм. | 2024 | 2025»: a target a year."""
    grid: _Grid | None = None
    for one in outside:
        if len(one.cells) < 2:
            grid = None
        elif header := _Grid.of(one.cells):
            grid = header
        elif grid is not None:
            yield from grid.read(one.cells)


class _Grid(Struct, frozen=True):
    """Where a table of indicators has its title, its unit and the targets of each year."""

    title: int
    unit: int | None
    targets: tuple[tuple[int, int | None], ...]

    @classmethod
    def of(cls, header: Sequence[str]) -> _Grid | None:
        cells = [plain(cell) for cell in header]
        titles = [place for place, cell in enumerate(cells) if re.search(r"показател|индикатор", cell)]
        units = [place for place, cell in enumerate(cells) if re.match(r"ед(?:\.|иниц)", cell)]
        years = [(place, _YEAR.match(cell)) for place, cell in enumerate(cells)]
        targets = [(place, int(year[1])) for place, year in years if year]
        goals = [
            (place, None) for place, cell in enumerate(cells) if re.match(r"(?:целев|планов)\w+ знач", cell)
        ]
        if not titles or not (targets or goals):
            return None
        return cls(titles[0], units[0] if units else None, tuple(targets or goals))

    def read(self, cells: Sequence[str]) -> Iterator[Indicator]:
        title = squeeze(cells[self.title]) if self.title < len(cells) else ""
        unit = squeeze(cells[self.unit]) if self.unit is not None and self.unit < len(cells) else ""
        for place, year in self.targets:
            number = _NUMBER.search(cells[place]) if place < len(cells) else None
            if title and number:
                percent = "%" if "%" in cells[place] else None
                yield Indicator(title, unit or percent, float(number[0].replace(",", ".")), year)


def _continued(texts: list[str], more: str) -> list[str]:
    """A cell that goes on over a page: in the middle of an item, or with the next one."""
    return [*texts[:-1], f"{texts[-1]} {more}"] if more[:1].islower() else [*texts, more]


def _of_activities(activities: Sequence[Activity]) -> Iterator[Indicator]:
    for one in activities:
        for text in filter(None, (one.title, one.result)):
            for found in read_targets(text):
                yield replace(found, activity=one.key)
