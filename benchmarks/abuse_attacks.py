"""Every hostile, broken and odd file of tests/attacks.py through the path a consolidation uses.

python benchmarks/abuse_attacks.py     prints a table by family; about a minute

Each case is unpacked, opened and counted in one fresh process whose peak of memory is reset before
it; beside it stands the child that reads large files, whose peak is reset too. ``peak_mb`` is of the
fatter of the two. Sockets are patched to fail, and the folder around must stay empty.
"""

from __future__ import annotations

import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

SECONDS, MEGABYTES = 5.0, 300.0
"""What no case may exceed."""
_BUNDLES = "архив форм"
_RUN_HERE = "--run-here"
_TESTS = Path(__file__).parents[1] / "tests"


@dataclass(frozen=True, slots=True)
class AttackResult:
    """How one case ended; ``expected`` and ``got`` are findings' codes, «» when it is read in peace."""

    name: str
    family: str
    expected: str
    got: str
    ok: bool
    seconds: float
    peak_mb: float

    @property
    def within_bounds(self) -> bool:
        return self.seconds <= SECONDS and self.peak_mb <= MEGABYTES


def measure() -> list[AttackResult]:
    """Run every case in a fresh process and say how each ended."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), _RUN_HERE],
            cwd=folder,
            capture_output=True,
            check=True,
        )
        left = list(Path(folder).iterdir())
    assert not left, f"written beside: {left}"
    return [AttackResult(**one) for one in json.loads(done.stdout)]


# --- in the fresh process -----------------------------------------------------------------------


def _run_here() -> None:
    sys.path.insert(0, str(_TESTS))
    socket.socket = _no_socket  # type: ignore[assignment,misc]
    results = [_result(*case) for case in _cases()]
    sys.stdout.write(json.dumps([asdict(one) for one in results]))


def _no_socket(*_: object, **__: object) -> None:
    raise AssertionError("a copy made the program open a socket")


_Case = tuple[str, str, str, Callable[[], bytes], Callable[[bytes], str]]


def _cases() -> Iterator[_Case]:
    from attacks import ATTACKS, BUNDLES, HARMLESS, HEAVY, NOTED  # noqa: PLC0415 - tests are on the path by now

    for attack in (*ATTACKS, *HEAVY, *HARMLESS, *NOTED):
        yield attack.name, attack.family, attack.code, attack.make.__wrapped__, _open
    for bundle in BUNDLES:
        expected = bundle.code or " ".join(code for _, code in sorted(bundle.files))
        yield bundle.name, _BUNDLES, expected, bundle.make, _take_apart


def _result(
    name: str, family: str, expected: str, make: Callable[[], bytes], act: Callable[[bytes], str]
) -> AttackResult:
    data = make()
    gc.collect()
    processes = _processes()
    for process in processes:
        _reset_peak(process)
    began = time.perf_counter()
    got = act(data)
    seconds = time.perf_counter() - began
    peak = max(map(_peak_mb, _processes()))
    return AttackResult(name, family, expected, got, got == expected, round(seconds, 3), round(peak, 1))


def _open(data: bytes) -> str:
    from sheetsync.intake.bundle import unpack  # noqa: PLC0415 - imported in the measured process only
    from sheetsync.workbooks.census import census  # noqa: PLC0415
    from sheetsync.workbooks.copies import open_copy  # noqa: PLC0415

    unpack(data)
    opened = open_copy(data, "копия.xlsx")
    census(data)
    codes = " ".join(finding.code for finding in opened.findings)
    return codes if codes or opened.book else "ничего"


def _take_apart(data: bytes) -> str:
    from sheetsync.intake.bundle import unpack  # noqa: PLC0415
    from sheetsync.intake.gate import Refused  # noqa: PLC0415

    files = unpack(data)
    if files is None or isinstance(files, Refused):
        return files.reason.code if files else "ничего"
    codes = []
    for file in sorted(files, key=lambda one: one.name):
        content = file.read()
        codes.append(content.reason.code if isinstance(content, Refused) else _open(content))
    return " ".join(code for code in codes if code)


# --- peaks of memory ----------------------------------------------------------------------------


def _processes() -> list[int]:
    """This process and the reader beside it, if one runs."""
    from sheetsync.workbooks.child import worker  # noqa: PLC0415

    beside = worker()._process
    return [os.getpid(), *([beside.pid] if beside is not None and beside.poll() is None else [])]


def _reset_peak(process: int) -> None:
    Path(f"/proc/{process}/clear_refs").write_text("5", encoding="ascii")


def _peak_mb(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


# --- the table ----------------------------------------------------------------------------------


def table(results: list[AttackResult]) -> str:
    """By family: cases, as expected, read in peace, the worst time and memory."""
    heads = ("случаев", "как ждали", "прочитано", "худшее, с", "худшее, МБ")
    lines = [f"{'семья':28} " + " ".join(f"{head:>10}" for head in heads)]
    for family in dict.fromkeys(one.family for one in results):
        of = [one for one in results if one.family == family]
        calm = sum(not one.expected and one.ok for one in of)
        slowest, fattest = max(one.seconds for one in of), max(one.peak_mb for one in of)
        good = sum(one.ok for one in of)
        lines.append(f"{family:28} {len(of):10} {good:10} {calm:10} {slowest:10.2f} {fattest:10.0f}")
    return "\n".join(lines)


def main() -> int:
    results = measure()
    sys.stdout.write(table(results) + "\n")
    wrong = [one for one in results if not (one.ok and one.within_bounds)]
    for one in wrong:
        sys.stdout.write(
            f"! {one.family}: {one.name}: {one.expected} -> {one.got}, {one.seconds} с, {one.peak_mb} МБ\n"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    if _RUN_HERE in sys.argv:
        _run_here()
    else:
        sys.exit(main())
