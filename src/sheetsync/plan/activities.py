"""Entries of a plan become activities: numbered, keyed, read, with every doubt beside its row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Activity, Deadline, Doubt, School, Section
from sheetsync.plan.deadlines import read_deadline
from sheetsync.plan.headers import YEAR_NAME, ColumnKind, is_period, shown
from sheetsync.plan.items import Entry, Heading, Item, Skipped, Tail, opens_subitem, starts_low
from sheetsync.plan.joining import Joined, Vocabulary, is_cut, join_all
from sheetsync.plan.keys import keys_of
from sheetsync.plan.numbering import Numbered, PrintedNumber, dotted, number_activities, parse_number
from sheetsync.plan.parties import read_parties
from sheetsync.plan.passport import Years, years_in
from sheetsync.plan.rows import ReadRows
from sheetsync.text import plain, skeleton, squeeze

_MOSTLY: Final = 0.8
_LONGEST_QUOTE: Final = 160


class Around(Struct, frozen=True):
    """What the rest of the order tells the rows."""

    years: tuple[int, ...] = ()
    school_year: bool | None = None
    schools: tuple[School, ...] = ()
    group_words: tuple[str, ...] = ()
    known: Vocabulary = field(default_factory=Vocabulary)


class ReadPlan(Struct, frozen=True):
    """Sections and activities in order; ``doubts`` concern the plan as a whole."""

    sections: tuple[Section, ...]
    activities: tuple[Activity, ...]
    doubts: tuple[Doubt, ...]


class _Placed(Struct, frozen=True):
    """An entry, its section's place in the plan (-1: none) and the text of a lost row after it."""

    entry: Entry
    section: int
    tail: str = ""
    maybe_tail: str = ""


def read_activities(rows: ReadRows, around: Around) -> ReadPlan:
    """Make the plan's sections and activities from its rows."""
    headings = [one for one in rows.items if isinstance(one, Heading)]
    placed = list(_placed(rows.items))
    sections, section_doubts = _sections(headings, placed)
    numbering = number_activities(
        list(map(_printed_number, placed, (None, *placed))), [one.number for one in sections]
    )
    cells = _with_deadlines_above([_Cells.of(one.entry, around.known) for one in placed], placed)
    usual = _usually_filled(cells)
    activities = []
    keys = keys_of(one.title for one in cells)
    for one, cell, key, number in zip(placed, cells, keys, numbering.numbers, strict=True):
        section = sections[one.section] if one.section >= 0 else None
        activity = _activity(cell, key, number, section, around)
        doubts = (*activity.doubts, *_doubts(one, cell, usual))
        activities.append(replace(activity, doubts=tuple(dict.fromkeys(doubts))))
    whole = (*numbering.doubts, *section_doubts, *_lost(rows.items))
    return ReadPlan(sections, _repeats_marked(activities), whole)


# --- sections -----------------------------------------------------------------------------------


def _placed(items: Sequence[Item]) -> Iterator[_Placed]:
    headings: list[Heading] = []
    for place, item in enumerate(items):
        if isinstance(item, Heading):
            headings.append(item)
        elif isinstance(item, Entry):
            section = _section_of(item, headings)
            after = items[place + 1] if place + 1 < len(items) else None
            tail = after.text if isinstance(after, Tail) else ""
            maybe = after.title if isinstance(after, Heading) and after.may_be_tail else ""
            yield _Placed(item, section, tail, maybe)


def _section_of(entry: Entry, headings: Sequence[Heading]) -> int:
    """The place of the heading above, or of the one before it when the number has left: 1.2 is not in 1.1."""
    number, place = parse_number(entry.number), len(headings) - 1
    while number and place > 0:
        told = parse_number(headings[place].number)
        if not told or len(told) == 1 or number[: len(told)] == told:
            break
        place -= 1
    return place


def _sections(
    headings: Sequence[Heading], placed: Sequence[_Placed]
) -> tuple[tuple[Section, ...], tuple[Doubt, ...]]:
    """Headings with their numbers; a missing one is taken from its rows or counted."""
    sections: list[Section] = []
    doubts: list[Doubt] = []
    counted = any(one.number for one in headings)
    for place, heading in enumerate(headings):
        number = heading.number.rstrip(".)") or _told_by_rows(place, placed) or _next_number(sections)
        number = _not_given(number, sections)
        sections.append(Section(number, squeeze(heading.title)))
        if counted and not heading.number:
            doubts.append(doubt("section-number-inferred", section=heading.title, number=number))
        if heading.rejoined:
            doubts.append(doubt("section-rejoined", section=heading.title))
        if heading.outside:
            doubts.append(doubt("section-outside-table", section=heading.title))
    return tuple(sections), tuple(doubts)


