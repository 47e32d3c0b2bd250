"""Files that look odd and are honest: they must be read whole, without a word or with one."""

from __future__ import annotations

import io
import zipfile

from attack_files import (
    HEAD,
    MAIN,
    ODS_CELL,
    SHEET,
    STRINGS,
    STYLES,
    Attack,
    beside,
    content_types,
    family,
    honest_parts,
    more,
    ods,
    ods_table,
    part,
    relations,
    row_xml,
    sheet,
    sheet_xml,
    strings_xml,
    styles_xml,
    with_sheet,
    workbook,
    zipped,
)
from attack_sheets import many_sheets

_FIRST = row_xml(1, "план")
_GRID = "A1:XFD1048576"
_ODS_ROW = f"<table:table-row>{ODS_CELL.format('')}</table:table-row>"
_STRICT = "http://purl.oclc.org/ooxml"


def _big_report() -> bytes:
    """Five thousand rows of fifteen columns, a link and a comment beside every one."""
    rows = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{letter}{n}" t="s" s="1"><v>{n % 900}</v></c>' for letter in "ABCDEFGHIJKLMNO")
        + "</row>"
        for n in range(2, 5_001)
    )
    links = "".join(f'<hyperlink ref="O{n}" r:id="rId2"/>' for n in range(2, 5_001))
    notes = "".join(f'<comment ref="A{n}"><text><t>примечание</t></text></comment>' for n in range(2, 5_001))
    rels = relations(("comments", "../comments1.xml"), ("hyperlink", "https://school.example/1"))
    return workbook(
        {
            SHEET: sheet_xml(_FIRST + rows, after=f"<hyperlinks>{links}</hyperlinks>"),
            STRINGS: strings_xml(*(f"Проведён педагогический совет № {n}" for n in range(900))),
        },
        more=[
            ("xl/worksheets/_rels/sheet1.xml.rels", rels.replace('1"/></R', '1" TargetMode="External"/></R')),
            ("xl/comments1.xml", f"{HEAD}<comments {MAIN}><commentList>{notes}</commentList></comments>"),
        ],
    )


def _strict() -> bytes:
    parts = honest_parts()
    changed = {
        name: str(content)
        .replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", f"{_STRICT}/spreadsheetml/main")
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            f"{_STRICT}/officeDocument/relationships",
        )
        for name, content in parts.items()
    }
    return zipped(changed.items())


def _in_encoding(
    encoding: str, named: str, names: tuple[str, ...] = (SHEET, "xl/workbook.xml", STRINGS)
) -> bytes:
    parts = honest_parts()
    return workbook({name: str(parts[name]).replace("UTF-8", named).encode(encoding) for name in names})


def _streamed() -> bytes:
    """Written to a pipe: sizes stand after the data, as a program that cannot seek leaves them."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def write(self, data: object) -> int:
            self.written += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

        def writable(self) -> bool:
            return True

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in honest_parts().items():
            archive.writestr(name, content)
    return pipe.written


def _long_records() -> bytes:
    """Written with the long records of zip64 before every member, as some libraries always do."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in honest_parts().items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(content.encode() if isinstance(content, str) else content)
    return stream.getvalue()


def _with_comment() -> bytes:
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = "Школа № 1".encode()
    return stream.getvalue()


def _validated(reference: str, how: str) -> bytes:
    after = {
        "validation": f'<dataValidations count="1"><dataValidation type="list" sqref="{reference}"><formula1>"да,нет"</formula1></dataValidation></dataValidations>',
        "format": f'<conditionalFormatting sqref="{reference}"><cfRule type="expression" priority="1"><formula>A1=1</formula></cfRule></conditionalFormatting>',
        "filter": f'<autoFilter ref="{reference}"/>',
    }[how]
    return with_sheet(_FIRST, after=after)


def _excel_styles() -> str:
    one = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1"/></xf>'
    return styles_xml(one * 64_000)


def _outside(target: str, kind: str = "hyperlink") -> bytes:
    rels = relations((kind, target)).replace("/></R", ' TargetMode="External"/></R')
    after = '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>' if kind == "hyperlink" else ""
    return workbook(
        {SHEET: sheet_xml(_FIRST, after=after)}, more=[("xl/worksheets/_rels/sheet1.xml.rels", rels)]
    )


def _cell(inner: str, kind: str = "n") -> bytes:
    return with_sheet(_FIRST + f'<row r="2"><c r="A2" t="{kind}">{inner}</c></row>')


