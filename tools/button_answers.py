"""What stands behind each answer of a button, for docs/buttons.md.

The answers are the sentences of ``notices`` and ``press_notices`` and say themselves what to do; here is
only told when they come. A test asks that every sentence of a press is explained, once.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from sheetsync.campaign.press_notices import PressNotice
from sheetsync.columns import (
    BUTTONS,
    CHECKED_SHEET,
    ENTRIES,
    ENTRIES_SHEET,
    FINDINGS_SHEET,
    PLAN_SHEET,
    Action,
)
from sheetsync.model import ReviewState
from sheetsync.notices import Notice, say
from sheetsync.store.layout import (
    APPENDIX_NAME,
    FORMS_FOLDER,
    LETTERS_FOLDER,
    NEW_WORKBOOK_NAME,
    NOTE_NAME,
    RETURNED_FOLDER,
)

CAPTIONS: Final = {one.action: one.caption for one in BUTTONS}
CONSOLIDATE: Final = CAPTIONS[Action.CONSOLIDATE]


Said = Notice | PressNotice


class Answer(NamedTuple):
    """Sentences shown one after another, and when they come."""

    notices: tuple[Said, ...]
    when: str


def _after_done(when: str, *notices: Said) -> Answer:
    return Answer((Notice.PRESS_DONE, *notices), when)


def _alone(notice: Said, when: str) -> Answer:
    return Answer((notice,), when)


ANSWERS: Final[dict[str, tuple[Answer, ...]]] = {
    "Сделано": (
        _after_done(
            "Свод собран. Листы на экране новые, файл на диске прежний.",
            Notice.PRESS_CONSOLIDATED,
            Notice.PRESS_NOT_SAVED,
        ),
        _after_done(
            "Новых копий и правок с прошлого свода не было; книга не тронута.",
            Notice.PRESS_SAME,
            Notice.PRESS_CONSOLIDATED,
        ),
        _alone(Notice.PRESS_NOT_TAKEN, "Среди полученного есть негодный файл; остальные в своде."),
        _after_done("Формы сделаны; повторно выпускаются только изменившиеся.", Notice.PRESS_ISSUED),
        _after_done("Одна копия проверена; в свод она не вошла.", Notice.PRESS_CHECKED, Notice.CHECK_WHO),
        _after_done(
            "Файл не читается, или отчёта в нём нет; дальше сказана причина.", Notice.PRESS_CHECK_REFUSED
        ),
        _alone(Notice.PRESS_CHECKED_ON, "Лист открыт перед вами; следующая проверка его перепишет."),
        _alone(
            Notice.PRESS_CHECKED_NOWHERE, "Книга сделана до того, как появилась эта кнопка, или лист удалён."
        ),
        _alone(Notice.CHECK_BESIDE, "Ваши пометки на листе прошлой проверки не потеряны."),
        _after_done(
            "Решения проставлены на экране. Не принято то, на что надо посмотреть: исправленное после "
            "замечания, без подтверждения, с обязательным замечанием программы.",
            PressNotice.ACCEPTED,
            PressNotice.TO_REVIEW,
            Notice.PRESS_NOT_SAVED,
        ),
        _after_done("Всё такое уже принято или возвращено школам.", PressNotice.ACCEPTED_NONE),
        _after_done(
            "Строки снова ждут проверки; ещё одно нажатие отменит предыдущее принятие.",
            PressNotice.UNDONE,
            PressNotice.UNDONE_KEPT,
        ),
        _after_done("Последнее принятие уже отменено, или его не было.", PressNotice.UNDONE_NONE),
        _after_done(
            "Повторно возвращаются только изменившиеся формы.", PressNotice.RETURNED, PressNotice.FROM_SCREEN
        ),
        _after_done(
            "Все, кому возвращать, заполняют таблицы Google; дальше сказано, что в них записано.",
            PressNotice.RETURNED_NO_FILES,
        ),
        _after_done(
            "Сначала поставьте решение и замечание на листе «Исполнение».", PressNotice.RETURNED_NONE
        ),
        _after_done(
            "Замечания есть, а вернуть их не вышло; дальше сказана причина.", PressNotice.RETURNED_NOT
        ),
        _after_done(
            "Письма Word и черновики эл. почты; сама программа с кнопки ничего не отправляет.",
            PressNotice.LETTERS,
        ),
        _alone(PressNotice.RETURN_FIRST, "Тогда форма с замечаниями приложится к письму."),
        _after_done("Должников нет.", PressNotice.LETTERS_NONE),
        _after_done("Справка и приложение к ней лежат в папке кампании.", PressNotice.NOTE),
        _after_done(
            "Копии, решения и день те же, что у прошлой справки; файл не тронут.", PressNotice.NOTE_SAME
        ),
        _alone(Notice.PRESS_MORE, "Показаны два главных замечания о самом нажатии."),
    ),
    "До работы и во время неё": (
        _alone(Notice.PRESS_FIRST, "Кнопок в этой книге ещё не нажимали."),
        _alone(
            Notice.KIT_RUNNING,
            "Второе нажатие в это время ничего не делает. Дольше трёх минут работа не идёт.",
        ),
        _alone(Notice.PRESS_READING, "В строке состояния внизу окна."),
        _alone(Notice.PRESS_WRITING, "Там же. С этого мига меняются листы."),
    ),
    "Начать нельзя, ничего не сделано": (
        _alone(Notice.KIT_NOT_SAVED, "Книга новая: у неё ещё нет места на диске."),
        _alone(Notice.KIT_CLOUD, "Адрес книги начинается с https: рядом с ней нет папки «Получено»."),
        _alone(Notice.KIT_READ_ONLY, "Кто-то открыл книгу раньше, или это защищённый просмотр Excel."),
        _alone(Notice.KIT_NO_BOOK, "Нажата кнопка ленты, а впереди другая книга."),
        _alone(Notice.PRESS_NO_CAMPAIGN, "Книгу вынесли из её папки."),
        _alone(Notice.PRESS_OTHER_BOOK, "Это копия районной книги: свод вошёл бы не туда."),
        _alone(Notice.PRESS_OLD_BUTTONS, "Программу обновили, а книга прежняя."),
        _alone(Notice.PRESS_NEW_BUTTONS, "Книгу сделали на компьютере, где программа новее."),
        _alone(Notice.CAMPAIGN_LOCKED, "Другое нажатие, ярлык или команда ещё работают с этой папкой."),
        _alone(Notice.CAMPAIGN_LOCKED_AFAR, "То же с другого компьютера, когда папка общая."),
        _alone(Notice.PRESS_PROTECTED, "Защищён лист, который надо переписать."),
        _alone(Notice.PRESS_PROTECTED_BOOK, "Защищена структура книги, а надо добавить или вернуть таблицу."),
        _alone(
            Notice.TABLE_IN_THE_WAY,
            "Программа не сдвигает чужую таблицу, если не может сделать это без потерь.",
        ),
        _alone(Notice.WORKBOOK_LACKS_TABLE, "Лист удалён или переименована его таблица."),
        _alone(Notice.KIT_NO_FILE, "В окне выбора нажата «Отмена»."),
        _alone(Notice.KIT_CHOOSE_FILE, "Заголовок самого окна."),
    ),
    "Кнопка не дотянулась до программы": (
        _alone(Notice.KIT_NO_PYTHON, "Python удалили или перенесли, или книга с другого компьютера."),
        _alone(Notice.KIT_SILENT, "Нашёлся другой Python, без sheetsync, или установка повреждена."),
        _alone(Notice.KIT_NO_XLWINGS, "Установка неполная."),
        _alone(Notice.KIT_NO_UNO, "Только LibreOffice: Python не умеет с ним говорить."),
        _alone(
            Notice.KIT_NO_CONNECTION,
            "Открыто окно с вопросом, правится ячейка, или книгу уже закрыли.",
        ),
        _alone(Notice.KIT_REFUSED, "Макросы разрешены, а запуск программ из Excel запрещён."),
        _alone(Notice.KIT_NO_MAC, "Так в любом Excel для macOS."),
    ),
    "Работа прервалась": (
        _alone(Notice.PRESS_BUSY, "Excel или LibreOffice долго не отвечает."),
        _alone(Notice.PRESS_CLOSED, "Файл на диске прежний."),
        _alone(Notice.PRESS_HALF, "Добавляется к причине, если запись уже началась."),
        _alone(Notice.KIT_TIMEOUT, "Отведено три минуты (ячейка `ss_timeout` скрытого листа)."),
        _alone(
            Notice.KIT_NO_PLACE, "Показано в строке состояния внизу окна. Сделано ли дело, видно по листам."
        ),
        _alone(Notice.KIT_FAILED, "Python упал, не успев ничего сказать."),
        _alone(Notice.UNEXPECTED, "Ошибка в программе. В файле подробностей нет слов школ."),
    ),
}
"""Group -> what may be said in it."""

EXAMPLES: Final[dict[str, object]] = {
    "at": "09:41",
    "seconds": 2,
    "received": 8,
    "owing": 9,
    "must": 22,
    "warn": 11,
    "info": 5,
    "not_taken": 1,
    "sheet": ENTRIES_SHEET,
    "table": ENTRIES.name,
    "written": 9,
    "new": 2,
    "same": 0,
    "folder": FORMS_FOLDER,
    "name": "Копия.xlsm",
    "participant": "Поляновская ООШ",
    "rows": 28,
    "answered": 20,
    "count": 3,
    "done": 5,
    "total": 8,
    "workbook": NEW_WORKBOOK_NAME,
    "button": CONSOLIDATE,
    "accept": CAPTIONS[Action.ACCEPT],
    "undo": CAPTIONS[Action.UNDO],
    "first": CAPTIONS[Action.RETURN],
    "letters": CAPTIONS[Action.LETTERS],
    "column": ENTRIES.column("review").header,
    "verdict": ReviewState.REWORK.value,
    "day": "15.06.2026",
    "appendix": APPENDIX_NAME,
    "shortcut": CONSOLIDATE,
    "who": "компьютер ОТДЕЛ-3, процесс 4120, команда consolidate, начат 09:38",
    "minutes": 30,
    "cell": "G12",
    "text": "позвонить",
    "reason": "…",
    "path": "…",
}
"""What stands in the places of a sentence on the page."""

_OTHERS: Final[dict[Said, dict[str, object]]] = {
    PressNotice.ACCEPTED: {"count": 120},
    PressNotice.TO_REVIEW: {"count": 24},
    PressNotice.UNDONE: {"count": 117},
    PressNotice.RETURNED: {"folder": RETURNED_FOLDER},
    PressNotice.LETTERS: {"written": 3, "folder": f"{LETTERS_FOLDER}/2026-06-15"},
    PressNotice.NOTE: {"name": NOTE_NAME},
    PressNotice.NOTE_SAME: {"name": NOTE_NAME},
    Notice.PRESS_NOT_TAKEN: {"sheet": FINDINGS_SHEET},
    Notice.PRESS_CHECKED: {"name": "план (1).xlsx"},
    Notice.PRESS_CHECK_REFUSED: {"name": "план.pdf"},
    Notice.PRESS_CHECKED_ON: {"sheet": CHECKED_SHEET},
    Notice.PRESS_CHECKED_NOWHERE: {"sheet": CHECKED_SHEET},
    Notice.PRESS_PROTECTED: {"sheet": PLAN_SHEET},
}


def shown(answer: Answer) -> str:
    """The sentences as the status cell shows them."""
    first, *rest = (say(one, **{"what": "", **EXAMPLES, **_OTHERS.get(one, {})}) for one in answer.notices)
    return " ".join((first.rstrip(), *rest)) if rest else first
