"""Tokens of the stand-in: a service account, a person in a browser, what has run out and what was revoked."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import google.auth.transport.requests
import pytest
import requests
from callers import OFFICE, ROBOT, SCHOOL, asked, service_account
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials

from sheetsync_emulator.clock import HandClock
from sheetsync_emulator.server import served
from sheetsync_emulator.service import Emulator

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
ME = "/drive/v3/about?fields=user(emailAddress)"


@pytest.fixture
def emulator() -> Emulator:
    return Emulator(OFFICE, HandClock())


@pytest.fixture
def url(emulator: Emulator) -> Iterator[str]:
    with served(emulator) as url:
        yield url


@pytest.fixture
def wire() -> Iterator[google.auth.transport.requests.Request]:
    with requests.Session() as session:
        yield google.auth.transport.requests.Request(session)


def me(emulator: Emulator, token: str) -> str:
    return str(asked(emulator, "GET", ME, token=token).json()["user"]["emailAddress"])


def test_a_service_account_gets_a_token(
    emulator: Emulator, url: str, wire: google.auth.transport.requests.Request
) -> None:
    credentials = service_account(url)
    credentials.refresh(wire)

    assert me(emulator, credentials.token) == ROBOT


def test_a_service_account_acts_for_a_person(
    emulator: Emulator, url: str, wire: google.auth.transport.requests.Request
) -> None:
    credentials = service_account(url, subject=SCHOOL)
    credentials.refresh(wire)

    assert me(emulator, credentials.token) == SCHOOL


def person(url: str, refresh_token: str) -> Credentials:
    return Credentials(None, refresh_token, token_uri=f"{url}/token", client_id="id", client_secret="secret")


def test_a_person_comes_back_with_a_refresh_token(
    emulator: Emulator, url: str, wire: google.auth.transport.requests.Request
) -> None:
    credentials = person(url, emulator.accounts.refresh_token_for(SCHOOL))
    credentials.refresh(wire)

    assert me(emulator, credentials.token) == SCHOOL


def test_a_token_runs_out_after_an_hour(emulator: Emulator) -> None:
    token = emulator.accounts.token_for(SCHOOL)
    emulator.clock.forward(3599)
    assert me(emulator, token) == SCHOOL
    emulator.clock.forward(1)
    answer = asked(emulator, "GET", ME, token=token)

    assert (answer.status, answer.json()["error"]["status"]) == (401, "UNAUTHENTICATED")


def test_tokens_that_were_made_to_run_out_are_replaced(
    emulator: Emulator, url: str, wire: google.auth.transport.requests.Request
) -> None:
    credentials = person(url, emulator.accounts.refresh_token_for(SCHOOL))
    credentials.refresh(wire)
    emulator.accounts.expire(SCHOOL)
    assert asked(emulator, "GET", ME, token=credentials.token).status == 401
    credentials.refresh(wire)

    assert me(emulator, credentials.token) == SCHOOL


def test_a_revoked_sign_in_says_so_as_google_does(
    emulator: Emulator, url: str, wire: google.auth.transport.requests.Request
) -> None:
    credentials = person(url, emulator.accounts.refresh_token_for(SCHOOL))
    credentials.refresh(wire)
    requests.post(f"{url}/revoke", data={"token": credentials.token}, timeout=5).close()

    assert asked(emulator, "GET", ME, token=credentials.token).status == 401
    with pytest.raises(RefreshError, match=r"invalid_grant: Token has been expired or revoked\."):
        credentials.refresh(wire)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"grant_type": "refresh_token", "refresh_token": "1//stranger"}, "invalid_grant"),
        ({"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "x"}, "invalid_grant"),
        (
            {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "a.b.c"},
            "invalid_grant",
        ),
        ({"grant_type": "authorization_code", "code": "4/never"}, "invalid_grant"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({}, "unsupported_grant_type"),
    ],
)
def test_a_bad_grant_is_refused(emulator: Emulator, form: dict[str, str], error: str) -> None:
    answer = emulator.handle("POST", "/token", {}, urlencode(form).encode())

    assert (answer.status, answer.json()["error"]) == (400, error)


def test_a_call_without_a_token_is_the_owners(emulator: Emulator) -> None:
    assert me(emulator, "") == me(emulator, "ya29.somebody") == OFFICE


# --- the page of consent ----------------------------------------------------------------------------

VERIFIER = "проверка".encode().hex()
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


def consent(emulator: Emulator, redirect: str = "http://localhost:9999/") -> tuple[int, list[str]]:
    """Status of the page and where its two links lead."""
    query = {
        "redirect_uri": redirect,
        "scope": SCOPE,
        "state": "s<1>",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "login_hint": SCHOOL,
    }
    page = emulator.handle("GET", f"/o/oauth2/auth?{urlencode(query)}")
    return page.status, [unescape(one) for one in re.findall(r'href="([^"]+)"', page.body.decode())]


def exchange(emulator: Emulator, code: str, verifier: str) -> dict[str, str]:
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    return emulator.handle("POST", "/token", {}, urlencode(form).encode()).json()


def test_consent_is_given_on_a_page_and_exchanged_once(emulator: Emulator) -> None:
    status, (yes, no) = consent(emulator)
    back = parse_qs(urlsplit(yes).query)
    first, second = (exchange(emulator, back["code"][0], VERIFIER) for _ in range(2))

    assert (status, back["state"], parse_qs(urlsplit(no).query)["error"]) == (
        200,
        ["s<1>"],
        ["access_denied"],
    )
    assert me(emulator, first["access_token"]) == SCHOOL
    assert first["refresh_token"] == emulator.accounts.refresh_token_for(SCHOOL)
    assert second["error"] == "invalid_grant"


def test_a_code_is_worth_nothing_to_somebody_else(emulator: Emulator) -> None:
    _, (yes, _) = consent(emulator)

    assert exchange(emulator, parse_qs(urlsplit(yes).query)["code"][0], "чужой")["error"] == "invalid_grant"


def test_consent_after_revoking_works_again(emulator: Emulator) -> None:
    emulator.accounts.revoke(SCHOOL)
    _, (yes, _) = consent(emulator)
    granted = exchange(emulator, parse_qs(urlsplit(yes).query)["code"][0], VERIFIER)

    assert me(emulator, granted["access_token"]) == SCHOOL


def test_consent_leads_back_to_this_computer_only(emulator: Emulator) -> None:
    assert consent(emulator, "https://evil.example/") == (400, [])
