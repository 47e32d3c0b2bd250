"""«remind»: the coordinator gets a letter for each school that owes something, and for no other."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from pathlib import Path

import coordinator as office
import district_fixture as district
import letter_story as story
import pytest
from docx import Document

from open_book import OpenBook
from sheetsync import campaign, cli, cli_letters, store
from sheetsync.campaign.files import journal_of
from sheetsync.columns import JOURNAL
from sheetsync.journal import GoogleSheet
from sheetsync.model import Event
from sheetsync.workbooks.templates import OFFICE_FOLDER, DocumentTemplate, template_bytes

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")

LINK = "https://docs.google.com/spreadsheets/d/school-2"


@pytest.fixture(scope="session")
def half_reported(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign half of whose reports came, made once."""
    return story.reported(story.copied(issued, tmp_path_factory.mktemp("half")))


@pytest.fixture
def place(half_reported: Path, tmp_path: Path) -> Path:
    return story.copied(half_reported, tmp_path)


def test_each_school_gets_its_own_gaps_and_a_complete_one_no_letter(place: Path) -> None:
    result = story.remind(place)
    second, third = (story.words(story.letter(place, code)) for code in ("S02", "S03"))

    assert story.codes(result) == ["S02", "S03"]
    assert story.letters(place) == [
        f"{story.FOLDER}/S02 Кленовская ООШ.docx",
        f"{story.FOLDER}/S03 СОШ №7 посёлка Ручьи.docx",
    ]
    assert "По приказу № 8 от 12.01.2026" in second
    assert "написано только: «Сделано.»" in second
    assert "Слабое подтверждение: «справка»" in second
    assert "Дополнительные занятия по математике" in second
    assert "Пробный экзамен" not in second
    assert "Отчёт не поступил." in third
    assert "Сделано" not in third
    assert f"не позднее {story.ANSWER}" in second


def test_the_office_writes_no_letter_to_itself_and_is_told_of_its_gaps(place: Path) -> None:
    result = story.remind(place)

    assert [one.participant.code for one in result.own] == ["O01"]
    assert result.own[0].has_no_report


def test_a_second_time_the_same_day_nothing_is_written(place: Path) -> None:
    story.remind(place)
    before = story.tree(place)
    again = story.remind(place, story.NOW + timedelta(hours=2))

    assert story.tree(place) == before
    assert [one.is_new for one in again.letters] == [False, False]


def test_letters_of_earlier_days_are_kept(place: Path) -> None:
    story.remind(place)
    story.remind(place, story.NOW + timedelta(days=10))

    assert [name.partition("/")[0] for name in story.letters(place)] == [story.FOLDER] * 2 + [
        "2026-06-26"
    ] * 2


def test_a_trial_tells_everything_and_writes_nothing(place: Path) -> None:
    story.with_mail(place)
    before = story.tree(place)
    result = story.remind(place, dry_run=True)

    assert story.tree(place) == before
    assert [(one.to, one.enclosed.names) for one in result.letters] == [
        (("s02@example.org",), ()),
        (("s03@example.org",), ("S03 СОШ №7 посёлка Ручьи.xlsx",)),
    ]


def test_a_late_copy_counts_at_once_and_its_letter_is_needed_no_more(place: Path) -> None:
    """Nobody pressed «Собрать свод» in between."""
    story.remind(place)
    office.send(place, "S03", answers=story.COMPLETE)
    result = story.remind(place, story.NOW + timedelta(hours=1))

    assert story.codes(result) == ["S02"]
    assert ("S854", "S03") in story.findings(result)


def test_one_school_may_be_named(place: Path) -> None:
    assert story.codes(story.remind(place, school="Кленовская ООШ")) == ["S02"]
    assert story.codes(story.remind(place, school="S03")) == ["S03"]
    assert story.codes(story.remind(place, school="Липовская СОШ")) == []
    assert [one.participant.code for one in story.remind(place, school="O01").own] == ["O01"]
    with pytest.raises(store.StoreError, match="Участника «Гимназия» нет"):
        story.remind(place, school="Гимназия")


def test_before_the_report_date_the_answer_is_asked_by_that_date(place: Path) -> None:
    result = story.remind(place, datetime(2026, 6, 1, 9, 0, tzinfo=story.NOW.tzinfo), as_of=date(2026, 6, 1))

    assert result.answer_by.day == district.DUE
    assert story.codes(result) == ["S02", "S03"]


