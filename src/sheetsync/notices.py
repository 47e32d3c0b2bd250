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
        "В папке «{folder}» нет районной книги «{workbook}». Укажите папку кампании "
        "или создайте её: sheetsync new ПАПКА --order ПРИКАЗ."
    )
    CAMPAIGN_EXISTS = (
        "В папке «{folder}» уже есть районная книга «{workbook}»; она не тронута. Выберите другую папку."
    )
    CAMPAIGN_LOCKED = "С этой кампанией уже работает другой запуск ({who}). Дождитесь конца и повторите."
    CAMPAIGN_LOCKED_AFAR = (
        "С этой кампанией уже работает другой компьютер ({who}). Дождитесь конца и повторите; если там всё оборвалось, "
        "кампания освободится сама через {minutes} мин. после обрыва."
    )
    LOCK_HOLDER = "компьютер {host}, процесс {pid}, команда {command}, начат {since}"
    DISK_FULL = "Не удалось записать «{path}»: на диске кончилось место. Освободите место и повторите. Прежние файлы целы."
    DISK_FORBIDDEN = (
        "Не удалось записать «{path}»: нет права записи. Выберите папку, в которую можно писать, "
        "или снимите «только чтение». Прежние файлы целы."
    )
    PATH_TOO_LONG = "Не удалось записать «{path}»: слишком длинный путь. Перенесите кампанию ближе к корню диска. Прежние файлы целы."
    DISK_FAILS = "Не удалось записать «{path}»: {reason}. Проверьте диск и повторите. Прежние файлы целы."
    FILE_MISSING = "Файла «{path}» нет. Проверьте имя и папку."
    FILE_IS_FOLDER = "«{path}» — папка. Укажите сам файл."
    FILE_UNREADABLE = (
        "Файл «{path}» не читается: {reason}. Проверьте права и не открыт ли он в другой программе."
    )
    JOURNAL_FAILS = (
        "Журнал кампании «{path}» не читается или не записывается: {reason}. Проверьте место на диске и права "
        "и повторите; если не поможет, уберите этот файл: книга, формы и копии целы, журнал начнётся заново."
    )
    WORKBOOK_LOCKED = (
        "Районная книга «{path}» закрыта паролем или сохранена в старом формате (.xls). Откройте её, снимите пароль "
        "и сохраните как .xlsx под тем же именем."
    )
    WORKBOOK_BROKEN = (
        "Районная книга «{path}» не читается: {reason}. Откройте её и сохраните заново "
        "либо возьмите прежнюю из папки .sheetsync/backups."
    )
    TEMPLATE_BROKEN = (
        "Шаблон «{path}» не читается: {reason}. Откройте его и сохраните заново либо уберите из папки: "
        "тогда будет взят встроенный."
    )
    TEMPLATE_LACKS = (
        "В шаблоне «{path}» не хватает таблиц, столбцов или имён ячеек: {what}. Верните их (лишнее можно скрыть) "
        "либо уберите шаблон из папки: тогда будет взят встроенный."
    )
    WORKBOOK_LACKS_TABLE = (
        "В районной книге нет таблицы {table} (лист «{sheet}»). Верните лист из прежней копии "
        "в папке .sheetsync/backups."
    )
    WORKBOOK_EDITED = "Районную книгу меняли во время сборки. Сохраните её, закройте и соберите свод ещё раз."
    INTERRUPTED = "Прервано. Записанное цело; повторите команду, чтобы продолжить."
    # --- orders
    ORDER_EMPTY = "Файл «{name}» пустой. Проверьте, догрузился ли он."
    ORDER_BROKEN = (
        "Файл «{name}» не открывается как {kind}. Откройте его у себя, сохраните заново и повторите."
    )
    ORDER_SCAN = (
        "В файле «{name}» нет текста, это скан или картинка. Распознайте его (например, в FineReader) "
        "и сохраните как .docx, либо попросите у автора исходный файл."
    )
    ORDER_NOT_TEXT = "Файл «{name}» не похож на текст. Сохраните приказ как .docx, .pdf с текстом или .txt (UTF-8) и повторите."
    ORDER_GARBLED = (
        "Текст файла «{name}» не читается: вместо русских букв другие знаки. Откройте файл, сохраните его "
        "как .docx или .txt (UTF-8) и повторите."
    )
    ORDER_WITHOUT_PLAN = (
        "В файле «{name}» не найдена таблица плана: нужны столбцы «Мероприятия» и «Сроки». "
        "Проверьте, тот ли это файл и есть ли в таблице строка с названиями столбцов."
    )
    ORDER_INTERLEAVED = (
        "В файле «{name}» столбцы плана перемешаны построчно: где кончается ячейка, понять нельзя. "
        "Возьмите приказ в .docx или .pdf с линиями таблицы либо перенесите план в таблицу и повторите."
    )
    ORDER_LOCKED = "Файл «{name}» закрыт паролем. Откройте его с паролем, сохраните без пароля (или как .docx) и повторите."
    ORDER_UNRULED = (
        "В файле «{name}» нет таблицы с линиями, а без линий в PDF не видно, где кончается ячейка. "
        "Возьмите приказ в .docx или .pdf с линиями таблицы и повторите."
    )
    ORDER_SIDEWAYS = (
        "Страницы файла «{name}» повёрнуты. Поверните их в программе для PDF, сохраните и повторите "
        "либо возьмите приказ в .docx."
    )
    ORDER_OTHER_FORMAT = "Файл «{name}» в формате {kind}. Откройте его, сохраните как .docx и повторите."
    ORDER_OLD_WORD = "Файл «{name}» в старом формате Word. Откройте его и сохраните как .docx."
    # --- a result that does not fit
    TEXT_TOO_LONG = "Продолжение ответа: в ячейку помещается не больше {limit} знаков."
    # --- what a command says when it is done
    ORDER_FACTS = "Приказ № {number} от {date}, {issuer}. Срок отчёта: {due}."
    ORDER_COUNTS = "Разделов: {sections}, мероприятий: {activities}, школ: {schools}, показателей: {indicators}. Проверьте: {doubts}."
    NOT_SAID = "не указано"
    COLUMN_NUMBER = "№"
    COLUMN_ACTIVITY = "Мероприятие"
    COLUMN_DEADLINE = "Срок"
    COLUMN_WHO = "Кто"
    COLUMN_DOUBTS = "Проверьте"
    SCHOOLS_ALL = "все школы"
    SCHOOLS_UNCLEAR = "неясно"
    NEW_DONE = "Районная книга: {path}"
    NEW_NEXT = (
        "Откройте её, проверьте листы «Участники», «План» и «Настройки» (сомнения отмечены в столбце «Проверьте»: {doubts}), "
        'сохраните и закройте. Затем: sheetsync issue "{folder}"'
    )
    ISSUE_DONE = "Выпущено форм: {written}, без изменений: {same}. Папка: {path}"
    ISSUE_NEXT = "Разошлите их; заполненные копии складывайте в «{received}», имена файлов не важны."
    CONSOLIDATE_DONE = "Районная книга: {path}"
    CONSOLIDATE_SAME = "С прошлого раза ничего не изменилось. Районная книга: {path}"
    CONSOLIDATE_DRY = "Пробный запуск: ничего не записано."
    RATES = (
        "На {as_of}: поступило {received}, в срок {on_time}, заполнено {filled}, подтверждено {evidenced}."
    )
    RATE_NONE = "нечего считать"
    FINDING_COUNTS = "Замечаний: обязательно {must}, внимание {warn}, к сведению {info}."
    WORST_FINDINGS = "Самое важное:"
    LEDGER_DONE = "Сверка: заполнено {filled}, размещено {placed}, в замечаниях {reported}, заменено {superseded}, в непринятых файлах {refused}."
    CHECK_CLEAN = "Замечаний нет."
    CHECK_WHO = "{participant}: строк {rows}, с ответом {answered}."
    DEMO_ORDER = "Читаю приказ «{name}» и завожу кампанию…"
    DEMO_ISSUE = "Выпускаю формы…"
    DEMO_FILL = "Школы заполняют и присылают копии: кто как умеет…"
    DEMO_LATE = "Собираю свод к сроку, а {day} приходит ещё одна копия…"
    READING = "Чтение копий"
    RUN_NOTE = (
        "отчётов {received} из {owing}; файлов {files}, не принято {not_taken}; "
        "замечаний: обязательно {must}, внимание {warnings}"
    )
    LAST_RUN = "Свод собран {at}: {note}"
    AND_OTHERS = "{fact} И ещё: {others}."
    ARRIVAL = "принято с датой {day}"
    TABLE_MENDED = (
        "лист «{sheet}»: таблицу {table} потеряла другая программа, она собрана заново по заголовкам"
    )
    ROW_IS_GONE = "Строки, рядом с которой это было записано, больше нет: {row}."
    BAD_DATE = "«{value}» — не дата. Напишите так: 2023-12-15."
    NOT_UNDERSTOOD = "Команда не понята: {reason}. Помощь: sheetsync --help."
    UNEXPECTED = (
        "Неожиданная ошибка: {reason}. Подробности: {path}. Пришлите этот файл разработчику; данные целы."
    )


def say(notice: Notice, **params: object) -> str:
    """The sentence in the current language."""
    return tr(notice.value).format(**params)
