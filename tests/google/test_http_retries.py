"""What is asked again, after how long, and what is given up: a table of Google's troubles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sheetsync.workbooks.google.port import GoogleTrouble
from sheetsync.workbooks.google.retries import (
    PATIENCE,
    TRIES,
    Again,
    Before,
    Failure,
    GiveUp,
    decide,
    failure_of,
    seconds_asked,
)


def drive_error(status: int, reason: str, retry_after: float | None = None) -> Failure:
    """A refusal as Drive words it."""
    told = {"error": {"code": status, "message": "нет", "errors": [{"reason": reason, "message": "нет"}]}}
    return failure_of(status, told, retry_after)


def sheets_error(status: int, word: str, message: str = "") -> Failure:
    """A refusal as Sheets words it."""
    return failure_of(status, {"error": {"code": status, "status": word, "message": message}})


QUOTA = failure_of(
    429,
    {
        "error": {
            "code": 429,
            "message": "Quota exceeded for quota metric 'Write requests'",
            "status": "RESOURCE_EXHAUSTED",
            "details": [
                {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED"}
            ],
        }
    },
)
HTML_500 = failure_of(500, None)
NO_CONNECTION = Failure(sent=False, word="ConnectionError")
NO_ANSWER = Failure(word="ReadTimeout")
TORN_ANSWER = failure_of(200, None)

SLOWER = (
    QUOTA,
    failure_of(429, None),
    drive_error(403, "rateLimitExceeded"),
    drive_error(403, "userRateLimitExceeded"),
)
SICK = (
    HTML_500,
    NO_ANSWER,
    TORN_ANSWER,
    Failure(word="ConnectionError"),
    *(sheets_error(status, "UNAVAILABLE") for status in (500, 502, 503, 504)),
)

FINAL = [
    (drive_error(403, "storageQuotaExceeded"), GoogleTrouble.NO_STORAGE),
    (drive_error(403, "teamDriveFileLimitExceeded"), GoogleTrouble.NO_STORAGE),
    (drive_error(403, "sharingRateLimitExceeded"), GoogleTrouble.SHARING_LIMIT),
    (drive_error(403, "dailyLimitExceeded"), GoogleTrouble.BUSY),
    (drive_error(403, "insufficientFilePermissions"), GoogleTrouble.FORBIDDEN),
    (drive_error(403, "accessNotConfigured"), GoogleTrouble.FORBIDDEN),
    (sheets_error(403, "PERMISSION_DENIED"), GoogleTrouble.FORBIDDEN),
    (drive_error(400, "invalidSharingRequest"), GoogleTrouble.BAD_ADDRESS),
    (sheets_error(400, "INVALID_ARGUMENT"), GoogleTrouble.REFUSED),
    (sheets_error(413, "INVALID_ARGUMENT"), GoogleTrouble.REFUSED),
    (drive_error(404, "notFound"), GoogleTrouble.NOT_FOUND),
    (sheets_error(410, "GONE"), GoogleTrouble.NOT_FOUND),
    (failure_of(302, None), GoogleTrouble.UNREACHABLE),
    (failure_of(403, None), GoogleTrouble.UNREACHABLE),
    (failure_of(404, None), GoogleTrouble.UNREACHABLE),
    (failure_of(407, None), GoogleTrouble.UNREACHABLE),
]


@pytest.mark.parametrize(("failure", "trouble"), FINAL, ids=lambda one: getattr(one, "detail", one))
def test_what_hours_would_not_mend_is_given_up_at_once(failure: Failure, trouble: GoogleTrouble) -> None:
    assert decide(failure, repeatable=True, tries=1, elapsed=0.0) == GiveUp(trouble)


@pytest.mark.parametrize("failure", SLOWER)
@pytest.mark.parametrize("repeatable", [True, False])
def test_google_asking_to_go_slower_is_waited_out(failure: Failure, *, repeatable: bool) -> None:
    """Nothing was done, so also what must not be done twice is simply asked for again."""
    again = decide(failure, repeatable=repeatable, tries=1, elapsed=0.0)

    assert again == Again(4.0, Before.NOTHING)


@pytest.mark.parametrize("failure", SLOWER)
def test_a_quota_that_stays_used_up_is_busy(failure: Failure) -> None:
    assert decide(failure, repeatable=True, tries=TRIES, elapsed=0.0) == GiveUp(GoogleTrouble.BUSY)


def test_the_tries_over_a_quota_last_longer_than_its_minute() -> None:
    waits = [
        decide(QUOTA, repeatable=True, tries=tries, elapsed=0.0, chance=0.0) for tries in range(1, TRIES)
    ]

    assert sum(again.wait for again in waits if isinstance(again, Again)) >= 60


@pytest.mark.parametrize("failure", SICK, ids=lambda one: one.detail)
def test_a_failing_google_is_asked_again(failure: Failure) -> None:
    assert decide(failure, repeatable=True, tries=1, elapsed=0.0) == Again(2.0)
    assert decide(failure, repeatable=True, tries=TRIES, elapsed=0.0) == GiveUp(GoogleTrouble.UNREACHABLE)


@pytest.mark.parametrize("failure", SICK, ids=lambda one: one.detail)
def test_what_may_have_been_done_is_looked_for_before_it_is_done_again(failure: Failure) -> None:
    assert decide(failure, repeatable=False, tries=1, elapsed=0.0) == Again(2.0, Before.LOOK)


def test_what_was_never_sent_needs_no_look() -> None:
    assert decide(NO_CONNECTION, repeatable=False, tries=1, elapsed=0.0) == Again(2.0)


def test_without_internet_it_is_said_soon() -> None:
    assert decide(NO_CONNECTION, repeatable=True, tries=3, elapsed=6.0) == GiveUp(GoogleTrouble.UNREACHABLE)


def test_a_refused_token_is_renewed_once() -> None:
    refused = sheets_error(401, "UNAUTHENTICATED")

    assert decide(refused, repeatable=False, tries=1, elapsed=0.0) == Again(0.0, Before.RENEW)
    assert decide(refused, repeatable=False, tries=2, elapsed=0.0, renewed=True) == GiveUp(
        GoogleTrouble.EXPIRED
    )


# --- how long


def test_google_says_itself_how_long_to_wait() -> None:
    asked = replace(QUOTA, retry_after=30.0)

    assert decide(asked, repeatable=True, tries=1, elapsed=0.0, chance=0.3) == Again(30.0)


def test_a_wait_of_nothing_is_still_a_second() -> None:
    assert decide(replace(QUOTA, retry_after=0.0), repeatable=True, tries=1, elapsed=0.0) == Again(1.0)


def test_who_asks_to_wait_for_hours_is_not_waited_for() -> None:
    asked = replace(QUOTA, retry_after=7200.0)

    assert decide(asked, repeatable=True, tries=1, elapsed=0.0) == GiveUp(GoogleTrouble.BUSY)


failures = st.builds(
    Failure,
    status=st.sampled_from([0, 200, 302, 400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504, 599]),
    reasons=st.lists(
        st.sampled_from(["rateLimitExceeded", "storageQuotaExceeded", "backendError", "x"]), max_size=2
    ).map(tuple),
    retry_after=st.none() | st.floats(0, 1e9),
    sent=st.booleans(),
    googles=st.booleans(),
)


@given(days=st.lists(failures, min_size=40, max_size=40), repeatable=st.booleans(), chance=st.floats(0, 1))
def test_every_run_of_bad_luck_ends(days: list[Failure], repeatable: bool, chance: float) -> None:
    """Whatever Google answers, the tries and the waits between them are bounded."""
    elapsed, tries, renewed = 0.0, 0, False
    for failure in days:
        tries += 1
        decision = decide(
            failure, repeatable=repeatable, tries=tries, elapsed=elapsed, renewed=renewed, chance=chance
        )
        if isinstance(decision, GiveUp):
            break
        elapsed += decision.wait
        renewed = renewed or decision.before is Before.RENEW

    assert isinstance(decision, GiveUp)
    assert tries <= TRIES + 1
    assert elapsed <= PATIENCE


# --- reading Google's words


@pytest.mark.parametrize(
    ("asked", "date", "seconds"),
    [
        ("30", "", 30.0),
        (" 1.5 ", "", 1.5),
        ("Sun, 22 Nov 2026 11:00:30 GMT", "Sun, 22 Nov 2026 11:00:00 GMT", 30.0),
        ("Sun, 22 Nov 2026 10:59:00 GMT", "Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("Sun, 22 Nov 2026 11:00:30 GMT", "", None),
        ("завтра", "Sun, 22 Nov 2026 11:00:00 GMT", None),
        ("-5", "", None),
        ("", "", None),
        ("nan", "", None),
        ("1e9", "", None),
    ],
)
def test_retry_after_is_a_number_or_a_moment(asked: str, date: str, seconds: float | None) -> None:
    assert seconds_asked(asked, date) == seconds


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_retry_after_breaks_the_reading(asked: str, date: str) -> None:
    found = seconds_asked(asked, date)

    assert found is None or found >= 0


SECRET = "Петрова Анна, тел. 8-900-000-00-00"


@pytest.mark.parametrize(
    "message",
    [
        f"Invalid requests[3].updateCells: {SECRET}",
        f"Invalid value at 'requests[3].updateCells.rows[0]', \"{SECRET}\"",
    ],
)
def test_a_detail_names_the_request_and_no_text_of_a_cell(message: str) -> None:
    failure = sheets_error(400, "INVALID_ARGUMENT", message)

    assert failure.detail == "400 INVALID_ARGUMENT requests[3].updateCells"


def test_a_reason_that_is_no_name_is_not_told() -> None:
    assert drive_error(400, SECRET).detail == "400"


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["error", "errors", "details", "reason", "status", "message"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_any_json_is_read_as_a_failure(body: object) -> None:
    assert failure_of(418, body).status == 418
