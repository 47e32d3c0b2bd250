"""A matched row becomes an answer: plan cells are compared with the plan, answer cells are read.

Nothing of a row is passed over: a plan text the school changed is a finding, a value in a column
the form does not have is set aside, a second row of the same activity never overwrites the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sheetsync.columns import REPORT, Kind
from sheetsync.grid import Cell, column_letters, is_error
from sheetsync.intake.account import Account, Spot
from sheetsync.intake.fields import quoted, read_field
from sheetsync.intake.locate import TITLE
from sheetsync.intake.match import RowMatch
from sheetsync.intake.misplaced import answers_within, columns_of, told_within
from sheetsync.intake.numbers import bare, is_written_as, possible
from sheetsync.intake.reasons import Reason
from sheetsync.intake.rows import ANSWERS, NUMBER, BodyRow
from sheetsync.model import Field, Match, PlanRow
from sheetsync.text import skeleton

_SHOWN_BY_VALUE: Final = frozenset({Kind.CHOICE, Kind.DATE})
_KEY, _CHECK, _REMARK = "key", "check", "remark"
_TELLING: Final = 12
"""So many letters of a title are not met in another one by chance."""

_ANSWERS: Final = {column.key: column for column in ANSWERS}


def read_row(row: BodyRow, match: RowMatch, account: Account) -> None:
    """Take over one matched row."""
    activity = match.plan.key
    owed = account.participant in match.plan.reporters
    by_column = {column: key for key, column in row.table.columns.items()}
    years = account.plan.settings.years
    misplaced = columns_of(row, _outside_answers(row, account), years) if owed else {}
    for column, cell in row.cells():
        key = by_column.get(column)
        if account.is_claimed(row.spot(column)):
            continue
        if column in misplaced:
            _misplaced_cell(row, column, misplaced[column], activity, account)
        elif key is None:
            _extra_cell(row, column, cell, activity, account)
        elif key not in _ANSWERS:
            _office_cell(row, key, cell, match.plan, account)
        elif owed:
            read_answer(row, column, key, activity, account)
        else:
            account.set_aside(
                row.spot(column), cell, Reason.NOT_OWED, "R317", activity=activity, title=match.plan.title
            )


def continue_row(row: BodyRow, above: BodyRow, match: RowMatch, account: Account) -> None:
    """A row without plan texts that goes on with the answer above it."""
    for key in row.answers():
        spot = row.spot(row.table.columns[key])
        is_free = key not in account.fields.get(match.plan.key, {})
        read_answer(row, spot[2], key, match.plan.key, account)
        if is_free:  # else the row above has its own answer, and the sheet says that both stand there
            account.note("R327", spot, activity=match.plan.key, title=quoted(above.title or match.plan.title))
    if NUMBER in row.table.columns:
        account.take_as_office(row.spot(row.table.columns[NUMBER]), row.cell(NUMBER))


def complete_answers(account: Account) -> None:
    """Answers that stand inside another one's cell, «выполнено 15.03.2023», where theirs is empty."""
    for activity in account.fields:
        complete_row(activity, account)


def complete_row(activity: str, account: Account) -> None:
    """The same for the answers to one activity."""
    fields = account.fields.get(activity, {})
    for key, (source, field) in answers_within(fields, account.plan.settings.years).items():
        fields[key] = field
        account.about(activity, (told_within(key, field, source),))


def note_match(row: BodyRow, match: RowMatch, account: Account, *, told: bool) -> None:
    """Say how a row was recognised when it was not by its key; ``told`` once for all exact ones."""
    if match.how is Match.KEY or (told and match.is_exact):
        return
    title = row.table.columns.get(TITLE)
    spot = row.spot(title or min(row.table.columns.values()))
    said = quoted(row.title or match.plan.title)
    if match.against_key:
        account.say("R325", spot, activity=match.plan.key, title=said)
    elif match.confidence < 1:
        surely = round(match.confidence * 100)
        account.say("R304", spot, activity=match.plan.key, title=said, confidence=surely)
    else:
        account.say("R303", spot, activity=match.plan.key, title=said)


# --- cells --------------------------------------------------------------------------------------


def read_answer(row: BodyRow, column: int, key: str, activity: str, account: Account) -> None:
    """Read a cell as the answer ``key``, in whichever column it stands."""
    spot, cell = row.spot(column), row.table.sheet.at(row.row, column)
    field, findings = read_field(_ANSWERS[key], cell, account.at(spot), account.plan.settings.years)
    fields = account.fields.setdefault(activity, {})
    first = fields.get(key)
    if first is None:
        fields[key] = field
        account.claim(spot)
        account.about(activity, findings)
        if REPORT.column(key).kind in _SHOWN_BY_VALUE:
            keep_attached(spot, cell, activity, account)
    else:
        _repeated_cell(row, spot, activity, (first, field), account)


def _misplaced_cell(row: BodyRow, column: int, key: str, activity: str, account: Account) -> None:
    spot = row.spot(column)
    names = (REPORT.column(one).header for one, at in row.table.columns.items() if at == column)
    was = next(names, column_letters(column))
    account.say("R335", spot, activity=activity, was=was, column=REPORT.column(key).header)
    read_answer(row, column, key, activity, account)


