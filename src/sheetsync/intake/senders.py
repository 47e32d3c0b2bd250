"""Who is meant by a text: over a table, on the tab of a sheet, in the name of a file.

People spell their school as they like; a text that fits two participants names neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from sheetsync.intake.fields import quoted
from sheetsync.model import Participant, ParticipantKind, Plan
from sheetsync.model.kept import once_for_each
from sheetsync.patterns import at_first_use
from sheetsync.plan.name_index import NameIndex
from sheetsync.plan.name_words import ANY_SCHOOL, kind_of_school, lowered, parts_of
from sheetsync.text import skeleton

SURELY: Final = 0.9
"""From this confidence a name stands for its bearer where nothing around it asks for one."""

_READINGS: Final = 4096
"""Texts whose bearers are remembered: copies of one campaign repeat those over their tables."""
_LONGEST_NAME: Final = 200
_JOINT: Final = at_first_use(r"[,;\n]|\s+(?:и|\+)\s+")
_PATH: Final = at_first_use(r"[\\/]")
_SUFFIX: Final = at_first_use(r"\.\w{2,5}$")


class Named(Struct, frozen=True):
    """A participant known by name: the words met and how surely they name it."""

    code: str
    text: str
    confidence: float


class Roster:
    """The participants of a plan by their spellings."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._codes = _codes_of(plan)
        self._names = NameIndex(tuple(self._codes))
        own = (plan.settings.organisation, plan.settings.plan_title)
        rows = (text for row in plan.rows for text in (row.title, row.section))
        self._of_the_plan = {skeleton(text) for text in (*own, *rows)}
        self._readings: dict[str, tuple[Named, ...]] = {}

    def is_school(self, code: str) -> bool:
        one = self._plan.participant(code)
        return one is not None and one.kind is ParticipantKind.SCHOOL

    def named(self, texts: Iterable[str]) -> Named | None:
        """The one participant these texts name; None when none or several are named."""
        return self.surest([name for text in texts for name in self.readings(text)])

    def surest(self, names: Sequence[Named]) -> Named | None:
        """The surest name of the only one named: schools before offices, those before curators.

        None when two are named: a school's curator or neighbour may be spelled better than itself.
        """
        pool = self._foremost(names)
        several = len({name.code for name in pool}) > 1
        return None if several else max(pool, key=lambda name: name.confidence, default=None)

    def _foremost(self, names: Sequence[Named]) -> Sequence[Named]:
        schools = [name for name in names if self.is_school(name.code)]
        reporting = [name for name in names if self._owes(name.code)]
        return schools or reporting or names

    def readings(self, text: str) -> tuple[Named, ...]:
        """Whom a text may name."""
        known = self._readings.get(text)
        if known is None:
            if len(self._readings) >= _READINGS:
                self._readings.clear()
            known = self._readings[text] = tuple(self._read(text))
        return known

    def stranger(self, texts: Iterable[str]) -> str | None:
        """The first of these texts that names a school, when they do not name one that takes part."""
        told = [text for text in texts if self.readings(text) or self._is_school_unknown(text)]
        if self.named(told):
            return None
        schools = (text for text in told if any(map(self._is_named_school, self.readings(text))))
        return next((text for text in told if self._is_school_unknown(text)), None) or next(schools, None)

    def _is_named_school(self, name: Named) -> bool:
        return self.is_school(name.code)

    def named_by_path(self, path: str) -> Named | None:
        """The school a file is called after, by its name or the nearest folder that names one."""
        parts = [_SUFFIX.sub("", part).replace("_", " ") for part in _PATH.split(path)]
        found = (self.named([part]) for part in reversed(parts))
        return next(
            (one for one in found if one and one.confidence >= SURELY and self.is_school(one.code)), None
        )

    def _read(self, text: str) -> Iterator[Named]:
        if len(text) > _LONGEST_NAME or not any(letter.isalpha() for letter in text):
            return
        if skeleton(text) in self._of_the_plan:
            return
        parts, whole = _JOINT.split(text), (text, text.rpartition(":")[2])
        told = {piece: tuple(self._best(piece, text)) for piece in dict.fromkeys((*parts, *whole))}
        several = {name.code: name for part in parts for name in told[part]}
        if sum(map(self.is_school, several)) > 1:
            yield from (Named(code, quoted(text), 1.0) for code in several)
            return
        for piece in dict.fromkeys(whole):
            yield from told[piece]

    def _best(self, piece: str, text: str) -> Iterator[Named]:
        found = self._names.best(piece)
        if found:
            yield Named(self._codes[found[0]], quoted(text), found[1])

    def _is_school_unknown(self, text: str) -> bool:
        if len(text) > _LONGEST_NAME or skeleton(text) in self._of_the_plan or self.readings(text):
            return False
        kind = kind_of_school(lowered(text))
        if kind is None:
            return False
        parts = parts_of(text)
        tells = parts.numbers or parts.has_legal_form
        return bool(tells or (kind[0] != ANY_SCHOOL and (parts.names or parts.initial)))

    def _owes(self, code: str) -> bool:
        one = self._plan.participant(code)
        return bool(one and one.owes_report)


roster_of = once_for_each(4)(Roster)
"""The roster of a plan, made once."""


def names_of(plan: Plan) -> tuple[str, ...]:
    """All spellings of a roster, as its index has them."""
    return tuple(_codes_of(plan))


def _codes_of(plan: Plan) -> dict[str, str]:
    """Participants by their spellings."""
    return {name: one.code for one in plan.participants for name in _spellings(one)}


def _spellings(one: Participant) -> Iterator[str]:
    yield from filter(None, (one.name, one.short_name, *one.aliases))
