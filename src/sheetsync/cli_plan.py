"""The commands that change the plan of a campaign under way."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sheetsync.cli_options import DONE, FILE, NEEDS_USER, folder_argument, json_option, now_here, print_json
from sheetsync.notices import say


@click.command("amend")
@folder_argument
@click.option(
    "--order", "order_file", metavar="ФАЙЛ", type=FILE, required=True, help="Приказ в новой редакции."
)
@click.option("--yes", is_flag=True, help="Внести изменения, не спрашивая.")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать.")
@click.option("--keep-own", is_flag=True, help="Где изменили и вы, и приказ, оставить ваше.")
@json_option
def amend(folder: Path, order_file: Path, *, yes: bool, dry_run: bool, keep_own: bool, as_json: bool) -> int:
    from sheetsync import campaign, reports_plan  # noqa: PLC0415 - start-up stays light

    def confirm(proposal: campaign.Proposal) -> bool:
        reports_plan.show_proposal(proposal)
        return not dry_run and (yes or (sys.stdin.isatty() and _is_agreed()))

    result = campaign.amend_plan(folder, order_file, now_here(), confirm, keep_own=keep_own, dry_run=dry_run)
    if as_json:
        print_json(reports_plan.amendment_as_json(result))
    reports_plan.show_amendment(result, order_file)
    return NEEDS_USER if result.needs_user and not dry_run else DONE


def _is_agreed() -> bool:
    """Ask at the terminal; only «да» is yes."""
    from sheetsync import reports_plan  # noqa: PLC0415
    from sheetsync.campaign.review_notices import ReviewNotice  # noqa: PLC0415

    answer: str = click.prompt(say(ReviewNotice.AMEND_ASK), default="", show_default=False, err=True)
    return reports_plan.is_yes(answer)


@click.command("period")
@folder_argument
@click.option("--next", "to_next", is_flag=True, help="Закрыть текущий период и начать следующий.")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать.")
def period(folder: Path, *, to_next: bool, dry_run: bool) -> int:
    from sheetsync import campaign, reports, reports_period  # noqa: PLC0415 - start-up stays light

    if not to_next:
        reports_period.show_standing(campaign.period_standing(folder, now_here()))
        return DONE
    with reports.progress() as progress:
        result = campaign.next_period(folder, now_here(), dry_run=dry_run, progress=progress)
    reports_period.show_period(result)
    return NEEDS_USER if result.needs_user else DONE
