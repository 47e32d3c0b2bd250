"""What «Проверка» says of one row of the form: one set of rules, as Python and as a formula.

The formula stands in the template and shows a school what is still missing while it types; the
Python gives the value a program sees that does not calculate. Both are made from ``RULES``.
Only old functions, TRIM and LEN of single cells, and COUNTIF over ranges are used: these calculate
alike in Excel, LibreOffice, Google and others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct

from sheetsync.columns import REPORT
from sheetsync.model import Status

READY: Final = "готово"
SEE_REMARK: Final = "см. замечание"
"""Instead of «готово», while the district's remark stands beside the answer."""
ACCEPTED: Final = "✓ принято"
"""What stands in «Замечание района» of an accepted row."""
WAITING: Final = "ждёт исполнения"
NO_STATUS: Final = "нет статуса"
NO_EVIDENCE: Final = "нет подтверждения"
OTHER_STATUS: Final = "статус не из списка"

CellOf = Callable[[str], str]
"""The reference of a row's cell by column key: «status» -> «F12»."""


class Need(Struct, frozen=True):
    """What an answer must have: one of ``columns`` filled is enough."""

    missing: str
    columns: tuple[str, ...]


class Rule(Struct, frozen=True):
    """What statuses ask for, and what «Проверка» says when nothing is missing."""

    statuses: tuple[Status, ...]
    needs: tuple[Need, ...]
    verdict: str = READY


_EVIDENCE: Final = Need(NO_EVIDENCE, ("document", "link"))

RULES: Final = (
    Rule(
        (Status.DONE, Status.PARTLY),
        (Need("нет даты", ("done_on",)), Need("нет информации", ("info",)), _EVIDENCE),
    ),
    Rule((Status.NOT_DONE, Status.NOT_REQUIRED), (Need("нет причины", ("reason",)),)),
    Rule((Status.NOT_STARTED, Status.IN_PROGRESS), (), WAITING),
)

COUNTED_AS_FILLED: Final = (READY, SEE_REMARK, WAITING, NO_EVIDENCE)
"""Verdicts of a row that is answered, though its document may still be wanting."""


# --- as Python ----------------------------------------------------------------------------------


def check_of(answers: Mapping[str, str], *, evidence_required: bool = True) -> str:
    """The text of «Проверка» for one activity; ``answers`` are texts by column key."""

    def is_blank(column: str) -> bool:
        return not answers.get(column, "").strip(" ")

    if is_blank("status"):
        return NO_STATUS
    rule = _rule_for(answers["status"])
    if rule is None:
        return OTHER_STATUS
    missing = [
        need.missing
        for need in rule.needs
        if all(map(is_blank, need.columns)) and (evidence_required or need is not _EVIDENCE)
    ]
    verdict = SEE_REMARK if rule.verdict == READY and _is_remarked(answers) else rule.verdict
    return ", ".join(missing) or verdict


def progress_of(checks: Iterable[str]) -> str:
    """«Заполнено N из M, без подтверждения K» for the texts of column «Проверка»."""
    asked = [check for check in checks if check]
    filled = sum(check in COUNTED_AS_FILLED for check in asked)
    bare = sum(NO_EVIDENCE in check for check in asked)
    return f"Заполнено {filled} из {len(asked)}, без подтверждения {bare}"


def _is_remarked(answers: Mapping[str, str]) -> bool:
    return answers.get("remark", "").strip(" ") not in {"", ACCEPTED}


def _rule_for(status: str) -> Rule | None:
    words = " ".join(part for part in status.lower().split(" ") if part)
    return next((rule for rule in RULES if words in rule.statuses), None)


# --- as formulas --------------------------------------------------------------------------------


def check_formula(cell: CellOf, evidence_waived: str) -> str:
    """The formula of «Проверка»; ``evidence_waived`` is a condition of the whole form."""
    status = f"TRIM({cell('status')})"
    formula = _text(OTHER_STATUS)
    for rule in reversed(RULES):
        formula = f"IF({_is_any(status, rule.statuses)},{_verdict(rule, cell, evidence_waived)},{formula})"
    return f'IF({_blank(cell("key"))},"",IF({_blank(cell("status"))},{_text(NO_STATUS)},{formula}))'


def missing_formula(column: str, cell: CellOf, evidence_waived: str) -> str | None:
    """True where a cell of ``column`` must still be filled; ``None`` for a column never asked."""
    asked = f"NOT({_blank(cell('key'))})"
    if column == "status":
        return f"AND({asked},{_blank(cell(column))})"
    for rule in RULES:
        for need in rule.needs:
            if column in need.columns:
                met = [f"NOT({evidence_waived})"] if need is _EVIDENCE else []
                blanks = [_blank(cell(one)) for one in need.columns]
                status = _is_any(f"TRIM({cell('status')})", rule.statuses)
                return f"AND({','.join([asked, status, *met, *blanks])})"
    return None


def progress_formula(checks: str) -> str:
    """The formula of the progress line over the range of column «Проверка»."""
    filled = "+".join(f"COUNTIF({checks},{_text(verdict)})" for verdict in COUNTED_AS_FILLED)
    return (
        f'"Заполнено "&({filled})&" из "&COUNTIF({checks},"?*")'
        f'&", без подтверждения "&COUNTIF({checks},"*{NO_EVIDENCE}*")'
    )


def _verdict(rule: Rule, cell: CellOf, evidence_waived: str) -> str:
    verdict = _ready(cell) if rule.verdict == READY else _text(rule.verdict)
    if not rule.needs:
        return verdict
    met = [_is_met(need, cell, evidence_waived) for need in rule.needs]
    if len(met) == 1:
        return f"IF({met[0]},{verdict},{_text(rule.needs[0].missing)})"
    gaps = "&".join(
        f'IF({condition},"",{_text(", " + need.missing)})'
        for need, condition in zip(rule.needs, met, strict=True)
    )
    return f"IF(AND({','.join(met)}),{verdict},MID({gaps},3,99))"


def _ready(cell: CellOf) -> str:
    remark = f"TRIM({cell('remark')})"
    return f"IF({_is_any(remark, ('', ACCEPTED))},{_text(READY)},{_text(SEE_REMARK)})"


def _is_met(need: Need, cell: CellOf, evidence_waived: str) -> str:
    ways = [f"LEN(TRIM({cell(column)}))>0" for column in need.columns]
    if need is _EVIDENCE:
        ways.append(evidence_waived)
    return ways[0] if len(ways) == 1 else f"OR({','.join(ways)})"


def _is_any(value: str, words: Iterable[str]) -> str:
    return f"OR({','.join(f'{value}={_text(word)}' for word in words)})"


def _blank(reference: str) -> str:
    return f"LEN(TRIM({reference}))=0"


def _text(words: str) -> str:
    return f'"{words}"'


CHECKED_COLUMNS: Final = tuple(
    one.key for one in REPORT.columns if missing_formula(one.key, lambda key: key, "") is not None
)
"""Columns of the form that «Проверка» asks for, in order."""
