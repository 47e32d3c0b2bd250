"""THE catalogue of what letters and the analytic note say, and of what their commands answer.

Sentences are Russian format strings, said by ``sheetsync.notices.say`` in the current language.
"""

from __future__ import annotations

from enum import StrEnum


class LetterNotice(StrEnum):
    """Reminders: what stands in a letter, and what ``remind`` says when it is done."""

    # --- the letter
    POST = "Руководителю"
    SUBJECT = "Об отчёте по плану-графику"
    OPENING = (
        "По приказу {order} ваша организация отчитывается об исполнении плана: {plan}. "
        "На {as_of} по отчёту нужно сделать следующее."
    )
    OPENING_BARE = (
        "Ваша организация отчитывается об исполнении плана: {plan}. "
        "На {as_of} по отчёту нужно сделать следующее."
    )
    EDITION = "(в редакции приказа {edition})"
    HEADING = "{number}. {heading}"
    HEADING_COUNT = "{number}. {heading}. Строк: {rows}"
    COLUMN_NUMBER = "№"
    COLUMN_ACTIVITY = "Мероприятие"
    COLUMN_DUE = "Срок"
    COLUMN_CELL = "Ячейка"
    CELLS = "Ячейки названы по файлу, который вы прислали («{file}»)."
    ANSWER_FILL = (
        "Просим не позднее {day} заполнить форму «{form}» (она приложена) и прислать её. Ответы вписывают прямо в форму, "
        "имя файла не важно."
    )
    ANSWER_MEND = "Просим не позднее {day} исправить это в своей форме и прислать её ещё раз целиком."
    ANSWER_RETURNED = (
        "Просим не позднее {day} исправить это в приложенной форме «{form}» и прислать её. В ней ваши ответы и замечания "
        "района рядом с ними."
    )
    ANSWER_GOOGLE = (
        "Просим не позднее {day} исправить это в вашей таблице Google: {link}. Присылать ничего не нужно."
    )
    ANSWER_WHERE = "Куда прислать: {where}."
    COPY_TO = "Копия: {name} (куратор)."
    ATTACHED = "Приложение: {names}."
    SIGN_PLACE = "подпись, фамилия"
    # --- the groups of gaps
    GAP_NO_REPORT = "Отчёта нет"
    GAP_REWORK = "Возвращено на доработку"
    GAP_NO_ANSWER = "Срок наступил, а ответа нет"
    GAP_NO_EVIDENCE = "Нет подтверждения"
    GAP_WEAK_EVIDENCE = "Подтверждение неполное"
    GAP_OVERDUE = "Не сделано в срок, причина не названа"
    GAP_NUMBERS = "Показатели"
    GAP_UNCLEAR = "Ответ нужно уточнить"
    GAP_PERSONAL = "Персональные данные"
    UPCOMING = "Для сведения: скоро наступит срок. Строк: {rows}"
    # --- advice to a school where the catalogue of findings advises the office
    SEND_REPORT = "Заполните форму и пришлите её."
    RESTORE_ROW = "Верните строку в форму и ответьте в ней."
    NOT_IN_FORM = "В форме, которую вы прислали, этой строки не было."
    FILL_NEW_ROW = (
        "Строку добавили в план позже. Ответьте в ней в новой форме: прежние ваши ответы там уже стоят."
    )
    MEND_ANSWER = "Исправьте ответ по замечанию."
    ADD_ASKED = "Добавьте документ, которого ждут по плану."
    SEND_FILE = "Пришлите документ или картинку до 50 МБ или вставьте ссылку на них."
    ONE_NUMBER = "Впишите в «Факт» одно число, а объяснение перенесите в «Пояснение»."
    SAME_UNIT = "Впишите число в единицах показателя."
    GIVE_NUMBERS = "Впишите числа на листе «Показатели»; если данных нет, объясните это в «Пояснение»."
    TELL_WHICH = "Оставьте в форме верное значение и пришлите её ещё раз."
    SENT_BACK = "Строка возвращена на доработку."
    REMARK = "Замечание района: «{remark}»."
    # --- the command
    NOTHING = "На {as_of} напоминать не о чем: писем нет."
    WRITTEN = "Писем составлено: {written}, без изменений: {same}. Папка: {path}"
    DRY = "Пробный запуск: ничего не записано и не отправлено. Писем было бы: {letters}."
    LINE = "{name}: {groups}."
    LINE_GROUP = "{heading} ({rows})"
    LINE_TO = "кому: {to}"
    LINE_COPY = "копия: {to}"
    LINE_FILES = "приложено: {names}"
    LINE_BY_HAND = "по почте не пойдёт: письмо только в файле"
    LINE_SENT_ALREADY = "уже отправлено сегодня, второй раз не пойдёт"
    ANSWER_BY = "Ответ ждём не позднее {day}."
    ANSWER_BY_FORM = "{name}: не позднее {day}, как сказано в возвращённой форме."
    YEAR_UNKNOWN = (
        "Переносов выходных на {year} год программа не знает: срок ответа посчитан по выходным и постоянным праздникам. "
        "Проверьте его в письмах."
    )
    RETURN_FIRST = (
        "Замечания района есть, а форма с ними не выдана: {names}. Чтобы она приложилась к письму, выполните сначала: "
        'sheetsync return "{folder}"'
    )
    OWN_OFFICE = "Себе письмо не составлено, а пробелы есть: {name}: {groups}."
    NO_MAIL = "Эл. почта на листе «Участники» ни у кого не указана: письма есть только в файлах Word."
    NEXT = 'Проверьте письма. Отправить их самой программой: sheetsync remind "{folder}" --send'
    SENT = "Отправлено писем: {sent}, отправлены раньше: {before}, не отправлено: {left}."
    JOURNAL = "Ответ не позднее {day}: {groups}."
    # --- what keeps it from going on
    NO_SENDER = (
        "Отправлять неоткуда: впишите на листе «Настройки» строки «{sender}» и «{server}» "
        "(например, smtp.yandex.ru:465). Без них письма только складываются в папку «Письма»."
    )
    BAD_SENDER = "«{value}» (лист «Настройки», строка «{sender}») — не адрес эл. почты."
    BAD_SERVER = (
        "«{value}» (лист «Настройки», строка «{server}») — не адрес сервера. Нужен такой: smtp.yandex.ru:465."
    )
    UNTIL_PAST = "день ответа {day} уже прошёл"
    PASSWORD = "Пароль почты {sender} (при вводе не виден)"
    NOBODY = "такого участника нет"
    NO_ADDRESS = "у него не указана эл. почта"
    NOT_AN_ADDRESS = "это не адрес эл. почты"
    FOREIGN_PASSWORD = "в пароле не только латинские буквы: проверьте раскладку"
    NO_PASSWORD = "Спросить пароль почты негде. Передайте его переменной окружения {variable} и повторите."


