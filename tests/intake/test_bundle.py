"""A coordinator drops a zip with all schools' forms into Получено."""

from __future__ import annotations

import io
import zipfile

import pytest
from msgspec.structs import replace

from attacks import BROKEN, BUNDLES, MISTAKEN, Bundle, workbook, zipped
from sheetsync.intake.bundle import unpack
from sheetsync.intake.gate import Refused
from sheetsync.intake.limits import LIMITS, Limits, Reason
from sheetsync.workbooks.copies import open_copy


def contents(data: bytes, limits: Limits = LIMITS) -> dict[str, bytes | Refused]:
    files = unpack(data, limits)
    assert isinstance(files, tuple)
    return {one.name: one.read() for one in files}


def test_every_file_of_the_archive_comes_out_under_its_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.mkdir("Школа № 1")
        archive.writestr("Школа № 1/отчёт «итог».xlsx", workbook())
        archive.writestr("скан.pdf", b"%PDF")

    assert contents(stream.getvalue()) == {
        "Школа № 1/отчёт «итог».xlsx": workbook(),
        "скан.pdf": b"%PDF",
    }


def test_names_in_the_letters_of_old_windows_are_read() -> None:
    """Explorer packs names in cp866 without saying so; «А» and «З» must not be taken for one."""
    data = zipped([("school 1.xlsx", b"x"), ("school 2.xlsx", b"x")])
    for plain, name in ((b"school 1.xlsx", "Школа А.xlsx "), (b"school 2.xlsx", "Школа З.xlsx ")):
        data = data.replace(plain, name.encode("cp866"))

    assert list(contents(data)) == ["Школа А.xlsx ", "Школа З.xlsx "]


def test_a_workbook_is_not_taken_apart() -> None:
    assert unpack(workbook()) is None
    assert unpack(b"%PDF") is None
    assert unpack(zipped([("Index/Document.iwa", b"x")])) is None


@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda one: one.name)
def test_a_bad_member_costs_only_itself(bundle: Bundle) -> None:
    files = unpack(bundle.make())

    if bundle.code:
        assert isinstance(files, Refused)
        assert files.reason.code == bundle.code
        return
    assert isinstance(files, tuple)
    codes = {one.name: code_of(one.read(), one.name) for one in files}
    assert codes == dict.fromkeys(bundle.good, "") | dict(bundle.files)


def code_of(content: bytes | Refused, name: str) -> str:
    """The finding a member ends in, «» when it is read in peace."""
    if isinstance(content, Refused):
        return content.reason.code
    return "".join(finding.code for finding in open_copy(content, name).findings)


def test_what_comes_out_together_is_bounded() -> None:
    """The member over the bound is refused, not the archive; what came before it stays."""
    data = zipped([("a.bin", b"0" * 600), ("b.bin", b"0" * 600), ("c.bin", b"0" * 300)])

    found = contents(data, replace(LIMITS, bundle_bytes=1_000))

    assert found["a.bin"] == b"0" * 600
    assert isinstance(found["b.bin"], Refused)
    assert found["b.bin"].reason is Reason.BOMB
    assert found["c.bin"] == b"0" * 300


def test_an_archive_larger_than_any_post_is_refused_whole() -> None:
    assert unpack(zipped([("a.bin", b"0")]), replace(LIMITS, archive_bytes=10)) == Refused(
        Reason.FILE_TOO_BIG, "файл больше 0 МБ"
    )


def test_no_attack_makes_it_raise() -> None:
    for attack in (*MISTAKEN, *BROKEN):
        unpack(attack.make())
