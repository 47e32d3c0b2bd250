"""Whose copy is it? Every case of recognition through the whole product, also through LibreOffice.

python benchmarks/abuse_recognition.py        about a minute
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(TESTS / "campaign"), str(TESTS)]

import whose_copies  # noqa: E402
from copy_desk import CASES, Case, Desk, Expected, Got, receive_all, through_libreoffice  # noqa: E402

KINDS = ("xlsx", "ods", "xls")
RESAVED = (
    *(name for name in CASES if name.startswith("marks ") and "lies" not in name),
    "an_older_issue",
    "last_years_form",
    "three_schools_on_three_sheets",
    "three_tables_on_one_sheet",
    "the_third_of_three_tables_is_nobodys",
    "a_word_table_pasted",
    "embedded_among_twenty_sheets",
)


@dataclass(frozen=True)
class RecognitionResult:
    """One file: what a coordinator expects of it and what the product said."""

    case: str
    expected: str
    got: str

    @property
    def ok(self) -> bool:
        return self.expected == self.got


def measure() -> list[RecognitionResult]:
    """Every case judged once, and some again as LibreOffice saved them in each of its formats."""
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name) / "стол")
        results = _judged(desk.another(Path(name) / "сразу"), list(CASES.values()))
        for kind in KINDS:
            resaved = desk.another(Path(name) / kind)
            results += _judged(resaved, through_libreoffice(resaved, RESAVED, kind))
    return results


def _judged(desk: Desk, cases: list[Case]) -> list[RecognitionResult]:
    return [
        RecognitionResult(one.name, _line(one.expected), _line(got)) for one, got in receive_all(desk, cases)
    ]


def _line(told: Expected | Got) -> str:
    """«accepted S01 V205»: verdict, participants, findings about whose it is."""
    return " ".join((told.verdict.value, *sorted(told.participants), *sorted(told.codes)))


def main() -> None:
    results = measure()
    wide = max(len(one.case) for one in results)
    for one in results:
        sign = " " if one.ok else "!"
        sys.stdout.write(f"{sign} {one.case:{wide}}  {one.got}\n")
        if not one.ok:
            sys.stdout.write(f"  {'':{wide}}  expected: {one.expected}\n")
    right = sum(one.ok for one in results)
    names = len(whose_copies.NAMES)
    sys.stdout.write(f"{right} of {len(results)} as expected ({names} spellings of names)\n")


if __name__ == "__main__":
    main()
