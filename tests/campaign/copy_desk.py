"""A desk where issued forms are filled and spoilt, and the judge of whose they are taken for.

``Desk`` holds a campaign of two issues and one of last year with the same plan. A ``Case`` makes
one file; all cases are dropped into «Получено» and judged after one press of the button.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import damaged_district as damaged
import district_fixture as district
import openpyxl
from file_damages import Draft, Place
from openpyxl.utils import get_column_letter

from resaving import saved_by_libreoffice
from sheetsync import campaign, store
from sheetsync.columns import MARK_PROPERTY, MARKS, PARTICIPANTS, PARTICIPANTS_SHEET, PLAN_SHEET
from sheetsync.intake.marks import mark_property, printed_code
from sheetsync.model import Marks, ParticipantKind, Verdict

SCHOOLS = (
    "МБОУ «Липовская СОШ»",
    "МБОУ «Кленовская ООШ»",
    "МБОУ «СОШ №7 посёлка Ручьи»",
    "МБОУ «Берёзовская СОШ №1»",
    "МБОУ «Берёзовская СОШ №2»",
    "МБОУ «Верхнеольховская СОШ»",
    "МБОУ «Нижнеольховская СОШ»",
    "МКОУ «Гимназия №4 имени А. П. Ветрова»",
    "МБОУ «Дубравинская средняя общеобразовательная школа»",
)
CURATOR = ("K01", "МБОУ «Лицей №12»", "Лицей №12")
UNKNOWN = "МБОУ «Дальнегорская СОШ №31»"
_NAME, _CODE = "C3", "K4"


@dataclass(frozen=True)
class Expected:
    """What a coordinator expects of a file: whose it is, and the findings about that."""

    verdict: Verdict
    participants: frozenset[str]
    codes: frozenset[str]


@dataclass(frozen=True)
class Case:
    """One file and what must come of it; ``is_rare`` ones are tried by the benchmark only."""

    name: str
    make: Callable[[Desk], bytes]
    expected: Expected
    file: str = ""
    is_rare: bool = False

    @property
    def file_name(self) -> str:
        return self.file or f"{self.name}.xlsx"


CASES: dict[str, Case] = {}


def case(whose: str = "", codes: str = "", verdict: Verdict | None = None, **more: str) -> Any:
    """Declare a case: participants and codes of recognition, each separated by spaces."""
    owners = frozenset(whose.split())
    judged = verdict or (Verdict.ACCEPTED if owners else Verdict.UNRECOGNISED)

    def declare(make: Callable[[Desk], bytes]) -> Callable[[Desk], bytes]:
        add(Case(make.__name__, make, Expected(judged, owners, frozenset(codes.split())), **more))
        return make

    return declare


def add(one: Case) -> None:
    assert one.name not in CASES
    CASES[one.name] = one


# --- the desk where forms are filled and spoilt -------------------------------------------------


@dataclass
class Desk:
    """A campaign with its forms of two issues, and a campaign of last year with the same plan."""

    folder: Path
    place: Path = field(init=False)
    old_forms: Path = field(init=False)
    last_year: Path = field(init=False)

    def __post_init__(self) -> None:
        self.place = _campaign(self.folder / "нынешняя", 2026, 8)
        self.last_year = _campaign(self.folder / "прошлая", 2025, 3)
        self.old_forms = self.folder / "первый выпуск"
        (self.place / store.FORMS_FOLDER).rename(self.old_forms)
        _reword(self.place)
        campaign.issue_forms(self.place, district.NOW)

    @cached_property
    def plan_id(self) -> str:
        return district.plan_of(self.place).plan_id

    @cached_property
    def other_plan_id(self) -> str:
        return district.plan_of(self.last_year).plan_id

    def another(self, folder: Path) -> Desk:
        """The same desk with a campaign of its own: nothing received yet, when this one's is untouched."""
        other = copy(self)
        other.folder, other.place = folder, folder / self.place.name
        shutil.copytree(self.place, other.place)
        return other

    def draft(self, code: str, tag: str, forms: Path | None = None) -> Draft:
        """A filled form; the tag is in every answer."""
        folder = forms or self.place / store.FORMS_FOLDER
        return damaged.filled(next(folder.glob(f"{code} *.xlsx")), code, tag)


def _campaign(folder: Path, year: int, number: int) -> Path:
    folder.mkdir(parents=True)
    listed = "\n".join(f"{place}. {name};" for place, name in enumerate(SCHOOLS, 1))
    text = district.ORDER.partition("Список школ:")[0] + f"Список школ:\n{listed}\n"
    order = folder / "Приказ.txt"
    order.write_text(text.replace("2026", str(year)).replace("№ 8", f"№ {number}"), encoding="utf-8")
    place = folder / "Тенистый"
    campaign.new_campaign(place, order, district.NOW)
    _add_curator(place)
    campaign.issue_forms(place, district.NOW)
    return place


def _add_curator(place: Path) -> None:
    path = place / store.NEW_WORKBOOK_NAME
    book = openpyxl.load_workbook(path)
    sheet = book[PARTICIPANTS_SHEET]
    row = sheet.max_row + 1
    values = {
        "code": CURATOR[0],
        "name": CURATOR[1],
        "short_name": CURATOR[2],
        "kind": ParticipantKind.CURATOR,
    }
    for key, value in values.items():
        sheet.cell(row, PARTICIPANTS.keys.index(key) + 1).value = str(value)
    table = sheet.tables[PARTICIPANTS.name]
    table.ref = f"{table.ref.partition(':')[0]}:{get_column_letter(len(PARTICIPANTS.columns))}{row}"
    table.autoFilter.ref = table.ref
    book.save(path)


