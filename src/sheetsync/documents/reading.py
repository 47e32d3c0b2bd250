"""One door for an order's file, whatever its format; the content decides, the name only helps."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Final

from sheetsync.documents.docx_file import read_docx
from sheetsync.documents.pdf_file import read_pdf
from sheetsync.documents.sheet_file import read_sheets
from sheetsync.documents.text_file import read_text
from sheetsync.notices import Notice, say
from sheetsync.plan.document import Document, OrderRefused

_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_OLD_WORD: Final = "WordDocument".encode("utf-16-le")
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
_OTHER_FORMATS: Final = (
    (re.compile(rb"\s*\{\\rtf"), "RTF"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table)\b", re.IGNORECASE), "HTML"),
    (re.compile(rb"MIME-Version:", re.IGNORECASE), "MHTML"),
    (
        re.compile(rb"PK.{28}mimetypeapplication/vnd\.oasis\.opendocument\.text", re.DOTALL),
        "OpenDocument (.odt)",
    ),
)
_PDF: Final = b"%PDF-"
_JUNK_BEFORE_PDF: Final = 1024
"""How many bytes some servers and scanners write before the file proper; readers of PDF allow it."""


def read_order_document(data: bytes, name: str) -> Document:
    """The neutral document in a file. Raises ``OrderRefused`` saying why and what to do."""
    if not data.strip(b"\0 \t\r\n"):
        raise OrderRefused(say(Notice.ORDER_EMPTY, name=name))
    for mark, kind in _OTHER_FORMATS:
        if mark.match(data):
            raise OrderRefused(say(Notice.ORDER_OTHER_FORMAT, name=name, kind=kind))
    return _reader(data, name)(data, name)


def _reader(data: bytes, name: str) -> Callable[[bytes, str], Document]:
    if _PDF in data[:_JUNK_BEFORE_PDF]:
        return read_pdf
    if data.startswith(b"PK"):
        return read_docx if _is_word(data) else read_sheets
    if data.startswith(_OLE):
        if _OLD_WORD in data:
            raise OrderRefused(say(Notice.ORDER_OLD_WORD, name=name))
        if _LOCKED in data:
            raise OrderRefused(say(Notice.ORDER_LOCKED, name=name))
        return read_sheets
    if data.startswith(_PICTURES):
        raise OrderRefused(say(Notice.ORDER_SCAN, name=name))
    return read_text


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(member.startswith("word/") for member in package.namelist())
    except zipfile.BadZipFile:
        return b"word/document.xml" in data
