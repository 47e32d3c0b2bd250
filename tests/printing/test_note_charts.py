"""Charts of the note: the same picture for the same figures, drawn only when there is one to draw."""

from __future__ import annotations

import struct
import subprocess
import sys

import pytest

from sheetsync.letters.note import Chart, ChartKind, Series
from sheetsync.printing.charts import WIDTH_MM, drawn

RATES = Chart(
    ChartKind.GROUPED,
    "Заполнено и подтверждено, %",
    "Диаграмма",
    ("Берёзовская СОШ", "Центр психолого-педагогической, медицинской и социальной помощи «Опора» района"),
    (Series("Заполнено", (85.714, 0.0)), Series("Подтверждено", (100.0, None))),
    top=100,
)
PARTS = Chart(
    ChartKind.STACKED, "По разделам", "Диаграмма", ("1. А", "2. Б"),
    (Series("Да", (3.0, 0.0)), Series("Нет", (1.0, 0.0))),
)  # fmt: skip
TARGET = Chart(
    ChartKind.GROUPED, "Доля", "Диаграмма", ("А", "Б"),
    (Series("Прошлый период", (80.0, None)), Series("Факт", (92.0, 70.5))), line=90, line_name="цель 90",
)  # fmt: skip


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("chart", [RATES, PARTS, TARGET], ids=["rates", "parts", "target"])
def test_the_same_figures_give_the_same_picture(chart: Chart) -> None:
    picture = drawn(chart)

    assert picture.data == drawn(chart).data
    assert (picture.width_mm, picture.alt) == (WIDTH_MM, "Диаграмма")
    assert b"matplotlib" not in picture.data.lower()


def test_more_schools_make_a_taller_picture() -> None:
    many = Chart(
        ChartKind.GROUPED,
        "",
        "",
        tuple(f"Школа {n}" for n in range(30)),
        (Series("а", (50.0,) * 30),),
        top=100,
    )

    assert size(drawn(many).data)[1] > size(drawn(RATES).data)[1]


def test_other_figures_give_another_picture() -> None:
    other = Chart(RATES.kind, RATES.title, RATES.alt, RATES.labels, RATES.series[::-1], RATES.top)

    assert drawn(other).data != drawn(RATES).data


def test_what_this_user_has_set_up_for_matplotlib_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import matplotlib  # noqa: PLC0415 - as the module itself does

    before = drawn(RATES).data
    monkeypatch.setitem(matplotlib.rcParams, "font.size", 20)

    assert drawn(RATES).data == before
    assert matplotlib.rcParams["font.size"] == 20


def test_matplotlib_waits_for_a_chart() -> None:
    """A command that draws nothing does not pay for it."""
    code = "import sys, sheetsync.cli, sheetsync.campaign.reporting as r; r.report; print('matplotlib' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "False"
