"""What stands behind ``.api``: exactly the COM members the tool declares in ``excel_live/beyond_excel.py``.

Any other member is a test's failure: the product would lean on something nobody checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from fake_excel import saving, writing
from fake_excel.areas import Rect
from fake_excel.calls import Watched
from fake_excel.document import Document, Filter, Font, Link, Program, Sheet, Table
from fake_excel.errors import NotOffered, refused
from fake_excel.faces import OnCells
from fake_excel.filtering import CELL_COLOR, Filtered, ask, reapply, words_of


class Com(Watched):
    """Base of COM objects: what is not declared is refused aloud."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotOffered(f"{self._kind}.{name} of Excel's object model is not declared in Beyond")


class OnDocument(Com):
    def __init__(self, document: Document) -> None:
        self._document = document

    @property
    def _program(self) -> Program:
        return self._document.program


class ComApp(Com):
    _kind = "Application"

    def __init__(self, program: Program, documents: list[Document]) -> None:
        self._state = program
        self._documents = documents

    @property
    def _program(self) -> Program:
        return self._state

    @property
    def UserName(self) -> str:  # noqa: N802 - Excel's own names here and below
        return self._state.user

    @UserName.setter
    def UserName(self, value: str) -> None:  # noqa: N802
        self._state.user = value


class ComBooks(ComApp):
    _kind = "Workbooks"


class ComSheets(OnDocument):
    _kind = "Worksheets"


class ComNames(OnDocument):
    _kind = "Names"


class ComName(OnDocument):
    _kind = "Name"


class ComNote(OnDocument):
    _kind = "Comment"


class ComBook(OnDocument):
    _kind = "Workbook"

    @property
    def ReadOnly(self) -> bool:  # noqa: N802
        return self._document.read_only

    def Windows(self, index: int) -> ComWindow:  # noqa: N802
        if index != 1:
            raise refused("Subscript out of range")
        return ComWindow(self._document)

    def SaveCopyAs(self, filename: str) -> None:  # noqa: N802
        """Microsoft, «Workbook.SaveCopyAs»: writes a copy, the open workbook stays as it is."""
        if not isinstance(filename, str):
            raise TypeError("SaveCopyAs wants the path as a string")
        saving.save_copy(self._document, Path(filename))


class ComWindow(OnDocument):
    _kind = "Window"

    @property
    def ScrollRow(self) -> int:  # noqa: N802
        """Refused while a chart sheet is in front (where nothing may be selected)."""
        if self._document.program.nothing_selected:
            raise refused("Unable to get the ScrollRow property of the Window class")
        return self._document.scrolled[0]

    @ScrollRow.setter
    def ScrollRow(self, value: int) -> None:  # noqa: N802
        self._document.scrolled = (value, self._document.scrolled[1])

    @property
    def ScrollColumn(self) -> int:  # noqa: N802
        return self._document.scrolled[1]

    @ScrollColumn.setter
    def ScrollColumn(self, value: int) -> None:  # noqa: N802
        self._document.scrolled = (self._document.scrolled[0], value)


class ComSheet(OnDocument):
    _kind = "Worksheet"

    def __init__(self, document: Document, state: Sheet) -> None:
        super().__init__(document)
        self._state = state

    def _where(self) -> str:
        return self._state.name

    @property
    def ProtectContents(self) -> bool:  # noqa: N802
        return self._state.protected

    @property
    def Hyperlinks(self) -> ComLinks:  # noqa: N802
        return ComLinks(self._document, self._state, self._state.everything)

    @property
    def AutoFilterMode(self) -> bool:  # noqa: N802
        """Microsoft, «Worksheet.AutoFilterMode»: whether arrows of a filter of its own are shown."""
        return self._state.filter_area is not None

    @property
    def AutoFilter(self) -> ComFilter | None:  # noqa: N802
        """Microsoft, «Worksheet.AutoFilter»: Nothing when the sheet has no filter of its own."""
        if self._state.filter_area is None:
            return None
        return ComFilter(self._document, self._state, None)


