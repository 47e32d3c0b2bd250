"""Pieces of a text that a page or a narrow column broke become one text again.

Pieces are joined with one space. Where a word itself is broken they are joined without: after a
hyphen («учителями-» + «предметниками»), inside a date («15.12.» + «2023»), and where the second
piece begins with an ending that is no word («ограничитель» + «ных»). What the document writes
elsewhere decides the doubtful cases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from msgspec import Struct, field

from sheetsync.plan.document import MAY_CONTINUE
from sheetsync.text import plain, squeeze, words

_LAST_WORD: Final = re.compile(r"([А-Яа-яЁё]+)$")
_FIRST_WORD: Final = re.compile(r"^([а-яё]+)")
_HYPHEN_END: Final = re.compile(r"([А-Яа-яЁё]+)[-‐‑]$")
_DATE_BROKEN: Final = re.compile(
    r"(?:^|\s)\d{1,2}\.(?:\d{1,2}\.)?\|\d{2,4}|\d\.\d{1,2}\|\.\d{2,4}|"
    r"\.\d{1,2}\.(?:\d\|\d{3}|\d\d\|\d\d|\d{3}\|\d)(?!\d|[.:]\d)"
)
_NUMBERS_BROKEN: Final = re.compile(r"\d[-–—]\|(?:\d|[а-яё]{1,3}(?:\s|$))")
_ENDING: Final = re.compile(
    r"^(?:н(?:ых|ый|ая|ое|ые|ой|ого|ому|ую|ым|ыми)|ск(?:ий|ая|ое|ие|ого|ому|их|им|ими|ую|ой|ом)|"
    r"н?ост(?:ь|и|ью|ей|ям|ями|ях)|ни(?:е|я|ю|ем|ям|ями|ях|й|и)|ци(?:я|и|ю|ей|й|ям|ями|ях|онн\w+)|"
    r"тел(?:ь|я|ей|ям|ями|ях|ем|ю|и|ьн\w+)|ств(?:о|а|у|ом|е|ам|ами|ах)|[аяую]?ющ(?:их|ий|ая|ие|ими|его|ей|ую|им|ем)|"
    r"т?ивн\w{2,3}|[ие]ческ\w{2,3}|альн\w{2,3}|енн\w{2,3}|ирова\w+|вани[еяюий]\w?|ых|ые|ый|ая|ое|ую|ого|ому|ыми|"
    r"ами|ями|ах|ях|ов|ев|ия|ии|ию|ием|ей|ть|ться|тся|[бвгджзклмнпрстфхцчшщьъы]{1,3}|[еёйюяэ])$|"
    r"^(?:[ьъы]|ль[нсц]|нн|лн|рн|йн|йс|тн[ыоа]|нц|нт|рт|лж|[аи]тель|ователь|ированн|овани|ационн)"
)
"""Endings a narrow column leaves at the start of a line; no word is one, or begins so."""

_WORDS_LIKE_ENDINGS: Final = frozenset(
    {"в", "к", "с", "б", "ж", "л", "ей", "п", "г", "м", "см", "т", "д", "н", "р", "стр", "ст"}
)
_SHORT_WORDS: Final = frozenset(
    words(
        "и а в во на по с со к ко о об от до из за у для при без над под про не ни или как что их его ее "
        "им ей она они оно он все всех всем том тех тем это эта эти где год лет раз два две три пед г гг т п"
    )
)
_HANGING: Final = re.compile(
    r"(?:^|[\s(])(?:и|или|а|но|в|во|на|по|с|со|к|ко|о|об|от|до|из|за|у|для|при|без|над|под|через|между|про|"
    r"не|ни|как|что|которы\w+|также|том|числе|его|их|г|т|им)$|[,:(/\-–—«\"]$",
    re.IGNORECASE,
)  # fmt: skip
_SEAM: Final = re.compile(rf"\w+{MAY_CONTINUE}\s*\w*")
_WRAP: Final = re.compile(r"\b([А-Яа-яЁё]+)[-‐‑]\s*\n\s*([а-яё]+)")
_FEWEST_WRAPS: Final = 2
_FIRST_HALF: Final = re.compile(
    r"(?:.*(?:но|ско|его|еро)|план|семинар|мастер|класс|урок|педагог|учитель|врач|директор|куратор|школа|онлайн|"
    r"интернет|медиа|экспресс|январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|"
    r"(?:сент|окт|но|дек)а?бр[ья])$"
)
"""What stands before a hyphen of its own: «научно-методический», «план-график», «март-май»."""

_STEM: Final = 5
_LOOKS_WHOLE: Final = re.compile(
    r"(?:ие|ия|ий|ии|ию|ый|ая|ое|ые|ую|ых|их|ой|ом|ов|ев|ей|ть|ся|ам|ям|ах|ях|ми|ка|ки|ку|ок|ны|на|ость)$"
)
_STEM_ONLY: Final = re.compile(
    r"[а-яё]{3}(?:[бвгджзклмнпрстфхцчшщь]н|ци|еск|ост|[аую]ющ|ирова|[ншщжч][ео]г)$"
)
"""No word of an order ends so: its ending stands in the next line."""

_CLAUSE_TAIL: Final = re.compile(r"[,(/«\-–—]$|\s(?:и|или|в|на|по|с|к|о|об|от|для|при|из)$", re.IGNORECASE)


class Vocabulary(Struct, frozen=True):
    """How often the document writes each word; what it never writes is suspicious.

    ``hyphenates`` tells that words are broken by a hyphen at the ends of lines.
    """

    counts: Counter[str] = field(default_factory=Counter)
    beginnings: frozenset[str] = frozenset()
    hyphenates: bool = False

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """Pieces on both sides of a seam that may go through a word are not counted as words."""
        texts = tuple(texts)
        wraps = sum(bool(_ENDING.match(wrap[2])) for text in texts for wrap in _WRAP.finditer(text))
        counts = Counter(word for text in texts for word in words(_WRAP.sub(" ", _SEAM.sub(" ", text))))
        beginnings = frozenset(word[:end] for word in counts for end in range(_STEM, len(word) + 1))
        return cls(counts, beginnings, wraps >= _FEWEST_WRAPS)

    def knows(self, word: str, besides: int = 0) -> bool:
        """The word stands somewhere else too: more often than ``besides`` times."""
        return self.counts[plain(word)] > besides

    def begins(self, piece: str) -> bool:
        """Some word of the document begins so."""
        return plain(piece) in self.beginnings

    def knows_form(self, word: str) -> bool:
        """The word, or another form of it, stands somewhere."""
        return self.knows(word) or (len(word) >= _STEM and self.begins(word[:_STEM]))


class Joined(Struct, frozen=True):
    """A text and the words that were broken in it."""

    text: str
    mended: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    """Two words that may be one: their line was full."""


def join(left: str, right: str, known: Vocabulary) -> Joined:
    """Two pieces as one text."""
    may_continue = left.endswith(MAY_CONTINUE)
    left, right = squeeze(left), squeeze(right)
    if not left or not right:
        return Joined(left or right)
    if _DATE_BROKEN.search(f"{left[-8:]}|{right[:5]}"):
        return Joined(left + right, (_around(left, right),))
    if _NUMBERS_BROKEN.search(f"{left[-2:]}|{right[:4]}"):
        return Joined(left + right)
    first = _FIRST_WORD.match(right)
    if first and (hyphen := _HYPHEN_END.search(left)):
        keep = left if _is_compound(hyphen[1], first[1], known) else left[:-1]
        return Joined(keep + right, (_around(keep, right),))
    last = _LAST_WORD.search(left)
    if first and last:
        whole_stem = not _STEM_ONLY.search(last[1])
        if _is_broken(last[1], first[1], known):
            return Joined(left + right, (last[1] + first[1],))
        if may_continue and not known.knows(last[1]):
            if whole_stem and (_LOOKS_WHOLE.search(last[1]) or _is_word(first[1], known)):
                return Joined(f"{left} {right}", unsure=(f"{last[1]} {first[1]}",))
            return Joined(left + right, (last[1] + first[1],))
    return Joined(f"{left} {right}")


def join_all(pieces: Iterable[str], known: Vocabulary) -> Joined:
    """Pieces in order as one text."""
    whole, seam = Joined(""), ""
    for piece in pieces:
        step = join(whole.text + seam, piece, known)
        seam = MAY_CONTINUE if piece.endswith(MAY_CONTINUE) else ""
        whole = Joined(step.text, whole.mended + step.mended, whole.unsure + step.unsure)
    return whole


def hangs(text: str) -> bool:
    """The text cannot end here: a preposition, a comma, an open bracket or quotation mark."""
    return bool(_HANGING.search(text)) or (_is_open(text) and not text.endswith("."))


def is_cut(text: str) -> bool:
    """The text surely ends too early; an open quotation mark alone is a common slip, not a cut."""
    return bool(_CLAUSE_TAIL.search(text)) or text.count("(") > text.count(")")


def _is_open(text: str) -> bool:
    return text.count("«") > text.count("»") or text.count("(") > text.count(")")


def _is_compound(left: str, right: str, known: Vocabulary) -> bool:
    """The hyphen between the two is the word's own, not the line's."""
    if known.knows(left + right):
        return False
    if not known.hyphenates:
        return True
    if _ENDING.match(right) and right not in _WORDS_LIKE_ENDINGS:
        return False
    whole = _FIRST_HALF.match(left.lower()) or (len(left) >= _STEM and _LOOKS_WHOLE.search(left))
    return bool(whole) or known.knows(left) or known.knows(right)


def _is_broken(last: str, first: str, known: Vocabulary) -> bool:
    """The two letters-only pieces are one word."""
    if len(last) < 3 or first in _WORDS_LIKE_ENDINGS:
        return False
    if known.begins(last + first) and not (known.knows(last, 1) and known.knows(first, 1)):
        return True
    never_a_word = len(first) <= 3 or not known.knows(first, 1)
    return bool(_ENDING.match(first)) and never_a_word


def _is_word(piece: str, known: Vocabulary) -> bool:
    """A short piece is a word only when the language has it; a longer one when the document does."""
    return piece in _SHORT_WORDS if len(piece) <= 3 else known.knows_form(piece)


def _around(left: str, right: str) -> str:
    """The word at the seam."""
    return (left.split() or [""])[-1] + (right.split() or [""])[0]
