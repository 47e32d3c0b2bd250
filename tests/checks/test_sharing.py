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
        assert between.sharing({code: keys(own) for code, own in told.items()}) == expected
