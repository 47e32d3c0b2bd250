"""Files a participant sends along with its copy: scans, orders, pictures. None is opened, all are kept."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from sheetsync.model.copy import Origin


class FileFault(StrEnum):
    """Why a file sent along confirms nothing; the value is what the coordinator reads."""

    EMPTY = "файл пустой"
    TOO_BIG = "файл слишком большой"
    TOO_MANY = "от участника слишком много файлов"
    DAMAGED = "содержимое не отвечает имени файла"
    PROGRAM = "это программа или документ с макросами"


class AttachedFile(Struct, frozen=True):
    """One file sent along.

    ``origin.file`` is its name as shown, with personal data covered; ``depth`` how many folders of
    it the file shares with the copy; ``by_name`` when nothing but its name says whose it is;
    ``is_workbook`` when it was read in search of a report and holds none.
    """

    participant: str
    origin: Origin
    depth: int = 0
    by_name: bool = False
    fault: FileFault | None = None
    is_workbook: bool = False

    @property
    def name(self) -> str:
        """The name without its folders."""
        return self.origin.file.rpartition("/")[2]

    @property
    def folders(self) -> tuple[str, ...]:
        """Folders it lies in, below those it shares with the copy."""
        return tuple(self.origin.file.split("/")[self.depth : -1])


class How(StrEnum):
    """How a file was matched to its rows, surest first; the value fills finding E623."""

    NAMED = "по имени файла в ответе"
    NUMBER = "по номеру в имени файла"
    FOLDER = "по имени папки"
    REQUISITES = "по виду и номеру или дате документа"
    MENTIONED = "по словам ответа"


class PlacedFile(Struct, frozen=True):
    """A file and the rows (activity keys) it is about; none when no rule finds any."""

    file: AttachedFile
    rows: tuple[str, ...] = ()
    how: How | None = None

    @property
    def confirms(self) -> bool:
        return bool(self.rows) and self.file.fault is None
