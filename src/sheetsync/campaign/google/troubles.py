"""Why Google did not do it, in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.notices import say
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble

_SAID: Final[Mapping[GoogleTrouble, GoogleNotice]] = MappingProxyType(
    {one: GoogleNotice[f"TROUBLE_{one.name}"] for one in GoogleTrouble}
)


def sentence_of(refused: GoogleRefused) -> str:
    """What happened and what to do, in the current language."""
    return say(_SAID[refused.trouble], detail=refused.detail or refused.trouble.value)
