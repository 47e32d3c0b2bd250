"""Of many names only a few are compared with a text, and the choice is the one among all."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.plan import name_index
from sheetsync.plan.name_index import NameIndex
from sheetsync.plan.names import best_name, same_name

NAMES = [
    "МБОУ «Липовская СОШ»", "Липовская СОШ", "Верхнелиповская ООШ", "МБОУ «Липовская СОШ № 2»", "СОШ № 2 с. Роща",
    "СОШ № 2 Роща", "СОШ с. Роща", "Рощинская СОШ", "Мало-Дворская СОШ", "Малодворская ООШ", "ЛСОШ № 2", "ЛСОШ",
    "Гимназия № 4", "МБОУ «Гимназия № 4 имени Героя»", "СОШ имени А. С. Пушкина", "Лицей имени Пушкина", "СОШ № 1",
    "Центр образования № 5", "Кадетская школа", "МБДОУ «Ромашка»", "Отдел образования Кратовского района",
    "Информационно-методический центр", "НОШ д. Роща", "Покровская СОШ", "Школа", "ООШ", "Рощинская СОШ № 2",
    "Мало-Дворская СОШ № 2", "СОШ № 2", "СОШ № 2 имени Героя", "Покровская СОШ № 2",
]  # fmt: skip
INDEX = NameIndex(NAMES)
WORDS = sorted(
    {word for name in NAMES for word in name.split()} | {"ИМЦ", "Л-СОШ", "М-Дворская", "школа", "-", "им."}
)

LETTERS = st.sampled_from("абвлнорсш-№2 «")


@st.composite
def misspelt(draw: st.DrawFn) -> str:
    """A name with a slip or two, or words of several names."""
    if draw(st.integers(0, 3)) == 0:
        return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
    text = draw(st.sampled_from(NAMES))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        text = draw(
            st.sampled_from(
                [
                    text[:at] + text[at + 1 :],
                    text[:at] + draw(LETTERS) + text[at:],
                    text[:at] + draw(LETTERS) + text[at + 1 :],
                ]
            )
        )
    return text


@settings(max_examples=400, deadline=None)
@given(misspelt())
def test_the_choice_is_the_one_among_all_names(text: str) -> None:
    """However a name is spelled, looking at all of them says no more."""
    assert INDEX.best(text) == best_name(text, NAMES)


def test_of_schools_with_one_number_those_are_compared_that_share_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each district has its second school; a region has hundreds."""
    compared: list[Sequence[str]] = []
    index = NameIndex([f"{name} СОШ № 2" for name in ("Липовская", "Рощинская", "Покровская", "")])

    def best(text: str, names: Sequence[str]) -> tuple[str, float] | None:
        compared.append(names)
        return best_name(text, names)

    monkeypatch.setattr(name_index, "best_name", best)

    assert index.best("Липовская СОШ № 2") == ("Липовская СОШ № 2", 1.0)
    assert compared == [["Липовская СОШ № 2", " СОШ № 2"]]


def test_a_hyphen_at_the_end_of_a_word_is_no_reason_to_stop() -> None:
    """«Липовская-» is met where a line was broken."""
    assert same_name("ЛСОШ", "Липовская- СОШ") >= 0
    assert same_name("М-Дворская СОШ", "-Дворская СОШ") >= 0


def test_signs_kept_by_another_run_find_the_same_names(monkeypatch: pytest.MonkeyPatch) -> None:
    names = tuple(NAMES)
    kept = pickle.loads(pickle.dumps(name_index.signs_of(names)))
    monkeypatch.setattr(name_index, "_known", {})
    monkeypatch.setattr(name_index, "_made", None)

    name_index.keep_signs(names, kept)
    index = NameIndex(NAMES)

    assert [index.best(text) for text in NAMES] == [best_name(text, NAMES) for text in NAMES]


def test_signs_are_the_same_in_every_process() -> None:
    """The hash of a text is another one in each."""
    program = "from sheetsync.plan.name_index import signs_of; print(list(signs_of(('ЛСОШ № 2', 'Отдел'))))"

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert told.strip() == str(list(name_index.signs_of(("ЛСОШ № 2", "Отдел"))))
