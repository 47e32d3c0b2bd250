"""Confirmations as schools print them, written before the program was shown them, in six lots.

Judged by the conventions of the labelled phrases: «weak or no» is a document that is only named,
«doubtful» one whose requisites are damaged, so that at least a doubt is said.
"""

from __future__ import annotations

import pytest

from sheetsync import read_evidence
from sheetsync.checks.evidence_cleaning import misread_requisites
from sheetsync.model import Evidence

TEXTS = """
yes | order | Приказ № 42.6 от 01.09.2022
yes | order | приказ от 16.02.2024г. № 41-од
yes | protocol | Протокол от 27.08.2019г.№1
yes | order | Приложение № 67 к приказу от 30.08.2021г. №01-03\\482
yes | protocol | от « 23» марта 2017 г Протокол №1
yes | protocol | протокол № 3 от _11.11.2024 г.
yes | order | приказ № 203 - О от 11.11.2024 г.
yes | order | Постановление администрации округа от 24.11.2015 № 1522-П
yes | order | утв. приказом школы от6 октября 2023г.№373
yes | order | Приказ от 26 марта 2023 года №698 «О реализации мероприятий»
yes | letter | письмо от 14.09.2021 г. №03-1510
yes | letter | Письмо управления образования от 15.09.2023 г. №АЗ-581\\03
yes | letter | исх. № 01-01/21-326 от «28» октября 2023 г.
yes | order | «30» августа 2023 г. приказ № 60
yes | protocol | Рассмотрено на педагогическом совете (протокол №1 от 29.08.2023 г.), утверждено приказом №112 от 30.08.2023
yes | order | «31» августа 2023 г. № 97о приказ директора школы
yes | order | Пр. № 45 от 12.09.23
yes | order | пр.№45 от 12.09.2023г
yes | order | пр. 45-од от 12.09.2023
yes | order | Пр-з №15-О от 18.01.2023г.
yes | protocol | прот. № 4 от 27.12.2022
yes | protocol | прот.№4 от 27.12.22г.
yes | order | расп. № 17-р от 03.02.2023
yes | certificate | св-во о регистрации № 1234 от 05.05.2020
yes | certificate | Сертификат № 77-04512 от 12.11.2023
yes | certificate | Удостоверение о повышении квалификации № 612417 от 25.06.2023 г.
yes | certificate | Удостоверение 782400056712, рег. № 4512, дата выдачи 15.03.2023
yes | certificate | Диплом победителя муниципального конкурса № 12 от 10.04.2023
yes | agreement | Соглашение о сотрудничестве № 3 от 01.09.2023
yes | contract | Договор № 12/2023 от 20.02.2023 г.
yes | contract | договор от 01.09.2023 № 5 с Центром дополнительного образования
yes | contract | Договор о сетевой форме реализации образовательных программ от 1 сентября 2023 г. № 2
yes | agreement | договор о сотрудничестве с библиотекой № 7 от 14.09.2023
yes | act | Акт готовности школы к новому учебному году от 10.08.2023 № 15
yes | act | акт проверки №2 от 5.10.2023
yes | note | Справка № 5 от 22.12.2023
yes | note | справка от 22.12.2023 № 5 по итогам ВШК
yes | analytical note | Аналитическая справка № 3 от 15.05.2023г.
yes | analytical note | аналитическая справка по итогам мониторинга от 30.12.2022 г. № 14
yes | order | Издан приказ по школе от 12 сентября 2023 года № 87/2 «Об утверждении плана работы со слабоуспевающими»
yes | order | приказ №181/1-ОД от 13.09.2021г.
yes | order | приказ 181/1-ОД от 13.09.2021
yes | order | приказ от 13.09.2021 181/1-ОД
yes | order | Приказ МБОУ «СОШ № 4» от 01.09.2022 № 21/1
yes | order | Приказ МБОУ СОШ №7 №56-п от 02.10.2023
yes | order | приказ директора МКОУ «Лесная ООШ» № 33 от 04 октября 2023
yes | order | Приказ №128 от «15» сентября 2023г.
yes | order | Приказ № 128 от 15 сентября 2023
yes | order | Приказ N 128 от 15/09/2023
yes | order | Приказ №128 от 2023-09-15
yes | order | приказ № 128 (15.09.2023)
yes | order | приказ (№ 128 от 15.09.2023)
yes | order | Приказ №128, 15.09.2023
yes | order | Приказ 15.09.2023 №128
yes | order | приказ № 128 15.09.2023 г.
yes | order | Приказ 128 от 15.09.2023
yes | order | приказ №128-осн. от 15.09.2023
yes | order | Приказ № 01-10/128 от 15.09.2023 г. «О назначении ответственных»
yes | order | Приказ № I-15 от 12.01.2023
yes | protocol | Протокол № II от 11.11.2023
yes | protocol | Протокол педсовета №2 от 08.11.2023
yes | protocol | протокол заседания ШМО учителей математики № 3 от 11.01.2023
yes | protocol | Протокол общешкольного родительского собрания № 1 от 20.09.2023
yes | protocol | Протоколы родительских собраний: № 1 от 15.09.2023, № 2 от 22.12.2023
yes | protocol | Протоколы заседаний Управляющего совета №1 от 14.09.23г., №2 от 20.12.23г., №3 от 15.03.24г.
yes | protocol | Совещание при директоре (протокол № 5 от 16.10.2023г)
yes | order, protocol | Приказ №34 от 01.03.2023; протокол №6 от 28.02.2023
yes | order, note | Приказ № 77 от 05.10.2023 г., справка от 25.10.2023
yes | order, link | Приказ № 77 от 05.10.2023 г., https://school5.edu.example.ru/docs/prikaz77.pdf
yes | link | https://vk.com/wall-123456789_987
yes | link | https://vk.com/club123456?w=wall-123456_789
yes | link | vk.com/wall-203045_1123
yes | link | https://t.me/school_news/451
yes | link | https://t.me/s/school_news/451
yes | link | https://disk.yandex.ru/d/AbCdEf123456
yes | link | https://disk.yandex.ru/i/Q1w2E3r4
yes | link | https://yadi.sk/d/abcDEF
yes | link | https://cloud.mail.ru/public/AbCd/EfGhIjKl
yes | link | https://drive.google.com/file/d/1A2B3C4D5E6F/view?usp=sharing
yes | link | https://docs.google.com/document/d/1xYz_2/edit
yes | link | https://ok.ru/group/5512345678/topic/15512345
yes | link | https://rutube.ru/video/0123456789abcdef/
yes | link | https://www.youtube.com/watch?v=dQw4w9WgXcQ
yes | link | https://sh-lesnaya.gosweb.gosuslugi.ru/roditelyam-i-uchenikam/novosti/novosti-193_15.html
yes | link | http://лесная-школа.рф/новости/2023/10/12
yes | link | https://xn--80aafg3bl.xn--p1ai/news/125
yes | link | Размещено на сайте школы: https://school5.example.ru/news/2023/125
yes | link | Информация размещена в группе ВК https://vk.com/wall-55_66
yes | link | school5.example.ru/file/card?id=2224
yes | link | Ссылка на новость: www.school5.example.ru/index.php?id=45
yes | link | http://school5.example.ru/DswMedia/plan2023.pdf
yes | letter | Письмо № 145 от 20.11.2023 направлено в управление образования
yes | letter | исх. №145 от 20.11.2023
yes | letter | вх. № 87 от 03.04.2023
yes | letter | информационное письмо ИМЦ от 10.10.2023 №215
yes | order | Постановление от 31.07.2023 N 159-РГ
yes | order | Распоряжение управления образования № 12-р от 09.01.2023 года
yes | regulation | Положение о наставничестве, утв. приказом № 60 от 23.08.2021
yes | plan | План работы утвержден приказом от 31.08.2023 № 145
yes | programme | Программа развития утверждена (приказ № 203-О от 11.11.2024)
yes | order | Создана рабочая группа. Приказ №5/1-о от 11.01.2023
yes | order | 1) Приказ № 12 от 14.01.2023 2) Приказ № 13 от 14.01.2023
yes | order | Назначен ответственный - приказ от 10.01.2023 г. - № 4
yes | order | приказ — № 4 — 10.01.2023 г.
yes | order | Приказ от «10» января 2023 г. № 4-од
yes | order | ПРИКАЗ ОТ 10.01.2023 Г. № 4
yes | order | Приказ от 10.01.2023г.№4"Об организации"
yes | order | Приказ №4 от 10 .01. 2023
yes | order | Приказ №4 от 10,01,2023
yes | order | приказ № 4 от 10 янв. 2023
yes | journal | Журнал инструктажей № 3, запись от 12.09.2023
no |  | Проведено
no |  | Выполнено в полном объеме
no |  | Исполнено
no |  | да
no |  | +
no |  | -
no |  | 100%
no |  | охвачено 245 обучающихся
no |  | 15.09.2023
no |  | сентябрь 2023 г.
no |  | Проведено 15.09.2023, приняли участие 24 педагога
no |  | Работа ведется постоянно
no |  | в течение года
no |  | Педагоги прошли курсы повышения квалификации (5 чел.)
no |  | Проведены классные часы в 1-11 классах
no |  | 3 семинара, 45 участников
no | site page | Информация размещена на сайте школы
no | site page | см. сайт школы
no | site page | сайт
no | social network | Освещено в соцсетях
no | social network | Телеграм-канал школы
no | site page | Сведения размещены на официальном сайте в разделе «Сведения об образовательной организации»
no |  | указать реквизиты документа
no |  | № ___ от ________
no | order | приказ № ____ от «__» ______ 20__ г.
no | order | Приказ № от
no | protocol | протокол №___ от 12.10.2023
no | protocol | Протокол №      от      2023 г.
no |  | МБОУ «СОШ № 5», ул. Школьная, д. 12
no |  | тел. 8(00000) 2-12-45
no |  | school5@mail.example.ru
no |  | направлено на school5@mail.example.ru 15.10.2023
no |  | ISBN 978-5-09-071234-5
no |  | Школа № 15 приняла участие 12.10.2023
no |  | кабинет № 12, 12.10.2023 г.
no |  | ФЗ № 273-ФЗ от 29.12.2012
no |  | в соответствии с Федеральным законом от 29.12.2012 № 273-ФЗ «Об образовании в Российской Федерации»
no |  | приняло участие 12 учителей из школы №3 в 2023 году
no |  | нет
no |  | не предусмотрено
no |  | планируется
no |  | Подписано цифровой подписью: МАОУ СОШ №7 Дата: 2021.08.30 11:31:53 +03'00'
no |  | ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ Сертификат: 00D5F3A1B2C4 Владелец: Иванова Мария Петровна Действителен: с 12.01.2023 по 06.04.2024
no |  | Приказано считать исполненным
no |  | Участие в акции «Письмо солдату»
no |  | Документально подтверждено
no |  | Приложение 1
no |  | Приложение № 2 к плану
no |  | п. 2.3 плана
no |  | СП 2.4.3648-20
no |  | Согласно графику
no |  | По плану
no |  | Согласно плану работы школы на 2023-2024 учебный год
no |  | ведутся записи
no |  | выступление на совещании 12.10.2023
no |  | педсовет 31.08.2023
no |  | педсовет № 2
no | photo | Фотоотчет
no | photo | фото прилагаются
no |  | https://
no |  | ссылка
no |  | ИНН 0000000000 ОГРН 0000000000000
weak | order | Приказ №4
weak | order | приказ от 10.01.2023
weak | order | Приказ б/н от 10.01.2023
weak | order | приказ от 10.01.2023 без номера
weak | order | Приказ № 4 от 2023 года
weak | order | Приказ № 4 от января 2023
weak | protocol | протокол педсовета от 31.08.2023
weak | protocol | протокол № 4
weak | protocol | Протокол №2 педагогического совета
weak | protocol | протоколы родительских собраний от 15.09.2023, 22.12.2023
weak | note | справка от 25.10.2023
weak | note | Справка по итогам проверки журналов, декабрь 2023
weak | analytical note | аналитическая справка от 30.12.2022
weak | agreement | Соглашение о сотрудничестве от 01.09.2023
weak | contract | договор с ЦДО от 01.09.2023
weak | act | акт от 10.08.2023
weak | order | Приказ МБОУ «СОШ № 4» от 01.09.2022
weak | order | приказ по МБОУ СОШ №7
weak | letter | письмо № 145
weak | certificate | сертификат участника № 5512
weak | plan | План работы от 31.08.2023
weak | order | Приказ школы №15 «О подготовке к ГИА»
weak | link | https://school5.example.ru/
weak | link | https://vk.com/school5
weak | link | https://t.me/school_news
weak | link | school5.example.ru
weak or no | order | Издан приказ
weak or no | order | Приказ о назначении ответственных
weak or no | protocol | Протокол педагогического совета
weak or no | note | справка
weak or no | agreement | Заключены партнерские соглашения
weak or no | analytical note | Подготовлена аналитическая справка
weak or no | journal | Журнал регистрации инструктажей
weak or no | order, protocol | приказы, протоколы
weak or no | plan | План мероприятий разработан
weak or no | list | Список участников
weak or no | programme | Разработана антирисковая программа
doubtful | order | приказ № 5 от 31.02.2023
doubtful | order | Приказ № 12 от 12.13.2023
doubtful | order | приказ №12 от 12.10.20233
doubtful | order | Приказ № 12 от 12.10.02023
doubtful | order | Приказ №1З от О1.О9.2О23
doubtful | protocol | IIротокол Ns 2 от l2.09.2023
doubtful | order | Прика3 Nо 15 от 0l.09.2023г
doubtful | journal | в журнале инструктажа
doubtful | journal | Журнал учета занятий внеурочной деятельности
doubtful | order | Приказ № 5 от 12.09.1923
yes | order | Приказ директора № 211 от 31.08.2023 г. "Об организации методической работы"
yes | order | Приказ от 11.09.2023г. № 303-а
yes | order | Приказ №01-09/214 от 04.09.2023 г.
yes | order | Приказы № 14 от 16.01.2023, № 15 от 16.01.2023
yes | order | Изданы приказы: от 10.09.2023 №123, от 12.10.2023 №145/1
yes | order | пр. от 13.10.2023 г. № 215/3
yes | order | приказ МАОУ «Гимназия № 2» от 17.11.2023 № 402-О
yes | order | приказ по гимназии 402-О от 17.11.2023
yes | order | Прик. №17 от 20.02.23
yes | order | Распор. № 4 от 15.02.2023
yes | order | пост. адм. № 118 от 01.03.2023
yes | order | ПРИКАЗ «О проведении месячника» №12/1-о от 30.01.2023г.
yes | order | Об организации питания: приказ № 90 от 01.09.2023
yes | order | № 90 от 01.09.2023 г. приказ «Об организации питания»
yes | order | 01.09.2023 г. приказ №90
yes | order | приказом № 90 от 01.09.2023 назначен ответственный за работу с одаренными детьми
yes | order | Утверждено приказом от 1.09.23 № 90
yes | order | Приказ №90\\1 от 01.09.2023
yes | order | Приказ №90(1) от 01.09.2023
yes | order | Приказ № 90 "а" от 01.09.2023
yes | order | Приказ № 90 А от 01.09.2023
yes | order | приказ №_90_ от _01.09.2023_
yes | order | Приказ №   90   от   «  01  »   сентября   2023 г.
yes | order | Приказ № 90\\nот 01.09.2023
yes | protocol | Протокол № 1 от 30.08.2023 заседания педагогического совета
yes | protocol | Заседание методического совета, протокол от 11.10.23 № 2
yes | protocol | Выписка из протокола педагогического совета № 5 от 24.03.2023 г.
yes | protocol | решение педсовета (протокол № 7 от 25.05.2023)
yes | protocol | протокол №1 род.собрания 9 кл. от 14.10.2023
yes | protocol | пр-л № 3 от 10.01.2023
yes | protocol | протокол совещ. при зам. директора по УВР №4 от 20.11.2023
yes | note | справка зам. директора № 12 от 14.12.2023
yes | note | Справка ВШК №12 от 14.12.2023 г., рассмотрена на совещании
yes | analytical note | Аналит. справка № 2 от 11.12.2023
yes | analytical note | аналитический отчет № 1 от 20.06.2023
yes | agreement | Партнерское соглашение №1 от 15.03.2023 г. с МБОУ «СОШ № 3»
yes | agreement | Соглашение от 15.03.2023 № 1-С
yes | agreement | Договор о сотрудничестве с колледжем от 11.09.2023 г. № 44
yes | contract | дог. № 44 от 11.09.2023
yes | contract | муниципальный контракт № 0154300001223000012 от 20.04.2023
yes | certificate | Удостоверение о ПК № 40.20-4512 от 12.05.2023
yes | certificate | удост. № 4512 от 12.05.2023
yes | certificate | грамота № 15 от 22.04.2023
yes | certificate | Диплом II степени № 114 от 30.03.2023
yes | certificate | Лицензия № Л035-01214-57/00192345 от 12.05.2015
yes | letter | Письмо от 12.10.2023 № 118 в Управление образования
yes | letter | Исх. 118 от 12.10.2023
yes | letter | сопроводительное письмо исх.№ 118 от 12.10.23г.
yes | letter | отчет направлен письмом № 118 от 12.10.2023
yes | act | Акт № 3 от 12.08.2023 приемки пищеблока
yes | report | Отчет о самообследовании № 5 от 15.04.2023
yes | memo | служебная записка № 8 от 02.03.2023
yes | regulation | Положение о ВСОКО (приказ от 30.08.2021 №482)
yes | plan | Дорожная карта утверждена приказом от 11.09.2023 г. №207
yes | link | https://vk.com/public123456?w=wall-123456_51
yes | link | https://vk.com/video-12345_456239017
yes | link | https://vk.com/doc12345_6789
yes | link | m.vk.com/wall-12345_99
yes | link | https://t.me/c/1234567/89
yes | link | https://telegra.ph/Otchet-10-12
yes | link | https://dzen.ru/a/ZAbCdEfGh
yes | link | https://forms.yandex.ru/u/64a1b2c3/
yes | link | https://docs.google.com/spreadsheets/d/1AbC/edit#gid=0
yes | link | https://drive.google.com/drive/folders/1AbCdEf
yes | link | https://sch5.gosuslugi.ru/nasha-shkola/pedagogam/
yes | link | https://shkola5.edu.ru/sveden/document
yes | link | http://школа5.рф/index.php/novosti/125-den-znaniy
yes | link | http://shkola5.ucoz.ru/news/den_znanij/2023-09-01-125
yes | link | https://school5.school.example.ru/?p=1254
yes | link | (https://school5.school.example.ru/metodicheskaya-rabota/)
yes | link | Ссылка: https://clck.ru/36AbCd
yes | link | Подробнее https://vk.cc/ctAbCd
yes | link | сайт школы, раздел «ВСОКО» https://school5.school.example.ru/vsoko.html
yes | link, order | Приказ № 3 от 11.01.2023 https://disk.yandex.ru/d/aBcD
yes | order, protocol, note | Приказ №45 от 01.02.2023, протокол ШМО №4 от 03.02.2023, справка №2 от 28.02.2023
no |  | Исполнено в срок
no |  | Организовано участие 15 обучающихся, 3 призера
no |  | Мониторинг проведен 20.10.2023 г.
no |  | октябрь
no |  | 1 полугодие 2023-2024 уч.г.
no |  | Курсы повышения квалификации в объеме 36 часов прошли 4 педагога, октябрь 2023
no |  | совещание при директоре 16.10.2023 г.
no |  | РМО учителей математики, 02.11.2023, СОШ № 3
no |  | Назначен ответственный Петрова И.И.
no |  | Конкурс рисунков «Мир без границ» 04.11.2023
no |  | урок «План моей жизни», 11.11.2023
no |  | Акция «Письмо ветерану»
no | site page | Документы размещены на сайте
no | site page | На сайте ОО в разделе «Документы»
no | social network | Пост в группе ВКонтакте
no | photo | фотографии с мероприятия
no | photo | Видеоролик
no |  | тел. 2-14-56, 8-900-000-00-00
no |  | shkola_5@edu.example.ru
no |  | Федеральный закон «Об образовании в РФ» № 273-ФЗ
no |  | СанПиН 2.4.3648-20
no | order | Приказ № ____________
no | order | Приказ от "___" __________ 2023 г. № _____
no | protocol | Протокол от ________ №___
no |  | запланировано на декабрь 2023
no |  | срок исполнения не наступил
no |  | не проводилось
no |  | нет выпускников 11 класса
no |  | см. приложение
no |  | СОШ №12, 14.10.2023, 25 чел.
no |  | х
no |  | —
no |  | Плановая проверка 12.10.2023
no |  | Посещено 12 уроков, 5-9 классы
weak | order | приказ №90
weak | order | Приказ от 01.09.2023 г.
weak | order | Приказ МБОУ «СОШ № 12» от 01.09.2023 года «Об организации питания»
weak | protocol | протокол педсовета №1
weak | protocol | Протокол заседания МО от 12.10.2023
weak | note | Справка по результатам ВШК от 14.12.2023
weak | order | Приказ б/н от 14.12.2023
weak | agreement | Соглашение с МБОУ СОШ № 3 от 15.03.2023
weak | link | http://school5.school.example.ru
weak | link | https://vk.com/public123456
weak | link | t.me/school5_news
weak | certificate | Сертификаты от 12.05.2023
weak | order | приказ № 90 от сентября 2023 г.
weak or no | order | приказ имеется
weak or no | order | Приказ по школе
weak or no | protocol | Протоколы заседаний ШМО
weak or no | note | Справка имеется
weak or no | plan | план прилагается
weak or no | journal | журнал посещения занятий
weak or no | agreement | Соглашения с родителями
weak or no | contract | Договоры с родителями заключены
weak or no | certificate | Сертификаты участников
weak or no |  | https://...
doubtful | order | Приказ № 15 от 31.09.2023
doubtful | order | приказ №15 от 00.00.2023
doubtful | order | Приказ № 15 от 15.15.2023
doubtful | order | Приказ №15 от 1.09.202З
doubtful | order | Приказ № 1S от 01.O9.2023
doubtful | protocol | ГIротокол № 3 от З0.08.2023
doubtful | journal | Журнал инструктажа по ТБ
doubtful | order | Приказ №15 от 01.09.20223
yes | certificate | Свидетельство о государственной регистрации права от 31.07.2012 г. серия 66 АЕ № 000320
yes | certificate | Лицензия от 19.11.2019 № 13459, серия 23ЛО01 № 0000773
yes | contract | Договор о закреплении имущества на праве оперативного управления № 107 от 20.02.2001г.
yes | order | Устав утвержден приказом управления образования от 02.12.2024 № 382-Д
yes | order | Приказ от 27 октября 2023 г. в„– 156/1
yes | protocol | РАССМОТРЕНО на заседании педагогического совета 01.04.2024 г. протокол № 4
yes | protocol | Протокол от 26.08.2022 № 1 заседания Управляющего совета
yes | order | Приказ № 97-01-10/1 от 01.09.2023 «О создании ППк»
yes | order | Приказ УО от 05.09.2023г №512 , приказ школы от 08.09.2023 г №118
yes | order | приказ по ОО №_118_ «08» сентября 2023 г.
yes | order | Приказ № 118/01-12 от 08 сентября 2023-го года
yes | order | Назначен куратор (приказ от 08.09.23 №118 п.3)
yes | order | Приказ № 118- ОД от 8.09.2023
yes | order | Приказ №118 –од от 8.09.2023
yes | order | приказ за № 118 от 08.09.2023
yes | order | Приказ (№ 118, 08.09.2023)
yes | order | ПРИКАЗ № 118 ОТ 08.09.2023 ГОДА
yes | order | приказ №118 датированный 08.09.2023
yes | order | приказ № 118 , дата 08.09.2023
yes | order | Приказ: номер 118, дата 08.09.2023 г.
yes | order | Реквизиты приказа: № 118, 08.09.2023
yes | order | Приказ 08-09-2023 № 118
yes | protocol | протокол №5(от 12.12.2023)
yes | protocol | Протокол педсовета - № 5, 12 декабря 2023 года
yes | protocol | 12.12.2023, протокол педсовета № 5
yes | protocol | Прот. род. собр. № 5 от 12.12.2023
yes | note | Спр. № 8 от 12.12.2023
yes | act | Акт б/н? нет: акт № 4/23 от 12.12.2023
yes | agreement | Заключено соглашение о взаимодействии № 2/2023 от 12.12.2023 г.
yes | letter | отправлено письмо исх. 345 от 12.12.2023
yes | letter | № исх-345 от 12.12.2023 письмо
yes | certificate | сертификат участника вебинара № A-5512 от 12.12.2023
yes | certificate | Удостоверение №180003456789 от 12.12.2023 (36 ч.)
yes | link | https://school-lesnaya.example.ru/upload/iblock/abc/prikaz-118.pdf
yes | link | vk.com/club12345?w=wall-12345_678%2Fall
yes | link | https://vk.com/wall-12345_678, https://vk.com/wall-12345_679
yes | link | https://max.ru/c/12345/678
yes | link | ссылка (https://t.me/sch5/15)
yes | link | https://sferum.ru/?p=messages&join=abc
yes | link | https://nsportal.ru/shkola/matematika/library/2023/10/12/urok
yes | link | https://infourok.ru/urok-1234567.html
yes | link | http://лесная-школа.рф/file/prikaz.docx
yes | link | https://drive.google.com/open?id=1AbC
yes | link | http://sch5.example.ru/?section_id=27
no |  | Работа проведена, замечаний нет
no |  | Родительские собрания 12.12.2023 г. (охват 120 чел.)
no |  | 12 декабря
no |  | 2 педагога
no |  | Создан уголок безопасности № 3
no |  | автобус № 12 от 08.00 до 09.30
no |  | МБОУ СОШ № 5 от 12.12.2023
no |  | Адрес: ул. Лесная, д. 5, тел. 2-33-44
no |  | Документы в наличии
no |  | Плановые мероприятия проведены 12.12.2023
no |  | Проведена линейка, посвященная Дню знаний
no |  | Участие в конкурсе «Лучший протокол»
no |  | В стадии разработки
no |  | Приказ не издавался
no |  | Отсутствует
no |  | mail: lesnaya@edu.example.ru
no |  | ОГРН 0000000000000, ИНН 0000000000
no |  | Паспорт безопасности
no | order | приказ № ___ от ___.___.2023
no | order | Приказ № …. от …..2023
no | order | ПРИКАЗ ОТ «___» 2023 №
no | site page | ссылка на сайт
weak | order | Приказ от 08.09.23
weak | order | приказ №118/01-12
weak | order | Приказ УО № 512
weak | protocol | протокол педагогического совета от 12 декабря 2023 г.
weak | note | справка №8
weak | letter | Письмо управления образования от 12.12.2023
weak | order | приказ №118 от сентября
weak | link | http://лесная-школа.рф
weak | link | https://ok.ru/group/5512345678
weak or no | order | Приказы по школе
weak or no | journal | Журнал учета посещений
weak or no | plan | План ВСОКО
weak or no | report | Отчет предоставлен
weak or no | act | акты проверок
weak or no | regulation | Положение о школьной службе примирения
doubtful | order | Приказ №118 от 08.09.2O23
doubtful | order | Пpикaз № l18 от 08.09.2023
doubtful | order | Приказ №118 от 08.О9.2023r.
doubtful | order | Приказ № 118 от 31.04.2023
doubtful | order | Приказ № 118 от 08.09.203
yes | order | В школе разработан план работы со слабоуспевающими (приказ № 45 от 12.01.2023), проведены заседания ШМО, посещено 14 уроков.
yes | protocol | 12 января 2023 г. проведен педсовет «Качество образования: проблемы и пути решения», протокол № 4 от 12.01.2023, присутствовали 22 педагога
yes | link | Проведён единый классный час для 5-9 классов, охват 134 чел. https://vk.com/wall-77_1234
yes | order, note | 1. Приказ от 10.02.2023 № 31 «О проведении мониторинга». 2. Справка по итогам мониторинга от 28.02.2023 № 3.
yes | order | Ответственный - зам. директора по УВР Ветрова Е.В. (приказ от 01.09.2022 № 156)
yes | agreement | Заключено соглашение с МБОУ «Боровая СОШ» № 1 от 15.02.2023, составлен совместный план
yes | protocol, link | Протокол РМО №2 от 09.11.2023; новость https://sch5.example.ru/news/77
yes | certificate | Курсы «Функциональная грамотность», 72 ч.: удостоверения № 0112 от 12.04.2023, № 0113 от 12.04.2023, № 0114 от 12.04.2023
yes | order | приказ № 12-у от 16.01.2023 г., № 13-у от 16.01.2023 г.
yes | order, protocol | пр. № 12 от 16.01.2023 г., прот. № 2 от 20.01.2023 г.
yes | note | Контрольные срезы проведены в апреле, справка № 14 от 28.04.2023 г.
yes | order | Школьный этап ВсОШ проведён с 18.09 по 27.10.2023, приказ об итогах № 290 от 30.10.2023
yes | order | Приказ № 290 (об итогах школьного этапа) от 30.10.2023
yes | order | Приказ об итогах школьного этапа ВсОШ в 2023-2024 уч. году № 290 от 30.10.2023
yes | order | Приказ управления образования администрации района № 512-осн от 05.09.2023 доведен до педагогов
yes | act | Проведена проверка библиотечного фонда, акт № 1 от 22.05.2023
yes | contract | С ЦРБ заключен договор на медобслуживание № 5 от 09.01.2023г
yes | link | Видео урока: https://rutube.ru/video/private/abcdef0123/?p=xyz
yes | link | QR-код на папку: https://disk.yandex.ru/client/disk/otchet
yes | link | Раздел «Наставничество»: http://sch5.example.ru/nastavnichestvo
yes | link | Ссылка https : //vk.com/wall-12_34
yes | link | https://vk.com/wall-12_34(отчет)
yes | link | sch5.example.ru/index/nastavnichestvo/0-55
yes | link | https://sites.google.com/view/lesnaya-sosh/metod
yes | protocol | Протоколы № 1-4 заседаний ШМО, последний от 20.03.2023
yes | protocol | Протокол №1 от 30 августа 2023г, протокол №2 от 3 ноября 2023г
yes | order | Приказом №77-од от 14.03.2023 утверждён состав команды.
yes | order | В соответствии с приказом ОО от 14.03.2023 г. №77-од
yes | letter | Информация представлена в ММЦ (исх. от 20.06.2023 № 112)
yes | letter | Отчет отправлен 20.06.2023, исх.112 от 20.06.2023
no |  | В школе ведётся систематическая работа с одаренными детьми: олимпиады, конкурсы, проекты. Победителей — 5.
no |  | Проведены родительские собрания: 5 кл. - 12.09, 6 кл. - 13.09, 7 кл. - 14.09
no |  | Учителя прошли курсы (72 ч.): Ветрова Е.В., Громов А.В.
no |  | Педагоги приняли участие в вебинаре «План действий» 12.03.2023
no |  | Успеваемость 98 %, качество 41 %
no |  | Зам.директора, в течение года
no |  | МБОУ «Ельниковская ООШ» д. Ельники, ул. Центральная, 1
no |  | сентябрь-октябрь 2023, 5-11 классы
no |  | Выступили на РМО 09.11.2023: учителя математики (2), физики (1)
no |  | Школьный психолог провёл 14 консультаций
no |  | выполнено (см. п. 1.3)
no |  | Приняли участие в 3-х вебинарах ИРО
no |  | Проведён День открытых дверей №1
no |  | Индивидуальная работа
no |  | Журналисты школьной газеты взяли интервью
no |  | Спланирована работа на 2 полугодие
no |  | Оформлен стенд «Готовимся к ЕГЭ»
no |  | № 5
no |  | Договорились о сотрудничестве с библиотекой
no |  | Справились с работой 14 из 20
no |  | Актовый зал отремонтирован
no |  | Отправлено по эл. почте rmk@edu.example.ru 12.12.2023
weak | protocol | Проведен педсовет (протокол №4)
weak | order | изданы приказы от 16.01.2023
weak | note | Справка по итогам контроля от 28.04.2023 рассмотрена на совещании
weak | agreement | Соглашение № 1 с МБОУ «Боровая СОШ»
weak | link | Вся информация на сайте sch5.example.ru
weak | link | группа ВК: https://vk.com/lesnaya_school
weak or no | plan | Составлен план работы на 2 полугодие
weak or no | order | Изданы соответствующие приказы
weak or no | note | Справка о результатах посещения уроков
weak or no | protocol | Протокол родительского собрания прилагается
weak or no | agreement | Заключено соглашение о партнёрстве с опорной школой
doubtful | order | Приказ № 45 от 30.02.2023
doubtful | order | Приказ №45 от 12.01.2О23
doubtful | protocol | Протокол N9 4 от 12.01.202З
yes | order | Приказ директора МБОУ «Лицей № 12» от 05.09.2023 № 214-л
yes | order | Приказ № 214 МБОУ СОШ № 12 от 05.09.2023
yes | order | приказ СОШ №12 №214 от 05.09.2023
yes | order | от 05.09.2023 № 214 приказ по школе № 12
yes | protocol | Протокол пед.совета МКОУ «ООШ №3» от 30.08.2023 №1
yes | order | Приказ от «05» 09 2023 г. № 214
yes | order | Приказ от 05 сентября 2023г. № 214/01-08
yes | order | приказ N214 от 05.09.2023
yes | order | приказ от 5.9.23 №214
yes | order | Приказ № 2-14/5 от 05. 09. 2023
yes | order | приказ №  214 - К от 05.09.2023 г
yes | order | Приказ № 214. 05.09.2023 г.
yes | order | Приложение к приказу от 05.09.2023 г. № 214
yes | order | Утверждено: приказ № 214 от 05.09.2023 Директор ________ Ветрова Е.В.
yes | order | УТВЕРЖДАЮ Директор школы Ветрова Е.В. Приказ № 214 от «05» сентября 2023 г.
yes | protocol | ПРИНЯТО на заседании педсовета Протокол № 1 от «30» августа 2023 г.
yes | protocol | Рассмотрено: ШМО, протокол №1 от 28.08.23. Согласовано: зам. директора
yes | order | Приказ № 214 от 05.09.2023 Подписано электронной подписью Сертификат 00BB11 Владелец Ветрова Е.В. Действителен с 01.02.2023 по 01.05.2024
yes | link | https://vk.com/public123456?w=wall-123456_789
yes | link | http://www.sch12.example.ru/metod/plan.doc
yes | link | https://лесная.школа.рф/наставничество
yes | link | https://vk.com/@lesnaya-otchet
yes | link | https://vk.com/album-123_456
yes | link | https://edu.gov.example.ru/doc/15
no |  | МБОУ «СОШ № 12» от 05.09.2023
no |  | Школа № 12, кабинет № 5, 05.09.2023
no |  | Приняли участие ученики 9 «А» и 9 «Б», СОШ № 3
no |  | ул. Школьная № 5 от 12 до 14 часов
no |  | Подписано электронной подписью 05.09.2023 Ветрова Елена Викторовна
no |  | Документ подписан ЭП. Серийный номер сертификата 0A1B2C3D. Владелец: Ветрова. Действителен с 01.02.2023 по 01.05.2024
no | order | Приказ № ______ от ______ 2023 г.
no | order | приказ №   от «   »   2023г.
no | protocol | Протокол № __ от __.__.____
no |  | №____ дата ______
no |  | указать номер и дату приказа
no |  | реквизиты документа
no |  | (ссылка на документ)
no |  | Ссылка на сайт школы отсутствует
no |  | приказ отсутствует
no |  | без приказа
no |  | протокол не вёлся
weak | order | Приказ МБОУ «Лицей № 12» № 214-л
weak | order | приказ СОШ № 12 от 05.09.2023
no | order | Приказ № 214 от __.09.2023
no | protocol | протокол № __ от 30.08.2023
weak | order | Приказ по МБОУ «ООШ № 3»
doubtful | order | Приказ № 214 от 05.09.20024
doubtful | order | Приказ № 214 от 05.09.0203
doubtful | order | Приказ № 214 от 35.09.2023
doubtful | order | Г1риказ № 214 от О5.09.2023
doubtful | order | Приказ Ne 214 от 05.09.2023
doubtful | order | Прикaз №2l4 oт 05.09.2023
doubtful | journal | Запись в журнале по ТБ
doubtful | journal | журнал учёта инструктажей (имеется)
yes | order | Утверждён состав ШВР (приказ № 3 от 11.01.2024)
yes | order | приказ от 11 января 2024 № 3 «О создании школьной команды»
yes | order | Пр. от 11.01.2024 № 3
yes | order | Пр № 3 от 11.01.2024
yes | order | Приказ №3-У от 11.01.24г.
yes | order | Приказ (от 11.01.2024 № 3-У)
yes | protocol | Прот. №4 от 11.01.2024 ШМО нач. классов
yes | protocol | МО учителей математики, протокол 4 от 11.01.2024
yes | protocol | педагогический совет от 11.01.2024 (протокол № 4)
yes | protocol | Решение педсовета от 11.01.2024, протокол №4
yes | note | Справка №2 (11.01.2024)
yes | note | справка по итогам ВШК № 2-2024 от 11.01.2024
yes | analytical note | Аналитическая записка № 2 от 11.01.2024
yes | contract | Договор от 11.01.2024 г. № 2-С с музеем
yes | agreement | Соглашение № б-2 от 11.01.2024
yes | certificate | Сертификат серия АА № 004512 от 11.01.2024
yes | letter | Письмо № 01-17/45 от 11.01.2024 г. «О направлении отчета»
yes | order | Распоряжение администрации от 11.01.2024 № 5-р
yes | regulation | Положение о школьном наставничестве, утверждено 11.01.2024, приказ № 3 от 11.01.2024
yes | link | ok.ru/profile/12345/statuses/6789
yes | link | https://vk.com/topic-123_456
yes | link | https://yandex.ru/maps/org/1234
yes | link | https://disk.360.yandex.ru/d/abc
yes | link | http://sch5.example.ru/novosti
yes | link | https://docs.google.com/presentation/d/1abc/edit
no |  | Проведена беседа с родителями 11.01.2024
no |  | 11.01.24
no |  | Обучено 4 педагога из 12
no |  | ШСП действует
no |  | Посещение уроков учителей математики (6 уроков)
no |  | Выставка «Книга приказов» в музее
no |  | Все педагоги ознакомлены
no |  | Разместили информацию на стенде
no | site page | размещено на офиц. сайте ОО
no | social network | информация в сообществе «ВКонтакте»
no | order | Приказ №... от ...
no | order | пр. № __ от __
no |  | нет необходимости
no |  | переносится на февраль
no |  | Директор Ветрова Е.В.
no |  | МБОУ СОШ № 5, 11.01.2024, 14.00, каб. 12
no |  | 5 кл - 12 чел, 6 кл - 10 чел
weak | order | приказ от 11.01.2024г
weak | order | Приказ № 3-У
weak | protocol | Протокол №4 ШМО
weak | note | справка от 11 января 2024 г.
weak | link | sch5.example.ru
weak or no | order | Имеется приказ
weak or no | certificate | Сертификаты, дипломы
weak or no | protocol | Протоколы педсоветов в наличии
weak or no | plan | Индивидуальный план профессионального развития
doubtful | order | Приказ № 3 от 11.01.20224
doubtful | order | Приказ №3 от 11.О1.2024
doubtful | journal | Журнал консультаций
"""
"""Sufficient | the kinds of documents named | the text."""

