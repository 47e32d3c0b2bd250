"""A command looks for unused values rarely, but it does look."""

from __future__ import annotations

import gc

import pytest

from sheetsync.memory import leave_untidied, tidy_rarely, untidied


def test_unused_values_are_looked_for_rarely_and_not_never() -> None:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    try:
        tidy_rarely()

        often, *rest = gc.get_threshold()
        assert gc.isenabled()
        assert (often > 10_000, rest) == (True, [10, 10])
    finally:
        gc.set_threshold(*before)


def test_values_of_a_process_that_ends_are_not_looked_through() -> None:
    try:
        leave_untidied()

        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


@pytest.mark.parametrize("is_tidied", [True, False])
def test_nothing_is_looked_through_for_a_while_and_then_as_before(is_tidied: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if is_tidied else gc.disable)()
        with untidied():
            assert not gc.isenabled()

        assert gc.isenabled() == is_tidied
    finally:
        (gc.enable if before else gc.disable)()
