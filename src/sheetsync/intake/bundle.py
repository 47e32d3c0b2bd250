"""A zip of forms («все школы одним архивом») taken apart in memory, as carefully as a workbook."""

from __future__ import annotations

from dataclasses import dataclass

from sheetsync.intake import sniff
from sheetsync.intake.archive import Archive, shown_name
from sheetsync.intake.gate import Refused
from sheetsync.intake.limits import LIMITS, Limits, Reason, Refusal

_PACKAGE_MARKS = ("[content_types].xml", "mimetype")


@dataclass(frozen=True, slots=True)
class BundledFile:
    """One file of an archive; ``name`` has its folders («Школа 1/форма.xlsx»), for messages only."""

    name: str
    data: bytes


def unpack(data: bytes, limits: Limits = LIMITS) -> tuple[BundledFile, ...] | Refused | None:
    """The files of a plain zip, in its order; None when the bytes are no plain zip.

    A workbook is a zip too and is not taken apart. Archives inside are left as they are: opening
    them as copies says «архив».
    """
    if not data.startswith(sniff.ZIP):
        return None
    try:
        return _unpack(data, limits)
    except Refusal as refusal:
        return Refused(refusal.reason, refusal.reason.what(refusal.detail))


def _unpack(data: bytes, limits: Limits) -> tuple[BundledFile, ...] | None:
    if len(data) > limits.file_bytes:
        raise Refusal(Reason.FILE_TOO_BIG, limits.file_bytes >> 20)
    archive = Archive(data, limits)
    if any(mark in archive.names for mark in _PACKAGE_MARKS):
        return None
    left = limits.total_bytes
    files: list[BundledFile] = []
    for name, member in archive.names.items():
        files.append(BundledFile(shown_name(member), archive.inflate(name, left)))
        left -= len(files[-1].data)
    return tuple(files)
