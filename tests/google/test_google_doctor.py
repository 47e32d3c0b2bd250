"""«google doctor»: every trouble it knows, made by the emulator's faults, and told in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from google_district import OFFICE, GoogleDistrict, google_district
from sign_in_desk import ROBOT, run

from sheetsync.campaign.google import checkup
from sheetsync.campaign.google.checkup import google_doctor, google_needs_user
from sheetsync.campaign.google.checkup_catalogue import CHECKUP
from sheetsync.campaign.google.checkup_codes import GoogleCheck as Code
from sheetsync.campaign.google.checkup_codes import Step
from sheetsync.campaign.google.checkup_reasons import Told
from sheetsync.campaign.google.kept import keep_sign_in
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.notices import say
from sheetsync.office.codes import Level
from sheetsync.workbooks.google.address import URL_VARIABLE
from sheetsync.workbooks.google.sign_in import SignIn, Way
from sheetsync_emulator.answers import Answer, of_json
from sheetsync_emulator.faults import Fault, forbidden, no_storage, server_error, too_many
from sheetsync_emulator.trouble import ApiError

pytestmark = pytest.mark.usefixtures("home")

SPREADSHEET = "application/vnd.google-apps.spreadsheet"
GOOD = [
    Code.SIGNED_IN, Code.STATUS_UNKNOWN, Code.TOKEN_GOOD, Code.CLOCK_GOOD, Code.ACCOUNT_GOOD, Code.ROOM_UNLIMITED,
    Code.LIST_GOOD, Code.MAKE_GOOD, Code.WRITE_GOOD, Code.READ_GOOD, Code.PROTECT_GOOD, Code.ACCESS_GOOD, Code.CLEAN_GOOD,
]  # fmt: skip


def now() -> datetime:
    return datetime.now(UTC)


def of_person(**changed: object) -> SignIn:
    secret = {"client_id": "1", "client_secret": "2", "refresh_token": f"refresh-{OFFICE}"}
    told = SignIn(Way.BROWSER, date(2026, 11, 22), now() - timedelta(hours=1), OFFICE, secret=secret)
    return replace(told, **changed)  # type: ignore[arg-type]


def of_robot(district: GoogleDistrict) -> SignIn:
    secret = {**district.key(ROBOT), "project_id": "office"}
    return SignIn(Way.SERVICE_ACCOUNT, date(2026, 11, 22), now() - timedelta(hours=1), ROBOT, secret=secret)


@pytest.fixture
def district(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleDistrict]:
    with google_district() as district:
        district.trial_environment(monkeypatch)
        keep_sign_in(of_person())
        yield district


def examined(clock: Callable[[], datetime] = now) -> tuple[Told, ...]:
    """What the doctor says; where it would wait, it waits no time."""
    waits: list[float] = []
    return google_doctor(clock, waits.append)


def codes(lines: tuple[Told, ...]) -> list[Code]:
    return [one.check for one in lines]


def said(lines: tuple[Told, ...], code: Code) -> Told:
    return next(one for one in lines if one.check is code)


def sheets_of(district: GoogleDistrict) -> list[str]:
    files = district.emulator.person(OFFICE).call("GET", "/drive/v3/files", fields="files(name)")["files"]
    return [one["name"] for one in files]


def test_all_is_well(district: GoogleDistrict) -> None:
    """Every permission was tried, and nothing is left of it."""
    lines = examined()

    assert codes(lines) == GOOD
    assert [one.level for one in lines if one.level is not Level.GOOD] == [Level.NOTE]
    assert not google_needs_user(lines)
    assert sheets_of(district) == []


def test_what_is_printed(district: GoogleDistrict, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "google", "doctor")

    assert code == 0
    assert f"✓ Учётная запись: Вы работаете как {OFFICE}." in out
    assert out.rstrip().endswith(say(GoogleNotice.CHECK_NOTES, notes=1))


def test_what_a_program_reads(district: GoogleDistrict, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "google", "doctor", "--json")
    lines = json.loads(out)

    assert code == 0
    assert [one["code"] for one in lines] == [one.value for one in GOOD]
    assert set(lines[0]) == {"code", "level", "subject", "found", "click"}


def test_without_a_sign_in(capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capfd, "google", "doctor")

    assert code == 1
    assert "sheetsync google login" in out


# --- the token


@dataclass(frozen=True)
class Case:
    """A trouble, and what is said of it; ``level`` is the level of the line."""

    code: Code
    fault: Fault
    step: Step
    sign_in: SignIn = field(default_factory=of_person)

    def __str__(self) -> str:
        return f"{self.code.value} at {self.step.name.lower()}"


def token_refusal(error: str, words: str = "", status: int = 400) -> Fault:
    return Fault("POST /token", of_json({"error": error, "error_description": words}, status))


def denied(match: str, reason: str, *, skip: int = 0) -> Fault:
    return Fault(match, ApiError(403, "PERMISSION_DENIED", "planted: Иванов Петя", reason=reason), skip=skip)


def denied_by_info(match: str, reason: str) -> Fault:
    """As Sheets words it: the reason stands in ``details``."""
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}
    return Fault(match, ApiError(403, "PERMISSION_DENIED", "planted: Иванов Петя", details=(info,)))


WEEK_OLD = of_person(signed_in_at=datetime(2026, 1, 1, tzinfo=UTC))
BAD_TIME = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
TOKEN_CASES = [
    Case(Code.TOKEN_REVOKED, token_refusal("invalid_grant", "Token has been expired or revoked."), Step.TOKEN),
    Case(Code.TOKEN_TESTING, token_refusal("invalid_grant", "Token has been expired or revoked."), Step.TOKEN, WEEK_OLD),
    Case(Code.TOKEN_CLOCK, token_refusal("invalid_grant", BAD_TIME), Step.TOKEN),
    Case(Code.KEY_GONE, token_refusal("invalid_grant", "Invalid JWT Signature."), Step.TOKEN),
    Case(Code.KEY_GONE, token_refusal("invalid_grant", "Invalid grant: account not found"), Step.TOKEN),
    Case(Code.CLIENT_GONE, token_refusal("deleted_client", "The OAuth client was deleted.", 401), Step.TOKEN),
    Case(Code.CLIENT_GONE, token_refusal("invalid_client", "Unauthorized", 401), Step.TOKEN),
    Case(Code.ADMIN_FORBIDS, token_refusal("admin_policy_enforced"), Step.TOKEN),
    Case(Code.REFUSED, token_refusal("invalid_scope"), Step.TOKEN),
    Case(Code.UNREACHABLE, Fault("POST /token", Answer(403, {"Content-Type": "text/html"}, b"<html>proxy</html>")), Step.TOKEN),
]  # fmt: skip


@pytest.mark.parametrize("case", TOKEN_CASES, ids=str)
def test_no_token(case: Case, district: GoogleDistrict) -> None:
    keep_sign_in(case.sign_in)
    district.emulator.faults.append(case.fault)
    lines = examined()

    assert codes(lines) == [Code.SIGNED_IN, case.code]
    assert (lines[-1].step, lines[-1].level, bool(lines[-1].click)) == (case.step, Level.MUST, True)
    assert google_needs_user(lines)


def test_a_sign_in_given_back_elsewhere(district: GoogleDistrict) -> None:
    district.emulator.accounts.revoke(OFFICE)

    assert codes(examined()) == [Code.SIGNED_IN, Code.TOKEN_REVOKED]


def test_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    with google_district() as gone:
        monkeypatch.setenv(URL_VARIABLE, gone.base)
    keep_sign_in(of_person())
    lines = examined()

    assert codes(lines) == [Code.SIGNED_IN, Code.UNREACHABLE]
    assert "HTTPS_PROXY" in lines[-1].click


def test_a_computer_that_is_not_set_up(district: GoogleDistrict) -> None:
    keep_sign_in(of_person(way=Way.ADC, secret={}))

    assert codes(examined()) == [Code.SIGNED_IN, Code.COMPUTER_NOT_SET_UP]


def test_how_wrong_the_clock_is_when_google_minds_it(district: GoogleDistrict) -> None:
    """The answer that refuses the token shows Google's time all the same."""
    keep_sign_in(of_robot(district))
    district.emulator.faults.append(token_refusal("invalid_grant", BAD_TIME))
    lines = examined(clock=lambda: now() + timedelta(minutes=95, seconds=20))

    assert "95 мин" in said(lines, Code.TOKEN_CLOCK).found


