"""The benchmark measures what it says; how fast anything is is no business of a test."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import bench
import bench_buttons
import bench_changes
import bench_country
import bench_district
import bench_growth
import bench_hostile
import bench_page
import bench_points
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

from sheetsync import campaign, store
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
    bench.measure(bench.Bench(4, 4, 2, Hours(120), ("read", "write", "many")))
    told = capsys.readouterr().out

    assert "прочитать одну копию" in told
    assert "записать 240 строк" in told
    assert "4 копий, ничего не изменилось" in told
    assert "другие программы занимали" in told


def test_a_district_is_consolidated_as_a_user_would(tmp_path: Path) -> None:
    with bench_work.campaign_of(corpus.Recipe(4, rows=20)) as place:
        cost = bench_work.consolidate(place, watched=True)
        corpus.send_again(corpus.Recipe(4, rows=20), place, 0)

        assert (place / store.STATE_FOLDER / "backups").is_dir()
        assert len(bench_work.received(place)) == 4
    assert cost.cpu > 0
    assert cost.together >= cost.parent > 10 << 20


def test_every_other_button_is_pressed_once() -> None:
    """In a folder that was consolidated; none of them fails."""
    found = list(bench_buttons.pressed(corpus.Recipe(4, rows=20), Hours(120)))

    assert [button for button, _ in found] == list(bench_buttons.BUTTONS)
    assert all(cost.together > 10 << 20 for _, cost in found)


def test_every_kind_of_run_of_a_district_is_measured_in_a_folder_of_its_own() -> None:
    """First, as it was, one cell other, a due date moved, another day; beside the script."""
    recipe = corpus.Recipe(4, rows=20)
    found = bench_district.measured(recipe, Hours(60), wanted=1)
    found.script = bench_district.script(recipe, Hours(60))
    works = [*bench_district.full_rows(found), *bench_district.again_rows(found)]

    assert [len(one) for one in (found.first, found.again, found.changed)] == [1, 3, 1]
    assert found.memory is not None
    assert found.memory.resident >= found.memory.together
    assert found.script.copies == 4
    assert len({one.work for one in works}) == len(works) == 9


def test_the_next_run_only_looks_and_a_moved_due_date_is_seen() -> None:
    with bench_work.campaign_of(corpus.Recipe(4, rows=20)) as place:
        bench_work.consolidate(place)
        book = store.open_campaign(place).workbook
        written = book.stat().st_mtime_ns
        bench_work.consolidate(place)

        assert book.stat().st_mtime_ns == written
        assert store.open_campaign(place).last_run.exists()
        assert bench_changes.findings_in(place) >= 4

        moved = bench_changes.move_due(place)
        plan = campaign.consolidate(place, moved, datetime(2025, 12, 22, 9, tzinfo=UTC)).consolidation.plan
        assert plan.rows[0].due == moved


def test_a_script_that_would_take_too_long_is_measured_on_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_district, "_script", lambda files: Cost(len(files), len(files)))
    monkeypatch.setattr(bench_district, "received", lambda _: [Path()] * 1000)
    monkeypatch.setattr(corpus, "kept", lambda _: Path())
    found = bench_district.script(corpus.Recipe(1000), Hours(2000))

    assert found.copies == 333
    assert math.isclose(found.seconds(1000), 1000)


def test_a_small_country_is_measured_to_the_region_s_workbook() -> None:
    """One district of two is read, the other is like it; then again with a copy sent anew."""
    rows, first = bench_country.rows(Country(2, 2), Hours(30.5), 0.1)

    assert [one.verdict for one in rows if one.value is None] == []
    assert rows[0].against.startswith("прочитано районов: 1")
    assert first is not None
    assert first.cpu > 0


def test_a_country_that_does_not_fit_is_said_not_to_be_measured() -> None:
    (row,), first = bench_country.rows(Country(40, 1000), Hours(100), 0.1)

    assert row.verdict == "не мерено"
    assert first is None
    assert Country(40, 1000).fitting(Hours(1000), 0.1) == 6


def test_a_slow_machine_measures_a_smaller_district(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a second a copy a thousand of them would take the whole time."""
    monkeypatch.setattr(bench_district, "_TRIED", 2)
    monkeypatch.setattr(bench_district, "pace", lambda: 1)

    assert bench_district.affordable(1000, Hours(10_000)) == 1000
    assert bench_district.affordable(1000, Hours(1_000)) == 100
    assert bench_district.affordable(2, Hours(1)) == 2


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
    for name, make in bench_hostile.KINDS.items():
        assert make(good) != good, name


