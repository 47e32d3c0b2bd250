"""Lists of children spread over cells: what the headings of a sheet say of the cells under them.

«Иванов Пётр» alone in a cell is nobody's name; under «ФИО учащегося», or beside «7Б» in the next
cell, it is a child's. The heading is given to the finders as words before the text of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from sheetsync.privacy.marks import Mark, mark_of

Place = tuple[int, int]
"""Row and column of a cell."""

OF_CHILD: Final = "ученик "
OF_BIRTH: Final = "дата рождения "
OF_SNILS: Final = "СНИЛС "
OF_PHONE: Final = "тел. "

_LONGEST_HEADING: Final = 90
_CHILD_WORDS: Final = (
    r"учащ|обуча|учени|воспитан|ребен|дет(?:и|ей|ям|ях)|школьни|победит|призер|участни|выпускн|родител"
)
_NAME_HEADING: Final = re.compile(
    r"(?:№ ?)?(?:ф\.? ?и\.?(?: ?о\.?)?(?![а-я])|фамилия|имя|отчество|список)", re.IGNORECASE
)
_OF_CHILDREN: Final = re.compile(rf"{_CHILD_WORDS}|класс(?:а|ы)?$|рожд|группа", re.IGNORECASE)
_OTHER_HEADINGS: Final = (
    (re.compile(r"(?:дата|день|год)[ ,а-я]* рожд|д\.? ?р\.?$", re.IGNORECASE), OF_BIRTH),
    (re.compile(r"снилс", re.IGNORECASE), OF_SNILS),
    (re.compile(r"тел(?:\.|ефон)|моб(?:\.|ильн)|контакт", re.IGNORECASE), OF_PHONE),
)
_CLASS_ALONE: Final = re.compile(
    r'(?:1[01]|[1-9]) ?-?(?:["«]?[А-Яа-я]["»]?| ?класс| ?кл\.?)(?: ?кл(?:асс)?\.?)?'
)
_WORD: Final = re.compile(r"[а-я-]+")
_NEAR: Final = 2


def headings(texts: Mapping[Place, str]) -> dict[Place, str]:
    """For cells under telling headings or beside a class: the words to read before their text."""
    found: dict[Place, str] = {}
    below: dict[int, str] = {}
    short = {
        place: text.strip().replace("ё", "е")
        for place, text in texts.items()
        if len(text) <= _LONGEST_HEADING
    }
    for row, cells in _rows(short):
        told = _told_by(cells)
        if told:
            below |= told
            continue
        classes = [column for column, text in cells.items() if _CLASS_ALONE.fullmatch(text)]
        for column in cells:
            if column in below:
                found[row, column] = below[column]
            elif any(0 < abs(column - one) <= _NEAR for one in classes) and not _is_about_staff(cells):
                found[row, column] = OF_CHILD
    return found


def _rows(short: Mapping[Place, str]) -> Iterator[tuple[int, dict[int, str]]]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(short.items()):
        rows.setdefault(row, {})[column] = text
    yield from rows.items()


def _told_by(cells: Mapping[int, str]) -> dict[int, str]:
    """What a row of headings says of its columns; nothing when the row is none."""
    names = [column for column, text in cells.items() if _NAME_HEADING.match(text)]
    if not names or _is_about_staff(cells):
        return {}
    told = {
        column: heading
        for column, text in cells.items()
        for shape, heading in _OTHER_HEADINGS
        if shape.match(text)
    }
    if any(_OF_CHILDREN.search(text) for text in cells.values()):
        told |= dict.fromkeys(names, OF_CHILD)
    return told


def _is_about_staff(cells: Mapping[int, str]) -> bool:
    return any(mark_of(word) is Mark.STAFF for text in cells.values() for word in _WORD.findall(text.lower()))
