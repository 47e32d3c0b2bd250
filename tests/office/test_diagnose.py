"""Facts and what the doctor says of them: a table, a line for everything the catalogue holds."""

from __future__ import annotations

import string

import pytest
from msgspec.structs import replace

from sheetsync.columns.buttons import PROTOCOL
from sheetsync.office.catalogue import CATALOGUE
from sheetsync.office.codes import Check, Level
from sheetsync.office.diagnose import Diagnosis, click_of, diagnose, found_of, needs_user
from sheetsync.office.facts import (
    Book,
    Excel,
    ExcelTrust,
    Facts,
    Folder,
    LibreOffice,
    Python,
    TrustedLocation,
)
from sheetsync.office.lo_settings import MacroSettings
from sheetsync.office.machine import System

PYTHON = Python("C:\\Python311\\python.exe", version="3.11.7", sheetsync="0.1.0", xlwings="0.37.8", uno=True)
PLACE = "C:\\Кампании\\Плавск"
URL = "file:///C:/%D0%9A%D0%B0%D0%BC%D0%BF%D0%B0%D0%BD%D0%B8%D0%B8/%D0%9F%D0%BB%D0%B0%D0%B2%D1%81%D0%BA"
BOOK = Book(f"{PLACE}\\Район.xlsm", has_macros=True, protocol=PROTOCOL)
FOLDER = Folder(PLACE, URL, shortcut=f"{PLACE}\\Собрать свод.cmd", has_shortcut=True, book=BOOK)
TRUSTED = ExcelTrust(
    locations=(TrustedLocation("Location7", "c:/кампании", subfolders=True, description=""),)
)
EXCEL = Excel("EXCEL.EXE", TRUSTED, ribbon="a", packed_ribbon="a", xlwings_addin="xlwings.xlam")
OFFICE = LibreOffice(
    "soffice", "7.4", "3.11", macros=MacroSettings(trusted=("file:///C:/Кампании/",)), extension=True
)
GOOD = Facts(System.WINDOWS, PYTHON, PYTHON, EXCEL, OFFICE, folder=FOLDER)
NO_EXCEL = replace(GOOD, excel=None)


def with_trust(**changes: object) -> Facts:
    """The good computer with other settings of Excel."""
    return replace(GOOD, excel=replace(EXCEL, trust=replace(ExcelTrust(), **changes)))


def with_macros(**changes: object) -> Facts:
    """The computer without Excel, with other settings of LibreOffice."""
    return replace(NO_EXCEL, libreoffice=replace(OFFICE, macros=replace(MacroSettings(), **changes)))


def with_folder(**changes: object) -> Facts:
    return replace(GOOD, folder=replace(FOLDER, **changes))


def with_book(**changes: object) -> Facts:
    return with_folder(book=replace(BOOK, **changes))


MAC = replace(GOOD, system=System.MACOS)
OTHER_UNO = replace(PYTHON, uno=False)

