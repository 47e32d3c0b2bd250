"""The emulator on a port of this computer."""

from __future__ import annotations

import select
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from sheetsync_emulator.answers import Answer, ConnectionLost, NeverAnswered
from sheetsync_emulator.service import Emulator

HERE: Final = "127.0.0.1"
GLANCE: Final = 0.05
RESET_AT_ONCE: Final = struct.pack("ii", 1, 0)


class Server(ThreadingHTTPServer):
    """Listens on the loopback address only; port 0 = any free one."""

    daemon_threads = False  # whoever still answers is waited for when the server stops
    request_queue_size = 64

    def __init__(self, emulator: Emulator, port: int = 0) -> None:
        super().__init__((HERE, port), Handler)
        self.emulator = emulator
        self.stopping = threading.Event()
        self.connections: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://{HERE}:{self.server_port}"

    def stop(self) -> None:
        """Hang up on everybody and listen no more."""
        self.stopping.set()
        self.shutdown()
        for connection in list(self.connections):
            hang_up(connection)
        self.server_close()


def hang_up(connection: socket.socket) -> None:
    """End a connection from this side; it may have ended already."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class Handler(BaseHTTPRequestHandler):
    """Hands each call to the emulator; a connection is kept for the next one."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves in one piece: else Nagle's algorithm costs 40 ms a call
    server: Server

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)
        if self.server.stopping.is_set():
            hang_up(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        with suppress(OSError):
            super().finish()

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            answer = self.server.emulator.handle(self.command, self.path, dict(self.headers.items()), body)
        except ConnectionLost:
            self._reset()
        except NeverAnswered:
            self._keep_silent()
        else:
            self._send(answer)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _reset(self) -> None:
        """Close so that the other side sees a reset, not an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
        self.close_connection = True
        self.rfile.close()
        self.connection.close()

    def _keep_silent(self) -> None:
        """Say nothing until the other side gives up or the server stops."""
        self.close_connection = True
        while not self.server.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], GLANCE)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The emulator keeps its own log."""


@contextmanager
def served(emulator: Emulator, port: int = 0, *, links: bool = False) -> Iterator[str]:
    """Serve while the block lasts; gives the base url. ``links`` = files are opened here, not at Google."""
    server = Server(emulator, port)
    if links:
        emulator.shelf.place = server.url
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": GLANCE}, daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.stop()
        thread.join()
