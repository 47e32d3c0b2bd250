"""Pages to look at in a browser: the list of files, a folder, a spreadsheet sheet by sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from sheetsync_emulator.answers import Answer, of_html
from sheetsync_emulator.files import FOLDER, File
from sheetsync_emulator.page_grid import grid
from sheetsync_emulator.page_parts import document, escaped
from sheetsync_emulator.shelf import Shelf

Json = dict[str, Any]

BOOK: Final = re.compile(r"/spreadsheets/d/(?P<file>[\w-]+)(?:/(?:edit|gid/(?P<sheet>\d+)))?/?")
BACK: Final = '<p class="soft"><a href="/">Файлы / Files</a></p>'
FOLDER_PAGE: Final = re.compile(r"/drive/folders/(?P<file>[\w-]+)/?")


def page(shelf: Shelf, verb: str, path: str) -> Answer | None:
    """The page at an address, or nothing when the address is none of a page."""
    if verb != "GET":
        return None
    if path == "/favicon.ico":
        return _nothing()
    if path == "/":
        top = [one for one in shelf.files.values() if not any(above in shelf.files for above in one.parents)]
        return of_html(document("Файлы", _list(shelf, "Файлы / Files", top)))
    if found := BOOK.fullmatch(path):
        return _book(shelf, found["file"], found["sheet"])
    if found := FOLDER_PAGE.fullmatch(path):
        return _folder(shelf, found["file"])
    return None


def _folder(shelf: Shelf, file_id: str) -> Answer:
    folder = shelf.files.get(file_id)
    if folder is None:
        return _nothing()
    inside = [one for one in shelf.files.values() if file_id in one.parents]
    return of_html(document(folder.name, BACK + _list(shelf, folder.name, inside)))


def _list(shelf: Shelf, title: str, files: Iterable[File]) -> str:
    lines = [_line(shelf, one) for one in sorted(files, key=lambda one: one.name) if not one.trashed]
    empty = '<p class="soft">Пока пусто / Nothing yet</p>'
    return f'<h1>{escaped(title)}</h1><ul class="files">{"".join(lines)}</ul>{"" if lines else empty}'


def _line(shelf: Shelf, file: File) -> str:
    name = escaped(file.name)
    if file.mime == FOLDER:
        name = f'<a href="/drive/folders/{file.id}">{name}</a>'
    elif file.book is not None:
        name = f'<a href="/spreadsheets/d/{file.id}/edit">{name}</a>'
    about = [
        *(["папка / folder"] if file.mime == FOLDER else []),
        f"{datetime.fromtimestamp(file.seen(shelf.clock()).modified, UTC):%d.%m.%Y %H:%M} UTC",
        *(one.holder or "все, у кого есть ссылка / anyone with the link" for one in file.permissions),
    ]
    return f'<li>{name}<span class="soft">{escaped(" · ".join(about))}</span></li>'


def _book(shelf: Shelf, file_id: str, sheet_id: str | None) -> Answer:
    """A spreadsheet: the bar of its tabs and one sheet of it."""
    file = shelf.files.get(file_id)
    if file is None or file.book is None:
        return _nothing()
    sheets = [
        one
        for one in file.book.resource(grid_data=True, looks=True)["sheets"]
        if not one["properties"].get("hidden")
    ]
    here = next((one for one in sheets if str(one["properties"]["sheetId"]) == sheet_id), sheets[0])
    tabs = "".join(_tab(file_id, one, here=here is one) for one in sheets)
    content = (
        f"{_way_back(shelf, file)}<h1>{escaped(file.name)}</h1>"
        f'<nav class="tabs">{tabs}</nav>{grid(here)}'
        '<p class="soft">Серый уголок: ячейка защищена. Жёлтый уголок: примечание. '
        "Grey corner: protected. Yellow corner: a note.</p>"
    )
    return of_html(document(file.name, content, place=f"/spreadsheets/d/{file_id}/"))


def _way_back(shelf: Shelf, file: File) -> str:
    """To all files, and to the folder this one lies in."""
    folders = [shelf.files[one] for one in file.parents if one in shelf.files]
    links = (f' · <a href="/drive/folders/{one.id}">{escaped(one.name)}</a>' for one in folders)
    return BACK.replace("</p>", f"{''.join(links)}</p>")


def _tab(file_id: str, sheet: Json, *, here: bool) -> str:
    properties = sheet["properties"]
    mark = ' class="here" aria-current="page"' if here else ""
    where = f"/spreadsheets/d/{file_id}/gid/{properties['sheetId']}"
    return f'<a{mark} href="{where}">{escaped(properties["title"])}</a>'


def _nothing() -> Answer:
    return of_html(document("404", "<h1>404</h1><p>Такого файла нет / No such file</p>"), 404)
