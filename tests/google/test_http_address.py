"""Tokens leave for Google or for an emulator on this computer, and for nobody else."""

from __future__ import annotations

import pytest

from sheetsync.workbooks.google.address import Address, address_of
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets/1abc"


def test_without_the_variable_google_itself_is_asked() -> None:
    assert address_of("").of(SHEETS) == SHEETS


@pytest.mark.parametrize(
    ("base", "emulator"),
    [
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
        ("http://127.0.0.1:8765/", "http://127.0.0.1:8765"),
        ("http://localhost:80", "http://localhost:80"),
        ("http://[::1]:8765", "http://[::1]:8765"),
        ("http://127.0.0.1", "http://127.0.0.1"),
    ],
)
def test_an_emulator_on_this_computer_is_asked_instead(base: str, emulator: str) -> None:
    assert address_of(base).of(SHEETS) == f"{emulator}/v4/spreadsheets/1abc"


@pytest.mark.parametrize(
    "base",
    [
        "http://example.org:8765",
        "http://10.0.0.5:8765",
        "http://127.0.0.1.example.org",
        "http://127.0.0.1@example.org",
        "http://example.org@127.0.0.1",
        "http://example.org\\@127.0.0.1",
        "https://127.0.0.1:8765",
        "http://127.0.0.1:8765/v4?x=1",
        "http://127.0.0.1:99999",
        "http://0.0.0.0:8765",
        "http://[::1",
        "127.0.0.1:8765",
        "ftp://127.0.0.1",
    ],
)
def test_any_other_address_is_refused_with_a_clear_word(base: str) -> None:
    with pytest.raises(GoogleRefused) as refused:
        address_of(base)

    assert refused.value.trouble is GoogleTrouble.REFUSED
    assert f"переменная SHEETSYNC_GOOGLE_URL ведёт на «{base}»" in refused.value.detail


@pytest.mark.parametrize(
    ("url", "admitted"),
    [
        (SHEETS, True),
        ("https://oauth2.googleapis.com/token", True),
        ("https://accounts.google.com/o/oauth2/token", True),
        ("http://sheets.googleapis.com/v4/spreadsheets", False),
        ("https://googleapis.com.example.org/token", False),
        ("https://evilgoogleapis.com/token", False),
        ("https://example.org/?u=.googleapis.com", False),
        ("http://127.0.0.1:8765/token", False),
        ("", False),
    ],
)
def test_google_is_its_own_hosts_only(url: str, *, admitted: bool) -> None:
    assert Address().admits(url) is admitted


@pytest.mark.parametrize(
    ("url", "admitted"),
    [
        ("http://127.0.0.1:8765/token", True),
        ("http://127.0.0.1:9999/token", True),
        (SHEETS, False),
        ("https://oauth2.googleapis.com/token", False),
        ("http://example.org:8765/token", False),
    ],
)
def test_a_trial_never_speaks_to_google(url: str, *, admitted: bool) -> None:
    assert Address("http://127.0.0.1:8765").admits(url) is admitted
