"""Whose copy is this, of which plan and issue?

The content decides, never the file's name. Marks are asked in the order of their strength; when
all are gone, the school's name above the table and the words of the rows speak, and the
coordinator is told how surely. One file may hold the reports of several participants.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import FormCell
from sheetsync.findings import make
from sheetsync.grid import Book, a1
from sheetsync.intake.blocks import Block, Division, blocks_of, divide, other_period, texts_above
from sheetsync.intake.fields import quoted
from sheetsync.intake.locate import TITLE, Found, find_tables, report_of
from sheetsync.intake.marks import named_cell, printed_marks, property_marks, sheet_marks
from sheetsync.intake.ours import is_district_workbook, is_template
from sheetsync.intake.senders import Named, Roster, roster_of
from sheetsync.model import NOWHERE, Finding, Marks, Origin, Plan
from sheetsync.plan.titles import similarity
from sheetsync.text import skeleton

_OUR_PLAN: Final = 0.5
"""So many of the titled rows must come from the plan when no mark names it."""

_SAME_TITLE: Final = 0.8


class Source(StrEnum):
    """Where an identity was read, strongest first."""

    PROPERTY = "свойство файла"
    SHEET = "скрытый лист"
    PRINTED = "печатный код"
    NAME = "название в шапке"


class Part(Struct, frozen=True):
    """The tables of one participant in a copy."""

    participant: str
    tables: tuple[Found, ...]


class Recognition(Struct, frozen=True):
    """Whose the copy is. No parts: not recognised, the findings say why.

    ``strangers`` are tables beside the parts that belong to nobody on the list or to another plan.
    """

    parts: tuple[Part, ...] = ()
    issue: int | None = None
    findings: tuple[Finding, ...] = ()
    strangers: tuple[Found, ...] = ()


_Said = Sequence[tuple[Source, Marks]]


def recognise(book: Book, plan: Plan, tables: Sequence[Found], origin: Origin) -> Recognition:
    """Whose copy a book is, and which tables belong to whom."""
    if is_district_workbook(book):
        return Recognition(findings=(make("V215", origin=origin),))
    if is_template(book, tables):
        return Recognition(findings=(make("V216", origin=origin),))
    said = list(_marks(book))
    if not said and not tables:
        return Recognition(findings=(make("V201", origin=origin),))
    plan_findings, is_ours = _plan_of(said, plan, tables, origin)
    if not is_ours:
        return Recognition(findings=plan_findings)
    whose = _Whose(book, plan, tables, said, origin).found()
    ours = (marks for _, marks in said if marks.plan_id in (None, plan.plan_id))
    issue = next((marks.issue for marks in ours if marks.issue is not None), None)
    if not whose.parts:
        return Recognition(findings=(*plan_findings, *whose.findings))
    issued = _about_issue(issue, plan, origin)
    return replace(whose, issue=issue, findings=(*plan_findings, *whose.findings, *issued))


def recognise_marked(book: Book, plan: Plan, table: Found, marks: Marks, origin: Origin) -> Recognition:
    """The same for a book with one table whose marks all say one thing: ours, and whose it is."""
    said = [(source, marks) for source in (Source.PROPERTY, Source.SHEET, Source.PRINTED)]
    whose = _Whose(book, plan, (table,), said, origin).marked(str(marks.participant))
    return replace(
        whose, issue=marks.issue, findings=(*whose.findings, *_about_issue(marks.issue, plan, origin))
    )


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


def _about_issue(issue: int | None, plan: Plan, origin: Origin) -> tuple[Finding, ...]:
    if issue is None or issue == plan.issue:
        return ()
    code = "V206" if issue < plan.issue else "V213"
    return (make(code, origin=origin, issue=issue, current=plan.issue),)


def _dispute(said: Sequence[tuple[Source, str]], chosen: str, origin: Origin) -> tuple[Finding, ...]:
    if all(one == chosen for _, one in said):
        return ()
    marks = ", ".join(dict.fromkeys(f"{source.value} — {one}" for source, one in said))
    return (make("V205", origin=origin, marks=marks, chosen=chosen),)


# --- which plan ---------------------------------------------------------------------------------


def _plan_of(
    said: _Said, plan: Plan, tables: Sequence[Found], origin: Origin
) -> tuple[tuple[Finding, ...], bool]:
    """Is it our plan, and what to say about how that is known."""
    plans = _voices_of_plan(said, plan)
    if plans:
        chosen = plans[0][1]
        dispute = _dispute(plans, chosen, origin)
        if chosen != plan.plan_id:
            return (*dispute, make("V202", origin=origin, other=chosen)), False
        return dispute, True
    ours = [found for found in tables if not other_period(found, plan)]
    if tables and not ours:
        return (make("V202", origin=origin, other=quoted(other_period(tables[0], plan))),), False
    if any(_has_key(found, plan) for found in ours):
        return (), True
    share = _share_of_plan(plan, ours)
    if share >= _OUR_PLAN:
        return (make("V208", origin=origin, share=round(share * 100)),), True
    told = _other_plan(plan, tables, share, origin) if tables else make("V201", origin=origin)
    return (told,), False


def _voices_of_plan(said: _Said, plan: Plan) -> list[tuple[Source, str]]:
    """The plan each mark names. Printed codes stand above tables: one of ours makes the file ours."""
    voices = [(source, marks.plan_id) for source, marks in said if marks.plan_id]
    printed = [code for source, code in voices if source is Source.PRINTED]
    spoken: list[tuple[Source, str]] = [one for one in voices if one[0] is not Source.PRINTED]
    if printed:
        spoken.append((Source.PRINTED, plan.plan_id if plan.plan_id in printed else printed[0]))
    return spoken


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


# --- whose --------------------------------------------------------------------------------------


class _Whose(Struct, frozen=True):
    """Finds the participants of one file."""

    book: Book
    plan: Plan
    tables: Sequence[Found]
    said: _Said
    origin: Origin

    def found(self) -> Recognition:
        """Parts, strangers and what to say about how they are known; no issue yet."""
        roster = roster_of(self.plan)
        codes = [(source, str(marks.participant)) for source, marks in self.said if marks.participant]
        marked = next((code for _, code in codes if self.plan.participant(code)), None)
        division = divide(blocks_of(self.tables, self.plan, roster), marked)
        if len(division.owned) > 1:
            found = self._several(division)
        elif division.owned and any(block.stranger or block.plan for block in division.strangers):
            (tables,) = division.owned.values()
            found = self._one(codes, marked, tables, roster)
            found = replace(found, strangers=tuple(block.table for block in division.strangers))
        else:
            return self._with_file_name(self._one(codes, marked, self.tables, roster), roster)
        told = tuple(self._stranger(block) for block in division.strangers)
        return self._with_file_name(replace(found, findings=(*found.findings, *told)), roster)

    def marked(self, code: str) -> Recognition:
        """The one part of a file whose marks all say this participant."""
        roster = roster_of(self.plan)
        codes = [(source, code) for source, _ in self.said]
        return self._with_file_name(self._one(codes, code, self.tables, roster), roster)

    def _several(self, division: Division) -> Recognition:
        """The reports of several participants: each table goes to the one named above it."""
        owners = (self.plan.participant(code) for code in division.owned)
        names = ", ".join(one.short_name for one in owners if one)
        parts = tuple(Part(code, found) for code, found in division.owned.items())
        strangers = tuple(block.table for block in division.strangers)
        return Recognition(
            parts, findings=(make("V211", origin=self.origin, names=names),), strangers=strangers
        )

    def _one(
        self, codes: list[tuple[Source, str]], marked: str | None, tables: Sequence[Found], roster: Roster
    ) -> Recognition:
        """The report of one participant: by its marks, or else by its name."""
        above = self._names_above(tables, roster)
        chosen = marked
        if chosen is None and codes:
            name = roster.surest(above)
            if name is None:
                return Recognition(findings=(make("V209", origin=self.origin, code=codes[0][1]),))
            chosen = name.code
            codes = [*codes, (Source.NAME, chosen)]
        if chosen is not None:
            voices = [*codes, *self._voice_of_name(chosen, tables, above, roster)]
            dispute = (replace(one, participant=chosen) for one in _dispute(voices, chosen, self.origin))
            return Recognition((Part(chosen, tuple(tables)),), findings=tuple(dispute))
        name = roster.surest(above) or self._named_anywhere(tables, roster)
        if name is None:
            return Recognition(findings=self._nameless(tables, roster))
        surely = round(name.confidence * 100)
        told = make("V204", participant=name.code, origin=self.origin, name=name.text, confidence=surely)
        return Recognition((Part(name.code, tuple(tables)),), findings=(told,))

    def _voice_of_name(
        self, chosen: str, tables: Sequence[Found], above: Sequence[Named], roster: Roster
    ) -> list[tuple[Source, str]]:
        """Whom the words above the tables name, when it is not who was chosen."""
        name = roster.surest(above)
        if name and roster.is_school(name.code) and all(one.code != chosen for one in above):
            return [(Source.NAME, name.code)]
        stranger = roster.stranger(self._words_above(tables)) if not above else None
        return [(Source.NAME, f"«{quoted(stranger)}»")] if stranger else []

    def _words_above(self, tables: Sequence[Found]) -> list[str]:
        """The form's own cell for the name, or else whatever stands above the tables."""
        own = named_cell(self.book, FormCell.PARTICIPANT)
        return [own.text] if own else [text for found in tables for text in texts_above(found)]

    def _names_above(self, tables: Sequence[Found], roster: Roster) -> list[Named]:
        return [name for text in self._words_above(tables) for name in roster.readings(text)]

    def _named_anywhere(self, tables: Sequence[Found], roster: Roster) -> Named | None:
        """The participant a book names beside its tables: over its sheets, on their tabs, anywhere
        outside. A name above the tables that fits nobody surely is not overruled from elsewhere."""
        if roster.stranger(self._words_above(tables)):
            return None
        inside = {(found.sheet.name, row) for found in tables for row in found.rows}
        outside = (
            cell.text
            for sheet in self.book.sheets
            for (row, _), cell in sorted(sheet.cells.items())
            if (sheet.name, row) not in inside
        )
        shapes = (text for sheet in self.book.sheets for text in sheet.texts)
        levels = (shapes, (found.sheet.name for found in tables), outside)
        return next((found for texts in levels if (found := roster.named(texts))), None)

    # --- what is said of who is not known

    def _nameless(self, tables: Sequence[Found], roster: Roster) -> tuple[Finding, ...]:
        """Nobody is named: what stands there instead, and whom the file is called after."""
        words = self._words_above(tables)
        told = quoted(roster.stranger(words) or next((text for text in words if text.strip()), "—"))
        called = roster.named_by_path(self.origin.file)
        hint = (make("V218", origin=self.origin, name=self._short_name(called.code)),) if called else ()
        return (make("V203", origin=self.origin, name=told), *hint)

    def _stranger(self, block: Block) -> Finding:
        sheet, row = block.table.sheet, min((*block.table.header, *block.table.rows))
        place = replace(self.origin, sheet=sheet.name, cell=a1(row, block.table.span[0]))
        if block.plan:
            return make("V202", origin=place, other=quoted(block.plan))
        return make("V203", origin=place, name=quoted(block.stranger or "—"))

    def _with_file_name(self, found: Recognition, roster: Roster) -> Recognition:
        """With a word about a file called after a school whose report is not in it."""
        called = roster.named_by_path(self.origin.file) if found.parts else None
        if called is None or any(part.participant == called.code for part in found.parts):
            return found
        told = make(
            "V214",
            participant=found.parts[0].participant,
            origin=self.origin,
            name=self._short_name(called.code),
            chosen=self._short_name(found.parts[0].participant),
        )
        return replace(found, findings=(*found.findings, told))

    def _short_name(self, code: str) -> str:
        one = self.plan.participant(code)
        return one.short_name if one else code
