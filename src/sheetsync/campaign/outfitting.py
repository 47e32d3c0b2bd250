"""The kit of buttons in the district workbook of a campaign: put in when it is made, refreshed later.

A refresh is for a workbook of an older version, for one another program saved without its buttons,
and for a computer on which Python has moved.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.files import parse_workbook, read_file
from sheetsync.columns import PROTOCOL, KitCell, KitMessage
from sheetsync.notices import Notice, say
from sheetsync.office.shortcuts import shortcut_path
from sheetsync.office.systems import this_system
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.kit import FittedKit, fit_kit
from sheetsync.workbooks.kit_macros import Macros
from sheetsync.workbooks.port import Out
from sheetsync.workbooks.templates import macros_bytes

SECONDS: Final = 180
"""How long a press may take."""

_SENTENCES: Final = {Macros.THEIRS: Notice.BUTTONS_NOT_ADDED, Macros.AGED: Notice.BUTTONS_AGED}


class RefreshResult(Struct, frozen=True):
    """A refresh: what to tell the user, and whether there is something left to do by hand."""

    campaign: store.Campaign
    sentences: tuple[str, ...]
    needs_user: bool


def outfitted(data: bytes) -> FittedKit:
    """A district workbook with the kit of this program, its texts in the current language."""
    texts: dict[KitCell | KitMessage, str | int] = {
        KitCell.PYTHON: sys.executable,
        KitCell.PROTOCOL: PROTOCOL,
        KitCell.TIMEOUT: SECONDS,
        KitCell.FILE: "",
        KitCell.RECEIVED: store.RECEIVED_FOLDER,
    }
    texts |= {message: say(Notice[f"KIT_{message.name}"]) for message in KitMessage}
    kit = fit_kit(data, macros_bytes(), texts)
    return replace(kit, data=_with_first_words(kit.data))


def _with_first_words(data: bytes) -> bytes:
    """A workbook where no button has answered yet tells of itself what a dead button cannot say."""
    book = ExcelFile.from_bytes(data)
    if not book.read_named(KitCell.STATUS).text:
        shortcut = shortcut_path(this_system(), Path()).stem
        book.write_named(KitCell.STATUS, Out(say(Notice.PRESS_FIRST, shortcut=shortcut)))
    return book.to_bytes()


def told(macros: Macros, path: Path) -> tuple[str, ...]:
    """What the user has to do by hand about the macros of a workbook, if anything."""
    return (say(_SENTENCES[macros], path=path.name),) if macros in _SENTENCES else ()


def refresh_buttons(place: Path, now: datetime) -> RefreshResult:
    """Put the newest kit into the workbook of a campaign; a Район.xlsx becomes Район.xlsm.

    Raises ``store.StoreError`` when the workbook is open somewhere or cannot be read or written.
    """
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "buttons") as hold:
        old = campaign.workbook
        if store.is_open_elsewhere(old):
            raise store.StoreError(say(Notice.BUTTONS_BOOK_OPEN, path=old.name))
        data = read_file(old)
        parse_workbook(campaign, data)
        kit = outfitted(data)
        new = campaign.folder / store.NEW_WORKBOOK_NAME
        hold.check()
        gone = _make_way(campaign, new, now)
        if kit.data != data:
            store.back_up(campaign, data, now)
            _write(new, kit.data, instead_of=data)
    by_hand = told(kit.macros, new)
    done = () if by_hand else (say(Notice.BUTTONS_ARE_THERE, path=new),)
    moved = (say(Notice.BUTTONS_MOVED, path=new, old=gone),) if gone else ()
    return RefreshResult(campaign, (*moved, *done, *by_hand), bool(by_hand))


def _make_way(campaign: store.Campaign, new: Path, now: datetime) -> str:
    """Leave one district workbook in the folder, under the new name, whatever happens in between.

    Returns the name of the one that is no longer there, «» when there was only the new one.
    """
    others = (campaign.folder / name for name in store.WORKBOOK_NAMES)
    old = next((path for path in others if path != new and path.exists()), None)
    if old is None:
        return ""
    store.back_up(campaign, read_file(old), now)
    try:
        if new.exists():
            old.unlink()
        else:
            old.rename(new)
    except OSError as error:
        raise store.StoreError(say(Notice.BUTTONS_OLD_STAYS, old=old.name)) from error
    return old.name


def _write(path: Path, data: bytes, instead_of: bytes) -> None:
    try:
        store.write_atomically(path, data, instead_of=instead_of)
    except (store.TargetBusy, store.EditedMeanwhile) as error:
        raise store.StoreError(say(Notice.BUTTONS_BOOK_OPEN, path=path.name)) from error
