"""The stand-in's Drive as a whole: every file, who may see it, where it lies, what changed when."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from sheetsync_emulator import refusals
from sheetsync_emulator.accounts import is_service_account
from sheetsync_emulator.clock import Clock
from sheetsync_emulator.files import SPREADSHEET, File, Json, Sight, resource, root_of
from sheetsync_emulator.permissions import Permission, Power, power_of
from sheetsync_emulator.spreadsheet import Spreadsheet
from sheetsync_emulator.trouble import missing

ROOT: Final = "root"
_LETTERS: Final = string.ascii_letters + string.digits + "-_"


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation Google would have sent."""

    to: str
    file: str
    message: str


@dataclass
class Shelf:
    """Files of all accounts. ``lag`` = seconds until an edit of a spreadsheet reaches a listing."""

    clock: Clock
    chance: random.Random
    lag: float = 0
    service_accounts_own_files: bool = True
    place: str = ""
    """Where the links of files lead; '' = Google's own addresses."""
    files: dict[str, File] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    no_storage: set[str] = field(default_factory=set)
    """Accounts that have no room for another file."""
    unknown_addresses: set[str] = field(default_factory=set)
    """Addresses behind which there is no Google account."""

    def power(self, file: File, user: str) -> Power:
        """The strongest right of a user, also through the folders the file lies in."""
        above = (self.files[one] for one in file.parents if one in self.files)
        return max(power_of(file.permissions, user), *(self.power(one, user) for one in above), Power.NONE)

    def found(self, file_id: str, user: str, need: Power = Power.READ) -> File:
        """A file for Drive: what a user may not see is not there."""
        file = self.files.get(file_id)
        if file is None or not (power := self.power(file, user)):
            raise refusals.no_such_file(file_id)
        if power < need:
            raise refusals.no_rights_to_file()
        return file

    def book(self, file_id: str, user: str, need: Power) -> tuple[File, Spreadsheet]:
        """A spreadsheet for Sheets, which tells «not there» from «not yours»."""
        file = self.files.get(file_id)
        if file is None or file.book is None:
            raise missing()
        if self.power(file, user) < need:
            raise refusals.no_rights()
        return file, file.book

    def listed(self, user: str) -> Iterator[File]:
        """Files that lie in somebody's Drive: a link alone does not put one there."""
        for file in self.files.values():
            people = [one for one in file.permissions if one.kind != "anyone"]
            inherited = any(self.power(self.files[one], user) for one in file.parents if one in self.files)
            if inherited or power_of(people, user):
                yield file

    def made(self, name: str, mime: str, user: str, parents: list[str], file_id: str = "") -> File:
        """A new file of a user; an account without storage may not have it."""
        if user in self.no_storage or (is_service_account(user) and not self.service_accounts_own_files):
            raise refusals.no_storage()
        moment = self.clock()
        file = File(
            id=file_id or self.new_id(),
            name=name,
            mime=mime,
            owner=user,
            created=moment,
            parents=[self.folder(one, user) for one in parents or [ROOT]],
            sight=Sight(1, moment, user),
            permissions=[Permission("user", "owner", user)],
        )
        if mime == SPREADSHEET:
            file.book = self.new_book(file.id, name)
        self.files[file.id] = file
        self.changes.append(file.id)
        return file

    def new_book(self, file_id: str, title: str) -> Spreadsheet:
        return Spreadsheet(file_id, title, lambda: self.chance.randrange(1, 2**31 - 1))

    def new_id(self) -> str:
        return "1" + "".join(self.chance.choices(_LETTERS, k=43))

    def is_open(self, file_id: str, user: str, need: Power = Power.WRITE) -> bool:
        """Whether there is such a file and the user may do this with it."""
        file = self.files.get(file_id)
        return file is not None and self.power(file, user) >= need

    def folder(self, parent: str, user: str) -> str:
        """The id of a place to put a file in; one has to be allowed to write there."""
        root = root_of(user)
        return root if parent in {ROOT, root} else self.found(parent, user, Power.WRITE).id

    def renamed(self, file: File, name: str) -> None:
        """The name of a file is the title of its spreadsheet."""
        file.name = name
        if file.book is not None:
            file.book.title = name

    def changed(self, file: File, user: str, *, content: bool = False) -> None:
        """A file was changed; an edit inside a spreadsheet reaches the listing later."""
        file.changed(self.clock(), user, self.lag if content else 0)
        self.changes.append(file.id)

    def touched(self, file: File) -> None:
        """Its rights changed."""
        file.touched()
        self.changes.append(file.id)

    def removed(self, file: File) -> None:
        """A file is gone for good, and with a folder all that lies in it."""
        for inside in [one for one in self.files.values() if file.id in one.parents]:
            self.removed(inside)
        self.files.pop(file.id, None)
        self.changes.append(file.id)

    def resource(self, file: File, user: str) -> Json:
        """All that Drive says of a file to this user."""
        seen = [one for one in file.parents if one == root_of(user) or self.is_open(one, user, Power.READ)]
        power = self.power(file, user)
        return resource(file, user, power, parents=seen, moment=self.clock(), place=self.place)
