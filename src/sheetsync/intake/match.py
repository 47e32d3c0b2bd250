"""Rows of a copy find their rows of the plan: by key, by number and title, by title alone.

Every pairing is weighed by all the row says of itself: number, title, deadline, responsible,
result, section. What is not clearly nearer to one row of the plan than to any other stays
unmatched: a wrong row is worse than an open question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import Final

from msgspec import Struct, field

from sheetsync.grid import EMPTY, Cell
from sheetsync.intake.numbers import bare, possible
from sheetsync.model import Match, PlanRow
from sheetsync.plan.titles import SIMILAR, Titles, leading, similarity
from sheetsync.text import skeleton

_AMONG_KEYS: Final = 0.90
"""Where the other rows still bear their keys, a row without one is likely the school's own."""

_WITH_NUMBER: Final = 0.60
"""A title beside its right number may be this different."""

_LEAD: Final = 0.04
"""How much a row must be nearer to its plan row than to the next one."""

_NUMBER_WEIGHT, _SUPPORT_WEIGHT, _SECTION_WEIGHT, _OWED_WEIGHT = 0.10, 0.08, 0.05, 0.03
_RELIABLE: Final = 0.6
"""Numbers count only while most rows known word for word still bear theirs."""


class CopyRow(Struct, frozen=True):
    """What a row of a copy says of itself. ``support`` are its other plan texts by column."""

    place: int
    key: str = ""
    number: Cell = EMPTY
    title: str = ""
    support: Mapping[str, str] = field(default_factory=dict)
    section: str = ""

    @property
    def is_bare(self) -> bool:
        """Nothing of the plan is left in it."""
        return not (self.key or self.title.strip() or self.number.text.strip() or any(self.support.values()))


class RowMatch(Struct, frozen=True):
    """A row of a copy and the row of the plan it answers."""

    place: int
    plan: PlanRow
    how: Match
    confidence: float
    against_key: bool = False
    """The row bears the key of another activity, but its text says this one."""

    @property
    def is_exact(self) -> bool:
        """Is the row's text the plan's, word for word?"""
        return self.confidence == 1


class Why(Enum):
    """Why a row stayed unmatched."""

    UNKNOWN = auto()
    AMBIGUOUS = auto()


class Matching(Struct, frozen=True):
    """The outcome for one table. A plan row met again is among ``matches`` again, later rows last."""

    matches: tuple[RowMatch, ...]
    unmatched: Mapping[int, Why]


def match_rows(rows: Sequence[CopyRow], plan: Sequence[PlanRow], owed: frozenset[str]) -> Matching:
    """Match the rows of a table to the plan; ``owed`` are the keys the participant was asked for."""
    by_key = _by_key(rows, plan)
    rest = [row for row in rows if row.place not in by_key and not row.is_bare]
    alone = _AMONG_KEYS if len(by_key) * 2 > len(rows) else SIMILAR
    scales = _Scales(owed, _numbers_hold(rows, plan), alone)
    by_text, unmatched = _by_text(rest, plan, {one.plan.key for one in by_key.values()}, scales)
    keys = {row.place: row.key for row in rows}
    known = {row.key for row in plan}
    found = [
        RowMatch(one.place, one.plan, one.how, one.confidence, against_key=keys[one.place] in known)
        for one in by_text.values()
    ]
    return Matching(tuple(sorted((*by_key.values(), *found), key=lambda one: one.place)), unmatched)


# --- by key -------------------------------------------------------------------------------------


def _by_key(rows: Sequence[CopyRow], plan: Sequence[PlanRow]) -> dict[int, RowMatch]:
    """Rows whose key is right: it agrees with the text, or the text speaks for no other row."""
    known = {row.key: row for row in plan}
    bearing = [row for row in rows if row.key in known]
    times = Counter(row.key for row in bearing)
    by_title: dict[str, list[PlanRow]] = {}
    for one in plan:
        by_title.setdefault(skeleton(one.title), []).append(one)
    disowned = {row.place for row in bearing if _is_anothers(row, known[row.key], by_title)}
    contrary = [
        row for row in bearing if row.place in disowned or _is_nearer_another(row, known[row.key], plan)
    ]
    shifted = len(contrary) * 4 > len(bearing)
    return {
        row.place: RowMatch(row.place, known[row.key], Match.KEY, 1.0)
        for row in bearing
        if row.place not in disowned
        and _is_trusted(row, known[row.key], times[row.key] == 1, plan if shifted else ())
    }


