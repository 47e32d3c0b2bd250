"""What becomes of answers in damaged copies, by kind of damage.

python benchmarks/abuse_damages.py [SECONDS]     two minutes unless told; the same cases every time

Two corpora. Real files go the whole way of the product: issued, filled, damaged as openpyxl saves
them, received, consolidated, and the written district workbook read back. Books of cells are read
by the same intake alone, quick enough to try pairs and triples of damages.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random

TESTS = Path(__file__).resolve().parents[1] / "tests"
for folder in ("intake", "campaign", "."):
    if str(TESTS / folder) not in sys.path:
        sys.path.insert(0, str(TESTS / folder))

import damaged_district as district_judge  # noqa: E402
import district_fixture as district  # noqa: E402
import every_damage as books  # noqa: E402
import file_damages as files  # noqa: E402

from sheetsync import campaign  # noqa: E402

SECONDS = 120.0
SCHOOLS_AT_ONCE = 12
SHARES = (("files", 0.35), ("single", 0.25), ("pairs", 0.2), ("triples", 0.2))
"""How the time is divided; each corpus stops at the end of its share."""


@dataclass(frozen=True, slots=True)
class DamageResult:
    """One kind of damage: how many answers were tried and what became of them.

    ``repaired`` stood elsewhere or meant what a finding says they mean; ``unplaced`` are told with
    their origin. The two last must stay 0.
    """

    damage: str
    story: str
    files: int = 0
    answers: int = 0
    right: int = 0
    repaired: int = 0
    unplaced: int = 0
    silently_wrong: int = 0
    silently_lost: int = 0

    def __add__(self, other: DamageResult) -> DamageResult:
        return replace(
            self, **{name: getattr(self, name) + getattr(other, name) for name in self.__slots__[2:]}
        )

    @property
    def attributed(self) -> float:
        """The share of answers at their own activity."""
        return (self.right + self.repaired) / self.answers if self.answers else 1.0


def measure(seconds: float) -> list[DamageResult]:
    """Try damages for about so many seconds; a line for each kind, one for pairs, one for triples."""
    shares = {name: share * seconds for name, share in SHARES}
    return [
        *_files(shares["files"]),
        *_single(shares["single"]),
        _combined(2, shares["pairs"]),
        _combined(3, shares["triples"]),
    ]


def total(results: list[DamageResult]) -> DamageResult:
    """All lines together."""
    return sum(results, DamageResult("total", ""))


# --- real files ---------------------------------------------------------------------------------


def _files(seconds: float) -> Iterator[DamageResult]:
    """Damaged files, a campaign for every dozen of schools; at least one campaign."""
    end = time.monotonic() + seconds
    names = list(files.DAMAGES)
    for start in range(0, len(names), SCHOOLS_AT_ONCE):
        if start and time.monotonic() > end:
            return
        with tempfile.TemporaryDirectory() as folder:
            yield from _one_campaign(Path(folder), names[start : start + SCHOOLS_AT_ONCE])


def _one_campaign(folder: Path, names: list[str]) -> Iterator[DamageResult]:
    place = district_judge.new(folder, SCHOOLS_AT_ONCE + 2)
    plan, cases = district.plan_of(place), []
    for number, name in enumerate(names, 3):
        code = f"S{number:02d}"
        draft = district_judge.filled(district.form_of(place, code), code)
        draft.strange = next(row for row in plan.rows if row.reporters and code not in row.reporters)
        files.DAMAGES[name](draft)
        district.receive(place, f"{name}.xlsx", draft.saved())
        cases.append(draft.case(name, f"{name}.xlsx"))
    seen = district_judge.Seen(place, campaign.consolidate(place, district.DUE, district.NOW))
    for case in cases:
        verdict = seen.judge(case)
        yield DamageResult(
            f"file: {case.name}",
            _story(files.DAMAGES[case.name]),
            files=1,
            answers=len(case.expected),
            right=verdict.right,
            unplaced=verdict.unplaced,
            silently_wrong=len(verdict.wrong) + len(verdict.misplaced),
            silently_lost=len(verdict.lost) + verdict.unaccounted,
        )


# --- books of cells -----------------------------------------------------------------------------


def _single(seconds: float) -> list[DamageResult]:
    """Every damage alone: each once, then again with other places while there is time."""
    end = time.monotonic() + seconds
    found = {name: DamageResult(name, _story(act)) for name, act in books.DAMAGES.items()}
    for seed in count():
        for name in found:
            if seed and time.monotonic() > end:
                return list(found.values())
            found[name] += _book((name,), seed)
    raise AssertionError("count() never ends")


def _combined(size: int, seconds: float) -> DamageResult:
    """Damages together, drawn by chance from a fixed seed."""
    end = time.monotonic() + seconds
    random = Random(size)
    names = [name for name in sorted(books.DAMAGES) if name != "table_transposed"]
    found = DamageResult(f"any {size} together", f"Any {size} of the damages above, one after another.")
    while found.files == 0 or time.monotonic() < end:
        found += _book(tuple(random.sample(names, size)), random.randrange(10**6))
    return found


def _book(names: tuple[str, ...], seed: int) -> DamageResult:
    verdict = books.damaged(names, seed)
    return DamageResult(
        "",
        "",
        files=1,
        answers=verdict.expected,
        right=verdict.right,
        repaired=verdict.repaired,
        unplaced=len(verdict.open),
        silently_wrong=len(verdict.wrong),
        silently_lost=len(verdict.lost),
    )


def _story(damage: Callable[..., None]) -> str:
    """The first words of a damage about itself; a plain name is its own story."""
    told = (damage.__doc__ or "").strip()
    return told or damage.__name__.replace("_", " ").capitalize() + "."


# --- printing -----------------------------------------------------------------------------------


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    results = measure(seconds)
    print(f"{'damage':46} files answers right repaired unplaced wrong lost  attributed")
    for one in (*results, total(results)):
        print(
            f"{one.damage:46} {one.files:5} {one.answers:7} {one.right:5} {one.repaired:8} {one.unplaced:8}"
            f" {one.silently_wrong:5} {one.silently_lost:4} {one.attributed:9.2%}"
        )


if __name__ == "__main__":
    main()
