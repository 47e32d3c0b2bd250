"""Nothing goes to Google before a person said «да», and the word is remembered with its day."""

from __future__ import annotations

import io
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from google_district import GoogleDistrict
from sign_in_desk import in_one_line, key_file, run

from sheetsync.campaign.google.kept import kept_sign_in
from sheetsync.campaign.google.logging_in import Login, google_login
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.signing_in import signed_in
from sheetsync.notices import say
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble

pytestmark = pytest.mark.usefixtures("home")

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def key(district: GoogleDistrict, tmp_path: Path) -> Path:
    return key_file(tmp_path, district)


@pytest.fixture
def closed_network(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whoever tries to reach anybody is written down and refused."""
    tried: list[object] = []

    def refuse(_socket: socket.socket, address: object) -> None:
        tried.append(address)
        raise OSError("no network in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    return tried


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize("answer", ["нет\n", "\n", "дальше\n", "да нет\n"])
def test_without_consent_nobody_is_asked(
    answer: str,
    key: Path,
    closed_network: list[object],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, answer)
    code, _, said = run(capfd, "google", "login", "--service-account", key)

    assert code == 2
    assert say(GoogleNotice.CONSENT) in in_one_line(said)
    assert say(GoogleNotice.CONSENT_ABSENT) in in_one_line(said)
    assert closed_network == []
    assert kept_sign_in() is None


def test_with_nobody_to_answer_nobody_is_asked(
    district: GoogleDistrict,
    tmp_path: Path,
    closed_network: list[object],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, "")
    code, _, _ = run(capfd, "google", "login", "--service-account", key_file(tmp_path, district))

    assert code == 2
    assert closed_network == []


@pytest.mark.parametrize("command", ["doctor", "logout"])
def test_no_command_asks_google_before_a_sign_in(
    command: str, closed_network: list[object], capfd: pytest.CaptureFixture[str]
) -> None:
    run(capfd, "google", command)

    assert closed_network == []


def test_no_use_case_is_connected_before_a_sign_in(closed_network: list[object]) -> None:
    with pytest.raises(GoogleRefused) as caught:
        signed_in(NOW)

    assert caught.value.trouble is GoogleTrouble.NOT_SIGNED_IN
    assert closed_network == []


@pytest.mark.parametrize("answer", ["да\n", " Да \n", "«да»\n"])
def test_the_word_is_yes(
    answer: str,
    district: GoogleDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    typed(monkeypatch, answer)
    code, _, said = run(capfd, "google", "login", "--service-account", key_file(tmp_path, district))

    assert code == 0
    assert say(GoogleNotice.CONSENT) in in_one_line(said)


def test_who_agrees_beforehand_reads_it_all_the_same(
    district: GoogleDistrict, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, _, said = run(
        capfd, "google", "login", "--service-account", key_file(tmp_path, district), "--agree"
    )

    assert code == 0
    assert say(GoogleNotice.CONSENT) in in_one_line(said)


def test_consent_is_asked_once_and_keeps_its_day(district: GoogleDistrict, tmp_path: Path) -> None:
    login = Login(key=key_file(tmp_path, district))
    google_login(login, NOW, agreed=lambda: True, show=str)
    google_login(login, datetime(2027, 1, 15, 9, 0, tzinfo=UTC), agreed=lambda: False, show=str)
    kept = kept_sign_in()

    assert kept is not None
    assert (kept.agreed_on.isoformat(), kept.signed_in_at.year) == ("2026-11-22", 2027)


def test_the_paragraph_is_honest() -> None:
    """Where the data goes, which law, who decides, and that there is another way."""
    told = say(GoogleNotice.CONSENT)

    for word in ("за пределами России", "152-ФЗ", "решает руководитель", "файлами Excel", "не все"):
        assert word in told
    assert len(told) < 900
