"""Five hundred schools under Google's own quota: never a «too many», and not a minute longer than it takes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from google_district import OFFICE, GoogleDistrict, google_district

from sheetsync.workbooks.google import http
from sheetsync.workbooks.google.port import FileKind, GoogleRefused, GoogleTrouble
from sheetsync.workbooks.google.service import connect
from sheetsync_emulator.faults import timeout, too_many, unavailable
from sheetsync_emulator.quota import GOOGLES

SCHOOLS = 500
MASK = "properties(title),sheets(properties(title))"


@pytest.fixture
def district() -> Iterator[GoogleDistrict]:
    with google_district(quotas=GOOGLES, in_process=True) as district:
        yield district


def forms(district: GoogleDistrict, many: int) -> list[str]:
    """Forms that lie in the office's Drive already."""
    shelf = district.emulator.shelf
    return [shelf.made(f"Форма {number}", FileKind.SPREADSHEET, OFFICE, []).id for number in range(many)]


def refusals(district: GoogleDistrict) -> int:
    return sum(one.status == 429 for one in district.emulator.log)


def test_five_hundred_schools_are_read_without_a_refusal(district: GoogleDistrict) -> None:
    ids = forms(district, SCHOOLS)
    began = district.clock()

    titles = [district.office.read(one, MASK)["properties"]["title"] for one in ids]

    assert titles == [f"Форма {number}" for number in range(SCHOOLS)]
    assert refusals(district) == 0
    assert district.clock() - began == 540.0


def test_forms_are_filled_without_a_refusal(district: GoogleDistrict) -> None:
    """Reads and writes have a pace each: 120 forms take as long as 120 writes."""
    ids = forms(district, 120)
    began = district.clock()

    for one in ids:
        district.office.write_once(one, [{"addSheet": {"properties": {"title": "Второй"}}}], "form:1")

    assert refusals(district) == 0
    assert district.clock() - began == 120.0


def test_a_neighbour_that_uses_up_the_quota_is_waited_for(district: GoogleDistrict) -> None:
    """Another program of the same account reads too: we are refused, wait, and lose nothing."""
    (form,) = forms(district, 1)
    for _ in range(GOOGLES.reads_per_user):
        district.emulator.handle(
            "GET",
            f"/v4/spreadsheets/{form}?fields=spreadsheetId",
            {"Authorization": f"Bearer {district.emulator.accounts.token_for(OFFICE)}"},
        )

    assert district.office.read(form, MASK)["properties"]["title"] == "Форма 0"
    assert 0 < sum(district.waits) < 130


def test_the_caller_is_told_of_every_wait_before_it() -> None:
    told: list[float] = []
    with (
        google_district() as district,
        connect(
            district.credentials(OFFICE), sleep=district.sleep, base=district.base, on_wait=told.append
        ) as service,
    ):
        form = service.made(FileKind.SPREADSHEET, "Форма", {"plan": "p1"}).id
        district.emulator.faults.append(too_many("GET", retry_after=30))
        service.read(form, MASK)

    assert told == district.waits == [30.0]


def test_ctrl_c_in_a_wait_ends_the_command_at_once_and_the_next_one_goes_on(
    district: GoogleDistrict,
) -> None:
    ids = forms(district, 60)

    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    district.while_waiting = interrupted
    read: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        read.extend(district.office.read(one, MASK)["properties"]["title"] for one in ids)
    district.while_waiting = None

    assert district.office.read(ids[-1], MASK)["properties"]["title"] == "Форма 59"


def test_a_server_that_says_nothing_is_not_listened_to_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a real socket: the connection stands, and no answer comes."""
    monkeypatch.setattr(http, "_SHEETS_SECONDS", 0.4)
    with google_district() as district:
        form = district.office.made(FileKind.SPREADSHEET, "Форма", {"plan": "p1"}).id
        district.emulator.faults.append(timeout("GET"))

        assert district.office.read(form, MASK)["properties"]["title"] == "Форма"
        assert len(district.waits) >= 1


def test_nobody_listening_is_told_as_unreachable() -> None:
    with google_district() as district:
        office = district.office
    with pytest.raises(GoogleRefused) as refused:
        office.account()

    office.close()
    assert refused.value.trouble is GoogleTrouble.UNREACHABLE
    assert len(district.waits) == 2


def test_a_sick_google_is_given_up_within_minutes(district: GoogleDistrict) -> None:
    district.emulator.faults.append(unavailable(".", times=10**6))
    began = district.clock()

    with pytest.raises(GoogleRefused) as refused:
        district.office.account()

    assert refused.value.trouble is GoogleTrouble.UNREACHABLE
    assert district.clock() - began < 300


def test_tokens_that_cannot_be_had_are_waited_for_on_our_clock(district: GoogleDistrict) -> None:
    """google-auth would sleep by itself, unseen by whoever is told of waits."""
    district.emulator.faults.append(unavailable("/token", times=3))

    assert district.office.account() == OFFICE
    assert len(district.waits) == 3
