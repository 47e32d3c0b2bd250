"""XML that attacks its reader: entities, strange encodings, endless tags, depth, and texts that make a
careless pattern go round for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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

LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "1234567890">'
    + "".join(
        f'<!ENTITY {name} "{f"&{previous};" * 10}">'
        for previous, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
ENTITY_FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
BIG_ENTITY = '<!DOCTYPE x [<!ENTITY a "' + "A" * 100_000 + '">]>'
_PARAMETER = '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
_OUTER_DTD = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_EVERY_PART = (
    "xl/workbook.xml", SHEET, STRINGS, STYLES, "xl/theme/theme1.xml", "xl/comments1.xml", "xl/drawings/drawing1.xml",
    "xl/tables/table1.xml", "xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml", "xl/calcChain.xml",
    "xl/pivotCache/pivotCacheDefinition1.xml", "xl/pivotTables/pivotTable1.xml", "xl/externalLinks/externalLink1.xml",
    "xl/connections.xml", "xl/queryTables/queryTable1.xml", "xl/macrosheets/sheet1.xml", "docProps/core.xml",
    "docProps/app.xml", "docProps/custom.xml", "xl/worksheets/_rels/sheet1.xml.rels", "xl/_rels/workbook.xml.rels",
)  # fmt: skip


def _encoded(encoding: str, mark: bytes = b"", head: str = "UTF-16") -> bytes:
    text = strings_xml("&a;", head=f'<?xml version="1.0" encoding="{head}"?>{ENTITY_FILE}')
    return mark + text.encode(encoding)


def _doctype_everywhere() -> Iterator[Attack]:
    for name in _EVERY_PART:
        yield Attack(f"DOCTYPE в {name}", part(name, f"{HEAD}{ENTITY_FILE}<x>&a;</x>"), "F106", "DOCTYPE")
    for name in ("styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml"):
        yield Attack(f"ods: DOCTYPE в {name}", _ods_with(name), "F106", "DOCTYPE")


def _ods_with(name: str) -> Callable[[], bytes]:
    table = ods_table(f"<table:table-row>{ODS_CELL.format('')}</table:table-row>")
    return lambda: ods(table, {name: f"{HEAD}{ENTITY_FILE}<x>&a;</x>"})


ENTITIES = family(
    "сущности и кодировки",
    Attack("миллиард смехов в листе", part(SHEET, sheet_xml(row_xml(1, "&i;"), head=HEAD + LAUGHS)), "F106", "DOCTYPE"),
    Attack("миллиард смехов в строках", part(STRINGS, strings_xml("&i;", head=HEAD + LAUGHS)), "F106", "DOCTYPE"),
    Attack("квадратичное раздутие", part(STRINGS, strings_xml("&a;" * 20_000, head=HEAD + BIG_ENTITY)), "F106", "DOCTYPE"),
    Attack("чтение чужого файла", part(STRINGS, strings_xml("[&a;]", head=HEAD + ENTITY_FILE)), "F106", "DOCTYPE"),
    Attack("DOCTYPE в UTF-16", part(STRINGS, strings_xml("&a;", head='<?xml version="1.0" encoding="UTF-16"?>' + ENTITY_FILE).encode("utf-16")), "F106", "DOCTYPE"),
    Attack("DOCTYPE в оглавлении", part("[Content_Types].xml", content_types().replace(HEAD, HEAD + ENTITY_FILE)), "F106", "DOCTYPE"),
    Attack("DOCTYPE в связях", part("_rels/.rels", relations().replace(HEAD, HEAD + ENTITY_FILE)), "F106", "DOCTYPE"),
    Attack("DOCTYPE в ods", lambda: zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", HEAD + ENTITY_FILE + "<x>&a;</x>")]), "F106", "DOCTYPE"),
    *_doctype_everywhere(),
    Attack("параметр из сети", part(STRINGS, strings_xml("x", head=HEAD + _PARAMETER)), "F106", "DOCTYPE"),
    Attack("описание из сети", part(SHEET, sheet_xml(row_xml(1, "x"), head=HEAD + _OUTER_DTD)), "F106", "DOCTYPE"),
    Attack("пустой DOCTYPE", part(SHEET, sheet_xml(row_xml(1, "x"), head=HEAD + "<!DOCTYPE x>")), "F106", "DOCTYPE"),
    Attack("DOCTYPE за комментарием", part(SHEET, sheet_xml(row_xml(1, "x"), head=f"{HEAD}<!-- x --><?pi?>\n{ENTITY_FILE}")), "F106", "DOCTYPE"),
    Attack("DOCTYPE в UTF-16 LE", part(STRINGS, _encoded("utf-16-le", b"\xff\xfe")), "F106", "DOCTYPE"),
    Attack("DOCTYPE в UTF-16 BE", part(STRINGS, _encoded("utf-16-be", b"\xfe\xff")), "F106", "DOCTYPE"),
    Attack("DOCTYPE в UTF-16 без метки", part(STRINGS, _encoded("utf-16-be")), "F106", "DOCTYPE"),
    Attack("DOCTYPE в windows-1251", part(STRINGS, _encoded("cp1251", head="windows-1251")), "F106", "DOCTYPE"),
    Attack("DOCTYPE в latin-1", part(STRINGS, _encoded("latin-1", head="ISO-8859-1")), "F106", "DOCTYPE"),
    Attack("DOCTYPE с меткой UTF-8", part(STRINGS, _encoded("utf-8", b"\xef\xbb\xbf", "UTF-8")), "F106", "DOCTYPE"),
    Attack("UCS-4", part(STRINGS, _encoded("utf-32-be", head="UCS-4")), "F105", "записана с ошибкой"),
    Attack("UTF-32 с меткой", part(STRINGS, _encoded("utf-32", head="UTF-32")), "F105", "записана с ошибкой"),
    Attack("UTF-7 с сущностью", part(STRINGS, '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'), "F105", "записана с ошибкой"),
    Attack("EBCDIC", part(STRINGS, _encoded("cp037", head="cp037")), "F105", "записана с ошибкой"),
    Attack("кодировка Python", part(STRINGS, f'<?xml version="1.0" encoding="rot13"?><sst {MAIN}/>'), "F105", "записана с ошибкой"),
    Attack("неизвестная сущность", part(STRINGS, strings_xml("&a;")), "F105", "записана с ошибкой"),
    Attack("сущность вместо имени", part(SHEET, sheet_xml(row_xml(1, "x")).replace("<sheetData>", "<&a;>")), "F105", "записана с ошибкой"),
)  # fmt: skip


def _thousand_names() -> str:
    return "<a>" + "".join(f"<b{number}/>" for number in range(25_000)) + "</a>"


def _drawing(inner: str) -> str:
    return f'{HEAD}<xdr:wsDr xmlns:xdr="x" xmlns:a="a">{inner}</xdr:wsDr>'


def _named(expression: str) -> bytes:
    row = f"<table:table-row>{ODS_CELL.format('')}</table:table-row>"
    return ods(
        ods_table(row)
        + f'<table:named-expressions><table:named-expression table:name="x" table:expression="{expression}"/></table:named-expressions>'
    )


def _threads(count: int) -> str:
    one = f'<threadedComment ref="A1"><text>{"слово " * 40}</text></threadedComment>'
    return f'{HEAD}<ThreadedComments xmlns="t">{one * count}</ThreadedComments>'


MARKUP = family(
    "разметка",
    Attack("длинный текст", part(STRINGS, strings_xml("A" * (1 << 20))), "F106", "длинный текст"),
    Attack("сто тысяч имён диапазонов", part("xl/workbook.xml", f'{HEAD}<workbook {MAIN} xmlns:r="r"><sheets><sheet name="Отчёт" sheetId="1" r:id="rId1"/></sheets><definedNames>{"<definedName>A1</definedName>" * 100_000}</definedNames></workbook>'), "F106", "имён диапазонов"),
    Attack("длинное имя листа", part("xl/workbook.xml", f'{HEAD}<workbook {MAIN}><sheets><sheet name="{"A" * (1 << 20)}"/></sheets></workbook>'), "F106", "длинный текст"),
    Attack("глубина в листе", lambda: with_sheet(f'<row r="1"><c r="A1" t="inlineStr"><is>{"<r>" * 50_000}{"</r>" * 50_000}</is></c></row>'), "F106", "вложенность"),
    Attack("глубина в оформлении", part(STYLES, styles_xml(more="<font>" * 50_000 + "</font>" * 50_000)), "F106", "вложенность"),
    Attack("сорок мегабайт одного признака", part(SHEET, lambda: sheet_xml(row_xml(1, "x")).replace("<sheetData>", f'<sheetData a="{"A" * (40 << 20)}">')), "F106", "длинный текст"),
    Attack("миллион признаков у одного элемента", part(SHEET, lambda: sheet_xml(row_xml(1, "x")).replace("<sheetData>", "<sheetData " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + ">")), "F106", "длинный текст"),
    Attack("бесконечный комментарий", part(SHEET, lambda: sheet_xml(row_xml(1, "x"), before=f"<!-- {'x' * (20 << 20)} -->")), "F106", "длинный текст"),
    Attack("бесконечная инструкция", part(SHEET, lambda: sheet_xml(row_xml(1, "x"), before=f"<?x {'x' * (20 << 20)}?>")), "F106", "длинный текст"),
    Attack("бесконечный CDATA", part(STRINGS, lambda: strings_xml(f"<![CDATA[{'x' * (20 << 20)}]]>")), "F106", "длинный текст"),
    Attack("тьма разных имён", more("xl/extra.xml", _thousand_names), "F106", "названий"),
    Attack("тьма пространств имён", more("xl/extra.xml", lambda: "<a>" + "".join(f'<b xmlns:n{n}="u{n}"/>' for n in range(25_000)) + "</a>"), "F106", "названий"),
    Attack("глубина в ods", lambda: ods(ods_table("<table:table-row><table:table-cell>" + "<text:p>" * 5_000 + "</text:p>" * 5_000 + "</table:table-cell></table:table-row>")), "F106", "вложенность"),
    Attack("глубина в рисунке", beside("drawing", lambda: _drawing("<xdr:sp>" * 5_000 + "</xdr:sp>" * 5_000)), "F106", "вложенность"),
    Attack("глубина в связях", part("xl/_rels/workbook.xml.rels", lambda: "<a>" * 200 + "</a>" * 200), "F106", "вложенность"),
    Attack("глубина в именах", part("xl/workbook.xml", lambda: f"{HEAD}<workbook {MAIN}>{'<x>' * 200}{'</x>' * 200}</workbook>"), "F106", "вложенность"),
    Attack("один текст в тринадцати тысячах ячеек", lambda: workbook({STRINGS: strings_xml("A" * 30_000), SHEET: sheet_xml("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 13_001)))}), "F106", "млн знаков"),
    Attack("мегабайт текста по кускам", part(SHEET, lambda: sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is>' + f"<r><t>{'слово ' * 500}</t></r>" * 300 + "</is></c></row>")), "F106", "длинный текст"),
    Attack("одна часть строк на тысячу связей", part("xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/sheet1.xml"), *[("sharedStrings", "sharedStrings.xml")] * 2_000)), "", ""),
    Attack("большая часть строк на сто связей", lambda: workbook({STRINGS: strings_xml(*["слово"] * 20_000), "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml"), *[("sharedStrings", "sharedStrings.xml")] * 100)}), "F106", "разметки"),
)  # fmt: skip

SLOW_TEXTS = family(
    "тексты для зацикливания",
    Attack("число из двухсот тысяч цифр", sheet(lambda: row_xml(1, "план") + f'<row r="2"><c r="A2"><v>{"1" * 200_000}x</v></c></row>')),
    Attack("формула из пробелов", sheet(lambda: row_xml(1, "план") + f'<row r="2"><c r="A2"><f xml:space="preserve">{" " * 200_000}</f><v>1</v></c></row>')),
    Attack("ссылка без конца", sheet(lambda: row_xml(1, "план") + f'<row r="2"><c r="A2"><f>HYPERLINK("{"&quot;&quot;" * 15_000}</f><v>1</v></c></row>')),
    Attack("скобки в числовом формате", lambda: workbook({STYLES: styles_xml('<xf numFmtId="200"/>', f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * 200_000}"/></numFmts>')})),
    Attack("кавычки в числовом формате", lambda: workbook({STYLES: styles_xml('<xf numFmtId="200"/>', f'<numFmts><numFmt numFmtId="200" formatCode="{"&quot;a" * 20_001}"/></numFmts>')})),
    Attack("тьма замен _x000D_", sheet(lambda: row_xml(1, "план") + row_xml(2, "_x000D_" * 20_000))),
    Attack("ods: цифры вместо имени", lambda: _named("of:=" + "1" * 200_000 + "x")),
    Attack("ods: кавычки в адресе", lambda: _named("of:=" + "$'" * 60_000 + "x")),
    Attack("ods: формула из пробелов", lambda: ods(ods_table(f'<table:table-row>{ODS_CELL.format("")}<table:table-cell table:formula="of:={" " * 200_000}x"/></table:table-row>'))),
    Attack("четыре тысячи длинных ответов в одной ветке", beside("threadedComment", lambda: _threads(4_000)), "F106", "длинный текст"),
    Attack("рисунок в рисунке в рисунке", beside("drawing", lambda: _drawing("<xdr:sp>" * 40 + "<a:p><a:r><a:t>слово</a:t></a:r></a:p>" * 20_000 + "</xdr:sp>" * 40), after='<drawing r:id="rId1"/>')),
)  # fmt: skip
