"""A «responsible» cell is cut into parties, one name each.

Cells are written by hand and broken by scanners: commas stand inside quoted names, closing quotes
are lost, two parties are divided by a space where a line break was. A cut is made only where the
words after it can begin a party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from sheetsync.plan.names import nominative
from sheetsync.text import squeeze

# --- what begins a party ------------------------------------------------------------------------

_LEGAL: Final = (
    r"(?:М|Г|ОГ|КГ|ФГ)(?:Б|К|А|ОБ|ОК|ОА)?Д?О?У|ГУК|МУП|муниципальн(?:ое|ая)\s+(?:\w+\s+)*учреждение"
)
_ACRONYMS: Final = (
    r"(?:ОО|ОУ|МОУ|ООУ|ШНОР|ШНРО|ШНСУ|РМО|ГМО|ММО|ШМО|ТКДН\w*|КДН\w*|ПМПК|ПДН|ИМЦ|РИМЦ|ММЦ|РМК|ММК|М?ЦРО|ЦНППМ\w*|"
    r"ЦППМСП|ЦППМС|МУО|РУО|РОО|МОУО|УО|НМЦ|ДОУ|ДДТ|ДЮСШ|ЦДО|ИРО|ОМВД|ГИБДД)"
)
_GROUP_HEADS: Final = (
    r"(?:[Вв]се\s+|[Мм]униципальные\s+|[Пп]одведомственные\s+)?(?:[Оо]бщеобразовательные|[Оо]бразовательные|[Оо]бщественные)"
    r"\s+(?:организации|учреждения|школы)|[Вв]се\s+(?:школы|ОО|ОУ)"
)
_PLURAL_HEADS: Final = (
    "руководители директора администрации заместители педагоги учителя методисты специалисты классные члены "
    "главы кураторы координаторы тьюторы наставники советники учреждения организации органы районные "
    "муниципальные школьные детские родители педагогические управленческие"
)
_SINGULAR_HEADS: Final = (
    "директор руководитель заместитель куратор координатор методист специалист библиотекарь учитель "
    "управление отдел комитет департамент министерство центр совет комиссия администрация главный "
    "районное районный муниципальный муниципальная"
)


def _capital(heads: str) -> str:
    return "|".join(word.capitalize() for word in heads.split())


_NOMINATIVE_HEAD: Final = re.compile(
    rf"(?:{_GROUP_HEADS}|(?:{_capital(_PLURAL_HEADS)}|{_capital(_SINGULAR_HEADS)}))(?=\W|$)"
)
_COMPLEMENT_HEAD: Final = re.compile(rf"(?:{_ACRONYMS}|(?:{_LEGAL})|Школы)(?=\W|$)")
"""Words that may as well belong to the role before them: «руководители ОО», «директор МБОУ»."""
_LOWER_HEAD: Final = re.compile(
    rf"(?:{'|'.join((*_PLURAL_HEADS.split(), *_SINGULAR_HEADS.split(), 'школы'))})(?=\W|$)"
)
_AWAITS: Final = re.compile(
    r"(?:\b(?:руководител|директор|администраци|специалист|методист|педагог|психолог|учител|член|начальник|заместител|"
    r"координатор|куратор|представител|сотрудник|работник|служб|филиал|глав|команд|коллектив|заведующ|председател)[\w-]*|"
    r"\b(?:зам|зав|нач|рук|спец|и|или|с|со|по|при|для|в|во|на|от|из|к|о|об|все|всех|им|учреждение|организация)|"
    rf"\b(?:{_LEGAL}|МО|ДО|ДПО|ГО|МР))[.\-]?$",
    re.IGNORECASE,
)
"""The end of a text that is not complete without what follows."""
_AWAITS_LEGALLY: Final = re.compile(
    r"(?:\b(?:и|или|с|со|по|при|для|в|во|на|от|из|к|о|об|им|все|всех|всем|учреждение|организация)|-|"
    rf"\b(?:{_LEGAL}|МО|ДО|ДПО)|"
    r"\b[А-ЯЁа-яё-]*(?:[^н]ие|ые|ый|[^н]ий|ое|ая))$",
    re.IGNORECASE,
)
_ONE_PHRASE: Final = re.compile(
    r"^школ\w*\s+ШН|^О?ПДН\s+О|"
    r"^(?:заместител|педагог|учител|ответственн|координатор)[^,;«»]*\s(?:ОО|ОУ|МОУ|ШНОР)(?:\W|$)",
    re.IGNORECASE,
)
_OF_OFFICE: Final = re.compile(
    r"^(?:\S+\s+){0,6}(?:управлени|отдел|комитет|департамент|сектор)\w*(?:\s+[а-яё]+){0,6}$", re.IGNORECASE
)
_ITS_ADMINISTRATION: Final = re.compile(
    r"Администрации\s+(?!школ|ОО\b|ОУ\b|МОУ\b|ШН|(?:обще)?образовательн)", re.IGNORECASE
)
"""«Управление образования Администрации округа» is one body, not the administrations of schools."""
_AFTER_QUOTE: Final = re.compile(r"(?!(?:КБР|РФ|МО|ГО|МР)\b)[А-ЯЁ]{2,}(?=\W|$)")

# --- persons ------------------------------------------------------------------------------------

_SURNAME: Final = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS: Final = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
_PATRONYMIC: Final = r"[А-ЯЁ][а-яё]+(?:вич|ична|вна)(?:у|а|ем|ы|е|ой)?"
_SURNAME_FIRST: Final = re.compile(
    rf"{_SURNAME}\s+{_INITIALS}(?![а-яё])|{_SURNAME}\s+{_SURNAME}\s+{_PATRONYMIC}\b"
)
_INITIALS_FIRST: Final = re.compile(rf"(?<![.\w]){_INITIALS}\s?{_SURNAME}\b")
_LONE_INITIAL: Final = re.compile(r"[А-ЯЁ]\.\s*(?:[,;\n]|$)")
_HONOUR_BEFORE: Final = re.compile(r"(?:\bим\.|\bимени)\s*$")


def persons(text: str) -> list[re.Match[str]]:
    """Persons named with initials or in full; the honour of a school's name is none."""
    first = _INITIALS_FIRST.search(text)
    pattern = _INITIALS_FIRST if first and _leads(text[: first.start()]) else _SURNAME_FIRST
    return [one for one in pattern.finditer(text) if not _HONOUR_BEFORE.search(text[: one.start()])]


