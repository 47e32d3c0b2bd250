"""The command «check-links»: whether the addresses schools name open. Only when asked; nothing else fetches.

Verdicts are remembered with the day, so the next consolidation tells of dead links and the next
check asks only for what is new, was dead or could not be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign.collecting import Progress
from sheetsync.campaign.desk_file import FileDesk
from sheetsync.campaign.files import journal_of
from sheetsync.campaign.found_now import found_now
from sheetsync.campaign.parts.standing import ROWS
from sheetsync.checks.link_verdicts import links_of
from sheetsync.links.addresses import full_address, refused_unasked
from sheetsync.links.asking import Asker, connected
from sheetsync.links.rounds import Ask, asked_in_turn, site_of
from sheetsync.model import Consolidation, LinkCheck, LinkReason, LinkVerdict

_GOOD_FOR: Final = {
    LinkVerdict.OPENS: timedelta(days=30),
    LinkVerdict.SIGN_IN: timedelta(days=7),
    LinkVerdict.DEAD: timedelta(days=1),
    LinkVerdict.NOT_A_LINK: timedelta(days=30),
}
"""How long a verdict is believed without asking again; what was not checked is always asked for."""

_NO_INTERNET: Final = LinkCheck(LinkVerdict.UNCHECKED, LinkReason.NO_INTERNET)
_COVERED: Final = "***"
"""Stands in an address a part of which is personal data: what is left of it leads nowhere."""

_SILENT: Final = (LinkReason.NO_SITE, LinkReason.SILENT)
"""What every address comes to where there is no Internet."""


class CheckedLink(Struct, frozen=True):
    """An address, where it stands, and what was found; ``is_new`` when it was asked for in this run."""

    participant: str
    number: str
    address: str
    check: LinkCheck
    is_new: bool


class LinksChecked(Struct, frozen=True):
    """Every address of the свод once for each row that names it; ``is_offline`` when nothing answered."""

    links: tuple[CheckedLink, ...]
    is_offline: bool = False

    @property
    def needs_user(self) -> bool:
        return self.is_offline or any(one.check.verdict is LinkVerdict.DEAD for one in self.links)


def check_links(
    place: Path,
    now: datetime,
    *,
    again: bool = False,
    ask: Ask | None = None,
    wait: Callable[[float], object] | None = None,
    progress: Progress = lambda *_: None,
) -> LinksChecked:
    """Ask for every address that schools name and nobody looked at lately; ``again``: for all of them.

    ``ask`` and ``wait`` replace the network and the clock. Interrupted, it keeps what is known by
    then. Raises ``store.StoreError``.
    """
    campaign = store.open_campaign(place)
    with store.one_writer(campaign, now, "check-links") as hold, journal_of(campaign) as journal:
        desk = FileDesk(campaign, hold, now)
        found = found_now(campaign, journal, desk, hold, (now.date(), now), wanted=ROWS)
        named = tuple(_named(found))
        known = {address: journal.links.known(address) for *_, address in named}
        to_ask = [one for one, check in known.items() if again or not _is_fresh(check, now.date())]
        fresh: dict[str, LinkCheck] = {}
        for address, check in _checked(to_ask, ask, wait, progress):
            fresh[address] = replace(check, checked_on=now.date())
            journal.links.remember(address, check, now.date())
            journal.commit()
        is_offline = _is_offline(fresh)
        if is_offline:
            fresh = {address: known[address] or _NO_INTERNET for address in fresh}
            for address, check in fresh.items():
                journal.links.remember(address, check, check.checked_on or now.date())
    names = {one.code: one.short_name for one in found.plan.participants}
    numbers = {row.key: row.number for row in found.plan.rows}
    told = tuple(
        CheckedLink(names[who], numbers.get(what, ""), address, looked, address in fresh)
        for who, what, address in named
        if (looked := fresh.get(address) or known[address])
    )
    return LinksChecked(told, is_offline)


def _named(found: Consolidation) -> Iterator[tuple[str, str, str]]:
    """Participant, activity and address; one with personal data covered in it is nobody's address."""
    for outcome in found.outcomes:
        for address in links_of(outcome.entry) if outcome.entry else ():
            if _COVERED not in address:
                yield outcome.participant, outcome.activity, address


def _checked(
    addresses: list[str], ask: Ask | None, wait: Callable[[float], object] | None, progress: Progress
) -> Iterator[tuple[str, LinkCheck]]:
    """Verdicts on addresses as they are written, one question for all spellings of one page."""
    spelled: dict[str, list[str]] = {}
    for address in addresses:
        spelled.setdefault(full_address(address), []).append(address)
    unasked = {page: check for page in spelled if (check := refused_unasked(page))}
    for page, check in unasked.items():
        yield from ((address, check) for address in spelled[page])
    pages = [page for page in spelled if page not in unasked]
    with connected() as client:
        answers = asked_in_turn(pages, ask or Asker(client).ask, wait)
        for done, (page, check) in enumerate(answers, 1):
            progress(done, len(pages), page)
            yield from ((address, check) for address in spelled[page])


def _is_fresh(check: LinkCheck | None, today: date) -> bool:
    good_for = _GOOD_FOR.get(check.verdict) if check else None
    return bool(check and check.checked_on and good_for and today - check.checked_on < good_for)


def _is_offline(fresh: Mapping[str, LinkCheck]) -> bool:
    """Several sites were asked and nobody answered: a broken network is no defect of the schools' sites."""
    asked = [one for one, check in fresh.items() if check.verdict is not LinkVerdict.NOT_A_LINK]
    return len({site_of(full_address(one)) for one in asked}) > 1 and all(
        fresh[one].reason in _SILENT for one in asked
    )
