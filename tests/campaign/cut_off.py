"""Commands cut off in the middle, in processes of their own, and what a campaign says afterwards."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

import district_fixture as district
from faulty_disk import Disk, killing

from sheetsync import campaign, cli, store
from sheetsync.columns import DISTRICT_TABLES, JOURNAL
from sheetsync.workbooks.excel_file import ExcelFile

COMMANDS: Final = ("new", "issue", "consolidate", "check")
WRITING: Final = COMMANDS[:3]
_FAR: Final = 1_000_000


def arguments(command: str, place: Path) -> list[str]:
    """The command line of one command over one campaign; the order lies beside the campaign."""
    match command:
        case "new":
            return ["new", str(place), "--order", str(place.parent / "Приказ № 8.txt")]
        case "check":
            return ["check", str(place / store.RECEIVED_FOLDER / "S01.xlsx"), "--as-of", "2026-06-15"]
        case "consolidate":
            return ["consolidate", str(place), "--as-of", "2026-06-15"]
    return [command, str(place)]


def run(command: str, place: Path) -> tuple[int, str]:
    """The exit code and what was said on stderr."""
    said = io.StringIO()
    with redirect_stderr(said), redirect_stdout(io.StringIO()):
        code = cli.run(arguments(command, place))
    return code, said.getvalue()


@dataclass(frozen=True)
class Scenes:
    """A campaign just before each command, and what it says after the command was let be."""

    before: Mapping[str, Path]
    after: Mapping[str, Any] = field(default_factory=dict)
    workbooks: Mapping[str, bytes] = field(default_factory=dict)

    def copy(self, command: str, folder: Path) -> Path:
        """The scene of a command, one's own."""
        source = self.before[command]
        shutil.copytree(source.parent, folder)
        return folder / source.name


def scenes(folder: Path) -> Scenes:
    """Everything ``new``, ``issue``, ``consolidate`` and ``check`` need, made once."""
    before = {}
    for command in COMMANDS:
        home = folder / command
        home.mkdir(parents=True)
        district.order_file(home)
        before[command] = home / "Тенистый «2026»"
    campaign.new_campaign(before["issue"], district.order_file(folder), district.NOW)
    for command in ("consolidate", "check"):
        place = before[command]
        campaign.new_campaign(place, district.order_file(folder), district.NOW)
        campaign.issue_forms(place, district.NOW)
        _receive(place, "S02")
        campaign.consolidate(place, district.DUE, district.NOW)
        _receive(place, "S01")
    after, workbooks = {}, {}
    bare = Scenes(before)
    for command in COMMANDS:
        place = bare.copy(command, folder / f"after {command}")
        run(command, place)
        after[command], workbooks[command] = told(place), workbook(place)
    return Scenes(before, after, workbooks)


def _receive(place: Path, code: str) -> None:
    """A report of good answers; it lay in «Получено» since the day before."""
    data = district.filled(place, code, district.all_good(place, code))
    path = district.receive(place, f"{code}.xlsx", data)
    moment = (district.NOW - timedelta(days=1)).timestamp()
    os.utime(path, (moment, moment))


def workbook(place: Path) -> bytes:
    path = place / store.NEW_WORKBOOK_NAME
    return path.read_bytes() if path.exists() else b""


def told(place: Path) -> dict[str, Any]:
    """What a campaign says, but for what names runs and moments."""
    book = ExcelFile.from_bytes(workbook(place))
    tables = {
        one.name: [[cell.text for cell in row] for row in book.read_table(one.name).rows]
        for one in DISTRICT_TABLES
        if one != JOURNAL
    }
    forms = {path.name: store.sha256(path.read_bytes()) for path in (place / store.FORMS_FOLDER).iterdir()}
    with closing(sqlite3.connect(store.Campaign(place).journal)) as journal:
        known = {
            name: journal.execute(f"SELECT {columns} FROM {name} ORDER BY 1, 2").fetchall()
            for name, columns in (
                ("copies", "sha256, name, received_on"),
                ("forms", "participant, issue, sha256"),
            )
        }
    originals = sorted(path.name for path in store.Campaign(place).originals.rglob("*") if path.is_file())
    return {"tables": tables, "forms": forms, "journal": known, "originals": originals}


