"""Drive v3: files and folders, comments, changes, export. Rights are in ``sharing``."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from sheetsync_emulator import refusals
from sheetsync_emulator.answers import Answer, of_text
from sheetsync_emulator.call import Call
from sheetsync_emulator.clock import stamp
from sheetsync_emulator.files import File, Json, brief, person, root_of
from sheetsync_emulator.permissions import POWERS, Power
from sheetsync_emulator.query import BadQueryError, understood
from sheetsync_emulator.ranges import quoted
from sheetsync_emulator.shelf import ROOT, Shelf
from sheetsync_emulator.spreadsheet import Spreadsheet

PAGE: Final = 100
LONGEST_PAGE: Final = 1000
CSV: Final = "text/csv"
UNTITLED: Final = "Untitled"
BINARY: Final = "application/octet-stream"

T = TypeVar("T")

SORTS: Final[dict[str, Callable[[Json], str]]] = {
    "createdTime": lambda file: str(file["createdTime"]),
    "modifiedTime": lambda file: str(file["modifiedTime"]),
    "name": lambda file: str(file["name"]).lower(),
    "name_natural": lambda file: str(file["name"]).lower(),
}
NEWEST_FIRST: Final = "modifiedTime desc"


def about(_: Shelf, call: Call) -> Json:
    """Who is signed in."""
    if not call.param("fields"):
        message = "The 'fields' parameter is required for this method."
        raise refusals.bad_request(message, "required")
    return {"kind": "drive#about", "user": person(call.user, call.user)}


def listed(shelf: Shelf, call: Call) -> Json:
    """``files.list``: what ``q`` asks for, newest first, a page at a time."""
    try:
        wanted = understood(call.param("q")) if call.param("q") else lambda _: True
    except BadQueryError:
        raise refusals.not_valid("q") from None
    seen = [(file, shelf.resource(file, call.user)) for file in shelf.listed(call.user)]
    chosen = [facts for file, facts in seen if wanted(_facts(file, facts, call.user))]
    page, following = paged(ordered(chosen, call.param("orderBy", NEWEST_FIRST)), call)
    files = page if call.param("fields") else [short(one) for one in page]
    return {"kind": "drive#fileList", "incompleteSearch": False, "files": files} | following


def short(facts: Json) -> Json:
    return {name: facts[name] for name in ("kind", "id", "name", "mimeType")}


def _facts(file: File, shown: Json, user: str) -> Json:
    """What a query may ask of a file; «root» is another name of one's own Drive."""
    parents = shown.get("parents", [])
    people = {"owners": Power.OWN, "writers": Power.WRITE, "readers": Power.READ}
    holders = {
        role: [one.holder for one in file.permissions if POWERS[one.role] >= power]
        for role, power in people.items()
    }
    above = {"parents": [*parents, ROOT] if root_of(user) in parents else parents}
    return {"appProperties": {}, "properties": {}} | shown | above | holders


def ordered(files: Sequence[Json], keys: str) -> list[Json]:
    """Files by «createdTime» or «name,modifiedTime desc»."""
    result = list(files)
    for key in reversed(keys.split(",")):
        name, _, direction = key.strip().partition(" ")
        if name not in SORTS or direction not in {"", "desc"}:
            raise refusals.not_valid("orderBy")
        result.sort(key=SORTS[name], reverse=direction == "desc")
    return result


def paged(items: Sequence[T], call: Call) -> tuple[list[T], Json]:
    """One page, and the token of the next one when there is one."""
    size, start = call.param("pageSize", str(PAGE)), call.param("pageToken", "0")
    if not size.isdecimal() or not 1 <= int(size) <= LONGEST_PAGE:
        raise refusals.not_valid("pageSize")
    if not start.isdecimal():
        raise refusals.not_valid("pageToken")
    end = int(start) + int(size)
    return list(items[int(start) : end]), {"nextPageToken": str(end)} if end < len(items) else {}


def got(shelf: Shelf, call: Call) -> Json:
    return shown(shelf, shelf.found(call.places["fileId"], call.user), call)


def shown(shelf: Shelf, file: File, call: Call) -> Json:
    """A file in an answer: all of it when fields are asked for, else its name only."""
    return shelf.resource(file, call.user) if call.param("fields") else brief(file)


def created(shelf: Shelf, call: Call) -> Json:
    body = call.body
    file = shelf.made(
        body.get("name", UNTITLED), body.get("mimeType", BINARY), call.user, body.get("parents", [])
    )
    take_details(file, body)
    return shown(shelf, file, call)


def take_details(file: File, body: Json) -> None:
    """The marks and the description a body brings; a mark of ``null`` goes away."""
    for name, marks in (("appProperties", file.app_properties), ("properties", file.properties)):
        marks.update(body.get(name, {}))
    file.description = body.get("description", file.description)


