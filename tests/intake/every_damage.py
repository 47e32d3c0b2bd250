"""All damages of one copy, and a copy damaged, read and judged."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import damages_of_columns as _columns
import damages_of_places as _places
import damages_of_rows as _rows
import damages_of_words as _words
from damages import DAMAGES, Draft
from issued_copies import ORIGIN, filled, issued, the_plan
from judging import Judgement, judge

from sheetsync.intake.known import Known
from sheetsync.intake.read import CopyReading, read_copy
from sheetsync.model import Verdict

__all__ = ["DAMAGES", "damaged", "reading_of"]

_REGISTERED = (_columns, _places, _rows, _words)
"""Each module adds its damages to ``DAMAGES`` as it is imported."""

PLAN = the_plan()
BOOK, EXPECTED = filled(PLAN, "S01")
KNOWN = Known.of(issued(PLAN, "S01"))


def reading_of(names: Sequence[str], seed: int) -> tuple[CopyReading, Draft]:
    """A filled form after these damages in turn, and what is read of it."""
    draft, random = Draft(BOOK, EXPECTED), Random(seed)
    for name in names:
        DAMAGES[name](draft, random)
    draft.forget_gone()
    return read_copy(draft.book, PLAN, ORIGIN, KNOWN), draft


def damaged(names: Sequence[str], seed: int) -> Judgement:
    """A filled form after these damages in turn, read and judged."""
    reading, draft = reading_of(names, seed)
    assert reading.verdict is Verdict.ACCEPTED
    assert [one.participant for one in reading.submissions] == ["S01"]
    return judge(reading, draft)
