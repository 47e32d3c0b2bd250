"""Lists of children spread over cells: what the headings of a sheet say of the cells under them.

«Иванов Пётр» alone in a cell is nobody's name; under «ФИО учащегося», or beside «7Б» in the next
cell, it is a child's. The heading is given to the finders as words before the text of the cell.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final, TypeVar

from msgspec import Struct

from sheetsync.patterns import at_first_use
from sheetsync.privacy.marks import Mark, mark_of
from sheetsync.text import squeeze

Place = tuple[int, int]
"""Row and column of a cell."""

_Cell = TypeVar("_Cell")

OF_CHILD: Final = "ученик "
OF_LIST: Final = "список обучающихся: "
OF_BIRTH: Final = "дата рождения "
OF_SNILS: Final = "СНИЛС "
OF_PHONE: Final = "тел. "

_OF_NAMES: Final = frozenset({OF_CHILD, OF_LIST})
"""Headings under which stand names alone."""

_BETWEEN: Final = "\x00"
_ROWS: Final = 128
"""Rows remembered: a copy and the count of it say the same."""
_TEXTS: Final = 1024
"""Short texts remembered: other copies say much of them too."""

_LONGEST_HEADING: Final = 90
_NAME_HEADING: Final = at_first_use(
    r"(?:№ ?)?(?:(?P<person>ф\.? ?и\.?(?: ?о\.?)?(?![а-я])|фамилия|имя\b|отчество)|(?P<list>спис(?:ок|ки)\b))"
)
_OF_CHILDREN: Final = at_first_use(
    r"учащ|обуча|учени|воспитан|ребен|дет(?:и|ей|ям|ях)|школьни|победит|призер|участни|выпускн|родител"
    r"|класса?$|рожд|групп"
)
_OTHER_HEADINGS: Final = (
    (at_first_use(r"(?:дата|день|год)[ ,а-я]* рожд|д\.? ?р\.?$"), OF_BIRTH),
    (at_first_use(r"снилс"), OF_SNILS),
    (at_first_use(r"тел(?:\.|ефон)|моб(?:\.|ильн)|контакт"), OF_PHONE),
)
_CLASS_ALONE: Final = at_first_use(
    r"(?:1[01]|[1-9]) ?-?(?:[\"«]?[а-я][\"»]?| ?класс| ?кл\.?)(?: ?кл(?:асс)?\.?)?"
)
_BARE_NAME: Final = at_first_use(
    r"(?:\d{1,3}[.)]? ?)?[А-ЯЁ][А-ЯЁа-яё'-]+(?: [А-ЯЁ][А-ЯЁа-яё'-]+| ?[А-ЯЁ]\.?){0,4}(?: оглы| кызы| уулу)?"
)
_WORD: Final = at_first_use(r"[а-я-]+")
_NEAR: Final = 2


_MAY_SPEAK: Final = at_first_use(
    rf"{_BETWEEN}[\s№]*(?:[фФ][\s.]*[иИ]|[фФ][аА][мМ]|[иИ][мМ][яЯ]|[оО][тТ][чЧ]|[сС][пП][иИ][сС]"
    r"|1?[0-9][\s]*[-–—]?[\s]*[\"«„“”‟‐‑‒―−]?[\s]*[а-яА-ЯёЁ])"
)
_BENT: Final = at_first_use(r"[^\x00-\x7eа-яА-ЯёЁ№«»„“”–—…’°•\xa0]")
"""Signs that may be letters in another spelling."""
_RUSSIAN: Final = "cp1251"
_STRAIGHT: Final = bytes(
    one for one in range(256) if not _BENT.search(bytes([one]).decode(_RUSSIAN, "replace"))
)
"""All other signs, as Windows-1251 has them."""


def speaks_of_cells(texts: Iterable[str]) -> set[str]:
    """Those of the texts that tell of the cells below or beside them: headings of lists, classes."""
    short = [text for text in texts if len(text) <= _LONGEST_HEADING and not text.isascii()]
    said = _BETWEEN + _BETWEEN.join(short) + _BETWEEN
    if _is_bent(said) or said.count(_BETWEEN) > len(short) + 1:
        doubtful = set(short)
    else:
        heads = (one.start() + 1 for one in _MAY_SPEAK.finditer(said))
        doubtful = {said[head : said.index(_BETWEEN, head)] for head in heads}
    return {text for text in doubtful if _speaks(_comparable(text))}


def _is_bent(said: str) -> bool:
    """Whether a sign stands in the text that may be a letter in another spelling."""
    try:
        return bool(said.encode(_RUSSIAN).translate(None, _STRAIGHT))
    except UnicodeEncodeError:
        return _BENT.search(said) is not None


def _speaks(said: str) -> bool:
    return bool(_NAME_HEADING.match(said) or _CLASS_ALONE.fullmatch(said))


@lru_cache(maxsize=_TEXTS)
def _comparable(text: str) -> str:
    return squeeze(text).lower().replace("ё", "е")


def headings(
    cells: Mapping[Place, _Cell], rows: AbstractSet[int], text_in: Callable[[_Cell], str]
) -> dict[Place, str]:
    """For cells under telling headings or beside a class: the words to read before their text.

    ``rows`` are those in which a text may tell of others (``speaks_of_cells``); ``text_in`` says what a
    cell holds.
    """
    found: dict[Place, str] = {}
    headed = _NO_HEADING
    telling: list[Mapping[int, str]] = []
    for row, texts in _texts_of(rows, cells, text_in).items():
        own = _headed_by(tuple(texts.items()))
        if own is None:
            found.update(_beside(row, texts, headed))
        else:
            headed = own
        telling.append(headed.telling)
    if any(telling):
        found.update(_under(sorted(rows), telling, cells, text_in))
    return found


class _Headed(Struct, frozen=True):
    """A row of headings: what it says of the cells of its columns, of some nothing; or that it is of
    colleagues. ``telling`` are the columns it says something of."""

    columns: Mapping[int, str]
    telling: Mapping[int, str]
    is_of_staff: bool = False


_NO_HEADING: Final = _Headed({}, {})


@lru_cache(maxsize=_ROWS)
def _headed_by(texts: tuple[tuple[int, str], ...]) -> _Headed | None:
    """What a row of headings says; ``None`` for one that has none."""
    said = {column: _comparable(text) for column, text in texts}
    if not any(map(_NAME_HEADING.match, said.values())):
        return None
    if _is_about_staff(said):
        return _Headed({}, {}, is_of_staff=True)
    told = _told_by(said)
    return _Headed(told, {column: heading for column, heading in told.items() if heading})


def _texts_of(
    rows: AbstractSet[int], cells: Mapping[Place, _Cell], text_in: Callable[[_Cell], str]
) -> dict[int, dict[int, str]]:
    """Short texts of some rows by column, row by row."""
    found: dict[int, dict[int, str]] = {row: {} for row in sorted(rows)}
    for place in [one for one in cells if one[0] in rows]:
        text = text_in(cells[place])
        if 0 < len(text) <= _LONGEST_HEADING:
            found[place[0]][place[1]] = text
    return found


def _under(
    rows: Sequence[int],
    telling: Sequence[Mapping[int, str]],
    cells: Mapping[Place, _Cell],
    text_in: Callable[[_Cell], str],
) -> Iterator[tuple[Place, str]]:
    """Short texts below headings; ``telling`` is what stands over the columns from each of ``rows`` on."""
    own, first, columns = frozenset(rows), rows[0], frozenset().union(*telling)
    for place in [one for one in cells if one[1] in columns]:
        row, column = place
        if row > first and row not in own:
            heading = telling[bisect(rows, row) - 1].get(column)
            if heading is not None:
                text = text_in(cells[place])
                if 0 < len(text) <= _LONGEST_HEADING and _fits(text, heading):
                    yield place, heading


def _beside(row: int, cells: Mapping[int, str], headed: _Headed) -> Iterator[tuple[Place, str]]:
    """A row in which a class stands alone: names beside it are pupils', unless of colleagues."""
    said = {column: _comparable(text) for column, text in cells.items()}
    classes = [column for column, text in said.items() if _CLASS_ALONE.fullmatch(text)]
    has_pupil = bool(classes) and not (headed.is_of_staff or _is_about_staff(said))
    for column, text in cells.items():
        is_beside = has_pupil and any(0 < abs(column - one) <= _NEAR for one in classes)
        heading = headed.columns.get(column, OF_CHILD if is_beside else "")
        if heading and _fits(text, heading):
            yield (row, column), heading


def _fits(text: str, heading: str) -> bool:
    return heading not in _OF_NAMES or _is_bare_name(text)


@lru_cache(maxsize=_TEXTS)
def _is_bare_name(text: str) -> bool:
    return _BARE_NAME.fullmatch(squeeze(text)) is not None


def _told_by(cells: Mapping[int, str]) -> dict[int, str]:
    """What a row of headings, not of colleagues, says of its columns."""
    told: dict[int, str] = {}
    is_of_children = any(_OF_CHILDREN.search(text) for text in cells.values())
    for column, text in cells.items():
        told[column] = next((to for shape, to in _OTHER_HEADINGS if shape.match(text)), "")
        name = _NAME_HEADING.match(text)
        if name and is_of_children:
            told[column] = OF_CHILD if name["person"] else OF_LIST
    return told


def _is_about_staff(cells: Mapping[int, str]) -> bool:
    words = _WORD.findall(" ; ".join(cells.values()))
    return any(mark_of(word) is Mark.STAFF for word in words)
