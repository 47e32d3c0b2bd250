"""What «google doctor» may find, by name: steps and codes. The sentences stand in ``checkup_catalogue``."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """What is tried, in this order."""

    SIGN_IN = "Вход"
    TOKEN = "Ответ Google"
    CLOCK = "Часы"
    ACCOUNT = "Учётная запись"
    ROOM = "Место на Диске"
    LIST = "Список файлов"
    MAKE = "Новая таблица"
    WRITE = "Запись"
    READ = "Чтение"
    PROTECT = "Защита"
    ACCESS = "Кто имеет доступ"
    CLEAN = "Уборка"


class GoogleCheck(StrEnum):
    """What may be found. The words stand in ``--json``."""

    SIGNED_IN = "signed-in"
    NOT_SIGNED_IN = "not-signed-in"
    RUNS_OUT = "runs-out"
    STATUS_UNKNOWN = "status-unknown"
    PUBLISHED = "published"
    # --- the token
    TOKEN_GOOD = "token-good"
    TOKEN_TESTING = "token-testing"
    TOKEN_REVOKED = "token-revoked"
    TOKEN_CLOCK = "token-clock"
    KEY_GONE = "key-gone"
    CLIENT_GONE = "client-gone"
    COMPUTER_NOT_SET_UP = "computer-not-set-up"
    # --- this computer and the account
    CLOCK_GOOD = "clock-good"
    CLOCK_OFF = "clock-off"
    ACCOUNT_GOOD = "account-good"
    ROOM_GOOD = "room-good"
    ROOM_UNLIMITED = "room-unlimited"
    ROOM_LITTLE = "room-little"
    # --- what it may do
    LIST_GOOD = "list-good"
    MAKE_GOOD = "make-good"
    WRITE_GOOD = "write-good"
    READ_GOOD = "read-good"
    READ_DIFFERS = "read-differs"
    PROTECT_GOOD = "protect-good"
    ACCESS_GOOD = "access-good"
    CLEAN_GOOD = "clean-good"
    CLEAN_LEFT = "clean-left"
    # --- why a step was refused
    UNREACHABLE = "unreachable"
    API_OFF = "api-off"
    SCOPE_MISSING = "scope-missing"
    ADMIN_FORBIDS = "admin-forbids"
    OWNS_NO_FILES = "owns-no-files"
    ROOM_NONE = "room-none"
    BUSY = "busy"
    REFUSED = "refused"
    NOT_TRIED = "not-tried"
