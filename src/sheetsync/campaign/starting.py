"""Reading an order, and the button «new»: the folder and the district workbook of a campaign."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.files import journal_of, open_template, read_file
from sheetsync.campaign.outfitting import outfitted, told
from sheetsync.columns import PAIRS
from sheetsync.district.draft import draft_of
from sheetsync.documents.reading import read_order_document
from sheetsync.journal import KnownOrder
from sheetsync.model import Event, JournalLine, Order
from sheetsync.office.shortcuts import write_shortcut
from sheetsync.office.systems import this_system
from sheetsync.plan.order import read_document
from sheetsync.workbooks.templates import Template


def read_order_file(path: Path) -> Order:
    """What an order says. Raises ``OrderRefused`` when it cannot be understood."""
    return read_document(read_order_document(read_file(path), path.name))


class NewResult(Struct, frozen=True):
    """``sentences`` say what is left to do by hand about the buttons."""

    campaign: store.Campaign
    order: Order
    sentences: tuple[str, ...] = ()


def new_campaign(folder: Path, order_path: Path, now: datetime) -> NewResult:
    """The campaign folder, the district workbook with buttons, filled from the order, and the shortcut."""
    data = read_file(order_path)
    order = read_document(read_order_document(data, order_path.name))
    workbook = open_template(Template.DISTRICT, folder)
    campaign = store.create_campaign(folder)
    for name, body in draft_of(order).bodies.items():
        workbook.replace_table(name, body)
    if PAIRS.name in workbook.table_names() and not order.passport.curators:
        workbook.hide_sheet(PAIRS.sheet)
    kit = outfitted(workbook.to_bytes())
    with store.one_writer(campaign, now, "new"), journal_of(campaign) as journal:
        store.check_is_new(campaign)
        digest = store.keep_original(campaign, data)
        journal.orders.add(KnownOrder(order_path.name, digest), now)
        write_shortcut(this_system(), campaign.folder, Path(sys.executable))
        store.write_atomically(campaign.workbook, kit.data)
        line = JournalLine(journal.next_run(), now, Event.CREATED, file=order_path.name, note=digest)
        journal.add_lines([line])
    return NewResult(campaign, order, told(kit.macros, campaign.workbook))
