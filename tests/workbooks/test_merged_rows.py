"""Merged cells beside a table whose rows change their order: what is written in them stays in sight."""

from __future__ import annotations

import io

import openpyxl
import pytest

from office_workbook import entries_body, office_workbook, replaced
from sheetsync.columns import ENTRIES_SHEET

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """The office merged two rows beside the table and wrote into them."""
    book = openpyxl.load_workbook(io.BytesIO(office_workbook()))
    book[ENTRIES_SHEET]["N5"] = "обе школы"
    book[ENTRIES_SHEET].merge_cells("N5:N6")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("order", "cell", "merged"),
    [
        (("k3", "k1", "k2"), "N6", {"N6:N7"}),
        (("k2", "k1", "k3"), "N6", set()),
        (("k1", "новая", "k2", "k3"), "N5", set()),
    ],
)
def test_the_text_of_merged_rows_stays_in_sight(
    workbook: bytes, order: tuple[str, ...], cell: str, merged: set[str]
) -> None:
    """Found by the live workbook's tests: in the other order the text stood under the merge, unseen."""
    sheet = openpyxl.load_workbook(io.BytesIO(replaced(workbook, entries_body(*order))))[ENTRIES_SHEET]

    assert sheet[cell].value == "обе школы"
    assert {one.coord for one in sheet.merged_cells.ranges if one.coord.startswith("N")} == merged
