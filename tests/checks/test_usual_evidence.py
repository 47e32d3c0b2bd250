"""What is read at a glance is read as the whole grammar reads it; anything odd is left to the grammar."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.checks import evidence_requisites, evidence_text, evidence_usual
from sheetsync.checks.evidence_requisites import mentions_date, names_a_day, without_own_numbers
from sheetsync.checks.evidence_text import read_any, read_clean, read_evidence
from sheetsync.checks.evidence_usual import read_usual

NAMES = (
    "приказ", "приказа", "пр-з", "пр.", "прик.", "распоряжение", "постановление", "протокол", "прот.", "пр-л",
    "аналитическая", "справка", "спр.", "св-во", "удост.", "аттестат", "свидетельство", "сертификат", "диплом",
    "удостоверение", "грамота", "благодарность", "лицензия", "соглашение", "договор", "договорились", "дог.",
    "контракт", "акт", "актив", "журнал", "журналист", "книга", "приказов", "лист", "регистрации", "письмо",
    "исх.", "вх.", "отчёт", "отчет", "план", "планируем", "график", "дорожная", "карта", "программа", "положение",
    "перечень", "список", "реестр", "рекомендации", "публикация", "статья", "сборник", "банк", "базы", "данных",
    "памятка", "служебная", "докладная", "записка", "заявка", "заявление", "сайт", "страница", "школы",
    "социальная", "сеть", "соцсеть", "вконтакте", "группе", "вк", "телеграм", "одноклассники", "фото", "скриншот",
    "видео", "не", "менее", "документ", "подписан", "владелец", "действителен", "закон", "ФЗ", "номер", "рика3",
)  # fmt: skip
WORDS = (
    "Проведено",
    "учеников",
    "педсовет",
    "в",
    "работе",
    "издан",
    "нет",
    "итоги",
    "кабинет",
    "школа",
    "об",
    "о",
)
SIGNS = (
    "5", "12.03", "12.03.2025", "1,2,2023", "12–03–2025", "О1.О9.2О23", "5 мая", "12 марта 2024 г.", "от", "№", "N",
    ".", ",", "-", "–", "«", "»", '"', "(", ")", "%", "16-90", "«10» мая", "181/1", "5-ФЗ", "п. 5", "школа.рф", "l18",
    "—", "от «", "28.05.", "книг", "учёт", "страницы", "пункт 12", "приложение № 3", "мая", "12 . 03 . 2025", "«12»",
    "№ 45-ОД от 01.03.2023", "https://school.ru/docs/2025/1.pdf", "C:\\a.pdf", "школа 5",
)  # fmt: skip
PIECE = st.one_of(st.sampled_from(WORDS), st.sampled_from(NAMES), st.sampled_from(SIGNS))
TEXT = st.builds(
    lambda parts, glue: glue.join(parts),
    st.lists(PIECE, max_size=9),
    st.sampled_from([" ", " ", "  ", "", "\n"]),
)
PAPER = st.builds(
    lambda words, parts: " ".join((*words, *parts)),
    st.lists(st.sampled_from((*NAMES, *WORDS)), min_size=1, max_size=4),
    st.tuples(
        st.builds(
            lambda sign, number, letters: sign + number + letters,
            st.sampled_from(["№ ", "№"]),
            st.sampled_from(["5", "45", "16-90", "1234", "2025-11", "7-1-2", "45/1", "001", "190/2019", "19/20", "10-1"]),
            st.sampled_from(["", "", "-ОД", "-од", "од", "/о", "О", "-П", "мар", "-мая", "Г", "-го", "З", "ФЗ", "-ФЗ", "кл"]),
        ),
        st.builds(
            lambda day, year: f"от {day}{year}",
            st.sampled_from(["01.03.2023", "31.02.2023", "12.12.2030", "1.3.23", "05.05.1985", "20.11.2019"]),
            st.sampled_from(["", "", " г.", "г.", " г", "г", " года", "."]),
        ),
    ).flatmap(st.permutations),
)  # fmt: skip
ADDRESS = st.builds(
    lambda scheme, host, path: scheme + host + path,
    st.sampled_from(["https://", "http://", "https:/"]),
    st.sampled_from(["vk.com", "1l.lo.oooo.ru", "school.ru", "-school.ru", "www.school.com", "m.vk.com", "школа.рф"]),
    st.sampled_from(["", "/", "/ru", "/group/abc", "/wall-1_2", "/No/5", "/No.pdf", "/a/b/c", "/docs/1l.lo", "/a/b/c/d.html"]),
)  # fmt: skip


@given(st.one_of(TEXT, PAPER, ADDRESS))
def test_a_glance_reads_as_the_grammar_does(text: str) -> None:
    at_a_glance = read_usual(text, read_any)

    assert at_a_glance is None or at_a_glance == read_any(text)
    assert read_evidence(text) == read_any(text)


CALM = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(NAMES),
        st.sampled_from(
            (
                "5", "12", "2025", "12.", "03.", "5,", "12,", "(5)", "5)", "5).", "12.03", "12.03,", "(12.03)", "12.03.",
                "2–9", "10:30", "10:30.", "61%", "%", "%.", "–", "—", "мая", "(мая", "Марта", "го", "гомая", "май-июнь",
                "«Мая", '"Мая', 'школа"', '5"', "5»", "5».", "руб.,", "(книг", "книги:", "(учёт", "учёта", "карты",
                "Страницы", "социальной", "сети", "аудио-видео", "...", "страниц-школы", "2025.", "нормально!",
            )
        ),
    ),
    max_size=9,
).map(" ".join)  # fmt: skip


@given(CALM)
def test_words_met_before_are_read_as_by_every_sign(text: str) -> None:
    known = read_usual(text, read_any, read_clean)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(evidence_usual, "_calm_words", lambda _typed: None)

        assert known == read_usual(text, read_any, read_clean)
    assert read_evidence(text) == read_any(text)


@pytest.mark.parametrize("pattern", [evidence_text._WORD_START, evidence_requisites._OWN_NUMBER])
@given(text=st.one_of(TEXT, CALM))
def test_one_look_lets_go_of_no_word(pattern: re.Pattern[str], text: str) -> None:
    everywhere = re.compile(pattern.pattern.replace(r"(?<!\w)(?=[а-я])", r"\b"), re.IGNORECASE)

    assert list(map(str, pattern.finditer(text))) == list(map(str, everywhere.finditer(text)))


@given(TEXT)
def test_a_day_is_named_apart_from_numbers_of_schools(text: str) -> None:
    assert names_a_day(text) == mentions_date(without_own_numbers(text))


@pytest.mark.parametrize(
    "text",
    [
        "Проведено 5 занятий. Отчёт на 17 страницах хранится в кабинете 90.",
        "Охвачено 40 учеников, справка готовится",
        "Материалы — на сайте школы, фото сделаны 12 мая",
        "Итоги подведены (протокол от 12.03.2025)",
    ],
)
def test_clean_words_that_name_a_document_are_read_without_mending(text: str) -> None:
    assert read_usual(text, read_any) is None
    assert read_usual(text, read_any, read_clean) == read_any(text)


@pytest.mark.parametrize(
    "text",
    ["Протокол в папке, номер 5", "Сведения по 273 ФЗ и приказ", "Приказ 5 от«12» марта", "Пр. О1.О9.2О23"],
)
def test_words_that_need_mending_are_left_to_the_grammar(text: str) -> None:
    assert read_usual(text, read_any, read_clean) is None


@pytest.mark.parametrize("most", [0, 1])
def test_words_met_before_are_read_as_at_first(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_usual, "_VOCABULARY", most)
    texts = ["Планируем поход", "Составлен план похода", "Проведён поход", "Планшеты розданы по списку"]

    for text in (*texts, *reversed(texts)):
        assert read_evidence(text) == read_any(text)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_document_is_passed_over(name: str) -> None:
    for text in (name, f"{name} издан", f"Проведено 12.03, {name} школы", f"Педсовет прошёл, {name} данных"):
        assert read_evidence(text) == read_any(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://s01.example.org/docs/2025/03/123456.pdf",
        "приказ № 01-45 от 12.03.2025",
        "протокол педагогического совета № 7 от 30.01.2024",
        "Проведено 12.03, участвовали 18 учителей и 375 учеников. Охват составил 61 %.",
    ],
)
def test_what_schools_write_most_needs_no_grammar(text: str) -> None:
    assert read_usual(text, read_any) == read_any(text)
    assert read_usual(text, read_any) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Приказ издан",
        "Справка на 5 страницах",
        "не менее 80 % учеников",
        "материалы на сайте",
        "приказ № 45-ОД от 31.02.2023",
        "https://school.ru",
        "https://vk.com/group",
        "C:\\Отчёты\\приказ.pdf",
        "O1.O9.2O23",
        "1. Проведено",
        "Проведено  дважды",
    ],
)
def test_what_is_odd_is_left_to_the_grammar(text: str) -> None:
    assert read_usual(text, read_any) is None
