"""Automatic numbers of Word: «№ п/п» is often not typed but counted by the program."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec import Struct

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL_SIGN: Final = re.compile(r"%(\d)")
_LETTERS: Final = {
    "russianLower": "абвгдежзиклмнопрстуфхцчшщэюя",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
}
_ROMAN: Final = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class _Level(Struct, frozen=True):
    text: str
    kind: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts numbered paragraphs in document order, as Word does when it prints them."""

    _levels: dict[tuple[str, int], _Level]
    _abstract: dict[str, str]
    _style_lists: dict[str, tuple[str, int]]
    _restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    """Lists that begin anew although they share the look of another: list -> level -> first number."""
    _counters: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Any) -> Numbering:
        """The numbering of an opened python-docx document; empty when it has none."""
        root = next(
            (rel.target_part.element for rel in package.part.rels.values() if _is_numbering(rel)), None
        )
        levels: dict[tuple[str, int], _Level] = {}
        abstract: dict[str, str] = {}
        restarts: dict[str, dict[int, int]] = {}
        if root is not None:
            for one in root.iterfind(f"{_W}abstractNum"):
                identity = one.get(f"{_W}abstractNumId")
                for level in one.iterfind(f"{_W}lvl"):
                    levels[identity, int(level.get(f"{_W}ilvl"))] = _level(level)
            for one in root.iterfind(f"{_W}num"):
                abstract[one.get(f"{_W}numId")] = _value(one, "abstractNumId")
                restarts[one.get(f"{_W}numId")] = _restarts(one)
        return cls(levels, abstract, _lists_of_styles(package), restarts)

    def next_number(self, paragraph: Any) -> str:
        """The number Word prints before this paragraph, '' for none or a bullet."""
        number, depth = self._told(paragraph)
        identity = self._abstract.get(number)
        if identity is None:
            return ""
        place = identity, depth
        for level_again, first in self._restarts.pop(number, {}).items():
            self._counters[identity, level_again] = first - 1
        level = self._levels.get((identity, depth))
        if level is None or level.kind == "bullet":
            return ""
        current = self._counters.get(place, level.start - 1) + 1
        self._counters[place] = current
        for deeper in [one for one in self._counters if one[0] == identity and one[1] > depth]:
            del self._counters[deeper]
        return _LEVEL_SIGN.sub(lambda found: self._shown(identity, int(found[1]) - 1), level.text)

    def _told(self, paragraph: Any) -> tuple[str, int]:
        """The list and the level of a paragraph, by itself or by its style."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            return _value(properties, "numId"), int(_value(properties, "ilvl") or 0)
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self._style_lists.get(style.get(f"{_W}val") if style is not None else "", ("", 0))

    def _shown(self, identity: str, depth: int) -> str:
        level = self._levels.get((identity, depth))
        start = level.start if level else 1
        value = self._counters.get((identity, depth), start)
        kind = level.kind if level else ""
        if kind in {"upperRoman", "lowerRoman"}:
            return _roman(value) if kind == "upperRoman" else _roman(value).lower()
        letters = _LETTERS.get(kind)
        return letters[(value - 1) % len(letters)] if letters else str(value)


def _roman(value: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text, value = text + sign * (value // size), value % size
    return text


def _restarts(num: Any) -> dict[int, int]:
    overrides = num.iterfind(f"{_W}lvlOverride")
    return {
        int(one.get(f"{_W}ilvl")): int(told) for one in overrides if (told := _value(one, "startOverride"))
    }


def _is_numbering(relation: Any) -> bool:
    return not relation.is_external and relation.reltype.endswith("/numbering")


def _level(element: Any) -> _Level:
    return _Level(_value(element, "lvlText"), _value(element, "numFmt"), int(_value(element, "start") or 1))


def _value(parent: Any, tag: str) -> str:
    found = parent.find(f"{_W}{tag}")
    return found.get(f"{_W}val") or "" if found is not None else ""


def _lists_of_styles(package: Any) -> dict[str, tuple[str, int]]:
    found = {}
    for style in package.styles.element.iterfind(f"{_W}style"):
        properties = style.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            found[style.get(f"{_W}styleId")] = (
                _value(properties, "numId"),
                int(_value(properties, "ilvl") or 0),
            )
    return found
