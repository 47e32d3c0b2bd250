"""An analyst opens the district workbook in pandas."""

from __future__ import annotations

from pathlib import Path

import district_fixture as district
import pandas as pd

from sheetsync import campaign, read_district


def test_the_tables_of_the_workbook_are_data_frames(place: Path) -> None:
    district.receive(place, "отчёт.xlsx", district.filled(place, "S01", district.all_good(place, "S01")))
    campaign.consolidate(place, district.DUE, district.NOW)

    tables = read_district(place)
    entries, completeness = tables["Исполнение"], tables["Полнота"]
    done = entries[entries["Статус"] == "выполнено"]

    assert set(done["Участник"]) == {"Липовская СОШ"}
    assert done["Дата исполнения"].unique().tolist() == [pd.Timestamp("2026-02-01")]
    assert completeness.set_index("Участник").loc["Липовская СОШ", "Выполнено"] == 5
    assert completeness["Строк всего"].sum() == 5 + 5 + 5 + 1
