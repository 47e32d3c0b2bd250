"""THE catalogue of sentences that are neither findings nor doubts: outcomes and environment errors.

Each is a format string in Russian; ``messages`` translates it. Edges print them, nothing else
writes a sentence to a user.
"""

from __future__ import annotations

from enum import StrEnum

from sheetsync.messages import tr


class Notice(StrEnum):
    # --- the environment
    CAMPAIGN_MISSING = (
        "В папке «{folder}» нет районной книги ({workbook}). Укажите папку кампании "
        "или создайте её: sheetsync new ПАПКА --order ПРИКАЗ."
    )
    CAMPAIGN_EXISTS = "В папке «{folder}» уже есть районная книга «{workbook}»; она не тронута. Выберите другую папку."
    CAMPAIGN_LOCKED = "С этой кампанией уже работает другой запуск ({who}). Дождитесь конца и повторите."
    DISK_FULL = "Не удалось записать «{path}»: на диске кончилось место. Освободите место и повторите. Прежние файлы целы."
    DISK_FORBIDDEN = (
        "Не удалось записать «{path}»: нет права записи. Выберите папку, в которую можно писать, "
        "или снимите «только чтение». Прежние файлы целы."
    )
    PATH_TOO_LONG = "Не удалось записать «{path}»: слишком длинный путь. Перенесите кампанию ближе к корню диска. Прежние файлы целы."
    DISK_FAILS = "Не удалось записать «{path}»: {reason}. Проверьте диск и повторите. Прежние файлы целы."
    FILE_MISSING = "Файла «{path}» нет. Проверьте имя и папку."
    FILE_IS_FOLDER = "«{path}» — папка. Укажите сам файл."
    FILE_UNREADABLE = "Файл «{path}» не читается: {reason}. Проверьте права и не открыт ли он в другой программе."
    WORKBOOK_BROKEN = (
        "Районная книга «{path}» не читается: {reason}. Откройте её и сохраните заново "
        "либо возьмите прежнюю из папки .sheetsync/backups."
    )
    WORKBOOK_LACKS_TABLE = (
        "В районной книге нет таблицы {table} (лист «{sheet}»). Верните лист из прежней копии "
        "в папке .sheetsync/backups."
    )
    WORKBOOK_EDITED = "Районную книгу меняли во время сборки. Сохраните её, закройте и соберите свод ещё раз."
    INTERRUPTED = "Прервано. Записанное цело; повторите команду, чтобы продолжить."
    # --- orders
    ORDER_EMPTY = "Файл «{name}» пустой. Проверьте, догрузился ли он."
    ORDER_BROKEN = "Файл «{name}» не открывается как {kind}. Откройте его у себя, сохраните заново и повторите."
    ORDER_SCAN = (
        "В файле «{name}» нет текста, это скан или картинка. Распознайте его (например, в FineReader) "
        "и сохраните как .docx, либо попросите у автора исходный файл."
    )
    ORDER_OLD_WORD = "Файл «{name}» в старом формате Word. Откройте его и сохраните как .docx."
    # --- a result that does not fit
    TEXT_TOO_LONG = "Продолжение ответа: в ячейку помещается не больше {limit} знаков."
    BAD_DATE = "«{value}» — не дата. Напишите так: 2023-12-15."
    NOT_UNDERSTOOD = "Команда не понята: {reason}. Помощь: sheetsync --help."
    UNEXPECTED = "Неожиданная ошибка: {reason}. Подробности: {path}. Пришлите этот файл разработчику; данные целы."


def say(notice: Notice, **params: object) -> str:
    """The sentence in the current language."""
    return tr(notice.value).format(**params)
