"""Files that are no workbook, are broken on the way, or lie as archives."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from attack_files import (
    HEAD,
    MAIN,
    SHEET,
    Attack,
    content_types,
    family,
    honest_parts,
    more,
    odf,
    of_kind,
    ole,
    part,
    relations,
    row_xml,
    sheet_xml,
    with_sheet,
    workbook,
    xls,
    zipped,
)  # fmt: skip

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"

# --- lies in the archive ------------------------------------------------------------------------


def patched(data: bytes, name: str, offset: int, value: bytes) -> bytes:
    """Change bytes of the central directory record of a member."""
    at = data.index(b"PK\x01\x02")
    while data[at + 46 : at + 46 + struct.unpack_from("<H", data, at + 28)[0]] != name.encode():
        at = data.index(b"PK\x01\x02", at + 4)
    return data[: at + offset] + value + data[at + offset + len(value) :]


def _lying_size(size: int) -> bytes:
    return patched(workbook(), "xl/worksheets/sheet1.xml", 24, struct.pack("<I", size))


def _overlapping() -> bytes:
    data = workbook(more=[("xl/worksheets/sheet2.xml", sheet_xml(row_xml(1, "ещё")))])
    first = data.index(b"xl/worksheets/sheet1.xml") - 30
    return patched(data, "xl/worksheets/sheet2.xml", 42, struct.pack("<I", first))


def _renamed_locally() -> bytes:
    data = workbook()
    at = data.index(b"xl/styles.xml")
    return data[:at] + b"xl/stylez.xml" + data[at + 13 :]


def _spoilt_checksum() -> bytes:
    return patched(workbook(), "xl/worksheets/sheet1.xml", 16, b"\x01\x02\x03\x04")


def _spoilt_stream() -> bytes:
    data = bytearray(workbook())
    at = data.index(b"xl/worksheets/sheet1.xml") + 24
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


def _locked_members() -> bytes:
    return patched(workbook(), "xl/worksheets/sheet1.xml", 8, struct.pack("<H", 1))


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
    moved = patched(moved, name.decode(), 20, struct.pack("<II", len(packed), 100))
    return patched(moved, name.decode(), 42, struct.pack("<I", start))


def content_types_with(name: str) -> str:
    """A part declared to be the shared strings, whatever it is called."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    return content_types().replace("</Types>", f'<Override PartName="{name}" ContentType="{kind}"/></Types>')


def _symlink() -> bytes:
    link = zipfile.ZipInfo("xl/worksheets/sheet2.xml")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _local_lie() -> bytes:
    """The directory is right, the header before the data says another size."""
    data = workbook()
    at = data.index(b"xl/worksheets/sheet1.xml") - 30
    return data[: at + 22] + struct.pack("<I", 7) + data[at + 26 :]


def _zip64_lie(size: int) -> bytes:
    """The true size hides in the long form of the directory record and is not the true one."""
    data = workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member, start = archive.getinfo(SHEET), archive.start_dir
    extra = struct.pack("<HHQ", 1, 8, size)
    at = data.index(SHEET.encode(), start) - 46
    long = bytearray(data[at : at + 46 + len(SHEET)])
    struct.pack_into("<I", long, 24, 0xFFFF_FFFF)
    struct.pack_into("<H", long, 30, len(extra))
    assert member.file_size != size
    made = data[:at] + bytes(long) + extra + data[at + len(long) :]
    end = made.rindex(b"PK\5\6")
    whole = struct.unpack_from("<I", made, end + 12)[0] + len(extra)
    return made[: end + 12] + struct.pack("<I", whole) + made[end + 16 :]


def _many_records() -> bytes:
    """The directory claims to be short in its old end record and is endless by the new one."""
    record = b"PK\1\2" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"x"
    directory = record * 300_000
    head = b"PK\3\4" + b"\0" * 26
    long = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 300_000, 300_000, len(directory), len(head))
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(head) + len(directory), 1)
    return (
        head + directory + long + locator + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, 47, len(head), 0)
    )


