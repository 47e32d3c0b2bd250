"""What a school typed becomes answers; what is understood otherwise than typed is said."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from issued_copies import FIRST_ROW, HEADER_ROW, ORIGIN, cell_name, filled, issued, the_plan
from msgspec.structs import replace

from sheetsync.columns import FORM_INDICATORS, REPORT, FormCell
from sheetsync.findings import CATALOGUE, advice_of, fact_of
from sheetsync.grid import Area, Book, Cell, Sheet, a1, position
from sheetsync.intake.known import Known
from sheetsync.intake.read import CopyReading, read_copy
from sheetsync.intake.statuses import read_status
from sheetsync.model import Entry, Field, Finding, Status, Submission

PLAN = the_plan()
BLANK = issued(PLAN, "S01")
KNOWN = Known.of(BLANK)
ROW = FIRST_ROW + 1
"""The row of the first activity, K01X; the row above it is the title of a section."""


def with_cells(changes: dict[str, Cell | None], book: Book = BLANK, sheet: int = 0) -> Book:
    """The form with some cells of a sheet changed; None empties a cell."""
    one = book.sheets[sheet]
    cells = dict(one.cells) | {position(at): cell for at, cell in changes.items() if cell}
    for at in (at for at, cell in changes.items() if cell is None):
        cells.pop(position(at), None)
    return replace(
        book, sheets=(*book.sheets[:sheet], dataclasses.replace(one, cells=cells), *book.sheets[sheet + 1 :])
    )


def read(changes: dict[str, Cell | None], **more: object) -> Submission:
    book = replace(with_cells(changes), **more)  # type: ignore[arg-type]
    return submission(read_copy(book, PLAN, ORIGIN, KNOWN))


def submission(reading: CopyReading) -> Submission:
    (one,) = reading.submissions
    return one


def answer(found: Submission, column: str, activity: str = "K01X") -> Field:
    entry = next(one for one in found.entries if one.activity == activity)
    return entry.fields[column]


def said(found: Submission) -> list[str]:
    return sorted({finding.code for finding in found.findings})


def finding(found: Submission, code: str) -> Finding:
    return next(one for one in found.findings if one.code == code)


# --- a clean copy -------------------------------------------------------------------------------


def test_an_untouched_form_says_nothing() -> None:
    """Every row is there, nothing is answered, nothing is remarked."""
    found = read({})
    assert len(found.entries) == len(PLAN.rows_of("S01"))
    assert all(entry.is_empty for entry in found.entries)
    assert (found.findings, found.unplaced, found.declared_ready) == ((), (), False)


def test_a_tick_whose_name_is_lost_is_known_by_its_label() -> None:
    """Names of cells broke: «Отчёт готов» still stands left of the tick."""
    place = BLANK.names[FormCell.READY].rpartition("!")[2].replace("$", "")
    found = read({place: Cell("да")}, names={})
    assert found.declared_ready
    assert [one.code for one in found.findings if one.code[0] == "R"] == ["R332"]


def test_every_cell_knows_where_it_came_from() -> None:
    """File, sheet and cell of each answer."""
    book, _ = filled(PLAN, "S01")
    found = submission(read_copy(book, PLAN, ORIGIN, KNOWN))
    origins = {field.origin for entry in found.entries for field in entry.fields.values()}
    assert all(book.sheets[0].at(*position(one.cell)).text for one in origins)
    assert {one.sheet for one in origins} == {REPORT.sheet}


def test_text_stays_byte_for_byte() -> None:
    """Spaces, line breaks and a leading sign are the school's."""
    text = "=1+1  два\nстроки\u00a0 "
    assert answer(read({cell_name(ROW, "info"): Cell(text)}), "info").text == text


