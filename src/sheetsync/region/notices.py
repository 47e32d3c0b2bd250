"""THE catalogue of what the region's workbook says beside findings, and of what ``rollup`` answers."""

from __future__ import annotations

from enum import StrEnum


class RegionNotice(StrEnum):
    # --- the workbook
    TITLE = "Свод региона за {period}: районов {districts}"
    OUTCOME = "Учтено районов: {counted} из {named} книг. Участников {participants}, строк {rows}."
    COMPARED = "Изменение — по районам, у которых есть и прошлый период ({period}): {districts}."
    EVERY_DISTRICT = "Все районы ({districts})"
    CELL = "{sign} {settled} из {owed}"
    AND_MORE = "{names} и ещё {more}"
    OPEN = "открыть"
    BOOK_LEFT_OUT = "в свод не взята"
    NOTE_ABSENT = "отчёта нет: {absent} из {all}"
    NOTE_MISSING = "строк без ответа: {rows}"
    NOTE_BARE = "выполнено без подтверждения: {rows}"
    STATE = "{state} — {count}"
    # --- the command
    READING = "Чтение книг районов"
    ROWS = "Строки районов"
    DONE = "Книга региона: {path}"
    SAME = "С прошлого раза ничего не изменилось. Книга региона: {path}"
    READ_NOW = "Книг прочитано: {read}, взято из памяти: {kept}."
    NOBODY = "Ни одной районной книги в свод не взято; книга региона не записана."
    MORE_FINDINGS = "Ещё замечаний: {count}. Все они — на листе «Замечания» книги региона."
    # --- what keeps it from going on
    NO_PYARROW = (
        'Для файлов Parquet нужен pyarrow. Установите его (pip install "sheetsync[region]") и повторите '
        "либо уберите ключ --rows."
    )
    OUT_IS_CAMPAIGN = "Папка «{folder}» — папка района. Укажите для региона другую (ключ --out)."
    BUSY = "Регион в папке «{folder}» уже собирает другой запуск. Дождитесь его конца и повторите."
    MEMORY_FAILS = (
        "Память свода региона «{path}» не читается или не записывается: {reason}. Уберите этот файл "
        "и повторите: книги районов будут прочитаны заново."
    )
    BOOK_BROKEN = (
        "Книга региона «{path}» не читается: {reason}. Откройте её и сохраните заново либо уберите: "
        "она будет собрана с начала."
    )
