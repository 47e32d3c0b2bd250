"""«Исполнение» of a thousand schools put into a district workbook, beside the same rows as .csv."""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

import corpus
import peers
from bench_page import TIMES, Row, duration, number
from corpus import Recipe
from processes import median_of

from sheetsync.campaign.parts.workers import cores
from sheetsync.columns import ENTRIES, Kind
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.row_blocks import Block, RowFormat
from sheetsync.workbooks.row_encoding import RowValue, encode_rows
from sheetsync.workbooks.templates import Template, template_bytes

_HANDFUL: Final = 20
"""Schools whose rows a process writes before it gives them back."""
_GOAL, _STRETCH = 1.5, 0.75

Rows = list[list[RowValue]]
Encode = Callable[[RowFormat, int], Iterable[Block]]
"""All rows as blocks, one for each school: how they are written, and the first row of the sheet."""

_at_hand: Final[list[Rows]] = []
"""The rows of each school, where a process begun as a copy of this one finds them: those who write in a full
run have made the rows themselves."""


def writing(schools: int) -> Iterator[Row]:
    """By one process, and by as many as the computer has cores: a full run of so many writes so."""
    rows = [[one if one.link else one.value for one in row] for row in _entries(Recipe(schools))]
    plain = [[one.value if isinstance(one, Out) else one for one in row] for row in rows]
    each = len(rows) // schools
    _at_hand[:] = [rows[at : at + each] for at in range(0, len(rows), each)]
    work = f"записать {number(len(rows))} строк «Исполнения» в готовую книгу"
    with tempfile.TemporaryDirectory() as folder:
        workbook, text = Path(folder) / "Район.xlsx", Path(folder) / "Исполнение.csv"

        def compared(what: str, encode: Encode, clock: Callable[[], float]) -> Row:
            theirs = median_of(lambda: peers.written(plain, text), 3, clock)
            ours = median_of(lambda: _write(encode, workbook), 3, clock)
            against = f"{duration(theirs)}: csv.writer, те же строки"
            return Row(f"{work}: {what}", duration(ours), against, ours / theirs, TIMES, _GOAL, _STRETCH)

        yield compared("один процесс, время процессора", _by_one, time.process_time)
        if sys.platform == "linux":
            yield compared(f"процессов {cores()}, как в полном запуске, по часам", _by_all, time.perf_counter)


def _write(encode: Encode, target: Path) -> None:
    """A block for each school, as a large district's run puts it; all other parts stay as they are."""
    workbook = ExcelFile.from_bytes(template_bytes(Template.DISTRICT))
    table = workbook.long_table(ENTRIES.name, ENTRIES.headers)
    if table.form is None:
        raise LookupError(ENTRIES.name, *table.obstacles)
    workbook.replace_blocks(table, list(encode(table.form, table.body.top)))
    target.write_bytes(workbook.to_bytes())


def _by_one(form: RowFormat, top: int) -> Iterable[Block]:
    return _blocks(form, top, range(len(_at_hand)))


def _by_all(form: RowFormat, top: int) -> Iterable[Block]:
    handfuls = [range(at, min(at + _HANDFUL, len(_at_hand))) for at in range(0, len(_at_hand), _HANDFUL)]
    with ProcessPoolExecutor(cores(), multiprocessing.get_context("fork")) as pool:
        told = [pool.submit(_blocks, form, top, handful) for handful in handfuls]
        return chain.from_iterable([one.result() for one in told])


def _blocks(form: RowFormat, top: int, handful: range) -> list[Block]:
    each = len(_at_hand[0])
    return [encode_rows(form, top + at * each, _at_hand[at]) for at in handful]


def _entries(recipe: Recipe) -> Iterator[tuple[Out, ...]]:
    """Rows as a consolidation shows them."""
    words = {
        "evidence": "есть",
        "findings": "",
        "review": "не проверено",
        "source": "S01 Липовская СОШ.xlsx, Отчёт!F12",
    }
    for who, asked, answer in corpus.told(recipe):
        shown: dict[str, str | date] = {
            "participant": who.short_name, "number": asked.number, "title": asked.title, "due": asked.due,
            "key": f"{who.code}{asked.number}", **words, **answer.cells,
        }  # fmt: skip
        yield tuple(_shown(shown.get(one.key), one.kind is Kind.LINK) for one in ENTRIES.columns)


def _shown(value: str | date | None, is_link: bool) -> Out:
    return Out(value, link=value if is_link and isinstance(value, str) else None)
