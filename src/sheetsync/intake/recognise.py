"""Whose copy is this, of which plan and issue?

The content decides, never the file's name. Marks are asked in the order of their strength; when
all are gone, the school's name above the table and the words of the rows speak, and the
coordinator is told how surely. One file may hold the reports of several participants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from sheetsync.columns import FormCell
from sheetsync.findings import make
from sheetsync.grid import Book
from sheetsync.intake.bones import skeleton
from sheetsync.intake.fields import quoted
from sheetsync.intake.locate import TITLE, Found, find_tables, report_of
from sheetsync.intake.marks import named_cell, printed_marks, property_marks, sheet_marks
from sheetsync.intake.match import similarity
from sheetsync.model import NOWHERE, Finding, Marks, Origin, Participant, ParticipantKind, Plan
from sheetsync.plan.names import best_name

_OUR_PLAN: Final = 0.5
"""So many of the titled rows must come from the plan when no mark names it."""

_SAME_TITLE: Final = 0.8
_LONGEST_NAME: Final = 200


class Source(StrEnum):
    """Where an identity was read, strongest first."""

    PROPERTY = "свойство файла"
    SHEET = "скрытый лист"
    PRINTED = "печатный код"
    NAME = "название в шапке"


@dataclass(frozen=True, slots=True)
class Named:
    """A participant known by name: the words met and how surely they name it."""

    code: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Part:
    """The tables of one participant in a copy."""

    participant: str
    tables: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """Whose the copy is. No parts: not recognised, the findings say why."""

    parts: tuple[Part, ...] = ()
    issue: int | None = None
    findings: tuple[Finding, ...] = ()


def recognise(book: Book, plan: Plan, tables: Sequence[Found], origin: Origin) -> Recognition:
    """Whose copy a book is, and which tables belong to whom."""
    said = list(_marks(book))
    if not said and not tables:
        return Recognition(findings=(make("V201", origin=origin),))
    plan_findings, is_ours = _plan_of(said, plan, tables, origin)
    if not is_ours:
        return Recognition(findings=plan_findings)
    parts, whose = _participants(book, plan, tables, said, origin)
    issue = next((marks.issue for _, marks in said if marks.issue is not None), None)
    older = parts and issue is not None and issue < plan.issue
    late = (make("V206", origin=origin, issue=issue, current=plan.issue),) if older else ()
    return Recognition(parts, issue, (*plan_findings, *whose, *late))


def sender_of(book: Book, plan: Plan) -> Marks | None:
    """Participant and issue of a copy, the first of several; ``None`` when it is not recognised."""
    found = recognise(book, plan, find_tables(book, report_of(plan)), NOWHERE)
    return Marks(plan.plan_id, found.parts[0].participant, found.issue) if found.parts else None


def _marks(book: Book) -> Iterator[tuple[Source, Marks]]:
    """Every identity the file states as text, strongest first."""
    for source, marks in ((Source.PROPERTY, property_marks(book)), (Source.SHEET, sheet_marks(book))):
        if marks:
            yield source, marks
    for sheet in book.sheets:
        for _, _, marks in printed_marks(sheet):
            yield Source.PRINTED, marks


# --- which plan ---------------------------------------------------------------------------------


def _plan_of(
    said: Sequence[tuple[Source, Marks]], plan: Plan, tables: Sequence[Found], origin: Origin
) -> tuple[tuple[Finding, ...], bool]:
    """Is it our plan, and what to say about how that is known."""
    plans = [(source, marks.plan_id) for source, marks in said if marks.plan_id]
    if plans:
        chosen = plans[0][1]
        dispute = _dispute([(source, str(one)) for source, one in plans], str(chosen), origin)
        if chosen != plan.plan_id:
            return (*dispute, make("V202", origin=origin, other=chosen)), False
        return dispute, True
    if any(_has_key(found, plan) for found in tables):
        return (), True
    share = _share_of_plan(plan, tables)
    if share >= _OUR_PLAN:
        return (make("V208", origin=origin, share=round(share * 100)),), True
    return (make("V201", origin=origin),) if not tables else (
        _other_plan(plan, tables, share, origin),
    ), False


def _other_plan(plan: Plan, tables: Sequence[Found], share: float, origin: Origin) -> Finding:
    titles = [title for found in tables for title in _titles(found)]
    strange = next((title for title in titles if _nearest(title, plan) < _SAME_TITLE), "")
    return make("V202", origin=origin, other=f"«{quoted(strange)}», {round(share * 100)} %")


def _has_key(found: Found, plan: Plan) -> bool:
    keys = {row.key for row in plan.rows}
    return any(found.cell(row, "key").text in keys for row in found.rows)


def _share_of_plan(plan: Plan, tables: Sequence[Found]) -> float:
    titles = [title for found in tables for title in _titles(found)]
    sections = {skeleton(row.section) for row in plan.rows}
    titles = [title for title in titles if skeleton(title) not in sections]
    hits = sum(_nearest(title, plan) >= _SAME_TITLE for title in titles)
    return hits / len(titles) if titles else 0.0


def _titles(found: Found) -> list[str]:
    return [title for row in found.rows if (title := found.cell(row, TITLE).text).strip()]


def _nearest(title: str, plan: Plan) -> float:
    return max((similarity(title, row.title) for row in plan.rows), default=0.0)


def _dispute(said: Sequence[tuple[Source, str]], chosen: str, origin: Origin) -> tuple[Finding, ...]:
    if len({one for _, one in said}) < 2:
        return ()
    marks = ", ".join(dict.fromkeys(f"{source.value} — {one}" for source, one in said))
    return (make("V205", origin=origin, marks=marks, chosen=chosen),)


# --- whose --------------------------------------------------------------------------------------


def _participants(
    book: Book, plan: Plan, tables: Sequence[Found], said: Sequence[tuple[Source, Marks]], origin: Origin
) -> tuple[tuple[Part, ...], tuple[Finding, ...]]:
    owned = [(_local_owner(found, plan), found) for whole in tables for found in split_by_owner(whole, plan)]
    local = list(dict.fromkeys(one.code for one, _ in owned if one and plan.participant(one.code)))
    if len(local) > 1:
        return _several(owned, plan, origin)
    codes = [(source, marks.participant) for source, marks in said if marks.participant]
    if codes:
        names = _named_above(book, plan, tables)
        return _by_marks([(source, str(code)) for source, code in codes], names, plan, tables, origin)
    name = _named_anywhere(book, plan, tables)
    if name is None:
        return (), (make("V203", origin=origin, name=_what_stands_above(book, tables)),)
    surely = round(name.confidence * 100)
    found = make("V204", participant=name.code, origin=origin, name=name.text, confidence=surely)
    return (Part(name.code, tuple(tables)),), (found,)


def _by_marks(
    codes: list[tuple[Source, str]],
    names: Sequence[Named],
    plan: Plan,
    tables: Sequence[Found],
    origin: Origin,
) -> tuple[tuple[Part, ...], tuple[Finding, ...]]:
    chosen = codes[0][1]
    if plan.participant(chosen) is None:
        return (), (make("V209", origin=origin, code=chosen),)
    name = _surest(names, plan)
    speaks = name is not None and _is_school(plan, name.code) and all(one.code != chosen for one in names)
    voices = [*codes, *([(Source.NAME, name.code)] if name and speaks else [])]
    dispute = (replace(one, participant=chosen) for one in _dispute(voices, chosen, origin))
    return (Part(chosen, tuple(tables)),), tuple(dispute)


def _several(
    owned: Sequence[tuple[Named | None, Found]], plan: Plan, origin: Origin
) -> tuple[tuple[Part, ...], tuple[Finding, ...]]:
    """The reports of several participants: each table goes to the one named above it."""
    tables: dict[str, list[Found]] = {}
    last = next(one.code for one, _ in owned if one)
    for owner, found in owned:
        last = owner.code if owner and plan.participant(owner.code) else last
        tables.setdefault(last, []).append(found)
    names = ", ".join(one.short_name for code in tables if (one := plan.participant(code)))
    parts = tuple(Part(code, tuple(found)) for code, found in tables.items())
    return parts, (make("V211", origin=origin, names=names),)


def split_by_owner(found: Found, plan: Plan) -> Iterator[Found]:
    """A table cut where a row inside it names the next participant (blocks one under another)."""
    start, above = 0, found.above
    for place, row in enumerate(found.rows):
        if _row_owner(found, row, plan) and place >= start:
            if found.rows[start:place]:
                yield replace(found, rows=found.rows[start:place], above=above)
            start, above = place + 1, (row,)
    if start < len(found.rows) or start == 0:
        yield replace(found, rows=found.rows[start:], above=above)


def _row_owner(found: Found, row: int, plan: Plan) -> str | None:
    """The participant a row inside a table is a heading for: nothing else stands in the row."""
    texts = [cell.text for cell in found.sheet.row(row).values() if cell.text.strip()]
    if len(texts) != 1:
        return None
    named = _named((texts[0],), plan)
    return named.code if named and named.confidence >= 0.9 else None


def _local_owner(found: Found, plan: Plan) -> Named | None:
    """Who stands above a table: a printed code before a name."""
    for row, _, marks in printed_marks(found.sheet):
        if row in found.above and marks.participant:
            return Named(marks.participant, Source.PRINTED.value, 1.0)
    return _named(_texts_above(found), plan)


def _texts_above(found: Found) -> list[str]:
    return [cell.text for (row, _), cell in sorted(found.sheet.cells.items()) if row in found.above]


def _named_above(book: Book, plan: Plan, tables: Sequence[Found]) -> list[Named]:
    """Every participant named in the form's own cell, or else above the tables."""
    own = named_cell(book, FormCell.PARTICIPANT)
    texts = [own.text] if own else [text for found in tables for text in _texts_above(found)]
    return [name for text in texts for name in _readings(text, plan)]


