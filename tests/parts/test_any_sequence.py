"""Whatever arrives in whatever order: run by run by parts it comes to what one run for everybody comes to."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st
from same_result import differences, left_by
from several_ways import at_once, by_parts, limit_links, press, type_decision, type_in
from standing_now import need_same
from test_bundled_copies import archive_of

from sheetsync import store
from sheetsync.columns import SETTINGS
from sheetsync.grid import SHEET_LINKS
from sheetsync.settings import SETTINGS_ROWS

SCHOOLS = ("S01", "S02", "S03")
NAMES = {"S01": "Липовская СОШ", "S02": "Кленовская ООШ", "S03": "СОШ №7 посёлка Ручьи"}
SAID = (
    district.GOOD,
    {**district.GOOD, "info": "Проведено семь занятий со всеми классами школы, участвовали все. " * 3},
    {
        **district.GOOD,
        "document": "приказ № 77 от 30.01.2026",
        "info": "Собрали 14 учителей.",
        "link": "https://example.org/77",
    },
    {"status": "в работе", "info": "Начали в марте."},
    {"status": "не выполнено", "reason": "нет специалиста"},
)
"""A few answers, so that schools say the same."""


@dataclass
class Twins:
    """One campaign twice: in one every run judges everybody at once, in the other by parts."""

    one: Path
    other: Path
    minute: int = 0
    day: date = district.DUE
    made: dict[tuple[object, ...], bytes] = field(default_factory=dict)

    def each(self) -> tuple[Path, Path]:
        return self.one, self.other

    def copy(self, code: str, first: int, last: int) -> bytes:
        """A copy that says these two things; the same bytes whenever it is asked for."""
        made = (code, first, last)
        if made not in self.made:
            answers = {"1.1": SAID[first], "2.1": SAID[last]}
            self.made[made] = district.filled(self.one, code, answers)
        return self.made[made]

    def receive(self, name: str, data: bytes) -> None:
        first, second = (district.receive(place, name, data) for place in self.each())
        shutil.copystat(first, second)

    def received(self) -> list[str]:
        folder = store.open_campaign(self.one).received
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    def run(self) -> None:
        """The button in both: all of what is left behind is the same. Nobody need press it to be told."""
        self.minute += 1
        need_same(self.other, self.day)
        expected = left_by(self.one, at_once(self.one, self.minute, self.day))
        found = left_by(self.other, by_parts(self.other, self.minute, self.day))
        assert differences(expected, found) == {}


Step = Callable[[Twins, Any], None]


def new_copy(twins: Twins, data: Any) -> None:
    code, first, last = _copy(data)
    twins.receive(f"{code}.xlsx", twins.copy(code, first, last))


def corrected_copy(twins: Twins, data: Any) -> None:
    code, first, last = _copy(data)
    twins.receive(f"{code} исправленная.xlsx", twins.copy(code, first, last))


def duplicate(twins: Twins, data: Any) -> None:
    if name := _any(twins, data):
        content = (store.open_campaign(twins.one).received / name).read_bytes()
        twins.receive(f"копия {Path(name).name}", content)


def archive(twins: Twins, data: Any) -> None:
    copies = [_copy(data), _copy(data)]
    twins.receive("все.zip", archive_of(*((f"{at}.xlsx", twins.copy(*one)) for at, one in enumerate(copies))))


def of_two(twins: Twins, data: Any) -> None:
    """One file in which two schools lie: the second under the name of the first's."""
    twins.receive("S01.xlsx", twins.copy("S02", *_copy(data)[1:]))


def scan(twins: Twins, data: Any) -> None:
    code = data.draw(st.sampled_from(SCHOOLS))
    twins.receive(f"{NAMES[code]}/1.1 приказ.pdf", b"%PDF-1.7 " + data.draw(st.sampled_from([b"1", b"2"])))


def damaged(twins: Twins, data: Any) -> None:
    twins.receive("битая.xlsx", twins.copy(*_copy(data))[: data.draw(st.integers(1, 5_000))])


def removed(twins: Twins, data: Any) -> None:
    if name := _any(twins, data):
        for place in twins.each():
            (store.open_campaign(place).received / name).unlink()


def renamed(twins: Twins, data: Any) -> None:
    if name := _any(twins, data):
        for place in twins.each():
            folder = store.open_campaign(place).received
            (folder / name).rename(folder / f"новое имя {Path(name).name}")


