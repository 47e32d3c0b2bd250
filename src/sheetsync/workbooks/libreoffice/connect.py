"""An xlwings engine out of a running office. xlwings knows nothing of it till ``engine_on`` is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sheetsync.workbooks.excel_live.xw import xw
from sheetsync.workbooks.libreoffice.apps import Engine
from sheetsync.workbooks.libreoffice.bridge import Bridge


def engine_on(context: Any, from_inside: bool = True) -> Any:
    """An ``xw.Engine`` over an office, by its component context (``reaching.reach`` gives one).

    It becomes xlwings' active engine, for xlwings activates a sheet only in the active engine's program.
    ``from_inside`` False does without the office's own Python: everything works, many small changes take
    twenty times as long.
    """
    engine = xw.Engine(impl=Engine(Bridge(context, from_inside)))
    engine.activate()
    return engine


def book_at(engine: Any, path: Path) -> Any:
    """The ``xw.Book`` of a file that is open in the engine's office; ``KeyError`` when it is not."""
    return xw.Book(impl=engine.apps.active.impl.books.at(path))
