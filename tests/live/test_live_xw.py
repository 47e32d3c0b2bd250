"""xlwings is imported without half of the scientific Python, and its absence has a name."""

from __future__ import annotations

import subprocess
import sys

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


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def test_pandas_and_numpy_stay_out_and_can_be_imported_later() -> None:
    done = run(IMPORTED)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_python_without_xlwings_is_told_apart() -> None:
    assert run(MISSING).stdout.startswith("XlwingsMissingError xlwings cannot be used")


@pytest.mark.parametrize("module", ["workbook", "sheets", "replacing", "rows", "beyond", "values"])
def test_the_live_workbook_itself_needs_no_xlwings(module: str) -> None:
    """Whoever hands it a book has imported xlwings already."""
    code = f"import sys, sheetsync.workbooks.excel_live.{module}; assert 'xlwings' not in sys.modules"

    assert run(code).returncode == 0
