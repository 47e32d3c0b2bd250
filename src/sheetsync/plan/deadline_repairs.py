"""What scanners and sayings do to a deadline is put right before its words are read."""

from __future__ import annotations

import re
from typing import Final

from sheetsync.doubts import doubt
from sheetsync.model import Doubt
from sheetsync.patterns import at_first_use
from sheetsync.plan.deadline_words import look_up

_MISREAD: Final = (
    ("oо", at_first_use(r"(?<![а-яa-z])[oо](?=\d)|(?<=\d)[oо](?![а-яa-z])"), "0"),
    ("l|", at_first_use(r"(?<![а-яa-z])[l|](?=\d)"), "1"),
    ("з", at_first_use(r"(?<![а-яa-z])з(?=\d)"), "3"),
    ("и", at_first_use(r"(?<![а-я])маи(?![а-я])"), "май"),
    ("ч", at_first_use(r"(?<!\d)10-?(?:е|х|ых) (?:числа|чисел|числах)"), "2 декада"),
    ("ч", at_first_use(r"(?<!\d)20-?(?:е|х|ых) (?:числа|чисел|числах)"), "3 декада"),
    ("н", at_first_use(r"(?<![а-я])нов(?:ого|ому|ым) год(?:а|у|ом)(?![а-я])"), "31 декабря"),
)
"""With each the letters of which it needs one: a date in figures has none of them."""

_DIGITS_IN_WORDS: Final = str.maketrans("0346", "озчб")
_DIGIT_IN_A_WORD: Final = at_first_use(r"(?<![а-яa-z0-9])[а-я]+[0346][а-я]+(?![а-яa-z0-9])")
_HALF_YEAR: Final = at_first_use(r"(?<![а-я])п/г(?![а-я])")
_QUOTED_DAY: Final = at_first_use(r'"\s*(\d{1,2})\s*"')


def repaired(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """Letters that scans put for digits become digits again, with a doubt."""
    mended = _HALF_YEAR.sub("полугодие", _QUOTED_DAY.sub(r"\1", text))
    before = mended
    for letters, wrong, right in _MISREAD:
        if any(letter in mended for letter in letters):
            mended = wrong.sub(right, mended)
    mended = _DIGIT_IN_A_WORD.sub(_word_of_digits, mended)
    return mended, (doubt("deadline-misread", read=mended),) if mended != before else ()


def _word_of_digits(match: re.Match[str]) -> str:
    """«сентя6рь» is a word when a table knows it with the letter the digit looks like."""
    word = match[0].translate(_DIGITS_IN_WORDS)
    return word if look_up(word) else match[0]
