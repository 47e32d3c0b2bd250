"""The benchmark measures what it says; how fast anything is is no business of a test."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path

import bench
import bench_country
import bench_growth
import bench_hostile
import bench_page
import bench_work
import corpus
import peers
import processes
import pytest
from bench_country import Country
from bench_growth import Curve, Point
from bench_page import MIB, SECONDS, TIMES, Row
from bench_work import Hours
from processes import Cost

from sheetsync import store
from sheetsync.workbooks.copies import open_copy

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def kept_here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Corpora of these tests leave nothing in the system's folders."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(corpus.KEPT_IN, str(tmp_path_factory.mktemp("kept")))
        yield


def test_the_quick_lines_of_the_table_come_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Four copies, the whole way from a corpus to a printed table."""
    bench.measure(bench.Bench(4, 4, 2, Hours(120), ("read", "write")))
    told = capsys.readouterr().out

    assert "прочитать одну копию" in told
    assert "записать 240 строк" in told
    assert "другие программы занимали" in told


def test_a_district_is_consolidated_as_a_user_would(tmp_path: Path) -> None:
    with bench_work.campaign_of(corpus.Recipe(4, rows=20)) as place:
        cost = bench_work.consolidate(place, watched=True)
        corpus.send_again(corpus.Recipe(4, rows=20), place, 0)

        assert (place / store.STATE_FOLDER / "backups").is_dir()
        assert len(bench_work.received(place)) == 4
    assert cost.cpu > 0
    assert cost.together >= cost.parent > 10 << 20


def test_a_small_country_is_measured_to_the_region_s_workbook() -> None:
    """Two districts and the level above, then again with one copy of each sent anew."""
    rows, first = bench_country.rows(Country(2, 2), Hours(1000), 0.1)

    assert [one.verdict for one in rows if one.value is None] == []
    assert first is not None
    assert first.cpu > 0


def test_a_country_that_does_not_fit_is_said_not_to_be_measured() -> None:
    (row,), first = bench_country.rows(Country(40, 1000), Hours(100), 0.1)

    assert row.verdict == "не мерено"
    assert first is None


