"""The table of answers is found wherever and under whatever header it stands."""

from __future__ import annotations

from markdown_book import book_from
from sheetsync.columns import REPORT
from sheetsync.grid import Book
from sheetsync.intake.locate import Found, find_tables, report_of
from sheetsync.model import Plan, PlanRow, Settings

PLAN = Plan(
    Settings(plan_id="KRTV", years=(2023,)),
    (
        PlanRow("K01X", "1.1", "", "Педагогический совет", "Март 2023", responsible="ОО", reporters=("S01",)),
        PlanRow("K02X", "1.2", "", "Родительское собрание", "Май 2023", responsible="ОО", reporters=("S01",)),
        PlanRow("K03X", "1.3", "", "Открытый урок", "Июнь 2023", responsible="ОО", reporters=("S01",)),
    ),
    (),
)


def found(md: str, **options: object) -> list[Found]:
    return list(find_tables(book_from(md, **options), report_of(PLAN)))  # type: ignore[arg-type]


def columns(md: str) -> dict[str, int]:
    (one,) = found(md)
    return dict(one.columns)


def test_columns_in_any_order() -> None:
    """The status was dragged to the front."""
    assert columns("""
    | Статус    | № | Мероприятие          | Ссылка |
    |-----------|---|----------------------|--------|
    | выполнено |1.1| Педагогический совет |        |
    """) == {"status": 1, "number": 2, "title": 3, "link": 4}


def test_a_table_lower_and_further_right_on_a_later_sheet() -> None:
    """Titles above, an empty column before, another sheet first."""
    (one,) = found("""
    ## Титул
    | Отчёт школы |
    ## Данные
    | | | УТВЕРЖДАЮ |
    | |
    | | | №   | Мероприятия          | Статус исполнения |
    | | | 1.1 | Педагогический совет | да                |
    """)
    assert (one.sheet.name, one.header, one.columns["title"]) == ("Данные", (3,), 4)


def test_a_header_over_two_rows() -> None:
    """A caption over two columns, their own headers below; a header broken into two cells."""
    (one,) = found("""
    | №   | Мероприятие          | Исполнение |        | Информация об |
    |-----|----------------------|------------|--------|---------------|
    |     |                      | Статус     | Дата   | исполнении    |
    | 1.1 | Педагогический совет | да         |1.3.2023| проведён      |
    """)
    assert one.header == (1, 2)
    assert {key: one.columns[key] for key in ("status", "done_on", "info")} == {
        "status": 3,
        "done_on": 4,
        "info": 5,
    }


def test_headers_with_explanations_and_slips() -> None:
    """«Статус (выберите)», «Мероприятие:», «Информацияоб исполнени»."""
    assert columns("""
    | № п/п | Мероприятие:         | Статус (выберите из списка) | Информацияоб исполнени |
    |-------|----------------------|-----------------------------|------------------------|
    | 1.1   | Педагогический совет | да                          | проведён               |
    """) == {"number": 1, "title": 2, "status": 3, "info": 4}


def test_an_unknown_header_is_known_by_its_place() -> None:
    """One column has a header of the school's own; its neighbours stand where they stood."""
    (one,) = found("""
    | Мероприятие          | Статус | Когда было   | Информация об исполнении |
    |----------------------|--------|--------------|--------------------------|
    | Педагогический совет | да     | `2023-03-01` | проведён                 |
    """)
    assert one.columns["done_on"] == 3
    assert one.by_place == {"done_on"}


def test_a_place_that_the_content_denies_is_not_believed() -> None:
    """The date column was replaced by one that holds no dates."""
    (one,) = found("""
    | Мероприятие           | Статус | Кто отвечал | Информация об исполнении |
    |-----------------------|--------|-------------|--------------------------|
    | Педагогический совет  | да     | завуч       | проведён                 |
    | Родительское собрание | да     | директор    | проведено                |
    """)
    assert "done_on" not in one.columns


def test_two_tables_on_one_sheet() -> None:
    """The table was cut in two, the second half with columns in another order."""
    first, second = found("""
    | №   | Мероприятие           | Статус |
    |-----|-----------------------|--------|
    | 1.1 | Педагогический совет  | да     |
    |     |
    | №   | Статус | Мероприятие           |
    | 1.2 | нет    | Родительское собрание |
    """)
    assert (first.columns["status"], second.columns["status"]) == (3, 2)
    assert (3 in first.rows, 6 in second.rows) == (False, True) or (2 in first.rows and 5 in second.rows)


def test_a_header_sorted_into_the_table() -> None:
    """Excel sorted the header among the rows: rows above it still belong to the table."""
    (one,) = found("""
    | 1.2 | Родительское собрание | да     |
    |-----|-----------------------|--------|
    | №   | Мероприятие           | Статус |
    | 1.1 | Педагогический совет  | нет    |
    """)
    assert {1, 3} <= set(one.rows)


def test_without_any_header_the_plan_texts_show_the_columns() -> None:
    """The header row is gone."""
    (one,) = found("""
    | 1.1 | Педагогический совет  | Март 2023 | ОО | | выполнено | `2023-03-01` |
    |-----|-----------------------|-----------|----|-|-----------|--------------|
    | 1.2 | Родительское собрание | Май 2023  | ОО | | в работе  |              |
    """)
    assert (one.columns["title"], one.columns["deadline"]) == (2, 3)


def test_a_named_table_is_found_though_its_headers_changed() -> None:
    """Excel still knows the table by its name."""
    book = book_from(
        """
        ## Отчёт
        | N | Дело                 | Статус |
        |---|----------------------|--------|
        | 1 | Педагогический совет | да     |
        """,
        tables={REPORT.name: ("Отчёт", "A1:C2")},
    )
    (one,) = find_tables(book, report_of(PLAN))
    assert (one.columns["title"], one.columns["status"]) == (2, 3)


def test_ordinary_sheets_are_no_tables() -> None:
    """A help sheet that explains the columns, a list of staff."""
    assert not found("""
    ## Как заполнять
    | Статус | Выберите из списка |
    | Ссылка | Адрес документа    |
    ## Сотрудники
    | № | ФИО    | Дата    |
    | 1 | Петрова | 1.3.2023 |
    """)


def test_nothing_is_found_in_an_empty_book() -> None:
    """No sheet at all."""
    assert find_tables(Book(sheets=()), report_of(PLAN)) == ()
