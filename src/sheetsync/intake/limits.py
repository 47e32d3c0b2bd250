"""What a returned file may be at most, and the words in which the gate refuses it.

The limits are far above any honest report (a whole region's register is some hundred thousand
cells) and far below what hurts: whatever passes is read within seconds and 300 MB.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from msgspec import Struct
from msgspec.structs import replace


class Limits(Struct, frozen=True, eq=False):
    """Bounds on what the gate inflates, counts and lets through. Told apart by which they are: what is
    remembered of a part is remembered under one of them."""

    file_bytes: int = 30 << 20
    archive_bytes: int = 200 << 20
    """A zip of forms with the scans beside them."""
    members: int = 2_000
    part_bytes: int = 48 << 20
    """Of one XML part, as actually inflated; what the archive declares is not believed."""
    total_bytes: int = 64 << 20
    bundle_bytes: int = 256 << 20
    """Of all files of one zip of forms together; they are held one at a time."""
    elements: int = 800_000
    """XML elements over all parts, a part used twice counted twice: what a pass costs in time."""
    words: int = 20_000
    """Different names of elements and attributes; the parser keeps each for ever."""
    cells: int = 200_000
    """Cells that hold something; formatted empty cells cost nothing and are not counted."""
    sheets: int = 1_000
    strings: int = 400_000
    styles: int = 66_000
    """Excel itself allows 65,490 cell formats."""
    merges: int = 20_000
    merged_area: int = 1_100_000
    """One whole column may be merged, the whole sheet may not."""
    links: int = 70_000
    """Excel itself allows 65,530 hyperlinks on a sheet."""
    linked_area: int = 1_100_000
    hidden_columns: int = 1_200_000
    """Over all sheets: seventy sheets may hide every column they have."""
    names: int = 60_000
    """Named ranges and constants of a workbook; old office books gather thousands."""
    ranges: int = 300
    """Named table ranges of an .ods: one a sheet and some more."""
    depth: int = 64
    token_bytes: int = 256 << 10
    """One text with its tag; the longest cell text Excel allows is 32,767 characters."""
    cell_text: int = 256 << 10
    """Characters of one cell or note, its runs together: eight times what Excel can hold."""
    shown_text: int = 24 << 20
    """Characters of all cells together, a text that stands in many cells counted in each."""
    spaces: int = 1 << 20
    """Spaces an .ods writes as a count instead of typing them."""
    repeat: int = 1 << 24
    """How often one row or column of an .ods may be repeated."""
    last_row: int = 1_048_576
    last_column: int = 16_384


LIMITS: Final = Limits()

LIGHT: Final = replace(
    LIMITS,
    part_bytes=2 << 20,
    total_bytes=2 << 20,
    elements=60_000,
    words=2_000,
    cells=12_000,
    sheets=100,
    names=2_000,
    links=3_000,
    linked_area=20_000,
    merges=3_000,
    hidden_columns=150_000,
    ranges=60,
    spaces=100_000,
)
"""What is read in the program itself: twenty times an ordinary form, yet whatever such a file holds
costs a second and some tens of megabytes. All that is larger is read in a process apart."""


class Reason(Enum):
    """Why a file is refused: the finding's code and its ``what`` (``{}`` takes a detail)."""

    ENCRYPTED = "F101", ""
    NOT_A_WORKBOOK = "F103", "{}"
    EMPTY = "F104", ""
    TRUNCATED = "F105", "архив обрывается, файл передан не целиком"
    BAD_ARCHIVE = "F105", "архив внутри файла не открывается"
    BAD_CHECKSUM = "F105", "часть «{}» изменилась по дороге (не сходится контрольная сумма)"
    BAD_COMPRESSION = "F105", "часть «{}» не распаковывается"
    BAD_XML = "F105", "часть «{}» записана с ошибкой"
    BAD_REFERENCE = "F105", "непонятный адрес ячейки «{}»"
    CELL_TWICE = "F105", "ячейка {} записана дважды"
    SHEET_TWICE = "F105", "один лист записан в книге дважды («{}»)"
    NO_WORKBOOK_PART = "F105", "в файле нет самой книги"
    BAD_SNAPSHOT = "F105", "снимок таблицы Google записан с ошибкой"
    FILE_TOO_BIG = "F106", "файл больше {} МБ"
    TOO_MANY_MEMBERS = "F106", "внутри больше {} частей"
    DUPLICATE_MEMBER = "F106", "внутри две части с одним именем «{}»"
    MEMBER_PATH = "F106", "имя части «{}» ведёт за пределы файла"
    PREFIXED = "F106", "спереди к книге приписано что-то ещё"
    SYMLINK = "F106", "часть «{}» — лишь указатель на другой файл"
    OVERLAP = "F106", "части архива наложены друг на друга"
    LYING_SIZE = "F106", "размер части «{}» указан неверно"
    LYING_NAME = "F106", "имя части «{}» указано по-разному"
    BOMB = "F106", "содержимое распаковывается в слишком большой объём (часть «{}»)"
    TOO_MANY_ELEMENTS = "F106", "внутри слишком много разметки (часть «{}»)"
    DOCTYPE = "F106", "в части «{}» есть чужая вставка (DOCTYPE), в книгах таких не бывает"
    TOO_MANY_WORDS = "F106", "слишком много разных названий в разметке (часть «{}»)"
    TOO_DEEP = "F106", "слишком глубокая вложенность в части «{}»"
    LONG_TEXT = "F106", "слишком длинный текст в части «{}»"
    TOO_MANY_CELLS = "F106", "заполненных ячеек больше {}"
    TOO_MANY_SHEETS = "F106", "листов больше {}"
    TOO_MANY_NAMES = "F106", "имён диапазонов больше {}"
    TOO_MANY_STRINGS = "F106", "строк текста больше {}"
    TOO_MANY_STYLES = "F106", "видов оформления больше {}"
    TOO_MANY_LINKS = "F106", "ссылок слишком много или они накрывают весь лист"
    TOO_MANY_RANGES = "F106", "именованных таблиц больше {}"
    TOO_MUCH_TEXT = "F106", "текста в ячейках больше {} млн знаков"
    HIDDEN_COLUMNS = "F106", "скрытые столбцы перечислены слишком много раз"
    MERGE_AREA = "F106", "объединённые ячейки накрывают весь лист или их больше {}"
    OUTSIDE_SHEET = "F106", "ячейка {} лежит за пределами листа"
    REPEAT = "F106", "строка или столбец повторены {} раз"

    @property
    def code(self) -> str:
        return str(self.value[0])

    @property
    def is_of_size(self) -> bool:
        """Would larger limits let such a file in?"""
        return self in _OF_SIZE

    def what(self, detail: object = "") -> str:
        """The reason as words, with the detail in its place."""
        return str(self.value[1]).format(detail)


_OF_SIZE: Final = frozenset(
    {
        Reason.BOMB,
        Reason.TOO_MANY_ELEMENTS,
        Reason.TOO_MANY_WORDS,
        Reason.TOO_MANY_CELLS,
        Reason.TOO_MANY_SHEETS,
        Reason.TOO_MANY_NAMES,
        Reason.TOO_MANY_STRINGS,
        Reason.TOO_MANY_STYLES,
        Reason.TOO_MANY_LINKS,
        Reason.TOO_MANY_RANGES,
        Reason.MERGE_AREA,
        Reason.HIDDEN_COLUMNS,
        Reason.LONG_TEXT,
    }
)


class Refusal(Exception):
    """The gate's way out of its own depths; it never leaves ``gate.inspect``."""

    def __init__(self, reason: Reason, detail: object = "") -> None:
        super().__init__(reason.name)
        self.reason = reason
        self.detail = str(detail)
