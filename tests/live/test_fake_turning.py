"""What Excel would turn into something else, our writer knows: the fake is the other opinion.

``workbooks/turning.py`` decides which texts get an apostrophe, ``fake_excel/typed.py`` what a text
becomes; they were written apart.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_excel.typed import EN, RU, Region, typed
from sheetsync.workbooks.excel_live.values import assigned
from sheetsync.workbooks.port import Out

PIECES = st.sampled_from(
    [
        *"0123456789.,/-:+ eE%()'=@#$₽\u00a0\u202f№\n\t",
        *("мая", "май", "марта", "янв", "сентября", "May", "jan", "ИСТИНА", "true", "#Н/Д"),
        *("р.", "руб.", "г.", "2024", "10", "1"),
    ]
)
TEXTS = st.one_of(st.text(min_size=1, max_size=8), st.lists(PIECES, min_size=1, max_size=6).map("".join))


def kept(text: str, region: Region) -> bool:
    """The text is in the cell as it was."""
    found = typed(str(assigned(Out(text))), region)
    return found.formula is None and found.value == text


@pytest.mark.parametrize("region", [RU, EN], ids=["ru", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "1.10",
        "10 марта 2023 г.",
        "май 2023 г.",
        "2 июн.",
        "5 р.",
        "100 руб.",
        "'цитата'",
        "'",
        "-",
        "- а",
        "@",
    ],
)
def test_texts_of_orders_and_reports_stay_texts(text: str, region: Region) -> None:
    """Found by the fake: a date with «г.» and a sum with «р.» went without an apostrophe."""
    assert kept(text, region)


@given(text=TEXTS)
def test_no_text_is_turned(text: str) -> None:
    assert kept(text, RU)
    assert kept(text, EN)
