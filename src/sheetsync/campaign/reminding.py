"""The command «remind»: to each who owes something a letter about its own gaps, and to nobody else.

Letters are files first: Word documents to print and sign, drafts of e-mail to look through. They are
sent by the program only when that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.desk_place import desk_at
from sheetsync.campaign.files import journal_of, taken_over
from sheetsync.campaign.found_now import found_now
from sheetsync.campaign.letter_folder import LetterFolder
from sheetsync.campaign.letter_making import LetterMaking, PreparedLetter
from sheetsync.campaign.parts.standing import STATES
from sheetsync.campaign.posting import Delivery, Mailing, Posting, sender_of
from sheetsync.campaign.whom import participant_called
from sheetsync.district.reading import find_participant
from sheetsync.findings import make, needs_user
from sheetsync.grid import text_of
from sheetsync.journal import Journal, LetterOutcome
from sheetsync.letters.gaps import Gaps, gaps_of
from sheetsync.letters.letter import AnswerDay, answer_day
from sheetsync.letters.notices import LetterNotice
from sheetsync.model import Channel, Consolidation, Event, Finding, JournalLine, Participant, Plan
from sheetsync.notices import say
from sheetsync.workbooks.port import OpenWorkbook


class RemindResult(Struct, frozen=True):
    """The letters of one run.

    ``own`` are gaps of the office itself, to which nobody writes; ``sent_before`` whose letter, as
    it is now, went out earlier.
    """

    campaign: store.Campaign
    plan: Plan
    as_of: date
    folder: Path
    answer_by: AnswerDay
    letters: tuple[PreparedLetter, ...]
    own: tuple[Gaps, ...] = ()
    findings: tuple[Finding, ...] = ()
    sent_before: frozenset[str] = frozenset()
    delivery: Delivery | None = None
    is_dry: bool = False

    @property
    def needs_user(self) -> bool:
        return needs_user(self.findings) or bool(self.delivery and self.delivery.left)

    @property
    def without_form(self) -> tuple[Participant, ...]:
        """Who has remarks to see to and no form with them."""
        told = (one.gaps for one in self.letters if one.gaps.has_remarks and not one.enclosed.returned)
        return tuple(one.participant for one in told if one.participant.channel is Channel.EXCEL)


def remind(
    place: Path,
    now: datetime,
    as_of: date,
    *,
    school: str = "",
    until: date | None = None,
    dry_run: bool = False,
    mailing: Mailing | None = None,
    workbook: OpenWorkbook | None = None,
    snapshot: Path | None = None,
    progress: Progress = lambda *_: None,
) -> RemindResult:
    """Write the letters of today, and send them when ``mailing`` says how.

    ``until`` is the day an answer is asked by, when not the usual one (``letters.letter.answer_day``).

    The words of the coordinator are those of ``workbook``, when people have it open, else of the file;
    ``snapshot`` is a copy of it, when one was made already.
    Raises ``store.StoreError`` when it cannot go on: an unknown ``school``, a broken template, no
    server to send through.
    """
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "remind") as hold, journal_of(campaign) as journal:
        desk = desk_at(campaign, hold, now, workbook, snapshot)
        found = found_now(campaign, journal, desk, hold, (as_of, now), progress=progress, wanted=STATES)
        sender = sender_of(found.plan.settings) if mailing else None
        run = journal.next_run()
        result = _written(
            campaign, journal, found, run=run, now=now, until=until, school=school, is_dry=dry_run
        )
        if sender and mailing and not dry_run:
            journal.commit()  # the letters are there, whatever becomes of sending them
            parcels = [one.parcel for one in result.letters if one.parcel]
            delivery = Posting(journal, sender, mailing, run=run, now=now, hold=hold).deliver(parcels)
            result = replace(result, delivery=delivery, findings=(*result.findings, *delivery.findings))
    return replace(result, findings=(*taken_over(hold), *result.findings))


def _written(
    campaign: store.Campaign,
    journal: Journal,
    found: Consolidation,
    *,
    run: int,
    now: datetime,
    until: date | None,
    school: str,
    is_dry: bool,
) -> RemindResult:
    """The letters in their folder; on a trial only what they would be."""
    plan = found.plan
    answer_by = AnswerDay(until) if until else answer_day(plan.settings, now.date())
    folder = LetterFolder(campaign, journal, run, now, is_dry=is_dry)
    making = LetterMaking(
        campaign, folder, plan, as_of=found.as_of, written_on=now.date(), answer_by=answer_by
    )
    office = find_participant(plan.settings.organisation, plan.participants)
    every = gaps_of(found)
    asked_for = _asked_for(school, plan, every)
    links = {one.participant: one.link for one in journal.google.sheets()}
    letters = tuple(making.make(_linked(one, links)) for one in asked_for if one.participant != office)
    findings = (*making.findings, *_no_longer_needed(folder, every))
    if not is_dry:
        journal.add_lines([_story(one, run, now) for one in letters if one.is_new])
    return RemindResult(
        campaign,
        plan,
        found.as_of,
        folder.path,
        answer_by,
        letters,
        own=tuple(one for one in asked_for if one.participant == office),
        findings=findings,
        sent_before=frozenset(_sent_before(journal, letters)),
        is_dry=is_dry,
    )


def _asked_for(school: str, plan: Plan, every: Sequence[Gaps]) -> Sequence[Gaps]:
    """The gaps of one participant, when one is named."""
    if not school:
        return every
    wanted = participant_called(school, plan)
    return [one for one in every if one.participant == wanted]


def _linked(gaps: Gaps, links: Mapping[str, str]) -> Gaps:
    """With the link to the sheet in Google, which «Участники» may not show yet."""
    who = gaps.participant
    return replace(gaps, participant=replace(who, link=who.link or links.get(who.code)))


def _no_longer_needed(folder: LetterFolder, every: Iterable[Gaps]) -> list[Finding]:
    """Letters of today to those who have sent everything since."""
    owing = frozenset(one.participant.code for one in every)
    return [make("S854", participant=code, name=path.name) for code, path in folder.of_others(owing).items()]


def _sent_before(journal: Journal, letters: Iterable[PreparedLetter]) -> Iterable[str]:
    for one in letters:
        parcel = one.parcel
        if parcel and journal.letters.last_of(parcel.sha256, parcel.marked(journal)) is LetterOutcome.SENT:
            yield one.gaps.participant.code


def _story(one: PreparedLetter, run: int, now: datetime) -> JournalLine:
    note = say(LetterNotice.JOURNAL, day=text_of(one.answer_by), groups=one.gaps.summary)
    return JournalLine(
        run, now, Event.REMINDED, one.gaps.participant.short_name, one.document.path.name, note
    )
