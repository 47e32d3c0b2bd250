"""What became of one copy."""

from __future__ import annotations

from collections.abc import Iterator, Set

from sheetsync.model import Finding, Origin, Submission, Verdict
from sheetsync.values import dataclass


class CellsOfFile(Set[Origin]):
    """Cells of one file, held once for all files in which the same cells are meant: sheet, «B2»."""

    __slots__ = ("_cells", "_file", "_sha256")

    def __init__(self, file: str, sha256: str, cells: frozenset[tuple[str, str]]) -> None:
        self._file, self._sha256, self._cells = file, sha256, cells

    def __contains__(self, one: object) -> bool:
        return (
            isinstance(one, Origin)
            and (one.sheet, one.cell) in self._cells
            and (one.file, one.sha256) == (self._file, self._sha256)
        )

    def __iter__(self) -> Iterator[Origin]:
        return (Origin(self._file, self._sha256, sheet, cell) for sheet, cell in self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __hash__(self) -> int:
        return self._hash()


@dataclass(frozen=True, slots=True)
class CopyReading:
    """What became of one copy. Submissions carry the findings about their own cells.

    ``findings`` speak of the file as a whole (whose it is). ``office`` are the cells judged to
    hold the office's own texts, for who wants to check the account.
    """

    verdict: Verdict
    submissions: tuple[Submission, ...] = ()
    findings: tuple[Finding, ...] = ()
    office: Set[Origin] = frozenset()