def _leads(before: str) -> bool:
    """Initials stand before the surname: at the beginning, after a post or after «им.»."""
    word = next(iter(before.split()[::-1]), "")
    return not word[:1].isupper() or bool(_AWAITS.search(before.strip()))


# --- cutting ------------------------------------------------------------------------------------

_DEFINITION: Final = re.compile(
    r"\(\s*далее\s*(?:по\s+тексту\s*)?[-–—:]?\s*(?P<words>[^()]*)\)?", re.IGNORECASE
)
_BREAK_TAGS: Final = re.compile(r"<\s*(?:br\s*/?|/p|/li|/div)\s*>", re.IGNORECASE)
_SPACES: Final = re.compile(r"\s{2,}")
_TAGS: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_BULLET: Final = re.compile(r"^\s*(?:[-–—•*·▪]\s+|[-–—•*·▪](?=[А-ЯЁа-яё])|\d{1,2}[.)]\s*(?=[А-ЯЁа-яё]))")
_TOGETHER: Final = re.compile(r"\s+совместно\s+со?\s+", re.IGNORECASE)
_DOUBLE_DOT: Final = re.compile(r"(?<!\.)\.\.(?=\s*[А-ЯЁ])")
_SENTENCE_END: Final = re.compile(r"(?<=[а-яё]{4})(?<!спец)(?<!админ)\.\s*(?=[А-ЯЁ])")


def defined_words(phrase: str) -> tuple[str, ...]:
    """The words a cell defines for the rest of the order: «(далее - образовательные организации)»."""
    found = (match["words"].strip(" «»\"'.,;") for match in _DEFINITION.finditer(phrase))
    return tuple(word for words in found for word in re.split(r"\s*,\s*", words) if word)


