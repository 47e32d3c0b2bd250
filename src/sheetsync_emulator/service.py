"""The service as a whole: a call comes in, is found, judged, paid for and answered."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from sheetsync_emulator import discovery, drive, pages, refusals, sharing, sheets, sign_in, uploads
from sheetsync_emulator.accounts import Accounts
from sheetsync_emulator.answers import Answer, Json, of_error, of_json
from sheetsync_emulator.call import Call, without_nulls
from sheetsync_emulator.clock import Clock
from sheetsync_emulator.faults import Fault
from sheetsync_emulator.masks import select
from sheetsync_emulator.people import Person
from sheetsync_emulator.quota import Quotas, Spent
from sheetsync_emulator.routes import Api, Found, find
from sheetsync_emulator.shelf import Shelf
from sheetsync_emulator.trouble import ApiError, invalid

Query = Sequence[tuple[str, str]]
Deed = Callable[[Shelf, Call], Json | Answer | None]

DEEDS: Final[Mapping[str, Deed]] = {**drive.DEEDS, **sharing.DEEDS, **sheets.DEEDS}
"""What each method of the routes does."""

OVERRIDE: Final = "x-http-method-override"


@dataclass
class Entry:
    """A line of the log: who called what and with which status it ended; 0 = it was not answered."""

    verb: str
    path: str
    query: str
    size: int
    user: str = ""
    status: int = 0

    def __str__(self) -> str:
        return f"{self.verb} {self.path}"


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it comes over the wire; the path is still percent-encoded."""

    verb: str
    path: str
    query: Query
    headers: Mapping[str, str]
    body: bytes

    @property
    def api(self) -> Api:
        return Api.SHEETS if self.path.startswith("/v4/") else Api.DRIVE

    def form(self) -> dict[str, str]:
        """The body as fields of a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def json(self) -> Json:
        """The body as an object without its nulls."""
        try:
            content = without_nulls(json.loads(self.body))
        except ValueError:
            content = None
        if not isinstance(content, dict):
            raise invalid('Invalid JSON payload received. Unknown name "": Root element must be a message.')
        return content


def request_of(verb: str, url: str, headers: Mapping[str, str], body: bytes) -> Request:
    """Take an address apart; a GET whose address grew too long comes as a POST of its query."""
    lower = {name.lower(): value for name, value in headers.items()}
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if verb == "POST" and lower.get(OVERRIDE) == "GET":
        return Request("GET", parts.path, parse_qsl(body.decode(), keep_blank_values=True), lower, b"")
    return Request(verb, parts.path, query, lower, body)


@dataclass
class Emulator:
    """A stand-in for Google Sheets and Drive in one process; ``handle`` answers any call.

    ``owner`` is who calls without a token that was given out here. ``check`` judges every call by
    Google's discovery documents, where they are installed. ``lag`` = seconds until an edit of a
    spreadsheet reaches a listing of Drive. ``public_url`` = where links of files lead, '' = to Google.
    """

    owner: str = "office@example.org"
    clock: Clock = time.time
    check: bool = True
    quotas: Quotas = field(default_factory=Quotas)
    service_accounts_own_files: bool = True
    lag: float = 0
    public_url: str = ""
    seed: int = 1
    faults: list[Fault] = field(default_factory=list)
    log: list[Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.accounts = Accounts(self.owner, self.clock)
        self.shelf = Shelf(
            self.clock,
            random.Random(self.seed),
            self.lag,
            self.service_accounts_own_files,
            self.public_url,
        )
        self.judge = discovery.Judge() if self.check and discovery.available() else None
        self.spent = Spent()

    def person(self, email: str) -> Person:
        """Somebody who works in the spreadsheets himself: not logged, not counted, without faults."""

        def perform(verb: str, path: str, query: Query, content: Json | None) -> Answer:
            with self.lock:
                return self._performed(_found(verb, path), email, query, without_nulls(content))

        return Person(email, perform)

    def handle(
        self, verb: str, url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """Answer a call as Google does.

        Raises ``ConnectionLost`` or ``NeverAnswered`` when a fault wants no answer.
        """
        request = request_of(verb, url, headers or {}, body or b"")
        with self.lock:
            page = pages.page(self.shelf, request.verb, unquote(request.path))
            if page is not None:
                return page
            entry = Entry(verb, unquote(request.path), urlsplit(url).query, len(request.body))
            self.log.append(entry)
            answer = self._with_faults(request, entry)
            entry.status = answer.status
            return answer

    def _with_faults(self, request: Request, entry: Entry) -> Answer:
        struck = self._fault_for(str(entry))
        if struck is not None and not struck.after:
            return struck.strike(request.api)
        answer = self._answered(request, entry)
        return answer if struck is None else struck.strike(request.api)

    def _fault_for(self, call: str) -> Fault | None:
        """The first trouble that waits for this call; what else was to happen before it happens."""
        for fault in self.faults:
            if fault.comes(call):
                if fault.do is not None:
                    fault.do()
                if fault.outcome is not None:
                    return fault
        return None

    def _answered(self, request: Request, entry: Entry) -> Answer:
        try:
            known = sign_in.answer(
                self.accounts, request.verb, request.path, dict(request.query), request.form
            )
            if known is not None:
                return known
            entry.user = self.accounts.user_of(request.headers)
            if request.path.startswith(uploads.PLACE):
                return uploads.answer(self.shelf, entry.user, request.verb, request.path, request.body)
            found = _found(request.verb, request.path)
            content = request.json() if request.body else None
            self._pay(found, entry.user)
            return self._performed(found, entry.user, request.query, content)
        except ApiError as error:
            return of_error(error, request.api)

    def _pay(self, found: Found, user: str) -> None:
        cost = found.route.cost
        holder = self.spent.over(self.quotas, cost, user, self.clock())
        if holder:
            raise refusals.over_quota(cost, holder)

    def _performed(self, found: Found, user: str, query: Query, content: Json | None) -> Answer:
        """Carry a method out; the judge, if there is one, looks at what comes in and what goes out."""
        if self.judge is not None:
            self.judge.request(found.route, query, content)
        outcome = DEEDS[found.route.name](self.shelf, Call(user, found.places, tuple(query), content or {}))
        if isinstance(outcome, Answer):
            return outcome
        mask = dict(query).get("fields")
        if outcome is not None and mask:
            outcome = select(outcome, mask)
        if self.judge is not None and outcome is not None:
            self.judge.response(found.route, outcome)
        return of_json(outcome)


def _found(verb: str, path: str) -> Found:
    found = find(verb, path)
    if found is None:
        raise refusals.not_emulated(f"{verb} {path}")
    return found
