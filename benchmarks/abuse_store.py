"""Kills, refusals of the disk, racing runs and hostile texts: does everything stay old or new, and harmless?

python benchmarks/abuse_store.py [SECONDS]        five minutes when not told; a table on stdout

Requests to the disk are counted inside the program; where ``strace`` is installed, calls of the
system itself are refused and killed at too, those that SQLite makes among them.
"""

from __future__ import annotations

import errno
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "campaign"))

import coordinator as office
import cut_off
import district_fixture as district
import hostile_district as hostile
from cut_off import Killer, Scenes
from faulty_disk import REFUSALS, SAID, Disk, refusing
from hostile_texts import texts

from sheetsync import cli
from sheetsync.columns import ENTRIES, ENTRIES_SHEET

SECONDS = 300.0
SEED = 20261122
RACERS = 20
TEXTS = 2_000
ROWS_OF_A_BATCH = 40
SYSTEM_CALLS = ("pwrite64", "fsync", "fdatasync", "rename", "unlink", "mkdir", "write")
SHARES = {"kills": 0.4, "refusals": 0.6, "calls": 0.7}
"""What part of the time is over when each of these ends; racing and texts take the rest."""


@dataclass
class Count:
    """How many were tried and how many ended well."""

    tried: int = 0
    survived: int = 0


@dataclass
class StoreAbuse:
    """What was tried; ``wrong`` tells every case that did not end well."""

    kills: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    refusals: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    points: dict[str, int] = field(default_factory=dict)
    calls: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    racers: Count = field(default_factory=Count)
    told: int = 0
    texts: Count = field(default_factory=Count)
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def tell(self, counted: Count, what: str, wrong: list[str]) -> None:
        counted.tried += 1
        counted.survived += not wrong
        self.wrong += [f"{what}: {one}" for one in wrong]


def measure(seconds: float = SECONDS) -> StoreAbuse:
    """Everything within about so many seconds (the race and the texts are let finish)."""
    found, began = StoreAbuse(), time.monotonic()
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = Path(name)
        known = cut_off.scenes(folder / "scenes")
        found.points = {
            command: len(cut_off.requests_of(command, known, folder / "counting"))
            for command in cut_off.COMMANDS
        }
        _kill(found, known, folder / "kills", began + SHARES["kills"] * seconds)
        _refuse(found, known, folder / "refusals", began + SHARES["refusals"] * seconds)
        if shutil.which("strace"):
            _break_calls(found, known, folder / "calls", began + SHARES["calls"] * seconds)
        _race(found, folder / "race")
        _type(found, folder / "texts", began + seconds)
    found.seconds = time.monotonic() - began
    return found


# --- kills


def _kill(found: StoreAbuse, known: Scenes, folder: Path, until: float) -> None:
    """Commands in turn; at their requests in turn, and every third time at a random moment."""
    chance, killer = random.Random(SEED), Killer()
    orders = {
        one: chance.sample(range(1, found.points[one] + 1), found.points[one]) for one in cut_off.WRITING
    }
    for number in count():
        if time.monotonic() > until:
            return
        command = cut_off.WRITING[number % len(cut_off.WRITING)]
        turn = number // len(cut_off.WRITING)
        place = known.copy(command, folder / str(number))
        if turn % 3 == 2:
            moment = chance.uniform(0, 0.5)
            killer.after(command, place, moment)
            what = f"{command} killed after {moment:.3f} s"
        else:
            at = orders[command][turn % len(orders[command])]
            killer.at_request(command, place, at)
            what = f"{command} killed at request {at}"
        found.tell(found.kills[command], what, cut_off.shown_wrong(command, place, known))
        shutil.rmtree(place.parent)


# --- refusals


def _refuse(found: StoreAbuse, known: Scenes, folder: Path, until: float) -> None:
    """Every request by every error, those of one error spread first."""
    asked = [
        (command, at, error)
        for command in cut_off.COMMANDS
        for at, error in product(range(1, found.points[command] + 1), REFUSALS)
    ]
    random.Random(SEED).shuffle(asked)
    for command, at, error in asked:
        if time.monotonic() > until:
            return
        place = known.copy(command, folder / f"{command} {at} {error}")
        old = cut_off.workbook(place)
        with Disk(at, refusing(error), for_good=at % 2 == 0).in_place():
            code, said = cut_off.run(command, place)
        wrong = _refused_wrong(code, said, error, old, cut_off.workbook(place))
        wrong += cut_off.shown_wrong(command, place, known)
        found.tell(found.refusals[errno.errorcode[error]], f"{command}, request {at}", wrong)
        shutil.rmtree(place.parent)


def _refused_wrong(code: int, said: str, error: int, old: bytes, now: bytes) -> list[str]:
    wrong = []
    if code == cli.CANNOT and not any(words in said for words in SAID[error]):
        wrong.append(f"told something else: {said}")
    if now != old and not cut_off.is_whole(now):
        wrong.append("the workbook is neither old nor new")
    return wrong


# --- calls of the system