def copied(shelf: Shelf, call: Call) -> Json:
    """A copy belongs to who makes it and lies beside the original when that place is open to him."""
    source, body = shelf.found(call.places["fileId"], call.user), call.body
    file = shelf.made(
        body.get("name", f"Copy of {source.name}"),
        source.mime,
        call.user,
        body.get("parents") or [one for one in source.parents if shelf.is_open(one, call.user)],
    )
    if source.book is not None:
        file.book = source.book.copied(file.id, file.name)
    file.properties = dict(source.properties)
    file.app_properties = dict(source.app_properties)
    take_details(file, body)
    return shown(shelf, file, call)


def updated(shelf: Shelf, call: Call) -> Json:
    file, body = shelf.found(call.places["fileId"], call.user, Power.WRITE), call.body
    gone = set(_ids(call.param("removeParents")))
    come = [shelf.folder(one, call.user) for one in _ids(call.param("addParents"))]
    file.parents = [one for one in file.parents if one not in gone and one not in come] + come
    if "name" in body:
        shelf.renamed(file, body["name"])
    if "trashed" in body:
        _only_the_owner(shelf, file, call.user)
        file.trashed = body["trashed"]
    take_details(file, body)
    shelf.changed(file, call.user)
    return shown(shelf, file, call)


def _ids(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def deleted(shelf: Shelf, call: Call) -> None:
    file = shelf.found(call.places["fileId"], call.user)
    _only_the_owner(shelf, file, call.user)
    shelf.removed(file)


def _only_the_owner(shelf: Shelf, file: File, user: str) -> None:
    if shelf.power(file, user) < Power.OWN:
        raise refusals.no_rights_to_file()


def exported(shelf: Shelf, call: Call) -> Answer:
    """The first sheet as CSV; other formats are not made here."""
    file = shelf.found(call.places["fileId"], call.user)
    if file.book is None:
        raise refusals.bad_request("Export only supports Docs Editors files.", "fileNotExportable")
    if call.param("mimeType") != CSV:
        raise refusals.not_emulated(f"export to {call.param('mimeType')}")
    return of_text(as_csv(first_rows(file.book)), CSV)


def first_rows(book: Spreadsheet) -> list[list[object]]:
    """What the first sheet shows."""
    first = book.resource()["sheets"][0]["properties"]["title"]
    rows: list[list[object]] = book.values_get(quoted(first), {}).get("values", [])
    return rows


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as Google exports them: CRLF between the lines, none at the end."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().removesuffix("\r\n")


def comments(shelf: Shelf, call: Call) -> Json:
    file = shelf.found(call.places["fileId"], call.user)
    page, following = paged(file.comments, call)
    return {"kind": "drive#commentList", "comments": page} | following


def commented(shelf: Shelf, call: Call) -> Json:
    file = shelf.found(call.places["fileId"], call.user, Power.COMMENT)
    moment = stamp(shelf.clock())
    comment = {
        "kind": "drive#comment",
        "id": shelf.new_id(),
        "content": call.body.get("content", ""),
        "author": person(call.user, call.user),
        "createdTime": moment,
        "modifiedTime": moment,
    } | ({"anchor": call.body["anchor"]} if "anchor" in call.body else {})
    file.comments.append(comment)
    return comment


def start_of_changes(shelf: Shelf, _: Call) -> Json:
    return {"kind": "drive#startPageToken", "startPageToken": str(len(shelf.changes))}


def changes(shelf: Shelf, call: Call) -> Json:
    """What changed since a token, each file once, the latest change last."""
    token = call.param("pageToken")
    if not token.isdecimal():
        raise refusals.not_valid("pageToken")
    since = list(dict.fromkeys(reversed(shelf.changes[int(token) :])))[::-1]
    return {
        "kind": "drive#changeList",
        "newStartPageToken": str(len(shelf.changes)),
        "changes": [_change(shelf, one, call.user) for one in since if _is_told(shelf, one, call.user)],
    }


def _is_told(shelf: Shelf, file_id: str, user: str) -> bool:
    file = shelf.files.get(file_id)
    return file is None or bool(shelf.power(file, user))


def _change(shelf: Shelf, file_id: str, user: str) -> Json:
    change = {
        "kind": "drive#change",
        "changeType": "file",
        "fileId": file_id,
        "removed": file_id not in shelf.files,
        "time": stamp(shelf.clock()),
    }
    file = shelf.files.get(file_id)
    return change if file is None else change | {"file": shelf.resource(file, user)}


DEEDS: Final[Mapping[str, Callable[[Shelf, Call], Json | Answer | None]]] = {
    "about.get": about,
    "changes.getStartPageToken": start_of_changes,
    "changes.list": changes,
    "files.list": listed,
    "files.create": created,
    "files.get": got,
    "files.update": updated,
    "files.delete": deleted,
    "files.copy": copied,
    "files.export": exported,
    "comments.list": comments,
    "comments.create": commented,
}
