"""Who may change which cells."""

from __future__ import annotations

from dataclasses import dataclass

from sheetsync_emulator.ranges import Box, box_of, line_box, tidy_range
from sheetsync_emulator.sheet import Sheet
from sheetsync_emulator.trouble import invalid
from sheetsync_emulator.values import Json, present

_REFUSAL = (
    "You are trying to edit a protected cell or object."
    " Please contact the spreadsheet owner to remove protection if you need to edit."
)


@dataclass(frozen=True, slots=True)
class Author:
    """Who asks, and who owns the spreadsheet: an owner passes every protection."""

    user: str
    owner: str

    def may_edit(self, protected: Json) -> bool:
        editors = protected.get("editors", {}).get("users", [])
        return bool(protected.get("warningOnly")) or self.user == self.owner or self.user in editors


def guard(sheet: Sheet, box: Box, author: Author) -> None:
    """Raise when a rectangle holds a cell this author may not change."""
    for protected in sheet.protected:
        if author.may_edit(protected):
            continue
        locked = [box_of(protected.get("range", {})).common(box)]
        for hole in protected.get("unprotectedRanges", []):
            locked = [part for one in locked for part in one.minus(box_of(hole))]
        if any(not part.is_empty for part in locked):
            raise invalid(_REFUSAL)


def guard_lines(sheet: Sheet, dimension: str, start: int, end: int, author: Author) -> None:
    """The same for whole rows or columns."""
    guard(sheet, line_box(dimension, start, end), author)


def guard_sheet(sheet: Sheet, author: Author) -> None:
    """Raise when the sheet itself is protected from this author: its name, its place, its being there."""
    for protected in sheet.protected:
        if not author.may_edit(protected) and "startRowIndex" not in protected.get("range", {}):
            raise invalid(_REFUSAL)


def guard_protected(protected: Json, author: Author) -> None:
    """Raise when the protection is not this author's to lift."""
    if not author.may_edit(protected):
        raise invalid(_REFUSAL)


def new_protected(given: Json, new_id: int, author: Author) -> Json:
    """A protection as it is kept: whoever made it and the owner are among its editors."""
    editors = {name: value for name, value in (given.get("editors") or {}).items() if value}
    users = editors.get("users", [])
    own = [one for one in dict.fromkeys((author.owner, author.user)) if one not in users]
    kept = present(given) | {
        "protectedRangeId": given.get("protectedRangeId") or new_id,
        "range": tidy_range(given.get("range") or {}),
        "editors": editors | {"users": [*own, *users]},
    }
    if "unprotectedRanges" in kept:
        kept["unprotectedRanges"] = [tidy_range(one) for one in kept["unprotectedRanges"]]
    return kept


def shown(protected: Json, author: Author | None) -> Json:
    """A protection as its reader sees it: who may edit is told to those who may."""
    may_edit = author is None or author.may_edit(protected)
    order = ("protectedRangeId", "range", "namedRangeId", "description", "warningOnly")
    head = {name: protected[name] for name in order if protected.get(name)}
    if may_edit:
        head["requestingUserCanEdit"] = True
    if "unprotectedRanges" in protected:
        head["unprotectedRanges"] = protected["unprotectedRanges"]
    return head | ({"editors": protected["editors"]} if may_edit else {})
