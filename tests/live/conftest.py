"""Fixtures of the live tests: an Excel that is running, without one being there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_excel import Engine, engine

sys.path.append(str(Path(__file__).parents[1] / "workbooks"))
"""The invented office's workbook is used here too."""


@pytest.fixture
def excel() -> Iterator[Engine]:
    """A fake Excel that ``xlwings`` finds; taken out again after the test."""
    with engine() as running:
        yield running
