"""The shield of a campaign, and the ledger's count seen through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from sheetsync.campaign.issued import Issued
from sheetsync.grid import position
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.model import Entry, Field, Plan
from sheetsync.privacy.shield import Covered, Shield, secret_of
from sheetsync.privacy.tables import headings
from sheetsync.text import skeleton


def shield_for(plan: Plan, issued: Issued | None) -> Shield:
    """The shield a copy is read through: what the office printed in its form is no secret."""
    shield = _shield_of(_Same(plan))
    if issued is None:
        return shield.beside()
    shield.learn({item.text for item in issued.items})
    known, answered = issued.known, _answered(issued.answers)
    printed = (known.texts, known.comments, known.shapes)
    return shield.beside(*(texts - answered for texts in printed) if answered else printed)


class _Same:
    """A plan by being the same one: it is read once in a run, and comparing it takes its time."""

    __slots__ = ("plan",)

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.plan is other.plan

    def __hash__(self) -> int:
        return id(self.plan)


@lru_cache(maxsize=2)
def _shield_of(same: _Same) -> Shield:
    return Shield.of(same.plan)


def _answered(entries: Iterable[Entry]) -> frozenset[str]:
    """Answers a form was sent with are the school's words, not the office's."""
    return frozenset(skeleton(cell.text) for entry in entries for cell in entry.fields.values())


def masked_answers(entries: Iterable[Entry], shield: Shield) -> tuple[Entry, ...]:
    """The answers a form was sent with, covered exactly as in the copy that brings them back."""
    return tuple(
        replace(one, fields={column: _masked_field(cell, shield) for column, cell in one.fields.items()})
        for one in entries
    )


def _masked_field(cell: Field, shield: Shield) -> Field:
    text, links = shield.text(cell.text), tuple(shield.link(link).text for link in cell.links)
    is_covered = (text, links) != (cell.text, cell.links)
    secret = secret_of(cell.text, "", *cell.links) if is_covered else ""
    return replace(cell, text=text, links=links, secret=secret)


def masked_items(items: tuple[CensusItem, ...], shield: Shield) -> tuple[CensusItem, ...]:
    """The independent count with personal data covered exactly as in the cells that were read."""
    texts, sheets = {item.text for item in items}, {item.sheet for item in items}
    telling = shield.telling(texts | sheets)
    links = shield.telling_links({item.text for item in items if item.kind is ItemKind.LINK})
    spoken = _headings(items, texts & shield.seen.speaking)
    renamed = {name: shield.sheet_name(name).text for name in sheets & telling}
    if not (telling or links or spoken):
        return items
    doubtful = telling | links
    return tuple(
        masked_item(item, shield, spoken, renamed.get(item.sheet, item.sheet))
        if item.text in doubtful or item.sheet in renamed or (item.sheet, item.cell) in spoken
        else item
        for item in items
    )


def _headings(items: Iterable[CensusItem], speaking: AbstractSet[str]) -> Mapping[tuple[str, str], str]:
    """By sheet and cell, what the headings that speak of other cells say of them."""
    sheets = {item.sheet for item in items if item.text in speaking} if speaking else ()
    found: dict[tuple[str, str], str] = {}
    for name in sheets:
        cells = {
            position_of(item.cell): item
            for item in items
            if item.sheet == name and item.kind is ItemKind.VALUE
        }
        rows = {row for (row, _), item in cells.items() if item.text in speaking}
        told = headings(cells, rows, _TEXT)
        found |= {(name, cells[place].cell): words for place, words in told.items()}
    return found


_TEXT: Final = attrgetter("text")
position_of = lru_cache(maxsize=16_384)(position)


def masked_item(
    item: CensusItem, shield: Shield, spoken: Mapping[tuple[str, str], str], called: str = ""
) -> CensusItem:
    """One thing covered; ``spoken`` is what headings say of cells, ``called`` the name of its sheet now."""
    called = called or item.sheet
    told = _told(item, shield, spoken)
    if (called, told.text) == (item.sheet, item.text):
        return item
    return item._replace(sheet=called, text=told.text, is_masked=told.text != item.text)


def _told(item: CensusItem, shield: Shield, spoken: Mapping[tuple[str, str], str]) -> Covered:
    match item.kind:
        case ItemKind.VALUE:
            told = shield.covered(item.text, spoken.get((item.sheet, item.cell), ""))
            return told if told.found or not item.text.startswith("=") else shield.formula(item.text)
        case ItemKind.LINK:
            return shield.link(item.text)
    return shield.covered(item.text)
