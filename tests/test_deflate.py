"""Bytes are compressed by the library at hand, and read wherever they are taken."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tracemalloc
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync import deflate
from sheetsync.workbooks.row_blocks import Piece, packed_bytes, unpacked
from sheetsync.workbooks.zip_out import ZipOut

isal_zlib = pytest.importorskip("isal.isal_zlib")
LIBRARIES = [zlib, isal_zlib]
ROWS = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * n) for n in range(50_000))
each = pytest.mark.parametrize("library", LIBRARIES)


def use(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    monkeypatch.setattr(deflate, "_library", library)


def test_the_fast_library_is_used_where_it_is_and_zlib_where_it_is_not() -> None:
    told = (
        "import sys; sys.modules['isal'] = None\n"
        "from sheetsync import deflate\n"
        "sys.stdout.buffer.write(deflate.compressed(b'words' * 99))"
    )

    without = subprocess.run([sys.executable, "-c", told], capture_output=True, check=True).stdout

    assert without == zlib.compress(b"words" * 99, 1)
    assert deflate.compressed(ROWS) == isal_zlib.compress(ROWS, 1)


@each
@pytest.mark.parametrize("reader", LIBRARIES)
def test_what_one_library_packed_the_other_reads(
    monkeypatch: pytest.MonkeyPatch, library: object, reader: object
) -> None:
    use(monkeypatch, library)
    kept, piece, last = deflate.compressed(ROWS), packed_bytes(ROWS), deflate.deflated(ROWS)

    use(monkeypatch, reader)

    assert deflate.decompressed(kept) == unpacked(piece) == deflate.inflated(last) == ROWS
    assert piece.crc == zlib.crc32(ROWS)


@each
def test_pieces_of_both_libraries_make_one_member_any_program_opens(
    monkeypatch: pytest.MonkeyPatch, library: object
) -> None:
    pieces: list[Piece] = []
    for at, one in enumerate((isal_zlib, zlib, isal_zlib)):
        use(monkeypatch, one)
        pieces.append(packed_bytes(ROWS[at * 1000 : at * 1000 + 1000]))
    use(monkeypatch, library)
    stream = io.BytesIO()
    out = ZipOut(stream)

    out.splice("rows", pieces)
    out.add("long", ROWS)
    out.add("short", b"words" * 99)
    out.close()

    with zipfile.ZipFile(stream) as archive:
        assert archive.testzip() is None
        assert archive.read("rows") == ROWS[:3000]
        assert archive.read("long") == ROWS
        assert archive.read("short") == b"words" * 99


@each
def test_what_is_short_is_packed_alike_on_every_computer(
    monkeypatch: pytest.MonkeyPatch, library: object
) -> None:
    use(monkeypatch, library)
    stream = io.BytesIO()
    out = ZipOut(stream)

    out.add("part.xml", ROWS[:90_000])

    assert zlib.compress(ROWS[:90_000], wbits=-zlib.MAX_WBITS) in stream.getvalue()


@each
def test_checksums_of_joined_bytes_are_joined(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    use(monkeypatch, library)
    for long, more in ((0, 0), (0, 5), (5, 0), (1, 1), (300, 70_000)):
        first, second = os.urandom(long), os.urandom(more)
        joined = deflate.joined_crc(deflate.crc32(first), deflate.crc32(second), more)
        assert joined == deflate.crc32(second, deflate.crc32(first)) == zlib.crc32(first + second)


@each
def test_damaged_bytes_are_a_value_error(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    use(monkeypatch, library)
    kept = deflate.compressed(ROWS)

    for damaged in (kept[:-1], kept[:40], b"", b"words", kept[:-4] + b"\0\0\0\0"):
        with pytest.raises(ValueError, match=r"."):
            deflate.decompressed(damaged)
    with pytest.raises(ValueError, match=r"."):
        deflate.inflated(b"\xff\xff\xff\xff")


PACKED = zlib.compress(ROWS[:3_000], wbits=-zlib.MAX_WBITS)


@each
def test_what_is_as_it_is_said_to_be_is_given(monkeypatch: pytest.MonkeyPatch, library: object) -> None:
    use(monkeypatch, library)

    for data in (b"", b"word", ROWS[:3_000], ROWS):
        packed = zlib.compress(data, wbits=-zlib.MAX_WBITS)
        assert deflate.inflated_as_said(packed, len(data), zlib.crc32(data)) == data
        assert deflate.inflated_as_said(packed + b"more", len(data), zlib.crc32(data)) == data


@each
@pytest.mark.parametrize(
    ("packed", "size", "checksum"),
    [
        pytest.param(PACKED, 2_999, zlib.crc32(ROWS[:2_999]), id="longer than said"),
        pytest.param(PACKED, 3_001, zlib.crc32(ROWS[:3_000]), id="shorter than said"),
        pytest.param(PACKED, 3_000, zlib.crc32(ROWS[:3_000]) ^ 1, id="other bytes"),
        pytest.param(PACKED[:-1], 3_000, zlib.crc32(ROWS[:3_000]), id="cut"),
        pytest.param(b"", 0, 0, id="nothing"),
        pytest.param(b"no deflate at all", 3_000, 0, id="no deflate"),
    ],
)
def test_what_is_not_as_it_is_said_to_be_is_not_given(
    monkeypatch: pytest.MonkeyPatch, library: object, packed: bytes, size: int, checksum: int
) -> None:
    use(monkeypatch, library)

    assert deflate.inflated_as_said(packed, size, checksum) is None


@given(st.integers(0, len(PACKED) - 1), st.integers(1, 255), st.integers(0, 40))
def test_damaged_bytes_are_never_given_for_others(at: int, other: int, cut: int) -> None:
    damaged = bytearray(PACKED)
    damaged[at] ^= other

    given = deflate.inflated_as_said(bytes(damaged[: len(damaged) - cut]), 3_000, zlib.crc32(ROWS[:3_000]))

    assert given in (None, ROWS[:3_000])


def test_a_bomb_is_unpacked_as_far_as_it_is_said_to_go() -> None:
    bomb = zlib.compress(bytes(64 << 20), wbits=-zlib.MAX_WBITS)
    tracemalloc.start()

    given = deflate.inflated_as_said(bomb, 1_000, 0)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert given is None
    assert most < 1 << 20
