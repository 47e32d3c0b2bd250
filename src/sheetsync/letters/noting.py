"""The analytic note is composed from a consolidation: its tables, charts and requisites. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from sheetsync.checks.due import first_due, last_due, report_date
from sheetsync.district.pairs import agreement_of, asks_agreement
from sheetsync.letters.citing import Citing, sentence
from sheetsync.letters.conclusions import conclusions
from sheetsync.letters.figures import Figure, Figures, Scope
from sheetsync.letters.note import (
    Cited,
    ListedRow,
    Note,
    PairRow,
    PersonRow,
    RateRow,
    ReworkRow,
    SectionRow,
    Sentence,
)
from sheetsync.letters.note_charts import people_charts, section_charts, target_charts
from sheetsync.letters.note_targets import target_tables
from sheetsync.letters.note_words import (
    DASH,
    PARTICIPANTS_GENITIVE,
    ROWS_GENITIVE,
    Counted,
    Word,
    day,
    percent,
    plural,
    shortened,
)
from sheetsync.letters.practice import Cover, best_practice, practice_rule
from sheetsync.model import Completeness, Consolidation, Outcome, PlanRow, ReviewState, Status, Sufficiency


class Noted(Struct, frozen=True):
    """A note with the figures it was made of and the numbers they got."""

    note: Note
    figures: Figures
    cite: Citing


def noted(found: Consolidation, cover: Cover) -> Noted:
    """The note of a consolidation. ``cover`` hides personal data in what is quoted of answers."""
    figures, cite = Figures(found), Citing()
    return Noted(_note(figures, cite, cover), figures, cite)


def _note(figures: Figures, cite: Citing, cover: Cover) -> Note:
    found = figures.found
    rates = tuple(_rates(figures, cite))
    sections = tuple(_sections(figures, cite))
    total = _section_row(figures, cite, figures.whole)
    people = tuple(_people(figures, cite))
    silent = tuple(_silent(figures, cite))
    late = tuple(_listed(figures, cite, Counted.LATE, _why_late))
    after_term = tuple(_listed(figures, cite, Counted.AFTER_TERM, _when_done))
    is_evidence_asked = found.plan.settings.evidence_required
    bare = tuple(_listed(figures, cite, Counted.BARE, _why_bare)) if is_evidence_asked else ()
    targets = target_tables(figures, cite, cover)
    pairs = tuple(_pairs(figures, cite))
    drafts = conclusions(figures, cite)
    return Note(
        organisation=found.plan.settings.organisation,
        plan_title=found.plan.settings.plan_title,
        as_of=day(found.as_of),
        requisites=tuple(_requisites(figures)),
        rates=rates,
        sections=sections,
        people=people,
        total=total,
        silent=silent,
        late=late,
        after_term=after_term,
        bare=bare,
        is_evidence_asked=is_evidence_asked,
        rework=tuple(_rework(figures)),
        targets=targets,
        has_previous=any(one.previous for one in found.indicators if one.participant in figures.people),
        pairs=pairs,
        practice_rule=practice_rule(),
        practice=best_practice(figures, cover),
        conclusions=drafts,
        people_charts=people_charts(figures),
        section_charts=section_charts(figures),
        target_charts=target_charts(figures),
        figures=cite.figures,
    )


def _requisites(figures: Figures) -> Iterator[tuple[str, str]]:
    """What is known of the order and of the report, line by line."""
    settings = figures.found.plan.settings
    number = Word.ORDER_NUMBER.format(number=settings.order_number) if settings.order_number else ""
    when = Word.ORDER_DATE.format(day=day(settings.order_date)) if settings.order_date else ""
    edition = Word.ORDER_EDITION.format(edition=settings.edition) if settings.edition else ""
    days = ""
    if settings.period_start and settings.period_end:
        days = Word.PERIOD_DAYS.format(start=day(settings.period_start), end=day(settings.period_end))
    due = report_date(settings)
    years = ", ".join(map(str, settings.years))
    lines = (
        (Word.ORDER, " ".join(part for part in (number, when, edition) if part)),
        (Word.ISSUER, settings.organisation),
        (Word.PERIOD, f"{settings.period} ({days})" if settings.period and days else days or years),
        (Word.REPORT_DUE, day(due) if due else ""),
    )
    yield from ((label.value, text) for label, text in lines if text)


# --- rates and tables ---------------------------------------------------------------------------


def _rates(figures: Figures, cite: Citing) -> Iterator[RateRow]:
    rates = (
        (figures.reports(Counted.RECEIVED), Word.RECEIVED_OF),
        (figures.reports(Counted.ON_TIME), Word.RECEIVED_OF),
        (figures.share(Counted.FILLED, figures.whole), Word.ROWS_OF),
        (figures.share(Counted.CONFIRMED, figures.whole), Word.DONE_OF),
    )
    for figure, words in rates:
        whole = len(figure.rows)
        told = words.format(
            part=figure.counted,
            whole=whole,
            participants=plural(whole, PARTICIPANTS_GENITIVE),
            rows=plural(whole, ROWS_GENITIVE),
        )
        yield RateRow(figure.label, cite(figure), told if whole else DASH)


def _sections(figures: Figures, cite: Citing) -> Iterator[SectionRow]:
    """One row a section; a plan without sections has none to compare."""
    if any(row.section for row in figures.rows.values()):
        yield from (_section_row(figures, cite, one) for one in figures.sections)


def _section_row(figures: Figures, cite: Citing, of: Scope) -> SectionRow:
    def number(what: Counted) -> Cited:
        return cite(figures.count(what, of))

    return SectionRow(
        of.name or Word.ALL.value,
        number(Counted.DUE),
        number(Counted.DONE),
        number(Counted.PARTLY),
        number(Counted.MISSING),
        number(Counted.EVIDENCED),
    )


def _people(figures: Figures, cite: Citing) -> Iterator[PersonRow]:
    for line in figures.lines:
        of = figures.person(line.participant)
        counts = _section_row(figures, cite, of)
        yield PersonRow(
            of.name,
            _report(line),
            counts.due,
            counts.done,
            counts.partly,
            counts.missing,
            counts.evidenced,
            _percent(cite, figures.share(Counted.FILLED, of)),
            _percent(cite, figures.share(Counted.CONFIRMED, of)),
        )


def _percent(cite: Citing, figure: Figure) -> Cited:
    """In a column headed «%» a number is enough, and a dash where there is nothing to count."""
    return cite(figure, percent(figure.value)) if figure.value is not None else Cited(DASH)


def _report(line: Completeness) -> str:
    """How far the report has got, and when it came."""
    if not line.received:
        return line.state.value
    when = Word.RECEIVED_ON if line.on_time else Word.RECEIVED_LATE
    return when.format(state=line.state.value, day=day(line.received_on))


# --- lists --------------------------------------------------------------------------------------

Why = Callable[[Outcome], str]


def _silent(figures: Figures, cite: Citing) -> Iterator[Sentence]:
    """Who sent no report, and how much of it is due already."""
    for line in figures.lines:
        if not line.received:
            of = figures.person(line.participant)
            yield sentence(
                Word.SILENT, {"name": of.name, "missing": cite(figures.count(Counted.MISSING, of))}
            )


def _listed(figures: Figures, cite: Citing, what: Counted, why: Why) -> Iterator[ListedRow]:
    """Rows of the plan something is the matter with, in its order, and with whom."""
    for row in figures.rows.values():
        of = figures.row(row.key)
        figure = figures.count(what, of)
        if figure.value:
            whom = {source.participant for source in figure.rows}
            told = [(one.participant, why(one)) for one in of.outcomes if one.participant in whom]
            yield ListedRow(
                row.number, shortened(row.title), _due(figures, row), cite(figure), _named(figures, told)
            )


def _due(figures: Figures, row: PlanRow) -> str:
    return day(last_due(row) or first_due(row, figures.found.plan.settings))


def _named(figures: Figures, told: Iterable[tuple[str, str]]) -> str:
    """Participants, those with the same reason together: «А, Б (в работе); В (нет ответа)»."""
    reasons: dict[str, list[str]] = {}
    for code, reason in told:
        reasons.setdefault(reason, []).append(figures.short(code))
    return "; ".join(f"{', '.join(names)} ({reason})" for reason, names in reasons.items())


def _why_late(one: Outcome) -> str:
    if one.status is Status.NOT_REQUIRED:
        return Word.NO_REASON
    return one.status.value if one.status else Word.NO_ANSWER


def _when_done(one: Outcome) -> str:
    return day(one.done_on)


def _why_bare(one: Outcome) -> str:
    return Word.WEAK_PAPER if one.evidence is Sufficiency.WEAK else Word.NO_PAPER


_OPEN_REVIEW = (ReviewState.REWORK, ReviewState.MENDED, ReviewState.CHANGED)


def _rework(figures: Figures) -> Iterator[ReworkRow]:
    for one in figures.outcomes:
        if one.review in _OPEN_REVIEW:
            row = figures.rows[one.activity]
            name = figures.short(one.participant)
            yield ReworkRow(name, row.number, shortened(row.title), one.review.value, one.decision.remark)


def _pairs(figures: Figures, cite: Citing) -> Iterator[PairRow]:
    """Schools somebody helps, in the order of the roster."""
    asking = {row.key for row in figures.rows.values() if asks_agreement(row)}
    for line in figures.lines:
        one = figures.people[line.participant]
        if one.curator:
            of = figures.person(one.code)
            agreement = agreement_of(one.code, figures.outcomes, asking).value
            filled = _percent(cite, figures.share(Counted.FILLED, of))
            evidenced = _percent(cite, figures.share(Counted.CONFIRMED, of))
            yield PairRow(of.name, one.curator, agreement, line.state.value, filled, evidenced)
