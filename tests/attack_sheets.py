"""Sheets that multiply: whole grids, endless lists, repeated rows; in .xlsx, .ods and old .xls."""

from __future__ import annotations

from attack_files import (
    HEAD,
    MAIN,
    ODS_CELL,
    STRINGS,
    STYLES,
    Attack,
    beside,
    family,
    ods,
    ods_table,
    part,
    relations,
    row_xml,
    sheet,
    sheet_xml,
    styles_xml,
    with_sheet,
    workbook,
    xls,
)

_GRID = "A1:XFD1048576"


def _links(*references: str) -> str:
    inner = "".join(f'<hyperlink ref="{ref}" location="A{n}"/>' for n, ref in enumerate(references, 1))
    return f"<hyperlinks>{inner}</hyperlinks>"


def notes_part(count: int, text: str = "x") -> str:
    inner = "".join(f'<comment ref="A{n}"><text><t>{text}</t></text></comment>' for n in range(1, count + 1))
    return f"{HEAD}<comments {MAIN}><commentList>{inner}</commentList></comments>"


def many_sheets(count: int) -> bytes:
    """A workbook of so many sheets, each in its own part."""
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, count + 1)]
    listed = "".join(f'<sheet name="Отчёт {n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, count + 1))
    more = [(f"xl/worksheets/sheet{n}.xml", sheet_xml(row_xml(1, "план"))) for n in range(2, count + 1)]
    return workbook(
        {
            "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="r"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(*targets),
        },
        more=more,
    )


def _shared_notes(sheets: int, notes: int) -> bytes:
    """Every sheet points to the same long part of comments."""
    data = [("xl/comments1.xml", notes_part(notes))]
    names = range(1, sheets + 1)
    rels = [
        (f"xl/worksheets/_rels/sheet{n}.xml.rels", relations(("comments", "../comments1.xml"))) for n in names
    ]
    more = [(f"xl/worksheets/sheet{n}.xml", sheet_xml(row_xml(1, "план"))) for n in names if n > 1]
    listed = "".join(f'<sheet name="Л{n}" sheetId="{n}" r:id="rId{n}"/>' for n in names)
    return workbook(
        {
            "xl/workbook.xml": f'{HEAD}<workbook {MAIN} xmlns:r="r"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                *(("worksheet", f"worksheets/sheet{n}.xml") for n in names)
            ),
        },
        more=[*data, *rels, *more],
    )


