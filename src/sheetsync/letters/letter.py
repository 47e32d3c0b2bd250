"""The letter to one participant, as a value: every word of it, and nothing of how it looks.

``printing`` makes a Word document and an e-mail of it; ``as_text`` is the same for who reads mail on
a telephone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Final

from msgspec import Struct

from sheetsync.checks.due import first_due, report_date
from sheetsync.columns import FINDINGS
from sheetsync.grid import text_of
from sheetsync.letters.gaps import Gap, GapGroup, Gaps
from sheetsync.letters.notices import LetterNotice
from sheetsync.letters.working_days import is_known, working_day_after
from sheetsync.messages import tr
from sheetsync.model import Channel, Participant, Plan, PlanRow, Settings
from sheetsync.notices import say
from sheetsync.text import squeeze

ANSWER_WORKING_DAYS: Final = 5
"""How long a participant has to answer, counted from the day after the letter's."""


_LONGEST_TITLE: Final = 110


class Line(Struct, frozen=True):
    """One row of a table in the letter."""

    number: str
    title: str
    due: str
    fact: str = ""
    cell: str = ""


class Block(Struct, frozen=True):
    """Lines with one advice; ``facts`` are what is said of the report as a whole."""

    facts: tuple[str, ...]
    lines: tuple[Line, ...]
    advice: str

    @property
    def names_cells(self) -> bool:
        """Whether any line is about a cell: else the table needs no column of them."""
        return any(one.cell for one in self.lines)


class Chapter(Struct, frozen=True):
    """One group of gaps, under its numbered heading."""

    heading: str
    blocks: tuple[Block, ...]


class Enclosed(Struct, frozen=True):
    """What goes with the letter: the form with remarks, or the issued form; '' for none.

    ``until`` is the day the form with remarks says it is to come back by.
    """

    returned: str = ""
    form: str = ""
    until: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.returned, self.form) if name)


class Letter(Struct, frozen=True):
    """Everything a letter says, in the language of the moment."""

    participant: str
    organisation: str
    day: str
    addressee: str
    post: str
    subject: str
    opening: str
    chapters: tuple[Chapter, ...]
    upcoming: str
    upcoming_lines: tuple[Line, ...]
    closing: tuple[str, ...]
    notes: tuple[str, ...]
    columns: Line
    """The headers of the tables."""
    sign_place: str


class AnswerDay(Struct, frozen=True):
    """By when an answer is asked; ``is_sure`` unless days off of that year may still be carried over."""

    day: date
    is_sure: bool = True


def answer_day(settings: Settings, written_on: date) -> AnswerDay:
    """The day reports are due while it is ahead, else so many working days from the letter."""
    due = report_date(settings)
    if due and due > written_on:
        return AnswerDay(due)
    day = working_day_after(written_on, ANSWER_WORKING_DAYS)
    return AnswerDay(day, is_known(written_on.year) and is_known(day.year))


def letter_of(
    gaps: Gaps,
    plan: Plan,
    *,
    as_of: date,
    written_on: date,
    answer_by: date,
    enclosed: Enclosed,
    curator: Participant | None = None,
) -> Letter:
    """The letter about these gaps. ``curator`` is who gets a copy."""
    settings = plan.settings
    return Letter(
        participant=gaps.participant.code,
        organisation=squeeze(settings.organisation),
        day=text_of(written_on),
        addressee=squeeze(gaps.participant.name),
        post=say(LetterNotice.POST),
        subject=say(LetterNotice.SUBJECT),
        opening=_opening(settings, as_of),
        chapters=tuple(_chapter(number, one, plan) for number, one in enumerate(gaps.groups, 1)),
        upcoming=say(LetterNotice.UPCOMING, rows=len(gaps.upcoming)) if gaps.upcoming else "",
        upcoming_lines=tuple(Line(row.number, _title(row), _day(row, plan)) for row in gaps.upcoming),
        closing=tuple(_closing(gaps, settings, answer_by, enclosed)),
        notes=tuple(_notes(enclosed, curator)),
        columns=_columns(),
        sign_place=say(LetterNotice.SIGN_PLACE),
    )


def as_text(letter: Letter) -> str:
    """The letter for the body of an e-mail."""
    return "\n\n".join(part for part in _paragraphs(letter) if part) + "\n"


# --- the parts ----------------------------------------------------------------------------------


def _opening(settings: Settings, as_of: date) -> str:
    order = " ".join(_requisites(settings))
    said = {"plan": squeeze(settings.plan_title), "as_of": text_of(as_of)}
    if order:
        return say(LetterNotice.OPENING, order=order, **said)
    return say(LetterNotice.OPENING_BARE, **said)


