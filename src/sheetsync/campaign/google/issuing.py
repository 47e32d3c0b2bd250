"""«Выпустить формы» for participants whose channel is Google: a spreadsheet each, shared with the school.

Every step is remembered as soon as it is done and is safe to do again: a run cut off anywhere is gone
on with by the next one, without a second sheet and without a second invitation. Where all is done
already, one listing is all that is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheetsync import store
from sheetsync.campaign.form_names import form_title
from sheetsync.campaign.google.addresses import WHOEVER_HAS_THE_LINK, addresses_of
from sheetsync.campaign.google.copies import Remembered
from sheetsync.campaign.google.fetching import Connect, Progress, Stopwatch
from sheetsync.campaign.google.filling import Filling
from sheetsync.campaign.google.folder import folder_made
from sheetsync.campaign.google.issued_sheets import SheetsIssued
from sheetsync.campaign.google.left_alone import LeftAlone
from sheetsync.campaign.google.listing import OF_ONE_SHEET
from sheetsync.campaign.google.marks import campaign_marks
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.swapped import swapped
from sheetsync.campaign.google.told import sign_in_finding, why
from sheetsync.findings import make
from sheetsync.journal import GoogleSheet, Journal
from sheetsync.model import Finding, GoogleAccess, Participant, Plan, Settings
from sheetsync.notices import say
from sheetsync.workbooks.google.port import (
    DriveFile,
    FileKind,
    Google,
    GoogleRefused,
    GoogleTrouble,
    Role,
)


def invitation(settings: Settings) -> str:
    """What Google writes to a school beside the link: who asks, until when, what to do."""
    due = settings.report_due
    asked = GoogleNotice.INVITATION.format(organisation=settings.organisation, title=settings.plan_title)
    until = GoogleNotice.INVITATION_DUE.format(due=f"{due:%d.%m.%Y}") if due else ""
    return " ".join(filter(None, (asked.removeprefix(": "), until, GoogleNotice.INVITATION_HOW)))


@dataclass
class SheetIssuing:
    """One run; ``digest`` is the plan's."""

    campaign: store.Campaign
    journal: Journal
    plan: Plan
    digest: str
    run: int
    watch: Stopwatch
    progress: Progress
    _written: list[str] = field(default_factory=list, init=False)
    _same: list[str] = field(default_factory=list, init=False)
    _findings: list[Finding] = field(default_factory=list, init=False)
    _no_more_shares: bool = field(default=False, init=False)

    def issued(self, participants: Sequence[Participant], connect: Connect) -> SheetsIssued:
        """A sheet for each. Of what Google refuses findings tell; what was done stays done."""
        done = 0
        try:
            if participants:
                for done in self._issue_all(participants, connect()):
                    self.progress(done, len(participants), "")
        except GoogleRefused as refused:
            self._findings.append(self._about_all(refused, done, len(participants)))
        return SheetsIssued(tuple(self._written), tuple(self._same), tuple(self._findings))

    def _about_all(self, refused: GoogleRefused, done: int, total: int) -> Finding:
        if refused.trouble is GoogleTrouble.NO_STORAGE:
            return make("G608", what=why(refused))
        return sign_in_finding(refused) or make("G625", done=done, all=total, what=why(refused))

    def _issue_all(self, participants: Sequence[Participant], google: Google) -> Iterator[int]:
        """How many are seen to, one after another."""
        listed = self._listed(google)
        now, told = self.watch.now, self._findings
        filling = Filling(self.campaign, self.journal, self.plan, self.digest, self.run, now, google, told)
        for done, one in enumerate(participants):
            if self.watch.is_over:
                what = say(GoogleNotice.WHY_TIME)
                self._findings.append(make("G625", done=done, all=len(participants), what=what))
                break
            self.progress(done, len(participants), say(GoogleNotice.SHEET_OF, name=form_title(one)))
            try:
                self._issue(one, google, filling, listed)
            except LeftAlone as error:
                self._findings.append(make("G623", participant=one.code, what=error.why))
            except GoogleRefused as refused:
                if refused.trouble not in OF_ONE_SHEET:
                    raise
                self._findings.append(make("G623", participant=one.code, what=why(refused)))
            yield done + 1

    # --- one participant

    def _issue(
        self, participant: Participant, google: Google, filling: Filling, listed: Mapping[str, DriveFile]
    ) -> None:
        wrong = swapped(google, self.journal.google, self.plan, participant.code)
        if wrong:
            other = wrong.other
            self._findings.append(make("G630", participant=participant.code, email=wrong.email, other=other))
            return
        sheet, file = self._sheet(participant, google, listed)
        if filling.is_filled(participant, sheet):
            self._same.append(file.name)
        else:
            filling.fill(participant, sheet, file)
            self._written.append(file.name)
        self._share(participant, sheet, google)

    def _sheet(
        self, participant: Participant, google: Google, listed: Mapping[str, DriveFile]
    ) -> tuple[GoogleSheet, DriveFile]:
        """The spreadsheet of a participant: remembered, else found by its marks, else made."""
        known = Remembered.by(self.journal.google).living().get(participant.code)
        if known and known.file in listed:
            return known, listed[known.file]
        marks, code = campaign_marks(google, self.journal, self.plan), participant.code
        file = next((one for one in listed.values() if marks.is_of(one, code)), None) or google.made(
            FileKind.SPREADSHEET,
            form_title(participant),
            marks.participant(code),
            self.journal.google.folder(self.plan.plan_id),
        )
        if known and known.file == file.id:
            return known, file
        sheet = GoogleSheet(file.id, participant.code, file.link)
        self.journal.google.save_sheet(sheet)
        self.journal.commit()
        return sheet, file

    def _listed(self, google: Google) -> dict[str, DriveFile]:
        """What lies in the folder of the campaign; it is made when it is not there (any more), and what is
        ours is looked for everywhere."""
        known = self.journal.google.folder(self.plan.plan_id)
        listed: Sequence[DriveFile] = ()
        try:
            listed = google.listed(known) if known else ()
        except GoogleRefused as refused:
            if refused.trouble not in OF_ONE_SHEET:
                raise
        if not listed:
            folder_made(google, self.journal, self.plan)
            listed = google.marked(campaign_marks(google, self.journal, self.plan).every)
        return {one.id: one for one in listed}

    # --- who may write

    def _share(self, participant: Participant, sheet: GoogleSheet, google: Google) -> None:
        given = self.journal.google.shares().get(sheet.file, ())
        is_by_link = self.plan.settings.google_access is GoogleAccess.LINK
        wanted = (WHOEVER_HAS_THE_LINK,) if is_by_link else addresses_of(participant)
        if not wanted:
            self._findings.append(make("G605", participant=participant.code))
        for email in wanted:
            if email not in given and not self._no_more_shares:
                self._invite(participant, sheet, email, google)
        self._tell_of_access(participant, given, wanted)

    def _tell_of_access(self, participant: Participant, given: Sequence[str], wanted: Sequence[str]) -> None:
        for email in dict.fromkeys((*given, *wanted)):
            if email == WHOEVER_HAS_THE_LINK:
                self._findings.append(make("G609", participant=participant.code))
            elif wanted and email not in wanted:
                self._findings.append(make("G624", participant=participant.code, email=email))

    def _invite(self, participant: Participant, sheet: GoogleSheet, email: str, google: Google) -> None:
        message = invitation(self.plan.settings) if email else ""
        try:
            google.share(sheet.file, Role.WRITER, email, message)
        except GoogleRefused as refused:
            match refused.trouble:
                case GoogleTrouble.SHARING_LIMIT:
                    self._no_more_shares = True
                    self._findings.append(make("G607"))
                case GoogleTrouble.BAD_ADDRESS:
                    what = why(refused)
                    self._findings.append(make("G616", participant=participant.code, email=email, what=what))
                case _:
                    raise
            return
        self.journal.google.add_share(sheet.file, email, self.watch.now)
        self.journal.commit()
