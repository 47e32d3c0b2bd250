"""xlwings is imported without half of the scientific Python, and its absence has a name."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

IMPORTED = """
import sys
from sheetsync.workbooks.excel_live.xw import xw
heavy = [name for name in ("pandas", "numpy", "matplotlib") if name in sys.modules]
assert xw.__version__ and not heavy, heavy
import numpy
"""
MISSING = """
import sys
sys.modules["xlwings"] = None
try:
    import sheetsync.workbooks.excel_live.xw
except ImportError as error:
    print(type(error).__name__, error)
"""
# xlwings' part for Windows needs pywin32 to be imported; what matters of it here are these three names.
ON_WINDOWS = """
import atexit, sys, types
windows = types.ModuleType("xlwings._xlwindows")
windows.N_COM_ATTEMPTS = 0
windows.cleanup = atexit.register(lambda: print("every other Excel is killed"))
atexit.register(lambda: print("ended"))
sys.modules["xlwings._xlwindows"] = windows
import sheetsync.workbooks.excel_live.xw
assert windows.N_COM_ATTEMPTS == 1
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_pandas_and_numpy_stay_out_and_can_be_imported_later() -> None:
    done = run(IMPORTED)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_python_without_xlwings_is_told_apart() -> None:
    assert run(MISSING).stdout.startswith("XlwingsMissingError xlwings cannot be used")


def test_a_press_that_ends_kills_nobody_s_excel() -> None:
    """xlwings would ``taskkill`` every Excel it cannot see: one in Protected View, one being opened."""
    done = run(ON_WINDOWS)

    assert (done.returncode, done.stderr, done.stdout) == (0, "", "ended\n")


def test_xlwings_still_has_what_is_switched_off() -> None:
    """A newer xlwings may have renamed it: then ``xw`` has to follow."""
    package = importlib.util.find_spec("xlwings")
    assert package is not None
    assert package.origin is not None
    source = Path(package.origin).with_name("_xlwindows.py").read_text("utf-8")

    assert "@atexit.register\ndef cleanup():" in source
    assert "\nN_COM_ATTEMPTS = 0" in source


@pytest.mark.parametrize("module", ["workbook", "sheets", "replacing", "rows", "beyond", "values"])
def test_the_live_workbook_itself_needs_no_xlwings(module: str) -> None:
    """Whoever hands it a book has imported xlwings already."""
    code = f"import sys, sheetsync.workbooks.excel_live.{module}; assert 'xlwings' not in sys.modules"

    assert run(code).returncode == 0
