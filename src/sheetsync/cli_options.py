"""What the commands have in common: options, exit codes, the clock, one JSON document."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import click

from sheetsync.notices import Notice, say
from sheetsync.printable import json_text

DONE, NEEDS_USER, CANNOT = 0, 1, 2

FILE: Final = click.Path(path_type=Path)

folder_argument = click.argument("folder", metavar="ПАПКА", type=FILE)
optional_folder_argument = click.argument("folder", metavar="[ПАПКА]", type=FILE, required=False)
json_option = click.option("--json", "as_json", is_flag=True, help="Напечатать один документ JSON.")
as_of_option = click.option(
    "--as-of", metavar="ГГГГ-ММ-ДД", default="", help="На какую дату считать (по умолчанию сегодня)."
)


def now_here() -> datetime:
    """The time of this computer, with its zone."""
    return datetime.now().astimezone()


def day_asked(text: str, default: date) -> date:
    """The day of an option. Raises ``click.UsageError`` for what is none."""
    if not text:
        return default
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(say(Notice.BAD_DATE, value=text)) from None


def print_json(document: dict[str, Any] | list[dict[str, Any]]) -> None:
    """The one document a command prints to stdout."""
    click.echo(json_text(document))
