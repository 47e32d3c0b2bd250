"""Two spellings of one school or body are seen as one, and two schools never as one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.plan.names import (
    SURE,
    best_name,
    canonical,
    merge_spellings,
    nominative,
    same_name,
    short_name,
)

PAIRS = """
| one                                          | other                                                   | same |
| МБОУ «Липовская СОШ»                         | Липовской СОШ                                           | yes |
| МБОУ-Липовской СОШ                           | МБОУ- Липовская СОШ                                     | yes |
| МБОУ–Липовской СОШ                           | МБОУ — Липовская СОШ                                    | yes |
| МКОУ «Липовская СОШ»                         | МБОУ "Липовская средняя общеобразовательная школа"      | yes |
| МБОУ МО Заречный район «Зареченская СОШ №2»  | МБОУ МО Заречный район «ЗСОШ № 2»                       | yes |
| ЗСОШ №2                                      | Зареченская средняя школа № 2                           | yes |
| ЗСОШ №2                                      | Липовская СОШ №2                                        | no |
| ЗСОШ №1                                      | ЗСОШ №2                                                 | no |
| СОШ №1                                       | СОШ №2                                                  | no |
| СОШ №1                                       | СОШ №11                                                 | no |
| СОШ № 1                                      | СОШ N1                                                  | yes |
| СОШ № 1                                      | средняя школа номер 1                                   | yes |
| СОШ 4                                        | СОШ №4                                                  | yes |
| школа-4                                      | СОШ №4                                                  | yes |
| ОУ № 5                                       | МБОУ «СОШ №5»                                           | yes |
| МОУ № 5                                      | МОУ СОШ №5                                              | yes |
| ЦО №1                                        | МБОУ «Центр образования № 1»                            | yes |
| ЦО №1                                        | МБОУ «Центр образования № 2»                            | no |
| ЦО №1                                        | СОШ №1                                                  | no |
| Липовская ООШ                                | Липовская СОШ                                           | no |
| Липовская школа                              | Липовская ООШ                                           | yes |
| МБОУ «Липовская основная общеобразовательная школа» | Липовской ООШ                                    | yes |
| МБОУ «Начальная школа № 3»                   | НОШ №3                                                  | yes |
| Гимназия № 7 имени А. Б. Ветрова             | гимназии №7                                             | yes |
| Гимназия им. Ветрова                         | Гимназия им. Громова                                    | no |
| Гимназия №7                                  | Лицей №7                                                | no |
| МАОУ «Лицей № 3» г. Заречный                 | лицея №3                                                | yes |
| МБОУ «Белоярбинская СОШ»                   | МБОУ «Белорябинская СОШ»                              | yes |
| Верхнедольская СОШ                           | Нижнедольская СОШ                                       | no |
| Верхне-Дольская СОШ                          | Верхнедольская СОШ                                      | yes |
| В-Дольская СОШ                               | Верхне-Дольская СОШ                                     | yes |
| Н-Дольская СОШ                               | Верхне-Дольская СОШ                                     | no |
| СОШ №2 с. Луговое                            | СОШ №2 с. Ягодное                                       | no |
| МБОУ СОШ с. Луговое                          | СОШ с. Лугового                                         | yes |
| МБОУ «Липовская СОШ» (Ветрова Е. В.)         | Липовская СОШ                                           | yes |
| МКДОУ «Детский сад №5»                       | СОШ №5                                                  | no |
| МБДОУ №5                                     | детский сад № 5                                         | yes |
| МБОУ «Росток»                                | МБОУ «Росинка»                                          | no |
| Комитет образования администрации МО Заречный район | Комитет по образованию                           | yes |
| Отдел образования                            | Управление образования                                  | no |
| МКУ ДПО «ЦНППМПР»                            | Центр непрерывного повышения профессионального мастерства педагогических работников | yes |
| ИМЦ                                          | МКУ «Информационно-методический центр»                  | yes |
| МБУ ДО «ЦППМСП «Надежда»                     | ЦППМСП «Надежда»                                        | yes |
| Липовская СОШ                                | Комитет образования                                     | no |
| МБОУ СОШ им. Героя Советского Союза И.И. Ветрова с. Луговое | СОШ с. Луговое                           | yes |
| МБОУСОШ №2                                   | СОШ №2                                                  | yes |
| Липовская С0Ш                                | Липовская СОШ                                           | yes |
| МБОУ «СОШ п. Первомайский»                   | Первомайская СОШ                                        | yes |
| Районный методический кабинет                | РМК                                                     | yes |
| Управление по образованию                    | МУ «Управление по образованию и работе с молодёжью»     | yes |
| Берёзовская СОШ                              | Березинская СОШ                                         | no |
| МБОУ «Гимназия №1»                           | МБОУ «Прогимназия №1»                                   | no |
| Лицей «Росток»                               | МБОУ лицей «Искра»                                      | no |
| Новолиповская СОШ                            | Старолиповская СОШ                                      | no |
| МБОУ «ЛИПОВСКАЯ СОШ»                         | Липовская СОШ                                           | yes |
| МБОУ «Липовская CОШ» с латинской C           | Липовская СОШ                                           | yes |
"""

SHORT = """
| official | short |
| МБОУ МО Заречный район «Зареченская СОШ №2» | Зареченская СОШ №2 |
| Муниципальное казенное общеобразовательное учреждение «Средняя общеобразовательная школа №4» г.п. Ольхово Заречного муниципального района | СОШ №4 г.п. Ольхово |
| Муниципальное бюджетное общеобразовательное учреждение «Центр образования №1» | ЦО №1 |
| МБОУ- Липовская СОШ им. П. И. Ветрова | Липовская СОШ |
| МБОУ «Гимназия «Росток» | Гимназия «Росток» |
| МБУ ДО МО Заречный район «ЦППМСП «Надежда» | ЦППМСП «Надежда» |
| МКУ «Управление образования Заречного муниципального района» | Управление образования |
| Комитет образования администрации МО Заречный район | Комитет образования |
| МКУ ДПО МО Заречный район «ЦНППМПР» | ЦНППМПР |
| МАОУ Лицей №3 имени А.С. Громова г. Заречный | Лицей №3 г. Заречный |
| ОГБОУ "Школа-интернат № 6" | Школа-интернат № 6 |
| Отдел образования | Отдел образования |
| Муниципальное общеобразовательное учреждение «Липовская средняя общеобразовательная школа имени Героя Советского Союза П.П. Громова» Заречного района | Липовская СОШ |
| Управление образования муниципального района «Дальний район» | Управление образования |
"""


def grid(text: str) -> list[tuple[str, ...]]:
    """The rows of a pipe grid below its heading."""
    rows = [line.strip().strip("|").split("|") for line in text.strip().splitlines()]
    return [tuple(cell.strip() for cell in row) for row in rows[1:]]


@pytest.mark.parametrize(("one", "other", "same"), grid(PAIRS))
def test_a_coordinator_meets_one_school_in_two_spellings(one: str, other: str, same: str) -> None:
    """Every pair is judged as a person who knows the district would judge it, both ways round."""
    assert (same_name(one, other) >= SURE) is (same == "yes"), same_name(one, other)
    assert same_name(one, other) == same_name(other, one)


@pytest.mark.parametrize(("official", "short"), grid(SHORT))
def test_a_column_is_headed_by_a_short_name(official: str, short: str) -> None:
    assert short_name(official) == short


ROSTER = (
    "МБОУ МО Заречный район «Зареченская СОШ №1»",
    "МБОУ МО Заречный район «Зареченская СОШ №2»",
    "МБОУ МО Заречный район «Центр образования №1»",
    "МБОУ МО Заречный район «Липовская ООШ»",
)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Отчёт МБОУ «ЗСОШ № 2» за 2023 год", ROSTER[1]),
        ("Полное название школы: Липовская основная школа", ROSTER[3]),
        ("ЦО №1", ROSTER[2]),
        ("СОШ №1", ROSTER[0]),
        ("СОШ №7", None),
        ("Зареченская СОШ", None),
        ("Школа №1", None),
        ("", None),
    ],
)
def test_a_form_is_recognised_by_the_name_in_its_header(header: str, expected: str | None) -> None:
    """A weak or ambiguous header recognises nobody («Школа №1»: СОШ №1 or ЦО №1?)."""
    found = best_name(header, ROSTER)

    assert (found and found[0]) == expected


def test_spellings_of_an_order_become_schools() -> None:
    """The dative of the order's text and a slip of the scan join the table's spelling."""
    schools = merge_spellings(
        [
            "МБОУ-Липовской СОШ",
            "МБОУ-Белоярбинской СОШ им. П. И. Ветрова",
            "МБОУ- Липовская СОШ",
            "МБОУ- Белорябинская СОШ им. П. И. Ветрова",
            "ЗСОШ №1",
            "МБОУ «Зареченская СОШ №1»",
            "ЗСОШ №2",
        ]
    )

    assert [school.name for school in schools] == [
        "МБОУ- Липовская СОШ",
        "МБОУ- Белорябинская СОШ им. П. И. Ветрова",
        "МБОУ «Зареченская СОШ №1»",
        "ЗСОШ №2",
    ]
    assert schools[0].aliases == ("МБОУ-Липовской СОШ",)
    assert schools[2].aliases == ("ЗСОШ №1",)


def test_a_name_known_only_in_the_dative_becomes_nominative() -> None:
    assert nominative("МБОУ-Липовской СОШ им. П. И. Ветрова") == "МБОУ-Липовская СОШ им. П. И. Ветрова"
    assert nominative("Средней общеобразовательной школе №3") == "Средняя общеобразовательная школа №3"
    assert nominative("Отдела образования") == "Отдел образования"
    assert nominative("РМО") == "РМО"


def test_spellings_of_one_school_have_one_key() -> None:
    assert canonical("МБОУ-Липовской СОШ № 2") == canonical("МКОУ «Липовская средняя школа №2»")


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(["СОШ", "ООШ", "лицей", "гимназия", "ЦО"]))
def test_numbers_always_decide(one: int, other: int, kind: str) -> None:
    """Whatever the kind, schools are one exactly when their numbers are."""
    assert (same_name(f"МБОУ {kind} № {one}", f"{kind} №{other}") >= SURE) is (one == other)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_has_a_confidence(one: str, other: str) -> None:
    """Whatever people type, the answer lies between 0 and 1 and does not depend on the order."""
    assert 0.0 <= same_name(one, other) <= 1.0
    assert same_name(one, other) == same_name(other, one)
    assert isinstance(short_name(one), str)
    assert isinstance(nominative(one), str)
