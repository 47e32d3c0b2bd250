"""Copies as schools really send them: issued, filled, damaged, received, consolidated, judged.

Every school of a district does something else to its form. The judge reads the written district
workbook and the JSON: each answer at its activity or told, none at a wrong row, none lost.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import damaged_district as damaged
import district_fixture as district
import pytest
from file_damages import DAMAGES, HONEST, Case, Draft
from file_stories import STORIES, Post

from resaving import saved_by_libreoffice
from sheetsync import campaign, store
from sheetsync.findings import make

SPEAKS_OF_FILES = "FVRMSX"
RESAVED = ("xlsx", "ods", "xls")
RESAVED_DAMAGES = ("untouched", "answers_with_signs_of_formulas", "lines_and_spaces", "title_rows_above",
                   "rows_sorted", "a_column_inserted", "an_answer_column_deleted", "links_behind_words",
                   "comments_on_answers", "keys_wiped", "pasted_as_values", "constants_in_names")  # fmt: skip
NOT_IN_XLS = {"links_behind_words", "comments_on_answers", "constants_in_names"}
"""What the reader of old .xls does not see; F102 says so beside every such file."""


@dataclass(frozen=True)
class Judged:
    """One campaign after its runs: what came of every case, by damage and participant."""

    place: Path
    cases: Mapping[str, list[tuple[Case, damaged.Judgement]]]


def judged(place: Path, cases: list[Case], runs: list[Mapping[str, bytes]]) -> Judged:
    for files in runs:
        for name, data in files.items():
            district.receive(place, name, data)
        result = campaign.consolidate(place, district.DUE, district.NOW)
    seen = damaged.Seen(place, result)
    found: dict[str, list[tuple[Case, damaged.Judgement]]] = {}
    for case in cases:
        verdict = seen.judge(case)
        print(f"{case.name:40} {case.code} {verdict}")
        found.setdefault(case.name, []).append((case, verdict))
    return Judged(place, found)


def spoil(place: Path, names: Iterable[str]) -> dict[str, Draft]:
    """Every damage done to the form of a school of its own, by name of the damage."""
    plan = district.plan_of(place)
    found = {}
    for number, name in enumerate(names, 3):
        code = f"S{number:02d}"
        draft = damaged.filled(district.form_of(place, code), code)
        draft.strange = next(row for row in plan.rows if row.reporters and code not in row.reporters)
        DAMAGES[name](draft)
        found[name] = draft
    return found


@pytest.fixture(scope="session")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Every damage as openpyxl saves it."""
    place = damaged.new(tmp_path_factory.mktemp("direct"), len(DAMAGES) + 2)
    spoilt = spoil(place, DAMAGES)
    cases = [draft.case(name, f"{name}.xlsx") for name, draft in spoilt.items()]
    return judged(place, cases, [{f"{name}.xlsx": draft.saved() for name, draft in spoilt.items()}])


@pytest.fixture(scope="session")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Judged]:
    """Some of the files opened and saved again by a real LibreOffice, a campaign for every format."""
    folder = tmp_path_factory.mktemp("resaved")
    issued = damaged.new(folder, len(RESAVED_DAMAGES) + 2)
    spoilt = spoil(issued, RESAVED_DAMAGES)
    files = [folder / f"{name}.xlsx" for name in RESAVED_DAMAGES]
    for path in files:
        path.write_bytes(spoilt[path.stem].saved())
    found = {}
    for kind in RESAVED:
        saved = saved_by_libreoffice(folder, files, kind)
        place = folder / f"кампания {kind}"
        shutil.copytree(issued, place)
        names = {name: f"{name}.{kind}" for name in RESAVED_DAMAGES}
        cases = [spoilt[name].case(name, file) for name, file in names.items()]
        data = {file: saved[file].read_bytes() for file in names.values()}
        found[kind] = judged(place, cases, [data])
    return found


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """Several files of a school, several schools in a file, older forms; two runs, two issues."""
    folder = tmp_path_factory.mktemp("stories")
    place = damaged.new(folder, 26)
    before = folder / "прошлый год"
    before.mkdir()
    other = damaged.new(before, 12, year=2025, number=3)
    shutil.copytree(place / store.FORMS_FOLDER, folder / "первый выпуск")
    damaged.change_plan(place)
    campaign.issue_forms(place, district.NOW)
    codes = [f"S{number:02d}" for number in range(3, 27)]
    post = Post(place, folder / "первый выпуск", other / store.FORMS_FOLDER, codes)
    for name, story in STORIES.items():
        post.told = name
        story(post)
    return judged(place, post.cases, [post.runs[1], post.runs[2]])


@pytest.mark.parametrize("name", DAMAGES)
def test_every_answer_is_at_its_activity_or_told(direct: Judged, name: str) -> None:
    """Typed by the school, found in the workbook: placed or told; nothing wrong, nothing lost."""
    for _, verdict in direct.cases[name]:
        assert verdict.is_clean, verdict.troubles
        assert verdict.right >= 100
        assert verdict.unplaced == 0


