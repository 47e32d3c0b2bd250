"""How cells are told: as the values API gives them and as ``CellData``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sheetsync_emulator.formats import MOMENTS, formatted
from sheetsync_emulator.formulas import Calculation, Result
from sheetsync_emulator.ranges import Place
from sheetsync_emulator.sheet import FORMAT, VALUE, WRITABLE, Sheet, number_format
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json, Scalar, scalar_of

FORMATTED: Final = "FORMATTED_VALUE"
UNFORMATTED: Final = "UNFORMATTED_VALUE"
FORMULA: Final = "FORMULA"
AS_TEXT: Final = "FORMATTED_STRING"
SERIAL: Final = "SERIAL_NUMBER"

_ONLY_A_LINK: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Wish:
    """How values are wanted: formatted or not, moments as numbers or as text, by rows or by columns."""

    values: str = FORMATTED
    moments: str = SERIAL
    by_columns: bool = False


def wish_of(params: Mapping[str, str]) -> Wish:
    """The options of a request; what is not said is as Google has it."""
    values = params.get("valueRenderOption") or FORMATTED
    if values not in (FORMATTED, UNFORMATTED, FORMULA):
        raise invalid(f"Invalid value at 'value_render_option': {values}")
    return Wish(
        values,
        params.get("dateTimeRenderOption") or SERIAL,
        params.get("majorDimension") == "COLUMNS",
    )


def rendered(calculation: Calculation, sheet: Sheet, place: Place, wish: Wish) -> Scalar:
    """One value of the values API; '' for an empty cell."""
    cell = sheet.cells.get(place)
    if cell is None or VALUE not in cell:
        return ""
    entered = cell[VALUE]
    if wish.values == FORMULA and "formulaValue" in entered:
        return str(entered["formulaValue"])
    scalar = scalar_of(calculation.result(sheet, place).value or {})
    how = number_format(cell)
    as_text = wish.moments == AS_TEXT and how.get("type") in MOMENTS
    return formatted(scalar, how, calculation.locale) if wish.values == FORMATTED or as_text else scalar


def cell_data(calculation: Calculation, sheet: Sheet, place: Place) -> Json:
    """A cell as ``spreadsheets.get`` gives it."""
    cell = sheet.cells.get(place)
    if cell is None:
        return {}
    told: Json = {name: cell[name] for name in WRITABLE if name in cell}
    if VALUE in cell:
        result = calculation.result(sheet, place)
        link = _hyperlink(cell, result)
        if result.value is not None:
            told["effectiveValue"] = result.value
            told["formattedValue"] = formatted(
                scalar_of(result.value), number_format(cell), calculation.locale
            )
        if link:
            told["hyperlink"] = link
    return told


def _hyperlink(cell: Json, result: Result) -> str | None:
    """The one link of a cell: of its formula, its format, its only run of text, or the address it holds.

    Google tells none when there are several.
    """
    if result.link:
        return result.link
    links = [run.get("format", {}).get("link", {}).get("uri") for run in cell.get("textFormatRuns", [])]
    if any(links):
        return links[0] if len(links) == 1 and not cell["textFormatRuns"][0].get("startIndex") else None
    own: str | None = cell.get(FORMAT, {}).get("textFormat", {}).get("link", {}).get("uri")
    if own:
        return own
    text = cell[VALUE].get("stringValue", "").strip()
    return text if _ONLY_A_LINK.fullmatch(text) else None
