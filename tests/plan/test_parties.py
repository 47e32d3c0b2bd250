"""A coordinator sees every «responsible» cell cut into parties, and which schools it means."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.doubts import text_of
from sheetsync.model import ParticipantKind, School, SchoolsScope
from sheetsync.plan.parties import defined_words, kind_of_party, read_parties
from sheetsync.text import skeleton

PHRASES = """
| phrase | parties | schools |
| Отдел образования, ОО | Отдел образования + ОО | all |
| Отдел образования; руководители ОУ; РМО | Отдел образования + руководители ОУ + РМО | all |
| Управление образования/школы района | Управление образования + школы района | all |
| Комитет образования⏎Руководители школ | Комитет образования + Руководители школ | all |
| Комитет образования администрации МО⏎Заречный район,⏎ОО | Комитет образования администрации МО Заречный район + ОО | all |
| МКУ «Управление образования⏎Заречного района», ОУ | МКУ «Управление образования Заречного района» + ОУ | all |
| Отдел образования Директора школ | Отдел образования + Директора школ | all |
| Управление образования ОО | Управление образования + ОО | all |
| МКУ «Управление образования» ИМЦ | МКУ «Управление образования» + ИМЦ | none |
| МКУ «Управление образования Заречного района, ИМЦ, ОО | МКУ «Управление образования Заречного района» + ИМЦ + ОО | all |
| МБУ ДО «ЦППМСП «Надежда», ОО | МБУ ДО «ЦППМСП «Надежда» + ОО | all |
| МБУ «Центр методики, диагностики и поддержки», школы | МБУ «Центр методики, диагностики и поддержки» + школы | all |
| МКУ "Центр поддержки, развития и отдыха" (директор Громов А.Б.) | МКУ "Центр поддержки, развития и отдыха" (директор Громов А.Б.) | none |
| Отдел образования и общеобразовательные организации | Отдел образования + общеобразовательные организации | all |
| УО ЦРО ОО | УО + ЦРО + ОО | all |
| ИМЦ совместно с ОО | ИМЦ + ОО | all |
| руководители и педагоги ОО | руководители и педагоги ОО | all |
| администрации школ | администрации школ | all |
| Администрация ОУ | Администрация ОУ | all |
| администрация школы | администрация школы | unclear |
| директор школы | директор школы | unclear |
| Директора школ | Директора школ | all |
| заместители директоров по УВР | заместители директоров по УВР | all |
| Заместитель директора по УВР | Заместитель директора по УВР | unclear |
| МОУ | МОУ | all |
| Школы-участницы | Школы-участницы | all |
| ШНОР | ШНОР | all |
| РМО, ШНОР | РМО + ШНОР | all |
| команды ШНОР | команды ШНОР | all |
| все школы | все школы | all |
| Все ОО района | Все ОО района | all |
| школы с низкими образовательными результатами | школы с низкими образовательными результатами | all |
| школы, показавшие низкие результаты, РМО | школы, показавшие низкие результаты + РМО | all |
| ОО, включённые в перечень, ИМЦ | ОО, включённые в перечень + ИМЦ | all |
| Школьные команды | Школьные команды | all |
| школы-кураторы | школы-кураторы | unclear |
| Школы с высокими результатами | Школы с высокими результатами | unclear |
| сельские школы | сельские школы | all |
| ОУ №1, №3, №5 | ОУ №1 + ОУ №3 + ОУ №5 | named |
| СОШ № 1, 2 и 4 | СОШ № 1 + СОШ № 2 + СОШ № 4 | named |
| МБОУ «Липовская СОШ» и МБОУ «Луговская ООШ» | МБОУ «Липовская СОШ» + МБОУ «Луговская ООШ» | named |
| МБОУ-Липовской СОШ (Ветрова Е. В.), МБОУ-Луговской СОШ (Громова А. Б.) | МБОУ-Липовская СОШ + МБОУ-Луговская СОШ | named |
| Отдел образования, МБОУ «Липовская СОШ» | Отдел образования + МБОУ «Липовская СОШ» | named |
| директор МБОУ «Липовская СОШ» | директор МБОУ «Липовская СОШ» | named |
| МБОУ «Липовская СОШ» (далее – школа) | МБОУ «Липовская СОШ» | named |
| Гимназия № 7, лицей №3 | Гимназия № 7 + лицей №3 | named |
| 1. Отдел образования⏎2. Общеобразовательные учреждения | Отдел образования + Общеобразовательные учреждения | all |
| - Отдел образования;⏎- ОО. | Отдел образования + ОО | all |
| <p>Управление образования</p><p>ОО</p> | Управление образования + ОО | all |
| Отдел общеобразовательных учреждений | Отдел общеобразовательных учреждений | none |
| специалисты отдела образования | специалисты отдела образования | none |
| Главный специалист отдела образования Ветрова Е.В. | Главный специалист отдела образования Ветрова Е.В. | none |
| методисты ИМЦ, руководители РМО | методисты ИМЦ + руководители РМО | none |
| Совет директоров школ | Совет директоров школ | none |
| учреждения дополнительного образования | учреждения дополнительного образования | none |
| ДОУ, РМО | ДОУ + РМО | none |
| Министерство образования области | Министерство образования области | none |
| Отдел культуры, спорта и молодежной политики, ОО | Отдел культуры, спорта и молодежной политики + ОО | all |
| Ветрова Е.В., методист ИМЦ | Ветрова Е.В., методист ИМЦ | none |
| Отдел образования, Ветрова Е.В. | Отдел образования + Ветрова Е.В. | none |
| А.Б. Громов Е.В. Ветрова | А.Б. Громов + Е.В. Ветрова | none |
| Громов А.Б. Ветрова Е. В. | Громов А.Б. + Ветрова Е. В. | unclear |
| Зам. директора по УВР, учителя-предметники | Зам. директора по УВР + учителя-предметники | unclear |
| Классные руководители, библиотекарь. | Классные руководители + библиотекарь | unclear |
| Отдел образования, классные руководители | Отдел образования + классные руководители | unclear |
| ОО, классные руководители | ОО + классные руководители | all |
| Общественные учреждения | Общественные учреждения | unclear |
| Образоватсльные организации | Образоватсльные организации | all |
| ПНОР | ПНОР | unclear |
| КДН и ЗП, ПДН | КДН и ЗП + ПДН | none |
| главы сельских поселений (по согласованию), ОО | главы сельских поселений (по согласованию) + ОО | all |
| Муниципальная рабочая группа | Муниципальная рабочая группа | none |
| руководители общеобразовательных организаций, специалисты УО | руководители общеобразовательных организаций + специалисты УО | all |
| МУО, директора ОУ | МУО + директора ОУ | all |
| Муниципальный координатор, школьные координаторы | Муниципальный координатор + школьные координаторы | all |
| образовательные организации дополнительного образования | образовательные организации дополнительного образования | none |
| Муниципальные общеобразовательные учреждения | Муниципальные общеобразовательные учреждения | all |
| Руководители РМО учителей-предметников | Руководители РМО учителей-предметников | none |
| МБОУ СОШ №№ 1, 3 | МБОУ СОШ № 1 + МБОУ СОШ № 3 | named |
| Педагоги-психологи ОО, ЦППМСП | Педагоги-психологи ОО + ЦППМСП | all |
| Отдел по образованию, опеке и попечительству | Отдел по образованию, опеке и попечительству | none |
| Дошкольные и общеобразовательные организации | Дошкольные и общеобразовательные организации | all |
| OO с латинскими буквами: OO | OO с латинскими буквами: OO | all |
| Школы ШНОР | Школы ШНОР | all |
| руководители школ № 1, 2 | руководители школ № 1 + руководители школ № 2 | named |
| Сотрудники ИМЦ | Сотрудники ИМЦ | none |
| Опорные школы, ШНОР | Опорные школы + ШНОР | all |
| Отдел образования.Руководители ОО. | Отдел образования + Руководители ОО | all |
| Отдел образования – руководители ОО | Отдел образования + руководители ОО | all |
| Психолого-педагогическая служба ОО | Психолого-педагогическая служба ОО | all |
| Учреждения образования | Учреждения образования | all |
| подведомственные учреждения | подведомственные учреждения | unclear |
| Все общеобразовательные учреждения | Все общеобразовательные учреждения | all |
| Липовская и Луговская СОШ | Липовская СОШ + Луговская СОШ | named |
| директор Липовской школы | директор Липовской школы | named |
| Управление образования ИМЦ ОО | Управление образования + ИМЦ + ОО | all |
| Комиссия по делам несовершеннолетних и защите их прав | Комиссия по делам несовершеннолетних и защите их прав | none |
| Школы 1, 2, 5 | Школа 1 + Школа 2 + Школа 5 | named |
| СОШ № 1-3 | СОШ № 1 + СОШ № 2 + СОШ № 3 | named |
| подведомственные ОУ | подведомственные ОУ | all |
| Ветрова А. А., заместитель начальника; Громов Б.Б., методист | Ветрова А. А., заместитель начальника + Громов Б.Б., методист | none |
| Муниципальные кураторы, ОО | Муниципальные кураторы + ОО | all |
| бряк | бряк | unclear |
"""


def grid(text: str) -> list[tuple[str, ...]]:
    """The rows of a pipe grid below its heading; ⏎ is a line break."""
    rows = [line.strip().strip("|").split("|") for line in text.strip().splitlines()]
    return [tuple(cell.strip().replace("⏎", "\n") for cell in row) for row in rows[1:]]


@pytest.mark.parametrize(("phrase", "parties", "schools"), grid(PHRASES))
def test_a_cell_is_cut_into_parties(phrase: str, parties: str, schools: str) -> None:
    """Phrases of invented orders, each as a coordinator would read it."""
    found = read_parties(phrase)

    assert " + ".join(found.parties) == parties
    assert found.schools == schools


@pytest.mark.parametrize("phrase", [row[0] for row in grid(PHRASES) if row[2] == "unclear"])
def test_what_is_not_clear_is_said(phrase: str) -> None:
    """An unclear cell always tells the coordinator why, in a whole sentence."""
    doubts = read_parties(phrase).doubts

    assert doubts
    assert all(text_of(one).endswith(".") for one in doubts)


ROSTER = (
    School("МБОУ МО Заречный район «Зареченская СОШ №2»", ("МБОУ «ЗСОШ №2»",)),
    School("МБОУ МО Заречный район «Центр образования №1»"),
    School("МБОУ- Белорябинская СОШ им. П. И. Ветрова"),
    School("МБДОУ «Детский сад №8»"),
)


@pytest.mark.parametrize(
    ("phrase", "named"),
    [
        ("ЗСОШ № 2", [ROSTER[0].name]),
        ("Отдел образования, СОШ №2, ЦО № 1", [ROSTER[0].name, ROSTER[1].name]),
        ("МБОУ-Белорябинской СОШ (Громова А. Б.)", [ROSTER[2].name]),
        ("детский сад №8", [ROSTER[3].name]),
        ("директор ЗСОШ №2", [ROSTER[0].name]),
    ],
)
def test_named_schools_get_their_official_names(phrase: str, named: list[str]) -> None:
    found = read_parties(phrase, ROSTER)

    assert found.schools is SchoolsScope.NAMED
    assert list(found.named) == named
    assert not found.doubts


def test_a_slip_of_the_scanner_in_a_name_is_recognised_and_said() -> None:
    found = read_parties("МБОУ-Белоярбинской СОШ им. П. И. Ветрова", ROSTER)

    assert found.named == (ROSTER[2].name,)
    assert [one.code for one in found.doubts] == ["party-school-slip"]


def test_a_school_the_order_does_not_list_is_said() -> None:
    found = read_parties("СОШ №9", ROSTER)

    assert found.schools is SchoolsScope.NAMED
    assert found.named == ()
    assert [one.code for one in found.doubts] == ["party-school-unknown"]


def test_schools_may_be_given_as_plain_names() -> None:
    assert read_parties("ЦО №1", ["Центр образования №1"]).named == ("Центр образования №1",)


def test_words_an_order_defines_mean_all_schools() -> None:
    """«(далее - участники проекта)» in one row gives the words of the rows below their meaning."""
    defined = defined_words("МБОУ «Липовская СОШ», ЦО №1 (далее – участники проекта)")

    assert defined == ("участники проекта",)
    assert read_parties("Участникам проекта", group_words=defined).schools is SchoolsScope.ALL
    assert read_parties("Участникам проекта").schools is not SchoolsScope.ALL


def test_an_empty_cell_is_unclear() -> None:
    found = read_parties("  ")

    assert (found.parties, found.schools) == ((), SchoolsScope.UNCLEAR)
    assert [one.code for one in found.doubts] == ["party-empty"]


KINDS = """
| party | kind |
| Отдел образования | отдел |
| Комитет по образованию администрации района | отдел |
| МКУ «Управление образования Заречного района» | отдел |
| МУО | отдел |
| МКУ «ЦРО» | учреждение |
| МКУ ДПО «ЦНППМПР» | учреждение |
| ИМЦ | учреждение |
| Информационно-методический центр | учреждение |
| МБУ ДО «ЦППМСП «Надежда» | учреждение |
| МБУ ДО «Дом детского творчества» | учреждение |
| МБОУ «Липовская СОШ» | школа |
| ЦО №1 | школа |
| РМО | |
| ТКДН | |
| ОО | |
| учреждения дополнительного образования | |
| Ветрова Е. В. | |
| директора школ | |
| специалисты отдела образования | |
| Министерство образования области | |
| ИРО | |
| главы поселений | |
"""


@pytest.mark.parametrize(("party", "kind"), grid(KINDS))
def test_only_those_who_report_are_participants(party: str, kind: str) -> None:
    assert kind_of_party(party) == (ParticipantKind(kind) if kind else None)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_no_text_stops_the_reader(phrase: str) -> None:
    """Whatever stands in the cell, it is kept as printed, and silence is never an answer."""
    found = read_parties(phrase, ROSTER)

    assert found.text == phrase
    assert found.parties or found.doubts


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["ОО", "РМО", "ИМЦ", "Отдел образования", "МБУ «Центр А, Б и В»", "Громов А.Б."]),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([", ", "; ", ",", "\n- "]),
)
def test_parties_listed_are_parties_found(parties: list[str], mark: str) -> None:
    """Any list of plain parties comes back as it was written."""
    assert list(read_parties(mark.join(parties)).parties) == parties


LABELS = Path(__file__).parents[2] / ".." / "shared" / "labels" / "responsibles.tsv"


def labelled() -> list[dict[str, str]]:
    """Real phrases with the readings of a person; tests skip where the folder is absent."""
    if not LABELS.exists():
        pytest.skip("the shared folder of real orders is absent")
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def depends_on_the_plan(row: dict[str, str]) -> bool:
    """Nothing but persons, surname first: the labels call equal phrases «none» or «unclear»
    after the plan they stood in (a ministry's or one school's), which the phrase does not tell."""
    tokens = row["tokens"].split(" | ")
    return all(re.fullmatch(r"[А-ЯЁ][а-яё]+ [А-ЯЁ]\. ?[А-ЯЁ]\.", token) for token in tokens)


@pytest.mark.real_orders
def test_parties_of_real_phrases() -> None:
    """At least 97 % of the cells are cut as the labels say (hyphens a scan lost do not count)."""
    rows = labelled()
    right = [
        row
        for row in rows
        if skeleton(" ".join(read_parties(row["phrase"]).parties)) == skeleton(row["tokens"])
    ]
    counted = [
        row
        for row in rows
        if len(read_parties(row["phrase"]).parties) == len(list(filter(None, row["tokens"].split(" | "))))
    ]

    assert len(right) / len(rows) >= 0.97
    assert len(counted) == len(rows)


@pytest.mark.real_orders
def test_schools_of_real_phrases() -> None:
    """Every decidable cell is right; of bare persons each disagreement is on the asking side."""
    wrong = [
        row
        for row in labelled()
        if read_parties(row["phrase"]).schools != row["includes_schools"].removeprefix("some ")
    ]

    assert [row["phrase"] for row in wrong if not depends_on_the_plan(row)] == []
    assert all(read_parties(row["phrase"]).schools is SchoolsScope.UNCLEAR for row in wrong)
    assert all(read_parties(row["phrase"]).doubts for row in wrong)
