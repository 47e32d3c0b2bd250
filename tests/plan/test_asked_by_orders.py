"""What the real orders ask for as confirmation, against labels made by hand."""

from __future__ import annotations

import pytest

from asked_by_orders import ASKED, ORDERS
from sheetsync import read_order
from sheetsync.plan.evidence_asked import Asked, asked_in
from sheetsync.plan.evidence_in_orders import read_asked


def meant(asked: Asked) -> tuple[int, frozenset[str]]:
    return asked.count, frozenset(asked.kinds)


@pytest.mark.real_orders
@pytest.mark.parametrize("name", ASKED)
def test_what_a_real_order_asks_for_is_read_as_a_person_would(name: str) -> None:
    """Kinds and number of documents right for nine rows of ten; no document where a person sees none."""
    path = ORDERS / f"{name}.txt"
    if not path.exists():
        pytest.skip("the shared folder of real orders is absent")
    rows = read_order(path).activities
    labels = [asked_in(ASKED[name].get(one.number, "")) for one in rows]
    read = [asked_in(read_asked(one.result or "", one.title).text) for one in rows]
    pairs = list(zip(labels, read, strict=True))

    assert sum(meant(label) == meant(found) for label, found in pairs) / len(pairs) >= 0.9
    assert [found.text for label, found in pairs if not label.papers and found.papers] == []
    assert set(ASKED[name]) <= {one.number for one in rows}
