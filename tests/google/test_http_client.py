"""One client speaks to Google: what it sends, what it takes for an answer, where it never goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest
import requests
from google.auth.credentials import Credentials
from google.auth.exceptions import RefreshError, TransportError
from google.auth.transport.requests import Request
from scripted_answers import Scripted, ScriptedAnswers
from urllib3.exceptions import MaxRetryError, NewConnectionError, ProtocolError

from sheetsync.workbooks.google.address import Address
from sheetsync.workbooks.google.http import Http
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble
from sheetsync.workbooks.google.retries import PATIENCE, TRIES, OutcomeUnknown
from sheetsync.workbooks.google.session import GuardedSession

HERE = "http://127.0.0.1:8765"
SHEET = "https://sheets.googleapis.com/v4/spreadsheets/1abc"
FILES = "https://www.googleapis.com/drive/v3/files"
FINE = Scripted(200, {"ok": True})
HTML = Scripted(500, b"<!DOCTYPE html><title>Error 500</title>")
UNSIGNED = Scripted(401, {"error": {"code": 401, "status": "UNAUTHENTICATED", "message": "no"}})
QUOTA = {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "Quota exceeded"}}


class Signed(Credentials):
    """A sign-in whose tokens are numbered; ``troubles`` come before the next token does."""

    def __init__(self, *troubles: Exception) -> None:
        super().__init__()
        self.given = 0
        self.troubles = list(troubles)

    def refresh(self, request: Request) -> None:
        if self.troubles:
            raise self.troubles.pop(0)
        self.given += 1
        self.token = f"token-{self.given}"


class Client:
    """A client on virtual time that is answered from a script."""

    def __init__(
        self, script: Iterator[Scripted | Exception] | list[Scripted | Exception], *troubles: Exception
    ) -> None:
        self.now = 0.0
        self.slept: list[float] = []
        self.answers = ScriptedAnswers(script)
        self.http = Http(Signed(*troubles), Address(HERE), lambda: self.now, self._sleep, lambda: 1.0)
        self.http.session.mount(HERE, self.answers)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def tokens(self) -> list[str]:
        return [one.headers["Authorization"].removeprefix("Bearer ") for one in self.answers.asked]


def refused_connection() -> requests.ConnectionError:
    """As requests says that nobody listens."""
    return requests.ConnectionError(MaxRetryError(None, "/", NewConnectionError(None, "refused")))  # type: ignore[arg-type]


def reset() -> requests.ConnectionError:
    """As requests says that the connection was cut off."""
    return requests.ConnectionError(ProtocolError("Connection aborted.", ConnectionResetError(104)))


# --- what is sent


def test_cyrillic_goes_as_it_is_and_answers_may_be_packed() -> None:
    client = Client([FINE])

    client.http.ask("POST", f"{SHEET}:batchUpdate", body={"текст": "школа №2"})

    (asked,) = client.answers.asked
    assert asked.url == f"{HERE}/v4/spreadsheets/1abc:batchUpdate"
    assert asked.body == '{"текст": "школа №2"}'.encode()
    assert asked.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert "gzip" in asked.headers["User-Agent"]
    assert "gzip" in asked.headers["Accept-Encoding"]


@pytest.mark.parametrize(("url", "seconds"), [(SHEET, 180.0), (FILES, 60.0)])
def test_no_request_waits_for_ever(url: str, seconds: float) -> None:
    client = Client([FINE])

    client.http.ask("GET", url)

    assert client.answers.options[0]["timeout"] == (10.0, seconds)


def test_what_gspread_asks_itself_goes_the_same_way() -> None:
    client = Client([HTML, Scripted(200, {"sheets": []})])

    assert client.http.fetch_sheet_metadata("1abc") == {"sheets": []}
    assert client.slept == [2.0]


# --- what counts as an answer


@pytest.mark.parametrize(
    "trouble", [HTML, reset(), requests.ReadTimeout(), Scripted(200, b"<html>Wi-Fi"), Scripted(200, b'{"cut')]
)
def test_whatever_is_no_answer_is_asked_again(trouble: Scripted | Exception) -> None:
    client = Client([trouble, FINE])

    assert client.http.ask("GET", SHEET) == {"ok": True}
    assert client.slept == [2.0]


def test_an_empty_answer_is_one() -> None:
    assert Client([Scripted(204)]).http.ask("DELETE", f"{FILES}/1abc") == {}


@pytest.mark.parametrize("trouble", [HTML, Scripted(429, QUOTA), reset(), requests.ReadTimeout()])
def test_a_trouble_that_stays_is_given_up(trouble: Scripted | Exception) -> None:
    client = Client(repeat(trouble))

    with pytest.raises(GoogleRefused):
        client.http.ask("GET", SHEET)

    assert len(client.answers.asked) == TRIES
    assert sum(client.slept) <= PATIENCE


def test_without_internet_three_tries_are_enough() -> None:
    client = Client(repeat(refused_connection()))

    with pytest.raises(GoogleRefused) as refused:
        client.http.ask("POST", f"{SHEET}:batchUpdate", body={})

    assert refused.value.trouble is GoogleTrouble.UNREACHABLE
    assert client.slept == [2.0, 4.0]


def test_a_moment_in_retry_after_is_waited_for() -> None:
    headers = {"Retry-After": "Sun, 22 Nov 2026 11:00:30 GMT", "Date": "Sun, 22 Nov 2026 11:00:00 GMT"}
    client = Client([Scripted(429, QUOTA, headers), FINE])

    client.http.ask("GET", SHEET)

    assert client.slept == [30.0]


@pytest.mark.parametrize("lost", [HTML, reset(), requests.ReadTimeout()])
def test_what_makes_something_is_looked_at_after_a_lost_answer(lost: Scripted | Exception) -> None:
    client = Client([lost])

    with pytest.raises(OutcomeUnknown):
        client.http.ask("POST", FILES, body={"name": "Форма"})

    assert len(client.answers.asked) == 1
    assert client.slept == [2.0]


def test_what_makes_something_is_asked_again_when_nobody_was_there() -> None:
    assert Client([refused_connection(), FINE]).http.ask("POST", FILES, body={}) == {"ok": True}


def test_a_detail_holds_no_address_and_no_text() -> None:
    told = {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": "Invalid value: Петров Иван"}}

    with pytest.raises(GoogleRefused) as refused:
        Client([Scripted(400, told)]).http.ask("GET", f"{SHEET}?key=secret")

    assert refused.value.detail == "400 INVALID_ARGUMENT"
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_ctrl_c_passes_at_once() -> None:
    client = Client(repeat(HTML))

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    client.http = Http(Signed(), Address(HERE), lambda: 0.0, interrupted)
    client.http.session.mount(HERE, client.answers)
    with pytest.raises(KeyboardInterrupt):
        client.http.ask("GET", SHEET)

    assert len(client.answers.asked) == 1


# --- the sign-in


def test_a_token_that_no_longer_works_is_renewed_once() -> None:
    client = Client([UNSIGNED, FINE])

    assert client.http.ask("POST", FILES, body={}) == {"ok": True}
    assert client.tokens == ["token-1", "token-2"]
    assert client.slept == []


def test_a_new_token_that_does_not_work_either_is_the_end() -> None:
    client = Client(repeat(UNSIGNED))

    with pytest.raises(GoogleRefused) as refused:
        client.http.ask("GET", SHEET)

    assert refused.value.trouble is GoogleTrouble.EXPIRED
    assert client.tokens == ["token-1", "token-2"]


def test_a_consent_taken_back_is_the_end() -> None:
    client = Client([], RefreshError("invalid_grant: Token has been expired or revoked."))

    with pytest.raises(GoogleRefused) as refused:
        client.http.ask("GET", SHEET)

    assert refused.value.trouble is GoogleTrouble.EXPIRED
    assert refused.value.detail == "RefreshError"


@pytest.mark.parametrize(
    "trouble", [TransportError("no route"), RefreshError("internal_failure", retryable=True)]
)
def test_a_token_that_cannot_be_had_for_the_moment_is_asked_for_again(trouble: Exception) -> None:
    client = Client([FINE], trouble)

    assert client.http.ask("POST", FILES, body={}) == {"ok": True}
    assert client.slept == [2.0]


# --- where it never goes


def test_a_redirect_is_not_followed() -> None:
    client = Client([Scripted(307, b"", {"Location": "https://example.org/steal"})])

    with pytest.raises(GoogleRefused) as refused:
        client.http.ask("POST", FILES, body={})

    assert refused.value.trouble is GoogleTrouble.UNREACHABLE
    assert len(client.answers.asked) == 1


@pytest.mark.parametrize("url", ["https://example.org/v4/spreadsheets", "http://127.0.0.2.example.org/"])
def test_no_session_of_ours_speaks_to_a_foreign_host(url: str) -> None:
    foreign = ScriptedAnswers([FINE])
    with GuardedSession() as session:
        session.keep_to(Address())
        session.mount("https://", foreign)
        session.mount("http://", foreign)

        with pytest.raises(GoogleRefused):
            session.get(url)

    assert foreign.asked == []


def test_a_request_for_a_token_that_is_sent_on_elsewhere_stops_there() -> None:
    """The letter of a service account is not posted again to wherever a redirect points."""
    answers = ScriptedAnswers([Scripted(307, b"", {"Location": "https://example.org/token"}), FINE])
    with GuardedSession() as session:
        session.keep_to(Address())
        session.mount("https://", answers)

        with pytest.raises(GoogleRefused):
            Request(session)("https://oauth2.googleapis.com/token", "POST", b"assertion=letter")

    assert [one.url for one in answers.asked] == ["https://oauth2.googleapis.com/token"]


def test_no_password_of_a_netrc_takes_the_place_of_the_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    google = ScriptedAnswers([FINE])
    http = Http(Signed(), Address(), float, lambda seconds: None)
    http.session.mount("https://", google)

    http.ask("GET", SHEET)

    assert google.asked[0].headers["Authorization"] == "Bearer token-1"


def test_no_proxy_comes_between_a_trial_and_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://example.org:3128")
    client = Client([FINE])

    client.http.ask("GET", SHEET)

    assert client.answers.options[0]["proxies"] == {}


def test_many_requests_keep_the_pace_of_reads_and_of_writes_apart() -> None:
    client = Client(repeat(FINE))

    for _ in range(56):
        client.http.ask("GET", SHEET)
    after_reads = client.now
    client.http.ask("POST", f"{SHEET}:batchUpdate", body={})

    assert (after_reads, client.now) == (60.0, 60.0)


def test_drive_has_no_pace_of_ours() -> None:
    client = Client(repeat(FINE))

    for _ in range(200):
        client.http.ask("GET", FILES)

    assert client.slept == []


def test_the_body_is_one_json_document() -> None:
    client = Client([FINE])

    client.http.ask("POST", FILES, body={"a": [1, None]})

    assert json.loads(client.answers.asked[0].body or b"") == {"a": [1, None]}
