"""Whether what is said to be done is confirmed: by a document with its number and date, or a link.

What a text offers is read by ``evidence_text``; here it is weighed against the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Final

from sheetsync.checks.answers import says_something
from sheetsync.checks.case import Case
from sheetsync.checks.evidence_text import read_evidence
from sheetsync.checks.plan_words import without_own_words
from sheetsync.model import (
    Doubt,
    Entry,
    Evidence,
    EvidenceItem,
    Field,
    Finding,
    Outcome,
    PlanRow,
    Status,
    Sufficiency,
)
from sheetsync.patterns import at_first_use
from sheetsync.text import plain, squeeze

EVIDENCE_COLUMNS: Final = ("document", "link", "info")
"""Where confirmation is looked for, likeliest first."""

_CLAIMS: Final = ("document", "info", "link")
"""Where a claim stands in place of evidence, likeliest first."""

_YES: Final = Sufficiency.YES
_NO: Final = Sufficiency.NO
_QUOTED: Final = 120

_LOCAL: Final = at_first_use(r"^\s*(?:file:|smb:|\\\\|//[^/]|[a-z]:[\\/])", re.IGNORECASE)
_SCHEME: Final = at_first_use(r"^[a-z]+://(www\.)?|^www\.", re.IGNORECASE)
_WEB: Final = ("http://", "https://")
_ADDRESS: Final = (
    r"(?i)(?:https?://|www\.)\S|\b[a-zа-я0-9-]+(?:\.[a-zа-я0-9-]+)*\.(?:[a-z]{2,}|рф|рус|дети)\b"
)
_OFFICE: Final = at_first_use(
    r"\b(?:отдел|управлени|комитет|министерств|минпросвещени|минобр|департамент|администраци|правительств|"
    r"рособрнадзор|главы\b|районн|муниципальн\w+\s+(?:орган|образовани)|институт|иро\b)",
    re.IGNORECASE,
)


class Wanted(StrEnum):
    """What a weak document lacks, as the advice says it."""

    NUMBER = "номер"
    DATE = "дату"
    BOTH = "номер и дату документа или ссылку"


def evidence_of(entry: Entry, row: PlanRow | None = None) -> Evidence:
    """What all cells of an answer offer together: texts and the addresses behind them.

    Sentences copied from the row of the plan confirm nothing and are left out.
    """
    pieces: dict[str, None] = {}
    for column in EVIDENCE_COLUMNS:
        field = entry.fields.get(column)
        if field is not None:
            text = field.text
            pieces[without_own_words(text, row) if row and text else text] = None
            for link in field.links:
                pieces[link] = None
    return together([read_evidence(piece) for piece in pieces if piece and not piece.isspace()])


def together(parts: Iterable[Evidence]) -> Evidence:
    """Several offers as one: all they name, as sufficient as the best of them."""
    kinds: dict[str, None] = {}
    items: list[EvidenceItem] = []
    doubts: dict[Doubt, None] = {}
    best = _NO
    for one in parts:
        for kind in one.kinds:
            kinds[kind] = None
        items += one.items
        for doubt in one.doubts:
            doubts[doubt] = None
        if one.sufficient is _YES or best is _NO:
            best = one.sufficient
    return Evidence(tuple(kinds), best, tuple(items), tuple(doubts))


# --- rules --------------------------------------------------------------------------------------


def no_evidence(case: Case) -> Iterator[Finding]:
    """Said to be done, and nothing shows it; a claim or a figure is quoted back."""
    for outcome, evidence in to_be_confirmed(case):
        if evidence.sufficient is not Sufficiency.NO:
            continue
        column, claim = _claim(outcome)
        if claim and not without_own_words(claim, case.row(outcome)):
            yield case.finding(outcome, column, "E612", claim=f"«{quoted(claim)}»")
        elif claim:
            yield case.finding(outcome, column, "E601", claim=f"«{quoted(claim)}»")
        else:
            yield case.finding(outcome, "document", "E609")


def weak_evidence(case: Case) -> Iterator[Finding]:
    """A document that cannot be found again: without number or date."""
    for outcome, evidence in to_be_confirmed(case):
        if evidence.sufficient is Sufficiency.WEAK:
            weak = next(
                (one for one in evidence.items if not (one.number and one.date) and not one.link), None
            )
            column = column_of(outcome, weak.text if weak else "")
            what = weak.text if weak else _claim(outcome)[1]
            yield case.finding(outcome, column, "E602", what=f"«{quoted(what)}»", missing=_wanted(weak))


def not_a_link(case: Case) -> Iterator[Finding]:
    """Column «Ссылка» holds words, and they are no document either."""
    for outcome, field in _links(case):
        words = field.text
        if _LOCAL.search(words) or re.search(_ADDRESS, words) or not says_something(words):
            continue
        if read_evidence(words).sufficient is Sufficiency.NO:
            yield case.finding(outcome, "link", "E603", value=quoted(words))


def local_path(case: Case) -> Iterator[Finding]:
    """An address only the sender's own computer understands, in any cell of the answer."""
    for outcome in case.outcomes:
        fields = outcome.entry.fields if outcome.entry else {}
        for column in EVIDENCE_COLUMNS:
            field = fields.get(column)
            if field is not None and not _is_on_the_web(field):
                for target in _local_targets(field):
                    yield case.finding(outcome, column, "E604", value=quoted(target))


