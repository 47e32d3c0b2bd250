"""The macros of the buttons in a workbook, and the code names by which macros know its sheets.

Macros somebody else wrote are never overwritten: it is looked whose they are before anything is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sheetsync.columns import MACRO_MODULE
from sheetsync.patterns import at_first_use
from sheetsync.workbooks.ooxml import WORKSHEET_ORDER, child, first_inside, placed, tag_like
from sheetsync.workbooks.package import Package
from sheetsync.workbooks.workbook_xml import WorkbookXml

if TYPE_CHECKING:
    from sheetsync.workbooks.vba_project import Module

MICROSOFT_RELATIONS: Final = "http://schemas.microsoft.com/office/2006/relationships"

_PART: Final = "xl/vbaProject.bin"
_TYPE: Final = "application/vnd.ms-office.vbaProject"
_WORKBOOK_TYPE: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_RELATION: Final = "vbaProject"
_CODE_NAME: Final = "codeName"
_SETTINGS: Final = "sheetPr"
_SUB: Final = at_first_use(r"^public sub (\w+)\(\)", re.MULTILINE)
"""In code as it is read: small letters, one blank between two words."""


class Macros(Enum):
    """What became of a workbook's macros."""

    OURS = auto()
    """The macros of the buttons are there, as new as the program."""
    AGED = auto()
    """Somebody's own macros stand beside ours: nothing was touched, and ours are of another version."""
    THEIRS = auto()
    """Somebody's own macros are there, and none of ours: nothing was touched."""


def fit_macros(package: Package, workbook: WorkbookXml, project: bytes, names: Mapping[str, str]) -> Macros:
    """Put our macros into a workbook or refresh them, unless somebody's own are in the way.

    ``names`` are the code names of sheet parts; «» stands for the workbook itself.
    """
    part = next(iter(package.related(workbook.part, _RELATION)), None)
    if part is not None:
        present = package.read(part)
        others = _verdict_beside_others(present, project)
        if others:
            return others
        has_names = _code_names(package, workbook) == {name.casefold() for name in names.values()}
        if present == project and has_names:
            return Macros.OURS
        _drop_signatures(package, part)
        package.write(part, project)
        package.retype(part, _TYPE)
    else:
        package.add(_PART, project, _TYPE)
        package.relate(workbook.part, _RELATION, _PART, family=MICROSOFT_RELATIONS)
    package.retype(workbook.part, _WORKBOOK_TYPE)
    _give_names(package, workbook, names)
    return Macros.OURS


def revive_names(package: Package, workbook: WorkbookXml, names: Mapping[str, str]) -> None:
    """Give back the code names LibreOffice lost: Excel finds the module of a sheet by them.

    Only a sheet that has none gets one, and only where the macros hold a module of that name.
    """
    part = next(iter(package.related(workbook.part, _RELATION)), None)
    told = _code_names(package, workbook)
    lost = {place: name for place, name in names.items() if name.casefold() not in told}
    if part is None or not lost:
        return
    modules = {one.name.casefold() for one in _modules(package.read(part)) or () if one.is_document}
    for place, name in lost.items():
        if name.casefold() in modules:
            _name(package, workbook, place, name)


def subs_of(package: Package, workbook: WorkbookXml) -> set[str]:
    """Names of the subs a button of the workbook can call; macros of an older version have fewer."""
    part = next(iter(package.related(workbook.part, _RELATION)), None)
    modules = _modules(package.read(part)) if part else None
    code = "\n".join(one.code for one in modules or () if one.name.casefold() == MACRO_MODULE.casefold())
    return set(_SUB.findall(code))


def _modules(project: bytes) -> Sequence[Module] | None:
    """The modules of a project; ``None`` for one that cannot be read."""
    # A press finds all names in their places.
    from sheetsync.workbooks.vba_project import UnreadableProjectError, read_project  # noqa: PLC0415

    try:
        return read_project(project)
    except UnreadableProjectError:
        return None


def _verdict_beside_others(present: bytes, project: bytes) -> Macros | None:
    """What became of macros somebody's own stand among: these are never replaced. ``None``: all are ours."""
    from sheetsync.workbooks.vba_project import read_project  # noqa: PLC0415 - see ``_modules``

    standing = _modules(present)
    if standing is None:
        return Macros.THEIRS
    found = {one.name.casefold(): one for one in standing}
    ours = {one.name.casefold(): one for one in read_project(project)}
    if not any(one.code and _is_theirs(one, ours.get(name)) for name, one in found.items()):
        return None
    if MACRO_MODULE.casefold() not in found:
        return Macros.THEIRS
    is_current = all(_same(found.get(name), one) for name, one in ours.items() if not one.is_document)
    return Macros.OURS if is_current else Macros.AGED


def _is_theirs(one: Module, namesake: Module | None) -> bool:
    """Whether code is somebody's own: our modules grow old, but our sheets never have any code."""
    return namesake is None or (namesake.is_document and not _same(one, namesake))


def _same(one: Module | None, other: Module) -> bool:
    return one is not None and one.code == other.code


def _code_names(package: Package, workbook: WorkbookXml) -> set[str]:
    told = {workbook.code_name}
    told.update(_code_name_of(package, sheet.part) for sheet in workbook.sheets())
    return {name.casefold() for name in told if name}


def _code_name_of(package: Package, part: str) -> str:
    """The code name of a sheet, «» for none; a sheet nobody opened is not parsed whole for it."""
    settings = None if package.is_open(part) else first_inside(package.chunks(part))
    if settings is None or settings.tag != tag_like(settings.getparent(), _SETTINGS):
        settings = child(package.tree(part), _SETTINGS)
    return "" if settings is None else str(settings.get(_CODE_NAME, ""))


def _give_names(package: Package, workbook: WorkbookXml, names: Mapping[str, str]) -> None:
    """Name what the macros know; a sheet of the office's own has no module and so no code name."""
    for place, name in names.items():
        _name(package, workbook, place, name)
    for sheet in workbook.sheets():
        settings = child(package.tree(sheet.part), _SETTINGS)
        if sheet.part not in names and settings is not None and settings.get(_CODE_NAME):
            del child(package.edit(sheet.part), _SETTINGS).attrib[_CODE_NAME]


def _name(package: Package, workbook: WorkbookXml, place: str, name: str) -> None:
    """Give a code name to the sheet of a part; to the workbook itself where the part is «»."""
    if place:
        placed(package.edit(place), _SETTINGS, WORKSHEET_ORDER).set(_CODE_NAME, name)
    else:
        workbook.code_name = name


def _drop_signatures(package: Package, part: str) -> None:
    """A signature vouches for the macros that were; new ones have none."""
    signatures = list(package.relations(part))
    package.unrelate(part, {one.id for one in signatures})
    for one in signatures:
        package.remove(one.target)