ROWS = [tuple(part.strip() for part in line.split("|", 2)) for line in TEXTS.strip().splitlines()]
PLACES = {"site page", "social network", "photo"}


def is_judged(sufficient: str, found: Evidence) -> bool:
    if sufficient == "doubtful":
        return found.sufficient != "yes" or bool(found.doubts)
    return str(found.sufficient) in sufficient.split(" or ")


@pytest.mark.parametrize(("sufficient", "kinds", "text"), ROWS, ids=[text for _, _, text in ROWS])
def test_a_confirmation_is_judged_at_first_sight(sufficient: str, kinds: str, text: str) -> None:
    found = read_evidence(text)
    named = {str(one) for one in found.kinds} - {"number", "date"}
    expected = {one for one in kinds.split(", ") if one}

    assert is_judged(sufficient, found)
    assert expected <= named
    assert expected or not named - PLACES


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("Приказ № 5 от l2.09.2023", "5", "2023-09-12"),
        ("Приказ № 5 от О1.О9.2О23", "5", "2023-09-01"),
        ("приказ от 13.09.2021 181/1-ОД", "181/1-ОД", "2021-09-13"),
        ("приказ по гимназии 402-О от 17.11.2023", "402-О", "2023-11-17"),
        ("Протокол № II от 11.11.2023", "II", "2023-11-11"),
        ("Приказ № 5 во исполнение Федерального закона от 29.12.2012 № 273-ФЗ", "5", None),
    ],
)
def test_requisites_are_read_as_a_person_reads_them(text: str, number: str, day: str | None) -> None:
    (item,) = read_evidence(text).items

    assert (item.number, item.date.isoformat() if item.date else None) == (number, day)


def test_a_class_is_no_number_of_an_order() -> None:
    assert read_evidence("Приказ от 15.09.2023 10-а кл.").sufficient == "weak"
    assert read_evidence("приказ по школе, 5-а и 6-б классы 12.10.2023").sufficient == "weak"


def test_letters_read_as_digits_are_told() -> None:
    assert misread_requisites("Приказ № l5 от О1.О9.2О23, справка от 12.09.2023") == ("№ l5", "О1.О9.2О23")
    assert [one.code for one in read_evidence("Приказ № 5 от l2.09.2023").doubts] == ["evidence-unreadable"]
