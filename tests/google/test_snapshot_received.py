"""A school answers in Google or in a file: the consolidation sees the same entries, findings and ledger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from google_sheet import GoogleSheet, chip, day, error, formula, number, runs, text, truth
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from snapshot_copies import SCHOOL, Campaign, InFile, new_campaign, outcome, written

from sheetsync.columns import FORM_SHEET, MARKS_SHEET, FormCell
from sheetsync.model import Verdict
from sheetsync.workbooks.census import census
from sheetsync.workbooks.google.snapshot import snapshot_bytes

LINK = "https://shkola.example/prikaz?n=5"
OTHER_LINK = "https://shkola.example/приказы/6"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    return new_campaign(tmp_path_factory.mktemp("google"))


# --- the same answers in both -----------------------------------------------------------------------

InGoogle = Callable[[GoogleSheet], None]


def typed(row: str, column: str, cell: dict[str, Any]) -> InGoogle:
    return lambda sheet: sheet.type(row, column, cell)


def in_place(place: str, cell: dict[str, Any]) -> InGoogle:
    return lambda sheet: sheet.put(FORM_SHEET, place, cell)


def in_file(place: str, value: Any) -> InFile:
    def write(sheet: Any) -> None:
        sheet[place].value = value

    return write


SAME: dict[str, tuple[InGoogle, InFile]] = {
    "nothing more": (lambda _: None, lambda _: None),
    "a date in a text column": (
        typed("1.1", "document", day(date(2026, 1, 30))),
        written("1.1", "document", datetime(2026, 1, 30), number_format="dd.mm.yyyy"),
    ),
    "a date with an hour": (
        typed("1.1", "info", day(datetime(2026, 1, 30, 14, 5))),
        written("1.1", "info", datetime(2026, 1, 30, 14, 5), number_format="dd.mm.yyyy hh:mm"),
    ),
    "a date as words": (
        typed("1.1", "done_on", text("в феврале 2026 г.")),
        written("1.1", "done_on", "в феврале 2026 г."),
    ),
    "a number that is text": (typed("2.1", "info", text("1.10")), written("2.1", "info", "1.10")),
    "a number": (typed("2.1", "info", number(12.0, "12")), written("2.1", "info", 12)),
    "a percent": (
        typed("2.1", "info", number(0.85, "85%", "PERCENT", "0%")),
        written("2.1", "info", 0.85, number_format="0%"),
    ),
    "money": (
        typed("2.1", "info", number(1500.5, "1 500,50 ₽", "CURRENCY", '#,##0.00 "₽"')),
        written("2.1", "info", 1500.5, number_format='#,##0.00 "₽"'),
    ),
    "an hour": (
        typed("2.1", "info", number(0.6041666666666666, "14:30", "TIME", "hh:mm")),
        written("2.1", "info", 0.6041666666666666, number_format="hh:mm"),
    ),
    "lines, emoji and spaces": (
        typed("2.1", "info", text("Занятия\nпо средам 🙂, 5\u00a0классы  ")),
        written("2.1", "info", "Занятия\nпо средам 🙂, 5\u00a0классы  "),
    ),
    "a link on the whole cell": (
        typed("1.1", "link", text("приказ на сайте", hyperlink=LINK)),
        written("1.1", "link", "приказ на сайте", hyperlink=LINK),
    ),
    "an address as text": (
        typed("1.1", "link", text(LINK, hyperlink=LINK)),
        written("1.1", "link", LINK),
    ),
    "a link by formula": (
        typed("1.1", "link", formula(f'=HYPERLINK("{LINK}";"приказ")', text("приказ", hyperlink=LINK))),
        written("1.1", "link", "приказ", hyperlink=LINK),
    ),
    "a note": (
        typed("1.1", "info", text("Сделано.", note="Уточню у завуча")),
        written("1.1", "info", "Сделано.", comment=Comment("Уточню у завуча", "")),
    ),
    "a formula's error": (
        typed("2.1", "info", error("REF", "=A99+#REF!", "#REF!")),
        written("2.1", "info", "#REF!"),
    ),
    "a status of its own": (typed("2.2", "status", text("сделали")), written("2.2", "status", "сделали")),
    "words beside the table": (
        in_place("H30", text("Спасибо за работу!")),
        in_file("H30", "Спасибо за работу!"),
    ),
    "the office's text changed": (
        typed("1.2", "title", text("Самодиагностика")),
        written("1.2", "title", "Самодиагностика"),
    ),
    "an answer erased": (typed("1.2", "info", {}), written("1.2", "info", None)),
    "words that begin like a formula": (
        typed("2.1", "info", text("=не формула")),
        written("2.1", "info", "=не формула", data_type="s"),
    ),
}


@pytest.mark.parametrize("case", SAME)
def test_an_answer_typed_in_google_is_the_answer_typed_into_a_file(case: str, campaign: Campaign) -> None:
    in_google, in_the_file = SAME[case]
    sheet = campaign.sheet()
    in_google(sheet)

    google = outcome(campaign, snapshot_bytes(sheet.answer()))

    assert google == outcome(campaign, campaign.file(in_the_file))
    assert google["verdict"] is Verdict.ACCEPTED
    assert google["ledger"][0][-1] == 0


# --- what only Google does --------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """What a school did, the answers it must have in the свод by (number, column), and what is told."""

    do: InGoogle
    answers: dict[tuple[str, str], tuple[str, tuple[str, ...]]]
    told: tuple[str, ...] = ()


def _renamed(sheet: GoogleSheet) -> None:
    sheet.titles[FORM_SHEET] = "Отчет 2026"


def _own_tab(sheet: GoogleSheet) -> None:
    sheet.add_tab("Черновик")
    sheet.put("Черновик", "B2", text("Список на педсовет"))


def _copied_tab(sheet: GoogleSheet) -> None:
    sheet.copy_tab("Копия Отчёт")
    sheet.put("Копия Отчёт", "H8", text("В копии написано иначе."))


def _inserted(sheet: GoogleSheet) -> None:
    row = sheet.insert_row_above("1.2")
    sheet.cells[FORM_SHEET, row, sheet.column_of("info")] = text("и ещё одно занятие")


def _filtered(sheet: GoogleSheet) -> None:
    sheet.hidden_rows.add((FORM_SHEET, sheet.row_of("2.1"), 0))


def _ticked(cell: dict[str, Any]) -> InGoogle:
    def tick(sheet: GoogleSheet) -> None:
        sheet.put(FORM_SHEET, sheet.book.names[FormCell.READY].rpartition("!")[2], cell)

    return tick


_DONE = {(row, "status"): ("выполнено", ()) for row in ("1.1", "1.2", "2.1", "2.2", "2.3")}
STORIES: dict[str, Story] = {
    "a file as a chip": Story(
        typed("1.1", "link", chip("Приказ №5.pdf", uri=LINK)), {("1.1", "link"): ("Приказ №5.pdf", (LINK,))}
    ),
    "a chip that shows its placeholder alone": Story(
        typed("1.1", "link", chip("@", uri=LINK)), {("1.1", "link"): ("@", (LINK,))}
    ),
    "a person as a chip, whose address is covered": Story(
        typed("1.1", "document", chip("приказ, исп. Петрова", email="p@shkola.example")),
        {("1.1", "document"): ("приказ, исп. Петрова", ("mailto:p***@shkola.example",))},
    ),
    "two links in one cell": Story(
        typed("1.1", "link", runs("приказ и протокол", ("приказ", LINK), ("протокол", OTHER_LINK))),
        {("1.1", "link"): ("приказ и протокол", (LINK, OTHER_LINK))},
    ),
    "an address Google wrote in per cents": Story(
        typed("1.1", "link", text(OTHER_LINK, hyperlink="https://shkola.example/%D0%BF%D1%80%D0%B8%D0%BA%D0%B0%D0%B7%D1%8B/6/")),
        {("1.1", "link"): (OTHER_LINK, (OTHER_LINK,))},
    ),
    "a link put on the office's words": Story(
        typed("1.1", "result", text("Приказ по школе", hyperlink="http://shkola.example")), {}, ("R328",)
    ),
    "a formula of its own": Story(
        typed("2.1", "info", formula('="Занятий: "&12', text("Занятий: 12"))), {("2.1", "info"): ("Занятий: 12", ())}
    ),
    "a formula still being computed": Story(
        typed("2.1", "info", formula("=IMPORTDATA(A1)", {"effectiveValue": {"errorValue": {"type": "LOADING"}}, "formattedValue": "Загрузка..."})),
        {},
        ("R319",),
    ),
    "a tick as the form has it": Story(_ticked(text("да")), _DONE, ("R332",)),
    "a tick of its own": Story(_ticked(truth(value=True)), _DONE, ("R332",)),
    "a tick taken back": Story(_ticked({}), _DONE),
    "a box nobody ticked": Story(_ticked(truth(value=False)), _DONE),
    "rows sorted": Story(lambda sheet: sheet.swap_rows("1.1", "2.3"), _DONE),
    "a row deleted": Story(lambda sheet: sheet.delete_row("2.2"), {one: _DONE[one] for one in _DONE if one[0] != "2.2"}),
    "a row inserted": Story(_inserted, _DONE, ("R305",)),
    "rows filtered out": Story(_filtered, _DONE, ("R315",)),
    "the tab renamed": Story(_renamed, _DONE, ("R308",)),
    "a tab of its own": Story(_own_tab, _DONE, ("R307",)),
    "the tab copied": Story(_copied_tab, _DONE, ("R306",)),
}  # fmt: skip


@pytest.mark.parametrize("case", STORIES)
def test_what_only_google_does_is_read_and_accounted_for(case: str, campaign: Campaign) -> None:
    story, sheet = STORIES[case], campaign.sheet()
    story.do(sheet)
    copy = campaign.received(snapshot_bytes(sheet.answer()))
    found = campaign.consolidated(copy)
    numbers = {row.key: row.number for row in campaign.plan.rows}
    answers = {
        (numbers[one.activity], column): (cell.text, cell.links)
        for one in found.outcomes
        if one.participant == SCHOOL and one.entry
        for column, cell in one.entry.fields.items()
    }

    assert copy.verdict is Verdict.ACCEPTED
    assert [line.unaccounted for line in found.ledger] == [0]
    assert {place: answers.get(place) for place in story.answers} == story.answers
    assert set(story.told) <= {one.code for one in found.findings}


def test_an_untouched_sheet_holds_nothing_but_the_offices_texts(campaign: Campaign) -> None:
    sheet = GoogleSheet.of(campaign.form)
    copy = campaign.received(snapshot_bytes(sheet.answer()))
    (line,) = campaign.consolidated(copy).ledger

    assert (line.filled, line.unaccounted) == (0, 0)
    assert copy.office
    assert not any(row.fields for part in copy.submissions for row in part.entries)


def test_what_stands_in_google_is_spelled_as_in_the_form_that_was_sent(campaign: Campaign) -> None:
    """The office's dates, numbers, words and notes: only what formulas show is newer in Google."""
    sent = {(one.sheet, one.cell, one.kind): one.text for one in census(campaign.form)}
    now = {
        (one.sheet, one.cell, one.kind): one.text
        for one in census(snapshot_bytes(GoogleSheet.of(campaign.form).answer()))
    }

    assert now.keys() == sent.keys()
    assert [at[1] for at in now if now[at] != sent[at] and not sent[at].startswith("=")] == []


