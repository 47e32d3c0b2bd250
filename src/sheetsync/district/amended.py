"""An order as the sheets of a district workbook would have it, beside the sheets as they are.

The order and the plan are compared in the words of the workbook: «все школы», short names of the
roster, dates as they are read, so what differs is what a coordinator would see differ.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from sheetsync.columns import PLAN, SETTINGS
from sheetsync.district.bodies import Record, records_of
from sheetsync.district.draft import draft_of
from sheetsync.district.reading import RETIRED, find_participant
from sheetsync.district.records import CODE_LETTERS
from sheetsync.grid import text_of
from sheetsync.model import Order, Participant, Plan
from sheetsync.plan.amending_rows import Row
from sheetsync.settings import SETTINGS_ROWS
from sheetsync.text import plain
from sheetsync.workbooks.port import Out, TableRows

_AMENDABLE: Final = ("plan_title", "years", "period_start", "period_end", "report_due")
"""Settings that an order says anew; its number and date become the edition of the plan."""

_OF_PERIOD: Final = ("period_start", "period_end", "report_due")
"""Of these an order says the first period; in a later one they are its own."""

_TITLE_INFERRED: Final = "title-inferred"


class Drafted(Struct, frozen=True):
    """What a new workbook would say of an order: rows of «План» by key, values of «Настройки», and who
    takes part."""

    order: Order
    plan: Mapping[str, Mapping[str, Out]]
    settings: Mapping[str, Out]
    participants: tuple[Participant, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(key, {column: text_of(out.value) for column, out in record.items()})
            for key, record in self.plan.items()
        )


def drafted(order: Order, roster: Sequence[Participant]) -> Drafted:
    """The draft of an order, participants called as the roster calls them."""
    draft = draft_of(order)
    names = {
        one.short_name: known.short_name for one in draft.participants if (known := known_as(one, roster))
    }
    records = (dict(zip(PLAN.keys, row, strict=True)) for row in draft.bodies[PLAN.name].rows)
    settings = (dict(zip(SETTINGS.keys, row, strict=True)) for row in draft.bodies[SETTINGS.name].rows)
    return Drafted(
        order,
        {
            text_of(one["key"].value): {**one, "reporters": _renamed(one["reporters"], names)}
            for one in records
        },
        {text_of(one["key"].value): one["value"] for one in settings},
        draft.participants,
    )


def known_as(one: Participant, roster: Sequence[Participant]) -> Participant | None:
    """Who of the roster a participant of an order is."""
    found = (find_participant(spelling, roster) for spelling in (one.name, *one.aliases))
    return next((known for known in found if known and known.kind is one.kind), None)


def _renamed(reporters: Out, names: Mapping[str, str]) -> Out:
    words = text_of(reporters.value).split("; ")
    return Out("; ".join(names.get(word, word) for word in words))


# --- the plan as it is --------------------------------------------------------------------------


def plan_records(table: TableRows, plan: Plan) -> dict[str, Record]:
    """The rows of «План» by the keys they are read with."""
    titled = [record for record in records_of(PLAN, table) if record.text("title")]
    return {row.key: record for row, record in zip(plan.rows, titled, strict=True)}


def rows_of_plan(records: Mapping[str, Record]) -> tuple[Row, ...]:
    """The same as an amendment compares them."""
    return tuple(
        Row(
            key,
            {column: cell.text for column, cell in record.cells.items()},
            is_retired=plain(record.text("state")) == plain(RETIRED),
        )
        for key, record in records.items()
    )


# --- settings -----------------------------------------------------------------------------------


class SettingChange(Struct, frozen=True):
    """One row of «Настройки»; ``own`` is what the coordinator wrote there instead of the order's."""

    key: str
    was: str
    now: str
    value: Out
    own: str = ""

    @property
    def label(self) -> str:
        return next(spec.label for spec in SETTINGS_ROWS if spec.key == self.key)


def setting_changes(
    base: Drafted | None, table: TableRows, theirs: Drafted, edition: str
) -> tuple[SettingChange, ...]:
    """What the new order says of itself otherwise. What it does not say stays as it is."""
    ours = settings_of(table)
    found = list(_said_anew(base, ours, theirs))
    if edition and plain(edition) != plain(ours.get("edition", "")):
        found.append(SettingChange("edition", ours.get("edition", ""), edition, Out(edition)))
    return tuple(found)


def _said_anew(base: Drafted | None, ours: Mapping[str, str], theirs: Drafted) -> Iterator[SettingChange]:
    is_guessed = any(one.code == _TITLE_INFERRED for one in theirs.order.doubts)
    is_later = bool(ours.get("period")) and ours["period"] != text_of(theirs.settings["period"].value)
    for key in _AMENDABLE:
        if is_later and key in _OF_PERIOD:
            continue
        now, own = text_of(theirs.settings[key].value), ours.get(key, "")
        was = text_of(base.settings[key].value) if base else own
        if not now or plain(now) in {plain(was), plain(own)} or (key == "plan_title" and is_guessed):
            continue
        yield SettingChange(key, was, now, theirs.settings[key], "" if plain(own) == plain(was) else own)


def settings_of(table: TableRows) -> dict[str, str]:
    labels = {plain(spec.label): spec.key for spec in SETTINGS_ROWS}
    return {
        record.text("key") or labels.get(plain(record.text("name")), ""): record.text("value")
        for record in records_of(SETTINGS, table)
    }


# --- participants -------------------------------------------------------------------------------


class RosterChange(Struct, frozen=True):
    """Who is new in the order, under the codes they get; who is in it no more and stays in the roster;
    whose curator is another: code, was, now."""

    added: tuple[Participant, ...] = ()
    gone: tuple[Participant, ...] = ()
    curators: tuple[tuple[str, str, str], ...] = ()


def roster_change(
    base: Drafted | None, roster: Sequence[Participant], theirs: Drafted, used: Collection[str]
) -> RosterChange:
    """Compare rosters; ``used`` are codes that are given already, also to those who left."""
    known = {one.code: known_as(one, roster) for one in theirs.participants}
    taken = {*used, *(one.code for one in roster)}
    strangers = [one for one in theirs.participants if known[one.code] is None]
    before = [known_as(one, roster) for one in base.participants] if base else []
    still = {one.code for one in known.values() if one}
    return RosterChange(
        tuple(_with_free_code(one, taken) for one in strangers),
        tuple(one for one in dict.fromkeys(before) if one and one.code not in still),
        tuple(_curators(base, roster, theirs)),
    )


def _with_free_code(one: Participant, taken: set[str]) -> Participant:
    letter = CODE_LETTERS[one.kind]
    numbers = (code.removeprefix(letter) for code in taken if code.startswith(letter))
    last = max((int(number) for number in numbers if number.isdecimal()), default=0)
    code = f"{letter}{last + 1:02d}"
    taken.add(code)
    return Participant(code, one.name, one.short_name, one.aliases, one.kind, one.curator)


def _curators(
    base: Drafted | None, roster: Sequence[Participant], theirs: Drafted
) -> Iterator[tuple[str, str, str]]:
    """Schools for which the order names another curator, where the coordinator left what it had said."""
    told = (
        [(known, one.curator) for one in base.participants if (known := known_as(one, roster))]
        if base
        else []
    )
    before = {known.code: curator for known, curator in told}
    for one in theirs.participants:
        known = known_as(one, roster)
        if known is None or one.curator in {None, known.curator, before.get(known.code)}:
            continue
        if known.curator in {None, before.get(known.code)}:
            yield known.code, known.curator or "", one.curator or ""
