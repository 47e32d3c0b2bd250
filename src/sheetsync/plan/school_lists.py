"""Which schools an order is about: its lists, its definition «(далее - ...)», its addressees.

The first list names the schools officially; other spellings met in the order become aliases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from msgspec import Struct

from sheetsync.doubts import doubt
from sheetsync.model import CuratorPair, Doubt, School
from sheetsync.plan.names import best_name, canonical, merge_spellings
from sheetsync.plan.party_split import defined_words, split_parties
from sheetsync.plan.party_words import names_school
from sheetsync.plan.printed import Line
from sheetsync.text import plain, skeleton, squeeze

_LIST: Final = re.compile(
    r"\b(?:список|перечень|реестр|закрепление|распределение)\b.*\b(?:школ|организаци|учреждени|оо\b|оу\b|шнор)"
)
_PAIRED: Final = re.compile(r"куратор|наставник|партн[её]р|шеф|ресурсн")
_ITEM: Final = re.compile(r"^\s*(?:\d{1,3}\s*[.)]|[-–—•*])\s*")
_DASH: Final = re.compile(r"\s+[-–—]\s*|\s*[–—]\s+")
_FORM: Final = r"(?:(?:М|ОГ|КГ|Г|Ч)(?:Б|К|А)?ОУ|МО[БКА]У)"
_KIND: Final = r"(?:СОШ|ООШ|НОШ|[Гг]имнази\w+|[Лл]ице\w+|ЦО|[Шш]кол\w+(?:-интернат\w*)?)"
_PLACE: Final = r"(?:\s+(?:с|п|г|д|пос|ст|х|пгт|с\.\s?п|г\.\s?п|р\.\s?п)\.\s*[А-ЯЁ][\w-]+)?"
_HONOUR: Final = r"(?:\s+(?:им\.|имени)\s*(?:[А-ЯЁ]\.\s*){0,2}[А-ЯЁ][\w-]+)?"
_NAME: Final = re.compile(
    rf"{_FORM}(?:[\s-]+(?!{_FORM})[^\s,;():«»\"]+){{0,6}}?[\s-]*"
    rf"(?:[«\"][^«»\"]+[»\"]|{_KIND}(?:\s*№\s*\d+)?){_HONOUR}{_PLACE}"
    rf"|(?:[А-ЯЁ][\w-]+(?:ая|ой|ую|ий|ого)\s+)?{_KIND}\s*№\s*\d+{_PLACE}"
    rf"|[А-ЯЁ][\w-]+(?:ая|ой|ую|ий|ого|ому)\s+(?:СОШ|ООШ|НОШ|[Гг]имнази\w+|[Лл]ице\w+){_HONOUR}"
)
_ADDRESSED: Final = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s*)?(?:рекомендовать\s+)?(?:руководител|директор)", re.IGNORECASE
)
_DECLARED: Final = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s*)?(?:определить|утвердить|включить|отнести|признать|считать|установить)\b"
    r".*\b(?:школ|организаци|учреждени)\w*[^:]*:"
)
_GROUP_DEFINED: Final = re.compile(r"\(\s*далее\b")
_GROUP: Final = re.compile(r"образовательн|школ|\bоо\b|\bоу\b|учреждени|участник")
_MOST_ALIASES: Final = 6


class Schools(Struct, frozen=True):
    """Schools with their spellings, pairs with curators, words the order defined for all of them."""

    schools: tuple[School, ...] = ()
    curators: tuple[CuratorPair, ...] = ()
    group_words: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def find_schools(
    lines: Sequence[Line], statements: Sequence[str], responsible: Sequence[str], titles: Sequence[str] = ()
) -> Schools:
    """Find the order's schools. ``responsible`` and ``titles`` are the cells of these columns."""
    lists = _Lists.of(lines)
    defining = [
        cell for cell in responsible if defined_words(cell) and any(map(names_school, split_parties(cell)))
    ]
    defined = [name for cell in defining for name in split_parties(cell) if names_school(name)]
    addressed = [name for text in statements if _ADDRESSED.match(text) for name in _names_in(text)]
    declared = [name for text in statements for name in _declared_in(text)]
    answering = [name for cell in responsible for name in split_parties(cell) if _names_in(name)]
    from_lists = lists.named or [pair.school for pair in lists.pairs]
    sources = (from_lists, defined, declared, addressed, answering)
    official = next((found for found in sources if found), [])
    if not from_lists:
        official = [one.name for one in merge_spellings(official)]
    spellings = [
        *lists.named,
        *(pair.school for pair in lists.pairs),
        *defined,
        *declared,
        *addressed,
        *answering,
    ]
    spellings += [name for text in (*(one.text for one in lines), *titles) for name in _names_in(text)]
    schools = _with_aliases(tuple(dict.fromkeys(official)), spellings)
    words = [word for text in (*defining, *statements) for word in _group_words(text)]
    doubts = (*_differing(schools), *_uncertain(schools, bool(from_lists or defined)))
    return Schools(schools, tuple(lists.pairs), tuple(dict.fromkeys(words)), doubts)


def _declared_in(text: str) -> list[str]:
    """The schools of an item «Определить следующие школы: ...» or «... МБОУ ООШ (далее - школы)»."""
    if _PAIRED.search(plain(text)):
        return []
    if _DECLARED.match(plain(text)):
        return _names_in(text)
    defined = _GROUP_DEFINED.search(text)
    before = text[: defined.start()].rstrip() if defined and _group_words(text) else ""
    named = list(_NAME.finditer(before))
    return _names_in(before) if named and named[-1].end() == len(before) else []


