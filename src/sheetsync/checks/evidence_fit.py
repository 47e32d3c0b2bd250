"""Whether what a school gives is what the plan asks for: of the right kind, and as many.

Doubt is on the school's side: a link or a file may hold anything, an order may approve a plan, and
where the plan names no kind the program knows, every document will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sheetsync.checks.case import Case
from sheetsync.checks.evidence import identities, quoted, to_be_confirmed
from sheetsync.checks.evidence_links import is_front_page
from sheetsync.model import Evidence, EvidenceItem, Finding, Sufficiency
from sheetsync.plan.evidence_asked import Asked, AskedPaper, asked_in
from sheetsync.plan.papers import FIRM, LOOSE, Paper

_STANDS_FOR: Final[dict[Paper, frozenset[Paper]]] = {
    Paper.ORDER: frozenset({Paper.REGULATION}),
    Paper.PROTOCOL: frozenset({Paper.ACT, Paper.JOURNAL}),
    Paper.NOTE: frozenset({Paper.ANALYTICAL_NOTE, Paper.REPORT, Paper.ACT, Paper.PROTOCOL}),
    Paper.ANALYTICAL_NOTE: frozenset({Paper.NOTE, Paper.REPORT, Paper.ACT, Paper.PROTOCOL}),
    Paper.REPORT: frozenset({Paper.NOTE, Paper.ANALYTICAL_NOTE, Paper.ACT, Paper.PROTOCOL, Paper.LETTER}),
    Paper.CERTIFICATE: frozenset({Paper.LIST, Paper.REPORT, Paper.JOURNAL}),
    Paper.AGREEMENT: frozenset({Paper.CONTRACT}),
    Paper.CONTRACT: frozenset({Paper.AGREEMENT}),
    Paper.ACT: frozenset({Paper.PROTOCOL, Paper.NOTE}),
    Paper.JOURNAL: frozenset({Paper.LIST, Paper.PROTOCOL, Paper.REPORT}),
    Paper.LETTER: frozenset({Paper.MEMO, Paper.CERTIFICATE}),
    Paper.PLAN: frozenset({Paper.PROGRAMME, Paper.ORDER, Paper.REGULATION, Paper.PROTOCOL}),
    Paper.PROGRAMME: frozenset({Paper.PLAN, Paper.ORDER, Paper.REGULATION, Paper.PROTOCOL}),
    Paper.REGULATION: frozenset({Paper.ORDER, Paper.PROTOCOL}),
    Paper.LIST: frozenset(
        {Paper.ORDER, Paper.JOURNAL, Paper.NOTE, Paper.ANALYTICAL_NOTE, Paper.REPORT, Paper.PROTOCOL}
        | {Paper.LETTER, Paper.CERTIFICATE, Paper.DATA_BANK}
    ),
    Paper.RECOMMENDATIONS: frozenset(
        {Paper.ORDER, Paper.LETTER, Paper.PROTOCOL, Paper.PROGRAMME, Paper.PUBLICATION, Paper.NOTE}
        | {Paper.ANALYTICAL_NOTE}
    ),
    Paper.PUBLICATION: frozenset({Paper.CERTIFICATE}),
    Paper.DATA_BANK: frozenset({Paper.LIST, Paper.ORDER, Paper.NOTE, Paper.REPORT}),
}
"""What may confirm the same as the document asked for; every kind stands for itself."""

_WORDS: Final = FIRM | LOOSE
_ANYTHING: Final = frozenset({Paper.FILE, Paper.DOCUMENT})
"""A file or a document whose kind is not said may be what is asked for."""


# --- rules --------------------------------------------------------------------------------------


def fewer_than_asked(case: Case) -> Iterator[Finding]:
    """The plan asks for several documents and fewer are named."""
    for outcome, evidence in to_be_confirmed(case):
        asked = asked_in(case.row(outcome).evidence_asked)
        if asked.count <= min(1, len(evidence.items)) or evidence.sufficient is Sufficiency.NO:
            continue
        given = len(identities(evidence))
        if given < asked.count:
            given = max(given, _named_in_passing(asked, evidence))
        if given < asked.count:
            yield case.finding(outcome, "document", "E605", asked=asked.count, given=given)


def wrong_kind(case: Case) -> Iterator[Finding]:
    """«Приказ» is asked for and only a note is given."""
    for outcome, evidence in to_be_confirmed(case):
        if evidence.sufficient is Sufficiency.NO:
            continue
        asked = asked_in(case.row(outcome).evidence_asked)
        wanting = [one for one in asked.papers if not _is_given(one, evidence)]
        if wanting and (len(wanting) == len(asked.papers) or len(identities(evidence)) >= asked.count):
            given = ", ".join(dict.fromkeys(quoted(item.text) for item in evidence.items))
            words = "; ".join(one.text for one in wanting)
            yield case.finding(outcome, "document", "E610", asked=words, given=given)


# --- what is given ------------------------------------------------------------------------------


def _is_given(asked: AskedPaper, evidence: Evidence) -> bool:
    if not asked.kinds:
        return True
    for kind in evidence.kinds:
        if kind in asked.kinds and kind != Paper.SITE_PAGE:  # without a link a site shows nothing
            return True
    return any(_is_like(one, asked) for one in evidence.items)


def _is_like(item: EvidenceItem, asked: AskedPaper) -> bool:
    if item.link:
        return not is_front_page(item.link)
    if item.kind in _ANYTHING:
        return Paper.SITE_PAGE not in asked.kinds or len(asked.kinds) > 1
    fitting = {kind for one in asked.kinds for kind in (one, *_STANDS_FOR.get(Paper(one), ()))}
    return item.kind in fitting or _names(item.text, asked)


def _names(text: str, asked: AskedPaper) -> bool:
    known = (_WORDS[Paper(kind)] for kind in asked.kinds if Paper(kind) in _WORDS)
    return any(re.search(words, text, re.IGNORECASE) for words in known)


def _named_in_passing(asked: Asked, evidence: Evidence) -> int:
    """How many of the things asked for are named at all: «Справка с рекомендациями» names two."""
    texts = " ".join(item.text for item in evidence.items)
    return sum(_names(texts, one) for one in asked.papers)
