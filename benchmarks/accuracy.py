"""How right the readers are on the hand-made truth and labels of the shared folder beside the project.

python benchmarks/accuracy.py [../shared]
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from sheetsync import read_deadline, read_evidence, read_order, read_parties
from sheetsync.model import Activity
from sheetsync.plan.order import doubts_of

CELLS = ("title", "deadline", "responsible", "result", "info")


def main() -> None:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    for path in sorted((shared / "orders").glob("*.txt")):
        tell(order_line(path, shared / "orders" / "truth" / f"{path.stem}.json"))
    tell(deadlines_line(labels(shared, "deadlines")))
    tell(parties_line(labels(shared, "responsibles")))
    tell(evidence_line(labels(shared, "evidence")))


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")


def labels(shared: Path, name: str) -> list[dict[str, str]]:
    with (shared / "labels" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


# --- orders -------------------------------------------------------------------------------------


def order_line(path: Path, truth_path: Path) -> str:
    order = read_order(path)
    doubts = sum(len(doubts_of(one)) for one in order.activities) + len(order.doubts)
    head = f"{path.stem:22} activities {len(order.activities)}, doubts {doubts}"
    if not truth_path.exists():
        return f"{head} (no truth beside it)"
    truth = json.loads(truth_path.read_text(encoding="utf-8"))["activities"]
    pairs = list(zip(truth, order.activities, strict=False))
    right = sum(same for one, read in pairs for same in cells_right(one, read))
    numbers = sum(one["number_expected"] == read.number for one, read in pairs)
    return f"{head}; of {len(truth)}: numbers {numbers}, cells {right}/{len(truth) * len(CELLS)}"


def cells_right(truth: dict[str, str], read: Activity) -> Iterator[bool]:
    said = (read.title, read.deadline.text, read.responsible.text, read.result, read.info)
    for key, text in zip(CELLS, said, strict=True):
        yield squeezed(truth[key]) == squeezed(text)


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


# --- labels -------------------------------------------------------------------------------------


def deadlines_line(rows: list[dict[str, str]]) -> str:
    right = sum(deadline_is_right(row) for row in rows)
    return f"deadlines: kind, start and due right {right}/{len(rows)}"


def deadline_is_right(row: dict[str, str]) -> bool:
    found = re.findall(r"\d{4}", row["plan_years"])
    years = list(map(int, found)) if row["plan_years"][-1:].isdigit() else []
    if "-" in row["plan_years"] and len(years) == 2:
        years = list(range(years[0], years[1] + 1))
    is_school_year = "/" in row["plan_years"]
    read = read_deadline(row["phrase"], years=years, school_year=is_school_year if len(years) == 2 else None)
    kind = {"empty/unknown": "unknown"}.get(row["kind"], row["kind"].partition("(")[0])
    return (read.kind.value, iso(read.start), iso(read.due)) == (kind, row["start"], row["due"])


def iso(day: object) -> str:
    return str(day) if day else ""


def parties_line(rows: list[dict[str, str]]) -> str:
    scope = {"some named": "named"}
    read = [read_parties(row["phrase"]) for row in rows]
    cut = sum(" | ".join(one.parties) == row["tokens"] for one, row in zip(read, rows, strict=True))
    schools = sum(
        one.schools.value == scope.get(row["includes_schools"], row["includes_schools"])
        for one, row in zip(read, rows, strict=True)
    )
    return f"responsibles: parties right {cut}/{len(rows)}, schools right {schools}/{len(rows)}"


def evidence_line(rows: list[dict[str, str]]) -> str:
    """A row labelled «unclear» may be weak or no; expected results are not evidence and left out."""
    given = [row for row in rows if not row["note"].startswith("[expected]")]
    allowed = {"unclear": {"weak", "no"}, "no": {"no"}, "yes": {"yes"}}
    right = sum(read_evidence(row["phrase"]).sufficient.value in allowed[row["sufficient"]] for row in given)
    return f"evidence: sufficient right {right}/{len(given)}"


if __name__ == "__main__":
    main()
