"""What a district, a region and more cost on Google: calls and minutes, by the formula and on the emulator.

python benchmarks/google_scale.py [SCHOOLS ...] [--write]

A consolidation asks ⌈N/1000⌉ times for the list of sheets and once for every sheet that changed; showing
the свод in Google takes one reading and a batch for every 2 MB. Ten schools are simulated as a whole
campaign; of more, the product's own service reads N spreadsheets of the emulator through its pace, its
retries and Google's quotas, on a clock that is moved by hand. The spreadsheets are nearly empty then: what
is in them changes the bytes, not the number of calls.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil
from pathlib import Path
from typing import Final

import bench_page
import google_sync
from bench_page import number, table
from google_campaign import quick_district
from google_district import OFFICE, GoogleDistrict
from google_sync import PAGE, WRITING, benched, runs

from sheetsync.workbooks.google.port import FileKind
from sheetsync.workbooks.google.snapshot import SNAPSHOT_FIELDS
from sheetsync.workbooks.google.workbook_sending import BATCH_BYTES
from sheetsync_emulator.quota import GOOGLES, Quotas

SIZES: Final = (10, 500, 7_000)
WHOLE: Final = 10
"""Schools of the campaign that is simulated from the first form on."""
PACE: Final = 55
ACCOUNTS: Final = 5
"""Accounts of one office that share the reading; a project as a whole may ask five times as often."""
HEADS: Final = (
    "школ",
    "запуск",
    "обращений по формуле",
    "на замене",
    "отказов 429",
    "минут",
    f"минут, {ACCOUNTS} учётных записей",
)
_SHARES: Final = {"прочитать все": 1.0, "ничего не изменилось": 0.0, "изменилась десятая часть": 0.1}
"""Runs, and which part of the sheets changed before each."""
_SHOWN_UP_TO: Final = 1_000
"""Beyond so many schools the rows stay in .xlsx: a spreadsheet of Google holds ten million cells."""

_HOW: Final = """
На {schools} школах прогнана вся кампания, с показом свода в Google: обращений столько, сколько по
формуле. Для остального программа читает на замене столько же почти пустых таблиц — через тот же темп
и повторы.
"""
_LIMITS: Final = """
По кампании из {schools} школ: обращений на форму {issuing}, свода на школу {kilobytes} КБ. Приглашать по
почте Google даёт не всех за один день: выпуск форм продолжается с места остановки. Больше тысячи школ в
одной таблице Google не показать: в ней десять миллионов ячеек.
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One consolidation; ``asked`` and ``minutes`` are what the emulator counted."""

    schools: int
    name: str
    changed: int
    asked: int
    refused: int
    minutes: float

    @property
    def expected(self) -> int:
        return ceil(self.schools / PAGE) + self.changed

    def cells(self) -> tuple[str, ...]:
        shared = ceil(self.changed / ACCOUNTS) / PACE if self.changed > PACE * ACCOUNTS else self.minutes
        return (
            number(self.schools),
            self.name,
            number(self.expected),
            number(self.asked),
            number(self.refused),
            number(self.minutes),
            number(min(shared, self.minutes)),
        )


def simulated(schools: int) -> Iterator[Case]:
    """All sheets, none, a tenth of them: read as the product reads."""
    with quick_district(quotas=GOOGLES) as district:
        folder = _folder(district, schools)
        office = district.office
        office.listed(folder)  # signs in, which is no request of the quota
        district.clock.forward(60)
        for name, share in _SHARES.items():
            district.emulator.log.clear()
            began = district.clock()
            files = office.listed(folder)
            changed = files[: round(schools * share)]
            for file in changed:
                office.read(file.id, SNAPSHOT_FIELDS)
            asked = [one for one in district.emulator.log if not is_signing_in(one.path, one.status)]
            refused = sum(one.status == HTTPStatus.TOO_MANY_REQUESTS for one in asked)
            minutes = (district.clock() - began) / 60
            yield Case(schools, name, len(changed), len(asked), refused, minutes)
            district.clock.forward(60)


def is_signing_in(path: str, status: int) -> bool:
    """A token lasts an hour: what it takes to get the next one is no request of the quota."""
    return path == "/token" or status == HTTPStatus.UNAUTHORIZED


def _folder(district: GoogleDistrict, schools: int) -> str:
    """A folder of spreadsheets, put there without asking."""
    shelf, quotas = district.emulator.shelf, district.emulator.quotas
    district.emulator.quotas = Quotas()
    folder = shelf.made("Формы", FileKind.FOLDER, OFFICE, [])
    for school in range(schools):
        shelf.made(f"S{school + 1:04}", FileKind.SPREADSHEET, OFFICE, [folder.id])
    district.emulator.quotas = quotas
    return folder.id


@dataclass(frozen=True, slots=True)
class Whole:
    """What a whole campaign took for one school: calls to issue its form, readings among them, свод."""

    issuing: float
    reading: float
    bytes: float


def whole(schools: int = WHOLE) -> Whole:
    """From the first form on, with the свод shown in Google; its calls are the formula's."""
    with tempfile.TemporaryDirectory() as folder, benched(Path(folder), schools) as bench:
        found = list(runs(bench))
    issue, first, *later = found
    for run in later:
        assert run.meter.calls.total() == run.expected, run.line()
    sent = first.meter.sent[WRITING]
    reads = issue.meter.calls[google_sync.READING]
    return Whole(issue.meter.calls.total() / schools, reads / schools, sent / schools)


def told(sizes: Sequence[int] = SIZES) -> str:
    """The table, and what it does not show."""
    cases = [case for schools in sizes for case in simulated(schools)]
    one = whole()
    shown = [
        (
            number(schools),
            number(schools * one.issuing),
            number((schools * one.reading - 1) // PACE),
            number(1 + ceil(schools * one.bytes / BATCH_BYTES))
            if schools <= _SHOWN_UP_TO
            else "не показывается",
        )
        for schools in sizes
    ]
    heads = ("школ", "обращений, чтобы выпустить формы", "минут", "обращений, чтобы показать свод")
    per_school = {"issuing": number(one.issuing), "kilobytes": number(one.bytes / 1000), "schools": WHOLE}
    cases_told = table(HEADS, [case.cells() for case in cases])
    return f"{cases_told}\n{_HOW.format(**per_school)}\n{table(heads, shown)}\n{_LIMITS.format(**per_school)}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Calls and minutes on Google.")
    parser.add_argument("schools", nargs="*", type=int, default=SIZES)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    text = told(asked.schools)
    sys.stdout.write(f"{text}\n")
    if asked.write:
        bench_page.put("google", text)


if __name__ == "__main__":
    main()
