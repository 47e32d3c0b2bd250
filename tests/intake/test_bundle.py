"""A coordinator drops a zip with all schools' forms into Получено."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from attacks import BROKEN, MISTAKEN, workbook, zipped
from sheetsync.intake.bundle import BundledFile, unpack
from sheetsync.intake.gate import Refused
from sheetsync.intake.limits import LIMITS, Reason


def test_every_file_of_the_archive_comes_out_under_its_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.mkdir("Школа № 1")
        archive.writestr("Школа № 1/отчёт «итог».xlsx", workbook())
        archive.writestr("скан.pdf", b"%PDF")

    assert unpack(stream.getvalue()) == (
        BundledFile("Школа № 1/отчёт «итог».xlsx", workbook()),
        BundledFile("скан.pdf", b"%PDF"),
    )


def test_names_in_the_letters_of_old_windows_are_read() -> None:
    """Explorer packs names in cp866 without saying so; «А» and «З» must not be taken for one."""
    data = zipped([("school 1.xlsx", b"x"), ("school 2.xlsx", b"x")])
    for plain, name in ((b"school 1.xlsx", "Школа А.xlsx "), (b"school 2.xlsx", "Школа З.xlsx ")):
        data = data.replace(plain, name.encode("cp866"))

    found = unpack(data)

    assert isinstance(found, tuple)
    assert [one.name for one in found] == ["Школа А.xlsx ", "Школа З.xlsx "]


def test_a_workbook_is_not_taken_apart() -> None:
    assert unpack(workbook()) is None
    assert unpack(b"%PDF") is None


def test_a_hostile_archive_is_refused_for_its_reason() -> None:
    small = replace(LIMITS, total_bytes=1000)

    assert unpack(zipped([("../x.xlsx", b"x")])) == Refused(
        Reason.MEMBER_PATH, "имя части «../x.xlsx» ведёт за пределы книги"
    )
    assert isinstance(
        verdict := unpack(zipped([("a.bin", b"0" * 600), ("b.bin", b"0" * 600)]), small), Refused
    )
    assert verdict.reason is Reason.BOMB
    assert unpack(zipped([("a.bin", b"0")]), replace(LIMITS, file_bytes=10)) == Refused(
        Reason.FILE_TOO_BIG, "файл больше 0 МБ"
    )
    assert isinstance(unpack(zipped([("форма.xlsx", workbook())])[:-40]), Refused)


def test_no_attack_makes_it_raise() -> None:
    for attack in (*MISTAKEN, *BROKEN):
        unpack(attack.make())
