"""Documents cannot lie: what follows from declarations is generated, and this keeps it so."""

from __future__ import annotations

import importlib
import re
import string
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from sheetsync.campaign.press_notices import PressNotice
from sheetsync.columns import KitMessage
from sheetsync.findings import CATALOGUE
from sheetsync.notices import Notice
from tools_path import tool

ROOT = Path(__file__).parents[1]
build_docs = tool("build_docs")
button_answers = tool("button_answers")
build_messages = tool("build_messages")


@pytest.mark.parametrize("name", build_docs.pages())
def test_a_generated_page_says_what_the_declarations_say(name: str) -> None:
    """`make docs` would change nothing."""
    written = (ROOT / "docs" / name).read_text(encoding="utf-8")

    assert written == build_docs.pages()[name]


def test_every_sentence_has_an_english_translation() -> None:
    catalog = build_messages.load("en")

    assert [
        one for one in build_messages.sentences() if not (catalog.get(one) and catalog.get(one).string)
    ] == []


def test_the_compiled_catalogue_is_the_one_people_edit() -> None:
    """`make messages` would change nothing, today or on another machine."""
    edited = build_messages.po_path("en")
    catalog = build_messages.updated("en")

    assert edited.read_bytes() == build_messages.edited(catalog)
    assert edited.with_suffix(".mo").read_bytes() == build_messages.compiled(catalog)


def test_the_words_of_the_command_line_library_are_compiled() -> None:
    compiled = build_messages.click_path().with_suffix(".mo").read_bytes()

    assert compiled == build_messages.compiled_click()


def test_a_translation_keeps_every_placeholder() -> None:
    """«{file}» in Russian is «{file}» in English as well, or the message would break."""
    catalog = build_messages.load("en")
    differing = [
        one for one in build_messages.sentences() if fields(one) != fields(str(catalog.get(one).string))
    ]

    assert differing == []


def fields(sentence: str) -> list[str]:
    """Places to fill, named or not («{}»), as often as they occur."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


def test_every_finding_says_what_is_wrong_and_what_to_do() -> None:
    """A sentence each, in Russian, ended like a sentence."""
    for code, detail in CATALOGUE.items():
        for sentence in filter(None, (detail.fact, detail.advice, detail.in_google)):
            assert re.search(r"[а-яё]{3}", sentence), code
            assert sentence[-1] in ".!…}:", (code, sentence)


@pytest.mark.parametrize(
    "page", ["README.md", "README.en.md", "CONTRIBUTING.md", "docs/buttons.md", "macros/README.md"]
)
def test_a_page_leads_only_to_files_that_exist(page: str) -> None:
    place = ROOT / page
    links = re.findall(r"\]\(([^)#:]+)\)", place.read_text(encoding="utf-8"))

    assert [link for link in links if not (place.parent / link).exists()] == []


def test_every_answer_of_a_button_is_explained_once() -> None:
    """docs/buttons.md leaves nobody alone with a sentence of the panel."""
    told = Counter(
        one for answers in button_answers.ANSWERS.values() for answer in answers for one in answer.notices
    )
    said = {one for one in Notice if one.name.startswith(("PRESS_", "KIT_"))} | {*PressNotice}

    assert said - set(told) == set()
    assert {one for one, times in told.items() if times > 1} <= {
        Notice.PRESS_DONE,
        Notice.PRESS_CONSOLIDATED,
        Notice.PRESS_NOT_SAVED,
    }


def test_every_word_of_the_macros_has_its_sentence() -> None:
    assert {f"KIT_{one.name}" for one in KitMessage} == {
        one.name for one in Notice if one.name.startswith("KIT_")
    }


def test_the_page_of_reliability_is_of_this_programme() -> None:
    """docs/reliability.md is what `make abuse` printed: every part is there, held, and is still tried."""
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    titles = re.findall(r"^## (.+)$", page, re.MULTILINE)

    assert titles == [
        "Повреждённые копии",
        "Чья копия",
        "Сверка замечает порчу свода",
        "Враждебные и битые файлы",
        "Испорченные копии",
        "Диск, обрывы и гонки",
        "Чего это не обещает",
    ]
    assert "Не выдержано" not in page
    told = {row.split("|")[1].strip() for row in section(page, titles[0]).splitlines() if row.startswith("|")}
    assert {name.replace("_", " ") for name in declared_damages()} <= told


def declared_damages() -> Iterator[str]:
    """Every kind of damage the tests know, as the programme calls it."""
    for folder in ("intake", "campaign"):
        if str(ROOT / "tests" / folder) not in sys.path:
            sys.path.insert(0, str(ROOT / "tests" / folder))
    yield from importlib.import_module("every_damage").DAMAGES
    yield from (f"file: {name}" for name in importlib.import_module("file_damages").DAMAGES)


def section(page: str, title: str) -> str:
    return page.partition(f"## {title}\n")[2].partition("\n## ")[0]
