"""What ``rollup`` prints: where the region's workbook lies, its four rates, what the districts must mend."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

from sheetsync.campaign import RollupResult
from sheetsync.findings import severity_of
from sheetsync.lines import plain_line
from sheetsync.model import Severity
from sheetsync.notices import Notice, say
from sheetsync.region.as_json import region_as_json as region_document
from sheetsync.region.notices import RegionNotice
from sheetsync.region.panel import outcome_line
from sheetsync.reports import percent, show_findings

_TOLD: Final = 20
"""So many findings are printed; all of them stand in the workbook."""

Bar = Callable[[int, int, str], None]


def show_region(result: RollupResult) -> None:
    """Where it is, the four rates, the findings to read first."""
    if result.path is None:
        plain_line(say(RegionNotice.NOBODY))
    else:
        notice = RegionNotice.DONE if result.is_written else RegionNotice.SAME
        plain_line(say(notice, path=result.path.resolve()))
        plain_line(outcome_line(result.outcome))
        plain_line(_rates_line(result))
        plain_line(say(RegionNotice.READ_NOW, read=result.read, kept=result.kept))
    shown = [one for one in result.findings if severity_of(one) is not Severity.INFO][:_TOLD]
    show_findings(plain_line, shown, None)
    left = len(result.findings) - len(shown)
    if left:
        plain_line(say(RegionNotice.MORE_FINDINGS, count=left))


def _rates_line(result: RollupResult) -> str:
    received, on_time, filled, evidenced = map(percent, result.outcome.rates)
    return say(
        Notice.RATES,
        as_of=".".join(reversed(result.outcome.as_of.split("-"))),
        received=received,
        on_time=on_time,
        filled=filled,
        evidenced=evidenced,
    )


def region_as_json(result: RollupResult) -> dict[str, Any]:
    """The document of ``rollup --json``."""
    path = str(result.path) if result.path else None
    rows = str(result.row_folder) if result.row_folder else None
    return {"workbook": path, "rows": rows, **region_document(result.region, result.findings)}


@contextlib.contextmanager
def progress() -> Iterator[tuple[Bar, Bar]]:
    """A bar while workbooks are read and one while rows are written; none where nobody looks."""
    if not sys.stderr.isatty():
        yield _silent, _silent
        return
    from sheetsync.progress_bar import bar  # noqa: PLC0415 - drawing takes a tenth of a second to load

    with contextlib.ExitStack() as stack:
        yield _begun(stack, bar, RegionNotice.READING), _begun(stack, bar, RegionNotice.ROWS)


def _silent(_done: int, _all: int, _name: str) -> None:
    """Nobody looks."""


def _begun(
    stack: contextlib.ExitStack,
    bar: Callable[[str], contextlib.AbstractContextManager[Bar]],
    title: RegionNotice,
) -> Bar:
    """A bar that appears with its first step and goes with its last."""
    drawn: list[tuple[contextlib.ExitStack, Bar]] = []

    def step(done: int, all_of_them: int, name: str) -> None:
        if not drawn:
            own = stack.enter_context(contextlib.ExitStack())
            drawn.append((own, own.enter_context(bar(say(title)))))
        own, tell = drawn[0]
        tell(done, all_of_them, name)
        if done == all_of_them:
            own.close()

    return step