def _told_by_rows(place: int, placed: Sequence[_Placed]) -> str:
    """«3» when the rows under a heading are 3.1, 3.2 ..."""
    numbers = [parse_number(one.entry.number) for one in placed if one.section == place]
    firsts = {number[0] for number in numbers if number and len(number) > 1}
    return str(firsts.pop()) if len(firsts) == 1 else ""


def _not_given(number: str, sections: Sequence[Section]) -> str:
    """A section's number names it: the second «1» becomes «1-2»."""
    given = {one.number for one in sections}
    again = (f"{number}-{count}" for count in range(2, len(sections) + 3))
    return number if number not in given else next(one for one in again if one not in given)


def _next_number(sections: Sequence[Section]) -> str:
    before = parse_number(sections[-1].number) if sections else None
    return str(before[0] + 1) if before else str(len(sections) + 1)


def _printed_number(one: _Placed, before: _Placed | None) -> PrintedNumber:
    """As on paper; «а)» may stand in the number's column or open the title."""
    entry = one.entry
    title = entry.title
    listed = bool(before) and not entry.number and opens_subitem(title) and starts_low(title)
    letter = title[: title.index(")") + 1] if listed and title[0].isalpha() else ""
    return PrintedNumber(entry.number or letter, one.section, listed)


# --- cells --------------------------------------------------------------------------------------


class _Cells(Struct, frozen=True):
    """The texts of one row, put together."""

    entry: Entry
    title: str
    texts: dict[ColumnKind, str]
    mended: tuple[str, ...]
    unsure: tuple[str, ...]
    deadline_above: bool = False

    @classmethod
    def of(cls, entry: Entry, known: Vocabulary) -> _Cells:
        joined = {kind: _whole(pieces, known) for kind, pieces in entry.pieces.items()}
        texts = {kind: one.text for kind, one in joined.items()}
        mended = tuple(word for one in joined.values() for word in one.mended)
        unsure = tuple(word for one in joined.values() for word in one.unsure)
        return cls(entry, texts.get(ColumnKind.ACTIVITY, ""), texts, mended, unsure)

    @property
    def deadline(self) -> str:
        """As printed, or put together from the columns of beginning and end."""
        printed = self.texts.get(ColumnKind.DEADLINE, "")
        start, end = self.texts.get(ColumnKind.START, ""), self.texts.get(ColumnKind.END, "")
        if not (start and end) or start == end:
            return squeeze(f"{printed} {start or end}")
        dated = start[0].isdigit() and end[0].isdigit()
        return squeeze(f"{printed} " + (f"с {start} по {end}" if dated else f"{start} – {end}"))


def _with_deadlines_above(cells: Sequence[_Cells], placed: Sequence[_Placed]) -> list[_Cells]:
    """Where the deadline is printed before the titles, it holds for the rows under it too."""
    filled: list[_Cells] = []
    for cell, one, before in zip(cells, placed, (None, *placed), strict=False):
        above = filled[-1].deadline if filled and before and before.section == one.section else ""
        if one.entry.follows_deadline and not cell.deadline and above:
            texts = {**cell.texts, ColumnKind.DEADLINE: above}
            filled.append(replace(cell, texts=texts, deadline_above=True))
        else:
            filled.append(cell)
    return filled


def _whole(pieces: Sequence[str], known: Vocabulary) -> Joined:
    return join_all((line for piece in pieces for line in piece.splitlines()), known)


def _usually_filled(cells: Sequence[_Cells]) -> frozenset[ColumnKind]:
    """The result, where this plan fills it in nearly every row: an empty one is suspicious there.

    Of an empty deadline or responsible their own readers speak.
    """
    filled = sum(ColumnKind.RESULT in one.texts for one in cells)
    return frozenset({ColumnKind.RESULT}) if filled >= _MOSTLY * len(cells) else frozenset()


