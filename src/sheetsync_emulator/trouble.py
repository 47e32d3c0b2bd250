"""What the service refuses, in the words and numbers Google uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class ApiError(Exception):
    """A refusal: ``code`` is the HTTP status, ``status`` Google's name of it, ``reason`` that of Drive."""

    def __init__(
        self,
        code: int,
        status: str,
        message: str,
        *,
        reason: str = "",
        domain: str = "global",
        details: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code, status, message)
        self.code = code
        self.status = status
        self.message = message
        self.reason = reason
        self.domain = domain
        self.details = tuple(details)
        self.headers = dict(headers or {})


def invalid(message: str) -> ApiError:
    """A request that makes no sense: 400."""
    return ApiError(400, "INVALID_ARGUMENT", message, reason="badRequest")


def missing(message: str = "Requested entity was not found.") -> ApiError:
    """Something that is not there: 404."""
    return ApiError(404, "NOT_FOUND", message, reason="notFound")
