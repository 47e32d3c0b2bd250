"""Fixtures of the live tests: an Excel that is running, without one being there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fake_excel import Engine, engine


@pytest.fixture
def excel() -> Iterator[Engine]:
    """A fake Excel that ``xlwings`` finds; taken out again after the test."""
    with engine() as running:
        yield running