SAID: dict[str, tuple[Facts, Check, Level]] = {
    # --- Python
    "all is well with Python": (GOOD, Check.PYTHON_GOOD, Level.GOOD),
    "a Python of 2019": (replace(GOOD, python=replace(PYTHON, version="3.8.10")), Check.PYTHON_OLD, Level.MUST),
    "a Python without xlwings": (replace(GOOD, python=replace(PYTHON, xlwings="")), Check.XLWINGS_ABSENT, Level.MUST),
    "the buttons know their Python": (GOOD, Check.BUTTONS_PYTHON, Level.GOOD),
    "nobody told the buttons": (replace(GOOD, button_python=None), Check.BUTTONS_NO_PYTHON, Level.MUST),
    "the Python of the buttons was removed": (
        replace(GOOD, button_python=Python("D:\\old\\python.exe", runs=False)),
        Check.BUTTONS_PYTHON_GONE,
        Level.MUST,
    ),
    "the Python of the buttons lacks sheetsync": (
        replace(GOOD, button_python=Python("D:\\other\\python.exe", version="3.12.1")),
        Check.BUTTONS_PYTHON_BARE,
        Level.MUST,
    ),
    "the workbook names a Python of its own": (
        replace(GOOD, button_python=Python("E:\\python.exe", asked=False)),
        Check.BUTTONS_PYTHON_OTHER,
        Level.NOTE,
    ),
    # --- Excel
    "Excel is there": (GOOD, Check.EXCEL_FOUND, Level.GOOD),
    "Windows without Excel": (NO_EXCEL, Check.EXCEL_ABSENT, Level.GOOD),
    "no office program at all": (replace(NO_EXCEL, libreoffice=None), Check.NO_OFFICE, Level.NOTE),
    "the ribbon is there": (GOOD, Check.RIBBON_GOOD, Level.GOOD),
    "no ribbon": (replace(GOOD, excel=replace(EXCEL, ribbon="")), Check.RIBBON_ABSENT, Level.GOOD),
    "the ribbon of an older program": (replace(GOOD, excel=replace(EXCEL, ribbon="b")), Check.RIBBON_OTHER, Level.NOTE),
    "the add-in of xlwings": (GOOD, Check.XLWINGS_ADDIN, Level.GOOD),
    "no add-in of xlwings": (
        replace(GOOD, excel=replace(EXCEL, xlwings_addin="")),
        Check.XLWINGS_ADDIN_ABSENT,
        Level.GOOD,
    ),
    "Excel trusts the folder above": (GOOD, Check.EXCEL_TRUSTS, Level.GOOD),
    "Excel asks, as it usually does": (with_trust(), Check.EXCEL_ASKS, Level.NOTE),
    "Excel for Mac": (MAC, Check.EXCEL_MAC, Level.NOTE),
    "Excel runs everything": (with_trust(warnings=1), Check.EXCEL_OPEN_TO_ALL, Level.NOTE),
    "Excel runs nothing": (with_trust(warnings=4), Check.EXCEL_OFF, Level.MUST),
    "Excel runs signed macros": (with_trust(warnings=3), Check.EXCEL_SIGNED_ONLY, Level.MUST),
    "the administrator forbade macros": (with_trust(warnings=4, by_policy=True), Check.EXCEL_POLICY, Level.MUST),
    "trusted locations are switched off": (
        with_trust(locations=TRUSTED.locations, locations_off=True),
        Check.EXCEL_LOCATIONS_OFF,
        Level.NOTE,
    ),
    "the trusted folder is on a share": (
        replace(GOOD, folder=replace(FOLDER, network=True)),
        Check.EXCEL_NETWORK,
        Level.NOTE,
    ),
    "the administrator forbade macros out of the mail": (
        with_trust(blocks_internet=True),
        Check.EXCEL_BLOCKS_INTERNET,
        Level.GOOD,
    ),
    # --- LibreOffice
    "LibreOffice is there": (GOOD, Check.LIBREOFFICE_FOUND, Level.GOOD),
    "Excel without LibreOffice": (replace(GOOD, libreoffice=None), Check.LIBREOFFICE_ABSENT, Level.GOOD),
    "LibreOffice in a flatpak": (
        replace(NO_EXCEL, libreoffice=replace(OFFICE, sandbox="flatpak")),
        Check.LIBREOFFICE_SANDBOX,
        Level.NOTE,
    ),
    "Python reaches LibreOffice": (GOOD, Check.UNO_GOOD, Level.GOOD),
    "LibreOffice has another Python": (
        replace(NO_EXCEL, button_python=OTHER_UNO, libreoffice=replace(OFFICE, python="3.9")),
        Check.UNO_OTHER_PYTHON,
        Level.MUST,
    ),
    "another Python, but Excel is there": (
        replace(GOOD, button_python=OTHER_UNO, libreoffice=replace(OFFICE, python="3.9")),
        Check.UNO_OTHER_PYTHON,
        Level.NOTE,
    ),
    "no bridge at all": (replace(NO_EXCEL, button_python=OTHER_UNO), Check.UNO_ABSENT, Level.MUST),
    "LibreOffice trusts the folder": (GOOD, Check.LIBREOFFICE_TRUSTS, Level.GOOD),
    "LibreOffice as it comes": (with_macros(), Check.LIBREOFFICE_DISTRUSTS, Level.MUST),
    "LibreOffice trusts a neighbour": (
        with_macros(trusted=("file:///C:/Кампании/Плавск-2",)),
        Check.LIBREOFFICE_DISTRUSTS,
        Level.MUST,
    ),
    "LibreOffice asks": (with_macros(level=1), Check.LIBREOFFICE_ASKS, Level.NOTE),
    "LibreOffice runs everything": (with_macros(level=0), Check.LIBREOFFICE_OPEN_TO_ALL, Level.NOTE),
    "LibreOffice runs nothing": (with_macros(off=True), Check.LIBREOFFICE_OFF, Level.MUST),
    "a damaged profile": (
        replace(NO_EXCEL, libreoffice=replace(OFFICE, macros=None)),
        Check.LIBREOFFICE_SETTINGS,
        Level.NOTE,
    ),
    "LibreOffice has the menu": (GOOD, Check.EXTENSION_GOOD, Level.GOOD),
    "LibreOffice lacks the menu": (
        replace(NO_EXCEL, libreoffice=replace(OFFICE, extension=False)),
        Check.EXTENSION_ABSENT,
        Level.NOTE,
    ),
    # --- others
    "Р7 beside Excel": (replace(GOOD, r7="C:\\R7-Office"), Check.R7_FOUND, Level.GOOD),
    "Р7 alone": (replace(NO_EXCEL, libreoffice=None, r7="/opt/r7-office"), Check.R7_FOUND, Level.NOTE),
    # --- the campaign folder
    "a folder of this disk": (GOOD, Check.FOLDER_GOOD, Level.GOOD),
    "no folder named": (replace(GOOD, folder=None), Check.FOLDER_UNNAMED, Level.NOTE),
    "a name misspelt": (with_folder(exists=False), Check.FOLDER_MISSING, Level.MUST),
    "a folder on a disk that cannot be written": (with_folder(writable=False), Check.FOLDER_READ_ONLY, Level.MUST),
    "a folder in the cloud": (with_folder(cloud="OneDrive"), Check.FOLDER_CLOUD, Level.NOTE),
    "a folder on a share": (with_folder(network=True), Check.FOLDER_NETWORK, Level.NOTE),
    "a path Excel does not open": (with_book(path="C:\\" + "д" * 220), Check.FOLDER_TOO_LONG, Level.MUST),
    "the shortcut is there": (GOOD, Check.SHORTCUT_GOOD, Level.GOOD),
    "no shortcut": (with_folder(has_shortcut=False), Check.SHORTCUT_ABSENT, Level.GOOD),
    # --- the workbook
    "buttons of today": (GOOD, Check.BOOK_GOOD, Level.GOOD),
    "no workbook": (with_folder(book=None), Check.BOOK_MISSING, Level.MUST),
    "a workbook under a password": (with_book(readable=False), Check.BOOK_UNREADABLE, Level.MUST),
    "an xlsx": (with_book(has_macros=False, protocol=None), Check.BOOK_WITHOUT_BUTTONS, Level.NOTE),
    "buttons of yesterday": (with_book(protocol=PROTOCOL - 1), Check.BOOK_OLD_BUTTONS, Level.MUST),
    "buttons of tomorrow": (with_book(protocol=PROTOCOL + 1), Check.BOOK_NEWER_BUTTONS, Level.MUST),
    "a workbook out of the mail": (
        replace(with_trust(), folder=replace(FOLDER, book=replace(BOOK, from_internet=True))),
        Check.BOOK_FROM_INTERNET,
        Level.MUST,
    ),
    "out of the mail, in a trusted folder": (with_book(from_internet=True), Check.BOOK_FROM_INTERNET, Level.NOTE),
    "the workbook is open": (with_book(is_open=True), Check.BOOK_OPEN, Level.GOOD),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_the_doctor_says_it(case: str) -> None:
    facts, check, level = SAID[case]
    said = {one.check: one.level for one in diagnose(facts)}

    assert said.get(check) is level


def test_everything_in_the_catalogue_is_said_in_some_case() -> None:
    assert {check for _, check, _ in SAID.values()} == set(Check) == set(CATALOGUE)


def test_nothing_needs_a_user_where_all_is_well() -> None:
    said = diagnose(GOOD)

    assert [one.check for one in said if one.level is not Level.GOOD] == []
    assert not needs_user(said)


@pytest.mark.parametrize("case", SAID)
def test_what_is_said_has_no_hole(case: str) -> None:
    """Every place in a sentence is filled; what must be done says how, in words that end."""
    for one in diagnose(SAID[case][0]):
        sentences = (found_of(one), click_of(one))

        assert not any("{" in sentence for sentence in sentences), one.check
        assert one.level is Level.GOOD or sentences[1], one.check


def test_the_worst_comes_first() -> None:
    levels = [one.level for one in diagnose(with_macros())]

    assert levels == sorted(levels, key=list(Level).index)
    assert levels[0] is Level.MUST


def test_a_trusted_location_goes_before_a_ban_on_macros() -> None:
    """Excel runs what lies in a trusted location whatever VBAWarnings says."""
    banned = replace(EXCEL, trust=replace(TRUSTED, warnings=4, by_policy=True))
    said = {one.check for one in diagnose(replace(GOOD, excel=banned))}

    assert Check.EXCEL_TRUSTS in said
    assert Check.EXCEL_POLICY not in said


def test_a_trusted_location_without_subfolders_covers_only_itself() -> None:
    location = TrustedLocation("Location0", "C:\\Кампании\\")
    said = {one.check for one in diagnose(with_trust(locations=(location,)))}

    assert Check.EXCEL_TRUSTS not in said


def test_on_linux_excel_is_not_missed() -> None:
    said = {one.check for one in diagnose(replace(NO_EXCEL, system=System.LINUX))}

    assert not said & {Check.EXCEL_ABSENT, Check.NO_OFFICE}


@pytest.mark.parametrize(
    "office", [replace(OFFICE, extension=None), replace(OFFICE, extension=False, sandbox="snap")]
)
def test_an_extension_that_could_not_be_put_or_would_not_help_is_not_missed(office: LibreOffice) -> None:
    said = {one.check for one in diagnose(replace(GOOD, libreoffice=office))}

    assert not said & {Check.EXTENSION_GOOD, Check.EXTENSION_ABSENT}


def test_a_fact_and_its_advice_are_russian_sentences() -> None:
    for check, detail in CATALOGUE.items():
        names = {name for _, name, _, _ in string.Formatter().parse(detail.found + detail.click) if name}

        assert detail.found.endswith((".", "}")), check
        assert names <= {"folder", "path", "version", "sheetsync", "xlwings", "value", "office", "ours", "sandbox",
                         "cloud", "length", "limit", "book"}, check  # fmt: skip
        assert detail.level is Level.GOOD or detail.click, check


def test_one_diagnosis_knows_its_subject() -> None:
    assert Diagnosis(Check.BOOK_OPEN, Level.GOOD).subject is CATALOGUE[Check.BOOK_OPEN].subject