def _is_trusted(row: CopyRow, own: PlanRow, once: bool, rivals: Sequence[PlanRow]) -> bool:
    """Does a key hold? Where keys moved away from their rows, ``rivals`` are the rows of the plan: then
    only if the title fits its own row better than any of them."""
    if not rivals:
        return once or _title_agrees(row, own)
    others = (_likeness(row, one) for one in rivals if one is not own)
    return _title_agrees(row, own) and _likeness(row, own) > max(others, default=0.0)


def _likeness(row: CopyRow, plan: PlanRow) -> float:
    return similarity(row.title, plan.title)


def _is_nearer_another(row: CopyRow, own: PlanRow, plan: Sequence[PlanRow]) -> bool:
    """Are the words of the title, cut or misspelt, those of another activity? Without a title: do the
    number and the other texts both speak against the key?"""
    if not row.title.strip():
        return row.number.text.strip() != "" and not _number_agrees(row, own) and _support(row, own)[1] > 0
    if skeleton(row.title) == skeleton(own.title):
        return False
    nearest = max((_likeness(row, one) for one in plan), default=0.0)
    return nearest >= SIMILAR and nearest - _likeness(row, own) >= _LEAD


def _is_anothers(row: CopyRow, own: PlanRow, by_title: Mapping[str, Sequence[PlanRow]]) -> bool:
    """Word for word another activity, and nearer to it by its other texts too."""
    bones = skeleton(row.title)
    if bones == skeleton(own.title):
        return False
    return any(_agreement(row, other) > _agreement(row, own) for other in by_title.get(bones, ()))


def _title_agrees(row: CopyRow, own: PlanRow) -> bool:
    if not row.title.strip():
        return row.support == {} or _support(row, own)[1] == 0
    return similarity(row.title, own.title) >= SIMILAR


def _agreement(row: CopyRow, plan: PlanRow) -> int:
    """How many of its texts a row shares with a row of the plan."""
    agreed, _ = _support(row, plan)
    return agreed + (similarity(row.title, plan.title) == 1.0) + _number_agrees(row, plan)


# --- by text ------------------------------------------------------------------------------------


class _Scales(Struct, frozen=True):
    """Weighs a row against rows of the plan."""

    owed: frozenset[str]
    numbers_hold: bool
    alone: float

    def weigh(self, row: CopyRow, plan: PlanRow) -> float:
        """The score of a pair; 0 when the pair is out of the question."""
        alike = similarity(row.title, plan.title)
        number = _number_agrees(row, plan) and (self.numbers_hold or alike >= SIMILAR)
        agreed, differing = _support(row, plan)
        if not row.title.strip() and number and agreed and not differing:
            alike = _WITH_NUMBER
        if alike < (_WITH_NUMBER if number else self.alone):
            return 0.0
        told = agreed + differing
        return (
            alike
            + _NUMBER_WEIGHT * number
            + (_SUPPORT_WEIGHT * agreed / told if told else 0.0)
            + _SECTION_WEIGHT * bool(row.section and row.section == plan.section)
            + _OWED_WEIGHT * (plan.key in self.owed)
        )


class _Nearby:
    """The rows of the plan that are to be weighed at all: by number, or by a title near enough.

    A school may paste a list of thousands below its report.
    """

    def __init__(self, plan: Sequence[PlanRow], alone: float) -> None:
        self._plan, self._alone = plan, alone
        self._titles = Titles([one.title for one in plan])
        self._numbers: dict[str, list[int]] = {}
        for step, one in enumerate(plan):
            self._numbers.setdefault(bare(one.number), []).append(step)

    def of(self, row: CopyRow) -> list[PlanRow]:
        """In the order of the plan; with any other row it makes no pair."""
        numbers = _numbers_of(row)
        by_number = {step for number in numbers for step in self._numbers.get(number, ())}
        return [self._plan[step] for step in sorted(by_number | self._titles.near(row.title, self._alone))]


