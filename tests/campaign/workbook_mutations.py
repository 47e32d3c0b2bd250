"""One value of a written district workbook dropped, altered or swapped: does «Сверка» notice?

A mutation is made in the bytes of the file and changes what the workbook says of something a school
typed: an answer, a status, a date, a figure, where a link leads, whose row it is, a text in «Не
размещено» or a sentence of «Замечания» about a cell somebody filled, or the place they name. What
says the same in other words (one day in two spellings, a status in capitals, two equal rows
exchanged) is no mutation.
"""

from __future__ import annotations

import io
import random
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from sheetsync.campaign.reckoning import counted_by
from sheetsync.columns import ENTRIES, FINDINGS, INDICATORS, UNPLACED, TableSpec
from sheetsync.grid import Area, a1, text_of
from sheetsync.merge.consolidate import Judged
from sheetsync.merge.shown import place_of
from sheetsync.merge.spelling import same_value
from sheetsync.model import Origin, Status
from sheetsync.text import plain
from sheetsync.workbooks.xlsx_reader import read_xlsx

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ANSWERS = ("status", "done_on", "info", "document", "link", "reason")
_IDENTITY = ("participant", "key", "title", "year")
_SPECS = (ENTRIES, INDICATORS, FINDINGS, UNPLACED)


@dataclass(frozen=True)
class Spot:
    """One cell of a table that says something: table, row, column, what it says."""

    table: str
    row: int
    key: str
    at: str
    text: str


@dataclass
class LedgerAbuse:
    """What a run of mutations came to."""

    mutations: int = 0
    noticed: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    unnoticed: list[str] = field(default_factory=list)


