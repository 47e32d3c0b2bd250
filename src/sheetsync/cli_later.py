"""A group of commands some of which stand in modules of their own, imported when one is called.

The help of such a command is declared with its place, so that the list of commands needs none of them.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from sheetsync.messages import is_source_language, tr


class Later(NamedTuple):
    """A command to be imported: «module:name», and its help, which it gets from here."""

    place: str
    help: str


class Commands(click.Group):
    """Commands at hand and commands to be imported, all told in the current language."""

    def __init__(self, *arguments: Any, later: Mapping[str, Later], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        later = self._later.get(cmd_name)
        if later is None:
            return super().get_command(ctx, cmd_name)
        module, _, name = later.place.partition(":")
        command: click.Command = getattr(import_module(module), name)
        command.help = later.help
        return in_language(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list is written without importing anything."""
        named = {name: click.Command(name, help=tr(one.help)) for name, one in self._later.items()}
        click.Group(commands={**self.commands, **named}).format_commands(ctx, formatter)


def in_language(command: click.Command) -> click.Command:
    """The command with its help in the current language; the declared one stays Russian."""
    if is_source_language():
        return command
    told = copy.deepcopy(command)
    _translate_help(told)
    return told


def _translate_help(command: click.Command) -> None:
    command.help = tr(command.help) if command.help else None
    for parameter in command.params:
        parameter.metavar = tr(parameter.metavar) if parameter.metavar else None
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = tr(parameter.help)
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _translate_help(one)
