"""A district where every school does something else to its form, and the judge of what came of it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import district_fixture as district
import openpyxl
from file_damages import Case, Draft

from sheetsync import campaign, store
from sheetsync.campaign import ConsolidateResult
from sheetsync.columns import ENTRIES, FINDINGS, LEDGER, PLAN, PLAN_SHEET, UNPLACED
from sheetsync.district.as_json import consolidation_as_json
from sheetsync.findings import quotations
from sheetsync.merge.spelling import same_value
from sheetsync.model import Finding, Plan, Status
from sheetsync.text import squeeze
from sheetsync.workbooks.census import census
from sheetsync.workbooks.excel_file import ExcelFile

PLACES = [
    "Липовская",
    "Кленовская",
    "Берёзовская",
    "Сосновская",
    "Ольховская",
    "Рябиновская",
    "Дубравинская",
    "Еловая",
    "Ивняковская",
    "Калиновская",
    "Малиновская",
    "Черёмуховская",
    "Ясеневская",
    "Тополёвская",
    "Вишнёвская",
    "Грушевская",
    "Яблоневская",
    "Орешниковская",
    "Можжевеловая",
    "Пихтовая",
    "Кедровая",
    "Лиственничная",
    "Камышовая",
    "Осоковая",
    "Мятная",
    "Ромашковая",
    "Васильковая",
    "Лютиковая",
    "Незабудковая",
    "Клеверная",
    "Пшеничная",
    "Ржаная",
    "Овсяная",
    "Гречишная",
    "Ячменная",
    "Просяная",
    "Заречная",
    "Загорная",
    "Подлесная",
    "Полевая",
    "Луговая",
    "Степная",
    "Озёрная",
    "Болотная",
    "Родниковая",
    "Ключевая",
    "Колодезная",
    "Мостовая",
    "Мельничная",
    "Кузнечная",
    "Гончарная",
    "Ткацкая",
    "Кожевенная",
    "Соляная",
    "Медовая",
    "Хлебная",
    "Сырная",
    "Рыбачья",
    "Охотничья",
    "Лесосечная",
    "Каменная",
    "Песчаная",
    "Глинистая",
    "Меловая",
    "Угольная",
    "Торфяная",
    "Железная",
    "Медная",
    "Оловянная",
    "Серебрянская",
    "Золотухинская",
    "Хрустальная",
    "Янтарная",
    "Жемчужная",
    "Бирюзовая",
    "Малахитовая",
    "Гранитная",
    "Мраморная",
]

_ROWS = """
1.\tПодготовка\t\t\t
1.1.\tНазначение координатора в каждой школе\tДо 01.02.2026\tОО\tПриказ по школе
1.2.\tСамодиагностика школы по выбранным рискам\tФевраль 2026\tОО\tСправка
1.3.\tСовещание с директорами школ\t20.01.2026\tОтдел образования администрации Тенистого района\tПротокол
1.4.\tРазработка антирисковых программ\tМарт 2026\tОО\tПрограмма
1.15.\tЗаседание методического совета по итогам первого полугодия\tЯнварь 2026\tОО\tПротокол
1.15.\tЗаседание методического совета по итогам второго полугодия\tМай 2026\tОО\tПротокол
1.16.\tСовещание при директоре\tФевраль 2026\tОО\tПротокол
2.\tРабота с учителями\t\t\t
2.1.\tКурсы повышения квалификации учителей математики\tМарт 2026\tОО\tСписок
2.2.\tКурсы повышения квалификации учителей русского языка\tМарт 2026\tОО\tСписок
2.3.\tСовещание при директоре\tМай 2026\tОО\tПротокол
2.4.\tНаставничество учителей двух школ\tПостоянно\tМБОУ «Липовская СОШ», МБОУ «Кленовская СОШ»\tДоговор
2.5.\tСеминар «Трудные темы» для учителей математики\tАпрель 2026\tОО\tПрограмма семинара
2.6.\tСеминар «Трудные темы» для учителей физики\tАпрель 2026\tОО\tПрограмма семинара
2.9.\tАнализ уроков\tПостоянно\tОО\tСправка
2.10.\tВзаимопосещение уроков\tПостоянно\tОО\tЛист посещения
3.\tРабота с учениками и родителями\t\t\t
3.1.\tДополнительные занятия по математике\tПостоянно\tОО\tРасписание
3.2.\tДополнительные занятия по русскому языку\tПостоянно\tОО\tРасписание
3.3.\tПробный экзамен в девятых классах\tАпрель 2026\tОО\tСправка
3.4.\tПробный экзамен в одиннадцатых классах\tАпрель 2026\tОО\tСправка
3.5.\tРодительское собрание\tФевраль 2026\tОО\tПротокол
3.6.\tРодительское собрание для девятых классов\tМарт 2026\tОО\tПротокол
3.10.\tКаникулярная смена для отстающих\tМарт 2026\tОО\tПрограмма
"""
_TOP, _, _ = district.ORDER.partition("№ п/п")
_HEADS = "№ п/п\tМероприятия\tСроки\tОтветственные\tОжидаемый результат"
STATUSES = (Status.DONE, Status.DONE, Status.PARTLY, Status.IN_PROGRESS, Status.DONE, Status.NOT_DONE)
_TEXTS = ("info", "document", "link", "reason")
_SHOWN = ("status", "done_on", *_TEXTS)
_OF_READING = "FVRMSX"
"""Families of findings that speak of the file, not of what was answered."""


def order_text(schools: int, year: int = 2026, number: int = 8) -> str:
    schools = "\n".join(f"{place}. МБОУ «{name} СОШ»;" for place, name in enumerate(PLACES[:schools], 1))
    text = f"{_TOP}{_HEADS}{_ROWS}\nСписок школ:\n{schools}\n"
    return text.replace("2026", str(year)).replace("№ 8", f"№ {number}")


def new(folder: Path, schools: int = 60, **order: int) -> Path:
    """A campaign with a form for every school."""
    place = folder / "Тенистый"
    path = folder / "Приказ.txt"
    path.write_text(order_text(schools, **order), encoding="utf-8")
    campaign.new_campaign(place, path, district.NOW)
    campaign.issue_forms(place, district.NOW)
    return place


def filled(form: Path, code: str, tag: str = "") -> Draft:
    """A form with every answer cell filled by a text met nowhere else."""
    draft = Draft(openpyxl.load_workbook(form), code, {})
    for place, row in enumerate(
        row for row in range(draft.header + 1, draft.sheet.max_row + 1) if draft.cell(row, "key").value
    ):
        mark = f"{code}-{place:02d}{tag}"
        day = datetime(2026, 2, 1) + timedelta(days=place)
        status = STATUSES[place % len(STATUSES)].value
        values: dict[str, Any] = {
            "status": status,
            "done_on": day,
            "info": f"Проведено, итоги подведены, запись {mark}",
            "document": f"приказ № {mark} от {day:%d.%m.%Y}",
            "link": f"https://школа.example/{mark}",
            "reason": f"перенос на осень, пометка {mark}",
        }
        shown = {"done_on": f"{day:%d.%m.%Y}"}
        for key, value in values.items():
            draft.answer(row, key, value, shown.get(key, str(value)))
    return draft


# --- what came of it ----------------------------------------------------------------------------


@dataclass
class Judgement:
    right: int = 0
    unplaced: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    misplaced: list[str] = field(default_factory=list)
    """Findings and unplaced values whose cell does not hold what they quote."""
    unaccounted: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        return not (self.wrong or self.lost or self.misplaced or self.unaccounted)

    @property
    def troubles(self) -> str:
        return "\n".join((*self.wrong, *self.lost, *self.misplaced, f"unaccounted {self.unaccounted}"))

    @property
    def alarms(self) -> set[str]:
        return {code for code in self.codes if code[0] in _OF_READING}

    def __str__(self) -> str:
        codes = " ".join(
            f"{code}x{count}" for code, count in sorted(self.codes.items()) if code[0] in "FVRMSX"
        )
        counts = f"{self.right:4} right {self.unplaced:4} unplaced {len(self.wrong):3} wrong {len(self.lost):3} lost"
        return f"{counts} {self.unaccounted:3} unacc. {len(self.misplaced):3} misplaced | {codes}"


class Seen:
    """The written workbook and the JSON of one run."""

    def __init__(self, place: Path, result: ConsolidateResult) -> None:
        self.place = place
        self.plan: Plan = result.consolidation.plan
        self.findings: tuple[Finding, ...] = result.consolidation.findings
        book = ExcelFile.from_bytes((place / store.NEW_WORKBOOK_NAME).read_bytes())
        self._tables = {
            spec.name: [
                dict(zip(spec.keys, [cell.text for cell in row], strict=False))
                for row in book.read_table(spec.name).rows
            ]
            for spec in (ENTRIES, FINDINGS, LEDGER, UNPLACED)
        }
        self.json = json.loads(json.dumps(consolidation_as_json(result.consolidation)))

    def rows(self, table: str, **where: str) -> list[dict[str, str]]:
        return [row for row in self._tables[table] if all(row[key] == value for key, value in where.items())]

    def judge(self, case: Case) -> Judgement:
        participant = self.plan.participant(case.code)
        name = participant.short_name if participant else case.code
        found = Judgement()
        entries = {row["key"]: row for row in self.rows(ENTRIES.name, participant=name)}
        told = [row for file in case.files for row in self._told(file)]
        self._answers(case, entries, told, found)
        self._typed(case, entries, told, found)
        self._invented(case, entries, found)
        self._elsewhere(case, name, found)
        self._json(case, found)
        self._cells(case, found)
        for file in case.files:
            found.unaccounted += sum(
                abs(int(row["unaccounted"])) for row in self.rows(LEDGER.name, file=file)
            )
        found.codes.update(
            row["code"]
            for row in self._tables[FINDINGS.name]
            if row["file"] in case.files or row["participant"] == name
        )
        return found

    def _told(self, file: str) -> Iterator[str]:
        yield from (row["text"] for row in self.rows(UNPLACED.name, file=file))
        yield from (row["text"] for row in self.rows(FINDINGS.name, file=file))

    def _answers(
        self, case: Case, entries: dict[str, dict[str, str]], told: list[str], found: Judgement
    ) -> None:
        for (key, column), text in case.expected.items():
            shown = entries.get(key, {}).get(column, "")
            if _shows(shown, text, column):
                found.right += 1
            elif any(squeeze(text) in squeeze(one) for one in told):
                found.unplaced += 1
            else:
                found.lost.append(f"{key}.{column}: {text[:80]!r}, shown {shown[:80]!r}")

    def _typed(
        self, case: Case, entries: dict[str, dict[str, str]], told: list[str], found: Judgement
    ) -> None:
        for text, activity in case.typed.items():
            own = entries.get(activity or "", {})
            if not any(
                squeeze(text) in squeeze(one) for one in (*told, *(own.get(key, "") for key in _SHOWN))
            ):
                found.lost.append(f"typed {text!r}")

    def _invented(self, case: Case, entries: dict[str, dict[str, str]], found: Judgement) -> None:
        """Nothing stands at an activity that the school did not answer there."""
        for key, row in entries.items():
            allowed = [text for text, activity in case.typed.items() if activity == key]
            for column in _SHOWN:
                shown, meant = row[column], case.expected.get((key, column), "")
                meant = meant or case.perhaps.get((key, column), "")
                if shown and not _shows(shown, meant, column) and not any(one in shown for one in allowed):
                    found.wrong.append(f"{key}.{column}: {shown[:80]!r} instead of {meant[:80]!r}")

    def _elsewhere(self, case: Case, name: str, found: Judgement) -> None:
        """No text of this school stands at another participant."""
        marks = [text for (_, column), text in case.expected.items() if column in _TEXTS]
        for row in self._tables[ENTRIES.name]:
            if row["participant"] != name:
                texts = [row[column] for column in _TEXTS if row[column]]
                found.wrong += [
                    f"at {row['participant']}: {one!r}" for one in marks for text in texts if one in text
                ]

    def _json(self, case: Case, found: Judgement) -> None:
        entries = {one["activity"]: one for one in self.json["entries"] if one["participant"] == case.code}
        shown = {row["key"]: row for row in self._tables[ENTRIES.name]}
        for (key, column), text in case.expected.items():
            said = entries.get(key, {}).get(column) or ""
            if case.typed.get(said) == key:
                continue  # the other of two answers that dispute the cell
            if key in shown and said and column in _TEXTS and squeeze(said) != squeeze(text):
                found.wrong.append(f"json {key}.{column}: {said[:80]!r} instead of {text[:80]!r}")

    def _cells(self, case: Case, found: Judgement) -> None:
        """What findings and «Не размещено» quote stands in the very cell they name."""
        for file in case.files:
            path = self.place / store.RECEIVED_FOLDER / file
            if not path.is_file():
                continue
            held: dict[tuple[str, str], list[str]] = {}
            for item in census(path.read_bytes()):
                held.setdefault((item.sheet, item.cell), []).append(item.text)
            quotes = [(row["sheet"], row["cell"], row["text"]) for row in self.rows(UNPLACED.name, file=file)]
            quotes += [
                (one.origin.sheet, one.origin.cell, quotations(text)[0])
                for one in self.findings
                if one.origin.file == file and one.code[0] == "R" and one.origin.cell
                for name, text in one.params
                if name in ("value", "comment", "now")
            ]
            found.misplaced += [
                f"{file} {sheet}!{cell}: {text!r}, holds {held.get((sheet, cell))}"
                for sheet, cell, text in quotes
                if sheet and cell and not _is_quoted(text, held.get((sheet, cell), ()))
            ]


def _shows(shown: str, text: str, column: str) -> bool:
    if column in ("status", "done_on"):
        return shown == text
    return bool(text) and squeeze(text) in squeeze(shown)


def _is_quoted(text: str, held: Iterable[str]) -> bool:
    wanted = squeeze(text).removesuffix("…").rstrip()
    return any(wanted in squeeze(one) or same_value(one, text) for one in held)


def change_plan(place: Path) -> None:
    """The office rewords one activity and takes another off; the next issue is a new one."""
    path = place / store.NEW_WORKBOOK_NAME
    book = openpyxl.load_workbook(path)
    sheet = book[PLAN_SHEET]
    for line in list(sheet.iter_rows()):
        for cell in line:
            if cell.value == "Разработка антирисковых программ":
                cell.value = "Разработка и утверждение антирисковых программ"
            elif cell.value == "Родительское собрание":
                headers = {one.value: one.column for row in sheet.iter_rows(max_row=8) for one in row}
                sheet.cell(cell.row, headers[PLAN.column("reporters").header]).value = "Липовская СОШ"
    book.save(path)
