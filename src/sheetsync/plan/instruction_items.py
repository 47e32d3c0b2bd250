"""The text of an order, from «приказываю» to the signature, as a tree of its items.

Items are numbered (1., 2.1, 3)), lettered (а)), dashed or not marked at all; wrapped lines and pieces
parted by a page are joined. What stands after the signature or in an annex is no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.plan.instruction_addressees import opens_with_addressee
from sheetsync.plan.instruction_verbs import opens_with_infinitive
from sheetsync.plan.joining import Vocabulary, join_all
from sheetsync.plan.party_words import is_person
from sheetsync.plan.printed import Line
from sheetsync.text import plain, squeeze


class OrderItem(Struct, frozen=True):
    """One item with the items under it; ``number`` has no closing dot, counted where none is printed."""

    number: str
    text: str
    items: tuple[OrderItem, ...] = ()


def items_of(lines: Sequence[Line], known: Vocabulary) -> tuple[OrderItem, ...]:
    """The items of the order whose text these lines are."""
    root = _Open("", "")
    reader = _Reader([root])
    for text in _spoken(lines):
        for piece in _INLINE.split(text):
            reader.take(piece)
    return root.closed("", known).items


# --- where the order speaks ---------------------------------------------------------------------


def _spaced(word: str) -> str:
    """«приказываю» as printed, or letter by letter: «п р и к а з ы в а ю»."""
    return r"\s*".join(word)


_ORDERS: Final = ["приказываю", "приказывает", "распоряжаюсь", "обязываю", "постановляю", "постановляет"]
_VERB: Final = re.compile(
    rf"(?<![а-яё])(?:{'|'.join(map(_spaced, _ORDERS))})(?![а-яё])[*_\s]*[:.;]?[*_\s]*", re.IGNORECASE
)
_FIRST: Final = re.compile(r"^\s*1\s*[.)]\s*(?=[А-ЯЁа-яё])")
_STAMP: Final = re.compile(
    r"^(?:Приложени[ея]|ПРИЛОЖЕНИ[ЕЯ]|У\s?Т\s?В\s?Е\s?Р\s?Ж\s?Д|Утвержд[её]н|СОГЛАСОВАН|Согласован|Исп(?:\.|олнитель)|"
    r"ЛИСТ\s|Лист\s+(?:озн|согл)|С приказом|Ознакомлен|Разослать|Рассылка|Тел(?:\.|ефон)|В дело|"
    r"Верно:|Расч[её]т рассылки)"
)
_PLAN_TITLE: Final = re.compile(
    r"^(?:План(?:[ -–—]+график)?(?:\s|$)|ПЛАН(?![а-яё])|\"?«?Дорожная карта|ДОРОЖНАЯ КАРТА|Паспорт|ПАСПОРТ)"
)
_POSITION: Final = re.compile(
    r"^(?:И\.?\s?о\.?\s?|Врио\s|ВрИО\s)?(?:(?:[Пп]ервый|[Гг]лавный)\s)?"
    r"(?:Начальник|Председатель|Директор|Глава|Заведующ(?:ий|ая)|Заместитель|Руководитель|начальник|руководитель|"
    r"председатель|директор|завед|НАЧАЛЬНИК|ДИРЕКТОР|ПРЕДСЕДАТЕЛЬ|И\.?\s?о\.)(?![а-яё]*(?:у|ю|а|я|ам|ям)(?:[^а-яё]|$))"
)
_SIGNED_IN_LINE: Final = re.compile(
    r"(?<=[.;»)])\s+(?=(?:И\.?\s?о\.?\s?)?(?:Начальник|Председатель|Директор|Глава|Заведующ(?:ий|ая)|Заместитель|"
    r"Руководитель)(?![а-яё])[^.;:]{0,60}(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+)?$)"
)
"""The signature drawn on the last line of the last item: a PDF keeps them apart by a gap only."""
_PAGE_MARK: Final = re.compile(r"^[-–— ]*(?:стр(?:\.|аница)?\s*)?\d{1,3}[-–— ]*$", re.IGNORECASE)
_INLINE: Final = re.compile(r"(?<=[:;])\s+(?=(?:(?:\d{1,2}|[а-я])\)|[-–—•]\s)\s*\S)")
"""Items of a list printed in one line: «...: 1) разработать ...; 2) представить ...»."""


def _spoken(lines: Sequence[Line]) -> Iterator[str]:
    """The lines of the order's own items, first to last."""
    printed = [squeeze(part) for one in lines for part in one.text.splitlines()]
    texts = [part for one in printed for part in _SIGNED_IN_LINE.split(one)]
    texts = [one for one in texts if one and not _PAGE_MARK.match(one)]
    body = next((place for place, one in enumerate(texts) if _VERB.search(one)), None)
    if body is not None:
        verb = _VERB.search(texts[body])
        rest = texts[body][verb.end() :] if verb else ""
        texts = [*([rest] if rest else []), *texts[body + 1 :]]
    else:
        first = next((place for place, one in enumerate(texts) if _opens(one)), len(texts))
        texts = texts[first:]
    before = ""
    for text in texts:
        if _ends(text, before):
            return
        yield text
        before = text


