"""Names of people among the words of a text: which words, and how each is covered.

A person is found by shape: a first name of the list, initials, a patronymic, the ending of a
surname. Whether it is a child is asked elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final

from msgspec import Struct

from sheetsync.patterns import at_first_use
from sheetsync.privacy.first_names import FIRST_NAMES
from sheetsync.privacy.marks import mark_of
from sheetsync.privacy.spans import Kind, Span
from sheetsync.privacy.tokens import Sort, Token
from sheetsync.word_table import listed

_PATRONYMIC: Final = at_first_use(
    r"[а-я-]+(?:[оеё]вич|ьич|ович|нич|мич|кич)(?:а|у|ем|ом|е)?$|[а-я-]+(?:овн|евн|ичн|иничн)(?:а|ы|е|у|ой|ою)$"
)
_PATRONYMIC_TAIL: Final = frozenset({"оглы", "оглу", "кызы", "гызы", "кзы", "улы", "уулу", "угли"})
_SURNAME: Final = at_first_use(
    r"[а-я'-]{2,}(?:[оеё]в(?:а|у|ым|е|ой|ою)?|[иы]н(?:а|у|ым|е|ой|ою)?|[сц]к(?:ий|ой|ого|ому|им|ом|ая|ую)|(?:ен|ч|ш|й)?ко"
    r"|[а-я]ук(?:а|у|ом|е)?|юк(?:а|у|ом|е)?|[чщ]ук(?:а|у|ом|е)?|ян(?:а|у|ом|ц|ца)?|дзе|швили|ава|[ыи]х|оол(?:а|у|ом)?|л?иев|шин|ец|аев(?:а|у|ым|ой)?)$"
)
_SURE_SURNAME: Final = at_first_use(
    r"[а-я'-]{2,}(?:[оеё]в(?:а|у|ым|ой)?|[иы]н(?:а|у|ым|ой)?|(?:[оеё]в|[иы]н)ых|енко|швили|дзе|оол|[сц]к(?:ий|ая|ую|им))$"
)
_NOT_SURNAMES: Final = listed(
    "основ* слов* голов* услов* трениров* подготов* проверк* годов* итогов* урок* видов* начал* школ* класс*"
    " новост* нов* готов* здоров* здрав* один* сентяб* октяб* нояб* декабр* магазин* витамин* росси* украин*"
    " англи* литератур* истори* хими* тест* вопрос* рабоч* русск* английск* немецк* француз* татарск*"
    " башкирск* всероссийск* российск* районн* городск* детск* родительск* ученическ* педагогическ*"
    " методическ* юридическ* техническ* физическ* математическ* географическ* историческ* литературн*"
    " муниципальн* областн* краев* республиканск*"
)
_PLACE_NEXT: Final = listed(
    "сош оош нош средн+ основн+ началь+ школ* гимнази* лице(й|я|е)* район* област* кра(й|я|е|ю)* округ*"
    " республик* сельск+ городск+ поселени* муниципальн* детск* университет* институт* колледж* техникум*"
    " филиал* кадетск* улиц*"
)
_HOUSE: Final = "дом"
_HOUSE_NEXT: Final = at_first_use(rf"{_HOUSE}[а-я]{{0,2}}$")
_NOT_NAMES: Final = listed(
    "мбоу моу мкоу мбдоу гбоу сош оош приказ* протокол* справк* журнал* план* школ* класс* список списки"
    " списк* сайт* урок* конкурс* олимпиад* семинар* совещани* собрани* заседани* дата итог* всего тема темы"
    " приложени* январ* феврал* март* апрел* ма(й|я) июн* июл* август* сентябр* октябр* ноябр* декабр*"
    " понедельник вторник среда четверг пятница суббота воскресенье росси* москв* год года город*"
    " сел(о|а|е|у) район* област* огэ егэ впр всош вшк диктант* живая это все или они она он в на с и не от"
    " до за из у к а но также русский английский родной литература математика физика химия биология география"
    " история информатика обществознание технология музыка изо обж алгебра геометрия окружающий физкультура"
    " физическая тел номер участие результат* диплом* ден(ь|я) дн(я|и|ю) недел* игр(а|ы|у) праздник*"
    " акци(я|и|ю) поле поход* битв* экскурси* поездк* фестивал* выставк* парад* побед(а|у|ы) грамот*"
    " сертификат* присутствовал* ученическ* снилс паспорт* телефон* фио имя фамилия отчество рождения"
)


_ADJECTIVES: Final = (
    "ая", "ое", "ой", "ого", "ому", "ых", "ые", "ую", "юю", "яя", "ий", "ый", "ие", "их",
)  # fmt: skip
_LONGEST_NAME: Final = 3
_WORDS: Final = 16_384
"""Words that are remembered: answers are written in the same ones."""
_ONE_WORD: Final = at_first_use(r"[А-ЯЁ][а-яё'-]+")


class Form(Enum):
    """How a person is named."""

    CHILDLIKE = auto()
    """By first name, or surname with one initial: «Иванов Пётр», «Иванов П.»."""
    FORMAL = auto()
    """With a patronymic or two initials: a grown-up as a rule."""
    LONE = auto()
    """By one word: «Иванов», «Петя»."""
    PAIR = auto()
    """By capitalised words no list knows."""


class Person(Struct, frozen=True):
    """Tokens ``first:last`` of a text that name somebody; ``surname`` is the token of the surname."""

    first: int
    last: int
    form: Form
    surname: int | None = None


def persons_of(tokens: Sequence[Token]) -> list[Person]:
    """Everybody named in a text, left to right."""
    found: list[Person] = []
    place = 0
    while place < len(tokens):
        person = _person_at(tokens, place) if _may_be_named(tokens[place]) else None
        if person:
            found.append(person)
        place = person.last if person else place + 1
    return found


def _may_be_named(token: Token) -> bool:
    """Whether a name can begin here: words that are neither capitalised nor like a name begin none."""
    if token.sort is not Sort.WORD:
        return False
    return token.text[0].isupper() or _is_like_a_name(token.low)


@lru_cache(maxsize=_WORDS)
def _is_like_a_name(word: str) -> bool:
    return word in FIRST_NAMES or _SURNAME.match(word) is not None


def span_of(person: Person, tokens: Sequence[Token]) -> Span:
    """«Иванов Пётр Сергеевич» -> «И***в П.С.»: the surname keeps its ends, other names a letter."""
    surname, letters, is_surname_first = "", "", person.surname == person.first
    for place in range(person.first, person.last):
        token = tokens[place]
        if place == person.surname:
            surname = f"{token.text[0].upper()}***{token.low[-1]}"
        elif token.sort is Sort.WORD and token.low not in _PATRONYMIC_TAIL:
            letters += f"{token.text[0].upper()}."
    if not surname:
        cover = f"{letters[0]}***" + letters[2:]
    else:
        cover = " ".join(
            part for part in ((surname, letters) if is_surname_first else (letters, surname)) if part
        )
    end = tokens[person.last - 1].end
    return Span(tokens[person.first].start, end, Kind.NAME, cover)


def cover_of_word(text: str) -> str | None:
    """The cover of a surname that stands alone in a list; ``None`` for a common word."""
    word = text.lower().replace("ё", "е")
    if not _ONE_WORD.fullmatch(text) or _is_no_name(word):
        return None
    return f"{text[0]}***{text[-1]}"


def has_name_ending(word: str) -> bool:
    """Whether a word ends as surnames or patronymics do, in any case."""
    low = (
        word.lower().replace("ё", "е").replace("–", "-").replace("—", "-").replace("’", "'").replace("`", "'")
    )
    return bool(_SURNAME.match(low) or _PATRONYMIC.match(low))


def is_first_name(token: Token) -> bool:
    """Is this a first name in any case («Петей»)?"""
    return token.sort is Sort.WORD and token.low in FIRST_NAMES


# --- shapes -------------------------------------------------------------------------------------


def _person_at(tokens: Sequence[Token], place: int) -> Person | None:
    return (
        _initials_first(tokens, place)
        or _name_first(tokens, place)
        or _surname_first(tokens, place)
        or _unknown_words(tokens, place)
        or _lone(tokens, place)
    )


def _initials_first(tokens: Sequence[Token], place: int) -> Person | None:
    """«П. Иванов», «П.С. Иванов»."""
    after, count = _initials(tokens, place)
    if count and after < len(tokens) and _may_be_surname(tokens, after):
        return Person(place, after + 1, Form.FORMAL if count == 2 else Form.CHILDLIKE, after)
    return None


def _surname_first(tokens: Sequence[Token], place: int) -> Person | None:
    """«Иванов П.», «Иванов П.С.», «Иванов Пётр Сергеевич», «Мамедова Лейла Вагиф кызы»."""
    if not _may_be_surname(tokens, place):
        return None
    after, count = _initials(tokens, place + 1)
    if count:
        return Person(place, after, Form.FORMAL if count == 2 else Form.CHILDLIKE, place)
    given = place + 1
    if given >= len(tokens) or tokens[given].sort is not Sort.WORD:
        return None
    end = _after_patronymic(tokens, given + 1)
    if end > given + 1 and (is_first_name(tokens[given]) or tokens[given].is_capital):
        return Person(place, end, Form.FORMAL, place)
    if is_first_name(tokens[given]) and (tokens[given].is_capital or _has_surname_ending(tokens[place])):
        return Person(place, end, Form.CHILDLIKE, place)
    return None


def _name_first(tokens: Sequence[Token], place: int) -> Person | None:
    """«Пётр Иванов», «Петя И.», «Пётр Сергеевич», «Пётр Сергеевич Иванов»."""
    if not is_first_name(tokens[place]) or _is_surname_of(tokens, place):
        return None
    end = _after_patronymic(tokens, place + 1)
    has_patronymic = end > place + 1
    form = Form.FORMAL if has_patronymic else Form.CHILDLIKE
    if end < len(tokens) and _may_be_surname(tokens, end) and not is_first_name(tokens[end]):
        is_named = tokens[place].is_capital or _has_surname_ending(tokens[end])
        if is_named and (tokens[end].is_capital or _has_surname_ending(tokens[end])):
            return Person(place, end + 1, form, end)
    if has_patronymic:
        return Person(place, end, form)
    after, count = _initials(tokens, end)
    if count == 1 and tokens[place].is_capital:
        return Person(place, after, form)
    return None


def _is_surname_of(tokens: Sequence[Token], place: int) -> bool:
    """Is this first name a surname here: «Роман Иван», «Али Магомед»? Then a first name follows it."""
    after = place + 1
    if after >= len(tokens) or not is_first_name(tokens[after]):
        return False
    further = tokens[after + 1] if after + 1 < len(tokens) else None
    return not (further and further.is_capital and _has_surname_ending(further))


def _unknown_words(tokens: Sequence[Token], place: int) -> Person | None:
    """«Ооржак Айкат», «Нгуен Ван Тхань»: capitalised words that are neither marks nor common words."""
    end = place
    while end < len(tokens) and end - place < _LONGEST_NAME and _is_unknown_name(tokens, end):
        end += 1
    return Person(place, end, Form.PAIR, place) if end - place > 1 else None


def _is_unknown_name(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    return _is_plain_capital(token) and _may_be_surname(tokens, place) and not token.low.endswith(_ADJECTIVES)


def _lone(tokens: Sequence[Token], place: int) -> Person | None:
    token = tokens[place]
    if not _is_plain_capital(token) or not _may_be_surname(tokens, place):
        return None
    if is_first_name(token):
        return Person(place, place + 1, Form.LONE)
    sure = _SURE_SURNAME.match(token.low) and token.low not in _NOT_SURNAMES
    return Person(place, place + 1, Form.LONE, place) if sure else None


# --- parts --------------------------------------------------------------------------------------


def _initials(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    """Where initials that begin at ``place`` end, and how many letters they have."""
    count = 0
    while place < len(tokens) and count < 2 and tokens[place].is_letter:
        if place + 1 < len(tokens) and tokens[place + 1].text == ".":
            place, count = place + 2, count + 1
        elif count or _is_bare_initial(tokens, place):
            place, count = place + 1, count + 1
        else:
            break
    return place, count


def _is_bare_initial(tokens: Sequence[Token], place: int) -> bool:
    """A letter without a dot, «Иванов П, 7Б»: after a surname, before a sign, a class or the end."""
    if place == 0 or not _SURE_SURNAME.match(tokens[place - 1].low):
        return False
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return after is None or after.sort in {Sort.SIGN, Sort.CLASS, Sort.NUMBER} or after.is_letter


def _after_patronymic(tokens: Sequence[Token], place: int) -> int:
    """The place after a patronymic that stands at ``place``; ``place`` itself when none does."""
    if place < len(tokens) and tokens[place].sort is Sort.WORD and _PATRONYMIC.match(tokens[place].low):
        return place + 1
    if place + 1 < len(tokens) and tokens[place].is_capital and tokens[place + 1].low in _PATRONYMIC_TAIL:
        return place + 2
    return place


def _may_be_surname(tokens: Sequence[Token], place: int) -> bool:
    """A word that could be somebody's surname: capitalised, or with the ending of surnames."""
    token = tokens[place]
    if token.sort is not Sort.WORD or len(token.text) < 2 or _is_no_name(token.low):
        return False
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is not None and _is_place(after.low) and not after.text[0].isdigit():
        return False
    if token.is_shouted or not token.is_capital:
        return _has_surname_ending(token) or (token.is_shouted and is_first_name(token))
    return True


@lru_cache(maxsize=_WORDS)
def _is_no_name(word: str) -> bool:
    """Whether a word of the lists is meant wherever it stands: «приказ», «ученик»."""
    return word in _NOT_NAMES or mark_of(word) is not None


def _is_place(word: str) -> bool:
    """Whether a word tells that what stands before it is a place: «Ивановская школа»."""
    return word in _PLACE_NEXT or (word.startswith(_HOUSE) and _HOUSE_NEXT.match(word) is not None)


def _has_surname_ending(token: Token) -> bool:
    return bool(_SURNAME.match(token.low)) and token.low not in _NOT_SURNAMES


def _is_plain_capital(token: Token) -> bool:
    return token.is_capital and len(token.text) > 1 and not token.text[1:].isupper()
