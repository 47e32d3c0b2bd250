"""THE catalogue of doubts: what the reader of an order tells the coordinator to look at.

A doubt is a value (``model.Doubt``); its text lives here, once. Codes are stable words; a retired
code stays listed in ``RETIRED``.
"""

from __future__ import annotations

from typing import Final

from sheetsync.messages import tr
from sheetsync.model import Doubt

DOUBTS: Final[dict[str, str]] = {}

RETIRED: Final[frozenset[str]] = frozenset()


def text_of(doubt: Doubt) -> str:
    """The sentence a coordinator reads, in the current language."""
    return tr(DOUBTS[doubt.code]).format(**dict(doubt.params))


def doubt(code: str, **params: object) -> Doubt:
    """Build a doubt of the catalogue; an unknown code is a programming error (``KeyError``)."""
    DOUBTS[code]
    return Doubt(code, tuple((name, str(value)) for name, value in params.items()))
