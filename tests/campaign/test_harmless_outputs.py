"""Whatever a school types, hangs on a cell or names a file: every output holds it as plain text, all of it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import coordinator as office
import cut_off
import district_fixture as district
import hostile_district as hostile
import openpyxl
import pytest
from hostile_texts import addresses, texts

from resaving import saved_by_libreoffice
from sheetsync import campaign
from sheetsync.columns import ENTRIES_SHEET, FORM_SHEET, JOURNAL, UNPLACED
from sheetsync.district.entry_rows import is_web_address
from sheetsync.model import Participant
from sheetsync.printable import json_text, printable
from sheetsync.workbooks.ooxml import escape
from sheetsync.workbooks.ooxml_text import unescape

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

ROWS = 10
TYPED = texts(0)[::11][: ROWS * 9]
SIGNS = tuple("=+-@＝＋－＠'")
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.fixture(scope="module")
def consolidated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three schools typed a hundred hostile texts; the button was pressed."""
    place = hostile.new(tmp_path_factory.mktemp("hostile"), ROWS)
    for one in hostile.shared_out(TYPED, ROWS):
        district.receive(place, one.file, hostile.form(place, one))
    result = office.press(place, 1)
    assert [line.unaccounted for line in result.consolidation.ledger] == [0, 0, 0]
    return place


def seen(data: bytes) -> dict[str, list[tuple[str, Any]]]:
    found = defaultdict(list)
    for sheet, cell, text in hostile.cells_of(data):
        found[text].append((sheet, cell))
    return found


# --- answers


def test_every_text_comes_back_character_for_character(consolidated: Path) -> None:
    shown = seen(office.data(consolidated))

    assert [text for text in TYPED if not any(sheet == ENTRIES_SHEET for sheet, _ in shown[text])] == []


def test_nothing_typed_becomes_live_or_leads_outside(consolidated: Path, place: Path, tmp_path: Path) -> None:
    data = office.data(consolidated)
    office.press(place, 1)

    assert hostile.formulas_of(data) - hostile.formulas_of(office.data(place)) == set()
    assert hostile.outward(data) == []
    assert office.faults(data, tmp_path) == []
    assert office.press(consolidated, 2).written_to is None


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://lipki.example/a?b=c@d", True),
        ("HTTP://lipki.example", True),
        ("http://@5", False),
        ("https://gosuslugi.example@evil.example/", False),
        ("http:///etc/passwd", False),
        ("https://", False),
        ("ftp://lipki.example", False),
        ("//lipki.example/share", False),
        ("http://[", False),
    ],
)
def test_only_an_honest_web_address_becomes_a_link(text: str, is_link: bool) -> None:
    assert is_web_address(text) is is_link


def test_text_stays_text_after_f2_and_enter(consolidated: Path) -> None:
    """Formulas, wide signs, numbers and dates as text carry the quiet quote; ordinary words do not."""
    shown = seen(office.data(consolidated))
    turning = [text for text in TYPED if text.lstrip().startswith(SIGNS)]

    assert len(turning) > 15
    for text in turning:
        assert all(cell.quotePrefix for sheet, cell in shown[text] if sheet == ENTRIES_SHEET), text
    assert not any(cell.quotePrefix for _, cell in shown["Липовская СОШ"])


@pytest.mark.libreoffice
def test_libreoffice_reads_the_same_texts(consolidated: Path, tmp_path: Path) -> None:
    """But for signs below the space and their spelling «_x0041_»: LibreOffice takes some of these amiss."""
    [saved] = saved_by_libreoffice(tmp_path, [office.workbook(consolidated)]).values()
    data = saved.read_bytes()
    shown = {plain(text) for text in seen(data)}

    assert [text for text in TYPED if plain(text) not in shown and "_x00" not in text] == []
    assert hostile.outward(data) == []


def plain(text: str) -> str:
    return re.sub("[\x00-\x1f\ufffe\uffff]+", "", text)


# --- comments, targets of links, names of sheets and files


