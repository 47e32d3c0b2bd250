"""A district on Google, for every test that needs one: an emulator on a socket and people signed in to it.

    @pytest.fixture
    def district() -> Iterator[GoogleDistrict]:
        with google_district() as district:
            yield district

    district.office                  the office's ``GoogleService``, over its own service account's tokens
    district.as_user("s01@school.example.org")   a school's: what is protected from it is refused
    district.emulator                ``.faults.append(unavailable("POST .*:batchUpdate", after=True))``, ``.log``,
                                     ``.shelf.letters``, ``.shelf.no_storage``, ``.shelf.unknown_addresses``,
                                     ``.accounts.expire(user)``, ``.accounts.revoke(user)``, ``.person(user)``
    district.base                    its address; ``trial_environment(monkeypatch)`` puts it into the environment
    district.key("a@example.org")    the key file of a service account as a dict (its RSA key is made once a run)
    district.credentials(user)       google-auth's credentials over that key
    district.clock                   the time of emulator and services: ``forward(60)``; waits only move it
    district.waits                   seconds of every wait, in order
    district.while_waiting           called in every wait: an edit in between, or a raised KeyboardInterrupt
    district.calls("POST .*:batchUpdate")   how many requests of this kind were asked for

Every request and answer is judged by Google's discovery documents; one that breaks them fails the test at
the end of the block (``broken=True`` for a test that means to). Nothing sleeps, nothing leaves the
computer. ``google_district(in_process=True)`` needs no socket: for thousands of calls, and for a silence
that would really last a minute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cache, cached_property

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from google.oauth2 import service_account

from sheetsync.workbooks.google.address import URL_VARIABLE
from sheetsync.workbooks.google.service import GoogleService, connect
from sheetsync_emulator.adapter import InProcess
from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.quota import Quotas
from sheetsync_emulator.server import served
from sheetsync_emulator.service import Emulator

OFFICE = "office@district.example.org"
SCOPES = ("https://www.googleapis.com/auth/spreadsheets", "https://www.googleapis.com/auth/drive")
NOWHERE = "http://127.0.0.1:1"
"""The address of an emulator that is asked without a socket."""


@cache
def throwaway_key() -> str:
    """A private key for this run of the tests, worth nothing anywhere."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@dataclass(repr=False)
class GoogleDistrict:
    """The emulator, its time, and a service for whoever asks."""

    emulator: Emulator
    clock: HandClock
    base: str
    in_process: bool = False
    waits: list[float] = field(default_factory=list)
    while_waiting: Callable[[float], None] | None = None
    services: dict[str, GoogleService] = field(default_factory=dict)

    @cached_property
    def office(self) -> GoogleService:
        return self.as_user(OFFICE)

    def as_user(self, email: str) -> GoogleService:
        """The service of an account; the same one each time."""
        if email not in self.services:
            service = connect(self.credentials(email), clock=self.clock, sleep=self.sleep, base=self.base)
            if self.in_process:
                answer_in_process(service, self.emulator)
            self.services[email] = service
        return self.services[email]

    def sleep(self, seconds: float) -> None:
        if self.while_waiting is not None:
            self.while_waiting(seconds)
        self.waits.append(seconds)
        self.clock.forward(seconds)

    def key(self, email: str) -> dict[str, str]:
        """The key file of a service account."""
        return {
            "type": "service_account",
            "client_email": email,
            "private_key_id": "throwaway",
            "private_key": throwaway_key(),
            "token_uri": f"{self.base}/token",
        }

    def credentials(self, email: str) -> service_account.Credentials:
        return service_account.Credentials.from_service_account_info(self.key(email), scopes=SCOPES)  # type: ignore[no-untyped-call, no-any-return]

    def calls(self, match: str = "") -> int:
        """How many calls «VERB /path» match, those for tokens apart."""
        return sum(bool(re.search(match, str(one))) for one in self.emulator.log if one.path != "/token")

    def trial_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """From now on every command asks this emulator instead of Google."""
        monkeypatch.setenv(URL_VARIABLE, self.base)

    def close(self) -> None:
        for service in self.services.values():
            service.close()


@contextmanager
def google_district(
    *, quotas: Quotas | None = None, lag: float = 0, in_process: bool = False, broken: bool = False
) -> Iterator[GoogleDistrict]:
    """A district while the block lasts; ``quotas=GOOGLES`` counts requests a minute as Google does."""
    clock = HandClock()
    emulator = Emulator(OFFICE, clock, quotas=quotas or Quotas(), lag=lag)
    with nullcontext(NOWHERE) if in_process else served(emulator) as base:
        district = GoogleDistrict(emulator, clock, base, in_process)
        try:
            yield district
        finally:
            district.close()
    judge = emulator.judge
    assert judge is not None
    assert broken or [*judge.breaches, *judge.warnings] == []


def answer_in_process(service: GoogleService, emulator: Emulator) -> None:
    """Let a service, its tokens too, be answered without a socket."""
    session = service._http.session
    for one in (session, session._tokens):  # type: ignore[attr-defined]
        one.mount(NOWHERE, InProcess(emulator))
