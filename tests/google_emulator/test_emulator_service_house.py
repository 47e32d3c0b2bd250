"""The stand-in stands by itself: nothing of sheetsync in it, only the standard library at run time, small parts."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

import sheetsync_emulator
from sheetsync_emulator.__main__ import PRIVATE

SOURCE = Path(sheetsync_emulator.__file__).parent
MODULES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.glob("*.py")}
BESIDE = {"adapter": {"requests"}, "discovery": {"jsonschema"}}
"""What serves tests and development only."""


def imported(tree: ast.Module) -> set[str]:
    names = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("name", MODULES)
def test_it_needs_the_standard_library_only(name: str) -> None:
    allowed = {*sys.stdlib_module_names, "sheetsync_emulator", *BESIDE.get(name, ())}

    assert imported(MODULES[name]) <= allowed


def test_nothing_but_tests_imports_the_adapter() -> None:
    users = [name for name, tree in MODULES.items() if "sheetsync_emulator.adapter" in ast.dump(tree)]

    assert users == []


def test_parts_are_small() -> None:
    files = {path.name: path.read_text(encoding="utf-8").count("\n") for path in SOURCE.glob("*.py")}
    functions = [
        (f"{name}.{node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for name, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    ]

    assert {name: size for name, size in files.items() if size > 400} == {}
    assert [one for one in functions if one[1] > 50] == []
    assert sum(size <= 30 for _, size in functions) / len(functions) >= 0.9


def test_it_starts_from_the_command_line_and_stops_on_request() -> None:
    """`python -m sheetsync_emulator` says where it listens; another account's spreadsheet is closed to us."""
    command = [
        sys.executable,
        "-m",
        "sheetsync_emulator",
        "--owner",
        "me@example.org",
        "--no-service-account-files",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        url = running.stdout.readline().strip()
        with requests.Session() as session:
            me = session.get(f"{url}/drive/v3/about?fields=user(emailAddress)").json()
            private = session.get(f"{url}/v4/spreadsheets/{PRIVATE}").status_code
        os.kill(running.pid, signal.SIGINT)
        _, errors = running.communicate(timeout=30)

    assert url.startswith("http://127.0.0.1:")
    assert me == {"user": {"emailAddress": "me@example.org"}}
    assert private == 403
    assert (running.returncode, errors.strip()) == (0, "")