def test_a_slow_machine_measures_a_smaller_district(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a second a copy a thousand of them would take the whole time."""
    monkeypatch.setattr(bench_work, "_TRIED", 2)
    monkeypatch.setattr(bench_work, "consolidate", lambda _: Cost(2, 2))

    assert bench_work.affordable(1000, Hours(10_000)) == 1000
    assert bench_work.affordable(1000, Hours(1_000)) == 100
    assert bench_work.affordable(2, Hours(1)) == 2


def test_work_on_a_corpus_leaves_the_kept_one_as_it_was() -> None:
    recipe = corpus.Recipe(4, rows=20)
    before = {one: one.read_bytes() for one in corpus.kept(recipe).rglob("*") if one.is_file()}
    with bench_work.campaign_of(recipe) as place:
        corpus.send_again(recipe, place, 1)

    assert {one: one.read_bytes() for one in corpus.kept(recipe).rglob("*") if one.is_file()} == before


def test_a_copy_sent_again_is_the_same_school_with_other_answers() -> None:
    recipe = corpus.Recipe(4, rows=20)
    with bench_work.campaign_of(recipe) as place:
        before = {one.name: one.read_bytes() for one in bench_work.received(place)}
        path = corpus.send_again(recipe, place, 2)
        after = {one.name: one.read_bytes() for one in bench_work.received(place)}

    assert [name for name in after if after[name] != before.get(name)] == [path.name]
    assert set(after) == set(before)


def test_hostile_copies_are_what_the_gate_is_for() -> None:
    """The value in the corner is read, by its text; the bomb is refused."""
    good = bench_work.received(corpus.kept(corpus.Recipe(4, rows=20)))[0].read_bytes()
    corner = open_copy(bench_hostile.far_corner(good), "угол.xlsx")

    assert corner.book is not None
    assert any("далеко" in cell.text for sheet in corner.book.sheets for cell in sheet.cells.values())
    assert bench_hostile.ghost_rows(good) != good


def test_the_script_of_the_office_joins_every_row(tmp_path: Path) -> None:
    folder = corpus.kept(corpus.Recipe(4, rows=20)) / store.RECEIVED_FOLDER

    assert peers.joined(folder, tmp_path / "свод.xlsx") >= 4 * 20


def test_what_is_unpacked_is_what_a_reader_needs() -> None:
    (first, *_) = bench_work.received(corpus.kept(corpus.Recipe(4, rows=20)))

    assert peers.inflated(first.read_bytes()) > first.stat().st_size


def test_memory_of_children_is_counted_and_of_the_caller_is_not() -> None:
    """A process that asks for 60 MiB itself and starts one that asks for as much again."""
    hold = "import time; held = bytearray(60 << 20); time.sleep(0.4)"
    start = f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {hold!r}])"
    command = [sys.executable, "-c", f"{start}; {hold}; child.wait()"]
    held_here = bytearray(300 << 20)
    cost = processes.run(command, watched=True)
    del held_here

    assert 60 << 20 <= cost.parent < 120 << 20
    assert 120 << 20 <= cost.together < 240 << 20


def test_a_command_that_failed_is_no_measure() -> None:
    with pytest.raises(processes.Failed, match="беда"):
        processes.run([sys.executable, "-c", "import sys; sys.stderr.write('беда'); sys.exit(2)"])


def test_growth_is_told_by_its_exponent() -> None:
    def square(amount: int) -> Point:
        return Point(amount, Cost(amount**2, amount**2, amount, amount))

    curve = Curve("копий", tuple(map(square, (10, 100, 1000))))

    assert math.isclose(curve.exponent(lambda cost: cost.cpu) or 0, 2)
    assert math.isclose(curve.exponent(lambda cost: cost.together) or 0, 1)
    assert "время 2, память 1" in bench_growth.told(curve)
    assert Curve("копий", curve.points[:2]).exponent(lambda cost: cost.cpu) is None


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (Row("", "", "", 2.5, TIMES, 3, 2), "да"),
        (Row("", "", "", 1.9, TIMES, 3, 2), "с запасом"),
        (Row("", "", "", 3.1, TIMES, 3, 2), "**нет**"),
        (Row("", "", "", 20, TIMES, 15, 28, more_is_better=True), "да"),
        (Row("", "", "", 14, TIMES, 15, 28, more_is_better=True), "**нет**"),
        (Row("", "", "", 149, MIB, 150), "да"),
        (Row("", "не хватило времени", "", None, SECONDS, 0.5), "не мерено"),
    ],
)
def test_a_line_says_whether_the_goal_is_met(row: Row, verdict: str) -> None:
    assert row.cells()[-1] == verdict


def test_a_table_replaces_only_what_stands_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "до\n<!-- Отсюда сделано make bench: рост. -->\nстарое\n<!-- Досюда: рост. -->\nпосле\n",
        encoding="utf-8",
    )
    bench_page.put("рост", "новое", page)

    assert page.read_text(encoding="utf-8") == (
        "до\n<!-- Отсюда сделано make bench: рост. -->\n\nновое\n\n<!-- Досюда: рост. -->\nпосле\n"
    )
    with pytest.raises(ValueError, match="цели"):
        bench_page.put("цели", "новое", page)


def test_the_page_has_a_place_for_every_table() -> None:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")

    for name in ("цели", "куда уходит время", "рост", "google"):
        assert f"<!-- Отсюда сделано make bench: {name}. -->" in page
        assert f"<!-- Досюда: {name}. -->" in page


def test_a_curve_is_drawn(tmp_path: Path) -> None:
    curve = Curve("копий", tuple(Point(n, Cost(n, n, n << 20, n << 20)) for n in (10, 100, 1000)))
    bench_growth.plot(curve, tmp_path / "growth.png")

    assert (tmp_path / "growth.png").read_bytes().startswith(b"\x89PNG")
