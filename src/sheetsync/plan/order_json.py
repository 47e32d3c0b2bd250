"""An order as the JSON document of ``sheetsync order read --json`` (design, section 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sheetsync.doubts import text_of
from sheetsync.model import Activity, Deadline, Doubt, Indicator, Instruction, Order, Parties, Passport
from sheetsync.plan.order import doubts_of

Json = dict[str, object]


def order_as_json(order: Order) -> Json:
    """Everything read from an order; what it does not say is null."""
    return {
        "order": _passport(order.passport),
        "sections": [{"number": one.number, "title": one.title} for one in order.sections],
        "activities": [_activity(one) for one in order.activities],
        "instructions": [_instruction(one) for one in order.instructions],
        "indicators": [_indicator(one) for one in order.indicators],
        "doubts": _doubts(order.doubts),
    }


def _passport(passport: Passport) -> Json:
    return {
        "number": passport.number,
        "date": _day(passport.date),
        "issuer": passport.issuer,
        "title": passport.title,
        "years": list(passport.years),
        "report_due": _day(passport.report_due),
        "schools": [{"name": one.name, "aliases": list(one.aliases)} for one in passport.schools],
        "curators": [{"school": one.school, "curator": one.curator} for one in passport.curators],
    }


def _activity(activity: Activity) -> Json:
    return {
        "key": activity.key,
        "number": activity.number,
        "number_printed": activity.number_printed,
        "section": activity.section,
        "title": activity.title,
        "deadline": _deadline(activity.deadline),
        "responsible": _responsible(activity.responsible),
        "result": activity.result,
        "info": activity.info,
        "doubts": _doubts(doubts_of(activity)),
    }


def _instruction(instruction: Instruction) -> Json:
    return {
        "key": instruction.key,
        "number": instruction.number,
        "title": instruction.title,
        "deadline": _deadline(instruction.deadline),
        "responsible": _responsible(instruction.responsible),
        "doubts": _doubts(doubts_of(instruction)),
    }


def _deadline(deadline: Deadline) -> Json:
    return {
        "text": deadline.text or None,
        "kind": deadline.kind.value,
        "start": _day(deadline.start),
        "due": _day(deadline.due),
        "occurrences": [_day(one) for one in deadline.occurrences],
    }


def _responsible(responsible: Parties) -> Json:
    return {
        "text": responsible.text or None,
        "parties": list(responsible.parties),
        "schools": responsible.schools.value,
        "named": list(responsible.named),
    }


def _indicator(indicator: Indicator) -> Json:
    return {
        "title": indicator.title,
        "unit": indicator.unit,
        "target": indicator.target,
        "year": indicator.year,
        "activity": indicator.activity,
    }


def _doubts(doubts: Iterable[Doubt]) -> list[Json]:
    return [{"code": one.code, "text": text_of(one)} for one in doubts]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
