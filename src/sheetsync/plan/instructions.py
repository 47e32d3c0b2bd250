"""What the text of an order obliges somebody to do, beside its plan-schedule.

An instruction is an item addressed to somebody: «Руководителям школ: - разработать ...». Sub-items
inherit the addressee, the deadline and, where they are no sentences of their own, the verb of the item above.
What the signer does by signing («Утвердить ...», «Контроль ... оставляю за собой») is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.doubts import doubt
from sheetsync.model import Activity, Deadline, DeadlineKind, Instruction, Parties, SchoolsScope
from sheetsync.plan.activities import Around
from sheetsync.plan.deadlines import read_deadline
from sheetsync.plan.instruction_addressees import (
    dative,
    labelled_addressee,
    opens_with_doer,
    read_addressee,
    split_addressee,
    told_by,
)
from sheetsync.plan.instruction_deadlines import deadline_in, without_deadline
from sheetsync.plan.instruction_items import OrderItem, items_of
from sheetsync.plan.instruction_verbs import (
    first_duty,
    first_infinitive,
    is_by_the_signer,
    opens_with_infinitive,
)
from sheetsync.plan.keys import keys_of
from sheetsync.plan.party_split import persons
from sheetsync.plan.party_words import names_school
from sheetsync.plan.printed import Line
from sheetsync.text import plain

_KEYED: Final = "Поручение приказа: "
"""What a title is keyed with, so that an instruction and an activity in the same words differ."""
_FULL_STOP: Final = re.compile(r"(?<!\bг)(?<!\bгг)(?<!\bдр)(?<!\bт\.д)(?<!\bт\.п)(?<!\b[А-ЯЁ])\.$")
_CONTROL: Final = re.compile(r"^(?:(?:общий|персональный|личный)\s+)?контроль\b")
_ANNOUNCES: Final = re.compile(r"^(?:провести|организовать)\b", re.IGNORECASE)
"""«Провести с 8 по 20 ноября конкурс» told to nobody: the office announces what it holds itself."""
_ASSIGNED: Final = re.compile(r"^(?P<what>.+?)\s+возложить\s+на\s+(?P<whom>.+)$", re.IGNORECASE)


def read_instructions(
    above: Sequence[Line], activities: Sequence[Activity], around: Around
) -> tuple[Instruction, ...]:
    """The instructions of the text above the plan, in order."""
    found = [one for item in items_of(above, around.known) for one in _asked(item, _Above())]
    titles = [one.title for one in activities]
    keys = keys_of((*titles, *(f"{_KEYED}{one.title}" for one in found)))[len(titles) :]
    return tuple(_instruction(one, key, around) for one, key in zip(found, keys, strict=True))


class _Above(Struct, frozen=True):
    """What an item inherits from those it stands under."""

    addressee: str = ""
    verb: str = ""
    deadline: str = ""


class _Asked(Struct, frozen=True):
    """One thing asked, before its words are read."""

    number: str
    title: str
    addressee: str
    deadline: str
    unsure: bool = False


# --- items become things asked ------------------------------------------------------------------


def _asked(item: OrderItem, above: _Above) -> Iterator[_Asked]:
    text = item.text.strip()
    if _CONTROL.match(plain(text)) and not above.addressee:
        return
    own, action = split_addressee(_led_by_addressee(text))
    if not item.items and not action and above.verb:
        own, action = _parted(own)
    if not own and _is_heading_of_duties(item):
        own, action = action, ""
    addressee = without_deadline(own).rstrip(" :") or above.addressee or labelled_addressee(text)
    deadline = deadline_in(text) or above.deadline
    if item.items:
        yield from _asked_under(item, _Above(addressee, _head_verb(action), deadline))
    elif title := _title(action, above.verb):
        yield from _leaf(_Asked(item.number, title, addressee, deadline))


def _is_heading_of_duties(item: OrderItem) -> bool:
    """«Руководители школ: - обеспечивают ...; - представляют ...»."""
    return opens_with_doer(item.text) and any(
        duty.start() == 0 for one in item.items if (duty := first_duty(one.text))
    )


def _parted(text: str) -> tuple[str, str]:
    """«ИМЦ (Сомова В.Н.) – консультации школ» under «Обеспечить:»: who, and what of it."""
    who, _, what = text.partition(" – ")
    return who.strip(), what.strip()


def _led_by_addressee(text: str) -> str:
    """«В срок до 15 мая руководителям ОО представить ...»: the deadline is taken from the front."""
    bare = without_deadline(text)
    return bare if told_by(text) is None and told_by(bare) is not None else text


def _asked_under(item: OrderItem, above: _Above) -> Iterator[_Asked]:
    """The things asked in the items under one."""
    if not above.addressee and _is_signers(above.verb):
        above = replace(above, verb="", deadline="")
    for one in item.items:
        if above.addressee and not above.verb and _goes_on_addressee(one):
            above = replace(above, addressee=f"{above.addressee}, {one.text.strip(' .;:')}")
        else:
            yield from _asked(one, above)


def _goes_on_addressee(item: OrderItem) -> bool:
    """An item of the heading's own list: a school, a person; nothing is asked in it."""
    is_named = names_school(item.text) or bool(persons(item.text))
    opens = item.text[:1].isupper() and not item.items
    return is_named and opens and first_infinitive(item.text) is None