ODD = family(
    "необычный, но честный",
    Attack("обычная книга", workbook),
    Attack("размер листа с запасом", lambda: with_sheet(row_xml(1, "x"), '<dimension ref="A1:XFD1048576"/>')),
    Attack("размер листа занижен", lambda: with_sheet("".join(row_xml(n, "x") for n in range(1, 101)), '<dimension ref="A1"/>')),
    Attack("значение в последнем углу", lambda: with_sheet(row_xml(1, "x") + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')),
    Attack("оформленный пустой угол", lambda: with_sheet(row_xml(1, "x") + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')),
    Attack("оформлены целые столбцы", lambda: with_sheet(row_xml(1, "x"), '<cols><col min="1" max="16384" width="20" style="0" hidden="1"/></cols>')),
    Attack("сто тысяч оформленных строк", lambda: with_sheet(row_xml(1, "x") + "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(2, 100_002))), heavy=True),
    Attack("объединён целый столбец", lambda: with_sheet(row_xml(1, "x"), after='<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>')),
    Attack("обратные черты в именах", lambda: zipped([(name.replace("/", "\\") if name.startswith("xl/") else name, content) for name, content in honest_parts().items()])),
    Attack("без сжатия", lambda: zipped(honest_parts().items(), zipfile.ZIP_STORED)),
    Attack("префиксы имён", part(SHEET, f'{HEAD}<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>план</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>')),
    Attack("ячейки без адресов", lambda: with_sheet('<row><c t="inlineStr"><is><t>план</t></is></c></row>')),
    Attack("большой рисунок внутри", more("xl/media/image1.png", b"\x89PNG" + b"\0" * (8 << 20))),
    Attack("лист в UTF-16", part(SHEET, sheet_xml(row_xml(1, "план"), head='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"))),
    Attack("Power Query рядом", more("customXml/item1.xml", "<DataMashup>" + "QUJD" * 200_000 + "</DataMashup>")),
    Attack("ods: миллион пустых строк", lambda: ods(ods_table("<table:table-row>" + ODS_CELL.format("") + '</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'))),
    Attack("проверка на целых столбцах", lambda: _validated("A1:A1048576 C1:C1048576", "validation")),
    Attack("проверка на всём листе", lambda: _validated(_GRID, "validation")),
    Attack("условный формат на целых столбцах", lambda: _validated("A:A B1:B1048576", "format")),
    Attack("условный формат на всём листе", lambda: _validated(_GRID, "format")),
    Attack("фильтр на всём листе", lambda: _validated(_GRID, "filter")),
    Attack("объединены целые строки", sheet(_FIRST, after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(2, 60)) + "</mergeCells>")),
    Attack("ссылка на целый столбец", sheet(_FIRST, after='<hyperlinks><hyperlink ref="A1:A1048576" location="A1"/></hyperlinks>')),
    Attack("скрыты все столбцы правее", sheet(_FIRST, '<cols><col min="14" max="16384" hidden="1"/></cols>')),
    Attack("сто ячеек по диагонали", sheet(_FIRST + "".join(f'<row r="{n * 10_000}"><c r="{chr(65 + n % 26)}{n * 10_000}"><v>{n}</v></c></row>' for n in range(1, 101)))),
    Attack("пять тысяч строк со ссылками", _big_report),
    Attack("шестьдесят листов", lambda: many_sheets(60)),
    Attack("шестьдесят четыре тысячи оформлений", part(STYLES, _excel_styles)),
    Attack("два мегабайта картинок", lambda: workbook(more=[(f"xl/media/image{n}.jpeg", bytes(range(256)) * 4_000) for n in range(2)])),
    Attack("двадцать тысяч имён", part("xl/workbook.xml", lambda: f'{HEAD}<workbook {MAIN} xmlns:r="r"><sheets><sheet name="Отчёт" r:id="rId1"/></sheets><definedNames>' + "".join(f'<definedName name="n{n}">#REF!</definedName>' for n in range(20_000)) + "</definedNames></workbook>")),
    Attack("строгий Open XML", _strict),
    Attack("абсолютные пути связей", part("xl/_rels/workbook.xml.rels", relations(("worksheet", "/xl/worksheets/sheet1.xml"), ("sharedStrings", "/xl/sharedStrings.xml"), ("styles", "/xl/styles.xml")))),
    Attack("метка UTF-8 в каждой части", lambda: workbook({name: b"\xef\xbb\xbf" + str(content).encode() for name, content in honest_parts().items()})),
    Attack("всё в UTF-16", lambda: _in_encoding("utf-16", "UTF-16")),
    Attack("всё в windows-1251", lambda: _in_encoding("cp1251", "windows-1251")),
    Attack("поточная запись", _streamed),
    Attack("длинные записи архива", _long_records),
    Attack("пояснение к архиву", _with_comment),
    Attack("байты за концом архива", lambda: workbook() + b"\r\n\0\0"),
    Attack("пустые папки в архиве", lambda: workbook(more=[("xl/", b""), ("docProps/", b"")])),
    Attack("папка из одних косых черт", more("xl//", b"")),
    Attack("NaN", lambda: _cell("<v>NaN</v>")),
    Attack("бесконечность", lambda: _cell("<v>Infinity</v>")),
    Attack("1e308", lambda: _cell("<v>1e308</v>")),
    Attack("1e999", lambda: _cell("<v>1e999</v>")),
    Attack("дата за концом времён", lambda: workbook({STYLES: styles_xml('<xf numFmtId="14"/>'), SHEET: sheet_xml(_FIRST + '<row r="2"><c r="A2" s="0"><v>99999999</v></c><c r="B2" s="0"><v>-5</v></c></row>')})),
    Attack("оформление, которого нет", sheet(_FIRST + '<row r="2"><c r="A2" s="777"><v>1</v></c><c r="B2" s="-3"><v>1</v></c></row>')),
    Attack("ошибка в ячейке", lambda: _cell("<v>#REF!</v>", "e")),
    Attack("неизвестный вид ячейки", lambda: _cell("<v>1</v>", "zzz")),
    Attack("XInclude", sheet(_FIRST, '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>')),
    Attack("таблица стилей из сети", part(SHEET, sheet_xml(_FIRST, head=HEAD + '<?xml-stylesheet href="http://127.0.0.1:9/x.xsl" type="text/xsl"?>'))),
    Attack("схема из сети", sheet(_FIRST, '<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a http://127.0.0.1:9/a.xsd"/>')),
    Attack("картинка из сети", lambda: _outside("http://127.0.0.1:9/x.png", "image")),
    Attack("объект с чужого сервера", lambda: _outside("\\\\127.0.0.1\\share\\x.bin", "oleObject")),
    Attack("ссылка на чужой сервер", lambda: _outside("file:///\\\\127.0.0.1\\share")),
    Attack("связь с другой книгой", more("xl/externalLinks/externalLink1.xml", "<externalLink><externalBook/></externalLink>")),
    Attack("DDE", more("xl/externalLinks/externalLink1.xml", '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>')),
    Attack("формула DDE", lambda: _cell("<f>cmd|'/c calc'!A1</f><v>1</v>")),
    Attack("подключение к базе", more("xl/connections.xml", '<connections><connection><webPr url="http://127.0.0.1:9"/></connection></connections>')),
    Attack("запрос из сети", more("xl/queryTables/queryTable1.xml", "<queryTable/>")),
    Attack("ActiveX", more("xl/activeX/activeX1.bin", b"\xd0\xcf\x11\xe0")),
    Attack("вложенный объект OLE", more("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0")),
    Attack("вложенный документ", more("xl/embeddings/doc.docx", b"PK\3\4")),
    Attack("сводная таблица", more("xl/pivotCache/pivotCacheRecords1.xml", "<pivotCacheRecords><r><n v='1'/></r></pivotCacheRecords>")),
    Attack("пустое примечание", beside("comments", f'{HEAD}<comments {MAIN}><commentList><comment ref="A1"><text/></comment></commentList></comments>')),
    Attack("строки текста в картинке-бомбе", lambda: workbook({"xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "media/strings.png"))}, more=[("xl/media/strings.png", b"\0" * (200 << 20))])),
    Attack("связь в никуда", part("xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/sheet1.xml"), ("theme", "theme/none.xml")))),
    Attack("ods: целые столбцы оформлены", lambda: ods(ods_table('<table:table-column table:number-columns-repeated="16384"/>' + _ODS_ROW + '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/></table:table-row>'))),
    Attack("ods: скрытый хвост листа", lambda: ods(ods_table(_ODS_ROW + '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'))),
    Attack("ods: шестьдесят листов", lambda: ods("".join(ods_table(_ODS_ROW, f"Л{n}") for n in range(60)))),
    Attack("ods: диаграмма внутри", lambda: ods(ods_table(_ODS_ROW), {"Object 1/content.xml": "<!DOCTYPE math><math/>", "Configurations2/x.xml": ""})),
)  # fmt: skip

_MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
NOTED = family(
    "с макросами",
    Attack("xlsm", lambda: workbook({"[Content_Types].xml": content_types(_MACROS)}), "F107"),
    Attack("VBA в xlsx", more("xl/vbaProject.bin", b"Sub Auto_Open()"), "F107"),
    Attack("лист макросов XLM", more("xl/macrosheets/sheet1.xml", f'{HEAD}<macrosheet {MAIN}><sheetData><row r="1"><c r="A1"><f>EXEC("calc")</f><v>0</v></c></row></sheetData></macrosheet>'), "F107"),
    Attack("ods с макросами Basic", lambda: ods(ods_table(_ODS_ROW), {"Basic/Standard/Module1.xml": "<x>Sub Main</x>"}), "F107"),
    Attack("ods со скриптом Python", lambda: ods(ods_table(_ODS_ROW), {"Scripts/python/evil.py": "import os"}), "F107"),
)  # fmt: skip
"""Read like any other, with a finding that says what was left untouched."""
