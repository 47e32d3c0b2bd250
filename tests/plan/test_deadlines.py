"""Deadlines in words: each row is a phrase, the years of its plan, and the reading.

``plan``: 2023 one year; 2022-2024 several calendar years; 2022/2023 a school year; 2022,2023 two
years of which nobody said what they are; ? unknown. ``-`` stands for None. Occurrences: all of
them, or first .. last = how many. Doubts are the codes without «deadline-».
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.doubts import DOUBTS, text_of
from sheetsync.model import Deadline, DeadlineKind
from sheetsync.plan.deadlines import read_deadline

READINGS = """
| phrase | plan | kind | start | due | occurrences | doubts |
# a day, or several days
| 01.10/02.10 | 2023 | date | 01.10.23 | 02.10.23 | 01.10 02.10 | list-or-range |
| 25.04 10.30 | 2023 | date | 25.04.23 | 25.04.23 |  |  |
| 04.04.2023 | 2023 | date | 04.04.23 | 04.04.23 |  |  |
| 23.03.23г. | 2023 | date | 23.03.23 | 23.03.23 |  |  |
| 2023-03-15 | 2023 | date | 15.03.23 | 15.03.23 |  |  |
| 2023-03-15 00:00:00 | 2023 | date | 15.03.23 | 15.03.23 |  |  |
| 44986 | 2023 | date | 01.03.23 | 01.03.23 |  | serial |
| 15/03/2023 | 2023 | date | 15.03.23 | 15.03.23 |  |  |
| 15 03 2023 | 2023 | date | 15.03.23 | 15.03.23 |  |  |
| О1.03.2023 | 2023 | date | 01.03.23 | 01.03.23 |  | misread |
| «15» марта 2023г. | 2023 | date | 15.03.23 | 15.03.23 |  |  |
| к первому сентября | 2023 | by-date | - | 01.09.23 |  |  |
| 1-ое сентября | 2022/2023 | date | 01.09.22 | 01.09.22 |  |  |
| 1.24 ноября | 2023 | date | 24.11.23 | 24.11.23 |  | leftover |
| 12 марта | 2023 | date | 12.03.23 | 12.03.23 |  |  |
| 12 марта | ? | date | - | - |  | no-year |
| 12 марта | 2022-2024 | date | - | - |  | which-year |
| 12 марта | 2022,2023 | date | 12.03.23 | 12.03.23 |  | school-year-assumed |
| 12 марта | 2022,2024 | date | - | - |  | which-year |
| 15.03.2022 | 2023 | date | 15.03.22 | 15.03.22 |  | year-outside |
| 5, 12, 19 марта | 2023 | date | 05.03.23 | 19.03.23 | 05.03 12.03 19.03 |  |
| 20, 21 и 22.03.2023 | 2023 | date | 20.03.23 | 22.03.23 | 20.03 21.03 22.03 |  |
| 20.03.2023 25.04.2023 | 2023 | date | 20.03.23 | 25.04.23 | 20.03 25.04 | list-or-range |
| 20.03 25.04 | 2023 | date | 20.03.23 | 25.04.23 | 20.03 25.04 | list-or-range |
| 20.03.2023/25.04.2023 | 2023 | date | 20.03.23 | 25.04.23 | 20.03 25.04 | list-or-range |
| 20 марта (среда) | 2023 | date | 20.03.23 | 20.03.23 |  | weekday |
| вторая среда октября | 2023 | date | 11.10.23 | 11.10.23 |  |  |
| 20 марта 2023 года в 14 часов | 2023 | date | 20.03.23 | 20.03.23 |  |  |
| 15 марта в 10.10 | 2023 | date | 15.03.23 | 15.03.23 |  |  |
| 15 марта с 10 до 12 часов | 2023 | date | 15.03.23 | 15.03.23 |  |  |
# the last day
| до 1 апреля и 1 октября | 2023 | by-date | - | 01.10.23 | 01.04 01.10 | stages |
| май, не позднее 20 числа | 2023 | by-date | - | 20.05.23 |  |  |
| до 15.03.2023 (отчет), 20.03.2023 (совещание) | 2023 | by-date | - | 20.03.23 | 15.03 20.03 | stages leftover |
| до 31 декабря 2023 г. (промежуточный), до 31 мая 2024 г. (итоговый) | 2023-2024 | by-date | - | 31.05.24 | 31.12.23 31.05.24 | stages leftover |
| до15.03.2023 | 2023 | by-date | - | 15.03.23 |  |  |
| до 12.00 15.03.2023 | 2023 | by-date | - | 15.03.23 |  |  |
| не позднее 25.12 | 2023 | by-date | - | 25.12.23 |  |  |
| не позднее 1 марта 2023 г., включительно | 2023 | by-date | - | 01.03.23 |  |  |
| к 1 сентября | 2023 | by-date | - | 01.09.23 |  |  |
| по 31 мая | 2023 | by-date | - | 31.05.23 |  |  |
| до мая | 2023 | by-date | - | 31.05.23 |  | inclusive |
| к маю | 2023 | by-date | - | 01.05.23 |  | rough |
| до конца мая | 2023 | by-date | - | 31.05.23 |  |  |
| до конца 2023 | 2023 | by-date | - | 31.12.23 |  |  |
| к концу года | 2023 | by-date | - | 31.12.23 |  |  |
| до конца года | 2021-2023 | by-date | - | - |  | which-year |
| до конца I полугодия | 2022/2023 | by-date | - | 31.12.22 |  | half-year |
| до начала учебного года | 2023 | by-date | - | 01.09.23 |  | rough |
| до конца учебного года | 2023 | by-date | - | - |  | which-school-year |
| до конца учебного года | 2022/2023 | by-date | - | 31.08.23 |  | school-year-end |
| до 2024 года | 2023 | by-date | - | 31.12.24 |  | inclusive year-outside |
| до 31 мая текущего года | 2023 | by-date | - | 31.05.23 |  |  |
| до 20 января года, следующего за отчетным | 2023 | by-date | - | 20.01.24 |  | next-year year-outside |
| до 01.03.2023, до 01.09.2023 | 2023 | by-date | - | 01.09.23 | 01.03 01.09 | stages |
| до 15 марта, 15 октября 2023 | 2023 | by-date | - | 15.10.23 | 15.03 15.10 | stages |
| до 25 августа | 2022/2023 | by-date | - | 25.08.23 |  | summer |
| до 15 числа | 2023 | by-date | - | - |  | no-month |
# from one day to another
| август-май | 2022/2023 | from-to | 01.08.22 | 31.05.23 |  | summer |
| зимой 2023-2024 | 2023-2024 | from-to | 01.12.23 | 29.02.24 |  | rough |
| начиная с 3 квартала 2023 года | 2023 | from-to | 01.07.23 | - |  | open-end |
| 13-17 февраля | 2023 | from-to | 13.02.23 | 17.02.23 |  |  |
| 13-17.02.2023 | 2023 | from-to | 13.02.23 | 17.02.23 |  |  |
| с 13 по 17.02.2023 г. | 2023 | from-to | 13.02.23 | 17.02.23 |  |  |
| с 13.02 по 17 февраля 2023 | 2023 | from-to | 13.02.23 | 17.02.23 |  |  |
| 27 февраля-3 марта | 2023 | from-to | 27.02.23 | 03.03.23 |  |  |
| С 25.04. – 8.05.13. | 2013 | from-to | 25.04.13 | 08.05.13 |  |  |
| 10.02. 20.02.2023 | 2023 | from-to | 10.02.23 | 20.02.23 |  | list-or-range |
| C 05.02 пo 10.02 | 2023 | from-to | 05.02.23 | 10.02.23 |  |  |
| c 01.09.2023 до 25.12.2023 | 2023 | from-to | 01.09.23 | 25.12.23 |  |  |
| не ранее 01.03.2023 и не позднее 01.04.2023 | 2023 | from-to | 01.03.23 | 01.04.23 |  |  |
| сентябрь 2023 - май 2024 | 2023 | from-to | 01.09.23 | 31.05.24 |  | year-outside |
| с сентября по май | 2022/2023 | from-to | 01.09.22 | 31.05.23 |  |  |
| сентябрь-май | 2023 | from-to | 01.09.23 | 31.05.24 |  | crosses-year year-outside |
| декабрь-февраль 2023-2024 гг. | 2023-2024 | from-to | 01.12.23 | 29.02.24 |  |  |
| ноябрь-март 2023 | 2023 | from-to | 01.11.22 | 31.03.23 |  | crosses-year year-outside |
| август-сентябрь | 2022/2023 | from-to | 01.08.22 | 30.09.22 |  | summer |
| янв.-фев. 2023 | 2023 | from-to | 01.01.23 | 28.02.23 |  |  |
| начиная с сентября 2023 | 2023 | from-to | 01.09.23 | - |  | open-end |
| с 1 сентября | 2023 | from-to | 01.09.23 | - |  | open-end |
| после 15 марта 2023 | 2023 | from-to | 15.03.23 | - |  | open-end |
| с начала года | 2023 | from-to | 01.01.23 | - |  | rough open-end |
| 15.05.2023 - 10.05.2023 | 2023 | from-to | - | - |  | reversed |
| 10-11 октября, 14-15 ноября 2023 | 2023 | from-to | 10.10.23 | 15.11.23 | 11.10 15.11 | stages |
| 1 этап: 01.03-15.03, 2 этап: 20.03-31.03.2023 | 2023 | from-to | 01.03.23 | 31.03.23 | 15.03 31.03 | stages leftover |
| разработка - март, проведение до конца 2023 | 2023 | from-to | 01.03.23 | 31.12.23 | 31.03 31.12 | stages leftover |
# quarters, half-years, decades and other parts
| IIкв. 2023 | 2023 | quarter | 01.04.23 | 30.06.23 |  |  |
| I квартал 2021 – IV квартал 2023 | 2021-2023 | from-to | 01.01.21 | 31.12.23 |  |  |
| IV квартал 2021, 2022, 2023 гг. | 2021-2023 | recurring(yearly) | 01.10.21 | 31.12.23 | 31.12.21 31.12.22 31.12.23 |  |
| II полугодие учебного года | 2022/2023 | half-year | 01.01.23 | 31.05.23 |  | half-year |
| 1-я декада марта | 2023 | from-to | 01.03.23 | 10.03.23 |  |  |
| III декада апреля 2023 г. | 2023 | from-to | 21.04.23 | 30.04.23 |  |  |
| 2-3 декада марта | 2023 | from-to | 11.03.23 | 31.03.23 |  |  |
| первая половина мая | 2023 | from-to | 01.05.23 | 15.05.23 |  |  |
| Октябрь, 2-я неделя | 2023 | from-to | 08.10.23 | 14.10.23 |  | rough |
| конец мая | 2023 | from-to | 21.05.23 | 31.05.23 |  | rough |
| середина марта | 2023 | from-to | 11.03.23 | 20.03.23 |  | rough |
| осень 2023 | 2023 | from-to | 01.09.23 | 30.11.23 |  | rough |
| весна-осень | 2023 | from-to | 01.03.23 | 30.11.23 |  | rough rough |
| весенние каникулы | 2023 | event-relative | - | - |  | term |
| 1 четверть | 2023 | event-relative | - | - |  | term |
| осенние каникулы 2023 | 2023 | event-relative | - | - |  | term |
| I квартал | 2023 | quarter | 01.01.23 | 31.03.23 |  |  |
| в течение II квартала 2023 года | 2023 | quarter | 01.04.23 | 30.06.23 |  |  |
| П квартал 2023 | 2023 | quarter | 01.04.23 | 30.06.23 |  | misread |
| IV кв. | ? | quarter | - | - |  | no-year |
| I-II кварталы | 2023 | from-to | 01.01.23 | 30.06.23 |  |  |
| 1 и 3 квартал | 2023 | quarter | 01.01.23 | 30.09.23 | 31.03 30.09 |  |
| 3 квартал 2022 - 1 квартал 2023 | 2022-2023 | from-to | 01.07.22 | 31.03.23 |  |  |
| I полугодие | 2023 | half-year | 01.01.23 | 30.06.23 |  | half-year |
| I полугодие | 2022/2023 | half-year | 01.09.22 | 31.12.22 |  | half-year |
| 1 полугодие 2023-2024 учебного года | 2023/2024 | half-year | 01.09.23 | 31.12.23 |  | half-year |
| вторая половина 2023 года | 2023 | half-year | 01.07.23 | 31.12.23 |  | half-year |
# months
| март...апрель | 2023 | months-list | 01.03.23 | 30.04.23 | 31.03 30.04 | list-or-range |
| сен- тябрь 2023 | 2023 | month | 01.09.23 | 30.09.23 |  | misspelt |
| сентбярь | 2023 | month | 01.09.23 | 30.09.23 |  | misspelt |
| Маpт 2023 | 2023 | month | 01.03.23 | 31.03.23 |  |  |
| март2023 | 2023 | month | 01.03.23 | 31.03.23 |  |  |
| августа 2023 года. | 2023 | month | 01.08.23 | 31.08.23 |  |  |
| август | 2022/2023 | month | 01.08.23 | 31.08.23 |  | summer |
| март, май | 2023 | months-list | 01.03.23 | 31.05.23 | 31.03 31.05 |  |
| март, май 2022 г. | 2022-2024 | months-list | 01.03.22 | 31.05.22 | 31.03 31.05 |  |
| январь 2022 г., март 2023 г. | 2022-2023 | months-list | 01.01.22 | 31.03.23 | 31.01.22 31.03.23 |  |
| 2022 г. - март; 2023 г. - апрель | 2022-2023 | months-list | 01.03.22 | 30.04.23 | 31.03.22 30.04.23 |  |
| Март май | 2023 | months-list | 01.03.23 | 31.05.23 | 31.03 31.05 | list-or-range |
| март или апрель | 2023 | months-list | 01.03.23 | 30.04.23 | 31.03 30.04 | leftover |
| январь, апрель-май | 2023 | months-list | 01.01.23 | 31.05.23 | 31.01 31.05 |  |
| сентябрь, май | 2022/2023 | months-list | 01.09.22 | 31.05.23 | 30.09.22 31.05.23 |  |
| Август 2023, август 2023 | 2023 | month | 01.08.23 | 31.08.23 |  | same-twice |
| март (по отдельному графику) | 2023 | month | 01.03.23 | 31.03.23 |  | also-undated |
| май-июнь 2023 (ГИА) | 2023 | from-to | 01.05.23 | 30.06.23 |  | leftover |
# years and school years
| 2021г.,2022г.,2023г. | 2021-2023 | multi-year | 01.01.21 | 31.12.23 |  |  |
| 2009 2012 годы | 2009-2012 | multi-year | 01.01.09 | 31.12.12 |  | list-or-range |
| в течение всего года | 2023 | calendar-year | 01.01.23 | 31.12.23 |  |  |
| в течение года | 2022/2023 | school-year | 01.09.22 | 31.08.23 |  | school-year-end |
| в течение года | 2021-2023 | calendar-year | 01.01.21 | 31.12.23 |  | each-year |
| в течение года | ? | calendar-year | - | - |  | no-year |
| 2023 | 2023 | calendar-year | 01.01.23 | 31.12.23 |  |  |
| 2022-2023 | 2023 | multi-year | 01.01.22 | 31.12.23 |  | two-years year-outside |
| 2022-2023 | 2022/2023 | school-year | 01.09.22 | 31.08.23 |  | two-years |
| 2021-2023 годы | 2021-2023 | multi-year | 01.01.21 | 31.12.23 |  |  |
| в течение 2023-2024 учебного года | 2023/2024 | school-year | 01.09.23 | 31.08.24 |  | school-year-end |
| весь учебный год | 2022/2023 | school-year | 01.09.22 | 31.08.23 |  | school-year-end |
| 2023/24 уч.г. (сентябрь - май) | 2023/2024 | from-to | 01.09.23 | 31.05.24 |  | crosses-year |
| в течение учебного года | 2023 | school-year | - | - |  | which-school-year |
# repeated deadlines
| декабрь ежегодно, до 25 числа | 2022-2024 | recurring(yearly) | - | 25.12.24 | 25.12.22 25.12.23 25.12.24 |  |
| ежегодно до 25 числа | 2022-2024 | recurring(yearly) | - | - |  | no-month |
| ежемесячно: март, май | 2023 | recurring(monthly) | 01.03.23 | 31.05.23 | 31.03 30.04 31.05 | stages |
| ежегодно, до 1 октября и 1 апреля | 2022-2023 | recurring(yearly) | - | 01.10.23 | 01.04.22 01.10.22 01.04.23 01.10.23 |  |
| первая среда каждого месяца с сентября по май | 2022/2023 | recurring(monthly) | 07.09.22 | 03.05.23 | 07.09.22 .. 03.05.23 = 9 |  |
| ежемесячно с 15 сентября по 15 декабря | 2023 | recurring(monthly) | 15.09.23 | 15.12.23 | 30.09 31.10 30.11 15.12 |  |
| ежемесячно с 01.09.2023 по 30.11.2023 | ? | recurring(monthly) | 01.09.23 | 30.11.23 | 30.09 31.10 30.11 |  |
| трижды в год | 2023 | recurring | 01.01.23 | 31.12.23 |  | repeat-dates |
| ежеквартально, 25 числа последнего месяца | 2023 | recurring(quarterly) | 25.03.23 | 25.12.23 | 25.03 25.06 25.09 25.12 | next-month leftover |
| ежемесячно | 2023 | recurring(monthly) | 01.01.23 | 31.12.23 | 31.01 .. 31.12 = 12 |  |
| ежемесячно | ? | recurring(monthly) | - | - |  | no-year |
| до 5 числа ежемесячно | 2023 | recurring(monthly) | - | 05.12.23 | 05.01 .. 05.12 = 12 |  |
| до 10 числа каждого месяца | 2023 | recurring(monthly) | - | 10.12.23 | 10.01 .. 10.12 = 12 |  |
| 15 числа каждого месяца | 2023 | recurring(monthly) | 15.01.23 | 15.12.23 | 15.01 .. 15.12 = 12 |  |
| 1 и 15 числа каждого месяца | 2023 | recurring(monthly) | 01.01.23 | 15.12.23 | 01.01 .. 15.12 = 24 |  |
| до 3 числа месяца, следующего за отчетным | 2023 | recurring(monthly) | - | 03.01.24 | 03.02.23 .. 03.01.24 = 12 | next-month year-outside |
| ежеквартально до 5 числа месяца, следующего за отчетным | 2023 | recurring(quarterly) | - | 05.01.24 | 05.04.23 05.07.23 05.10.23 05.01.24 | next-month year-outside |
| последняя пятница каждого месяца | 2023 | recurring(monthly) | 27.01.23 | 29.12.23 | 27.01 .. 29.12 = 12 |  |
| последний рабочий день месяца | 2023 | recurring(monthly) | 31.01.23 | 31.12.23 | 31.01 .. 31.12 = 12 | workday |
| ежемесячно с сентября по май | 2022/2023 | recurring(monthly) | 01.09.22 | 31.05.23 | 30.09.22 .. 31.05.23 = 9 |  |
| ежемесячно, октябрь-декабрь | 2023 | recurring(monthly) | 01.10.23 | 31.12.23 | 31.10 30.11 31.12 |  |
| в течение года, ежемесячно | 2023 | recurring(monthly) | 01.01.23 | 31.12.23 | 31.01 .. 31.12 = 12 |  |
| ежеквартально | 2023 | recurring(quarterly) | 01.01.23 | 31.12.23 | 31.03 30.06 30.09 31.12 |  |
| ежеквартально (март, июнь, сентябрь, декабрь) | 2023 | recurring(quarterly) | 01.03.23 | 31.12.23 | 31.03 30.06 30.09 31.12 |  |
| до конца 2023 года, ежеквартально | 2023 | recurring(quarterly) | 01.01.23 | 31.12.23 | 31.03 30.06 30.09 31.12 |  |
| раз в полугодие | 2023 | recurring(half-yearly) | 01.01.23 | 31.12.23 | 30.06 31.12 | repeat-dates |
| раз в полугодие | 2022/2023 | recurring(half-yearly) | 01.09.22 | 31.05.23 | 31.12.22 31.05.23 | repeat-dates |
| 1 раз в полугодие (май, декабрь) | 2023 | recurring(half-yearly) | 01.05.23 | 31.12.23 | 31.05 31.12 |  |
| 2 раза в год | 2023 | recurring(half-yearly) | 01.01.23 | 31.12.23 | 30.06 31.12 | repeat-dates |
| 2 раза в год (май) | 2023 | recurring(half-yearly) | 01.05.23 | 31.05.23 | 31.05 | repeat-dates |
| 3 раза в год | 2023 | recurring | 01.01.23 | 31.12.23 |  | repeat-dates |
| один раз в четверть | 2023 | recurring | 01.01.23 | 31.12.23 |  | repeat-dates |
| 1 раз в 2 месяца | 2023 | recurring | 01.01.23 | 31.12.23 |  | repeat-dates |
| не реже 1 раза в квартал | 2023 | recurring(quarterly) | 01.01.23 | 31.12.23 | 31.03 30.06 30.09 31.12 |  |
| ежегодно, август | 2022-2024 | recurring(yearly) | 01.08.22 | 31.08.24 | 31.08.22 31.08.23 31.08.24 |  |
| ежегодно с 1 по 10 сентября | 2022-2024 | recurring(yearly) | 01.09.22 | 10.09.24 | 10.09.22 10.09.23 10.09.24 |  |
| ежегодно до 1 сентября и до 1 марта | 2023-2024 | recurring(yearly) | - | 01.09.24 | 01.03.23 01.09.23 01.03.24 01.09.24 |  |
| ежегодно октябрь-февраль | 2022-2023 | recurring(yearly) | 01.10.22 | 29.02.24 | 28.02.23 29.02.24 | crosses-year year-outside |
| октябрь каждого года | 2021-2023 | recurring(yearly) | 01.10.21 | 31.10.23 | 31.10.21 31.10.22 31.10.23 |  |
| март 2022, 2023, 2024 | 2022-2024 | recurring(yearly) | 01.03.22 | 31.03.24 | 31.03.22 31.03.23 31.03.24 |  |
| Ежегодно | 2022,2023 | recurring(yearly) | 01.01.22 | 31.12.23 | 31.12.22 31.12.23 | two-years |
| ежегодно | ? | recurring(yearly) | - | - |  | no-year |
| еженедельно | 2023 | recurring(weekly) | - | - |  | often |
| каждый понедельник | 2023 | recurring(weekly) | - | - |  | often |
| Июнь 2023, далее ежегодно | 2023-2025 | recurring(yearly) | 01.06.23 | 30.06.23 | 30.06 | leftover |
# no date, or another paper's date
| в установленные сроки | 2023 | by-external-plan | - | - |  |  |
| в двухнедельный срок | 2023 | event-relative | - | - |  | event |
| по окончании четверти | 2023 | event-relative | - | - |  | term |
| в каникулярное время | 2023 | event-relative | - | - |  | term |
| до особого распоряжения | 2023 | unknown | - | - |  | unread |
| по плану работы школы | 2023 | by-external-plan | - | - |  |  |
| По графику, май-июнь 2023 | 2023 | from-to | 01.05.23 | 30.06.23 |  | also-undated |
| согласно приказу от 15.03.2023 № 45 | 2023 | by-external-plan | - | - |  |  |
| 2022-2023 гг., по плану ИРО | 2022-2023 | by-external-plan | 01.01.22 | 31.12.23 |  |  |
| ежегодно, по графику | 2022-2023 | by-external-plan | 01.01.22 | 31.12.23 |  |  |
| на постоянной основе | 2023 | continuous | - | - |  |  |
| в период реализации программы | 2023 | continuous | - | - |  |  |
| постоянно, начиная с 01.03.2023 | 2023 | from-to | 01.03.23 | - |  | open-end also-undated |
| по мере необходимости | 2023 | event-relative | - | - |  | event |
| после получения результатов ВПР | 2023 | event-relative | - | - |  | event |
| в течение 10 рабочих дней после издания приказа | 2023 | event-relative | - | - |  | event |
| не позднее чем за 10 дней до начала экзаменов | 2023 | event-relative | - | - |  | event |
| по итогам 2023 года | 2023 | event-relative | - | - |  | event |
| в период проведения ГИА | 2023 | event-relative | - | - |  | event |
# what is no deadline
| - | 2023 | unknown | - | - |  | unread |
| 18.30 | 2023 | unknown | - | - |  | hours |
| с 9-00 до 12-00 | 2023 | unknown | - | - |  | hours |
| уточняется | 2023 | unknown | - | - |  | unread |
| 31.02.2023 | 2023 | date | - | - |  | impossible |
| до 31 апреля | 2023 | by-date | - | - |  | impossible |
| 29 февраля | 2023 | date | - | - |  | impossible |
| 15.13.2023 | 2023 | date | - | - |  | impossible |
| 15.03.20023 | 2023 | date | - | - |  | impossible |
| 32 марта | 2023 | date | - | - |  | impossible |
| "__" ______ 2023 | 2023 | calendar-year | 01.01.23 | 31.12.23 |  | leftover |
| 20__ г. | 2023 | unknown | - | - |  | unread |
| дата уточняется, март 2023 | 2023 | month | 01.03.23 | 31.03.23 |  | leftover |
"""


def plan_of(text: str) -> dict[str, Any]:
    """The arguments of ``read_deadline`` for the ``plan`` column."""
    if text == "?":
        return {"years": []}
    if "/" in text:
        return {"years": [int(one) for one in text.split("/")], "school_year": True}
    if "-" in text:
        first, last = (int(one) for one in text.split("-"))
        return {"years": range(first, last + 1), "school_year": False}
    return {"years": [int(one) for one in text.split(",")]}


def rows() -> list[list[str]]:
    lines = [line for line in READINGS.strip().splitlines()[1:] if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def shown(day: date | None) -> str:
    return f"{day:%d.%m.%y}" if day else "-"


def occurrences_shown(deadline: Deadline) -> str:
    one_year = len({day.year for day in deadline.occurrences}) == 1
    days = [shown(day)[:5] if one_year else shown(day) for day in deadline.occurrences]
    return " ".join(days) if len(days) <= 6 else f"{days[0]} .. {days[-1]} = {len(days)}"


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]} @ {row[1]}")
def test_a_coordinator_reads_a_deadline_as_the_program_does(row: list[str]) -> None:
    phrase, plan, *expected = row

    found = read_deadline(phrase, **plan_of(plan))

    kind = found.kind.value + (f"({found.repeat.value})" if found.repeat else "")
    doubts = " ".join(one.code.removeprefix("deadline-") for one in found.doubts)
    assert [kind, shown(found.start), shown(found.due), occurrences_shown(found), doubts] == expected
    assert found.text == phrase


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(rows()) >= 180


@pytest.mark.parametrize("phrase", ["", "  ", "\u00a0"])
def test_an_empty_cell_is_unknown_and_says_so(phrase: str) -> None:
    found = read_deadline(phrase, years=[2023])

    assert found.kind is DeadlineKind.UNKNOWN
    assert [one.code for one in found.doubts] == ["deadline-empty"]


def test_every_doubt_of_a_deadline_is_a_sentence() -> None:
    """A coordinator reads each doubt in words, with its values filled in."""
    for phrase, plan, *_ in rows():
        for one in read_deadline(phrase, **plan_of(plan)).doubts:
            assert text_of(one).endswith(".")
            assert "{" not in text_of(one)


def test_every_doubt_about_deadlines_is_met_in_the_table() -> None:
    met = {code for row in rows() for code in row[6].split()} | {"empty"} | SAID_BY_THE_TABLE_READER
    known = {code.removeprefix("deadline-") for code in DOUBTS if code.startswith("deadline-")}

    assert known - met == set()


@pytest.mark.parametrize("space", ["\u00a0", "\n", "  ", "\u2009"])
@pytest.mark.parametrize("dash", ["-", "–", "—", "\u2011"])
def test_spaces_and_dashes_of_word_do_not_matter(space: str, dash: str) -> None:
    plain = read_deadline("с 1 марта - 15 мая 2023 г.", years=[2023])
    typeset = read_deadline(f"с{space}1{space}марта {dash} 15{space}мая{space}2023{space}г.", years=[2023])

    assert (typeset.kind, typeset.start, typeset.due) == (plain.kind, plain.start, plain.due)
    assert typeset.due == date(2023, 5, 15)


SAID_BY_THE_TABLE_READER = {"from-section", "joined"}
"""Doubts about where a deadline was printed, not about its words."""

WORDS = sorted({word for row in rows() for word in row[0].split()})


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=8).map(" ".join),
    st.lists(st.integers(2000, 2040), max_size=3),
    st.sampled_from([None, True, False]),
)
def test_no_phrase_breaks_the_reader_or_is_lost_in_silence(
    phrase: str, years: list[int], school_year: bool | None
) -> None:
    """Whatever stands in a cell: a reading in order, or a doubt that says why there is none."""
    found = read_deadline(phrase, years, school_year=school_year)

    undated = (DeadlineKind.CONTINUOUS, DeadlineKind.BY_EXTERNAL_PLAN)
    assert found.start is None or found.due is None or found.start <= found.due
    assert list(found.occurrences) == sorted(found.occurrences)
    assert found.due or found.doubts or found.kind in undated
    assert all(text_of(one) for one in found.doubts)


@given(
    st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y г."]),
)
def test_any_printed_date_is_read_back(day: date, form: str) -> None:
    found = read_deadline(f"до {day.strftime(form)}", years=[day.year])

    assert (found.kind, found.due, found.doubts) == (DeadlineKind.BY_DATE, day, ())
