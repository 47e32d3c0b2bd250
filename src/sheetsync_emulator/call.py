"""One call as the services see it: who asks, the address taken apart, the body without empty fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    user: str
    places: Mapping[str, str] = field(default_factory=dict)
    query: tuple[tuple[str, str], ...] = ()
    body: Json = field(default_factory=dict)

    def param(self, name: str, default: str = "") -> str:
        """A query parameter; the last one wins, an empty one counts as absent."""
        return next((value for key, value in reversed(self.query) if key == name and value), default)

    def params(self, name: str) -> list[str]:
        """A query parameter that may be repeated."""
        return [value for key, value in self.query if key == name]

    def flag(self, name: str, *, default: bool = False) -> bool:
        return self.param(name, str(default)).lower() == "true"

    def options(self) -> dict[str, str]:
        """All parameters that are given once."""
        return dict(self.query)


def without_nulls(value: Any) -> Any:
    """JSON ``null`` in an object is an absent field; in a row of values it means «leave the cell»."""
    match value:
        case dict():
            return {name: without_nulls(one) for name, one in value.items() if one is not None}
        case list():
            return [without_nulls(one) for one in value]
        case _:
            return value
