"""A coordinator drops whatever came into «Получено»: whose it is, or why nobody can say."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import district_fixture as district
import pytest
from copy_desk import (
    CASES,
    UNKNOWN,
    Desk,
    Got,
    drop_textual_marks,
    pasted,
    receive_all,
    set_name,
    through_libreoffice,
    values,
    zipped,
)
from whose_copies import without_code

from sheetsync import campaign, store
from sheetsync.model import Verdict

OFTEN = [name for name, one in CASES.items() if not one.is_rare]
RESAVED = (
    "marks property sheet printed keys",
    "marks property",
    "marks sheet",
    "marks printed keys",
    "marks keys",
    "named «Отчёт Липовской СОШ»",
    "three_schools_on_three_sheets",
    "the_third_of_three_tables_is_nobodys",
)
ALONE = (
    "marks property sheet printed keys",
    "marks printed keys, printed lies",
    "marks none",
    "property_of_nobody",
    "all_marks_of_nobody",
    "last_years_form",
    "an_older_issue",
    "a_newer_issue_than_known",
    "another_schools_form_with_ones_own_name",
    "the_file_name_alone_decides_nothing",
    "only_the_table_pasted",
    "three_tables_on_one_sheet",
    "the_third_of_three_sheets_is_nobodys",
    "reports_of_two_years_on_two_sheets",
    "a_curator_reports",
    "the_district_workbook",
    "the_template_of_forms",
    "another_workbook",
)
"""Cases also checked one by one, with ``check FILE``."""


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Forms issued, nothing received."""
    return Desk(tmp_path_factory.mktemp("стол"))


@pytest.fixture
def desk(issued: Desk, tmp_path: Path) -> Desk:
    return issued.another(tmp_path)


@pytest.fixture(scope="module")
def judged(issued: Desk, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Mapping[str, Got]]:
    """A campaign that received every case, and what came of each in one press of the button."""
    desk = issued.another(tmp_path_factory.mktemp("всё сразу"))
    return desk, {one.name: got for one, got in receive_all(desk, (CASES[name] for name in OFTEN))}


@pytest.fixture
def found(judged: tuple[Desk, Mapping[str, Got]]) -> Mapping[str, Got]:
    return judged[1]


def file_of(judged: tuple[Desk, Mapping[str, Got]], name: str) -> Path:
    return judged[0].place / store.RECEIVED_FOLDER / CASES[name].file_name


@pytest.mark.parametrize("name", OFTEN)
def test_whose_copy_it_is(found: Mapping[str, Got], name: str) -> None:
    """The verdict, the participants and the findings that say how surely, and nothing else."""
    expected = CASES[name].expected

    assert found[name].verdict is expected.verdict
    assert found[name].participants == expected.participants
    assert found[name].codes == expected.codes


@pytest.mark.parametrize("name", ALONE)
def test_one_file_is_judged_alike_on_its_own(
    judged: tuple[Desk, Mapping[str, Got]], found: Mapping[str, Got], name: str
) -> None:
    """«check FILE» within the campaign says what the свод says."""
    alone = campaign.check_file(file_of(judged, name), district.DUE)

    assert alone.verdict is found[name].verdict
    assert {one.code for one in alone.findings if one.code[0] in "VFX"} == found[name].codes
    assert {one.code for one in alone.answered} == found[name].participants


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("the_district_workbook", "V215"),
        ("the_template_of_forms", "V216"),
        ("only_the_table_pasted", "V212"),
        ("another_workbook", "V201"),
    ],
)
def test_far_from_any_campaign_our_own_workbooks_are_known(
    judged: tuple[Desk, Mapping[str, Got]], tmp_path: Path, name: str, code: str
) -> None:
    """«check FILE» of a file somebody carried away."""
    path = shutil.copy(file_of(judged, name), tmp_path)

    alone = campaign.check_file(Path(path), district.DUE)

    assert [one.code for one in alone.findings] == [code]


@pytest.mark.libreoffice
def test_nothing_changes_when_libreoffice_saved_the_file_again(desk: Desk) -> None:
    for one, got in receive_all(desk, through_libreoffice(desk, RESAVED, "ods")):
        expected = one.expected
        assert (one.name, got.verdict, got.participants, got.codes) == (
            one.name,
            expected.verdict,
            expected.participants,
            expected.codes,
        )


def test_a_zip_with_a_folder_for_every_school(desk: Desk) -> None:
    """Each member is recognised by itself; a member with another school's form is told."""
    drafts = {code: desk.draft(code, "-zip") for code in ("S01", "S02", "S04")}
    nameless = desk.draft("S03", "-zip")
    drop_textual_marks(nameless)
    set_name(nameless, None)
    members = {
        "Липовская СОШ/форма.xlsx": drafts["S01"].saved(),
        "Кленовская ООШ/форма.xlsx": drafts["S04"].saved(),
        "разное/форма.xlsx": drafts["S02"].saved(),
        "разное/без шапки.xlsx": nameless.saved(),
        "разное/скан.pdf": b"%PDF-1.4",
    }
    district.receive(desk.place, "все школы.zip", zipped(members))

    result = campaign.consolidate(desk.place, district.DUE, district.NOW).consolidation
    files = {one.origin.file: one for one in result.files}
    codes = {
        name: {
            one.code
            for one in result.findings
            if one.origin.file == f"все школы.zip/{name}" and one.code[0] == "V"
        }
        for name in members
    }

    assert {name: files[f"все школы.zip/{name}"].participant for name in members} == {
        "Липовская СОШ/форма.xlsx": "S01",
        "Кленовская ООШ/форма.xlsx": "S04",
        "разное/форма.xlsx": "S02",
        "разное/без шапки.xlsx": None,
        "разное/скан.pdf": None,
    }
    assert files["все школы.zip/разное/скан.pdf"].verdict is Verdict.SKIPPED
    assert codes["Кленовская ООШ/форма.xlsx"] == {"V214"}
    assert codes["разное/без шапки.xlsx"] == {"V203"}
    assert not codes["Липовская СОШ/форма.xlsx"] | codes["разное/форма.xlsx"]


def test_answers_of_an_unknown_school_are_shown_under_nobodys_name(desk: Desk) -> None:
    """What stands in a table that is nobody's is in «Не размещено», each value with its cell."""
    one, two = desk.draft("S05", "-гость"), desk.draft("S06", "-чужая")
    set_name(two, UNKNOWN)
    pasted(one.book, "Ещё", without_code(values(two)))
    district.receive(desk.place, "гость.xlsx", one.saved())

    result = campaign.consolidate(desk.place, district.DUE, district.NOW).consolidation
    aside = {one.text: one for one in result.unplaced if one.origin.file == "гость.xlsx"}

    for text in (text for (_, column), text in two.expected.items() if column == "info"):
        assert aside[text].participant is None
        assert aside[text].origin.sheet == "Ещё"
    placed = [one.entry.text("info") for one in result.outcomes if one.entry]
    assert not any("чужая" in text for text in placed)
