"""The independent count of a copy, told beside the form it was made from.

Most of what a copy holds stands in its form, and forms of one kind hold the same but for a few texts.
That part is looked at once a kind; of a copy only what is its own goes on. Whatever is not as plain
as that goes on item by item, as ``shielding.masked_items`` covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, count, repeat
from operator import is_, is_not, itemgetter
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
_Raw = tuple[str, str, str, str]
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
    sheets, cells, kinds, texts = tuple(zip(*counted, strict=True)) or ((),) * 4
    told = zip(sheets, cells, map(KINDS.__getitem__, kinds), texts, repeat(False), strict=False)
    return tuple(map(tuple.__new__, repeat(CensusItem), told))


# --- forms of one kind --------------------------------------------------------------------------


class _Kind(Struct, eq=False):
    """What forms of one pattern hold, by the first of them that was met.

    ``steps`` is where each thing, as a file tells it, comes among the ``items``; ``is_calm`` when
    nothing in it is covered and each thing stands in a place of its own; ``spoken`` are the cells its
    ``headings`` tell of, ``heads`` where these headings stand on its sheets.
    """

    shield: Shield
    items: tuple[CensusItem, ...]
    steps: Mapping[_Raw, int]
    values: _Values
    is_calm: bool
    spoken: Mapping[tuple[str, str], str]
    heads: Mapping[str, Sequence[Place]]
    headings: frozenset[str]
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
    steps = {_RAW(item): step for step, item in enumerate(items)}
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
        steps,
        values,
        is_calm and len(steps) == len(items) == len(spots),
        spoken,
        {sheet: heads for sheet, cells in values.items() if (heads := _heads(cells, speaking))},
        frozenset(item.text for item in items if item.text in speaking),
    )


def _heads(cells: Mapping[Place, CensusItem], speaking: AbstractSet[str]) -> list[Place]:
    """Where a text stands that tells of other cells."""
    return [place for place, item in cells.items() if item[3] in speaking]


def _by_place(items: Iterable[CensusItem]) -> _Values:
    """The values among the items; of several in one place the last."""
    found: _Values = {}
    for item in items:
        if item[2] is _VALUE:
            found.setdefault(item[0], {})[position_of(item[1])] = item
    return found


def _spoken(cells: Mapping[Place, CensusItem], shield: Shield) -> Mapping[Place, str]:
    rows = {row for row, _ in _heads(cells, shield.seen.speaking)}
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
        steps = list(map(self._steps(differing).get, counted))
        own = items_of(compress(counted, map(is_, steps, repeat(None))))
        held = set(steps)
        held.discard(None)
        if len(held) + len(own) < len(steps) or len(set(own)) < len(own):
            return None
        gone = [item for step, item in enumerate(self.form) if step not in held]
        values, lost = _by_place(own), _by_place(gone)
        if not self._stand_alone(own, values, lost):
            return None
        masked = self._masked(own, (values, lost), [self.form[step] for step in differing])
        return None if masked is None else BesideForm(self.form, frozenset(gone), masked, self.kind.items)

    def _steps(self, differing: Iterable[int]) -> Mapping[_Raw, int]:
        """Where each thing of the form, as a file tells it, comes among its items."""
        if not differing:
            return self.kind.steps
        steps = dict(self.kind.steps)
        for step in differing:
            del steps[_RAW(self.kind.items[step])]
            steps[_RAW(self.form[step])] = step
        return steps

    def _differing(self) -> list[int] | None:
        """Where the form says other words than its kind does; ``None`` when they need a closer look."""
        kind, form, shield = self.kind, self.form, self.shield
        if len(form) != len(kind.items):
            return None
        others = compress(count(), map(is_not, kind.items, form))
        differing = [step for step in others if kind.items[step] != form[step]]
        pairs = [(kind.items[step], form[step]) for step in differing]
        texts = {item.text for pair in pairs for item in pair}
        if shield.telling(texts) or not texts.isdisjoint(shield.seen.speaking):
            return None
        is_plain = all(
            one[:3] == other[:3] and other.kind is ItemKind.VALUE and not kind.may_speak_of(other)
            for one, other in pairs
        )
        return differing if is_plain else None

    def _stand_alone(self, own: Iterable[CensusItem], values: _Values, lost: _Values) -> bool:
        """Is each value the only one in its cell?"""
        many = sum([item[2] is _VALUE for item in own])
        return sum(map(len, values.values())) == many and all(
            lost.get(sheet, {}).keys() >= self.kind.values.get(sheet, {}).keys() & cells.keys()
            for sheet, cells in values.items()
        )

    def _masked(
        self,
        own: tuple[CensusItem, ...],
        values_lost: tuple[_Values, _Values],
        changed: Sequence[CensusItem],
    ) -> tuple[CensusItem, ...] | None:
        """What is the copy's own, covered; ``None`` when the office's texts are to be covered too."""
        shield = self.shield
        sheets, addresses = set(map(_SHEET, own)), {item[3] for item in own if item[2] is _LINK}
        texts = {item[3] for item in own if item[2] is not _LINK}
        telling = shield.telling(texts | sheets | self.kind.headings)
        if not sheets.isdisjoint(telling):
            return None
        links = shield.telling_links(addresses)
        spoken = self._spoken(*values_lost, changed)
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
        self, own: _Values, lost: _Values, changed: Sequence[CensusItem]
    ) -> dict[tuple[str, str], str] | None:
        """What headings say of the copy's own cells; ``None`` when they uncover a text of the office."""
        kind, speaking = self.kind, self.shield.seen.speaking
        if not speaking:
            return {}
        values = _by_place(changed)
        heads: dict[str, set[int]] = {sheet: set() for sheet in kind.heads}
        for sheet, cells in own.items():
            values.setdefault(sheet, {}).update(cells)
            if told := _heads(cells, speaking):
                heads.setdefault(sheet, set()).update([row for row, _ in told])
        found: dict[tuple[str, str], str] = {}
        for sheet, rows in heads.items():
            gone, typed = lost.get(sheet, {}), own.get(sheet, {})
            if not gone and sheet not in values:
                continue  # it says what it says in the form
            rows |= {place[0] for place in kind.heads.get(sheet, ()) if place not in gone}
            cells = {**self._left(sheet, gone), **values.get(sheet, {})}
            for place, words in headings(cells, rows, _TEXT).items() if rows else ():
                item = cells[place]
                if place in typed:
                    found[item[:2]] = words
                elif kind.spoken.get(item[:2]) != words and self._covers(item, words):
                    return None
        return found

    def _covers(self, item: CensusItem, words: str) -> bool:
        return masked_item(item, self.shield, {item[:2]: words}) is not item

    def _left(self, sheet: str, lost: Mapping[Place, CensusItem]) -> Mapping[Place, CensusItem]:
        """The form's own values on one sheet of the copy."""
        cells = self.kind.values.get(sheet, {})
        return {place: item for place, item in cells.items() if place not in lost} if lost else cells
