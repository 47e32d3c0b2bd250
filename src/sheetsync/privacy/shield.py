"""The shield: what is personal in a text is covered before anything else sees the text.

A pure function of the settings and one text, so that the reader's cell and the ledger's count of
the same cell are covered alike, however their spaces differ.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.grid import text_of
from sheetsync.model import Plan, Privacy
from sheetsync.patterns import at_first_use
from sheetsync.privacy.births import births
from sheetsync.privacy.children import KnownPeople, children
from sheetsync.privacy.health import diagnoses
from sheetsync.privacy.hints import EVERYTHING, Look, what_to_look_for
from sheetsync.privacy.normal import Normal, normal
from sheetsync.privacy.numbers import addresses, documents, emails, phones, snils
from sheetsync.privacy.persons import cover_of_word
from sheetsync.privacy.seen import PHONE_SCHEMES, Seen
from sheetsync.privacy.spans import Kind, Span, covered, without_overlaps
from sheetsync.privacy.tables import OF_BIRTH, OF_CHILD
from sheetsync.text import skeleton, squeeze

_FINDERS: Final = (
    (Look.FIGURES, snils),
    (Look.FIGURES, documents),
    (Look.FIGURES, phones),
    (Look.BIRTH, births),
    (Look.ADDRESS, addresses),
)
_HELD: Final = "[скрыто до проверки: {kinds}]"
_STORED_NUMBER: Final = at_first_use(r"\d+(?:\.\d+)?[eE]\+?\d+|\d+\.0+")
_STORED_DAY: Final = at_first_use(
    r"\d{5}(?:\.\d+)?|\d{4}-\d\d-\d\d(?:T[\d:.]+)?|\d{1,2}\.\d{1,2}\.\d{4}(?: \d\d:\d\d)?"
)
_ANY_DAY: Final = "**.**.****"
_LITERAL: Final = at_first_use(r'"((?:[^"]|"")*)"')
_SCHEMES: Final = ("mailto:", "tel:", "http:", "https:", "sms:", "file:")
_ENCODED: Final = at_first_use(r"https?://\S*%[0-9A-F]{2}\S*", re.IGNORECASE)
_MARK_LENGTH: Final = 3
_AGAIN: Final = 5
_NOBODY: Final = KnownPeople()


class Covered(Struct, frozen=True):
    """A text as it goes on, and what was personal in it: kinds with their covered words."""

    text: str
    found: tuple[tuple[Kind, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shield:
    """Covers personal data. ``texts`` are the office's own, ``people`` those the plan names."""

    mode: Privacy = Privacy.MASK
    texts: frozenset[str] = frozenset()
    people: KnownPeople = _NOBODY
    printed: tuple[frozenset[str], ...] = ()
    """Texts of the form a copy was made from, as skeletons: the office's own too."""
    seen: Seen = field(default_factory=Seen, compare=False, repr=False)
    """What was looked at already; a copy and the count of it say the same texts."""

    @classmethod
    def of(cls, plan: Plan) -> Shield:
        """The shield of a campaign: what the plan says in its own words is no secret."""
        said = frozenset(_plan_texts(plan))
        return cls(plan.settings.privacy, frozenset(map(skeleton, said)), KnownPeople(said))

    def beside(self, *printed: frozenset[str]) -> Shield:
        """The same for a copy of a form that held these texts (skeletons) when it was issued."""
        return dataclasses.replace(self, printed=printed, seen=self.seen.of_a_copy())

    def learn(self, texts: AbstractSet[str]) -> None:
        """Look once for all copies at the texts of a form: the plan is the same for all, what is printed in
        another form is not."""
        nobodys = dataclasses.replace(self, printed=()) if self.printed else self
        self.seen.learn(texts, nobodys._is_telling)

    def telling(self, texts: AbstractSet[str]) -> AbstractSet[str]:
        """Those of the texts in which something personal is found, as a text or as a formula."""
        self.seen.look_at(texts, self._is_telling)
        return texts & self.seen.telling if self.seen.telling else frozenset()

    def telling_links(self, links: AbstractSet[str]) -> AbstractSet[str]:
        """Those of the addresses in which something personal is found."""
        self.seen.look_at_links(links, lambda link: bool(self.link(link).found))
        return links & self.seen.telling_links if self.seen.telling_links else frozenset()

    def telling_formulas(self, formulas: AbstractSet[str]) -> AbstractSet[str]:
        """Those of the formulas in whose quoted words something personal is found."""
        return {one for one in self.seen.doubtful_formulas(formulas) if self.formula(one).found}

    def _is_telling(self, text: str) -> bool:
        return bool(self.covered(text).found or (text.startswith("=") and self.formula(text).found))

    def text(self, text: str, heading: str = "") -> str:
        """The text with everything personal covered; ``heading`` are the words it stands under."""
        return self.covered(text, heading).text

    def covered(self, text: str, heading: str = "") -> Covered:
        """The text as it goes on, and what was found in it."""
        if _ENCODED.fullmatch(text):
            return self.link(text)
        look = EVERYTHING if heading else what_to_look_for(text)
        if not look:
            return Covered(text)
        alone = _read_alone(text.strip(), heading)
        if alone:
            return self._told(text, alone[1], [alone])
        if self._is_own(skeleton(text)):
            return Covered(text)
        masked, found = _masked(_unfolded(text), heading, look, self.people)
        return self._told(text, masked, found) if found else Covered(text)

    def _is_own(self, bones: str) -> bool:
        return bones in self.texts or any(bones in texts for texts in self.printed)

    def sheet_name(self, name: str) -> Covered:
        """The name of a sheet; two that are covered alike keep a mark that tells them apart."""
        told = self.covered(name)
        if told.text == name:
            return told
        return replace(told, text=f"{told.text} #{secret_of(name)[:_MARK_LENGTH]}")

    def link(self, target: str) -> Covered:
        """A link target: mail and phone addresses, names in the names of files."""
        scheme = next((one for one in _SCHEMES if target.lower().startswith(one)), "")
        rest = target[len(scheme) :]
        if scheme in PHONE_SCHEMES:
            told = self.covered(rest, "тел. ")
            return replace(told, text=scheme + told.text) if told.found else Covered(target)
        plain = unquote(rest)
        if "@" in plain or not plain.isprintable():
            told = self.covered(plain if plain.isprintable() else rest)
        else:
            told = self.covered(plain.replace("_", " "))
            told = replace(told, text=told.text.replace(" ", "_"))
        if not told.found or self.mode is Privacy.KEEP:
            return Covered(target, told.found)
        return replace(told, text=scheme + told.text)

    def formula(self, formula: str) -> Covered:
        """A formula with the texts inside it covered."""
        told: list[tuple[Kind, str]] = []

        def literal(quoted: re.Match[str]) -> str:
            said = quoted[1].replace('""', '"')
            inside = self.link(said) if said.lower().startswith(_SCHEMES) else self.covered(said)
            told.extend(inside.found)
            return '"' + inside.text.replace('"', '""') + '"' if inside.found else quoted[0]

        text = _LITERAL.sub(literal, formula)
        return Covered(text, tuple(told))

    def _told(self, text: str, masked: str, found: Iterable[tuple[Kind, str]]) -> Covered:
        match self.mode:
            case Privacy.KEEP:
                return Covered(text, tuple(found))
            case Privacy.HOLD:
                kinds = ", ".join(dict.fromkeys(kind.value for kind, _ in found))
                return Covered(_HELD.format(kinds=kinds), tuple(found))
        return Covered(masked, tuple(found))