def _break_calls(found: StoreAbuse, known: Scenes, folder: Path, until: float) -> None:
    """The n-th call of each kind fails, or ends the process, in a process of its own."""
    ways = ("error=ENOSPC", "error=EIO", "signal=KILL")
    folder.mkdir(parents=True)
    asked = [
        (command, call, at, way)
        for command in cut_off.WRITING
        for call, times in _calls_of(command, known, folder).items()
        for at, way in product(range(1, times + 1), ways)
    ]
    random.Random(SEED).shuffle(asked)
    for command, call, at, way in asked:
        if time.monotonic() > until:
            return
        place = known.copy(command, folder / "scene")
        _traced(cut_off.arguments(command, place), folder / "trace", call, f"{call}:{way}:when={at}")
        wrong = cut_off.shown_wrong(command, place, known)
        found.tell(found.calls[f"{call} {way}"], f"{command}, {call} {at}, {way}", wrong)
        shutil.rmtree(place.parent)


def _calls_of(command: str, known: Scenes, folder: Path) -> Counter[str]:
    """How often an undisturbed command calls the system."""
    place = known.copy(command, folder / "counting")
    calls = _traced(cut_off.arguments(command, place), folder / "trace", ",".join(SYSTEM_CALLS))
    shutil.rmtree(place.parent)
    return Counter(one for one in re.findall(r"^\d+ +(\w+)\(", calls, re.MULTILINE) if one in SYSTEM_CALLS)


def _traced(arguments: list[str], trace: Path, calls: str, inject: str = "") -> str:
    """Run a command under ``strace``; what it recorded."""
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", str(trace), "-e", f"trace={calls}"]
    asked = ["-e", f"inject={inject}"] if inject else []
    subprocess.run(
        [*traced, *asked, sys.executable, "-B", "-m", "sheetsync", *arguments],
        capture_output=True,
        check=False,
    )
    return trace.read_text(encoding="utf-8", errors="replace")


# --- the race


def _race(found: StoreAbuse, folder: Path) -> None:
    place = district.new(_made(folder))
    ended = cut_off.race(place, RACERS)
    shown = " ".join(text for row in office.rows(place, ENTRIES.name) for text in row.values())
    for one in ended:
        wrong = list(one.strange) + ([] if one.words in shown else [f"lost: {one.words}"])
        found.tell(found.racers, "race", wrong)
        found.told += one.told
    left = office.press(place, 1)
    if left.written_to or any(line.unaccounted for line in left.consolidation.ledger):
        found.wrong.append("race: a run afterwards finds something to do")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


# --- texts


def _type(found: StoreAbuse, folder: Path, until: float) -> None:
    """Batches of different texts through issue, a real form, consolidate and the written workbook."""
    for number, batch in enumerate(_batches()):
        if number and time.monotonic() > until:
            return
        place = hostile.new(_made(folder / str(number)), ROWS_OF_A_BATCH)
        clean = hostile.formulas_of(office.data(place))
        for one in hostile.shared_out(batch, ROWS_OF_A_BATCH):
            district.receive(place, one.file, hostile.form(place, one))
        result = office.press(place, 1)
        data = office.data(place)
        shown = {text for sheet, _, text in hostile.cells_of(data) if sheet == ENTRIES_SHEET}
        for text in batch:
            found.tell(found.texts, "text", [] if text in shown else [f"not as typed: {text[:60]!r}"])
        live = [*hostile.outward(data), *(hostile.formulas_of(data) - clean)]
        if any(line.unaccounted for line in result.consolidation.ledger):
            live.append("something is unaccounted for")
        found.wrong += [f"batch {number}: {one}" for one in live]


def _batches() -> Iterator[list[str]]:
    size = ROWS_OF_A_BATCH * len(hostile.SCHOOLS) * len(hostile.COLUMNS)
    typed = texts(TEXTS)
    random.Random(SEED).shuffle(typed)
    for start in range(0, len(typed), size):
        yield typed[start : start + size]


# --- the table


def lines(found: StoreAbuse) -> Iterator[str]:
    """The table a person reads."""
    for what, counted in found.kills.items():
        yield f"kill -9 during {what:11} {counted.tried:6} tried {counted.survived:6} survived"
    points = sum(found.points.values())
    for what, counted in sorted(found.refusals.items()):
        yield f"{f'{what} at {points} points':26} {counted.tried:6} tried {counted.survived:6} survived"
    for what, counted in sorted(found.calls.items()):
        yield f"{what:26} {counted.tried:6} tried {counted.survived:6} survived"
    race, typed = found.racers, found.texts
    yield f"{'racing runs':26} {race.tried:6} tried {race.survived:6} right ({found.told} times told to wait)"
    yield f"{'hostile texts':26} {typed.tried:6} typed {typed.survived:6} came back as typed"
    yield f"{len(found.wrong)} wrong in {found.seconds:.0f} s"
    for one, times in Counter(found.wrong).most_common(20):
        yield f"  {times} x {one}"


def main() -> None:
    for line in lines(measure(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
