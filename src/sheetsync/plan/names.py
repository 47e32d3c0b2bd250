"""Do two spellings name one school or body?

Orders, forms and people write one school in many ways: in the dative («Покровской СОШ»), short
(«ЛСОШ №2»), in full, with or without the legal form, with a slip of the scanner. Numbers must
agree: «СОШ №1» is never «СОШ №2».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA

from sheetsync.model import School
from sheetsync.plan.name_words import ANY_SCHOOL, HONOUR, NameParts, kind_of_school, lowered, parts_of
from sheetsync.text import squeeze

SURE: Final = 0.75
"""Confidence from which two spellings are taken for one name."""

_EXACT, _LEAD = 0.95, 0.08
"""A name told exactly wins by this lead; one told loosely must be the only possible one."""

_SLIP, _SHORTER, _BEGINNING = 0.9, 0.85, 0.8


def same_name(a: str, b: str) -> float:
    """How surely two spellings name one school or body: 0 (no) .. 1 (the same words)."""
    if squeeze(a) and squeeze(a).lower() == squeeze(b).lower():
        return 1.0
    one, other = parts_of(a), parts_of(b)
    if one.kind is None or other.kind is None:
        return _same_body(one, other) if one.kind == other.kind else 0.0
    return _same_school(one, other)


def best_name(text: str, names: Sequence[str]) -> tuple[str, float] | None:
    """The one of ``names`` that ``text`` tells, with the confidence; None when weak or ambiguous."""
    scored = sorted(((same_name(text, name), -place) for place, name in enumerate(names)), reverse=True)
    if not scored or scored[0][0] < SURE:
        return None
    confidence, place = scored[0]
    best = names[-place]
    rival = confidence - _LEAD if confidence >= _EXACT else SURE
    for score, other in scored[1:]:
        if score >= rival and canonical(names[-other]) != canonical(best):
            return None
    return best, confidence


def canonical(name: str) -> str:
    """A key equal for spellings that differ in case form, quotes, legal form or abbreviation."""
    parts = parts_of(name)
    own = " ".join((*parts.names, parts.initial)).strip()
    if not own and not parts.numbers:
        own = " ".join(parts.honour)
    numbers = " ".join(str(number) for number in sorted(parts.numbers))
    return squeeze(" ".join((own, parts.kind or "", numbers, " ".join(parts.places)))).lower()


def merge_spellings(names: Sequence[str]) -> tuple[School, ...]:
    """Group spellings by school, in order of appearance; the fullest spelling is official."""
    groups: list[list[str]] = []
    for name in filter(None, map(squeeze, names)):
        heads = [max(group, key=_fullness) for group in groups]
        found = best_name(name, heads)
        if found is None:
            groups.append([name])
        else:
            groups[heads.index(found[0])].append(name)
    return tuple(map(_school, groups))


def _school(spellings: Sequence[str]) -> School:
    official = nominative(max(spellings, key=_fullness))
    aliases = tuple(dict.fromkeys(one for one in spellings if one != official))
    return School(official, aliases)


def _fullness(name: str) -> tuple[int, bool, bool, bool]:
    """What makes a spelling official: it tells more, names the legal form, is not in a case form."""
    parts = parts_of(name)
    told = len(parts.names) + len(parts.numbers) + len(parts.places)
    return told, parts.has_legal_form, nominative(name) == name, bool(parts.honour)


# --- comparing ----------------------------------------------------------------------------------


def _same_school(one: NameParts, other: NameParts) -> float:
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and (ANY_SCHOOL not in kinds or "ДОУ" in kinds):
        return 0.0
    if one.numbers and other.numbers and one.numbers != other.numbers:
        return 0.0
    if _disagree(one.places, other.places):
        return 0.0
    named = _names_agree(one, other)
    if named == 0.0 or not _anything_common(one, other):
        return 0.0
    if bool(one.numbers) != bool(other.numbers):
        return 0.5 * named if one.names and other.names else 0.0
    return named * (1.0 if len(kinds) == 1 else 0.9)


def _anything_common(one: NameParts, other: NameParts) -> bool:
    """Something besides the kind that both tell."""
    own = (one.names or one.initial) and (other.names or other.initial)
    honoured = set(one.honour) & set(other.honour)
    placed = set(one.names) & set(other.places) or set(other.names) & set(one.places)
    return bool(own or (one.numbers and other.numbers) or honoured or placed or (one.places and other.places))


def _names_agree(one: NameParts, other: NameParts) -> float:
    """How well the own words agree; words one side leaves out only lower the confidence."""
    if one.initial or other.initial:
        return _initial_agrees(one, other)
    own, others = _own_words(one, other), _own_words(other, one)
    if not own and not others:
        return 0.0 if _disagree(one.honour, other.honour) and not one.numbers else 1.0
    if not own or not others:
        return _SHORTER if one.numbers and other.numbers else 0.6
    few, many = sorted((own, others), key=len)
    scores = [max(_same_word(word, candidate) for candidate in many) for word in few]
    return min(scores) * (1.0 if len(few) == len(many) else _SHORTER)


def _own_words(parts: NameParts, other: NameParts) -> tuple[str, ...]:
    """Own words, without those the other side tells as its place: «СОШ №2 Роща», «СОШ №2 с. Роща»."""
    return tuple(word for word in parts.names if word not in other.places)


def _initial_agrees(one: NameParts, other: NameParts) -> float:
    """«ЛСОШ» agrees with «Липовская СОШ» and, less surely, with «СОШ»."""
    if one.initial and other.initial:
        return 1.0 if one.initial == other.initial else 0.0
    short, full = (one, other) if one.initial else (other, one)
    if not full.names:
        return 0.8
    told = [part[:1] for word in full.names for part in word.split("-")]
    return _SLIP if "".join(told).startswith(short.initial) else 0.0


def _same_word(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if "-" in a and "-" in b and _same_compound(a.split("-"), b.split("-")):
        return _SLIP
    if a.replace("-", "") == b.replace("-", ""):
        return 1.0
    is_slip = min(len(a), len(b)) >= 6 and OSA.distance(a, b) == 1
    return _SLIP if is_slip else 0.0


def _same_compound(a: Sequence[str], b: Sequence[str]) -> bool:
    """«м-дворск» is «мало-дворск»: a single letter stands for its word."""
    pairs = list(zip(a, b, strict=False))
    return len(a) == len(b) and all(x == y or (1 in {len(x), len(y)} and x[:1] == y[:1]) for x, y in pairs)


def _disagree(a: Sequence[str], b: Sequence[str]) -> bool:
    return bool(a and b) and not any(_same_word(x, y) for x in a for y in b)


def _same_body(one: NameParts, other: NameParts) -> float:
    """Bodies agree when the shorter name's words all stand in the longer, abbreviations included."""
    few, many = sorted((one.names, other.names), key=len)
    if not few or (one.numbers and other.numbers and one.numbers != other.numbers):
        return 0.0
    scores = [_word_in(word, many) for word in few]
    if min(scores) == 0.0:
        return 0.0
    if len(few) > 1 and many[: len(few)] == few:
        return _BEGINNING if len(few) < len(many) else 1.0
    covered = len(few) == len(many) or any(_spells(word, many) for word in few)
    return min(scores) * (1.0 if covered else max(0.5, len(few) / len(many)))


