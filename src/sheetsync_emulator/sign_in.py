"""Signing in: the page of consent, tokens, taking consent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlencode, urlsplit

from sheetsync_emulator.accounts import REFRESH, Accounts
from sheetsync_emulator.answers import Answer, of_html, of_json
from sheetsync_emulator.page_parts import document, escaped

CONSENT: Final = ("/o/oauth2/auth", "/o/oauth2/v2/auth")
LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}


def answer(
    accounts: Accounts,
    verb: str,
    path: str,
    query: Mapping[str, str],
    form: Callable[[], Mapping[str, str]],
) -> Answer | None:
    """The answer when the call is about signing in."""
    match verb, path:
        case "POST", "/token":
            return accounts.exchange(form())
        case "POST", "/revoke":
            return _revoked(accounts, form().get("token", query.get("token", "")))
        case "GET", where if where in CONSENT:
            return _consent(accounts, query)
        case _:
            return None


def _revoked(accounts: Accounts, token: str) -> Answer:
    known = accounts.passes.get(token)
    user = known.user if known else token.removeprefix(REFRESH)
    accounts.revoke(user)
    return of_json({})


def _consent(accounts: Accounts, query: Mapping[str, str]) -> Answer:
    """The page that asks; both its links lead back to the program that sent the person here."""
    back = query.get("redirect_uri", "")
    if urlsplit(back).hostname not in LOOPBACK:
        return of_html(document("redirect_uri_mismatch", "<p>400: redirect_uri_mismatch</p>"), 400)
    user, scope = query.get("login_hint") or accounts.owner, query.get("scope", "")
    code = accounts.consent(user, query.get("code_challenge", ""), scope)
    state = {"state": query["state"]} if "state" in query else {}
    yes = f"{back}?{urlencode(state | {'code': code, 'scope': scope})}"
    no = f"{back}?{urlencode(state | {'error': 'access_denied'})}"
    asked = "".join(f"<li><code>{escaped(one)}</code></li>" for one in scope.split())
    content = (
        f"<h1>Вход: {escaped(user)}</h1><p>Программа просит права / The program asks for:</p><ul>{asked}</ul>"
        f'<p><a class="button" href="{escaped(yes)}">Разрешить / Allow</a> '
        f'<a class="button plain" href="{escaped(no)}">Отказать / Deny</a></p>'
    )
    return of_html(document("Вход", content))
