"""Every test of this folder gets a fresh campaign of the invented district."""

from __future__ import annotations

import shutil
from pathlib import Path

import district_fixture
import pytest


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with forms issued, made once; tests copy it."""
    return district_fixture.new(tmp_path_factory.mktemp("issued"))


@pytest.fixture
def place(issued: Path, tmp_path: Path) -> Path:
    """A campaign of one's own."""
    target = tmp_path / issued.name
    shutil.copytree(issued, target)
    return target