# --- what the rules ask -------------------------------------------------------------------------


def identities(evidence: Evidence) -> frozenset[str]:
    """What tells one document or link from another, however it is written."""
    return frozenset(identity_of(item) for item in evidence.items)


def identity_of(item: EvidenceItem) -> str:
    """A link without scheme, «www.» and closing slash; a document by kind, number and date."""
    if item.link:
        address = item.link.strip()
        scheme = _SCHEME.match(address)
        host, slash, path = (address[scheme.end() :] if scheme else address).partition("/")
        return f"{host.lower()}{slash}{path.partition('#')[0]}".rstrip("/")
    if item.number or item.date:
        return f"{item.kind} {plain(item.number or '')} {item.date or ''}"
    return plain(item.text)


def is_of_an_office(item: EvidenceItem) -> bool:
    """A document of the district or of those above it: many schools name it, whatever its year."""
    return not item.text.isascii() and _OFFICE.search(item.text) is not None


def to_be_confirmed(case: Case) -> Sequence[tuple[Outcome, Evidence]]:
    """Rows said to be done, unless the district waived evidence."""
    return case.once(_to_be_confirmed) if case.plan.settings.evidence_required else ()


def _to_be_confirmed(case: Case) -> list[tuple[Outcome, Evidence]]:
    return [(one, case.evidence_of(one)) for one in case.with_status(Status.DONE, Status.PARTLY)]


def _is_on_the_web(field: Field) -> bool:
    """Seen at a glance: words without a path, or one address, and no link but into the web."""
    text = field.text
    for link in field.links:
        if not link.startswith(_WEB):
            return False
    if text.startswith(_WEB):
        return text.isprintable()
    return not (":" in text or "\\" in text or "//" in text)


def _local_targets(field: Field) -> Iterable[str]:
    """Paths a cell names, a line each, and those behind it."""
    text, links = field.text, field.links
    targets = [one for one in (*text.splitlines(), *links) if not one.startswith(_WEB) and _LOCAL.match(one)]
    return dict.fromkeys([one.strip() for one in targets]) if targets else ()


def _links(case: Case) -> Iterator[tuple[Outcome, Field]]:
    """Cells of «Ссылка» behind which no address stands."""
    for outcome in case.outcomes:
        field = outcome.entry.fields.get("link") if outcome.entry else None
        if field is not None and not field.links:
            yield outcome, field


def _claim(outcome: Outcome) -> tuple[str, str]:
    """The column that should have held evidence and what stands there instead."""
    entry = outcome.entry
    texts = [(column, entry.text(column)) for column in _CLAIMS] if entry else []
    return next(((column, text) for column, text in texts if says_something(text)), ("document", ""))


def column_of(outcome: Outcome, text: str) -> str:
    """The column in which a piece of evidence stands, a text or an address."""
    fields = outcome.entry.fields if outcome.entry else {}
    for column in EVIDENCE_COLUMNS if text else ():
        field = fields.get(column)
        if field is not None and (text in field.text or text in field.links):
            return column
    return _claim(outcome)[0]


def _wanted(item: EvidenceItem | None) -> Wanted:
    if item is not None and item.number:
        return Wanted.DATE
    return Wanted.NUMBER if item is not None and item.date else Wanted.BOTH


def quoted(text: str) -> str:
    """A text as a finding quotes it: whole when short, its beginning when long."""
    text = squeeze(text)
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