def _word_in(word: str, names: Sequence[str]) -> float:
    return max([_SLIP if _spells(word, names) else 0.0, *(_same_word(word, other) for other in names)])


def _spells(short: str, names: Sequence[str]) -> bool:
    """«имц» spells «информационно методический центр» by first letters."""
    initials = "".join(name[:1] for name in names)
    return 2 <= len(short) <= 9 and short in initials and short not in names


# --- writing a name -----------------------------------------------------------------------------

_KIND_ABBREVIATIONS: Final = (
    (r"(?i)средн\w+\s+(?:обще)?образовательн\w+\s+школ\w+", "СОШ"),
    (r"(?i)основн\w+\s+(?:обще)?образовательн\w+\s+школ\w+", "ООШ"),
    (r"(?i)начальн\w+\s+(?:обще)?образовательн\w+\s+школ\w+", "НОШ"),
    (r"(?i)центр\w*\s+образовани\w+(?=\s*№|\s*N)", "ЦО"),
)
_LEGAL_START: Final = (
    r"(?i)^(?:(?:(?:муниципальн|государственн|областн|краев|бюджетн|каз[её]нн|автономн|общеобразовательн|"
    r"образовательн)\w+\s+)+учреждени\w+(?:\s+дополнительного(?:\s+профессионального)?\s+образования)?|"
    r"[А-ЯЁ]{1,4}О?У(?:ДО)?(?:\s+(?:ДО|ДПО))?\b)\s*-?\s*"
)
_TERRITORIES: Final = (
    r"(?:\s*\b(?:(?:местной\s+)?администраци\w+|(?:МО|муниципальн\w+\s+образовани\w+))\b)?"
    r"\s*\b[А-ЯЁ][\w-]+(?:[иы]й|ого|ой|ая|ом|ому)\s+(?:(?:муниципальн|городск)\w+\s+)?"
    r"(?:район|округ|област|кра[йя]|республик)\w*|\s*\b(?:КБР|РФ)\b"
    r"|\s*\b(?:местной\s+)?администрации(?:\s+района)?(?=\W|$)"
)