class ComTable(OnDocument):
    _kind = "ListObject"

    def __init__(self, document: Document, state: Sheet, table: Table) -> None:
        super().__init__(document)
        self._state = state
        self._table = table

    @property
    def AutoFilter(self) -> ComFilter | None:  # noqa: N802
        return ComFilter(self._document, self._state, self._table) if self._table.show_filter else None


class ComFilter(OnDocument):
    _kind = "AutoFilter"

    def __init__(self, document: Document, state: Sheet, table: Table | None) -> None:
        super().__init__(document)
        self._state = state
        self._owner: Filtered = table or state

    @property
    def Range(self) -> ComRange:  # noqa: N802
        area = self._owner.area if isinstance(self._owner, Table) else self._owner.filter_area
        assert area
        return ComRange(self._document, self._state, area)

    @property
    def FilterMode(self) -> bool:  # noqa: N802
        """Microsoft, «AutoFilter.FilterMode»: whether a condition is on."""
        return bool(self._owner.filters)

    @property
    def Filters(self) -> ComConditions:  # noqa: N802
        return ComConditions(self._document, self._owner)

    def ApplyFilter(self) -> None:  # noqa: N802
        reapply(self._state, self._owner)


class ComConditions(OnDocument):
    """Microsoft, «AutoFilter.Filters»: one for every column, switched on or not."""

    _kind = "Filters"

    def __init__(self, document: Document, owner: Filtered) -> None:
        super().__init__(document)
        self._owner = owner

    @property
    def Count(self) -> int:  # noqa: N802
        area = self._owner.area if isinstance(self._owner, Table) else self._owner.filter_area
        assert area
        return area.columns

    def __call__(self, index: int) -> ComCondition:
        return ComCondition(self._document, self._owner.filters.get(index))


class ComCondition(OnDocument):
    """Microsoft, «Filter»: words that do not exist for a kind of condition raise an error."""

    _kind = "Filter"

    def __init__(self, document: Document, asked: Filter | None) -> None:
        super().__init__(document)
        self._asked = asked

    @property
    def On(self) -> bool:  # noqa: N802
        return self._asked is not None

    @property
    def Operator(self) -> int:  # noqa: N802
        return words_of(self._told)[1]

    @property
    def Criteria1(self) -> Any:  # noqa: N802
        first, operator = words_of(self._told)
        if operator == CELL_COLOR:
            raise refused("Application-defined or object-defined error")
        return first

    @property
    def Criteria2(self) -> Any:  # noqa: N802
        raise refused("Application-defined or object-defined error")

    @property
    def _told(self) -> Filter:
        if self._asked is None:
            raise refused("Application-defined or object-defined error")
        return self._asked


class ComRange(OnCells, OnDocument):
    _kind = "ComRange"

    def __init__(self, document: Document, state: Sheet, area: Rect) -> None:
        super().__init__(document)
        self._stand_for(state, area)

    @property
    def Address(self) -> str:  # noqa: N802
        return self._area.address()

    def AutoFilter(self, Field: int, Criteria1: Any = None, Operator: int = 0) -> None:  # noqa: N802, N803
        """Microsoft, «Range.AutoFilter»: without Criteria1 the column asks nothing any more."""
        owner: Filtered = next((one for one in self._state.tables if one.area.meets(self._area)), self._state)
        ask(self._state, owner, Field, Criteria1, Operator)

    @property
    def HasFormula(self) -> bool | None:  # noqa: N802
        """Microsoft, «Range.HasFormula»: whether all cells hold formulas, or none does; Null otherwise."""
        held = sum(1 for _, cell in self._state.inside(self._area) if cell.formula)
        return None if 0 < held < self._area.size else bool(held)

    @property
    def EntireRow(self) -> EntireRow:  # noqa: N802
        return EntireRow(self._document, self._state, self._area)

    @property
    def Hyperlinks(self) -> ComLinks:  # noqa: N802
        return ComLinks(self._document, self._state, self._area)

    @property
    def CommentThreaded(self) -> object | None:  # noqa: N802
        """Microsoft, «Range.CommentThreaded»: Nothing where nobody talks."""
        return True if (self._area.top, self._area.left) in self._state.talks else None

    @property
    def Font(self) -> ComFont:  # noqa: N802
        return ComFont(self._document, self._state, self._area)

    def ClearHyperlinks(self) -> None:  # noqa: N802
        """Microsoft, «Range.ClearHyperlinks»: only the links go, formats and text stay."""
        writing.may_rebuild(self._document, self._state)
        for _, cell in self._state.inside(self._area):
            cell.link = None


