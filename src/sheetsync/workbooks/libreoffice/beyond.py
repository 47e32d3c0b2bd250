"""What xlwings has no word for, done in LibreOffice: the ``Beyond`` of a live workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sheetsync.workbooks.excel_live.beyond import Place, PutBack
from sheetsync.workbooks.libreoffice.inside import document, filters, formulas, links, notes
from sheetsync.workbooks.libreoffice.spelling import target_to_excel, target_to_office, to_excel
from sheetsync.workbooks.links_xml import split_link
from sheetsync.workbooks.notes_xml import TOOL_AUTHOR

_USER: Final = "/org.openoffice.UserProfile/Data"


class BeyondLibreOffice:
    """LibreOffice, through the engine of ours. Ranges, sheets and books are xlwings' own."""

    def formulas(self, cells: Any) -> Mapping[Place, str]:
        """Formulas of a range as Excel spells them."""
        area = cells.impl.area
        return {
            (area.row + top + row, area.column + left + column): to_excel(text)
            for top, left, block in cells.sheet.book.impl.do(formulas.only, cells.impl.place)
            for row, line in enumerate(block)
            for column, text in enumerate(line)
            if text.startswith("=")
        }

    def links(self, cells: Any) -> Mapping[Place, str]:
        """Hyperlinks of a range: addresses as stored, places of this workbook as «#Лист!A1»."""
        area = cells.impl.area
        return {
            (area.row + row, area.column + column): target_to_excel(target)
            for row, column, target in cells.sheet.book.impl.do(links.read, cells.impl.place)
        }

    def add_links(self, sheet: Any, links_by_place: Mapping[Place, str]) -> None:
        """Make cells hyperlinks; what they hold and how they look stays.

        A number stays one and is a link only while LibreOffice has the workbook: it does not save such links.
        """
        wanted = []
        for (row, column), link in links_by_place.items():
            parts = split_link(link)
            if parts:
                address, inside = parts
                target = f"{address}#{inside}" if inside else address
                wanted.append((row - 1, column - 1, target_to_office(target)))
        sheet.book.impl.do(links.put_around, sheet.name, tuple(wanted))

    def remove_links(self, cells: Any) -> None:
        """Hyperlinks of a range go; what the cells hold and how they look stays."""
        cells.sheet.book.impl.do(links.drop, cells.impl.place)

    def add_note(self, cell: Any, text: str) -> None:
        """A note beside one cell. LibreOffice signs it with its user's name: that is ours meanwhile."""
        book = cell.sheet.book.impl
        user = book.app.bridge.settings(_USER, writable=True)
        book.do(notes.put_signed, cell.impl.place, text, user, TOOL_AUTHOR)

    def filters_off(self, sheet: Any) -> PutBack:
        """Rows hidden by filters of a sheet come into sight; what is returned puts the filters back."""
        book, name = sheet.book.impl, sheet.name
        lifted = book.do(filters.lift, name)
        return lambda: book.do(filters.put_back, name, lifted)

    def are_hidden(self, rows: Any) -> bool | None:
        """Whether whole rows are hidden; None when some are."""
        hidden: bool | None = rows.rows.hidden
        return hidden

    def forget_copied(self, book: Any) -> None:
        """Inserting is not pasting in LibreOffice: nothing to do."""

    def scrolled(self, book: Any) -> PutBack:
        """Remember how far the sheet in front is scrolled; what is returned scrolls there again."""
        panes = book.impl.do(document.scrolled)
        return lambda: book.impl.do(document.scroll, panes)

    def save_copy(self, book: Any, target: Path) -> None:
        """The workbook as it is now, unsaved changes included, as a file beside."""
        book.impl.save_copy(target)

    def is_read_only(self, book: Any) -> bool:
        """Whether LibreOffice holds the workbook for reading only."""
        is_so: bool = book.impl.app.bridge.asked(lambda: bool(book.impl.doc.isReadonly()))
        return is_so

    def is_protected(self, sheet: Any) -> bool:
        """Whether cells of a sheet are locked."""
        return bool(sheet.book.impl.do(document.is_protected, sheet.name))
