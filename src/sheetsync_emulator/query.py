"""The search language of Drive's ``files.list``: what stands in ``q``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Facts = Mapping[str, Any]
"""What a query may ask of a file: texts, a truth, and lists (``parents``, ``owners``, ``appProperties``)."""

Question = Callable[[Facts], bool]

TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<sign>!=|<=|>=|=|<|>|[(){}])
    | (?P<word>[A-Za-z]+)
    )""",
    re.VERBOSE,
)
TEXTS: Final = ("name", "mimeType", "modifiedTime", "createdTime")
TRUTHS: Final = ("trashed", "starred")
LISTS: Final = ("parents", "owners", "writers", "readers")
MARKS: Final = ("appProperties", "properties")

COMPARISONS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "=": lambda have, want: have == want,
    "!=": lambda have, want: have != want,
    "<": lambda have, want: have < want,
    "<=": lambda have, want: have <= want,
    ">": lambda have, want: have > want,
    ">=": lambda have, want: have >= want,
    "contains": lambda have, want: want.lower() in have.lower(),
}


class BadQueryError(ValueError):
    """What stands in ``q`` is not in the language."""


def understood(query: str) -> Question:
    """Turn ``q`` into a question about one file."""
    reader = _Reader(list(_tokens(query)))
    question = reader.either()
    if reader.rest:
        raise BadQueryError(query)
    return question


def _tokens(query: str) -> Iterator[str]:
    at, end = 0, len(query.rstrip())
    while at < end:
        found = TOKEN.match(query, at)
        if found is None:
            raise BadQueryError(query)
        yield found.group().strip()
        at = found.end()


@dataclass
class _Reader:
    """Walks over the tokens, the next one first."""

    rest: list[str]

    def take(self, *expected: str) -> str:
        if not self.rest or (expected and self.rest[0] not in expected):
            raise BadQueryError(" ".join(self.rest))
        return self.rest.pop(0)

    def skip(self, *words: str) -> None:
        for word in words:
            self.take(word)

    def comes(self, word: str) -> bool:
        return bool(self.rest) and self.rest[0] == word

    def text(self) -> str:
        token = self.take()
        if token[0] not in "'\"":
            raise BadQueryError(token)
        return re.sub(r"\\(.)", r"\1", token[1:-1])

    def either(self) -> Question:
        choices = [self.both()]
        while self.comes("or"):
            self.take()
            choices.append(self.both())
        return lambda facts: any(one(facts) for one in choices)

    def both(self) -> Question:
        needs = [self.one()]
        while self.comes("and"):
            self.take()
            needs.append(self.one())
        return lambda facts: all(one(facts) for one in needs)

    def one(self) -> Question:
        if self.comes("not"):
            self.take()
            inner = self.one()
            return lambda facts: not inner(facts)
        if self.comes("("):
            self.take()
            question = self.either()
            self.take(")")
            return question
        if self.rest and self.rest[0][0] in "'\"":
            return self.member()
        return self.field(self.take())

    def member(self) -> Question:
        """``'X' in parents``."""
        value = self.text()
        self.take("in")
        return _listed(self.take(*LISTS), value)

    def field(self, name: str) -> Question:
        if name in TEXTS:
            return self.comparison(name)
        if name in TRUTHS:
            sign, wanted = self.take("=", "!="), self.take("true", "false")
            return lambda facts: (facts[name] is (wanted == "true")) is (sign == "=")
        if name in MARKS:
            return self.mark(name)
        if name in LISTS:  # Google also understands the order `parents in 'X'`
            self.take("in")
            return _listed(name, self.text())
        raise BadQueryError(name)

    def comparison(self, name: str) -> Question:
        compare = COMPARISONS[self.take(*COMPARISONS)]
        wanted = self.text()
        return lambda facts: compare(facts[name], wanted)

    def mark(self, name: str) -> Question:
        """``appProperties has { key='..' and value='..' }``."""
        self.skip("has", "{", "key", "=")
        key = self.text()
        self.skip("and", "value", "=")
        value = self.text()
        self.skip("}")
        return lambda facts: facts[name].get(key) == value


def _listed(name: str, value: str) -> Question:
    return lambda facts: value in facts[name]
