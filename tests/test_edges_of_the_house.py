"""What meets the world outside stays where it belongs: edges are thin, programs are spoken to in one place."""

from __future__ import annotations

import ast
import importlib.metadata
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from test_house import EDGES_OF_THE_WORLD, MODULES, SOURCE, is_inside

INSIDE = SOURCE / "workbooks" / "libreoffice" / "inside"
LIVE = ("workbooks.excel_live", "workbooks.libreoffice")
OLDEST_OFFICE_PYTHON = (3, 9)
OFFICE_MODULES = ("uno", "unohelper", "com")
NETWORKS = ("http", "ssl", "urllib.request", "webbrowser")

# edge -> what it may know beside ``campaign``: words, ways to show a result, errors that are sentences
THIN = {
    "cli": (
        "cli_later",
        "cli_options",
        "demo",
        "demo_google",
        "district.as_json",
        "lines",
        "memory",
        "messages",
        "notices",
        "office.diagnose",
        "pattern_shelf",
        "plan.document",
        "plan.order_json",
        "printable",
        "reports",
        "reports_check",
        "reports_history",
        "reports_office",
        "reports_order",
        "reports_verify",
        "store",
        "surprises",
        "__version__",
    ),
    "cli_addin": ("cli_options", "reports_office"),
    "cli_google": ("cli_options", "reports_google"),
    "cli_note": ("cli_options", "reports", "reports_note"),
    "cli_letters": ("cli_options", "letters.notices", "notices", "reports", "reports_letters"),
    "cli_region": ("cli_options", "reports_region"),
    "cli_plan": ("cli_options", "notices", "reports", "reports_period", "reports_plan"),
    "cli_review": (
        "cli_options",
        "notices",
        "reports",
        "reports_accept",
        "reports_links",
        "reports_return",
    ),
    "cli_later": ("messages",),
    "cli_options": ("notices", "printable"),
    "buttons": ("columns", "memory", "messages", "surprises"),
}

GOOGLE = "workbooks.google"
CONNECTED = tuple(
    f"{GOOGLE}.{name}"
    for name in ("http", "service", "session", "sign_in_browser", "sign_in_credentials", "sign_in_files")
)
"""Who signs in and who speaks signed; the rest of the room is pure."""

# library -> the only rooms that speak to it; none: it serves tools and tests
AT_HOME: dict[str, tuple[str, ...]] = {
    "xlwings": ("workbooks.excel_live.xw",),
    **dict.fromkeys(OFFICE_MODULES, ("workbooks.libreoffice",)),
    "olefile": ("workbooks.vba_project",),
    "winreg": ("office.systems",),
    "gspread": ("workbooks.google.http",),
    "urllib3": ("workbooks.google.http",),
    "google": CONNECTED,
    "requests": CONNECTED,
    "google_auth_oauthlib": ("workbooks.google.sign_in_browser",),
    "oauthlib": ("workbooks.google.sign_in_browser",),
    "sheetsync_emulator": ("demo_google", "demo_google_desk"),
    "watchfiles": ("campaign.watching.events",),
    "docxtpl": ("printing",),
    "matplotlib": ("printing",),
    "pyarrow": ("campaign.regional.row_files",),
    "smtplib": ("mailing",),
    "httpx": ("links",),
    "holidays": ("letters.working_days",),
    "xlsxwriter": (),
    "pyopenvba": (),
    "oletools": (),
}


def imported(tree: ast.Module) -> Iterator[str]:
    """Everything a module imports, also by ``import_module``; names of our own without «sheetsync.»."""
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (one.name for one in node.names)
            case ast.ImportFrom(module="sheetsync", level=0):
                yield from (one.name for one in node.names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.removeprefix("sheetsync.")
            case ast.Call(
                func=ast.Name(id="import_module") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(module)), *_],
            ):
                yield module


IMPORTED = {name: set(imported(tree)) for name, tree in MODULES}


