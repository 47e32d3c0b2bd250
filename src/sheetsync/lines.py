"""Sentences on the terminal, each on a line of its own: nothing of them is obeyed, drawn or broken.

What draws (tables, a bar) is in ``terminal`` and takes a drawing library with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import click

from sheetsync.printable import printable

Line: TypeAlias = Callable[[str], None]
"""Where a sentence is said."""


def result_line(sentence: str) -> None:
    """A line of what was asked for, on stdout."""
    click.echo(printable(sentence).expandtabs())


def plain_line(sentence: str) -> None:
    """One sentence to the person, on stderr."""
    click.echo(printable(sentence).expandtabs(), err=True)
