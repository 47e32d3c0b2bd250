"""A letter becomes an e-mail: a draft a mail program opens ready to be sent, or a message that goes out.

Only ``email`` writes headers: what would break out of one is refused by it, and names are cleaned here.
The same letter gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from msgspec import Struct

from sheetsync.text import squeeze, visible

_DRAFT: Final = "X-Unsent"
_AS_WRITTEN: Final = SMTP.clone(refold_source="none")
"""Headers of a draft stay as they are: read and written anew, a name folded over two lines gets a space."""

_UNKNOWN: Final = "application/octet-stream"
_TYPES: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Attachment(Struct, frozen=True):
    """A file that goes with a message."""

    name: str
    data: bytes


class Correspondent(Struct, frozen=True):
    """A name and the addresses it is written to at."""

    name: str
    addresses: tuple[str, ...]

    def as_header(self) -> tuple[Address, ...]:
        name = visible(squeeze(self.name))
        return tuple(Address(name, addr_spec=one) for one in self.addresses)


def draft(
    subject: str,
    text: str,
    to: Correspondent,
    attachments: Sequence[Attachment],
    *,
    copies: Sequence[Correspondent] = (),
    sender: Correspondent | None = None,
) -> bytes:
    """The message as an .eml that is opened, looked through and sent by hand."""
    message = EmailMessage(policy=SMTP)
    message[_DRAFT] = "1"
    message["Subject"] = visible(squeeze(subject))
    if sender:
        message["From"] = sender.as_header()
    message["To"] = to.as_header()
    copied = tuple(address for one in copies for address in one.as_header())
    if copied:
        message["Cc"] = copied
    message.set_content(text, charset="utf-8", cte="base64")
    for one in attachments:
        main, _, sub = _type_of(one.name).partition("/")
        message.add_attachment(one.data, maintype=main, subtype=sub, filename=visible(one.name))
    message.set_boundary(f"sheetsync-{_digest(text, attachments)}")
    return message.as_bytes()


def to_send(eml: bytes, sender: Correspondent, at: datetime) -> bytes:
    """The draft as it goes out: from whom, when, and with an identity of its own."""
    message = BytesParser(EmailMessage, policy=_AS_WRITTEN).parsebytes(eml)
    del message[_DRAFT], message["From"]
    message["From"] = sender.as_header()
    message["Date"] = format_datetime(at)
    (address,) = sender.addresses[:1]
    told = hashlib.sha256(eml + at.isoformat().encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{told}@{address.rpartition('@')[2]}>"
    return message.as_bytes()


def _type_of(name: str) -> str:
    suffix = f".{name.rpartition('.')[2].lower()}"
    return _TYPES.get(suffix, _UNKNOWN)


def _digest(text: str, attachments: Iterable[Attachment]) -> str:
    """What no line of the message begins with."""
    found = hashlib.sha256(text.encode())
    for one in attachments:
        found.update(one.data)
    return found.hexdigest()[:32]
