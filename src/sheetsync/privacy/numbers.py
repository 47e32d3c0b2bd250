"""Phones, СНИЛС, personal documents and e-mails: what is known by its figures and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sheetsync.patterns import at_first_use
from sheetsync.privacy.normal import Normal
from sheetsync.privacy.spans import Kind, Span

_PHONE_WORD: Final = at_first_use(
    r"\b(?:тел(?:ефон\w*|\.)?|моб(?:ильн\w*|\.)?|сот(?:ов\w*|\.)|факс|т\.|звонить|whatsapp|ватсап|вотсап|вайбер|viber"
    r"|telegram|телеграм)[^\w(+]{0,4}(?:\w{1,12}[ :.-]{1,3}){0,2}[(+]?$"
)
_OTHER_NUMBER: Final = at_first_use(
    r"(?:№|\bn|инн|огрн(?:ип)?|кпп|бик|октмо|окпо|оквэд|уин|снилс|счет\w*|р/с|к/с|л/с|код\w*|рег\w*|лиценз\w*|серия"
    r"|удостоверени\w*|диплом\w*|сертификат\w*|свидетельств\w*|протокол\w*|приказ\w*"
    r"|паспорт\w*|полис\w*|id|ид|карт[аы])[ :.№n-]*$"
)
_NUMBER_WORD: Final = at_first_use(r"номер\w*[ :.-]*$")
_UNIT: Final = at_first_use(r" ?(?:руб|р\b|тыс|млн|шт|%|₽|коп|чел)")
_AREA: Final = r"\(? ?[3489]\d{2,4} ?\)?"
_WITH_CODE: Final = at_first_use(
    rf"(?<![\w+№/.,=-])(?P<code>\+ ?7"
    rf"|[78])(?P<rest>[ .-]? ?{_AREA}(?:[ .-]{{0,3}}\d){{5,8}})(?![\d/]|[-.,]\d|-?[а-яa-z])",
    re.IGNORECASE,
)
_MOBILE: Final = at_first_use(
    r"(?<![\w+№/.,=-])(?P<rest>\(?9\d{2}\)?(?:[ .-]{0,2}\d){7})(?![\d/]|[-.,]\d|-?[а-яa-z])", re.IGNORECASE
)
_ABROAD: Final = at_first_use(r"(?<!\w)\+(?!7)[1-9]\d{0,2}[ (-]{0,2}\d{2,4}(?:[ )-]{0,2}\d){6,9}(?!\d)")
_LOCAL: Final = at_first_use(
    r"(?:\(? ?[38]?[ (-]{0,2}\d{3,5} ?\)[ -]{0,2})?\d{1,3}(?:-\d{2}){1,2}(?![\d.-])|\d{5,7}(?![\d.-])"
)
_LOCAL_WORD: Final = at_first_use(
    r"\b(?:тел(?:ефон\w*|\.)?|факс|моб\.)(?: ?/ ?факс)?[^\w(]{0,4}(?:[а-я]{1,12}[ :.-]{1,3})?(?=[(\d])"
)
_FREE_LINE: Final = "800"
"""Hot lines are nobody's own."""
_DATE: Final = at_first_use(r"\d{1,2}\.\d{1,2}\.\d{4}")
_SNILS: Final = at_first_use(
    r"(?<![\w№/.-])\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}(?![\d/]|[-.,]\d|-?[а-яa-z])", re.IGNORECASE
)
_SNILS_SHAPE: Final = at_first_use(r"\d{3}-\d{3}-\d{3}[- ]\d{2}")
_SNILS_WORD: Final = at_first_use(r"снилс\w*[^\d]{0,25}$")
_FIRST_CHECKED: Final = 1_001_998
_PASSPORT: Final = at_first_use(
    r"\bпаспорт\w*[ :,(.-]*(?:гражданина рф[ :,]*"
    r"|рф[ :,]*)?(?:сери[яи][ :]*)?(?P<digits>\d{2} ?\d{2}[ ,]*(?:№|n|номер)?[ :]*\d{6})(?!\d)"
)
_BIRTH_PAPER: Final = at_first_use(
    r"(?:свидетельств\w*|св-в\w|св\.?|свид\.?) о рожд\w*\.?[ :,(-]*(?:сери[яи][ :]*)?"
    r"(?P<digits>[ivxlcмхіу1]{1,6} ?- ?[а-я]{2}[ ,]*(?:№|n|номер)?[ :]*\d{6})(?!\d)"
)
_POLICY: Final = at_first_use(r"\bполис\w*(?: омс)?[^\d]{0,6}(?P<digits>\d{4} ?\d{4} ?\d{4} ?\d{4})(?!\d)")
_EMAIL: Final = at_first_use(
    r"(?<![\w.+/*-])(?P<name>[\w.+-]+) ?@ ?(?P<host>[\w-]+(?: ?\. ?[\w-]+)*\.[a-zа-я]{2,})(?![\w@])",
    re.IGNORECASE,
)
_ADDRESS: Final = at_first_use(
    r"\b(?:прожива\w*|домашний адрес|адрес (?:про)?живания|адрес регистрации|место жительства"
    r"|зарегистрирован\w*)"
    r"[^.;]{0,20}?(?P<place>(?:\b(?:г|гор|с|д|п|пос|х|ст|дер|село|город|деревня)\b\.? ?[\w-]+, ?)?"
    r"\b(?:ул|улица|пер|пр-т|проспект|переулок|мкр|квартал)\b\.? ?[^,;]{2,40}, ?(?:д"
    r"|дом)?\.? ?\d+[а-я]?(?:,? ?(?:кв|квартира)\.? ?\d+)?)"
)
_SIGNIFICANT: Final = at_first_use(r"\d")
_LONG: Final = at_first_use(r"\d(?:[ .()-]*\d){8}")
"""So many figures stand together in the shortest phone with its code, and in an insurance number."""


