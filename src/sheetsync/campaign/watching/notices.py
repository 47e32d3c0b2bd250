"""THE catalogue of what ``watch`` says, one line per event."""

from __future__ import annotations

from enum import StrEnum


class WatchNotice(StrEnum):
    LINE = "{at:%d.%m %H:%M:%S}  {what}"
    BEGUN = "Слежу за папкой «{folder}». Остановить: Ctrl+C."
    BEGUN_TICK = "Галочку «{tick}» в районной таблице Google смотрю раз в {seconds} с."
    BEGUN_SHEETS = "Правки школ в таблицах Google смотрю раз в {minutes} мин: Google сообщает о них с опозданием до 10 мин."
    GOOGLE_OFF = "За таблицами Google больше не слежу: так сказано на листе «Настройки»."
    STOPPED = "Слежение остановлено. Записанное цело."
    GONE = (
        "Папки кампании «{folder}» больше нет: её переименовали, перенесли или удалили. Слежение остановлено; "
        "запустите его для новой папки: sheetsync watch ПАПКА."
    )
    # --- why a run begins
    BEGIN = "Собираю то, что есть."
    TICK = "Поставлена галочка «{tick}» в районной таблице Google: собираю."
    FOLDER = "В папке «{folder}» новое ({count}): {names}. Собираю."
    GOOGLE = "Таблицы школ в Google изменились: собираю."
    CLOSED = "Районную книгу закрыли: проверяю, всё ли в ней."
    AND_MORE = "{names} и ещё {count}"
    # --- what is in the way
    HELD = "С кампанией сейчас работает другой запуск. Соберу, как только он закончит."
    OPEN = (
        "Районная книга открыта в другой программе или на другом компьютере, обновить её на экране не удалось. "
        "Соберу, когда её закроют; если не закроют за {minutes} мин, свод сохранится рядом с ней."
    )
    NOT_DONE = "{at:%H:%M}: не собрано. {reason}"
    FAILED = "{reason} Буду пробовать снова."
    AWAY = "{reason} За папкой слежу дальше, Google попробую снова через {minutes} мин."
    BACK = "Google снова отвечает."
    ANSWERED = "Ответ записан рядом с галочкой."