def split_parties(phrase: str) -> tuple[str, ...]:
    """The parties of a cell as written, tidied: numbering, definitions and lost quotes mended."""
    text = _SPACES.sub(lambda match: "\n" if "\n" in match[0] else " ", phrase)
    text = _TAGS.sub(" ", _BREAK_TAGS.sub("\n", _DEFINITION.sub(" ", text)))
    text = _SENTENCE_END.sub(", ", _TOGETHER.sub(", ", _DOUBLE_DOT.sub(".,", text)))
    pieces = _joined([_BULLET.sub("", piece) for piece in _at_separators(text)])
    parties = (party for piece in pieces for party in _at_spaces(piece))
    return tuple(_numbered(_of_one_kind([tidy for party in parties if (tidy := _tidied(party))])))


def _at_separators(text: str) -> Iterator[str]:
    """Cut at commas, semicolons, slashes and line breaks that are not inside a name or brackets."""
    start = 0
    for match in re.finditer(r"[,;/\n]", text):
        if _divides(match[0], *_around(text, start, match)):
            yield squeeze(text[start : match.start()])
            start = match.end()
    yield squeeze(text[start:])


_IN_SIGHT: Final = 200
"""No name and no remark in brackets is longer: a cut is judged by that much on either side."""
_LAST_WORDS: Final = 60
"""Whether a text is complete is told by its last words."""


def _around(text: str, start: int, match: re.Match[str]) -> tuple[str, str]:
    """What stands before a possible cut, from ``start`` at the earliest, and after it."""
    before = text[max(start, match.start() - _IN_SIGHT) : match.start()]
    return before, text[match.end() : match.end() + _IN_SIGHT]


def _divides(mark: str, piece: str, rest: str) -> bool:
    if _inside_brackets(piece, rest) or _inside_quotes(piece, rest):
        return False
    if mark == "/":
        return len(_last_word(piece)) > 1 and len(re.split(r"\W", rest.strip(), maxsplit=1)[0]) > 1
    if mark == "\n":
        return begins_party(piece, _BULLET.sub("", rest), lenient=True) or bool(_BULLET.match(rest))
    return True


def _last_word(text: str) -> str:
    found = re.findall(r"[А-ЯЁа-яё]+", text)
    return (
        found[-1]
        if found and text.rstrip().endswith(found[-1])
        else ("" if text.rstrip()[-1:].isdigit() else "…»")
    )


def _inside_brackets(piece: str, rest: str) -> bool:
    return piece.count("(") > piece.count(")") and ")" in rest


def _quotes(text: str, before: str = "") -> list[bool]:
    """Quotation marks in order: True opens, False closes; a straight one is judged by its place."""
    roles = []
    for match in re.finditer(r"[«»„“”\"]", text):
        previous = text[match.start() - 1] if match.start() else before[-1:]
        straight = not previous or previous in ' \n(-–—«„“"'
        roles.append({"«": True, "„": True, "»": False, "”": False}.get(match[0], straight))
    return roles


def _inside_quotes(piece: str, rest: str) -> bool:
    """A quotation is open here and really closes later; a lost closing mark keeps nothing open.

    «ЦППМСП «Опора»: the one closing mark closes both.
    """
    opened = _quotes(piece)
    if not opened or not opened[-1]:
        return False
    following = _quotes(rest, before=",")
    if not following:
        return False
    if not following[0]:
        return True
    return (
        False not in opened
        and following.count(False) >= 2
        and not begins_party(piece, rest.strip(), lenient=True)
    )


def begins_party(before: str, rest: str, *, lenient: bool = False) -> bool:
    """Can ``rest`` begin a new party after ``before``? ``lenient`` where a line was broken."""
    before, rest = before.strip(), rest.strip()
    if not before or not rest:
        return False
    if _OF_OFFICE.search(before) and _ITS_ADMINISTRATION.match(rest):
        return False
    end = before[-_LAST_WORDS:]
    awaits = _AWAITS.search(end) or _AWAITS_LEGALLY.search(end)
    complete = not awaits and not _ONE_PHRASE.search(f"{before} {rest}")
    if _NOMINATIVE_HEAD.match(rest) and not _AWAITS_LEGALLY.search(end):
        return True
    if complete and _COMPLEMENT_HEAD.match(rest):
        return True
    if before[-1] in '»”"' and _AFTER_QUOTE.match(rest):
        return True
    if not lenient:
        return False
    named = persons(before)
    after_person = bool(named) and named[-1].end() == len(before) and not _LONE_INITIAL.match(rest)
    return (after_person and rest[0].isupper()) or (complete and bool(_LOWER_HEAD.match(rest)))


