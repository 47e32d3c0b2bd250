"""Which table of a document is the plan, and where it goes on.

The plan's header has an activity column and a deadline column; passports, analyses and lists of
schools do not. After it come more tables: the same one after a page break, with or without the
header, with a heading of a section between; a table with another header of a plan is joined too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from sheetsync.notices import Notice, say
from sheetsync.plan.document import Block, Document, OrderRefused, Paragraph, TableBlock, TableRow
from sheetsync.plan.headers import ColumnKind, Header, classify, header_of, is_column_numbers, is_rule
from sheetsync.plan.markup import undressed
from sheetsync.plan.numbering import heading_number
from sheetsync.plan.printed import Line, PlanText, PrintedRow
from sheetsync.text import plain, skeleton, squeeze

_ENDS_PLAN: Final = re.compile(
    r"^(?:приложение(?!.*продолж)|список|перечень(?! мероприят)|состав |паспорт|критери|"
    r"целевые (?:показат|индикат)|лист ознаком|с приказом|приказ$|форма )"
)
_PAGE_MARK: Final = re.compile(
    r"^(?:[-–— ]*(?:стр(?:\.|аница)?\s*)?\d{1,3}(?:\s*(?:из|/)\s*\d{1,3})?[-–— ]*|"
    r".*продолжение (?:таблицы|приложения).*)$"
)
_PERSON: Final = re.compile(r"^(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+ [А-ЯЁ]\.\s?[А-ЯЁ]\.)$")
_POSITION: Final = re.compile(
    r"^(?:и\.?\s?о\.?|врио|начальник|директор|завед|председ|замест|глава|руковод|исп|согласован)"
)
_MOST_LINES_BETWEEN: Final = 4
_LONGEST_HEADING: Final = 150
_HEADER_ROWS: Final = 3
_TOLD_OF_SEVERAL: Final = frozenset(
    {ColumnKind.DEADLINE, ColumnKind.START, ColumnKind.END, ColumnKind.RESPONSIBLE, ColumnKind.RESULT}
)
_HEADER_KINDS: Final = (ColumnKind.ACTIVITY, ColumnKind.DEADLINE, ColumnKind.RESPONSIBLE)


def find_plan(document: Document) -> PlanText:
    """Sort a document into the plan's rows and the rest. Raises ``OrderRefused`` without a plan."""
    blocks = [_clean(block) for block in document.blocks]
    _must_have_text(blocks, document.name)
    headers: list[Header] = []
    for block in blocks:
        headers += [header for _, _, header in _headers(block, headers)]
    if not headers:
        reason = Notice.ORDER_INTERLEAVED if _header_in_prose(blocks) else Notice.ORDER_WITHOUT_PLAN
        raise OrderRefused(say(reason, name=document.name))
    wanted = _wanted(headers)
    sorter = _Sorter(wanted)
    for block in blocks:
        sorter.take(block)
    if not any(isinstance(one, PrintedRow) for one in sorter.body):
        raise OrderRefused(say(Notice.ORDER_WITHOUT_PLAN, name=document.name))
    skipped = tuple(dict.fromkeys(header for header in headers if header not in wanted))
    above, first = _parted(sorter.above)
    return PlanText(above, (*first, *sorter.body), tuple(sorter.pending), skipped, tuple(sorter.unread))


