"""The independent count of a copy, told beside the form it was made from.

Most of what a copy holds stands in its form, and forms of one kind hold the same but for a few texts.
That part is looked at once a kind; of a copy only what is its own goes on. Whatever is not as plain
as that goes on item by item, as ``shielding.masked_items`` covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, filterfalse
from operator import is_not, itemgetter
from typing import Final

from msgspec import Struct, field

from sheetsync.campaign.issued import KINDS, Issued
from sheetsync.campaign.shielding import masked_item, masked_items, position_of
from sheetsync.merge.received import BesideForm, CensusItem, ItemKind
from sheetsync.privacy.shield import Shield
from sheetsync.privacy.tables import Place, headings
from sheetsync.workbooks.census_items import Item

_RAW: Final = itemgetter(0, 1, 2, 3)
_SHEET: Final = itemgetter(0)
_TEXT: Final = itemgetter(3)
_SOME_NAME: Final = "Иванов Пётр"
_VALUE: Final = ItemKind.VALUE
_LINK: Final = ItemKind.LINK
_Values = dict[str, dict[Place, CensusItem]]
"""Values by sheet and place."""


def counts_of(
    counted: Sequence[Item], issued: Issued | None, shield: Shield
) -> tuple[Sequence[CensusItem], tuple[CensusItem, ...]]:
    """What a copy holds and what its form held, personal data covered."""
    if issued is None:
        return masked_items(items_of(counted), shield), ()
    kind = _kind_of(issued, shield)
    if kind is not None and kind.is_calm:
        beside = _Beside(kind, issued.items, shield).of(counted)
        if beside is not None:
            return beside, beside.blank
    return masked_items(items_of(counted), shield), masked_items(issued.items, shield)


def items_of(counted: Iterable[Item]) -> tuple[CensusItem, ...]:
    """Counted things as values of the merge."""
    made = tuple.__new__
    return tuple(
        [made(CensusItem, (sheet, cell, KINDS[kind], text, False)) for sheet, cell, kind, text in counted]
    )


# --- forms of one kind --------------------------------------------------------------------------


class _Kind(Struct, eq=False):
    """What forms of one pattern hold, by the first of them that was met.

    ``is_calm`` when nothing in it is covered and each thing stands in a place of its own; ``spoken``
    are the cells its ``headings`` tell of, ``telling`` the sheets these headings stand on.
    """

    shield: Shield
    items: tuple[CensusItem, ...]
    raw: frozenset[tuple[str, str, ItemKind, str]]
    values: _Values
    is_calm: bool
    spoken: Mapping[tuple[str, str], str]
    telling: frozenset[str]
    headings: frozenset[str]
    spots: frozenset[tuple[str, str, ItemKind]]
    _spoken_of: dict[tuple[str, str], bool] = field(default_factory=dict)

    def may_speak_of(self, item: CensusItem) -> bool:
        """Do its headings tell of a cell, should a name stand there?"""
        at = item[:2]
        if at not in self._spoken_of:
            place = position_of(item.cell)
            cells = {**self.values.get(item.sheet, {}), place: item._replace(text=_SOME_NAME)}
            self._spoken_of[at] = place in _spoken(cells, self.shield)
        return self._spoken_of[at]


def _kind_of(issued: Issued, shield: Shield) -> _Kind | None:
    """The kind of a form that was issued without answers."""
    if issued.known.form is None or issued.answers:
        return None
    remembered = issued.known.form.pattern.remembered
    kind: _Kind | None = remembered.get(_Kind)
    if kind is None or not kind.shield.seen.is_of_one_campaign(shield.seen):
        kind = remembered[_Kind] = _learnt(issued.items, shield)
    return kind


def _learnt(items: tuple[CensusItem, ...], shield: Shield) -> _Kind:
    is_calm = masked_items(items, shield) == items
    raw = frozenset(map(_RAW, items))
    values = _by_place(items)
    spoken = {
        cells[place][:2]: words
        for cells in values.values()
        for place, words in _spoken(cells, shield).items()
    }
    speaking, spots = shield.seen.speaking, frozenset([item[:3] for item in items])
    return _Kind(
        shield,
        items,
        raw,
        values,
        is_calm and len(raw) == len(items) == len(spots),
        spoken,
        frozenset(item.sheet for item in items if item.text in speaking),
        frozenset(item.text for item in items if item.text in speaking),
        spots,
    )


def _by_place(items: Iterable[CensusItem]) -> _Values:
    """The values among the items; of several in one place the last."""
    found: _Values = {}
    for item in items:
        if item[2] is _VALUE:
            found.setdefault(item[0], {})[position_of(item[1])] = item
    return found


def _spoken(cells: Mapping[Place, CensusItem], shield: Shield) -> Mapping[Place, str]:
    speaking = shield.seen.speaking
    rows = {place[0] for place, item in cells.items() if item[3] in speaking}
    return headings(cells, rows, _TEXT) if rows else {}


# --- one copy -----------------------------------------------------------------------------------


class _Beside(Struct, eq=False):
    """A copy beside a form of a calm kind."""

    kind: _Kind
    form: tuple[CensusItem, ...]
    shield: Shield

    def of(self, counted: Sequence[Item]) -> BesideForm | None:
        """The count; ``None`` when all of it needs a closer look."""
        differing = self._differing()
        if differing is None:
            return None
        raw = self.kind.raw.difference([_RAW(one) for one, _ in differing])
        raw = raw.union([_RAW(one) for _, one in differing]) if differing else raw
        held = frozenset(counted)
        if len(held) < len(counted) or len(raw) < len(self.form):
            return None
        own = items_of(filterfalse(raw.__contains__, counted))
        gone = frozenset([CensusItem(*one) for one in raw.difference(held)])
        if not self._stand_alone(own, gone):
            return None
        masked = self._masked(own, gone, [one for _, one in differing])
        return None if masked is None else BesideForm(self.form, gone, masked)

    def _differing(self) -> list[tuple[CensusItem, CensusItem]] | None:
        """Where the form says other words than its kind does; ``None`` when they need a closer look."""
        kind, shield = self.kind, self.shield
        if len(self.form) != len(kind.items):
            return None
        others = compress(zip(kind.items, self.form, strict=True), map(is_not, kind.items, self.form))
        differing = [(one, other) for one, other in others if one != other]
        texts = {item.text for pair in differing for item in pair}
        if shield.telling(texts) or not texts.isdisjoint(shield.seen.speaking):
            return None
        is_plain = all(
            one[:3] == other[:3] and other.kind is ItemKind.VALUE and not kind.may_speak_of(other)
            for one, other in differing
        )
        return differing if is_plain else None

    def _stand_alone(self, own: Iterable[CensusItem], gone: Iterable[CensusItem]) -> bool:
        """Is each value the only one in its cell?"""
        spots = [item[:3] for item in own if item[2] is _VALUE]
        issued = self.kind.spots.intersection(spots)
        return len(set(spots)) == len(spots) and issued.issubset([item[:3] for item in gone])

    def _masked(
        self, own: tuple[CensusItem, ...], gone: frozenset[CensusItem], changed: Sequence[CensusItem]
    ) -> tuple[CensusItem, ...] | None:
        """What is the copy's own, covered; ``None`` when the office's texts are to be covered too."""
        shield = self.shield
        sheets, addresses = set(map(_SHEET, own)), {item[3] for item in own if item[2] is _LINK}
        texts = {item[3] for item in own if item[2] is not _LINK}
        telling = shield.telling(texts | sheets | self.kind.headings)
        if not sheets.isdisjoint(telling):
            return None
        links = shield.telling_links(addresses)
        spoken = self._spoken(own, gone, changed)
        if spoken is None:
            return None
        doubtful = telling | links
        if not (doubtful or spoken):
            return own
        masked = tuple(
            [
                masked_item(item, shield, spoken)
                if item.text in doubtful or (item.sheet, item.cell) in spoken
                else item
                for item in own
            ]
        )
        is_told_apart = len(set(masked)) == len(masked) and self._are_not_the_offices(masked)
        return masked if is_told_apart else None

    def _are_not_the_offices(self, masked: Iterable[CensusItem]) -> bool:
        """Does no covered text stand in its cell of the form?"""
        covered = [(*item[:4], False) for item in masked if item.is_masked]
        return not covered or set(self.form).isdisjoint(covered)

    def _spoken(
        self, own: Sequence[CensusItem], gone: frozenset[CensusItem], changed: Sequence[CensusItem]
    ) -> dict[tuple[str, str], str] | None:
        """What headings say of the copy's own cells; ``None`` when they uncover a text of the office."""
        speaking = self.shield.seen.speaking
        if not speaking:
            return {}
        typed = {item[:2] for item in own if item[2] is _VALUE}
        values = _by_place((*changed, *own))
        told = {
            sheet for sheet, cells in values.items() if not speaking.isdisjoint(map(_TEXT, cells.values()))
        }
        found: dict[tuple[str, str], str] = {}
        lost = _by_place(gone)
        for sheet in self.kind.telling | told:
            cells = {**self._left(sheet, lost.get(sheet, {})), **values.get(sheet, {})}
            for place, words in _spoken(cells, self.shield).items():
                item = cells[place]
                if item[:2] in typed:
                    found[item[:2]] = words
                elif self.kind.spoken.get(item[:2]) != words and self._covers(item, words):
                    return None
        return found

    def _covers(self, item: CensusItem, words: str) -> bool:
        return masked_item(item, self.shield, {item[:2]: words}) is not item

    def _left(self, sheet: str, lost: Mapping[Place, CensusItem]) -> Mapping[Place, CensusItem]:
        """The form's own values on one sheet of the copy."""
        cells = self.kind.values.get(sheet, {})
        return {place: item for place, item in cells.items() if place not in lost} if lost else cells
