"""Charts go with their table, as in Excel: one that draws a whole column draws the whole column again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .places import Place, cells_at


def follow(doc: Any, before: Place, after: Place) -> None:
    """Charts that drew whole columns of the rows ``before`` draw the rows ``after``."""
    moved = dict(zip(_columns(doc, before), _columns(doc, after)))
    for chart in _charts(doc):
        provider = chart.getDataProvider()
        for labelled in chart.getDataSequences():
            values = labelled.getValues()
            drawn = moved.get(values.getSourceRangeRepresentation()) if values else None
            if drawn:
                renewed = provider.createDataSequenceByRangeRepresentation(drawn)
                renewed.Role = values.Role
                labelled.setValues(renewed)


def _columns(doc: Any, place: Place) -> Iterator[str]:
    """Each column of a place, as a chart writes it."""
    sheet, row, left, rows, columns = place
    for column in range(left, left + columns):
        yield cells_at(doc, (sheet, row, column, rows, 1)).AbsoluteName


def _charts(doc: Any) -> Iterator[Any]:
    for sheet in range(doc.Sheets.Count):
        shapes = doc.Sheets.getByIndex(sheet).DrawPage
        for shape in range(shapes.Count):
            model = getattr(shapes.getByIndex(shape), "Model", None)
            if model is not None and hasattr(model, "getDataSequences"):
                yield model
