from __future__ import annotations

from pathlib import Path

import pytest
from computers import Computer, computer

from sheetsync.office.machine import System


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Computer:
    """A Windows; the code page of its small text files is UTF-8, this Python has no other way here."""
    monkeypatch.setattr("sheetsync.office.places.python_place_encoding", lambda _machine: "utf-8")
    return computer(System.WINDOWS, tmp_path)


@pytest.fixture
def mac(tmp_path: Path) -> Computer:
    return computer(System.MACOS, tmp_path)


@pytest.fixture
def linux(tmp_path: Path) -> Computer:
    return computer(System.LINUX, tmp_path)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    folder = tmp_path / "Мои кампании" / "Плавск 2023"
    folder.mkdir(parents=True)
    return folder
