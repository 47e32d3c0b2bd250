"""One sheet as a table of HTML: letters, widths, colours, links, notes; what is hidden is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import urlsplit

from sheetsync_emulator.page_parts import escaped
from sheetsync_emulator.ranges import Box, box_of, column_letters

Json = dict[str, Any]

LIVE_SCHEMES: Final = {"http", "https", "mailto"}
INSIDE: Final = re.compile(r"#gid=(?P<sheet>\d+)(?:&range='?[^!]*?!?\$?[A-Z]*\$?(?P<row>\d*).*)?")
"""A link to a place in the same spreadsheet."""
SPARE_ROWS: Final = 3
HEAD_WIDTH: Final = 44
PLACEHOLDER: Final = "@"
"""What stands in a text where a chip is."""
USUAL: Final = {"background-color": "#ffffff", "color": "#000000", "font-size": "10pt"}
"""How a cell looks that nobody has changed: the page looks so by itself."""


@dataclass(frozen=True)
class Shown:
    """A sheet as ``spreadsheets.get`` gives it, with what a page needs to know about it."""

    sheet: Json

    @cached_property
    def data(self) -> Json:
        parts: list[Json] = self.sheet.get("data", [])
        return parts[0] if parts else {}

    @cached_property
    def rows(self) -> list[Json]:
        rows: list[Json] = self.data.get("rowData", [])
        return rows

    @cached_property
    def columns(self) -> list[int]:
        """Columns that are shown, up to the last one with anything in it."""
        used = max((len(row.get("values", [])) for row in self.rows), default=0)
        used = max(used, *(box.right for box in self.merges), 1)
        return [at for at in range(used) if not self._is_hidden("columnMetadata", at)]

    @cached_property
    def lines(self) -> list[int]:
        """Rows that are shown."""
        count = min(len(self.rows) + SPARE_ROWS, len(self.data.get("rowMetadata", [])))
        return [at for at in range(count) if not self._is_hidden("rowMetadata", at)]

    @cached_property
    def merges(self) -> list[Box]:
        return [box_of(one) for one in self.sheet.get("merges", [])]

    @cached_property
    def locked(self) -> list[tuple[Box, list[Box]]]:
        """Protected areas with the holes in them."""
        protections = [one for one in self.sheet.get("protectedRanges", []) if not one.get("warningOnly")]
        return [
            (box_of(one.get("range", {})), [box_of(hole) for hole in one.get("unprotectedRanges", [])])
            for one in protections
        ]

    def _is_hidden(self, kind: str, at: int) -> bool:
        metadata = self.data.get(kind, [])
        known = metadata[at] if at < len(metadata) else {}
        return bool(known.get("hiddenByUser") or known.get("hiddenByFilter"))

    def size(self, kind: str, at: int, default: int) -> int:
        metadata = self.data.get(kind, [])
        return int(metadata[at].get("pixelSize", default)) if at < len(metadata) else default

    def cell(self, row: int, column: int) -> Json:
        values: Sequence[Json] = self.rows[row].get("values", []) if row < len(self.rows) else []
        return values[column] if column < len(values) else {}

    def merge_at(self, row: int, column: int) -> Box | None:
        return next((box for box in self.merges if (row, column) in box), None)

    def room(self, row: int, column: int) -> int:
        """Pixels a text longer than its cell may take: up to the next cell with something in it."""
        width = self.width(column)
        for after in self.columns[self.columns.index(column) + 1 :]:
            if self.merge_at(row, after) or self.cell(row, after).get("formattedValue"):
                break
            width += self.width(after)
        return width

    def width(self, column: int) -> int:
        return self.size("columnMetadata", column, 100)

    def is_locked(self, row: int, column: int) -> bool:
        return any(
            (row, column) in box and not any((row, column) in hole for hole in holes)
            for box, holes in self.locked
        )


def grid(sheet: Json) -> str:
    """The sheet as a table."""
    shown = Shown(sheet)
    widths = [shown.width(at) for at in shown.columns]
    columns = "".join(f'<col style="width:{width}px">' for width in (HEAD_WIDTH, *widths))
    letters = "".join(f"<th>{column_letters(at)}</th>" for at in shown.columns)
    body = "".join(_line(shown, row) for row in shown.lines)
    return (
        f'<div class="sheet" tabindex="0"><table class="grid"><colgroup>{columns}</colgroup>'
        f"<thead><tr><th></th>{letters}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(shown: Shown, row: int) -> str:
    height = shown.size("rowMetadata", row, 21)
    cells = "".join(_cells(shown, row))
    return f'<tr id="row{row + 1}" style="height:{height}px"><th>{row + 1}</th>{cells}</tr>'


def _cells(shown: Shown, row: int) -> Iterator[str]:
    for column in shown.columns:
        merge = shown.merge_at(row, column)
        if merge is None:
            yield _cell(shown, row, column, "")
        elif (row, column) == _corner(shown, merge):
            rows = sum(at in range(merge.top, merge.bottom) for at in shown.lines)
            columns = sum(at in range(merge.left, merge.right) for at in shown.columns)
            yield _cell(shown, merge.top, merge.left, f' rowspan="{rows}" colspan="{columns}"')


def _corner(shown: Shown, merge: Box) -> tuple[int, int]:
    """The first cell of a merge that is not hidden: it shows what the merge holds."""
    return (
        next(at for at in shown.lines if at >= merge.top),
        next(at for at in shown.columns if at >= merge.left),
    )


def _cell(shown: Shown, row: int, column: int, spans: str) -> str:
    cell = shown.cell(row, column)
    look = cell.get("effectiveFormat") or cell.get("userEnteredFormat") or {}
    content = _content(cell)
    marks = ["wrap" if look.get("wrapStrategy") == "WRAP" else "clip"]
    if not spans and _spills(cell, look) and (room := shown.room(row, column)) > shown.width(column):
        marks = ["clip", "spill"]
        content = f'<span style="max-width:{room}px">{content}</span>'
    marks += ["locked"] if cell.get("formattedValue") and shown.is_locked(row, column) else []
    marks += ["note"] if cell.get("note") else []
    note = f' title="{escaped(cell["note"])}"' if cell.get("note") else ""
    return f'<td class="{" ".join(marks)}"{spans}{note}{_style(look)}>{content}</td>'


def _spills(cell: Json, look: Json) -> bool:
    """Whether the text goes on over the empty cells to its right."""
    is_text = "stringValue" in cell.get("effectiveValue", {})
    to_the_left = look.get("horizontalAlignment", "LEFT") == "LEFT"
    return is_text and to_the_left and look.get("wrapStrategy", "OVERFLOW_CELL") == "OVERFLOW_CELL"


def _content(cell: Json) -> str:
    """The text of a cell, its links live, a tick as a box."""
    text = str(cell.get("formattedValue", ""))
    if cell.get("dataValidation", {}).get("condition", {}).get("type") == "BOOLEAN":
        return "☑" if text and text not in {"FALSE", "ЛОЖЬ"} else "☐"
    if cell.get("hyperlink"):
        return _link(cell["hyperlink"], text)
    if cell.get("chipRuns"):
        return _with_chips(cell["chipRuns"], text)
    runs = cell.get("textFormatRuns", [])
    if not runs:
        return escaped(text)
    starts = [int(run.get("startIndex", 0)) for run in runs]
    pieces = [escaped(text[: starts[0]])]
    for run, start, end in zip(runs, starts, [*starts[1:], len(text)], strict=True):
        uri = run.get("format", {}).get("link", {}).get("uri", "")
        pieces.append(_link(uri, text[start:end]))
    return "".join(pieces)


def _with_chips(runs: Sequence[Json], text: str) -> str:
    """A text whose placeholders «@» are files or people."""
    chips = iter(one["chip"] for one in runs if one.get("chip"))
    pieces = (_chip(next(chips, {})) if letter == PLACEHOLDER else escaped(letter) for letter in text)
    return "".join(pieces)


def _chip(chip: Json) -> str:
    """A file by the last part of its address, a person by the e-mail."""
    target = str(chip.get("richLinkProperties", {}).get("uri", ""))
    email = str(chip.get("personProperties", {}).get("email", ""))
    shown = urlsplit(target).path.rstrip("/").rpartition("/")[2] or target or email or PLACEHOLDER
    return f'<span class="chip">{_link(target or f"mailto:{email}", shown)}</span>'


def _link(target: str, text: str) -> str:
    """A link when its target is one a browser may open; else only the text."""
    if inside := INSIDE.fullmatch(target):
        return f'<a class="inside" href="gid/{inside["sheet"]}#row{inside["row"] or 1}">{escaped(text)}</a>'
    if urlsplit(target).scheme not in LIVE_SCHEMES:
        return escaped(text)
    return f'<a href="{escaped(target)}" rel="noreferrer noopener">{escaped(text or target)}</a>'


def _style(look: Json) -> str:
    """Colours, weight and alignment of a cell."""
    text = look.get("textFormat", {})
    parts = {
        "background-color": _colour(look, "backgroundColor"),
        "color": _colour(text, "foregroundColor"),
        "font-weight": "700" if text.get("bold") else "",
        "font-style": "italic" if text.get("italic") else "",
        "font-size": f"{int(text['fontSize'])}pt" if "fontSize" in text else "",
        "text-align": {"CENTER": "center", "RIGHT": "right"}.get(look.get("horizontalAlignment", ""), ""),
        "vertical-align": {"TOP": "top", "MIDDLE": "middle"}.get(look.get("verticalAlignment", ""), ""),
    }
    said = ";".join(f"{name}:{value}" for name, value in parts.items() if value and value != USUAL.get(name))
    return f' style="{said}"' if said else ""


def _colour(look: Json, name: str) -> str:
    """A colour of the API, parts from 0 to 1, as «#rrggbb»; '' when the look has none."""
    colour = look.get(f"{name}Style", {}).get("rgbColor", look.get(name))
    if colour is None:
        return ""
    return "#" + "".join(f"{round(float(colour.get(one, 0)) * 255):02x}" for one in ("red", "green", "blue"))
