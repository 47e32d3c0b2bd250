"""Our own small generator of hostile, broken and mistaken files; no foreign byte in it.

``ATTACKS`` are cases with the finding they must end in; ``HARMLESS`` look odd and must be read.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

Parts = dict[str, "str | bytes"]


@dataclass(frozen=True)
class Attack:
    """One file: ``code`` is the finding it must end in, '' when it must be read in peace."""

    name: str
    make: Callable[[], bytes]
    code: str = ""
    says: str = ""
    """Words the finding must contain."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "make", cache(self.make))  # several tests ask for the same bytes


# --- an honest workbook to start from -----------------------------------------------------------


def sheet_xml(rows: str, before: str = "", after: str = "", head: str = HEAD) -> str:
    return f'{head}<worksheet {MAIN} xmlns:r="{_R}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def row_xml(number: int, text: str) -> str:
    return f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def content_types(main: str = f"{_SHEETML}.sheet.main+xml") -> str:
    return (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
    )


def relations(*targets: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def strings_xml(*texts: str, head: str = HEAD) -> str:
    return f"{head}<sst {MAIN}>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>"


def styles_xml(formats: str = "<xf/>", more: str = "") -> str:
    return f"{HEAD}<styleSheet {MAIN}>{more}<cellXfs>{formats}</cellXfs></styleSheet>"


def honest_parts(sheet: str | bytes | None = None) -> Parts:
    """The parts of a workbook with one sheet «Отчёт»."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="{_R}"><sheets><sheet name="Отчёт" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet if sheet is not None else sheet_xml(row_xml(1, "план")),
        "xl/sharedStrings.xml": strings_xml("текст"),
        "xl/styles.xml": styles_xml(),
    }


def zipped(parts: Iterable[tuple[str, str | bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def workbook(changes: Parts | None = None, more: Iterable[tuple[str, str | bytes]] = ()) -> bytes:
    """The honest workbook with some parts replaced and others added."""
    return zipped([*(honest_parts() | (changes or {})).items(), *more])


def with_sheet(rows: str, before: str = "", after: str = "") -> bytes:
    return workbook({"xl/worksheets/sheet1.xml": sheet_xml(rows, before, after)})


def ods(content: str, more: Parts | None = None) -> bytes:
    """An .ods whose spreadsheet holds ``content``."""
    namespaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("draw", "drawing"),
            ("style", "style"),
        )
    )
    xml = f'{HEAD}<office:document-content {namespaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>'
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped([("mimetype", mimetype), ("content.xml", xml), *(more or {}).items()])


def ods_table(rows: str, name: str = "Отчёт") -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


ODS_CELL = '<table:table-cell office:value-type="string"{}><text:p>да</text:p></table:table-cell>'

# --- lies in the archive ------------------------------------------------------------------------


def _patched(data: bytes, name: str, offset: int, value: bytes) -> bytes:
    """Change bytes of the central directory record of a member."""
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + struct.unpack_from("<H", data, at + 28)[0]] != name.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    return data[: at + offset] + value + data[at + offset + len(value) :]


def _lying_size(size: int) -> bytes:
    return _patched(workbook(), "xl/worksheets/sheet1.xml", 24, struct.pack("<I", size))


def _overlapping() -> bytes:
    data = workbook(more=[("xl/worksheets/sheet2.xml", sheet_xml(row_xml(1, "ещё")))])
    first = data.index(b"xl/worksheets/sheet1.xml") - 30
    return _patched(data, "xl/worksheets/sheet2.xml", 42, struct.pack("<I", first))


def _renamed_locally() -> bytes:
    data = workbook()
    at = data.index(b"xl/styles.xml")
    return data[:at] + b"xl/stylez.xml" + data[at + 13 :]


def _spoilt_checksum() -> bytes:
    return _patched(workbook(), "xl/worksheets/sheet1.xml", 16, b"\x01\x02\x03\x04")


def _spoilt_stream() -> bytes:
    data = bytearray(workbook())
    at = data.index(b"xl/worksheets/sheet1.xml") + 24
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


def _locked_members() -> bytes:
    return _patched(workbook(), "xl/worksheets/sheet1.xml", 8, struct.pack("<H", 1))


def _sheet_of(megabytes: int) -> bytes:
    """A sheet that inflates to that much: empty formatted cells, highly compressible."""
    block = '<row><c s="0"/></row>' * 50_000
    return with_sheet(block * max(1, megabytes))


def _claims_little() -> bytes:
    """Declares 100 bytes, inflates to 80 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"<a>" + b" " * (80 << 20)) + packer.flush()
    name = b"xl/worksheets/sheet1.xml"
    local = (
        struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), 100, len(name), 0) + name + packed
    )
    rest = workbook({"xl/worksheets/sheet1.xml": ""})
    with zipfile.ZipFile(io.BytesIO(rest)) as archive:
        start = archive.start_dir
    moved = rest[:start] + local + rest[start:]
    end = moved.rindex(b"PK\5\6")
    moved = moved[: end + 16] + struct.pack("<I", start + len(local)) + moved[end + 20 :]
    moved = _patched(moved, name.decode(), 20, struct.pack("<II", len(packed), 100))
    return _patched(moved, name.decode(), 42, struct.pack("<I", start))