# --- anything anywhere --------------------------------------------------------------------------------

_LINKS = st.sampled_from([LINK, OTHER_LINK, "mailto:p@shkola.example", "#gid=0"])
_WORDS = st.sampled_from(
    [
        "да",
        "выполнено",
        "1.1",
        "01.02.2026",
        "нет статуса",
        "готово",
        "№",
        "Отчёт готов",
        "@",
        "#N/A",
        "=A1",
        "45000",
        " ",
    ]
) | st.text(max_size=8)
_TYPED = st.one_of(
    st.builds(text, _WORDS),
    st.builds(text, _WORDS, note=_WORDS),
    st.builds(text, _WORDS, hyperlink=_LINKS),
    st.builds(
        number,
        st.integers(-5, 50_000) | st.floats(-10, 50_000),
        kind=st.sampled_from(["", "DATE", "TIME", "PERCENT"]),
    ),
    st.builds(lambda value: truth(value=value), st.booleans()),
    st.builds(chip, _WORDS, uri=_LINKS),
    st.builds(lambda words: formula("=A1", text(words)), _WORDS),
    st.just({}),
)
_PLACES = st.tuples(
    st.sampled_from([FORM_SHEET, "Показатели", "Как заполнять", MARKS_SHEET]),
    st.integers(1, 16),
    st.integers(1, 15),
)


def test_whatever_is_typed_wherever_adds_up(campaign: Campaign) -> None:
    """Even over the office's own texts, the keys and the marks."""

    @settings(max_examples=40, deadline=None)
    @given(st.dictionaries(_PLACES, _TYPED, max_size=6))
    def adds_up(cells: dict[tuple[str, int, int], dict[str, Any]]) -> None:
        sheet = campaign.sheet()
        sheet.cells |= cells
        copy = campaign.received(snapshot_bytes(sheet.answer()))

        assert "X999" not in {one.code for one in copy.findings}
        assert [line.unaccounted for line in campaign.consolidated(copy).ledger] == [0]

    adds_up()
