"""THE catalogue of what «addin» and the shortcut beside the workbook say, and the doctor's last line.

Each is a format string in Russian, said by ``notices.say``.
"""

from __future__ import annotations

from enum import StrEnum


class OfficeNotice(StrEnum):
    # --- the shortcut beside the workbook
    SHORTCUT_COMMENT = "Собрать свод этой папки, даже если кнопки в книге не работают"
    SHORTCUT_DONE = "Готово. Откройте районную книгу."
    SHORTCUT_LOOK = "Готово, но что-то нужно от вас: прочитайте написанное выше и откройте лист «Замечания»."
    SHORTCUT_FAILED = "Не получилось: что сделать, написано выше."
    SHORTCUT_NO_PYTHON = (
        "Python «{python}» не найден. Поставьте sheetsync заново и выполните в командной строке: "
        "sheetsync addin install с папкой кампании."
    )
    SHORTCUT_PRESS_ENTER = "Нажмите Enter, чтобы закрыть окно."
    # --- putting the add-in in place and taking it away
    PUT_PYTHON = "Кнопкам сказано, где Python: {python} (записано в «{file}»)."
    PUT_RIBBON = "Вкладка «{tab}» поставлена в Excel: {file}. Она появится при следующем запуске Excel."
    PUT_EXCEL_TRUST = "Excel доверяет макросам папки «{folder}» и вложенных в неё."
    PUT_OFFICE_TRUST = "LibreOffice доверяет макросам папки «{folder}» и вложенных в неё."
    PUT_EXTENSION = (
        "Расширение поставлено в LibreOffice: в нём меню «{menu}», и кнопки, которые LibreOffice теряет, сохраняя книгу, "
        "возвращаются, когда книгу открывают."
    )
    PUT_SHORTCUT = "Ярлык для запуска без кнопок: {file}."
    KEPT_ALREADY = "Уже было так: {what}"
    SKIPPED_PYTHON_LETTERS = (
        "В пути к Python «{python}» есть буквы, которых Windows здесь не знает: кнопки его не найдут. Поставьте Python "
        "и sheetsync в папку с русским или латинским именем и повторите."
    )
    SKIPPED_NO_RIBBON = "Надстройки {name} в этой установке нет, вкладка в Excel не поставлена. Кнопки в самой книге работают и без неё."
    SKIPPED_NETWORK = (
        "Папка «{folder}» на другом компьютере, Excel не доверяет таким сам. Перенесите кампанию на этот диск или "
        "в Excel: Файл → Параметры → Центр управления безопасностью → Параметры центра управления безопасностью → "
        "Надежные расположения → поставьте «Разрешить надежные расположения в моей сети» и добавьте эту папку."
    )
    SKIPPED_OFFICE_RUNS = (
        "LibreOffice открыт: он перезаписал бы свои настройки. Закройте все его окна (и значок быстрого запуска) "
        "и повторите команду."
    )
    SKIPPED_OFFICE_SETTINGS = (
        "Настройки LibreOffice «{file}» не читаются и не тронуты. Откройте LibreOffice один раз, закройте и повторите; "
        "если не поможет: Справка → Перезапуск в безопасном режиме."
    )
    SKIPPED_EXTENSION = (
        "LibreOffice не принял расширение с меню «{menu}»; кнопки в самой книге работают и без него. Откройте и закройте "
        "LibreOffice и повторите команду, или поставьте его двойным щелчком по файлу: {file}"
    )
    SKIPPED_NO_FOLDER = "Папка кампании не названа: доверие к её макросам, свежие кнопки и ярлык ставит sheetsync addin install ПАПКА."
    SKIPPED_BUSY_FILE = "Файл «{file}» занят: закройте Excel и повторите команду."
    NO_OFFICE_PROGRAM = "Ни Excel, ни LibreOffice на этом компьютере не найдены: ставить надстройку некуда."
    TOOK_PYTHON = "Запись о месте Python убрана: {file}."
    TOOK_RIBBON = "Вкладка убрана из Excel: {file}."
    TOOK_EXCEL_TRUST = "Excel больше не доверяет папке «{folder}» из-за sheetsync."
    TOOK_OFFICE_TRUST = "LibreOffice больше не доверяет папке «{folder}» из-за sheetsync."
    TOOK_EXTENSION = "Расширение с меню «{menu}» убрано из LibreOffice."
    LEFT_EXTENSION = "Расширение с меню «{menu}» осталось в LibreOffice: удалите его сами: Сервис → Управление расширениями."
    LEFT_OTHERS_FILE = "Файл «{file}» с тех пор изменён не sheetsync и оставлен."
    LEFT_BOOKS = (
        "Оставлено: районные книги с кнопками, ярлыки «{shortcut}» в папках кампаний и сама программа. "
        "Удалите их сами, если не нужны."
    )
    TOOK_NOTHING = "Убирать нечего: sheetsync addin install здесь ничего не ставил."
    # --- what this computer has for the buttons
    DOCTOR_GOOD = "Всё готово: кнопки должны работать."
    DOCTOR_NOTES = "Работать можно; обратите внимание на отмеченное: {notes}."
    DOCTOR_MUST = "Нужно сделать: {must} (отмечено «обязательно»)."
