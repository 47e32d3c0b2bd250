"""What ``amend`` prints: the differences for the coordinator to confirm, and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from sheetsync.campaign import AmendResult, Proposal
from sheetsync.campaign.amending import counts_of
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.district.as_json import findings_as_json
from sheetsync.lines import plain_line
from sheetsync.messages import tr
from sheetsync.model import Indicator
from sheetsync.notices import Notice, say
from sheetsync.plan.amending import Change, Difference
from sheetsync.plan.amending_rows import Kind
from sheetsync.reports import show_findings
from sheetsync.settings import YES
from sheetsync.terminal import Terminal

_COLUMNS: Final = (
    ReviewNotice.AMEND_COLUMN_ROW,
    ReviewNotice.AMEND_COLUMN_WHAT,
    ReviewNotice.AMEND_COLUMN_WAS,
    ReviewNotice.AMEND_COLUMN_NOW,
)
_NOT_SHOWN: Final = (Kind.SAME, Kind.OWN, Kind.LEFT_OUT)
"""Rows that stay as they are."""


def show_proposal(proposal: Proposal) -> None:
    """Every row that changes, the settings, and what to look at before saying yes."""
    amendment = proposal.amendment
    plain_line(say(ReviewNotice.AMEND_TITLE, name=proposal.order_name))
    plain_line(say(ReviewNotice.AMEND_COUNTS, **counts_of(amendment)))
    table = Table(show_lines=True)
    for heading in _COLUMNS:
        table.add_column(say(heading), overflow="fold")
    for one in amendment.changes:
        for row in _rows(one):
            table.add_row(*row)
    if table.row_count:
        Terminal(stderr=True).print(table)
    if amendment.is_rearranged:
        plain_line(say(ReviewNotice.AMEND_REARRANGED))
    for setting in proposal.settings:
        was = setting.own or setting.was or say(Notice.NOT_SAID)
        plain_line(say(ReviewNotice.AMEND_SETTING, label=tr(setting.label), was=was, now=setting.now))
    for target in proposal.targets:
        was = _figure(target.was) if target.was else say(Notice.NOT_SAID)
        told = say(
            ReviewNotice.AMEND_TARGET, title=target.becomes.title, was=was, now=_figure(target.becomes)
        )
        plain_line(told)
    show_findings(plain_line, proposal.findings, proposal.plan)


def _figure(one: Indicator) -> str:
    """«80 %»."""
    return f"{one.target:g} {one.unit or ''}".strip() if one.target is not None else one.title


def _rows(one: Change) -> Iterator[tuple[str, str, str, str]]:
    """The lines of one row; its name stands in the first of them."""
    name = one.was or one.now
    for kind in one.kinds:
        if kind in _NOT_SHOWN:
            continue
        told = next((told for told in one.differences if told.kind is kind), None)
        yield (name, tr(kind.value), *(_both(told) if told else ("", "")))
        name = ""


def _both(told: Difference) -> tuple[str, str]:
    own = (say(ReviewNotice.AMEND_OWN, own=told.own),) if told.own else ()
    was = told.was or ("" if told.kind is Kind.ADDED else "—")
    return "\n".join((was, *own)), told.now or "—"


def is_yes(answer: str) -> bool:
    """Only «да» is yes."""
    return answer.strip().lower() == YES


def show_amendment(result: AmendResult, order_file: Path) -> None:
    """What became of the workbook, and what to do next."""
    for sentence in _outcome(result, order_file):
        plain_line(sentence)
    told = result.proposal.findings if result.proposal.is_empty else result.findings
    show_findings(plain_line, told, result.proposal.plan)


def _outcome(result: AmendResult, order_file: Path) -> Iterator[str]:
    proposal, folder = result.proposal, result.proposal.campaign.folder
    if proposal.is_empty:
        yield say(ReviewNotice.AMEND_NOTHING, name=proposal.order_name)
    elif not result.is_written:
        yield say(ReviewNotice.AMEND_SHOWN, folder=folder, order=order_file)
    else:
        yield say(ReviewNotice.AMEND_DONE, path=proposal.campaign.workbook.resolve())
        if proposal.amendment.of(Kind.REMOVED):
            yield say(ReviewNotice.AMEND_KEPT)
        if proposal.doubts:
            yield say(ReviewNotice.AMEND_DOUBTS, count=proposal.doubts)
        yield say(ReviewNotice.AMEND_NEXT, folder=folder)


def amendment_as_json(result: AmendResult) -> dict[str, Any]:
    """The same as one document."""
    proposal = result.proposal
    return {
        "written": result.is_written,
        **counts_of(proposal.amendment),
        "rows": [_change_as_json(one) for one in proposal.amendment.changes if one.kinds != (Kind.SAME,)],
        "settings": [
            {"key": one.key, "was": one.was, "now": one.now, "own": one.own or None}
            for one in proposal.settings
        ],
        "targets": [
            {
                "title": one.becomes.title,
                "was": one.was.target if one.was else None,
                "now": one.becomes.target,
            }
            for one in proposal.targets
        ],
        "participants": {
            "added": [{"code": one.code, "name": one.name} for one in proposal.roster.added],
            "gone": [one.code for one in proposal.roster.gone],
        },
        "findings": findings_as_json(proposal.findings),
    }


def _change_as_json(one: Change) -> dict[str, Any]:
    return {
        "activity": one.key,
        "kinds": [kind.name.lower() for kind in one.kinds],
        "was": one.was or None,
        "now": one.now or None,
        "confidence": one.confidence,
        "resembles": list(one.resembles),
        "differences": [
            {"kind": told.kind.name.lower(), "was": told.was, "now": told.now, "own": told.own or None}
            for told in one.differences
        ],
    }
