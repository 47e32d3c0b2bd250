"""What several tests of Google begin with; a file may have its own of the same name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from google_district import GoogleDistrict, google_district
from sign_in_desk import own_home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: no sign-in of who runs the tests is read or written."""
    return own_home(tmp_path, monkeypatch)


@pytest.fixture
def district(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleDistrict]:
    """A district whose Google every command asks."""
    with google_district() as district:
        district.trial_environment(monkeypatch)
        yield district
