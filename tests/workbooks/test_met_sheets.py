"""A sheet that copies have in common is read once, and is another where anything about it is."""

from __future__ import annotations

import re
from html import escape
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from attack_files import MAIN, SHEET, STRINGS, honest_parts, relations, sheet_xml, strings_xml, workbook
from sheetsync.intake.gate import Admitted, inspect
from sheetsync.intake.limits import LIGHT, LIMITS, Refusal
from sheetsync.intake.part_counts import look_at_small
from sheetsync.workbooks import parse, xlsx_reader
from sheetsync.workbooks.parse import read_book
from sheetsync.workbooks.xlsx_reader import read_xlsx

_ROWS: Final = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
_NOTES: Final = f"<comments {MAIN}><authors><author/></authors><commentList>{{}}</commentList></comments>"
_NOTE: Final = '<comment ref="B2" authorId="0"><text><t>{}</t></text></comment>'


def _met(
    sheet: str = "Отчёт", state: str = "", note: str = "раз", text: str = "а", beside: str = ""
) -> bytes:
    """One sheet that copies have in common, and what may differ around it."""
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(("comments", "../comments1.xml")),
        "xl/comments1.xml": _NOTES.format(note and _NOTE.format(note)),
    }
    book = honest_parts()["xl/workbook.xml"]
    assert isinstance(book, str)
    named = book.replace('name="Отчёт"', f'name="{sheet}"{state}')
    assert (named == book) == (sheet == "Отчёт" and not state)
    around = {"xl/workbook.xml": named, STRINGS: strings_xml(text, "б", "в")}
    return workbook({**around, SHEET: sheet_xml(_ROWS)}, more=more.items() if beside else ())


_DIFFERENT: Final[tuple[dict[str, str], ...]] = (
    {"sheet": "Другой"}, {"state": ' state="hidden"'}, {"text": "я"}, {"text": ""}, {},
    {"beside": "notes"}, {"beside": "notes", "note": "два"}, {"beside": "notes", "note": ""},
)  # fmt: skip


@given(st.lists(st.sampled_from(_DIFFERENT), min_size=3, max_size=8))
@example([{}, {}, {}, *_DIFFERENT, {}])
@example([_DIFFERENT[-1]] * 3 + [_DIFFERENT[-2]] * 2 + [_DIFFERENT[-1]])
@settings(max_examples=40, deadline=None)
def test_a_sheet_met_before_is_another_where_something_around_it_is(copies: list[dict[str, str]]) -> None:
    for changed in copies:
        assert_same_read(_met(**changed))


def assert_same_read(data: bytes) -> None:
    """The same, while what is remembered of sheets stays from copy to copy."""
    verdict = inspect(data, LIGHT)
    assert isinstance(verdict, Admitted)

    assert read_book(verdict) == read_xlsx(verdict.parts)


def test_a_sheet_of_one_copy_alone_is_not_kept() -> None:
    look_at_small.cache_clear()
    xlsx_reader._met.clear()

    assert_same_read(_met(text="одна"))
    assert not xlsx_reader._met


@given(
    st.lists(st.text("ая&<\u00a0_x", min_size=1).filter(str.strip), min_size=2, max_size=4),
    st.integers(-2, 4),
)
@settings(deadline=None)
def test_exactly_so_much_text_may_be_shown(texts: list[str], room: int) -> None:
    """Whether a bound or a count says so; the more cells show a text, the more there is of it."""
    cells = "".join(f'<c r="A{row}" t="s"><v>{row % len(texts)}</v></c>' for row in range(1, 8))
    rows = re.sub(r'(<c r="A(\d+)".*?</c>)', r'<row r="\2">\1</row>', cells)
    verdict = inspect(workbook({STRINGS: strings_xml(*map(escape, texts)), SHEET: sheet_xml(rows)}), LIGHT)
    assert isinstance(verdict, Admitted)
    (sheet,) = read_book(verdict).sheets
    shown = sum(len(cell.text) for cell in sheet.cells.values())

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parse, "LIMITS", replace(LIMITS, shown_text=shown + room))
        if room < 0:
            with pytest.raises(Refusal):
                read_book(verdict)
        else:
            assert read_book(verdict).sheets == (sheet,)
