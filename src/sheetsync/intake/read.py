"""A copy becomes submissions: recognise, match rows, read cells, account for the rest.

Pure: a ``Book`` comes in, values go out. What became of every cell can be followed by its origin
in the answers, in «Не размещено», in the findings, or among the office's own texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sheetsync.columns import FORM_SHEET, REPORT
from sheetsync.findings import make
from sheetsync.grid import Book
from sheetsync.intake.account import Account
from sheetsync.intake.answers import complete_answers, continue_row, note_match, read_row
from sheetsync.intake.heading import note_heading
from sheetsync.intake.indicators import read_indicators
from sheetsync.intake.known import NOTHING, Known
from sheetsync.intake.locate import TITLE, Found, find_tables, report_of
from sheetsync.intake.match import Matching, RowMatch, Why, match_rows
from sheetsync.intake.numbers import bare, possible
from sheetsync.intake.reading import CopyReading
from sheetsync.intake.recognise import Part, recognise
from sheetsync.intake.rows import BodyRow, body_rows
from sheetsync.intake.strays import (
    note_hidden,
    note_merged,
    pictures_of,
    read_section_row,
    read_tick,
    set_row_aside,
    set_tables_aside,
    sweep_shapes_and_names,
    sweep_sheet,
    take_named_cells,
)
from sheetsync.intake.untouched import read_untouched
from sheetsync.model import Entry, Match, Origin, Plan, Submission, Verdict

_MANY: Final = 3
"""So many rows beside the keys of others have one cause."""


def read_copy(book: Book, plan: Plan, origin: Origin, known: Known | None = None) -> CopyReading:
    """Read a copy in whatever state it came; ``known`` is what the issued form held."""
    untouched = read_untouched(book, plan, origin, known, _read_any) if known and known.form else None
    return untouched or _read_any(book, plan, origin, known)


def _read_any(book: Book, plan: Plan, origin: Origin, known: Known | None = None) -> CopyReading:
    tables = find_tables(book, report_of(plan))
    whose = recognise(book, plan, tables, origin)
    if not whose.parts:
        return CopyReading(Verdict.UNRECOGNISED, (), (*whose.findings, *pictures_of(book, origin, NOTHING)))
    texts = replace((known or NOTHING).with_plan(plan), renamed=_renamed(tables))
    accounts = [Account(part.participant, origin, texts, plan) for part in whose.parts]
    entries = [_read_part(part, account) for part, account in zip(whose.parts, accounts, strict=True)]
    first = accounts[0]
    indicators = read_indicators(book, plan, first)
    ready = read_tick(book, first)
    take_named_cells(book, first)
    foreign = set_tables_aside(whose.strangers, accounts)
    _sweep(book, whose.parts, accounts)
    submissions = []
    for account, answered in zip(accounts, entries, strict=True):
        note_hidden(book, account)
        submissions.append(
            Submission(
                origin,
                account.participant,
                whose.issue,
                answered,
                (*account.unplaced, *(foreign if account is first else ())),
                tuple(account.findings),
                ready,
                indicators if account is first else (),
            )
        )
    office = frozenset().union(*(account.office for account in accounts))
    told = (*whose.findings, *pictures_of(book, origin, texts))
    return CopyReading(Verdict.ACCEPTED, tuple(submissions), told, office)


def _renamed(tables: Sequence[Found]) -> Mapping[str, str]:
    """Sheets that hold a report and are not called «Отчёт»."""
    return {table.sheet.name: FORM_SHEET for table in tables if table.sheet.name != FORM_SHEET}


def _read_part(part: Part, account: Account) -> tuple[Entry, ...]:
    """The entries of one participant from all its tables."""
    plan = account.plan
    _note_curator(part, plan, account)
    for table in part.tables:
        note_heading(table, REPORT, account)
    rows = body_rows(part.tables, plan)
    owed = frozenset(row.key for row in plan.rows_of(part.participant))
    matching = match_rows([row.said for row in rows if not row.is_section], plan.rows, owed)
    matched = {one.place: one for one in matching.matches}
    _note_matches(rows, matching, account)
    for place, match in matched.items():
        read_row(rows[place], match, account)
    _read_other_rows(rows, matched, matching, plan, account)
    complete_answers(account)
    note_merged(
        rows, [matched[place].plan.key if place in matched else None for place in range(len(rows))], account
    )
    return _entries(matching, account, plan)


def _entries(matching: Matching, account: Account, plan: Plan) -> tuple[Entry, ...]:
    """One entry a plan row that stands in the copy and is owed, answered or not."""
    best: dict[str, RowMatch] = {}
    for match in matching.matches:
        if account.participant in match.plan.reporters:
            best.setdefault(match.plan.key, match)
    return tuple(
        Entry(
            account.participant,
            row.key,
            account.fields.get(row.key, {}),
            best[row.key].how,
            best[row.key].confidence,
        )
        for row in plan.rows
        if row.key in best
    )


def _note_matches(rows: Sequence[BodyRow], matching: Matching, account: Account) -> None:
    """How the rows were recognised: one cause for all of them is said once."""
    exact = [one for one in matching.matches if one.how is not Match.KEY and one.is_exact]
    keys_lost = not any(row.said.key for row in rows)
    keys_moved = sum(one.against_key for one in exact) >= _MANY
    for match in matching.matches:
        note_match(rows[match.place], match, account, told=keys_lost or keys_moved)
    if exact and (keys_lost or keys_moved):
        row = rows[exact[0].place]
        code = "R324" if keys_lost else "R338"
        account.say(code, row.spot(row.table.span[0]), rows=len(exact))


def _note_curator(part: Part, plan: Plan, account: Account) -> None:
    participant = plan.participant(part.participant)
    if participant and not participant.owes_report:
        kind = participant.kind.value
        account.findings.append(make("V210", participant=participant.code, origin=account.origin, kind=kind))


# --- rows that are no row of the plan -----------------------------------------------------------


def _read_other_rows(
    rows: Sequence[BodyRow], matched: dict[int, RowMatch], matching: Matching, plan: Plan, account: Account
) -> None:
    """Titles of sections, continuations of the row above, rows of the school's own."""
    last_by_table = {rows[place].table.sheet.name: rows[place].row for place in matched}
    for place, above in _with_above(rows, matched, plan):
        row = rows[place]
        is_more = above is not None and _continues(row, rows[above], matched[above], matched, account)
        if row.is_section:
            read_section_row(row, account)
        if row.is_section and not row.answers():
            continue
        if above is not None and is_more:
            continue_row(row, rows[above], matched[above], account)
        elif row.row <= last_by_table.get(row.table.sheet.name, 0) + 1 and _is_like_a_row(row):
            set_row_aside(row, matching.unmatched.get(place, Why.UNKNOWN), account)


