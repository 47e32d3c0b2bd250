"""Whom a spreadsheet is shared with."""

from __future__ import annotations

import re
from typing import Final

from sheetsync.model import Participant

_BETWEEN: Final = re.compile(r"[\s;,]+")
WHOEVER_HAS_THE_LINK: Final = ""


def addresses_of(participant: Participant) -> tuple[str, ...]:
    """The addresses «Участники» has beside a participant."""
    return tuple(one for one in _BETWEEN.split(participant.email or "") if one)