def is_whole(data: bytes) -> bool:
    """Whether a workbook opens: the archive to its last byte, and our tables."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = ExcelFile.from_bytes(data)
        return archive.testzip() is None and {one.name for one in DISTRICT_TABLES} <= set(book.table_names())


def journal_is_sound(place: Path) -> bool:
    path = store.Campaign(place).journal
    if not path.exists():
        return True
    with closing(sqlite3.connect(path)) as journal:
        return journal.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def leftovers(place: Path) -> list[Path]:
    return [*place.rglob(f"*{store.TEMPORARY_SUFFIX}"), *place.rglob("lock-holder")]


def shown_wrong(command: str, place: Path, known: Scenes) -> list[str]:
    """What is wrong with a campaign a command was cut off in; then the next run is let be."""
    old = workbook(known.before[command])
    wrong = []
    now = workbook(place)
    if now != old and not is_whole(now):
        wrong.append("the workbook is neither the old one nor a whole one")
    if not journal_is_sound(place):
        wrong.append("the journal is damaged")
    code, said = run(command, place)
    if code == cli.CANNOT and not (command == "new" and "уже есть районная книга" in said):
        wrong.append(f"the next run could not go on: {said}")
    if leftovers(place) and not (command == "new" and code == cli.CANNOT):
        wrong.append(f"left behind: {leftovers(place)}")
    if not wrong and told(place) != known.after[command]:
        wrong.append("the next run says something else than a run that was let be")
    return wrong


# --- many at once

_RACE_SECONDS: Final = 120


@dataclass(frozen=True)
class Racer:
    """What became of one of many who pressed the button at once."""

    words: str
    told: int
    strange: tuple[str, ...]
    """What was said to it that names no other process; what it met inside the lock."""


def racing_copy(place: Path, number: int) -> tuple[str, str, bytes]:
    """The report of one racer: (file name, the words only it says, the bytes)."""
    code, row = f"S0{number % 3 + 1}", ("1.1", "1.2", "2.1", "2.2", "2.3")[number // 3 % 5]
    column = ("info", "reason")[number // 15 % 2]
    words = f"слово гонщика {number:03}"
    return f"{code}-{number:03}.xlsx", words, district.filled(place, code, {row: {column: words}})


def _race(place: str, number: int, answers: Any) -> None:
    folder = Path(place)
    name, words, data = racing_copy(folder, number)
    district.receive(folder, name, data)
    inside, strange, told = folder.parent / "inside", [], 0
    real = store.one_writer

    @contextlib.contextmanager
    def watched(*args: Any, **options: Any) -> Iterator[store.Hold]:
        with real(*args, **options) as hold:
            try:
                os.close(os.open(inside, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                strange.append("two inside at once")
            yield hold
            inside.unlink(missing_ok=True)

    store.one_writer = watched
    until = time.monotonic() + _RACE_SECONDS
    code, said = run("consolidate", folder)
    while code == cli.CANNOT and time.monotonic() < until:
        told += 1
        if "процесс " not in said or f"процесс {os.getpid()}," in said:
            strange.append(said)
        code, said = run("consolidate", folder)
    if code == cli.CANNOT:
        strange.append(f"never let in: {said}")
    answers.put(Racer(words, told, tuple(strange)))


def race(place: Path, racers: int) -> list[Racer]:
    """Many processes, each with a report of its own, press the button on one campaign until let in."""
    context = _forkserver()
    answers = context.Queue()
    started = [context.Process(target=_race, args=(str(place), number, answers)) for number in range(racers)]
    for one in started:
        one.start()
    ended = [answers.get(timeout=2 * _RACE_SECONDS) for _ in started]
    for one in started:
        one.join()
    return ended


# --- killing


def _quiet(work: Callable[[], object]) -> None:
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    work()


def _die_at(command: str, place: str, request: int) -> None:
    with Disk(request, killing).in_place():
        _quiet(lambda: run(command, Path(place)))


def _live(command: str, place: str) -> None:
    _quiet(lambda: run(command, Path(place)))


def requests_of(command: str, known: Scenes, folder: Path) -> list[str]:
    """Everything one undisturbed run asks of the disk."""
    disk = Disk(_FAR, killing)
    place = known.copy(command, folder)
    with disk.in_place():
        run(command, place)
    shutil.rmtree(folder)
    return disk.requests


def _forkserver() -> ForkServerContext:
    """Processes that start with everything imported, and without the threads of this one."""
    context = multiprocessing.get_context("forkserver")
    assert isinstance(context, ForkServerContext)
    context.set_forkserver_preload(["cut_off", "sheetsync.campaign", "sheetsync.reports", "openpyxl"])
    return context


class Killer:
    """Starts commands from a warm server of processes and kills them."""

    def __init__(self) -> None:
        self._context = _forkserver()

    def at_request(self, command: str, place: Path, request: int) -> bool:
        """Kill a command at its n-th request to the disk; whether it came so far."""
        process = self._started(_die_at, command, str(place), request)
        process.join()
        return process.exitcode == -signal.SIGKILL

    def after(self, command: str, place: Path, seconds: float) -> bool:
        """Kill a command after a while, wherever it is; whether it still ran."""
        process = self._started(_live, command, str(place))
        time.sleep(seconds)
        process.kill()
        process.join()
        return process.exitcode == -signal.SIGKILL

    def seconds_of(self, command: str, place: Path) -> float:
        """How long a command takes when it is let be."""
        began = time.monotonic()
        self._started(_live, command, str(place)).join()
        return time.monotonic() - began

    def _started(self, work: Callable[..., None], *args: Any) -> BaseProcess:
        process = self._context.Process(target=work, args=args)
        process.start()
        return process
