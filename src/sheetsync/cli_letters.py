"""The command that writes to schools: letters about their own gaps, sent only when asked."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import click

from sheetsync.cli_options import DONE, NEEDS_USER, as_of_option, day_asked, folder_argument, now_here
from sheetsync.letters.notices import LetterNotice
from sheetsync.notices import say

_PASSWORD_VARIABLE: Final = "SHEETSYNC_SMTP_PASSWORD"


@click.command("remind")
@folder_argument
@as_of_option
@click.option("--school", metavar="НАЗВАНИЕ|КОД", default="", help="Только этому участнику.")
@click.option(
    "--until",
    metavar="ГГГГ-ММ-ДД",
    default="",
    help="К какому дню просить ответ (по умолчанию срок отчёта, после него — 5 рабочих дней).",
)
@click.option(
    "--send", "is_sent", is_flag=True, help="И отправить их через почтовый сервер с листа «Настройки»."
)
@click.option(
    "--dry-run", is_flag=True, help="Только показать, кому что уйдёт: ничего не писать и не отправлять."
)
def remind(folder: Path, as_of: str, *, school: str, until: str, is_sent: bool, dry_run: bool) -> int:
    from sheetsync import campaign, reports, reports_letters  # noqa: PLC0415

    now = now_here()
    day = day_asked(as_of, now.date())
    answer_by = day_asked(until, now.date()) if until else None
    if answer_by and answer_by < now.date():
        raise click.UsageError(say(LetterNotice.UNTIL_PAST, day=f"{answer_by:%d.%m.%Y}"))
    mailing = campaign.Mailing(_password) if is_sent else None
    with reports.progress() as progress:
        result = campaign.remind(
            folder,
            now,
            day,
            school=school,
            until=answer_by,
            dry_run=dry_run,
            mailing=mailing,
            progress=progress,
        )
    reports_letters.show_letters(result)
    return NEEDS_USER if result.needs_user else DONE


def _password(sender: str) -> str:
    """The password of the mail box: from the environment, or typed unseen. It is kept nowhere."""
    given = os.environ.get(_PASSWORD_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise click.UsageError(say(LetterNotice.NO_PASSWORD, variable=_PASSWORD_VARIABLE))
    return str(click.prompt(say(LetterNotice.PASSWORD, sender=sender), hide_input=True, err=True))
