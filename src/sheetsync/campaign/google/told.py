"""What a refusal of Google is in words: a finding, a sentence, or a reason inside another."""

from __future__ import annotations

from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.findings import make
from sheetsync.model import Finding
from sheetsync.notices import say
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble


def why(refused: GoogleRefused) -> str:
    """The reason in a few words, to stand inside a sentence."""
    return say(GoogleNotice[f"WHY_{refused.trouble.name}"], detail=refused.detail)


def sentence_of(refused: GoogleRefused) -> str:
    """What happened and what to do."""
    told = GoogleNotice[f"TROUBLE_{refused.trouble.name}"]
    return say(told, detail=refused.detail or refused.trouble.value)


def sign_in_finding(refused: GoogleRefused) -> Finding | None:
    """What is told when the sign-in is what is wrong; ``None`` for everything else."""
    match refused.trouble:
        case GoogleTrouble.NOT_SIGNED_IN:
            return make("G602")
        case GoogleTrouble.EXPIRED:
            return make("G603")
    return None