def _opens_sentence(text: str) -> bool:
    """The text begins as items of orders do."""
    return opens_with_infinitive(text) or opens_with_addressee(text) or plain(text).startswith("контроль ")


def _opens(text: str) -> bool:
    """«1. Утвердить ...»: the first item of an order whose «приказываю» is lost."""
    marker = _FIRST.match(text)
    rest = text[marker.end() :] if marker else ""
    return bool(rest) and _opens_sentence(rest)


def _ends(text: str, before: str) -> bool:
    """The signature, the annex or the title of the plan: the order has spoken."""
    goes_on = text.endswith((";", ":", ",")) or text.count(")") > text.count("(")
    if goes_on:
        return False
    said_all = before.endswith(".") and bool(_PLAN_TITLE.match(text) or is_person(text))
    return said_all or bool(_STAMP.match(text) or _POSITION.match(text))


# --- which lines open an item -------------------------------------------------------------------

_DOTTED: Final = re.compile(
    r"^(?:[-–—•]\s*(?=\d+\.\d))?(?P<number>[\dЗзОо]{1,2}(?:\s?\.\s?\d{1,2}){0,3})(?P<dot>\s?\.)?"
    r"(?=\s|[А-ЯЁа-яё«])\s*(?=\D)"
)
_ROMAN: Final = re.compile(r"^(?P<number>[IVXІХ]{1,4})\s?\.\s+(?=[А-ЯЁа-яё])")
_PARAGRAPH: Final = re.compile(r"^§\s*(?P<number>\d{1,2})(?!\d)\s?\.?\s*")
_PAREN: Final = re.compile(r"^(?:[-–—•]\s*)?(?P<number>\d{1,2})\s?\)\s*(?=\S)")
_LETTER: Final = re.compile(r"^(?:[-–—•]\s*)?(?P<number>[а-яa-z])\s?\)\s*(?=\S)")
_DASH: Final = re.compile(r"^(?P<number>[-–—−•·▪*])\s*(?=[^\s\d]|\d+\s*[%а-я])")
_OCR_DIGITS: Final = str.maketrans("ЗзОо", "3300")
_MONTH: Final = re.compile(
    r"(?:январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр|октябр|ноябр|декабр|год|г\.|числа|дн|час|процент|%|"
    r"кварт|класс)"
)
_LABEL: Final = re.compile(r"^(?:срок|ответственн)[а-яё]*(?:\s+[а-яё]+)?\s*[:–—-]", re.IGNORECASE)
"""«Срок: до 10.02.2023», «Ответственный: Ветрова Е.В.»: they belong to the item above them."""
_MOST_ITEMS: Final = 60


class _Marker(Struct, frozen=True):
    """What a line opens with: its kind («dotted 2», «dash»), its number, the text after it."""

    kind: str
    number: str
    text: str

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1 if self.kind == "dotted" else 0


def _marker(text: str) -> _Marker | None:
    """The marker a line opens with, if it looks like one."""
    if match := _PARAGRAPH.match(text):
        return _Marker("dotted", match["number"], text[match.end() :])
    if match := _PAREN.match(text):
        return _Marker("paren", match["number"], text[match.end() :])
    if match := _LETTER.match(text):
        return _Marker("letter", match["number"], text[match.end() :])
    if match := _ROMAN.match(text):
        return _Marker("dotted", match["number"], text[match.end() :])
    return _dotted(text) or _dash(text)


def _dash(text: str) -> _Marker | None:
    match = _DASH.match(text)
    return _Marker("dash", "", text[match.end() :]) if match else None


def _dotted(text: str) -> _Marker | None:
    """«2.1.», «- 2.1.», «З.» read for «3.»; a date or an amount that a wrapped line begins with is none."""
    match = _DOTTED.match(text)
    if match is None:
        return None
    number = re.sub(r"\s", "", match["number"].translate(_OCR_DIGITS))
    rest = text[match.end() :]
    plausible = all(0 < int(part) <= _MOST_ITEMS for part in number.split("."))
    closed = bool(match["dot"]) or "." in number or rest[:1].isupper()
    if not plausible or not closed or _MONTH.match(plain(rest)):
        return None
    return _Marker("dotted", number, rest)


