"""Words of the form that depend on how it comes to a school: as a file, or as a sheet in Google.

The template speaks of files; each of these places in it has a name. Where the office wrote words of
its own, they stay.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sheetsync.settings import YES
from sheetsync.workbooks.port import Out, WorkbookFile


class Wording(Struct, frozen=True):
    """One sentence: the name of its cell, what it says in a file and what in Google."""

    name: str
    file: str
    google: str


READY_LABEL: Final = Wording("form_ready_label", f"Отчёт готов (выберите «{YES}»):", "Отчёт готов:")

HELP_ARRANGING: Final = Wording(
    "form_help_arranging",
    "Строки можно сортировать, отбирать и менять по высоте. Свои строки, столбцы и листы добавлять не нужно, "
    "но если добавите, они не пропадут.",
    "Лист защищён: переставлять и добавлять строки и столбцы здесь нельзя. Мало места — добавьте свой лист, "
    "написанное на нём не пропадёт.",
)
HELP_SENDING: Final = Wording(
    "form_help_sending",
    f"Закончив, выберите «{YES}» в ячейке «Отчёт готов» над таблицей, сохраните файл и пришлите его в отдел. "
    "Имя файла может быть любым. Отметка не заменяет ответов.",
    "Закончив, поставьте галочку «Отчёт готов» над таблицей. Сохранять и присылать ничего не нужно: отдел "
    "прочитает таблицу сам. Отметка не заменяет ответов.",
)
HELP_REMARKS: Final = Wording(
    "form_help_remarks",
    "Если отдел вернул форму, замечания стоят в столбце «Замечание района», рядом с вашим ответом.",
    "Замечания отдела появятся здесь же, в столбце «Замечание района»: исправьте ответ рядом с ними.",
)

WORDINGS: Final = (READY_LABEL, HELP_ARRANGING, HELP_SENDING, HELP_REMARKS)


def speak_of_google(workbook: WorkbookFile) -> None:
    """The form says what to do in Google. A sentence the office changed, or has no name for, stays."""
    for one in WORDINGS:
        said = _said(workbook, one.name)
        if said.endswith(one.file):
            workbook.write_named(one.name, Out(said.removesuffix(one.file) + one.google))


def _said(workbook: WorkbookFile, name: str) -> str:
    """What a named cell says; nothing where a template of the office has no such name."""
    try:
        return workbook.read_named(name).text
    except KeyError:
        return ""
