"""A demo district ready for its buttons, and one screen for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import button_district
from desktop import Screen


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a campaign whose schools have sent their copies; take a copy of it to press buttons."""
    return button_district.build(tmp_path_factory.mktemp("district") / button_district.FOLDER)


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    with Screen.opened() as opened:
        yield opened
