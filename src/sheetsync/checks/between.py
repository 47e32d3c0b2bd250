"""Rules that look across participants: the same document, long text or file in several reports.

Each participant may have been judged apart from the others: it tells what it mentions by
fingerprints, and only what two of them share has to be looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from enum import StrEnum
from hashlib import blake2b
from typing import Final, TypeVar

from msgspec import Struct, field

from sheetsync.checks.attached import in_quotes
from sheetsync.checks.case import Case
from sheetsync.checks.duplicates import INFORMATION, Use, long_texts, place_of_use, uses_by_document
from sheetsync.checks.evidence import is_of_an_office
from sheetsync.findings import make
from sheetsync.model import NOWHERE, Finding, Origin, Outcome, Participant

_T = TypeVar("_T")

KEY_BYTES: Final = 8
_NAMED: Final = 5
"""How many other participants a finding names."""
_MANY: Final = 16
"""When one of so many tells something else than before, all are compared."""
_SEEN_BYTES: Final = 16
_SLOTS: Final = 1 << 21
"""Marks of fingerprints that were met: ten for each that a thousand participants tell."""


class Shared(StrEnum):
    """What participants may share; the value is the finding that says so."""

    DOCUMENT = "E607"
    TEXT = "E611"
    FILE = "E625"


_DOCUMENT: Final = Shared.DOCUMENT
_TEXT: Final = Shared.TEXT
_FILE: Final = Shared.FILE


class Told(Struct, frozen=True):
    """One document, long text or file of one participant.

    ``words`` are the rows that have it, or the name of the file, as a finding quotes them;
    ``origin`` and ``activity`` where it stands first; ``count`` how often it stands.
    """

    words: tuple[str, ...]
    activity: str | None = None
    origin: Origin = NOWHERE
    count: int = 1
    is_general: bool = False
    """A document of an office: everybody may name it."""


class Mentions(Struct, frozen=True):
    """What one participant mentions, by kind and fingerprint, in the order of its rows."""

    of: Mapping[Shared, Mapping[bytes, Told]] = field(default_factory=dict)

    def keys(self) -> bytes:
        """All fingerprints in a row: enough to see whether a participant shares anything."""
        return b"".join(key for own in self.of.values() for key in own)


# --- of one participant -------------------------------------------------------------------------


def mentions_of(case: Case) -> dict[str, Mentions]:
    """What each participant of a case mentions."""
    found: dict[str, dict[Shared, dict[bytes, Told]]] = {}
    for kind, told_of in ((_DOCUMENT, _documents), (_TEXT, _texts), (_FILE, _files)):
        own: dict[str, dict[bytes, Told]] = {}
        begins = f"{kind}\x1f".encode()
        for code, words, told in told_of(case):
            said = begins + words.encode("utf-8", "surrogatepass")
            own.setdefault(code, {})[blake2b(said, digest_size=KEY_BYTES).digest()] = told
        for code, mentions in own.items():
            found.setdefault(code, {})[kind] = mentions
    return {code: Mentions(of) for code, of in found.items()}


def _documents(case: Case) -> Iterator[tuple[str, str, Told]]:
    for words, uses in uses_by_document(case).items():
        for own in _by_participant(uses, _outcome_of):
            first = own[0]
            rows = _numbers(case, [use.outcome for use in own])
            is_general = is_of_an_office(first.item)
            told = Told(rows, first.outcome.activity, place_of_use(case, first), len(own), is_general)
            yield first.outcome.participant, words, told


def _texts(case: Case) -> Iterator[tuple[str, str, Told]]:
    for words, outcomes in long_texts(case).items():
        for own in _by_participant(outcomes, _itself):
            place = case.place(own[0], INFORMATION)
            yield own[0].participant, words, Told(_numbers(case, own), own[0].activity, place, len(own))


def _files(case: Case) -> Iterator[tuple[str, str, Told]]:
    seen = set()
    for one in case.attached:
        place = (one.file.participant, one.file.origin.sha256)
        if place[1] and place not in seen:
            seen.add(place)
            yield *place, Told((one.file.name,), None, one.file.origin)


def _by_participant(things: list[_T], outcome_of: Callable[[_T], Outcome]) -> Iterable[list[_T]]:
    """The things of each participant; mostly one thing is all."""
    if len(things) == 1:
        return (things,)
    found: dict[str, list[_T]] = {}
    for one in things:
        found.setdefault(outcome_of(one).participant, []).append(one)
    return found.values()


def _outcome_of(use: Use) -> Outcome:
    return use.outcome


def _itself(outcome: Outcome) -> Outcome:
    return outcome


def _numbers(case: Case, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    if len(outcomes) == 1:
        row = case.row(outcomes[0])
        return (row.number or row.title,)
    rows = map(case.row, outcomes)
    return tuple(dict.fromkeys([row.number or row.title for row in rows]))


# --- of all -------------------------------------------------------------------------------------


class Sharing(Struct, frozen=True):
    """Who shares a fingerprint with somebody, and what is needed to know it again when few have changed.

    ``seen`` are digests of what each participant tells, ``twice`` the fingerprints two of them tell.
    """

    codes: frozenset[str] = frozenset()
    seen: Mapping[str, bytes] = field(default_factory=dict)
    twice: frozenset[int] = frozenset()


NOT_KNOWN: Final = Sharing()


def sharing(keys: Mapping[str, bytes], before: Sharing = NOT_KNOWN) -> Sharing:
    """Participants that share a fingerprint with somebody; ``keys`` are those of each in a row.

    ``before`` is what was known earlier: what few tell anew is only looked for among what the others tell.
    """
    seen = {code: blake2b(own, digest_size=_SEEN_BYTES).digest() for code, own in keys.items()}
    if seen == before.seen:
        return before
    changed = {code for code, digest in seen.items() if before.seen.get(code) != digest}
    if len(changed) * _MANY > len(keys):
        return _sharing_of_all(keys, seen)
    twice = {*_told_again(keys, changed), *_still_twice(keys, before, changed)}
    asked = before.codes | changed if twice <= before.twice else keys.keys()
    codes = (code for code in asked if code in keys and not twice.isdisjoint(_numbers_in(keys[code])))
    return Sharing(frozenset(codes), seen, frozenset(twice))


def _told_again(keys: Mapping[str, bytes], changed: Set[str]) -> Iterator[int]:
    """Fingerprints of those who changed that anybody else tells."""
    met: set[int] = set()
    for code in changed:
        own = set(_numbers_in(keys[code]))
        yield from own & met
        met |= own
    for code, told in keys.items():
        if code not in changed and not met.isdisjoint(_numbers_in(told)):
            yield from met.intersection(_numbers_in(told))


def _still_twice(keys: Mapping[str, bytes], before: Sharing, changed: Set[str]) -> Iterator[int]:
    """Fingerprints known to be told twice that two of the others tell."""
    met: set[int] = set()
    for code in before.codes - changed:
        if code in keys:
            own = before.twice.intersection(_numbers_in(keys[code]))
            yield from own & met
            met |= own


def _sharing_of_all(keys: Mapping[str, bytes], seen: Mapping[str, bytes]) -> Sharing:
    likely = _likely_twice(keys.values())
    met: set[int] = set()
    twice: set[int] = set()
    for own in keys.values():
        numbers = likely.intersection(_numbers_in(own))
        twice |= numbers & met
        met |= numbers
    codes = frozenset(code for code, own in keys.items() if not twice.isdisjoint(_numbers_in(own)))
    return Sharing(codes, seen, frozenset(twice))


def _likely_twice(keys: Iterable[bytes]) -> set[int]:
    """All fingerprints met twice, and few others: a set of all there are would be the largest of a run."""
    met = bytearray(_SLOTS)
    found = set()
    for own in keys:
        for number in _numbers_in(own):
            slot = number % _SLOTS
            if met[slot]:
                found.add(number)
            met[slot] = 1
    return found


def _numbers_in(keys: bytes) -> memoryview:
    return memoryview(keys).cast("Q")


def between(roster: Iterable[Participant], mentions: Mapping[str, Mentions]) -> tuple[Finding, ...]:
    """What participants share: rows shared with the same others are one cause, told once.

    ``mentions`` of everybody, or of all that share anything: the same is found.
    """
    people = tuple(roster)
    names = {one.code: one.short_name or one.name for one in people}
    in_roster = [one.code for one in people if one.code in mentions]
    return tuple(
        finding
        for kind in Shared
        for finding in _of_kind(kind, sorted(mentions) if kind is Shared.FILE else in_roster, mentions, names)
    )


def _of_kind(
    kind: Shared, order: Sequence[str], mentions: Mapping[str, Mentions], names: Mapping[str, str]
) -> Iterator[Finding]:
    having: dict[bytes, list[str]] = {}
    for code in order:
        for key in mentions[code].of.get(kind, ()):
            having.setdefault(key, []).append(code)
    buckets: dict[tuple[str, tuple[str, ...]], list[Told]] = {}
    for key, codes in having.items():
        if len(codes) == 1 or mentions[codes[0]].of[kind][key].is_general:
            continue  # nobody else's, or everybody's: nothing is shared
        for code in codes:
            others = tuple(names.get(other, other) for other in codes if other != code)
            buckets.setdefault((code, others), []).append(mentions[code].of[kind][key])
    for (code, others), own in buckets.items():
        yield _finding(kind, code, others, own)


def _finding(kind: Shared, code: str, others: tuple[str, ...], own: Sequence[Told]) -> Finding:
    words = list(dict.fromkeys(word for one in own for word in one.words))
    if kind is Shared.FILE:
        params = {"others": ", ".join(others), "names": in_quotes(words)}
    else:
        params = {"others": _listed(others), "rows": ", ".join(words)}
    return make(
        kind.value,
        participant=code,
        activity=own[0].activity,
        origin=own[0].origin,
        count=sum(one.count for one in own),
        **params,
    )


def _listed(names: tuple[str, ...]) -> str:
    """A few names and how many more there are."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" (+{more})" if more > 0 else "")
