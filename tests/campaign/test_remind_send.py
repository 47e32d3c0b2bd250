"""Letters sent by the program: each once, whatever breaks off, and one refusal stops nobody else."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import click
import coordinator as office
import letter_story as story
import pytest
from docx import Document

from post_office import TAKEN, PostOffice, Received, open_office
from sheetsync import cli, cli_letters, store
from sheetsync.campaign import Mailing, RemindResult
from sheetsync.columns import JOURNAL
from sheetsync.model import Event

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

PASSWORD = "app-password-7"
MAILING = Mailing(lambda _: PASSWORD)


@pytest.fixture(scope="session")
def ready(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools with gaps and addresses, made once; a third one is silent."""
    place = story.copied(issued, tmp_path_factory.mktemp("ready"))
    story.with_mail(place)
    office.send(place, "S01", answers=story.GAPS)
    office.send(place, "S02", answers=story.GAPS)
    return place


@pytest.fixture
def post() -> Iterator[PostOffice]:
    with open_office(PostOffice(password=PASSWORD)) as opened:
        yield opened


@pytest.fixture
def place(ready: Path, tmp_path: Path, post: PostOffice) -> Path:
    place = story.copied(ready, tmp_path)
    story.setting(place, "mail_server", str(post.server))
    return place


def send(place: Path, minute: int = 0, **parts: object) -> RemindResult:
    return story.remind(place, story.NOW + timedelta(minutes=minute), mailing=MAILING, **parts)


def arrived(post: PostOffice) -> list[str]:
    return [one.to[0].partition("@")[0] for one in post.letters]


def counts(result: RemindResult) -> tuple[int, int, int]:
    told = result.delivery
    assert told
    return told.sent, told.before, told.left


def test_everybody_gets_the_letter_once(place: Path, post: PostOffice) -> None:
    first, second = send(place), send(place, 1)
    (one, *_) = post.letters

    assert arrived(post) == ["s01", "s02", "s03"]
    assert counts(first) == (3, 0, 0)
    assert counts(second) == (0, 3, 0)
    assert not first.needs_user
    assert one.sender == "rono@example.org"
    assert one.message["X-Unsent"] is None
    assert [part.get_filename() for part in one.message.iter_attachments()] == ["S01 Липовская СОШ.docx"]


def test_a_trial_sends_nothing_and_asks_for_no_password(place: Path, post: PostOffice) -> None:
    def nobody_asks(_: str) -> str:
        raise AssertionError

    result = story.remind(place, mailing=Mailing(nobody_asks), dry_run=True)

    assert result.delivery is None
    assert (post.letters, post.logins) == ([], 0)
    assert story.letters(place) == []


def test_a_trial_after_sending_says_who_would_get_nothing(place: Path) -> None:
    send(place)

    assert story.remind(place, dry_run=True).sent_before == {"S01", "S02", "S03"}


def test_the_curator_gets_a_copy(place: Path, post: PostOffice) -> None:
    story.school(place, "S03", curator="Липовская СОШ")
    send(place)

    assert [one.to for one in post.letters][-1] == ("s03@example.org", "s01@example.org")


def test_a_letter_that_says_something_new_goes_out_the_same_day(place: Path, post: PostOffice) -> None:
    """The school answered one row more; its first letter was another letter."""
    send(place)
    office.send(place, "S02", "дополнили.xlsx", {**story.GAPS, "2.1": story.COMPLETE["2.1"]})
    send(place, 5)

    assert arrived(post) == ["s01", "s02", "s03", "s02"]


# --- what breaks off ----------------------------------------------------------------------------


def test_cut_off_in_the_middle_it_goes_on_and_nobody_gets_a_letter_twice(
    place: Path, post: PostOffice
) -> None:
    """The second letter was handed over when the line broke: it may have arrived, so it is not sent again."""

    def hang_up(one: Received) -> str | None:
        return None if one.to == ("s02@example.org",) else TAKEN

    post.after_data = hang_up
    broken = send(place)
    post.after_data = lambda _: TAKEN
    resumed = send(place, 1)

    assert counts(broken) == (1, 0, 2)
    assert story.findings(broken) == [("S859", "S02")]
    assert broken.needs_user
    assert counts(resumed) == (1, 1, 1)
    assert story.findings(resumed) == [("S859", "S02")]
    assert arrived(post) == ["s01", "s03"]