def phones(said: Normal) -> Iterator[Span]:
    """Russian phones in all spellings; short city numbers only beside the word «тел.»."""
    is_long = _LONG.search(said.low) is not None
    for found in (*_WITH_CODE.finditer(said.low), *_MOBILE.finditer(said.low)) if is_long else ():
        digits = "".join(_SIGNIFICANT.findall(found["rest"]))
        if len(digits) == 10 and not digits.startswith(_FREE_LINE) and _is_phone(said.low, found):
            yield Span(*found.span(), Kind.PHONE, _phone_cover(digits))
    for found in _ABROAD.finditer(said.low) if "+" in said.low else ():
        yield Span(*found.span(), Kind.PHONE, f"+***-**-{found[0][-2:]}")
    for word in _LOCAL_WORD.finditer(said.low):
        local = _LOCAL.match(said.low, word.end())
        if local:
            yield Span(*local.span(), Kind.PHONE, f"***-**-{local[0][-2:]}")


def _is_phone(text: str, found: re.Match[str]) -> bool:
    """Not a sum, a date or the number of a document; bare figures need a mobile or the word «тел.»."""
    before = text[max(0, found.start() - 30) : found.start()]
    if _PHONE_WORD.search(before):
        return True
    if _OTHER_NUMBER.search(before) or _UNIT.match(text, found.end()) or _DATE.search(found[0]):
        return False
    is_bare = found[0].isdigit()
    if is_bare and _NUMBER_WORD.search(before):
        return False
    if is_bare and len(found[0]) == 11 and has_snils_sum(found[0]):
        return True
    return not is_bare or (found[0][-10] == "9" and not (len(found[0]) == 10 and _has_inn_sum(found[0])))


def _phone_cover(digits: str) -> str:
    return f"+7 ***-**-{digits[-2:]}"


def snils(said: Normal) -> Iterator[Span]:
    """Insurance numbers: with the word, or by their checksum where nothing else is meant."""
    for found in _SNILS.finditer(said.low) if _LONG.search(said.low) else ():
        digits = "".join(_SIGNIFICANT.findall(found[0]))
        before = said.low[max(0, found.start() - 30) : found.start()]
        if _SNILS_WORD.search(before) or (has_snils_sum(digits) and _stands_alone(found[0], before)):
            yield Span(*found.span(), Kind.SNILS, f"***-***-*** {digits[-2:]}")


def _stands_alone(shape: str, before: str) -> bool:
    if _SNILS_SHAPE.fullmatch(shape):
        return not before.rstrip().endswith("№")
    return not _OTHER_NUMBER.search(before)


def has_snils_sum(digits: str) -> bool:
    """Do the last two of eleven figures check the first nine?"""
    number, check = digits[:9], int(digits[9:])
    if int(number) <= _FIRST_CHECKED:
        return False
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(number))
    return total % 101 % 100 == check


def _has_inn_sum(digits: str) -> bool:
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return total % 11 % 10 == int(digits[9])


def documents(said: Normal) -> Iterator[Span]:
    """Passports, birth certificates and medical policies with their numbers."""
    for found in (
        *_PASSPORT.finditer(said.low),
        *_BIRTH_PAPER.finditer(said.low),
        *_POLICY.finditer(said.low),
    ):
        yield Span(*found.span("digits"), Kind.DOCUMENT, f"** ****{found['digits'][-2:]}")


def emails(said: Normal) -> Iterator[Span]:
    """Mail addresses; the name before «@» is covered, the post office stays."""
    for found in _EMAIL.finditer(said.low):
        yield Span(*found.span("name"), Kind.EMAIL, f"{said.text[found.start()]}***")


def addresses(said: Normal) -> Iterator[Span]:
    """Where somebody lives: a street with a house after a word about living."""
    for found in _ADDRESS.finditer(said.low):
        yield Span(*found.span("place"), Kind.ADDRESS, "[адрес]")