def _at_spaces(piece: str) -> Iterator[str]:
    """Cut where a separator was lost: «Управление образования Руководители ОО»."""
    start = 0
    after_person = {one.end() for one in persons(piece)}
    for match in re.finditer(r"\s+(?:(?:и|[-–—+])\s+)?", piece):
        before, rest = _around(piece, start, match)
        if _inside_brackets(before, rest) or _inside_quotes(before, rest):
            continue
        joined_by_and = bool(match[0].strip())
        if joined_by_and and not _and_divides(before, rest):
            continue
        of_person = match.start() in after_person and rest[:1].isupper()
        if joined_by_and or of_person or begins_party(before, rest):
            yield piece[start : match.start()]
            start = match.end()
    yield piece[start:]


_FEMININE_NAME: Final = re.compile(r"(?:^|\s)[А-ЯЁ][а-яё-]+(?:ская|цкая|вая|ная|ской|цкой|вой|ной)$")


def _and_divides(before: str, rest: str) -> bool:
    """«Отдел образования и ОО» are two parties, «руководители и педагоги ОО» are one."""
    before = before[-_LAST_WORDS:]
    if _FEMININE_NAME.search(before) and _FEMININE_NAME.match(rest.split(maxsplit=1)[0] if rest else ""):
        return True
    if _AWAITS.search(before.strip()) or re.search(r"(?:ые|ие|ых|их|ой|го)$", before):
        return False
    return any(head.match(rest) for head in (_COMPLEMENT_HEAD, _NOMINATIVE_HEAD, _LOWER_HEAD))


# --- joining what a comma cut by mistake --------------------------------------------------------

_PARTICIPLE: Final = re.compile(
    r"(?:не\s+)?(?!заведующ|управляющ|учащи|обучающ|служащ)(?:[а-яё]+(?:[юуяа]щ|вш|шедш)(?:и[емйх]|ими|ая|ей|е[ейм]|его|ему)(?:ся)?"
    r"|(?:включ|располож|определ|отнес|указ|назв|созда|уполномоч|закрепл|вошед)[её]?нн\w+"
    r"|подведомственн\w+(?!\s+(?:учреждения|организации|школы|ОО|ОУ)))\b|котор\w+|где\b|в\s+котор"
)
_BODY_BEFORE: Final = re.compile(
    r"^(?:[А-ЯЁа-яё-]+\s+)?(?:департамент|министерство|управление|отдел|комитет|комиссия|служба|фгу|мку)\b|[«\"][^»\"]*$",
    re.IGNORECASE,
)
_GENITIVE_LIST: Final = re.compile(
    r"^[а-яё-]+(?:а|я|и|ы|ой|ей|ого|его|ых|их|е|у|ю|ам|ям)\b(?:\s+[а-яё-]+)?\s+и\s+[а-яё]"
)
_SINGULAR_POST: Final = re.compile(
    r"^(?:(?:главный|ведущий|старший)\s+)?(?:руководитель|директор|начальник|заместитель|зам\.|методист|"
    r"специалист|заведующ(?:ий|ая)|учитель|библиотекарь|председатель|консультант|инспектор)\b"
)


