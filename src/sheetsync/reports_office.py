"""What «doctor» and «addin» print: a short table for a coordinator, one document for an administrator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from sheetsync.messages import tr
from sheetsync.notices import Notice, say
from sheetsync.office.codes import Level
from sheetsync.office.diagnose import Diagnosis, click_of, found_of
from sheetsync.office.install import Step
from sheetsync.terminal import Terminal


def show_doctor(diagnoses: Sequence[Diagnosis]) -> None:
    """A table of what to do, a line for each thing in order, the outcome in one line."""
    out = Terminal()
    troubles = [one for one in diagnoses if one.level is not Level.GOOD]
    if troubles:
        out.print(_table(troubles))
    for one in diagnoses:
        if one.level is Level.GOOD:
            words = " ".join(filter(None, (f"{tr(one.subject.value)}:", found_of(one), click_of(one))))
            out.print(f"✓ {words}", markup=False, soft_wrap=True)
    out.print(_outcome(diagnoses), markup=False, soft_wrap=True)


def _table(troubles: Sequence[Diagnosis]) -> Table:
    table = Table("", show_lines=True)
    for heading in (Notice.DOCTOR_SUBJECT, Notice.DOCTOR_FOUND, Notice.DOCTOR_CLICK):
        table.add_column(say(heading), overflow="fold")
    for one in troubles:
        table.add_row(tr(one.level.value), tr(one.subject.value), found_of(one), click_of(one))
    return table


def _outcome(diagnoses: Sequence[Diagnosis]) -> str:
    must, notes = (sum(one.level is level for one in diagnoses) for level in (Level.MUST, Level.NOTE))
    if must:
        return say(Notice.DOCTOR_MUST, must=must)
    return say(Notice.DOCTOR_NOTES, notes=notes) if notes else say(Notice.DOCTOR_GOOD)


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
    out = Terminal(stderr=True)
    for one in steps:
        sign = "!" if one.needs_user else "·"
        out.print(f"{sign} {one.sentence}", markup=False, soft_wrap=True)
