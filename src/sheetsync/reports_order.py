"""What «order read» and «new» print: the plan as it was understood, with what to check."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rich.table import Table

from sheetsync.doubts import text_of
from sheetsync.lines import result_line
from sheetsync.model import Activity, Doubt, Instruction, Order, SchoolsScope
from sheetsync.notices import Notice, say
from sheetsync.terminal import Terminal

if TYPE_CHECKING:
    from sheetsync.campaign import NewResult


def show_order(order: Order) -> None:
    """The plan as it was understood, with what to check."""
    out = Terminal()
    passport = order.passport
    nothing = say(Notice.NOT_SAID)
    out.print(passport.title or nothing, style="bold")
    out.print(
        say(
            Notice.ORDER_FACTS,
            number=passport.number or nothing,
            date=_day(passport.date),
            issuer=passport.issuer or nothing,
            due=_day(passport.report_due),
        )
    )
    out.print(_order_counts(order))
    table = Table(show_lines=False)
    for heading in _ORDER_COLUMNS:
        table.add_column(say(heading), overflow="fold")
    for activity in order.activities:
        table.add_row(*_order_row(activity))
    out.print(table)
    _show_instructions(out, order)
    for doubt in order.doubts:
        out.print(f"? {text_of(doubt)}", markup=False)


def _show_instructions(out: Terminal, order: Order) -> None:
    """What the order's own text asks, when it asks anything."""
    if not order.instructions:
        return
    out.print(_instruction_counts(order), markup=False)
    table = Table(show_lines=False)
    for heading in _INSTRUCTION_COLUMNS:
        table.add_column(say(heading), overflow="fold")
    for one in order.instructions:
        table.add_row(*_order_row(one))
    out.print(table)


def _instruction_counts(order: Order) -> str:
    return say(Notice.ORDER_INSTRUCTIONS, count=len(order.instructions))


_ORDER_COLUMNS = (
    Notice.COLUMN_NUMBER,
    Notice.COLUMN_ACTIVITY,
    Notice.COLUMN_DEADLINE,
    Notice.COLUMN_WHO,
    Notice.COLUMN_DOUBTS,
)
_INSTRUCTION_COLUMNS = (Notice.COLUMN_NUMBER, Notice.COLUMN_INSTRUCTION, *_ORDER_COLUMNS[2:])


def _order_counts(order: Order) -> str:
    return say(
        Notice.ORDER_COUNTS,
        sections=len(order.sections),
        activities=len(order.activities),
        schools=len(order.passport.schools),
        indicators=len(order.indicators),
        doubts=len(all_doubts(order)),
    )


def all_doubts(order: Order) -> list[Doubt]:
    """Doubts of the order and of every row."""
    rows: tuple[Activity | Instruction, ...] = (*order.activities, *order.instructions)
    return [*order.doubts, *(doubt for one in rows for doubt in row_doubts(one))]


def row_doubts(row: Activity | Instruction) -> tuple[Doubt, ...]:
    return (*row.doubts, *row.deadline.doubts, *row.responsible.doubts)


def _order_row(row: Activity | Instruction) -> tuple[str, ...]:
    deadline, responsible = row.deadline, row.responsible
    days = [f"{day:%d.%m.%Y}" for day in (deadline.start, deadline.due) if day]
    schools = {
        SchoolsScope.ALL: say(Notice.SCHOOLS_ALL),
        SchoolsScope.NAMED: "; ".join(responsible.named),
        SchoolsScope.UNCLEAR: say(Notice.SCHOOLS_UNCLEAR),
        SchoolsScope.NONE: "",
    }[responsible.schools]
    doubts = "\n".join(dict.fromkeys(text_of(doubt) for doubt in row_doubts(row)))
    return (
        row.number,
        row.title,
        "\n".join([deadline.text, " – ".join(dict.fromkeys(days))]).strip(),
        "\n".join(part for part in (responsible.text, f"→ {schools}" if schools else "") if part),
        doubts,
    )


def show_new(result: NewResult) -> None:
    result_line(_order_counts(result.order))
    if result.order.instructions:
        result_line(_instruction_counts(result.order))
    result_line(say(Notice.NEW_DONE, path=result.campaign.workbook.resolve()))
    buttons = result.sentences or (say(Notice.NEW_BUTTONS, folder=result.campaign.folder),)
    for told in buttons:
        result_line(told)
    doubts = len(all_doubts(result.order))
    sentence = say(Notice.NEW_NEXT, doubts=doubts, folder=result.campaign.folder)
    result_line(sentence)


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else say(Notice.NOT_SAID)
