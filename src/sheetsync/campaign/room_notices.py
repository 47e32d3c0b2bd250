"""THE catalogue of what is said of districts that no workbook of Excel holds."""

from __future__ import annotations

from enum import StrEnum


class RoomNotice(StrEnum):
    """Each says what does not fit, that nothing was changed, and what to do."""

    TOO_MANY_COLUMNS = (
        "Район не помещается в одну книгу: на листе «{sheet}» было бы столбцов {count}, а помещается {most}. "
        "Ничего не изменено. Разделите участников на районы, у каждого своя кампания, и сводите их "
        "командой sheetsync rollup."
    )
    TOO_MANY_ROWS = (
        "Район не помещается в одну книгу: на листе «{sheet}» было бы строк {count}, а помещается {most}. "
        "Ничего не изменено. Разделите участников на районы, у каждого своя кампания, и сводите их "
        "командой sheetsync rollup."
    )
    SHEET_FULL = (
        "Свод не помещается в книгу: на листе «{sheet}» не хватает строк или столбцов. Книга не изменена. "
        "Разделите участников на районы, у каждого своя кампания, и сводите их командой sheetsync rollup."
    )
