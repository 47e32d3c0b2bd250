"""«make demo»: the whole story on the bundled district, and the bundled example itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sheetsync import campaign, cli, demo, store
from sheetsync.documents.reading import read_order_document
from sheetsync.plan.order import read_document
from sheetsync.plan.order_json import order_as_json

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "район"
    demo.run(folder, NOW)
    return folder


def test_the_story_ends_with_the_workbook_the_rates_and_five_findings(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["demo", "--dir", str(tmp_path / "район")])
    said = capfd.readouterr().err.strip().splitlines()

    assert code == 0
    assert [line.split(":")[0] for line in said if store.NEW_WORKBOOK_NAME in line] == ["Районная книга"]
    assert any(line.startswith("На 20.10.2026: поступило") for line in said)
    assert len([line for line in said if line.startswith("[обязательно]")]) == 5


def test_each_school_came_back_in_its_own_state(played: Path) -> None:
    found = campaign.consolidate(played, demo.LATE_DAY, NOW).consolidation
    by_code = {one.participant: one for one in found.completeness}
    told = {(one.participant, one.code) for one in found.findings}

    assert by_code["S01"].missing == 0
    assert by_code["S01"].evidenced == by_code["S01"].done
    assert by_code["S02"].missing > 0
    assert ("S02", "E601") in told
    assert not by_code["S03"].on_time
    assert not by_code["S04"].received
    assert ("S05", "R301") in told
    assert by_code["S06"].received
    assert any(one.origin.file.endswith(".ods") and one.participant == "S06" for one in found.files)
    assert by_code["O01"].received
    assert [line.unaccounted for line in found.ledger] == [0] * len(found.ledger)


def test_played_again_it_takes_the_next_folder_and_leaves_the_first_alone(played: Path) -> None:
    before = (played / store.NEW_WORKBOOK_NAME).read_bytes()

    demo.run(played, NOW)

    assert (played / store.NEW_WORKBOOK_NAME).read_bytes() == before
    assert (played.with_name(f"{played.name}-2") / store.NEW_WORKBOOK_NAME).exists()


def test_the_bundled_order_says_the_same_in_word_and_as_text() -> None:
    """tools/build_example.py made the one from the other."""
    said = [
        order_as_json(read_document(read_order_document(demo.example(name), name)))
        for name in ("order.txt", "order.docx")
    ]

    assert said[0]["activities"] == said[1]["activities"]
    assert said[0]["order"] == said[1]["order"]
    assert len(said[0]["activities"]) == 39