# --- this computer and how long the sign-in lasts


@pytest.mark.parametrize(
    ("off", "told"), [(timedelta(hours=-3), (179, 180)), (timedelta(minutes=7, seconds=5), (7,))]
)
def test_a_wrong_clock_google_does_not_mind(
    off: timedelta, told: tuple[int, ...], district: GoogleDistrict
) -> None:
    lines = examined(clock=lambda: now() + off)

    assert said(lines, Code.CLOCK_OFF).level is Level.NOTE
    assert any(f"на {minutes} мин" in said(lines, Code.CLOCK_OFF).found for minutes in told)
    assert lines[-1].check is Code.CLEAN_GOOD


def test_a_sign_in_that_outlived_testing(district: GoogleDistrict) -> None:
    keep_sign_in(of_person(signed_in_at=now() - timedelta(days=8)))

    assert Code.PUBLISHED in codes(examined())


def test_the_day_google_named(district: GoogleDistrict) -> None:
    ends = now() + timedelta(days=2)
    keep_sign_in(of_person(runs_out_at=ends))

    assert f"{ends:%d.%m.%Y}" in said(examined(), Code.RUNS_OUT).found


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ({"limit": "16106127360", "usage": "1000"}, Code.ROOM_GOOD),
        ({"limit": "16106127360", "usage": "16106127360"}, Code.ROOM_LITTLE),
        ({"usage": "5"}, Code.ROOM_UNLIMITED),
    ],
)
def test_room_on_the_drive(room: dict[str, str], code: Code, district: GoogleDistrict) -> None:
    about = {"user": {"emailAddress": OFFICE}, "storageQuota": room}
    district.emulator.faults.append(Fault("GET /drive/v3/about", of_json(about)))

    assert code in codes(examined())


