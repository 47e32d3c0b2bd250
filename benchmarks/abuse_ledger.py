"""Does «Сверка» notice when one value of the written district workbook is dropped, altered or swapped?

python benchmarks/abuse_ledger.py [MUTATIONS]        a thousand in about a minute and a half
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "campaign"))

import ledger_district as story
from workbook_mutations import LedgerAbuse, Written, tried

from sheetsync.campaign.at_once import judge_again

MUTATIONS = 1000
SEED = 20261015


def measure(mutations: int = MUTATIONS) -> LedgerAbuse:
    """Mutations of the bytes of one consolidated workbook, kinds in turn, each counted anew."""
    with tempfile.TemporaryDirectory() as folder:
        place = story.built(Path(folder))
        judged = judge_again(place, story.NOW)[2]
        return tried(Written(story.workbook_of(place), judged), mutations, SEED)


def main() -> None:
    found = measure(int(sys.argv[1]) if len(sys.argv) > 1 else MUTATIONS)
    kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(found.by_kind.items()))
    sys.stdout.write(f"mutations {found.mutations} ({kinds}): noticed {found.noticed}\n")
    for one in found.unnoticed:
        sys.stdout.write(f"  unnoticed: {one}\n")


if __name__ == "__main__":
    main()