@pytest.mark.parametrize("kind", ["billion laughs в общих строках", "обрезанный файл"])
def test_a_hostile_copy_is_told_and_the_others_are_in_the_workbook(kind: str) -> None:
    with bench_work.campaign_of(corpus.Recipe(4, rows=20)) as place:
        good = bench_work.received(place)[0].read_bytes()
        (place / store.RECEIVED_FOLDER / "Отчёт.xlsx").write_bytes(bench_hostile.KINDS[kind](good))
        found = campaign.consolidate(
            place, date(2025, 12, 22), datetime(2025, 12, 22, 9, tzinfo=UTC), whole=True
        )

    senders = {one.participant for one in found.consolidation.outcomes if one.entry}
    assert senders == {"S01", "S02", "S03", "S04"}
    assert any("Отчёт.xlsx" in str(one) for one in found.consolidation.findings)


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
        (Row("", "", "", 30, TIMES), ""),
        (Row("", "", "", 400, TIMES, stretch=350, more_is_better=True), "с запасом"),
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


TABLES = ("цели", "страна", "куда уходит время", "рост по копиям", "рост", "google")


def generated(name: str) -> str:
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    _, _, rest = page.partition(f"<!-- Отсюда сделано make bench: {name}. -->")
    inside, closed, _ = rest.partition(f"<!-- Досюда: {name}. -->")
    assert closed, name
    return inside


@pytest.mark.parametrize("name", TABLES)
def test_a_generated_part_is_as_the_benchmark_writes_it(name: str) -> None:
    """Whole tables, each row with as many cells as its head; the goals say where they were measured."""
    inside = generated(name)
    lines = [line for line in inside.splitlines() if line.startswith("|")]
    width = 0
    for line, below in pairwise([*lines, ""]):
        width = line.count("|") if below.startswith("| ---") else width
        assert line.count("|") == width, line
    if name in ("цели", "страна") and lines:
        assert lines[0] == f"| {' | '.join(bench_page.HEADS)} |"
        assert "другие программы занимали" in inside
        assert {line.rsplit("|", 2)[1].strip() for line in lines[2:]} <= VERDICTS


VERDICTS = {"да", "с запасом", "**нет**", "не мерено", ""}


def test_points_of_other_days_stay_and_those_of_another_machine_go(tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    old = Curve("копий", tuple(Point(n, Cost(n, n, n, n, n), "01.01.2026") for n in (100, 40_000)))
    bench_points.keep(old, "здесь", path)
    found = bench_points.together({100: Point(100, Cost(1, 2, 3, 4, 5), "02.01.2026")}, "здесь", path)

    assert [one.amount for one in found.points] == [100, 40_000]
    assert [one.day for one in found.points] == ["02.01.2026", "01.01.2026"]
    assert found.points[1] == old.points[1]
    assert "01.01.2026" in bench_growth.told(found)
    assert bench_points.together({}, "там", path).points == ()


def test_a_curve_is_drawn(tmp_path: Path) -> None:
    curve = Curve("копий", tuple(Point(n, Cost(n, n, n << 20, n << 20)) for n in (10, 100, 1000)))
    bench_growth.plot(curve, tmp_path / "growth.png")

    assert (tmp_path / "growth.png").read_bytes().startswith(b"\x89PNG")
