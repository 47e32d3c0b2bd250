"""The region's workbook of many districts: seconds and memory, everything read and after a few changes.

python benchmarks/region.py [--districts 1000] [--schools 40] [--changed 40] [--folder FOLDER]

One district is consolidated once and written down under many names, each with other answers missing.
Then ``sheetsync rollup`` runs as a process of its own: all read, nothing changed, some changed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import corpus
import corpus_zip

from sheetsync import campaign, store
from sheetsync.columns import MatrixMark

AT: Final = datetime(2025, 12, 22, 9, tzinfo=UTC)
DAY: Final = date(2025, 12, 22)
DONE, MISSING = MatrixMark.EVIDENCED.value.encode(), MatrixMark.MISSING.value.encode()


class Spent(NamedTuple):
    """What one run of the command took: its processes together."""

    seconds: float
    mib: float
    exit_code: int


def consolidated(folder: Path, schools: int) -> Path:
    """The workbook of a district of so many schools."""
    place = folder / f"base-{schools}"
    if not store.Campaign(place).journal.exists() or not (place / "done").exists():
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(corpus.kept(corpus.Recipe(schools)), place)
        campaign.consolidate(place, DAY, AT)
        (place / "done").touch()
    return store.Campaign(place).workbook


def organisation_of(book: Path) -> str:
    """What the district is called."""
    from sheetsync.campaign.regional.reading import facts_and_rows  # noqa: PLC0415

    facts = facts_and_rows(book.read_bytes(), book.name)[0].facts
    assert facts is not None
    return facts.organisation


class District:
    """One workbook under many names; parts that say neither its name nor its answers are packed once."""

    def __init__(self, book: Path) -> None:
        self._name = organisation_of(book).encode()
        with zipfile.ZipFile(book) as archive:
            parts = {one.filename: archive.read(one) for one in archive.infolist()}
        self._varying = {name: data for name, data in parts.items() if self._name in data or DONE in data}
        self._packed = {name: corpus_zip.member(name, data) for name, data in parts.items()}

    def named(self, number: int, seed: int) -> bytes:
        """The district of that number; of another seed with other answers missing."""
        chance = random.Random(f"{number}/{seed}")
        share = chance.random() / 4
        name = f"Отдел образования администрации района № {number:04}".encode()
        packed = dict(self._packed)
        for part, data in self._varying.items():
            head, *rest = data.replace(self._name, name).split(DONE)
            marks = (MISSING if chance.random() < share else DONE for _ in rest)
            text = head + b"".join(mark + piece for mark, piece in zip(marks, rest, strict=True))
            packed[part] = corpus_zip.member(part, text)
        return corpus_zip.archive(packed.values())


def write(folder: Path, book: Path, numbers: Iterator[int], seed: int) -> None:
    """The workbooks of districts by their numbers."""
    district = District(book)
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"Район {number:04}.xlsm").write_bytes(district.named(number, seed))


def run(inside: Path, out: Path) -> Spent:
    """One run of the command, with the memory of all its processes watched."""
    command = [sys.executable, "-m", "sheetsync", "rollup", str(inside), "--out", str(out)]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    code = process.wait()
    seconds = time.perf_counter() - begun
    watcher.join()
    return Spent(seconds, peak[0], code)


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_resident, _family(process.pid))))
        time.sleep(0.1)


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(int(child)))]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--districts", type=int, default=1000)
    parser.add_argument("--schools", type=int, default=40)
    parser.add_argument("--changed", type=int, default=40)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "sheetsync-region")
    told = parser.parse_args()
    book = consolidated(told.folder, told.schools)
    inside, out = told.folder / f"in-{told.districts}-{told.schools}", told.folder / "out"
    if not inside.exists():
        write(inside, book, iter(range(told.districts)), seed=0)
    shutil.rmtree(out, ignore_errors=True)
    print(f"{told.districts} districts of {told.schools} schools")
    print("all read       ", _shown(run(inside, out)))
    print("nothing changed", _shown(run(inside, out)))
    step = max(told.districts // told.changed, 1)
    changed = range(0, told.districts, step)[: told.changed]
    write(inside, book, iter(changed), seed=time.time_ns())
    print(f"{len(changed)} changed     ", _shown(run(inside, out)))


def _shown(spent: Spent) -> str:
    return f"{spent.seconds:7.2f} s {spent.mib:6.0f} MiB, exit {spent.exit_code}"


if __name__ == "__main__":
    main()
