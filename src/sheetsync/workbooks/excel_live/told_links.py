"""Hyperlinks of a table, remembered: a program takes long to tell them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sheetsync.grid import Area
from sheetsync.workbooks.excel_live.beyond import Place
from sheetsync.workbooks.excel_live.values import Rows

Links = Mapping[Place, str]


class ToldLinks(NamedTuple):
    """Links of a body as the program told them, and what its cells held then; None: what was just written."""

    body: Area
    links: Links
    cells: Rows | None = None

    def hold(self, body: Area, cells: Rows) -> bool:
        """Whether they are the links of a body that holds this: people sort and insert rows meanwhile."""
        return self.body == body and self.cells in (None, cells)
