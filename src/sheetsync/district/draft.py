"""An order becomes the first draft of settings, participants and plan, for the coordinator to mend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns import (
    ALL_SCHOOLS,
    INDICATORS,
    INSTRUCTIONS_SECTION,
    PARTICIPANTS,
    PLAN,
    SETTINGS,
    DoubtPlace,
)
from sheetsync.district.bodies import OutRecord, body_of
from sheetsync.district.records import CODE_LETTERS, INDICATOR_IDENTITY, indicator_record
from sheetsync.doubts import text_of
from sheetsync.model import (
    Activity,
    Channel,
    Doubt,
    Instruction,
    Order,
    Participant,
    ParticipantKind,
    Parties,
    Passport,
    SchoolsScope,
    Section,
)
from sheetsync.plan.evidence_in_orders import read_asked
from sheetsync.plan.instruction_addressees import answering_body
from sheetsync.plan.keys import keys_of
from sheetsync.plan.names import best_name, canonical, merge_spellings, short_name
from sheetsync.plan.parties import kind_of_party
from sheetsync.plan.periods import Period, periods_of
from sheetsync.plan.targets import read_targets
from sheetsync.settings import SETTINGS_ROWS
from sheetsync.text import skeleton
from sheetsync.workbooks.port import Out, TableBody

_DATE = "%d.%m.%Y"


class Draft(Struct, frozen=True):
    """The bodies of the sheets a coordinator edits, by table name."""

    bodies: dict[str, TableBody]
    participants: tuple[Participant, ...]


def draft_of(order: Order) -> Draft:
    """What a new district workbook says before anyone touched it."""
    participants = participants_of(order)
    bodies = {
        SETTINGS.name: body_of(SETTINGS, _setting_records(order.passport), ("key",)),
        PARTICIPANTS.name: body_of(PARTICIPANTS, map(participant_record, participants), ("code",)),
        PLAN.name: body_of(PLAN, _plan_records(order, participants), ("key",)),
        INDICATORS.name: body_of(INDICATORS, map(indicator_record, order.indicators), INDICATOR_IDENTITY),
    }
    return Draft(bodies, participants)


# --- settings -----------------------------------------------------------------------------------


def plan_id_of(passport: Passport) -> str:
    """Letters that tell this order's plan from every other plan and year."""
    parts = (passport.issuer, passport.number, passport.date, passport.title)
    (plan_id,) = keys_of(["|".join(str(part or "") for part in parts)])
    return plan_id


def _setting_records(passport: Passport) -> list[OutRecord]:
    years = passport.years
    due = passport.report_due
    whole = Period("", date(min(years), 1, 1), date(max(years), 12, 31), due) if years else None
    first = next(iter(periods_of(years, passport.title or "", due)), whole)
    values: dict[str, str | date | None] = {
        "plan_id": plan_id_of(passport),
        "organisation": passport.issuer,
        "plan_title": passport.title,
        "order_number": passport.number,
        "order_date": passport.date,
        "years": ", ".join(map(str, years)),
        "period_start": first.start if first else None,
        "period_end": first.finish if first else None,
        "report_due": first.report_due if first else passport.report_due,
        "period": first.label if first else "",
    }
    return [
        {"name": spec.label, "value": values.get(spec.key, spec.default), "note": spec.note, "key": spec.key}
        for spec in SETTINGS_ROWS
    ]


# --- participants -------------------------------------------------------------------------------


def participants_of(order: Order) -> tuple[Participant, ...]:
    """Schools of the order, its curators, and the offices that answer for rows of their own."""
    passport = order.passport
    schools = [
        Participant(
            _code(ParticipantKind.SCHOOL, place),
            school.name,
            short_name(school.name),
            school.aliases,
            curator=_curator_of(school.name, school.aliases, passport),
        )
        for place, school in enumerate(passport.schools, 1)
    ]
    curators = merge_spellings([pair.curator for pair in passport.curators])
    helpers = [
        Participant(
            _code(ParticipantKind.CURATOR, place),
            one.name,
            short_name(one.name),
            one.aliases,
            ParticipantKind.CURATOR,
        )
        for place, one in enumerate(curators, 1)
    ]
    return (*schools, *_bodies_of(order), *helpers)


def _code(kind: ParticipantKind, place: int) -> str:
    return f"{CODE_LETTERS[kind]}{place:02d}"


def _curator_of(name: str, aliases: Sequence[str], passport: Passport) -> str | None:
    wanted = {canonical(spelling) for spelling in (name, *aliases)}
    pair = next((one for one in passport.curators if canonical(one.school) in wanted), None)
    return short_name(pair.curator) if pair else None


def _bodies_of(order: Order) -> Iterable[Participant]:
    parties = _parties_of(order)
    issuer = order.passport.issuer or ""
    bare = tuple(dict.fromkeys(party for party in parties if _is_bare_issuer(party, issuer)))
    for kind in (ParticipantKind.OFFICE, ParticipantKind.INSTITUTION):
        told = [party for party in parties if kind_of_party(party) is kind and party not in bare]
        also = [issuer] if kind is ParticipantKind.OFFICE else []
        answering = {*told, *(also if bare else ())}
        bodies = [one for one in merge_spellings([*told, *also]) if answering & {one.name, *one.aliases}]
        for place, body in enumerate(bodies, 1):
            aliases = (*body.aliases, *bare) if issuer in (body.name, *body.aliases) else body.aliases
            yield Participant(_code(kind, place), body.name, short_name(body.name), aliases, kind)


