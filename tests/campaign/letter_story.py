"""A campaign of three schools that gets letters: the first complete, the second with gaps, the third silent.

The coordinator types into the workbook between two runs; schools are S01, S02, S03.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from pathlib import Path
from typing import Any

import coordinator as office
from docx import Document

from sheetsync import campaign, store
from sheetsync.campaign import RemindResult
from sheetsync.columns import PARTICIPANTS, SETTINGS, TableSpec
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.port import Out, TableBody

NOW = datetime(2026, 6, 16, 9, 0, tzinfo=UTC)
"""The day after the report date, a Tuesday."""
ANSWER = "23.06.2026"
FOLDER = "2026-06-16"


def _done(document: str, done_on: datetime = datetime(2026, 2, 1)) -> Mapping[str, Any]:
    info = f"Сделано полностью: {document}."
    return {"status": "выполнено", "done_on": done_on, "info": info, "document": document}


COMPLETE: Mapping[str, Mapping[str, Any]] = {
    "1.1": _done("приказ № 5 от 30.01.2026"),
    "1.2": _done("справка № 6 от 25.02.2026", datetime(2026, 2, 25)),
    "2.1": _done("приказ № 7 от 30.01.2026"),
    "2.2": _done("справка № 8 от 20.05.2026", datetime(2026, 5, 20)),
    "2.3": {"status": "в работе", "info": "Идёт набор, 14 детей."},
}
GAPS: Mapping[str, Mapping[str, Any]] = {
    "1.1": {**COMPLETE["1.1"], "document": None, "info": "Сделано."},
    "1.2": {**COMPLETE["1.2"], "document": "справка", "info": "Проведена."},
    "2.2": _done("справка № 80 от 21.05.2026", datetime(2026, 5, 21)),
}
"""What the second school answers: a claim, a weak document, nothing to 2.1, which is due too."""


def type_into(place: Path, spec: TableSpec, key: str, wanted: str, **cells: str) -> None:
    """Type beside one row of a table, or beside all of them (``wanted`` empty)."""
    path = office.workbook(place)
    book = ExcelFile.from_bytes(path.read_bytes())
    read = book.read_table(spec.name)
    headers = tuple(spec.column(one).header for one in (key, *cells))
    places = [read.headers.index(header) for header in headers]
    rows = []
    for row in read.rows:
        own, *told = (row[place].text for place in places)
        said = cells.values() if wanted in {"", own} else told
        rows.append(tuple(Out(one) for one in (own, *said)))
    book.replace_table(spec.name, TableBody(headers, tuple(rows), headers[:1]))
    path.write_bytes(book.to_bytes())


def school(place: Path, code: str, **cells: str) -> None:
    type_into(place, PARTICIPANTS, "code", code, **cells)


def setting(place: Path, key: str, value: str) -> None:
    type_into(place, SETTINGS, "key", key, value=value)


def with_mail(place: Path) -> None:
    """Every school has an address, the office one to send from."""
    for code in ("S01", "S02", "S03"):
        school(place, code, email=f"{code.lower()}@example.org")
    setting(place, "mail_from", "rono@example.org")


def reported(place: Path) -> Path:
    """The first school sends everything, the second half of it, the third nothing."""
    office.send(place, "S01", answers=COMPLETE)
    office.send(place, "S02", answers=GAPS)
    return place


def copied(place: Path, folder: Path) -> Path:
    return Path(shutil.copytree(place, folder / place.name))


def remind(place: Path, now: datetime = NOW, **parts: Any) -> RemindResult:
    return campaign.remind(place, now, parts.pop("as_of", date(2026, 6, 16)), **parts)


def codes(result: RemindResult) -> list[str]:
    """Who gets a letter."""
    return [one.gaps.participant.code for one in result.letters]


def findings(result: RemindResult) -> list[tuple[str, str | None]]:
    return [(one.code, one.participant) for one in result.findings]


def letters(place: Path) -> list[str]:
    """Everything in «Письма», by its path there."""
    folder = store.open_campaign(place).letters
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def letter(place: Path, code: str, ending: str = ".docx") -> Path:
    return next((store.open_campaign(place).letters / FOLDER).glob(f"{code} *{ending}"))


def words(document: Path) -> str:
    """All the words of a Word document, tables included."""
    read = Document(str(document))
    cells = (cell.text for table in read.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


def message(eml: Path) -> EmailMessage:
    return BytesParser(EmailMessage, policy=SMTP).parsebytes(eml.read_bytes())


def header(eml: Path, name: str) -> str:
    """A header as a mail program shows it (the parser of ``email`` puts a space where it was folded)."""
    return str(make_header(decode_header(message_from_bytes(eml.read_bytes())[name])))


def attached(eml: Path) -> dict[str, bytes]:
    return {str(one.get_filename()): one.get_content() for one in message(eml).iter_attachments()}


def tree(place: Path) -> dict[str, bytes]:
    """Every file of the campaign, but for the lock and what SQLite keeps beside a journal."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and "lock" not in path.name
    }
