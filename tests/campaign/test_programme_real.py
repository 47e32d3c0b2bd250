"""The real programme of 2020-2022: what each of its years asks, judged from the order's text by hand.

Of its thirty rows two are done once («До 01 февраля 2020 года», «2020 гг. Январь»); all others come
back every year, run through every year, or say no year at all.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from sheetsync import campaign, store
from sheetsync.campaign.files import open_workbook, read_workbook_plan
from sheetsync.model import Plan, PlanRow
from sheetsync.plan.periods import Period, periods_of_settings, plan_of_period

ORDER = Path(__file__).parents[3] / "shared" / "orders" / "shimanovsk-2020-2022.txt"
pytestmark = [
    pytest.mark.real_orders,
    pytest.mark.skipif(
        not ORDER.parent.is_dir(), reason="the shared folder with the real orders is not here"
    ),
]
ONCE = {"2.2", "2.20"}
DUE_IN_2021 = {
    "1.1": [date(2021, 9, 1)],
    "2.3": [date(2021, 3, 31), date(2021, 11, 30)],
    "2.4": [date(2021, 3, 31)],
    "2.6": [date(2021, 2, 28), date(2021, 3, 31)],
    "2.7": [date(2021, 12, 31)],
    "2.10": [date(2021, 12, 31)],
    "2.12": [date(2021, 1, 1)],
    "2.17": [date(2021, 12, 31)],
    "2.22": [date(2021, 3, 31), date(2021, 10, 31)],
    "3.2": [date(2021, 9, 30)],
}
RUNNING = {
    "2.5",
    "2.8",
    "2.9",
    "2.11",
    "2.13",
    "2.14",
    "2.15",
    "2.16",
    "2.18",
    "2.19",
    "3.1",
    "3.4",
    "3.5",
    "3.6",
}
WITHOUT_A_DATE = {"1.2", "2.1", "2.21"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan of the campaign as it was made from the order; instructions are not asked."""
    place = tmp_path_factory.mktemp("real") / "Программа"
    campaign.new_campaign(place, ORDER, datetime(2020, 1, 9, tzinfo=UTC))
    return read_workbook_plan(open_workbook(store.Campaign(place)), 1).plan


def asked(whole: Plan, period: Period, settled: dict[tuple[str, str], date]) -> dict[str, PlanRow]:
    settings = replace(
        whole.settings, period=period.label, period_start=period.start, period_end=period.finish
    )
    rows = plan_of_period(replace(whole, settings=settings), settled).asked_rows
    return {row.number: row for row in rows}


def test_the_order_is_a_programme_of_three_periods(whole: Plan) -> None:
    assert [one.label for one in periods_of_settings(whole.settings)] == ["2020", "2021", "2022"]
    assert (whole.settings.period, whole.settings.period_end) == ("2020", date(2020, 12, 31))
    assert whole.settings.report_due is None


def test_which_rows_each_year_asks(whole: Plan) -> None:
    first, *later = periods_of_settings(whole.settings)
    numbers = {row.number for row in whole.asked_rows}
    done = {(code, row.key): first.finish for row in whole.asked_rows for code in row.reporters}

    assert len(numbers) == 30
    assert set(asked(whole, first, {})) == numbers
    assert [numbers - set(asked(whole, one, done)) for one in later] == [ONCE, ONCE]
    assert [set(asked(whole, one, {})) for one in later] == [numbers, numbers]  # debts are carried over


def test_the_days_of_the_second_year(whole: Plan) -> None:
    _, second, _ = periods_of_settings(whole.settings)

    rows = asked(whole, second, {})

    assert {
        number: list(row.occurrences) for number, row in rows.items() if row.occurrences
    } == DUE_IN_2021 | {
        "3.3": [date(2021, month + 1, 1) - date.resolution for month in range(1, 12)] + [date(2021, 12, 31)]
    }
    assert {number for number, row in rows.items() if row.due == second.finish} >= RUNNING
    assert {number for number, row in rows.items() if row.due is None} == WITHOUT_A_DATE
    assert {number: row.due for number, row in rows.items() if number in ONCE} == {
        "2.2": date(2020, 2, 1),
        "2.20": date(2020, 1, 31),
    }
