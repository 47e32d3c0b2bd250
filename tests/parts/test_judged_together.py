"""Schools that share a file are judged together, and shown where the roster has them all the same."""

from __future__ import annotations

from pathlib import Path

import coordinator as office
import district_fixture as district
from same_result import differences, left_by
from several_ways import at_once, by_parts, twin


def test_the_rows_of_schools_judged_together_stand_in_the_order_of_the_roster(place: Path) -> None:
    """The first and the third school sent one scan; between them stands the second."""
    for code, name in (("S01", "Липовская СОШ"), ("S03", "СОШ №7 посёлка Ручьи")):
        district.receive(place, f"{name}/1.1 приказ.pdf", b"%PDF-1.7 one")
        office.send(place, code, f"{name}/отчёт.xlsx")
    office.send(place, "S02")
    other = twin(place, "apart")

    expected = left_by(place, at_once(place, 1))
    found = left_by(other, by_parts(other, 1))

    assert differences(expected, found) == {}
