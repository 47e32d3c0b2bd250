"""The copies that are measured are what they are said to be."""

from __future__ import annotations

import pickle
import shutil
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import corpus
import openpyxl
import pytest
from corpus_answers import COMMENTS

from sheetsync import campaign, store
from sheetsync.campaign.form_shelf import FOLDER
from sheetsync.columns import FORM_SHEET, MARKS_SHEET
from sheetsync.workbooks.copies import open_copy

AT = datetime(2025, 12, 22, 9, tzinfo=UTC)


def copies(folder: Path) -> list[Path]:
    return sorted((folder / store.RECEIVED_FOLDER).iterdir())


def test_a_copy_holds_what_excel_would_save(four: Path) -> None:
    """Two links a row, notes, marks, validation, protection: read by a library that is not ours."""
    book = openpyxl.load_workbook(copies(four)[0])
    sheet = book[FORM_SHEET]
    cells = [cell for row in sheet.iter_rows() for cell in row]

    assert 34 <= sum(cell.hyperlink is not None for cell in cells) <= 44
    assert sum(cell.comment is not None for cell in cells) == COMMENTS
    assert book[MARKS_SHEET].sheet_state == "veryHidden"
    assert "sheetsync" in book.custom_doc_props.names
    assert sheet.protection.sheet
    assert len(sheet.data_validations.dataValidation) == 7
    assert len(sheet.conditional_formatting) == 8


def test_calculated_cells_have_their_values(four: Path) -> None:
    """As Excel leaves them: a reader that does not calculate sees the verdict of each row."""
    sheet = openpyxl.load_workbook(copies(four)[0], data_only=True)[FORM_SHEET]
    shown = [sheet.cell(row, 13).value for row in range(8, 26)]

    assert shown.count("готово") >= 10


def test_all_texts_stand_among_the_shared_strings(four: Path) -> None:
    with zipfile.ZipFile(copies(four)[0]) as archive:
        sheets = [archive.read(one).decode() for one in archive.namelist() if "worksheets/sheet" in one]

        assert archive.testzip() is None
    assert not any("inlineStr" in one for one in sheets)


def test_the_product_reads_every_copy_as_its_own_form(four: Path, tmp_path: Path) -> None:
    """Each is recognised, nothing is lost, and there is something to remark on, as in a real district."""
    place = tmp_path / "campaign"
    shutil.copytree(four, place)
    result = campaign.consolidate(place, date(2025, 12, 22), AT, whole=True).consolidation
    found = [one.code for one in result.findings]

    assert {one.participant for one in result.outcomes if one.entry} == {"S01", "S02", "S03", "S04"}
    assert not [one for one in found if one[0] in "FVX"]
    assert 5 * 4 <= len(found) <= 20 * 4


def test_equal_recipes_give_equal_bytes(four: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    corpus.make(corpus.Recipe(4, rows=20), again)

    assert [one.name for one in copies(again)] == [one.name for one in copies(four)]
    assert [one.read_bytes() for one in copies(again)] == [one.read_bytes() for one in copies(four)]


def test_most_long_texts_are_said_once(tmp_path: Path) -> None:
    """Whoever remembers texts he has read gains little here."""
    made = corpus.make(corpus.Recipe(12, rows=20), tmp_path / "twelve")

    assert made.copies == 12
    assert made.distinct / made.texts > 0.95


def test_forms_made_fast_are_the_forms_of_the_product(four: Path, tmp_path: Path) -> None:
    """The forms themselves, and what is remembered of each so that no run has to open it."""
    fast = store.open_campaign(four)
    slow = corpus.begun(corpus.Recipe(4, rows=20), tmp_path / "issued")
    issued = campaign.issue_forms(slow.folder, corpus.AT)

    assert len(issued.written) == 4
    assert kept(slow.originals) == kept(fast.originals)
    assert kept(slow.forms) == kept(fast.forms)
    assert remembered(slow.state / FOLDER) == remembered(fast.state / FOLDER)
    assert len(kept(fast.state / FOLDER)) == 4 + 1


def kept(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def remembered(folder: Path) -> dict[str, object]:
    """Records of forms; what all forms of a kind have in common is compared as values."""
    return {
        name: pickle.loads(data.partition(b"\n")[2]) if name.endswith(".kind") else data
        for name, data in kept(folder).items()
    }


def test_a_copy_sent_again_says_one_thing_otherwise(four: Path, tmp_path: Path) -> None:
    place = tmp_path / "campaign"
    shutil.copytree(four, place)
    path = corpus.send_again(corpus.Recipe(4, rows=20), place, 1)
    before, after = (
        openpyxl.load_workbook(one)[FORM_SHEET] for one in (copies(four)[copies(place).index(path)], path)
    )
    changed = [
        (old.value, new.value)
        for rows in zip(before.iter_rows(), after.iter_rows(), strict=True)
        for old, new in zip(*rows, strict=True)
        if old.value != new.value
    ]

    assert len(changed) == 1
    assert changed[0][1].startswith(changed[0][0])


def test_one_silent_school_of_a_hundred_and_one_that_sends_twice() -> None:
    sent = list(corpus.sent(corpus.Recipe(200)))

    assert len(sent) == 200
    assert sum(one.again for one in sent) == 2
    assert len({one.school for one in sent}) == 198


def test_a_kept_corpus_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(corpus.KEPT_IN, str(tmp_path))
    recipe = corpus.Recipe(2, rows=20)
    first = corpus.kept(recipe)
    written = first.stat().st_mtime_ns

    assert corpus.kept(recipe) == first
    assert first.stat().st_mtime_ns == written
    assert len(copies(first)) == 2


def test_a_corpus_of_another_form_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(corpus.KEPT_IN, str(tmp_path))
    recipe = corpus.Recipe(2, rows=20)
    old = corpus.kept(recipe)
    monkeypatch.setattr(corpus, "fingerprint", lambda: "another")

    assert not corpus.is_kept(recipe)
    assert corpus.kept(recipe) != old
    assert not old.exists()


def test_a_plan_of_any_length_has_distinct_rows() -> None:
    from corpus_district import plan  # noqa: PLC0415 - beside the others it would hide the fixture's name

    for rows in (20, 60, 300):
        assert len({one.title for one in plan(rows)}) == rows
        assert len({one.number for one in plan(rows)}) == rows


def test_what_is_copied_opens_without_a_finding(four: Path) -> None:
    opened = open_copy(copies(four)[1].read_bytes(), "копия.xlsx")

    assert opened.book is not None
    assert not opened.findings
