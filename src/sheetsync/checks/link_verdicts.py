"""What was found when the links of the answers were looked at; nothing is asked for here."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from sheetsync.checks.case import Case, KnownLink, nothing_known
from sheetsync.checks.evidence_links import links
from sheetsync.model import Entry, Evidence, Finding, LinkCheck, LinkVerdict, Outcome, Sufficiency

_COLUMNS = ("link", "document", "info")


def links_of(entry: Entry) -> dict[str, str]:
    """Addresses an answer names, in its words or behind them, with the column each stands in."""
    found: dict[str, str] = {}
    for column in _COLUMNS:
        field = entry.fields.get(column)
        for address in (*links(field.text), *field.links) if field else ():
            found.setdefault(address, column)
    return found


def without_dead(evidence: Evidence, known: KnownLink) -> Evidence:
    """Evidence as it is once dead links are known: where nothing else confirms the row, it is weak."""
    if known is nothing_known:
        return evidence
    alive = tuple(one for one in evidence.items if not (one.link and _is_dead(known(one.link))))
    if len(alive) == len(evidence.items) or evidence.sufficient is not Sufficiency.YES:
        return evidence
    is_confirmed = any(one.link or (one.number and one.date) for one in alive)
    return replace(evidence, items=alive, sufficient=Sufficiency.YES if is_confirmed else Sufficiency.WEAK)


def dead_link(case: Case) -> Iterator[Finding]:
    """An address that leads to nothing: the only verdict that is a defect of the report."""
    yield from _told(case, LinkVerdict.DEAD, "E630")


def closed_link(case: Case) -> Iterator[Finding]:
    """An address that opens to those who sign in: the coordinator may not see what the school sees."""
    yield from _told(case, LinkVerdict.SIGN_IN, "E631")


def _told(case: Case, verdict: LinkVerdict, code: str) -> Iterator[Finding]:
    if case.link_check is nothing_known:
        return
    for outcome, address, column, check in case.once(_checked):
        if check.verdict is verdict and check.checked_on:
            day = f"{check.checked_on:%d.%m.%Y}"
            yield case.finding(outcome, column, code, value=address, reason=check.reason, day=day)


def _checked(case: Case) -> list[tuple[Outcome, str, str, LinkCheck]]:
    return [
        (outcome, address, column, check)
        for outcome in case.outcomes
        if outcome.entry
        for address, column in links_of(outcome.entry).items()
        if (check := case.link_check(address))
    ]


def _is_dead(check: LinkCheck | None) -> bool:
    return check is not None and check.verdict is LinkVerdict.DEAD
