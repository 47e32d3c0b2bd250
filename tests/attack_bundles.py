"""Zips of forms («все школы одним архивом») with something bad among the good."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from attack_archives import patched
from attack_files import ODS_CELL, honest_parts, ods, ods_table, row_xml, sheet_xml, workbook, zipped

_LATIN = "school 1.xlsx"


@dataclass(frozen=True)
class Bundle:
    """An archive; ``good`` names are read, the other ``files`` end in these findings.

    ``code`` is the finding of the archive itself where it must be refused whole.
    """

    name: str
    make: Callable[[], bytes]
    good: tuple[str, ...] = (_LATIN,)
    files: tuple[tuple[str, str], ...] = ()
    code: str = ""


def _with(*more: tuple[str, str | bytes]) -> Callable[[], bytes]:
    return lambda: zipped([(_LATIN, workbook()), *more])


def _link() -> bytes:
    link = zipfile.ZipInfo("passwd.xlsx")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO(_with()())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def _spoilt(offset: int, value: bytes) -> Callable[[], bytes]:
    return lambda: patched(_with(("bad.xlsx", workbook()))(), "bad.xlsx", offset, value)


def _overlapping() -> bytes:
    data = zipped([(_LATIN, workbook()), ("a.xlsx", workbook()), ("b.xlsx", workbook())])
    return patched(data, "b.xlsx", 42, struct.pack("<I", data.index(b"a.xlsx") - 30))


def _nested_bomb() -> bytes:
    inside = zipped([("0.bin", b"\0" * (8 << 20))] * 1)
    return zipped([(_LATIN, workbook()), ("ещё.zip", zipped([(f"{n}.zip", inside) for n in range(20)]))])


def _named(raw: bytes) -> Callable[[], bytes]:
    """An archive whose member's name is these bytes, said to be nothing in particular."""
    plain = b"N" * len(raw)
    return lambda: zipped([(plain.decode(), workbook())]).replace(plain, raw)


def _all_locked() -> bytes:
    data = zipped([(_LATIN, workbook()), ("b.xlsx", b"x")])
    for name in (_LATIN, "b.xlsx"):
        data = patched(data, name, 8, struct.pack("<H", 1))
    return data


def _stored_forms() -> bytes:
    """Three hundred forms put in without compression: their own directories lie open inside."""
    form = zipped(honest_parts().items(), zipfile.ZIP_STORED)
    return zipped([(f"school {n}.xlsx", form) for n in range(300)], zipfile.ZIP_STORED)


_EMPTY_SHEET = sheet_xml(row_xml(1, "x"), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
_HOSTILE = workbook({"xl/worksheets/sheet1.xml": _EMPTY_SHEET})
_ODS = ods(ods_table(f"<table:table-row>{ODS_CELL.format('')}</table:table-row>"))
_LONG = f"{'очень ' * 300}длинное имя.xlsx"

BUNDLES = (
    Bundle("формы и скан", _with(("b.ods", _ODS)), (_LATIN, "b.ods")),
    Bundle("папки", _with(("Школа 2/", b""), ("Школа 2/отчёт.xlsx", workbook())), (_LATIN, "Школа 2/отчёт.xlsx")),
    Bundle("враждебная книга среди честных", _with(("bad.xlsx", _HOSTILE)), files=(("bad.xlsx", "F106"),)),
    Bundle("веб-страница среди честных", _with(("bad.xls", b"<html></html>")), files=(("bad.xls", "F103"),)),
    Bundle("пустой файл среди честных", _with(("bad.xlsx", b"")), files=(("bad.xlsx", "F104"),)),
    Bundle("оборванная книга среди честных", _with(("bad.xlsx", workbook()[:300])), files=(("bad.xlsx", "F105"),)),
    Bundle("выход наверх", _with(("../bad.xlsx", workbook())), files=(("../bad.xlsx", "F106"),)),
    Bundle("выход наверх посередине", _with(("a/../../bad.xlsx", workbook())), files=(("a/../../bad.xlsx", "F106"),)),
    Bundle("путь от корня", _with(("/etc/bad.xlsx", workbook())), files=(("/etc/bad.xlsx", "F106"),)),
    Bundle("путь с диском", _with(("C:\\bad.xlsx", workbook())), files=(("C:/bad.xlsx", "F106"),)),
    Bundle("указатель на чужой файл", _link, files=(("passwd.xlsx", "F106"),)),
    Bundle("один под паролем", _spoilt(8, struct.pack("<H", 1)), files=(("bad.xlsx", "F101"),)),
    Bundle("одна сумма не сходится", _spoilt(16, b"\1\2\3\4"), files=(("bad.xlsx", "F105"),)),
    Bundle("один размер преуменьшен", _spoilt(24, struct.pack("<I", 5)), files=(("bad.xlsx", "F106"),)),
    Bundle("один размер преувеличен", _spoilt(24, struct.pack("<I", 1 << 30)), files=(("bad.xlsx", "F106"),)),
    Bundle("незнакомое сжатие у одного", _spoilt(10, struct.pack("<H", 98)), files=(("bad.xlsx", "F105"),)),
    Bundle("бомба среди честных", lambda: zipped([(_LATIN, workbook()), ("bad.xlsx", b"\0" * (40 << 20))]), files=(("bad.xlsx", "F106"),)),
    Bundle("двое внахлёст", _overlapping, files=(("a.xlsx", "F106"), ("b.xlsx", "F106"))),
    Bundle("архив в архиве", _nested_bomb, files=(("ещё.zip", "F103"),)),
    Bundle("имена различаются регистром", _with(("SCHOOL 1.xlsx", _ODS)), (_LATIN, "SCHOOL 1.xlsx")),
    Bundle("два файла с одним именем", lambda: zipped([(_LATIN, workbook()), ("school 2.xlsx", _ODS)]).replace(b"school 2", b"school 1"), (_LATIN, "school 1.xlsx (2)")),
    Bundle("имена старой Windows", _named("Школа № 2.xlsx".replace("№", "N").encode("cp866")), ("Школа N 2.xlsx",)),
    Bundle("имена с Мака", _named("Школа № 2.xlsx".encode()), ("Школа № 2.xlsx",)),
    Bundle("бесконечное имя", lambda: zipped([(_LONG, workbook())]), (f"…{_LONG[-200:]}",)),
    Bundle("знаки управления в имени", lambda: zipped([("a\u202ebad\n.xlsx", workbook())]), ("a?bad?.xlsx",)),
    Bundle("формы без сжатия", _stored_forms, tuple(f"school {n}.xlsx" for n in range(300))),
    Bundle("десять тысяч крошек", lambda: zipped([(f"{n}.xlsx", b"") for n in range(10_000)]), (), (), "F106"),
    Bundle("весь под паролем", _all_locked, (), (), "F101"),
    Bundle("оборван", lambda: _with()()[:-40], (), (), "F105"),
    Bundle("спереди приписан другой архив", lambda: zipped([("a.xlsx", b"x")]) + _with()(), (), (), "F106"),
)  # fmt: skip
