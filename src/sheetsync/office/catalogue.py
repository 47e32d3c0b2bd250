"""THE catalogue of what the doctor may say: level, what was found, what to click.

Menus are named as Russian Excel 2016-365 and LibreOffice 7 name them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from msgspec import Struct

from sheetsync.office.codes import Check, Level, Subject


class Detail(Struct, frozen=True):
    """``found`` and ``click`` are format strings; ``click`` is '' where nothing is to be done."""

    subject: Subject
    level: Level
    found: str
    click: str = ""


_INSTALL: Final = 'Выполните в командной строке: sheetsync addin install "{folder}"'
_ASK_ABOUT_MACROS: Final = (
    "«Отключить все макросы с уведомлением» (в Excel 365: «Отключить макросы VBA с уведомлением»)"
)
_SAME: Final = 'То же делает команда: sheetsync addin install "{folder}".'
_TRUST_CENTER: Final = (
    "Файл → Параметры → Центр управления безопасностью → Параметры центра управления безопасностью"
)
_OFFICE_SECURITY: Final = "Сервис → Параметры → LibreOffice → Безопасность → Безопасн. макросов"
_ADD_LOCATION: Final = (
    f"{_TRUST_CENTER} → Надежные расположения → Добавить новое расположение → выберите папку кампании "
    "и поставьте «Также доверять всем вложенным папкам»"
)
_ADD_SOURCE: Final = (
    f"{_OFFICE_SECURITY} → вкладка «Доверенные источники» → Расположение доверенных файлов → Добавить → "
    "выберите папку кампании"
)
_WITHOUT_BUTTONS: Final = 'Без кнопок то же делает ярлык «Собрать свод» рядом с книгой или команда: sheetsync consolidate "{folder}".'

CATALOGUE: Final[MappingProxyType[Check, Detail]] = MappingProxyType(
    {
        # --- Python
        Check.PYTHON_GOOD: Detail(Subject.PYTHON, Level.GOOD, "Python {version}, sheetsync {sheetsync}, xlwings {xlwings}: {path}."),
        Check.PYTHON_OLD: Detail(
            Subject.PYTHON,
            Level.MUST,
            "Python {version} слишком старый: {path}.",
            "Поставьте Python 3.11 или новее (python.org → Downloads), затем sheetsync в него.",
        ),
        Check.XLWINGS_ABSENT: Detail(
            Subject.PYTHON,
            Level.MUST,
            "В этом Python нет пакета xlwings: кнопки не смогут писать в открытую книгу. {path}",
            "Выполните в командной строке: \"{path}\" -m pip install xlwings",
        ),
        Check.BUTTONS_PYTHON: Detail(Subject.PYTHON, Level.GOOD, "Кнопки запускают {path} (sheetsync {sheetsync})."),
        Check.BUTTONS_NO_PYTHON: Detail(
            Subject.PYTHON,
            Level.MUST,
            "Кнопкам не сказано, где Python.",
            f"{_INSTALL}.",
        ),
        Check.BUTTONS_PYTHON_GONE: Detail(
            Subject.PYTHON,
            Level.MUST,
            "Кнопки ищут Python там, где его нет: {path}.",
            f"{_INSTALL}.",
        ),
        Check.BUTTONS_PYTHON_BARE: Detail(
            Subject.PYTHON,
            Level.MUST,
            "Кнопки запускают Python, в котором нет sheetsync и xlwings: {path}.",
            f"{_INSTALL}. Или поставьте sheetsync в тот Python.",
        ),
        Check.BUTTONS_PYTHON_OTHER: Detail(
            Subject.PYTHON,
            Level.NOTE,
            "Книга велит кнопкам запускать другой Python: {path}. Он не проверялся.",
            f"Если кнопки не работают: {_INSTALL[0].lower()}{_INSTALL[1:]}; они станут запускать тот Python, которым она выполнена.",
        ),
        # --- Excel
        Check.EXCEL_FOUND: Detail(Subject.EXCEL, Level.GOOD, "Найден: {path}."),
        Check.EXCEL_ABSENT: Detail(Subject.EXCEL, Level.GOOD, "На этом компьютере не найден."),
        Check.NO_OFFICE: Detail(
            Subject.EXCEL,
            Level.NOTE,
            "Ни Excel, ни LibreOffice не найдены: нажимать кнопки негде.",
            _WITHOUT_BUTTONS,
        ),
        Check.RIBBON_GOOD: Detail(Subject.EXCEL, Level.GOOD, "Надстройка sheetsync с вкладкой «Свод» поставлена."),
        Check.RIBBON_ABSENT: Detail(
            Subject.EXCEL,
            Level.GOOD,
            "Надстройка sheetsync не поставлена; кнопки в самой книге работают и без неё.",
        ),
        Check.RIBBON_OTHER: Detail(
            Subject.EXCEL,
            Level.NOTE,
            "Надстройка sheetsync в Excel от другой версии программы.",
            f"Закройте Excel. {_INSTALL}.",
        ),
        Check.XLWINGS_ADDIN: Detail(Subject.EXCEL, Level.GOOD, "Надстройка xlwings есть, кнопки пользуются ею: {path}."),
        Check.XLWINGS_ADDIN_ABSENT: Detail(Subject.EXCEL, Level.GOOD, "Надстройки xlwings нет; она не нужна."),
        Check.EXCEL_TRUSTS: Detail(Subject.EXCEL, Level.GOOD, "Папка кампании в надёжных расположениях: {path}."),
        Check.EXCEL_ASKS: Detail(
            Subject.EXCEL,
            Level.NOTE,
            "Excel спросит, включать ли макросы.",
            f"При открытии книги нажмите «Включить содержимое». Чтобы не спрашивал: {_ADD_LOCATION}. {_SAME}",
        ),
        Check.EXCEL_MAC: Detail(
            Subject.EXCEL,
            Level.NOTE,
            "В Excel для Mac кнопки книги не работают: они отвечают, что делать вместо нажатия.",
            _WITHOUT_BUTTONS,
        ),
        Check.EXCEL_OPEN_TO_ALL: Detail(
            Subject.EXCEL,
            Level.NOTE,
            "Excel запускает любые макросы без вопроса: кнопки работают, но так работает и вирус.",
            f"{_TRUST_CENTER} → Параметры макросов → {_ASK_ABOUT_MACROS}, затем {_ADD_LOCATION}.",
        ),
        Check.EXCEL_OFF: Detail(
            Subject.EXCEL,
            Level.MUST,
            "Макросы в Excel отключены без уведомления: кнопки не работают.",
            f"{_INSTALL}. Или: {_TRUST_CENTER} → Параметры макросов → {_ASK_ABOUT_MACROS}.",
        ),
        Check.EXCEL_SIGNED_ONLY: Detail(
            Subject.EXCEL,
            Level.MUST,
            "Excel запускает только макросы с цифровой подписью: кнопки не работают.",
            f"{_INSTALL}. Или: {_TRUST_CENTER} → Параметры макросов → {_ASK_ABOUT_MACROS}.",
        ),
        Check.EXCEL_POLICY: Detail(
            Subject.EXCEL,
            Level.MUST,
            "Макросы в Excel отключил администратор (VBAWarnings = {value} в групповой политике).",
            f"{_INSTALL}: надёжные расположения обычно разрешены. Не поможет — попросите администратора добавить папку "
            f"в надёжные расположения. {_WITHOUT_BUTTONS}",
        ),
        Check.EXCEL_LOCATIONS_OFF: Detail(
            Subject.EXCEL,
            Level.NOTE,
            "Надёжные расположения в Excel отключены.",
            f"{_TRUST_CENTER} → Надежные расположения → снимите «Отключить все надежные расположения».",
        ),
        Check.EXCEL_NETWORK: Detail(
            Subject.EXCEL,
            Level.NOTE,
            "Папка на другом компьютере, а надёжные расположения в сети в Excel не разрешены.",
            f"Перенесите кампанию на диск этого компьютера. Или: {_TRUST_CENTER} → Надежные расположения → «Разрешить "
            "надежные расположения в моей сети» → Добавить новое расположение → эта папка.",
        ),
        Check.EXCEL_BLOCKS_INTERNET: Detail(
            Subject.EXCEL,
            Level.GOOD,
            "Администратор запретил макросы в файлах из интернета и почты (blockcontentexecutionfrominternet).",
            "Книгу не пересылайте почтой. С пересланной снимите метку: правая кнопка по файлу → Свойства → «Разблокировать» → ОК.",
        ),
        # --- LibreOffice
        Check.LIBREOFFICE_FOUND: Detail(Subject.LIBREOFFICE, Level.GOOD, "Найден, версия {version}: {path}."),
        Check.LIBREOFFICE_ABSENT: Detail(Subject.LIBREOFFICE, Level.GOOD, "На этом компьютере не найден."),
        Check.LIBREOFFICE_SANDBOX: Detail(
            Subject.LIBREOFFICE,
            Level.NOTE,
            "LibreOffice стоит из {sandbox}: оттуда макросу нельзя запустить Python, кнопки не работают.",
            f"Поставьте LibreOffice из пакетов системы или с libreoffice.org. {_WITHOUT_BUTTONS}",
        ),
        Check.UNO_GOOD: Detail(Subject.LIBREOFFICE, Level.GOOD, "Python связывается с открытой книгой (модуль uno есть)."),
        Check.UNO_OTHER_PYTHON: Detail(
            Subject.LIBREOFFICE,
            Level.MUST,
            "LibreOffice связывается только с Python {office}, а sheetsync стоит в Python {ours}: кнопки в LibreOffice не работают.",
            f"Поставьте sheetsync в Python {{office}} и выполните его командой: sheetsync addin install \"{{folder}}\". {_WITHOUT_BUTTONS}",
        ),
        Check.UNO_ABSENT: Detail(
            Subject.LIBREOFFICE,
            Level.MUST,
            "Модуля uno нет: Python не свяжется с открытой в LibreOffice книгой, кнопки там не работают.",
            f"Поставьте его (Debian, Ubuntu, Astra: пакет python3-uno; другие: поддержка Python для LibreOffice). {_WITHOUT_BUTTONS}",
        ),
        Check.LIBREOFFICE_TRUSTS: Detail(Subject.LIBREOFFICE, Level.GOOD, "Папка кампании среди доверенных: {path}."),
        Check.LIBREOFFICE_DISTRUSTS: Detail(
            Subject.LIBREOFFICE,
            Level.MUST,
            "LibreOffice не запускает макросы из этой папки.",
            f"Закройте LibreOffice. {_INSTALL}. Или: {_ADD_SOURCE}.",
        ),
        Check.LIBREOFFICE_ASKS: Detail(
            Subject.LIBREOFFICE,
            Level.NOTE,
            "LibreOffice спросит, включать ли макросы.",
            f"При открытии книги нажмите «Включить макросы». Чтобы не спрашивал: {_ADD_SOURCE}. {_SAME}",
        ),
        Check.LIBREOFFICE_OPEN_TO_ALL: Detail(
            Subject.LIBREOFFICE,
            Level.NOTE,
            "LibreOffice запускает любые макросы без вопроса: кнопки работают, но так работает и вирус.",
            f"{_OFFICE_SECURITY} → вкладка «Уровень безопасности» → Высокий, затем {_ADD_SOURCE}.",
        ),
        Check.LIBREOFFICE_OFF: Detail(
            Subject.LIBREOFFICE,
            Level.MUST,
            "Макросы в LibreOffice запрещены совсем (DisableMacrosExecution).",
            "Сервис → Параметры → LibreOffice → Расширенные возможности → Открыть экспертные настройки → найдите "
            f"DisableMacrosExecution → false; если строка заперта, попросите администратора. {_WITHOUT_BUTTONS}",
        ),
        Check.LIBREOFFICE_SETTINGS: Detail(
            Subject.LIBREOFFICE,
            Level.NOTE,
            "Настройки LibreOffice не читаются.",
            "Откройте LibreOffice и закройте. Не поможет: Справка → Перезапуск в безопасном режиме.",
        ),
        Check.EXTENSION_GOOD: Detail(Subject.LIBREOFFICE, Level.GOOD, "Расширение sheetsync с меню «Свод» поставлено."),
        Check.EXTENSION_ABSENT: Detail(
            Subject.LIBREOFFICE,
            Level.NOTE,
            "Расширение sheetsync с меню «Свод» не поставлено: кнопки, которые LibreOffice теряет, сохраняя книгу, "
            "сами не вернутся.",
            f"Закройте LibreOffice. {_INSTALL}.",
        ),
        # --- others
        Check.R7_FOUND: Detail(
            Subject.R7,
            Level.NOTE,
            "Найден: {path}. Его макросам запрещено запускать программы, кнопки книги в нём не работают.",
            _WITHOUT_BUTTONS,
        ),
        # --- the campaign folder
        Check.FOLDER_GOOD: Detail(Subject.FOLDER, Level.GOOD, "На диске этого компьютера, писать можно: {folder}."),
        Check.FOLDER_UNNAMED: Detail(
            Subject.FOLDER,
            Level.NOTE,
            "Папка кампании не названа: её книга, ярлык и доверие к её макросам не проверены.",
            "Выполните ещё раз с папкой: sheetsync doctor ПАПКА.",
        ),
        Check.FOLDER_MISSING: Detail(Subject.FOLDER, Level.MUST, "Папки «{folder}» нет.", "Проверьте имя и повторите."),
        Check.FOLDER_READ_ONLY: Detail(
            Subject.FOLDER,
            Level.MUST,
            "В папку «{folder}» нельзя писать.",
            "Выберите другую папку или попросите право записи.",
        ),
        Check.FOLDER_CLOUD: Detail(
            Subject.FOLDER,
            Level.NOTE,
            "Папка лежит в «{cloud}»: книга может открыться по адресу https, тогда кнопка откажется работать; "
            "во время сборки файлы может перезаписать синхронизация.",
            "Перенесите папку кампании на диск, например C:\\Кампании. В облако кладите готовые копии.",
        ),
        Check.FOLDER_NETWORK: Detail(
            Subject.FOLDER,
            Level.NOTE,
            "Папка на другом компьютере: работать можно по одному, связь не должна рваться.",
            "Если кнопка молчит или медлит, перенесите папку на диск этого компьютера.",
        ),
        Check.FOLDER_TOO_LONG: Detail(
            Subject.FOLDER,
            Level.MUST,
            "Путь к книге слишком длинный для Excel: знаков {length}, можно {limit}.",
            "Перенесите папку кампании ближе к корню диска.",
        ),
        Check.SHORTCUT_GOOD: Detail(
            Subject.FOLDER,
            Level.GOOD,
            "Ярлык для запуска без кнопок есть: {path}.",
            "Если в Linux он открывается как текст: правая кнопка по нему → Свойства → Права → «Разрешить выполнение файла как программы».",
        ),
        Check.SHORTCUT_ABSENT: Detail(
            Subject.FOLDER,
            Level.GOOD,
            "Ярлыка для запуска без кнопок нет.",
            f"Если он нужен: {_INSTALL[0].lower()}{_INSTALL[1:]}.",
        ),
        # --- the workbook
        Check.BOOK_GOOD: Detail(Subject.BOOK, Level.GOOD, "Кнопки в книге есть и подходят к программе: {path}."),
        Check.BOOK_MISSING: Detail(
            Subject.BOOK,
            Level.MUST,
            "В папке «{folder}» нет районной книги.",
            "Укажите папку кампании или создайте её: sheetsync new ПАПКА --order ПРИКАЗ.",
        ),
        Check.BOOK_UNREADABLE: Detail(
            Subject.BOOK,
            Level.MUST,
            "Книга не читается: {path}.",
            "Откройте её, снимите пароль, если он есть, и сохраните заново; или возьмите прежнюю из .sheetsync/backups.",
        ),
        Check.BOOK_WITHOUT_BUTTONS: Detail(
            Subject.BOOK,
            Level.NOTE,
            "В книге нет кнопок: {path}.",
            f"Закройте её. {_INSTALL}.",
        ),
        Check.BOOK_OLD_BUTTONS: Detail(
            Subject.BOOK,
            Level.MUST,
            "Кнопки в книге от прежней версии программы (протокол {book}, нужен {ours}).",
            f"Закройте книгу. {_INSTALL}.",
        ),
        Check.BOOK_NEWER_BUTTONS: Detail(
            Subject.BOOK,
            Level.MUST,
            "Кнопки в книге от более новой версии программы (протокол {book}, здесь {ours}).",
            "Обновите sheetsync на этом компьютере.",
        ),
        Check.BOOK_FROM_INTERNET: Detail(
            Subject.BOOK,
            Level.MUST,
            "На книге метка файла из интернета или почты: макросы в ней заблокированы без вопроса.",
            "Закройте книгу. Windows: правая кнопка по файлу → Свойства → вкладка «Общие» → поставьте «Разблокировать» → ОК. "
            "Mac: выполните в Терминале xattr -d com.apple.quarantine \"{path}\". Затем откройте книгу снова.",
        ),
        Check.BOOK_OPEN: Detail(
            Subject.BOOK,
            Level.GOOD,
            "Книга сейчас открыта в Excel или LibreOffice (или осталась метка после сбоя): {path}.",
        ),
    }
)  # fmt: skip
