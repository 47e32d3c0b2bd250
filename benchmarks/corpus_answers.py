"""What the invented schools answer: mostly in order, each in words of its own, now and then with a slip.

One school's answers follow from its code and the seed alone, whatever the other schools say.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from corpus_district import REPORT_DUE, YEAR, Asked

from sheetsync.model import Participant, Status

COMMENTS: Final = 5
"""Notes that hang on cells of a copy."""


@dataclass
class Answer:
    """What stands beside one row of a form; ``links`` and ``notes`` by column key."""

    cells: dict[str, str | date] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a school works: the chance of a slip in one row."""

    slips: float


USUAL: Final = Habits(0.07)
SLOPPY: Final = Habits(0.30)
_SLOPPY_SCHOOLS: Final = 0.08
_NAMED_SCHOOLS: Final = 0.12
"""Schools that name a person in one of their rows."""

_OPENINGS: Final = (
    "Проведено {day}, участвовали {teachers} учителей и {pupils} учеников.",
    "Работа выполнена в полном объёме к {day}: охвачено {pupils} учеников, {teachers} учителей.",
    "С {day} занятия идут {times} раза в неделю в кабинете {room}, посещают {pupils} человек.",
    "Собрались {day}, присутствовали {teachers} человек, выступили {few} учителя.",
    "Подготовлено и роздано {pupils} памяток, {day} итоги вывешены на стенде у кабинета {room}.",
    "Изучены работы {pupils} учеников, {percent} % справились, в {month} проверим ещё раз.",
    "Посещено {teachers} уроков, по {few} из них составлены подробные замечания ({day}).",
    "Рабочая группа из {few} человек собиралась {times} раза, последний раз {day}.",
    "Опрошено {pupils} родителей, довольны {percent} %; ответы сведены {day}.",
    "Закуплено {pupils} книг и {few} карты на {money} тыс. руб., поставлены на учёт {day}.",
)
_MIDDLES: Final = (
    "Разобраны ошибки прошлой четверти: доля верных ответов выросла с {low} до {percent} %.",
    "Для {few} учеников составлены отдельные задания, срок сдачи {later}.",
    "Учителя {classes} классов обменялись уроками, всего {times} взаимных посещения.",
    "Приняли участие {percent} % семей, с остальными ({few}) беседовали по телефону до {later}.",
    "Расписание изменено: занятие перенесено на {hour}:{minute}, автобус ждёт до {hour}:{minute2}.",
    "Материалы (страниц: {pages}) лежат в папке «{thing} — {number}» в учительской.",
    "Выставка «{thing}» работала с {day} по {later}, её видели {pupils} человек.",
    "Из {pupils} намеченных бесед проведено {few2}, остальные пройдут в {month}.",
    "Лучшие работы ({few}) отправлены на смотр «{thing}», ответ ждём к {later}.",
    "По итогам решено: повторить через {times} недели, отвечает школьная служба, кабинет {room}.",
    "В {classes} классах успеваемость {percent} %, качество {low} %, пропусков {pages}.",
    "Присутствовали гости из {few} соседних школ, от библиотеки передано {pages} книг.",
)
_ENDINGS: Final = (
    "Замечания учтены, следующая встреча {later}.",
    "Охват составил {percent} %.",
    "Итог обсуждён на совещании {later}, предложений поступило {few}.",
    "Отчёт на {pages} страницах хранится в кабинете {room}.",
    "Трудности: не хватает {few} парт и времени у {times} учителей.",
    "Планируем продолжить в {month} с {classes} классами.",
)
_SHORT: Final = (
    "Проведено {day}, {teachers} чел.",
    "Сделано, {pupils} учеников, {percent} %.",
    "Выполнено {day}, кабинет {room}.",
    "Да, участвовали {pupils} человек.",
)
_THINGS: Final = (
    "Лесные голоса",
    "Дорога к дому",
    "Живое слово",
    "Весёлый счёт",
    "Наш край в цифрах",
    "Школьная карта",
    "Чистый двор",
    "Ступени",
    "Тёплый вечер",
    "Речные были",
    "Первый шаг",
    "Страницы памяти",
    "Добрый сосед",
)
_MONTHS: Final = ("январе", "феврале", "марте", "апреле", "мае", "сентябре", "октябре", "ноябре", "декабре")
_PEOPLE: Final = (
    "Отвечала заместитель директора Ветлугина М. П.",
    "Ученик 7 класса Снегирёв Пётр получил отдельное задание.",
    "С мамой ученицы 5 «Б» Полянской Алисы проведена беседа.",
    "Докладывал учитель физики Ручейников А. С.",
    "Занимается логопед Зорянкина Ольга Ильинична, тел. 8 900 000-{room}-17.",
)
_COMMENTS: Final = (
    "Уточнить к {later}",
    "Проверено в кабинете {room}",
    "Было {low} %, стало {percent} %",
    "См. папку {number}, стр. {pages}",
    "Дата по журналу: {day}",
    "Добавим ещё {few} чел. в {month}",
)
_REASONS: Final = (
    "Нет учителя по предмету с {day}, новый срок {later}.",
    "Здание закрыто на ремонт кабинета {room}, переносим на {later}.",
    "Болело {few} человек, проведём {later}.",
    "В школе нет {classes} классов.",
    "Ждём договора с типографией № {number}, срок {later}.",
)
_PER_SENTENCE: Final = 90
"""About how many letters a sentence takes."""


