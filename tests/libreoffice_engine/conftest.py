"""A headless LibreOffice of its own for the engine's tests, and a workbook for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop import Office, lacking, profile_folder
from sheetsync.workbooks.libreoffice.connect import engine_on

LIFE_SECONDS = 3_600.0
RUSSIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>ru-RU</value></prop></item></oor:items>"""
"""Dates, numbers and formats as our users have them, whatever the machine speaks."""


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A running office, shared by the files of this folder, between which others may be run."""
    absent = lacking("soffice")
    if absent:
        pytest.skip(f"no {', '.join(absent)}")
    home = tmp_path_factory.mktemp("home")
    settings = profile_folder(home) / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RUSSIAN, encoding="utf-8")
    with Office.opened(home, life_s=LIFE_SECONDS) as running:
        yield running


@pytest.fixture(scope="session")
def context(office: Office) -> Any:
    """The component context of a running office."""
    return office.context


@pytest.fixture(scope="session")
def engine(context: Any) -> Any:
    """The engine as a press has it: deeds are done inside the office."""
    made = engine_on(context)
    assert made.impl.apps._app.bridge.is_inside
    return made


@pytest.fixture(scope="session")
def outer_engine(context: Any) -> Any:
    """The engine where the office has no Python: the same deeds, done from here."""
    return engine_on(context, from_inside=False)


@pytest.fixture
def app(engine: Any) -> Any:
    """The office; other tests may have made another engine xlwings' active one."""
    engine.activate()
    return engine.apps.active


@pytest.fixture
def book(app: Any) -> Iterator[Any]:
    """A new workbook, closed unsaved afterwards."""
    made = app.books.add()
    yield made
    made.close()


@pytest.fixture
def sheet(book: Any) -> Any:
    return book.sheets[0]


@pytest.fixture(params=["engine", "outer_engine"])
def either_sheet(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A sheet of a new workbook, by each of the two ways to the office."""
    made = request.getfixturevalue(request.param).apps.active.books.add()
    yield made.sheets[0]
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as offices have them."""
    made = tmp_path / "Мои документы" / "План 2026"
    made.mkdir(parents=True)
    return made
