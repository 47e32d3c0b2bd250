"""Figures reported for numeric targets: are they figures, of the right unit, possible, enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from sheetsync.checks.case import Case
from sheetsync.checks.due import is_due, report_date
from sheetsync.columns import FORM_INDICATORS_SHEET
from sheetsync.findings import make
from sheetsync.model import Finding, Indicator, IndicatorFact, Origin, Status
from sheetsync.patterns import at_first_use
from sheetsync.plan.asked_indicators import indicators_asked, period_year
from sheetsync.plan.figures import Figure, is_other_unit, is_percent, read_figure, signed
from sheetsync.text import plain

_FACT: Final = "fact"
_COMMENT: Final = "comment"
_WHOLE: Final = 100.0
_JUMP_OF_PERCENT: Final = 50.0
_JUMP_IN_TIMES: Final = 10.0
_LESS_IS_BETTER: Final = at_first_use(r"сниж|снизи|уменьш|сокращ|не более|не выше|отчислен|отсев")
_CHANGE: Final = at_first_use(r"\b(?:при)?рост|динамик|изменени|увеличен|сниж|уменьш|сокращ")
_NAME: Final = 80
"""A title longer than that is quoted by its beginning."""

_STEM: Final = 4


def not_a_number(case: Case) -> Iterator[Finding]:
    """«восемьдесят», «80–90», «да»: nothing that could be compared."""
    for fact in case.indicators:
        text = _text(fact)
        if text and _figure(fact) is None:
            yield _about(fact, "N401", value=text)


def other_unit(case: Case) -> Iterator[Finding]:
    """A number of people where a share was asked for, and the like."""
    for fact, figure in _figures(case):
        if is_other_unit(figure.unit, fact.indicator.unit):
            yield _about(fact, "N402", value=_text(fact), unit=fact.indicator.unit)


def impossible_figure(case: Case) -> Iterator[Finding]:
    """A share below nothing or above all, a negative count."""
    for fact, figure in _figures(case):
        if figure.value < 0 and not _is_change(fact.indicator):
            yield _about(fact, "N404", value=_text(fact))
        elif _is_share(fact, figure) and figure.value > _WHOLE and not _is_change(fact.indicator):
            yield _about(fact, "N403", value=_text(fact))


def share_for_percent(case: Case) -> Iterator[Finding]:
    """0,85 where 85 % was meant."""
    for fact, figure in _figures(case):
        if _is_share(fact, figure) and not figure.is_percent and 0 < figure.value < 1:
            yield _about(fact, "N405", value=_text(fact), percent=f"{figure.value * _WHOLE:.4g}")


def absurd_change(case: Case) -> Iterator[Finding]:
    """So far from the previous period that one of the two is likely misprinted."""
    for fact, figure in _figures(case):
        before = read_figure(fact.previous)
        if before is None or figure.value == before.value:
            continue
        change = figure.value - before.value
        least, most = sorted((abs(before.value), abs(figure.value)))
        is_percent_jump = is_percent(fact.indicator.unit) and abs(change) > _JUMP_OF_PERCENT
        if is_percent_jump or (least and most >= _JUMP_IN_TIMES * least):
            yield _about(fact, "N406", previous=fact.previous, value=_text(fact), change=signed(change))


def figure_missing(case: Case) -> Iterator[Finding]:
    """Figures that are due and were neither given nor explained, told once a participant."""
    told = {(one.participant, one.indicator) for one in case.indicators if _text(one) or one.comment.strip()}
    for participant in case.reporting:
        arrival = case.arrivals.get(participant.code)
        if arrival is None:
            continue
        due = [one for _, one in indicators_asked(case.plan, participant.code) if _is_due(case, one)]
        missing = [one for one in due if (participant.code, one) not in told]
        if missing:
            origin = Origin(arrival.origin.file, arrival.origin.sha256, FORM_INDICATORS_SHEET)
            titles = "; ".join(_name(one) for one in missing[:3])
            yield make(
                "N407",
                participant=participant.code,
                origin=origin,
                missing=len(missing),
                asked=len(due),
                titles=titles + ("; …" if len(missing) > 3 else ""),
            )


def below_target(case: Case) -> Iterator[Finding]:
    """The figure is less than the plan set. Where less is better, a person decides."""
    for fact, figure in _figures(case):
        target = fact.indicator.target
        if (
            target is None
            or not _is_due(case, fact.indicator)
            or not _is_year_of_target(case, fact.indicator)
        ):
            continue
        is_fraction = _is_share(fact, figure) and not figure.is_percent and 0 < figure.value < 1
        is_comparable = not is_other_unit(figure.unit, fact.indicator.unit) and not is_fraction
        if (
            is_comparable
            and figure.value < target
            and not _LESS_IS_BETTER.search(plain(fact.indicator.title))
        ):
            goal = f"{target:g} {fact.indicator.unit or ''}".strip()
            yield _about(fact, "N408", value=_text(fact), target=goal)


def fewer_than_planned(case: Case) -> Iterator[Finding]:
    """«Проведён 1 семинар» where «Число» of «План» says two: a person decides what it means."""
    for outcome in case.with_status(Status.DONE):
        planned = case.row(outcome).target
        if not planned:
            continue
        info = outcome.entry.text("info") if outcome.entry else ""
        for part in planned.split(";"):
            wanted = read_figure(part)
            given = _counted(info, wanted) if wanted and wanted.unit else None
            if wanted and given is not None and given < wanted.value:
                told = f"{given:g} {wanted.unit}".replace(".", ",")
                yield case.finding(outcome, "info", "N409", planned=part.strip(), told=told)


# --- what the rules ask -------------------------------------------------------------------------


def _figures(case: Case) -> Iterator[tuple[IndicatorFact, Figure]]:
    for fact in case.indicators:
        figure = _figure(fact)
        if figure is not None:
            yield fact, figure


def _figure(fact: IndicatorFact) -> Figure | None:
    return read_figure(_text(fact))


def _text(fact: IndicatorFact) -> str:
    return fact.fact.strip()


def _is_share(fact: IndicatorFact, figure: Figure) -> bool:
    return is_percent(fact.indicator.unit) and (not figure.unit or figure.is_percent)


def _is_change(indicator: Indicator) -> bool:
    """«Прирост», «снижение на …»: may be below zero and above a hundred."""
    return bool(_CHANGE.search(plain(indicator.title)))


def _is_due(case: Case, indicator: Indicator) -> bool:
    settings = case.plan.settings
    row = case.plan.row(indicator.activity) if indicator.activity else None
    if row is not None:
        return is_due(row, settings, case.as_of)
    last = report_date(settings) or (date(max(settings.years), 12, 31) if settings.years else None)
    return last is not None and last <= case.as_of


def _is_year_of_target(case: Case, indicator: Indicator) -> bool:
    """A target of the programme's last year is not missed in its first."""
    period = period_year(case.plan)
    return period is None or indicator.year is None or indicator.year <= period


def _counted(info: str, wanted: Figure) -> float | None:
    """The largest number a text gives of what is counted; ``None`` when it gives none."""
    unit = (
        r"(?:%|процент)" if wanted.is_percent else rf"(?:[а-яё-]+\s+)?{re.escape(plain(wanted.unit)[:_STEM])}"
    )
    found = re.findall(rf"(?<![\d.,№/-])(\d+(?:[.,]\d+)?)\s*(?:-?[а-я]{{1,2}}\s+)?{unit}", plain(info))
    return max((float(one.replace(",", ".")) for one in found), default=None)


def _about(fact: IndicatorFact, code: str, **params: object) -> Finding:
    origin = fact.origins.get(_FACT) or fact.origins.get(_COMMENT) or Origin()
    return make(
        code,
        participant=fact.participant,
        activity=fact.indicator.activity,
        origin=origin,
        count=1,
        title=_name(fact.indicator),
        **params,
    )


def _name(indicator: Indicator) -> str:
    title = " ".join(indicator.title.split())
    return title if len(title) <= _NAME else f"{title[:_NAME].rstrip()}…"
