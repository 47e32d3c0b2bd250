"""What is kept of an unexpected error: where it came from, never what it says.

The message of an exception may quote a cell, and with it a child's name.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator


def kind_and_place(error: BaseException) -> str:
    """«ValueError, fields.py:42»: the type and the line it was raised in."""
    frames = traceback.extract_tb(error.__traceback__)
    name = type(error).__name__
    if not frames:
        return name
    file = frames[-1].filename.replace("\\", "/").rpartition("/")[2]
    return f"{name}, {file}:{frames[-1].lineno}"


def trace(error: BaseException) -> str:
    """Types and frames of an error and of those behind it, the first cause on top."""
    return "\n".join(
        f"{''.join(traceback.format_tb(one.__traceback__))}{type(one).__module__}.{type(one).__qualname__}\n"
        for one in reversed(list(_chain(error)))
    )


def kept_details(error: BaseException) -> str:
    """The file the trace was written to, for the user alone; a dash where no disk takes it."""
    import tempfile  # noqa: PLC0415 - a run nothing surprises needs none

    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="sheetsync-", suffix=".txt", delete=False
        ) as file:
            file.write(trace(error))
    except OSError:
        return "—"
    return file.name


def _chain(error: BaseException) -> Iterator[BaseException]:
    met: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in met:
        met.add(id(current))
        yield current
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
