"""«Справка.docx» and its appendix as a coordinator meets them."""

from __future__ import annotations

import functools
import io
import itertools
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pandas as pd
import pytest
from docx import Document

from open_book import OpenBook
from sheetsync import campaign, cli, store
from sheetsync.campaign import ReportResult, reporting
from sheetsync.columns import FIGURE_ROWS, FIGURES
from sheetsync.messages import use_language
from sheetsync.printing import note
from sheetsync.printing.charts import drawn
from sheetsync.workbooks.long_table import LongTable, Obstacle
from sheetsync.workbooks.templates import OFFICE_FOLDER, DocumentTemplate, Template, template_bytes

AT = datetime(2026, 6, 20, 12, tzinfo=UTC)
AS_OF = date(2026, 6, 20)
REFERENCE = "Ссылка на число"
DRAWN = functools.cache(drawn)
SECRET = "Сделано; мама ученика: +7 910 123-45-67."


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two schools of three reported, one of them with gaps."""
    place = district.new(tmp_path_factory.mktemp("report"))
    district.receive(place, "Липовка.xlsx", district.filled(place, "S01", district.all_good(place, "S01")))
    poor = {"1.1": {**district.GOOD, "document": "есть", "info": SECRET}, "1.2": {"status": "в работе"}}
    district.receive(place, "Клёны.xlsx", district.filled(place, "S02", poor))
    return place


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chart drawn in one test need not be drawn in the next."""
    monkeypatch.setattr(note, "drawn", DRAWN)


@pytest.fixture
def place(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path / filled.name)
    return tmp_path / filled.name


def report(place: Path, as_of: date = AS_OF, at: datetime = AT) -> ReportResult:
    return campaign.report(place, at, as_of)


def late_copy(place: Path) -> None:
    data = district.filled(place, "S03", district.all_good(place, "S03"))
    district.receive(place, "поздно/Ручьи.xlsx", data)


def sheet(path: Path, spec: Any) -> pd.DataFrame:
    """A table of the appendix as an analyst reads it."""
    found = pd.read_excel(path, sheet_name=spec.sheet, header=None, engine="openpyxl")
    header = next(at for at, row in found.iterrows() if row[0] == spec.headers[0])
    table = found.iloc[header + 1 :].set_axis(list(spec.headers), axis=1)
    return table.reset_index(drop=True)


def texts(path: Path) -> str:
    return "\n".join(_paragraphs(path, lambda paragraph: paragraph.text))


def _paragraphs(path: Path, take: Callable[[Any], Any]) -> Iterator[Any]:
    document = Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    for paragraph in (*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)):
        yield take(paragraph)


def cited(path: Path) -> dict[int, set[str]]:
    """Numbers of figures in the document, and what is printed before each."""
    found: dict[int, set[str]] = {}
    for runs in _paragraphs(path, lambda paragraph: paragraph.runs):
        for before, run in itertools.pairwise(runs):
            if run.style.name == REFERENCE and run.text:
                found.setdefault(int(run.text.strip("[]")), set()).add(before.text)
    return found


def looks(path: Path) -> dict[str, object]:
    """What the appendix shows and how: values, links, formats, heights, the extent of its tables."""
    book = openpyxl.load_workbook(path)
    found: dict[str, object] = {}
    for one in book.worksheets:
        for cell in itertools.chain.from_iterable(one.iter_rows()):
            link = cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location)
            format_ = (cell.font.b, cell.fill.fgColor.rgb, cell.border.top.style, cell.number_format)
            found[f"{one.title}!{cell.coordinate}"] = (cell.value, link, format_, cell.alignment.wrap_text)
        found[f"{one.title} rows"] = {number: row.height for number, row in one.row_dimensions.items()}
        found[f"{one.title} tables"] = {table.name: table.ref for table in one.tables.values()}
    return found


