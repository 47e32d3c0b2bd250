"""THE catalogue of what the commands after collecting say: accept, return, check-links, amend, period."""

from __future__ import annotations

from enum import StrEnum


class ReviewNotice(StrEnum):
    """Sentences of the review, of links, of changes of the plan and of periods."""

    # --- several of them
    BOOK_OPEN = "Районная книга «{name}» открыта в другой программе. Сохраните её, закройте и повторите."

    # --- return
    RETURN_FILES = "Возвращено форм: {new}, без изменений: {same}. Они в папке {path}:"
    RETURN_FILE = "{name} — строк с замечанием: {open}, срок {until}"
    RETURN_FILE_SAME = "{name} — не изменилась, строк с замечанием: {open}, срок {until}"
    RETURN_UNTIL_PAST = "День {day} уже прошёл: выберите, к какому дню вернуть форму."
    RETURN_NEXT = "Отправьте их школам; когда вернутся, положите в {received} и соберите свод ещё раз."
    RETURN_FILE_NOTE = "возврат {number}, строк с замечанием {open}, срок {until}"
    RETURN_LOCKS = "Принятых строк в таблицах Google закрыто: {closed}, открыто снова: {opened}."
    RETURN_LOCKS_NOTE = ", принятых закрыто {closed}, открыто снова {opened}"
    RETURN_COVERED = "В этой форме такие слова скрыты звёздочками: не трогайте ячейку, и ответ останется прежним, или напишите без них."

    # --- accept
    ACCEPTED = "Принято ответов: {count}."
    ACCEPTED_DRY = "Будет принято ответов: {count}. Пока ничего не записано."
    ACCEPTED_NONE = "Принимать нечего: нет непроверенных ответов «выполнено» с достаточным подтверждением."
    ACCEPTED_OF = "{name}: {count}"
    ACCEPT_LEFT = "Осталось проверить самим:"
    ACCEPT_LEFT_MENDED = "исправлено после замечания — {count} (только вы знаете, о чём было замечание)"
    ACCEPT_LEFT_CHANGED = "изменено после решения — {count}"
    ACCEPT_LEFT_REWORK = "на доработке у школ — {count}"
    ACCEPT_LEFT_NOT_DONE = "статус не «выполнено» — {count}"
    ACCEPT_LEFT_UNCONFIRMED = "подтверждения нет, оно слабое или вызывает вопрос — {count}"
    ACCEPT_LEFT_FAULTY = "есть обязательное замечание программы — {count}"
    ACCEPT_UNDO_HOW = 'Отменить: sheetsync accept "{folder}" --undo'
    ACCEPT_NOTE = "принято ответов: {count}"
    UNDONE = "Отменено решений «принято»: {count}. Эти ответы снова ждут проверки."
    UNDONE_DRY = "Будет отменено решений «принято»: {count}. Пока ничего не записано."
    UNDONE_NONE = "Отменять нечего: решений, принятых командой accept, нет."
    UNDONE_KEPT = "Оставлено: {count} — после команды вы изменили в этих строках решение или замечание."
    UNDO_NOTE = "отменено решений: {count}"

    # --- amend
    AMEND_TITLE = "Что приказ «{name}» меняет в плане"
    AMEND_COUNTS = "Изменено строк: {changed}, добавлено: {added}, исключено: {removed}, возвращено: {returned}, без изменений: {same}."
    AMEND_COLUMN_ROW = "Строка"
    AMEND_COLUMN_WHAT = "Что меняется"
    AMEND_COLUMN_WAS = "Было"
    AMEND_COLUMN_NOW = "Стало"
    AMEND_OWN = "у вас: {own}"
    AMEND_REARRANGED = "Строки встанут в том порядке, в каком их даёт приказ."
    AMEND_SETTING = "Лист «Настройки», «{label}»: {was} → {now}"
    AMEND_TARGET = "Лист «Показатели», «{title}»: {was} → {now}"
    AMEND_NOTHING = "Приказ «{name}» ничего не меняет в плане."
    AMEND_SHOWN = (
        'Ничего не записано. Чтобы внести изменения: sheetsync amend "{folder}" --order "{order}" --yes'
    )
    AMEND_ASK = "Внести эти изменения? Напишите «да»"
    AMEND_DONE = "План в книге {path} изменён; прежняя книга лежит в папке .sheetsync/backups."
    AMEND_KEPT = "Исключённые строки остались на листе «План» («Действует» — «исключено»), ответы по ним — в «Исполнении»."
    AMEND_DOUBTS = (
        "Строк, взятых из приказа с сомнениями: {count}. Посмотрите столбец «Проверьте» на листе «План»."
    )
    AMEND_NEXT = 'Затем выпустите формы заново: sheetsync issue "{folder}". Копии прежнего выпуска по-прежнему принимаются.'
    AMEND_EDITED = "Пока показывались изменения, районную книгу изменили. Повторите команду: изменения будут показаны заново."
    AMEND_NOTE = "изменено строк: {changed}, добавлено: {added}, исключено: {removed}, возвращено: {returned}"
    AMEND_EDITION = "№ {number} от {day}"

    # --- period
    PERIOD_ONE = "В плане один период: переходить некуда. Годы программы пишутся на листе «Настройки»."
    PERIOD_LAST = "Период {current} — последний: следующего в программе нет."
    PERIOD_STANDING = "Периоды программы: {periods}. Идёт {current} ({start}–{finish}), срок отчёта: {due}."
    PERIOD_COUNTS = "За {current} спрошено строк: {asked}, без ответа: {missing}, исполнено: {settled}."
    PERIOD_AFTER = (
        "В периоде {after} будет мероприятий: {rows}; перенесётся неисполненных строк участников: {carried}."
    )
    PERIOD_HOW = 'Закрыть {current} и начать {after}: sheetsync period "{folder}" --next'
    PERIOD_DRY = "Ничего не записано. Книга за {closed} легла бы в {archive}."
    PERIOD_CLOSED = "Период {closed} закрыт: книга сохранена в {archive}."
    PERIOD_BEGUN = (
        "Начат период {begun} ({start}–{finish}). Ответы и решения прошлого периода остались в архиве."
    )
    PERIOD_DUE = "Срок отчёта теперь {due}: проверьте его на листе «Настройки»."
    PERIOD_NO_DUE = "Срок отчёта не указан: впишите его на листе «Настройки», иначе отчёты ждём к {finish}."
    PERIOD_NEXT = 'Дальше выпустите формы: sheetsync issue "{folder}"'
    PERIOD_NOTE = "закрыт {closed}, начат {begun}"
    # --- check-links
    LINKS_CHECKED = "Ссылок в ответах: {all}, из них проверено сейчас: {asked}."
    LINKS_VERDICT = "{verdict}: {count}"
    LINKS_LINE = "{participant}, № {number}: {address} — {reason}"
    LINKS_NONE = "Ссылок в ответах нет: проверять нечего."
    LINKS_OFFLINE = "Ни один сайт не ответил: похоже, нет интернета. Проверьте его и повторите команду."
    LINKS_NEXT = "Неработающие ссылки войдут в замечания, когда вы соберёте свод."
