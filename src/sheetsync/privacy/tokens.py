"""A text as words, classes («7Б»), figures and signs: what names are found among."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final

from msgspec import Struct

from sheetsync.patterns import at_first_use
from sheetsync.privacy.normal import Normal

_GRADE: Final = r"(?<![\d№#./-])(?<!\d[,:])(?<!№ )(?<!\bп )(?<!\bn )(?:1[01]|[1-9])"
_CLASS_WORD: Final = r"(?:класс(?:а|е|у|ом|)|кл)(?![а-я])\.?"
_CLASS: Final = at_first_use(
    rf"""(?=[1-9к])(?:
      {_GRADE}(?:-?(?:го|ого|й|ый|ом|ем|м|му))?[ ]?-?[ ]?["(]?[а-я]?[")]?[ ]?{_CLASS_WORD}  # 7 класса
    | {_GRADE}[ ]?-?[ ]?"[а-я]"(?:[ ]?{_CLASS_WORD})?                                       # 7 «Б»
    | {_GRADE}-?(?-i:[А-Я])(?![\w*])(?!\.[ ]?[а-я])                                            # 7Б, 10-А
    | {_GRADE}-?[абвгдежзик](?![\w.*])(?:[ ]?{_CLASS_WORD})?                                   # 7б
    | {_GRADE}[ ](?-i:[А-Я])(?![\w.*])(?![ ][а-я])                                              # 7 Б
    | \bкл(?:асс)?[.: ]{{1,2}}(?:1[01]|[1-9])[ ]?-?["]?[а-я]?["]?(?![\w*])                       # класс: 7Б
    )""",
    re.VERBOSE | re.IGNORECASE,
)
"""Where no figure or «к» stands, one look is enough."""
_TOKEN: Final = at_first_use(
    r"(?P<masked>[А-Яа-яA-Za-z]?\*+[^\s,;)]*)|(?P<word>[^\W\d_]+(?:[-'][^\W\d_]+)*)|(?P<number>\d+)|(?P<sign>\S)"
)


class Sort(Enum):
    """What a token is."""

    WORD = auto()
    NUMBER = auto()
    SIGN = auto()
    CLASS = auto()
    MASKED = auto()


_SORTS: Final[dict[str | None, Sort]] = {sort.name.lower(): sort for sort in Sort}
"""By the group of the pattern that met a token."""


class Token(Struct, frozen=True):
    """One word, figure, sign or class of a text."""

    sort: Sort
    text: str
    low: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Does the word begin with a capital letter?"""
        return self.sort is Sort.WORD and self.text[0].isupper()

    @property
    def is_shouted(self) -> bool:
        """Is the word all capitals: «СОШ», «ИВАНОВ»?"""
        return self.sort is Sort.WORD and len(self.text) > 1 and self.text.isupper()

    @property
    def is_letter(self) -> bool:
        """Is this one capital letter: an initial?"""
        return self.sort is Sort.WORD and len(self.text) == 1 and self.text.isupper()


def tokens_of(said: Normal) -> list[Token]:
    """The tokens of a text in order."""
    found: list[Token] = []
    place = 0
    for one in _CLASS.finditer(said.text):
        found += _plain_tokens(said, place, one.start())
        found.append(Token(Sort.CLASS, one[0], said.low[one.start() : one.end()], *one.span()))
        place = one.end()
    return [*found, *_plain_tokens(said, place, len(said.text))]


def _plain_tokens(said: Normal, start: int, end: int) -> Iterator[Token]:
    for one in _TOKEN.finditer(said.text, start, end):
        first, last = one.span()
        yield Token(_SORTS[one.lastgroup], one[0], said.low[first:last], first, last)
