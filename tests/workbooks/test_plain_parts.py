"""What is written plainly is judged, read and counted by pattern exactly as by a walk over its XML."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from mutants import KINDS, mutant, packed, parts_of

from attack_files import (
    MAIN,
    STRINGS,
    sheet_xml,
    strings_xml,
    with_sheet,
    workbook,
)
from attacks import ATTACKS, HARMLESS
from sheetsync.grid import Book, a1
from sheetsync.intake import part_counts
from sheetsync.intake.gate import Admitted, Refused, inspect
from sheetsync.intake.limits import LIGHT, LIMITS
from sheetsync.intake.plain_lists import PlainRelations, PlainStrings, plain_relations, plain_strings
from sheetsync.intake.plain_notes import PlainNotes, plain_notes
from sheetsync.intake.plain_sheet import PlainSheet, plain_sheet
from sheetsync.intake.plain_xml import NotPlain, spoken
from sheetsync.workbooks import census_plain, census_xlsx, xlsx_plain
from sheetsync.workbooks.census import Item
from sheetsync.workbooks.census_notes import plain_remarks
from sheetsync.workbooks.parse import count_items, read_book
from varied_workbooks import VARIED, filled_form

PER_KIND: Final = 6
_SHEET: Final = "xl/worksheets/sheet1.xml"
_Outcome = tuple[Refused | Admitted, Book | str, tuple[Item, ...] | None]


def outcome(data: bytes) -> _Outcome:
    """What becomes of a file: the verdict, the book or the name of the error, the count."""
    inspect.cache_clear()
    verdict = inspect(data, LIGHT)
    if isinstance(verdict, Refused):
        return verdict, "", None
    try:
        book: Book | str = read_book(verdict)
    except Exception as error:  # noqa: BLE001 - the same error is the same outcome
        book = f"{type(error).__name__}: {error}"
    return verdict, book, count_items(data, verdict)


@contextmanager
def nothing_is_plain() -> Iterator[None]:
    def odd(*_: object) -> None:
        raise census_plain.Odd

    part_counts.look_at_small.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(part_counts, "plain_form", lambda *_: None)
        for name in ("plain_cells", "plain_links", "plain_texts", "plain_remarks"):
            patch.setattr(census_xlsx, name, odd)
        yield
    part_counts.look_at_small.cache_clear()


def assert_same(data: bytes) -> None:
    quick = outcome(data)
    with nothing_is_plain():
        slow = outcome(data)

    assert quick[:2] == slow[:2]
    assert _order(quick[1]) == _order(slow[1])
    if isinstance(slow[1], Book):  # else the second reader counts what it read
        assert quick[2] == slow[2]


def _order(book: Book | str) -> list[list[tuple[int, int]]]:
    return [] if isinstance(book, str) else [list(sheet.cells) for sheet in book.sheets]


@pytest.mark.parametrize("kind", VARIED)
def test_a_workbook_is_the_same_either_way(kind: str) -> None:
    assert_same(VARIED[kind]())


@pytest.mark.libreoffice
def test_what_libreoffice_saved_is_plain_and_the_same_either_way(
    saved_by_libreoffice: dict[str, bytes],
) -> None:
    assert_same(saved_by_libreoffice["xlsx"])
    assert set(kinds_in(saved_by_libreoffice["xlsx"])) >= {PlainSheet, PlainStrings}


def kinds_in(data: bytes) -> list[type]:
    verdict = inspect(data)
    assert isinstance(verdict, Admitted)
    return [type(one) for one in verdict.plain.values()]


@pytest.mark.parametrize("kind", VARIED)
def test_every_sheet_that_usual_programs_save_is_plain(kind: str) -> None:
    data = VARIED[kind]()
    rows = [one for one in parts_of(data).values() if b"<sheetData>" in one]

    assert kinds_in(data).count(PlainSheet) == len(rows)


def test_texts_addresses_and_notes_of_a_form_are_plain() -> None:
    assert {PlainStrings, PlainRelations, PlainNotes} <= set(kinds_in(filled_form()))
    assert PlainNotes in kinds_in(VARIED["книга openpyxl"]())


@pytest.mark.parametrize("attack", [*ATTACKS, *HARMLESS], ids=lambda one: one.name)
def test_odd_and_hostile_files_end_the_same_either_way(attack: object) -> None:
    data = attack.make()  # type: ignore[attr-defined]
    if len(data) < 1 << 20:
        assert_same(data)


@pytest.mark.parametrize("kind", KINDS)
def test_spoilt_copies_end_the_same_either_way(kind: str) -> None:
    for number in range(PER_KIND):
        assert_same(mutant(KINDS[kind], filled_form(), number))


CRUMBS: Final = (
    *("<", ">", "&", "&amp;", "&#1054;", "&#0;", "&#xD800;", "&bogus;", "]]>", "<!-- x -->", "<![CDATA[a]]>"),
    *(
        "<?pi x?>",
        '"',
        "\x01",
        "\ufffe",
        "\r\n",
        " ",
        '<c r="A1"/>',
        '<c r="B2" t="s"><v>0</v></c>',
        "</row>",
    ),
    *('<row r="5">', '<row r="900"/>', "</c>", "<v/>", "<v>1</v>", "<is><t>x</t></is>", "<f>1+1</f>"),
    *(' hidden="1"', ' zz:q="1"', ' r="1"', "<sheetData>", "</sheetData>", "<hyperlinks>", "_x000D_"),
    *('<hyperlink ref="A1:B3" r:id="rId1"/>', "<si><t>я</t></si>", "<si><r><t>а</t></r></si>", "<si/>"),
    '<Relationship Id="rId1" Type="http://x.example/hyperlink" Target="http://q" TargetMode="External"/>',
    *('<comment ref="B2" authorId="0"><text><t>ещё</t></text></comment>', "<author>tc=1</author>", "<t/>"),
    *('<comment ref="B2" authorId="7"><text/></comment>', "<text>", "<r><t>я</t></r>", "<rPr/>", "<b/>"),
)
_FORM: Final = parts_of(filled_form())
_LISTED: Final = sorted(one for one in _FORM if "sheet1" in one or "Strings" in one or "comments" in one)


@given(st.sampled_from(_LISTED), st.sampled_from(CRUMBS), st.integers(0, 10_000), st.integers(0, 1))
@example(_SHEET, '<c r="B2" t="s"><v>0</v></c>', 10_000, 0)
@example("xl/sharedStrings.xml", "<si/>", 613, 1)
@settings(max_examples=300, deadline=None)
def test_a_crumb_anywhere_changes_nothing_but_the_way(name: str, crumb: str, where: int, after: int) -> None:
    part = _FORM[name]
    places = [at for at, one in enumerate(part) if one in b'<>"']
    at = places[where * (len(places) - 1) // 10_000] + after

    assert_same(packed({**_FORM, name: part[:at] + crumb.encode() + part[at:]}))


def test_a_shared_formula_and_a_link_over_an_area_are_read() -> None:
    rows = (
        '<row r="1" hidden="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c><c r="B2" t="b"><v>1</v></c></row>'
    )
    after = '<hyperlinks><hyperlink ref="A1:B2" location="Лист!A1" display="x"/></hyperlinks>'

    assert_same(with_sheet(rows, after=after))
    assert_same(with_sheet(rows))


_TEXT: Final = st.sampled_from(("а", "б", " ", "", "Ромашка &amp; Ко", "_x000D_"))
_IN_CELLS: Final = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1"><v>5</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>0</v></c></row>'
)
_COMPUTED: Final = '<row r="3"><c r="A3" t="s"><f>A1</f><v>1</v></c></row>'


@given(st.lists(st.tuples(_TEXT, _TEXT, _TEXT), min_size=2, max_size=4), st.sampled_from(("", _COMPUTED)))
@settings(max_examples=60, deadline=None)
def test_a_sheet_met_before_shows_the_texts_of_its_own_book(
    copies: list[tuple[str, str, str]], more: str
) -> None:
    for texts in copies:
        assert_same(workbook({_SHEET: sheet_xml(_IN_CELLS + more), STRINGS: strings_xml(*texts)}))


@pytest.mark.parametrize("kind", ["", ' t="s"', ' t="str"', ' t="b"', ' t="e"'])
@pytest.mark.parametrize(
    "value", ["", "0", "00", " 0", "7", "4097", "1.5", "да", "а&amp;б", "_x0041_", "а\r\nб"]
)
def test_a_stored_value_is_the_same_either_way(kind: str, value: str) -> None:
    cells = f'<c r="A1" t="s"><v>0</v></c><c r="B1"{kind}><v>{value}</v></c><c r="C1"{kind}><f>1</f><v>{value}</v></c>'

    assert_same(with_sheet(f'<row r="1">{cells}<c r="D1"><f>2</f></c><c r="E1"><v>3</v></c></row>'))


_NOTE: Final = '<comment ref="B2" authorId="0" shapeId="0"><text>{}</text></comment>'
_NOTES: Final = f"<comments {MAIN}><authors><author>Школа</author>{{}}</authors><commentList>{{}}</commentList></comments>"


# --- what must not pass for plain -----------------------------------------------------------------

_PLAIN_ROW: Final = '<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>да</t></is></c></row>'
NOT_PLAIN: Final = {
    "a comment": sheet_xml(f"<!-- x -->{_PLAIN_ROW}"),
    "a comment in the frame": sheet_xml(_PLAIN_ROW, after="<!-- <hyperlinks> -->"),
    "a section of characters": sheet_xml('<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>'),
    "another encoding": sheet_xml(_PLAIN_ROW, head='<?xml version="1.0" encoding="windows-1251"?>'),
    "a DOCTYPE": sheet_xml(_PLAIN_ROW, head='<?xml version="1.0"?><!DOCTYPE x>'),
    "a cell written twice": sheet_xml(f"{_PLAIN_ROW}{_PLAIN_ROW}"),
    "a cell without an address": sheet_xml('<row r="1"><c><v>1</v></c></row>'),
    "a cell beyond the sheet": sheet_xml('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
    "a row beyond the sheet": sheet_xml('<row r="1"><c r="A1048577"><v>1</v></c></row>'),
    "an attribute twice": sheet_xml('<row r="1" r="1"><c r="A1"><v>1</v></c></row>'),
    "a prefix nobody declared": sheet_xml('<row r="1" x14ac:dyDescent="0.25"><c r="A1"><v>1</v></c></row>'),
    "a cell outside the rows": sheet_xml(_PLAIN_ROW, after='<c r="B1"><v>1</v></c>'),
    "rows among the extensions": f"<worksheet {MAIN}><extLst><sheetData>{_PLAIN_ROW}</sheetData></extLst></worksheet>",
    "rows of no worksheet": f"<chartsheet {MAIN}><sheetData>{_PLAIN_ROW}</sheetData></chartsheet>",
    "an entity nobody knows": sheet_xml(_PLAIN_ROW.replace("да", "&bogus;")),
    "a character XML has not": sheet_xml(_PLAIN_ROW.replace("да", "&#1;")),
    "a value that ends before it begins": sheet_xml(
        '<row r="1"><c r="A1"></v>1<v></c><c r="B1"><v>2</v></c></row>'
    ),
    "a value inside a value": sheet_xml('<row r="1"><c r="A1"><v>1<v>2</v></c><c r="B1">3</v></c></row>'),
    "two values in a cell": sheet_xml('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>'),
    "a value outside the cells": sheet_xml('<row r="1"><c r="A1"><v>1</v></c><v>2</v></row>'),
    "a tag in a value": sheet_xml('<row r="1"><c r="A1"><v>1<b/></v></c><c r="B1"><v>2</v></c></row>'),
    "a character XML has not in a value": sheet_xml('<row r="1"><c r="A1" t="str"><v>да&#1;</v></c></row>'),
    "text between cells": sheet_xml(f"текст{_PLAIN_ROW}"),
    "the end of a section in a text": sheet_xml(_PLAIN_ROW.replace("да", "]]>")),
}


@pytest.mark.parametrize("what", NOT_PLAIN)
def test_a_sheet_with_anything_else_is_not_plain(what: str) -> None:
    part = NOT_PLAIN[what].encode()

    with pytest.raises(NotPlain):
        plain_sheet(part)
    assert_same(workbook({_SHEET: part}))


def test_the_same_row_without_it_is() -> None:
    assert len(plain_sheet(sheet_xml(_PLAIN_ROW).encode()).cells) == 1


def test_cells_without_a_value_stand_between_those_with_one() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>раз</t></is></c><c r="B1"><v>1</v></c><c r="C1"/>'
        '<c r="D1"><f>1+1</f></c><c r="E1" t="inlineStr"><is><t>два</t></is></c><c r="F1"><v/></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f>A2</f></c></row>'
    )
    plain = plain_sheet(sheet_xml(rows).encode())

    assert [a1(*one) for one in plain.places] == ["A1", "B1", "D1", "E1", "F1", "A2", "B2"]
    assert plain.places == tuple(one.place for one in plain.cells)
    assert plain.values == (None, b"1", None, None, None, b"2", None)
    assert plain.marked_up == 8
    assert_same(with_sheet(rows))


@pytest.mark.parametrize(
    "inside",
    [
        "<si><t>а</t></si><x/>",
        "<si><t>а</t></si>б<si><t>в</t></si>",
        "<si><t>]]></t></si>",
        "<si><t>&x;</t></si>",
    ],
)
def test_texts_with_anything_else_are_not_plain(inside: str) -> None:
    with pytest.raises(NotPlain):
        plain_strings(f"<sst {MAIN}>{inside}</sst>".encode())


def test_two_addresses_of_one_name_are_not_plain() -> None:
    one = '<Relationship Id="r1" Type="http://x.example/hyperlink" Target="http://q" TargetMode="External"/>'
    assert plain_relations(f"<Relationships>{one}</Relationships>".encode()).addresses == {"r1": "http://q"}

    with pytest.raises(NotPlain):
        plain_relations(f"<Relationships>{one}{one}</Relationships>".encode())


_COMMENTS: Final = next(one for one in _FORM if "comments" in one)
_SAID: Final = '<r><rPr><b/><sz val="9"/></rPr><t>раз &amp;amp;</t></r><t xml:space="preserve">\r\nдва</t>'
ODD_NOTES: Final = {
    "a colour twice in one attribute": _NOTE.format('<r><rPr><color rgb="1" rgb="2"/></rPr><t>а</t></r>'),
    "half an entity in each of two runs": _NOTE.format("<t>&am</t><t>p;</t>"),
    "a phonetic reading": _NOTE.format("<r><t>а</t></r><rPh><t>б</t></rPh>"),
    "a prefix nobody declared": _NOTE.replace(' shapeId="0"', ' xr:uid="0"').format("<t>а</t>"),
    "a place beyond the sheet": _NOTE.replace("B2", "XFE1").format("<t>а</t>"),
    "words between notes": f"слова{_NOTE.format('<t>а</t>')}",
    "a comment of XML": f"<!-- x -->{_NOTE.format('<t>а</t>')}",
    "the end of a section": _NOTE.format("<t>]]></t>"),
    "a note inside a note": _NOTE.format(_NOTE.format("<t>а</t>")),
    "a list twice": "</commentList><commentList>",
    "a note outside the list": f"</commentList>{_NOTE.replace(' ref', chr(10) + 'ref').format('<t>а</t>')}<commentList>",
    "an author in other quotes": _NOTE.replace('authorId="0"', "authorId='1'").format("<t>а</t>"),
}


@pytest.mark.parametrize("what", ODD_NOTES)
def test_notes_with_anything_else_are_not_plain(what: str) -> None:
    part = _NOTES.format("<author>tc=1</author>", ODD_NOTES[what]).encode()

    with pytest.raises(NotPlain):
        plain_notes(part)
    assert_same(packed({**_FORM, _COMMENTS: part}))


@pytest.mark.parametrize("author", ["", "<author>tc={1}</author>", "<author/>"])
@pytest.mark.parametrize("number", ["0", "1", "2", "12"])
def test_notes_are_heard_and_stand_ins_for_threads_are_not(author: str, number: str) -> None:
    note = _NOTE.replace('authorId="0"', f'authorId="{number}"')
    part = _NOTES.format(author, note.format(_SAID) + note.replace("B2", "C3").format("<t> </t>")).encode()

    assert plain_notes(part).notes[0].text == "раз &amp;\nдва"
    assert plain_remarks(part)[0][0] == ("B2", int(number), "раз &amp;\nдва")
    assert_same(packed({**_FORM, _COMMENTS: part}))


@pytest.mark.parametrize(
    ("raw", "meant"), [("a&amp;lt;", "a&lt;"), ("&#1054;&#x41E;", "ОО"), ("&quot;&apos;", "\"'")]
)
def test_characters_are_meant_as_xml_means_them(raw: str, meant: str) -> None:
    assert spoken(raw) == meant
    assert census_plain.meant(raw) == meant


def test_sums_never_say_less_than_a_look_at_every_element() -> None:
    """What the sums let in, a count element by element lets in."""
    data = filled_form()
    verdict = inspect(data)
    assert isinstance(verdict, Admitted)
    plain = {name: part_counts.plain_form(part, LIMITS) for name, part in verdict.parts.items()}
    for name, part in verdict.parts.items():
        quick = part_counts.counted(name, part, plain[name], LIMITS)
        slow = part_counts.counted(name, part, None, LIMITS)
        for field in ("elements", "cells", "links", "linked_area", "strings", "merges", "styles"):
            assert getattr(quick, field) >= getattr(slow, field), (name, field)
        assert quick.weights[name] >= slow.weights[name]
        assert (quick.uses, quick.sheet_parts) == (slow.uses, slow.sheet_parts)


def test_a_book_over_a_limit_by_the_sums_alone_is_looked_at_closer() -> None:
    data = filled_form()
    with nothing_is_plain():
        exact = sum(one.elements for one in _counts(data))
    inspect.cache_clear()

    assert isinstance(inspect(data, replace(LIMITS, elements=exact)), Admitted)
    assert isinstance(inspect(data, replace(LIMITS, elements=exact - 1)), Refused)


def _counts(data: bytes) -> list[part_counts.Totals]:
    verdict = inspect(data)
    assert isinstance(verdict, Admitted)
    return [part_counts.counted(name, part, None, LIMITS) for name, part in verdict.parts.items()]


def test_what_is_remembered_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sheetsync.intake.plain_sheet._REMEMBERED", 300)
    monkeypatch.setattr("sheetsync.workbooks.xlsx_plain._NUMBERED", 3)
    monkeypatch.setattr("sheetsync.workbooks.census_plain._REMEMBERED", 300)

    assert_same(filled_form())


def test_a_long_sheet_is_not_kept_for_copies_that_do_not_have_it() -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><v>5</v></c></row>' for at in range(1, 5_001))
    assert_same(workbook({_SHEET: sheet_xml(rows)}))

    assert max((len(one.plain.cells) for one in xlsx_plain._read.values()), default=0) <= xlsx_plain._FEW


def test_the_same_markup_under_other_styles_is_another_value() -> None:
    """A cell's place and text are remembered, never what another book makes of its number."""
    for make in (VARIED["даты с 1904 года"], VARIED["даты около 1900 года"], VARIED["все виды чисел"]):
        assert_same(make())
