"""Facts become diagnoses: what is in order, what to watch, what to do. Pure; every rule is a few lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.columns.buttons import PROTOCOL
from sheetsync.messages import tr
from sheetsync.office.catalogue import CATALOGUE
from sheetsync.office.codes import Check, Level, Subject
from sheetsync.office.excel_trust import covering
from sheetsync.office.facts import Book, Excel, Facts, Folder, LibreOffice, Python
from sheetsync.office.lo_settings import is_inside
from sheetsync.office.machine import System

OLDEST_PYTHON: Final = (3, 11)
LONGEST_EXCEL_PATH: Final = 218
"""Characters of a full path Excel opens; the system itself may allow more."""

_SIGNED_ONLY: Final = 3
_NONE: Final = 4
_EVERYTHING: Final = 1
"""Values of Excel's VBAWarnings; 2, the usual one, asks."""

_OFFICE_ASKS: Final = 1
_OFFICE_EVERYTHING: Final = 0
"""Values of LibreOffice's MacroSecurityLevel; 2, the usual one, and 3 run trusted folders only."""


class Diagnosis(Struct, frozen=True):
    """One thing said of this computer."""

    check: Check
    level: Level
    params: tuple[tuple[str, str], ...] = ()

    @property
    def subject(self) -> Subject:
        return CATALOGUE[self.check].subject


def found_of(one: Diagnosis) -> str:
    """What was found, in the current language."""
    return tr(CATALOGUE[one.check].found).format(**dict(one.params))


def click_of(one: Diagnosis) -> str:
    """What to click or type, in the current language; '' when there is nothing to do."""
    click = CATALOGUE[one.check].click
    return tr(click).format(**dict(one.params)) if click else ""


def diagnose(facts: Facts) -> tuple[Diagnosis, ...]:
    """Everything there is to say, the worst first, the rest in the order of the subjects."""
    folder = facts.folder.path if facts.folder else tr("ПАПКА")
    every = [replace(one, params=(("folder", folder), *one.params)) for one in _every(facts)]
    levels = list(Level)
    return tuple(sorted(every, key=lambda one: levels.index(one.level)))


def needs_user(diagnoses: tuple[Diagnosis, ...]) -> bool:
    """Whether something has to be done before the buttons work."""
    return any(one.level is Level.MUST for one in diagnoses)


def _every(facts: Facts) -> Iterator[Diagnosis]:
    yield from _python(facts.python)
    yield from _buttons_python(facts)
    yield from _excel(facts)
    yield from _libreoffice(facts)
    if facts.r7:
        level = Level.GOOD if facts.excel or facts.libreoffice else Level.NOTE
        yield replace(_said(Check.R7_FOUND, path=facts.r7), level=level)
    if facts.folder:
        yield from _folder(facts, facts.folder)
    else:
        yield _said(Check.FOLDER_UNNAMED)


def _said(check: Check, **params: object) -> Diagnosis:
    return Diagnosis(
        check, CATALOGUE[check].level, tuple((name, str(value)) for name, value in params.items())
    )


# --- Python


def _python(python: Python) -> Iterator[Diagnosis]:
    if _minor(python.version) < OLDEST_PYTHON:
        yield _said(Check.PYTHON_OLD, version=python.version, path=python.path)
    elif not python.xlwings:
        yield _said(Check.XLWINGS_ABSENT, path=python.path)
    else:
        yield _said(
            Check.PYTHON_GOOD,
            version=python.version,
            sheetsync=python.sheetsync,
            xlwings=python.xlwings,
            path=python.path,
        )


def _minor(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2] if part.isdigit())


def _buttons_python(facts: Facts) -> Iterator[Diagnosis]:
    told = facts.button_python
    if told is None:
        if facts.excel or facts.libreoffice:
            yield _said(Check.BUTTONS_NO_PYTHON)
    elif not told.runs:
        yield _said(Check.BUTTONS_PYTHON_GONE, path=told.path)
    elif not told.asked:
        yield _said(Check.BUTTONS_PYTHON_OTHER, path=told.path)
    elif not (told.sheetsync and told.xlwings):
        yield _said(Check.BUTTONS_PYTHON_BARE, path=told.path)
    else:
        yield _said(Check.BUTTONS_PYTHON, path=told.path, sheetsync=told.sheetsync)


# --- Excel


def _excel(facts: Facts) -> Iterator[Diagnosis]:
    excel = facts.excel
    if excel is None:
        if facts.libreoffice is None:
            yield _said(Check.NO_OFFICE)
        elif facts.system is not System.LINUX:
            yield _said(Check.EXCEL_ABSENT)
        return
    yield _said(Check.EXCEL_FOUND, path=excel.path)
    yield _ribbon(excel)
    if facts.system is System.MACOS:
        yield _said(Check.EXCEL_MAC)
        return
    yield _xlwings_addin(excel)
    if facts.folder and facts.folder.exists:
        yield from _excel_macros(excel, facts.folder)


def _ribbon(excel: Excel) -> Diagnosis:
    if not excel.ribbon:
        return _said(Check.RIBBON_ABSENT)
    same = excel.ribbon == excel.packed_ribbon or not excel.packed_ribbon
    return _said(Check.RIBBON_GOOD if same else Check.RIBBON_OTHER)


def _xlwings_addin(excel: Excel) -> Diagnosis:
    if excel.xlwings_addin:
        return _said(Check.XLWINGS_ADDIN, path=excel.xlwings_addin)
    return _said(Check.XLWINGS_ADDIN_ABSENT)