def _named_anywhere(book: Book, plan: Plan, tables: Sequence[Found]) -> Named | None:
    """The participant a book names: above the tables, over the sheets, anywhere outside them."""
    inside = {(found.sheet.name, row) for found in tables for row in found.rows}
    outside = (
        cell.text
        for sheet in book.sheets
        for (row, _), cell in sorted(sheet.cells.items())
        if (sheet.name, row) not in inside
    )
    shapes = (text for sheet in book.sheets for text in sheet.texts)
    levels = (shapes, (found.sheet.name for found in tables), outside)
    return _surest(_named_above(book, plan, tables), plan) or next(
        (found for texts in levels if (found := _named(texts, plan))), None
    )


def _what_stands_above(book: Book, tables: Sequence[Found]) -> str:
    own = named_cell(book, FormCell.PARTICIPANT)
    texts = [own.text] if own else [text for found in tables for text in _texts_above(found)]
    return quoted(next((text for text in texts if text.strip()), "—"))


def _named(texts: Iterable[str], plan: Plan) -> Named | None:
    """The one participant these texts name; None when none or several schools are named."""
    return _surest([name for text in texts for name in _readings(text, plan)], plan)


def _surest(names: Sequence[Named], plan: Plan) -> Named | None:
    """The surest name: schools before offices, those before curators; None when two are as sure."""
    schools = [name for name in names if _is_school(plan, name.code)]
    reporting = [name for name in names if _owes(plan, name.code)]
    pool = schools or reporting or names
    best = max(pool, key=lambda name: name.confidence, default=None)
    rivals = [name for name in pool if best and name.code != best.code and name.confidence >= best.confidence]
    return None if rivals else best


def _readings(text: str, plan: Plan) -> Iterator[Named]:
    if len(text) > _LONGEST_NAME or not any(letter.isalpha() for letter in text):
        return
    if skeleton(text) == skeleton(plan.settings.organisation):
        return
    spellings = {spelling: one.code for one in plan.participants for spelling in _spellings(one)}
    for piece in dict.fromkeys((text, text.rpartition(":")[2])):
        found = best_name(piece, list(spellings))
        if found:
            yield Named(spellings[found[0]], quoted(text), found[1])


def _is_school(plan: Plan, code: str) -> bool:
    one = plan.participant(code)
    return one is not None and one.kind is ParticipantKind.SCHOOL


def _owes(plan: Plan, code: str) -> bool:
    one = plan.participant(code)
    return bool(one and one.owes_report)


def _spellings(one: Participant) -> Iterator[str]:
    yield from filter(None, (one.name, one.short_name, *one.aliases))
