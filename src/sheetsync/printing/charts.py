"""Charts of the note as pictures: readable in black and white, the same bytes for the same values."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import Any, Final

from sheetsync.letters.note import Chart, ChartKind
from sheetsync.letters.note_words import NOTHING, amount
from sheetsync.printing.docx_template import Picture

WIDTH_MM: Final = 165.0
_INCH_MM: Final = 25.4
_DPI: Final = 170
_LABEL: Final = 34
"""Letters of a label in one line; a longer one goes on in the next."""
_LINES: Final = 2
_BAR_INCHES: Final = 0.155
_LOOKS: Final = (("#1f3864", ""), ("#8faadc", "////"), ("#d9d9d9", "...."), ("#ffffff", "xx"))
"""Colour and hatching of a series: one of them is enough to tell it."""
_STYLE: Final[dict[Any, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "hatch.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "sheetsync",
}


def drawn(chart: Chart) -> Picture:
    """The chart as a picture; matplotlib is imported here, when there is one to draw."""
    from matplotlib import rc_context, rcdefaults, rcParams  # noqa: PLC0415 - start-up stays light
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    with rc_context():
        rcdefaults()  # whatever this user has set up
        rcParams.update(_STYLE)
        figure = Figure(
            figsize=(WIDTH_MM / _INCH_MM, height_mm(chart) / _INCH_MM), dpi=_DPI, layout="constrained"
        )
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        (_grouped if chart.kind is ChartKind.GROUPED else _stacked)(axes, chart)
        _dress(axes, chart)
        saved = io.BytesIO()
        figure.savefig(saved, format="png", metadata={"Software": None})
    return Picture(saved.getvalue(), WIDTH_MM, chart.alt)


def height_mm(chart: Chart) -> float:
    """How tall its picture is: so much for every bar, and room for the axis and the legend."""
    bars = len(chart.series) if chart.kind is ChartKind.GROUPED else 1.6
    lines = max((_wrapped(label).count("\n") + 1 for label in chart.labels), default=1)
    return _INCH_MM * (0.95 + len(chart.labels) * max(_BAR_INCHES * (bars + 0.6), 0.15 * lines + 0.1))


def _grouped(axes: Any, chart: Chart) -> None:
    """Bars of a label one under another, with their values beside."""
    thick = 0.8 / len(chart.series)
    for step, (series, (colour, hatch)) in enumerate(zip(chart.series, _LOOKS, strict=False)):
        places = [row - 0.4 + thick * (step + 0.5) for row in range(len(chart.labels))]
        axes.barh(
            places,
            [value or 0 for value in series.values],
            thick * 0.92,
            label=series.name,
            color=colour,
            hatch=hatch,
            edgecolor="black",
            linewidth=0.5,
        )
        for place, value in zip(places, series.values, strict=True):
            axes.annotate(
                NOTHING if value is None else amount(round(value, 1)),
                (value or 0, place),
                xytext=(3, 0),
                textcoords="offset points",
                va="center",
                fontsize=7.5,
            )
    if chart.line is not None:
        axes.axvline(chart.line, color="black", linestyle="--", linewidth=1, label=chart.line_name)


def _stacked(axes: Any, chart: Chart) -> None:
    """Parts of a label one after another; a value stands in its part where there is room for it."""
    starts = [0.0] * len(chart.labels)
    longest = chart.longest
    for series, (colour, hatch) in zip(chart.series, _LOOKS, strict=False):
        values = [value or 0 for value in series.values]
        axes.barh(
            range(len(values)),
            values,
            0.62,
            left=starts,
            label=series.name,
            color=colour,
            hatch=hatch,
            edgecolor="black",
            linewidth=0.5,
        )
        for row, value in enumerate(values):
            if value > 0.03 * longest:
                axes.annotate(
                    amount(value),
                    (starts[row] + value / 2, row),
                    ha="center",
                    va="center",
                    fontsize=7.5,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
                )
        starts = [start + value for start, value in zip(starts, values, strict=True)]


def _dress(axes: Any, chart: Chart) -> None:
    axes.set_yticks(range(len(chart.labels)), [_wrapped(label) for label in chart.labels])
    axes.invert_yaxis()
    axes.xaxis.get_major_locator().set_params(integer=chart.kind is ChartKind.STACKED)
    axes.set_xlim(0, _end(chart))
    axes.grid(axis="x", color="#c0c0c0", linewidth=0.5)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.figure.legend(loc="outside upper center", ncols=2, frameon=False, fontsize=8)


def _end(chart: Chart) -> float:
    """Where the axis ends: past the longest bar, its figure included."""
    return 1.12 * max(chart.top or 0, chart.longest, chart.line or 0) or 1


def _wrapped(label: str) -> str:
    """The label in at most two lines."""
    lines: Sequence[str] = textwrap.wrap(label, _LABEL)
    return "\n".join(lines[:_LINES]) + ("…" if len(lines) > _LINES else "")
