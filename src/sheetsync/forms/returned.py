"""A form that goes back to its school: its last answers, remarks beside them, accepted rows closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.forms.answered import Answers, with_answers
from sheetsync.forms.checking import ACCEPTED, READY, SEE_REMARK
from sheetsync.forms.model import Back, Form, FormRow
from sheetsync.model import Plan

OPEN_SIGN: Final = "►"

_LINE: Final = (
    "Возврат № {number}. Исправьте строки со знаком "
    + OPEN_SIGN
    + " (их {open}) и пришлите форму до {until:%d.%m.%Y}."
)
_MISSING: Final = " Ответа ещё нет в строках: {missing}."
_CLOSED: Final = " Принятые строки (✓) закрыты."


class Repair(Struct, frozen=True):
    """How one place of the school's last copy was understood, in plain words."""

    number: str
    place: str
    told: str


class Return(Struct, frozen=True):
    """One return to one school: ``remarks`` by row are the words that stand beside its answers."""

    number: int
    until: date
    remarks: Mapping[str, str]
    accepted: Set[str] = frozenset()
    missing: int = 0
    """How many other rows are due and not answered at all."""
    repairs: tuple[Repair, ...] = ()


def returned(form: Form, plan: Plan, answers: Answers, one: Return) -> Form:
    """The form as it is sent back."""
    filled = with_answers(form, plan, answers)
    asked = {row.key for row in filled.rows}
    back = Back(
        line_of(one, len(asked & one.remarks.keys())),
        frozenset(asked & one.remarks.keys()),
        frozenset(one.accepted),
        tuple(_repair_rows(one.repairs)),
    )
    return replace(filled, rows=tuple(_remarked(row, one) for row in filled.rows), back=back)


def line_of(one: Return, count: int) -> str:
    """What the school reads first: which return it is, what to do and till when."""
    line = _LINE.format(number=one.number, open=count, until=one.until)
    line += _MISSING.format(missing=one.missing) if one.missing else ""
    return line + (_CLOSED if one.accepted else "")


def _remarked(row: FormRow, one: Return) -> FormRow:
    word = ACCEPTED if row.key in one.accepted else one.remarks.get(row.key, "")
    if not word:
        return row
    is_ready = row.cells.get("check") == READY and word != ACCEPTED
    return replace(row, cells={**row.cells, "remark": word, **({"check": SEE_REMARK} if is_ready else {})})


def _repair_rows(repairs: Iterable[Repair]) -> Iterable[FormRow]:
    for one in repairs:
        yield FormRow("", {"number": one.number, "place": one.place, "told": one.told})
