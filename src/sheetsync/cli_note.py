"""The command that reports upward: the analytic note with the figures' appendix."""

from __future__ import annotations

from pathlib import Path

import click

from sheetsync.cli_options import DONE, NEEDS_USER, as_of_option, day_asked, folder_argument, now_here


@click.command("report")
@folder_argument
@as_of_option
def report(folder: Path, as_of: str) -> int:
    from sheetsync import campaign, reports, reports_note  # noqa: PLC0415

    now = now_here()
    with reports.progress() as progress:
        result = campaign.report(folder, now, day_asked(as_of, now.date()), progress=progress)
    reports_note.show_note(result)
    return NEEDS_USER if result.needs_user else DONE
