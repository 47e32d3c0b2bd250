"""What «check» prints: what the school would see of its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheetsync.district.as_json import findings_as_json
from sheetsync.lines import plain_line
from sheetsync.notices import Notice, say
from sheetsync.reports import show_findings

if TYPE_CHECKING:
    from sheetsync.campaign import CheckResult


def show_check(result: CheckResult) -> None:
    for line in result.answered:
        plain_line(say(Notice.CHECK_WHO, participant=line.name, rows=line.rows, answered=line.answered))
    show_findings(plain_line, result.findings, result.plan)
    if not result.findings:
        plain_line(say(Notice.CHECK_CLEAN))


def check_as_json(result: CheckResult) -> dict[str, Any]:
    return {
        "file": result.name,
        "verdict": result.verdict.value,
        "participants": [
            {"code": one.code, "name": one.name, "rows": one.rows, "answered": one.answered}
            for one in result.answered
        ],
        "findings": findings_as_json(result.findings),
    }
