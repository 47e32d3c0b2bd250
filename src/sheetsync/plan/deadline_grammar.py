"""The grammar of deadlines: pieces of a phrase are joined, rule by rule, into larger pieces.

A rule is a pattern over the marks of neighbouring pieces (one letter each, see ``Mark``) and a
function that makes new pieces of them, or None where the values do not fit. Stages run in order;
within a stage every rule is applied until nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec import Struct

from sheetsync.patterns import at_first_use
from sheetsync.plan import deadline_makers as make
from sheetsync.plan import deadline_makers_calendar as part
from sheetsync.plan.dates import Piece, day_before_month
from sheetsync.plan.deadline_makers import Pieces
from sheetsync.plan.deadline_words import Mark

Maker = Callable[[Pieces], "Piece | list[Piece] | None"]


class Rule(Struct, frozen=True):
    """``pattern`` is a regular expression over marks; ``make`` gets exactly the pieces it matched."""

    pattern: re.Pattern[str]
    make: Maker


def rule(pattern: str, make: Maker) -> Rule:
    return Rule(at_first_use(pattern), make)


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Apply the whole grammar."""
    current = [one for one in _run(_AMONG_SMALL_WORDS, list(pieces)) if one.mark is not Mark.NOISE]
    current = day_before_month(_run(_HOURS_AND_REFERENCES, current))
    for stage in _AFTER_MONTHS:
        current = _run(stage, current)
    return current


def marks_of(pieces: Pieces) -> str:
    return "".join(one.mark for one in pieces)


def _run(stage: Sequence[Rule], pieces: list[Piece]) -> list[Piece]:
    while sum(_apply(one, pieces) for one in stage):
        pass
    return pieces


def _apply(one: Rule, pieces: list[Piece]) -> bool:
    """Apply a rule wherever it fits, left to right; True when it changed anything."""
    changed, at, marks = False, 0, marks_of(pieces)
    while match := one.pattern.search(marks, at):
        made = one.make(pieces[match.start() : match.end()])
        at = match.start() + 1
        if made is not None:
            new = [made] if isinstance(made, Piece) else made
            pieces[match.start() : match.end()] = new
            marks = marks[: match.start()] + marks_of(new) + marks[match.end() :]
            changed = True
    return changed


# --- the rules, stage by stage ------------------------------------------------------------------

_AMONG_SMALL_WORDS: Final = (rule("(?<=[MWYG])nW", make.at_an_hour),)

_HOURS_AND_REFERENCES: Final = (
    rule("ff+", make.last_of),  # начиная с
    rule("jj*[NWY]", make.pointer),  # п. 4.5, приказ от 15.03.2023
    rule("[NTW]h(?:Nh)?", make.hour_before_its_word),  # 10.10 ч.
    rule("T-W|W-T", make.hour_beside_an_hour),  # 10.10-11.00
    rule("[NT][-tp]T", make.an_hour),  # 10 до 12 часов
    rule("[tpf]T(?![WNT])", make.an_hour),  # с 10.00
    rule("[tpf]T(?=[WN])", make.all_but_last),  # до 10.00 20.05.2021
)

_AFTER_MONTHS: Final[tuple[tuple[Rule, ...], ...]] = (
    (  # 5 числа, последний рабочий день месяца
        rule("N-?X", make.day_of_month),
        rule("Nk?d(?=J|R)", make.last_day_of_month),
    ),
    (  # 2020-2022 гг., 2023/24 учебный год
        rule("WY", part.iso_slip),
        rule("Y(?:[-S]?Y)+", part.list_of_years),
        rule("YUG?|UG?Y|UG", part.school_year),
        rule("YG", part.year_word),
        rule("Y", part.slashed_school_year),
    ),
    (  # 2 раза в год, последняя пятница каждого месяца, по средам
        rule("N?ON[JGQHKdq]", make.so_many_times),
        rule("N?O[JGQHKdq]", make.so_many_times),
        rule("V?NZ(?:V?J|S?R)|RS?V?NZ", make.monthly_by_weekday),
        rule("V[GQHKJdZUq]|p[QHJZq]", make.each_time),
        rule("oG", make.yearly),
        rule("RS?R|RS?Z+", make.weekly_twice),
    ),
    (  # I квартал, третья декада мая, вторая среда октября
        rule("NQ|QN", part.numbered_quarter),
        rule("NH|HN", part.numbered_half),
        rule("NDW|WS?ND", part.decade),
        rule("NKW|WS?NK", part.week_of_month),
        rule("NPW|WS?NP", part.half_month),
        rule("NZW", part.nth_weekday),
    ),
    (  # 5, 12 марта; весенние каникулы; в рабочем порядке
        rule("N[-Stp]W", part.number_takes_unit),
        rule("[NW]?q", make.school_term),
        rule("kl", make.as_usual),
    ),
    (rule("sG|GS?s", part.next_year),),
    (rule("W[-p]WY|WY", part.over_new_year),),
    (  # март 2023 г., 2020 г. январь, сентябрь 2023-2024 учебного года
        rule("Y[-S]?W|WS?Y", part.with_year),
        rule("WS?W", part.within_school_year),
        rule("WG", part.without_year_word),
    ),
    (rule("Y|G", part.whole_year),),
    (  # вторая половина 2023 года, до конца мая, к маю
        rule("NPW", part.half_of_year),
        rule("[tfp]?[BCE]W", part.edge),
        rule("tW", part.towards),
        rule("(?<!W)[tp]WSW(?![-tp])", part.lead_repeated),
    ),
    (  # май, до 20 числа; каждое 15 число; до 5 числа месяца
        rule("WS?[tp]?W", part.day_of_named_month),
        rule("VW", make.each_day_of_month),
        rule("^[^R]*Ws?J[^R]*$", make.of_every_month),
    ),
)