def _reword(place: Path) -> None:
    """The office rewords one activity: the next issue is a new one."""
    path = place / store.NEW_WORKBOOK_NAME
    book = openpyxl.load_workbook(path)
    for line in book[PLAN_SHEET].iter_rows():
        for cell in line:
            if cell.value == "Самодиагностика школы по выбранным рискам":
                cell.value = "Самодиагностика школы по выбранным рисковым направлениям"
    book.save(path)


# --- marks --------------------------------------------------------------------------------------


def set_property(draft: Draft, marks: Marks | str | None) -> None:
    """Another custom property, or none."""
    props = draft.book.custom_doc_props
    if marks is None:
        del props[MARK_PROPERTY]
    else:
        props[MARK_PROPERTY].value = marks if isinstance(marks, str) else mark_property(marks)


def set_sheet(draft: Draft, marks: Marks | None) -> None:
    """Another hidden sheet, or none."""
    if marks is None:
        del draft.book[MARKS.sheet]
        for name in [one for one in draft.book.defined_names if one.startswith("mark_")]:
            del draft.book.defined_names[name]
    else:
        sheet = draft.book[MARKS.sheet]
        sheet["B1"].value, sheet["B2"].value, sheet["B3"].value = (
            marks.plan_id,
            marks.participant,
            marks.issue,
        )


def set_printed(draft: Draft, marks: Marks | None) -> None:
    draft.sheet[_CODE].value = printed_code(marks) if marks else None


def set_name(draft: Draft, name: str | None) -> None:
    draft.sheet[_NAME].value = name


def drop_keys(draft: Draft) -> None:
    for row in range(draft.header, draft.sheet.max_row + 1):
        draft.cell(row, "key").value = None


def drop_textual_marks(draft: Draft, *, keys: bool = False) -> None:
    set_property(draft, None)
    set_sheet(draft, None)
    set_printed(draft, None)
    if keys:
        drop_keys(draft)


# --- pasting -----------------------------------------------------------------------------------


def values(draft: Draft) -> dict[Place, Any]:
    """What the report sheet shows, by place; formulas as their results."""
    shown = {}
    for (row, column), cell in draft.sheet._cells.items():
        if cell.value is not None:
            shown[row, column] = (
                ("готово" if row > draft.header else "") if cell.data_type == "f" else cell.value
            )
    return shown


def pasted(book: openpyxl.Workbook, title: str, cells: Mapping[Place, Any], down: int = 0) -> Any:
    sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
    for (row, column), value in cells.items():
        if value != "":
            sheet.cell(row + down, column).value = value
    return sheet


def new_book(*sheets: tuple[str, Mapping[Place, Any]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, cells in sheets:
        pasted(book, title, cells)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table_only(draft: Draft, *, header: bool = True) -> dict[Place, Any]:
    """Header and rows of the table, from the top; no keys."""
    top = draft.header if header else draft.header + 1
    return {
        (row - top + 1, column): value
        for (row, column), value in values(draft).items()
        if row >= top and column != draft.columns["key"]
    }


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


# --- judging ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Got:
    """What the product said of a file."""

    verdict: Verdict
    participants: frozenset[str]
    codes: frozenset[str]


def receive_all(desk: Desk, cases: Iterable[Case]) -> Iterator[tuple[Case, Got]]:
    """Drop every case into the campaign, press the button once, and tell what came of each."""
    cases = list(cases)
    for one in cases:
        district.receive(desk.place, one.file_name, one.make(desk))
    found = campaign.consolidate(desk.place, district.DUE, district.NOW).consolidation
    files = {record.origin.file: record for record in found.files}
    for one in cases:
        record = files[one.file_name]
        told = {finding.code for finding in found.findings if finding.origin.file == one.file_name}
        owners = frozenset((record.participant or "").split(", ")) - {""}
        yield one, Got(record.verdict, owners, frozenset(code for code in told if code[0] in "VFX"))
    remainders = {line.origin.file: line.unaccounted for line in found.ledger if line.unaccounted}
    assert not remainders, remainders


# --- through another program --------------------------------------------------------------------


def through_libreoffice(desk: Desk, names: Iterable[str], kind: str) -> list[Case]:
    """Cases whose files a real LibreOffice opened and saved again as xlsx, ods or xls."""
    folder = desk.folder / f"пересохранено {kind}"
    folder.mkdir()
    paths = {name: folder / f"{place}.xlsx" for place, name in enumerate(names)}
    for name, path in paths.items():
        path.write_bytes(CASES[name].make(desk))
    saved = saved_by_libreoffice(desk.folder, paths.values(), kind)
    return [_resaved(CASES[name], saved[f"{path.stem}.{kind}"]) for name, path in paths.items()]


def _resaved(one: Case, path: Path) -> Case:
    kind = path.suffix.removeprefix(".")
    expected = one.expected
    if kind == "xls":  # the reader of old .xls sees values only: no custom property
        unseen = one.name.replace("marks property", "marks").strip()
        expected = CASES["marks none" if unseen == "marks" else unseen].expected
        expected = replace(expected, codes=expected.codes | {"F102"})
    return Case(f"{one.name}, {kind}", lambda _: path.read_bytes(), expected, f"{one.name} {kind}.{kind}")
