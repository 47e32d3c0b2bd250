"""A value made by ``values.dataclass`` is what Python's own ``dataclass`` makes of the same declaration."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
import typing
from collections.abc import Callable
from dataclasses import field
from typing import Any, ClassVar

import pytest

from sheetsync.values import dataclass

Decorator = Callable[..., Any]


class Declared(typing.NamedTuple):
    """The same class by Python and by us."""

    theirs: type[Any]
    ours: type[Any]


def both(declare: Callable[[Decorator], type[Any]]) -> Declared:
    return Declared(declare(dataclasses.dataclass), declare(dataclass))


def plain(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Cell:
        """What a cell holds."""

        text: str
        link: str | None = None
        notes: tuple[str, ...] = ()

        @property
        def is_linked(self) -> bool:
            return self.link is not None

        def with_link(self, link: str) -> Any:
            return dataclasses.replace(self, link=link)

    return Cell


def single(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class One:
        text: str = ""

    return One


def empty(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Nothing:
        pass

    return Nothing


def with_factory(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Held:
        name: str
        rows: dict[str, int] = field(default_factory=dict)

    return Held


def going_on(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Checked:
        count: int
        twice: int = 0

        def __post_init__(self) -> None:
            object.__setattr__(self, "twice", self.count * 2)

    return Checked


LIGHT = [
    (plain, ("текст", "https://a.example")),
    (single, ("a",)),
    (empty, ()),
    (with_factory, ("имя",)),
    (going_on, (3,)),
]

light = pytest.mark.parametrize(("declare", "values"), LIGHT, ids=lambda one: getattr(one, "__name__", None))


@light
def test_it_is_shown_compared_and_hashed_alike(
    declare: Callable[[Decorator], type[Any]], values: Any
) -> None:
    theirs, ours = both(declare)
    one, other = ours(*values), ours(*values)

    assert repr(one) == repr(theirs(*values))
    assert one == other
    assert one != theirs(*values)
    if declare is with_factory:
        with pytest.raises(TypeError, match="unhashable"):
            hash(one)
    else:
        assert hash(one) == hash(theirs(*values)) == hash(other)


@light
def test_it_is_called_and_described_alike(declare: Callable[[Decorator], type[Any]], values: Any) -> None:
    theirs, ours = both(declare)

    mine = [(one.name, one.kind, one.annotation) for one in inspect.signature(ours).parameters.values()]
    assert mine == [
        (one.name, one.kind, one.annotation) for one in inspect.signature(theirs).parameters.values()
    ]
    assert typing.get_type_hints(ours.__init__) == typing.get_type_hints(theirs.__init__)
    assert (ours.__slots__, ours.__match_args__, ours.__qualname__) == (
        theirs.__slots__,
        theirs.__match_args__,
        theirs.__qualname__,
    )
    assert [(one.name, one.type, one.default) for one in dataclasses.fields(ours)] == [
        (one.name, one.type, one.default) for one in dataclasses.fields(theirs)
    ]
    assert dataclasses.is_dataclass(ours)
    assert dataclasses.asdict(ours(*values)) == dataclasses.asdict(theirs(*values))
    assert not hasattr(ours(*values), "__dict__")


@light
def test_too_little_and_too_much_are_refused_alike(
    declare: Callable[[Decorator], type[Any]], values: Any
) -> None:
    theirs, ours = both(declare)
    for arguments, named in (((*values, 1, 2, 3, 4), {}), (values, {"unheard": 1})):
        with pytest.raises(TypeError) as told:
            theirs(*arguments, **named)
        with pytest.raises(TypeError) as ours_told:
            ours(*arguments, **named)
        assert str(ours_told.value) == str(told.value)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(TypeError, match=r"missing 1 required positional argument: 'text'"):
        plain(dataclass)()


@light
def test_nothing_of_it_changes(declare: Callable[[Decorator], type[Any]], values: Any) -> None:
    one = declare(dataclass)(*values)
    for name in (*type(one).__slots__, "unheard"):
        with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(one, name, 1)
        with pytest.raises(dataclasses.FrozenInstanceError, match=f"cannot delete field '{name}'"):
            delattr(one, name)


def test_a_subclass_may_hold_more() -> None:
    class More(plain(dataclass)):  # type: ignore[misc]
        pass

    one = More("a")
    one.more = 1
    del one.more

    assert not hasattr(one, "more")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.text = "b"
    assert one != plain(dataclass)("a")


@dataclass(frozen=True, slots=True)
class Sent:
    """Pickled by its name."""

    text: str
    held: tuple[int, ...] = ()


@pytest.mark.parametrize("same", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_and_what_another_process_gets_is_the_same(same: Callable[[Sent], Sent]) -> None:
    one = Sent("a", (1, 2))

    assert same(one) == one
    assert dataclasses.replace(same(one), text="b") == Sent("b", (1, 2))


def test_each_value_gets_a_default_of_its_own() -> None:
    held = with_factory(dataclass)
    first, second = held("a"), held("b")
    first.rows["x"] = 1

    assert second.rows == {}
    assert held("c", {"y": 2}).rows == {"y": 2}


def test_it_is_matched_by_its_places() -> None:
    cell = plain(dataclass)
    match cell("a", "b"):
        case cell(text, link):
            assert (text, link) == ("a", "b")


def test_methods_and_words_about_it_stay() -> None:
    cell = plain(dataclass)

    assert cell.__doc__ == "What a cell holds."
    assert not cell("a").is_linked
    assert cell("a").with_link("b") == cell("a", "b")


def test_a_value_that_holds_itself_is_shown() -> None:
    held = with_factory(dataclass)("a")
    held.rows["self"] = held

    assert repr(held).endswith("Held(name='a', rows={'self': ...})")


# --- what is left to Python


def inherited(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Base:
        a: int = 0

    @decorator(frozen=True, slots=True)
    class Further(Base):
        b: int = 1

    return Further


def told_apart(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Hidden:
        a: int = field(default=1, repr=False)
        b: dict[str, int] = field(default_factory=dict, compare=False)

    return Hidden


def of_the_class(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Counted:
        a: int = 0
        limit: ClassVar[int] = 5

    return Counted


def ordered(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True, order=True)
    class Place:
        row: int = 0

    return Place


def changing(decorator: Decorator) -> type[Any]:
    @decorator
    class Builder:
        rows: list[int] = field(default_factory=list)

    return Builder


def own_hash(decorator: Decorator) -> type[Any]:
    @decorator(frozen=True, slots=True)
    class Own:
        a: int = 0

        def __hash__(self) -> int:
            return 7

    return Own


@pytest.mark.parametrize("declare", [inherited, told_apart, of_the_class, ordered, changing, own_hash])
def test_what_is_not_plainly_a_frozen_value_is_made_by_python(
    declare: Callable[[Decorator], type[Any]],
) -> None:
    theirs, ours = both(declare)

    assert type(ours.__dict__["__dataclass_fields__"]) is dict
    assert repr(ours()) == repr(theirs())
    assert [one.name for one in dataclasses.fields(ours)] == [one.name for one in dataclasses.fields(theirs)]
    assert (ours.__hash__ is None) is (theirs.__hash__ is None)


@pytest.mark.parametrize("default", [[], {}, set()])
def test_a_default_that_would_be_shared_is_refused(default: Any) -> None:
    with pytest.raises(ValueError, match="mutable default"):
        dataclass(frozen=True, slots=True)(type("Bad", (), {"__annotations__": {"a": "list"}, "a": default}))


def test_a_default_before_a_field_without_one_is_refused() -> None:
    with pytest.raises(TypeError, match="non-default argument 'b' follows default argument"):
        dataclass(frozen=True, slots=True)(
            type("Bad", (), {"__annotations__": {"a": "int", "b": "int"}, "a": 1})
        )