def _group_words(text: str) -> list[str]:
    """The words a text defines for all the schools it names: «(далее - школы)»."""
    return [word for word in defined_words(text) if _GROUP.search(plain(word))]


# --- lists --------------------------------------------------------------------------------------


@dataclass
class _Lists:
    """What the lists of schools say: names, and pairs «school - curator»."""

    named: list[str] = field(default_factory=list)
    pairs: list[CuratorPair] = field(default_factory=list)

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Lists:
        found = cls()
        texts = [one for one in lines if one.text.strip()]
        for place, one in enumerate(texts):
            if _LIST.search(plain(one.text)) and not _ITEM.match(one.text) and len(one.text) < 300:
                found._read(one.text, texts[place + 1 :])
        return found

    def _read(self, title: str, after: Sequence[Line]) -> None:
        """The items under one title; the title itself may go on for a line or two."""
        items = list(_items(after))
        paired = bool(_PAIRED.search(plain(title)))
        column = _curator_column(items)
        pairs = [pair for one in items if (pair := _pair(one, column, told=paired))]
        curators_only = paired and not re.search(r"низк|шнор|неблагоприятн", plain(title))
        self.pairs += [pair for pair in pairs if pair not in self.pairs]
        if (column is not None or not pairs) and not self.named and not curators_only:
            self.named += [name for one in items if (name := _single(one))]


def _items(lines: Sequence[Line]) -> Iterator[Line]:
    """The items of a list: rows of a table, marked lines with what is wrapped under them, or
    unmarked lines as long as each names a school."""
    lines = _without_rest_of_title(lines)
    if lines and lines[0].cells:
        yield from takewhile(lambda one: bool(one.cells), lines)
    elif lines and _ITEM.match(lines[0].text):
        yield from _marked(lines)
    else:
        yield from takewhile(lambda one: names_school(_bare(one.text)) and not one.cells, lines)


def _without_rest_of_title(lines: Sequence[Line]) -> Sequence[Line]:
    """A title may go on for a line or two before the list begins."""
    for place, one in enumerate(lines[:3]):
        if one.cells or _ITEM.match(one.text) or names_school(_bare(one.text)):
            return lines[place:]
        if _LIST.search(plain(one.text)):
            return ()
    return ()


def _marked(lines: Sequence[Line]) -> Iterator[Line]:
    """Items «1. ...», wrapped lines joined, until something else begins."""
    current: Line | None = None
    for one in lines:
        if _ITEM.match(one.text) and not one.cells:
            if current:
                yield current
            current = one
        elif one.cells or current is None or _ends_item(current) or _LIST.search(plain(one.text)):
            break
        else:
            current = Line(f"{current.text} {one.text}", current.line)
    if current:
        yield current


def _ends_item(item: Line) -> bool:
    return item.text.rstrip().endswith((";", "."))


def _bare(text: str) -> str:
    return squeeze(_ITEM.sub("", text)).rstrip(" ;,.")


def _single(item: Line) -> str | None:
    """The school a list item names; in a table the first cell that names one."""
    texts = [_bare(cell) for cell in item.cells] if item.cells else [_bare(item.text)]
    return next((text for text in texts if names_school(text)), None)


def _curator_column(items: Sequence[Line]) -> int | None:
    """The column of a table that is headed «Куратор»."""
    header = items[0].cells if items else ()
    return next((place for place, cell in enumerate(header) if _PAIRED.search(plain(cell))), None)


def _pair(item: Line, column: int | None, *, told: bool) -> CuratorPair | None:
    """«school - curator» in a line, or two cells: of a column of curators, or that name schools.

    ``told``: the list's title speaks of curators, so persons and centres are curators too.
    """
    if item.cells and column is not None and column < len(item.cells):
        curator, others = squeeze(item.cells[column]), [*item.cells[:column], *item.cells[column + 1 :]]
        school = next((_bare(cell) for cell in others if names_school(_bare(cell))), None)
        return CuratorPair(school, curator) if school and curator else None
    if item.cells:
        schools = [_bare(cell) for cell in item.cells if names_school(_bare(cell))]
        return CuratorPair(schools[0], schools[1]) if len(schools) == 2 else None
    bare = _bare(item.text)
    for dash in _DASH.finditer(bare):
        school, curator = bare[: dash.start()].strip(), bare[dash.end() :].strip()
        if names_school(school) and curator and (told or names_school(curator)):
            return CuratorPair(school, curator)
    return None


# --- names in running text ----------------------------------------------------------------------


def _names_in(text: str) -> list[str]:
    return [squeeze(match[0]) for match in _NAME.finditer(text)]


def _with_aliases(names: Sequence[str], spellings: Iterable[str]) -> tuple[School, ...]:
    """The official names, each with the other spellings met."""
    aliases: dict[str, list[str]] = {name: [] for name in names}
    for spelling in dict.fromkeys(map(squeeze, spellings)):
        found = best_name(spelling, names)
        if found and skeleton(spelling) not in skeleton(found[0]) and len(aliases[found[0]]) < _MOST_ALIASES:
            aliases[found[0]].append(spelling)
    return tuple(School(name, tuple(others)) for name, others in aliases.items())


def _differing(schools: Sequence[School]) -> Iterator[Doubt]:
    """Spellings that differ by more than case form, quotes or an abbreviation."""
    for one in schools:
        others = [alias for alias in one.aliases if canonical(alias) != canonical(one.name)]
        if others:
            yield doubt("school-list-differs", names="; ".join((one.name, *others)))


def _uncertain(schools: Sequence[School], listed: bool) -> Iterator[Doubt]:
    if not schools:
        yield doubt("schools-absent")
    elif not listed:
        yield doubt("schools-from-text", names="; ".join(one.name for one in schools))
