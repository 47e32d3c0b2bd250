"""Every call made over the interface, so that a test can say «one block write each»."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fake_excel.errors import NotOffered


@dataclass(frozen=True, slots=True)
class Call:
    """``kind`` is get, set or call; ``on`` is what it was asked of: «Лист!$A$1:$B$2», a table, a book."""

    kind: str
    member: str
    on: str
    cells: int = 0


@dataclass(slots=True)
class Calls:
    made: list[Call] = field(default_factory=list)
    depth: int = 0

    def clear(self) -> None:
        self.made.clear()

    def count(self, member: str, kind: str | None = None) -> int:
        """How often a member («Range.raw_value») was used."""
        return len(self.of(member, kind))

    def of(self, member: str, kind: str | None = None) -> list[Call]:
        return [one for one in self.made if one.member == member and kind in (None, one.kind)]

    def block_writes(self) -> list[Call]:
        """Values and formulas written, as Excel got them: one entry for one crossing of the border."""
        return [
            one
            for one in self.made
            if one.kind == "set" and one.member in ("Range.raw_value", "Range.formula", "Range.formula2")
        ]


def crossing(kind: str, name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
    """A call from outside: it is refused while Excel is busy, and counted. What it calls itself is not."""

    @functools.wraps(inner)
    def watched(self: Any, *args: Any, **options: Any) -> Any:
        program = self._program
        calls: Calls = program.calls
        if calls.depth == 0:
            rejection = next(program.busy, None)
            if rejection:
                raise rejection
            self._fresh()
            calls.made.append(Call(kind, f"{self._kind}.{name}", self._where(), self._size()))
        calls.depth += 1
        try:
            return inner(self, *args, **options)
        finally:
            calls.depth -= 1

    return watched


class Watched:
    """Base of everything the fake hands out: public members are counted, unknown ones refused."""

    _kind = ""
    _own: frozenset[str] = frozenset()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._kind = cls.__dict__.get("_kind") or cls.__name__
        for name, member in list(vars(cls).items()):
            if isinstance(member, property):
                reads, writes = member.fget, member.fset
                if not name.startswith("_"):
                    setattr(
                        cls,
                        name,
                        property(
                            reads and crossing("get", name, reads), writes and crossing("set", name, writes)
                        ),
                    )
            elif callable(member) and (not name.startswith("_") or name == "__call__"):
                setattr(cls, name, crossing("call", name, member))

    def __setattr__(self, name: str, value: Any) -> None:
        if not hasattr(type(self), name) and not name.startswith("_") and name not in self._own:
            raise NotOffered(f"{self._kind}.{name} cannot be set")
        object.__setattr__(self, name, value)

    @property
    def _program(self) -> Any:
        raise NotImplementedError

    def _fresh(self) -> None:
        """Whether this handle may still be used."""

    def _where(self) -> str:
        return ""

    def _size(self) -> int:
        return 0
