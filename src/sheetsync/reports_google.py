"""What «google login», «logout» and «doctor» print and ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from sheetsync.campaign.google.checkup_reasons import Told
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.lines import plain_line
from sheetsync.messages import tr
from sheetsync.notices import say
from sheetsync.reports_office import Line, outcome_of, show_lines
from sheetsync.terminal import Terminal


def consent(*, agreed: bool) -> Callable[[], bool]:
    """Shows what Google means for the office and asks; with ``agreed`` the answer was given beforehand."""

    def ask() -> bool:
        Terminal(stderr=True).print(say(GoogleNotice.CONSENT), markup=False)
        if agreed:
            return True
        yes = say(GoogleNotice.CONSENT_YES)
        question = say(GoogleNotice.CONSENT_QUESTION, yes=yes)
        answer = click.prompt(question, default="", show_default=False, err=True)
        return str(answer).strip(' «»".').casefold() in {yes, GoogleNotice.CONSENT_YES.value}

    return ask


def show_address(address: str) -> None:
    """Google's page, on a line of its own, to be copied whole."""
    show_sentences((say(GoogleNotice.LOGIN_ADDRESS),))
    click.echo(address, err=True)


def show_sentences(sentences: Sequence[str]) -> None:
    """Each on a line of its own; the terminal breaks it, so that a path in it can be copied."""
    for one in sentences:
        plain_line(one)


def show_checkup(lines: Sequence[Told]) -> None:
    """What was tried, in its order, with what to do under it; the outcome in one line."""
    show_lines([Line(one.level, tr(one.step.value), one.found, one.click) for one in lines], _outcome(lines))


def _outcome(lines: Sequence[Told]) -> str:
    levels = (one.level for one in lines)
    return outcome_of(levels, GoogleNotice.CHECK_MUST, GoogleNotice.CHECK_NOTES, GoogleNotice.CHECK_GOOD)


def checkup_as_json(lines: Sequence[Told]) -> list[dict[str, Any]]:
    """Everything said, with stable codes."""
    return [
        {
            "code": one.check.value,
            "level": one.level.name.lower(),
            "subject": one.step.value,
            "found": one.found,
            "click": one.click,
        }
        for one in lines
    ]
