"""What macros a workbook holds: modules and their code, read from vbaProject.bin and never run.

The project is a compound file; [MS-OVBA] tells its streams. It is read for one question only:
whose macros these are, so that nobody's are overwritten.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    import olefile

_DIR: Final = "VBA/dir"
_PROJECT: Final = "PROJECT"
_DOCUMENT: Final = "document="

_NO_CODE: Final = ("attribute ", "rem attribute ", "option ", "'")
_CHUNK: Final = 4096


class _Record(IntEnum):
    """The records of «dir» we need."""

    CODE_PAGE = 0x03
    VERSION = 0x09
    NAME = 0x19
    STREAM = 0x32
    OFFSET = 0x31


class UnreadableProjectError(ValueError):
    """The bytes are no VBA project we can read."""


class Module(Struct, frozen=True):
    """One module: ``code`` is its lines without attributes, options and comments, spelled one way."""

    name: str
    code: str
    is_document: bool


def read_project(data: bytes) -> tuple[Module, ...]:
    """The modules of a project. Raises ``UnreadableProjectError``."""
    import olefile  # noqa: PLC0415 - only a workbook whose macros are looked at needs it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            documents = _documents(file.openstream(_PROJECT).read().decode("latin-1"))
            return tuple(
                Module(name, _code(text), name.casefold() in documents) for name, text in _sources(file)
            )
    except (OSError, IndexError, LookupError, struct.error) as error:
        raise UnreadableProjectError(str(error)) from error


def _documents(project: str) -> set[str]:
    lines = (line.strip() for line in project.splitlines())
    named = (line[len(_DOCUMENT) :] for line in lines if line.casefold().startswith(_DOCUMENT))
    return {one.partition("/")[0].casefold() for one in named}


def _sources(file: olefile.OleFileIO) -> Iterator[tuple[str, str]]:
    """Names and texts of the modules, as the stream «dir» lists them."""
    page, name, stream = "cp1252", "", ""
    for kind, value in _records(decompress(file.openstream(_DIR).read())):
        match kind:
            case _Record.CODE_PAGE:
                page = f"cp{int.from_bytes(value, 'little')}"
            case _Record.NAME:
                name = value.decode(page, "replace")
            case _Record.STREAM:
                stream = value.decode("utf-16-le", "replace")
            case _Record.OFFSET:
                at = int.from_bytes(value, "little")
                text = decompress(file.openstream(f"VBA/{stream or name}").read()[at:])
                yield name, text.decode(page, "replace")


def _records(listing: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 6 <= len(listing):
        kind, size = struct.unpack_from("<HI", listing, at)
        if kind == _Record.VERSION:
            size = 6  # the one record whose size does not tell its length
        yield kind, listing[at + 6 : at + 6 + size]
        at += 6 + size


def _code(text: str) -> str:
    lines = (" ".join(line.split()).casefold() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(_NO_CODE))


def decompress(data: bytes) -> bytes:
    """A compressed container ([MS-OVBA] 2.4.1). Raises ``IndexError`` where it is cut or broken."""
    if data[0] != 1:
        raise IndexError("no compressed container")
    out = bytearray()
    at = 1
    while at < len(data):
        header = int.from_bytes(data[at : at + 2], "little")
        end = min(at + (header & 0x0FFF) + 3, len(data))
        if header & 0x8000:
            out += _chunk(data[at + 2 : end])
        else:
            out += data[at + 2 : at + 2 + _CHUNK]
        at = end
    return bytes(out)


def _chunk(data: bytes) -> bytes:
    """One chunk: bytes as they are, or copies of what came before."""
    out = bytearray()
    at = 0
    while at < len(data):
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= len(data):
                break
            if not flags >> bit & 1:
                out.append(data[at])
                at += 1
                continue
            token = int.from_bytes(data[at : at + 2], "little")
            at += 2
            width = max((len(out) - 1).bit_length(), 4)
            start = len(out) - (token >> (16 - width)) - 1
            if start < 0:
                raise IndexError("a copy of what was never there")
            for step in range((token & (0xFFFF >> width)) + 3):
                out.append(out[start + step])
    return bytes(out)
