"""What the answer of a site says about a link: a refusal is not death."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import httpx
import pytest

from sheetsync.links.addresses import full_address, is_public, refused_unasked
from sheetsync.links.asking import Asker
from sheetsync.links.judging import Answer, judged
from sheetsync.model import LinkCheck, LinkReason, LinkVerdict

OPENS, SIGN_IN, DEAD, UNCHECKED, NOT_A_LINK = LinkVerdict
DRIVE = "https://drive.google.com/file/d/1AbC/view"
SCHOOL = "https://shkola.example/prikaz-12.pdf"


@pytest.mark.parametrize(
    ("asked", "reached", "status", "verdict", "reason"),
    [
        (SCHOOL, SCHOOL, 200, OPENS, LinkReason.FINE),
        (SCHOOL, "https://www.shkola.example/prikaz-12.pdf", 206, OPENS, LinkReason.FINE),
        (SCHOOL, SCHOOL, 404, DEAD, LinkReason.NOT_FOUND),
        (SCHOOL, SCHOOL, 410, DEAD, LinkReason.GONE),
        (SCHOOL, SCHOOL, 401, SIGN_IN, LinkReason.ASKS_TO_SIGN_IN),
        (SCHOOL, SCHOOL, 403, SIGN_IN, LinkReason.FORBIDDEN),
        (SCHOOL, SCHOOL, 429, UNCHECKED, LinkReason.BUSY),
        (SCHOOL, SCHOOL, 503, UNCHECKED, LinkReason.SITE_FAULT),
        (SCHOOL, SCHOOL, 418, UNCHECKED, LinkReason.ODD_ANSWER),
        (SCHOOL, "https://shkola.example/login?next=prikaz", 200, SIGN_IN, LinkReason.ASKS_TO_SIGN_IN),
        ("https://shkola.example/login", "https://shkola.example/login", 200, OPENS, LinkReason.FINE),
        (DRIVE, "https://accounts.google.com/v3/signin/identifier", 200, SIGN_IN, LinkReason.GOOGLE_LOCKED),
        (DRIVE, DRIVE, 403, SIGN_IN, LinkReason.GOOGLE_LOCKED),
        (DRIVE, DRIVE, 404, DEAD, LinkReason.NOT_FOUND),
        ("https://disk.yandex.ru/d/x", "https://passport.yandex.ru/auth", 200, SIGN_IN, LinkReason.YANDEX_LOCKED),
        ("https://yadi.sk/i/x", "https://yadi.sk/i/x", 401, SIGN_IN, LinkReason.YANDEX_LOCKED),
        ("https://cloud.mail.ru/home/x", "https://account.mail.ru/login", 200, SIGN_IN, LinkReason.MAIL_LOCKED),
        ("https://cloud.mail.ru/public/a/b", "https://cloud.mail.ru/public/a/b", 200, OPENS, LinkReason.FINE),
    ],
)  # fmt: skip
def test_the_verdict_follows_from_the_answer(
    asked: str, reached: str, status: int, verdict: LinkVerdict, reason: LinkReason
) -> None:
    assert judged(Answer(asked, reached, status)) == LinkCheck(verdict, reason)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("www.shkola.example/doc", "http://www.shkola.example/doc"),
        ("shkola.example", "http://shkola.example"),
        ("shkola.example:8080/doc", "shkola.example:8080/doc"),
        ("https:/shkola.example/doc", "https://shkola.example/doc"),
        ("HTTP://Shkola.example", "http://Shkola.example"),
    ],
)
def test_an_address_is_completed_as_a_browser_does(written: str, address: str) -> None:
    assert full_address(written) == address


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.1/doc", LinkReason.INSIDE),
        ("http://[::1]/doc", LinkReason.INSIDE),
        ("http://[::ffff:10.0.0.5]/", LinkReason.INSIDE),
        ("http://192.168.1.10/", LinkReason.INSIDE),
        ("http://169.254.169.254/latest/meta-data", LinkReason.INSIDE),
        ("http://localhost/", LinkReason.INSIDE),
        ("http://server/doc", LinkReason.INSIDE),
        ("http://files.school.local/doc", LinkReason.INSIDE),
        ("http://shkola.example:22/", LinkReason.INSIDE),
        ("ftp://shkola.example/doc", LinkReason.NO_ADDRESS),
        ("http://gosuslugi.example@evil.example/", LinkReason.NO_ADDRESS),
        ("http://[broken", LinkReason.NO_ADDRESS),
        ("file:///C:/doc.pdf", LinkReason.NO_ADDRESS),
        ("http://", LinkReason.NO_ADDRESS),
    ],
)
def test_what_is_no_public_address_is_never_asked(address: str, reason: LinkReason) -> None:
    assert refused_unasked(address) == LinkCheck(NOT_A_LINK, reason)


def test_an_ordinary_address_is_asked() -> None:
    assert refused_unasked("https://школа-ручьи.рф/приказ") is None
    assert refused_unasked("https://93.184.216.34/doc") is None


def test_a_name_that_leads_inside_among_others_is_not_public() -> None:
    assert is_public(["93.184.216.34"])
    assert not is_public(["93.184.216.34", "10.0.0.1"])
    assert not is_public([])


# --- on the wire, with a stand-in for the Internet


class Internet:
    """Answers by host and path; keeps what was asked and how."""

    def __init__(
        self, pages: dict[str, httpx.Response | Exception], numbers: dict[str, list[str]] | None = None
    ) -> None:
        self.pages = pages
        self.numbers = numbers or {}
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        page = self.pages[f"{request.headers['host']}{request.url.raw_path.decode()}"]
        if isinstance(page, Exception):
            raise page
        return page

    def resolve(self, host: str) -> Sequence[str]:
        if host == "nowhere.example":
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        if host == "slow.example":
            raise socket.gaierror(socket.EAI_AGAIN, "later")
        return self.numbers.get(host, ["93.184.216.34"])

    def ask(self, address: str) -> LinkCheck:
        with httpx.Client(transport=httpx.MockTransport(self)) as client:
            return Asker(client, self.resolve).ask(address)


def test_the_number_that_was_judged_is_the_one_connected_to() -> None:
    """A name that leads elsewhere a moment later leads nowhere."""
    internet = Internet({"shkola.example/doc?a=1": httpx.Response(200)})

    assert internet.ask("https://shkola.example/doc?a=1#part").verdict is OPENS

    (request,) = internet.asked
    assert request.url.host == "93.184.216.34"
    assert request.extensions["sni_hostname"] == "shkola.example"
    assert "cookie" not in request.headers


def test_a_redirect_into_the_office_is_not_followed() -> None:
    internet = Internet(
        {"shkola.example/": httpx.Response(302, headers={"location": "http://printer.example/"})},
        {"printer.example": ["192.168.0.9"]},
    )

    assert internet.ask("http://shkola.example/") == LinkCheck(NOT_A_LINK, LinkReason.INSIDE)
    assert len(internet.asked) == 1


def test_redirects_end() -> None:
    internet = Internet({"shkola.example/": httpx.Response(301, headers={"location": "/"})})

    assert internet.ask("http://shkola.example/") == LinkCheck(UNCHECKED, LinkReason.TOO_MANY_MOVES)
    assert len(internet.asked) == 6


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://nowhere.example/", LinkCheck(DEAD, LinkReason.NO_SITE)),
        ("http://slow.example/", LinkCheck(UNCHECKED, LinkReason.SILENT)),
        ("http://shkola.example/late", LinkCheck(UNCHECKED, LinkReason.SILENT)),
        ("http://shkola.example/cert", LinkCheck(UNCHECKED, LinkReason.CERTIFICATE)),
        ("http://shkola.example/refused", LinkCheck(UNCHECKED, LinkReason.SILENT)),
    ],
)
def test_trouble_of_the_network_is_a_verdict_not_an_error(address: str, expected: LinkCheck) -> None:
    pages: dict[str, httpx.Response | Exception] = {
        "shkola.example/late": httpx.ReadTimeout("late"),
        "shkola.example/cert": httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] unable to get issuer"),
        "shkola.example/refused": httpx.ConnectError("refused"),
    }

    assert Internet(pages).ask(address) == expected


def test_a_cyrillic_name_is_asked_by_its_own_letters() -> None:
    internet = Internet({"xn----8sbbbc2bsgfdc.xn--p1ai/": httpx.Response(200)})
    host = httpx.URL("http://школа-ручьи.рф/").raw_host.decode()
    internet.pages = {f"{host}/": httpx.Response(200)}

    assert internet.ask("http://школа-ручьи.рф/").verdict is OPENS
