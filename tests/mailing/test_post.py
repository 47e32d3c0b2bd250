"""A letter is handed over, refused or lost, and each is told apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from post_office import TAKEN, Certificate, PostOffice, certificate, open_office
from sheetsync.mailing.post import (
    LetterRefused,
    LineLost,
    NotLetIn,
    PerhapsSent,
    Post,
    Refused,
    open_post,
)
from sheetsync.mailing.server import Server, read_server

SENDER = "rono@example.org"
LETTER = b"Subject: Hello\r\n\r\nFirst\r\n.\r\nLast\r\n"


def no_password() -> str:
    raise AssertionError("nobody asked for a password")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with open_office(PostOffice()) as opened:
        yield opened


@pytest.fixture
def post(office: PostOffice) -> Iterator[Post]:
    with open_post(office.server, SENDER, no_password) as line:
        yield line


def test_a_letter_arrives_as_it_was_written(office: PostOffice, post: Post) -> None:
    """A line with one full stop ends nothing."""
    assert post.send(LETTER, ["s01@example.org"], ["k01@example.org"]) == ()

    (one,) = office.letters

    assert (one.sender, one.to) == (SENDER, ("s01@example.org", "k01@example.org"))
    assert one.message.get_content().splitlines() == ["First", ".", "Last"]


def test_an_address_the_server_does_not_know_refuses_that_letter_only(office: PostOffice, post: Post) -> None:
    office.refused["s01@example.org"] = "550 5.1.1 No such user here"

    with pytest.raises(LetterRefused, match=r"550 5\.1\.1 No such user here") as told:
        post.send(LETTER, ["s01@example.org"], ["k01@example.org"])
    post.send(LETTER, ["s02@example.org"])

    assert not told.value.for_now
    assert [one.to for one in office.letters] == [("s02@example.org",)]


def test_greylisting_asks_to_come_back_later(office: PostOffice, post: Post) -> None:
    office.refused["s01@example.org"] = "451 4.7.1 Greylisted, try again in 300 seconds"

    with pytest.raises(LetterRefused) as told:
        post.send(LETTER, ["s01@example.org"])

    assert told.value.for_now


def test_a_copy_that_is_refused_does_not_keep_the_letter_back(office: PostOffice, post: Post) -> None:
    office.refused["k01@example.org"] = "550 No such user"

    refused = post.send(LETTER, ["s01@example.org"], ["k01@example.org"])

    assert refused == (Refused("k01@example.org", "550 No such user"),)
    assert [one.to for one in office.letters] == [("s01@example.org",)]


def test_a_letter_refused_for_what_it_holds_lets_the_next_one_go(office: PostOffice, post: Post) -> None:
    replies = iter(["554 5.7.1 Message looks like spam", TAKEN])
    office.after_data = lambda _: next(replies)

    with pytest.raises(LetterRefused, match="looks like spam"):
        post.send(LETTER, ["s01@example.org"])
    post.send(LETTER, ["s02@example.org"])

    assert [one.to for one in office.letters] == [("s02@example.org",)]


def test_a_line_cut_after_the_letter_was_handed_over_leaves_its_end_unknown(
    office: PostOffice, post: Post
) -> None:
    office.after_data = lambda _: None

    with pytest.raises(PerhapsSent):
        post.send(LETTER, ["s01@example.org"])
    with pytest.raises(LineLost):
        post.send(LETTER, ["s02@example.org"])


def test_nobody_answers_at_the_address_of_the_server() -> None:
    with open_office(PostOffice()) as office:
        gone = office.server

    with pytest.raises(LineLost), open_post(gone, SENDER, no_password):
        pass


# --- a protected line, a password ---------------------------------------------------------------


def test_starttls_protects_the_line_before_the_password_goes(paper: Certificate) -> None:
    with (
        open_office(PostOffice(password="secret"), paper) as office,
        open_post(office.server, SENDER, lambda: "secret", paper.trust) as post,
    ):
        post.send(LETTER, ["s01@example.org"])

    assert office.logins == 1
    assert len(office.letters) == 1


def test_a_certificate_nobody_vouches_for_is_not_talked_to(paper: Certificate) -> None:
    with (
        open_office(PostOffice(password="secret"), paper) as office,
        pytest.raises(LineLost, match="certificate"),
        open_post(office.server, SENDER, lambda: "secret"),
    ):
        pass

    assert office.logins == 0


def test_port_465_speaks_tls_at_once(paper: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    """That port belongs to the system: another one is declared to be it."""
    monkeypatch.setattr(Server, "speaks_tls_at_once", property(lambda _: True))
    with (
        open_office(PostOffice(password="secret"), ssl_context=paper.for_server) as office,
        open_post(office.server, SENDER, lambda: "secret", paper.trust) as post,
    ):
        post.send(LETTER, ["s01@example.org"])

    assert len(office.letters) == 1


def test_a_server_without_tls_is_refused_unless_it_is_this_computer(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Server, "is_this_computer", property(lambda _: False))

    with pytest.raises(LineLost, match="STARTTLS"), open_post(office.server, SENDER, no_password):
        pass


def test_a_wrong_password_is_told_as_such() -> None:
    with (
        open_office(PostOffice(password="right")) as office,
        pytest.raises(NotLetIn, match="535"),
        open_post(office.server, SENDER, lambda: "wrong"),
    ):
        pass


def test_a_password_typed_on_the_russian_layout_is_told_and_not_quoted() -> None:
    with (
        open_office(PostOffice(password="ghbdtn")) as office,
        pytest.raises(NotLetIn, match="раскладку") as told,
        open_post(office.server, SENDER, lambda: "привет"),
    ):
        pass

    assert "привет" not in repr(told.value)
    assert told.value.__cause__ is None


# --- the setting --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "server"),
    [
        ("smtp.yandex.ru:465", Server("smtp.yandex.ru", 465)),
        (" smtp.mail.ru ", Server("smtp.mail.ru", 465)),
        ("smtps://smtp.example.org:587/", Server("smtp.example.org", 587)),
        ("почта.рф:25", Server("почта.рф", 25)),
        ("[::1]:2525", Server("::1", 2525)),
        ("smtp.yandex.ru:99999", None),
        ("https://mail.example.org", None),
        ("smtp yandex", None),
        ("", None),
    ],
)
def test_the_server_of_the_settings_is_read(typed: str, server: Server | None) -> None:
    assert read_server(typed) == server


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("smtp.example.org", False),
    ],
)
def test_only_this_computer_may_be_talked_to_in_the_open(host: str, is_here: bool) -> None:
    assert Server(host).is_this_computer is is_here
