"""Whether what is said to be done is confirmed: by a document with its number and date, or a link.

What a text offers is read by ``evidence_text``; here it is weighed against the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from sheetsync.checks.answers import field_says, says_something
from sheetsync.checks.case import Case
from sheetsync.checks.evidence_text import read_evidence
from sheetsync.grid import text_of
from sheetsync.model import Entry, Evidence, EvidenceItem, Field, Finding, Outcome, Status, Sufficiency
from sheetsync.text import plain, squeeze

EVIDENCE_COLUMNS: Final = ("document", "link", "info")
"""Where confirmation is looked for, likeliest first."""

_CLAIMS: Final = ("document", "info", "link")
"""Where a claim stands in place of evidence, likeliest first."""

_STRENGTH: Final = (Sufficiency.NO, Sufficiency.WEAK, Sufficiency.YES)
_NOTHING: Final = Evidence(kinds=(), sufficient=Sufficiency.NO)
_QUOTED: Final = 120
_OLDEST: Final = date(1990, 1, 1)
"""No document of a school's report is older."""


_LOCAL: Final = re.compile(r"^\s*(?:file:|smb:|\\\\|//[^/]|[a-z]:[\\/])", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S|\b[a-zа-я0-9-]+(?:\.[a-zа-я0-9-]+)*\.(?:[a-z]{2,}|рф|рус|дети)\b", re.IGNORECASE
)
_ASKED: Final = re.compile(r"(?<![№\d.,/-])(?<!№ )\b(\d{1,2})\b(?![\d.,/-]*\d)(?!\s*%)")
_SPOKEN: Final = {2: r"дв(?:а|е|ух)", 3: r"тр(?:и|ех)", 4: r"четыр(?:е|ех)", 5: r"пят(?:ь|и)"}
_DATE: Final = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")


class Wanted(StrEnum):
    """What a weak document lacks, as the advice says it."""

    NUMBER = "номер"
    DATE = "дату"
    BOTH = "номер и дату документа или ссылку"


def evidence_of(entry: Entry) -> Evidence:
    """What all cells of an answer offer together: texts and the addresses behind them."""
    fields = [entry.fields[column] for column in EVIDENCE_COLUMNS if column in entry.fields]
    pieces = [piece for field in fields for piece in (field.text, *field.links) if piece.strip()]
    found = [read_evidence(piece) for piece in dict.fromkeys(pieces)]
    return Evidence(
        kinds=tuple(dict.fromkeys(kind for one in found for kind in one.kinds)),
        sufficient=max((one.sufficient for one in found), key=_STRENGTH.index, default=Sufficiency.NO),
        items=tuple(item for one in found for item in one.items),
        doubts=tuple(dict.fromkeys(doubt for one in found for doubt in one.doubts)),
    )


# --- rules --------------------------------------------------------------------------------------


def no_evidence(case: Case) -> Iterator[Finding]:
    """Said to be done, and nothing shows it; a claim or a figure is quoted back."""
    for outcome, evidence in _to_be_confirmed(case):
        if evidence.sufficient is not Sufficiency.NO:
            continue
        column, claim = _claim(outcome)
        if claim:
            yield case.finding(outcome, column, "E601", claim=f"«{_quoted(claim)}»")
        else:
            yield case.finding(outcome, "document", "E609")


def weak_evidence(case: Case) -> Iterator[Finding]:
    """A document that cannot be found again: without number or date."""
    for outcome, evidence in _to_be_confirmed(case):
        if evidence.sufficient is Sufficiency.WEAK:
            weak = next(
                (one for one in evidence.items if not (one.number and one.date) and not one.link), None
            )
            column = _column_of(outcome, weak.text if weak else "")
            what = weak.text if weak else _claim(outcome)[1]
            yield case.finding(outcome, column, "E602", what=f"«{_quoted(what)}»", missing=_wanted(weak))


def not_a_link(case: Case) -> Iterator[Finding]:
    """Column «Ссылка» holds words, and they are no document either."""
    for outcome, field in _links(case):
        words = field.text if says_something(field.text) else ""
        if not words or field.links or _LOCAL.search(words) or _ADDRESS.search(words):
            continue
        if read_evidence(words).sufficient is Sufficiency.NO:
            yield case.finding(outcome, "link", "E603", value=_quoted(words))


