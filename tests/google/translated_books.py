"""Workbooks to translate, ours and an office's, and the requests they become."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from msgspec.structs import replace

from invented_plan import PLAN, SCHOOL
from sheetsync.forms.model import form_of
from sheetsync.forms.render import fill_form
from sheetsync.model import Plan
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.google.translation import translated
from sheetsync.workbooks.templates import Template, template_bytes


def form(template: bytes | None = None, plan: Plan = PLAN) -> bytes:
    """The form of the invented school, from our template or another."""
    workbook = ExcelFile.from_bytes(template or template_bytes(Template.FORM))
    fill_form(workbook, form_of(plan, SCHOOL))
    return workbook.to_bytes()


def long_plan(rows: int) -> Plan:
    """A plan that asks the invented school for so many activities."""
    asked = [one for one in PLAN.rows if SCHOOL in one.reporters]
    made = [replace(asked[at % len(asked)], key=f"K{at:04d}") for at in range(rows)]
    return replace(PLAN, rows=tuple(sorted(made, key=lambda one: one.section)))


def restyled(change: Callable[[Any], None], template: Template = Template.FORM) -> bytes:
    """A template an office has changed and saved; the change gets openpyxl's workbook."""
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(template)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(change: Callable[[Any], None]) -> bytes:
    """A workbook of one sheet «Лист», made by a change."""
    book = openpyxl.Workbook()
    book.active.title = "Лист"
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def requests_of(data: bytes, kind: str = "", **options: Any) -> list[Any]:
    """The requests of a translation, or what is inside those of one kind."""
    requests = translated(data, title="Проба", **options).requests
    return [one[kind] for one in requests if kind in one] if kind else list(requests)