# --- statuses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Выполнено", Status.DONE),
        ("исполнено.", Status.DONE),
        ("да", Status.DONE),
        ("+", Status.DONE),
        ("✓", Status.DONE),
        ("Выполнено 15.03.2023, приказ № 5", Status.DONE),
        ("выполненно", Status.DONE),
        ("в процессе", Status.IN_PROGRESS),
        ("Выполняется", Status.IN_PROGRESS),
        ("частично", Status.PARTLY),
        ("Выполнено не в полном объёме", Status.PARTLY),
        ("нет", Status.NOT_DONE),
        ("не выполненно", Status.NOT_DONE),
        ("невыполнено", Status.NOT_DONE),
        ("н/т", Status.NOT_REQUIRED),
        ("планируется", Status.NOT_STARTED),
        ("выполнено, но не всё", None),
        ("выполнено на 50 %", Status.PARTLY),
        ("Проведено 2 из 4", Status.PARTLY),
        ("проведено 4 из 4 семинаров", Status.DONE),
        ("50 %", Status.PARTLY),
        ("0 %", None),
        ("выполнено?", None),
        ("будет выполнено", None),
        ("выполнено / в работе", None),
        ("выполнено (частично)", Status.PARTLY),
        ("Bыпoлнeнo", Status.DONE),
        ("вьіполнено", Status.DONE),
        ("Done", Status.DONE),
        ("not started", Status.NOT_STARTED),
        ("✔️", Status.DONE),
        ("не выполнено (причина: нет педагога)", Status.NOT_DONE),
        ("не требуется: нет таких классов", Status.NOT_REQUIRED),
        ("в работе (50 %)", Status.IN_PROGRESS),
        ("не начато, срок не наступил", Status.NOT_STARTED),
        ("выполнено частично или нет", None),
        ("15.03.2023", None),
        ("нормально", None),
        ("-", None),
        ("", None),
    ],
)
def test_status_in_other_words(text: str, status: Status | None) -> None:
    """Plain words are understood; a text that may mean two things is not."""
    assert read_status(text) is status


def test_an_understood_status_is_said() -> None:
    """The свод shows the status, the finding shows what was typed."""
    found = read({cell_name(ROW, "status"): Cell("исполнено")})
    assert (answer(found, "status").value, answer(found, "status").text) == (Status.DONE, "исполнено")
    assert "исполнено" in fact_of(finding(found, "R311"))


def test_an_unknown_status_is_kept_as_text() -> None:
    """The text stays in the answer, the finding lists the choices."""
    found = read({cell_name(ROW, "status"): Cell("15.03.2023")})
    assert (answer(found, "status").value, answer(found, "status").text) == (None, "15.03.2023")
    assert Status.DONE.value in advice_of(finding(found, "R310"))


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (date(2023, 3, 15), None),
        ("15.03.2023", None),
        (45000.0, "R313"),
        ("15 марта", "R313"),
        ("весной", "R312"),
        (7, "R312"),
    ],
)
def test_dates_typed_in_every_way(value: object, code: str | None) -> None:
    """A date, a text, a serial number; what is no date stays as text and is said."""
    found = read({cell_name(ROW, "done_on"): Cell(value)})  # type: ignore[arg-type]
    assert said(found) == ([code] if code else [])
    assert answer(found, "done_on").value == (None if code == "R312" else date(2023, 3, 15))


# --- links, notes, errors -----------------------------------------------------------------------


def test_links_from_target_formula_and_text() -> None:
    """A hyperlink, HYPERLINK() and a written address; a link in the information stays there."""
    found = read({
        cell_name(ROW, "link"): Cell("тут", links=("https://a.example/1",)),
        cell_name(ROW, "document"): Cell("приказ", formula='HYPERLINK("https://a.example/2","приказ")'),
        cell_name(ROW, "info"): Cell("сделано, см. https://a.example/3."),
    })  # fmt: skip
    assert answer(found, "link").links == ("https://a.example/1",)
    assert answer(found, "document").links == ("https://a.example/2",)
    assert answer(found, "info").links == ("https://a.example/3",)


def test_a_note_stays_with_the_answer() -> None:
    """A comment on an answer cell, even on an empty one."""
    found = read({cell_name(ROW, "info"): Cell(comment="спросить у директора")})
    assert answer(found, "info").comment == "спросить у директора"
    assert said(found) == ["R316"]


def test_errors_and_formulas_without_a_value_are_said() -> None:
    """#ССЫЛКА! and a formula nobody calculated."""
    found = read({cell_name(ROW, "info"): Cell("#ССЫЛКА!"), cell_name(ROW, "document"): Cell(formula="A1")})
    assert said(found) == ["R314", "R319"]


