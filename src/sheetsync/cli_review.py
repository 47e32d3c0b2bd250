"""The commands after collecting: judging what came, getting back what is missing, reporting upward."""

from __future__ import annotations

from pathlib import Path

import click

from sheetsync.cli_options import DONE, NEEDS_USER, folder_argument, now_here


@click.command("return", help="Вернуть замечания: в таблицу Google школы, рядом с её ответами.")
@folder_argument
def return_(folder: Path) -> int:
    from sheetsync import campaign, reports, reports_google  # noqa: PLC0415

    with reports.progress() as progress:
        result = campaign.return_remarks(folder, now_here(), progress=progress)
    reports_google.show_return(result)
    return NEEDS_USER if result.needs_user else DONE