@pytest.mark.parametrize("name", sorted(HONEST))
def test_an_honest_copy_raises_no_alarm(direct: Judged, name: str) -> None:
    assert [verdict.alarms for _, verdict in direct.cases[name]] == [set()]


@pytest.mark.parametrize(
    ("name", "codes"),
    {
        "own_row_inserted": {"R305"},
        "keys_wiped": {"R324"},
        "a_column_inserted": {"R322"},
        "an_answer_column_deleted": {"R302"},
        "moved_down_and_right": set(),
        "title_rows_above": {"R307"},
        "pasted_as_values": {"R308", "R324", "V204", "V208"},
        "sheet_renamed_and_sheets_added": {"R307", "R308"},
        "links_behind_words": {"R333"},
        "comments_on_answers": {"R316"},
        "formulas_without_values": {"R314"},
        "a_row_of_another_school": {"R317"},
        "all_marks_lost": {"R324", "V204", "V208"},
        "marks_lost_but_keys": set(),
    }.items(),
)
def test_a_damage_is_told_by_its_own_findings_only(direct: Judged, name: str, codes: set[str]) -> None:
    """What the form itself says (prompts, help, formulas) is never remarked."""
    assert [verdict.alarms for _, verdict in direct.cases[name]] == [codes]


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", RESAVED)
@pytest.mark.parametrize("name", RESAVED_DAMAGES)
def test_files_saved_again_by_libreoffice(resaved: dict[str, Judged], kind: str, name: str) -> None:
    ((_, verdict),) = resaved[kind].cases[name]
    quiet = {"F102"} if kind == "xls" else set()

    if not (kind == "xls" and name in NOT_IN_XLS):
        assert verdict.is_clean, verdict.troubles
    assert not verdict.wrong
    assert verdict.unaccounted == 0
    assert verdict.right >= 100
    if name in HONEST:
        assert verdict.alarms == quiet


@pytest.mark.parametrize("name", STORIES)
def test_several_files_and_several_schools(stories: Judged, name: str) -> None:
    for _, verdict in stories.cases[name]:
        assert verdict.is_clean, verdict.troubles


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a_form_overwritten_with_another_name", "V205"),
        ("last_years_plan", "V202"),
        ("an_older_issue", "V206"),
        ("two_schools_on_two_sheets", "V211"),
        ("two_copies_that_disagree", "M701"),
        ("a_later_copy_takes_over", "M702"),
        ("the_same_copy_twice", "V207"),
    ],
)
def test_a_story_is_told_by_its_finding(stories: Judged, name: str, code: str) -> None:
    for _, verdict in stories.cases[name]:
        assert verdict.codes[code] > 0
        assert "S802" not in verdict.codes


def test_a_form_exported_by_google_raises_no_alarm(stories: Judged) -> None:
    assert [verdict.alarms for _, verdict in stories.cases["exported_by_google"]] == [set()]


def test_an_answer_to_a_row_asked_no_more_is_kept_aside(stories: Judged) -> None:
    ((_, verdict),) = stories.cases["an_older_issue"]

    assert verdict.unplaced == 6
    assert verdict.codes["R317"] == 1
    assert verdict.codes["R309"] == 0


# --- one file on its own ------------------------------------------------------------------------

ALONE: dict[str, set[str]] = {
    "untouched": set(),
    "rows_sorted": set(),
    "keys_wiped": {"R324"},
    "columns_moved": set(),
    "headers_renamed": {"R301"},
    "title_rows_above": {"R307"},
}


def alarms_alone(path: Path) -> set[str]:
    """What checking one file, far from any campaign, says of the file and its form."""
    found = campaign.check_file(path, district.DUE)
    assert [one.answered for one in found.answered] == [20]
    return {one.code for one in found.findings if one.code[0] in SPEAKS_OF_FILES}


@pytest.mark.parametrize(
    ("name", "codes"),
    ALONE.items(),
)
def test_one_file_is_checked_on_its_own(direct: Judged, tmp_path: Path, name: str, codes: set[str]) -> None:
    path = direct.place / store.RECEIVED_FOLDER / f"{name}.xlsx"

    assert alarms_alone(Path(shutil.copy(path, tmp_path))) == codes


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_an_honest_copy_saved_by_libreoffice_is_checked_on_its_own(
    resaved: dict[str, Judged], tmp_path: Path, kind: str
) -> None:
    path = resaved[kind].place / store.RECEIVED_FOLDER / f"untouched.{kind}"

    assert alarms_alone(Path(shutil.copy(path, tmp_path))) == set()


def test_a_report_without_marks_and_without_a_campaign_is_named_so(direct: Judged, tmp_path: Path) -> None:
    path = shutil.copy(direct.place / store.RECEIVED_FOLDER / "all_marks_lost.xlsx", tmp_path)

    found = campaign.check_file(Path(path), district.DUE)

    assert [one.code for one in found.findings] == [make("V212").code]
