"""How large a form is on its way to Google: bytes and requests of the one batch, and the time to make it.

python benchmarks/google_form.py
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Final

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from invented_plan import PLAN, SCHOOL
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.model import Plan
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.translation import translated
from sheetsync.workbooks.templates import Template, template_bytes

ROWS: Final = (10, 40, 150)


def plan_of(rows: int) -> Plan:
    """A plan that asks the invented school for so many activities."""
    asked = [one for one in PLAN.rows if SCHOOL in one.reporters]
    made = [replace(asked[at % len(asked)], key=f"K{at:04d}") for at in range(rows)]
    return replace(PLAN, rows=tuple(sorted(made, key=lambda one: one.section)))


def form(rows: int) -> bytes:
    workbook = ExcelFile.from_bytes(template_bytes(Template.FORM))
    fill_form(workbook, form_of(plan_of(rows), SCHOOL))
    return workbook.to_bytes()


def report(name: str, data: bytes) -> None:
    began = time.perf_counter()
    requests = translated(data, title=name).requests
    spent = time.perf_counter() - began
    size = len(json.dumps({"requests": requests}, ensure_ascii=False, separators=(",", ":")).encode())
    print(f"{name:>12}: {size:>9,} bytes {len(requests):>5} requests {spent:6.2f} s")


if __name__ == "__main__":
    for count in ROWS:
        report(f"{count} rows", form(count))
    report("district", template_bytes(Template.DISTRICT))
