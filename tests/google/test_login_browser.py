"""«google login --client»: a person allows the access in a browser, offline, at the emulator's page."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from google_district import OFFICE, GoogleDistrict, google_district
from sign_in_desk import CLIENT_SECRET, Browser, client_file, in_one_line, key_file, run, with_query

from sheetsync.campaign.google.kept import kept_place, kept_sign_in
from sheetsync.campaign.google.logging_in import Login, google_login
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.signing_in import signed_in
from sheetsync.notices import say
from sheetsync.workbooks.google.address import URL_VARIABLE
from sheetsync_emulator.answers import of_json
from sheetsync_emulator.faults import Fault

pytestmark = pytest.mark.usefixtures("home")

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    return Browser().sits_at(monkeypatch)


def test_a_person_signs_in(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, said = run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")

    assert (code, out) == (0, "")
    assert say(GoogleNotice.LOGIN_DONE, account=OFFICE) in said
    with signed_in(NOW) as google:
        assert google.account() == OFFICE


def test_google_is_asked_for_the_least_and_for_a_lasting_token(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The addresses in the client's file lead astray and are not followed."""
    run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")
    asked = browser.asked

    assert browser.addresses[0].startswith(district.base)
    assert asked["scope"] == "https://www.googleapis.com/auth/drive.file"
    assert (asked["access_type"], asked["prompt"]) == ("offline", "consent")
    assert (asked["code_challenge_method"], bool(asked["code_challenge"])) == ("S256", True)
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")


