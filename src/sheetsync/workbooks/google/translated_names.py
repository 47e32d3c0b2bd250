"""Names of areas, and who may write where.

A table is a named range over its header and body: Google's own tables would change how a form looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetsync.grid import Area
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import grid_range, inside, rectangles
from sheetsync.workbooks.google.translated_source import LossKind, Source, SourceSheet, is_google_name


def named_ranges(book: Source, there: Mapping[str, str]) -> Iterator[Request]:
    """Every name and every table as a named range; ``there`` are ids of names that are there already.

    They come before the cells: a formula or a rule that speaks of a name finds it.
    """
    for name, (sheet, area) in _named(book).items():
        told: Json = {"name": name, "range": grid_range(sheet, area)}
        known = there.get(name.lower())
        if known is None:
            yield {"addNamedRange": {"namedRange": told}}
        else:
            yield {"updateNamedRange": {"namedRange": {"namedRangeId": known, **told}, "fields": "range"}}


def _named(book: Source) -> dict[str, tuple[int, Area]]:
    grids = {one.title: (one.id, one.grid) for one in book.sheets}
    found = {}
    for name, (title, area) in book.names.items():
        number, grid = grids[title]
        found[name] = number, inside(area, grid) or grid
    for sheet in book.sheets:
        for table in sheet.tables:
            if is_google_name(table.name) and table.name not in found:
                found[table.name] = sheet.id, table.kept
            else:
                book.lost(LossKind.NAME, sheet.title, table.name)
    return found


def protection(source: SourceSheet, editors: Sequence[str], words: str) -> Iterator[Request]:
    """One protection over the whole sheet, with holes where its cells are unlocked."""
    if not source.sheet.protection.sheet:
        return
    open_cells = [(cell.row, cell.column) for cell in source.cells() if cell.protection.locked is False]
    guard: Json = {"range": {"sheetId": source.id}}
    if open_cells:
        guard["unprotectedRanges"] = [grid_range(source.id, area) for area in rectangles(open_cells)]
    if words:
        guard["description"] = words
    if editors:
        guard["editors"] = {"users": list(editors)}
    yield {"addProtectedRange": {"protectedRange": guard}}
