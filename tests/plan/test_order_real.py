"""The five real orders of the shared folder are read as a person reads them.

Three are compared cell by cell with the truth that lies beside them; of the other two only counts
and the places of the damage are told here: the orders are not ours.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sheetsync.documents.text_file import read_text
from sheetsync.plan.order import read_document
from sheetsync.plan.order_json import order_as_json

ORDERS = Path(__file__).parents[3] / "shared" / "orders"
pytestmark = [
    pytest.mark.real_orders,
    pytest.mark.skipif(not ORDERS.is_dir(), reason="the shared folder with the real orders is not here"),
]

WITH_TRUTH = ("plavsk-2023", "ocher-2023", "khotynets-2023")


@cache
def read(name: str) -> dict[str, Any]:
    path = ORDERS / f"{name}.txt"
    return order_as_json(read_document(read_text(path.read_bytes(), path.name)))


def truth(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((ORDERS / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    return told


def same(a: str | None, b: str | None) -> bool:
    return re.sub(r"\s+", " ", a or "").strip() == re.sub(r"\s+", " ", b or "").strip()


@pytest.mark.parametrize("name", WITH_TRUTH)
def test_every_cell_of_the_truth(name: str) -> None:
    read_ones, true_ones = read(name)["activities"], truth(name)["activities"]

    assert [one["number"] for one in read_ones] == [one["number_expected"] for one in true_ones]
    assert [one["number_printed"] for one in read_ones] == [one["number_as_printed"] for one in true_ones]
    assert [one["section"] for one in read_ones] == [one["section"] for one in true_ones]
    for got, true in zip(read_ones, true_ones, strict=True):
        assert same(got["title"], true["title"])
        assert same(got["deadline"]["text"], true["deadline"])
        assert same(got["responsible"]["text"], true["responsible"])
        assert same(got["result"], true["result"])
        assert same(got["info"], true["info"])


@pytest.mark.parametrize("name", WITH_TRUTH)
def test_what_the_order_says_of_itself(name: str) -> None:
    order, true = read(name)["order"], truth(name)

    assert (order["number"], order["date"]) == (true["order_number"], true["order_date"])
    assert (order["issuer"], order["title"]) == (true["issuer"], true["title"])
    assert (order["years"], order["report_due"]) == (true["years"], true["report_due"])
    assert [one["name"] for one in order["schools"]] == true["schools"]
    assert order["curators"] == true["curator_pairs"]
    assert [one["title"] for one in read(name)["sections"]] == [one["title"] for one in true["sections"]]


def codes(name: str) -> dict[str, set[str]]:
    """The doubts of each activity by its number."""
    return {one["number"]: {doubt["code"] for doubt in one["doubts"]} for one in read(name)["activities"]}


def test_urvan() -> None:
    order = read("urvan-2021")
    activities = {one["number"]: one for one in order["activities"]}
    sizes = {"1": 2, "2": 13, "3": 8, "4": 6, "5": 4, "6": 5, "7": 10}

    assert list(activities) == [
        f"{section}.{n}" for section, size in sizes.items() for n in range(1, size + 1)
    ]
    assert (order["order"]["number"], order["order"]["date"]) == ("5 - ОД", "2021-01-18")
    assert order["order"]["years"] == [2021]
    assert (len(order["order"]["schools"]), order["order"]["report_due"]) == (2, None)
    assert (activities["1.2"]["number_printed"], activities["2.5"]["number_printed"]) == ("", "25.")
    assert activities["2.10"]["deadline"]["text"] == "в период после снятия ограничительных мер в очной форме"
    assert activities["2.12"]["responsible"]["text"] is None
    assert activities["3.8"]["deadline"]["text"] is None
    assert all(one["result"] for one in order["activities"])
    assert {"number-missing"} <= codes("urvan-2021")["1.2"]
    assert {"number-corrected"} <= codes("urvan-2021")["2.5"]
    assert {number for number, found in codes("urvan-2021").items() if "row-rejoined" in found} == {
        "2.10",
        "4.3",
        "7.3",
    }
    assert [one["code"] for one in order["doubts"]].count("section-outside-table") == 3
    assert [one["target"] for one in order["indicators"] if one["target"]] == [100.0, 100.0]


def test_shimanovsk() -> None:
    order = read("shimanovsk-2020-2022")
    activities = {one["number"]: one for one in order["activities"]}
    sizes = {"1": 2, "2": 22, "3": 6}

    assert list(activities) == [
        f"{section}.{n}" for section, size in sizes.items() for n in range(1, size + 1)
    ]
    assert (order["order"]["number"], order["order"]["date"]) == ("222", "2019-12-03")
    assert order["order"]["years"] == [2020, 2021, 2022]
    assert len(order["order"]["schools"]) == 4
    assert activities["1.2"]["deadline"]["text"] is None
    assert activities["2.6"]["result"].endswith("общего образования к прохождению ГИА.")
    rejoined = {number for number, found in codes("shimanovsk-2020-2022").items() if "row-rejoined" in found}
    assert rejoined == {"2.6", "2.9", "2.13", "3.2"}
    assert "row-unfinished" in codes("shimanovsk-2020-2022")["2.18"]
    assert {70.0, 90.0, 100.0} <= {one["target"] for one in order["indicators"]}
    assert {20.0, 40.0} == {one["target"] for one in order["indicators"] if one["activity"]}


def test_ocher_marks_every_damage() -> None:
    order = read("ocher-2023")

    assert {"page-dropped", "orphan-tail", "schools-absent", "numbers-absent"} <= {
        one["code"] for one in order["doubts"]
    }
    assert "page-duplicated" in codes("ocher-2023")["4"]
    assert "orphan-tail" in codes("ocher-2023")["6"]
