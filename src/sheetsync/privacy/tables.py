"""Lists of children spread over cells: what the headings of a sheet say of the cells under them.

«Иванов Пётр» alone in a cell is nobody's name; under «ФИО учащегося», or beside «7Б» in the next
cell, it is a child's. The heading is given to the finders as words before the text of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from sheetsync.privacy.marks import Mark, mark_of
from sheetsync.text import squeeze

Place = tuple[int, int]
"""Row and column of a cell."""

OF_CHILD: Final = "ученик "
OF_LIST: Final = "список обучающихся: "
OF_BIRTH: Final = "дата рождения "
OF_SNILS: Final = "СНИЛС "
OF_PHONE: Final = "тел. "

_LONGEST_HEADING: Final = 90
_NAME_HEADING: Final = re.compile(
    r"(?:№ ?)?(?:(?P<person>ф\.? ?и\.?(?: ?о\.?)?(?![а-я])|фамилия|имя\b|отчество)|(?P<list>спис(?:ок|ки)\b))"
)
_OF_CHILDREN: Final = re.compile(
    r"учащ|обуча|учени|воспитан|ребен|дет(?:и|ей|ям|ях)|школьни|победит|призер|участни|выпускн|родител"
    r"|класса?$|рожд|групп"
)
_OTHER_HEADINGS: Final = (
    (re.compile(r"(?:дата|день|год)[ ,а-я]* рожд|д\.? ?р\.?$"), OF_BIRTH),
    (re.compile(r"снилс"), OF_SNILS),
    (re.compile(r"тел(?:\.|ефон)|моб(?:\.|ильн)|контакт"), OF_PHONE),
)
_CLASS_ALONE: Final = re.compile(
    r"(?:1[01]|[1-9]) ?-?(?:[\"«]?[а-я][\"»]?| ?класс| ?кл\.?)(?: ?кл(?:асс)?\.?)?"
)
_BARE_NAME: Final = re.compile(
    r"(?:\d{1,3}[.)]? ?)?[А-ЯЁ][А-ЯЁа-яё'-]+(?: [А-ЯЁ][А-ЯЁа-яё'-]+| ?[А-ЯЁ]\.?){0,4}(?: оглы| кызы| уулу)?"
)
_WORD: Final = re.compile(r"[а-я-]+")
_NEAR: Final = 2


def headings(texts: Mapping[Place, str]) -> dict[Place, str]:
    """For cells under telling headings or beside a class: the words to read before their text."""
    found: dict[Place, str] = {}
    below: dict[int, str] = {}
    is_of_staff = False
    for row, cells in _rows(texts):
        said = {column: text.lower().replace("ё", "е") for column, text in cells.items()}
        if any(_NAME_HEADING.match(text) for text in said.values()):
            below, is_of_staff = _told_by(said), _is_about_staff(said)
            continue
        classes = [column for column, text in said.items() if _CLASS_ALONE.fullmatch(text)]
        has_pupil = bool(classes) and not (is_of_staff or _is_about_staff(said))
        for column, text in cells.items():
            is_beside = has_pupil and any(0 < abs(column - one) <= _NEAR for one in classes)
            heading = below.get(column, OF_CHILD if is_beside else "")
            if heading and (heading not in {OF_CHILD, OF_LIST} or _BARE_NAME.fullmatch(text)):
                found[row, column] = heading
    return found


def _rows(texts: Mapping[Place, str]) -> Iterator[tuple[int, dict[int, str]]]:
    """Short texts row by row, with single spaces."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(texts.items()):
        if len(text) <= _LONGEST_HEADING:
            rows.setdefault(row, {})[column] = squeeze(text)
    yield from rows.items()


def _told_by(cells: Mapping[int, str]) -> dict[int, str]:
    """What a row of headings says of its columns; nothing when it speaks of colleagues."""
    if _is_about_staff(cells):
        return {}
    told: dict[int, str] = {}
    is_of_children = any(_OF_CHILDREN.search(text) for text in cells.values())
    for column, text in cells.items():
        told |= dict.fromkeys([column], next((to for shape, to in _OTHER_HEADINGS if shape.match(text)), ""))
        name = _NAME_HEADING.match(text)
        if name and is_of_children:
            told[column] = OF_CHILD if name["person"] else OF_LIST
    return told


def _is_about_staff(cells: Mapping[int, str]) -> bool:
    return any(mark_of(word) is Mark.STAFF for text in cells.values() for word in _WORD.findall(text))
