"""What is said of files sent along with a copy, and of files that are named and did not come."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Final, TypeVar

from sheetsync.checks.attached_names import file_name, is_within
from sheetsync.checks.case import Case
from sheetsync.checks.evidence import EVIDENCE_COLUMNS, column_of
from sheetsync.findings import make
from sheetsync.model import AttachedFile, EvidenceItem, FileFault, Finding, How, Outcome, PlacedFile
from sheetsync.patterns import at_first_use
from sheetsync.plan.papers import Paper
from sheetsync.text import tokens

_NAMED: Final = 5
"""How many files a finding names."""
_LONGEST_NAME: Final = 60

_SAYS_ATTACHED: Final = at_first_use(
    r"\b(?:прилага(?:ется|ются|ю|ем)|приложен[аоы]?|прикрепл[её]н\w*|во\s+вложени\w+|"
    r"скан(?:ы|-копи[яию]|ированн\w+\s+копи\w+)?\s+(?:прилаг|прикреп|во\s+влож|отправл|прислан)\w*)",
    re.IGNORECASE,
)

_NAME: Final = (
    r"(?i)\W*(?:(?:см(?:отри(?:те)?)?\b\.?|файл\w*|и|в|на)\s+)*(?P<name>.+?\.[a-z][a-z0-9]{1,3})(?!\w)"
)
"""A file named in a text, without the words that lead to it: «см. приказ.pdf и справка.pdf»."""

_OF_A_ROW: Final = frozenset({"E626", "E627"})
"""Findings that keep a row from being accepted unseen."""

_K = TypeVar("_K", bound=Hashable)


# --- rules --------------------------------------------------------------------------------------


def named_and_absent(case: Case) -> Iterator[Finding]:
    """The answer names a file with its extension, and no such file came."""
    came = _names_by_participant(case)
    for outcome, named in case.once(_without_links):
        items = [item for item in named if item.kind == Paper.FILE]
        if not items:
            continue
        known = [*came.get(outcome.participant, ()), *map(_words, outcome.attached)]
        for item in items:
            for name in _named_in(item):
                told = tuple(tokens(name))
                if not any(is_within(one, told) for one in known if one):
                    yield case.finding(outcome, column_of(outcome, item.text), "E620", name=_short(name))


def said_to_be_attached(case: Case) -> Iterator[Finding]:
    """«Скан прилагается», and nothing came at all."""
    senders = {one.file.participant for one in case.attached}
    for outcome, items in case.once(_without_links):
        if outcome.participant in senders:
            continue
        is_told = any(item.kind == Paper.FILE for item in items)
        said = None if is_told else _claim(outcome)
        if said:
            yield case.finding(outcome, said[0], "E621", words=said[1])


def matched_to_no_row(case: Case) -> Iterator[Finding]:
    """Files that confirm nothing because nobody says what they are about: one line a participant."""
    idle = [
        one for one in case.attached if not one.rows and one.file.fault is None and not one.file.is_workbook
    ]
    for code, files in _by(idle, _participant).items():
        yield _about(code, "E622", files, files=len(files))


def matched_by_less_than_a_name(case: Case) -> Iterator[Finding]:
    """How files were matched where no answer names them."""
    matched = [one for one in case.attached if one.confirms and one.how not in (None, How.NAMED)]
    for (code, how), files in _by(matched, lambda one: (one.file.participant, one.how)).items():
        yield _about(code, "E623", files, files=len(files), how=how.value if how else "")


def file_in_many_rows(case: Case) -> Iterator[Finding]:
    """One document confirms several rows of a participant, under one name or several."""
    confirming = [one for one in case.attached if one.confirms and one.file.origin.sha256]
    alike = _by(confirming, lambda one: (one.file.participant, one.file.origin.sha256))
    for (code, _), files in alike.items():
        rows = list(dict.fromkeys(row for one in files for row in one.rows))
        if len(rows) > 1:
            yield _about(code, "E624", files[:1], count=len(rows), rows=_numbers(case, rows))


def no_evidence_by_itself(case: Case) -> Iterator[Finding]:
    """Empty, damaged, endless files and programs confirm nothing."""
    faulty = [one for one in case.attached if one.file.fault]
    for (code, fault), files in _by(faulty, lambda one: (one.file.participant, one.file.fault)).items():
        told = "E627" if fault is FileFault.PROGRAM else "E626"
        yield _about(code, told, files, why=fault.value if fault else "")


def known_by_name_only(case: Case) -> Iterator[Finding]:
    """Files no copy lies with: whose they are, only their names say."""
    named = [one for one in case.attached if one.file.by_name and one.file.fault is None]
    for code, files in _by(named, _participant).items():
        yield _about(code, "E629", files)


# --- what the rules ask -------------------------------------------------------------------------


def listed(files: Iterable[AttachedFile]) -> str:
    """A few names in quotes, and how many more there are."""
    return in_quotes(one.name for one in files)


def in_quotes(called: Iterable[str]) -> str:
    """The same of names."""
    names = list(dict.fromkeys(f"«{_short(name)}»" for name in called))
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{more})" if more > 0 else "")


def _about(
    code: str, finding: str, placed: list[PlacedFile], /, *, count: int = 0, **params: object
) -> Finding:
    """A finding about files of one participant, of a row when they are of one alone."""
    rows = {row for one in placed for row in one.rows}
    return make(
        finding,
        participant=code,
        activity=rows.pop() if len(rows) == 1 and finding in _OF_A_ROW else None,
        origin=placed[0].file.origin,
        count=count or len(placed),
        **params,
        names=listed(one.file for one in placed),
    )


def _without_links(case: Case) -> list[tuple[Outcome, tuple[EvidenceItem, ...]]]:
    """Answers that are to be confirmed and name no address, and what they name: a file may be where a
    link leads."""
    outcomes = case.outcomes if case.plan.settings.evidence_required else ()
    named = [(one, case.evidence_of(one).items) for one in outcomes]
    return [(one, items) for one, items in named if not any(item.link for item in items)]


def _named_in(item: EvidenceItem) -> Iterator[str]:
    """The files a piece of evidence names."""
    if item.kind == Paper.FILE:
        yield from (found["name"].strip(" ,;«»()") for found in re.finditer(_NAME, item.text))


def _claim(outcome: Outcome) -> tuple[str, str] | None:
    """The column that says a document is attached, and its words."""
    for column in EVIDENCE_COLUMNS:
        said = _SAYS_ATTACHED.search(outcome.entry.text(column)) if outcome.entry else None
        if said:
            return column, said[0]
    return None


def _participant(one: PlacedFile) -> str:
    return one.file.participant


def _by(files: Iterable[PlacedFile], key: Callable[[PlacedFile], _K]) -> dict[_K, list[PlacedFile]]:
    found: dict[_K, list[PlacedFile]] = {}
    for one in files:
        found.setdefault(key(one), []).append(one)
    return found


def _names_by_participant(case: Case) -> dict[str, list[tuple[str, ...]]]:
    """Names of what came, whatever it is worth: a file that came empty is told of otherwise."""
    return {
        code: [_words(one.file.name) for one in files]
        for code, files in _by(case.attached, _participant).items()
    }


def _words(name: str) -> tuple[str, ...]:
    return file_name(name).tokens


def _numbers(case: Case, rows: Iterable[str]) -> str:
    found = (case.plan.row(row) for row in rows)
    return ", ".join(dict.fromkeys(row.number or row.title for row in found if row))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
