"""The file that opens the account: for its owner's eyes only, whole, and apart from trials."""

from __future__ import annotations

import os
import stat
import traceback
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from google_district import GoogleDistrict
from sign_in_desk import in_one_line, key_file, run

from sheetsync import store
from sheetsync.campaign.google.kept import GoogleInTheWay, keep_sign_in, kept_place, kept_sign_in
from sheetsync.campaign.google.signing_in import signed_in
from sheetsync.notices import Notice, say
from sheetsync.store import private
from sheetsync.workbooks.google.address import URL_VARIABLE
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble
from sheetsync.workbooks.google.sign_in import NotASignIn, SignIn, Way, as_bytes, from_bytes

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SECRET = "1//planted-refresh-token"

pytestmark = [
    pytest.mark.usefixtures("home"),
    pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's settings to the user by itself"),
]


def sign_in(**changed: object) -> SignIn:
    told = {
        "way": Way.BROWSER,
        "agreed_on": date(2026, 11, 22),
        "signed_in_at": NOW,
        "account": "a@example.org",
    }
    return SignIn(**told, secret={"refresh_token": SECRET}, **changed)  # type: ignore[arg-type]


def test_what_is_kept_comes_back() -> None:
    kept = sign_in(runs_out_at=datetime(2026, 11, 29, 10, 0, tzinfo=UTC))
    keep_sign_in(kept)

    assert kept_sign_in() == kept


def test_a_folder_that_was_there_is_closed_too() -> None:
    """The add-in's small files made the folder before, open as folders are."""
    kept_place().parent.mkdir(mode=0o755, parents=True)
    keep_sign_in(sign_in())

    assert stat.S_IMODE(kept_place().parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o666])
def test_a_file_others_could_read_is_refused_and_mended_with_a_word(
    mode: int, district: GoogleDistrict, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(capfd, "google", "login", "--service-account", key_file(tmp_path, district), "--agree")
    place = kept_place()
    place.chmod(mode)
    code, _, said = run(capfd, "google", "doctor")

    assert code == 2
    assert say(Notice.PRIVATE_MENDED, path=place) in in_one_line(said)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert run(capfd, "google", "doctor")[0] == 0


def test_a_folder_others_could_write_into_is_refused_and_mended(tmp_path: Path) -> None:
    keep_sign_in(sign_in())
    kept_place().parent.chmod(0o777)

    with pytest.raises(store.ReadByOthers):
        kept_sign_in()
    assert kept_sign_in() is not None


def test_a_disk_without_rights_keeps_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory stick: whatever is set, everybody may read."""
    monkeypatch.setattr(private, "_is_open_to_others", lambda _path: True)

    with pytest.raises(store.ReadByOthers) as caught:
        keep_sign_in(sign_in())
    assert str(caught.value) == say(Notice.PRIVATE_IMPOSSIBLE, path=kept_place())
    assert list(kept_place().parent.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"[]", b'{"way": "browser"}', f'{{"secret": "{SECRET}"'.encode()])
def test_a_damaged_file_is_told_without_its_content(content: bytes) -> None:
    keep_sign_in(sign_in())
    kept_place().write_bytes(content)

    with pytest.raises(GoogleInTheWay) as caught:
        kept_sign_in()
    assert str(kept_place()) in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_damaged_file_is_left_behind_by_logging_out(capfd: pytest.CaptureFixture[str]) -> None:
    """As its sentence says: logout, then login."""
    keep_sign_in(sign_in())
    kept_place().write_bytes(b"{")

    assert run(capfd, "google", "doctor")[0] == 2
    assert run(capfd, "google", "logout")[0] == 0
    assert not kept_place().exists()


def test_a_file_without_consent_is_no_sign_in() -> None:
    told = as_bytes(sign_in()).replace(b'"agreed_on": "2026-11-22"', b'"agreed_on": ""')

    with pytest.raises(NotASignIn):
        from_bytes(told)


def test_a_sign_in_does_not_show_its_secret() -> None:
    assert SECRET not in repr(sign_in())
    assert SECRET.encode() in as_bytes(sign_in())


def test_a_trial_has_a_sign_in_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program on a port of this computer is shown the real one, and none takes its place."""
    keep_sign_in(sign_in())
    real = kept_place()
    monkeypatch.setenv(URL_VARIABLE, "http://127.0.0.1:8765")

    assert kept_sign_in() is None
    keep_sign_in(sign_in(runs_out_at=NOW))
    assert kept_place() != real
    monkeypatch.delenv(URL_VARIABLE)
    kept = kept_sign_in()
    assert kept is not None
    assert kept.runs_out_at is None


def test_a_sign_in_whose_day_has_come_asks_nobody() -> None:
    keep_sign_in(sign_in(runs_out_at=NOW))

    with pytest.raises(GoogleRefused) as caught:
        signed_in(NOW)
    assert caught.value.trouble is GoogleTrouble.EXPIRED


def test_an_interrupted_write_leaves_the_old_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_sign_in(sign_in())

    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            keep_sign_in(sign_in(runs_out_at=NOW))

    assert list(kept_place().parent.iterdir()) == [kept_place()]
    assert kept_sign_in() == sign_in()
