"""The act of destruction as a document to sign: which files, no word of what stood in them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

from sheetsync.journal import Act, Destroyed, DestroyedKind
from sheetsync.notices import Notice, say
from sheetsync.text import visible

_COLUMNS: Final = (
    Notice.ACT_COLUMN_NUMBER,
    Notice.ACT_COLUMN_FILE,
    Notice.ACT_COLUMN_WHAT,
    Notice.ACT_COLUMN_RECEIVED,
    Notice.ACT_COLUMN_SIZE,
    Notice.ACT_COLUMN_SHA256,
)
_SHARES: Final = (0.05, 0.27, 0.18, 0.14, 0.11, 0.25)
"""How the width of the page is divided between the columns."""
_TEXT_WIDTH: Final = 8_230_000
"""Between the margins of a page on its side, in EMU (360,000 a centimetre)."""
KIND_WORDS: Final = {
    DestroyedKind.ORIGINAL: Notice.ACT_ORIGINAL,
    DestroyedKind.RECEIVED: Notice.ACT_RECEIVED,
    DestroyedKind.BACKUP: Notice.ACT_BACKUP,
    DestroyedKind.RETURNED: Notice.ACT_RETURNED,
    DestroyedKind.ATTACHED: Notice.ACT_ATTACHED,
}


def act_document(act: Act, files: Sequence[Destroyed], organisation: str) -> bytes:
    """The act as .docx. While it is begun only, it says so."""
    import docx  # noqa: PLC0415 - heavy, and only this command writes in Word
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415

    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.core_properties.author = visible(organisation)[:255]
    document.core_properties.comments = ""
    if organisation:
        document.add_paragraph(visible(organisation))
    document.add_heading(say(Notice.ACT_TITLE, number=act.number), level=1)
    ended = act.completed
    state = say(Notice.ACT_COMPLETED, at=f"{ended:%d.%m.%Y %H:%M}") if ended else say(Notice.ACT_BEGUN)
    document.add_paragraph(f"{act.begun:%d.%m.%Y}. {state}")
    document.add_paragraph(say(Notice.ACT_GROUND, before=f"{act.before:%d.%m.%Y}"))
    document.add_paragraph(say(Notice.ACT_MEANS))
    _add_table(document, files)
    document.add_paragraph(say(Notice.ACT_TOTAL, files=len(files)))
    for line in (Notice.ACT_CHAIR, Notice.ACT_MEMBER, Notice.ACT_MEMBER):
        document.add_paragraph(say(line))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: Any, files: Sequence[Destroyed]) -> None:
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, _COLUMNS, strict=True):
        cell.text = say(heading)
    for number, one in enumerate(files, 1):
        day = f"{one.received_on:%d.%m.%Y}" if one.received_on else "—"
        texts = (str(number), one.name, say(KIND_WORDS[one.kind]), day, str(one.size), one.sha256)
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = visible(text)
    table.autofit = False
    for column, share in zip(table.columns, _SHARES, strict=True):
        column.width = int(_TEXT_WIDTH * share)  # LibreOffice goes by the column, Word by its cells
        for cell in column.cells:
            cell.width = column.width
