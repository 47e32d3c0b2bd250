"""A directory is told the same whichever way it is read, and what is odd is left to Python's reader."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.intake import zip_directory
from sheetsync.intake.limits import Refusal
from sheetsync.intake.zip_directory import Member, read_directory

NAMES = ("xl/workbook.xml", "[Content_Types].xml", "папка/лист.xml", "xl\\a.xml", "docProps/")


def archive(*names: str, comment: bytes = b"", extra: bytes = b"") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as written:
        for name in names:
            member = zipfile.ZipInfo(name)
            member.compress_type, member.extra = zipfile.ZIP_DEFLATED, extra
            written.writestr(member, name * 50)
        written.comment = comment
    return packed.getvalue()


Told = tuple[list[Member], int] | str


def told(data: bytes, *, by_python: bool = False) -> Told:
    try:
        return zip_directory._any_directory(data) if by_python else read_directory(data)
    except Refusal as refusal:
        return refusal.reason.name


def assert_same(data: bytes) -> None:
    assert told(data) == told(data, by_python=True)


@given(
    st.lists(st.sampled_from(NAMES), unique=True),
    st.sampled_from([b"", b"PK"]),
    st.sampled_from([b"", b"\1\0\0\0"]),
)
def test_it_is_the_same_either_way(names: list[str], comment: bytes, extra: bytes) -> None:
    assert_same(archive(*names, comment=comment, extra=extra))


def test_the_usual_one_is_read_record_by_record() -> None:
    assert zip_directory._plain_directory(archive(*NAMES[:2])) is not None


@pytest.mark.parametrize(
    "data",
    [
        archive(NAMES[2]),
        archive(NAMES[0], comment=b"x"),
        archive(NAMES[0], extra=b"\1\0\0\0"),
        b"",
        b"PK\5\6",
    ],
    ids=["letters", "comment", "extra", "nothing", "cut"],
)
def test_an_unusual_one_is_left_to_python(data: bytes) -> None:
    assert zip_directory._plain_directory(data) is None
    assert_same(data)


@given(st.integers(0, 10_000), st.integers(0, 255))
@settings(max_examples=200)
def test_a_byte_spoilt_anywhere_ends_the_same(where: int, byte: int) -> None:
    """But where two programs would not open the same members: there the record wins, as it lies."""
    data = bytearray(archive(*NAMES[:2]))
    start = data.index(b"PK\x01\x02")
    data[start + where % (len(data) - start)] = byte

    assert_same(bytes(data))
