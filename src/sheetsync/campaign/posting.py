"""Letters go out one by one, each noted in the journal before and after: nobody gets one twice.

A run that is cut off goes on where it stopped. Of the one letter that was being handed over at that
moment nobody knows whether it arrived: it is not sent again, and the coordinator is told.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from sheetsync import store
from sheetsync.findings import make
from sheetsync.journal import Journal, LetterLine, LetterOutcome
from sheetsync.letters.addresses import addresses_in
from sheetsync.letters.notices import LetterNotice
from sheetsync.mailing.post import LetterRefused, LineLost, NotLetIn, PerhapsSent, Post, open_post
from sheetsync.mailing.server import Server, read_server
from sheetsync.model import Event, Finding, JournalLine, Participant, Settings
from sheetsync.notices import say
from sheetsync.printing.message import Correspondent, to_send
from sheetsync.settings import SETTINGS_ROWS


class Mailing(Struct, frozen=True):
    """How letters are sent: ``password`` gives that of an address when the server wants one, and it is
    kept nowhere; ``trust`` says whose certificates count, when not those this computer knows."""

    password: Callable[[str], str]
    trust: ssl.SSLContext | None = None


class Sender(Struct, frozen=True):
    """From whom letters go, and through which server."""

    who: Correspondent
    server: Server

    @property
    def address(self) -> str:
        return self.who.addresses[0]


class Parcel(Struct, frozen=True):
    """A message ready to go: the .eml as it lies in its folder, and whom it is for."""

    participant: Participant
    file: Path
    eml: bytes
    to: tuple[str, ...]
    copies: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return store.sha256(self.eml)

    def marked(self, journal: Journal) -> str:
        """Whom it is for, as the journal keeps it."""
        return journal.fingerprint(*self.to, "", *self.copies)


@dataclass
class Delivery:
    """What became of the letters: how many went, went earlier today, or were left."""

    sent: int = 0
    before: int = 0
    left: int = 0
    findings: list[Finding] = field(default_factory=list)


def sender_of(settings: Settings) -> Sender:
    """Who sends. Raises ``store.StoreError`` naming the setting to fill in."""
    labels = {one.key: one.label for one in SETTINGS_ROWS}
    names = {"sender": labels["mail_from"], "server": labels["mail_server"]}
    if not (settings.mail_from and settings.mail_server):
        raise store.StoreError(say(LetterNotice.NO_SENDER, **names))
    addresses, server = addresses_in(settings.mail_from).good, read_server(settings.mail_server)
    if not addresses:
        raise store.StoreError(say(LetterNotice.BAD_SENDER, value=settings.mail_from, **names))
    if server is None:
        raise store.StoreError(say(LetterNotice.BAD_SERVER, value=settings.mail_server, **names))
    return Sender(Correspondent(settings.organisation, addresses[:1]), server)


class Posting:
    """One delivery."""

    def __init__(
        self, journal: Journal, sender: Sender, mailing: Mailing, *, run: int, now: datetime, hold: store.Hold
    ) -> None:
        self._journal = journal
        self._sender = sender
        self._mailing = mailing
        self._run = run
        self._now = now
        self._hold = hold
        self._delivery = Delivery()

    def deliver(self, parcels: Sequence[Parcel]) -> Delivery:
        """Send what was not sent yet."""
        delivery, waiting = self._delivery, [one for one in parcels if self._is_waiting(one)]
        delivery.left += len(waiting)
        sender, mailing = self._sender, self._mailing
        password = partial(mailing.password, sender.address)
        try:
            if waiting:
                with open_post(sender.server, sender.address, password, mailing.trust) as post:
                    self._send_each(post, waiting)
        except NotLetIn as error:
            delivery.findings.append(make("S855", what=error))
        except LineLost as error:
            self._tell_lost(error)
        return delivery

    def _send_each(self, post: Post, parcels: Sequence[Parcel]) -> None:
        """As long as the line is there."""
        for one in parcels:
            if not self._send(post, one):
                break

    def _is_waiting(self, parcel: Parcel) -> bool:
        match self._journal.letters.last_of(parcel.sha256, parcel.marked(self._journal)):
            case LetterOutcome.SENT:
                self._delivery.before += 1
                return False
            case LetterOutcome.SENDING:
                self._delivery.left += 1
                self._tell_unknown(parcel)
                return False
        return True

    def _send(self, post: Post, parcel: Parcel) -> bool:
        """Hand over one letter; whether the line is there for the next one."""
        self._hold.check()
        self._note(parcel, LetterOutcome.SENDING)
        try:
            refused = post.send(to_send(parcel.eml, self._sender.who, self._now), parcel.to, parcel.copies)
        except LetterRefused as error:
            self._note(parcel, LetterOutcome.REFUSED)
            code = "S858" if error.for_now else "S857"
            self._delivery.findings.append(make(code, participant=parcel.participant.code, what=error))
            return True
        except LineLost as error:
            self._note(parcel, LetterOutcome.REFUSED)
            self._tell_lost(error)
            return False
        except PerhapsSent:
            self._tell_unknown(parcel)
            return False
        self._journal.add_lines([self._story(parcel)])
        self._note(parcel, LetterOutcome.SENT)
        self._delivery.sent += 1
        self._delivery.left -= 1
        self._delivery.findings += [
            make("S852", participant=parcel.participant.code, email=one.address, what=one.reply)
            for one in refused
        ]
        return True

    def _note(self, parcel: Parcel, outcome: LetterOutcome) -> None:
        """Known at once, whatever becomes of the run."""
        self._journal.letters.add(
            LetterLine(
                self._run,
                self._now,
                parcel.participant.code,
                parcel.file.name,
                parcel.sha256,
                outcome,
                parcel.marked(self._journal),
            )
        )
        self._journal.commit()

    def _story(self, parcel: Parcel) -> JournalLine:
        return JournalLine(self._run, self._now, Event.SENT, parcel.participant.short_name, parcel.file.name)

    def _tell_unknown(self, parcel: Parcel) -> None:
        self._delivery.findings.append(
            make("S859", participant=parcel.participant.code, name=parcel.file.name)
        )

    def _tell_lost(self, error: LineLost) -> None:
        self._delivery.findings.append(make("S856", server=self._sender.server, what=error))
