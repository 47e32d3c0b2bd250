"""The refusals of the service as a whole, in Google's words: quotas, rights, storage, sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sheetsync_emulator.trouble import ApiError

USAGE: Final = "usageLimits"


def over_quota(
    cost: str = "Write", holder: str = "user", headers: Mapping[str, str] | None = None
) -> ApiError:
    """429: what was used up («Read», «Write») and whose limit it was."""
    metric = f"{cost} requests"
    return ApiError(
        429,
        "RESOURCE_EXHAUSTED",
        f"Quota exceeded for quota metric '{metric}' and limit '{metric} per minute per {holder}' of service "
        "'sheets.googleapis.com' for consumer 'project_number:1'.",
        reason="rateLimitExceeded",
        domain=USAGE,
        details=(
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": {"service": "sheets.googleapis.com", "consumer": "projects/1"},
            },
        ),
        headers=headers,
    )


def rate_limit() -> ApiError:
    """403 by which Drive says «slower»."""
    return _denied("User Rate Limit Exceeded", "userRateLimitExceeded", USAGE)


def no_rights() -> ApiError:
    """403 of Sheets."""
    return _denied("The caller does not have permission", "insufficientFilePermissions")


def no_rights_to_file() -> ApiError:
    """403 of Drive."""
    message = "The user does not have sufficient permissions for this file."
    return _denied(message, "insufficientFilePermissions")


def no_storage() -> ApiError:
    """403: the account has no room for files, or may own none."""
    return _denied("The user's Drive storage quota has been exceeded.", "storageQuotaExceeded", USAGE)


def sharing_limit() -> ApiError:
    """403: too many invitations; the limit is unpublished and lasts for hours."""
    message = 'Rate limit exceeded. User message: "Sorry, you have exceeded your sharing quota."'
    return _denied(message, "sharingRateLimitExceeded")


def unauthenticated() -> ApiError:
    """401: the token has run out or was revoked."""
    return ApiError(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or "
        "other valid authentication credential. See "
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
        reason="authError",
    )


def unavailable() -> ApiError:
    """503."""
    return ApiError(503, "UNAVAILABLE", "The service is currently unavailable.", reason="backendError")


def no_such_file(file_id: str) -> ApiError:
    """404 of Drive, also for files the caller may not see."""
    return ApiError(404, "NOT_FOUND", f"File not found: {file_id}.", reason="notFound")


def no_such_permission(permission_id: str) -> ApiError:
    """404 of Drive: nobody has this right."""
    return ApiError(404, "NOT_FOUND", f"Permission not found: {permission_id}.", reason="notFound")


def no_such_address() -> ApiError:
    """400: nobody at Google has this address, and no letter may be sent to it."""
    return ApiError(
        400,
        "INVALID_ARGUMENT",
        'Bad Request. User message: "You are trying to invite an address that has no Google account. You '
        'must check the box Notify people to invite this recipient."',
        reason="invalidSharingRequest",
    )


def not_valid(what: str) -> ApiError:
    """400 of Drive for a parameter it does not understand."""
    return ApiError(400, "INVALID_ARGUMENT", f"Invalid Value: {what}", reason="invalid")


def bad_request(message: str, reason: str = "badRequest") -> ApiError:
    """400 of Drive for anything else."""
    return ApiError(400, "INVALID_ARGUMENT", message, reason=reason)


def not_emulated(what: str) -> ApiError:
    """501: Google can do this, the stand-in cannot."""
    return ApiError(501, "UNIMPLEMENTED", f"The emulator does not know this: {what}", reason="notImplemented")


def _denied(message: str, reason: str, domain: str = "global") -> ApiError:
    return ApiError(403, "PERMISSION_DENIED", message, reason=reason, domain=domain)
