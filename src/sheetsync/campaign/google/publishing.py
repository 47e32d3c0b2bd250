"""The свод shown in Google: the same rendering the file gets, put into the Google district spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from msgspec import Struct

from sheetsync.campaign.files import read_table
from sheetsync.campaign.google.decisions import published_words
from sheetsync.campaign.google.district_sheet import DistrictSheet
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.google.told import sign_in_finding, why
from sheetsync.campaign.google.withholding import Withholding
from sheetsync.campaign.rendering import Orphans, Rendering, rendering_of
from sheetsync.columns import ENTRIES, KEY, MASTERS, TableSpec
from sheetsync.district.entry_rows import is_web_address
from sheetsync.findings import make
from sheetsync.grid import Cell, text_of
from sheetsync.journal import Journal
from sheetsync.model import Consolidation, Finding, JournalLine
from sheetsync.notices import say
from sheetsync.workbooks.google.port import GoogleRefused
from sheetsync.workbooks.google.workbook_sending import MOST_CELLS, TooManyCells
from sheetsync.workbooks.port import Out, TableBody, WorkbookTables


class Published(Struct, frozen=True):
    """What came of it: ``writes`` requests were sent, ``orphans`` lost their rows in Google."""

    findings: tuple[Finding, ...] = ()
    orphans: Orphans | None = None
    writes: int = 0


def publish(
    sheet: DistrictSheet,
    found: Consolidation,
    lines: Sequence[JournalLine],
    book: WorkbookTables,
    journal: Journal,
) -> Published:
    """Make the spreadsheet show what ``found`` and the coordinator's sheets of ``book`` say.

    No write when it shows it already. Google's refusal is a finding: the свод itself stands.
    Raises ``store.StoreError`` when the office lost a table there.
    """
    rendering = rendering_of(found, sheet.workbook, lines)
    withholding = Withholding(found.plan)
    masters = {spec.name: _as_it_is(spec, book) for spec in MASTERS}
    sent = Rendering(withholding.bodies({**masters, **rendering.bodies}), withholding.cells(rendering.cells))
    orphans = sent.put_into(sheet.workbook)
    try:
        writes = sheet.workbook.commit(sheet.google, sheet.id)
    except GoogleRefused as refused:
        return Published((sign_in_finding(refused) or make("G617", what=why(refused)),))
    except TooManyCells:
        most = f"{MOST_CELLS:_}".replace("_", " ")
        return Published((make("G617", what=say(GoogleNotice.TOO_MANY_CELLS, most=most)),))
    journal.published.remember(published_words(journal, found.outcomes, sent.bodies[ENTRIES.name]))
    return Published(withholding.findings, orphans, writes)


def _as_it_is(spec: TableSpec, book: WorkbookTables) -> TableBody:
    """A sheet of the coordinator as the book shows it."""
    table = read_table(book, spec.name)
    rows = tuple(tuple(map(_out, row)) for row in table.rows)
    key = KEY.header if KEY in spec.columns else spec.headers[0]
    return TableBody(table.headers, rows, key_headers=(key,))


def _out(cell: Cell) -> Out:
    """A cell's value and its first web address; what the office calculates is sent as it shows."""
    value = text_of(cell.value) if isinstance(cell.value, time) else cell.value
    return Out(value, link=next(filter(is_web_address, cell.links), None))
