"""The house keeps its shape: directions of imports, sizes, words declared once."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from sheetsync import columns

SOURCE = Path(__file__).parents[1] / "src" / "sheetsync"

VALUES = (
    "model",
    "grid",
    "text",
    "deflate",
    "columns",
    "findings",
    "doubts",
    "messages",
    "notices",
    "patterns",
    "settings",
    "word_table",
)
PORT = "workbooks.port"

# room -> rooms it may import; data walks one way
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "model": (),
    "grid": (),
    "text": ("patterns",),
    "deflate": (),
    "patterns": (),
    "word_table": (),
    "messages": (),
    "settings": ("model",),
    "columns": ("model",),
    "notices": ("messages",),
    "doubts": ("messages", "model"),
    "findings_above": ("model",),
    "findings": ("findings_above", "messages", "model"),
    "plan": (*VALUES, "plan"),
    "forms": (*VALUES, "plan", "forms", "intake.marks", PORT, "workbooks.references"),
    "privacy": VALUES,
    "intake": (*VALUES, "plan", "intake"),
    "checks": (*VALUES, "plan", "checks"),
    "merge": (*VALUES, "plan", "checks", "merge", "forms.checking", "intake.marks"),
    "district": (*VALUES, "plan", "merge", "district", PORT),
    "letters": (*VALUES, "plan", "checks", "merge", "district", "letters", PORT),
    "region": (*VALUES, "plan", "merge", "district", "region", PORT),
    "printing": (*VALUES, "letters", "printing"),
    "mailing": (*VALUES, "letters", "mailing"),
    "links": (*VALUES, "links"),
    "documents": (*VALUES, "plan.document", "documents", "workbooks"),
    "workbooks": (
        *VALUES,
        "intake.gate",
        "intake.limits",
        "intake.plain_links",
        "intake.plain_lists",
        "intake.plain_notes",
        "intake.plain_sheet",
        "intake.plain_xml",
        "intake.sniff",
        "intake.snapshot_rules",
        "memory",
        "workbooks",
    ),
    "office": (*VALUES, "office", "workbooks", "store"),
    "store": ("notices",),
    "journal": ("deflate", "model"),
    "templates": ("notices",),
}
PURE = ("plan", "forms", "privacy", "intake", "checks", "merge", "district", "letters", "region", *VALUES)
EDGES_OF_THE_WORLD = {
    "pathlib",
    "os",
    "shutil",
    "tempfile",
    "socket",
    "sqlite3",
    "subprocess",
    "random",
    "time",
}
SPREADSHEET_PROGRAMS = {
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "pandas",
    "gspread",
    "xlwings",
    "docx",
    "docxtpl",
    "matplotlib",
    "pdfplumber",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"))


MODULES = list(modules())


def imports_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def room_of(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def is_inside(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == one or module.startswith(f"{one}.") for one in allowed)


ROOMS = {name: tree for name, tree in MODULES if room_of(name) in MAY_IMPORT}
CORE = {name: tree for name, tree in MODULES if is_inside(name, PURE) and name != "messages"}


@pytest.mark.parametrize("name", ROOMS)
def test_data_walks_one_way(name: str) -> None:
    """A room imports only the rooms before it; what is no room joins them (campaign, cli, demo)."""
    room, tree = room_of(name), ROOMS[name]
    ours = {one.removeprefix("sheetsync.") for one in imports_of(tree) if one.startswith("sheetsync.")}

    assert sorted(one for one in ours if not is_inside(one, (room, *MAY_IMPORT[room]))) == []


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_no_way_is_open_that_nobody_walks(room: str) -> None:
    """What a room may import beside values and itself, it does import."""
    walked = {
        one.removeprefix("sheetsync.")
        for name, tree in ROOMS.items()
        if room_of(name) == room
        for one in imports_of(tree)
    }
    named = [one for one in MAY_IMPORT[room] if one not in (*VALUES, room)]

    assert [one for one in named if not any(is_inside(other, (one,)) for other in walked)] == []


@pytest.mark.parametrize("name", CORE)
def test_the_core_knows_no_file_no_clock_and_no_spreadsheet_program(name: str) -> None:
    tree = CORE[name]
    outside = EDGES_OF_THE_WORLD | SPREADSHEET_PROGRAMS
    clock = [
        node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in {"today", "now"}
    ]

    assert sorted(one for one in imports_of(tree) if room_of(one) in outside) == []
    assert clock == []


def functions() -> Iterator[tuple[str, int]]:
    for name, tree in MODULES:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name}.{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_a_function_fits_a_screen() -> None:
    sizes = list(functions())
    small = sum(size <= 30 for _, size in sizes)

    assert [name for name, size in sizes if size > 80] == []
    assert small / len(sizes) >= 0.9


def test_a_file_has_one_subject() -> None:
    sizes = {
        path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in SOURCE.rglob("*.py")
    }

    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_every_function_says_what_it_takes_and_gives() -> None:
    bare = [
        f"{name}.{node.name}"
        for name, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is None
    ]

    assert bare == []


def test_nothing_is_swallowed() -> None:
    """No handler only passes or continues: problems become findings."""
    silent = [
        f"{name}:{node.lineno}"
        for name, tree in MODULES
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
    ]

    assert silent == []


@pytest.mark.parametrize("room", ["campaign.google", "workbooks.google"])
def test_a_large_room_has_a_map(room: str) -> None:
    """Its docstring says of every module to what it belongs."""
    told = re.findall(r"[\w*]+", ast.get_docstring(dict(MODULES)[room]) or "")
    inside = [name.removeprefix(f"{room}.") for name, _ in MODULES if name.startswith(f"{room}.")]

    assert [name for name in inside if not any(fnmatch(name, word) for word in told)] == []


def declared_words() -> set[str]:
    """Long enough headers, sheet and table names that may be typed in columns.py only."""
    tables = (*columns.DISTRICT_TABLES, *columns.FORM_TABLES)
    words = {header for table in tables for header in table.headers if " " in header and len(header) > 9}
    return (
        words
        | {table.name for table in tables}
        | {columns.COMPLETENESS_SHEET, columns.ENTRIES_SHEET, columns.MARKS_SHEET}
    )


def test_headers_sheets_and_tables_are_named_once() -> None:
    words = declared_words()
    repeated = [
        f"{name}:{node.lineno} {node.value}"
        for name, tree in modules()
        if room_of(name) != "columns"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words
    ]

    assert repeated == []
