"""The five real orders, amended by a mutated copy of themselves: rows that stayed keep their keys."""

from __future__ import annotations

from pathlib import Path

import district_fixture as district
import pytest
from msgspec.structs import replace

from sheetsync import campaign
from sheetsync.district.amended import drafted
from sheetsync.district.draft import participants_of
from sheetsync.model import Activity, Order
from sheetsync.plan.amending import amend
from sheetsync.plan.amending_rows import Kind
from sheetsync.plan.keys import keys_of

ORDERS = Path(__file__).parents[3] / "shared" / "orders"
NAMES = ("khotynets-2023", "ocher-2023", "plavsk-2023", "shimanovsk-2020-2022", "urvan-2021")
pytestmark = [
    pytest.mark.real_orders,
    pytest.mark.skipif(not ORDERS.is_dir(), reason="the shared folder with the real orders is not here"),
]


def order_of(name: str) -> Order:
    return campaign.read_order_file(ORDERS / f"{name}.txt")


def mutated(order: Order) -> tuple[Order, dict[int, int]]:
    """Every seventh row gone, the rest numbered anew, every fifth reworded, every third moved; two rows
    new. And which row stayed as which."""
    stayed = [place for place in range(len(order.activities)) if place % 7 != 3]
    rows = [_mutated(order.activities[old], new) for new, old in enumerate(stayed)]
    added = [
        replace(rows[0], number=f"99.{step}", title=title)
        for step, title in enumerate(
            ("Выставка детских рисунков ко дню города", "Ремонт спортивного инвентаря")
        )
    ]
    rows += added
    keys = keys_of(one.title for one in rows)
    keyed = tuple(replace(one, key=key) for one, key in zip(rows, keys, strict=True))
    return replace(order, activities=keyed), {old: new for new, old in enumerate(stayed)}


def _mutated(one: Activity, place: int) -> Activity:
    title = f"{one.title} (в том числе дистанционно)" if place % 5 == 2 and len(one.title) > 90 else one.title
    when = replace(one.deadline, text=f"{one.deadline.text}, не позднее") if place % 3 == 1 else one.deadline
    return replace(one, title=title, number=f"{place + 1}", deadline=when)


@pytest.mark.parametrize("name", NAMES)
def test_a_mutated_copy_of_a_real_order_keeps_the_keys_of_rows_that_stayed(name: str) -> None:
    order = order_of(name)
    later, stayed = mutated(order)
    roster = participants_of(order)
    base, theirs = drafted(order, roster).rows, drafted(later, roster).rows
    found = amend(base, base, theirs)
    by_drafted = {one.drafted: one.own for one in found.rows if one.drafted}
    wrong = {
        old: new
        for old, new in stayed.items()
        if by_drafted[later.activities[new].key] != order.activities[old].key
    }

    assert wrong == {}
    assert len(found.of(Kind.ADDED)) == 2
    assert len(found.of(Kind.REMOVED)) == len(order.activities) - len(stayed)


@pytest.mark.parametrize("name", NAMES)
def test_a_real_order_again_changes_nothing(name: str, tmp_path: Path) -> None:
    place, path = tmp_path / "кампания", ORDERS / f"{name}.txt"
    campaign.new_campaign(place, path, district.NOW)
    result = campaign.amend_plan(place, path, district.NOW, lambda _: True)

    assert result.proposal.is_empty
    assert result.proposal.findings == ()
