"""«make demo»: the whole story on the bundled district, and the bundled example itself."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

from sheetsync import campaign, cli, demo, demo_schools, store
from sheetsync.documents.reading import read_order_document
from sheetsync.model import ReviewState
from sheetsync.plan.order import read_document
from sheetsync.plan.order_json import order_as_json

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "район"
    demo.run(folder, NOW)
    return folder


def test_the_story_ends_with_the_workbook_the_rates_five_findings_and_where_to_look(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["demo", "--dir", str(tmp_path / "район")])
    said = capfd.readouterr().err.strip().splitlines()

    assert code == 0
    assert [line.split(":")[0] for line in said if store.NEW_WORKBOOK_NAME in line] == ["Районная книга"]
    assert any(line.startswith("На 30.10.2026: поступило 100 %") for line in said)
    assert len([line for line in said if line.startswith("[обязательно]")]) == 5
    places = [Path(line.split(": ")[1]) for line in said[said.index("Посмотрите ещё:") + 1 :]]
    assert len(places) == 4
    assert all(place.exists() for place in places)


def test_each_school_came_back_in_its_own_state(played: Path) -> None:
    found = campaign.consolidate(played, demo.LAST_DAY, NOW).consolidation
    by_code = {one.participant: one for one in found.completeness}
    told = {(one.participant, one.code) for one in found.findings}

    assert by_code["S01"].missing == 0
    assert by_code["S01"].evidenced == by_code["S01"].done
    assert by_code["S02"].missing > 0
    assert by_code["S02"].on_time
    assert ("S02", "E601") not in told
    assert ("S02", "D503") in told
    assert not by_code["S03"].on_time
    assert by_code["S04"].received
    assert not by_code["S04"].on_time
    assert ("S05", "R301") in told
    assert by_code["S06"].received
    assert any(one.origin.file.endswith(".ods") and one.participant == "S06" for one in found.files)
    assert by_code["O01"].received
    assert [line.unaccounted for line in found.ledger] == [0] * len(found.ledger)


def test_what_was_sent_back_was_mended_and_accepted_but_for_one_row(played: Path) -> None:
    """The rows without documents went back in one form; six came back mended and were accepted."""
    found = campaign.consolidate(played, demo.LAST_DAY, NOW, whole=True).consolidation
    remarked = [one for one in found.outcomes if one.decision.remark]

    assert [one.name[:3] for one in (played / "Возврат").glob("*.xlsx")] == ["S02"]
    assert {one.participant for one in remarked} == {"S02"}
    assert len(remarked) == 7
    assert Counter(one.review for one in remarked) == {ReviewState.ACCEPTED: 6, ReviewState.REWORK: 1}
    assert sum(one.review is ReviewState.ACCEPTED for one in found.outcomes) > 100


def test_letters_went_only_to_those_who_owed_something(played: Path) -> None:
    letters = sorted((played / "Письма" / f"{demo.REVIEWED_ON}").iterdir())

    assert [f"{one.name[:3]} {one.suffix}" for one in letters] == [
        "S02 .docx",
        "S02 .eml",
        "S04 .docx",
        "S04 .eml",
    ]


def test_the_note_says_what_the_copy_that_came_after_it_changed(played: Path) -> None:
    written = docx.Document(str(played / "Справка.docx"))
    said = " ".join([one.text for one in written.paragraphs])
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}

    assert f"{demo.LAST_DAY:%d.%m.%Y}" in said
    assert f"{demo.NOTED_ON:%d.%m.%Y}" in said
    assert any("Озёркинская, просим извинить.xlsx" in one for one in cells)
    assert any(one.startswith("88,9") for one in cells)


def test_played_again_it_takes_the_next_folder_and_leaves_the_first_alone(played: Path) -> None:
    before = (played / store.NEW_WORKBOOK_NAME).read_bytes()

    demo.run(played, NOW)

    assert (played / store.NEW_WORKBOOK_NAME).read_bytes() == before
    assert (played.with_name(f"{played.name}-2") / store.NEW_WORKBOOK_NAME).exists()


def test_the_bundled_order_says_the_same_in_word_and_as_text() -> None:
    """tools/build_example.py made the one from the other."""
    said = [
        order_as_json(read_document(read_order_document(demo_schools.example(name), name)))
        for name in ("order.txt", "order.docx")
    ]

    assert said[0]["activities"] == said[1]["activities"]
    assert said[0]["order"] == said[1]["order"]
    assert len(said[0]["activities"]) == 39