def _quoted_overlap() -> bytes:
    """Every member's data is the next member whole, header and all: one megabyte, a thousand times."""
    data = workbook(more=[(f"xl/extra{number}.xml", "<a/>") for number in range(30)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
    for number in range(30):
        name = f"xl/extra{number}.xml"
        at = data.index(name.encode()) - 30
        data = patched(data, name, 20, struct.pack("<I", start - at - 30 - len(name)))
    return data


MISTAKEN = family(
    "не книга",
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
    Attack("docx", of_kind(WORD), "F103", "документ Word"),
    Attack("pptx", of_kind(SLIDES), "F103", "презентация"),
    Attack("xlsb", of_kind(XLSB), "F103", "xlsb"),
    Attack("odt", odf("text"), "F103", "текстовый документ"),
    Attack("odp", odf("presentation"), "F103", "презентация"),
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
    Attack("tsv", "№\tМероприятие\n1\tПедсовет\n".encode, "F103", "текстовый файл"),
    Attack("json", '{"rows": [1, 2]}'.encode, "F103", "текстовый файл"),
    Attack("письмо eml", lambda: b"Received: from mail\r\nSubject: x\r\n\r\nbody", "F103", "письмо"),
    Attack(
        "письмо от кого", lambda: b"From: a@school.example\r\nTo: b@office.example\r\n\r\nx", "F103", "письмо"
    ),
    Attack(
        "страница mht", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "F103", "письмо"
    ),
    Attack(
        "Apple Numbers",
        lambda: zipped([("Index/Document.iwa", b"\0\1"), ("Metadata/x.plist", b"bplist00")]),
        "F103",
        "Numbers",
    ),
    Attack(
        "очень старая книга",
        lambda: b"\x09\x04\x06\x00\x00\x04\x10\x00" + b"\0" * 90,
        "F103",
        "очень старого",
    ),
    Attack("таблица в виде текста SYLK", lambda: b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\n", "F103", "текстовый файл"),
    Attack("программа с архивом внутри", lambda: b"MZ" + b"\0" * 200 + workbook(), "F103", "программа"),
    Attack(
        "веб-страница, а за ней книга", lambda: b"<html></html>" + workbook(), "F103", "неизвестного вида"
    ),
    Attack("книга за чужими байтами", lambda: b"\0\1\2\3" * 8 + workbook(), "F103", "неизвестного вида"),
    Attack(
        "презентация odp с книгой внутри",
        lambda: zipped(
            [
                ("mimetype", "application/vnd.oasis.opendocument.presentation"),
                ("Object 1/content.xml", "<x/>"),
            ]
        ),
        "F103",
        "презентация",
    ),
    Attack(
        "ods, зашифрованный целиком",
        lambda: zipped(
            [
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("encrypted-package", b"\7" * 99),
                (
                    "META-INF/manifest.xml",
                    "<m:manifest xmlns:m='m'><m:file-entry m:full-path='encrypted-package'><m:encryption-data/></m:file-entry></m:manifest>",
                ),
            ]
        ),
        "F101",
    ),
    Attack(
        "старая книга под паролем, записанная целиком",
        lambda: xls((0, 0, 1.0), before=struct.pack("<HH", 0x2F, 6) + b"\0" * 6),
        "F101",
    ),
)

BROKEN = family(
    "повреждён",
    Attack("половина файла", lambda: workbook()[: len(workbook()) // 2], "F105", "не целиком"),
    Attack("только начало", lambda: workbook()[:40], "F105", "не целиком"),
    Attack("без последних байтов", lambda: workbook()[:-30], "F105"),
    Attack("неверная контрольная сумма", _spoilt_checksum, "F105", "контрольная сумма"),
    Attack("испорченное сжатие", _spoilt_stream, "F105"),
    Attack("незнакомое сжатие", lambda: zipped(honest_parts().items(), zipfile.ZIP_BZIP2), "F105"),
    Attack("обрыв XML", part(SHEET, sheet_xml(row_xml(1, "x"))[:-20]), "F105", "записана с ошибкой"),
    Attack("XML не в той кодировке", part(SHEET, sheet_xml(row_xml(1, "план")).encode("cp1251")), "F105"),
    Attack("UTF-7", part(SHEET, sheet_xml("", head='<?xml version="1.0" encoding="UTF-7"?>')), "F105"),
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
    Attack("лист потерян", part("xl/_rels/workbook.xml.rels", relations(("styles", "styles.xml"))), "F105"),
    Attack("книга потеряна", part("xl/workbook.xml", f"{HEAD}<workbook {MAIN}/>"), "F105"),
    Attack("нет оглавления", lambda: workbook()[: workbook().index(b"PK\1\2")], "F105", "не целиком"),
    Attack("два архива подряд", lambda: workbook() + workbook(), "F106", "спереди"),
    Attack("хвост длиннее архива", lambda: workbook() + b"\0" * 70_000, "F105"),
    Attack("старая книга оборвана", lambda: xls((0, 0, 1.0))[:700], "F105"),
    Attack("старая книга из мусора", lambda: ole("Workbook") + bytes(range(256)) * 50, "F105"),
    Attack(
        "старая книга с двумя дальними углами",
        lambda: xls((0, 0, 1.0), (65_535, 255, 2.0)),
        "F105",
        "остановилась",
    ),
    Attack(
        "один лист дважды",
        part(
            "xl/workbook.xml",
            f'{HEAD}<workbook {MAIN} xmlns:r="r"><sheets><sheet name="А" r:id="rId1"/><sheet name="Б" r:id="rId1"/></sheets></workbook>',
        ),
        "F105",
        "дважды",
    ),
    Attack(
        "лист под двумя связями",
        part(
            "xl/_rels/workbook.xml.rels",
            relations(
                ("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "./worksheets/../worksheets/sheet%31.xml"),
            ),
        ),
        "F105",
        "дважды",
    ),
    Attack(
        "нет таблицы строк",
        lambda: zipped(
            [
                (name, content)
                for name, content in (
                    honest_parts() | {SHEET: sheet_xml('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')}
                ).items()
                if name != "xl/sharedStrings.xml"
            ]
        ),
        "F105",
    ),
)

LYING = family(
    "архив",
    Attack("бомба в листе", lambda: _sheet_of(60), "F106", "большой объём"),
    Attack(
        "бомба в неизвестной части",
        more("xl/extra.xml", lambda: b"<a>" + b" " * (60 << 20) + b"</a>"),
        "F106",
        "большой объём",
    ),
    Attack(
        "бомба по частям",
        lambda: workbook(
            more=[
                (
                    f"xl/extra{n}.xml",
                    b"<a>" + b"<b>0123456789</b>" * 20_000 + (b"<c/>" + b" " * (200 << 10)) * 160 + b"</a>",
                )
                for n in range(3)
            ]
        ),
        "F106",
        "большой объём",
    ),
    Attack(
        "одна разметка",
        more("xl/extra.xml", lambda: b"<a>" + b"<b/>" * 810_000 + b"</a>"),
        "F106",
        "разметки",
    ),
    Attack(
        "ещё одна книга внутри потока", lambda: ole("EncryptedPackage", child_of_storage="Workbook"), "F101"
    ),
    Attack("бомба с ложным размером", _claims_little, "F106", "большой объём"),
    Attack("размер преуменьшен", lambda: _lying_size(10), "F106", "размер"),
    Attack("размер преувеличен", lambda: _lying_size(1 << 30), "F106", "размер"),
    Attack("части внахлёст", _overlapping, "F106", "наложены"),
    Attack("имя части разное", _renamed_locally, "F106", "по-разному"),
    Attack(
        "часть дважды",
        more("xl/worksheets/Sheet1.xml", sheet_xml(row_xml(1, "ВТОРОЙ"))),
        "F106",
        "одним именем",
    ),
    Attack("путь наружу", more("../../../../PWNED"), "F106", "за пределы"),
    Attack("путь от корня", more("/etc/PWNED"), "F106", "за пределы"),
    Attack("путь с обратной чертой", more("xl\\..\\..\\evil"), "F106", "за пределы"),
    Attack("путь с диском", more("C:/evil"), "F106", "за пределы"),
    Attack(
        "тьма частей",
        lambda: workbook(more=[(f"xl/media/{n}.bin", b"") for n in range(2_001)]),
        "F106",
        "частей",
    ),
    Attack("размер в длинной записи преуменьшен", lambda: _zip64_lie(5), "F106", "размер"),
    Attack("размер в длинной записи преувеличен", lambda: _zip64_lie(1 << 40), "F106", "размер"),
    Attack("размер перед данными другой", _local_lie, "F106", "размер"),
    Attack("бесконечное оглавление", _many_records, "F106", "частей"),
    Attack("часть в части", _quoted_overlap, "F106", "наложены"),
    Attack(
        "часть дважды через обратную черту",
        more("xl\\worksheets\\sheet1.xml", "<x/>"),
        "F106",
        "одним именем",
    ),
    Attack("часть дважды через ./", more("xl/./worksheets/sheet1.xml", "<x/>"), "F106", "одним именем"),
    Attack(
        "часть дважды составной буквой",
        lambda: workbook(more=[("xl/\u0439.bin", b"1"), ("xl/\u0438\u0306.bin", b"2")]),
        "F106",
        "одним именем",
    ),
    Attack("путь к соседу", more("xl/../../evil.xml", "<x/>"), "F106", "за пределы"),
    Attack("путь в сеть", more("\\\\server\\share\\evil.xml", "<x/>"), "F106", "за пределы"),
    Attack(
        "нулевой знак в имени",
        lambda: workbook(more=[("xl/evilQ.xml", "<x/>")]).replace(b"evilQ", b"evil\0"),
        "F106",
        "за пределы",
    ),
    Attack("указатель вместо части", _symlink, "F106", "указатель"),
    Attack(
        "бомба в оглавлении",
        part("[Content_Types].xml", lambda: b"<a>" + b" " * (60 << 20) + b"</a>"),
        "F106",
        "большой объём",
    ),
    Attack(
        "бомба в связях",
        part("xl/_rels/workbook.xml.rels", lambda: b"<a>" + b" " * (60 << 20) + b"</a>"),
        "F106",
        "большой объём",
    ),
    Attack(
        "бомба под чужим расширением",
        lambda: workbook(
            {
                "[Content_Types].xml": content_types_with("/xl/strings.dat"),
                "xl/_rels/workbook.xml.rels": relations(
                    ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "strings.dat")
                ),
            },
            more=[("xl/strings.dat", b"<sst>" + b" " * (60 << 20) + b"</sst>")],
        ),
        "F106",
        "большой объём",
    ),
)