def _outside_answers(row: BodyRow, account: Account) -> dict[int, Cell]:
    """What a school typed into the office's remark or beside the table, under no header."""
    named = {column: key for key, column in row.table.columns.items()}
    return {
        column: cell
        for column, cell in row.cells()
        if named.get(column, _REMARK) == _REMARK
        and not account.known.says_here(*row.spot(column), cell)
        and (column in named or not _header_over(row, column))
    }


def keep_attached(spot: Spot, cell: Cell, activity: str, account: Account) -> None:
    """Links and the note of a cell of which the свод shows the value alone."""
    for text in account.added(cell):
        account.keep(spot, text, Reason.ATTACHED)
        if text in cell.links:
            account.say("R333", spot, activity=activity, value=quoted(text))


def _repeated_cell(
    row: BodyRow, spot: Spot, activity: str, versions: tuple[Field, Field], account: Account
) -> None:
    """The activity is answered in another row already: equal values agree, others are set aside."""
    first, second = versions
    cell = row.table.sheet.at(*spot[1:])
    known = account.plan.row(activity)
    title = quoted(row.title or (known.title if known else ""))
    if (first.text, first.links, first.comment) == (second.text, second.links, second.comment):
        said = " ".join((cell.text, *cell.links, cell.comment or ""))
        account.note("R306", spot, activity=activity, title=title, value=said)
    else:
        account.set_aside(
            spot, cell, Reason.REPEATED_ROW, "R306", activity=activity, title=title, value=quoted(cell.text)
        )


def _office_cell(row: BodyRow, key: str, cell: Cell, plan: PlanRow, account: Account) -> None:
    spot = row.spot(row.table.columns[key])
    if not cell.text.strip():
        account.take_as_office(spot, cell, activity=plan.key)
    elif key == NUMBER:
        _number_cell(row, cell, plan, account)
    elif key == _KEY:
        if cell.text.strip() != plan.key and not account.known.says(cell.text):
            account.note("R331", spot, value=cell.text)
        account.take_as_office(spot, cell, activity=plan.key)
    elif key in (_CHECK, _REMARK):
        _tool_cell(row, key, cell, plan, account)
    else:
        was = _plan_texts(plan)[key]
        printed = account.known.printed.get(plan.key, {}).get(key, was)
        if skeleton(cell.text) not in {skeleton(was), skeleton(printed)}:
            column = REPORT.column(key).header
            account.note("R309", spot, activity=plan.key, column=column, was=was, now=cell.text)
            if key == TITLE:
                _note_joined(row, cell, plan, account)
        account.take_as_office(spot, cell, activity=plan.key)


def _note_joined(row: BodyRow, cell: Cell, plan: PlanRow, account: Account) -> None:
    """Two activities in one row: its answers cannot be told apart, so they stay at the row's own."""
    own = skeleton(plan.title)
    if own not in skeleton(cell.text):
        return
    added = skeleton(cell.text).replace(own, "", 1)
    others = [
        one.title
        for one in account.plan.rows
        if one.key != plan.key and len(skeleton(one.title)) >= _TELLING and skeleton(one.title) in added
    ]
    if others:
        spot = row.spot(row.table.columns[TITLE])
        account.say("R337", spot, activity=plan.key, title=plan.title, others="; ".join(others))


def _number_cell(row: BodyRow, cell: Cell, plan: PlanRow, account: Account) -> None:
    spot = row.spot(row.table.columns[NUMBER])
    number = bare(plan.number)
    printed = account.known.printed.get(plan.key, {}).get(NUMBER, plan.number)
    told = {skeleton(plan.number), skeleton(printed)}
    if number in possible(cell) and bare(cell.text) != number:
        account.note("R318", spot, activity=plan.key, value=cell.text, number=plan.number)
    elif skeleton(cell.text) not in told and not is_written_as(cell.text, plan.number):
        account.note("R321", spot, was=plan.number, now=cell.text)
    account.take_as_office(spot, cell, activity=plan.key)


def _tool_cell(row: BodyRow, key: str, cell: Cell, plan: PlanRow, account: Account) -> None:
    """«Проверка» is computed, «Замечание района» is the office's: anything else is the school's."""
    spot = row.spot(row.table.columns[key])
    failed = cell.formula is not None and is_error(cell.text)
    computed = key == _CHECK and (failed or account.known.computes(cell.text))
    if computed or account.known.says_here(*spot, cell):
        account.take_as_office(spot, cell, activity=plan.key)
    else:
        account.set_aside(spot, cell, Reason.PLAN_CELL, "R328", activity=plan.key)


def _extra_cell(row: BodyRow, column: int, cell: Cell, activity: str, account: Account) -> None:
    """A value in a column the form does not have, or beside the table."""
    spot = row.spot(column)
    header = _header_over(row, column)
    if header:
        account.set_aside(spot, cell, Reason.EXTRA_COLUMN, "R322", header=quoted(header))
    else:
        account.set_aside(spot, cell, Reason.OUTSIDE, "R307", activity=activity)


def _header_over(row: BodyRow, column: int) -> str:
    return next(
        (text for at in row.table.header if (text := row.table.sheet.at(at, column).text.strip())), ""
    )


def _plan_texts(plan: PlanRow) -> Mapping[str, str]:
    return {
        "title": plan.title,
        "deadline": plan.deadline_text,
        "responsible": plan.responsible,
        "result": plan.result,
    }
