"""An invented district's plan for tests of forms: sections, long titles, odd numbers, own rows."""

from __future__ import annotations

from datetime import date

from sheetsync.model import Indicator, Participant, ParticipantKind, Plan, PlanRow, Settings

SCHOOL = "S01"
OFFICE = "O01"

PARTICIPANTS = (
    Participant(
        SCHOOL, "МБОУ «Заозёрная средняя общеобразовательная школа имени А. П. Ветрова»", "Заозёрная СОШ"
    ),
    Participant("S02", "МКОУ «Верхнереченская основная школа»", "Верхнереченская ООШ"),
    Participant(
        OFFICE, "Отдел образования администрации Синегорского района", "Отдел", kind=ParticipantKind.OFFICE
    ),
)
SETTINGS = Settings(
    plan_id="SINEG",
    organisation="Отдел образования администрации Синегорского района",
    plan_title="План мероприятий («дорожная карта») по повышению качества образования в образовательных "
    "организациях Синегорского района, показавших низкие результаты, на 2023 год",
    order_number="17-о",
    order_date=date(2023, 1, 20),
    years=(2023,),
    period_start=date(2023, 1, 1),
    period_end=date(2023, 12, 31),
    report_due=date(2023, 12, 15),
)
SECTIONS = (
    "1. Организационно-управленческие мероприятия",
    "2. Методическая помощь образовательным организациям, показавшим низкие результаты, и работа с кадрами",
    "3. Работа с обучающимися и родителями",
)
TITLES = (
    "Издание приказа об утверждении школьной программы перехода в эффективный режим работы",
    "Проведение педагогического совета «Анализ результатов внешних оценочных процедур: причины и пути решения» "
    "с участием методистов отдела образования, руководителей районных методических объединений и школ-кураторов",
    "- посещение уроков",
    "=СУММ(1;2) в названии остаётся текстом",
    "Участие педагогов в семинарах (не менее 2-х)",
    "Организация внутришкольного контроля за преподаванием русского языка и математики в 5–9 классах, "
    "включая посещение уроков, проверку тетрадей, анализ журналов и собеседования с учителями-предметниками "
    "по итогам каждой четверти; оформление аналитических справок",
    "Родительские собрания",
)


def _row(place: int) -> PlanRow:
    section = place * len(SECTIONS) // 30
    office_only = place % 7 == 3
    return PlanRow(
        key=f"KEY{place:02d}",
        number=f"{section + 1}.{place % 10 + 1}",
        section=SECTIONS[section],
        title=TITLES[place % len(TITLES)],
        deadline_text=("До 01.03.2023", "В течение года", "Июнь, декабрь 2023", "По графику ИРО")[place % 4],
        start=date(2023, 1, 1),
        due=date(2023, 3 + place % 9, 1),
        responsible="Руководители ОО, заместители директора по УВР, районные методические объединения",
        reporters=(OFFICE,) if office_only else (SCHOOL, "S02"),
        result="Приказ, аналитическая справка" if place % 2 else "Протокол педсовета; не менее 80 % учителей",
        evidence_asked="приказ" if place % 2 else "протокол",
        target="" if place % 2 else "80 %",
    )


PLAN = Plan(
    settings=SETTINGS,
    rows=tuple(_row(place) for place in range(30)),
    participants=PARTICIPANTS,
    indicators=(
        Indicator(
            "Доля учителей, прошедших повышение квалификации, от общего числа учителей", "%", 80.0, 2023
        ),
        Indicator("Число семинаров в организации", "шт.", 2.0, 2023, "KEY03"),
        Indicator("Число открытых уроков", "шт.", 4.0, None, "KEY04"),
    ),
)
