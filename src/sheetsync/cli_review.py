"""The commands after collecting: judging what came, getting back what is missing, reporting upward."""

from __future__ import annotations

from pathlib import Path

import click

from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.cli_options import (
    DONE,
    NEEDS_USER,
    day_asked,
    folder_argument,
    json_option,
    now_here,
    print_json,
)
from sheetsync.notices import say


@click.command("accept")
@folder_argument
@click.option("--school", metavar="НАЗВАНИЕ|КОД", default="", help="Только этот участник.")
@click.option("--undo", is_flag=True, help="Отменить последнее принятие; ещё раз — предыдущее.")
@click.option("--dry-run", is_flag=True, help="Только показать, что было бы.")
def accept(folder: Path, school: str, undo: bool, dry_run: bool) -> int:
    from sheetsync import campaign, reports, reports_accept  # noqa: PLC0415

    with reports.progress() as progress:
        result = campaign.accept_sufficient(
            folder, now_here(), school=school, undo=undo, dry_run=dry_run, progress=progress
        )
    reports_accept.show_accepted(result)
    return NEEDS_USER if result.needs_user else DONE


@click.command("return")
@folder_argument
@click.option(
    "--until", metavar="ГГГГ-ММ-ДД", default="", help="К какому дню вернуть форму (по умолчанию срок отчёта)."
)
def return_(folder: Path, until: str) -> int:
    from sheetsync import campaign, reports, reports_return  # noqa: PLC0415

    now = now_here()
    day = day_asked(until, now.date()) if until else None
    if day and day < now.date():
        raise click.UsageError(say(ReviewNotice.RETURN_UNTIL_PAST, day=f"{day:%d.%m.%Y}"))
    with reports.progress() as progress:
        result = campaign.return_remarks(folder, now, until=day, progress=progress)
    reports_return.show_return(result)
    return NEEDS_USER if result.needs_user else DONE


@click.command("check-links")
@folder_argument
@click.option("--again", is_flag=True, help="Проверить и те, что проверялись недавно.")
@json_option
def check_links(folder: Path, *, again: bool, as_json: bool) -> int:
    from sheetsync import campaign, reports, reports_links  # noqa: PLC0415

    with reports.progress() as progress:
        result = campaign.check_links(folder, now_here(), again=again, progress=progress)
    if as_json:
        print_json(reports_links.links_as_json(result))
    else:
        reports_links.show_links(result)
    return NEEDS_USER if result.needs_user else DONE
