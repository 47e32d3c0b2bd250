"""What lies beside the cells of an .xlsx sheet: comments, shapes with text, tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sheetsync.grid import Table, area, position
from sheetsync.intake.plain_notes import PlainNotes
from sheetsync.workbooks.ooxml_text import unescape
from sheetsync.workbooks.xlsx_package import Package
from sheetsync.workbooks.xlsx_sheet import place_of
from sheetsync.workbooks.xml_walk import Attributes, Damaged, Text, walk

_REMEMBERED = 256
_THREAD_AUTHOR = "tc="
"""Author of the note Excel leaves for old versions where a threaded comment stands."""


def strings(part: bytes) -> list[str]:
    """The shared strings, rich text flattened, phonetic readings left out."""
    found: list[str] = []
    pieces: list[str] = []
    heard = inside = False
    phonetic = 0

    def start_string(_: Attributes) -> None:
        nonlocal inside
        if inside:
            raise Damaged("строка текста внутри строки текста")
        inside = True

    def start_text(_: Attributes) -> None:
        nonlocal heard
        heard = not phonetic

    def end_text() -> None:
        nonlocal heard
        heard = False

    def hear(text: str) -> None:
        if heard:
            pieces.append(text)

    def end_string() -> None:
        nonlocal inside
        inside = False
        found.append(unescape("".join(pieces)))
        pieces.clear()

    def start_phonetic(_: Attributes) -> None:
        nonlocal phonetic
        phonetic += 1

    def end_phonetic() -> None:
        nonlocal phonetic
        phonetic -= 1

    starts = {"si": start_string, "t": start_text, "rPh": start_phonetic}
    walk(part, starts, {"t": end_text, "si": end_string, "rPh": end_phonetic}, hear)
    return found


@lru_cache(maxsize=_REMEMBERED)
def framed_strings(frame: bytes) -> tuple[str, ...]:
    """The rich ones among the shared strings; most books have none, and alike frames around the others."""
    return tuple(strings(frame))


def comments(package: Package, sheet: str) -> dict[tuple[int, int], str]:
    """Comments of a sheet by place; a thread is its remarks line by line."""
    found: dict[tuple[int, int], str] = {}
    for part in package.related(sheet, "comments"):
        plain = package.plain(part)
        found.update(_plain_notes(plain) if isinstance(plain, PlainNotes) else _notes(package.part(part)))
    for part in package.related(sheet, "threadedComment"):
        for at, remarks in _threads(package.part(part)).items():
            note = found.get(at)
            found[at] = "\n".join(remarks if note is None else [note, *remarks])
    return found


def _plain_notes(plain: PlainNotes) -> dict[tuple[int, int], str]:
    authors, found = _authors(plain.frame), dict[tuple[int, int], str]()
    for one in plain.notes:
        note = unescape(one.text)
        if _is_said(one.author, note, authors):
            found[place_of(one.at)] = note
    return found


@lru_cache(maxsize=_REMEMBERED)
def _authors(frame: bytes) -> list[str]:
    authors, text = list[str](), Text()
    walk(frame, {"author": text.open}, {"author": lambda: authors.append(text.take())}, text.hear)
    return authors


def _is_said(author: int, note: str, authors: Sequence[str]) -> bool:
    """Whether a note says something and is no stand-in for a thread."""
    stands_in = author < len(authors) and authors[author].startswith(_THREAD_AUTHOR)
    return bool(note.strip()) and not stands_in


def _notes(part: bytes) -> dict[tuple[int, int], str]:
    """Old-style notes, without the stand-ins for threads."""
    text, authors = Text(), list[str]()
    notes: list[tuple[tuple[int, int], int, str]] = []
    at, author, inside = "", 0, False

    def start(attributes: Attributes) -> None:
        nonlocal at, author, inside
        inside = True
        at, author = attributes["ref"], int(attributes.get("authorId", 0))
        text.take()

    def end() -> None:
        nonlocal inside
        inside = False
        notes.append((position(at), author, unescape(text.take())))

    def start_author(_: Attributes) -> None:
        if inside:
            raise Damaged("автор внутри примечания")
        text.open()

    walk(
        part,
        {"author": start_author, "comment": start, "t": text.open},
        {"author": lambda: authors.append(text.take()), "comment": end, "t": text.close},
        text.hear,
    )
    return {place: note for place, author, note in notes if _is_said(author, note, authors)}


def _threads(part: bytes) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    text = Text()
    at = ""

    def start(attributes: Attributes) -> None:
        nonlocal at
        at = attributes["ref"]

    def end() -> None:
        remark = unescape(text.take())
        if remark.strip():
            found.setdefault(position(at), []).append(remark)

    walk(
        part,
        {"threadedComment": start, "text": text.open},
        {"text": text.close, "threadedComment": end},
        text.hear,
    )
    return found


def shape_texts(package: Package, sheet: str) -> tuple[str, ...]:
    """Texts of the shapes and text boxes over a sheet, one per shape, paragraphs as lines."""
    return tuple(text for part in package.related(sheet, "drawing") for text in _shapes(package.part(part)))


def pictures(package: Package, sheet: str) -> int:
    """How many pictures lie over a sheet."""
    found: list[Attributes] = []
    for part in package.related(sheet, "drawing"):
        walk(package.part(part), {"pic": found.append}, {})
    return len(found)


def _shapes(part: bytes) -> list[str]:
    found: list[str] = []
    text = Text()
    fallback = 0

    def start_text(attributes: Attributes) -> None:
        if not fallback:
            text.open(attributes)

    def start_fallback(_: Attributes) -> None:
        nonlocal fallback
        fallback += 1

    def end_fallback() -> None:
        nonlocal fallback
        fallback -= 1

    def end_shape() -> None:
        said = text.take().strip()
        if said:
            found.append(said)

    walk(
        part,
        {
            "sp": lambda _: text.take(),
            "t": start_text,
            "br": lambda _: text.add("\n"),
            "Fallback": start_fallback,
        },
        {"t": text.close, "p": lambda: text.add("\n"), "sp": end_shape, "Fallback": end_fallback},
        text.hear,
    )
    return found


def tables(package: Package, sheet: str, sheet_name: str) -> Sequence[Table]:
    """The named tables of a sheet."""
    return [_table(package.part(part), sheet_name) for part in package.related(sheet, "table")]


@lru_cache(maxsize=_REMEMBERED)
def _table(part: bytes, sheet_name: str) -> Table:
    head: Attributes = {}
    columns: list[str] = []
    walk(
        part,
        {
            "table": head.update,
            "tableColumn": lambda attributes: columns.append(unescape(attributes.get("name", ""))),
        },
        {},
    )
    name = head.get("displayName") or head.get("name", "")
    return Table(name, sheet_name, area(head["ref"]), tuple(columns))