@pytest.mark.parametrize("edge", THIN)
def test_an_edge_calls_the_campaign_only(edge: str) -> None:
    rooms = (*IMPORTED, "__version__")
    ours = {one for one in IMPORTED[edge] if is_inside(one, rooms)}

    assert sorted(one for one in ours if not is_inside(one, ("campaign", *THIN[edge]))) == []
    assert [one for one in THIN[edge] if not any(is_inside(other, (one,)) for other in ours)] == []


@pytest.mark.parametrize("library", AT_HOME)
def test_a_library_is_spoken_to_in_one_place(library: str) -> None:
    users = [
        name for name, modules in IMPORTED.items() if any(is_inside(module, (library,)) for module in modules)
    ]

    assert [name for name in users if not is_inside(name, AT_HOME[library])] == []
    assert bool(users) is bool(AT_HOME[library])


def test_google_is_spoken_to_by_the_campaign() -> None:
    """Beside it only whoever opens a copy knows what a snapshot is, and the trial, which plays Google."""
    users = {
        name
        for name, modules in IMPORTED.items()
        if not is_inside(name, (GOOGLE,)) and any(is_inside(module, (GOOGLE,)) for module in modules)
    }

    assert {
        name for name in users if not is_inside(name, ("campaign", "demo_google", "demo_google_desk"))
    } == {"workbooks.parse"}


@pytest.mark.parametrize("name", sorted(name for name in IMPORTED if is_inside(name, (GOOGLE,))))
def test_only_who_is_connected_to_google_knows_a_network_a_file_or_a_clock(name: str) -> None:
    """Translations, snapshots, changes and decisions about asking again are pure."""
    outside = [one for one in IMPORTED[name] if is_inside(one, (*EDGES_OF_THE_WORLD, *NETWORKS))]
    clock = [
        node
        for node in ast.walk(dict(MODULES)[name])
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now"}
    ]

    assert name in CONNECTED or (outside, clock) == ([], [])


def test_only_the_campaign_opens_what_people_have_open() -> None:
    """Nothing else knows that there is a live Excel or LibreOffice: all work over the port."""
    users = {
        name
        for name, modules in IMPORTED.items()
        if not is_inside(name, LIVE) and any(is_inside(module, LIVE) for module in modules)
    }

    assert users == {"campaign.opening"}


def test_the_live_workbook_knows_no_program() -> None:
    """The same code serves Excel and LibreOffice; the engine knows of it only what it has to offer."""
    known = {name: IMPORTED[name] for name in IMPORTED if is_inside(name, LIVE)}
    engine = {"workbooks.excel_live.beyond", "workbooks.excel_live.xw"}

    assert [
        (name, module)
        for name, modules in known.items()
        for module in modules
        if is_inside(module, LIVE)
        and (is_inside(name, LIVE[:1]) is not is_inside(module, LIVE[:1]))
        and not (is_inside(name, LIVE[1:]) and module in engine)
    ] == []


@pytest.mark.parametrize("path", sorted(INSIDE.glob("*.py")), ids=lambda path: path.stem)
def test_what_runs_inside_the_office_needs_only_the_office(path: Path) -> None:
    """Its Python may be as old as 3.9 and has none of our packages."""
    tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=OLDEST_OFFICE_PYTHON)
    top = {module.partition(".")[0] for module in imported(tree)}
    newer = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "zip"
        and node.keywords
    ]

    assert top - set(OFFICE_MODULES) <= sys.stdlib_module_names
    assert newer == []


def test_no_script_hides_a_package() -> None:
    """A script's folder comes first where Python looks: beside a click.py nobody finds the package click."""
    root = SOURCE.parents[1]
    scripts = {path.stem for folder in ("benchmarks", "tools") for path in (root / folder).glob("*.py")}
    taken = {*sys.stdlib_module_names, *importlib.metadata.packages_distributions()}

    assert sorted(scripts & taken) == []
