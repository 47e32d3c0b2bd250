"""«sheetsync return» for participants whose channel is Google: remarks beside the answers in their sheets.

Only sheets that are to say something else are read, and of those only remarks, and the tick of a
school that is asked to correct something, are written. What is done stays done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.form_names import form_title, sheet_name
from sheetsync.campaign.google.copies import Remembered
from sheetsync.campaign.google.fetching import Connect, Progress, Stopwatch
from sheetsync.campaign.google.left_alone import LeftAlone
from sheetsync.campaign.google.listing import OF_ONE_SHEET, listed_sheets
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.own_words import OwnWords
from sheetsync.campaign.google.remark_cells import Put, RemarkCells, Wanted
from sheetsync.campaign.google.told import sign_in_finding, why
from sheetsync.campaign.remark_words import remark_words
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.district.remarks import accepted_rows, mended_remarks, open_remarks
from sheetsync.findings import make
from sheetsync.journal import GoogleSheet, Journal, Look, RemarkState
from sheetsync.model import (
    Decision,
    Event,
    Finding,
    GoogleScope,
    JournalLine,
    Outcome,
    Participant,
    Plan,
    Privacy,
)
from sheetsync.notices import say
from sheetsync.privacy.shield import Shield
from sheetsync.workbooks.google.port import DriveFile, Google, GoogleRefused, GoogleTrouble


class SheetsReturned(Struct, frozen=True):
    """Remarks put into sheets and taken out of them, sheets that needed nothing, and what to tell.

    ``at_home`` texts were not sent because the settings keep them; ``closed`` rows were accepted,
    ``opened`` ones no longer are.
    """

    put: int = 0
    taken: int = 0
    same: int = 0
    at_home: int = 0
    findings: tuple[Finding, ...] = ()
    closed: int = 0
    opened: int = 0


class _Errand(Struct, frozen=True):
    participant: Participant
    sheet: GoogleSheet
    wanted: Wanted
    accepted: frozenset[str]


@dataclass
class Returning:
    """One run over the sheets of a campaign."""

    campaign: store.Campaign
    journal: Journal
    plan: Plan
    run: int
    watch: Stopwatch
    progress: Progress
    _findings: list[Finding] = field(default_factory=list, init=False)
    _at_home: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self._words = OwnWords(self.journal, self.plan)
        self._shield = replace(Shield.of(self.plan), mode=Privacy.MASK)

    def returned(
        self, participants: Sequence[Participant], outcomes: Sequence[Outcome], connect: Connect
    ) -> SheetsReturned:
        """Make every sheet say what is open, and close what is accepted. Of what Google refuses
        findings tell.

        A remark the school has seen to stays where it stands until the coordinator decides.
        """
        errands = list(self._errands(participants, outcomes))
        done: list[Put] = []
        try:
            if errands:
                google = connect()
                files = [one.sheet.file for one in errands]
                listed = listed_sheets(google, self.journal, self.plan, files)
                done.extend(self._put_all(google, errands, listed))
        except GoogleRefused as refused:
            self._findings.append(
                sign_in_finding(refused) or make("G629", done=len(done), all=len(errands), what=why(refused))
            )
        return SheetsReturned(
            sum(one.put for one in done),
            sum(one.taken for one in done),
            sum(not (one.is_anything or one.findings) for one in done),
            self._at_home,
            (*self._findings, *(told for one in done for told in one.findings)),
            sum(one.closed for one in done),
            sum(one.opened for one in done),
        )

    # --- what is to stand where

    def _errands(self, participants: Sequence[Participant], outcomes: Sequence[Outcome]) -> Iterator[_Errand]:
        """Sheets in which something is to stand or to be closed, or may be what is no longer wanted."""
        remarks, mended, accepted = open_remarks(outcomes), mended_remarks(outcomes), accepted_rows(outcomes)
        living = Remembered.by(self.journal.google).living()
        left = {
            (one.file, one.activity)
            for one in self.journal.google.remarks()
            if one.state is not RemarkState.GONE
        }
        for one in participants:
            sheet = living.get(one.code)
            wanted = dict(self._wanted(one.code, remarks.get(one.code, {})))
            closed = accepted.get(one.code, frozenset())
            if sheet and sheet.form and (wanted or self._is_left(sheet, left, closed)):
                seen_to = mended.get(one.code, {})
                stays = {key: word for key, word in seen_to.items() if (sheet.file, key) in left}
                wanted |= self._wanted(one.code, stays)
                yield _Errand(one, sheet, wanted, closed)
            elif wanted:
                self._tell(one, say(GoogleNotice.WHY_NOT_ISSUED))

    def _is_left(self, sheet: GoogleSheet, left: Set[tuple[str, str]], closed: Set[str]) -> bool:
        """Whether the sheet may hold an old remark, or closes other rows than it is to close."""
        return any(file == sheet.file for file, _ in left) or self._closes(sheet) != closed

    def _closes(self, sheet: GoogleSheet) -> Set[str] | None:
        """The rows a sheet is known to close; ``None`` where that is not sure."""
        locked = self.journal.google.locked(sheet.file)
        return locked.keys() if all(locked.values()) else None

    def _wanted(self, code: str, decisions: Mapping[str, Decision]) -> Iterator[tuple[str, str]]:
        """Words for a school's sheet, without those that are not to leave the office."""
        for activity, decision in decisions.items():
            remark = self._sent(code, activity, decision.remark.strip())
            words = remark_words(decision, remark)
            if words:
                yield activity, words

    def _sent(self, code: str, activity: str, remark: str) -> str:
        """A remark as it may be sent: whole, or not at all."""
        if remark and self.plan.settings.google_sends is GoogleScope.NUMBERS:
            self._at_home += 1
            return ""
        kinds = dict.fromkeys(kind.value for kind, _ in self._shield.covered(remark).found)
        if kinds:
            what = ", ".join(kinds)
            self._findings.append(make("G612", participant=code, activity=activity, what=what))
        return "" if kinds else remark

    # --- one sheet after another

    def _put_all(
        self, google: Google, errands: Sequence[_Errand], listed: Mapping[str, DriveFile]
    ) -> Iterator[Put]:
        cells = RemarkCells(self.campaign, self.journal, self.plan, self.run, self.watch.now, google)
        looks = self.journal.google.looks()
        for done, one in enumerate(errands):
            self.progress(done, len(errands), say(GoogleNotice.SHEET_OF, name=form_title(one.participant)))
            file = listed.get(one.sheet.file)
            if file is None:
                self._tell_missing(one, say(GoogleNotice.WHY_NOT_FOUND))
            elif self._is_said(one, file, looks.get(file.id)):
                yield Put()
            else:
                put = self._put(one, file, cells)
                if put:
                    yield put
        self.progress(len(errands), len(errands), "")

    def _put(self, one: _Errand, file: DriveFile, cells: RemarkCells) -> Put | None:
        try:
            put = cells.put(one.sheet, file, one.wanted, one.accepted)
        except LeftAlone as error:
            self._tell(one.participant, error.why)
            return None
        except GoogleRefused as refused:
            if refused.trouble not in OF_ONE_SHEET:
                raise
            self._tell_missing(one, why(refused), is_refused=refused.trouble is GoogleTrouble.REFUSED)
            return None
        if put.is_anything:
            note = say(GoogleNotice.RETURN_NOTE, put=put.put, taken=put.taken)
            if put.closed or put.opened:
                note += say(ReviewNotice.RETURN_LOCKS_NOTE, closed=put.closed, opened=put.opened)
            name = sheet_name(one.participant)
            line = JournalLine(
                self.run, self.watch.now, Event.RETURNED, one.participant.short_name, name, note
            )
            self.journal.add_lines([line])
        self.journal.commit()
        return put

    def _is_said(self, one: _Errand, file: DriveFile, look: Look | None) -> bool:
        """Whether the sheet is known to say it, and was not changed since that was seen."""
        marks = {(key, self._words.fingerprint(text)) for key, text in one.wanted.items()}
        sent = [sent for sent in self.journal.google.remarks() if sent.file == one.sheet.file]
        standing = {(sent.activity, sent.fingerprint) for sent in sent if sent.state is RemarkState.STANDING}
        is_sure = not any(sent.state is RemarkState.SENDING for sent in sent)
        is_same = look is not None and look.version == file.version and look.is_settled
        is_closed = self._closes(one.sheet) == one.accepted
        return is_sure and is_same and is_closed and standing == marks

    # --- what is told

    def _tell(self, participant: Participant, what: str) -> None:
        self._findings.append(make("G627", participant=participant.code, what=what))

    def _tell_missing(self, one: _Errand, what: str, *, is_refused: bool = False) -> None:
        code = "G627" if is_refused else "G606"
        self._findings.append(make(code, participant=one.participant.code, what=what))