def test_comments_and_targets_are_shown_as_text_and_only_web_addresses_lead_anywhere(
    tmp_path: Path,
) -> None:
    place = hostile.new(tmp_path, ROWS)
    targets = addresses()
    for step, code in enumerate(hostile.SCHOOLS):
        numbers = [f"1.{row}" for row in range(1, ROWS + 1)]
        one = hostile.Typed(
            code,
            f"{code}.xlsx",
            {number: {"info": "Сделано", "document": "приказ"} for number in numbers},
            dict(zip(numbers, TYPED[step * ROWS :], strict=False)),
            dict(zip(numbers, targets[step * ROWS :], strict=False)),
        )
        district.receive(place, one.file, hostile.form(place, one))

    result = office.press(place, 1)
    data = office.data(place)
    shown = "\n".join(text for _, _, text in hostile.cells_of(data))

    assert hostile.outward(data) == []
    assert [line.unaccounted for line in result.consolidation.ledger] == [0, 0, 0]
    assert [text for text in TYPED[: 3 * ROWS] if text.strip()[:1000] not in shown] == []
    assert office.faults(data, tmp_path) == []


NAMES = (
    "=cmd|' C calc'!A0.xlsx",
    "+1.xlsx",
    "@SUM(1).xlsx",
    "-rf.xlsx",
    "\x1b[31mкрасный\x1b[0m.xlsx",
    "\x1b]0;захват\x07.xlsx",
    "gnp.\u202excod.xlsx",
    "с\nпереносом\r.xlsx",
    "[bold]жирно[/bold] :100:.xlsx",
    "{name} %s.xlsx",
    "_x0041_.xlsx",
    "имя \udce9 не в utf-8.xlsx",
    "'\"<&>.xlsx",
)


def test_file_names_reach_the_sheets_as_text_and_the_terminal_as_signs(place: Path) -> None:
    """Names a terminal would obey, names that are no text at all, names that look like formulas."""
    data = district.filled(place, "S01", district.all_good(place, "S01"))
    for step, name in enumerate(NAMES):
        district.receive(place, name, data if not step else b"%d not a workbook" % step)

    code, said = cut_off.run("consolidate", place)
    shown = "\n".join(text for _, _, text in hostile.cells_of(office.data(place)))

    assert code == 1
    assert OBEYED.search(said) is None
    assert "[bold]жирно[/bold] :100:.xlsx" in said or "[bold]" in shown
    assert hostile.outward(office.data(place)) == []
    assert [name for name in NAMES if re.sub("[\x00-\x08\x0b-\x1f\udce9]", "\ufffd", name) not in shown] == []
    assert NAMES[0] in {row["Файл"] for row in office.rows(place, JOURNAL.name)}


def test_json_is_one_document_with_nothing_for_a_terminal_to_obey(
    consolidated: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from sheetsync import cli  # noqa: PLC0415

    arguments = cut_off.arguments("consolidate", consolidated)
    code = cli.run(["--lang", "en", *arguments, "--json", "--dry-run"])
    printed = capfd.readouterr()
    infos = {one["info"] for one in json.loads(printed.out)["entries"]}

    assert code != cli.CANNOT
    assert OBEYED.search(printed.out) is None
    assert OBEYED.search(printed.err) is None
    assert {text for text in TYPED[0::3] if text.strip()} - infos == set()


def test_signs_are_shown_for_what_a_terminal_would_obey() -> None:
    assert printable("\x1b[2J\x9b1m\u202eк\nд\tе\udc80") == "␛[2J\\u009b1m\\u202eк\nд\tе\\udc80"
    assert json.loads(json_text({"а": "\x9b\udc80\u202eб\x1b"})) == {"а": "\x9b\udc80\u202eб\x1b"}


def test_a_sheet_a_school_added_gives_its_name_and_values_as_text(place: Path) -> None:
    def add(sheet: Any) -> None:
        added = sheet.parent.create_sheet("=cmd|' C calc'!A0")
        added["A1"] = "=1+1"
        added["A2"] = "'=2+2"
        added["A1"].data_type = "s"

    data = district.filled(place, "S01", district.all_good(place, "S01"), add)
    district.receive(place, "S01.xlsx", data)
    office.press(place, 1)
    kept = {(row["Лист"], row["Значение"]) for row in office.rows(place, UNPLACED.name)}

    assert {("=cmd|' C calc'!A0", "=1+1"), ("=cmd|' C calc'!A0", "'=2+2")} <= kept
    assert hostile.outward(office.data(place)) == []


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "_xD83D_"),
        ("_xDE00__xD83D_", "_xDE00__xD83D_"),
        ("_x005F_xD800_", "_xD800_"),
        ("_x0000_a_x000D_", "\x00a\r"),
    ],
)
def test_half_of_a_character_escaped_alone_stays_as_written(stored: str, meant: str) -> None:
    """A lone half is no text: it could be kept by no journal and shown by no program."""
    assert unescape(stored) == meant
    assert unescape(escape(meant)) == meant


