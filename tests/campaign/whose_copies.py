"""Files whose sender must be found out, each with what a coordinator expects of it.

Marks go or lie, names are spelled as people spell them, several reports lie in one file, or the
file is no report at all. Nothing is ever to be guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

import district_fixture as district
import openpyxl
from copy_desk import (
    CURATOR,
    SCHOOLS,
    UNKNOWN,
    Case,
    Desk,
    Expected,
    add,
    case,
    drop_keys,
    drop_textual_marks,
    new_book,
    pasted,
    saved,
    set_name,
    set_printed,
    set_property,
    set_sheet,
    table_only,
    values,
)
from file_damages import Place
from file_stories import google_export

from sheetsync import store
from sheetsync.model import Marks, Verdict
from sheetsync.workbooks.templates import Template, template_bytes

# --- four marks, sixteen ways to lose them, and disagreeing -------------------------------------

_SETTERS = {"property": set_property, "sheet": set_sheet, "printed": set_printed}
LIAR = "S02"
"""Whose name a lying mark bears; everything else says S01."""


def _some_marks(kept: tuple[str, ...], *, keys: bool, liar: str | None) -> Callable[[Desk], bytes]:
    def make(desk: Desk) -> bytes:
        draft = desk.draft("S01", f"-{'-'.join(kept)}-{keys}-{liar}")
        for mark, setter in _SETTERS.items():
            if mark not in kept:
                setter(draft, None)
            elif mark == liar:
                setter(draft, Marks(desk.plan_id, LIAR, 2, 1))
        if not keys:
            drop_keys(draft)
        return draft.saved()

    return make


def _declare_marks() -> None:
    for flags in product((True, False), repeat=4):
        kept = tuple(mark for mark, is_kept in zip(_SETTERS, flags, strict=False) if is_kept)
        keys = flags[3]
        name = f"marks {' '.join((*kept, *(['keys'] if keys else []))) or 'none'}"
        quiet = set() if kept else {"V204"} if keys else {"V204", "V208"}
        honest = Expected(Verdict.ACCEPTED, frozenset({"S01"}), frozenset(quiet))
        add(Case(name, _some_marks(kept, keys=keys, liar=None), honest))
        for liar in kept:
            chosen = LIAR if liar == kept[0] else "S01"
            told = {"V205", "V217"} if {"property", "sheet"} <= {*kept} and liar != "printed" else {"V205"}
            disputed = Expected(Verdict.ACCEPTED, frozenset({chosen}), frozenset(told))
            making = _some_marks(kept, keys=keys, liar=liar)
            add(Case(f"{name}, {liar} lies", making, disputed, is_rare=not keys))


_declare_marks()


@case("S01", "V205")
def property_of_nobody(desk: Desk) -> bytes:
    """The property names a code that is on no list; the other marks and the name agree."""
    draft = desk.draft("S01", "-nobody")
    set_property(draft, Marks(desk.plan_id, "Q77", 2, 1))
    return draft.saved()


@case("S01")
def property_of_nonsense(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-nonsense")
    set_property(draft, "привет")
    return draft.saved()


@case("S01", "V205 V217")
def hidden_sheet_of_nonsense(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-sheet")
    set_property(draft, None)
    set_sheet(draft, Marks(desk.plan_id, "школа", None))
    return draft.saved()


@case("", "V209")
def all_marks_of_nobody(desk: Desk) -> bytes:
    """A form of a participant the coordinator took off the list."""
    draft = desk.draft("S01", "-nobody2")
    for setter in _SETTERS.values():
        setter(draft, Marks(desk.plan_id, "S99", 2, 1))
    set_name(draft, UNKNOWN)
    return draft.saved()


@case("", "V202")
def last_years_form(desk: Desk) -> bytes:
    """The same activities of another plan."""
    return desk.draft("S01", "-last", desk.last_year / store.FORMS_FOLDER).saved()


@case("", "V202 V205")
def last_years_file_with_this_years_code(desk: Desk) -> bytes:
    """Property and hidden sheet of last year: the strongest mark decides."""
    draft = desk.draft("S01", "-last2", desk.last_year / store.FORMS_FOLDER)
    set_printed(draft, Marks(desk.plan_id, "S01", 2))
    return draft.saved()


@case("S01", "V206")
def an_older_issue(desk: Desk) -> bytes:
    return desk.draft("S01", "-old", desk.old_forms).saved()


@case("S01", "V206")
def an_older_issue_by_its_code_alone(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-old2", desk.old_forms)
    set_property(draft, None)
    set_sheet(draft, None)
    return draft.saved()


@case("S01", "V213 V217")
def a_newer_issue_than_known(desk: Desk) -> bytes:
    """The campaign was restored from an older copy of its folder."""
    draft = desk.draft("S01", "-new")
    for setter in _SETTERS.values():
        setter(draft, Marks(desk.plan_id, "S01", 7, 1))
    return draft.saved()


@case("S01", "V205")
def another_schools_form_with_ones_own_name(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-header")
    set_name(draft, SCHOOLS[1])
    return draft.saved()


@case("S01", "V214", file="Кленовская ООШ отчёт.xlsx")
def another_schools_form_told_by_the_file_name(desk: Desk) -> bytes:
    """Nothing inside says it, but the file is called after another school."""
    return desk.draft("S01", "-filename").saved()


@case("S01", "V214", file="Кленовская ООШ/форма.xlsx")
def another_schools_form_told_by_the_folder(desk: Desk) -> bytes:
    return desk.draft("S01", "-foldername").saved()


@case("S01", file="Липовская СОШ, отчёт за год (2) — копия.xlsx")
def a_file_named_after_its_school(desk: Desk) -> bytes:
    return desk.draft("S01", "-own-name").saved()


@case("", "V203 V208 V218", file="Липовская СОШ.xlsx")
def the_file_name_alone_decides_nothing(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-name-only")
    drop_textual_marks(draft, keys=True)
    set_name(draft, None)
    return draft.saved()


# --- no marks: the name in the header -----------------------------------------------------------

NAMES: dict[str, str] = {
    "МБОУ «Липовская СОШ»": "S01",
    "липовская сош": "S01",
    "Отчёт МБОУ «Липовская средняя общеобразовательная школа» за 2026 год": "S01",
    "Отчёт Липовской СОШ": "S01",
    "по Липовской школе": "S01",
    "Липавская СОШ": "S01",
    "ЛСОШ": "S01",
    "Наименование ОО: Кленовская основная школа": "S02",
    "СОШ №7": "S03",
    "Школа № 7": "S03",
    "МБОУ СОШ 7 п. Ручьи": "S03",
    "Берёзовская СОШ № 2": "S05",
    "Берёзовская школа": "",
    "Берёзовская СОШ": "",
    "СОШ №3": "",
    "Ольховская СОШ": "",
    "Нижнеольховская СОШ": "S07",
    "Гимназия 4": "S08",
    "Гимназия имени А. П. Ветрова": "",
    "Дубравинская СОШ": "S09",
    "Дубравинская основная школа": "",
    "Школа": "",
    "МБОУ СОШ": "",
    "Отдел образования администрации Тенистого района": "",
    UNKNOWN: "",
    "Липовская СОШ и Кленовская ООШ": "",
}
"""A name over a table without marks -> whose it is; nobody's where it fits two or none."""