def decided(twins: Twins, data: Any) -> None:
    code = data.draw(st.sampled_from(SCHOOLS))
    verdict = data.draw(st.sampled_from(["принято", "на доработку"]))
    for place in twins.each():
        type_decision(place, NAMES[code], "1.1", verdict, "Проверено.")


def another_day(twins: Twins, data: Any) -> None:
    twins.day += timedelta(days=data.draw(st.integers(1, 40)))


def changed_plan(twins: Twins, data: Any) -> None:
    """The coordinator gives an activity another title."""
    title = data.draw(st.sampled_from(["Пробный экзамен", "Пробный экзамен в девятых классах"]))
    for place in twins.each():
        _retitle(place, title)


def changed_settings(twins: Twins, data: Any) -> None:
    due = data.draw(st.sampled_from([district.DUE, district.DUE - timedelta(days=40)]))
    for place in twins.each():
        _set_due(place, due)


STEPS: tuple[Step, ...] = (
    *(new_copy, new_copy, corrected_copy, duplicate, archive, of_two, scan, damaged, removed, renamed),
    *(decided, another_day, changed_plan, changed_settings),
)


def _copy(data: Any) -> tuple[str, int, int]:
    says = st.integers(0, len(SAID) - 1)
    return data.draw(st.sampled_from(SCHOOLS)), data.draw(says), data.draw(says)


def _any(twins: Twins, data: Any) -> str | None:
    names = twins.received()
    return data.draw(st.sampled_from(names)) if names else None


def _retitle(place: Path, title: str) -> None:
    sheet = openpyxl.load_workbook(store.open_campaign(place).workbook)["План"]
    asked = office.row_of(sheet, "2.2"), office.column_of(sheet, "Мероприятие")
    type_in(place, sheet.title, {asked: title})


def _set_due(place: Path, due: date) -> None:
    sheet = openpyxl.load_workbook(store.open_campaign(place).workbook)[SETTINGS.sheet]
    label = next(one.label for one in SETTINGS_ROWS if one.key == "report_due")
    row = office.row_of(sheet, label)
    column = next(cell.column for cell in sheet[row] if cell.value == label) + 1
    type_in(place, sheet.title, {(row, column): due})


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_sequence_of_arrivals_comes_to_the_same(issued: Path, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        limit_links(patched, data.draw(st.sampled_from([SHEET_LINKS, 20, 8]), label="links a sheet holds"))
        one, other = (Path(shutil.copytree(issued, Path(folder) / name / issued.name)) for name in "ab")
        twins = Twins(one, other)
        for _ in range(data.draw(st.integers(1, 4), label="runs")):
            for step in data.draw(st.lists(st.sampled_from(STEPS), max_size=4)):
                step(twins, data)
            twins.run()
        afresh = Path(shutil.copytree(other, Path(folder) / "c" / issued.name))
        store.open_campaign(afresh).memory.unlink(missing_ok=True)
        minute = twins.minute + 1

        known, read_again, again = (
            by_parts(other, minute, twins.day),
            by_parts(afresh, minute, twins.day),
            at_once(one, minute, twins.day),
        )

        assert known.consolidation == read_again.consolidation
        assert known.consolidation.findings == again.consolidation.findings
        assert [bool(one.written_to) for one in (known, read_again)] == [bool(again.written_to)] * 2


@pytest.mark.parametrize("step", [changed_plan, changed_settings])
def test_what_is_typed_into_a_workbook_that_shows_nobody_yet_is_judged_by_parts(
    issued: Path, step: Callable[[Twins, Any], None], tmp_path: Path
) -> None:
    one, other = (Path(shutil.copytree(issued, tmp_path / name / issued.name)) for name in "ab")
    twins = Twins(one, other)
    twins.run()

    step(twins, _First())

    twins.run()


class _First:
    """Draws the first of whatever there is."""

    def draw(self, strategy: Any) -> Any:
        return find(strategy, lambda _: True)


def test_heights_another_program_calls_set_by_hand_come_to_the_same(issued: Path, tmp_path: Path) -> None:
    one, other = (Path(shutil.copytree(issued, tmp_path / name / issued.name)) for name in "ab")
    twins = Twins(one, other)
    twins.run()

    for place in twins.each():
        office.edit(place, lambda book: None)

    expected = left_by(one, at_once(one, 2))
    assert differences(expected, left_by(other, press(other, 2))) == {}
