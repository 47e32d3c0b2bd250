"""Birth dates: a date beside a word about birth. The year stays, it tells nobody apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sheetsync.patterns import at_first_use
from sheetsync.privacy.normal import Normal
from sheetsync.privacy.spans import Kind, Span

_MONTH: Final = r"(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]"
_DAY: Final = (
    rf"(?P<day>\d{{1,2}}(?: ?[./-] ?\d{{1,2}} ?[./-] ?| {_MONTH} ))(?P<year>(?:19|20)?\d{{2}})(?!\d)"
)
_AFTER: Final = at_first_use(
    rf'(?<![\d.]){_DAY}"?,? ?\(?(?:года?|г)?\.? ?(?:г\. ?р\b|гр\b|р\.|рожд\w*|д\.? ?р\b)'
)
_BEFORE: Final = at_first_use(
    rf"\b(?:рожд\w*|родил\w*|род\.|д ?[./] ?р\.?|др|д\. ?рожд\w*)[ .:,(-]*(?:ребенка"
    rf"|обучающегося|ученика)?[ :(-]*{_DAY}"
)
_YEAR: Final = at_first_use(r"(?:19|20)\d{2} ?(?:г\. ?р\b|г\. ?рожд\w*|гр\b|года рождения)")


def births(said: Normal) -> Iterator[Span]:
    """Days of birth; «2010 г.р.» alone is left."""
    for found in (*_AFTER.finditer(said.low), *_BEFORE.finditer(said.low)):
        yield Span(*found.span("day"), Kind.BIRTH, "**.**.")


def birth_marks(said: Normal) -> Iterator[int]:
    """Where a text speaks of somebody's birth."""
    for found in (*_AFTER.finditer(said.low), *_YEAR.finditer(said.low)):
        yield found.start()
    for found in _BEFORE.finditer(said.low):
        yield found.start()
