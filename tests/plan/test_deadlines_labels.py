"""The labelled deadlines of real orders: how many are read as a person read them."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from sheetsync.plan.deadlines import read_deadline

LABELS = Path(__file__).parents[2] / ".." / "shared" / "labels" / "deadlines.tsv"
REQUIRED = 0.98

pytestmark = [
    pytest.mark.real_orders,
    pytest.mark.skipif(not LABELS.parents[1].exists(), reason="the shared folder of real orders is absent"),
]


def labels() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def plan_of(text: str) -> dict[str, Any]:
    """«2023», «2020-2022», «2021/2022»; anything else is a plan of unknown years."""
    years = [int(one) for one in re.findall(r"\d{4}", text)]
    if re.fullmatch(r"\d{4}/\d{4}", text):
        return {"years": years, "school_year": True}
    if re.fullmatch(r"\d{4}-\d{4}", text):
        return {"years": range(years[0], years[1] + 1), "school_year": False}
    return {"years": years if re.fullmatch(r"\d{4}", text) else []}


def label_of(row: dict[str, str]) -> tuple[str, str, str]:
    kind = "unknown" if row["kind"] == "empty/unknown" else row["kind"]
    return kind, row["start"], row["due"]


def reading_of(row: dict[str, str]) -> tuple[str, str, str]:
    found = read_deadline(row["phrase"], **plan_of(row["plan_years"]))
    kind = found.kind.value + (f"({found.repeat.value})" if found.repeat else "")
    return kind, str(found.start or ""), str(found.due or "")


def test_labelled_deadlines_are_read_as_a_person_read_them(capsys: pytest.CaptureFixture[str]) -> None:
    rows = labels()
    wrong = [
        (row["phrase"], label_of(row), reading_of(row)) for row in rows if label_of(row) != reading_of(row)
    ]
    with capsys.disabled():
        print(f"\ndeadlines: {len(rows) - len(wrong)} of {len(rows)} labels; different: {wrong}")

    assert len(rows) - len(wrong) >= REQUIRED * len(rows)


def test_a_label_without_a_due_date_is_never_read_in_silence() -> None:
    """Where a person left the date open, the program asks, unless the words need no date."""
    silent = [
        row["phrase"]
        for row in labels()
        if not row["due"] and row["kind"] not in ("continuous", "by-external-plan")
        if not read_deadline(row["phrase"], **plan_of(row["plan_years"])).doubts
    ]

    assert silent in ([], ["ежегодно в срок до 1 февраля"])
