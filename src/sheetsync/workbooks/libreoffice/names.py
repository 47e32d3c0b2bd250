"""Defined names, as xlwings sees them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sheetsync.workbooks.libreoffice.faces import Face
from sheetsync.workbooks.libreoffice.inside import names
from sheetsync.workbooks.libreoffice.spelling import quoted, to_excel, to_office

if TYPE_CHECKING:
    from sheetsync.workbooks.libreoffice.books import Book
    from sheetsync.workbooks.libreoffice.ranges import Range


class Names(Face):
    """Names of a workbook, those of its sheets with it; or of one sheet only. Built-in ones are left out."""

    __slots__ = ("book", "sheet")

    def __init__(self, book: Book, sheet: str = "") -> None:
        self.book = book
        self.sheet = sheet

    def _every(self) -> Iterator[Name]:
        for sheet, name, _ in self.book.do(names.read):
            if not self.sheet or sheet == self.sheet:
                yield Name(self.book, sheet, name)

    def snapshot(self) -> list[tuple[str, Name]]:
        """Every name with its spelling."""
        return [(one.name, one) for one in self._every()]

    def __len__(self) -> int:
        return len(self.snapshot())

    def __iter__(self) -> Iterator[Name]:
        return self._every()

    def __call__(self, key: int | str) -> Name:
        for number, one in enumerate(self._every(), 1):
            if key == number or (isinstance(key, str) and key.lower() == one.spelled_in(self.sheet).lower()):
                return one
        raise KeyError(key)

    def contains(self, key: int | str) -> bool:
        """Whether there is a name of this spelling or number."""
        try:
            self(key)
        except KeyError:
            return False
        return True

    __contains__ = contains

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name for what a formula says."""
        sheet, _, own = name.rpartition("!")
        scope = sheet.strip("'").replace("''", "'") or self.sheet
        self.book.do(names.add, scope, own, to_office(refers_to).removeprefix("="))
        return Name(self.book, scope, own)


class Name(Face):
    """A defined name; one of a sheet is spelled «Лист!имя»."""

    __slots__ = ("_name", "book", "sheet")

    def __init__(self, book: Book, sheet: str, name: str) -> None:
        self.book = book
        self.sheet = sheet
        self._name = name

    def spelled_in(self, sheet: str) -> str:
        """The spelling where names of this sheet need not say so."""
        return self._name if sheet == self.sheet else self.name

    @property
    def name(self) -> str:
        """The name."""
        return f"{quoted(self.sheet)}!{self._name}" if self.sheet else self._name

    @name.setter
    def name(self, name: str) -> None:
        self.book.do(names.rename, self.sheet, self._name, name)
        self._name = name

    @property
    def refers_to(self) -> str:
        """What it stands for, as a formula."""
        every = self.book.do(names.read)
        content = next(text for sheet, name, text in every if (sheet, name) == (self.sheet, self._name))
        return to_excel(f"={content}")

    @refers_to.setter
    def refers_to(self, formula: str) -> None:
        self.book.do(names.redefine, self.sheet, self._name, to_office(formula).removeprefix("="))

    @property
    def refers_to_range(self) -> Range:
        """The cells it stands for."""
        place = self.book.do(names.place_of_name, self.sheet, self._name)
        if place is None:
            raise ValueError(f"{self.name} stands for no cells")
        return self.book.range_at(place)

    @property
    def api(self) -> Any:
        """LibreOffice's own name."""
        owner = self.book.doc.Sheets.getByName(self.sheet) if self.sheet else self.book.doc
        return owner.NamedRanges.getByName(self._name)

    def delete(self) -> None:
        """Take the name away."""
        self.book.do(names.drop, self.sheet, self._name)