class School:
    """One school while it fills its form."""

    def __init__(
        self, who: Participant, place: int, seed: str, town: str, habits: Habits | None = None
    ) -> None:
        self._random = random.Random(f"{seed}/{who.code}")
        self._index = f"{place + 1:02}"
        self._host = f"{who.code.lower()}.{town}.example.org"
        is_sloppy = self._random.random() < _SLOPPY_SCHOOLS
        self._habits = habits or (SLOPPY if is_sloppy else USUAL)
        self._papers = self._random.randrange(3, 40)

    def answers(self, rows: Sequence[Asked]) -> list[Answer]:
        """What the school writes beside each row of its form."""
        answers = [self._answer(row) for row in rows]
        self._add_notes(answers)
        if self._random.random() < _NAMED_SCHOOLS:
            named = self._random.choice([one for one in answers if "info" in one.cells] or [Answer()])
            words = self._said(self._random.choice(_PEOPLE), REPORT_DUE)
            named.cells["info"] = f"{named.cells.get('info', '')} {words}".strip()
        return answers

    def figure(self, target: float) -> float:
        """What was reached of a target: mostly a little more."""
        return round(target * (0.95 + self._random.random() / 8), 1) if target > 10 else target

    def words(self, pattern: str) -> str:
        return self._said(pattern, REPORT_DUE)

    def _answer(self, row: Asked) -> Answer:
        chance = self._random
        if chance.random() < self._habits.slips:
            return chance.choice(_SLIPS)(self, row)
        return self._diligent(row)

    # --- a row in order

    def _diligent(self, row: Asked, late: int = 0) -> Answer:
        chance = self._random
        done = row.due + timedelta(days=late or -chance.randrange(1, 12))
        done = max(date(YEAR, 1, 14), min(done, REPORT_DUE - timedelta(days=4)))
        answer = Answer({"status": Status.DONE.value, "done_on": done, "info": self._told(done)})
        papers = self._paper(row, done)
        if papers:
            answer.cells["document"] = papers
            answer.links["document"] = self._address(done, "docs", "pdf")
        page = self._address(done, "page", "html")
        answer.cells["link"] = answer.links["link"] = page
        if not papers or chance.random() < 0.05:
            answer.links["info"] = self._address(done, "news", "html")
        return answer

    def _told(self, day: date) -> str:
        """20 to 400 letters, short or long as people are."""
        chance = self._random
        if chance.random() < 0.15:
            return self._said(chance.choice(_SHORT), day)
        count = chance.choice((1, 1, 2, 2, 2, 3, 3, 4))
        parts = [chance.choice(_OPENINGS), *chance.sample(_MIDDLES, count - 1)]
        if chance.random() < 0.5:
            parts.append(chance.choice(_ENDINGS))
        return self._said(" ".join(parts), day)

    def _said(self, pattern: str, day: date) -> str:
        chance = self._random
        return pattern.format(
            day=f"{day:%d.%m}",
            later=f"{day + timedelta(days=chance.randrange(9, 60)):%d.%m}",
            teachers=chance.randrange(7, 64),
            pupils=chance.randrange(24, 460),
            few=chance.randrange(5, 24),
            few2=chance.randrange(5, 24),
            times=chance.randrange(2, 5),
            percent=chance.randrange(61, 100),
            low=chance.randrange(31, 60),
            room=chance.randrange(10, 99),
            pages=chance.randrange(5, 180),
            money=chance.randrange(5, 300),
            number=chance.randrange(2, 90),
            hour=chance.randrange(8, 17),
            minute=f"{chance.randrange(0, 60, 5):02}",
            minute2=f"{chance.randrange(0, 60, 5):02}",
            classes=f"{chance.randrange(1, 6)}–{chance.randrange(6, 12)}",
            thing=chance.choice(_THINGS),
            month=chance.choice(_MONTHS),
        )

    def _paper(self, row: Asked, day: date) -> str:
        """Kind, number and date; the number begins with the school's own index, as in its office."""
        if not row.paper:
            return ""
        self._papers += self._random.randrange(1, 4)
        return f"{row.paper} № {self._index}-{self._papers} от {day:%d.%m.%Y}"

    def _address(self, day: date, folder: str, ending: str) -> str:
        return f"https://{self._host}/{folder}/{day:%Y/%m}/{self._random.randrange(10**5, 10**6)}.{ending}"

    # --- slips

    def late(self, row: Asked) -> Answer:
        return self._diligent(row, late=self._random.randrange(2, 30))

    def bare(self, row: Asked) -> Answer:
        answer = self._diligent(row)
        answer.cells.pop("document", None)
        answer.cells.pop("link", None)
        answer.links.clear()
        return answer

    def weak(self, row: Asked) -> Answer:
        answer = self.bare(row)
        answer.cells["document"] = self._random.choice(
            ("приказ есть", "протокол", "справка без номера", "см. папку")
        )
        return answer

    def not_done(self, row: Asked) -> Answer:
        reason = self._said(self._random.choice(_REASONS), row.due)
        return Answer({"status": Status.NOT_DONE.value, "reason": reason})

    def not_required(self, row: Asked) -> Answer:
        del row
        return Answer(
            {"status": Status.NOT_REQUIRED.value, "reason": self.words("В школе нет {classes} классов.")}
        )

    def unfinished(self, row: Asked) -> Answer:
        info = self._told(row.due)
        return Answer({"status": Status.IN_PROGRESS.value, "info": info})

    def empty(self, row: Asked) -> Answer:
        del row
        return Answer()

    def other_words(self, row: Asked) -> Answer:
        answer = self._diligent(row)
        answer.cells["status"] = self._random.choice(("исполнено", "Выполнено.", "да"))
        return answer

    def written_date(self, row: Asked) -> Answer:
        answer = self._diligent(row)
        day = answer.cells["done_on"]
        assert isinstance(day, date)
        answer.cells["done_on"] = self._random.choice(
            (f"{day:%d.%m.%y}г.", f"{day:%d.%m}", f"до {day:%d.%m.%Y}")
        )
        return answer

    def same_paper(self, row: Asked) -> Answer:
        """The paper many rows are confirmed with."""
        answer = self._diligent(row)
        answer.cells["document"] = f"годовой план работы № {self._index}-1 от 09.01.{YEAR}"
        return answer

    # --- notes

    def _add_notes(self, answers: Sequence[Answer]) -> None:
        """A few notes on answers, as somebody checking the form leaves them."""
        filled = [one for one in answers if "info" in one.cells]
        for one in self._random.sample(filled, min(COMMENTS, len(filled))):
            one.notes["info"] = self._said(self._random.choice(_COMMENTS), REPORT_DUE)


_SLIPS: Final[tuple[Callable[[School, Asked], Answer], ...]] = (
    School.late,
    School.late,
    School.bare,
    School.weak,
    School.not_done,
    School.not_done,
    School.not_required,
    School.unfinished,
    School.empty,
    School.other_words,
    School.written_date,
    School.same_paper,
)