def test_an_appendix_is_the_same_in_blocks_of_any_length_and_row_by_row(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twins = [shutil.copytree(place, tmp_path / name / place.name) for name in ("short", "single")]
    usual = looks(report(place).appendix)
    monkeypatch.setattr(reporting, "_BLOCK_ROWS", 3)
    assert looks(report(twins[0]).appendix) == usual
    monkeypatch.setattr(LongTable, "obstacles", (Obstacle.POINTERS,), raising=False)
    assert looks(report(twins[1]).appendix) == usual


# --- every figure can be counted again


def test_every_figure_of_the_note_is_the_recount_of_its_rows_in_the_appendix(place: Path) -> None:
    """The appendix alone gives the figures back, and they are what the document prints."""
    result = report(place)
    figures, rows = sheet(result.appendix, FIGURES), sheet(result.appendix, FIGURE_ROWS)
    printed = cited(result.path)

    assert sorted(printed) == list(figures["№ в справке"])
    for _, figure in figures.iterrows():
        own = rows[rows["№ числа"] == figure["№ в справке"]]
        counted = int((own["Учтено"] == "да").sum())
        assert (counted, len(own)) == (figure["Учтено строк"], figure["Всего строк"])
        if figure["Как посчитано"] == "учтённые строки ÷ все строки" and len(own):
            assert figure["Число"] == pytest.approx(counted / len(own))
            told = {f"{100 * counted / len(own):.1f}".replace(".0", "").replace(".", ",")}
            shown = {text.removesuffix("\xa0%") for text in printed[figure["№ в справке"]]}
            assert shown & (told | {f"{counted} из {len(own)}", str(counted)})
        elif figure["Как посчитано"] == "сколько строк учтено":
            assert figure["Число"] == counted
            assert all(re.match(rf"{counted}\b", text) for text in printed[figure["№ в справке"]])


def test_the_rates_are_those_of_the_workbook(place: Path) -> None:
    found = campaign.consolidate(place, AS_OF, AT).consolidation.rates
    figures = sheet(report(place).appendix, FIGURES).set_index("Что это")["Число"]

    assert [
        figures[name] for name in ("Поступило отчётов", "Поступило в срок", "Заполнено", "Подтверждено")
    ] == [pytest.approx(one) for one in (found.received, found.on_time, found.filled, found.evidenced)]


def test_a_number_leads_to_its_rows_and_a_row_back(place: Path) -> None:
    book = openpyxl.load_workbook(report(place).appendix)
    figures, rows = book[FIGURES.sheet], book[FIGURE_ROWS.sheet]
    links, back = _links(figures), _links(rows)

    for reference, location in links.items():
        name, cell = location.replace("'", "").split("!")
        assert book[name][cell].value == figures[reference].value
        assert back[cell].replace("'", "").split("!")[1] == reference


def _links(sheet: Any) -> dict[str, str]:
    first = (cell for (cell,) in sheet.iter_rows(max_col=1))
    return {cell.coordinate: cell.hyperlink.location for cell in first if cell.hyperlink}


# --- what the coordinator said


def test_a_decision_on_the_screen_counts_before_it_is_saved(place: Path) -> None:
    office.press(place)
    book = OpenBook.opened(
        office.workbook(place),
        lambda book: office.decide(book, "Кленовская ООШ", "1.1", "на доработку", "Где приказ?"),
    )
    result = campaign.report(place, AT, AS_OF, book)

    assert [(row.name, row.number, row.remark) for row in result.note.rework] == [
        ("Кленовская ООШ", "1.1", "Где приказ?")
    ]
    assert "Где приказ?" in texts(result.path)


def test_accepted_answers_of_schools_are_offered_as_best_practice(place: Path) -> None:
    office.press(place)
    campaign.accept_sufficient(place, AT)
    told = report(place).note.practice

    assert {row.name for row in told} == {"Липовская СОШ"}
    assert told[0].told == "Сделано в полном объёме."


# --- again and again


def test_reporting_again_changes_nothing(place: Path) -> None:
    first = report(place)
    before = first.path.read_bytes(), first.appendix.read_bytes()
    again = report(place, at=AT + timedelta(hours=3))

    assert (first.is_written, again.is_written) == (True, False)
    assert (again.path.read_bytes(), again.appendix.read_bytes()) == before
    assert not first.needs_user


def test_the_same_campaign_on_another_computer_gives_the_same_bytes(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "другая" / place.name
    shutil.copytree(place, other)
    use_language("en")
    try:
        elsewhere = report(other, at=AT + timedelta(days=40))
    finally:
        use_language("ru")

    assert elsewhere.path.read_bytes() == report(place).path.read_bytes()


def test_a_late_copy_counts_without_collecting_and_is_named_as_the_cause(place: Path) -> None:
    report(place)
    late_copy(place)
    result = report(place)
    changed = {row.label: row for row in result.note.changes.rows}  # type: ignore[union-attr]

    assert changed["Поступило отчётов"].was == "50\xa0%"
    assert changed["Поступило отчётов"].now.text == "75\xa0%"
    assert "Ручьи.xlsx" in changed["Поступило отчётов"].causes
    assert "Что изменилось с прошлой справки" in texts(result.path)
    assert report(place).is_written is False


def test_the_first_note_compares_itself_with_nothing(place: Path) -> None:
    result = report(place)

    assert result.note.changes is None
    assert "Что изменилось" not in texts(result.path)


def test_the_workbook_tells_of_the_note(place: Path) -> None:
    report(place)
    with sqlite3.connect(place / ".sheetsync" / "journal.sqlite") as connection:
        (told,) = connection.execute(
            "SELECT file, note FROM events WHERE event = 'справка составлена'"
        ).fetchall()

    assert told == (store.Campaign(place).note.name, "по состоянию на 20.06.2026")


# --- a note somebody edited


def edited(path: Path) -> bytes:
    document = Document(str(path))
    document.add_paragraph("Дописано начальником")
    document.save(str(path))
    return path.read_bytes()


def test_an_edited_note_is_kept_and_nothing_is_written_while_figures_stand(place: Path) -> None:
    mine = edited(report(place).path)
    again = report(place)

    assert again.path.read_bytes() == mine
    assert [one.code for one in again.findings] == ["S862"]
    assert (again.is_written, again.needs_user) == (False, False)


def test_beside_an_edited_note_the_new_one_lies_with_its_own_appendix(place: Path) -> None:
    first = report(place)
    mine, old_appendix = edited(first.path), first.appendix.read_bytes()
    late_copy(place)
    second = report(place)

    assert first.path.read_bytes() == mine
    assert first.appendix.read_bytes() == old_appendix
    assert (second.path.name, second.appendix.name) == ("Справка (2).docx", "Справка. Откуда числа (2).xlsx")
    assert [one.code for one in second.findings] == ["S860"]
    assert second.needs_user
    assert report(place).is_written is False


def test_a_note_nobody_touched_is_replaced(place: Path) -> None:
    first = report(place)
    late_copy(place)
    second = report(place)

    assert second.path == first.path
    assert not list(place.glob("Справка (*"))


def test_a_note_taken_away_is_written_again(place: Path) -> None:
    first = report(place)
    data = first.path.read_bytes()
    first.path.unlink()

    assert report(place).is_written
    assert first.path.read_bytes() == data


@pytest.mark.parametrize("mark", ["~$Справка.docx", "~$правка.docx", ".~lock.Справка.docx#"])
def test_a_note_open_elsewhere_is_left_alone(place: Path, mark: str) -> None:
    """The second is Word's own: of a name of seven letters it leaves six."""
    first = report(place)
    first.path.with_name(mark).touch()
    late_copy(place)
    second = report(place)

    assert [one.code for one in second.findings] == ["S861"]
    assert second.path.name == "Справка (2).docx"


def test_a_journal_that_lost_its_memory_says_so(place: Path) -> None:
    report(place)
    with sqlite3.connect(place / ".sheetsync" / "journal.sqlite") as connection:
        connection.execute("UPDATE notes SET figures = 'x'")
    late_copy(place)

    assert "S863" in [one.code for one in report(place).findings]


# --- what goes in and what does not


def test_what_could_not_be_read_is_said_to_be_left_out(place: Path) -> None:
    district.receive(place, "битый.xlsx", b"PK not a workbook")
    result = report(place)

    assert "S864" in [one.code for one in result.findings]
    assert result.needs_user


def test_personal_data_and_words_of_schools_stay_out_of_note_and_journal(place: Path) -> None:
    result = report(place)
    with sqlite3.connect(place / ".sheetsync" / "journal.sqlite") as connection:
        ((kept,),) = connection.execute("SELECT figures FROM notes").fetchall()

    assert "910 123" not in texts(result.path)
    assert "Сделано" not in kept
    assert "Липовская" not in kept
    assert json.loads(kept)["file"] == "Справка.docx"


def test_markup_in_a_title_stays_text(place: Path) -> None:
    """A school's or an office's braces are words, not marks of the template."""
    book = openpyxl.load_workbook(store.Campaign(place).workbook, keep_vba=True)
    cells = (
        cell
        for row in book["План"].iter_rows()
        for cell in row
        if cell.value == "Самодиагностика школы по выбранным рискам"
    )
    next(cells).value = "{{ note.figures }} {% if %} <w:p/>"
    book.save(store.Campaign(place).workbook)
    book.vba_archive.close()

    assert "{{ note.figures }} {% if %} <w:p/>" in texts(report(place).path)


# --- templates of the office


def own_template(place: Path, name: str, data: bytes) -> None:
    folder = place / OFFICE_FOLDER
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)


def test_a_template_of_the_office_wins(place: Path) -> None:
    document = Document(io.BytesIO(template_bytes(DocumentTemplate.NOTE)))
    document.add_paragraph("Начальник отдела: Л. Б. Тихая, {{ note.as_of }}")
    out = io.BytesIO()
    document.save(out)
    own_template(place, DocumentTemplate.NOTE.value, out.getvalue())

    assert "Начальник отдела: Л. Б. Тихая, 20.06.2026" in texts(report(place).path)


def test_a_restyled_template_changes_the_note_though_no_figure_changed(place: Path) -> None:
    report(place)
    test_a_template_of_the_office_wins(place)

    assert not list(place.glob("Справка (*"))


def test_a_broken_template_is_named_with_the_place_and_nothing_is_written(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = Document()
    document.add_paragraph("Итоги: {{ note.ratez }}")
    out = io.BytesIO()
    document.save(out)
    own_template(place, DocumentTemplate.NOTE.value, out.getvalue())

    assert cli.run(["report", str(place), "--as-of", "2026-06-20"]) == 2
    told = capsys.readouterr().err
    assert "note.docx" in told
    assert "«ratez»" in told
    assert "Итоги: {{ note.ratez }}" in told
    assert not store.Campaign(place).note.exists()


def test_an_appendix_template_without_our_table_is_named(place: Path) -> None:
    own_template(place, Template.APPENDIX.value, b"no workbook")

    with pytest.raises(store.StoreError, match=r"appendix\.xlsx"):
        report(place)


# --- the command


def test_the_command_says_where_the_note_is_and_that_it_is_a_draft(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["report", str(place), "--as-of", "2026-06-20"])
    told = " ".join(capsys.readouterr().err.split())

    assert code == 0
    assert "Справка составлена на 20.06.2026" in told
    assert "Поступило 50 %" in told.replace("\xa0", " ")
    assert "черновик" in told
    assert cli.run(["report", str(place), "--as-of", "2026-06-20"]) == 0
    assert "ничего не изменилось" in capsys.readouterr().err


def test_nothing_received_is_a_note_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = district.new(tmp_path)

    assert cli.run(["report", str(place), "--as-of", "2026-01-10"]) == 0
    assert "Ни одной копии" in capsys.readouterr().err
    assert "нечего считать" in texts(store.Campaign(place).note)


def test_the_document_is_sound(place: Path) -> None:
    """Charts, a title for who cannot see them, dates that tell nothing."""
    result = report(place)
    with zipfile.ZipFile(result.path) as package:
        assert package.testzip() is None
        assert {one.date_time[0] for one in package.infolist()} == {1980}
        body = package.read("word/document.xml").decode()
    assert body.count("<pic:pic") == 2
    assert body.count('descr="Диаграмма') == 2
    assert "{{" not in body
    assert "{%" not in body
