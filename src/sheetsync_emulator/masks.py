"""Field masks: which fields of an answer are wanted, which fields of an object are changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json

Mask = dict[str, Any]
"""Field name -> mask of its inside, ``None`` for all of it."""

ALL: Final = "*"
_TOKEN: Final = re.compile(r"[\w*-]+|[(),/.]")


@lru_cache(maxsize=256)
def parsed(text: str) -> Mask:
    """«sheets(properties.title,data),properties» -> names and what is wanted inside them."""
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text):
        raise invalid(f"Invalid field mask: {text}")
    return _Parser(tokens, text).mask()


class _Parser:
    def __init__(self, tokens: list[str], text: str) -> None:
        self._tokens = tokens
        self._text = text
        self._at = 0

    def mask(self) -> Mask:
        mask = self._fields()
        if self._at != len(self._tokens):
            raise invalid(f"Invalid field mask: {self._text}")
        return mask

    def _fields(self) -> Mask:
        fields: Mask = {}
        while self._now not in ("", ")"):
            path = [self._next()]
            while self._now in ("/", "."):
                self._next()
                path.append(self._next())
            inside = None
            if self._now == "(":
                self._next()
                inside = self._fields()
                self._expect(")")
            _add(fields, path, inside)
            if self._now == ",":
                self._next()
        return fields

    @property
    def _now(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._now
        self._at += 1
        return token

    def _expect(self, token: str) -> None:
        if self._next() != token:
            raise invalid(f"Invalid field mask: {self._text}")


def _add(fields: Mask, path: list[str], inside: Mask | None) -> None:
    """Put one path into a mask; the whole of a field swallows its parts."""
    for name in path[:-1]:
        if fields.get(name, {}) is None:
            return
        fields = fields.setdefault(name, {})
    last = path[-1]
    if inside is None or fields.get(last, {}) is None:
        fields[last] = None
    else:
        fields[last] = {**fields.get(last, {}), **inside}


def select(obj: Any, mask_text: str) -> Any:
    """What is left of an answer when only the fields of a mask are asked for."""
    return selected(obj, parsed(mask_text))


def selected(obj: Any, mask: Mask | None) -> Any:
    """The same for a mask that was read already."""
    if mask is None or ALL in mask:
        return obj
    if isinstance(obj, list):
        return [selected(one, mask) for one in obj]
    if not isinstance(obj, dict):
        return obj
    return {name: selected(obj[name], inside) for name, inside in _in_order(obj, mask)}


def _in_order(obj: Json, mask: Mask) -> Iterator[tuple[str, Mask | None]]:
    return ((name, mask[name]) for name in obj if name in mask)


def wants(mask_text: str, *path: str) -> bool:
    """Whether a mask lets a field through: ``wants("sheets.data", "sheets", "data")``."""
    mask: Mask | None = parsed(mask_text)
    for name in path:
        if mask is None or ALL in mask:
            return True
        if name not in mask:
            return False
        mask = mask[name]
    return True


def merged(old: Json, new: Json, mask: Mask) -> Json:
    """``old`` with the fields of a mask taken from ``new``: what ``new`` does not have goes away."""
    result = dict(old)
    for name, inside in mask.items():
        if name == ALL:
            result.update(new)
        elif inside:
            result[name] = merged(result.get(name) or {}, new.get(name) or {}, inside)
            if not result[name]:
                del result[name]
        elif new.get(name) is not None:
            result[name] = new[name]
        else:
            result.pop(name, None)
    return result
