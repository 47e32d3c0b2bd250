"""Signing in without a browser: a service account's key, or what the computer is set up for."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import google.auth
import pytest
from google.auth.credentials import AnonymousCredentials
from google_district import OFFICE, GoogleDistrict
from sign_in_desk import ROBOT, client_file, in_one_line, key_file, run

from sheetsync.campaign.google.kept import kept_place, kept_sign_in
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.signing_in import signed_in
from sheetsync.notices import say
from sheetsync.workbooks.google.sign_in import Way
from sheetsync_emulator.answers import of_json
from sheetsync_emulator.faults import Fault, forbidden

pytestmark = pytest.mark.usefixtures("home")

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_a_service_account_signs_in(
    district: GoogleDistrict, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The key may name any address for tokens; it is not asked there. The file need not stay."""
    key = key_file(tmp_path, district)
    code, _, said = run(capfd, "google", "login", "--service-account", key, "--agree")
    key.unlink()

    assert code == 0
    assert say(GoogleNotice.LOGIN_DONE, account=ROBOT) in said
    assert say(GoogleNotice.LOGIN_DELETE_FILE, path=key) in said
    with signed_in(NOW) as google:
        assert google.account() == ROBOT


def test_a_service_account_asks_for_what_people_share_with_it(
    district: GoogleDistrict, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    person = district.emulator.person(OFFICE)
    folder = person.creates("Отчёты", "application/vnd.google-apps.folder")
    person.shares(folder, ROBOT)
    sheet = person.creates("Форма", "application/vnd.google-apps.spreadsheet", folder)
    run(capfd, "google", "login", "--service-account", key_file(tmp_path, district), "--agree")

    with signed_in(NOW) as google:
        assert [one.id for one in google.listed(folder)] == [sheet]


def test_a_dead_key_is_not_kept(
    district: GoogleDistrict, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    refusal = of_json({"error": "invalid_grant", "error_description": "Invalid JWT Signature."}, 400)
    district.emulator.faults.append(Fault("POST /token", refusal))
    code, _, said = run(
        capfd, "google", "login", "--service-account", key_file(tmp_path, district), "--agree"
    )

    assert code == 2
    assert say(GoogleNotice.LOGIN_REFUSED, detail="key_gone") in in_one_line(said)
    assert kept_sign_in() is None


def test_a_sign_in_that_cannot_be_tried_is_kept_with_a_word(
    district: GoogleDistrict, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The project of Google Cloud is not set up yet: the key is good all the same."""
    district.emulator.faults.append(forbidden("GET /drive/v3/about"))
    code, _, said = run(
        capfd, "google", "login", "--service-account", key_file(tmp_path, district), "--agree"
    )
    kept = kept_sign_in()

    assert code == 0
    assert "проверить его не удалось" in said
    assert kept is not None
    assert kept.account == ROBOT


@pytest.mark.parametrize("private_key", ["-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----", ""])
def test_a_damaged_key_is_told(
    private_key: str, district: GoogleDistrict, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    key = key_file(tmp_path, district)
    key.write_text(json.dumps(json.loads(key.read_text(encoding="utf-8")) | {"private_key": private_key}))
    code, _, said = run(capfd, "google", "login", "--service-account", key, "--agree")

    assert code == 2
    assert say(GoogleNotice.FILE_UNREADABLE, path=key) in said


def test_a_client_is_told_from_a_key(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = client_file(tmp_path)
    code, _, said = run(capfd, "google", "login", "--service-account", file, "--agree")

    assert code == 2
    assert say(GoogleNotice.FILE_IS_CLIENT, path=file) in said


def test_the_computers_own_key(
    district: GoogleDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Nothing of it is kept but the choice."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key_file(tmp_path, district)))
    code, _, said = run(capfd, "google", "login", "--adc", "--agree")
    kept = kept_sign_in()

    assert code == 0
    assert say(GoogleNotice.LOGIN_DONE, account=ROBOT) in said
    assert kept is not None
    assert (kept.way, dict(kept.secret)) == (Way.ADC, {})
    assert "private_key" not in kept_place().read_text(encoding="utf-8")


def test_the_computers_own_person(
    district: GoogleDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """What gcloud keeps of a person names no address for tokens: the emulator is asked all the same."""
    told = {
        "type": "authorized_user",
        "client_id": "gcloud",
        "client_secret": "x",
        "refresh_token": f"refresh-{OFFICE}",
    }
    file = tmp_path / "adc.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    code, _, said = run(capfd, "google", "login", "--adc", "--agree")

    assert (code, say(GoogleNotice.LOGIN_DONE, account=OFFICE) in said) == (0, True), said


def test_a_computer_that_is_not_set_up(district: GoogleDistrict, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, said = run(capfd, "google", "login", "--adc", "--agree")

    assert code == 2
    assert say(GoogleNotice.LOGIN_NO_ADC) in in_one_line(said)
    assert kept_sign_in() is None


def test_credentials_that_would_ask_google_are_no_trial(
    district: GoogleDistrict, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the emulator asked for, what cannot be led to it is not used at all."""
    monkeypatch.setattr(google.auth, "default", lambda scopes: (AnonymousCredentials(), None))  # type: ignore[no-untyped-call]

    assert run(capfd, "google", "login", "--adc", "--agree")[0] == 2


def test_who_leaves_is_told_what_stays(
    district: GoogleDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    key = key_file(tmp_path, district)
    run(capfd, "google", "login", "--service-account", key, "--agree")
    robot = run(capfd, "google", "logout")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
    run(capfd, "google", "login", "--adc", "--agree")
    computer = run(capfd, "google", "logout")

    assert say(GoogleNotice.LOGOUT_KEY) in in_one_line(robot[2])
    assert say(GoogleNotice.LOGOUT_COMPUTER) in in_one_line(computer[2])
    assert district.calls("POST /revoke") == 0