def _joined(pieces: list[str]) -> list[str]:
    """Give back to a party the phrase that only describes it."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _continues(joined[-1], piece):
            joined[-1] = f"{joined[-1]}, {piece}"
        elif piece:
            joined.append(piece)
    return joined


def _continues(party: str, piece: str) -> bool:
    if _PARTICIPLE.match(piece):
        return True
    if _BODY_BEFORE.search(party) and _GENITIVE_LIST.match(piece) and not _LOWER_HEAD.match(piece):
        return True
    named = persons(party)
    is_person = bool(named) and (named[0].start(), named[-1].end()) == (0, len(party))
    return is_person and len(named) == 1 and bool(_SINGULAR_POST.match(piece))


# --- tidying ------------------------------------------------------------------------------------

_ABBREVIATED_END: Final = re.compile(
    r"(?:\b[А-ЯЁа-яё]|\b(?:рук|админ|зам|зав|нач|спец|дир|пед|соц|обл|кл|др|пр|руковод|согл|отв))\.$",
    re.IGNORECASE,
)
_PERSON_IN_BRACKETS: Final = re.compile(
    rf"\s*\(\s*(?:{_SURNAME}\s+{_INITIALS}|{_INITIALS}\s?{_SURNAME})\s*\)"
)


def _tidied(party: str) -> str:
    text = squeeze(_PERSON_IN_BRACKETS.sub("", _BULLET.sub("", squeeze(party)))).strip(" ,;:-–—")
    text = re.sub(r"^(?:и|а также)\s+", "", text).replace("№№", "№")
    if text.endswith(".") and not _ABBREVIATED_END.search(text):
        text = text.rstrip(". ")
    roles = _quotes(text)
    if roles and False not in roles:
        text += "»" if "«" in text else '"'
    return _in_nominative(text)


_ROLE_FIRST: Final = re.compile(
    r"(?:директор|руководител|администраци|заместител|педагог|учител)\w*\b", re.IGNORECASE
)


def _in_nominative(text: str) -> str:
    """A school or body in the nominative; «директор СОШ» stays as it is."""
    return text if _ROLE_FIRST.match(text) else nominative(text)


_KIND_AFTER: Final = re.compile(
    r"(?P<name>[А-ЯЁ][а-яё-]+(?:ая|ой))\s+(?P<kind>(?:СОШ|ООШ|НОШ|школа|гимназия)\b)"
)
_LAST_OF_SCHOOLS: Final = re.compile(r"(?<![\w-])((?!Сельск|Городск)[А-ЯЁ][а-яё-]+ая\s+школ)ы$")


def _of_one_kind(parties: list[str]) -> list[str]:
    """«Липовская и Луговская СОШ» are two schools: the kind is said once, after the last."""
    kind = ""
    told: list[str] = []
    for party in reversed([_LAST_OF_SCHOOLS.sub(r"\1а", one) for one in parties]):
        match = _KIND_AFTER.search(party)
        kind = match["kind"] if match else kind if _FEMININE_NAME.search(party) else ""
        told.insert(0, nominative(f"{party} {kind}") if kind and not match else party)
    return told


_NUMBERS: Final = re.compile(
    r"^(?P<head>.*?(?:[А-ЯЁа-яё»\"]\s*№|\b(?:[Шш]кол\w*|СОШ|ООШ|НОШ|ОУ)(?=\s*\d)))№*(?P<space>\s*)"
    r"(?P<numbers>(?>\d+(?:\s*(?:,|и|[-–—])\s*№?\s*\d+)*))(?P<tail>\D*)$"
)
_ONLY_NUMBERS: Final = re.compile(r"^№*\s*\d+(?:\s*(?:,|и|[-–—])\s*№*\s*\d+)*$")
_SPAN: Final = re.compile(r"(\d+)(?:\s*[-–—]\s*№?\s*(\d+))?")
_LONGEST_SPAN: Final = 30
_LONGEST_LIST: Final = 5 * _IN_SIGHT
"""No list of school numbers is longer; searching on would take minutes."""


def _numbered(parties: list[str]) -> Iterator[str]:
    """«СОШ №1, 3 и №5» names three schools: the kind is said once."""
    head = ""
    for party in parties:
        match = _NUMBERS.match(party) if len(party) <= _LONGEST_LIST else None
        if match:
            head = match["head"] + match["space"]
        only = head and _ONLY_NUMBERS.match(party)
        numbers = _each_number(match["numbers"] if match else party if only else "")
        if only or (len(numbers) > 1 and match and not match["tail"].strip()):
            yield from (_in_nominative(f"{head}{number}") for number in numbers)
        else:
            yield party


def _each_number(text: str) -> list[int]:
    """«1, 3-5» -> 1, 3, 4, 5; an impossible span gives its ends."""
    numbers: list[int] = []
    for first, last in _SPAN.findall(text):
        start, end = int(first), int(last or first)
        is_span = start <= end <= start + _LONGEST_SPAN
        numbers += range(start, end + 1) if is_span else (start, end)
    return numbers