class Written:
    """The bytes of a district workbook, cell by cell of the tables the ledger counts by."""

    def __init__(self, data: bytes, judged: Judged) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.judged = judged
        book = read_xlsx({name.lower(): part for name, part in self.parts.items()})
        self._areas = {one.name: (one.sheet, one.area, one.columns) for one in book.tables}
        self._book = book
        self._sheets = self._parts_of_sheets()
        self._forget_other_sheets()
        self.rows: dict[tuple[str, int], dict[str, str]] = {}
        self.spots = list(self._spots())

    def cells_of(self, table: str) -> list[Spot]:
        return [one for one in self.spots if one.table == table]

    def tells_apart(self, one: Spot, other: Spot) -> bool:
        """Whether exchanging two cells changes what is said: equal rows may well change places."""
        rows = [self.rows[spot.table, spot.row] for spot in (one, other)]
        changed = [{**rows[0], one.key: other.text}, {**rows[1], other.key: one.text}]
        said, then = ([_statement(one.table, row) for row in both] for both in (rows, changed))
        return sorted(said) != sorted(then)

    # --- changing bytes

    def with_texts(self, changes: dict[Spot, str]) -> bytes:
        """The file with other texts in some cells; «» empties a cell."""
        by_part: dict[str, dict[str, str]] = {}
        for spot, text in changes.items():
            by_part.setdefault(self._sheets[self._areas[spot.table][0]], {})[spot.at] = text
        changed = {part: self._edited(part, texts) for part, texts in by_part.items()}
        return self.packed(changed)

    def packed(self, changed: dict[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for name, content in (self.parts | changed).items():
                archive.writestr(name, content)
        return out.getvalue()

    def with_a_link_elsewhere(self, chance: random.Random) -> bytes:
        """One live address of «Исполнение» leads elsewhere; its text stays."""
        part = self._sheets[ENTRIES.sheet]
        name = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
        targets = re.findall(rb'Target="(https?://[^"]+)"', self.parts[name])
        target = chance.choice(targets)
        other = target[:-1] + (b"x" if target[-1:] != b"x" else b"y")
        return self.packed({name: self.parts[name].replace(b'"' + target + b'"', b'"' + other + b'"', 1)})

    def _edited(self, part: str, texts: dict[str, str]) -> bytes:
        root = etree.fromstring(self.parts[part])
        for cell in root.iter(f"{_MAIN}c"):
            if cell.get("r") in texts:
                _put(cell, texts[cell.get("r")])
        return etree.tostring(root)

    # --- what there is

    def _parts_of_sheets(self) -> dict[str, str]:
        rels = etree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        targets = {one.get("Id"): f"xl/{one.get('Target').removeprefix('/xl/')}" for one in rels}
        book = etree.fromstring(self.parts["xl/workbook.xml"])
        found = {}
        for sheet in book.iter(f"{_MAIN}sheet"):
            identity = next(value for name, value in sheet.attrib.items() if name.endswith("}id"))
            found[sheet.get("name")] = targets[identity]
        return found

    def _forget_other_sheets(self) -> None:
        """Sheets the count does not ask are emptied, so that a thousand readings are quick."""
        asked = {spec.sheet for spec in _SPECS}
        for name, part in self._sheets.items():
            if name not in asked:
                self.parts[part] = re.sub(
                    rb"<sheetData>.*</sheetData>", b"<sheetData/>", self.parts[part], flags=re.DOTALL
                )

    def _spots(self) -> Iterator[Spot]:
        typed = {
            (one.line.origin.file, place_of(Origin(sheet=item.sheet, cell=item.cell)))
            for one in counted_by(self.packed({}), self.judged)
            for item, _ in one.fates
        }
        about = {
            (row.code, row.origin.file, place_of(row.origin))
            for origin, rows in self.judged.claims.told.items()
            if (origin.file, place_of(origin)) in typed
            for row in rows
        }
        for spec in _SPECS:
            for row, texts in self._rows(spec):
                place = (texts["file"], texts["cell"]) if "file" in texts else ()
                if spec is FINDINGS and (texts["code"], *place) not in about:
                    continue
                if spec is UNPLACED and (texts["file"], _place(texts)) not in typed:
                    continue
                self.rows[spec.name, row] = texts
                for key in _keys(spec, texts):
                    if texts[key]:
                        yield Spot(spec.name, row, key, self._address(spec, row, key), texts[key])

    def _rows(self, spec: TableSpec) -> Iterator[tuple[int, dict[str, str]]]:
        sheet, area, columns = self._areas[spec.name]
        keys = {one.header: one.key for one in spec.columns}
        cells = next(one for one in self._book.sheets if one.name == sheet)
        for row in range(area.top + 1, area.bottom + 1):
            texts = {
                keys[header]: cells.at(row, area.left + at).text
                for at, header in enumerate(columns)
                if header in keys
            }
            if any(texts.values()):
                yield row, texts

    def _address(self, spec: TableSpec, row: int, key: str) -> str:
        _, area, columns = self._areas[spec.name]
        assert isinstance(area, Area)
        return a1(row, area.left + columns.index(spec.column(key).header))


def _statement(table: str, texts: dict[str, str]) -> list[str]:
    """What a row says, and of whom or of which place."""
    if table == UNPLACED.name:
        return [texts["file"], _place(texts), texts["text"]]
    if table == FINDINGS.name:
        return [texts[key] for key in ("file", "cell", "code", "text", "count")]
    return [texts[key] for key in (*_IDENTITY, *_ANSWERS, "fact", "comment") if key in texts]


def _place(texts: dict[str, str]) -> str:
    return place_of(Origin(sheet=texts["sheet"], cell=texts["cell"]))


def _keys(spec: TableSpec, texts: dict[str, str]) -> Sequence[str]:
    if spec is ENTRIES:
        said = any(texts[key] for key in _ANSWERS)
        return (*_ANSWERS, "participant", "key") if said else ()
    if spec is INDICATORS:
        return ("fact", "comment", "participant", "title") if texts["participant"] else ()
    if spec is FINDINGS:
        return ("text", "file", "cell", "count")
    return ("text", "file", "sheet", "cell") if texts["file"] else ()


def _put(cell: Any, text: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if text:
        cell.set("t", "inlineStr")
        item = etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t")
        item.set(_SPACE, "preserve")
        item.text = re.sub(
            "[\x00-\x08\x0b-\x1f\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)",
            lambda one: f"_x{ord(one[0]):04X}_",
            text,
        )


# --- mutations ----------------------------------------------------------------------------------

Mutation = Callable[[Written, random.Random], tuple[str, bytes]]
"""What was done, for people, and the file with it done."""


def drop(written: Written, chance: random.Random) -> tuple[str, bytes]:
    spot = chance.choice(written.spots)
    return _said(spot, "dropped"), written.with_texts({spot: ""})


def drop_row(written: Written, chance: random.Random) -> tuple[str, bytes]:
    spot = chance.choice(written.spots)
    row = {one: "" for one in written.spots if (one.table, one.row) == (spot.table, spot.row)}
    return _said(spot, "row dropped"), written.with_texts(row)


def alter(written: Written, chance: random.Random) -> tuple[str, bytes]:
    while True:
        spot = chance.choice(written.spots)
        text = chance.choice(_ALTERATIONS)(spot.text, chance)
        if text and _says_otherwise(spot, text):
            return _said(spot, f"altered to {text[:60]!r}"), written.with_texts({spot: text})


def swap(written: Written, chance: random.Random) -> tuple[str, bytes]:
    while True:
        one = chance.choice(written.spots)
        others = [spot for spot in written.spots if (spot.table, spot.key) == (one.table, one.key)]
        other = chance.choice(others)
        if _says_otherwise(one, other.text) and written.tells_apart(one, other):
            return _said(one, f"swapped with {other.at}"), written.with_texts(
                {one: other.text, other: one.text}
            )


def lead_elsewhere(written: Written, chance: random.Random) -> tuple[str, bytes]:
    return "a link leads elsewhere", written.with_a_link_elsewhere(chance)


KINDS: dict[str, Mutation] = {
    "drop": drop,
    "alter": alter,
    "swap": swap,
    "drop row": drop_row,
    "link": lead_elsewhere,
}


def _says_otherwise(spot: Spot, text: str) -> bool:
    if text == spot.text or same_value(text, spot.text):
        return False
    return spot.key != "status" or plain(text) != plain(spot.text)


def _said(spot: Spot, what: str) -> str:
    return f"{spot.table} {spot.at} ({spot.key}) {spot.text[:60]!r} {what}"


def _replaced(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("аЯ7.-") + text[at + 1 :]


def _removed(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


_ALTERATIONS: Sequence[Callable[[str, random.Random], str]] = (
    _replaced,
    _removed,
    lambda text, _: text + "ъ",
    lambda text, _: "не " + text,
    lambda text, _: text + "\nи ещё строка",
    lambda text, _: text.replace(" ", "  ", 1),
    lambda text, _: text.replace("\u200b", "").replace("\u00ad", "").replace("\u00a0", " "),
    lambda text, _: unicodedata.normalize("NFC", text),
    lambda text, _: unicodedata.normalize("NFD", text),
    lambda text, _: text[: len(text) // 2],
    lambda text, _: text.swapcase(),
    lambda text, chance: chance.choice([one.value for one in Status]),
    lambda text, _: text_of(True),
)


def tried(written: Written, number: int, seed: int) -> LedgerAbuse:
    """``number`` mutations, kinds in turn; the same seed gives the same ones."""
    chance, found = random.Random(seed), LedgerAbuse()
    kinds = list(KINDS)
    for step in range(number):
        kind = kinds[step % len(kinds)]
        what, data = KINDS[kind](written, chance)
        found.mutations += 1
        found.by_kind[kind] += 1
        if any(one.line.unaccounted for one in counted_by(data, written.judged)):
            found.noticed += 1
        else:
            found.unnoticed.append(f"{kind}: {what}")
    return found
