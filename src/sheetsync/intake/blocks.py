"""Several reports in one file: which table is whose.

A table speaks by the printed code above it, by the name above it or on the tab of its sheet. One
that names somebody who takes no part, or another plan, is nobody's here: a neighbour never gets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from sheetsync.columns import FORM_SHEET
from sheetsync.grid import Cell
from sheetsync.intake.locate import TITLE, Found
from sheetsync.intake.marks import printed_marks
from sheetsync.intake.senders import SURELY, Roster
from sheetsync.model import Plan
from sheetsync.text import skeleton

_FIGURES: Final = re.compile(r"\d+")


class Block(Struct, frozen=True):
    """A table, or a part of one, and what it says of itself.

    ``code`` is the participant named, ``stranger`` words that name nobody on the list, ``plan`` the
    other plan it speaks of.
    """

    table: Found
    code: str | None = None
    stranger: str = ""
    plan: str = ""

    @property
    def is_silent(self) -> bool:
        return self.code is None and not self.stranger


class Division(Struct, frozen=True):
    """Tables by participant, and those that are nobody's."""

    owned: Mapping[str, tuple[Found, ...]] = field(default_factory=dict)
    strangers: tuple[Block, ...] = ()


def blocks_of(tables: Iterable[Found], plan: Plan, roster: Roster) -> list[Block]:
    """Every table, cut where a row inside it names the next participant."""
    return [_block(piece, plan, roster) for table in tables for piece in _split(table, roster)]


def divide(blocks: Sequence[Block], marked: str | None) -> Division:
    """Give every block to its participant; ``marked`` is whose marks the file bears.

    The form the marks belong to is the first table, unless another participant is named there.
    """
    ours = [block for block in blocks if not block.plan]
    strangers = [block for block in blocks if block.plan]
    owned: dict[str, list[Found]] = {}
    current = None
    for place, block in enumerate(ours):
        current = _owner(block, current, owned) or (marked if place == 0 else None)
        if current is None:
            strangers.append(block)
        else:
            owned.setdefault(current, []).append(block.table)
    return Division({code: tuple(found) for code, found in owned.items()}, tuple(strangers))


def _owner(block: Block, current: str | None, owned: Mapping[str, Sequence[Found]]) -> str | None:
    """Whose a block is; one that says nothing goes on with the report before it, unless it repeats it."""
    if not block.is_silent:
        return block.code
    if current is None:
        return None
    before = {title for table in owned[current] for title in titles_of(table)}
    own = set(titles_of(block.table))
    return None if 2 * len(own & before) > len(own) else current


def titles_of(table: Found) -> list[str]:
    """Skeletons of the titles of a table's rows."""
    found = (skeleton(table.cell(row, TITLE).text) for row in table.rows)
    return [title for title in found if title]


def texts_above(table: Found) -> list[str]:
    """What stands between a table and the one before it."""
    return [cell.text for (row, _), cell in sorted(table.sheet.cells.items()) if row in table.above]


def other_period(table: Found, plan: Plan) -> str:
    """The title of this plan with other years in it, when it stands above a table."""
    title = plan.settings.plan_title
    figures, words = _FIGURES.findall(title), skeleton(_FIGURES.sub("", title))
    if not figures or not words:
        return ""
    above = (text for text in texts_above(table) if skeleton(_FIGURES.sub("", text)) == words)
    return next((text for text in above if _FIGURES.findall(text) != figures), "")


# --- what a block says of itself ----------------------------------------------------------------


def _block(table: Found, plan: Plan, roster: Roster) -> Block:
    printed = next((said for row, _, said in printed_marks(table.sheet) if row in table.above), None)
    if printed:
        other = printed.plan_id if printed.plan_id != plan.plan_id else ""
        known = printed.participant if plan.participant(printed.participant or "") else None
        return Block(table, known, "" if known else printed.participant or "", other or "")
    other = other_period(table, plan)
    for texts in (texts_above(table), [table.sheet.name] if table.sheet.name != FORM_SHEET else []):
        named = roster.named(texts)
        if named:
            return Block(table, named.code, plan=other)
        if stranger := roster.stranger(texts):
            return Block(table, None, stranger, other)
    return Block(table, plan=other)


# --- blocks under one header --------------------------------------------------------------------


def _split(table: Found, roster: Roster) -> Iterator[Found]:
    """Pieces of a table between rows that are a school's name; a name on no list cuts it too, once
    another does."""
    heads = _heads(table, roster)
    if not any(heads.values()):
        yield table
        return
    start, above = 0, table.above
    for place, row in enumerate(table.rows):
        if row in heads:
            if place > start:
                yield replace(table, rows=table.rows[start:place], above=above)
            start, above = place + 1, (row,)
    if start < len(table.rows):
        yield replace(table, rows=table.rows[start:], above=above)


def _heads(table: Found, roster: Roster) -> dict[int, str | None]:
    """Rows that hold nothing but a school's name: whose it is, None for a school not on the list."""
    cells = dict(table.sheet.rows())
    heads: dict[int, str | None] = {}
    for row in table.rows:
        text = _only_text(cells.get(row, {}))
        named = roster.named([text]) if text else None
        if named and named.confidence >= SURELY:
            heads[row] = named.code
        elif text and roster.stranger([text]):
            heads[row] = None
    return heads


def _only_text(cells: Mapping[int, Cell]) -> str:
    texts = [cell.text for cell in cells.values() if cell.text.strip()]
    return texts[0] if len(texts) == 1 else ""