def _named(text: str) -> Callable[[Desk], bytes]:
    def make(desk: Desk) -> bytes:
        draft = desk.draft("S01", f"-named-{list(NAMES).index(text)}")
        drop_textual_marks(draft)
        set_name(draft, text)
        return draft.saved()

    return make


for _text, _owner in NAMES.items():
    _told = Expected(
        Verdict.ACCEPTED if _owner else Verdict.UNRECOGNISED,
        frozenset({_owner} - {""}),
        frozenset({"V204" if _owner else "V203"}),
    )
    _place = list(NAMES).index(_text)
    add(Case(f"named «{_text}»", _named(_text), _told, f"имя {_place}.xlsx", is_rare=_place % 2 == 0))


@case("S01", "V205")
def ones_own_form_with_a_name_on_no_list(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-renamed")
    set_name(draft, UNKNOWN)
    return draft.saved()


@case("", "V203")
def a_better_spelled_neighbour_beside_the_name(desk: Desk) -> bytes:
    """«Школа-куратор: …» in the official spelling, the school's own name as people say it."""
    draft = desk.draft("S01", "-curated")
    drop_textual_marks(draft)
    set_name(draft, "Отчёт Липовской СОШ")
    draft.sheet["H3"].value = f"Школа-куратор: {SCHOOLS[1]}"
    for name in list(draft.book.defined_names):
        del draft.book.defined_names[name]
    return draft.saved()


@case("", "V203")
def two_schools_named_on_other_sheets(desk: Desk) -> bytes:
    """No name above the table, two elsewhere in the book."""
    draft = desk.draft("S01", "-elsewhere")
    drop_textual_marks(draft)
    set_name(draft, None)
    for number, text in enumerate(("Отчёт Липовской СОШ", SCHOOLS[1])):
        draft.book.create_sheet(f"Лист {number}")["A1"].value = text
    return draft.saved()


@case("S01", "V204")
def the_name_on_a_title_sheet(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-title")
    drop_textual_marks(draft)
    set_name(draft, None)
    draft.book.create_sheet("Титул", 0)["B5"].value = "Отчёт Липовской СОШ"
    return draft.saved()


@case("S01")
def a_draft_of_the_table_on_another_sheet(desk: Desk) -> bytes:
    """The school tried in a copy of the table first: without a name it is still the school's."""
    draft = desk.draft("S01", "-clean")
    rough = desk.draft("S01", "-rough")
    pasted(draft.book, "Черновик", table_only(rough))
    return draft.saved()


# --- other programs -----------------------------------------------------------------------------


@case("S01")
def exported_by_google(desk: Desk) -> bytes:
    """No property; hidden sheets and names stay."""
    return google_export(desk.draft("S01", "-google").saved())


@case("S01")
def exported_by_google_without_hidden_sheets(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-google2")
    set_sheet(draft, None)
    for name in list(draft.book.defined_names):
        del draft.book.defined_names[name]
    return google_export(draft.saved())


@case("S01", "V204")
def one_sheet_downloaded_from_google(desk: Desk) -> bytes:
    """Property, names, hidden sheets and the printed code are gone; keys stay."""
    draft = desk.draft("S01", "-google3")
    drop_textual_marks(draft)
    for name in list(draft.book.defined_names):
        del draft.book.defined_names[name]
    return google_export(draft.saved())


# --- pasted elsewhere ---------------------------------------------------------------------------


@case("S01")
def pasted_as_values_with_the_header(desk: Desk) -> bytes:
    return saved(new_book(("Лист1", values(desk.draft("S01", "-pasted")))))


@case("", "V203 V208")
def only_the_table_pasted(desk: Desk) -> bytes:
    """Nothing says whose it is."""
    return saved(new_book(("Лист1", table_only(desk.draft("S01", "-table")))))


@case("", "V203 V208")
def rows_pasted_without_a_header(desk: Desk) -> bytes:
    return saved(new_book(("Лист1", table_only(desk.draft("S01", "-rows"), header=False))))


@case("S01", "V204 V208")
def the_table_pasted_under_a_name(desk: Desk) -> bytes:
    cells = table_only(desk.draft("S01", "-under"))
    down = {(row + 2, column): value for (row, column), value in cells.items()}
    return saved(new_book(("Лист1", {(1, 2): "Отчёт Липовской СОШ об исполнении плана", **down})))


@case("S01", "V204 V208")
def the_sheet_is_called_after_the_school(desk: Desk) -> bytes:
    return saved(new_book(("Липовская СОШ", table_only(desk.draft("S01", "-sheet-name")))))


@case("S01")
def moved_into_the_schools_own_workbook(desk: Desk) -> bytes:
    """«Переместить или скопировать»: the sheet with its printed code among the school's own."""
    book = new_book(("Отчёт", values(desk.draft("S01", "-moved"))))
    _own_sheets(book, 5)
    return saved(book)


@case("S01")
def embedded_among_twenty_sheets(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-twenty")
    _own_sheets(draft.book, 20)
    return draft.saved()


def _own_sheets(book: openpyxl.Workbook, amount: int) -> None:
    """Other lists a school keeps: some of them name schools and have numbered tables."""
    for number in range(amount):
        sheet = book.create_sheet(f"Список {number}", number // 2)
        sheet["A1"].value = "Дежурство по Кленовской ООШ" if number % 4 == 0 else "Расписание"
        for at, head in enumerate(("№", "Класс", "Кабинет", "Примечание"), 1):
            sheet.cell(3, at).value = head
        for row in range(4, 9):
            for at, text in enumerate((row, f"{row} класс", 100 + row, f"заметка {number}-{row}"), 1):
                sheet.cell(row, at).value = text


@case("S01", "V204 V208")
def a_word_table_pasted(desk: Desk) -> bytes:
    """Numbers as text, the header repeated on every page, titles broken, cells merged."""
    draft = desk.draft("S01", "-word")
    cells = table_only(draft)
    heads = {column: text for (row, column), text in cells.items() if row == 1}
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"].value = "Информация Липовской СОШ об исполнении плана-графика"
    sheet.merge_cells("A1:H1")
    target = 3
    for row in range(1, max(at for at, _ in cells) + 1):
        if row > 1 and row % 4 == 0:
            for column, text in heads.items():
                sheet.cell(target, column).value = text
            target += 1
        for (at, column), text in cells.items():
            if at == row:
                sheet.cell(target, column).value = _as_word(text)
        target += 1
    return saved(book)


def _as_word(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(" ", "\n", 1) if len(value) > 30 else f"{value} "
    return value


# --- several in one file ------------------------------------------------------------------------


def without_code(cells: Mapping[Place, Any]) -> dict[Place, Any]:
    """Pasted cells but the printed code."""
    return {at: text for at, text in cells.items() if "участник S" not in str(text)}


def _stacked(blocks: Iterable[Mapping[Place, Any]]) -> dict[Place, Any]:
    """Blocks one under another, three empty rows between."""
    found: dict[Place, Any] = {}
    down = 0
    for block in blocks:
        found |= {(row + down, column): text for (row, column), text in block.items()}
        down += max(row for row, _ in block) + 3
    return found


@case("S01 S02 S03", "V211")
def three_schools_on_three_sheets(desk: Desk) -> bytes:
    drafts = [desk.draft(code, "-three") for code in ("S01", "S02", "S03")]
    return saved(new_book(*((one.code, values(one)) for one in drafts)))


@case("S01 S02 S03", "V208 V211")
def three_schools_by_the_names_of_sheets(desk: Desk) -> bytes:
    sheets = (("Липовская СОШ", "S01"), ("Кленовская ООШ", "S02"), ("СОШ №7", "S03"))
    return saved(new_book(*((name, table_only(desk.draft(code, "-tabs"))) for name, code in sheets)))


@case("S01 S02 S03", "V211")
def three_tables_on_one_sheet(desk: Desk) -> bytes:
    blocks = [values(desk.draft(code, "-stack")) for code in ("S01", "S02", "S03")]
    return saved(new_book(("Свод", _stacked(blocks))))


@case("S01 S02 S03", "V211")
def three_tables_named_above(desk: Desk) -> bytes:
    blocks = [without_code(values(desk.draft(code, "-stack2"))) for code in ("S01", "S02", "S03")]
    return saved(new_book(("Свод", _stacked(blocks))))


@case("S01 S02", "V211 V203")
def the_third_of_three_sheets_is_nobodys(desk: Desk) -> bytes:
    """Its answers are given to neither of the two others."""
    drafts = [desk.draft(code, "-third") for code in ("S01", "S02", "S03")]
    set_name(drafts[2], UNKNOWN)
    return saved(new_book(*((one.code, without_code(values(one))) for one in drafts)))


@case("S01 S02", "V211 V203")
def the_third_of_three_tables_is_nobodys(desk: Desk) -> bytes:
    drafts = [desk.draft(code, "-third2") for code in ("S01", "S02", "S03")]
    set_name(drafts[2], UNKNOWN)
    return saved(new_book(("Свод", _stacked(without_code(values(one)) for one in drafts))))


@case("S01", "V203")
def a_second_sheet_of_an_unknown_school(desk: Desk) -> bytes:
    """The form of one school, and beside it the report of a school not on the list."""
    one, two = desk.draft("S01", "-guest"), desk.draft("S02", "-guest2")
    set_name(two, UNKNOWN)
    pasted(one.book, "Ещё", without_code(values(two)))
    return one.saved()


@case("S01 S02", "V211")
def a_second_sheet_of_a_neighbour(desk: Desk) -> bytes:
    """The form of one school with all its marks, and the neighbour's table beside it."""
    one, two = desk.draft("S01", "-host"), desk.draft("S02", "-host2")
    set_name(one, None)
    set_printed(one, None)
    pasted(one.book, "Ещё", without_code(values(two)))
    return one.saved()


@case("S01", "V202")
def reports_of_two_years_on_two_sheets(desk: Desk) -> bytes:
    """Last year's sheet was left in the book: nothing of it is taken."""
    now = desk.draft("S01", "-now")
    before = desk.draft("S01", "-before", desk.last_year / store.FORMS_FOLDER)
    return saved(new_book(("2025", values(before)), ("2026", values(now))))


@case("S01")
def the_same_school_twice(desk: Desk) -> bytes:
    """Two halves of the year on two sheets: the answers are joined, disagreements told."""
    one, two = desk.draft("S01", "-first"), desk.draft("S01", "-second")
    return saved(new_book(("1 полугодие", values(one)), ("2 полугодие", values(two))))


@case("S01")
def a_table_cut_by_pages(desk: Desk) -> bytes:
    """The rest of the table on the next sheet, under the same header: still one report."""
    draft = desk.draft("S01", "-pages")
    cells = values(draft)
    half = draft.rows()[len(draft.rows()) // 2]
    first = {at: text for at, text in cells.items() if at[0] < half}
    rest = {
        (1 if row == draft.header else row - half + 2, column): text
        for (row, column), text in cells.items()
        if row == draft.header or row >= half
    }
    return saved(new_book(("стр. 1", first), ("стр. 2", rest)))


# --- who does not report, and what is no report -------------------------------------------------


@case("K01", "V210 V204")
def a_curator_reports(desk: Desk) -> bytes:
    draft = desk.draft("S01", "-curator")
    drop_textual_marks(draft)
    set_name(draft, CURATOR[1])
    return draft.saved()


@case("S01")
def an_empty_form(desk: Desk) -> bytes:
    form = district.form_of(desk.place, "S01")
    book = openpyxl.load_workbook(form)
    return saved(book)


@case("", "V215")
def the_district_workbook(desk: Desk) -> bytes:
    return (desk.place / store.NEW_WORKBOOK_NAME).read_bytes()


@case("", "V215")
def the_district_workbook_as_plain_sheets(desk: Desk) -> bytes:
    """Saved by a program that drops tables and names."""
    book = openpyxl.load_workbook(desk.place / store.NEW_WORKBOOK_NAME)
    for sheet in book:
        sheet.tables.clear()
    for name in list(book.defined_names):
        del book.defined_names[name]
    return saved(book)


@case("", "V216")
def the_template_of_forms(desk: Desk) -> bytes:
    return template_bytes(Template.FORM)


@case("", "V215")
def the_template_of_the_district_workbook(desk: Desk) -> bytes:
    return template_bytes(Template.DISTRICT)


@case("", "V201")
def another_workbook(desk: Desk) -> bytes:
    book = new_book(("Меню", {(1, 1): "Меню столовой", (2, 1): "каша", (2, 2): 3}))
    _own_sheets(book, 3)
    return saved(book)


@case("", "V202")
def another_plan_without_marks(desk: Desk) -> bytes:
    """A table of the same shape about something else."""
    draft = desk.draft("S01", "-other")
    for at, row in enumerate(draft.rows()):
        draft.cell(row, "title").value = f"Ремонт кровли корпуса {at}"
    drop_textual_marks(draft, keys=True)
    return draft.saved()
