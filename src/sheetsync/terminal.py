"""The terminal people read: rich draws on it, words of others stay words."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from sheetsync.printable import printable


class Terminal(Console):
    """A console that takes every string as it is: no markup, no «:smile:», no command in it."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, markup=False, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(printable(text), **{**options, "markup": False, "emoji": False})
