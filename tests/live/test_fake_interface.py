"""The fake has the interface ``xlwings`` has for its engines: checked against the installed wheel."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from xlwings import base_classes

from fake_excel import Engine, app, book, com, engine, filtering, names, notes, ranges, table
from fake_excel.errors import BUSY, NotOffered
from fake_excel.making import new_book
from sheetsync.workbooks.excel_live.xw import xw

FACES = {
    app.App: "App",
    app.Books: "Books",
    book.Book: "Book",
    book.Sheets: "Sheets",
    book.Sheet: "Sheet",
    ranges.Range: "Range",
    table.Tables: "Tables",
    table.Table: "Table",
    names.Names: "Names",
    names.Name: "Name",
    notes.Note: "Note",
    filtering.AutoFilter: "AutoFilter",
}
BEYOND_THE_BASE = {
    ("App", "engine"),
    ("Books", "app"),
    ("Range", "sheet"),
    ("Table", "parent"),
    ("Names", "api"),
    ("Name", "api"),
    ("Tables", "api"),
}
"""Members every engine has and ``xlwings.main`` asks for, though ``base_classes`` does not list them."""

MEMBERS = [
    (face, name, member)
    for face in FACES
    for name, member in vars(face).items()
    if isinstance(member, property) or (callable(member) and not name.startswith("_")) or name == "__call__"
    if not name.startswith("_") or name == "__call__"
]


def base_of(face: type) -> Any:
    return getattr(base_classes, FACES[face])


def shape_of(function: Any) -> list[tuple[str, Any, Any]]:
    """Names, kinds and defaults: what a caller depends on."""
    parameters = list(inspect.signature(function).parameters.values())
    return [(one.name, one.kind, one.default) for one in parameters]


@pytest.mark.parametrize(
    ("face", "name", "member"), MEMBERS, ids=[f"{FACES[face]}.{name}" for face, name, _ in MEMBERS]
)
def test_a_member_is_the_interface_s_own(face: type, name: str, member: Any) -> None:
    """The same name, kind and arguments; arguments of its own (``Tables.add`` has ``name``) have defaults.

    A fake that drifts from xlwings proves nothing.
    """
    base = base_of(face)
    collection = name in ("__call__", "__contains__") and FACES[face] == "Tables"
    if (FACES[face], name) in BEYOND_THE_BASE or collection:
        return
    real = inspect.getattr_static(base, name)

    if isinstance(member, property):
        assert isinstance(real, property)
        assert member.fset is None or real.fset is not None
    else:
        asked = shape_of(real)
        more = shape_of(member)[len(asked) :]
        assert shape_of(member)[: len(asked)] == asked
        assert all(default is not inspect.Parameter.empty for _, _, default in more)


def test_main_asks_for_members_the_fake_has_beyond_the_base() -> None:
    """Each member taken without ``base_classes`` saying so is used by ``xlwings.main``."""
    main = inspect.getsource(inspect.getmodule(xw.Range))  # type: ignore[arg-type]

    assert [name for _, name in BEYOND_THE_BASE if f"impl.{name}" not in main] == []


def test_what_is_not_implemented_raises(excel: Engine) -> None:
    """A member of xlwings the fake does not know stops the test that leans on it."""
    cell = new_book(excel, {"План": []}).sheets[0].range("A1")

    with pytest.raises(NotImplementedError):
        _ = cell.formula_array
    with pytest.raises(NotImplementedError):
        cell.adjust_indent(1)


def test_an_undeclared_com_member_raises(excel: Engine) -> None:
    """Behind ``.api`` stands what ``excel_live/beyond_excel.py`` declares, and nothing else."""
    sheet = new_book(excel, {"План": []}).sheets[0]

    with pytest.raises(NotOffered):
        _ = sheet.range("A1").api.Interior
    with pytest.raises(NotOffered):
        sheet.api.Tab = 3
    with pytest.raises(NotOffered):
        sheet.range("A1").impl.no_such = 1


def test_the_engine_is_found_and_goes_again() -> None:
    """``xlwings`` is as before when the test is over."""
    before = list(xw.engines), xw.engines.active
    with engine():
        assert xw.apps.active.pid == app.PID
        assert xw.engines.active.type == "desktop"

    assert (list(xw.engines), xw.engines.active) == before


def test_saving_is_refused_and_counted(excel: Engine) -> None:
    """The tool never saves the workbook: closing it unsaved undoes a press."""
    open_book = new_book(excel, {"План": []})

    with pytest.raises(NotOffered):
        open_book.save()

    assert open_book.impl._document.saved == 1


def test_calls_are_counted_as_excel_gets_them(excel: Engine) -> None:
    """One assignment of a block is one crossing of the border between the programs."""
    sheet = new_book(excel, {"План": []}).sheets[0]
    excel.program.calls.clear()

    sheet.range("A1:B2").value = [["а", 1], ["б", 2]]

    assert [(one.on, one.cells) for one in excel.program.calls.block_writes()] == [("План!$A$1:$B$2", 4)]
    assert com.ComRange._kind not in {one.member.split(".")[0] for one in excel.program.calls.made}


@pytest.mark.parametrize("busy", BUSY)
def test_a_busy_excel_rejects_so_many_calls(excel: Engine, busy: Callable[[], Exception]) -> None:
    """A dialog is open or a cell is edited: the call after the last rejected one goes through.

    ``xlwings/_xlwindows.py``, COMRetryObjectWrapper: -2147418111, -2146777998, and ExcelBusyError.
    """
    sheet = new_book(excel, {"План": [["а"]]}).sheets[0]
    cell = sheet.range("A1")
    excel.program.busy = iter([busy(), busy()])

    for _ in range(2):
        with pytest.raises(type(busy())):
            _ = cell.row

    assert cell.row == 1
