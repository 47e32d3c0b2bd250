"""Values of the domain: ``dataclass`` as Python has it, with frozen ones made without compiling anything.

Python's own writes and compiles six functions for every class. A run declares hundreds of classes, and
a button is pressed for a few copies: the declarations would take longer than the copies. What is not
plainly a frozen value with slots is left to Python.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from inspect import get_annotations
from operator import attrgetter
from reprlib import recursive_repr
from types import CellType, CodeType, FunctionType, MappingProxyType
from typing import TYPE_CHECKING, Any, Final

__all__ = ["dataclass"]

_LIGHT: Final = {"frozen": True, "slots": True}
_PSEUDO_FIELDS: Final = ("ClassVar", "InitVar", "KW_ONLY")
_MADE_HERE: Final = frozenset(
    (
        *("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"),
        *("__getstate__", "__setstate__", "__slots__", "__match_args__"),
    )
)
_DESCRIPTIONS: Final = {
    "__dataclass_fields__": {"init": False, "repr": False, "eq": False},
    "__dataclass_params__": _LIGHT,
}
"""What Python keeps about such a class, and how much it has to make to tell it."""

_GIVEN_LATER: Final = object()
"""Stands for a default that is made anew for every value."""


def _declared(cls: type[Any] | None = None, /, **options: bool) -> Any:
    """``dataclasses.dataclass``, by the same arguments."""
    if cls is None:
        return lambda one: _declared(one, **options)
    if options != _LIGHT or not _is_plain(cls):
        return dataclasses.dataclass(**options)(cls)
    return _Maker(cls).made()


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _declared


def _is_plain(cls: type[Any]) -> bool:
    """Whether the class is nothing but fields, their defaults and methods of its own."""
    inside = cls.__dict__
    told = get_annotations(cls)
    kinds = " ".join(map(str, told.values()))
    have = [name in inside for name in told]
    return (
        cls.__bases__ == (object,)
        and type(cls) is type
        and _MADE_HERE.isdisjoint(inside)
        and not any(word in kinds for word in _PSEUDO_FIELDS)
        and all(
            _is_only_a_factory(default, name, told)
            for name, default in inside.items()
            if isinstance(default, dataclasses.Field)
        )
        and "self" not in told
        and all(type(inside.get(name)).__hash__ for name in told)
        and have == sorted(have)
    )


def _is_only_a_factory(one: dataclasses.Field[Any], name: str, told: dict[str, Any]) -> bool:
    is_usual = one.init and one.repr and one.compare and one.hash is None and not one.metadata
    is_made = one.default_factory is not dataclasses.MISSING and one.kw_only is dataclasses.MISSING
    return name in told and is_usual and is_made


class _Maker:
    """Makes one class."""

    def __init__(self, cls: type[Any]) -> None:
        self._declared = cls
        self._types: dict[str, Any] = get_annotations(cls)
        self._names = tuple(self._types)
        self._defaults = {name: cls.__dict__[name] for name in self._names if name in cls.__dict__}

    def made(self) -> type[Any]:
        """A class of the same name with slots and all that a value can do."""
        cls, names = self._declared, self._names
        inside = {name: one for name, one in cls.__dict__.items() if name not in self._defaults}
        inside.pop("__dict__", None)
        inside.pop("__weakref__", None)
        made: type[Any] = type(
            cls.__name__,
            cls.__bases__,
            {**inside, "__slots__": names, "__match_args__": names, "__qualname__": cls.__qualname__},
        )
        setters = tuple(made.__dict__[name].__set__ for name in names)
        _equip(made, names, setters)
        _set(made, "__init__", self._init(made, setters))
        for name in _DESCRIPTIONS:
            type.__setattr__(made, name, _OnDemand(name, self._types, self._defaults))
        return made

    def _init(self, made: type[Any], setters: tuple[Callable[..., None], ...]) -> FunctionType:
        factories = tuple(
            one.default_factory if isinstance(one, dataclasses.Field) else None
            for one in (self._defaults.get(name) for name in self._names)
        )
        code = _init_code(tuple(bool(one) for one in factories), hasattr(made, "__post_init__"))
        known = {
            f"{kind}{at}": one for kind, all_ in _by_kind(setters, factories) for at, one in enumerate(all_)
        }
        init = _function(made, code, self._names, {"given_later": _GIVEN_LATER, **known})
        init.__defaults__ = tuple(
            _GIVEN_LATER if isinstance(one, dataclasses.Field) else one for one in self._defaults.values()
        )
        init.__annotations__ = {**self._types, "return": None}
        return init


def _by_kind(setters: tuple[Any, ...], factories: tuple[Any, ...]) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    return ("s", setters), ("f", factories)


def _set(made: type[Any], name: str, function: Callable[..., Any]) -> None:
    function.__name__ = name
    function.__qualname__ = f"{made.__qualname__}.{name}"
    type.__setattr__(made, name, function)


def _function(
    made: type[Any], code: CodeType, names: tuple[str, ...], free: Mapping[str, Any] = MappingProxyType({})
) -> FunctionType:
    """The common code with the names of this class in place of a0, a1, …"""
    own = {f"a{at}": name for at, name in enumerate(names)}
    module = sys.modules.get(made.__module__)
    return FunctionType(
        code.replace(
            co_names=tuple(own.get(one, one) for one in code.co_names),
            co_varnames=tuple(own.get(one, one) for one in code.co_varnames),
        ),
        module.__dict__ if module else {},
        closure=tuple(CellType(free[one]) for one in code.co_freevars),
    )


@lru_cache(maxsize=256)
def _init_code(made_anew: tuple[bool, ...], is_continued: bool) -> CodeType:
    """``__init__`` of every class with so many fields."""
    places = range(len(made_anew))
    lines = [
        f"s{at}(self, f{at}() if a{at} is given_later else a{at})" if anew else f"s{at}(self, a{at})"
        for at, anew in enumerate(made_anew)
    ]
    lines += ["self.__post_init__()"] if is_continued else []
    names = ", ".join(("self", *(f"a{at}" for at in places)))
    free = ", ".join(("given_later", *(f"{kind}{at}" for at in places for kind in "sf")))
    return _code_of(f"def function({names}):\n  " + "\n  ".join(lines or ["pass"]), free)


@lru_cache(maxsize=64)
def _equal_code(count: int) -> CodeType:
    mine, others = (f"({''.join(f'{one}.a{at}, ' for at in range(count))})" for one in ("self", "other"))
    return _code_of(
        f"def function(self, other):\n"
        f"  return {mine} == {others} if other.__class__ is self.__class__ else NotImplemented"
    )


@lru_cache(maxsize=64)
def _hash_code(count: int) -> CodeType:
    return _code_of(
        f"def function(self):\n  return hash(({''.join(f'self.a{at}, ' for at in range(count))}))"
    )


def _code_of(function: str, free: str = "") -> CodeType:
    """The code of a function that takes what is ``free`` from around it; every text is one of ours."""
    scope: dict[str, Any] = {}
    text = f"def around({free}):\n " + function.replace("\n", "\n ") + "\n return function"
    exec(text, scope)
    around: FunctionType = scope["around"]
    code: CodeType = around(*(None,) * around.__code__.co_argcount).__code__
    return code


def _equip(made: type[Any], names: tuple[str, ...], setters: tuple[Callable[..., None], ...]) -> None:
    """Comparing, showing, keeping as it is, and being sent to another process."""
    values = _values_of(names)

    def shown(self: Any) -> str:
        told = ", ".join(f"{name}={one!r}" for name, one in zip(names, values(self), strict=True))
        return f"{self.__class__.__qualname__}({told})"

    def kept(self: Any, name: str, value: Any) -> None:
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(made, self).__setattr__(name, value)

    def not_taken(self: Any, name: str) -> None:
        if type(self) is made or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(made, self).__delattr__(name)

    def packed(self: Any) -> list[Any]:
        return list(values(self))

    def unpacked(self: Any, state: list[Any]) -> None:
        for put, one in zip(setters, state, strict=True):
            put(self, one)

    _set(made, "__repr__", recursive_repr()(shown))
    _set(made, "__eq__", _function(made, _equal_code(len(names)), names))
    _set(made, "__hash__", _function(made, _hash_code(len(names)), names))
    _set(made, "__setattr__", kept)
    _set(made, "__delattr__", not_taken)
    _set(made, "__getstate__", packed)
    _set(made, "__setstate__", unpacked)


def _values_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


class _OnDemand:
    """What ``fields``, ``replace`` and a class that inherits ask for, described when they first do."""

    def __init__(self, name: str, types: dict[str, Any], defaults: dict[str, Any]) -> None:
        self._name = name
        self._types = types
        self._defaults = defaults

    def __get__(self, _value: object, owner: type[Any]) -> Any:
        home = next(one for one in owner.__mro__ if one.__dict__.get(self._name) is self)
        about = {"__annotations__": self._types, "__module__": home.__module__, "__doc__": home.__name__}
        inside = {**self._defaults, **about}  # without a word about it Python would make up its signature
        described: type[Any] = type(home.__name__, (), inside)
        dataclasses.dataclass(**_DESCRIPTIONS[self._name])(described)
        answer = described.__dict__[self._name]
        type.__setattr__(home, self._name, answer)
        return answer
