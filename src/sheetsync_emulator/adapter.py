"""The emulator inside this process, for ``requests``: no sockets, so thousands of calls take seconds."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import requests
from requests.adapters import BaseAdapter

from sheetsync_emulator.answers import ConnectionLost, NeverAnswered
from sheetsync_emulator.service import Emulator


class InProcess(BaseAdapter):
    """Mount it on a session for the addresses that the emulator is to answer."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__()
        self.emulator = emulator

    def send(  # noqa: PLR0917 - the signature of requests
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: ARG002
        timeout: Any = None,  # noqa: ARG002
        verify: bool | str = True,  # noqa: ARG002
        cert: Any = None,  # noqa: ARG002
        proxies: Mapping[str, str] | None = None,  # noqa: ARG002
    ) -> requests.Response:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        try:
            answer = self.emulator.handle(request.method or "GET", request.url or "", request.headers, body)
        except ConnectionLost:
            raise requests.ConnectionError("Connection reset by peer", request=request) from None
        except NeverAnswered:
            raise requests.ReadTimeout("Read timed out.", request=request) from None
        response = requests.Response()
        response.status_code = answer.status
        response.headers.update(answer.headers)
        response.raw = io.BytesIO(answer.body)
        response.url = request.url or ""
        response.request = request
        response.encoding = "utf-8"
        return response

    def close(self) -> None:
        """There is nothing to close."""