def local_path(case: Case) -> Iterator[Finding]:
    """An address only the sender's own computer understands, in any cell of the answer."""
    for outcome in case.outcomes:
        for column in EVIDENCE_COLUMNS:
            field = outcome.entry.fields.get(column) if outcome.entry else None
            targets = (*field.text.splitlines(), *field.links) if field else ()
            for target in dict.fromkeys(target.strip() for target in targets if _LOCAL.search(target)):
                yield case.finding(outcome, column, "E604", value=_quoted(target))


def fewer_than_asked(case: Case) -> Iterator[Finding]:
    """The plan asks for several documents and fewer are named."""
    for outcome, evidence in _to_be_confirmed(case):
        asked, given = asked_count(case.row(outcome).evidence_asked), len(identities(evidence))
        if evidence.sufficient is not Sufficiency.NO and given < asked:
            yield case.finding(outcome, "document", "E605", asked=asked, given=given)


def impossible_date(case: Case) -> Iterator[Finding]:
    """A document dated after the as-of date, long ago, or on a day the calendar does not have."""
    for outcome in case.outcomes:
        found: dict[str, str] = {}
        for column in ("document", "link"):
            text = outcome.entry.text(column) if outcome.entry else ""
            found.update(dict.fromkeys(_impossible_dates(text, case.as_of), column))
        evidence = case.evidence.get((outcome.participant, outcome.activity), _NOTHING)
        for item in evidence.items:
            if item.date and not _is_possible(item.date, case.as_of):
                found.setdefault(text_of(item.date), _column_of(outcome, item.text))
        for day, column in found.items():
            yield case.finding(outcome, column, "E608", date=day)


# --- what the rules ask -------------------------------------------------------------------------


def asked_count(text: str) -> int:
    """How many documents the plan asks for: «протокол ×2», «не менее двух справок» -> 2; else 1."""
    found = _ASKED.search(text)
    written = int(found[1]) if found else 1
    spoken = [number for number, word in _SPOKEN.items() if re.search(rf"\b{word}\b", plain(text))]
    return max(written, *spoken, 1)


def identities(evidence: Evidence) -> frozenset[str]:
    """What tells one document or link from another, however it is written."""
    return frozenset(identity_of(item) for item in evidence.items)


def identity_of(item: EvidenceItem) -> str:
    """A link without scheme, «www.» and closing slash; a document by kind, number and date."""
    if item.link:
        address = re.sub(r"^[a-z]+://(www\.)?|^www\.", "", item.link.strip(), flags=re.IGNORECASE)
        host, slash, path = address.partition("/")
        return f"{host.lower()}{slash}{path.partition('#')[0]}".rstrip("/")
    if item.number or item.date:
        return f"{item.kind} {plain(item.number or '')} {item.date or ''}"
    return plain(item.text)


def _to_be_confirmed(case: Case) -> Iterator[tuple[Outcome, Evidence]]:
    """Rows said to be done, unless the district waived evidence."""
    if not case.plan.settings.evidence_required:
        return
    for outcome in case.with_status(Status.DONE, Status.PARTLY):
        yield outcome, case.evidence.get((outcome.participant, outcome.activity), _NOTHING)


def _links(case: Case) -> Iterator[tuple[Outcome, Field]]:
    for outcome in case.outcomes:
        field = outcome.entry.fields.get("link") if outcome.entry else None
        if field is not None and field_says(field):
            yield outcome, field


def _claim(outcome: Outcome) -> tuple[str, str]:
    """The column that should have held evidence and what stands there instead."""
    entry = outcome.entry
    texts = [(column, entry.text(column)) for column in _CLAIMS] if entry else []
    return next(((column, text) for column, text in texts if says_something(text)), ("document", ""))


def _column_of(outcome: Outcome, text: str) -> str:
    """The column in which a piece of evidence stands."""
    entry = outcome.entry
    holding = (column for column in EVIDENCE_COLUMNS if text and entry and text in entry.text(column))
    return next(holding, _claim(outcome)[0])


def _wanted(item: EvidenceItem | None) -> Wanted:
    if item is not None and item.number:
        return Wanted.DATE
    return Wanted.NUMBER if item is not None and item.date else Wanted.BOTH


def _impossible_dates(text: str, as_of: date) -> Iterator[str]:
    for day, month, year in _DATE.findall(text):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            yield f"{day}.{month}.{year}"
            continue
        if not _is_possible(found, as_of):
            yield text_of(found)


def _is_possible(day: date, as_of: date) -> bool:
    return _OLDEST <= day <= as_of


def _quoted(text: str) -> str:
    text = squeeze(text)
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