SHEETS = family(
    "лист",
    Attack("объединён весь лист", lambda: with_sheet(row_xml(1, "x"), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "F106", "весь лист"),
    Attack("тьма объединений", lambda: with_sheet(row_xml(1, "x"), after="<mergeCells>" + '<mergeCell ref="A1:B2"/>' * 20_001 + "</mergeCells>"), "F106", "объединённые"),
    Attack("ссылка на весь лист", lambda: with_sheet(row_xml(1, "x"), after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'), "F106", "ссылок"),
    Attack("ячейка вне листа", lambda: with_sheet('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'), "F106", "за пределами листа"),
    Attack("строка вне листа", lambda: with_sheet('<row r="2000000"><c r="A2000000"><v>1</v></c></row>'), "F106", "за пределами листа"),
    Attack("тьма оформлений", part(STYLES, lambda: styles_xml("<xf/>" * 70_000)), "F106", "оформления"),
    Attack("тьма строк", part(STRINGS, lambda: f"{HEAD}<sst {MAIN}>{'<si/>' * 400_001}</sst>"), "F106", "строк текста"),
    Attack("тьма ячеек", lambda: with_sheet(("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * 2_001), "F106", "ячеек"),
    Attack("объединены тысяча строк целиком", sheet(row_xml(1, "x"), after="<mergeCells>" + "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(2, 1_002)) + "</mergeCells>"), "F106", "весь лист"),
    Attack("адрес объединения не адрес", sheet(row_xml(1, "x"), after='<mergeCells><mergeCell ref="A1:"/><mergeCell ref="вся"/></mergeCells>'), "F105", "адрес"),
    Attack("тьма ссылок", sheet(row_xml(1, "x"), after=_links(*["A1"] * 70_001)), "F106", "ссылок"),
    Attack("ссылки по столбцу внахлёст", sheet(row_xml(1, "x"), after=_links(*[f"A{n}:A{n + 999_999}" for n in range(1, 9)])), "F106", "ссылок"),
    Attack("ячейка без адреса вне листа", sheet("<row><c/></row>" + '<row r="1048576"/><row><c><v>1</v></c></row>'), "F106", "за пределами листа"),
    Attack("двадцать тысяч ячеек в строке", sheet("<row>" + "<c><v>1</v></c>" * 20_000 + "</row>"), "F106", "за пределами листа"),
    Attack("строка с огромным номером", sheet(f'<row r="{"9" * 5_000}"><c><v>1</v></c></row>'), "F105", "записана с ошибкой"),
    Attack("нулевая строка", sheet('<row r="0"><c><v>1</v></c></row>'), "F105", "A0"),
    Attack("ячейка дважды, с адресом и без", sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c><v>2</v></c></row>'), "F105", "A1 записана дважды"),
    Attack("скрытые столбцы сто раз", sheet(row_xml(1, "x"), "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 100 + "</cols>"), "F106", "скрытые столбцы"),
    Attack("скрытые столбцы с минуса", sheet(row_xml(1, "x"), '<cols><col min="-2000000000" max="16384" hidden="1"/></cols>'), "F106", "скрытые столбцы"),
    Attack("примечание вне листа", beside("comments", lambda: notes_part(1).replace("A1", "ZZZ9999999")), "F106", "за пределами листа"),
    Attack("примечание без места", beside("comments", lambda: notes_part(1).replace('ref="A1"', "")), "F105", "адрес"),
    Attack("примечания одни на всех", lambda: _shared_notes(60, 10_000), "F106", "разметки"),
    Attack("тысяча сто листов", lambda: many_sheets(1_100), "F106", "листов"),
    Attack("тьма шрифтов", part(STYLES, lambda: styles_xml(more="<fonts>" + "<font/>" * 810_000 + "</fonts>")), "F106", "разметки"),
    Attack("тьма отличий оформления", part(STYLES, lambda: styles_xml(more="<dxfs>" + "<dxf><font/></dxf>" * 410_000 + "</dxfs>")), "F106", "разметки", heavy=True),
    Attack("тьма имён", part("xl/workbook.xml", lambda: f"{HEAD}<workbook {MAIN}><sheets/><definedNames>" + '<definedName name="x">1</definedName>' * 810_000 + "</definedNames></workbook>"), "F106", "разметки", heavy=True),
    Attack("тьма фигур", beside("drawing", lambda: f'{HEAD}<w xmlns="x">' + "<sp/>" * 810_000 + "</w>"), "F106", "разметки", heavy=True),
    Attack("тьма кусков в строке", part(STRINGS, lambda: f"{HEAD}<sst {MAIN}><si>{'<r><t>a</t></r>' * 410_000}</si></sst>"), "F106", "разметки", heavy=True),
    Attack("тьма условных форматов", sheet(row_xml(1, "x"), after=f'<conditionalFormatting sqref="{_GRID}">' + "<cfRule/>" * 810_000 + "</conditionalFormatting>"), "F106", "разметки", heavy=True),
    Attack("тьма проверок", sheet(row_xml(1, "x"), after="<dataValidations>" + f'<dataValidation sqref="{_GRID}"/>' * 810_000 + "</dataValidations>"), "F106", "разметки", heavy=True),
    Attack("бесконечный список областей", sheet(row_xml(1, "x"), after=f'<dataValidations><dataValidation sqref="{"A1 " * 400_000}"/></dataValidations>'), "F106", "длинный текст"),
    Attack("тьма сводных записей", lambda: workbook(more=[("xl/pivotCache/pivotCacheRecords1.xml", "<r>" + "<x/>" * 810_000 + "</r>")]), "F106", "разметки", heavy=True),
)  # fmt: skip


def _row(inner: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


_FIRST = _row(ODS_CELL.format(""))

ODS = family(
    "ods",
    Attack("ods: миллион повторов ответа", lambda: ods(ods_table(f'<table:table-row table:number-rows-repeated="1048576">{ODS_CELL.format("")}</table:table-row>')), "F106", "ячеек"),
    Attack("ods: повторы строк и столбцов", lambda: ods(ods_table('<table:table-row table:number-rows-repeated="1000">' + ODS_CELL.format(' table:number-columns-repeated="1000"') + "</table:table-row>")), "F106", "ячеек"),
    Attack("ods: несметный повтор", lambda: ods(ods_table(f'<table:table-row table:number-rows-repeated="{"9" * 30}"/>')), "F106", "повторены"),
    Attack("ods: объединён весь лист", lambda: ods(ods_table("<table:table-row>" + ODS_CELL.format(' table:number-rows-spanned="1048576" table:number-columns-spanned="16384"') + "</table:table-row>")), "F106", "весь лист"),
    Attack("ods: миллион повторов числа без текста", lambda: ods(ods_table(_row('<table:table-cell office:value-type="float" office:value="5"/>', 1_048_576))), "F106", "ячеек"),
    Attack("ods: повторы даты без текста", lambda: ods(ods_table(_row('<table:table-cell office:value-type="date" office:date-value="2023-01-01" table:number-columns-repeated="16384"/>', 1_000))), "F106", "ячеек"),
    Attack("ods: повторы формулы", lambda: ods(ods_table(_row('<table:table-cell table:formula="of:=1" table:number-columns-repeated="16384"/>', 1_000))), "F106", "ячеек"),
    Attack("ods: повторы накрытых ячеек", lambda: ods(ods_table(_row('<table:covered-table-cell office:string-value="x" table:number-columns-repeated="16384"/>', 1_000))), "F106", "ячеек"),
    Attack("ods: повторы примечаний", lambda: ods(ods_table(_row("<table:table-cell><office:annotation><text:p>x</text:p></office:annotation></table:table-cell>", 1_000_000))), "F106", "ячеек"),
    Attack("ods: повторы заголовка", lambda: ods(ods_table(_row("<table:table-cell><text:h>x</text:h></table:table-cell>", 1_000_000))), "F106", "ячеек"),
    Attack("ods: миллиард пробелов", lambda: ods(ods_table(_row('<table:table-cell><text:p>а<text:s text:c="1000000000"/></text:p></table:table-cell>'))), "F106", "длинный текст"),
    Attack("ods: сто тысяч раз по тысяче пробелов", lambda: ods(ods_table(_row("<table:table-cell><text:p>" + '<text:s text:c="1000"/>' * 100_000 + "</text:p></table:table-cell>"))), "F106", "длинный текст"),
    Attack("ods: пробелы с минусом", lambda: ods(ods_table(_row('<table:table-cell><text:p>а<text:s text:c="-1000000000"/><text:s text:c="1000000000"/></text:p></table:table-cell>'))), "F106", "длинный текст"),
    Attack("ods: тьма листов", lambda: ods("".join(ods_table(_FIRST, f"Л{n}") for n in range(1_100))), "F106", "листов"),
    Attack("ods: тьма областей", lambda: ods(ods_table(_FIRST) + "<table:database-ranges>" + "".join(f'<table:database-range table:name="t{n}" table:target-range-address="Отчёт.A1:.ZZZ9"/>' for n in range(400)) + "</table:database-ranges>"), "F106", "именованных таблиц"),
    Attack("ods: тьма объединений", lambda: ods(ods_table(_row('<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="2"/>' * 20_001))), "F106", "объединённые"),
    Attack("ods: повтор с минусом", lambda: ods(ods_table('<table:table-row table:number-rows-repeated="-5"/>')), "F106", "повторены"),
    Attack("ods: повтор не числом", lambda: ods(ods_table('<table:table-row table:number-rows-repeated="1e9"/>')), "F106", "повторены"),
    Attack("ods: таблица в ячейке", lambda: ods(ods_table(_row("<table:table-cell>" + ods_table(_FIRST, "Внутри") + "</table:table-cell>"))), "F105"),
    Attack("ods: ни одного листа", lambda: ods(""), "F105"),
)  # fmt: skip

OLD = family(
    "старые книги",
    Attack("xls: дальние углы", lambda: xls((0, 0, 1.0), (65_535, 255, 1.0)), "F105", "остановилась"),
    Attack("xls: лист за концом книги", lambda: xls((0, 0, 1.0)).replace(b"\x85\0\x12\0", b"\x85\0\x12\xff"), "F105"),
)  # fmt: skip
