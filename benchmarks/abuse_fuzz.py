"""Spoilt copies, and any workbooks somebody has: does each end in a book or a finding, with nothing lost?

python benchmarks/abuse_fuzz.py        20,000 mutants of our own copies, at most two and a half minutes
python benchmarks/abuse_fuzz.py DIR    every workbook of a folder read as a returned copy; numbers only
"""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "workbooks"))

from abuse_sections import Section
from fuzzed_copies import Base, Campaign, Judged, Outcome, filled_copy, judge
from mutants import KINDS, PLAIN, Mutation, mutant

MUTANTS: Final = 20_000
SECONDS: Final = 150.0
PROCESSES: Final = 2
SAVED_AS: Final = ("xlsx", "ods", "xls")
WORKBOOKS: Final = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods", ".ots")
_STATUS: Final = Path("/proc/self/status")
_PEAK_RESET: Final = Path("/proc/self/clear_refs")


@dataclass
class Tally:
    """What became of the files of one kind."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    unaccounted: int = 0
    """Files that were read while something in them was neither shown nor told: «Сверка» says so."""
    seconds: float = 0.0
    megabytes: float = 0.0

    def add(self, judged: Judged, megabytes: float) -> None:
        self.outcomes[judged.outcome] += 1
        self.unaccounted += judged.unaccounted != 0
        self.seconds = max(self.seconds, judged.seconds)
        self.megabytes = max(self.megabytes, megabytes)

    def merge(self, other: Tally) -> None:
        self.outcomes += other.outcomes
        self.unaccounted += other.unaccounted
        self.seconds = max(self.seconds, other.seconds)
        self.megabytes = max(self.megabytes, other.megabytes)


@dataclass(frozen=True)
class FuzzResult:
    """Tallies by kind of damage, and where to look again: base, kind, number of every bad mutant."""

    kinds: dict[str, Tally]
    bad: tuple[str, ...]

    @property
    def mutants(self) -> int:
        return sum(one.outcomes.total() for one in self.kinds.values())

    @property
    def section(self) -> Section:
        heads = ("повреждение", "мутантов", "прочитано", "не узнано", "отказано с причиной", "сбой программы",
                 "остаток «Сверки»", "дольше всего, с", "памяти, МБ")  # fmt: skip
        rows = [_row(kind, tally) for kind, tally in self.kinds.items()]
        story = (
            "Заполненная копия и она же, сохранённая LibreOffice (xlsx, ods, xls), портится так, "
            "как портятся файлы; "
            f"каждая из {self.mutants} испорченных копий проходит весь путь до «Сверки»."
        )
        return Section("Испорченные копии", story, heads, rows, self.bad[:20])


def _row(kind: str, tally: Tally) -> tuple[str, ...]:
    counts = [tally.outcomes[one] for one in Outcome]
    figures = [tally.outcomes.total(), *counts, tally.unaccounted]
    return (kind, *map(str, figures), f"{tally.seconds:.2f}", f"{tally.megabytes:.0f}")


def measure(seconds: float = SECONDS, mutants: int = MUTANTS) -> FuzzResult:
    """Spoil our own copies by every kind in turn until the number or the time is reached."""
    with tempfile.TemporaryDirectory() as folder:
        campaign, data = filled_copy(Path(folder))
        bases = [Base("openpyxl.xlsx", data), *_saved_by_libreoffice(Path(folder), data)]
    jobs = [(campaign, bases, start, mutants, time.time() + seconds) for start in range(PROCESSES)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        found = pool.starmap(_spoil, jobs)
    kinds = {kind: Tally() for kind in KINDS}
    for tallies, _ in found:
        for kind, tally in tallies.items():
            kinds[kind].merge(tally)
    return FuzzResult(kinds, tuple(line for _, bad in found for line in bad))


def _saved_by_libreoffice(folder: Path, data: bytes) -> Iterator[Base]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return
    source = folder / "copy.xlsx"
    source.write_bytes(data)
    for kind in SAVED_AS:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "saved"),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        yield Base(f"libreoffice.{kind}", (folder / "saved" / f"copy.{kind}").read_bytes())


def _spoil(
    campaign: Campaign, bases: Sequence[Base], start: int, mutants: int, until: float
) -> tuple[dict[str, Tally], list[str]]:
    """One process's share: every second mutant."""
    tallies: dict[str, Tally] = {kind: Tally() for kind in KINDS}
    bad: list[str] = []
    for made, (base, kind, number, mutation) in enumerate(_every(bases)):
        if made >= mutants or time.time() > until:
            break
        if made % PROCESSES != start:
            continue  # the other process has it
        _forget_peak()
        before = _megabytes("VmRSS")
        judged = judge(mutant(mutation, base.data, number), campaign, base.name)
        tallies[kind].add(judged, _megabytes("VmHWM") - before)
        if judged.outcome is Outcome.SURPRISE or judged.unaccounted:
            bad.append(
                f"{base.name}, {kind}, № {number}: {', '.join(judged.codes)} остаток {judged.unaccounted}"
            )
    return tallies, bad


def _every(bases: Sequence[Base]) -> Iterator[tuple[Base, str, int, Mutation]]:
    """Mutants without end: each number over every base and kind."""
    number = 0
    while True:
        for base in bases:
            kinds = PLAIN if base.name.endswith(".xls") else KINDS
            for kind, mutation in kinds.items():
                yield base, kind, number, mutation
        number += 1


# --- somebody's folder --------------------------------------------------------------------------


def read_folder(folder: Path) -> dict[str, Tally]:
    """Every workbook of a folder, by its ending."""
    with tempfile.TemporaryDirectory() as name:
        campaign, _ = filled_copy(Path(name))
    campaign = Campaign(campaign.plan, None)
    tallies: dict[str, Tally] = {}
    for path in sorted(one for one in folder.rglob("*") if one.suffix.lower() in WORKBOOKS):
        _forget_peak()
        before = _megabytes("VmRSS")
        judged = judge(path.read_bytes(), campaign, path.name)
        tallies.setdefault(path.suffix.lower(), Tally()).add(judged, _megabytes("VmHWM") - before)
    return tallies


def _forget_peak() -> None:
    """Begin the peak of memory anew; where the system has no such thing, memory stays unmeasured."""
    if _PEAK_RESET.exists():
        _PEAK_RESET.write_text("5")


def _megabytes(what: str) -> float:
    if not _STATUS.exists():
        return 0.0
    line = next(one for one in _STATUS.read_text().splitlines() if one.startswith(what))
    return int(line.split()[1]) / 1024


def main() -> None:
    if len(sys.argv) > 1:
        for kind, tally in read_folder(Path(sys.argv[1])).items():
            sys.stdout.write(" | ".join(_row(kind, tally)) + "\n")
        return
    sys.stdout.write(measure().section.markdown)


if __name__ == "__main__":
    main()
