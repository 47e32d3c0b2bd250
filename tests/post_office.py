"""A post office on this computer: a real SMTP server that takes, refuses or breaks off as told."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as HEADERS
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sheetsync.mailing.server import Server

HOST = "127.0.0.1"
TAKEN = "250 OK"


@dataclass(frozen=True)
class Received:
    """A letter the server took."""

    sender: str
    to: tuple[str, ...]
    message: EmailMessage


@dataclass
class PostOffice:
    """What the server is told to do, and what it took.

    ``refused`` maps an address to the reply given at RCPT; ``after_data`` decides about a letter that
    was handed over: a reply, or None to hang up without one.
    """

    password: str = ""
    refused: dict[str, str] = field(default_factory=dict)
    after_data: Callable[[Received], str | None] = lambda _: TAKEN
    letters: list[Received] = field(default_factory=list)
    server: Server = field(default_factory=lambda: Server(HOST))
    logins: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return TAKEN

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = BytesParser(EmailMessage, policy=HEADERS).parsebytes(bytes(envelope.content or b""))
        received = Received(str(envelope.mail_from), tuple(map(str, envelope.rcpt_tos)), message)
        reply = self.after_data(received)
        if reply is None:
            server.transport.abort()
            return TAKEN
        if reply == TAKEN:
            self.letters.append(received)
        return reply

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
    ) -> AuthResult:
        self.logins += 1
        is_right = isinstance(data, LoginPassword) and data.password.decode() == self.password
        return AuthResult(success=is_right, handled=False)


@dataclass(frozen=True)
class Certificate:
    """Of «localhost», made for one run: for the server, and for who trusts it."""

    file: Path

    @property
    def for_server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.file))


def certificate(folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begin = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "localhost.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return Certificate(file)


class _OnFreePort(Controller):
    """The controller knocks at its own port when it starts: it has to know which one it got."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def open_office(office: PostOffice, tls: Certificate | None = None, **parts: Any) -> Iterator[PostOffice]:
    """The server of ``office`` on a free port: open, or by STARTTLS where a certificate is given."""
    options: dict[str, Any] = {"auth_require_tls": not office.password, **parts}
    if office.password:
        options |= {"authenticator": office.authenticate}
    if tls:
        options |= {"tls_context": tls.for_server, "require_starttls": True}
    controller = _OnFreePort(office, hostname=HOST, port=0, **options)
    controller.start()
    try:
        office.server = Server(HOST, controller.port)
        yield office
    finally:
        controller.stop()
