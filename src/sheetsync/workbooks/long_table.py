"""A table whose body is written in blocks: the workbook around it is edited, its rows come as bytes.

A table in which a row means more than its values (the office painted it, wrote beside it, refers to
it) is not written so: ``obstacles`` say why, and ``Replacement`` does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple, NoReturn

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from sheetsync.grid import Area, a1, area, column_letters
from sheetsync.workbooks.areas_xml import move_areas
from sheetsync.workbooks.block_series import gathered
from sheetsync.workbooks.cells_xml import CellWriter
from sheetsync.workbooks.excel_replace import TablePlace, move_formula
from sheetsync.workbooks.fitting import TableInTheWayError, beside, is_torn, need_room
from sheetsync.workbooks.known_sheet import KnownSheet, look_at
from sheetsync.workbooks.links_xml import MAX_LINKS, Links
from sheetsync.workbooks.long_format import columns_of, row_of
from sheetsync.workbooks.looking import OUR_TABLES, meet
from sheetsync.workbooks.notes_xml import Notes
from sheetsync.workbooks.ooxml import WORKSHEET_ORDER, Element, child, children, parse, placed
from sheetsync.workbooks.package import Package, relations_part
from sheetsync.workbooks.port import Orphan, TableBody
from sheetsync.workbooks.references import MAX_COLUMN
from sheetsync.workbooks.row_blocks import Block, Piece, RowFormat
from sheetsync.workbooks.row_encoding import encode_rows
from sheetsync.workbooks.row_heights import default_height
from sheetsync.workbooks.sheet_frame import BodyLooks, StrangePartError, placeholder
from sheetsync.workbooks.sheet_xml import Row, SheetXml, forget_result
from sheetsync.workbooks.shift import Shift, in_range
from sheetsync.workbooks.table_layout import layout_of
from sheetsync.workbooks.table_xml import TableXml

_LINKS: Final = "sheetsync-links"
"""A processing instruction where the hyperlinks of the rows, or their relations, are to come."""

_LINKS_PLACE: Final = f"<?{_LINKS} ?>".encode()


class Obstacle(StrEnum):
    """Why the body of a table cannot be written in blocks."""

    COLUMNS = "columns"
    """A declared column is not there yet, or one the office put in holds something."""
    NEIGHBOURS = "neighbours"
    """Cells or tables stand beside the body, or another of our tables is on its sheet."""
    LOOKS = "looks"
    """Rows differ: painted, hidden, set to a height."""
    MERGED = "merged"
    NOTES = "notes"
    """The office wrote notes to cells of the body."""
    POINTERS = "pointers"
    """A rule, a formula, a name or a link means single rows of the body."""
    STRANGE = "strange"
    """The sheet is written in a way we do not know."""


class RowsMatterError(LookupError):
    """It matters where a row of the body goes, which only its key would tell."""


class BlocksPut(NamedTuple):
    """What came of writing a body in blocks.

    ``links_left`` are the hyperlinks beyond what a sheet may hold: their cells keep the text.
    """

    orphans: tuple[Orphan, ...]
    links_left: int


class _Unknown(Mapping[int, int]):
    """Where rows of a body go that is written without looking at their keys."""

    def __getitem__(self, row: int) -> NoReturn:
        raise RowsMatterError(row)

    def __iter__(self) -> NoReturn:
        raise RowsMatterError

    def __len__(self) -> NoReturn:
        raise RowsMatterError


class Arranged(Struct, frozen=True):
    """A package around a body that is to come."""

    shift: Shift
    orphans: tuple[Orphan, ...]
    formulas_moved: bool


class LongTable:
    """One table as it stands in a workbook. ``others`` are the other tables of its sheet."""

    def __init__(
        self,
        package: Package,
        place: TablePlace,
        others: Sequence[TablePlace],
        writer: CellWriter,
        headers: Sequence[str],
    ) -> None:
        self._package = package
        self.place = place
        self._others = others
        self._writer = writer
        table = TableXml(package.tree(place.part))
        self.body = table.body
        self._layout = layout_of(table.headers, TableBody(tuple(headers), ()))
        self._width = len(headers)
        self._offices_links = 0
        self._seen: KnownSheet | None = None
        self.form: RowFormat | None = None
        self.obstacles: tuple[Obstacle, ...] = tuple(dict.fromkeys(self._look(table)))

    @property
    def link_room(self) -> int:
        """How many hyperlinks of the body the sheet holds beside those of the office."""
        return max(MAX_LINKS - self._offices_links, 0)

    # --- what stands in the way

    def _look(self, table: TableXml) -> Iterator[Obstacle]:
        own = [one.source for one in self._layout.columns if one.declared is None]
        if any(one.is_new for one in self._layout.columns) or any(map(table.calculated, own)):
            yield Obstacle.COLUMNS
            return
        areas = [TableXml(self._package.tree(one.part)).area for one in self._others]
        ours = any(one.name in OUR_TABLES for one in self._others)
        if ours or beside(table.area, areas) or self._package.is_filled(self.place.sheet_part):
            yield Obstacle.NEIGHBOURS
            return
        try:
            known = self._known()
            root = parse(known.around)
        except (StrangePartError, etree.XMLSyntaxError):
            yield Obstacle.STRANGE
            return
        yield from self._look_around(root)
        yield from self._look_at_rows(root, known.looks)

    def _known(self) -> KnownSheet:
        part = self.place.sheet_part
        if self._seen is None or not self._seen.holds(self._package, part, self.body):
            self._seen = look_at(self._package, part, self.body)
        return self._seen

    def _look_around(self, root: Element) -> Iterator[Obstacle]:
        rows = Area(self.body.top, 1, self.body.bottom, MAX_COLUMN)
        merges = children(child(root, "mergeCells"), "mergeCell")
        if any(meet(area(one.get("ref")), rows) for one in merges):
            yield Obstacle.MERGED
        links = [area(one.get("ref")) for one in children(child(root, "hyperlinks"), "hyperlink")]
        self._offices_links = sum((one.top, one.left) not in self.body for one in links)
        notes = Notes(self._package, self.place.sheet_part).read()
        if any(place in rows and not (note.is_ours and place in self.body) for place, note in notes.items()):
            yield Obstacle.NOTES

    def _look_at_rows(self, root: Element, looks: BodyLooks) -> Iterator[Obstacle]:
        columns = list(enumerate(self._layout.columns, start=self.body.left))
        letters = {column_letters(at) for at, _ in columns}
        own = {column_letters(at) for at, one in columns if one.declared is None}
        if any(one.letters not in letters for one in looks.cells):
            yield Obstacle.NEIGHBOURS
        if any(one.letters in own and not one.is_empty for one in looks.cells):
            yield Obstacle.COLUMNS
        table = (self._layout, self.body)
        found = columns_of(root, looks, table, self._writer.styles, self._package)
        attributes = row_of(looks)
        if found is None or attributes is None:
            yield Obstacle.LOOKS
            return
        calendar, relations = self._writer.calendar, self._package.office_relations()
        self.form = RowFormat(
            found, attributes, default_height(root), calendar.since_1904, f"{relations}/hyperlink"
        )

    # --- the workbook around it

    def arrange(self, package: Package, row_count: int) -> Arranged:
        """Rearrange a package, this table's own or a twin of it, around a body of so many rows.

        Raises ``RowsMatterError`` when something points to single rows of the body, and
        ``TableInTheWayError`` when the body cannot grow.
        """
        part = self.place.sheet_part
        table = TableXml(package.edit(self.place.part))
        table.with_a_row()
        shift = self._shift(table.area.right, row_count)
        known = self._known()
        root = parse(known.around)
        package.fill(part, root, {})
        if known.relations is not None:
            package.write(relations_part(part), known.relations)
        self._check_neighbours(package, shift)
        sheet = SheetXml(root)
        formulas = sheet.formulas()
        orphans = self._move_cells(sheet, shift)
        self._move_extras(package, shift)
        move_areas(root, shift)
        for other in self._others:
            TableXml(package.edit(other.part)).move(shift)
        table.move(shift)
        sheet.store()
        self._measure(sheet, shift)
        return Arranged(shift, orphans, known.looks.has_formulas or sheet.formulas() != formulas)

    def _shift(self, right: int, row_count: int) -> Shift:
        columns = range(self.body.left, right + 1)
        bottom = self.body.top + max(row_count, 1) - 1
        need_room(self.place.sheet, bottom, right)
        return Shift(
            sheet=self.place.sheet,
            top=self.body.top,
            bottom=self.body.bottom,
            new_bottom=bottom,
            left=self.body.left,
            right=right,
            new_right=right,
            rows=_Unknown(),
            columns={one: one for one in columns},
            spans={one: (one, one) for one in columns},
        )

    def _check_neighbours(self, package: Package, shift: Shift) -> None:
        for other in self._others:
            if is_torn(shift, TableXml(package.tree(other.part)).area):
                raise TableInTheWayError(
                    f"table {other.name} on sheet {self.place.sheet} stands in the way of {self.place.name}"
                )

    def _move_cells(self, sheet: SheetXml, shift: Shift) -> tuple[Orphan, ...]:
        """Rows above and below go where they go; what is pushed off the sheet is an orphan."""
        sheet.unshare()
        marked = sheet.rows.pop(self.body.top)
        rows = {self.body.top: marked}
        orphans = []
        for number, row in sorted(sheet.rows.items()):
            target = shift.row(number)
            if target is not None:
                rows[target] = Row(row.attributes)
            for column, cell in row.cells.items():
                formula = child(cell, "f")
                if formula is not None:
                    forget_result(cell)
                    move_formula(formula, shift, number)
                if target is not None:
                    rows[target].cells[column] = cell
                elif text := self._writer.read(cell).text.strip():
                    orphans.append(Orphan("", a1(number, column), text))
        sheet.rows = rows
        return tuple(orphans)

    def _move_extras(self, package: Package, shift: Shift) -> None:
        links, notes = Links(package, self.place.sheet_part), Notes(package, self.place.sheet_part)
        links.drop(lambda row, column: (row, column) in self.body)
        ours = {place for place, note in notes.read().items() if note.is_ours and place in self.body}
        notes.move(lambda place: None if place in ours else shift.cell(*place))
        links.move(shift.trail, lambda text: in_range(text, shift, shift.sheet))

    def _measure(self, sheet: SheetXml, shift: Shift) -> None:
        """Tell the extent of the sheet's cells, those to come among them."""
        dimension = child(sheet.root, "dimension")
        if dimension is None:
            return
        rows = {number for number, row in sheet.rows.items() if row.cells} | {shift.top, shift.new_bottom}
        columns = {one for row in sheet.rows.values() for one in row.cells} | {shift.left, shift.new_right}
        dimension.set("ref", Area(min(rows), min(columns), max(rows), max(columns)).ref)

    # --- the body

    def put(self, blocks: Iterable[Block]) -> tuple[Arranged, int]:
        """Write the body, and what is around it; tells how many hyperlinks did not fit, too.

        The blocks follow one another from the first row on. They are gone through twice: now, and
        when the package is written.
        """
        package, part = self._package, self.place.sheet_part
        found = gathered(blocks, self.body.top, self.link_room)
        arranged = self.arrange(package, found.row_count)
        columns = {one.declared: at for at, one in enumerate(self._layout.columns, start=self.body.left)}
        Notes(package, part).add([((row, columns[place]), text) for row, place, text in found.notes])
        rows = blocks if found.row_count else (self._blank(),)
        fillings: dict[bytes, Iterable[Piece]] = {placeholder(self.body.top): _Rows(rows)}
        if found.links:
            holder = placed(package.tree(part), "hyperlinks", WORKSHEET_ORDER)
            holder.append(etree.ProcessingInstruction(_LINKS))
            fillings[_LINKS_PLACE] = found.links
        package.fill(part, package.tree(part), fillings)
        if found.relations:
            relations = relations_part(part)
            root = package.edit(relations)
            root.append(etree.ProcessingInstruction(_LINKS))
            package.fill(relations, root, {_LINKS_PLACE: found.relations})
        return replace(
            arranged, formulas_moved=arranged.formulas_moved or found.has_formulas
        ), found.links_left

    def _blank(self) -> Block:
        """A table always has one row at least."""
        assert self.form is not None
        return encode_rows(self.form, self.body.top, [[None] * self._width])


class _Rows:
    """The rows of blocks, to be gone through again and again."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._blocks = blocks

    def __iter__(self) -> Iterator[Piece]:
        return (block.rows for block in self._blocks)
