"""Scans, stamps, blanks, torn links, documents that are not there yet: what schools send as confirmation.

Judged by hand before the program read them; it was mended until it judged alike.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sheetsync import read_evidence
from sheetsync.doubts import text_of

TEXTS = """
Пр0токол № 3 от 01.02.2023 | yes
Приказ Nº 5 от 01.02.2023 | yes
Приказ No 45 от 12.03.2023 | yes
Приказ No. 45 от 12.03.2023 | yes
Приказ # 45 от 12.03.2023 | yes
приказ номер 45 от 12.03.2023 | yes
приказ от 12 марта 2023 номер 45 | yes
Приказ №45 (12.03.2023) | yes
Приказ №45, 12.03.2023 | yes
Приказ от 12.03.2023г.№45-од | yes
ПРИКАЗ №45/2-од от 12.03.23г | yes
Приказ 45-од от 12.03.2023 | yes
Приказ №45 от 12.03.23 и №46 от 13.03.23 | yes
Приказ от 01.09.02017 № 5 | weak
Приказ № 5 от 12 марта | weak
Приказ № 5 за 2023 год | weak
Приказ № 5 от __.__.2023 | no
Приказ от «__» марта 2023 № 5 | no
Приказ № 5 от «  »          2023 г. | no
Приказ №       от                2023 г. | no
Протокол № ___ от ____________ | no
ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ Сертификат: 00A1B2C3 Владелец: Ветрова Елена Викторовна Действителен с 01.01.2023 до 01.01.2024 | no
Сертификат 01D9A3F4 Владелец Ветрова Е.В. Действителен: с 12.05.2023 по 12.08.2024 | no
Приказ № 5 от 01.02.2023 Документ подписан электронной подписью Сертификат: 00A1B2C3 Владелец: Ветрова Действителен с 01.01.2023 до 01.01.2024 | yes
Подписано цифровой подписью: Ветрова Е.В. Дата: 2023.05.12 10:22:33 +03'00' | no
Приказ МБОУ «Школа №5» №45 от 12.03.2023 | yes
Приказ МБОУ «Школа №5» от 12.03.2023 | weak
Протокол № 3 педсовета школы № 5 от 01.02.2023 | yes
Приказ по лицею №3 от 12.03.2023 | weak
Приказ МКДОУ детский сад № 5 от 12.03.2023 | weak
Приказ МБОУ «СОШ №12 г. Липовска» от 12.03.2023 | weak
Приказ №45 от 12,03,2023 | yes
приказ № 45 от 12.03.2023r. | yes
Приказ № З от 12.03.2023 | weak
Прика3 № 5 от 12.03.2023 | yes
Приказ № 5 от О1.09.2023 | yes
Приказ № 5 от 01.О9.2023 | yes
Приказ от 1 сентября 2023 г. N 15-П | yes
Приказ от 01/09/2023 №15 | yes
Приказ № 15 от 01-09-2023 | yes
Приказ №15 01.09.2023 | yes
01.09.2023 №15 приказ | yes
№ 15 от 01.09.2023 (приказ) | yes
Выписка из протокола № 2 от 01.09.2023 | yes
Протоколы педсоветов № 1 от 30.08.2023, № 2 от 10.11.2023, № 3 от 12.01.2024 | yes
Протокол родительского собрания №2 от 10.2023 | weak
Справка ВШК б/н от 12.03.2023 | weak
справка без номера | weak
Ссылка на сайт | no
скриншот | no
фотоотчет | no
фото прилагаются | no
видеозапись занятия | no
Отчет размещен на сайте школы | weak
http:// | no
https://lipovka.ru/documents/prikaz.pdf; приказ | yes
school.lipovka.ru/news/2023/05/12 | yes
http:/lipovka.ru/news/1 | yes
https:\\\\lipovka.ru\\news\\1 | yes
https ://lipovka.ru/news/1 | yes
сайт: lipovka.ru | weak
lipovka-school.edusite.ru/p12aa1.html | yes
https://sh-lipovskaya-r04.gosweb.gosuslugi.ru/glavnoe/novosti/ | yes
sferum.ru | weak
https://vk.com/club123456 | weak
https://vk.com/club123456?w=wall-123456_78%2Fall | yes
https://disk.yandex.ru/client/disk/Отчёт | yes
https://cloud.mail.ru/home/ | weak
Соглашение о сотрудничестве № 3 от 12.02.2023 | yes
Партнерское соглашение от 12.02.2023 | weak
Договор между школами от 12.02.2023 № 3 | yes
Программа развития (приказ № 33 от 01.09.2022) | yes
Программа развития утверждена приказом от 01.09.2022 | weak
Утверждена программа развития | weak
план ВШК, приказ №7 от 01.09.2023 | yes
Составлен план работы | weak
Протокол ПМПк №4 от 11.10.2023г | yes
АООП, приказ от 30.08.23 №77-о/д | yes
Проведено 3 семинара, протоколы № 1 от 12.02.2023, № 2 от 12.03.2023, № 3 от 12.04.2023 | yes
Проведено 3 семинара | no
Проведено не менее 2-х семинаров | no
Обучено 5 педагогов, сертификаты | weak
Сертификат № 00123 от 12.03.2023 (5 чел.) | yes
Приказ Министерства просвещения РФ от 31.05.2021 № 287 | yes
Протокол №1 от 32.08.2023 | weak
Приказ № 5 от 00.00.2023 | weak
Приказ № 5 от 01.09.202 | weak
Приказ № 5 от 01.09.20223 | weak
Приказ № 5 от 01.092023 | weak
Приказ № 01.09 от 01.09.2023 | yes
Приказ № 01.09.2023 | weak
Приказ 12.03.2023 | weak
Акт № 2 от 03.04.2023 | yes
актуально | no
активная работа | no
Письменные ответы | no
Письмо в управление образования | weak
В журнале 9 класса | weak
книга приказов | weak
запись в книге протоколов № 4 | weak
Распоряжение главы №12-р от 12.03.2023 | yes
Пост. №12 от 12.03.2023 | yes
Расп. №12 от 12.03.2023 | yes
пр-з №12 от 12.03.2023 | yes
Пр-зы № 12 от 12.03.2023 | yes
прик. № 12 от 12.03.2023 | yes
Спр. № 12 от 12.03.2023 | yes
Протокол № 1 от 12.03.2023, С. Петрова | yes
дата 12.03.2023, номер 5 | weak
вх. № 12 от 12.03.2023 | yes
Телефон 8-900-123-45-67 | no
ИНН 7701234567 | no
Приказ №1 , от 12 . 03 . 2023 | yes
Приказ№12от12.03.2023г | yes
Приказ № 12 -од от 12. 03. 2023 | yes
Приказ № 12–ОД от 12–03–2023 | yes
Приказ от двенадцатого марта № 5 | weak
приказ не издан | no
протокола нет | no
нет приказа | no
Приказ в работе | no
Приказ готовится | no
Приказ будет издан | no
приказ отсутствует | no
не издавался приказ | no
Приказ № 5-од от 1.2.2023 | yes
«Об утверждении плана» приказ от 12.01.2023 года № 7 | yes
Приказ директора школы от «01» сентября 2023 г. № 112-о «О наставничестве» | yes
Пpикaз №12 oт 12.03.2023 | yes
ПРИКАЗ№12ОТ12.03.2023 | yes
Протокол N1 от 30.08.2023, протокол N2 от 03.11.2023 | yes
Прот. педсовета № 4 (28.03.2023) | yes
Протокол заседания педагогического совета от 28 марта 2023г., №4 | yes
Решение педсовета (протокол № 4 от 28 марта 2023г) | yes
Приказ «О проведении ВПР» № 25 от 01.03.2023 размещен на сайте | yes
Приказ Управления образования № 25 от 01.03.2023 | yes
Приказ ГБУ ДПО «ИРО» № 25 от 01.03.2023 | yes
Протокол совещания при директоре №7 от 14 апреля | weak
Справка № 3 от 14.04.23 по итогам контроля | yes
Справка по итогам контроля (№ 3 от 14.04.23) | yes
Справка от 14 апреля 2023 № 3 | yes
Справка по школе №3 от 14.04.2023 | weak
Справка МБОУ СОШ №3 от 14.04.2023 №12 | yes
МБОУ "СОШ № 3", приказ от 14.04.2023 № 12 | yes
Приказ МБОУ «Гимназия № 2» от 12.02.2023 № 14-ОД | yes
Приказ № 14-ОД МБОУ «Гимназия № 2» от 12.02.2023 | yes
приказ по МОУ Липовская СОШ №2 № 45 от 03.03.2023 | yes
Приказ заведующего МАДОУ №7 от 03.03.2023 | weak
Приказ ЦО №1 от 03.03.2023 | weak
Приказ по МБОУ ЦО № 1 от 03.03.2023 № 1/5-о | yes
Приказ №__от__.__.____ | no
Приказ от «____»_________20__г. №____ | no
Протокол №_____ от «_____»___________2023 г. | no
Договор № ___ от «__» ______ 20__ г. | no
Приложение к приказу от ______ № ____ | no
Приказ № ____ от 01.09.2023 (копия прилагается) | no
приказ № ... от ... | no
Приказ от 01.09.20223 № 5 | weak
Приказ от 01.09.0203 № 5 | weak
Приказ от 01.09.223 № 5 | weak
Приказ от 29.02.2023 № 5 | weak
Приказ от 2023.09.01 № 5 | yes
Приказ от 01 .09. 2023 № 5 | yes
Приказ от 01.09.2023г.№5 | yes
Приказ от 1-го сентября 2023 г. № 5 | yes
Приказ от 1 сентября 2023 № 5/1-п | yes
Приказ № 5/1-п/2023 от 1 сентября 2023 | yes
Приказ № 2023-5 от 1.09.2023 | yes
Приказ № 01-09/55 от 1.09.2023 | yes
Приказ № 1.09-ОД от 1.09.2023 | yes
Приказ № 12.03.2023 | weak
Приказ № 12.03.2023-1 от 12.03.2023 | yes
Приказ №12.03.2023/5 от 12.03.2023 | yes
Приказ № 03.2023 от 12.03.2023 | yes
ГIриказ Ns 5 от 01.09.2023 | yes
Ilриказ № 5 от 01.09.2023 | yes
Приказ № 5 oт 01.09.2023 | yes
Приказ № 5 от 01.09.2О23 | yes
Приказ Jф 5 от 01.09.2023 | weak
Прказ № 5 от 01.09.2023 | weak
приказ№5 | weak
ссылка: http://sh1.ru/docs/5 | yes
ссылка на приказ http://sh1.ru/docs/5 | yes
sh1.ru | weak
sh1.ru/ | weak
http://www.sh1.ru | weak
https://sh1.ru/sveden | yes
Сайт МБОУ СОШ №3 http://school3.ru | weak
https://lipovka-r71.gosweb.gosuslugi.ru/ | weak
Группа школы https://vk.com/lipovka | weak
https://vk.com/lipovka?w=wall-1_2 | yes
https://vk.com/public123 | weak
https://vk.com/feed | weak
https://vk.com/video-1_2 | yes
https://ok.ru/profile/55/statuses/66 | yes
t.me/school3/77 | yes
@school3 | no
https://youtu.be/abc123 | yes
https://www.youtube.com/watch?v=abc | yes
https://www.youtube.com/channel/UC123 | weak
https://docs.google.com/document/d/1abc/edit | yes
yadi.sk/d/abc | yes
cloud.mail.ru/public/abc/def | yes
drive.google.com/drive/folders/abc | yes
bit.ly/3abcd | yes
файл на рабочем столе | no
D:\\Документы\\приказ.docx | no
\\\\fileserver\\docs\\приказ | no
file:///C:/Users/doc.pdf | no
/home/user/doc.pdf | weak
приказ.docx | weak
Протокол_педсовета_№3_от_12.03.2023.pdf | yes
IMG_2023.jpg | weak
скан.jpg | weak
Проведён мониторинг | no
Справка о результатах мониторинга подготовлена | weak
отчет сдан | weak
Отчёт направлен в отдел образования 12.03.2023 | weak
Информация направлена на эл.почту | no
Разработаны планы | weak
План утвержден приказом № 5 от 01.02.2023 | yes
План мероприятий утвержден | weak
ИОМ разработаны для 5 учащихся | no
Сертификаты у 5 педагогов | weak
Благодарственное письмо | weak
Курсы пройдены, удостоверения 2 шт | weak
Удостоверение ПК № 1234 рег. № 56 от 01.02.2023 | yes
Диплом 1 степени | weak
Грамота № 5 от 12.03.2023 | yes
Лицензия № 1234 от 12.03.2015 | yes
Журнал посещаемости | weak
Классный журнал | weak
электронный журнал | weak
Книга приказов № 5 | weak
Соглашение о партнёрстве между школами от 01.02.2023 № 1 | yes
Соглашение | weak
соглашение не заключено | no
Договор заключен | weak
в стадии подписания | no
Договор на подписании | no
см. выше | no
см. п. 1.1 | no
то же | no
- // - | no
аналогично п. 1.2 | no
приказ тот же | weak
Протокол от 12.03.2023 | weak
№ 5 | no
от 12.03.2023 | no
12.03.2023 № 5 | weak
5 от 12.03.2023 | weak
8(48752)2-12-34 | no
info@school.ru | no
СНИЛС 112-233-445 95 | no
Семинар 12.03.2023 (15 чел.) | no
Кол-во участников 25 | no
Приказы: № 5 от 01.02.2023; № 6 от 02.02.2023 | yes
Распоряжение № 5-р от 01.02.2023 | yes
Пост. админ. № 5 от 01.02.2023 | weak
Устав школы | no
ВСОКО (Положение) | weak
Локальный акт | weak
локальные акты школы | weak
НПА | no
Приказ об утверждении ВСОКО от 31.08.2022г. № 98 | yes
Приказ от 31 авг. 2022 № 98 | yes
Приказ от 31/VIII-2022 № 98 | weak
Протокол №1 от 30.08. 23 | yes
Протокол № 1 от 30.08.23 г., протокол № 2 от 01.11.23 г. | yes
"""

KINDS = """
Приказ № 5 от 01.02.2023, https://sh1.ru/docs/5 | order, number, date, link
Размещено на сайте школы | site page
Протокол и лист регистрации | protocol, journal
Соглашение о сотрудничестве № 3 от 12.02.2023 | agreement, number, date
Договор о сотрудничестве № 3 от 12.02.2023 | agreement, number, date
Договор № 3 от 12.02.2023 | contract, number, date
Договорились о встрече |
Фотоотчёт в группе ВКонтакте | photo, social network
Аналитическая справка от 12.02.2023 | analytical note, date
Справка, приказ | note, order
Скриншот журнала | photo, journal
Положение о ВСОКО (приказ № 5 от 01.02.2023) | regulation, order, number, date
Письмо отдела от 12.02.2023 № 5 | letter, number, date
Программа развития | programme
Дорожная карта | plan
Список педагогов, сертификаты | list, certificate
Отчёт.docx | report, file
12 марта провели семинар | date
Подготовлена |
80 % |
Акт № 3 от 12.02.2023 | act, number, date
Статья в газете «Заря» | publication
Методические рекомендации | recommendations
Служебная записка | memo
Банк данных | data bank
приказ не издан |
Приказ № 5 | order, number
"""


def rows(text: str) -> list[list[str]]:
    return [[part.strip(" ") for part in line.rsplit("|", 1)] for line in text.strip().splitlines()]


@pytest.mark.parametrize(("text", "sufficient"), rows(TEXTS))
def test_a_confirmation_is_judged_as_a_coordinator_would(text: str, sufficient: str) -> None:
    assert read_evidence(text).sufficient == sufficient


@pytest.mark.parametrize(("text", "kinds"), rows(KINDS))
def test_every_kind_a_phrase_names_is_found(text: str, kinds: str) -> None:
    named = set(read_evidence(text).kinds)

    assert named == {kind for kind in kinds.split(", ") if kind}


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Аналитическая справка", ["нет номера", "нет даты"]),
        ("Приказ № 5", ["нет даты"]),
        ("Справка от 05.04.2023", ["нет номера"]),
        ("Проведено не менее 2 семинаров", ["слова плана"]),
        ("Приказ № 5 от 01.02.2023", []),
        ("Приказ № 5 от 01.02.2023, справка", []),
        ("Подготовлена", []),
    ],
)
def test_what_a_weak_confirmation_lacks_is_said(text: str, doubts: list[str]) -> None:
    said = [text_of(one) for one in read_evidence(text).doubts]

    assert len(said) == len(doubts)
    assert all(part in sentence for part, sentence in zip(doubts, said, strict=True))


def test_a_stamp_of_a_signature_hides_no_document() -> None:
    stamp = "Документ подписан электронной подписью Сертификат: 00A1B2 Владелец: Ветрова Действителен с 01.01.2023"
    (item,) = read_evidence(f"Приказ № 5 от 01.02.2023\n{stamp} до 01.01.2024").items

    assert (item.kind, item.number, str(item.date)) == ("order", "5", "2023-02-01")


LABELS = Path(__file__).parents[2] / ".." / "shared" / "labels" / "evidence.tsv"


@pytest.mark.real_orders
def test_an_unclear_real_phrase_raises_a_doubt() -> None:
    if not LABELS.exists():
        pytest.skip("the shared folder of real orders is absent")
    with LABELS.open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    unclear = [row["phrase"] for row in read if row["sufficient"] == "unclear"]

    assert unclear
    assert [phrase for phrase in unclear if not read_evidence(phrase).doubts] == []
