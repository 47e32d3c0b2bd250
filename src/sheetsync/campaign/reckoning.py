"""«Сверка» by the workbook as written: it is read again, and every copy is counted against it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from sheetsync.columns import TableSpec
from sheetsync.district.readback import shown_in, shown_in_tables, speak
from sheetsync.merge.consolidate import Judged
from sheetsync.merge.ledger import Reckoning, with_ledger
from sheetsync.merge.shown import Shown
from sheetsync.model import Consolidation, Plan
from sheetsync.workbooks.port import TableRows, WorkbookTables
from sheetsync.workbooks.xlsx_reader import read_xlsx


def shown_by_workbook(data: bytes, plan: Plan) -> Shown:
    """What a district workbook says, read by the reader of copies and not by what wrote it.

    A workbook it cannot read says nothing: then nothing is accounted for, and that is told.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return shown_in(read_xlsx(_Parts(archive), wanted=speak), plan)
    except Exception:  # noqa: BLE001 - whatever is wrong with the bytes, every line of «Сверка» says it
        return Shown()


class _Parts(Mapping[str, bytes]):
    """The parts of a package by lower-case name, inflated when they are asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}

    def __getitem__(self, name: str) -> bytes:
        return self._archive.read(self._names[name])

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def counted_by(data: bytes, judged: Judged) -> tuple[Reckoning, ...]:
    """Every received file counted against a workbook."""
    return judged.counted(shown_by_workbook(data, judged.found.plan))


def shown_by_open(workbook: WorkbookTables, plan: Plan) -> Shown:
    """What an open workbook says, asked of the program that shows it."""

    def table(spec: TableSpec) -> TableRows | None:
        return workbook.read_table(spec.name) if spec.name in workbook.table_names() else None

    return shown_in_tables(table, plan)


def reconciled(found: Consolidation, shown: Shown, judged: Judged) -> Consolidation:
    """The consolidation with «Сверка» as a workbook that shows this bears it out."""
    return with_ledger(found, judged.counted(shown))
