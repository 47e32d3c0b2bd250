"""The sheet «Показатели» of a copy: figures a participant reports for the targets of the plan."""

from __future__ import annotations

import re
from typing import Final

from sheetsync.columns import FORM_INDICATORS, Owner
from sheetsync.grid import Book
from sheetsync.intake.account import Account
from sheetsync.intake.fields import holds_something, quoted, read_field
from sheetsync.intake.heading import note_heading
from sheetsync.intake.locate import KEY, TITLE, Found, find_tables, indicators_of
from sheetsync.intake.marks import indicator_key
from sheetsync.intake.reasons import Reason
from sheetsync.model import Field, Indicator, IndicatorAnswer, Plan
from sheetsync.plan.titles import similarity
from sheetsync.text import skeleton

_SAME: Final = 0.8
_LEAD: Final = 0.04
_FIGURE: Final = re.compile(r"\d+(?:[.,]\d+)?")


def read_indicators(book: Book, plan: Plan, account: Account) -> tuple[IndicatorAnswer, ...]:
    """Answers to the indicators, wherever their table lies now."""
    if not plan.indicators:
        return ()
    answers: dict[int, dict[str, Field]] = {}
    for table in find_tables(book, indicators_of(plan)):
        if _is_free(table, account):
            note_heading(table, FORM_INDICATORS, account)
            for row in table.rows:
                _read_row(table, row, plan, account, answers)
    return tuple(
        IndicatorAnswer(account.participant, plan.indicators[place], fields)
        for place, fields in sorted(answers.items())
    )


def _is_free(table: Found, account: Account) -> bool:
    """A table of answers to activities is not read again as one of indicators."""
    return not any(
        account.is_claimed((table.sheet, row, table.span[0])) for row in (*table.header, *table.rows)
    )


def _read_row(
    table: Found, row: int, plan: Plan, account: Account, answers: dict[int, dict[str, Field]]
) -> None:
    place = indicator_of(table, row, plan)
    for key, column in table.columns.items():
        spot, cell = (table.sheet, row, column), table.cell(row, key)
        if not holds_something(cell):
            continue
        declared = FORM_INDICATORS.column(key)
        if place is None:
            if not account.known.says_here(*spot, cell):
                account.set_aside(
                    spot, cell, Reason.UNKNOWN_INDICATOR, "R320", title=quoted(table.cell(row, TITLE).text)
                )
        elif declared.owner is not Owner.SCHOOL:
            _plan_cell(table, row, key, plan.indicators[place], account)
        elif key in answers.setdefault(place, {}):
            title = quoted(plan.indicators[place].title)
            account.set_aside(spot, cell, Reason.REPEATED_ROW, "R306", title=title, value=quoted(cell.text))
        else:
            field, findings = read_field(declared, cell, account.at(spot), plan.settings.years)
            answers[place][key] = field
            account.claim(spot)
            account.about(None, findings)


def _plan_cell(table: Found, row: int, key: str, indicator: Indicator, account: Account) -> None:
    """A plan cell of an indicator; a changed one is a finding."""
    spot, cell = (table.sheet, row, table.columns[key]), table.cell(row, key)
    target = "" if indicator.target is None else f"{indicator.target:g}"
    was = {
        TITLE: indicator.title,
        "unit": indicator.unit or "",
        "target": target,
        "year": str(indicator.year or ""),
    }
    is_other = key in was and skeleton(was[key]) != skeleton(cell.text)
    if is_other and not account.known.is_as_issued(*spot, cell):
        column = FORM_INDICATORS.column(key).header
        account.note("R309", spot, column=column, was=was[key], now=cell.text)
    account.take_as_office(spot, cell)


def _is_its(title: str, own: str) -> bool:
    """Does a title fit its key? A later order may have moved the figure in it."""
    words = (_FIGURE.sub("", one) for one in (title, own))
    return max(similarity(title, own), similarity(*words)) >= _SAME


def indicator_of(table: Found, row: int, plan: Plan) -> int | None:
    """The place of the indicator a row is about: by its key when the title agrees, else by title."""
    title, key = table.cell(row, TITLE).text, table.cell(row, KEY).text.strip()
    year = table.cell(row, "year").text.strip()
    by_key = {indicator_key(place): place for place in range(len(plan.indicators))}.get(key)
    if by_key is not None and (not title.strip() or _is_its(title, plan.indicators[by_key].title)):
        return by_key
    scored = sorted(
        (
            (similarity(title, one.title) + _LEAD * (year == str(one.year or "")), place)
            for place, one in enumerate(plan.indicators)
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < _SAME or (len(scored) > 1 and scored[0][0] - scored[1][0] < _LEAD):
        return None
    return scored[0][1]
