"""Workbooks sent along with a copy: once a row is found for one, it is no report that went wrong."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from sheetsync.merge.received import Received
from sheetsync.model import PlacedFile, Verdict


def without_report(file: Received, placed: Iterable[PlacedFile]) -> Received:
    """The file as one that confirms a row and is not read as a report, when it does confirm one."""
    if file.verdict is Verdict.UNRECOGNISED and any(
        one.confirms and one.file == file.attached for one in placed
    ):
        return replace(file, verdict=Verdict.SKIPPED, findings=())
    return file
