"""Which row a file sent along confirms: by the answer that names it, or by what its own name tells.

A file that fits no row, or several rows by documents that differ, is left unmatched and told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from sheetsync.checks.attached_names import FileName, file_name, is_within, row_number
from sheetsync.checks.case import RowKey
from sheetsync.checks.evidence import EVIDENCE_COLUMNS, evidence_of, together
from sheetsync.model import (
    AttachedFile,
    Entry,
    Evidence,
    EvidenceItem,
    How,
    PlacedFile,
    Plan,
    PlanRow,
    Sufficiency,
)
from sheetsync.plan.papers import Paper
from sheetsync.text import name_and_suffix, plain, skeleton, tokens


def place_files(
    plan: Plan, entries: Mapping[RowKey, Entry], files: Iterable[AttachedFile]
) -> tuple[PlacedFile, ...]:
    """Every file with its rows, in the order of names."""
    by_participant: dict[str, list[AttachedFile]] = {}
    for file in sorted(files, key=lambda one: (one.participant, one.origin.file, one.origin.sha256)):
        by_participant.setdefault(file.participant, []).append(file)
    return tuple(
        placed
        for code, own in by_participant.items()
        for placed in _Matching(plan.rows_of(code), code, entries, own).placed()
    )


def confirmed_by(placed: Iterable[PlacedFile]) -> dict[RowKey, tuple[AttachedFile, ...]]:
    """The files that confirm each row."""
    found: dict[RowKey, tuple[AttachedFile, ...]] = {}
    for one in placed:
        for row in one.rows if one.confirms else ():
            place = (one.file.participant, row)
            found[place] = (*found.get(place, ()), one.file)
    return found


def with_files(evidence: Evidence, files: Sequence[AttachedFile]) -> Evidence:
    """Evidence with the files beside it: a document that is there is enough.

    A file the answer names already is no second document.
    """
    new = [one for one in files if not any(_is_told(item, file_name(one.name)) for item in evidence.items)]
    items = tuple(EvidenceItem(Paper.FILE, one.name) for one in new)
    return together([evidence, Evidence((Paper.FILE,), Sufficiency.YES, items)]) if files else evidence


def _is_told(item: EvidenceItem, name: FileName) -> bool:
    """Whether a piece of evidence is the document of a file: named, or of its kind and number."""
    return name.is_of(item) or is_within(name.tokens, tuple(tokens(item.text)))


# --- one participant ----------------------------------------------------------------------------


class _Matching(Struct, dict=True):
    """The files of one participant beside the rows it owes."""

    rows: Sequence[PlanRow]
    code: str
    entries: Mapping[RowKey, Entry]
    files: Sequence[AttachedFile]

    def placed(self) -> Iterator[PlacedFile]:
        for file in self.files:
            yield next((found for found in self._readings(file) if found.rows or found.how), PlacedFile(file))

    def _readings(self, file: AttachedFile) -> Iterator[PlacedFile]:
        """What each rule says, surest first. A rule that finds too much ends the search."""
        name = file_name(file.name)
        yield PlacedFile(file, *_if_any(self._named.get(file, ()), How.NAMED))
        yield PlacedFile(file, *_if_any(self._numbered(self._row_told(file)), How.NUMBER))
        yield PlacedFile(file, *_if_any(self._in_folder(file), How.FOLDER))
        documents = list(self._documents(name))
        if documents:
            is_one = len({(item.number, item.date) for _, item in documents}) == 1
            rows = dict.fromkeys(row for row, _ in documents)
            yield PlacedFile(file, tuple(rows) if is_one else (), How.REQUISITES)
        yield PlacedFile(file, *_if_any(self._mentioned.get(file, ()), How.MENTIONED))

    def _row_told(self, file: AttachedFile) -> str:
        """The number a name begins with, after the code of the participant: «S01 2.1 приказ.pdf»."""
        stem, _ = name_and_suffix(file.name)
        return row_number(re.sub(rf"^{re.escape(self.code)}[\s._-]+", "", stem, flags=re.IGNORECASE))

    def _numbered(self, number: str) -> tuple[str, ...]:
        """The row of a number, unless the plan has it twice."""
        found = tuple(row.key for row in self.rows if number and row.number.strip(".") == number)
        return found if len(found) == 1 else ()

    def _in_folder(self, file: AttachedFile) -> tuple[str, ...]:
        for folder in reversed(file.folders):
            by_number = self._numbered(row_number(folder))
            by_title = tuple(row.key for row in self.rows if skeleton(row.title) == skeleton(folder) != "")
            if by_number or by_title:
                return by_number or by_title
        return ()

    def _documents(self, name: FileName) -> Iterator[tuple[str, EvidenceItem]]:
        for key, items in self._items.items():
            for item in items:
                if name.is_of(item):
                    yield key, item

    @cached_property
    def _answered(self) -> dict[str, Entry]:
        places = ((row.key, (self.code, row.key)) for row in self.rows)
        return {key: self.entries[place] for key, place in places if place in self.entries}

    @cached_property
    def _items(self) -> dict[str, tuple[EvidenceItem, ...]]:
        return {key: evidence_of(entry).items for key, entry in self._answered.items()}

    @cached_property
    def _named(self) -> dict[AttachedFile, tuple[str, ...]]:
        """Files answers name with their extension: «см. приказ_12.pdf»."""
        return self._met({one: _with_suffix(name) for one, name in self._told.items()})

    @cached_property
    def _mentioned(self) -> dict[AttachedFile, tuple[str, ...]]:
        """Files answers name without it: «скан 3»; a single word is no name."""
        return self._met({one: _pattern(name.tokens) for one, name in self._told.items() if name.is_telling})

    @cached_property
    def _told(self) -> dict[AttachedFile, FileName]:
        """Files whose every word some answer says: only these may be named."""
        said = {word for entry in self._answered.values() for text in _texts(entry) for word in tokens(text)}
        names = ((one, file_name(one.name)) for one in self.files)
        return {one: name for one, name in names if said.issuperset(name.tokens)}

    def _met(self, patterns: Mapping[AttachedFile, str]) -> dict[AttachedFile, tuple[str, ...]]:
        """Rows whose answers hold a name; «12.pdf» inside a met «приказ 12.pdf» is not met."""
        found: dict[AttachedFile, tuple[str, ...]] = {}
        compiled = {file: re.compile(pattern) for file, pattern in patterns.items() if pattern}
        for key, entry in self._answered.items():
            for file in dict.fromkeys(one for text in _texts(entry) for one in _longest(text, compiled)):
                found[file] = (*found.get(file, ()), key)
        return found


def _if_any(rows: tuple[str, ...], how: How) -> tuple[tuple[str, ...], How | None]:
    return (rows, how) if rows else ((), None)


def _texts(entry: Entry) -> Iterator[str]:
    """What an answer says, and where its links lead: a relative link names a file."""
    for column in EVIDENCE_COLUMNS:
        field = entry.fields.get(column)
        if field:
            yield plain(field.text)
            yield from (plain(".".join(name_and_suffix(unquote(one)))) for one in field.links)


def _longest(text: str, patterns: Mapping[AttachedFile, re.Pattern[str]]) -> Iterator[AttachedFile]:
    met = [(match.span(), file) for file, one in patterns.items() for match in one.finditer(text)]
    for (start, end), file in met:
        if not any(a <= start and end <= b and (a, b) != (start, end) for (a, b), _ in met):
            yield file


_JOINT: Final = r"(?:[\W_]|n(?=[\W_]*\d))*"


def _pattern(parts: Sequence[str]) -> str:
    """The words of a name however they are joined: spaces, underscores, «№», noughts before a number."""
    spelled = (f"0*{one}(?!\\d)" if one.isdigit() else re.escape(one) for one in parts)
    return rf"(?<![\w-]){_JOINT.join(spelled)}(?!\w)" if parts else ""


def _with_suffix(name: FileName) -> str:
    pattern = _pattern(name.tokens)
    return pattern.removesuffix(r"(?!\w)") + rf"[\W_]*?\.\s?{re.escape(name.suffix)}(?!\w)" if pattern else ""