# --- the tree -----------------------------------------------------------------------------------


@dataclass
class _Open:
    """An item being read: its lines so far and the items under it."""

    kind: str
    number: str
    lines: list[str] = field(default_factory=list)
    items: list[_Open] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1 if self.kind == "dotted" else 0

    @property
    def end(self) -> str:
        """What the item ends with so far; a number alone on its line goes on."""
        if not self.lines:
            return "."
        return self.lines[-1][-1:] or ","

    def number_under(self, above: str, place: int) -> str:
        """The number as printed, or told by the item above: «2.1» for the first dash of 2, «2а» for «а)»."""
        if self.kind == "dotted":
            return self.number
        if self.kind == "letter":
            return f"{above}{self.number}"
        return f"{above}.{self.number or place}".lstrip(".")

    def closed(self, number: str, known: Vocabulary) -> OrderItem:
        """The item with its lines joined; items without a number of their own are counted."""
        text = join_all(self.lines, known).text
        under = []
        for place, one in enumerate(self.items, 1):
            under.append(one.closed(one.number_under(number, place), known))
        return OrderItem(number, text, tuple(under))


@dataclass
class _Reader:
    """Takes the lines one by one; ``path`` leads from the root to the item being read."""

    path: list[_Open]

    def take(self, text: str) -> None:
        marker = self._begun_anew(_marker(text))
        if marker is not None and self._is_opened_by(marker):
            self._open(marker)
        elif marker is None and self._is_new_sentence(text):
            self._open(_Marker("bare", "", text))
        elif len(self.path) > 1:
            self.path[-1].lines.append(text)
        elif _opens_sentence(text):
            self._open(_Marker("bare", "", text))

    def _begun_anew(self, marker: _Marker | None) -> _Marker | None:
        """A list numbered «1.», «2.» under a numbered item; the next «2.» may also be the order's own."""
        if marker is None or marker.depth != 1 or not marker.number.isdigit() or len(self.path) < 2:
            return marker
        inner = next((one for one in self.path if one.kind == "anew"), None)
        if inner is None:
            begins = marker.number == "1" and self.path[-1].kind == "dotted" and self.path[-1].end in ":,"
        else:
            begins = int(marker.number) == int(inner.number) + 1 and not self._goes_on_outside(marker)
        return replace(marker, kind="anew") if begins else marker

    def _goes_on_outside(self, marker: _Marker) -> bool:
        """The number also follows the outer one, and the text is no item of the inner list."""
        outer = next(one for one in self.path if one.depth == 1)
        follows = outer.number.isdigit() and int(marker.number) == int(outer.number) + 1
        is_closed = self.path[-1].end not in ";,:"
        speaks = opens_with_addressee(marker.text) or plain(marker.text).startswith("контроль")
        return follows and is_closed and speaks

    def _is_opened_by(self, marker: _Marker) -> bool:
        """A wrapped line may begin with a dash or a number: a list goes on, or a sentence has ended."""
        current = self.path[-1]
        if current.end in ".;:)»" or marker.kind in {one.kind for one in self.path if one.kind != "dotted"}:
            return True
        if marker.kind == "dash" and opens_with_infinitive(marker.text):
            return True
        return marker.kind != "dash" and (current.end != "," or marker.kind == "dotted")

    def _is_new_sentence(self, text: str) -> bool:
        """An unmarked line that is an item of its own: an infinitive or an addressee after a full stop."""
        current = self.path[-1]
        if len(self.path) == 1 or current.end not in ".;:" or _LABEL.match(text):
            return False
        if opens_with_infinitive(text):
            return current.end != "." or text[:1].isupper()
        return text[:1].isupper() and current.end != ":" and (self._marks_nothing or _opens_sentence(text))

    @property
    def _marks_nothing(self) -> bool:
        """The order numbers none of its items."""
        return self.path[1].kind == "bare"

    def _open(self, marker: _Marker) -> None:
        self._climb(marker)
        opened = _Open(marker.kind, marker.number, [marker.text])
        self.path[-1].items.append(opened)
        self.path.append(opened)

    def _climb(self, marker: _Marker) -> None:
        """Up to the item the new one stands under."""
        if marker.kind == "dotted":
            while len(self.path) > 1 and not 0 < self.path[-1].depth < marker.depth:
                self.path.pop()
        elif marker.kind == "bare" and self.path[-1].end == ":":
            pass
        elif marker.kind == "bare" and self.path[-1].end == "." and not opens_with_infinitive(marker.text):
            del self.path[1:]
        else:
            same = [place for place, one in enumerate(self.path) if one.kind == marker.kind]
            del self.path[same[-1] if same else len(self.path) :]