class EntireRow(OnDocument):
    def __init__(self, document: Document, state: Sheet, area: Rect) -> None:
        super().__init__(document)
        self._state = state
        self._area = area

    @property
    def Hidden(self) -> bool | None:  # noqa: N802
        """Microsoft, «Range.Hidden»; for rows that differ Excel answers Null, which is None in Python."""
        hidden = self._state.hidden_rows | self._state.filtered_out
        told = {row in hidden for row in range(self._area.top, self._area.bottom + 1)}
        return told.pop() if len(told) == 1 else None

    @Hidden.setter
    def Hidden(self, value: bool) -> None:  # noqa: N802
        """Shows rows, those a filter hides among them."""
        if value is not False:
            raise NotOffered("EntireRow.Hidden is only set to False")
        rows = set(range(self._area.top, self._area.bottom + 1))
        self._state.hidden_rows -= rows
        self._state.filtered_out -= rows


class ComLinks(OnDocument):
    _kind = "Hyperlinks"

    def __init__(self, document: Document, state: Sheet, area: Rect) -> None:
        super().__init__(document)
        self._state = state
        self._area = area

    def __iter__(self) -> Iterator[ComLink]:
        for spot, cell in sorted(self._state.inside(self._area)):
            if cell.link:
                yield ComLink(self._document, self._state, spot, cell.link)

    def Add(  # noqa: N802
        self,
        Anchor: ComRange,  # noqa: N803
        Address: str,  # noqa: N803
        SubAddress: str = "",  # noqa: N803
        ScreenTip: str = "",  # noqa: N803
        TextToDisplay: str | None = None,  # noqa: N803
    ) -> None:
        """Microsoft, «Hyperlinks.Add». The cell is given the style «Hyperlink»."""
        if not isinstance(Anchor, ComRange) or not isinstance(Address, str):
            raise TypeError("Hyperlinks.Add wants a Range and a string")
        link = Link(Address, SubAddress or "", ScreenTip)
        writing.link(self._document, Anchor._state, Anchor._area, link, TextToDisplay)


class ComLink(OnDocument):
    _kind = "Hyperlink"

    def __init__(self, document: Document, state: Sheet, spot: tuple[int, int], link: Link) -> None:
        super().__init__(document)
        self._state = state
        self._spot = spot
        self._link = link

    @property
    def Address(self) -> str:  # noqa: N802
        return self._link.address

    @property
    def SubAddress(self) -> str:  # noqa: N802
        return self._link.inside

    @property
    def Range(self) -> ComRange:  # noqa: N802
        return ComRange(self._document, self._state, Rect(*self._spot, *self._spot))


def _font_member(field: str) -> property:
    """One property of a font: None when the cells differ, as COM gives Null."""

    def read(self: ComFont) -> Any:
        values = {getattr(font, field) for font in self._fonts()}
        return values.pop() if len(values) == 1 else None

    def write(self: ComFont, value: Any) -> None:
        if not isinstance(value, type(getattr(Font(), field))) and not (
            field == "size" and isinstance(value, int)
        ):
            raise refused(f"Unable to set the {field} property of the Font class")
        self._change(field, value)

    return property(read, write)


class ComFont(OnDocument):
    _kind = "Font"

    def __init__(self, document: Document, state: Sheet, area: Rect) -> None:
        super().__init__(document)
        self._state = state
        self._area = area

    Name = _font_member("name")
    Size = _font_member("size")
    Bold = _font_member("bold")
    Italic = _font_member("italic")
    Color = _font_member("color")
    Underline = _font_member("underline")

    def _fonts(self) -> set[Font]:
        return {self._state.at(*spot).look.font for spot in self._area.spots()}

    def _change(self, field: str, value: Any) -> None:
        writing.may_rebuild(self._document, self._state)
        for spot in self._area.spots():
            cell = self._state.edit(*spot)
            cell.look = replace(cell.look, font=replace(cell.look.font, **{field: value}))