# --- whole parts of a school's file

FOREIGN = {
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro",
    "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    "xl/connections.xml": b'<connections xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
    "xl/queryTables/queryTable1.xml": b'<queryTable xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="a" connectionId="1"/>',
    "xl/activeX/activeX1.bin": b"control",
    "xl/embeddings/oleObject1.bin": b"object",
    "customXml/item1.xml": b"<person>Secret Person</person>",
}


def test_no_macro_link_or_person_of_a_school_passes_on(place: Path) -> None:
    def sign(sheet: Any) -> None:
        sheet.parent.properties.creator = sheet.parent.properties.lastModifiedBy = "Secret Person"
        sheet.parent.defined_names["злое"] = openpyxl.workbook.defined_name.DefinedName(
            "злое", attr_text="'[1]Лист1'!$A$1"
        )

    parts = office.parts(district.filled(place, "S01", district.all_good(place, "S01"), sign)) | FOREIGN
    main = rb"spreadsheetml\.sheet\.main\+xml"
    types = re.sub(main, b"ms-excel.sheet.macroEnabled.main+xml", parts["[Content_Types].xml"])
    parts["[Content_Types].xml"] = types.replace(
        b"<Default ",
        b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default ',
        1,
    )
    district.receive(place, "S01.xlsm", office.packed(parts))

    result = office.press(place, 1)
    written = office.parts(office.data(place))

    assert "F107" in office.codes(result)
    assert hostile.outward(office.data(place)) == []
    assert not any(b"Secret Person" in part for part in written.values())
    assert not any("злое".encode() in part for part in written.values())


# --- forms the office sends


def test_a_plan_that_looks_like_formulas_is_printed_in_forms_as_text(tmp_path: Path) -> None:
    order = district.ORDER
    for said in ("Назначение координатора в каждой школе", "Самодиагностика школы по выбранным рискам"):
        order = order.replace(said, f'=HYPERLINK("http://зло.example";"{said}")', 1)
    order = order.replace("Расписание", "@SUM(1;1)").replace("Справка", "=cmd|'/c calc'!A0")
    (tmp_path / "Приказ.txt").write_text(order, encoding="utf-8")
    place = tmp_path / "К"
    campaign.new_campaign(place, tmp_path / "Приказ.txt", district.NOW)
    campaign.issue_forms(place, district.NOW)
    form = district.form_of(place, "S01").read_bytes()
    cells = [cell for sheet, cell, _ in hostile.cells_of(form) if sheet == FORM_SHEET]
    live = [cell for cell in cells if cell.value.startswith(("=", "@"))]

    assert len(live) >= 3
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in live)
    assert not any("HYPERLINK" in one or "cmd" in one for one in hostile.formulas_of(form))
    assert hostile.outward(form) == hostile.outward(office.data(place)) == []
    assert office.faults(form, tmp_path) == []


@pytest.mark.parametrize(
    "name", ["=1+1", "../../x", "CON", "a" * 300, "\x1b[31m", "точка. ", "\u202eabc", "«»"]
)
def test_the_name_of_a_form_is_safe_whatever_a_school_is_called(name: str) -> None:
    from sheetsync.campaign.issuing import form_name  # noqa: PLC0415

    made = form_name(Participant("S01", name, name))

    assert made.startswith("S01")
    assert made.endswith(".xlsx")
    assert len(made) < 100
    assert Path(made).name == made
    assert OBEYED.search(made) is None
    assert not made.removesuffix(".xlsx").endswith((".", " "))


def test_the_archive_of_the_written_workbook_has_no_part_twice(consolidated: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(office.data(consolidated))) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist()))
