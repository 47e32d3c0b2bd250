"""What «doctor» and «addin» print: a short list for a coordinator, one document for an administrator."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sheetsync.lines import plain_line, result_line
from sheetsync.messages import tr
from sheetsync.notices import say
from sheetsync.office.codes import Level
from sheetsync.office.diagnose import Diagnosis, click_of, found_of
from sheetsync.office.install import Step
from sheetsync.office.notices import OfficeNotice
from sheetsync.terminal import Terminal

_SIGNS: Final = {Level.MUST: "✗", Level.NOTE: "!", Level.GOOD: "✓"}
_TO_BE_COPIED: Final = re.compile(r'(sheetsync [a-z ]+)?"[^"]*"')
_KEPT_SPACE: Final = "\x00"


class Line(NamedTuple):
    """One thing a doctor says; ``click`` is what to do, '' when nothing is to be done."""

    level: Level
    subject: str
    found: str
    click: str


def show_doctor(diagnoses: Sequence[Diagnosis]) -> None:
    """What was found, the worst first, with what to do under it; the outcome in one line."""
    lines = [Line(one.level, tr(one.subject.value), found_of(one), click_of(one)) for one in diagnoses]
    show_lines(lines, _outcome(diagnoses))


def show_lines(lines: Sequence[Line], outcome: str) -> None:
    """What a doctor says, line by line, and the outcome of it."""
    out = Terminal()
    for one in lines:
        for text in _told(one):
            for piece in _wrapped(text, out.width):
                result_line(piece)
    result_line("")
    result_line(outcome)


def _told(one: Line) -> Iterator[str]:
    """A line of what was found, a line of what to click."""
    marked = f" ({tr(one.level.value)})" if one.level is not Level.GOOD else ""
    yield f"{_SIGNS[one.level]} {one.subject}{marked}: {one.found}"
    if one.click:
        yield f"  → {one.click}"


def _wrapped(line: str, width: int) -> Iterator[str]:
    """The line in pieces no wider than the terminal; a command is kept whole, to be copied."""
    joined = _TO_BE_COPIED.sub(lambda found: found[0].replace(" ", _KEPT_SPACE), line)
    indent = " " * (4 if line.startswith(" ") else 2)
    for piece in textwrap.wrap(
        joined, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    ):
        yield piece.replace(_KEPT_SPACE, " ")


def outcome_of(levels: Iterable[Level], must: StrEnum, notes: StrEnum, good: StrEnum) -> str:
    """How it ended, by the worst there is: the sentence for it, with how many there are."""
    found = Counter(levels)
    if found[Level.MUST]:
        return say(must, must=found[Level.MUST])
    return say(notes, notes=found[Level.NOTE]) if found[Level.NOTE] else say(good)


def _outcome(diagnoses: Sequence[Diagnosis]) -> str:
    levels = (one.level for one in diagnoses)
    return outcome_of(levels, OfficeNotice.DOCTOR_MUST, OfficeNotice.DOCTOR_NOTES, OfficeNotice.DOCTOR_GOOD)


def doctor_as_json(diagnoses: Sequence[Diagnosis]) -> list[dict[str, Any]]:
    """Everything said, with stable codes."""
    return [
        {
            "code": one.check.value,
            "level": one.level.name.lower(),
            "subject": one.subject.value,
            "found": found_of(one),
            "click": click_of(one),
        }
        for one in diagnoses
    ]


def show_steps(steps: Sequence[Step]) -> None:
    """One line for each thing done or left undone."""
    for one in steps:
        sign = "!" if one.needs_user else "·"
        plain_line(f"{sign} {one.sentence}")
