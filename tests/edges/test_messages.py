"""What a reader of English meets: findings, doubts, refusals and commands without stray Russian."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from sheetsync import cli
from sheetsync.doubts import DOUBTS, doubt, text_of
from sheetsync.findings import CATALOGUE, advice_of, fact_of, make
from sheetsync.intake import sniff
from sheetsync.intake.limits import Reason
from sheetsync.intake.recognise import Source
from sheetsync.messages import LANGUAGES, SOURCE_LANGUAGE, filled, tr, use_language
from sheetsync.notices import Notice, say
from tools_path import tool

build_messages = tool("build_messages")

RUSSIAN = re.compile(r"[А-Яа-яЁё]")
QUOTED = re.compile(r"«[^«»]*»")


def stray_russian(text: str) -> bool:
    """Russian outside guillemets, where names of sheets, columns and people's own words stand."""
    return bool(RUSSIAN.search(QUOTED.sub("", text)))


@pytest.fixture(autouse=True)
def russian_again() -> Iterator[None]:
    yield
    use_language(SOURCE_LANGUAGE)


@pytest.fixture
def english() -> None:
    use_language("en")


def given(sentence: str) -> dict[str, str]:
    """A value for each parameter of a sentence."""
    return dict.fromkeys(re.findall(r"\{(\w+)\}", sentence), "7")


def a_detail(pattern: str) -> str:
    """What a reason may name: a part of the package, a cell or a number."""
    if "«{}»" in pattern:
        return "xl/worksheets/sheet1.xml"
    return "B7" if "ячейка {}" in pattern else "400000"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("sentence", [one for one in build_messages.sentences() if RUSSIAN.search(one)])
def test_no_russian_is_left_in_an_english_sentence(sentence: str) -> None:
    """Only names of sheets and columns stay Russian, in guillemets: the workbooks are Russian."""
    assert tr(sentence) != sentence
    assert not stray_russian(tr(sentence))


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", CATALOGUE)
def test_every_finding_is_told_in_english(code: str) -> None:
    detail = CATALOGUE[code]
    found = make(code, **given(detail.fact + detail.advice))

    assert not stray_russian(fact_of(found) + advice_of(found))


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", DOUBTS)
def test_every_doubt_is_told_in_english(code: str) -> None:
    assert not stray_russian(text_of(doubt(code, **given(DOUBTS[code]))))


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("reason", Reason)
def test_a_refused_file_is_explained_in_english_with_its_details(reason: Reason) -> None:
    """The part, the cell or the number at fault stands in the English reason."""
    detail = a_detail(reason.value[1])

    said = fact_of(make(reason.code, what=reason.what(detail)))

    assert not RUSSIAN.search(said)
    assert (detail in said) == ("{}" in reason.value[1])


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"Rar!\x1a", b"<html>", b"MZ", b"\x00\x01\x02", b"a;b;c", b"Received: x"]
)
def test_what_came_instead_of_a_workbook_is_named_in_english(data: bytes) -> None:
    assert not RUSSIAN.search(fact_of(make("F103", what=sniff.not_a_workbook(data))))


@pytest.mark.usefixtures("english")
def test_marks_that_disagree_are_listed_in_english() -> None:
    marks = f"{Source.SHEET} — S01, {Source.NAME} — S02"

    said = fact_of(make("V205", marks=marks, chosen="S01"))

    assert "hidden sheet — S01, name above the table — S02" in said


@pytest.mark.usefixtures("english")
def test_words_a_school_typed_stay_as_typed() -> None:
    """Even when they are the program's own words too, or look like a place to fill."""
    typed = "архив"

    assert f"«{typed}»" in fact_of(make("R322", header=typed))
    assert "«Нет {номера} 5»" in fact_of(make("E602", what="«Нет {номера} 5»", missing="номер"))
    assert "архив, {x}" in fact_of(make("R307", value="архив, {x}"))
    assert "Add the number." in advice_of(make("E602", what="«справка»", missing="номер"))


def test_russian_sentences_are_filled_as_they_stand() -> None:
    reason = Reason.BAD_XML

    said = fact_of(make(reason.code, what=reason.what("a.xml")))

    assert said == "Файл повреждён: часть «a.xml» записана с ошибкой."


@pytest.mark.parametrize("language", ["fr", "", "EN", "../en"])
def test_an_unknown_language_falls_back_to_russian(language: str) -> None:
    use_language("en")
    use_language(language)

    assert tr(Notice.CHECK_CLEAN) == Notice.CHECK_CLEAN.value


def test_a_sentence_nobody_translated_is_said_in_russian() -> None:
    use_language("en")

    assert filled("Такого предложения нет: {what}.", [("what", "совсем")]) == (
        "Такого предложения нет: совсем."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_can_be_said(language: str) -> None:
    use_language(language)

    for notice in Notice:
        said = say(notice, **given(notice))
        assert said
        assert "{" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "no-such-form.xlsx"], "There is no file «no-such-form.xlsx»."),
        (["order", "read", "."], "«.» is a folder."),
        (["consolidate", "nowhere"], "has no district workbook"),
        (["new", "somewhere", "--order", "no-such-order.docx"], "There is no file «no-such-order.docx»."),
        (["consolidate", ".", "--as-of", "15.12.2026"], "«15.12.2026» is not a date."),
    ],
)
def test_commands_speak_english_when_asked(
    arguments: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["--lang", "en", *arguments])
    err = capfd.readouterr().err

    assert code == cli.CANNOT
    assert said in err
    assert not stray_russian(err)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Issue forms: one per participant"), ("fr", "Выпустить формы"), ("ru", "Выпустить формы")],
)
def test_help_is_printed_in_the_language_of_the_environment(language: str, said: str) -> None:
    """An unknown language of the environment is no obstacle: the help is Russian."""
    environment = {**os.environ, "SHEETSYNC_LANG": language, "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "sheetsync", "--help"]

    result = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=True)

    assert said in result.stdout
