"""Who is meant by a word of the office: a code, a name, another spelling."""

from __future__ import annotations

import pytest

from sheetsync.district.reading import find_participant
from sheetsync.model import Participant

ROSTER = (
    Participant("S01", "МБОУ «Липовская СОШ № 2»", "Липовская СОШ № 2", ("ЛСОШ-2",)),
    Participant("S02", "МБОУ «Кленовская ООШ»", "Кленовская ООШ"),
    Participant("S03", "МБОУ «Ольховская НОШ»", "Кленовская ООШ."),
)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("S02", "S02"),
        ("s01", "S01"),
        ("лсош 2", "S01"),
        ("мбоу «ольховская  нош»", "S03"),
        ("КЛЕНОВСКАЯ ООШ.", "S02"),  # of two spelled alike the first in the roster
        ("Дубовская СОШ", None),
        ("", None),
    ],
)
def test_letters_alone_tell_who_is_meant(word: str, code: str | None) -> None:
    found = find_participant(word, ROSTER)

    assert (found and found.code) == code
    assert find_participant(word, list(ROSTER)) == found