def _head_verb(action: str) -> str:
    """«обеспечить контроль:» -> «обеспечить контроль»: what sub-items that are no sentences go on."""
    return re.sub(r"[,\s]*(?:а\s+именно|в\s+том\s+числе|следующее)?\s*:?\s*$", "", action)


def _title(action: str, verb: str) -> str:
    """What is to be done, in the order's words."""
    action = _FULL_STOP.sub("", action.strip(" ;:,–—-"))
    if not verb or not action or _says_itself(action):
        return action
    return f"{verb} {_inside_a_sentence(action)}"


def _inside_a_sentence(action: str) -> str:
    """«Сбор отчётов» as it stands after a verb; acronyms and names of schools stay."""
    is_word = action[1:2].islower() and not names_school(action)
    return action[:1].lower() + action[1:] if is_word else action


def _says_itself(action: str) -> bool:
    """The item has a verb of its own at its beginning, or after a deadline."""
    return opens_with_infinitive(action) or opens_with_infinitive(without_deadline(action))


def _leaf(one: _Asked) -> Iterator[_Asked]:
    """An item without items of its own: an instruction, the signer's own act, or a doubtful one."""
    if one.addressee:
        yield one
    elif assigned := _ASSIGNED.match(one.title):
        yield replace(one, addressee=assigned["whom"], unsure=True)
    elif (
        one.deadline
        and first_infinitive(one.title)
        and not _is_signers(one.title)
        and not _ANNOUNCES.match(one.title)
    ):
        yield replace(one, unsure=True)


def _is_signers(action: str) -> bool:
    verb = first_infinitive(action)
    return verb is not None and is_by_the_signer(action[verb.start() :])


# --- things asked become instructions -----------------------------------------------------------


def _instruction(one: _Asked, key: str, around: Around) -> Instruction:
    doubts = (doubt("instruction-unsure"),) if one.unsure else ()
    return Instruction(key, one.number, one.title, _deadline(one, around), _responsible(one, around), doubts)


def _deadline(one: _Asked, around: Around) -> Deadline:
    """As read; an instruction without a deadline is no slip: it is due by each report date."""
    if not one.deadline:
        return Deadline("", DeadlineKind.UNKNOWN)
    return read_deadline(one.deadline, around.years, school_year=around.school_year)


def _responsible(one: _Asked, around: Around) -> Parties:
    if not one.addressee:
        return Parties("", (), SchoolsScope.UNCLEAR, doubts=(doubt("party-empty"),))
    parties = read_addressee(dative(one.addressee), around.schools, around.group_words)
    return replace(parties, text=one.addressee)
