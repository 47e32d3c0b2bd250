"""Words the office put into a school's sheet after it was issued: they are no words of the school."""

from __future__ import annotations

import dataclasses

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.campaign.google.copies import GoogleCopy
from sheetsync.campaign.issued import Issued
from sheetsync.columns import FORM_SHEET
from sheetsync.grid import Book, a1
from sheetsync.intake.layout import layout_of
from sheetsync.journal import Journal
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.model import Plan
from sheetsync.text import plain, skeleton, squeeze


class OwnWords(Struct, frozen=True):
    """Tells the office's remarks in sheets from whatever else stands there."""

    journal: Journal
    plan: Plan

    def fingerprint(self, text: str) -> str:
        """What the journal knows a remark by, however its words are spaced."""
        return self.journal.fingerprint("remark", squeeze(text))

    def put_into(self, file: str) -> frozenset[str]:
        """Fingerprints of all remarks that were ever put into a spreadsheet."""
        return frozenset(one.fingerprint for one in self.journal.google.remarks() if one.file == file)

    def printed(self, sheet: GoogleCopy, book: Book, issued: Issued | None) -> Issued | None:
        """The form behind a sheet as if it had been issued with the remarks that stand in it now."""
        ours = self.put_into(sheet.reading.file)
        layout = layout_of(book, self.plan, sheet.participant) if issued and ours else None
        if issued is None or layout is None:
            return issued
        texts = {spot: _text(book, spot) for spot in layout.remarks}
        stand = {spot: text for spot, text in texts.items() if text and self.fingerprint(text) in ours}
        cells = {(FORM_SHEET, a1(row, column)): plain(text) for (_, row, column), text in stand.items()}
        known = dataclasses.replace(
            issued.known,
            cells={**issued.known.cells, **cells},
            texts=issued.known.texts | {skeleton(text) for text in stand.values()},
        )
        items = (
            CensusItem(name, a1(row, column), ItemKind.VALUE, text)
            for (name, row, column), text in stand.items()
        )
        return replace(issued, known=known, items=(*issued.items, *items))


def _text(book: Book, spot: tuple[str, int, int]) -> str:
    sheet = book.sheet(spot[0])
    return sheet.at(*spot[1:]).text if sheet else ""
