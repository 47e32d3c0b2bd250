"""A headless LibreOffice of its own for the engine's tests, and a workbook for each of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sheetsync.workbooks.libreoffice.connect import engine_on
from sheetsync.workbooks.libreoffice.reaching import OfficeUnreachable, import_uno, reach

START_SECONDS = 60.0
RUSSIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>ru-RU</value></prop></item></oor:items>"""
"""Dates, numbers and formats as our users have them, whatever the machine speaks."""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a running office listens."""
    try:
        import_uno()
    except OfficeUnreachable as error:
        pytest.skip(f"no module uno: {error.reason}")
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice")
    profile = tmp_path_factory.mktemp("office")
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir()
    settings.write_text(RUSSIAN, encoding="utf-8")
    pipe = f"pipe,name=engine{uuid.uuid4().hex};urp;"
    flags = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [soffice, f"-env:UserInstallation={profile.as_uri()}", *flags, f"--accept={pipe}"]
    with subprocess.Popen(command, start_new_session=True, **quiet) as process:
        try:
            yield f"uno:{pipe}StarOffice.ComponentContext"
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def context(address: str) -> Iterator[Any]:
    """The component context of a running office."""
    with reach(url=address, patience_s=START_SECONDS) as found:
        yield found


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