def test_only_the_owner_may_read_what_is_kept(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")
    place = kept_place()

    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_the_address_is_shown_for_another_browser(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """With --no-browser nothing is opened; whoever copies the address gets in."""
    shown: list[str] = []

    def copied(address: str) -> None:
        shown.append(address)
        browser.open(address)

    login = Login(client=client_file(tmp_path), open_browser=False)
    told = google_login(login, NOW, agreed=lambda: True, show=copied)

    assert browser.addresses == shown
    assert say(GoogleNotice.LOGIN_DONE, account=OFFICE) in told


def test_the_browser_says_what_is_next(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")

    assert browser.thanks == say(GoogleNotice.LOGIN_THANKS)


def test_without_any_browser_the_address_is_enough(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import webbrowser  # noqa: PLC0415

    def none_here(using: str | None = None) -> None:
        raise webbrowser.Error

    monkeypatch.setattr("webbrowser.get", none_here)
    told = google_login(Login(client=client_file(tmp_path)), NOW, agreed=lambda: True, show=browser.open)

    assert say(GoogleNotice.LOGIN_DONE, account=OFFICE) in told


def test_a_refusal_on_googles_page_is_told(
    district: GoogleDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    Browser("Отказать").sits_at(monkeypatch)
    code, _, said = run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")

    assert code == 2
    assert say(GoogleNotice.LOGIN_DENIED) in in_one_line(said)
    assert kept_sign_in() is None


def test_a_tick_left_out_is_told(
    district: GoogleDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    Browser(lead=lambda address: with_query(address, scope="openid")).sits_at(monkeypatch)
    code, _, said = run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")

    assert code == 2
    assert say(GoogleNotice.LOGIN_SCOPE_LEFT_OUT) in in_one_line(said)
    assert kept_sign_in() is None


def test_an_answer_to_somebody_elses_question_is_refused(
    district: GoogleDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """A page that sends a code of its own does not know the state this sign-in began with."""
    Browser(lead=lambda address: with_query(address, state="forged")).sits_at(monkeypatch)
    code, _, said = run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")

    assert code == 2
    assert "mismatching_state" in said
    assert kept_sign_in() is None


def test_a_client_google_does_not_know_is_told(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    refusal = of_json({"error": "invalid_client", "error_description": "The OAuth client was deleted."}, 401)
    district.emulator.faults.append(Fault("POST /token", refusal))
    code, _, said = run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")

    assert code == 2
    assert say(GoogleNotice.LOGIN_REFUSED, detail="invalid_client") in in_one_line(said)


def test_nobody_answers_on_googles_page(
    district: GoogleDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    Browser().sits_at(monkeypatch)
    monkeypatch.setattr("sheetsync.workbooks.google.sign_in_browser.PATIENCE", 0)
    monkeypatch.setattr(Browser, "open", lambda *_told, **_more: True)
    code, _, said = run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")

    assert code == 2
    assert say(GoogleNotice.LOGIN_NO_ANSWER, minutes=10) in in_one_line(said)


def test_google_names_the_day_a_sign_in_ends(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An application in testing: the answer with the token says how long it lasts."""
    given = district.emulator.accounts.exchange

    def limited(form: dict[str, str]) -> object:
        answer = given(form)
        return of_json({**answer.json(), "refresh_token_expires_in": 604799})

    monkeypatch.setattr(district.emulator.accounts, "exchange", limited)
    told = google_login(Login(client=client_file(tmp_path)), NOW, agreed=lambda: True, show=str)
    kept = kept_sign_in()

    assert say(GoogleNotice.LOGIN_RUNS_OUT, day="29.11.2026") in told
    assert kept is not None
    assert kept.runs_out_at == datetime(2026, 11, 29, 9, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "notice"),
    [
        ("не JSON", GoogleNotice.FILE_UNREADABLE),
        ("[]", GoogleNotice.FILE_UNREADABLE),
        ('{"installed": {"client_id": "x"}}', GoogleNotice.FILE_UNREADABLE),
        ('{"web": {"client_id": "x", "client_secret": "y"}}', GoogleNotice.FILE_WEB_CLIENT),
        ('{"type": "service_account"}', GoogleNotice.FILE_IS_KEY),
    ],
)
def test_another_file_is_told_from_a_client(
    content: str, notice: GoogleNotice, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "client.json"
    file.write_text(content, encoding="utf-8")
    code, _, said = run(capfd, "google", "login", "--client", file, "--agree")

    assert code == 2
    assert say(notice, path=file) in said


def test_one_way_is_to_be_chosen(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    none = run(capfd, "google", "login", "--agree")
    both = run(capfd, "google", "login", "--client", client_file(tmp_path), "--adc", "--agree")

    assert (none[0], both[0]) == (2, 2)
    assert say(GoogleNotice.LOGIN_WAY_UNNAMED) in none[2]
    assert say(GoogleNotice.LOGIN_WAYS_MIXED) in both[2]


def test_who_leaves_takes_the_sign_in_back(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")
    code, _, said = run(capfd, "google", "logout")

    assert code == 0
    assert say(GoogleNotice.LOGOUT_GIVEN_BACK) in said
    assert OFFICE in district.emulator.accounts.revoked
    assert not kept_place().exists()
    assert say(GoogleNotice.LOGOUT_NOTHING) in run(capfd, "google", "logout")[2]


def test_who_leaves_without_a_network_is_told_to_take_it_back_by_hand(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with google_district() as district:
        district.trial_environment(monkeypatch)
        run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")
        place = kept_place()
    code, _, said = run(capfd, "google", "logout")

    assert code == 0
    assert say(GoogleNotice.LOGOUT_NOT_GIVEN_BACK) in in_one_line(said)
    assert not place.exists()


def test_nothing_that_is_said_opens_the_account(
    district: GoogleDistrict, browser: Browser, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Login, doctor, a revoked sign-in, an unexpected error and logout; the secrets are planted before."""
    key = key_file(tmp_path, district)
    told = [
        run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree"),
        run(capfd, "google", "doctor"),
        run(capfd, "google", "doctor", "--json"),
        run(capfd, "google", "logout"),
        run(capfd, "google", "login", "--service-account", key, "--agree"),
        run(capfd, "google", "doctor"),
    ]
    district.emulator.accounts.revoke(OFFICE)
    told += [run(capfd, "google", "doctor"), run(capfd, "google", "logout")]
    said = " ".join(out + err for _, out, err in told)
    private = json.loads(key.read_text(encoding="utf-8"))["private_key"].splitlines()[1]
    planted = [CLIENT_SECRET, f"refresh-{OFFICE}", private, *district.emulator.accounts.passes]

    assert len(planted) > 5
    assert [secret for secret in planted if secret in said] == []


def test_an_emulator_elsewhere_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(URL_VARIABLE, "http://192.0.2.1:8765")
    code, _, said = run(capfd, "google", "login", "--client", client_file(tmp_path), "--agree")

    assert code == 2
    assert URL_VARIABLE in said
