"""What a shield has looked at already: a text that stands in many cells and copies is looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from sheetsync.patterns import at_first_use
from sheetsync.privacy.glance import suspects
from sheetsync.privacy.tables import speaks_of_cells

PHONE_SCHEMES: Final = ("tel:", "sms:")
"""How addresses begin that are a phone by themselves."""

_ADDRESSED: Final = at_first_use(r'"(?:mailto|tel|sms|https?|file):', re.IGNORECASE)
_PHONE: Final = PHONE_SCHEMES[0]
_MOST: Final = 65_536
"""Texts and formulas that are remembered; the forms of one campaign repeat each other."""


class Seen:
    """Texts looked at: in which something personal was found, which tell of the cells beside or below.

    The texts of issued forms are remembered for all copies, those of a copy only with it.
    """

    def __init__(self, office: Seen | None = None) -> None:
        self.telling: set[str] = set()
        self.speaking: set[str] = set()
        self.telling_links: set[str] = set()
        self._office = office
        self._texts: set[str] = set()
        self._links: set[str] = set()
        self._formulas: set[str] = set()

    def of_a_copy(self) -> Seen:
        """For one copy, beside what is known of the office's texts."""
        return Seen(self._office or self)

    def is_of_one_campaign(self, other: Seen) -> bool:
        """Whether both know the same texts of the office."""
        return (self._office or self) is (other._office or other)

    def look_at(self, texts: AbstractSet[str], is_telling: Callable[[str], bool]) -> None:
        """Look at those of the texts that are new."""
        new = texts - self._texts
        if self._office:
            new -= self._office._texts
            self.speaking |= texts & self._office.speaking
        if new:
            self._texts |= new
            self.telling |= {text for text in _doubtful(new) if is_telling(text)}
            self.speaking |= speaks_of_cells(new)

    def look_at_links(self, links: AbstractSet[str], is_telling: Callable[[str], bool]) -> None:
        """Look at those of the addresses that are new."""
        new = links - self._links
        if new:
            self._links |= new
            said = {link: link.replace("_", " ") for link in new}
            doubtful = set(suspects(set(said.values())))
            doubted = (
                link
                for link, words in said.items()
                if words in doubtful or link[: len(_PHONE)].lower() in PHONE_SCHEMES
            )
            self.telling_links |= {link for link in doubted if is_telling(link)}

    def doubtful_formulas(self, formulas: AbstractSet[str]) -> AbstractSet[str]:
        """Those of the formulas whose quoted words are worth a close look; copies repeat the rest."""
        memory = self._office or self
        new = formulas - memory._formulas
        if not new:
            return new
        said = {formula: '"'.join(formula.split('"')[1::2]) for formula in new}
        strange = set(suspects({words.replace("_", " ") for words in said.values()}))
        doubtful = {
            formula
            for formula, words in said.items()
            if words.replace("_", " ") in strange or _ADDRESSED.search(f'"{words}')
        }
        if len(memory._formulas) > _MOST:
            memory._formulas.clear()
        memory._formulas |= new - doubtful
        return doubtful

    def learn(self, texts: AbstractSet[str], is_telling: Callable[[str], bool]) -> None:
        """Remember for all copies those texts of a form in which no copy can find anything."""
        office = self._office or self
        new = texts - office._texts
        if not new:
            return
        if len(office._texts) > _MOST:
            office._texts.clear()
        calm = new - {text for text in _doubtful(new) if is_telling(text)}
        office._texts |= calm
        office.speaking |= speaks_of_cells(calm)


def _doubtful(texts: AbstractSet[str]) -> Iterator[str]:
    """Texts worth a close look; an address inside a formula is read otherwise than words are."""
    yield from suspects(texts)
    yield from (text for text in texts if text.startswith("=") and _ADDRESSED.search(text))
