"""Letters are handed to the mail server one by one over a protected line; each end is told apart.

A refused letter (``LetterRefused``) does not stop the others. A line that broke (``LineLost``) or a
password that is wrong (``NotLetIn``) ends the delivery. ``PerhapsSent`` is for the moment when the
letter was handed over and the server's answer did not come: such a letter is not sent again.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from sheetsync.letters.notices import LetterNotice
from sheetsync.mailing.server import Server
from sheetsync.notices import say
from sheetsync.text import squeeze, visible

_SECONDS: Final = 60
_OK: Final = (250, 251)
_CLOSING: Final = 421
_LONGEST_REPLY: Final = 200


class PostError(Exception):
    """``args[0]`` is what the server or the system said."""


class NotLetIn(PostError):
    """The server does not take the name and the password."""


class LineLost(PostError):
    """There is no protected line to the server, or it broke before a letter was handed over."""


class PerhapsSent(PostError):
    """The line broke when the letter was handed over already."""


class LetterRefused(PostError):
    """The server will not take this letter; ``for_now``: it asks to be asked again later."""

    def __init__(self, reply: str, *, for_now: bool = False) -> None:
        super().__init__(reply)
        self.for_now = for_now


class Refused(Struct, frozen=True):
    """An address of a letter that the server would not take, though it took the letter."""

    address: str
    reply: str


class Post:
    """An open line to the server; ``open_post`` makes one."""

    def __init__(self, line: smtplib.SMTP, sender: str) -> None:
        self._line = line
        self._sender = sender

    def send(self, message: bytes, to: Sequence[str], copies: Sequence[str] = ()) -> tuple[Refused, ...]:
        """Hand over a letter; returns the addresses it did not go to. Raises ``PostError``."""
        try:
            self._ask(self._line.mail(self._sender))
            refused = self._recipients(to, copies)
        except (smtplib.SMTPException, OSError) as error:
            raise LineLost(told(error)) from error
        try:
            code, reply = self._line.data(message)
        except smtplib.SMTPDataError as error:
            raise self._refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise PerhapsSent(told(error)) from error
        if code not in _OK:
            raise self._refusal(code, reply)
        return refused

    def _recipients(self, to: Sequence[str], copies: Sequence[str]) -> tuple[Refused, ...]:
        """Name who gets it: one of ``to`` at least, or the letter does not go to anybody."""
        replies = {address: self._line.rcpt(address) for address in dict.fromkeys((*to, *copies))}
        refused = {address: reply for address, reply in replies.items() if reply[0] not in _OK}
        if all(address in refused for address in to):
            raise self._refusal(*refused[to[0]])
        return tuple(Refused(address, _words(*reply)) for address, reply in refused.items())

    def _ask(self, reply: tuple[int, bytes]) -> None:
        if reply[0] not in _OK:
            raise self._refusal(*reply)

    def _refusal(self, code: int, reply: bytes | str) -> PostError:
        """A refusal of this letter; the line is made ready for the next one."""
        if code == _CLOSING:
            return LineLost(_words(code, reply))
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self._line.rset()
        return LetterRefused(_words(code, reply), for_now=400 <= code < 500)


@contextlib.contextmanager
def open_post(
    server: Server, sender: str, password: Callable[[], str], trust: ssl.SSLContext | None = None
) -> Iterator[Post]:
    """A protected line to the server, logged in where it asks for that.

    ``trust`` says whose certificates count, when not those the computer knows.
    Raises ``LineLost`` or ``NotLetIn``.
    """
    try:
        line = _protected(server, trust or ssl.create_default_context())
    except (smtplib.SMTPException, OSError) as error:
        raise LineLost(told(error)) from error
    try:
        _log_in(line, sender, password)
        yield Post(line, sender)
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            line.quit()
        line.close()


def _protected(server: Server, trust: ssl.SSLContext) -> smtplib.SMTP:
    if server.speaks_tls_at_once:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=trust)
    line = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    try:
        line.ehlo_or_helo_if_needed()
        if line.has_extn("starttls") or not server.is_this_computer:
            line.starttls(context=trust)
    except BaseException:
        line.close()
        raise
    return line


def _log_in(line: smtplib.SMTP, sender: str, password: Callable[[], str]) -> None:
    """Servers of an office may know it by its address and ask for nothing."""
    try:
        line.ehlo_or_helo_if_needed()
        if line.has_extn("auth"):
            line.login(sender, password())
    except UnicodeEncodeError:
        raise NotLetIn(say(LetterNotice.FOREIGN_PASSWORD)) from None  # its text holds the password
    except smtplib.SMTPAuthenticationError as error:
        raise NotLetIn(_words(error.smtp_code, error.smtp_error)) from error
    except (smtplib.SMTPServerDisconnected, OSError) as error:
        raise LineLost(told(error)) from error
    except smtplib.SMTPException as error:
        raise NotLetIn(told(error)) from error


def told(error: Exception) -> str:
    """What an error of the line says, as a person can read it."""
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return _short(str(reason))


def _words(code: int, reply: bytes | str) -> str:
    said = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return _short(f"{code} {said}")


def _short(text: str) -> str:
    return visible(squeeze(text))[:_LONGEST_REPLY]
