"""Who shares a fingerprint with somebody, whatever room there is to look for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sheetsync.checks import between

NUMBERS = some.frozensets(some.integers(0, 40) | some.integers(0, 2**64 - 1), max_size=12)


def keys(numbers: frozenset[int]) -> bytes:
    return b"".join(one.to_bytes(between.KEY_BYTES, "little") for one in numbers)


@given(some.dictionaries(some.sampled_from("abcdefgh"), NUMBERS), some.sampled_from([1, 7, 64, 1 << 16]))
def test_those_share_who_have_the_same_number(told: dict[str, frozenset[int]], slots: int) -> None:
    expected = {
        code
        for code, own in told.items()
        if any(own & other for another, other in told.items() if another != code)
    }

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(between, "_SLOTS", slots)
        assert between.sharing({code: keys(own) for code, own in told.items()}).codes == expected


@given(some.lists(some.dictionaries(some.sampled_from("abcdefgh"), NUMBERS), min_size=2, max_size=4))
def test_what_was_known_earlier_changes_nothing(stories: list[dict[str, frozenset[int]]]) -> None:
    """Whoever came, left or told something else since: who shares is the same, and so is what is known."""
    known = between.NOT_KNOWN

    for told in stories:
        now = {code: keys(own) for code, own in told.items()}
        expected = between.sharing(now)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(between, "_MANY", 0)  # however many changed, they are no reason to compare all
            known = between.sharing(now, known)

        assert known == expected


def test_where_nothing_changed_nothing_is_looked_for() -> None:
    told = {"a": keys(frozenset({1, 2})), "b": keys(frozenset({2}))}
    known = between.sharing(told)

    assert between.sharing(dict(told), known) is known
