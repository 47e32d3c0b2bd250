"""What «check-links» prints: how many links of each kind, and which do not open to everybody."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from sheetsync.campaign import LinksChecked
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.lines import plain_line
from sheetsync.messages import tr
from sheetsync.model import LinkVerdict
from sheetsync.notices import say

_WORTH_TELLING: Final = (LinkVerdict.DEAD, LinkVerdict.SIGN_IN, LinkVerdict.NOT_A_LINK, LinkVerdict.UNCHECKED)


def show_links(result: LinksChecked) -> None:
    """Counts of the five verdicts, then every link that is not simply open, with its row."""
    if not result.links:
        plain_line(say(ReviewNotice.LINKS_NONE))
        return
    asked = sum(one.is_new for one in result.links)
    plain_line(say(ReviewNotice.LINKS_CHECKED, all=len(result.links), asked=asked))
    counts = Counter(one.check.verdict for one in result.links)
    for verdict in LinkVerdict:
        if counts[verdict]:
            plain_line("  " + say(ReviewNotice.LINKS_VERDICT, verdict=tr(verdict), count=counts[verdict]))
    if result.is_offline:
        plain_line(say(ReviewNotice.LINKS_OFFLINE))
        return
    for verdict in _WORTH_TELLING:
        for one in result.links:
            if one.check.verdict is verdict:
                told = {"participant": one.participant, "number": one.number, "address": one.address}
                plain_line("  " + say(ReviewNotice.LINKS_LINE, reason=tr(one.check.reason), **told))
    if counts[LinkVerdict.DEAD]:
        plain_line(say(ReviewNotice.LINKS_NEXT))


def links_as_json(result: LinksChecked) -> list[dict[str, Any]]:
    return [
        {
            "participant": one.participant,
            "number": one.number,
            "address": one.address,
            "verdict": one.check.verdict.name.lower().replace("_", "-"),
            "reason": tr(one.check.reason) if one.check.reason else "",
            "checked_on": one.check.checked_on.isoformat() if one.check.checked_on else None,
        }
        for one in result.links
    ]