class _Pair(Struct, frozen=True):
    score: float
    row: CopyRow
    plan: PlanRow


def _by_text(
    rows: Sequence[CopyRow], plan: Sequence[PlanRow], taken: set[str], scales: _Scales
) -> tuple[dict[int, RowMatch], dict[int, Why]]:
    nearby = _Nearby(plan, scales.alone)
    pairs = sorted(
        (
            _Pair(score, row, one)
            for row in rows
            for one in nearby.of(row)
            if (score := scales.weigh(row, one))
        ),
        key=lambda pair: (-pair.score, pair.row.place),
    )
    by_row: dict[int, list[_Pair]] = {row.place: [] for row in rows}
    for pair in pairs:
        by_row[pair.row.place].append(pair)
    settled: dict[int, RowMatch] = {}
    unmatched = {row.place: Why.UNKNOWN for row in rows}
    free = {one.key for one in plan} - taken
    for pair in pairs:
        place = pair.row.place
        if place in settled:
            continue
        is_copy = similarity(pair.row.title, pair.plan.title) == 1.0 and _is_repeat(by_row[place], free)
        if pair.plan.key not in free and not is_copy:
            continue
        if not _leads(pair, by_row[place], free):
            unmatched[place] = Why.AMBIGUOUS
            continue
        settled[place] = _match_of(pair, scales)
        free.discard(pair.plan.key)
    return settled, {place: why for place, why in unmatched.items() if place not in settled}


def _is_repeat(pairs: Sequence[_Pair], free: set[str]) -> bool:
    """Word for word a row already answered, and no row of the same words is still open."""
    return not any(one.plan.key in free and similarity(one.row.title, one.plan.title) == 1.0 for one in pairs)


def _leads(pair: _Pair, pairs: Sequence[_Pair], free: set[str]) -> bool:
    """Is this plan row clearly nearer than every other that is still open?"""
    rivals = [one.score for one in pairs if one.plan is not pair.plan and one.plan.key in free]
    return pair.score - max(rivals, default=0.0) >= _LEAD


def _match_of(pair: _Pair, scales: _Scales) -> RowMatch:
    alike = similarity(pair.row.title, pair.plan.title)
    with_number = scales.numbers_hold and _number_agrees(pair.row, pair.plan)
    how = Match.NUMBER_TITLE if with_number else Match.TITLE
    return RowMatch(pair.row.place, pair.plan, how, round(alike or _WITH_NUMBER, 2))


def _numbers_hold(rows: Sequence[CopyRow], plan: Sequence[PlanRow]) -> bool:
    """Do the numbers of this copy still mean what they mean in the plan?"""
    titles: dict[str, list[PlanRow]] = {}
    for one in plan:
        titles.setdefault(skeleton(one.title), []).append(one)
    checked = [(row, titles[skeleton(row.title)]) for row in rows if skeleton(row.title) in titles]
    if not checked:
        return False
    return sum(
        any(_number_agrees(row, one) for one in several) for row, several in checked
    ) >= _RELIABLE * len(checked)


def _number_agrees(row: CopyRow, plan: PlanRow) -> bool:
    return bare(plan.number) in _numbers_of(row)


def _numbers_of(row: CopyRow) -> frozenset[str]:
    """Every number its row of the plan may have."""
    return (possible(row.number) | {leading(row.title)[0]}) - {""}


def _support(row: CopyRow, plan: PlanRow) -> tuple[int, int]:
    """How many of the other plan texts agree, and how many differ."""
    told = {"deadline": plan.deadline_text, "responsible": plan.responsible, "result": plan.result}
    pairs = [(skeleton(row.support.get(key, "")), skeleton(text)) for key, text in told.items()]
    agreed = sum(said == text for said, text in pairs if said and text)
    return agreed, sum(1 for said, text in pairs if said and text and said != text)
