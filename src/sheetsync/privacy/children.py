"""Whose name is it: of the people named in a text, the children (and their parents).

The words nearest to a name decide: a class or «ученик» beside it, the heading of a list above it;
a colleague's post, a street, an author tell the opposite. A name with nothing beside it is let be.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.privacy.births import birth_marks
from sheetsync.privacy.glance import suspects
from sheetsync.privacy.health import health_marks
from sheetsync.privacy.marks import Mark, mark_of
from sheetsync.privacy.normal import Normal, normal
from sheetsync.privacy.persons import Form, Person, persons_of, span_of
from sheetsync.privacy.spans import Span
from sheetsync.privacy.tokens import Sort, Token, tokens_of

_LEFTWARDS: Final = 7
"""So many words may stand between «обучающиеся» and the first name."""

_SIGNS: Final = frozenset(',;:-()/"+')
_HEADING: Final = frozenset({"список", "списки", "списка", "состав", "списком"})
_NAMING: Final = frozenset({"фио", "фамилия", "имя"})
_HAVING: Final = frozenset({"имеет", "имеющий", "имеющая", "страдает"})
_AGE: Final = frozenset({"лет", "года", "год"})
_OLDEST: Final = 18
_GRADES: Final = 11
_GOVERNING: Final = frozenset(
    ("в", "во", "с", "со", "для", "на", "по", "у", "к", "о", "об", "от", "при", "над", "среди", "между", "из")
)
_TO_CLASS: Final = frozenset({"из", "в", "учится", "дата"})
_ENDINGS: Final = "аеоуыюяимй"
_GROWN_UP: Final = frozenset({Mark.STAFF, Mark.AUTHOR})
_OBLIQUE_CLASS: Final = ("класса", "классе", "классу", "классом")
_AFTER_HEADING: Final = ("", ":", "-")
_RIGHTS: Final = ("прав", "защит", "дел")


class Whose(Enum):
    """Whom a name belongs to."""

    CHILD = auto()
    OTHER = auto()
    UNKNOWN = auto()


class _Beside(Struct, frozen=True):
    """What stands left of a name: the mark, the sign that parts them, how many words are between."""

    mark: Mark | None
    sign: str = ""
    words: int = 0
    is_class: bool = False

    @property
    def is_parted(self) -> bool:
        return bool(self.sign)


def children(said: Normal, allowed: Container[str] = ()) -> Iterator[Span]:
    """The names of children; ``allowed`` are people the plan itself names (``KnownPeople``)."""
    tokens = tokens_of(said)
    people = persons_of(tokens)
    if not people:
        return
    for person, whose in _Decision(said, tokens, people).made().items():
        if whose is Whose.CHILD and known_as(person, tokens) not in allowed:
            yield span_of(person, tokens)


def known_people(texts: Iterable[str]) -> frozenset[str]:
    """Everybody these texts name in full, so that they are known again in any case."""
    found: set[str] = set()
    for text in texts:
        tokens = tokens_of(normal(text))
        found |= {known_as(one, tokens) for one in persons_of(tokens) if one.form is Form.FORMAL}
    return frozenset(found)


class KnownPeople:
    """Those people, looked for when the first child is met that may be one of them."""

    def __init__(self, texts: Collection[str] = ()) -> None:
        self._texts = texts

    def __contains__(self, name: object) -> bool:
        return name in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        return known_people(suspects(self._texts))


def known_as(person: Person, tokens: Sequence[Token]) -> str:
    """A surname without its ending and the first letters of the names: «иванов и и»."""
    parts = [
        tokens[place].low for place in range(person.first, person.last) if tokens[place].sort is Sort.WORD
    ]
    surname = tokens[person.surname].low if person.surname is not None else ""
    letters = " ".join(part[0] for part in parts if part != surname)
    return f"{surname.rstrip(_ENDINGS)} {letters}"


class _Decision:
    """Judges every person of one text; a list passes the judgement of its first name on."""

    def __init__(self, said: Normal, tokens: Sequence[Token], people: Sequence[Person]) -> None:
        self._tokens = tokens
        self._people = people
        self._marks = [mark_of(token.low) if token.sort is Sort.WORD else None for token in tokens]
        self._owner = {place: one for one in people for place in range(one.first, one.last)}
        self._private = frozenset((*birth_marks(said), *health_marks(said)))

    def made(self) -> Mapping[Person, Whose]:
        found: dict[Person, Whose] = {}
        for person in self._people:
            before = self._previous_in_list(person)
            inherited = found.get(before, Whose.UNKNOWN) if before else Whose.UNKNOWN
            found[person] = self._judged(person, inherited)
        for person in reversed(self._people):  # «Иванов, Петров и Сидоров (7Б)»
            before = self._previous_in_list(person)
            if before and found[person] is Whose.CHILD and found[before] is Whose.UNKNOWN:
                found[before] = Whose.CHILD
        return found

    def _judged(self, person: Person, inherited: Whose) -> Whose:
        if self._is_title(person):
            return Whose.OTHER
        left, right = self._left(person), self._right(person)
        if right is Mark.STAFF and _is_called_child(left, person):
            return Whose.CHILD
        if (
            right is Mark.STAFF
            or left.mark is Mark.NAMESAKE
            or (left.mark in _GROWN_UP and not left.is_parted)
        ):
            return Whose.OTHER
        if right is Mark.CHILD:
            return Whose.OTHER if left.mark is Mark.STAFF and person.form is Form.FORMAL else Whose.CHILD
        if left.mark in _GROWN_UP:
            return Whose.OTHER
        if left.mark and left.mark is not Mark.STOP and _speaks_of_child(left, person):
            return Whose.CHILD
        return inherited if left.mark is None else Whose.UNKNOWN

    def _is_title(self, person: Person) -> bool:
        """«Евгений Онегин» in quotation marks."""
        around = self._tokens[max(0, person.first - 1)], self._tokens[min(person.last, len(self._tokens) - 1)]
        return all(token.text == '"' for token in around)

    # --- to the left

    def _left(self, person: Person) -> _Beside:
        """The nearest mark before a name, over classes, signs and a few words."""
        sign, words, marked = "", 0, None
        place = person.first - 1
        while place >= 0 and words <= _LEFTWARDS and place not in self._owner:
            token, mark = self._tokens[place], self._marks[place]
            if self._is_list_of_class(place):
                return _Beside(Mark.CHILD, sign, words)
            if token.sort is Sort.CLASS:
                marked = marked or _Beside(self._mark_of_class(place), sign, words, is_class=True)
            elif mark is Mark.STOP or self._ends_sentence(place):
                break
            elif mark and mark is not Mark.PASS:
                return self._weighed(place, _Beside(mark, sign, words), marked)
            elif token.sort is Sort.SIGN:
                sign = sign or (token.text if token.text in _SIGNS else "")
            elif token.sort is Sort.WORD:
                words += 1
            elif token.sort is Sort.MASKED:
                break
            place -= 1
        return marked or _Beside(None)

    def _weighed(self, place: int, met: _Beside, in_class: _Beside | None) -> _Beside:
        """A mark that was met; a class on the way says that it is a child, unless a colleague's."""
        mark = met.mark
        if mark is Mark.STAFF:
            return replace(met, sign="") if in_class else met
        before = [token.low for token in self._tokens[max(0, place - 4) : place]]
        if mark is Mark.OF_CHILD and before and before[-1] in _NAMING:
            return replace(met, mark=Mark.CHILD)
        if mark is Mark.OF_CHILDREN:
            if _HEADING & set(before):
                return replace(met, mark=Mark.CHILD)
            if in_class is None and self._has_colleague_before(place):
                return replace(met, mark=Mark.STAFF)
        if mark in {Mark.OF_CHILD, Mark.OF_CHILDREN} and self._is_about_rights(place):
            return replace(met, mark=Mark.STAFF)
        if in_class and mark in {Mark.AUTHOR, Mark.NAMESAKE}:
            return in_class
        if in_class and mark is Mark.WINNER:
            return replace(met, mark=Mark.CHILD)
        return met

    def _mark_of_class(self, place: int) -> Mark:
        """«в 7Б классе» is a place, «программа 5 класса» a thing, «7Б:» a heading."""
        before = self._tokens[place - 1] if place else None
        if before is None or before.sort is not Sort.WORD:
            return Mark.CHILD
        is_of_thing = self._tokens[place].low.endswith(_OBLIQUE_CLASS)
        return Mark.OF_CHILDREN if is_of_thing or before.low in _GOVERNING else Mark.CHILD

    def _is_list_of_class(self, place: int) -> bool:
        """«Список класса»: the class has no figure, so that no mark says it."""
        is_class = self._low(place).startswith("класс") and self._tokens[place].sort is Sort.WORD
        return is_class and place > 0 and self._low(place - 1) in _HEADING

    def _has_colleague_before(self, place: int) -> bool:
        for before in range(place - 1, max(-1, place - _LEFTWARDS), -1):
            if self._marks[before] is Mark.STAFF:
                return True
            if self._marks[before] is Mark.STOP and self._tokens[before].low not in {"по", "для", "при"}:
                return False
        return False

    def _is_about_rights(self, place: int) -> bool:
        return place > 0 and self._tokens[place - 1].low.startswith(_RIGHTS)

    def _ends_sentence(self, place: int) -> bool:
        """A full stop that closes a sentence; after «кл.», «г.», initials and figures it does not."""
        token = self._tokens[place]
        if token.text in "!?":
            return True
        if token.text != "." or place == 0:
            return False
        before = self._tokens[place - 1]
        return before.sort is Sort.WORD and len(before.text) > 4

    # --- to the right

    def _right(self, person: Person) -> Mark | None:
        """What follows a name at once: its class, age, «ученик», a post; signs may stand between."""
        for place in range(person.last, min(len(self._tokens), person.last + 7)):
            token, mark = self._tokens[place], self._marks[place]
            if token.start in self._private or self._is_apposition(place):
                return Mark.CHILD
            if person.form is Form.CHILDLIKE and self._is_age_or_grade(place):
                return Mark.CHILD
            if token.sort is Sort.CLASS:
                return self._class_after(person, place)
            if mark in {Mark.CHILD, Mark.STAFF}:
                return mark
            if mark is Mark.WINNER and person.form is not Form.FORMAL:
                continue
            if place in self._owner or mark or token.text == ".":
                return None
            if token.low in _HAVING and self._speaks_of_health(place + 1):
                return Mark.CHILD
            if token.sort is Sort.WORD and token.low not in _TO_CLASS:
                return None
        return None

    def _is_apposition(self, place: int) -> bool:
        """«Злате, ученице 4А»."""
        return self._marks[place] is Mark.OF_CHILD and self._tokens[place - 1].text in {",", "-"}

    def _is_age_or_grade(self, place: int) -> bool:
        """«Рыбаков Николай (8)», «Юдин Марк, 6 лет»; «стаж 6 лет» is a grown-up's."""
        token = self._tokens[place]
        if token.sort is not Sort.NUMBER:
            return False
        before, after, further = (self._low(place + step) for step in (-1, 1, 2))
        if before == "(" and after == ")":
            return int(token.text) <= _GRADES
        return after in _AGE and int(token.text) < _OLDEST and not further.startswith(("стаж", "работ"))

    def _speaks_of_health(self, place: int) -> bool:
        return place < len(self._tokens) and self._tokens[place].start in self._private

    def _low(self, place: int) -> str:
        return self._tokens[place].low if place < len(self._tokens) else ""

    def _class_after(self, person: Person, place: int) -> Mark | None:
        """«Иванов П.С., 7Б» is a pupil; «Иванова И.И. в 7Б», «Иванова И.И., 7Б, учитель» are not."""
        if person.form is not Form.FORMAL:
            return Mark.CHILD
        if self._tokens[place - 1].low in _GOVERNING - {"из"}:
            return None
        further = range(place + 1, min(len(self._tokens), place + 6))
        posts = [one for one in further[:2] if self._marks[one] is Mark.STAFF]
        is_own = posts and not any(one in self._owner for one in further)
        return Mark.STAFF if is_own else Mark.CHILD

    # --- lists

    def _previous_in_list(self, person: Person) -> Person | None:
        """Who stands before in the same list: only signs, figures, classes and «и» between."""
        place = person.first - 1
        while place >= 0 and self._continues(place):
            place -= 1
        return self._owner.get(place)

    def _continues(self, place: int) -> bool:
        token = self._tokens[place]
        if place in self._owner:
            return False
        if token.sort is Sort.WORD:
            return token.low in {"и", "а", "место", "балл", "баллов", "м", "кл", "класс"}
        return token.text not in "!?"


def _is_called_child(left: _Beside, person: Person) -> bool:
    """«Ученица Ветрова Оля провела урок»: the word that stands before her weighs more than the next."""
    is_beside = not left.is_parted and not left.words and not left.is_class
    return is_beside and left.mark is Mark.CHILD and person.form is not Form.FORMAL


def _speaks_of_child(left: _Beside, person: Person) -> bool:
    """Does what stands left make this form of a name a child's?"""
    if person.form in {Form.LONE, Form.PAIR}:
        is_headed = left.mark is Mark.CHILD and left.sign == ":" and person.form is Form.LONE
        return (
            left.mark in {Mark.CHILD, Mark.OF_CHILD} and not left.words and (is_headed or not left.is_parted)
        )
    match left.mark:
        case Mark.CHILD:
            return person.form is not Form.FORMAL or not left.is_class or left.sign in _AFTER_HEADING
        case Mark.OF_CHILD:
            return not left.is_parted or person.form is Form.CHILDLIKE
        case Mark.OF_CHILDREN | Mark.WINNER:
            return person.form is Form.CHILDLIKE
    return False
