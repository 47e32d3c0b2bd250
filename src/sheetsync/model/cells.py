"""Many cells of one file as one value."""

from __future__ import annotations

from collections.abc import Iterator, Set

from sheetsync.model.copy import Origin


class CellsOfFile(Set[Origin]):
    """Cells of one file, held once for all files in which the same cells are meant: sheet, «B2»."""

    __slots__ = ("cells", "file", "sha256")

    def __init__(self, file: str, sha256: str, cells: frozenset[tuple[str, str]]) -> None:
        self.file, self.sha256, self.cells = file, sha256, cells

    def __contains__(self, one: object) -> bool:
        return (
            isinstance(one, Origin)
            and (one.sheet, one.cell) in self.cells
            and (one.file, one.sha256) == (self.file, self.sha256)
        )

    def __iter__(self) -> Iterator[Origin]:
        return (Origin(self.file, self.sha256, sheet, cell) for sheet, cell in self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def __hash__(self) -> int:
        return self._hash()
