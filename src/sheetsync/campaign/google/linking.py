"""Links to the sheets of schools, written into «Участники» where the coordinator left the place free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from sheetsync import store
from sheetsync.campaign.files import parse_workbook, read_file, read_table
from sheetsync.columns import PARTICIPANTS
from sheetsync.district.bodies import Record, as_it_is, records_of
from sheetsync.findings import make
from sheetsync.journal import GoogleSheet
from sheetsync.model import Finding, Plan
from sheetsync.text import plain
from sheetsync.workbooks.port import OpenWorkbook, Out, TableBody, WorkbookRefused, WorkbookTables

_CODE, _LINK = PARTICIPANTS.column("code"), PARTICIPANTS.column("link")
_TRIES: Final = 3


@dataclass
class Linking:
    """The sheets of a plan's participants; ``findings`` tells of links that found no place."""

    plan: Plan
    sheets: Iterable[GoogleSheet]
    findings: list[Finding] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._sheets: dict[str, list[GoogleSheet]] = {}
        for one in self.sheets:
            if one.form:
                self._sheets.setdefault(one.participant, []).append(one)

    def into_file(self, campaign: store.Campaign, hold: store.Hold, now: datetime) -> None:
        """Into the workbook on the disk; one that another program holds is left for the next time."""
        for _ in range(_TRIES):
            data = read_file(campaign.workbook)
            workbook = parse_workbook(campaign, data)
            body = self._body(workbook)
            if body is None:
                return
            workbook.replace_table(PARTICIPANTS.name, body)
            workbook.revive_kit()
            store.back_up(campaign, data, now)
            hold.check()
            if self._is_replaced(campaign.workbook, data, workbook.to_bytes()):
                return
        self.findings.append(make("G622"))

    def _is_replaced(self, path: Path, before: bytes, after: bytes) -> bool:
        """Whether the file could be replaced: not while a program has it open or saves it just now."""
        if store.is_open_elsewhere(path):
            return False
        try:
            store.write_atomically(path, after, instead_of=before)
        except (store.EditedMeanwhile, store.TargetBusy):
            return False
        return True

    def into_open(self, workbook: OpenWorkbook) -> None:
        """Into the workbook people look at."""
        body = self._body(workbook)
        if body is None:
            return
        try:
            with workbook.at_work():
                workbook.replace_table(PARTICIPANTS.name, body)
        except WorkbookRefused:
            self.findings.append(make("G622"))

    def _body(self, workbook: WorkbookTables) -> TableBody | None:
        """Two columns of «Участники»: the codes as they are, the links as they should be.

        ``None`` when nothing is to be written. All other columns are the coordinator's and stay.
        """
        table = read_table(workbook, PARTICIPANTS.name)
        records = {one.row: one for one in records_of(PARTICIPANTS, table)}
        self.findings.clear()
        rows, is_new = [], False
        for row in range(table.first_row, table.first_row + len(table.rows)):
            record = records.get(row, Record({}, row))
            link = self._link_for(record)
            is_new |= link is not None
            shown = Out(link, link=link) if link else as_it_is(record.cell(_LINK.key))
            rows.append((as_it_is(record.cell(_CODE.key)), shown))
        return TableBody((_CODE.header, _LINK.header), tuple(rows), (_CODE.header,)) if is_new else None

    def _link_for(self, record: Record) -> str | None:
        """The link to write; ``None`` where it stands already, or where something else stands."""
        code = self._code(record)
        sheets = self._sheets.get(code, [])
        if not sheets:
            return None
        last = sheets[-1]
        said = " ".join((record.text(_LINK.key), *record.cell(_LINK.key).links))
        if last.file in said:
            return None
        if not said.strip() or any(one.file in said for one in sheets):
            return last.link
        self.findings.append(make("G621", participant=code, link=last.link))
        return None

    def _code(self, record: Record) -> str:
        """The code of a row; one without a code of its own is known by its name."""
        names = {plain(record.text(key)) for key in ("name", "short_name")}
        named = (one.code for one in self.plan.participants if plain(one.name) in names)
        return record.text(_CODE.key) or next(named, "")