def _activity(cell: _Cells, key: str, number: Numbered, section: Section | None, around: Around) -> Activity:
    """One activity with what its own cells say; doubts about the row come after."""
    when, doubts = cell.deadline, number.doubts
    if not when and section and is_period(section.title):
        when, doubts = section.title, (*doubts, doubt("deadline-from-section", section=section.title))
    return Activity(
        key,
        number.number,
        cell.entry.number,
        section.number if section else None,
        cell.title,
        _read_deadline(when, section, around),
        read_parties(
            cell.texts.get(ColumnKind.RESPONSIBLE, ""), around.schools, group_words=around.group_words
        ),
        cell.texts.get(ColumnKind.RESULT),
        cell.texts.get(ColumnKind.INFO),
        doubts,
    )


def _read_deadline(when: str, section: Section | None, around: Around) -> Deadline:
    """A deadline in the plan's years, or in the year its section is headed with."""
    headed = years_in(section.title) if section and YEAR_NAME.match(plain(section.title)) else Years()
    if headed.years:
        return read_deadline(when, headed.years, school_year=headed.school)
    return read_deadline(when, around.years, school_year=around.school_year)


# --- doubts -------------------------------------------------------------------------------------


def _doubts(one: _Placed, cell: _Cells, usual: frozenset[ColumnKind]) -> Iterator[Doubt]:
    """What to look at in one row, besides its number, its deadline's and its parties' own doubts."""
    yield from _page_doubts(one)
    yield from _text_doubts(cell)
    for kind in sorted(usual & one.entry.has - cell.texts.keys()):
        yield doubt("cell-empty", column=shown(kind))
    for column, text in one.entry.extras:
        yield doubt("extra-column", column=column, text=text)
    if info := cell.texts.get(ColumnKind.INFO):
        yield doubt("info-prefilled", text=_quoted(info))


def _page_doubts(one: _Placed) -> Iterator[Doubt]:
    """What pages did to a row: broke it, repeated it, lost a part of it."""
    entry = one.entry
    if entry.rejoined:
        yield doubt("row-rejoined", columns=", ".join(dict.fromkeys(shown(kind) for kind in entry.rejoined)))
    if entry.other_reading:
        yield doubt("page-duplicated", other=_quoted(entry.other_reading))
    if one.tail:
        yield doubt("orphan-tail", text=_quoted(one.tail))
    if one.maybe_tail:
        yield doubt("heading-or-tail", text=_quoted(one.maybe_tail))


def _text_doubts(cell: _Cells) -> Iterator[Doubt]:
    """What was put together in a row's cells, and what seems to be missing at their ends."""
    texts = cell.texts
    if cell.deadline_above:
        yield doubt("row-deadline-above", deadline=cell.deadline)
    for word in cell.mended:
        yield doubt("word-rejoined", word=word)
    for word in cell.unsure:
        yield doubt("word-at-edge", words=word)
    if _holds_next(cell):
        yield doubt("title-list")
    for kind in (ColumnKind.ACTIVITY, ColumnKind.RESPONSIBLE, ColumnKind.RESULT):
        text = texts.get(kind, "")
        if is_cut(text) or (kind is ColumnKind.ACTIVITY and text.endswith(":")):
            yield doubt("row-unfinished", end=text[-40:])
    if ColumnKind.START in texts and ColumnKind.END in texts:
        columns = (ColumnKind.START, ColumnKind.END)
        yield doubt("deadline-joined", columns=", ".join(texts[kind] for kind in columns))


def _holds_next(cell: _Cells) -> bool:
    """The title goes on with the number after its own: a cell that holds several activities."""
    number = parse_number(cell.entry.number)
    after = dotted((*number[:-1], number[-1] + 1)) if number else ""
    return bool(after) and any(mark in f" {cell.title}" for mark in (f" {after}.", f" {after})"))


def _repeats_marked(activities: Sequence[Activity]) -> tuple[Activity, ...]:
    """A row that says all that an earlier one says is kept and remarked."""
    seen: set[tuple[object, ...]] = set()
    marked = []
    for one in activities:
        when = (skeleton(one.deadline.text), one.deadline.start, one.deadline.due)
        says = (skeleton(one.title), *when, skeleton(one.responsible.text))
        marked.append(replace(one, doubts=(*one.doubts, doubt("row-repeated"))) if says in seen else one)
        seen.add(says)
    return tuple(marked)


def _lost(items: Sequence[Item]) -> Iterator[Doubt]:
    for item in items:
        if isinstance(item, Tail):
            yield doubt("orphan-tail", text=_quoted(item.text))
        elif isinstance(item, Skipped):
            yield doubt("text-skipped", text=_quoted(item.text))


def _quoted(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
