"""One letter from gaps to files: the document, the draft of the e-mail, and whom they are for."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.documents import filled_in
from sheetsync.campaign.files import read_file
from sheetsync.campaign.letter_folder import DOCUMENT, MESSAGE, Kept, LetterFile, LetterFolder
from sheetsync.campaign.posting import Parcel
from sheetsync.district.reading import find_participant
from sheetsync.findings import make
from sheetsync.letters.addresses import addresses_in
from sheetsync.letters.gaps import Gaps
from sheetsync.letters.letter import AnswerDay, Enclosed, Letter, as_text, letter_of
from sheetsync.letters.notices import LetterNotice
from sheetsync.model import Finding, Participant, Plan
from sheetsync.printing.message import Attachment, Correspondent, draft
from sheetsync.workbooks.templates import DocumentTemplate


class PreparedLetter(Struct, frozen=True):
    """One letter: what it says, its files, and who gets it by e-mail.

    ``message`` is ``None`` for one who has no address; ``answer_by`` is the day it says.
    """

    gaps: Gaps
    letter: Letter
    enclosed: Enclosed
    answer_by: date
    document: LetterFile
    message: LetterFile | None = None
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[LetterFile, ...]:
        return (self.document, self.message) if self.message else (self.document,)

    @property
    def is_new(self) -> bool:
        return any(file.kept is Kept.WRITTEN for file in self.files)

    @property
    def parcel(self) -> Parcel | None:
        """What the program may send: not what somebody changed by hand."""
        if self.message is None or self.message.kept is Kept.EDITED:
            return None
        return Parcel(self.gaps.participant, self.message.path, self.message.data, self.to, self.copies)


class LetterMaking:
    """The letters of one run; ``findings`` tell of those that cannot go as they should."""

    def __init__(
        self,
        campaign: store.Campaign,
        folder: LetterFolder,
        plan: Plan,
        *,
        as_of: date,
        written_on: date,
        answer_by: AnswerDay,
    ) -> None:
        self.findings: list[Finding] = []
        self._campaign = campaign
        self._folder = folder
        self._plan = plan
        self._as_of = as_of
        self._written_on = written_on
        self._answer_by = answer_by
        self._has_mail = any(one.email for one in plan.participants)

    def make(self, gaps: Gaps) -> PreparedLetter:
        """The letter about these gaps, in its folder.

        The document goes with the e-mail as it lies there, a number written in by hand and all.
        """
        who, enclosed = gaps.participant, self._folder.enclosed(gaps)
        curator, answer_by = self._curator(who), self._day_said(enclosed)
        letter = letter_of(
            gaps,
            self._plan,
            as_of=self._as_of,
            written_on=self._written_on,
            answer_by=answer_by,
            enclosed=enclosed,
            curator=curator,
        )
        document = self._put(
            who, DOCUMENT, filled_in(DocumentTemplate.LETTER, self._campaign, {"letter": letter})
        )
        to = self._addresses(who)
        if not to:
            if self._has_mail:
                self.findings.append(make("S851", participant=who.code, name=document.path.name))
            return PreparedLetter(gaps, letter, enclosed, answer_by, document)
        copies = self._copies(who, curator)
        enclosures = [read_file(path) for path in self._folder.files(who, enclosed)]
        attachments = [
            Attachment(document.path.name, document.data),
            *map(Attachment, enclosed.names, enclosures),
        ]
        eml = self._message(letter, Correspondent(who.name, to), copies, attachments)
        message = self._put(who, MESSAGE, eml)
        copied = tuple(address for one in copies for address in one.addresses)
        return PreparedLetter(gaps, letter, enclosed, answer_by, document, message, to, copied)

    def _day_said(self, enclosed: Enclosed) -> date:
        """The day on the form that goes with the letter, while it is ahead: the two must say the same."""
        until = enclosed.until
        return until if until and until > self._written_on else self._answer_by.day

    def _put(self, who: Participant, ending: str, data: bytes) -> LetterFile:
        file = self._folder.put(who, ending, data)
        if file.kept is Kept.EDITED:
            self.findings.append(make("S850", participant=who.code, name=file.path.name))
        return file

    def _message(
        self,
        letter: Letter,
        to: Correspondent,
        copies: tuple[Correspondent, ...],
        attachments: list[Attachment],
    ) -> bytes:
        settings = self._plan.settings
        address = addresses_in(settings.mail_from).good[:1]
        sender = Correspondent(settings.organisation, address) if address else None
        return draft(letter.subject, as_text(letter), to, attachments, copies=copies, sender=sender)

    # --- whom it is for

    def _addresses(self, who: Participant) -> tuple[str, ...]:
        found, what = addresses_in(who.email), LetterNotice.NOT_AN_ADDRESS.value
        self.findings += [make("S852", participant=who.code, email=one, what=what) for one in found.bad]
        return found.good

    def _curator(self, who: Participant) -> Participant | None:
        """The curator of a participant; one nobody knows is told of."""
        found = find_participant(who.curator, self._plan.participants) if who.curator else None
        if who.curator and found is None:
            what = LetterNotice.NOBODY.value
            self.findings.append(make("S853", participant=who.code, name=who.curator, what=what))
        return None if found == who else found

    def _copies(self, who: Participant, curator: Participant | None) -> tuple[Correspondent, ...]:
        """The curator, where it can be written to."""
        addresses = addresses_in(curator.email).good if curator else ()
        if curator and not addresses:
            what = LetterNotice.NO_ADDRESS.value
            self.findings.append(make("S853", participant=who.code, name=curator.short_name, what=what))
        return (Correspondent(curator.name, addresses),) if curator and addresses else ()