def _is_like_a_row(row: BodyRow) -> bool:
    """Has it a title or an answer where the table has them? Else it is a note beside the table."""
    return bool(row.title.strip() or row.answers())


def _with_above(
    rows: Sequence[BodyRow], matched: Mapping[int, RowMatch], plan: Plan
) -> Iterator[tuple[int, int | None]]:
    """The rows that are no row of the plan, each with the last one above that is; None where something
    stands between that cannot be more of its answer."""
    above = None
    for place, row in enumerate(rows):
        if place in matched:
            above = place
            continue
        yield place, above
        if above is not None and not _may_be_more(row, matched[above], plan):
            above = None


def _may_be_more(row: BodyRow, match: RowMatch, plan: Plan) -> bool:
    return row.said.is_bare or _repeats_number(row, match, plan)


def _continues(
    row: BodyRow, above: BodyRow, match: RowMatch, matched: Mapping[int, RowMatch], account: Account
) -> bool:
    """Does a row without a title go on with the answer of the row above?

    Sure when the title's cell is merged over both, when the row repeats the number of the row
    above, or when the columns are all still free and no owed row is missing that this could be.
    """
    if not row.answers() or above.table.sheet is not row.table.sheet:
        return False
    numbered = _repeats_number(row, match, account.plan)
    if not (row.said.is_bare or numbered) or account.participant not in match.plan.reporters:
        return False
    if row.merged_over(TITLE):
        return True
    met = {one.plan.key for one in matched.values()}
    some_row_missing = any(one.key not in met for one in account.plan.rows_of(account.participant))
    taken = account.fields.get(match.plan.key, {}).keys() & row.answers().keys()
    return not taken and (numbered or not some_row_missing)


def _repeats_number(row: BodyRow, match: RowMatch, plan: Plan) -> bool:
    """Nothing but the number of the row above, and no other activity bears that number."""
    said = row.said
    number = bare(match.plan.number)
    if said.key or said.title.strip() or any(said.support.values()) or not number:
        return False
    return number in possible(said.number) and sum(bare(one.number) == number for one in plan.asked_rows) == 1


# --- the rest of the book -----------------------------------------------------------------------


def _sweep(book: Book, parts: Sequence[Part], accounts: Sequence[Account]) -> None:
    """Give every unclaimed cell to the participant whose table it stands at."""
    for sheet in book.sheets:
        starts = [
            (min((*table.above, *table.header, *table.rows)), account)
            for part, account in zip(parts, accounts, strict=True)
            for table in part.tables
            if table.sheet is sheet
        ]
        starts = sorted(starts, key=lambda one: one[0]) or [(1, accounts[0])]
        starts[0] = (1, starts[0][1])
        ends = [start for start, _ in starts[1:]] + [max((row for row, _ in sheet.cells), default=0) + 1]
        for (start, account), end in zip(starts, ends, strict=True):
            sweep_sheet(sheet, start, end, account)
    sweep_shapes_and_names(book, accounts[0])
