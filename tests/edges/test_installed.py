"""The program as `pip install` leaves it: everything it reads came along, and the buttons can be set up."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sheetsync import demo_schools, store

ROOT = Path(__file__).parents[2]
SOURCES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "src", "macros", "workbook_templates")
NOT_COPIED = shutil.ignore_patterns("*.egg-info", "__pycache__")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder an installation copies to where Python looks for packages."""
    tree: Path = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=NOT_COPIED)
        else:
            shutil.copy(ROOT / name, tree)
    build = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", "library"]
    subprocess.run(build, cwd=tree, check=True, capture_output=True, timeout=120)
    return tree / "library"


@pytest.fixture
def run(library: Path, tmp_path: Path) -> Any:
    """Runs Python with the installed program in it, as a user whose home is empty."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {"HOME": str(home), "PYTHONPATH": str(library)}

    def run_it(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", *words]
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    return run_it


def test_everything_the_program_reads_came_along(library: Path) -> None:
    """Whatever stands beside the code, the templates and the text of the macros."""
    package = ROOT / "src" / "sheetsync"
    wanted = {path.relative_to(package) for path in package.rglob("*") if path.is_file()}
    wanted |= {Path("macros", one.relative_to(ROOT / "macros")) for one in (ROOT / "macros").rglob("*.*")}
    wanted |= {
        Path("templates", one.name)
        for one in (ROOT / "workbook_templates").iterdir()
        if one.suffix not in {".md", ".py"}
    }
    packed = {
        path.relative_to(library / "sheetsync")
        for path in (library / "sheetsync").rglob("*")
        if path.is_file()
    }

    assert {one for one in wanted - packed if "__pycache__" not in one.parts} == set()


def test_the_installed_program_sets_up_a_campaign_with_buttons(
    run: Any, library: Path, tmp_path: Path
) -> None:
    """«new», «addin install» and «doctor» find what they need without the sources."""
    order, folder = tmp_path / "Приказ.docx", tmp_path / "Плавск 2026"
    order.write_bytes(demo_schools.example("order.docx"))

    where = run("-c", "import sheetsync; print(sheetsync.__file__)")
    made = run("-m", "sheetsync", "new", folder.name, "--order", order.name)
    put = run("-m", "sheetsync", "addin", "install", folder.name)
    looked = run("-m", "sheetsync", "doctor", folder.name, "--json")

    assert Path(where.stdout.strip()).is_relative_to(library)
    assert made.returncode in {0, 1}, made.stderr
    assert put.returncode in {0, 1}, put.stderr
    with zipfile.ZipFile(folder / store.NEW_WORKBOOK_NAME) as workbook:
        assert "xl/vbaProject.bin" in workbook.namelist()
    codes = {one["code"] for one in json.loads(looked.stdout)}
    assert {"python-good", "book-good", "shortcut-good"} <= codes


def test_the_stand_in_for_google_comes_along(run: Any, library: Path) -> None:
    """«demo --google» needs no sources and no other package."""
    where = run("-c", "import sheetsync_emulator; print(sheetsync_emulator.__file__)")
    asked = run("-m", "sheetsync_emulator", "--help")

    assert Path(where.stdout.strip()).is_relative_to(library)
    assert asked.returncode == 0, asked.stderr
    assert "Not Google" in asked.stdout
    assert {one.name for one in (library / "sheetsync_emulator").glob("*.py")} == {
        one.name for one in (ROOT / "src" / "sheetsync_emulator").glob("*.py")
    }