def test_a_killed_run_counts_as_handed_over(
    place: Path, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C while a letter is on its way."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("sheetsync.mailing.post.Post.send", interrupted)
        with pytest.raises(KeyboardInterrupt):
            send(place)
    resumed = send(place, 1)

    assert story.findings(resumed) == [("S859", "S01")]
    assert arrived(post) == ["s02", "s03"]


def test_an_unknown_address_stops_nobody_else_and_is_tried_again(place: Path, post: PostOffice) -> None:
    post.refused["s02@example.org"] = "550 5.1.1 No such user"
    first = send(place)
    post.refused.clear()
    second = send(place, 1)

    assert arrived(post) == ["s01", "s03", "s02"]
    assert story.findings(first) == [("S857", "S02")]
    assert first.needs_user
    assert counts(second) == (1, 2, 0)


def test_a_server_that_asks_to_come_later_is_asked_again_later(place: Path, post: PostOffice) -> None:
    post.refused["s01@example.org"] = "450 4.2.0 Greylisted"
    result = send(place)

    assert story.findings(result) == [("S858", "S01")]
    assert arrived(post) == ["s02", "s03"]
    assert counts(result) == (2, 0, 1)


def test_a_curator_s_address_refused_by_the_server_is_told(place: Path, post: PostOffice) -> None:
    story.school(place, "S03", curator="Липовская СОШ")
    post.refused["s01@example.org"] = "550 No such user"
    result = send(place)

    assert sorted(story.findings(result)) == [("S852", "S03"), ("S857", "S01")]
    assert arrived(post) == ["s02", "s03"]


def test_a_wrong_password_is_told_once_and_the_letters_lie_in_their_folder(
    place: Path, post: PostOffice
) -> None:
    result = story.remind(place, mailing=Mailing(lambda _: "wrong"))

    assert story.findings(result) == [("S855", None)]
    assert counts(result) == (0, 0, 3)
    assert len(story.letters(place)) == 6
    assert post.letters == []


def test_no_server_answers(place: Path) -> None:
    with open_office(PostOffice()) as gone:
        story.setting(place, "mail_server", str(gone.server))
    result = send(place)

    assert story.findings(result) == [("S856", None)]
    assert counts(result) == (0, 0, 3)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("mail_from", "", "Отправлять неоткуда"),
        ("mail_server", "", "Отправлять неоткуда"),
        ("mail_from", "отдел", "не адрес эл. почты"),
        ("mail_server", "https://mail.example.org", "не адрес сервера"),
    ],
)
def test_settings_that_are_missing_or_no_address_are_named(
    place: Path, key: str, value: str, told: str
) -> None:
    story.setting(place, key, value)

    with pytest.raises(store.StoreError, match=told):
        send(place)
    assert story.letters(place) == []


# --- by hand, in the journal, at the command line -----------------------------------------------


def test_a_number_typed_into_the_document_goes_out_with_it(place: Path, post: PostOffice) -> None:
    story.remind(place)
    path = story.letter(place, "S01")
    document = Document(str(path))
    document.add_paragraph("исх. № 118")
    document.save(str(path))
    send(place, 30)
    (file,) = post.letters[0].message.iter_attachments()

    assert file.get_content() == path.read_bytes()


def test_an_e_mail_somebody_changed_is_left_to_that_person(place: Path, post: PostOffice) -> None:
    story.remind(place)
    eml = story.letter(place, "S01", ".eml")
    eml.write_bytes(eml.read_bytes() + b"\r\n")
    result = send(place, 1)

    assert arrived(post) == ["s02", "s03"]
    assert ("S850", "S01") in story.findings(result)


def test_the_journal_tells_who_was_written_to_and_keeps_neither_address_nor_password(place: Path) -> None:
    send(place)
    path = store.open_campaign(place).journal
    with closing(sqlite3.connect(path)) as journal:
        told = journal.execute("SELECT participant, outcome FROM letters WHERE sent_to <> ''").fetchall()
    everything = b"".join(
        one.read_bytes()
        for one in (place / store.STATE_FOLDER).rglob("*")
        if one.is_file() and one.parent.name != "backups"
    )
    office.press(place)
    events = [
        row["Участник"] for row in office.rows(place, JOURNAL.name) if row["Событие"] == Event.SENT.value
    ]

    assert told == [(code, end) for code in ("S01", "S02", "S03") for end in ("sending", "sent")]
    assert PASSWORD.encode() not in everything
    assert b"s01@example.org" not in path.read_bytes()
    assert len(events) == 3


def test_the_password_is_taken_from_the_environment(
    place: Path, post: PostOffice, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHEETSYNC_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setattr(cli_letters, "now_here", lambda: story.NOW)

    assert cli.run(["remind", str(place), "--send"]) == 0
    assert "Отправлено писем: 3" in capsys.readouterr().err
    assert post.logins == 1


def test_without_a_terminal_or_a_password_the_command_says_what_to_set(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SHEETSYNC_SMTP_PASSWORD", raising=False)
    monkeypatch.setattr(cli_letters, "now_here", lambda: story.NOW)

    assert cli.run(["remind", str(place), "--send"]) == 2
    assert "SHEETSYNC_SMTP_PASSWORD" in capsys.readouterr().err


def test_at_a_terminal_the_password_is_asked_for_unseen(
    place: Path, post: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, bool]] = []

    def prompt(text: str, *, hide_input: bool, err: bool) -> str:
        asked.append((text, hide_input))
        return PASSWORD

    monkeypatch.delenv("SHEETSYNC_SMTP_PASSWORD", raising=False)
    monkeypatch.setattr(cli_letters, "now_here", lambda: story.NOW)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", prompt)

    assert cli.run(["remind", str(place), "--send"]) == 0
    assert asked == [("Пароль почты rono@example.org (при вводе не виден)", True)]


def test_the_trial_shows_exactly_who_would_get_what(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli_letters, "now_here", lambda: story.NOW)
    story.school(place, "S03", curator="Липовская СОШ")

    assert cli.run(["remind", str(place), "--dry-run", "--school", "S03"]) == 0
    assert (
        capsys.readouterr().err
        == """\
СОШ №7 посёлка Ручьи: Отчёта нет.
  кому: s03@example.org
  копия: s01@example.org
  приложено: «S03 СОШ №7 посёлка Ручьи.docx»; «S03 СОШ №7 посёлка Ручьи.xlsx»
Ответ ждём не позднее 23.06.2026.
Пробный запуск: ничего не записано и не отправлено. Писем было бы: 1.
"""
    )


def test_an_answer_cannot_be_asked_for_yesterday(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["remind", str(place), "--until", "2020-01-01"]) == 2
    assert "день ответа 01.01.2020 уже прошёл" in capsys.readouterr().err
