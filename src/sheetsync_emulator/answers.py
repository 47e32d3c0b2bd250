"""What comes back over the wire: JSON, text, Google's bodies of errors, or nothing at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from sheetsync_emulator.routes import Api
from sheetsync_emulator.trouble import ApiError

Json = dict[str, Any]

JSON_TYPE: Final = {"Content-Type": "application/json; charset=UTF-8"}
HTML_TYPE: Final = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> Json:
        """The body as an object; empty when there is none."""
        return json.loads(self.body) if self.body else {}


class ConnectionLost(Exception):
    """No answer: the connection was reset."""


class NeverAnswered(Exception):
    """No answer: the caller waits until its patience ends."""


def of_json(content: Json | None, status: int = HTTPStatus.OK) -> Answer:
    """An object as an answer; nothing to say is 204."""
    if content is None:
        return Answer(HTTPStatus.NO_CONTENT, JSON_TYPE)
    return Answer(status, JSON_TYPE, json.dumps(content, ensure_ascii=False).encode())


def of_text(text: str, kind: str) -> Answer:
    return Answer(HTTPStatus.OK, {"Content-Type": kind}, text.encode())


def of_html(page: str, status: int = HTTPStatus.OK) -> Answer:
    return Answer(status, HTML_TYPE, page.encode())


def of_error(error: ApiError, api: Api) -> Answer:
    """A refusal as the two services word it: Sheets names a status word, Drive lists errors with reasons."""
    body: Json = {"code": error.code, "message": error.message}
    if api is Api.DRIVE:
        reason = error.reason or "badRequest"
        body["errors"] = [{"message": error.message, "domain": error.domain, "reason": reason}]
    if api is Api.SHEETS or error.code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS}:
        body["status"] = error.status
    if error.details:
        body["details"] = list(error.details)
    text = json.dumps({"error": body}, ensure_ascii=False)
    return Answer(error.code, JSON_TYPE | error.headers, text.encode())