def test_another_day_of_the_answer_may_be_named(place: Path) -> None:
    story.remind(place, until=date(2026, 7, 1))

    assert "не позднее 01.07.2026" in story.words(story.letter(place, "S03"))


# --- e-mail -------------------------------------------------------------------------------------


def test_a_draft_lies_beside_the_letter_with_everything_in_it(place: Path) -> None:
    story.with_mail(place)
    story.remind(place)
    eml = story.letter(place, "S03", ".eml")
    mail = story.message(eml)

    assert mail["X-Unsent"] == "1"
    assert story.header(eml, "To") == "МБОУ «СОШ №7 посёлка Ручьи» <s03@example.org>"
    assert "Отчёт не поступил." in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert story.attached(eml) == {
        "S03 СОШ №7 посёлка Ручьи.docx": story.letter(place, "S03").read_bytes(),
        "S03 СОШ №7 посёлка Ручьи.xlsx": district.form_of(place, "S03").read_bytes(),
    }


def test_a_school_without_an_address_gets_the_document_only(place: Path) -> None:
    story.school(place, "S02", email="s02@example.org")
    result = story.remind(place)

    assert story.findings(result) == [("S851", "S03")]
    assert len(story.letters(place)) == 3


def test_an_address_that_is_none_is_told(place: Path) -> None:
    story.school(place, "S02", email="s02@example.org; директор")
    result = story.remind(place)

    assert ("S852", "S02") in story.findings(result)
    assert result.letters[0].to == ("s02@example.org",)


def test_the_curator_of_a_pair_gets_a_copy_and_a_letter_of_its_own(place: Path) -> None:
    """Both owe rows: the third school helps the second."""
    story.with_mail(place)
    story.school(place, "S02", curator="СОШ №7 посёлка Ручьи")
    result = story.remind(place)

    assert story.codes(result) == ["S02", "S03"]
    assert str(story.message(story.letter(place, "S02", ".eml"))["Cc"]).endswith("<s03@example.org>")
    assert story.message(story.letter(place, "S03", ".eml"))["Cc"] is None
    assert "Копия: МБОУ «СОШ №7 посёлка Ручьи» (куратор)." in story.words(story.letter(place, "S02"))


@pytest.mark.parametrize(
    ("curator", "what"),
    [("Гимназия № 99", "такого участника нет"), ("Липовская СОШ", "у него не указана эл. почта")],
)
def test_a_curator_nobody_can_write_to_is_told(place: Path, curator: str, what: str) -> None:
    story.school(place, "S02", curator=curator, email="s02@example.org")
    (told,) = [one for one in story.remind(place).findings if one.code == "S853"]

    assert dict(told.params)["what"] == what


# --- what people do with the letters ------------------------------------------------------------


def test_a_number_typed_into_the_letter_stays_and_goes_with_the_mail(place: Path) -> None:
    story.with_mail(place)
    story.remind(place)
    path = story.letter(place, "S02")
    document = Document(str(path))
    document.add_paragraph("исх. № 118")
    document.save(str(path))
    result = story.remind(place, story.NOW + timedelta(hours=1))

    assert ("S850", "S02") in story.findings(result)
    assert "исх. № 118" in story.words(path)
    assert story.attached(story.letter(place, "S02", ".eml"))[path.name] == path.read_bytes()


def test_the_office_s_own_template_wins(place: Path) -> None:
    document = Document(io.BytesIO(template_bytes(DocumentTemplate.LETTER)))
    document.add_paragraph("Телефон для справок: 2-11-22, {{ letter.participant }}")
    (place / OFFICE_FOLDER).mkdir()
    document.save(str(place / OFFICE_FOLDER / DocumentTemplate.LETTER.value))
    story.remind(place)

    assert "Телефон для справок: 2-11-22, S02" in story.words(story.letter(place, "S02"))


def test_a_broken_template_is_a_sentence_with_the_place(place: Path) -> None:
    document = Document(io.BytesIO(template_bytes(DocumentTemplate.LETTER)))
    document.add_paragraph("Дата {{ letter.dey }}")
    (place / OFFICE_FOLDER).mkdir()
    document.save(str(place / OFFICE_FOLDER / DocumentTemplate.LETTER.value))

    with pytest.raises(store.StoreError, match=r"letter\.docx.*dey.*Дата"):
        story.remind(place)
    assert story.letters(place) == []


# --- review, Google, the open workbook ----------------------------------------------------------