# --- the office's cells -------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["title", "deadline", "responsible", "result"])
def test_a_changed_plan_text_is_quoted(key: str) -> None:
    """Was, now and the place; the answer keeps the plan's row."""
    found = read({cell_name(ROW, key): Cell("другой текст школы"), cell_name(ROW, "info"): Cell("сделано")})
    assert answer(found, "info").text == "сделано"
    one = finding(found, "R309")
    assert "другой текст школы" in fact_of(one)
    assert one.origin.cell == cell_name(ROW, key)


def test_a_changed_number_is_said_once_a_cell() -> None:
    """7 instead of 1.1."""
    assert "«7»" in fact_of(finding(read({cell_name(ROW, "number"): Cell(7)}), "R321"))


def test_a_number_made_a_date_is_understood() -> None:
    """1.1 became the first of January."""
    assert finding(read({cell_name(ROW, "number"): Cell(date(2023, 1, 1))}), "R318").activity == "K01X"


def test_a_reply_in_the_remark_column_is_kept() -> None:
    """The school answered where the office writes."""
    found = read({cell_name(ROW, "remark"): Cell("исправили, проверьте")})
    assert [one.text for one in found.unplaced] == ["исправили, проверьте"]
    assert said(found) == ["R328"]


def test_what_the_check_column_computes_is_not_an_answer() -> None:
    """Recalculated or pasted as a value; an own word there is kept."""
    assert said(read({cell_name(ROW, "check"): Cell("готово")})) == []
    assert said(read({cell_name(ROW, "check"): Cell("всё сделали!")})) == ["R328"]


# --- what is no answer --------------------------------------------------------------------------


def test_a_row_not_owed_goes_aside() -> None:
    """The school answered the office's own activity K09X."""
    plan_row = PLAN.row("K09X")
    assert plan_row
    last = max(row for row, _ in BLANK.sheets[0].cells) + 1
    found = read({
        cell_name(last, "title"): Cell(plan_row.title), cell_name(last, "key"): Cell("K09X"),
        cell_name(last, "info"): Cell("выступили"),
    })  # fmt: skip
    assert [one.text for one in found.unplaced] == ["выступили"]
    assert said(found) == ["R317"]


def test_a_row_of_the_schools_own_goes_aside_whole() -> None:
    """Title and answers of an unknown activity."""
    last = max(row for row, _ in BLANK.sheets[0].cells) + 1
    found = read({cell_name(last, "title"): Cell("Поход в музей"), cell_name(last, "info"): Cell("сходили")})
    assert {one.text for one in found.unplaced} == {"Поход в музей", "сходили"}
    assert said(found) == ["R305"]


def test_an_answer_beside_a_section_title_goes_aside() -> None:
    """The section's row is no activity."""
    found = read({cell_name(FIRST_ROW, "info"): Cell("по всему разделу сделано")})
    assert [one.text for one in found.unplaced] == ["по всему разделу сделано"]
    assert [CATALOGUE[code].severity.value for code in said(found)] == ["внимание"]


def test_shapes_and_hidden_names_are_kept() -> None:
    """A text box over the sheet, a text hidden in a defined name."""
    report = dataclasses.replace(BLANK.sheets[0], texts=("Позвоните нам",))
    book = replace(
        BLANK, sheets=(report, *BLANK.sheets[1:]), names={**BLANK.names, "заметка": '"тайное слово"'}
    )
    found = submission(read_copy(book, PLAN, ORIGIN, KNOWN))
    assert {one.text for one in found.unplaced} == {"Позвоните нам", "тайное слово"}
    assert said(found) == ["R307"]


def test_the_same_words_elsewhere_are_the_offices() -> None:
    """The form's own lines, moved: no answer, no remark."""
    found = read({"C6": Cell("Заполняйте белые ячейки."), "A6": None})
    assert (found.unplaced, said(found)) == ((), [])


def test_a_merged_answer_belongs_to_its_first_row() -> None:
    """One document for three rows: placed once, and said."""
    at = cell_name(ROW, "document")
    row, column = position(at)
    merged = dataclasses.replace(
        with_cells({at: Cell("приказ № 5")}).sheets[0], merges=(Area(row, column, row + 2, column),)
    )
    found = submission(read_copy(replace(BLANK, sheets=(merged, *BLANK.sheets[1:])), PLAN, ORIGIN, KNOWN))
    assert answer(found, "document").text == "приказ № 5"
    assert said(found) == ["R326"]