# --- what the account may do

SHEETS = "POST /v4/spreadsheets"
STEP_CASES = [
    Case(Code.API_OFF, denied("GET /drive/v3/about", "accessNotConfigured"), Step.ACCOUNT),
    Case(Code.API_OFF, denied_by_info(SHEETS, "SERVICE_DISABLED"), Step.WRITE),
    Case(Code.SCOPE_MISSING, denied("GET /drive/v3/about", "insufficientPermissions"), Step.ACCOUNT),
    Case(Code.SCOPE_MISSING, denied_by_info("GET /v4/spreadsheets", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"), Step.WRITE),
    Case(Code.ADMIN_FORBIDS, denied("POST /drive/v3/files", "domainPolicy"), Step.MAKE),
    Case(Code.ADMIN_FORBIDS, denied("GET /drive/v3/files/.*/permissions", "cannotShareOutsideDomain"), Step.ACCESS),
    Case(Code.ROOM_NONE, no_storage("POST /drive/v3/files"), Step.MAKE),
    Case(Code.REFUSED, forbidden(SHEETS), Step.WRITE),
    Case(Code.REFUSED, forbidden(SHEETS, skip=1), Step.PROTECT),
    Case(Code.REFUSED, forbidden("GET /drive/v3/files"), Step.LIST),
    Case(Code.UNREACHABLE, server_error("GET /v4/spreadsheets", 99), Step.WRITE),
    Case(Code.BUSY, too_many(SHEETS, 99), Step.WRITE),
]  # fmt: skip


@pytest.mark.parametrize("case", STEP_CASES, ids=str)
def test_a_step_is_refused(case: Case, district: GoogleDistrict) -> None:
    """It is told at its step, what comes after is not tried, and the sheet is gone again."""
    district.emulator.faults.append(case.fault)
    lines = examined()
    refused = said(lines, case.code)

    assert (refused.step, refused.level, bool(refused.click)) == (case.step, Level.MUST, True)
    assert (Code.NOT_TRIED in codes(lines)) is (case.step is not Step.ACCESS)
    assert "Иванов" not in refused.found
    assert sheets_of(district) == []


def test_the_right_switch_is_named(district: GoogleDistrict) -> None:
    district.emulator.faults.append(denied_by_info(SHEETS, "SERVICE_DISABLED"))
    sheets = said(examined(), Code.API_OFF)
    district.emulator.faults.append(denied("GET /drive/v3/about", "accessNotConfigured"))
    drive = said(examined(), Code.API_OFF)

    assert "«Google Sheets API»" in sheets.click
    assert "«Google Drive API»" in drive.click


def test_a_service_account_owns_no_files(district: GoogleDistrict) -> None:
    """As Google has it today: known, so not a thing to do at once; reading and writing are not touched."""
    keep_sign_in(of_robot(district))
    district.emulator.shelf.service_accounts_own_files = False
    lines = examined()

    assert said(lines, Code.OWNS_NO_FILES).level is Level.NOTE
    assert not google_needs_user(lines)


def test_a_service_account_is_not_told_of_publishing(district: GoogleDistrict) -> None:
    keep_sign_in(of_robot(district))

    assert not {Code.STATUS_UNKNOWN, Code.PUBLISHED, Code.RUNS_OUT} & set(codes(examined()))


def test_what_is_read_is_not_what_was_written(district: GoogleDistrict) -> None:
    answer = of_json({"sheets": [{"data": [{}]}]})
    district.emulator.faults.append(Fault("GET /v4/spreadsheets", answer, skip=1))

    assert said(examined(), Code.READ_DIFFERS).level is Level.MUST


# --- nothing is left behind


def test_a_sheet_that_would_not_go_is_told_and_goes_next_time(district: GoogleDistrict) -> None:
    district.emulator.faults.append(forbidden("DELETE /drive/v3/files"))
    first = examined()

    assert first[-1].check is Code.CLEAN_LEFT
    assert sheets_of(district) == [say(GoogleNotice.CHECK_SHEET)]
    assert codes(examined()) == GOOD
    assert sheets_of(district) == []


def test_an_interruption_takes_the_sheet_along(
    district: GoogleDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_trial: object) -> Told:
        raise KeyboardInterrupt

    monkeypatch.setattr(checkup._Trial, "protects", interrupt)
    with pytest.raises(KeyboardInterrupt):
        examined()

    assert sheets_of(district) == []


def test_a_killed_check_is_cleaned_up_after_by_the_next(
    district: GoogleDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed, it could remove nothing; the marks on the sheet say whose it is."""
    with monkeypatch.context() as killed:
        killed.setattr(checkup._Trial, "cleans", lambda _trial: None)
        examined()
    own = district.emulator.person(OFFICE).creates(say(GoogleNotice.CHECK_SHEET), SPREADSHEET)

    assert len(sheets_of(district)) == 2
    examined()
    assert sheets_of(district) == [say(GoogleNotice.CHECK_SHEET)]
    assert district.emulator.person(OFFICE).call("GET", f"/drive/v3/files/{own}", fields="id")["id"] == own


# --- the catalogue


def test_every_code_is_told_in_words() -> None:
    assert set(CHECKUP) == set(Code)
    assert [code for code, one in CHECKUP.items() if one.level is Level.MUST and not one.click] == []
    assert [code for code, one in CHECKUP.items() if one.level is Level.GOOD and one.click] == []


def test_every_code_is_shown_by_a_test() -> None:
    """Each stands in a case above or by its name in a test."""
    source = Path(__file__).read_text(encoding="utf-8")

    assert [
        code for code in Code if f"Code.{code.name}" not in source and code is not Code.NOT_SIGNED_IN
    ] == []