def test_rows_sent_back_are_named_with_the_remark_and_the_returned_form_goes_along(place: Path) -> None:
    story.with_mail(place)
    office.press(place)
    office.edit(
        place, lambda book: office.decide(book, "Кленовская ООШ", "2.2", "на доработку", "Где справка?")
    )
    alone = story.remind(place, dry_run=True)
    campaign.return_remarks(place, story.NOW)
    story.remind(place)
    (form,) = store.open_campaign(place).returned.rglob("S02*.xlsx")

    assert [one.code for one in alone.without_form] == ["S02"]
    assert "Замечание района: «Где справка?»" in story.words(story.letter(place, "S02"))
    assert f"в приложенной форме «{form.name}»" in story.words(story.letter(place, "S02"))
    assert story.attached(story.letter(place, "S02", ".eml"))[form.name] == form.read_bytes()


def test_a_row_accepted_as_it_is_is_no_gap(place: Path) -> None:
    office.press(place)
    office.edit(place, lambda book: office.decide(book, "Кленовская ООШ", "1.1", "принято", ""))
    story.remind(place)

    assert "написано только" not in story.words(story.letter(place, "S02"))


def test_who_works_in_google_gets_the_link_and_no_file(place: Path) -> None:
    story.with_mail(place)
    story.school(place, "S03", channel="Google", link=LINK)
    story.remind(place)

    assert LINK in story.words(story.letter(place, "S03"))
    assert list(story.attached(story.letter(place, "S03", ".eml"))) == ["S03 СОШ №7 посёлка Ручьи.docx"]


def test_a_link_that_did_not_get_into_the_workbook_yet_is_known_all_the_same(place: Path) -> None:
    """The workbook was open when the forms were issued."""
    story.school(place, "S03", channel="Google")
    with journal_of(store.open_campaign(place)) as journal:
        journal.google.save_sheet(GoogleSheet("file-3", "S03", LINK))
    story.remind(place)

    assert LINK in story.words(story.letter(place, "S03"))


def test_a_decision_on_the_screen_counts_before_it_is_saved(place: Path) -> None:
    office.press(place)
    book = OpenBook.opened(
        office.workbook(place),
        lambda book: office.decide(book, "Кленовская ООШ", "2.2", "на доработку", "Где справка?"),
    )
    story.remind(place, workbook=book)

    assert "Где справка?" in story.words(story.letter(place, "S02"))


# --- what is remembered -------------------------------------------------------------------------


def test_the_journal_tells_of_each_letter_and_names_no_address(place: Path) -> None:
    story.with_mail(place)
    story.remind(place)
    office.press(place)
    told = [row for row in office.rows(place, JOURNAL.name) if row["Событие"] == Event.REMINDED.value]

    assert {row["Участник"] for row in told} == {"Кленовская ООШ", "СОШ №7 посёлка Ручьи"}
    assert any("Нет подтверждения (1)" in row["Что изменилось"] for row in told)
    assert b"example.org" not in store.open_campaign(place).journal.read_bytes()


# --- what the command says ----------------------------------------------------------------------


def test_the_command_says_who_owes_what_and_where_the_letters_lie(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli_letters, "now_here", lambda: story.NOW)

    assert cli.run(["remind", str(place)]) == 0
    assert (
        capsys.readouterr().err
        == f"""\
Кленовская ООШ: Срок наступил, а ответа нет (1); Нет подтверждения (1); Подтверждение неполное (1).
СОШ №7 посёлка Ручьи: Отчёта нет.
Себе письмо не составлено, а пробелы есть: Отдел образования: Отчёта нет.
Ответ ждём не позднее {story.ANSWER}.
Эл. почта на листе «Участники» ни у кого не указана: письма есть только в файлах Word.
Писем составлено: 2, без изменений: 0. Папка: {place / "Письма" / story.FOLDER}
"""
    )


def test_a_year_whose_days_off_are_not_known_yet_is_told(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli_letters, "now_here", lambda: story.NOW.replace(year=2039))
    cli.run(["remind", str(place), "--dry-run"])

    assert "Переносов выходных на 2039 год программа не знает" in capsys.readouterr().err


def test_with_nothing_to_remind_of_the_command_says_so(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli_letters, "now_here", lambda: story.NOW)

    assert cli.run(["remind", str(place), "--school", "Липовская СОШ"]) == 0
    assert capsys.readouterr().err == "На 16.06.2026 напоминать не о чем: писем нет.\n"