def _parties_of(order: Order) -> list[str]:
    """Who answers for the plan's rows, and for instructions whoever is not among them yet."""
    parties = [party for activity in order.activities for party in activity.responsible.parties]
    instructed = [body for one in order.instructions for body in _answering(one).parties]
    return [*parties, *(one for one in instructed if best_name(one, parties) is None)]


def _is_bare_issuer(party: str, issuer: str) -> bool:
    """«Отдел» in an order of «Отдел образования ...» is the office that issued it."""
    return " " not in party and " " in issuer and skeleton(party) == skeleton(issuer.split(maxsplit=1)[0])


def participant_record(one: Participant) -> OutRecord:
    return {
        "code": one.code,
        "name": one.name,
        "short_name": one.short_name,
        "aliases": "; ".join(one.aliases),
        "kind": one.kind.value,
        "curator": one.curator,
        "email": one.email,
        "channel": one.channel.value if one.channel else Channel.EXCEL.value,
        "link": one.link,
        "received_on": one.received_on,
    }


# --- plan ---------------------------------------------------------------------------------------


def _plan_records(order: Order, participants: Sequence[Participant]) -> list[OutRecord]:
    titles = {section.number: _section_text(section) for section in order.sections}
    rows = [_plan_record(activity, titles, participants) for activity in order.activities]
    return rows + [_instruction_record(one, participants) for one in order.instructions]


def _section_text(section: Section) -> str:
    return f"{section.number}. {section.title}"


def _instruction_record(one: Instruction, participants: Sequence[Participant]) -> OutRecord:
    """An instruction is a row like any other, in a section of its own; a post reports for its body."""
    as_activity = Activity(
        one.key, one.number, one.number, INSTRUCTIONS_SECTION, one.title, one.deadline, _answering(one)
    )
    return _plan_record(replace(as_activity, doubts=one.doubts), {}, participants)


def _answering(one: Instruction) -> Parties:
    """Who answers for an instruction: «директор МКУ «ИМЦ»» answers for «МКУ «ИМЦ»»."""
    return replace(one.responsible, parties=tuple(map(answering_body, one.responsible.parties)))


def _plan_record(
    activity: Activity, titles: dict[str, str], participants: Sequence[Participant]
) -> OutRecord:
    deadline = activity.deadline
    about = {
        DoubtPlace.ROW: doubts_text(activity.doubts),
        DoubtPlace.DEADLINE: doubts_text(deadline.doubts),
        DoubtPlace.RESPONSIBLE: doubts_text(activity.responsible.doubts),
    }
    return {
        "key": activity.key,
        "number": activity.number,
        "section": titles.get(activity.section or "", activity.section),
        "title": _noted(activity.title, about[DoubtPlace.ROW]),
        "deadline": _noted(deadline.text, about[DoubtPlace.DEADLINE]),
        "start": deadline.start,
        "due": deadline.due,
        "repeats": "; ".join(f"{day:{_DATE}}" for day in deadline.occurrences),
        "responsible": _noted(activity.responsible.text, about[DoubtPlace.RESPONSIBLE]),
        "reporters": "; ".join(reporter_words(activity, participants)),
        "result": activity.result,
        "evidence_asked": read_asked(activity.result or "", activity.title).text,
        "target": target_text(activity),
        "doubts": "\n".join(f"{place.value}: {text}" for place, text in about.items() if text),
    }


def _noted(text: str, note: str) -> Out:
    """A doubtful cell carries a note that says what to check."""
    return Out(text, note=note or None)


def doubts_text(doubts: Iterable[Doubt]) -> str:
    """Each doubt once, as running text."""
    return " ".join(dict.fromkeys(text_of(doubt) for doubt in doubts))


def target_text(activity: Activity) -> str:
    """«80 %; 2 семинара»: the numbers a row asks for."""
    found = read_targets(f"{activity.title}\n{activity.result or ''}")
    numbers = [f"{one.target:g} {one.unit or ''}".strip() for one in found if one.target is not None]
    return "; ".join(dict.fromkeys(numbers))


def reporter_words(activity: Activity, participants: Sequence[Participant]) -> list[str]:
    """Who reports on a row, as the coordinator reads it: «все школы», short names."""
    responsible = activity.responsible
    words = [ALL_SCHOOLS] if responsible.schools is SchoolsScope.ALL else []
    by_name = {spelling: one for one in participants for spelling in (one.name, *one.aliases)}
    bodies = (one for one in responsible.parties if one in by_name or kind_of_party(one) in _BODIES)
    names = [*responsible.named, *bodies]
    for name in names:
        exact = by_name.get(name)
        found = exact or _closest(name, by_name)
        if found and found.owes_report:
            words.append(found.short_name)
    return list(dict.fromkeys(words))


_BODIES = (ParticipantKind.OFFICE, ParticipantKind.INSTITUTION)


def _closest(name: str, by_name: dict[str, Participant]) -> Participant | None:
    best = best_name(name, list(by_name))
    return by_name[best[0]] if best else None
