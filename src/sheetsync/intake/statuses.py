"""A status in a school's own words: «исполнено», «да», «+», «в процессе» -> a status of the list."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from sheetsync.model import Status
from sheetsync.text import plain

_WORDS: Final[dict[Status, tuple[str, ...]]] = {
    Status.DONE: (
        "да", "готов", "готова", "готово", "сделан", "сделана", "сделано", "сделали", "завершен",
        "завершена", "завершено", "завершены", "реализован", "реализована", "реализовано", "проведен",
        "проведена", "проведено", "проведены", "провели", "выполнен", "выполнена", "выполнено", "выполнены",
        "выполнили", "исполнен", "исполнена", "исполнено", "исполнены", "исполнили", "истина", "полностью",
        "выполнено полностью", "исполнено полностью", "выполнено в полном объеме",
        "исполнено в полном объеме", "100 %", "100%",
    ),
    Status.PARTLY: (
        "частично", "выполнено частично", "частично выполнено", "исполнено частично", "частично исполнено",
        "не полностью", "выполнено не полностью", "исполнено не полностью", "не в полном объеме",
        "выполнено не в полном объеме", "исполнено не в полном объеме", "частично реализовано",
    ),
    Status.IN_PROGRESS: (
        "в работе", "в процессе", "в процессе исполнения", "в процессе выполнения", "в процессе реализации",
        "в стадии исполнения", "в стадии выполнения", "в стадии реализации", "на исполнении", "выполняется",
        "исполняется", "реализуется", "ведется", "ведется работа", "идет", "идет работа", "продолжается",
        "проводится", "осуществляется",
    ),
    Status.NOT_STARTED: (
        "не начато", "не начата", "не начали", "не начиналось", "не приступали", "не приступили",
        "запланировано", "планируется", "в планах", "срок не наступил",
    ),
    Status.NOT_DONE: (
        "нет", "не выполнено", "не выполнена", "не выполнен", "не выполнены", "не выполнили", "невыполнено",
        "не исполнено", "не исполнена", "не исполнен", "не исполнены", "неисполнено", "не сделано",
        "не сделали", "не проведено", "не проведена", "не проводилось", "не проводили", "не реализовано",
        "ложь", "не готово",
    ),
    Status.NOT_REQUIRED: (
        "не требуется", "н/т", "н.т.", "не треб.", "не нужно", "не применимо", "неприменимо", "н/п",
        "не актуально", "неактуально", "не относится", "не предусмотрено",
    ),
}  # fmt: skip

_SIGNS: Final = {
    "+": Status.DONE,
    "v": Status.DONE,
    "✓": Status.DONE,
    "✔": Status.DONE,
    "☑": Status.DONE,
    "√": Status.DONE,
}
_BY_WORDS: Final = {plain(words): status for status, several in _WORDS.items() for words in several}
_BY_NAME: Final = {plain(status.value): status for status in Status}
_TURNS: Final = frozenset(["не", "нет", "частично", "кроме", "но", "однако", "процессе", "работе", "почти"])
"""Words after the status that may turn its meaning: such a text is not guessed."""

_SLIP: Final = 88
_SHORTEST_SLIP: Final = 6


def read_status(text: str) -> Status | None:
    """The status a text means; None when it is not clear."""
    said = plain(text).strip(" .;,:!")
    if not said:
        return _SIGNS.get(text.strip())
    return (
        _BY_NAME.get(said) or _BY_WORDS.get(said) or _SIGNS.get(said) or _beginning(said) or _misspelt(said)
    )


def is_listed(text: str) -> bool:
    """Is this a status of the list, word for word?"""
    return plain(text) in _BY_NAME


def _beginning(said: str) -> Status | None:
    """«выполнено 15.03, приказ № 5» says «выполнено»; «выполнено, но не всё» is not guessed."""
    for words in sorted({**_BY_WORDS, **_BY_NAME}, key=len, reverse=True):
        if len(words) >= 4 and re.match(rf"{re.escape(words)}(?![\w/])", said):
            rest = re.findall(r"\w+", said[len(words) :])
            return None if _TURNS.intersection(rest) else (_BY_NAME.get(words) or _BY_WORDS[words])
    return None


def _misspelt(said: str) -> Status | None:
    """One slip of the pen; a lost or added «не» is never taken for one."""
    if len(said) < _SHORTEST_SLIP:
        return None
    every = {**_BY_WORDS, **_BY_NAME}
    best = max(every, key=lambda words: fuzz.ratio(said, words))
    same_sense = said.startswith("не") == best.startswith("не")
    return every[best] if same_sense and fuzz.ratio(said, best) >= _SLIP else None
