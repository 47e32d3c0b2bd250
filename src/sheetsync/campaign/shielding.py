"""The shield of a campaign, and the ledger's count seen through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sheetsync.campaign.issued import Issued
from sheetsync.grid import position
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.model import Entry, Field, Plan
from sheetsync.privacy.shield import Covered, Shield, secret_of
from sheetsync.privacy.tables import Place, headings
from sheetsync.text import skeleton


def shield_for(plan: Plan, issued: Issued | None) -> Shield:
    """The shield a copy is read through: what the office printed in its form is no secret."""
    shield = Shield.of(plan)
    if issued is None:
        return shield
    own = issued.known.texts | issued.known.comments | issued.known.shapes
    return shield.beside(own - _answered(issued.answers))


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
    spoken = _headings(items)
    called = {name: shield.sheet_name(name).text for name in {item.sheet for item in items}}
    return tuple(_masked(item, shield, spoken, called[item.sheet]) for item in items)


def _headings(items: Iterable[CensusItem]) -> Mapping[tuple[str, Place], str]:
    sheets: dict[str, dict[Place, str]] = {}
    for item in items:
        if item.kind is ItemKind.VALUE:
            sheets.setdefault(item.sheet, {})[position(item.cell)] = item.text
    return {(name, place): told for name, texts in sheets.items() for place, told in headings(texts).items()}


def _masked(
    item: CensusItem, shield: Shield, spoken: Mapping[tuple[str, Place], str], called: str
) -> CensusItem:
    told = _told(item, shield, spoken)
    if (called, told.text) == (item.sheet, item.text):
        return item
    return replace(item, sheet=called, text=told.text, is_masked=told.text != item.text)


def _told(item: CensusItem, shield: Shield, spoken: Mapping[tuple[str, Place], str]) -> Covered:
    match item.kind:
        case ItemKind.VALUE:
            told = shield.covered(item.text, spoken.get((item.sheet, position(item.cell)), ""))
            return told if told.found or not item.text.startswith("=") else shield.formula(item.text)
        case ItemKind.LINK:
            return shield.link(item.text)
    return shield.covered(item.text)
