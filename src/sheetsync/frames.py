"""The tables of a district workbook as pandas DataFrames, for whoever analyses or exports them.

from sheetsync import read_district
entries = read_district("Район-2026")["Исполнение"]
entries.groupby("Участник")["Статус"].value_counts()
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sheetsync import store
from sheetsync.campaign.files import open_workbook, read_table
from sheetsync.columns import DISTRICT_TABLES, Kind, TableSpec
from sheetsync.district.bodies import Record, records_of
from sheetsync.grid import Value

if TYPE_CHECKING:
    import pandas as pd


def read_district(place: str | Path) -> dict[str, pd.DataFrame]:
    """Every declared table by the name of its sheet; columns are headed as in the workbook.

    ``place`` is the campaign folder or the workbook in it. Dates are timestamps, empty cells NA.
    Raises ``store.StoreError`` when there is no campaign or a table is gone.
    """
    workbook = open_workbook(store.open_campaign(Path(place)))
    return {
        spec.sheet: _frame(spec, records_of(spec, read_table(workbook, spec.name)))
        for spec in DISTRICT_TABLES
    }


def _frame(spec: TableSpec, records: list[Record]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - heavy, and only analysts need it

    frame = pd.DataFrame(
        {one.header: [_plain(record.cell(one.key).value) for record in records] for one in spec.columns}
    )
    for one in spec.columns:
        if one.kind is Kind.DATE:
            frame[one.header] = pd.to_datetime(frame[one.header], errors="coerce")
    return frame.convert_dtypes()


def _plain(value: Value) -> Value:
    """Dates of one sort, so that a column keeps one type."""
    return value.isoformat() if isinstance(value, date) else value
