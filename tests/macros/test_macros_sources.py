"""The VBA sources: plain ASCII, within what both programs run, and true to what is declared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from sheetsync.columns import BUTTONS, KIT_SHEET, MACRO_MODULE, MESSAGE_CELL, KitCell, KitMessage
from sheetsync.workbooks.kit_ribbon import ADDIN_CALLBACKS, WORKBOOK_CALLBACKS
from tools_path import tool

build_macros = tool("build_macros")
WORKBOOK: Final[dict[str, str]] = build_macros.workbook_sources()
ADDIN: Final[dict[str, str]] = build_macros.addin_sources()
EVERY: Final = {f"excel/{name}": text for name, text in WORKBOOK.items()} | {
    f"addin/{name}": text for name, text in ADDIN.items() if WORKBOOK.get(name) != text
}

LIBREOFFICE_LACKS: Final = {
    r"Optional\s+[^,)]*=": "an optional parameter with a default stops in the IDE",
    r'#(?:Else)?If[^\n]*"': "a comparison of texts in #If defines both branches",
    r"\bFullName\b": "gives the name without the folder",
    r"\bAddIns\b": "is unknown",
    r"\bDoEvents\b": "starves whoever wants in over UNO",
    r"\bDeclare\b": "a library of one system",
    r":=": "named arguments are not taken everywhere",
}
NOBODY_WANTS: Final = {
    r"\bMsgBox\b|\bInputBox\b": "a dialog nobody may be there to close",
    r"^\s*End\s*$": "ends the run and forgets that work goes on",
    r"\bSendKeys\b|\bGetObject\b|\bURLDownload": "what virus scanners look for",
}
EXCEL_ONLY: Final = {
    r"\bCreateObject\b": {"RunAndWait", "UsersFolder", "SystemFiles"},
    r"\bSystemFiles\b": {"SystemFiles", "FileIsThere", "FolderIsThere", "LineBySystem", "RemoveFile"},
    r"\bApplication\.Run\b": {"RunThroughXlwings"},
    r"\bApplication\.Workbooks\b": {"HasXlwings"},
    r"\bApplication\.Hwnd\b": {"CommandLine"},
    r"\bApplication\.GetOpenFilename\b": {"ExcelChosenFile"},
    r"\bSaveCopyAs\b": {"SavedCopy"},
}
"""What only Excel has -> the procedures it may stand in; each of them reaches it in Excel alone."""

FROM_PYTHON: Final = {
    KitMessage.TIMEOUT,
    KitMessage.NO_XLWINGS,
    KitMessage.NO_CONNECTION,
    KitMessage.NO_UNO,
    KitMessage.NO_PLACE,
}
"""Words only Python leaves in the flag file."""

PROCEDURE: Final = re.compile(
    r"^(Public|Private) (Sub|Function) (\w+)\(([^)]*)\)[^\n]*\n(.*?)^End \2", re.MULTILINE | re.DOTALL
)


def bare(source: str) -> str:
    """A source without comments, and with its texts emptied."""
    without_texts = re.sub(r'"(?:[^"\n]|"")*"', '""', source)
    return re.sub(r"'[^\n]*", "", without_texts).replace(" _\r\n", " ").replace("\r\n", "\n")


def texts(source: str) -> Iterator[str]:
    without_comments = re.sub(r"^\s*'[^\n]*", "", source, flags=re.MULTILINE)
    yield from re.findall(r'"((?:[^"\n]|"")*)"', without_comments)


def procedures(sources: dict[str, str]) -> list[tuple[str, ...]]:
    """Scope, kind, name, parameters and body of every procedure."""
    return [found for text in sources.values() for found in PROCEDURE.findall(bare(text))]


@pytest.mark.parametrize("name", EVERY)
def test_a_source_is_ascii(name: str) -> None:
    """Another code page on another machine changes nothing."""
    assert EVERY[name].isascii()


def test_a_source_with_russian_letters_is_refused(tmp_path: Path) -> None:
    (tmp_path / "modText.bas").write_text('Const s = "Свод"', encoding="utf-8")
    with pytest.raises(build_macros.BadSource, match=r"modText\.bas"):
        build_macros._source(tmp_path / "modText.bas")


@pytest.mark.parametrize("name", EVERY)
def test_nothing_stands_in_a_source_that_a_program_cannot_run(name: str) -> None:
    rules = LIBREOFFICE_LACKS | NOBODY_WANTS

    assert [why for rule, why in rules.items() if re.search(rule, bare(EVERY[name]), re.MULTILINE)] == []


@pytest.mark.parametrize(
    "line",
    ["Sub A(Optional ByVal b As Long = 1)", '#If App = "Excel" Then', "x = ThisWorkbook.FullName", "DoEvents",
     'MsgBox "no"', "    End", "Open(Filename:=a)"],
)  # fmt: skip
def test_such_a_construct_would_be_found(line: str) -> None:
    rules = LIBREOFFICE_LACKS | NOBODY_WANTS

    assert any(re.search(rule, bare(line), re.MULTILINE) for rule in rules)


def test_what_only_excel_has_stands_where_only_excel_comes() -> None:
    astray = [
        (name, rule)
        for _, _, name, _, body in procedures(WORKBOOK)
        for rule, places in EXCEL_ONLY.items()
        if re.search(rule, body) and name not in places
    ]

    assert astray == []
    assert set().union(*EXCEL_ONLY.values()) <= {name for _, _, name, _, _ in procedures(WORKBOOK)}


def test_the_screen_is_let_go_in_excel_alone() -> None:
    """LibreOffice reckons the height of every row of the workbook anew then: two seconds for forty schools."""
    lines = [line.strip() for text in EVERY.values() for line in bare(text).splitlines()]
    found = [line for line in lines if "ScreenUpdating" in line]

    assert found == ["If IsExcel() Then Application.ScreenUpdating = True"]


def test_what_only_libreoffice_has_stands_in_its_module() -> None:
    words = re.compile(
        r"\b(ThisComponent|StarDesktop|GetProcessServiceManager|com\.sun\.star|createUnoService)\b"
    )

    assert [name for name, text in ADDIN.items() if words.search(bare(text) + "".join(texts(text)))] == [
        "modLibre"
    ]


@pytest.mark.parametrize("sources", [WORKBOOK, ADDIN])
def test_no_two_modules_have_a_procedure_of_one_name(sources: dict[str, str]) -> None:
    """LibreOffice keeps one list of names for the whole project."""
    names = Counter(name.lower() for _, _, name, _, _ in procedures(sources))

    assert [name for name, count in names.items() if count > 1] == []


def test_the_list_of_macros_shows_the_buttons_and_nothing_else() -> None:
    """Alt+F8 lists public subs without parameters; the ribbon calls one with its control."""
    public = [(name, parameters) for scope, kind, name, parameters, _ in procedures(WORKBOOK)
              if (scope, kind) == ("Public", "Sub")]  # fmt: skip
    listed = [name for name, parameters in public if not parameters]
    of_ribbon = [name for name, parameters in public if parameters == "ByVal control As Object"]

    assert listed == [one.macro for one in BUTTONS]
    assert [f"{MACRO_MODULE}.{name}" for name in of_ribbon] == [WORKBOOK_CALLBACKS.pressed]


def test_a_button_says_its_own_action() -> None:
    module = WORKBOOK[MACRO_MODULE]

    for one in BUTTONS:
        assert f'Public Sub {one.macro}()\r\n    PressButton "{one.action}"\r\nEnd Sub' in module


def test_the_addins_ribbon_finds_its_subs() -> None:
    subs = {
        f"modAddin.{name}"
        for scope, _, name, _, _ in procedures({"": ADDIN["modAddin"]})
        if scope == "Public"
    }

    assert {ADDIN_CALLBACKS.pressed, ADDIN_CALLBACKS.loaded, ADDIN_CALLBACKS.visible} <= subs


def test_named_cells_of_the_sources_are_the_declared_ones() -> None:
    used = {one for text in ADDIN.values() for one in texts(text) if one.startswith("ss_")}
    message = MESSAGE_CELL.format(key="")
    by_name = {one for one in used if one.startswith(message)} - {message}

    assert used - by_name == {*(cell.value for cell in KitCell if cell is not KitCell.BUTTONS), message}
    assert by_name == {MESSAGE_CELL.format(key=KitMessage.CHOOSE_FILE.value)}


def test_words_of_the_sources_are_the_declared_ones() -> None:
    """Each sentence is said by the VBA or left to Python; no word lacks its sentence."""
    words = {one for name in ("modSheetsync", "modLauncher") for one in texts(WORKBOOK[name])
             if re.fullmatch(r"(?!ss_)[a-z]+(_[a-z]+)?", one)}  # fmt: skip
    actions, signals = {one.action.value for one in BUTTONS}, {"started", "done"}

    assert words - actions - signals | {one.value for one in FROM_PYTHON | {KitMessage.CHOOSE_FILE}} == {
        one.value for one in KitMessage
    }


@pytest.mark.parametrize("name", [name for name in EVERY if name != "excel/modLibre"])
def test_every_variable_is_declared(name: str) -> None:
    """What the VBA editor says on «Compile», as far as names go."""
    assert "Option Explicit" in EVERY[name]
    assert undeclared(EVERY[name]) == set()


def test_an_undeclared_variable_is_found() -> None:
    source = EVERY["excel/modTexts"].replace("Dim sentence As String", "")

    assert undeclared(source) == {"sentence"}


LANGUAGE: Final = set(
    re.findall(
        r"\w+",
        """and array as boolean byref byval calculation case close const cstr clng dim do double else elseif empty end
    environ eof error exit explicit false for freefile function goto if input instr instrrev is isempty kill left len mid
    line long loop lbound ubound mac me new next not nothing now object on open option or private public randomize
    replace resume right rnd select set shell step string sub then timer to trim true until val variant vartype
    vbstring while withevents xor integer getattr vbdirectory chdrive chdir createobject err application thisworkbook activeworkbook
    workbook vb_name attribute""",
    )
)
"""What the language and Excel bring along, of what the sources use."""


def undeclared(source: str) -> set[str]:
    """Names used in a module that neither it, nor another module, nor the language declares."""
    plain = re.sub(r"^\s*(Attribute|#)[^\n]*", "", bare(source), flags=re.MULTILINE)
    shared = {name.lower() for _, _, name, _, _ in procedures(ADDIN)}
    module = {
        name.lower()
        for name in re.findall(r"^(?:Private|Public) (?:Const |WithEvents )?(\w+) As", plain, re.MULTILINE)
    }
    strangers: set[str] = set()
    for _, _, name, parameters, body in PROCEDURE.findall(plain):
        own = [one.split()[0] for line in re.findall(r"Dim ([^\n]+)", body) for one in line.split(",")]
        own += [*re.findall(r"(\w+) As", parameters), *re.findall(r"^(\w+):", body, re.MULTILINE), name]
        known = LANGUAGE | shared | module | {one.lower() for one in own}
        strangers |= {one for one in re.findall(r"(?<![.\w#])[A-Za-z_]\w*", body) if one.lower() not in known}
    return strangers


def test_the_page_on_inserting_by_hand_names_everything() -> None:
    """Every module, the hidden sheet, every named cell and every macro somebody has to type."""
    page = (build_macros.WORKBOOK_SOURCES.parent / "README.md").read_text(encoding="utf-8")
    cells = [cell.value for cell in KitCell if cell is not KitCell.BUTTONS]
    macros = [one.macro for one in BUTTONS]

    assert [one for one in (*WORKBOOK, KIT_SHEET, *cells, *macros) if f"`{one}`" not in page] == []