class NoteNotice(StrEnum):
    """What ``report`` says when it is done; words of the note itself stand in ``note_words``."""

    WRITTEN = "Справка составлена на {day}: «{path}». Откуда каждое число — «{appendix}»."
    SAME = "Справка на {day} та же, ничего не изменилось: «{path}»."
    RATES = "Поступило {received}, в срок {on_time}, заполнено {filled}, подтверждено {evidenced}."
    CHANGED = "С прошлой справки (на {day}) чисел изменилось: {count}; список — в конце справки."
    DRAFT = "Выводы в справке — черновик: прочитайте и поправьте их. Исправленный вами файл программа не перезапишет."
    NOTHING_RECEIVED = "Ни одной копии ещё не поступило: в справке почти нечего считать."
    JOURNAL = "по состоянию на {day}"


class TemplateNotice(StrEnum):
    """What is wrong with a Word template of an office: a part of ``BROKEN``."""

    BROKEN = (
        "Шаблон «{path}» не заполняется: {reason}. Исправьте его в Word либо уберите из папки: "
        "тогда будет взят встроенный."
    )
    NOT_A_DOCUMENT = "это не документ Word (.docx)"
    UNKNOWN_NAME = "имени «{name}» программа не знает (место: «{place}»)"
    NOT_UNDERSTOOD = "не понята пометка в фигурных скобках (место: «{place}»)"
    NOT_COUNTED = "пометка в фигурных скобках не выполняется (место: «{place}»)"
    CROSSED = "блок {{% … %}} начат в одной ячейке или в одном абзаце, а закончен в другом"
