"""Files on Drive: listed, made, shared, removed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from sheetsync.workbooks.google.asking import Asking
from sheetsync.workbooks.google.port import (
    DriveFile,
    FileKind,
    GoogleRefused,
    GoogleTrouble,
    Json,
    Permission,
    Role,
)

if TYPE_CHECKING:
    from sheetsync.workbooks.google.http import Errand

_DRIVE: Final = "https://www.googleapis.com/drive/v3"
_FILES: Final = f"{_DRIVE}/files"
_FILE_FIELDS: Final = (
    "id,name,version,createdTime,modifiedTime,lastModifyingUser(emailAddress),webViewLink,appProperties"
)
_PERMISSION_FIELDS: Final = "id,type,role,emailAddress,domain"
_A_PAGE: Final = "1000"
_PERMISSIONS_A_PAGE: Final = "100"
_SHARED_DRIVES_TOO: Final = {"supportsAllDrives": "true"}

_ROLES: Final = {
    "reader": Role.READER,
    "commenter": Role.READER,
    "writer": Role.WRITER,
    "fileOrganizer": Role.WRITER,
    "organizer": Role.OWNER,
    "owner": Role.OWNER,
}
_RANKS: Final = (Role.READER, Role.WRITER, Role.OWNER)


class DriveFiles(Asking):
    """The part of the service that knows files."""

    def account(self) -> str:
        about = self._http.ask("GET", f"{_DRIVE}/about", {"fields": "user(emailAddress)"})
        return str(about.get("user", {}).get("emailAddress", ""))

    def listed(self, folder: str) -> tuple[DriveFile, ...]:
        inside = f"{_quoted(folder)} in parents and mimeType={_quoted(FileKind.SPREADSHEET)}"
        return tuple(map(file_of, self._found(inside)))

    def marked(self, properties: Mapping[str, str]) -> tuple[DriveFile, ...]:
        oldest_first = sorted(
            self._found(marks_query(properties)), key=lambda one: (one.get("createdTime", ""), one["id"])
        )
        return tuple(map(file_of, oldest_first))

    def made(
        self, kind: FileKind, name: str, marks: Mapping[str, str], folder: str | None = None
    ) -> DriveFile:
        wanted: Json = {"name": name, "mimeType": kind.value, "appProperties": dict(marks)}
        if folder is not None:
            wanted["parents"] = [folder]
        params = {"fields": _FILE_FIELDS, **_SHARED_DRIVES_TOO}

        def create(errand: Errand) -> DriveFile:
            created = file_of(self._http.ask("POST", _FILES, params, wanted, errand))
            return self._only(created, marks) if errand.tries else created

        return self._once(lambda: next(iter(self.marked(marks)), None), create)

    def _only(self, created: DriveFile, marks: Mapping[str, str]) -> DriveFile:
        """A file whose first making was answered too late to be seen: the second one goes away again.

        Drive lists a new file some time after it is made, so a look may come too early.
        """
        oldest = next(iter(self.marked(marks)), created)
        if oldest.id != created.id:
            self.remove(created.id)
        return oldest

    def remove(self, file: str) -> None:
        try:
            self._http.ask("DELETE", f"{_FILES}/{file}", _SHARED_DRIVES_TOO)
        except GoogleRefused as refused:
            if refused.trouble is not GoogleTrouble.NOT_FOUND:
                raise

    # --- who may do what

    def permissions(self, file: str) -> tuple[Permission, ...]:
        params = {"pageSize": _PERMISSIONS_A_PAGE, **_SHARED_DRIVES_TOO}
        pages = self._pages(f"{_FILES}/{file}/permissions", params, "permissions", _PERMISSION_FIELDS)
        return tuple(permission_of(one) for one in pages)

    def share(self, file: str, role: Role, email: str = "", message: str = "") -> None:
        whom = {"type": "user", "emailAddress": email} if email else {"type": "anyone"}
        params = {"fields": "id", **_SHARED_DRIVES_TOO}
        if email:
            params["sendNotificationEmail"] = "true"
        if email and message:
            params["emailMessage"] = message

        def create(errand: Errand) -> bool:
            body = {"role": role.value, **whom}
            self._http.ask("POST", f"{_FILES}/{file}/permissions", params, body, errand)
            return True

        try:
            self._once(lambda: has_role(self.permissions(file), role, email) or None, create)
        except GoogleRefused as refused:
            if email and refused.trouble is GoogleTrouble.REFUSED:
                raise GoogleRefused(GoogleTrouble.BAD_ADDRESS, refused.detail) from None
            raise

    # --- lists

    def _found(self, query: str) -> Iterator[Json]:
        params = {
            "q": f"{query} and trashed=false",
            "pageSize": _A_PAGE,
            "includeItemsFromAllDrives": "true",
            **_SHARED_DRIVES_TOO,
        }
        return self._pages(_FILES, params, "files", _FILE_FIELDS)

    def _pages(self, url: str, params: Mapping[str, str], items: str, fields: str) -> Iterator[Json]:
        """All items of a list, page after page."""
        asked = {**params, "fields": f"nextPageToken,{items}({fields})"}
        while True:
            page = self._http.ask("GET", url, asked)
            yield from page.get(items, [])
            if not page.get("nextPageToken"):
                return
            asked["pageToken"] = page["nextPageToken"]


# --- Drive's JSON and our values


def file_of(told: Json) -> DriveFile:
    """A file as Drive describes it."""
    modified = told.get("modifiedTime")
    return DriveFile(
        id=told["id"],
        name=told.get("name", ""),
        version=int(told.get("version", 0)),
        modified=datetime.fromisoformat(modified) if modified else None,
        author=told.get("lastModifyingUser", {}).get("emailAddress", ""),
        link=told.get("webViewLink", ""),
        properties=dict(told.get("appProperties", {})),
    )


def permission_of(told: Json) -> Permission:
    """A permission as Drive describes it; a whole organisation is «@domain»."""
    email = told.get("emailAddress") or (f"@{told['domain']}" if told.get("domain") else "")
    return Permission(told["id"], _ROLES.get(told.get("role", ""), Role.READER), email)


def marks_query(marks: Mapping[str, str]) -> str:
    """Files that carry all these marks."""
    return " and ".join(
        f"appProperties has {{ key={_quoted(key)} and value={_quoted(value)} }}"
        for key, value in marks.items()
    )


def has_role(permissions: tuple[Permission, ...], role: Role, email: str = "") -> bool:
    """Whether somebody, or with no e-mail whoever has the link, has this role or a higher one."""
    return any(
        same_mailbox(one.email, email) and _RANKS.index(one.role) >= _RANKS.index(role) for one in permissions
    )


def same_mailbox(one: str, other: str) -> bool:
    """Google shows an address as its owner writes it: in Gmail dots and capitals make no difference."""
    return _mailbox(one) == _mailbox(other)


def _mailbox(email: str) -> str:
    name, _, host = email.strip().casefold().rpartition("@")
    if host not in {"gmail.com", "googlemail.com"}:
        return f"{name}@{host}"
    return f"{name.replace('.', '')}@gmail.com"


def _quoted(text: str) -> str:
    """A text inside a query of Drive."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
