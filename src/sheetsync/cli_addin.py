"""«sheetsync addin»: the tab of buttons, put on a computer and taken off it."""

from __future__ import annotations

from pathlib import Path

import click

from sheetsync.cli_options import DONE, NEEDS_USER, now_here, optional_folder_argument


@click.group("addin")
def addin() -> None:
    pass


@addin.command("install", help="Поставить; с папкой кампании — ещё доверие к ней, свежие кнопки и ярлык.")
@optional_folder_argument
def addin_install(folder: Path | None) -> int:
    from sheetsync import campaign, reports_office  # noqa: PLC0415

    steps = campaign.install_addin(folder, now_here())
    reports_office.show_steps(steps)
    return NEEDS_USER if any(one.needs_user for one in steps) else DONE


@addin.command("uninstall", help="Убрать всё, что поставил addin install, и ничего другого.")
def addin_uninstall() -> int:
    from sheetsync import campaign, reports_office  # noqa: PLC0415

    steps = campaign.uninstall_addin()
    reports_office.show_steps(steps)
    return NEEDS_USER if any(one.needs_user for one in steps) else DONE
