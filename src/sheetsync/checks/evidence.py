"""Whether what is said to be done is confirmed: by a document with its number and date, or a link.

What a text offers is read by ``evidence_text``; here it is weighed against the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from sheetsync.checks.answers import says_something
from sheetsync.checks.case import Case
from sheetsync.checks.evidence_text import read_evidence
from sheetsync.checks.plan_words import without_own_words
from sheetsync.model import (
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
from sheetsync.text import plain, squeeze

EVIDENCE_COLUMNS: Final = ("document", "link", "info")
"""Where confirmation is looked for, likeliest first."""

_CLAIMS: Final = ("document", "info", "link")
"""Where a claim stands in place of evidence, likeliest first."""

_STRENGTH: Final = (Sufficiency.NO, Sufficiency.WEAK, Sufficiency.YES)
_QUOTED: Final = 120

_LOCAL: Final = re.compile(r"^\s*(?:file:|smb:|\\\\|//[^/]|[a-z]:[\\/])", re.IGNORECASE)
_WITHOUT_SCHEME: Final = re.compile(r"^[a-z]+://(www\.)?|^www\.", re.IGNORECASE)
_PATH_SIGNS: Final = re.compile(r"[:/\\]")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S|\b[a-zа-я0-9-]+(?:\.[a-zа-я0-9-]+)*\.(?:[a-z]{2,}|рф|рус|дети)\b", re.IGNORECASE
)
_OFFICE: Final = re.compile(
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
    fields = [entry.fields[column] for column in EVIDENCE_COLUMNS if column in entry.fields]
    texts = [(without_own_words(field.text, row) if row else field.text, field.links) for field in fields]
    pieces = [piece for text, links in texts for piece in (text, *links) if piece.strip()]
    return together(read_evidence(piece) for piece in dict.fromkeys(pieces))


def together(parts: Iterable[Evidence]) -> Evidence:
    """Several offers as one: all they name, as sufficient as the best of them."""
    found = list(parts)
    return Evidence(
        kinds=tuple(dict.fromkeys(kind for one in found for kind in one.kinds)),
        sufficient=max((one.sufficient for one in found), key=_STRENGTH.index, default=Sufficiency.NO),
        items=tuple(item for one in found for item in one.items),
        doubts=tuple(dict.fromkeys(doubt for one in found for doubt in one.doubts)),
    )


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
        if _LOCAL.search(words) or _ADDRESS.search(words) or not says_something(words):
            continue
        if read_evidence(words).sufficient is Sufficiency.NO:
            yield case.finding(outcome, "link", "E603", value=quoted(words))


def local_path(case: Case) -> Iterator[Finding]:
    """An address only the sender's own computer understands, in any cell of the answer."""
    for outcome in case.outcomes:
        for column in EVIDENCE_COLUMNS:
            field = outcome.entry.fields.get(column) if outcome.entry else None
            if field is None or not (field.links or _PATH_SIGNS.search(field.text)):
                continue
            targets = (*field.text.splitlines(), *field.links)
            for target in dict.fromkeys(target.strip() for target in targets if _LOCAL.search(target)):
                yield case.finding(outcome, column, "E604", value=quoted(target))


# --- what the rules ask -------------------------------------------------------------------------


def identities(evidence: Evidence) -> frozenset[str]:
    """What tells one document or link from another, however it is written."""
    return frozenset(identity_of(item) for item in evidence.items)


def identity_of(item: EvidenceItem) -> str:
    """A link without scheme, «www.» and closing slash; a document by kind, number and date."""
    if item.link:
        address = _WITHOUT_SCHEME.sub("", item.link.strip())
        host, slash, path = address.partition("/")
        return f"{host.lower()}{slash}{path.partition('#')[0]}".rstrip("/")
    if item.number or item.date:
        return f"{item.kind} {plain(item.number or '')} {item.date or ''}"
    return plain(item.text)


def is_of_an_office(item: EvidenceItem) -> bool:
    """A document of the district or of those above it: many schools name it, whatever its year."""
    return bool(_OFFICE.search(item.text))


def to_be_confirmed(case: Case) -> Iterator[tuple[Outcome, Evidence]]:
    """Rows said to be done, unless the district waived evidence."""
    if not case.plan.settings.evidence_required:
        return
    for outcome in case.with_status(Status.DONE, Status.PARTLY):
        yield outcome, case.evidence_of(outcome)


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
    held = ((column, fields[column]) for column in EVIDENCE_COLUMNS if column in fields)
    holding = (column for column, field in held if text and (text in field.text or text in field.links))
    return next(holding, _claim(outcome)[0])


def _wanted(item: EvidenceItem | None) -> Wanted:
    if item is not None and item.number:
        return Wanted.DATE
    return Wanted.NUMBER if item is not None and item.date else Wanted.BOTH


def quoted(text: str) -> str:
    """A text as a finding quotes it: whole when short, its beginning when long."""
    text = squeeze(text)
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
