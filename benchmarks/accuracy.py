"""How right the readers are on the hand-made truth and labels of the shared folder beside the project.

python benchmarks/accuracy.py [../shared]
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from asked_by_orders import ASKED
from sheetsync import read_deadline, read_evidence, read_order, read_parties
from sheetsync.doubts import text_of
from sheetsync.model import Activity
from sheetsync.plan.evidence_asked import asked_in
from sheetsync.plan.evidence_in_orders import read_asked
from sheetsync.plan.order import doubts_of

CELLS = ("title", "deadline", "responsible", "result", "info")


def main() -> None:
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    for path in sorted((shared / "orders").glob("*.txt")):
        tell(order_line(path, shared / "orders" / "truth" / f"{path.stem}.json"))
    tell(deadlines_line(labels(shared, "deadlines")))
    tell(parties_line(labels(shared, "responsibles")))
    for line in (*evidence_lines(labels(shared, "evidence")), *asked_lines(shared / "orders")):
        tell(line)


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


# --- evidence -----------------------------------------------------------------------------------

ALLOWED = {"unclear": {"weak", "no"}, "no": {"no"}, "yes": {"yes"}}
"""A row labelled «unclear» may be weak or no, with a doubt; never enough."""


def evidence_lines(rows: list[dict[str, str]]) -> Iterator[str]:
    """Sufficiency as a table, kinds one by one, and every miss."""
    read = [(row, read_evidence(row["phrase"])) for row in rows]
    table = Counter((row["sufficient"], found.sufficient.value) for row, found in read)
    right = sum(found.sufficient.value in ALLOWED[row["sufficient"]] for row, found in read)
    yield f"evidence: sufficient right {right}/{len(rows)}"
    yield f"{'labelled':>22} {'yes':>5} {'weak':>5} {'no':>5}"
    for label in ALLOWED:
        yield f"{label:>22} " + " ".join(f"{table[label, said]:5}" for said in ("yes", "weak", "no"))
    doubted = [bool(found.doubts) for row, found in read if row["sufficient"] == "unclear"]
    yield f"{'unclear with a doubt':>22} {sum(doubted)}/{len(doubted)}"
    yield from kinds_lines(
        [(row, kinds_labelled(row["evidence_kinds"]), set(found.kinds)) for row, found in read]
    )
    for row, found in read:
        if found.sufficient.value not in ALLOWED[row["sufficient"]]:
            said = f"{found.sufficient.value} for {row['sufficient']}"
            yield f"  MISS {said}: {row['phrase'][:90]} {[text_of(one) for one in found.doubts]}"


def kinds_lines(rows: list[tuple[dict[str, str], set[str], set[str]]]) -> Iterator[str]:
    asked = Counter(kind for _, labelled, _ in rows for kind in labelled)
    found = Counter(kind for _, labelled, read in rows for kind in labelled & read)
    whole = sum(labelled == read for _, labelled, read in rows)
    yield f"evidence: all kinds of a phrase right {whole}/{len(rows)}"
    for kind, count in sorted(asked.items()):
        yield f"{kind:>22} {found[kind]:5}/{count}"
    for row, labelled, read in rows:
        if labelled != read:
            yield f"  MISS {sorted(labelled)} read as {sorted(read)}: {row['phrase'][:90]}"


def kinds_labelled(label: str) -> set[str]:
    """«order(no number), date», «expects: count >= 1 (programme, list of participants)»: a count is no kind,
    and what «no number» says of is not there."""
    bare = re.sub(r"\(.*?\)", "", label.removeprefix("expects:"))
    kinds = {kind.strip() for kind in bare.split(",")}
    return {kind for kind in kinds if kind != "none" and not kind.startswith("count")}


def asked_lines(orders: Path) -> Iterator[str]:
    """What every row of the real orders asks for, for eyes, beside the labels made by hand."""
    right = total = 0
    for path in sorted(orders.glob("*.txt")):
        yield f"asked by {path.stem}:"
        for row in read_order(path).activities:
            label = asked_in(ASKED.get(path.stem, {}).get(row.number, ""))
            read = asked_in(read_asked(row.result or "", row.title).text)
            is_right = (label.count, set(label.kinds)) == (read.count, set(read.kinds))
            right, total = right + is_right, total + 1
            mark = " " if is_right else f"≠ {label.text}"
            yield f"  {row.number:5} {read.text or '—':48} {mark} {squeezed(row.result or row.title)[:70]}"
    yield f"asked evidence: rows as labelled by hand {right}/{total}"


if __name__ == "__main__":
    main()
