"""One district, run in several ways: everybody at once, by parts here, in processes, on a cluster."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import coordinator as office
import district_fixture as district
import openpyxl
import pytest
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

import packages
from sheetsync import campaign, store
from sheetsync.campaign import ConsolidateResult
from sheetsync.campaign.parts import running
from sheetsync.campaign.parts.around import Around, Decided
from sheetsync.campaign.parts.processes import Processes
from sheetsync.campaign.parts.workers import Here, Workers
from sheetsync.campaign.parts.working import Worker
from sheetsync.columns import ENTRIES

Way = Callable[[Around, Mapping[str, Decided], int], Workers]
SetAttribute = Callable[[object, str, object], None]


def here(around: Around, decided: Mapping[str, Decided], _tasks: int) -> Workers:
    return Here(Worker(around, decided))


def processes(count: int, method: str = "") -> Way:
    return lambda around, decided, _tasks: Processes(around, decided, count, method)


def judge_apart(setattr_: SetAttribute, way: Way = here) -> None:
    """From here on every run goes by parts, where it may."""
    setattr_(running, "processes_for", way)


def judge_at_once(setattr_: SetAttribute) -> None:
    """From here on every run judges everybody at once."""
    setattr_(running, "consolidated_by_parts", lambda *_, **__: None)


def limit_links(patched: pytest.MonkeyPatch, most: int) -> None:
    """From here on a sheet holds so many links."""
    for one in (
        "campaign.sheet_room.SHEET_LINKS",
        "workbooks.long_table.MAX_LINKS",
        "workbooks.links_xml.MAX_LINKS",
    ):
        patched.setattr(f"sheetsync.{one}", most)


def press(place: Path, minute: int = 0, as_of: date = district.DUE, **more: object) -> ConsolidateResult:
    return campaign.consolidate(place, as_of, datetime(2026, 6, 15, 9, minute), **more)  # type: ignore[arg-type]


def at_once(place: Path, minute: int = 0, as_of: date = district.DUE) -> ConsolidateResult:
    """One run that judges everybody at once."""
    with pytest.MonkeyPatch.context() as patched:
        judge_at_once(patched.setattr)
        return press(place, minute, as_of)


def by_parts(
    place: Path, minute: int = 0, as_of: date = district.DUE, *, way: Way = here
) -> ConsolidateResult:
    """One run by parts; one that turned to judging everybody at once is no such run."""
    went: list[bool] = []
    real = running.consolidated_by_parts

    def watched(*arguments: Any, **options: Any) -> running.ByParts | None:
        done = real(*arguments, **options)
        went.append(done is not None)
        return done

    with pytest.MonkeyPatch.context() as patched:
        judge_apart(patched.setattr, way)
        patched.setattr(running, "consolidated_by_parts", watched)
        result = press(place, minute, as_of)
    assert went[-1:] == [True]
    return result


def twin(place: Path, name: str) -> Path:
    """The same campaign in another folder, with the same times of files."""
    return Path(shutil.copytree(place, place.parent / name / place.name))


def type_decision(place: Path, who: str, number: str, verdict: str, remark: str = "") -> bool:
    """The coordinator decides in Excel."""
    sheet = openpyxl.load_workbook(store.open_campaign(place).workbook)[ENTRIES.sheet]
    try:
        row = office.row_of(sheet, who, number)
    except StopIteration:
        return False
    columns = [office.column_of(sheet, header) for header in ("Решение", "Замечание района")]
    words = zip(columns, (verdict, remark), strict=True)
    type_in(place, sheet.title, {(row, column): word for column, word in words})
    return True


def type_in(place: Path, sheet: str, words: Mapping[tuple[int, int], str | date]) -> None:
    """Somebody types in Excel: these cells get a word or a day, everything else stays to the byte.

    openpyxl would say of every row that a person set its height.
    """
    with _typing(place, sheet) as root:
        for (row, column), word in words.items():
            (cell,) = root.xpath(f"//*[local-name()='c'][@r='{get_column_letter(column)}{row}']")
            _say(cell, word)


def put_formula(place: Path, sheet: str, row: int, formula: str) -> None:
    """Somebody puts a formula into Excel, to the right of everything in a row."""
    with _typing(place, sheet) as root:
        (cells,) = root.xpath(f"//*[local-name()='row'][@r='{row}']")
        cell = etree.SubElement(cells, f"{cells.tag[:-3]}c", r=f"AZ{row}")
        etree.SubElement(cell, f"{cells.tag[:-3]}f").text = formula


@contextmanager
def _typing(place: Path, sheet: str) -> Iterator[Any]:
    """A sheet of the workbook as XML, changed as a person changes it."""
    workbook = store.open_campaign(place).workbook
    content = packages.parts(workbook.read_bytes())
    sheets = openpyxl.load_workbook(workbook, read_only=True).sheetnames
    name = f"xl/worksheets/sheet{sheets.index(sheet) + 1}.xml"
    root = etree.fromstring(content[name])
    yield root
    content[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    workbook.write_bytes(packages.packed(content))


def _say(cell: Any, word: str | date) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(word, date):
        etree.SubElement(cell, cell.tag[:-1] + "v").text = str(int(to_excel(word)))
    elif word:
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, cell.tag[:-1] + "is"), cell.tag[:-1] + "t").text = word