def _excel_macros(excel: Excel, folder: Folder) -> Iterator[Diagnosis]:
    """A trusted location goes before every other setting; without one it is also told why none counts."""
    trust = excel.trust
    if trust.blocks_internet:
        yield _said(Check.EXCEL_BLOCKS_INTERNET)
    location = covering(trust, folder.path, network=folder.network)
    if location:
        yield _said(Check.EXCEL_TRUSTS, path=location.path)
        return
    if trust.warnings == _EVERYTHING:
        yield _said(Check.EXCEL_OPEN_TO_ALL)
        return
    if trust.warnings not in (_SIGNED_ONLY, _NONE):
        yield _said(Check.EXCEL_ASKS)
    elif trust.by_policy:
        yield _said(Check.EXCEL_POLICY, value=trust.warnings)
    else:
        yield _said(Check.EXCEL_OFF if trust.warnings == _NONE else Check.EXCEL_SIGNED_ONLY)
    if trust.locations_off:
        yield _said(Check.EXCEL_LOCATIONS_OFF)
    elif folder.network and not trust.network_allowed:
        yield _said(Check.EXCEL_NETWORK)


# --- LibreOffice


def _libreoffice(facts: Facts) -> Iterator[Diagnosis]:
    """Where Excel is there too, what LibreOffice lacks is only worth a note."""
    office = facts.libreoffice
    if office is None:
        if facts.excel:
            yield _said(Check.LIBREOFFICE_ABSENT)
        return
    for one in (*_bridge(facts, office), *_office_macros(facts, office), *_extension(office)):
        softened = Level.NOTE if facts.excel and one.level is Level.MUST else one.level
        yield replace(one, level=softened)


def _bridge(facts: Facts, office: LibreOffice) -> Iterator[Diagnosis]:
    if office.sandbox:
        yield _said(Check.LIBREOFFICE_SANDBOX, sandbox=office.sandbox)
        return
    yield _said(Check.LIBREOFFICE_FOUND, version=office.version or "?", path=office.path)
    told = facts.button_python
    python = told if told and told.asked and told.runs else facts.python
    ours = ".".join(python.version.split(".")[:2])
    if python.uno:
        yield _said(Check.UNO_GOOD)
    elif office.python and office.python != ours:
        yield _said(Check.UNO_OTHER_PYTHON, office=office.python, ours=ours)
    else:
        yield _said(Check.UNO_ABSENT)


def _extension(office: LibreOffice) -> Iterator[Diagnosis]:
    if office.extension is not None and not office.sandbox:
        yield _said(Check.EXTENSION_GOOD if office.extension else Check.EXTENSION_ABSENT)


def _office_macros(facts: Facts, office: LibreOffice) -> Iterator[Diagnosis]:
    macros, folder = office.macros, facts.folder
    if macros is None:
        yield _said(Check.LIBREOFFICE_SETTINGS)
        return
    if macros.off:
        yield _said(Check.LIBREOFFICE_OFF)
        return
    if folder is None or not folder.exists:
        return
    trusted = next((one for one in macros.trusted if is_inside(folder.url, one)), "")
    if trusted:
        yield _said(Check.LIBREOFFICE_TRUSTS, path=unquote(trusted))
    elif macros.level == _OFFICE_EVERYTHING:
        yield _said(Check.LIBREOFFICE_OPEN_TO_ALL)
    elif macros.level == _OFFICE_ASKS:
        yield _said(Check.LIBREOFFICE_ASKS)
    else:
        yield _said(Check.LIBREOFFICE_DISTRUSTS)


# --- the campaign folder and its workbook


def _folder(facts: Facts, folder: Folder) -> Iterator[Diagnosis]:
    if not folder.exists:
        yield _said(Check.FOLDER_MISSING)
        return
    troubles = list(_folder_troubles(facts, folder))
    yield from troubles or [_said(Check.FOLDER_GOOD)]
    shortcut = Check.SHORTCUT_GOOD if folder.has_shortcut else Check.SHORTCUT_ABSENT
    yield _said(shortcut, path=folder.shortcut)
    if folder.book is None:
        yield _said(Check.BOOK_MISSING)
    else:
        yield from _book(facts, folder, folder.book)


def _folder_troubles(facts: Facts, folder: Folder) -> Iterator[Diagnosis]:
    if not folder.writable:
        yield _said(Check.FOLDER_READ_ONLY)
    if folder.cloud:
        yield _said(Check.FOLDER_CLOUD, cloud=folder.cloud)
    if folder.network:
        yield _said(Check.FOLDER_NETWORK)
    length = len(folder.book.path) if folder.book else 0
    if facts.system is System.WINDOWS and length > LONGEST_EXCEL_PATH:
        yield _said(Check.FOLDER_TOO_LONG, length=length, limit=LONGEST_EXCEL_PATH)


def _book(facts: Facts, folder: Folder, book: Book) -> Iterator[Diagnosis]:
    if not book.readable:
        yield _said(Check.BOOK_UNREADABLE, path=book.path)
        return
    yield _buttons(book)
    if book.from_internet:
        trusted = facts.excel and covering(facts.excel.trust, folder.path, network=folder.network)
        marked = _said(Check.BOOK_FROM_INTERNET, path=book.path)
        yield replace(marked, level=Level.NOTE) if trusted else marked
    if book.is_open:
        yield _said(Check.BOOK_OPEN, path=book.path)


def _buttons(book: Book) -> Diagnosis:
    if not book.has_macros or book.protocol is None:
        return _said(Check.BOOK_WITHOUT_BUTTONS, path=book.path)
    if book.protocol == PROTOCOL:
        return _said(Check.BOOK_GOOD, path=book.path)
    check = Check.BOOK_OLD_BUTTONS if book.protocol < PROTOCOL else Check.BOOK_NEWER_BUTTONS
    return _said(check, book=book.protocol, ours=PROTOCOL)
