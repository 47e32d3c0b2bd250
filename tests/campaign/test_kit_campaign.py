"""A campaign with buttons in its workbook: made, issued, consolidated, saved by others, refreshed."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import coordinator as office
import district_fixture as district
import openpyxl
import pytest

from resaving import saved_by_libreoffice
from sheetsync import campaign, cli, store
from sheetsync.campaign.outfitting import SECONDS, refresh_buttons
from sheetsync.columns import BUTTONS, KIT_SHEET, PROTOCOL, KitCell, KitMessage
from sheetsync.messages import use_language
from sheetsync.notices import Notice, say
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.templates import OFFICE_FOLDER, Template, macros_bytes, template_bytes

KIT_PARTS = ("xl/vbaProject.bin", "customUI/customUI.xml", "xl/drawings/vmlDrawing1.vml")
LATER = district.NOW + timedelta(days=1)
OLD_NAME = "Район.xlsx"


def kit_of(data: bytes) -> dict[str, bytes]:
    content = office.parts(data)
    return {name: content[name] for name in KIT_PARTS}


def kit_sheet(data: bytes) -> dict[str, object]:
    """What the macros would read: names of the cells and their values."""
    rows = openpyxl.load_workbook(io.BytesIO(data))[KIT_SHEET].iter_rows(values_only=True)
    return {str(name): value for name, value in rows}


def without_kit(place: Path) -> None:
    """The campaign as an older version of the program made it: Район.xlsx, no place for buttons."""
    book = openpyxl.load_workbook(io.BytesIO(office.data(place)))
    del book[KIT_SHEET]
    for name in [one for one in book.defined_names if one.startswith("ss_")]:
        del book.defined_names[name]
    office.workbook(place).unlink()
    book.save(place / OLD_NAME)


# --- a new campaign


def test_a_new_campaign_has_one_workbook_and_it_has_the_kit(place: Path) -> None:
    assert [path.name for path in place.glob("Район*")] == [store.NEW_WORKBOOK_NAME]
    assert office.workbook(place).suffix == ".xlsm"
    assert kit_of(office.data(place))["xl/vbaProject.bin"] == macros_bytes()


def test_the_macros_find_every_sentence_they_may_need(place: Path) -> None:
    told = kit_sheet(office.data(place))

    assert {f"ss_msg_{one}": say(Notice[f"KIT_{one.name}"]) for one in KitMessage}.items() <= told.items()
    assert Path(str(told[KitCell.PYTHON])).exists()
    assert (told[KitCell.PROTOCOL], told[KitCell.TIMEOUT]) == (PROTOCOL, SECONDS)
    assert told[KitCell.RECEIVED] == store.Campaign(place).received.name


def test_a_workbook_nobody_pressed_in_says_what_a_dead_button_cannot(place: Path) -> None:
    """Where macros are off nothing runs that could say so; an answer given later is never replaced."""
    first = say(Notice.PRESS_FIRST, shortcut="Собрать свод")
    book = ExcelFile.from_bytes(office.data(place))
    assert book.read_named(KitCell.STATUS).text == first

    book.write_named(KitCell.STATUS, Out("Готово"))
    office.workbook(place).write_bytes(book.to_bytes())
    refresh_buttons(place, district.NOW)
    again = ExcelFile.from_bytes(office.data(place))
    assert again.read_named(KitCell.STATUS).text == "Готово"


def test_sentences_are_in_the_language_the_workbook_was_made_in(tmp_path: Path) -> None:
    use_language("en")
    place = tmp_path / "К"
    campaign.new_campaign(place, district.order_file(tmp_path), district.NOW)

    assert kit_sheet(office.data(place))["ss_msg_running"] == say(Notice.KIT_RUNNING)


def test_forms_for_schools_are_plain_workbooks_without_macros(place: Path) -> None:
    forms = list((place / store.FORMS_FOLDER).iterdir())
    named = [name for path in forms for name in office.parts(path.read_bytes())]
    types = [office.parts(path.read_bytes())["[Content_Types].xml"] for path in forms]

    assert len(forms) >= 3
    assert {path.suffix for path in forms} == {".xlsx"}
    assert not [name for name in named if re.search(r"vba|customUI|ctrlProp|activeX", name, re.IGNORECASE)]
    assert not [one for one in types if b"macroEnabled" in one]


# --- consolidations leave the kit alone


def test_a_consolidation_keeps_every_part_of_the_kit_byte_for_byte(place: Path, tmp_path: Path) -> None:
    before = office.data(place)
    office.send(place, "S01")
    office.press(place, 1)
    once = office.data(place)
    office.send(place, "S02")
    office.press(place, 2)
    twice = office.data(place)

    assert once != before
    assert kit_of(before) == kit_of(once) == kit_of(twice)
    assert kit_sheet(before) == kit_sheet(twice)
    assert office.press(place, 3).written_to is None
    assert office.faults(twice, tmp_path) == []
    assert office.orphan_parts(twice) == set()


def test_a_workbook_with_buttons_dropped_among_the_copies_is_known_for_ours(place: Path) -> None:
    district.receive(place, "случайно.xlsm", office.data(place))
    result = office.press(place, 1)

    told = {one.code for one in result.consolidation.findings if one.origin.file == "случайно.xlsm"}

    assert told == {"V215", "F107"}


def test_the_kit_is_no_reason_to_write_a_consolidated_workbook_again(place: Path) -> None:
    """A refresh on the same computer gives what is there already, and the next run finds nothing to do."""
    office.send(place, "S01")
    office.press(place, 1)
    before = office.data(place)
    campaign.refresh_buttons(place, LATER)

    assert office.data(place) == before
    assert office.press(place, 2).written_to is None


# --- a refresh


def test_an_old_workbook_becomes_one_with_buttons_and_the_old_one_is_kept(place: Path) -> None:
    without_kit(place)
    old = (place / OLD_NAME).read_bytes()
    result = campaign.refresh_buttons(place, LATER)
    backups = [path.read_bytes() for path in (place / store.STATE_FOLDER / "backups").iterdir()]

    assert [path.name for path in place.glob("Район*")] == [store.NEW_WORKBOOK_NAME]
    assert old in backups
    assert OLD_NAME in result.sentences[0]
    assert not result.needs_user
    assert kit_of(office.data(place))["xl/vbaProject.bin"] == macros_bytes()
    office.send(place, "S01")
    assert office.press(place, 1).written_to == office.workbook(place)


def test_two_workbooks_left_by_a_refresh_that_was_cut_off_become_one(place: Path) -> None:
    (place / OLD_NAME).write_bytes(b"what was before")
    campaign.refresh_buttons(place, LATER)
    backups = [path.read_bytes() for path in (place / store.STATE_FOLDER / "backups").iterdir()]

    assert [path.name for path in place.glob("Район*")] == [store.NEW_WORKBOOK_NAME]
    assert b"what was before" in backups


def test_a_workbook_open_in_a_program_is_not_refreshed(place: Path) -> None:
    before = office.data(place)
    (place / f"~${store.NEW_WORKBOOK_NAME}").write_bytes(b"x")

    with pytest.raises(store.StoreError, match="закройте"):
        campaign.refresh_buttons(place, LATER)

    assert office.data(place) == before


def test_an_old_workbook_another_program_holds_is_told_of_and_stays_the_only_one(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_kit(place)
    before = (place / OLD_NAME).read_bytes()

    def held(path: Path, target: Path) -> None:
        raise PermissionError(13, "занят", str(path), 32, str(target))

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(store.StoreError, match=OLD_NAME):
        campaign.refresh_buttons(place, LATER)

    assert [path.name for path in place.glob("Район*")] == [OLD_NAME]
    assert (place / OLD_NAME).read_bytes() == before


def test_a_refresh_tells_the_macros_of_the_python_it_ran_in(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/opt/новый/python")
    campaign.refresh_buttons(place, LATER)

    assert kit_sheet(office.data(place))[KitCell.PYTHON] == "/opt/новый/python"


# --- an office with macros of its own


def test_a_template_with_macros_of_its_own_keeps_them_and_the_office_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "К"
    (place / OFFICE_FOLDER).mkdir(parents=True)
    own = b"\xd0\xcf\x11\xe0 macros of the office"
    template = place / OFFICE_FOLDER / Path(Template.DISTRICT.value).with_suffix(".xlsm")
    template.write_bytes(with_macros(template_bytes(Template.DISTRICT), own))

    code = cli.run(["new", str(place), "--order", str(district.order_file(tmp_path))])

    assert code == cli.DONE
    assert "Кнопки не добавлены" in capsys.readouterr().out
    assert office.parts(office.data(place))["xl/vbaProject.bin"] == own
    assert campaign.refresh_buttons(place, LATER).needs_user


def with_macros(book: bytes, project: bytes) -> bytes:
    content = office.parts(book) | {"xl/vbaProject.bin": project}
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdVba" Type="{kind}" Target="vbaProject.bin"/></Relationships>'.encode(),
    )
    content["[Content_Types].xml"] = content["[Content_Types].xml"].replace(
        b"<Default ",
        b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default ',
        1,
    )
    return office.packed(content)


# --- LibreOffice


@pytest.mark.libreoffice
def test_libreoffice_shows_the_buttons_and_a_consolidation_gives_back_those_it_lost(
    place: Path, tmp_path: Path
) -> None:
    """LibreOffice 7.4 writes buttons so that it does not find them itself again; the rest it keeps."""
    declared = {one.caption: one.macro for one in BUTTONS}
    new = office.data(place)
    saved = converted(new, "xlsm:Calc MS Excel 2007 VBA XML", tmp_path)
    office.workbook(place).write_bytes(saved)
    office.send(place, "S01")
    written = office.press(place, 1).written_to
    consolidated = office.data(place)
    campaign.refresh_buttons(place, LATER)
    refreshed = office.data(place)

    assert shown_buttons(new, tmp_path) == declared
    assert written == office.workbook(place)
    assert shown_buttons(consolidated, tmp_path) == declared
    assert not [name for name in office.parts(consolidated) if "ctrlProp" in name and name.endswith(".xml")]
    assert office.orphan_parts(refreshed) == set()
    assert kit_of(refreshed)["xl/vbaProject.bin"] == macros_bytes()
    assert office.press(place, 3).written_to is None
    assert kit_sheet(refreshed) == kit_sheet(new)


FORM = "urn:oasis:names:tc:opendocument:xmlns:form:1.0"
SCRIPT = "urn:oasis:names:tc:opendocument:xmlns:script:1.0"
LINK = "http://www.w3.org/1999/xlink"


def converted(book: bytes, kind: str, folder: Path) -> bytes:
    """The workbook as LibreOffice saves it in another format, or in its own way in the same."""
    source = folder / "книга.xlsm"
    source.write_bytes(book)
    saved = saved_by_libreoffice(folder, [source], kind)
    return saved[f"книга.{kind.partition(':')[0]}"].read_bytes()


def shown_buttons(book: bytes, folder: Path) -> dict[str, str]:
    """Caption -> macro of the buttons LibreOffice has on the panel, from its own flat format."""
    root = ET.fromstring(converted(book, "fods", folder))
    found = {}
    for button in root.iter(f"{{{FORM}}}button"):
        hrefs = [one.get(f"{{{LINK}}}href", "") for one in button.iter(f"{{{SCRIPT}}}event-listener")]
        macros = [match[1] for one in hrefs if (match := re.search(r"modSheetsync\.(\w+)\?", one))]
        found[button.get(f"{{{FORM}}}label", "")] = macros[0] if macros else ""
    return found
