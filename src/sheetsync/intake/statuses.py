"""A status in a school's own words: «исполнено», «да», «+», «в процессе» -> a status of the list.

A text is read when all status words in it agree; words that may turn the sense leave it unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz import fuzz

from sheetsync.model import Status
from sheetsync.patterns import at_first_use
from sheetsync.text import plain

_WORDS: Final[dict[Status, tuple[str, ...]]] = {
    Status.DONE: (
        "да", "готов", "готова", "готово", "сделан", "сделана", "сделано", "сделали", "завершен",
        "завершена", "завершено", "завершены", "реализован", "реализована", "реализовано", "проведен",
        "проведена", "проведено", "проведены", "провели", "выполнен", "выполнена", "выполнено", "выполнены",
        "выполнили", "исполнен", "исполнена", "исполнено", "исполнены", "исполнили", "истина", "полностью",
        "выполнено полностью", "исполнено полностью", "выполнено в полном объеме", "в полном объеме",
        "исполнено в полном объеме", "ок", "вып.", "исп.", "исполн.", "выполн.",
        "done", "yes", "ok", "completed", "complete", "finished", "true",
    ),
    Status.PARTLY: (
        "частично", "выполнено частично", "частично выполнено", "исполнено частично", "частично исполнено",
        "не полностью", "выполнено не полностью", "исполнено не полностью", "не в полном объеме",
        "выполнено не в полном объеме", "исполнено не в полном объеме", "частично реализовано",
        "не до конца", "не до конца выполнено", "выполнено не до конца", "не все выполнено",
        "partly", "partially", "partly done", "partially done", "partially completed",
    ),
    Status.IN_PROGRESS: (
        "в работе", "в процессе", "в процессе исполнения", "в процессе выполнения", "в процессе реализации",
        "в стадии исполнения", "в стадии выполнения", "в стадии реализации", "на исполнении", "выполняется",
        "исполняется", "реализуется", "ведется", "ведется работа", "работа ведется", "идет", "идет работа",
        "работа идет", "продолжается", "проводится", "осуществляется", "начато", "начата", "начали",
        "приступили", "in progress", "in process", "ongoing",
    ),
    Status.NOT_STARTED: (
        "не начато", "не начата", "не начали", "не начиналось", "не приступали", "не приступили",
        "работа не начата", "работы не начаты",
        "запланировано", "планируется", "в планах", "срок не наступил", "not started", "planned",
    ),
    Status.NOT_DONE: (
        "нет", "не выполнено", "не выполнена", "не выполнен", "не выполнены", "не выполнили", "невыполнено",
        "не исполнено", "не исполнена", "не исполнен", "не исполнены", "неисполнено", "не сделано",
        "не сделали", "не проведено", "не проведена", "не проводилось", "не проводили", "не реализовано",
        "ложь", "не готово", "no", "not done", "not completed", "false",
    ),
    Status.NOT_REQUIRED: (
        "не требуется", "не требует исполнения", "н/т", "н.т.", "не треб.", "не нужно", "не применимо",
        "неприменимо", "н/п",
        "не актуально", "неактуально", "не относится", "не предусмотрено", "нет необходимости",
        "n/a", "not applicable", "not required",
    ),
}  # fmt: skip

_SIGNS: Final = frozenset({"+", "v", "✓", "✔", "☑", "√", "✅", "🗸"})
_AFTER_SIGN: Final = "\ufe0e\ufe0f"
"""What makes a sign plain or coloured."""

_LOOKALIKES: Final = str.maketrans("aceopxytkmhbiu", "асеорхуткмнвіи")
_WORD: Final = at_first_use(r"\w+")
_CYRILLIC: Final = at_first_use(r"[а-я]")


def _key(text: str) -> str:
    """A text as statuses are compared: Latin look-alikes among Cyrillic letters are Cyrillic."""
    said = _WORD.sub(lambda word: _in_one_alphabet(word[0]), plain(text))
    return said.replace("ьі", "ы").strip(" .;,:!\"'")


def _in_one_alphabet(word: str) -> str:
    return word.translate(_LOOKALIKES) if _CYRILLIC.search(word) else word


LISTED: Final = {status.value: status for status in Status}
"""The statuses of the list as the list writes them."""

_BY_NAME: Final = {_key(status.value): status for status in Status}
_BY_WORDS: Final = {
    **{_key(words): status for status, several in _WORDS.items() for words in several},
    **_BY_NAME,
}
_LONGEST_FIRST: Final = "|".join(re.escape(words) for words in sorted(_BY_WORDS, key=len, reverse=True))
_ANY: Final = at_first_use(rf"(?<![\w/])(?:{_LONGEST_FIRST})(?![\w/])")
_HEAD: Final = 2
_HEADS: Final = frozenset(words[:_HEAD] for words in _BY_WORDS)
"""First letters of statuses."""

_FIGURE: Final = at_first_use("[0-9]")
"""No status has one."""
_BEGUN: Final = 15
_WORDY: Final = at_first_use(rf"[а-яёА-ЯЁ][а-яёА-ЯЁ ]{{{_BEGUN}}}")
"""Beginnings that are compared letter by letter, whatever follows them."""
_BEGINNINGS: Final = frozenset(words[:_BEGUN] for words in _BY_WORDS)

_NOTHING_DONE: Final = frozenset({Status.NOT_DONE, Status.NOT_STARTED, Status.NOT_REQUIRED})
_TURNS: Final = frozenset(
    ["не", "нет", "или", "кроме", "но", "однако", "почти", "процессе", "работе", "будет", "наполовину"]
)
"""Words that may turn the sense of «выполнено»: such a text is not guessed."""

_SHARE: Final = at_first_use(
    r"(?<!\d)(\d{1,3})(?:[.,]\d+)? ?%|(?<![\d.])(\d{1,3})(?: \w+)? из (\d{1,3})(?!\d)"
)
_MAY_GO_ON: Final = 4
"""Words of fewer letters («да», «нет», «ок») are a status alone, never the beginning of a text."""

_SLIP: Final = 88
_SHORTEST_SLIP: Final = 6
_LONGEST_SLIP: Final = 60


def read_status(text: str) -> Status | None:
    """The status a text means; None when it is not clear."""
    sign = text.strip().strip(_AFTER_SIGN).lower()
    if sign and set(sign) <= _SIGNS:
        return Status.DONE
    said = _key(text)
    if not said or "?" in said:
        return None
    return _BY_WORDS.get(said) or _by_share(said) or _in_words(said) or _misspelt(said)


def is_listed(text: str) -> bool:
    """Is this a status of the list, word for word?"""
    return plain(text) in _BY_NAME


def is_only_a_status(text: str) -> bool:
    """Is this nothing but words for one status, «исполнено», «в процессе»?"""
    if _FIGURE.search(text) or (_WORDY.match(text) and not _begins_as_a_status(text[:_BEGUN])):
        return False
    said = _key(text)
    return len(said) >= _MAY_GO_ON and said in _BY_WORDS


def _begins_as_a_status(head: str) -> bool:
    """Can what begins so be a status? Of a shorter status nothing but spaces may follow here."""
    said = head.lower().replace("ё", "е")
    return said in _BEGINNINGS or said.rstrip() in _BEGINNINGS or "  " in said


def _in_words(said: str) -> Status | None:
    """«выполнено 15.03, приказ № 5» says «выполнено»; «выполнено, но не всё» is not guessed."""
    if not _begins_with_a_status(said):
        return None
    met = set(_statuses(said))
    rest = _TURNS.intersection(re.findall(r"\w+", _ANY.sub(" ", said)))
    if Status.DONE in met or "или" in rest:
        return None if rest else _done(met, said)
    if met & _NOTHING_DONE:
        met -= {Status.NOT_DONE} if len(met) > 1 else set()  # «не требуется: нет таких классов»
    return met.pop() if len(met) == 1 else None


def _done(met: set[Status], said: str) -> Status | None:
    """«выполнено (частично)» is partly; «выполнено на 50 %» and «проведено 2 из 4» too."""
    if met == {Status.DONE, Status.PARTLY}:
        return Status.PARTLY
    if len(met) > 1:
        return None
    return Status.PARTLY if _is_unfinished(said) else Status.DONE


def _begins_with_a_status(said: str) -> bool:
    first = _ANY.match(said) if said[:_HEAD] in _HEADS else None
    if first is None:
        return False
    return len(first[0]) >= _MAY_GO_ON or said[first.end() :][:1] in set(",;.:(")


def _statuses(said: str) -> Iterator[Status]:
    for found in _ANY.finditer(said):
        yield _BY_WORDS[found[0]]


def _by_share(said: str) -> Status | None:
    """A share alone: «50 %» is partly; nothing done at all is not told from not begun."""
    if not _SHARE.fullmatch(said):
        return None
    if not _is_unfinished(said):
        return Status.DONE
    return None if re.match(r"0+\b", said) else Status.PARTLY


def _is_unfinished(said: str) -> bool:
    """Does the text name a share less than all?"""
    shares = [(float(one or part), float(whole or 100)) for one, part, whole in _SHARE.findall(said)]
    return any(part < whole for part, whole in shares)


def _misspelt(said: str) -> Status | None:
    """One slip of the pen; a lost or added «не» is never taken for one."""
    if not _SHORTEST_SLIP <= len(said) <= _LONGEST_SLIP:
        return None
    best = max(_BY_WORDS, key=lambda words: fuzz.ratio(said, words))
    same_sense = said.startswith("не") == best.startswith("не")
    return _BY_WORDS[best] if same_sense and fuzz.ratio(said, best) >= _SLIP else None
