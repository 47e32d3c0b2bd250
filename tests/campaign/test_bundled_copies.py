"""«Все школы одним архивом»: what is wrong with one file of the archive is not wrong with the others."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import district_fixture as district
from coordinator import press

from sheetsync import store
from sheetsync.model import Verdict


def archive_of(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_bad_file_of_an_archive_costs_only_itself(place: Path) -> None:
    good = district.filled(place, "S01", district.all_good(place, "S01"))
    data = archive_of(
        ("школы/S01.xlsx", good),
        ("../S02.xlsx", district.filled(place, "S02", district.all_good(place, "S02"))),
        ("страница.xls", b"<html></html>"),
        ("бомба.xlsx", b"\0" * (40 << 20)),
        ("скан.pdf", b"%PDF"),
    )
    district.receive(place, "все.zip", data)

    result = press(place)

    verdicts = {one.origin.file: one.verdict for one in result.consolidation.files}
    assert verdicts == {
        "все.zip/школы/S01.xlsx": Verdict.ACCEPTED,
        "все.zip/../S02.xlsx": Verdict.REFUSED,
        "все.zip/страница.xls": Verdict.REFUSED,
        "все.zip/бомба.xlsx": Verdict.REFUSED,
        "все.zip/скан.pdf": Verdict.SKIPPED,
    }
    assert not (place.parent / "S02.xlsx").exists()
    assert not list(place.rglob("S02.xlsx"))


def test_the_bytes_of_what_could_not_be_unpacked_are_kept(place: Path) -> None:
    data = archive_of(("../S02.xlsx", b"x"))
    district.receive(place, "все.zip", data)

    press(place)

    assert store.read_original(store.open_campaign(place), store.sha256(data)) == data


def test_an_archive_cut_on_the_way_is_refused_whole_and_kept(place: Path) -> None:
    data = archive_of(("S01.xlsx", b"x" * 5_000))[:-40]
    district.receive(place, "все.zip", data)

    result = press(place)

    assert [(one.origin.file, one.verdict) for one in result.consolidation.files] == [
        ("все.zip", Verdict.REFUSED)
    ]
    assert store.read_original(store.open_campaign(place), store.sha256(data)) == data


def test_what_a_mac_adds_to_an_archive_is_no_copy(place: Path) -> None:
    """«__MACOSX/._отчёт.xlsx» stands beside every file zipped on a Mac."""
    good = district.filled(place, "S01", district.all_good(place, "S01"))
    data = archive_of(("S01.xlsx", good), ("__MACOSX/._S01.xlsx", b"\0\5\26\7Mac OS X"), (".DS_Store", b"\0"))
    district.receive(place, "школа.zip", data)

    result = press(place)

    verdicts = {one.origin.file: one.verdict for one in result.consolidation.files}
    assert verdicts == {
        "школа.zip/S01.xlsx": Verdict.ACCEPTED,
        "школа.zip/__MACOSX/._S01.xlsx": Verdict.SKIPPED,
        "школа.zip/.DS_Store": Verdict.SKIPPED,
    }
