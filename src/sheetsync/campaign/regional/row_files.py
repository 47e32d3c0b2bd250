"""The rows of the districts as Parquet: a file a district, beside the region's workbook.

A file a district, so that a district that changed costs its own file alone. They are read together by
whoever reads Parquet: Power Query, pandas, DuckDB («Строки/*.parquet»).
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sheetsync import store
from sheetsync.campaign.regional.pool import each
from sheetsync.campaign.regional.reading import PROCESS_DIED, Rows, bytes_of, facts_and_rows
from sheetsync.campaign.regional.rows import DAYS, READ, RowValue, columns_of
from sheetsync.findings import make
from sheetsync.model import Finding, Origin
from sheetsync.region.model import District
from sheetsync.surprises import kind_and_place
from sheetsync.workbooks.port import ValueTable

if TYPE_CHECKING:
    from sheetsync.campaign.regional.memory import Memory

ROWS_FOLDER: Final = "Строки"
SUFFIX: Final = ".parquet"
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f.«»]+')
_LONGEST_NAME: Final = 60
_GROUP: Final = 15_000
"""Rows that are written together, at least."""
_AS_TEXT: Final = "{}_text"
"""Beside a column of days: what stood there and is no day."""


def can_write() -> bool:
    """Whether pyarrow is installed."""
    return importlib.util.find_spec("pyarrow") is not None


class RowFile(NamedTuple):
    """The rows of a district as they lie in a file: of which bytes of its workbook, called how."""

    sha256: str
    title: str
    file: str


class RowTask(NamedTuple):
    """The rows of one workbook, to be written into a file; ``name`` is for messages."""

    path: Path
    name: str
    title: str
    folder: Path


def row_file(sha256: str, title: str, path: Path) -> RowFile:
    """The file for the rows of a district: «Отдел образования Плавского района 1a2b3c4d.parquet»."""
    shown = _FORBIDDEN.sub(" ", title)[:_LONGEST_NAME].strip()
    digest = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return RowFile(sha256, title, f"{shown} {digest}{SUFFIX}".strip())


def write_row_files(
    districts: Sequence[tuple[District, Path]],
    folder: Path,
    memory: Memory,
    progress: Callable[[int, int, str], None],
) -> tuple[Finding, ...]:
    """One file for every district, those of unchanged workbooks left as they are, those of nobody removed.

    Raises ``store.StoreError`` when the disk refuses.
    """
    known, tasks = memory.row_files(), []
    wanted = {path: row_file(one.source.sha256, one.title, path) for one, path in districts}
    names = {path: one.source.name for one, path in districts}
    with store.disk_errors(folder):
        folder.mkdir(exist_ok=True)
        there = {one.name for one in folder.iterdir()}
    for path, one in wanted.items():
        if known.get(str(path)) != one or one.file not in there:
            tasks.append(RowTask(path, names[path], one.title, folder))
    failed: list[Finding] = []
    for done, (task, written) in enumerate(
        each(write_rows, tasks, [one.path for one in tasks], _died), start=1
    ):
        if isinstance(written, RowFile):
            memory.keep_row_file(task.path, written)
        else:
            failed.append(written)
            del wanted[task.path]
        progress(done, len(tasks), task.title)
    remove_others(wanted, folder, memory)
    return tuple(failed)


def has_row_files(districts: Iterable[tuple[str, Path]], folder: Path, memory: Memory) -> bool:
    """Whether the rows of these workbooks, by their digests, lie where the last run put them."""
    known = memory.row_files()
    try:
        there = {one.name for one in folder.iterdir()}
    except OSError:
        return False
    found = ((sha256, known.get(str(path))) for sha256, path in districts)
    return all(one and one.sha256 == sha256 and one.file in there for sha256, one in found)


def remove_others(current: Mapping[Path, RowFile], folder: Path, memory: Memory) -> None:
    """Remove files of districts that no longer count; what the tool did not write stays."""
    names = {one.file for one in current.values()}
    paths = {str(path) for path in current}
    known = memory.row_files()
    for one in known.values():
        if one.file not in names:
            with store.disk_errors(folder / one.file):
                (folder / one.file).unlink(missing_ok=True)
    memory.forget_row_files([path for path in known if path not in paths])


def write_rows(task: RowTask) -> RowFile | Finding:
    """Write one file; runs in any process. Raises ``store.StoreError`` when the disk refuses."""
    data = bytes_of(task.path, task.name)
    if not isinstance(data, bytes):
        return data.findings[0]
    book, rows = facts_and_rows(data, task.name)
    return written(rows, row_file(book.sha256, task.title, task.path), task.folder, task.name)


def written(rows: Rows, wanted: RowFile, folder: Path, name: str) -> RowFile | Finding:
    """Put rows into their file. Raises ``store.StoreError`` when the disk refuses."""
    try:
        data = parquet_of(rows(), wanted.title)
        if isinstance(data, Finding):
            return data
    except Exception as error:  # noqa: BLE001 - rows nobody foresaw cost their own file alone
        return make("X999", origin=Origin(name), what=kind_and_place(error))
    store.write_atomically(folder / wanted.file, data)
    return wanted


def _died(task: RowTask) -> Finding:
    return make("X999", origin=Origin(task.name), what=PROCESS_DIED)


def parquet_of(pieces: Iterable[ValueTable | Finding], district: str) -> bytes | Finding:
    """The rows of a workbook as the bytes of a Parquet file; a finding when they could not all be read."""
    import pyarrow as pa  # noqa: PLC0415 - optional, and heavy
    from pyarrow import parquet  # noqa: PLC0415

    out = io.BytesIO()
    with parquet.ParquetWriter(out, _schema(), compression="zstd") as writer:
        held: list[Any] = [_table([], [[] for _ in READ], district)]
        for one in pieces:
            if isinstance(one, Finding):
                return one
            held.append(_table(*columns_of(one), district))
            if sum(map(len, held)) >= _GROUP:
                writer.write_table(pa.concat_tables(held), row_group_size=2 * _GROUP)
                held = []
        if held:
            writer.write_table(pa.concat_tables(held), row_group_size=2 * _GROUP)
    return out.getvalue()


def _schema() -> Any:
    """The columns of a file: those of days twice, what is no day being a text."""
    import pyarrow as pa  # noqa: PLC0415

    columns = [("district", pa.dictionary(pa.int32(), pa.string()))]
    for key in READ:
        if key in DAYS:
            columns += [(key, pa.date32()), (_AS_TEXT.format(key), pa.string())]
        else:
            columns.append((key, pa.string()))
    return pa.schema([*columns, ("row", pa.int32())])


def _table(numbers: Sequence[int], found: Sequence[Sequence[RowValue]], district: str) -> Any:
    """Some rows, given by their numbers and column by column."""
    import pyarrow as pa  # noqa: PLC0415

    columns: list[Any] = [pa.array([district] * len(numbers), pa.string()).dictionary_encode()]
    for key, values in zip(READ, found, strict=True):
        if key in DAYS:
            columns.append(pa.array([one if isinstance(one, date) else None for one in values], pa.date32()))
            columns.append(pa.array([one if isinstance(one, str) else None for one in values], pa.string()))
        else:
            columns.append(pa.array(values, pa.string()))
    columns.append(pa.array(numbers, pa.int32()))
    return pa.table(columns, schema=_schema())
