"""What the doctor may find, by name: levels, subjects and codes. The sentences stand in ``catalogue``."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """The worst first: in this order the doctor tells what it found."""

    MUST = "обязательно"
    NOTE = "внимание"
    GOOD = "порядок"


class Subject(StrEnum):
    PYTHON = "Python"
    EXCEL = "Excel"
    LIBREOFFICE = "LibreOffice"
    R7 = "Р7-Офис"
    FOLDER = "Папка"
    BOOK = "Районная книга"


class Check(StrEnum):
    """What may be found. The words stand in ``--json``."""

    # --- Python
    PYTHON_GOOD = "python-good"
    PYTHON_OLD = "python-old"
    XLWINGS_ABSENT = "xlwings-absent"
    BUTTONS_PYTHON = "buttons-python"
    BUTTONS_NO_PYTHON = "buttons-no-python"
    BUTTONS_PYTHON_GONE = "buttons-python-gone"
    BUTTONS_PYTHON_BARE = "buttons-python-bare"
    BUTTONS_PYTHON_OTHER = "buttons-python-other"
    # --- Excel
    EXCEL_FOUND = "excel-found"
    EXCEL_ABSENT = "excel-absent"
    NO_OFFICE = "no-office"
    RIBBON_GOOD = "ribbon-good"
    RIBBON_ABSENT = "ribbon-absent"
    RIBBON_OTHER = "ribbon-other"
    XLWINGS_ADDIN = "xlwings-addin"
    XLWINGS_ADDIN_ABSENT = "xlwings-addin-absent"
    EXCEL_TRUSTS = "excel-trusts"
    EXCEL_ASKS = "excel-asks"
    EXCEL_MAC = "excel-mac"
    EXCEL_OPEN_TO_ALL = "excel-open-to-all"
    EXCEL_OFF = "excel-off"
    EXCEL_SIGNED_ONLY = "excel-signed-only"
    EXCEL_POLICY = "excel-policy"
    EXCEL_LOCATIONS_OFF = "excel-locations-off"
    EXCEL_NETWORK = "excel-network"
    EXCEL_BLOCKS_INTERNET = "excel-blocks-internet"
    # --- LibreOffice
    LIBREOFFICE_FOUND = "libreoffice-found"
    LIBREOFFICE_ABSENT = "libreoffice-absent"
    LIBREOFFICE_SANDBOX = "libreoffice-sandbox"
    UNO_GOOD = "uno-good"
    UNO_OTHER_PYTHON = "uno-other-python"
    UNO_ABSENT = "uno-absent"
    LIBREOFFICE_TRUSTS = "libreoffice-trusts"
    LIBREOFFICE_DISTRUSTS = "libreoffice-distrusts"
    LIBREOFFICE_ASKS = "libreoffice-asks"
    LIBREOFFICE_OPEN_TO_ALL = "libreoffice-open-to-all"
    LIBREOFFICE_OFF = "libreoffice-off"
    LIBREOFFICE_SETTINGS = "libreoffice-settings"
    EXTENSION_GOOD = "extension-good"
    EXTENSION_ABSENT = "extension-absent"
    # --- others
    R7_FOUND = "r7-found"
    # --- the campaign folder
    FOLDER_GOOD = "folder-good"
    FOLDER_UNNAMED = "folder-unnamed"
    FOLDER_MISSING = "folder-missing"
    FOLDER_READ_ONLY = "folder-read-only"
    FOLDER_CLOUD = "folder-cloud"
    FOLDER_NETWORK = "folder-network"
    FOLDER_TOO_LONG = "folder-too-long"
    SHORTCUT_GOOD = "shortcut-good"
    SHORTCUT_ABSENT = "shortcut-absent"
    # --- the workbook
    BOOK_GOOD = "book-good"
    BOOK_MISSING = "book-missing"
    BOOK_UNREADABLE = "book-unreadable"
    BOOK_WITHOUT_BUTTONS = "book-without-buttons"
    BOOK_OLD_BUTTONS = "book-old-buttons"
    BOOK_NEWER_BUTTONS = "book-newer-buttons"
    BOOK_FROM_INTERNET = "book-from-internet"
    BOOK_OPEN = "book-open"
