"""What a snapshot of a Google sheet must be before anybody reads it.

Anyone can put a file that begins like a snapshot into «Получено». So one is let in only when it is
written as ours are, to the byte, and every field a reader asks for holds what Google puts there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sheetsync.intake.limits import Limits, Reason, Refusal

PART: Final = "снимок таблицы Google"
"""What the one part of a snapshot is called."""

SPREADSHEET: Final = "spreadsheet"
_ELEMENTS: Final = (b"{", b"[", b",")
_LARGEST: Final = 1e300
_LAST_INDEX: Final = 1 << 24


class _Number:
    """A number a cell can hold."""


class _Index:
    """A row or a column, counted from 0, or the end of a range."""


Shape = type | Mapping[str, Any] | Sequence[Any]
"""A type, an object of optional fields, or a list of one shape."""

_VALUE: Final[Shape] = {
    "stringValue": str,
    "numberValue": _Number,
    "boolValue": bool,
    "formulaValue": str,
    "errorValue": {"type": str},
}
_FORMAT: Final[Shape] = {"numberFormat": {"type": str, "pattern": str}}
_RUN: Final[Shape] = {"format": {"link": {"uri": str}}}
_CHIP: Final[Shape] = {"chip": {"richLinkProperties": {"uri": str}, "personProperties": {"email": str}}}
_CELL: Final[Shape] = {
    "userEnteredValue": _VALUE,
    "effectiveValue": _VALUE,
    "formattedValue": str,
    "userEnteredFormat": _FORMAT,
    "effectiveFormat": _FORMAT,
    "hyperlink": str,
    "note": str,
    "textFormatRuns": [_RUN],
    "chipRuns": [_CHIP],
}
_HIDDEN: Final[Shape] = {"hiddenByUser": bool, "hiddenByFilter": bool}
_RANGE: Final[Shape] = {
    "sheetId": int,
    "startRowIndex": _Index,
    "endRowIndex": _Index,
    "startColumnIndex": _Index,
    "endColumnIndex": _Index,
}
_SHEET: Final[Shape] = {
    "properties": {"sheetId": int, "title": str, "hidden": bool},
    "merges": [_RANGE],
    "protectedRanges": [{"range": _RANGE}],
    "data": [
        {
            "startRow": _Index,
            "startColumn": _Index,
            "rowMetadata": [_HIDDEN],
            "columnMetadata": [_HIDDEN],
            "rowData": [{"values": [_CELL]}],
        }
    ],
}
_SPREADSHEET: Final[Shape] = {"namedRanges": [{"name": str, "range": _RANGE}], "sheets": [_SHEET]}


def check_snapshot(data: bytes, limits: Limits) -> None:
    """Raise ``Refusal`` for what is no snapshot of ours, or one larger than the limits allow."""
    if sum(map(data.count, _ELEMENTS)) > limits.elements:
        raise Refusal(Reason.TOO_MANY_ELEMENTS, PART)
    spreadsheet: Any = _written_our_way(data).get(SPREADSHEET)
    if not _fits(spreadsheet, _SPREADSHEET):
        raise Refusal(Reason.BAD_SNAPSHOT)
    sheets = spreadsheet.get("sheets", [])
    if not sheets:
        raise Refusal(Reason.NO_WORKBOOK_PART)
    if len(sheets) > limits.sheets:
        raise Refusal(Reason.TOO_MANY_SHEETS, limits.sheets)
    if len(spreadsheet.get("namedRanges", [])) > limits.names:
        raise Refusal(Reason.TOO_MANY_NAMES, limits.names)
    if sum(len(sheet.get("merges", [])) for sheet in sheets) > limits.merges:
        raise Refusal(Reason.MERGE_AREA, limits.merges)


def snapshot_json(content: Mapping[str, Any]) -> bytes:
    """The one way a snapshot is written: sorted fields, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def _written_our_way(data: bytes) -> dict[str, Any]:
    """The content, if these bytes are what it is written as: no field twice, nothing between."""
    try:
        content = json.loads(data.decode())
        is_ours = snapshot_json(content) == data
    except RecursionError:
        raise Refusal(Reason.TOO_DEEP, PART) from None
    except ValueError:
        raise Refusal(Reason.BAD_SNAPSHOT) from None
    if not is_ours or not isinstance(content, dict):
        raise Refusal(Reason.BAD_SNAPSHOT)
    return content


def _fits(value: Any, shape: Shape) -> bool:
    if isinstance(shape, Mapping):
        return isinstance(value, dict) and all(
            _fits(value[name], inside) for name, inside in shape.items() if name in value
        )
    if isinstance(shape, Sequence):
        return isinstance(value, list) and all(_fits(one, shape[0]) for one in value)
    if shape is _Number:
        return type(value) in (int, float) and abs(value) < _LARGEST
    if shape is _Index:
        return type(value) is int and 0 <= value <= _LAST_INDEX
    return type(value) is shape
