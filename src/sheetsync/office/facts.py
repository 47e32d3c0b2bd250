"""What was found on a computer and in a campaign folder: plain values, no judgement."""

from __future__ import annotations

from msgspec import Struct, field

from sheetsync.office.lo_settings import MacroSettings
from sheetsync.office.machine import System


class Python(Struct, frozen=True):
    """One interpreter. Versions are '' for what is not installed in it; ``runs`` is false: no answer.

    ``asked`` is false for one only the workbook names: a workbook's word starts no program here.
    """

    path: str
    asked: bool = True
    runs: bool = True
    version: str = ""
    sheetsync: str = ""
    xlwings: str = ""
    uno: bool = False


class TrustedLocation(Struct, frozen=True):
    """A trusted location of Excel as its registry key says."""

    key: str
    path: str
    subfolders: bool = False
    description: str = ""


class ExcelTrust(Struct, frozen=True):
    """What Excel is told about macros.

    ``warnings`` is VBAWarnings: 1 all run, 2 ask, 3 signed ones, 4 none; None is «ask». ``by_policy``
    says that the administrator decided. ``blocks_internet`` is the policy about downloaded files.
    """

    warnings: int | None = None
    by_policy: bool = False
    blocks_internet: bool = False
    locations: tuple[TrustedLocation, ...] = ()
    locations_off: bool = False
    network_allowed: bool = False


class Excel(Struct, frozen=True):
    """Excel of this computer. ``ribbon`` is our add-in in its start folder: '' absent, else its sha256."""

    path: str
    trust: ExcelTrust = field(default_factory=ExcelTrust)
    ribbon: str = ""
    packed_ribbon: str = ""
    xlwings_addin: str = ""


class LibreOffice(Struct, frozen=True):
    """LibreOffice of this computer. ``python`` is the minor version («3.11») its Python bridge is made for.

    ``macros`` is None when the profile cannot be read. ``extension`` says whether ours is there; None
    where ``addin install`` could not put it.
    """

    path: str
    version: str = ""
    python: str = ""
    sandbox: str = ""
    macros: MacroSettings | None = field(default_factory=MacroSettings)
    extension: bool | None = None


class Book(Struct, frozen=True):
    """The district workbook. ``protocol`` and ``python`` are what its buttons carry."""

    path: str
    readable: bool = True
    has_macros: bool = False
    protocol: int | None = None
    python: str = ""
    is_open: bool = False
    from_internet: bool = False


class Folder(Struct, frozen=True):
    """The campaign folder. ``cloud`` names who copies it to a server, ``network``: it is a share."""

    path: str
    url: str = ""
    exists: bool = True
    writable: bool = True
    cloud: str = ""
    network: bool = False
    shortcut: str = ""
    has_shortcut: bool = False
    book: Book | None = None


class Facts(Struct, frozen=True):
    """Everything the doctor looks at. ``button_python`` is what the buttons would start, if it is known."""

    system: System
    python: Python
    button_python: Python | None = None
    excel: Excel | None = None
    libreoffice: LibreOffice | None = None
    r7: str = ""
    folder: Folder | None = None
