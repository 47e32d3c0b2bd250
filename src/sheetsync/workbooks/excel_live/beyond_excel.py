"""What xlwings has no word for, done in Excel for Windows through COM.

As far as anybody can say without an Excel at hand: no line of it has run in a real one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from sheetsync.grid import area
from sheetsync.workbooks.excel_live.beyond import Place, PutBack
from sheetsync.workbooks.excel_live.patience import answer_of, has_refused, patiently
from sheetsync.workbooks.excel_live.resting_filters import filters_off
from sheetsync.workbooks.excel_live.values import in_rows
from sheetsync.workbooks.links_xml import split_link
from sheetsync.workbooks.notes_xml import TOOL_AUTHOR

_CELLS: Final = re.compile(r"\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?")

_LETTERS: Final = ("Name", "Size", "Bold", "Italic", "Color", "Underline")
"""What the style «Hyperlink» takes from a cell's letters; None where cells differ."""


class BeyondExcel:
    """Excel for Windows, through the COM objects behind ``.api``."""

    def formulas(self, cells: Any) -> Mapping[Place, str]:
        """Formulas of a range; of one that has none Excel is asked no more. It answers Null for some."""
        if answer_of(cells.api, "HasFormula") is False:
            return {}
        told = in_rows(cells.formula, cells.shape[1])
        return {
            (cells.row + row, cells.column + column): text
            for row, line in enumerate(told)
            for column, text in enumerate(line)
            if isinstance(text, str) and text.startswith("=")
        }

    def links(self, cells: Any) -> Mapping[Place, str]:
        """Hyperlinks of a range: addresses as stored, places of this workbook as «#Лист!A1»."""
        found = {}
        for link in cells.api.Hyperlinks:
            address, inside = link.Address or "", link.SubAddress or ""
            for place in _places(link.Range.Address):
                found[place] = f"{address}#{inside}" if inside else address
        return found

    def add_links(self, sheet: Any, links: Mapping[Place, str]) -> None:
        """Make cells hyperlinks. Excel gives a linked cell letters of its own kind: they get theirs back."""
        for column, rows in _column_runs(links):
            _link_run(sheet, column, rows, links)

    def remove_links(self, cells: Any) -> None:
        """Hyperlinks of a range go. (``Hyperlinks.Delete`` would take borders and fill along.)"""
        cells.api.ClearHyperlinks()

    def add_note(self, cell: Any, text: str) -> None:
        """A note beside a cell. Excel signs a note with the user's name: it is lent ours meanwhile.

        Where people talk in a comment of the new kind Excel refuses a note, and theirs is enough.
        """
        program = cell.sheet.book.app.api
        name = patiently(getattr)(program, "UserName")
        patiently(setattr)(program, "UserName", TOOL_AUTHOR)
        try:
            if answer_of(cell.api, "CommentThreaded") is None:
                patiently(cell.add_note)(text)
        finally:
            patiently(setattr)(program, "UserName", name)

    def filters_off(self, sheet: Any) -> PutBack:
        """Filters of the sheet's tables, and the sheet's own, rest."""
        return filters_off(sheet)

    def are_hidden(self, rows: Any) -> bool | None:
        """By one question for all rows: xlwings would ask Excel for each. Excel answers Null for some."""
        told = rows.api.EntireRow.Hidden
        return None if told is None else bool(told)

    def forget_copied(self, book: Any) -> None:
        """The marching ants around copied cells go."""
        book.app.cut_copy_mode = False

    def scrolled(self, book: Any) -> PutBack:
        """Remember how far the workbook's window is scrolled. A sheet that is a chart tells nothing of it."""
        window = book.api.Windows(1)
        row, column = answer_of(window, "ScrollRow"), answer_of(window, "ScrollColumn")

        def put_back() -> None:
            if row and column:
                window.ScrollRow, window.ScrollColumn = row, column

        return put_back

    def save_copy(self, book: Any, target: Path) -> None:
        """The workbook as it is now, as a file beside."""
        book.api.SaveCopyAs(str(target))

    def is_read_only(self, book: Any) -> bool:
        """Whether Excel holds the workbook for reading only."""
        return bool(book.api.ReadOnly)

    def is_protected(self, sheet: Any) -> bool:
        """Whether cells of a sheet are locked."""
        return bool(sheet.api.ProtectContents)


def _link_run(sheet: Any, column: int, rows: Sequence[int], links: Mapping[Place, str]) -> None:
    """Links in neighbouring cells, which mostly look the same; where they do not, one by one."""
    font = sheet.range((rows[0], column), (rows[-1], column)).api.Font
    look = [patiently(getattr)(font, part) for part in _LETTERS]
    if None in look and len(rows) > 1:
        for row in rows:
            _link_run(sheet, column, [row], links)
        return
    for row in rows:
        _link(sheet, (row, column), links[row, column])
    for part, value in zip(_LETTERS, look, strict=True):
        if value is not None:
            patiently(setattr)(font, part, value)


@patiently
def _link(sheet: Any, place: Place, link: str) -> None:
    """One link; Excel refuses the 65,531st of a sheet, and addresses it does not like."""
    parts = split_link(link)
    if not parts:
        return
    anchor, links = sheet.range(place).api, sheet.api.Hyperlinks
    try:
        links.Add(Anchor=anchor, Address=parts[0], SubAddress=parts[1])
    except Exception as error:
        if not has_refused(error):
            raise


def _places(address: str) -> Iterator[Place]:
    """Cells of «$A$1» or «$A$1:$B$2», told by one call for each link; none of a link over a whole column."""
    if not _CELLS.fullmatch(address):
        return
    place = area(address.replace("$", ""))
    for row in range(place.top, place.bottom + 1):
        for column in range(place.left, place.right + 1):
            yield row, column


def _column_runs(links: Mapping[Place, str]) -> Iterator[tuple[int, Sequence[int]]]:
    """Places by column, as runs of neighbouring rows."""
    run: list[int] = []
    column = 0
    for at, row in sorted((at, row) for row, at in links):
        if run and (at != column or row != run[-1] + 1):
            yield column, run
            run = []
        column = at
        run.append(row)
    if run:
        yield column, run
