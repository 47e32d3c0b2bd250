"""Tests of a district judged by parts play the stories of ``tests/campaign`` in its invented district."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "campaign"))

import district_fixture
import several_ways


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with forms issued, made once; tests copy it."""
    return district_fixture.new(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def place(issued: Path, tmp_path: Path) -> Path:
    """A campaign of one's own."""
    return Path(shutil.copytree(issued, tmp_path / issued.name))


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few schools there are, they are judged by parts."""
    several_ways.judge_apart(monkeypatch.setattr)