_EMPTY_QUOTES: Final = (
    r"(?i)(?:\s(?:муниципальн|городск)\w+\s(?:район|округ|образовани)\w*)?\s*[«\"]\s*[»\"]+"
)
"""What is left of «муниципального района «Дальний район»» when the territory is taken out."""


def short_name(official: str) -> str:
    """A name for a column heading: without legal form, territory, honour and outer quotes."""
    text = re.sub(_LEGAL_START, "", squeeze(official))
    text = re.sub(_EMPTY_QUOTES, "", HONOUR.sub(" ", re.sub(_TERRITORIES, "", text)))
    for pattern, abbreviation in _KIND_ABBREVIATIONS:
        text = re.sub(pattern, abbreviation, text)
    return squeeze(_without_outer_quotes(squeeze(text))) or squeeze(official)


def _without_outer_quotes(text: str) -> str:
    """«Липовская СОШ №2» г. Липовск -> Липовская СОШ №2 г. Липовск; inner names stay quoted."""
    if not text or text[0] not in "«\"“„'":
        return text
    body = text[1:]
    opened = sum(body.count(mark) for mark in "«„")
    closes = [at for at, mark in enumerate(body) if mark in "»\"”“'"]
    if len(closes) > opened:
        last = closes[-1]
        body = body[:last] + " " + body[last + 1 :]
    return body


_FEMININE: Final = r"(?P<stem>[А-ЯЁа-яё-]+?)(?P<end>ой|ую|ей|юю)$"
_SCHOOL_WORDS: Final = {
    "школы": "школа", "школе": "школа", "школу": "школа", "школ": "школа",
    "гимназии": "гимназия", "гимназию": "гимназия",
    "лицея": "лицей", "лицею": "лицей",
    "центра": "центр", "центру": "центр",
}  # fmt: skip
_BODY_WORDS: Final = {
    "отдела": "отдел", "отделу": "отдел",
    "комитета": "комитет", "комитету": "комитет",
    "управления": "управление", "управлению": "управление",
}  # fmt: skip
_NUMBERED: Final = r"\s*(?:№|N|\d|[«\"„])"


def nominative(name: str) -> str:
    """The name of one school or body in the nominative: «Покровской СОШ» -> «Покровская СОШ».

    «школы района» stays: without a number or an adjective it may as well be many.
    """
    words = re.split(r"(\s+|(?<=[А-ЯЁ])-(?=[А-ЯЁ][а-яё]))", name)
    if words[0].lower() in _BODY_WORDS:
        return _in_case_of(words[0], _BODY_WORDS[words[0].lower()]) + "".join(words[1:])
    at = next((place for place, word in enumerate(words) if _is_head(word)), None)
    if at is None:
        return name
    before = _nominative_adjectives(words[:at])
    head = words[at].strip('«»"“”„()')
    changed = _SCHOOL_WORDS.get(head.lower())
    if changed and (before != words[:at] or re.match(_NUMBERED, "".join(words[at + 1 :]))):
        words[at] = words[at].replace(head, _in_case_of(head, changed))
    return "".join((*before, *words[at:]))


def _in_case_of(word: str, changed: str) -> str:
    return changed.capitalize() if word[:1].isupper() else changed


def _is_head(word: str) -> bool:
    bare = word.strip('«»"“”„()').lower()
    return bare in _SCHOOL_WORDS or kind_of_school(lowered(bare)) is not None


def _nominative_adjectives(words: Sequence[str]) -> list[str]:
    """The feminine adjectives at the end of ``words`` (with the spaces between) in the nominative."""
    changed = list(words)
    for at in range(len(words) - 2, -1, -2):
        adjective = _nominative_adjective(words[at])
        if adjective is None:
            break
        changed[at] = adjective
    return changed


def _nominative_adjective(word: str) -> str | None:
    """A feminine adjective in the nominative; None when the word is no such adjective."""
    if word.lower().endswith(("ая", "яя")):
        return word
    match = re.search(_FEMININE, word)
    if match is None:
        return None
    ending = "яя" if match["end"] in {"ей", "юю"} else "ая"
    return word[: match.start("end")] + ending