@lru_cache(maxsize=1024)
def _masked(
    text: str, heading: str, look: Look, people: KnownPeople
) -> tuple[str, tuple[tuple[Kind, str], ...]]:
    """Covered until nothing is left to cover: a covered name may show that the next is a child's."""
    found: list[tuple[Kind, str]] = []
    for _ in range(_AGAIN):
        spans = _spans(text, heading, look, people)
        if not spans:
            break
        found += [(one.kind, one.cover) for one in spans]
        text = covered(text, spans)
    return text, tuple(found)


def _spans(text: str, heading: str, look: Look, people: KnownPeople) -> list[Span]:
    said = normal(heading + text)
    placed = said.placed(_found(said, look, people))
    shift = len(heading)
    return [
        replace(one, start=one.start - shift, end=one.end - shift) for one in placed if one.start >= shift
    ]


def _found(said: Normal, look: Look, people: KnownPeople) -> list[Span]:
    spaced = replace(said, text=said.text.replace("_", " "), low=said.low.replace("_", " "))
    finders = (finder for kind, finder in _FINDERS if kind in look)
    spans = [span for finder in finders for span in finder(spaced)]
    spans += emails(said) if Look.MAIL in look else ()
    named = list(children(said, people)) if Look.NAMES in look else []
    ill = diagnoses(said, named) if Look.HEALTH in look else ()
    return without_overlaps([*spans, *named, *ill])


def secret_of(*texts: str) -> str:
    """What remembers covered texts without telling them: two children are still told apart."""
    said = "\x1f".join(squeeze(text) for text in texts)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _read_alone(text: str, heading: str) -> tuple[Kind, str] | None:
    """What a cell under a heading holds by its whole text: a day of birth, a bare surname."""
    if heading == OF_BIRTH and _STORED_DAY.fullmatch(text):
        return Kind.BIRTH, _ANY_DAY
    cover = cover_of_word(text) if heading == OF_CHILD else None
    return (Kind.NAME, cover) if cover else None


def _unfolded(text: str) -> str:
    """A number as a file stores it, «8.9123456789E10», as a person reads it."""
    return text_of(float(text)) if _STORED_NUMBER.fullmatch(text.strip()) else text


def _plan_texts(plan: Plan) -> Iterator[str]:
    settings = plan.settings
    yield from (settings.organisation, settings.plan_title)
    for row in plan.rows:
        yield from (
            row.section,
            row.title,
            row.deadline_text,
            row.responsible,
            row.result,
            row.evidence_asked,
        )
    for one in plan.participants:
        yield from (one.name, one.short_name, *one.aliases, one.curator or "", one.email or "")
    for indicator in plan.indicators:
        yield indicator.title