def test_two_answers_to_one_activity_are_both_met() -> None:
    """A copied row: what agrees is said once, what differs goes aside, what is new fills a gap."""
    line = BLANK.sheets[0].row(ROW)
    last = max(row for row, _ in BLANK.sheets[0].cells) + 1
    copy: dict[str, Cell | None] = {a1(last, column): cell for column, cell in line.items()}
    found = read({
        cell_name(ROW, "status"): Cell("выполнено"), cell_name(ROW, "info"): Cell("первый"),
        **copy, cell_name(last, "status"): Cell("выполнено"), cell_name(last, "info"): Cell("второй"),
        cell_name(last, "reason"): Cell("добавлено"),
    })  # fmt: skip
    assert (answer(found, "info").text, answer(found, "reason").text) == ("первый", "добавлено")
    assert [one.text for one in found.unplaced] == ["второй"]
    assert said(found) == ["R306"]


# --- columns ------------------------------------------------------------------------------------


def test_a_renamed_column_is_said() -> None:
    """An alias instead of the declared header."""
    found = read(
        {cell_name(HEADER_ROW, "info"): Cell("Что сделано"), cell_name(ROW, "info"): Cell("провели")}
    )
    assert answer(found, "info").text == "провели"
    assert said(found) == ["R301"]


def test_a_column_twice_is_not_mixed() -> None:
    """A second «Статус» right of the table."""
    at = len(REPORT.columns) + 1
    found = read({a1(HEADER_ROW, at): Cell("Статус"), a1(ROW, at): Cell("выполнено")})
    assert {one.text for one in found.unplaced} == {"Статус", "выполнено"}
    assert said(found) == ["R322", "R330"]


# --- tick and indicators ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "ready"), [("да", True), ("✓", True), (True, True), ("x", True), ("нет", False)]
)
def test_the_tick(value: object, ready: bool) -> None:
    """«Отчёт готов» in the words people tick with."""
    at = BLANK.names[FormCell.READY].rpartition("!")[2].replace("$", "")
    found = read({at: Cell(value)})  # type: ignore[arg-type]
    assert found.declared_ready is ready
    assert len(found.findings) == 1


def test_indicators_are_read_by_key_and_title() -> None:
    """Figures, a figure with its unit, equal titles of two years, a row of the school's own."""
    changes: dict[str, Cell | None] = {
        "E3": Cell(85.0), "F3": Cell("справка № 3"), "E4": Cell("97,5 %"), "E5": Cell(99),
        "G4": None, "A6": Cell("Своё число"), "E6": Cell(5),
    }  # fmt: skip
    book = with_cells(changes, sheet=1)
    found = submission(read_copy(book, PLAN, ORIGIN, KNOWN))
    facts = [(one.indicator.year, one.fields["fact"].value) for one in found.indicators]
    assert facts == [(2023, 85.0), (2023, 97.5), (2024, 99.0)]
    assert found.indicators[0].fields["comment"].text == "справка № 3"
    assert {one.text for one in found.unplaced} == {"Своё число", "5"}
    assert said(found) == ["R320"]
    assert book.sheets[1].name == FORM_INDICATORS.sheet


def test_without_the_issued_form_nothing_is_lost_either() -> None:
    """The caller has no issued form: the form's own lines are listed rather than dropped."""
    book, expected = filled(PLAN, "S01")
    found = submission(read_copy(book, PLAN, ORIGIN))
    assert {(one.activity, key): f.text for one in found.entries for key, f in one.fields.items()} == expected
    assert "Заполняйте белые ячейки." in {one.text for one in found.unplaced}


def test_an_entry_tells_how_it_was_matched() -> None:
    """Below a key, confidence and way are said in the entry too."""
    found = read({cell_name(ROW, "key"): None})
    entry: Entry = found.entries[0]
    assert (entry.match.value, entry.confidence) == ("number+title", 1.0)
    assert said(found) == ["R303"]


def test_a_book_of_marks_only_is_accepted() -> None:
    """The report sheet was deleted; what is left is kept."""
    book = replace(BLANK, sheets=(*BLANK.sheets[1:], Sheet("Письмо", {(1, 1): Cell("отчёт пришлём позже")})))
    found = submission(read_copy(book, PLAN, ORIGIN, KNOWN))
    assert found.entries == ()
    assert [one.text for one in found.unplaced] == ["отчёт пришлём позже"]