def _parted(above: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The heading of the first section, when it stands over the header, belongs to the plan."""
    lines = [line for line in above if line.text]
    last = squeeze(lines[-1].text) if lines and not lines[-1].cells else ""
    number, title = heading_number(last)
    ordered = re.match(r"[а-яё-]+(?:ть|ти|чь)(?:ся)?\b", plain(title))
    if number not in {"1", "I"} or ordered or len(last) > _LONGEST_HEADING:
        return tuple(above), ()
    return tuple(lines[:-1]), (lines[-1],)


def refuse_interleaved(name: str) -> OrderRefused:
    """The refusal of a plan whose cells are mixed line by line."""
    return OrderRefused(say(Notice.ORDER_INTERLEAVED, name=name))


# --- cleaning and refusing ----------------------------------------------------------------------


def _clean(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=undressed(block.text))
    rows = (_undressed(row) for row in block.rows)
    return TableBlock(tuple(row for row in rows if any(row.cells) and not is_rule(row.cells)))


def _undressed(row: TableRow) -> TableRow:
    covered = tuple((place, undressed(text)) for place, text in row.covered)
    return replace(row, cells=tuple(undressed(cell) for cell in row.cells), covered=covered)


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell for row in block.rows for cell in row.cells)


def _must_have_text(blocks: Sequence[Block], name: str) -> None:
    letters = [char for text in _texts(blocks) for char in text.lower() if char.isalpha()]
    if len(letters) < 60:
        raise OrderRefused(say(Notice.ORDER_SCAN, name=name))
    if sum("а" <= char <= "я" for char in letters) < len(letters) / 5:
        raise OrderRefused(say(Notice.ORDER_GARBLED, name=name))


def _header_in_prose(blocks: Sequence[Block]) -> bool:
    """The words of a plan's header stand in running text: its columns were not told apart."""
    lines = [squeeze(block.text) for block in blocks if isinstance(block, Paragraph) and block.text.strip()]
    lines += [
        squeeze(" ".join(row.cells))
        for block in blocks
        if isinstance(block, TableBlock)
        for row in block.rows
    ]
    windows = (lines[place : place + 6] for place in range(len(lines)))
    return any(_speaks_as_header(window) for window in windows)


def _speaks_as_header(window: Sequence[str]) -> bool:
    short = [line for line in window if len(line) <= 120]
    apart = {classify(line) for line in short if len(line) <= 40 and not re.search(r"\d", line)}
    if apart.issuperset(_HEADER_KINDS):
        return True
    first = plain(short[0]) if short else ""
    return all(
        re.search(word, first)
        for word in (r"\bмероприяти[яе]\b", r"\bсроки?\b", r"\b(?:ответственн|исполнител)")
    )


def _wanted(headers: Sequence[Header]) -> tuple[Header, ...]:
    """Where some tables name who answers, those that do not (stages, indicators) are no plan."""
    answered = [header for header in headers if header.has(ColumnKind.RESPONSIBLE)]
    return tuple(answered or headers)


# --- headers in a block -------------------------------------------------------------------------


def _headers(block: Block, known: Sequence[Header]) -> Iterator[tuple[int, int, Header]]:
    """Every header in a table: the place of its first row, the place after it, what it says.

    A header ``known`` already is whole: the row under it is no second line of its.
    """
    if isinstance(block, Paragraph):
        return
    place = 0
    while place < len(block.rows):
        found = _header_at(block.rows, place, known)
        if found is None:
            place += 1
            continue
        header, after = found
        yield place, after, header
        place = after


def _header_at(rows: Sequence[TableRow], place: int, known: Sequence[Header]) -> tuple[Header, int] | None:
    """A header printed in one to three rows, with the row of column numbers under it."""
    for height in range(1, _HEADER_ROWS + 1):
        part = rows[place : place + height]
        if len(part) < height or (height > 1 and not _continues_header(part[-1].cells)):
            return None
        header = header_of(_stacked(part), [row.cells for row in rows[place + height :]])
        if header is None:
            continue
        after = place + height
        while header not in known and after < min(len(rows), place + _HEADER_ROWS):
            if not _continues_header(rows[after].cells):
                break
            taller = header_of(_stacked(rows[place : after + 1]), [row.cells for row in rows[after + 1 :]])
            if taller is None:
                break
            header, after = taller, after + 1
        if after < len(rows) and is_column_numbers(rows[after].cells):
            after += 1
        return header, after
    return None


def _stacked(rows: Sequence[TableRow]) -> list[str]:
    width = max(len(row.cells) for row in rows)
    columns = ([row.cells[place] for row in rows if place < len(row.cells)] for place in range(width))
    return [squeeze(" ".join(filter(None, column))) for column in columns]


_HEADER_WORDS: Final = re.compile(
    r"^(?:пп|реализаци[ия]|проведени[яе]|исполнени[яе]|выполнени[яе]|мероприяти[яей]|исполнители?|лица|результаты?|"
    r"(?:дата)?(?:начал[оа]|окончани[ея])(?:реализации)?|завершени[ея]|за(?:исполнение|проведение|выполнение|реализацию)|"
    r"об?исполнении|документа?|деятельности)$"
)


def _continues_header(cells: Sequence[str]) -> bool:
    """The second line of a header: «п/п», «реализации», «начало | окончание», months of a matrix."""
    filled = [cell for cell in cells if cell]
    periods = sum(classify(cell) is ColumnKind.PERIOD for cell in filled)
    words = sum(bool(_HEADER_WORDS.match(skeleton(cell))) for cell in filled)
    return bool(filled) and words + periods == len(filled) and periods != 1


# --- sorting blocks -----------------------------------------------------------------------------


@dataclass
class _Sorter:
    """Walks the blocks once. ``pending`` lines are the plan's only if the plan goes on after them."""

    wanted: tuple[Header, ...]
    above: list[Line] = field(default_factory=list)
    body: list[Line | PrintedRow] = field(default_factory=list)
    pending: list[Line] = field(default_factory=list)
    header: Header | None = None
    ended: bool = False
    unread: list[str] = field(default_factory=list)

    def take(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._wait(Line(block.text, block.line))
            return
        found = list(_headers(block, self.wanted))
        if any(header not in self.wanted for _, _, header in found):
            self._pass_by(block.rows)
            return
        first = found[0][0] if found else len(block.rows)
        self._take_rows(block.rows[:first])
        ends = [place for place, _, _ in found[1:]] + [len(block.rows)]
        for (_, start, header), end in zip(found, ends, strict=False):
            self._begin(header)
            rows, signed = _until_signature(block.rows[start:end])
            self._add(rows)
            self._pass_by(signed)

    def _take_rows(self, rows: Sequence[TableRow]) -> None:
        """Rows before any header of their block: the plan going on, or another table."""
        if not rows:
            return
        rows, signed = _until_signature(rows)
        fitted = None if self.header is None or self.ended or not rows else _fitted(rows, self.header)
        if fitted is None or not self._goes_on(fitted):
            if self.header is not None and not self.ended and len(rows) > 1:
                self.unread.append(squeeze(" | ".join(filter(None, rows[0].cells))))
            self._pass_by([*rows, *signed])
            return
        self._release()
        self._add(fitted)
        self._pass_by(signed)

    def _pass_by(self, rows: Sequence[TableRow]) -> None:
        """A table that is no plan; a single row (a signature) does not yet end the plan."""
        for row in rows:
            self._wait(Line(squeeze(" ".join(row.cells)), row.line, row.cells))
        self.ended = self.ended or (self.header is not None and len(rows) > 1)

    def _wait(self, line: Line) -> None:
        if self.header is None:
            self.above.append(line)
            return
        self.pending.append(line)
        if _ENDS_PLAN.match(plain(line.text)):
            self.ended = True

    def _begin(self, header: Header) -> None:
        if self.header is not None:
            self._release()
        self.header, self.ended = header, False

    def _release(self) -> None:
        self.body += [line for line in self.pending if not _PAGE_MARK.match(plain(line.text))]
        self.pending.clear()

    def _goes_on(self, rows: Sequence[TableRow]) -> bool:
        lines = [line for line in self.pending if not _PAGE_MARK.match(plain(line.text))]
        first = rows[0].cells
        foreign = (
            classify(first[0]) is ColumnKind.NUMBER and bool(first[0]) and not re.search(r"\d", first[0])
        )
        return len(lines) <= _MOST_LINES_BETWEEN and not foreign

    def _add(self, rows: Sequence[TableRow]) -> None:
        header = self.header
        if header is None or not rows:
            return
        rows = [_shared(row, header) for row in rows if not is_column_numbers(row.cells)]
        if not rows:
            return
        for place, row in enumerate(_fitted(rows, header) or rows):
            cells = (*row.cells, *("",) * (header.width - len(row.cells)))
            self.body.append(PrintedRow(cells, header, row.line, opens_page=place == 0))


def _shared(row: TableRow, header: Header) -> TableRow:
    """What a tall cell tells of several activities is told of each of them."""
    if len(row.cells) != header.width or not any(
        row.cells[one] for one in header.places(ColumnKind.ACTIVITY)
    ):
        return row
    told = {place: text for place, text in row.covered if header.kinds[place] in _TOLD_OF_SEVERAL}
    return replace(row, cells=tuple(cell or told.get(place, "") for place, cell in enumerate(row.cells)))


def _fitted(rows: Sequence[TableRow], header: Header) -> tuple[TableRow, ...] | None:
    """The rows with as many columns as the header, empty columns left out; None when they differ."""
    width = max(len(row.cells) for row in rows)
    if width == header.width:
        return tuple(rows)
    used = [
        place for place in range(width) if any(place < len(row.cells) and row.cells[place] for row in rows)
    ]
    if used and used[-1] < header.width < width:
        return tuple(replace(row, cells=row.cells[: header.width]) for row in rows)
    if len(used) == header.width:
        return tuple(replace(row, cells=tuple(_at(row, place) for place in used)) for row in rows)
    if moved := _by_whole_rows(rows, header.width):
        return moved
    narrow = all(not row.cells[0] or re.match(r"\d+(?:\.\d+)*\.?$", row.cells[0]) for row in rows)
    return tuple(rows) if width < header.width and narrow else None


def _by_whole_rows(rows: Sequence[TableRow], width: int) -> tuple[TableRow, ...] | None:
    """Rows of a shifted grid under their columns, told by the rows that fill every column.

    A page drawn with another grid spreads one column over several, and the grid may change within
    a page: a row that is not whole lies as the whole row above it does, or the one below.
    """
    grids = [
        dict(zip(filled, range(width), strict=True)) if len(filled) == width else None
        for filled in map(_filled, rows)
    ]
    moved: list[TableRow] = []
    for place, row in enumerate(rows):
        near = [grid for grid in (*reversed(grids[: place + 1]), *grids[place + 1 :]) if grid is not None]
        grid = next((one for one in near if set(_filled(row)) <= one.keys()), None)
        if grid is None:
            return None
        texts = {grid[one]: row.cells[one] for one in _filled(row)}
        moved.append(replace(row, cells=tuple(texts.get(one, "") for one in range(width))))
    return tuple(moved)


def _filled(row: TableRow) -> list[int]:
    return [place for place, cell in enumerate(row.cells) if cell]


def _at(row: TableRow, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _until_signature(rows: Sequence[TableRow]) -> tuple[Sequence[TableRow], Sequence[TableRow]]:
    """The rows of the plan, and what stands in one table with it from the signature on."""
    place = next((place for place, row in enumerate(rows) if _is_signature(row)), len(rows))
    return rows[:place], rows[place:]


def _is_signature(row: TableRow) -> bool:
    filled = [cell for cell in row.cells if cell]
    person = len(filled) > 1 and _PERSON.match(squeeze(filled[-1]))
    return bool(person and _POSITION.match(plain(filled[0])))