def _requisites(settings: Settings) -> Iterator[str]:
    """«№ 24 от 01.02.2023 (в редакции приказа № 31 от 10.04.2023)», as far as the order is known."""
    if settings.order_number:
        yield f"№ {squeeze(settings.order_number)}"
    if settings.order_date:
        yield f"от {text_of(settings.order_date)}"
    if settings.edition:
        yield say(LetterNotice.EDITION, edition=squeeze(settings.edition))


def _chapter(number: int, group: GapGroup, plan: Plan) -> Chapter:
    heading = say(group.heading)
    if group.rows:
        head = say(LetterNotice.HEADING_COUNT, number=number, heading=heading, rows=group.rows)
    else:
        head = say(LetterNotice.HEADING, number=number, heading=heading)
    return Chapter(head, tuple(_blocks(group.gaps, plan)))


def _blocks(gaps: Iterable[Gap], plan: Plan) -> Iterator[Block]:
    """One advice is given once, over all the rows it is for."""
    by_advice: dict[str, list[Gap]] = {}
    for gap in gaps:
        by_advice.setdefault(gap.advice, []).append(gap)
    for advice, same in by_advice.items():
        yield Block(
            tuple(gap.fact for gap in same if gap.row is None and gap.fact),
            tuple(_line(gap, gap.row, plan) for gap in same if gap.row),
            advice,
        )


def _line(gap: Gap, row: PlanRow, plan: Plan) -> Line:
    term = squeeze(row.deadline_text) or _day(row, plan)
    return Line(row.number, _title(row), term, gap.fact, gap.origin.cell)


def _title(row: PlanRow) -> str:
    """The beginning is enough beside the number: titles of orders fill half a page."""
    title = squeeze(row.title)
    if len(title) <= _LONGEST_TITLE:
        return title
    return f"{title[:_LONGEST_TITLE].rpartition(' ')[0].rstrip(' ,;:.–-')}…"


def _day(row: PlanRow, plan: Plan) -> str:
    """The day a row becomes owed."""
    due = first_due(row, plan.settings)
    return text_of(due) if due else ""


def _closing(gaps: Gaps, settings: Settings, answer_by: date, enclosed: Enclosed) -> Iterator[str]:
    """By when, what to do and where to send it."""
    who, day = gaps.participant, text_of(answer_by)
    if who.channel is Channel.GOOGLE and who.link:
        yield say(LetterNotice.ANSWER_GOOGLE, day=day, link=who.link)
        return
    if enclosed.returned:
        yield say(LetterNotice.ANSWER_RETURNED, day=day, form=enclosed.returned)
    elif enclosed.form:
        yield say(LetterNotice.ANSWER_FILL, day=day, form=enclosed.form)
    else:
        yield say(LetterNotice.ANSWER_MEND, day=day)
    yield say(LetterNotice.ANSWER_WHERE, where=settings.mail_from or squeeze(settings.organisation))
    files = {gap.origin.file for group in gaps.groups for gap in group.gaps if gap.row and gap.origin.cell}
    for file in sorted(files):
        yield say(LetterNotice.CELLS, file=file)


def _notes(enclosed: Enclosed, curator: Participant | None) -> Iterator[str]:
    if enclosed.names:
        yield say(LetterNotice.ATTACHED, names="; ".join(f"«{name}»" for name in enclosed.names))
    if curator:
        yield say(LetterNotice.COPY_TO, name=squeeze(curator.name))


def _columns() -> Line:
    return Line(
        say(LetterNotice.COLUMN_NUMBER),
        say(LetterNotice.COLUMN_ACTIVITY),
        say(LetterNotice.COLUMN_DUE),
        tr(FINDINGS.column("text").header),
        say(LetterNotice.COLUMN_CELL),
    )


# --- as text ------------------------------------------------------------------------------------


def _paragraphs(letter: Letter) -> Iterator[str]:
    yield f"{letter.addressee}\n{letter.post}"
    yield letter.subject
    yield letter.opening
    for chapter in letter.chapters:
        yield chapter.heading
        for block in chapter.blocks:
            lines = (*block.facts, block.advice, *_text_lines(block.lines, letter.columns))
            yield "\n".join(lines)
    if letter.upcoming:
        yield "\n".join((letter.upcoming, *_text_lines(letter.upcoming_lines, letter.columns)))
    yield "\n".join(letter.closing)
    yield "\n".join(letter.notes)
    yield f"{letter.organisation}\n{letter.day}"


def _text_lines(lines: Iterable[Line], columns: Line) -> Iterator[str]:
    """«- 1.2 Название (срок: 01.03.2023)», what is wrong below; a row met twice is named once."""
    for (number, title, due), same in groupby(lines, key=lambda one: (one.number, one.title, one.due)):
        head = " ".join(part for part in (number, title) if part)
        term = f" ({columns.due.lower()}: {due})" if due else ""
        facts = "".join(
            f"\n  {one.fact}{f' ({columns.cell.lower()} {one.cell})' if one.cell else ''}"
            for one in same
            if one.fact
        )
        yield f"- {head}{term}{facts}"
