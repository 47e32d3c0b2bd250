"""Developer metadata: keys a program leaves on a spreadsheet, a sheet, a row or a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sheetsync_emulator.ranges import Box, line_box, named_sheet, sheet_id_of
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json

SPREADSHEET: Final = "SPREADSHEET"
SHEET: Final = "SHEET"
ROW: Final = "ROW"
COLUMN: Final = "COLUMN"
INTERSECTING: Final = "INTERSECTING_LOCATION"


@dataclass(frozen=True, slots=True)
class Spot:
    """What a key is left on: a row or column of a sheet, a sheet, or (nothing named) the spreadsheet."""

    sheet: int | None = None
    dimension: str | None = None
    index: int = 0

    @property
    def kind(self) -> str:
        if self.dimension:
            return self.dimension.removesuffix("S")
        return SPREADSHEET if self.sheet is None else SHEET

    @property
    def box(self) -> Box:
        """Cells of its sheet."""
        if self.dimension:
            return line_box(self.dimension, self.index, self.index + 1)
        return line_box("ROWS", 0, 10**9)

    def resource(self) -> Json:
        """``DeveloperMetadataLocation``."""
        if self.sheet is None:
            return {"locationType": SPREADSHEET, "spreadsheet": True}
        if not self.dimension:
            return {"locationType": SHEET, "sheetId": self.sheet}
        line = named_sheet(self.sheet) | {
            "dimension": self.dimension,
            "startIndex": self.index,
            "endIndex": self.index + 1,
        }
        return {"locationType": self.kind, "dimensionRange": line}


@dataclass(frozen=True, slots=True)
class Mark:
    """One key with its value."""

    id: int
    key: str
    value: str | None
    visibility: str
    spot: Spot

    def resource(self) -> Json:
        value = {} if self.value is None else {"metadataValue": self.value}
        return {
            "metadataId": self.id,
            "metadataKey": self.key,
            **value,
            "location": self.spot.resource(),
            "visibility": self.visibility,
        }


def spot_of(location: Json) -> Spot:
    """A location of a request."""
    line = location.get("dimensionRange")
    if line:
        start, end = line.get("startIndex") or 0, line.get("endIndex")
        if end is None or end - start != 1:
            raise invalid("Developer metadata may only be associated with a single row or column")
        return Spot(sheet_id_of(line), line["dimension"], start)
    if location.get("spreadsheet"):
        return Spot()
    if "sheetId" in location:
        return Spot(location["sheetId"])
    raise invalid("Developer metadata must have a location")


def mark_of(given: Json, new_id: int) -> Mark:
    """``DeveloperMetadata`` of a request; without an id of its own it gets ``new_id``."""
    if not given.get("metadataKey"):
        raise invalid("Developer metadata must have a key")
    if given.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED") not in ("DOCUMENT", "PROJECT"):
        raise invalid("Developer metadata must have a visibility")
    return Mark(
        id=given.get("metadataId") or new_id,
        key=given["metadataKey"],
        value=given.get("metadataValue"),
        visibility=given["visibility"],
        spot=spot_of(given.get("location", {})),
    )


def answers(mark: Mark, lookup: Json) -> bool:
    """Whether a mark is one that a ``DeveloperMetadataLookup`` asks for."""
    asked = {
        "metadataId": mark.id,
        "metadataKey": mark.key,
        "metadataValue": mark.value,
        "visibility": mark.visibility,
        "locationType": mark.spot.kind,
    }
    if any(lookup[name] != value for name, value in asked.items() if lookup.get(name) is not None):
        return False
    location = lookup.get("metadataLocation")
    if not location:
        return True
    wanted = spot_of(location)
    if lookup.get("locationMatchingStrategy") == INTERSECTING or (
        "locationMatchingStrategy" not in lookup and wanted.kind in (SPREADSHEET, SHEET)
    ):
        return _meet(mark.spot, wanted)
    return mark.spot == wanted


def _meet(one: Spot, other: Spot) -> bool:
    if one.sheet is None or other.sheet is None:
        return True
    return one.sheet == other.sheet and one.box.hits(other.box)
