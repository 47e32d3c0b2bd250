"""The command «history»: who changed what, when, and from which file.

The journal knows places and fingerprints; words are read from the kept originals when somebody
asks, so what was destroyed cannot be told any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct
from rapidfuzz import fuzz

from sheetsync import store
from sheetsync.campaign.files import (
    journal_of,
    open_workbook,
    parse_workbook,
    read_file,
    read_table,
    read_workbook_plan,
)
from sheetsync.campaign.versions import DECISION, HEADERS, key_of_target
from sheetsync.columns import ENTRIES
from sheetsync.district.decisions import decisions_of, shown_rows
from sheetsync.district.reading import find_participant
from sheetsync.grid import Book, position
from sheetsync.journal import Act, Journal, Version, VersionKind
from sheetsync.model import NOWHERE, Decision, Origin, Participant, Plan
from sheetsync.notices import Notice, say
from sheetsync.plan.names import same_name
from sheetsync.privacy.books import masked_book
from sheetsync.privacy.shield import Shield
from sheetsync.text import plain, skeleton
from sheetsync.workbooks.copies import open_copy

_NEAR: Final = 5
_SIMILAR: Final = 60
_SHORTEST_PART: Final = 3
_ITEM: Final = re.compile(r"(?:п\.? ?п?\.?|пункт[а-я]*|мероприяти[ея]|№) *(?=\d)", re.IGNORECASE)
"""What people write before a number: «п. 1.2», «пункт 1.2»."""


class Words(Struct, frozen=True):
    """What a version says: the text, or why it cannot be told. Both empty: nothing stood there."""

    text: str | None = None
    destroyed: Act | None = None
    unreadable: bool = False


class Change(Struct, frozen=True):
    """One change of one cell of the свод.

    For a conflict ``became`` is the value taken and ``was`` the one that was not. ``origin`` is
    where ``became`` stands, ``gave_way`` where ``was`` stands.
    """

    run: int
    at: datetime
    kind: VersionKind
    code: str
    participant: str
    activity: str
    number: str
    title: str
    column: str
    was: Words
    became: Words
    origin: Origin
    gave_way: Origin


def history(place: Path, school: str = "", activity: str = "") -> tuple[Change, ...]:
    """Every change, in the order of roster and plan, of one cell from the oldest to the newest.

    Raises ``store.StoreError`` for a school or an activity nobody knows, naming those alike.
    """
    campaign = store.open_campaign(place)
    plan = read_workbook_plan(open_workbook(campaign), 1).plan
    with journal_of(campaign) as journal:
        versions = journal.versions()
        names = _Names(plan, versions)
        codes = names.participants(school) if school else None
        rows = names.activities(activity) if activity else None
        telling = _Telling(names, _Sources(campaign, journal, plan))
        wanted = (
            one
            for one in versions
            if (codes is None or one.participant in codes) and (rows is None or one.activity in rows)
        )
        return tuple(sorted(telling.changes(wanted), key=names.order))


# --- names --------------------------------------------------------------------------------------


class _Names:
    """How people call participants and activities, those that left the plan included."""

    def __init__(self, plan: Plan, versions: Sequence[Version]) -> None:
        self._plan = plan
        self.short = {one.code: one.short_name for one in plan.participants}
        self.rows = {row.key: (row.number, row.title) for row in plan.rows}
        self.rows |= {key_of_target(one): ("", one.title) for one in plan.indicators}
        self._codes = list(dict.fromkeys((*self.short, *(one.participant for one in versions))))
        self._keys = list(dict.fromkeys((*self.rows, *(one.activity for one in versions))))

    def order(self, change: Change) -> tuple[int, int]:
        return self._codes.index(change.code), self._keys.index(change.activity)

    def participants(self, told: str) -> frozenset[str]:
        """Whom a code or a name tells; a part of the name tells everybody it fits."""
        exact = next((code for code in self._codes if skeleton(code) == skeleton(told)), None)
        if exact:
            return frozenset([exact])
        found = find_participant(told, self._plan.participants)
        if found:
            return frozenset([found.code])
        fitting = [
            one.code
            for one in self._plan.participants
            if any(_is_part(told, name) for name in (one.name, one.short_name, *one.aliases))
        ]
        if fitting:
            return frozenset(fitting)
        names = {one.short_name: _closeness(told, one) for one in self._plan.participants}
        raise store.StoreError(say(Notice.NO_PARTICIPANT, name=told, near=_near(names)))

    def activities(self, told: str) -> frozenset[str]:
        """Every activity a number, a key or a part of the title tells."""
        number = _ITEM.sub("", told.strip().rstrip("."), count=1)
        exact = {key for key in self._keys if number in {key, self.rows.get(key, ("", ""))[0]}}
        found = exact or {key for key, (_, title) in self.rows.items() if _is_part(told, title)}
        if found:
            return frozenset(found)
        names = {
            f"{number} {title}".strip(): max(
                fuzz.partial_ratio(plain(told), plain(title)), fuzz.ratio(plain(told), plain(number))
            )
            for number, title in self.rows.values()
        }
        raise store.StoreError(say(Notice.HISTORY_NO_ACTIVITY, name=told, near=_near(names)))


def _is_part(told: str, name: str) -> bool:
    part = skeleton(told)
    return len(part) >= _SHORTEST_PART and not part.isdigit() and part in skeleton(name)


def _closeness(told: str, one: Participant) -> float:
    spellings = (one.code, one.name, one.short_name, *one.aliases)
    letters = max(fuzz.WRatio(plain(told), plain(name)) for name in spellings)
    return max(letters, *(100 * same_name(told, name) for name in spellings))


def _near(names: Mapping[str, float]) -> str:
    """The names most alike; when none is, what there is to choose from."""
    alike = sorted((name for name, score in names.items() if score >= _SIMILAR), key=lambda one: -names[one])
    notice = Notice.NAMES_ALIKE if alike else Notice.NAMES_ALL
    return say(notice, names="; ".join(f"«{name}»" for name in (alike or list(names))[:_NEAR]))


# --- telling ------------------------------------------------------------------------------------


class _Sources:
    """The words versions tell of, read where they stand; every file is opened once."""

    def __init__(self, campaign: store.Campaign, journal: Journal, plan: Plan) -> None:
        self._campaign = campaign
        self._plan = plan
        self._shield = Shield.of(plan)
        self._destroyed = journal.destroyed_copies()
        self._books: dict[str, Book | None] = {}
        self._decisions: dict[str, Mapping[tuple[str, str], Decision] | None] = {}

    def words(self, version: Version | None) -> Words:
        if version is None or not (version.fingerprint or version.word):
            return Words()
        if version.kind is VersionKind.DECISION:
            text = version.word or self._decision(version)
        elif version.origin.sha256 in self._destroyed:
            return Words(destroyed=self._destroyed[version.origin.sha256])
        else:
            text = self._cell(version.origin)
        return Words(text) if text is not None else Words(unreadable=True)

    def _opened(self, data: bytes, origin: Origin) -> Book | None:
        """A kept original as the свод shows it: with personal data covered."""
        book = open_copy(data, origin.file).book
        return masked_book(book, self._shield, origin)[0] if book else None

    def _cell(self, origin: Origin) -> str | None:
        if origin.sha256 not in self._books:
            data = store.read_original(self._campaign, origin.sha256) if origin.sha256 else None
            self._books[origin.sha256] = self._opened(data, origin) if data else None
        book = self._books[origin.sha256]
        sheet = book.sheet(origin.sheet) if book else None
        if sheet is None:
            return None
        try:
            cell = sheet.at(*position(origin.cell.partition(":")[0]))
        except ValueError:  # a shape or a name, no cell
            return None
        parts = (cell.text, *(link for link in cell.links if link not in cell.text), cell.comment or "")
        return "\n".join(part for part in parts if part)

    def _decision(self, version: Version) -> str | None:
        """What the district workbook said beside a row when a run read it: now, or in a backup."""
        digest = version.origin.sha256
        if digest not in self._decisions:
            data = self._workbook(digest)
            self._decisions[digest] = self._decisions_in(data) if data else None
        decisions = self._decisions[digest]
        if decisions is None:
            return None
        decision = decisions.get((version.participant, version.activity), Decision())
        return decision.verdict if version.column == DECISION.key else decision.remark

    def _workbook(self, digest: str) -> bytes | None:
        folder = self._campaign.backups
        kept = sorted(folder.glob(f"*{digest[:8]}*")) if folder.is_dir() else []
        read = (read_file(path) for path in (self._campaign.workbook, *kept))
        return next((data for data in read if store.sha256(data) == digest), None)

    def _decisions_in(self, data: bytes) -> Mapping[tuple[str, str], Decision]:
        table = read_table(parse_workbook(self._campaign, data), ENTRIES.name)
        return decisions_of(shown_rows(table, self._plan))


class _Telling:
    """Versions one after another become changes."""

    def __init__(self, names: _Names, sources: _Sources) -> None:
        self._names = names
        self._sources = sources

    def changes(self, versions: Iterable[Version]) -> Iterator[Change]:
        last: dict[tuple[str, str, str], Version] = {}
        for one in versions:
            before = last.get(one.place)
            if one.kind is VersionKind.CONFLICT:
                yield self._change(one, was=one, became=before)
                continue
            last[one.place] = one
            change = self._change(one, was=before, became=one)
            if change.was != change.became or change.was.text is None:
                yield change

    def _change(self, told: Version, *, was: Version | None, became: Version | None) -> Change:
        number, title = self._names.rows.get(told.activity, ("", told.activity))
        origin = became.origin if became else NOWHERE
        before = was.origin if was and was.kind is not VersionKind.DECISION else NOWHERE
        return Change(
            told.run,
            told.at,
            told.kind,
            told.participant,
            self._names.short.get(told.participant, told.participant),
            told.activity,
            number,
            title,
            HEADERS.get(told.column, told.column),
            self._sources.words(was),
            self._sources.words(became),
            origin,
            before if before != origin else NOWHERE,
        )
