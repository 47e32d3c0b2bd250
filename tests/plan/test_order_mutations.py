"""One invented plan printed in many ways: columns in any order, pages broken anywhere, numbers lost.

Every activity must be found, and a cell that is not read exactly must carry a doubt.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import pytest
from order_grid import codes

from sheetsync.plan.document import Block, Document, Paragraph, TableBlock, TableRow
from sheetsync.plan.order import read_document

HEADERS = {
    "number": "№ п/п",
    "title": "Мероприятия",
    "deadline": "Сроки реализации",
    "responsible": "Ответственные",
    "result": "Ожидаемый результат",
}
SECTIONS = ("Управление качеством образования", "Работа с педагогическими кадрами", "Поддержка обучающихся")
ROWS = (
    (0, "Проведение совещаний с руководителями школ по итогам учебного года", "До 15.02.2023", "Управление образования администрации Лесного района", "Протокол совещания с рекомендациями для школ"),
    (0, "Самодиагностика школ, анализ причин низких результатов и рисков", "в течение первого квартала", "Общеобразовательные организации района", "Аналитическая справка по каждой школе"),
    (0, "Заключение соглашений о сотрудничестве между школами-партнёрами", "март 2023 года", "Управление образования, общеобразовательные организации", "Не менее трёх соглашений о сотрудничестве"),
    (1, "Курсы повышения квалификации для учителей математики и русского языка", "по графику института развития образования", "Методический центр, общеобразовательные организации", "Удостоверения о повышении квалификации учителей"),
    (1, "Открытые уроки «Учимся у соседей» и взаимопосещение занятий", "Октябрь, ноябрь 2023 года", "Общеобразовательные организации района", "Конспекты уроков в методической копилке района"),
    (1, "Индивидуальные консультации для молодых педагогов школ района", "Постоянно в течение года", "Методический центр Управления образования", "Журнал консультаций методического центра"),
    (2, "Мониторинг посещаемости и успеваемости обучающихся группы риска", "Ежемесячно до 5 числа", "Общеобразовательные организации района", "Информация в Управление образования района"),
    (2, "Дополнительные занятия с обучающимися, имеющими пробелы в знаниях", "В течение учебного года", "Общеобразовательные организации района", "Охват не менее 80 процентов обучающихся"),
)  # fmt: skip


@dataclass(frozen=True)
class Printed:
    document: Document
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def printed(seed: int) -> Printed:
    """The plan as chance prints it."""
    chance = random.Random(seed)
    rest = ["title", "deadline", "responsible", "result"]
    chance.shuffle(rest)
    columns = ("number", *rest) if chance.random() < 0.75 else tuple(rest)
    press = _Press(columns, chance)
    for place, (section, *texts) in enumerate(ROWS):
        if place == 0 or ROWS[place - 1][0] != section:
            press.heading(f"{section + 1}. {SECTIONS[section]}")
        number = sum(one[0] == section for one in ROWS[: place + 1])
        lost = chance.random() < 0.04 and place > 0
        values = ("" if lost else f"{section + 1}.{number}.", *texts)
        press.row(dict(zip(HEADERS, values, strict=True)))
    press.end_page()
    return Printed(Document(tuple(press.blocks), "приказ.txt"), columns, tuple(press.rows))


class _Press:
    """Prints rows and breaks pages."""

    def __init__(self, columns: tuple[str, ...], chance: random.Random) -> None:
        self.columns, self.chance = columns, chance
        self.blocks: list[Block] = [
            Paragraph("План мероприятий по поддержке школ Лесного района на 2023 год")
        ]
        self.rows: list[dict[str, str]] = []
        self.page = [self._header()]

    def _header(self) -> TableRow:
        return TableRow(tuple(HEADERS[one] for one in self.columns))

    def _print(self, cells: dict[str, str]) -> None:
        self.page.append(TableRow(tuple(cells[one] for one in self.columns)))

    def end_page(self) -> None:
        if self.page:
            self.blocks.append(TableBlock(tuple(self.page)))
        self.page = [self._header()] if self.chance.random() < 0.4 else []

    def heading(self, text: str) -> None:
        if self.chance.random() < 0.2 and self.rows:
            self.end_page()
            self.page = []
            self.blocks.append(Paragraph(text))
        else:
            self.page.append(TableRow((text, *("",) * (len(self.columns) - 1))))

    def row(self, cells: dict[str, str]) -> None:
        self.rows.append(cells)
        if self.chance.random() > 0.25:
            self._print(cells)
            return
        head, tail = dict(cells), dict.fromkeys(cells, "")
        for column in self.columns[1:]:
            words = cells[column].split()
            if column != "number" and len(words) > 2 and self.chance.random() < 0.6:
                cut = self.chance.randint(2, len(words) - 1)
                head[column], tail[column] = " ".join(words[:cut]), " ".join(words[cut:])
        self._print(head)
        self.end_page()
        if any(tail.values()):
            self._print(tail)


@pytest.mark.parametrize("seed", range(60))
def test_however_it_is_printed_the_plan_is_the_same(seed: int) -> None:
    page = printed(seed)
    order = read_document(page.document)

    assert len(order.activities) == len(page.rows)
    for read, true in zip(order.activities, page.rows, strict=True):
        cells = (read.title, read.deadline.text, read.responsible.text, read.result)
        exact = cells == tuple(true[one] for one in ("title", "deadline", "responsible", "result"))
        assert exact or codes(read)
    if "number" in page.columns:
        assert [one.number for one in order.activities] == [
            "1.1",
            "1.2",
            "1.3",
            "2.1",
            "2.2",
            "2.3",
            "3.1",
            "3.2",
        ]
