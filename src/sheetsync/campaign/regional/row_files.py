"""The rows of the districts as Parquet: a file a district, one row group each, beside the region's workbook.

A file a district, so that a district that changed costs its own file alone. They are read together by
whoever reads Parquet: Power Query, pandas, DuckDB («Строки/*.parquet»).
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from sheetsync import store
from sheetsync.campaign.regional.memory import Memory
from sheetsync.campaign.regional.pool import each
from sheetsync.campaign.regional.reading import PROCESS_DIED, entry_table
from sheetsync.campaign.regional.rows import DAYS, READ, rows_of
from sheetsync.findings import make
from sheetsync.model import Finding, Origin
from sheetsync.region.model import District
from sheetsync.values import dataclass

ROWS_FOLDER: Final = "Строки"
SUFFIX: Final = ".parquet"
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f.«»]+')
_LONGEST_NAME: Final = 60
_AS_TEXT: Final = "{}_text"
"""Beside a column of days: what stood there and is no day."""


def can_write() -> bool:
    """Whether pyarrow is installed."""
    return importlib.util.find_spec("pyarrow") is not None


@dataclass(frozen=True, slots=True)
class RowTask:
    """The rows of one workbook, to be written into a file."""

    book: str
    sha256: str
    district: str
    target: str


def write_row_files(
    districts: Sequence[tuple[District, Path]],
    folder: Path,
    memory: Memory,
    progress: Callable[[int, int, str], None],
) -> tuple[Finding, ...]:
    """One file for every district, those of unchanged workbooks left as they are, those of nobody removed.

    Raises ``store.StoreError`` when the disk refuses.
    """
    known = memory.row_files()
    tasks = []
    for district, path in districts:
        target = folder / _file_name(district.title, path)
        wanted = district.source.sha256, target.name
        if known.get(str(path)) != wanted or not target.exists():
            tasks.append(RowTask(str(path), district.source.sha256, district.title, str(target)))
    with store.disk_errors(folder):
        folder.mkdir(exist_ok=True)
    failed: list[Finding] = []
    for done, (task, problem) in enumerate(each(write_rows, tasks, _died), start=1):
        if problem is None:
            memory.keep_row_file(task.book, task.sha256, Path(task.target).name)
        else:
            failed.append(problem)
        progress(done, len(tasks), task.district)
    _remove_others(districts, folder, memory)
    return tuple(failed)


def _remove_others(districts: Sequence[tuple[District, Path]], folder: Path, memory: Memory) -> None:
    """Files of districts that no longer count; what the tool did not write stays."""
    current = {str(path): _file_name(one.title, path) for one, path in districts}
    names = set(current.values())
    known = memory.row_files()
    gone = [path for path in known if path not in current]
    for _, name in known.values():
        if name not in names:
            with store.disk_errors(folder / name):
                (folder / name).unlink(missing_ok=True)
    memory.forget_row_files(gone)


def write_rows(task: RowTask) -> Finding | None:
    """Write one file; runs in any process. Raises ``store.StoreError`` when the disk refuses."""
    book = Path(task.book)
    try:
        data = book.read_bytes()
    except OSError as error:
        return make("F111", origin=Origin(task.book), what=error.strerror or type(error).__name__)
    store.write_atomically(Path(task.target), parquet_of(data, task.district, book.name))
    return None


def _died(task: RowTask) -> Finding:
    return make("X999", origin=Origin(task.book), what=PROCESS_DIED)


def parquet_of(data: bytes, district: str, name: str) -> bytes:
    """The rows of a workbook as the bytes of a Parquet file with one row group."""
    import pyarrow as pa  # noqa: PLC0415 - optional, and heavy
    from pyarrow import parquet  # noqa: PLC0415

    table = entry_table(data, name)
    rows = list(rows_of(table)) if table else []
    columns: dict[str, Any] = {"district": pa.array([district] * len(rows)).dictionary_encode()}
    for key in READ:
        values = [one[key] for _, one in rows]
        if key in DAYS:
            days = [value if isinstance(value, date) else None for value in values]
            columns[key] = pa.array(days, pa.date32())
            texts = [value if isinstance(value, str) else None for value in values]
            columns[_AS_TEXT.format(key)] = pa.array(texts, pa.string())
        else:
            columns[key] = pa.array(values, pa.string())
    columns["row"] = pa.array([number for number, _ in rows], pa.int32())
    out = io.BytesIO()
    made = pa.table(columns)
    parquet.write_table(made, out, compression="zstd", row_group_size=max(made.num_rows, 1))
    return out.getvalue()


def _file_name(title: str, path: Path) -> str:
    """«Отдел образования Плавского района 1a2b3c4d.parquet»: readable, and no two alike."""
    shown = _FORBIDDEN.sub(" ", title)[:_LONGEST_NAME].strip()
    digest = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{shown} {digest}{SUFFIX}".strip()
