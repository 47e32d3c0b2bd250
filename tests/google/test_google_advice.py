"""What a finding advises where the copy is a sheet in Google: nobody sends such a copy anew."""

from __future__ import annotations

from datetime import datetime

import pytest

from sheetsync.campaign.form_names import copy_name
from sheetsync.findings import CATALOGUE, advice_of, make
from sheetsync.model import Origin

IN_GOOGLE = Origin(copy_name("S01 Липовская СОШ", datetime(2026, 11, 22, 14, 5)))
SENT = Origin("S01 Липовская СОШ.xlsx")
OF_ONE_COPY = [code for code, detail in CATALOGUE.items() if detail.in_google]


def given() -> dict[str, str]:
    return dict.fromkeys(("column", "quote", "rows"), "…")


@pytest.mark.parametrize("code", OF_ONE_COPY)
def test_a_sheet_in_google_is_corrected_where_it_is(code: str) -> None:
    advice = advice_of(make(code, origin=IN_GOOGLE, **given()))

    assert "пришлите" not in advice
    assert "прислать" not in advice
    assert advice != advice_of(make(code, origin=SENT, **given()))


@pytest.mark.parametrize("code", ["P903", "P906", "P907"])
def test_what_was_deleted_in_google_is_said_to_stay_in_its_history(code: str) -> None:
    assert "истории версий" in advice_of(make(code, origin=IN_GOOGLE, quote="…"))


@pytest.mark.parametrize(
    "name", ["отчёт (Google, 22.11.2026 14:05).xlsx", "S01 (Google).xlsx", "", "S01 (Google)"]
)
def test_a_file_is_never_taken_for_a_sheet_in_google(name: str) -> None:
    assert not Origin(name).is_in_google
    assert "пришлите форму ещё раз" in advice_of(make("P903", origin=Origin(name), quote="…"))


def test_other_advice_is_the_same_for_both() -> None:
    assert advice_of(make("C404", origin=IN_GOOGLE)) == advice_of(make("C404", origin=SENT))