def ole(*streams: str, child_of_storage: str = "") -> bytes:
    """An OLE container with streams of these names in its root (and one inside a storage)."""
    names = ["Root Entry", *streams, *(["Storage", child_of_storage] if child_of_storage else [])]
    entries = []
    for number, name in enumerate(names):
        raw = name.encode("utf-16-le")
        right = number + 1 if 0 < number < len(names) - 1 else -1
        child = 1 if number == 0 and len(names) > 1 else -1
        if child_of_storage and number == len(names) - 2:
            right, child = -1, number + 1
        if child_of_storage and number == len(names) - 1:
            right = -1
        kind = 5 if number == 0 else 2
        entry = raw.ljust(64, b"\0") + struct.pack("<HBBiii", len(raw) + 2, kind, 1, -1, right, child)
        entries.append(entry.ljust(128, b"\0"))
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<iiii", header, 44, 1, 0, 0, 4096)
    struct.pack_into("<109i", header, 76, 1, *([-1] * 108))
    sectors = -(-len(entries) // 4)
    assert sectors == 1, "one directory sector is enough here"
    fat = struct.pack("<128i", -2, -3, *([-1] * 126))
    return bytes(header) + b"".join(entries).ljust(512, b"\0") + fat


# --- the cases ----------------------------------------------------------------------------------

_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "1234567890">'
    + "".join(
        f'<!ENTITY {name} "{f"&{previous};" * 10}">'
        for previous, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
_ENTITY_FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_BIG_ENTITY = '<!DOCTYPE x [<!ENTITY a "' + "A" * 100_000 + '">]>'


def _part(name: str, content: str | bytes) -> Callable[[], bytes]:
    return lambda: workbook({name: content})


def _more(name: str, content: str | bytes = "x") -> Callable[[], bytes]:
    return lambda: workbook(more=[(name, content)])


def _of_kind(main: str) -> Callable[[], bytes]:
    return lambda: workbook({"[Content_Types].xml": content_types(main)})


def _odf(kind: str) -> Callable[[], bytes]:
    return lambda: zipped(
        [("mimetype", f"application/vnd.oasis.opendocument.{kind}"), ("content.xml", "<x/>")]
    )


_SHEET, _STRINGS, _STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"

MISTAKEN = (
    Attack("пустой файл", lambda: b"", "F104"),
    Attack(
        "веб-страница", lambda: b"<html><table><tr><td>x</td></tr></table></html>", "F103", "веб-страница"
    ),
    Attack("веб-страница с BOM", "\ufeff <!DOCTYPE html><html>".encode, "F103", "веб-страница"),
    Attack("веб-страница в UTF-16", lambda: "<html><body>".encode("utf-16"), "F103", "веб-страница"),
    Attack("xhtml", f"{HEAD}\n<html xmlns='x'>".encode, "F103", "веб-страница"),
    Attack(
        "таблица XML 2003", f"{HEAD}<?mso-application progid='Excel.Sheet'?><Workbook/>".encode, "F103", "XML"
    ),
    Attack("csv", lambda: "№;Мероприятие\n1;Педсовет\n".encode("cp1251"), "F103", "текстовый файл"),
    Attack("csv в utf-8", "№;Мероприятие\n1;Педсовет\n".encode, "F103", "текстовый файл"),
    Attack("PDF", lambda: b"%PDF-1.7\n%\xe2\xe3", "F103", "PDF"),
    Attack("картинка png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "F103", "картинка"),
    Attack("картинка jpeg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 50, "F103", "картинка"),
    Attack("картинка heic", lambda: b"\0\0\0\x18ftypheic" + b"\0" * 50, "F103", "картинка"),
    Attack("rtf", lambda: b"{\\rtf1\\ansi", "F103", "Word"),
    Attack("rar", lambda: b"Rar!\x1a\x07\x01\0", "F103", "архив"),
    Attack("7z", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 30, "F103", "архив"),
    Attack("пустой архив", lambda: zipped([]), "F103", "архив"),
    Attack(
        "архив с документами",
        lambda: zipped([("скан.jpg", b"\xff\xd8"), ("отчёт.docx", b"PK")]),
        "F103",
        "архив",
    ),
    Attack("docx", _of_kind(_WORD), "F103", "документ Word"),
    Attack("pptx", _of_kind(_SLIDES), "F103", "презентация"),
    Attack("xlsb", _of_kind(_XLSB), "F103", "xlsb"),
    Attack("odt", _odf("text"), "F103", "текстовый документ"),
    Attack("odp", _odf("presentation"), "F103", "презентация"),
    Attack("doc", lambda: ole("WordDocument"), "F103", "документ Word"),
    Attack(
        "doc с книгой внутри",
        lambda: ole("WordDocument", child_of_storage="Workbook"),
        "F103",
        "документ Word",
    ),
    Attack("ppt", lambda: ole("PowerPoint Document"), "F103", "презентация"),
    Attack("msg", lambda: ole("__properties_version1.0"), "F103", "письмо"),
    Attack("случайные байты", lambda: bytes(range(128, 256)) * 20 + b"\0\1\2", "F103", "неизвестного вида"),
    Attack(
        "OLE без содержимого",
        lambda: bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 5000,
        "F103",
        "без книги внутри",
    ),
    Attack(
        "книга под паролем без оглавления",
        lambda: bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le"),
        "F101",
    ),
    Attack("книга под паролем", lambda: ole("EncryptionInfo", "EncryptedPackage"), "F101"),
    Attack(
        "старая книга под паролем",
        lambda: (
            ole("Workbook") + bytes.fromhex("0908100000060500") + b"\0" * 12 + b"\x2f\0\x36\0" + b"x" * 54
        ),
        "F101",
    ),
    Attack("части под паролем", _locked_members, "F101"),
    Attack(
        "ods под паролем",
        lambda: zipped(
            [
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", bytes(range(256)) * 4),
                (
                    "META-INF/manifest.xml",
                    "<m:manifest xmlns:m='m'><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
                ),
            ]
        ),
        "F101",
    ),
)

BROKEN = (
    Attack("половина файла", lambda: workbook()[: len(workbook()) // 2], "F105", "не целиком"),
    Attack("только начало", lambda: workbook()[:40], "F105", "не целиком"),
    Attack("без последних байтов", lambda: workbook()[:-30], "F105"),
    Attack("неверная контрольная сумма", _spoilt_checksum, "F105", "контрольная сумма"),
    Attack("испорченное сжатие", _spoilt_stream, "F105"),
    Attack("незнакомое сжатие", lambda: zipped(honest_parts().items(), zipfile.ZIP_BZIP2), "F105"),
    Attack("обрыв XML", _part(_SHEET, sheet_xml(row_xml(1, "x"))[:-20]), "F105", "записана с ошибкой"),
    Attack("XML не в той кодировке", _part(_SHEET, sheet_xml(row_xml(1, "план")).encode("cp1251")), "F105"),
    Attack("UTF-7", _part(_SHEET, sheet_xml("", head='<?xml version="1.0" encoding="UTF-7"?>')), "F105"),
    Attack(
        "ячейка дважды",
        lambda: with_sheet(row_xml(1, "раз") + row_xml(1, "два")),
        "F105",
        "A1 записана дважды",
    ),
    Attack("адрес не адрес", lambda: with_sheet('<row r="1"><c r="R1C1"><v>1</v></c></row>'), "F105", "R1C1"),
    Attack(
        "ods без содержимого",
        lambda: zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
        "F105",
    ),
    Attack("лист потерян", _part("xl/_rels/workbook.xml.rels", relations(("styles", "styles.xml"))), "F105"),
    Attack("книга потеряна", _part("xl/workbook.xml", f"{HEAD}<workbook {MAIN}/>"), "F105"),
)

HOSTILE = (
    Attack("миллиард смехов в листе", _part(_SHEET, sheet_xml(row_xml(1, "&i;"), head=HEAD + _LAUGHS)), "F106", "DOCTYPE"),
    Attack("миллиард смехов в строках", _part(_STRINGS, strings_xml("&i;", head=HEAD + _LAUGHS)), "F106", "DOCTYPE"),
    Attack("квадратичное раздутие", _part(_STRINGS, strings_xml("&a;" * 20_000, head=HEAD + _BIG_ENTITY)), "F106", "DOCTYPE"),
    Attack("чтение чужого файла", _part(_STRINGS, strings_xml("[&a;]", head=HEAD + _ENTITY_FILE)), "F106", "DOCTYPE"),
    Attack("DOCTYPE в UTF-16", _part(_STRINGS, strings_xml("&a;", head='<?xml version="1.0" encoding="UTF-16"?>' + _ENTITY_FILE).encode("utf-16")), "F106", "DOCTYPE"),
    Attack("DOCTYPE в оглавлении", _part("[Content_Types].xml", content_types().replace(HEAD, HEAD + _ENTITY_FILE)), "F106", "DOCTYPE"),
    Attack("DOCTYPE в связях", _part("_rels/.rels", relations().replace(HEAD, HEAD + _ENTITY_FILE)), "F106", "DOCTYPE"),
    Attack("DOCTYPE в ods", lambda: zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", HEAD + _ENTITY_FILE + "<x>&a;</x>")]), "F106", "DOCTYPE"),
    Attack("бомба в листе", lambda: _sheet_of(60), "F106", "большой объём"),
    Attack("бомба в неизвестной части", _more("xl/extra.xml", b"<a>" + b" " * (60 << 20) + b"</a>"), "F106", "большой объём"),
    Attack("бомба по частям", lambda: workbook(more=[(f"xl/extra{n}.xml", b"<a>" + b"<b>0123456789</b>" * 20_000 + (b"<c/>" + b" " * (200 << 10)) * 160 + b"</a>") for n in range(4)]), "F106", "большой объём"),
    Attack("одна разметка", _more("xl/extra.xml", b"<a>" + b"<b/>" * 2_600_000 + b"</a>"), "F106", "разметки"),
    Attack("ещё одна книга внутри потока", lambda: ole("EncryptedPackage", child_of_storage="Workbook"), "F101"),
    Attack("бомба с ложным размером", _claims_little, "F106", "большой объём"),
    Attack("размер преуменьшен", lambda: _lying_size(10), "F106", "размер"),
    Attack("размер преувеличен", lambda: _lying_size(1 << 30), "F106", "размер"),
    Attack("части внахлёст", _overlapping, "F106", "наложены"),
    Attack("имя части разное", _renamed_locally, "F106", "по-разному"),
    Attack("часть дважды", _more("xl/worksheets/Sheet1.xml", sheet_xml(row_xml(1, "ВТОРОЙ"))), "F106", "одним именем"),
    Attack("путь наружу", _more("../../../../PWNED"), "F106", "за пределы"),
    Attack("путь от корня", _more("/etc/PWNED"), "F106", "за пределы"),
    Attack("путь с обратной чертой", _more("xl\\..\\..\\evil"), "F106", "за пределы"),
    Attack("путь с диском", _more("C:/evil"), "F106", "за пределы"),
    Attack("тьма частей", lambda: workbook(more=[(f"xl/media/{n}.bin", b"") for n in range(2_001)]), "F106", "частей"),
    Attack("объединён весь лист", lambda: with_sheet(row_xml(1, "x"), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "F106", "весь лист"),
    Attack("тьма объединений", lambda: with_sheet(row_xml(1, "x"), after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 20_001 + "</mergeCells>"), "F106", "объединённые"),
    Attack("ссылка на весь лист", lambda: with_sheet(row_xml(1, "x"), after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'), "F106", "ссылок"),
    Attack("ячейка вне листа", lambda: with_sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "F106", "за пределами листа"),
    Attack("строка вне листа", lambda: with_sheet('<row r="2000000"><c r="A2000000"><v>1</v></c></row>'), "F106", "за пределами листа"),
    Attack("тьма оформлений", _part(_STYLES, styles_xml("<xf/>" * 70_000)), "F106", "оформления"),
    Attack("тьма строк", _part(_STRINGS, f"{HEAD}<sst {MAIN}>{'<si/>' * 400_001}</sst>"), "F106", "строк текста"),
    Attack("тьма ячеек", lambda: with_sheet("<row>" + "<c><v>1</v></c>" * 400_001 + "</row>"), "F106", "ячеек"),
    Attack("длинный текст", _part(_STRINGS, strings_xml("A" * (1 << 20))), "F106", "длинный текст"),
    Attack("длинное имя листа", _part("xl/workbook.xml", f'{HEAD}<workbook {MAIN}><sheets><sheet name="{"A" * (1 << 20)}"/></sheets></workbook>'), "F106", "длинный текст"),
    Attack("глубина в листе", lambda: with_sheet(f'<row r="1"><c r="A1" t="inlineStr"><is>{"<r>" * 50_000}{"</r>" * 50_000}</is></c></row>'), "F106", "вложенность"),
    Attack("глубина в оформлении", _part(_STYLES, styles_xml(more="<font>" * 50_000 + "</font>" * 50_000)), "F106", "вложенность"),
    Attack("ods: миллион повторов ответа", lambda: ods(ods_table(f'<table:table-row table:number-rows-repeated="1048576">{ODS_CELL.format("")}</table:table-row>')), "F106", "ячеек"),
    Attack("ods: повторы строк и столбцов", lambda: ods(ods_table('<table:table-row table:number-rows-repeated="1000">' + ODS_CELL.format(' table:number-columns-repeated="1000"') + "</table:table-row>")), "F106", "ячеек"),
    Attack("ods: несметный повтор", lambda: ods(ods_table(f'<table:table-row table:number-rows-repeated="{"9" * 30}"/>')), "F106", "повторены"),
    Attack("ods: объединён весь лист", lambda: ods(ods_table("<table:table-row>" + ODS_CELL.format(' table:number-rows-spanned="1048576" table:number-columns-spanned="16384"') + "</table:table-row>")), "F106", "весь лист"),
)  # fmt: skip

HARMLESS = (
    Attack("обычная книга", workbook),
    Attack("размер листа с запасом", lambda: with_sheet(row_xml(1, "x"), '<dimension ref="A1:XFD1048576"/>')),
    Attack("размер листа занижен", lambda: with_sheet("".join(row_xml(n, "x") for n in range(1, 101)), '<dimension ref="A1"/>')),
    Attack("значение в последнем углу", lambda: with_sheet(row_xml(1, "x") + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')),
    Attack("оформленный пустой угол", lambda: with_sheet(row_xml(1, "x") + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')),
    Attack("оформлены целые столбцы", lambda: with_sheet(row_xml(1, "x"), '<cols><col min="1" max="16384" width="20" style="0" hidden="1"/></cols>')),
    Attack("сто тысяч оформленных строк", lambda: with_sheet(row_xml(1, "x") + "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 100_002)))),
    Attack("объединён целый столбец", lambda: with_sheet(row_xml(1, "x"), after='<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')),
    Attack("обратные черты в именах", lambda: zipped([(name.replace("/", "\\") if name.startswith("xl/") else name, content) for name, content in honest_parts().items()])),
    Attack("без сжатия", lambda: zipped(honest_parts().items(), zipfile.ZIP_STORED)),
    Attack("префиксы имён", _part(_SHEET, f'{HEAD}<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>план</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>')),
    Attack("ячейки без адресов", lambda: with_sheet('<row><c t="inlineStr"><is><t>план</t></is></c></row>')),
    Attack("большой рисунок внутри", _more("xl/media/image1.png", b"\x89PNG" + b"\0" * (8 << 20))),
    Attack("лист в UTF-16", _part(_SHEET, sheet_xml(row_xml(1, "план"), head='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"))),
    Attack("Power Query рядом", _more("customXml/item1.xml", "<DataMashup>" + "QUJD" * 200_000 + "</DataMashup>")),
    Attack("ods: миллион пустых строк", lambda: ods(ods_table("<table:table-row>" + ODS_CELL.format("") + '</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'))),
)  # fmt: skip

ATTACKS = (*MISTAKEN, *BROKEN, *HOSTILE)
