"""What carries out one kind of request of ``batchUpdate``."""

from __future__ import annotations

from collections.abc import Callable

from sheetsync_emulator.book import Book
from sheetsync_emulator.protection import Author
from sheetsync_emulator.values import Json

Handler = Callable[[Book, Json, Author], Json]
"""Changes the draft of a spreadsheet and gives the reply; refuses with ``ApiError``."""
