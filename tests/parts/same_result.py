"""Everything a run leaves behind, as values to compare: however the run went about it, it is the same."""

from __future__ import annotations

import contextlib
import io
import sqlite3
from pathlib import Path
from typing import Any

import openpyxl
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign import ConsolidateResult
from sheetsync.journal import Version, VersionKind, open_journal

_NOT_COMPARED = ("attached_seen", "versions", "version_batches", "said")
"""Times of change of files, and what is asked of the journal itself."""


def cells_of(data: bytes) -> dict[str, Any]:
    """Every cell with its value, format, link and note; heights, widths, tables and rules of each sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data), keep_vba=True)
    found: dict[str, Any] = {
        "names": sorted((name, one.attr_text) for name, one in book.defined_names.items())
    }
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style or cell.comment or cell.hyperlink:
                    found[f"{sheet.title}!{cell.coordinate}"] = _cell(cell)
        found[f"{sheet.title} rows"] = {
            number: (one.height, one.hidden) for number, one in sheet.row_dimensions.items() if one.height
        }
        found[f"{sheet.title} columns"] = {
            name: (one.width, one.hidden) for name, one in sheet.column_dimensions.items()
        }
        found[f"{sheet.title} tables"] = {
            one.name: (one.ref, [(at.id, at.name) for at in one.tableColumns])
            for one in sheet.tables.values()
        }
        found[f"{sheet.title} rules"] = sorted(
            (str(area.sqref), rule.type, tuple(rule.formula))
            for area in sheet.conditional_formatting
            for rule in area.rules
        )
        found[f"{sheet.title} choices"] = sorted(
            (str(one.sqref), one.formula1 or "") for one in sheet.data_validations.dataValidation
        )
        found[f"{sheet.title} merged"] = sorted(str(one) for one in sheet.merged_cells.ranges)
    book.vba_archive.close()
    return found


def _cell(cell: Any) -> tuple[object, ...]:
    link = cell.hyperlink
    return (
        cell.value,
        cell.data_type,
        cell.number_format,
        (cell.font.b, cell.font.color and cell.font.color.rgb, cell.fill.fgColor.rgb),
        (cell.alignment.horizontal, cell.alignment.wrap_text, cell.protection.locked),
        link and (link.target, link.location, link.tooltip),
        cell.comment and cell.comment.text,
    )


def journal_of(place: Path) -> dict[str, Any]:
    """What the journal has. Of the district workbook as it was read only that it was read is compared:
    its bytes may differ where what they show does not."""
    campaign = store.open_campaign(place)
    with contextlib.closing(sqlite3.connect(campaign.journal)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows: dict[str, Any] = {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
            for name in names
            if name not in _NOT_COMPARED
        }
    with open_journal(campaign.journal) as journal:
        versions: dict[object, list[object]] = {}
        for one in journal.versions():
            versions.setdefault(one.place, []).append(_version(one))
        rows["versions"] = versions
        rows["answers"] = journal.answers()
    return rows


def _version(one: Version) -> tuple[object, ...]:
    origin = one.origin if one.kind is VersionKind.ANSWER else replace(one.origin, sha256="")
    return (*one.place, one.kind, one.fingerprint, one.run, one.at, origin, one.word)


def left_by(place: Path, result: ConsolidateResult) -> dict[str, Any]:
    """A run's result, workbook and journal."""
    found = result.consolidation
    return {
        "findings": found.findings,
        "ledger": found.ledger,
        "files": found.files,
        "unplaced": found.unplaced,
        "completeness": found.completeness,
        "rates": found.rates,
        "told beside": result.findings,
        "needs user": result.needs_user,
        "is lasting": result.is_lasting,
        "written": result.written_to and result.written_to.name,
        **{
            f"workbook {name}": one
            for name, one in cells_of(store.open_campaign(place).workbook.read_bytes()).items()
        },
        **{f"journal {name}": one for name, one in journal_of(place).items()},
    }


def differences(one: dict[str, Any], other: dict[str, Any]) -> dict[str, tuple[object, object]]:
    """What the two do not have in common."""
    return {
        name: (one.get(name), other.get(name))
        for name in (*one, *(name for name in other if name not in one))
        if one.get(name) != other.get(name)
    }
