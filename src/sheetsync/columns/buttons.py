"""THE declaration of the buttons in the district workbook and of the cells they work with.

The sheet's buttons, the ribbon tab, the VBA's subs, shortcuts and documents are made from these
tuples; a button is listed here when its command exists, so none is dead.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct

from sheetsync.columns.base import TABLE_PREFIX
from sheetsync.columns.district import DISTRICT_LAYOUT
from sheetsync.columns.sheets import PANEL


class Action(StrEnum):
    """What a button does; the word goes to Python on the command line."""

    ISSUE = "issue"
    CONSOLIDATE = "consolidate"
    CHECK = "check"
    ACCEPT = "accept"
    UNDO = "undo"
    RETURN = "return"
    LETTERS = "letters"
    REPORT = "report"


class ButtonGroup(StrEnum):
    """What buttons are for: those of one group stand together. The value is its name on the ribbon."""

    COLLECT = "Собрать"
    REVIEW = "Проверить"
    ANSWER = "Ответить"


class Button(Struct, frozen=True):
    """One button: ``macro`` is the VBA sub behind it, ``image`` Office's own picture on the ribbon."""

    action: Action
    caption: str
    macro: str
    image: str
    group: ButtonGroup
    tip: str


BUTTONS: Final = (
    Button(
        Action.ISSUE,
        "Выпустить формы",
        "SheetsyncIssue",
        "FileNew",
        ButtonGroup.COLLECT,
        "Сделать каждому участнику его форму в папке «Формы».",
    ),
    Button(
        Action.CONSOLIDATE,
        "Собрать свод",
        "SheetsyncConsolidate",
        "RefreshAll",
        ButtonGroup.COLLECT,
        "Прочитать всё из папки «Получено» и обновить листы этой книги.",
    ),
    Button(
        Action.CHECK,
        "Проверить один файл",
        "SheetsyncCheck",
        "DataValidation",
        ButtonGroup.REVIEW,
        "Выбрать одну копию и посмотреть, что в ней не так.",
    ),
    Button(
        Action.ACCEPT,
        "Принять подтверждённое",
        "SheetsyncAccept",
        "AcceptInvitation",
        ButtonGroup.REVIEW,
        "Поставить «принято» всем выполненным строкам с достаточным подтверждением.",
    ),
    Button(
        Action.UNDO,
        "Отменить принятие",
        "SheetsyncUndo",
        "Undo",
        ButtonGroup.REVIEW,
        "Снять «принято», поставленное последним нажатием «Принять подтверждённое».",
    ),
    Button(
        Action.RETURN,
        "Вернуть на доработку",
        "SheetsyncReturn",
        "Reply",
        ButtonGroup.ANSWER,
        "Сделать школам формы с вашими замечаниями в папке «Возврат»; в таблицы Google замечания впишутся сами.",
    ),
    Button(
        Action.LETTERS,
        "Письма",
        "SheetsyncLetters",
        "MailMergeStartLetters",
        ButtonGroup.ANSWER,
        "Написать каждому, чего не хватает именно у него, в папку «Письма». Ничего не отправляется.",
    ),
    Button(
        Action.REPORT,
        "Справка",
        "SheetsyncReport",
        "FileSaveAsWordDocx",
        ButtonGroup.ANSWER,
        "Составить аналитическую справку с приложением: откуда каждое число.",
    ),
)

RIBBON_TAB: Final = "Свод"
MACRO_MODULE: Final = "modSheetsync"
PROTOCOL: Final = 1
"""Raised when the VBA and the Python behind a button no longer understand each other."""
KIT_SHEET: Final = "_buttons"
"""The hidden sheet whose named cells hold everything Russian the VBA shows, and where Python is."""

WORKBOOK_CODE_NAME: Final = "ThisWorkbook"
CODE_NAMES: Final = {
    PANEL: "shPanel",
    **{
        table.sheet: "sh" + table.name.removeprefix(TABLE_PREFIX).title().replace("_", "")
        for table in DISTRICT_LAYOUT
        if table.sheet != PANEL
    },
    KIT_SHEET: "shKit",
}
"""Sheet -> the name its document module has in the VBA project; ``codeName`` in the sheet's part."""


class KitCell(StrEnum):
    """Named cells the VBA reads and writes; all but the first two stand on the hidden sheet."""

    STATUS = "ss_status"
    """On «Панель», beside the buttons: what the last press came to, in one sentence."""
    BUTTONS = "ss_buttons"
    """On «Панель»: the cell under whose upper left corner the buttons begin."""
    PYTHON = "ss_python"
    """Full path of the Python sheetsync is installed in; looked up elsewhere when it is not there."""
    PROTOCOL = "ss_protocol"
    TIMEOUT = "ss_timeout"
    """Seconds a press may take."""
    FILE = "ss_file"
    """The file «Проверить один файл» is about; filled by the file dialog, or beforehand."""
    RECEIVED = "ss_received"
    """Name of the folder beside the workbook in which the file dialog opens."""


MESSAGE_CELL: Final = "ss_msg_{key}"
"""The named cell of one sentence of ``KitMessage``."""


class KitMessage(StrEnum):
    """What the VBA itself may have to say. The values are ASCII: they travel in the flag file.

    The Python process writes its own sentences into ``KitCell.STATUS``; where it cannot reach the
    workbook it leaves one of these words in the flag file, and the VBA shows the sentence.
    """

    RUNNING = "running"
    NOT_SAVED = "not_saved"
    CLOUD = "cloud"
    READ_ONLY = "read_only"
    NO_PYTHON = "no_python"
    SILENT = "silent"
    """Python started and said nothing: sheetsync is not installed in it."""
    TIMEOUT = "timeout"
    NO_XLWINGS = "no_xlwings"
    NO_UNO = "no_uno"
    """LibreOffice is asked, and this Python lacks its module."""
    NO_CONNECTION = "no_connection"
    """The program that shows the workbook could not be reached."""
    NO_PLACE = "no_place"
    """The status cell is gone or its sheet protected."""
    FAILED = "failed"
    NO_FILE = "no_file"
    """No file was chosen in the dialog."""
    CHOOSE_FILE = "choose_file"
    """The title of the file dialog."""
    NO_MAC = "no_mac"
    """Excel for macOS: there the tool cannot write into the open workbook."""
    REFUSED = "refused"
    """Python is there, and Windows did not let Excel start it."""
    NO_BOOK = "no_book"
    """The add-in's button was pressed while no district workbook is in front."""
