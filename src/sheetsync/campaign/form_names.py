"""What the form of a participant is called, as a file and as a spreadsheet."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from sheetsync.model import Participant, name_in_google

_NOT_IN_A_FILE_NAME: Final = re.compile(
    r'[<>:"/\\|?*\x00-\x20\x7f-\x9f«»\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]+'
)
_NAME_LENGTH: Final = 60


def form_title(participant: Participant) -> str:
    """«S01 Липовская СОШ №2»: safe on every system."""
    name = _NOT_IN_A_FILE_NAME.sub(" ", participant.short_name)
    name = " ".join(name.split())[:_NAME_LENGTH].rstrip(". ")
    return f"{participant.code} {name}".rstrip()


def form_name(participant: Participant) -> str:
    """«S01 Липовская СОШ №2.xlsx»."""
    return f"{form_title(participant)}.xlsx"


def returned_name(participant: Participant, number: int) -> str:
    """«S01 Липовская СОШ №2 (возврат 1).xlsx»; the same in every language."""
    return f"{form_title(participant)} (возврат {number}).xlsx"


def sheet_name(participant: Participant) -> str:
    """What the journal calls a form that went into a Google sheet; the same in every language."""
    return f"{form_title(participant)} (Google)"


def copy_name(title: str, at: datetime) -> str:
    """«S01 Липовская СОШ №2 (Google, 22.11.2026 14:05)»: what a sheet held from a time on."""
    return name_in_google(title, at)
