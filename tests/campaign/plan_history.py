"""The history of an invented plan over five versions, told in words.

| version | order          | what the order changes                                  | what happens between               |
|---------|----------------|---------------------------------------------------------|------------------------------------|
| v1      | № 8, January   | six activities in two sections, three schools           | the coordinator gives 2.2 a day of |
|         |                |                                                         | its own and adds 2.4 for the       |
|         |                |                                                         | office; Липовская answers all      |
| v2      | № 31, April    | 1.1 is taken out, 1.2 and 1.3 move up; 2.2 is reworded  | forms are issued again; Кленовская |
|         |                | and moved to June, though the coordinator had moved it  | sends the form of v1 all the same  |
| v3      | № 40, May      | 2.1 goes to section 1 as 1.3; a camp is added; a fourth | nothing                            |
|         |                | school; reports are due five days later                 |                                    |
| v4      | № 52, June     | «Назначение координатора» comes back as 1.4; the summer | Ручьи sends the form of v2         |
|         |                | shift is Липовская's alone, with another result         |                                    |
| v5      | № 60, July     | the camp is taken out again; 1.1 and 1.2 swap numbers;  | forms are issued again             |
|         |                | the school of Ручьи is in the list no more              |                                    |
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

COORDINATOR = "Назначение координатора в каждой школе"
RISKS = "Самодиагностика школы по выбранным рискам"
MEETING = "Совещание с директорами школ"
MATHS = "Дополнительные занятия по математике"
EXAM = "Пробный экзамен в девятых классах"
EXAMS = "Пробный экзамен в девятых и одиннадцатых классах"
SUMMER = "Летняя смена для отстающих"
CAMP = "Школьный лагерь с дневным пребыванием"
VISITS = "Выезды методистов в школы"
"""The coordinator's own row."""

OFFICE = "Отдел образования администрации Тенистого района"
SCHOOLS = ("МБОУ «Липовская СОШ»", "МБОУ «Кленовская ООШ»", "МБОУ «СОШ №7 посёлка Ручьи»")
FOURTH = "МБОУ «Дубравинская СОШ»"

PREPARING, TEACHING = ("1.", "Подготовка"), ("2.", "Работа с учениками")
Line = tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """One order of the history."""

    number: int
    day: str
    lines: Sequence[Line]
    schools: Sequence[str] = SCHOOLS
    due: str = "15.06.2026"
    curators: Sequence[tuple[str, str]] = ()

    def write(self, folder: Path) -> Path:
        path = folder / f"Приказ № {self.number}.txt"
        path.write_text(self.text, encoding="utf-8")
        return path

    @property
    def text(self) -> str:
        plan = "\n".join("\t".join((*line, "", "", "", "")[:5]) for line in self.lines)
        listed = "\n".join(f"{place}. {name};" for place, name in enumerate(self.schools, 1))
        return f"""
ОТДЕЛ ОБРАЗОВАНИЯ АДМИНИСТРАЦИИ ТЕНИСТОГО РАЙОНА

ПРИКАЗ

{self.day}\t№ {self.number}

Об утверждении плана-графика поддержки школ на 2026 год

1. Утвердить план-график поддержки школ на 2026 год.
2. Руководителям школ представить отчёт в срок до {self.due}.

План-график поддержки школ Тенистого района на 2026 год

№ п/п\tМероприятия\tСроки\tОтветственные\tОжидаемый результат
{plan}

Список школ:
{listed}
{self._pairs}"""

    @property
    def _pairs(self) -> str:
        listed = "\n".join(
            f"{place}. {school} - {curator};" for place, (school, curator) in enumerate(self.curators, 1)
        )
        return f"\nСписок школ и школ-кураторов\n{listed}\n" if self.curators else ""


V1 = Edition(
    8,
    "12.01.2026",
    (
        PREPARING,
        ("1.1.", COORDINATOR, "До 01.02.2026", "ОО", "Приказ по школе"),
        ("1.2.", RISKS, "Февраль 2026", "ОО", "Справка"),
        ("1.3.", MEETING, "20.01.2026", OFFICE, "Протокол"),
        TEACHING,
        ("2.1.", MATHS, "Постоянно", "ОО", "Расписание"),
        ("2.2.", EXAM, "Май 2026", "ОО", "Справка"),
        ("2.3.", SUMMER, "Июль 2026", "ОО", "Программа"),
    ),
)
V2 = Edition(
    31,
    "10.04.2026",
    (
        PREPARING,
        ("1.1.", RISKS, "Февраль 2026", "ОО", "Справка"),
        ("1.2.", MEETING, "20.01.2026", OFFICE, "Протокол"),
        TEACHING,
        ("2.1.", MATHS, "Постоянно", "ОО", "Расписание"),
        ("2.2.", EXAMS, "Июнь 2026", "ОО", "Справка"),
        ("2.3.", SUMMER, "Июль 2026", "ОО", "Программа"),
    ),
)
V3 = Edition(
    40,
    "05.05.2026",
    (
        PREPARING,
        ("1.1.", RISKS, "Февраль 2026", "ОО", "Справка"),
        ("1.2.", MEETING, "20.01.2026", OFFICE, "Протокол"),
        ("1.3.", MATHS, "Постоянно", "ОО", "Расписание"),
        TEACHING,
        ("2.1.", EXAMS, "Июнь 2026", "ОО", "Справка"),
        ("2.2.", CAMP, "Июль 2026", "ОО", "Приказ"),
        ("2.3.", SUMMER, "Июль 2026", "ОО", "Программа"),
    ),
    (*SCHOOLS, FOURTH),
    "20.06.2026",
)
V4 = Edition(
    52,
    "01.06.2026",
    (
        *V3.lines[:4],
        ("1.4.", COORDINATOR, "До 01.02.2026", "ОО", "Приказ по школе"),
        *V3.lines[4:7],
        ("2.3.", SUMMER, "Июль 2026", SCHOOLS[0], "Программа и список учеников"),
    ),
    (*SCHOOLS, FOURTH),
    "20.06.2026",
)
V5 = Edition(
    60,
    "01.07.2026",
    (
        PREPARING,
        ("1.1.", MEETING, "20.01.2026", OFFICE, "Протокол"),
        ("1.2.", RISKS, "Февраль 2026", "ОО", "Справка"),
        *V4.lines[3:5],
        TEACHING,
        ("2.1.", EXAMS, "Июнь 2026", "ОО", "Справка"),
        ("2.2.", SUMMER, "Июль 2026", SCHOOLS[0], "Программа и список учеников"),
    ),
    (SCHOOLS[0], SCHOOLS[1], FOURTH),
    "20.06.2026",
)
V1_WITH_CURATORS = replace(V1, number=9, day="01.02.2026", curators=((SCHOOLS[0], "МБОУ «Лицей №12»"),))
LATER = (V2, V3, V4, V5)
