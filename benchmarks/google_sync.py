"""What a district on Google costs: calls by kind, minutes under Google's quotas, computing, bytes.

python benchmarks/google_sync.py [SCHOOLS ...] [--unpublished] [--profile FILE]

Districts of 10, 50 and 500 schools of 40 rows each; ``--unpublished`` without the district spreadsheet.

The emulator stands in this process and counts requests a minute as Google does; its clock is moved by
hand, so waiting costs no time. Schools type between the runs; what they do is not counted. Seconds are
of this computer, the emulator's own work included.
"""

from __future__ import annotations

import argparse
import cProfile
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from math import ceil
from pathlib import Path
from typing import Any, Final

_ROOT = Path(__file__).parents[1]
sys.path.append(str(_ROOT / "tests"))
sys.path.append(str(_ROOT / "tests" / "google"))

from google_campaign import GOOD, Story, quick_district  # noqa: E402
from google_district import GoogleDistrict  # noqa: E402

from sheetsync import campaign  # noqa: E402
from sheetsync.columns import FORM_SHEET, REPORT  # noqa: E402
from sheetsync.settings import YES  # noqa: E402
from sheetsync.text import skeleton  # noqa: E402
from sheetsync.workbooks.copies import open_copy  # noqa: E402
from sheetsync.workbooks.google.snapshot import snapshot_bytes  # noqa: E402
from sheetsync.workbooks.google.workbook_sending import BATCH_BYTES  # noqa: E402
from sheetsync_emulator.quota import GOOGLES, Quotas  # noqa: E402

SIZES: Final = (10, 50, 500)
ROWS: Final = 40
PAGE: Final = 1000
"""How many files one listing of Drive tells of."""
UNSETTLED: Final = 20
"""Minutes after which a sheet is known to stand still."""
ORDER: Final = """
ПРИКАЗ

12.01.2026\t№ 8

Об утверждении плана-графика поддержки школ на 2026 год

1. Утвердить план-график поддержки школ на 2026 год.
2. Руководителям школ представить отчёт в срок до 15.12.2026.

План-график поддержки школ Тенистого района на 2026 год

№ п/п\tМероприятия\tСроки\tОтветственные\tОжидаемый результат
1.\tРабота школ\t\t\t
"""
SAID: Final = (
    "Проведено в полном объёме: охвачены все классы, итоги разобраны на педагогическом совете школы,"
    " с родителями проведены собрания и личные беседы, замечания прошлой четверти устранены."
)
LISTING, READING, WRITING = "listing", "reading", "writing"
KINDS: Final = {
    LISTING: r"GET /drive/v3/files$",
    READING: r"GET /v4/spreadsheets/",
    WRITING: r"POST /v4/spreadsheets/.*:batchUpdate",
    "sharing": r"POST /drive/v3/files/.*/permissions",
    "making": r"POST /drive/v3/files$",
}


@dataclass
class Meter:
    """What went over the wire since it was set to nought."""

    calls: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    refused: int = 0

    def count(self, kind: str, sent: int, answered: int, status: int) -> None:
        self.calls[kind] += 1
        self.sent[kind] += sent
        self.answered[kind] += answered
        self.refused += status == HTTPStatus.TOO_MANY_REQUESTS


@dataclass(frozen=True)
class Run:
    """One press of a button and what it cost."""

    name: str
    meter: Meter
    minutes: float
    seconds: float
    expected: int | None

    def line(self) -> str:
        told = ", ".join(f"{kind} {count}" for kind, count in self.meter.calls.most_common())
        read, written = self.meter.calls[READING], self.meter.sent[WRITING]
        cells = [
            self.name,
            f"{self.meter.calls.total()} ({told})",
            "" if self.expected is None else str(self.expected),
            f"{self.minutes:.1f}",
            str(self.meter.refused),
            f"{self.seconds:.1f}",
            f"{self.meter.answered[READING] / read / 1000:.0f}" if read else "",
            f"{written / 1e6:.2f}",
        ]
        return f"| {' | '.join(cells)} |"


HEADS: Final = (
    "run",
    "calls",
    "by the formula",
    "minutes",
    "429",
    "seconds here",
    "KB read a sheet",
    "MB written",
)


@dataclass
class Bench:
    """A district of so many schools."""

    district: GoogleDistrict
    story: Story
    schools: int
    is_published: bool
    meter: Meter = field(default_factory=Meter)

    def codes(self) -> list[str]:
        return sorted(self.story.sheets())

    def run(self, name: str, press: Callable[[], object], changed: int | None = None) -> Run:
        """``changed`` = sheets that changed since; ``None`` where the formula says nothing."""
        self.meter = Meter()
        clock, cpu = self.district.clock.now, time.process_time()
        press()
        seconds, minutes = time.process_time() - cpu, (self.district.clock.now - clock) / 60
        return Run(name, self.meter, minutes, seconds, self._expected(changed))

    def _expected(self, changed: int | None) -> int | None:
        if changed is None:
            return None
        listed = ceil(self.schools / PAGE)
        shown = 1 + ceil(self.meter.sent[WRITING] / BATCH_BYTES) if self.is_published else 0
        return listed + changed + shown

    @contextmanager
    def uncounted(self) -> Iterator[None]:
        """What schools do in their browsers is no request of ours."""
        emulator, meter = self.district.emulator, self.meter
        emulator.quotas, self.meter = Quotas(), Meter()
        try:
            yield
        finally:
            emulator.quotas, self.meter = GOOGLES, meter

    def fill(self, codes: Sequence[str], words: str) -> None:
        """Each of these schools types every row of its form."""
        with self.uncounted():
            form = Layout.of(self.story, codes[0])
            for code in codes:
                file, answers = self.story.sheets()[code].file, {**GOOD, **said(code, words)}
                sheet = self.story.district.office.read(file, "sheets(properties(sheetId,title))")["sheets"]
                self.district.as_user(f"{code.lower()}@school.example.org").write(
                    file, form.typed(sheet, answers)
                )
        self.story.later(UNSETTLED)


def said(code: str, words: str) -> dict[str, str]:
    """What one school says, and no other."""
    return {"info": f"{code}: {words}", "document": f"приказ № {code.removeprefix('S')} от 30.01.2026"}


@dataclass(frozen=True)
class Layout:
    """Where the answers stand in a form; all forms here are alike."""

    rows: tuple[int, ...]
    columns: Mapping[str, int]

    @classmethod
    def of(cls, story: Story, code: str) -> Layout:
        book = open_copy(snapshot_bytes(story.answer(code)), code).book
        assert book is not None
        (table,) = (one for one in book.tables if one.name == REPORT.name)
        keys = {skeleton(one.header): one.key for one in REPORT.columns}
        headers = enumerate(table.columns, start=table.area.left - 1)
        columns = {keys[skeleton(one)]: at for at, one in headers if skeleton(one) in keys}
        grid = book.sheet(FORM_SHEET)
        assert grid is not None
        below = range(table.area.top + 1, table.area.bottom + 1)
        return cls(tuple(row - 1 for row in below if grid.at(row, columns["key"] + 1).text), columns)

    def typed(self, sheets: list[dict[str, Any]], answers: Mapping[str, str]) -> list[dict[str, Any]]:
        (sheet,) = (one["properties"] for one in sheets if one["properties"]["title"] == FORM_SHEET)
        return [
            {
                "updateCells": {
                    "start": {"sheetId": sheet["sheetId"], "rowIndex": row, "columnIndex": self.columns[key]},
                    "rows": [{"values": [{"userEnteredValue": {"stringValue": text}}]}],
                    "fields": "userEnteredValue",
                }
            }
            for row in self.rows
            for key, text in answers.items()
        ]


@contextmanager
def benched(folder: Path, schools: int, *, is_published: bool = True) -> Iterator[Bench]:
    with quick_district(quotas=GOOGLES) as district:
        bench = Bench(district, Story(district, new_campaign(folder, schools)), schools, is_published)
        handle = district.emulator.handle

        def metered(verb: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Any:
            answer = handle(verb, url, headers, body)
            path = url.partition("?")[0].removeprefix("http://127.0.0.1:1")
            told = (name for name, match in KINDS.items() if re.match(match, f"{verb} {path}"))
            is_signing_in = path == "/token" or answer.status == HTTPStatus.UNAUTHORIZED
            if not is_signing_in:
                bench.meter.count(next(told, "other"), len(body or b""), len(answer.body), answer.status)
            return answer

        district.emulator.handle = metered  # type: ignore[method-assign]
        yield bench


def new_campaign(folder: Path, schools: int) -> Path:
    """A campaign of so many invented schools that publishes its свод in Google."""
    asked = "\n".join(
        f"1.{row}.\tМероприятие {row}: занятия с учениками и разбор итогов\tПостоянно\tОО\tСправка"
        for row in range(1, ROWS + 1)
    )
    listed = ";\n".join(f"{number}. МБОУ «Липовская СОШ №{number}»" for number in range(1, schools + 1))
    order = folder / "Приказ № 8.txt"
    order.write_text(f"{ORDER}{asked}\n\nСписок школ:\n{listed}.\n", encoding="utf-8")
    place = folder / "Тенистый 2026"
    campaign.new_campaign(place, order, datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    return place


def runs(bench: Bench) -> Iterator[Run]:
    """From the first form to a day on which a tenth of the schools typed something."""
    story = bench.story
    story.by_google(**({"google_publish": YES} if bench.is_published else {}))
    yield bench.run("issue", story.issue)
    codes = bench.codes()
    bench.fill(codes, SAID)
    yield bench.run("first consolidation", story.consolidate)
    story.later(UNSETTLED)
    yield bench.run("nothing changed", story.consolidate, changed=0)
    tenth = codes[: max(1, len(codes) // 10)]
    bench.fill(tenth, f"{SAID} Дополнено.")
    yield bench.run("a tenth changed", story.consolidate, changed=len(tenth))


def tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("schools", nargs="*", type=int, default=SIZES)
    asked.add_argument("--unpublished", action="store_true")
    asked.add_argument("--profile", help="file for pstats")
    told = asked.parse_args()
    profile = cProfile.Profile() if told.profile else None
    for schools in told.schools:
        tell(f"\n{schools} schools, {ROWS} rows each\n\n| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), schools, profile, is_published=not told.unpublished)
        tell(f"\nmemory at most, with the emulator: {most_memory():.0f} MB")
    if profile:
        profile.dump_stats(told.profile)


def measure(folder: Path, schools: int, profile: cProfile.Profile | None, *, is_published: bool) -> None:
    with benched(folder, schools, is_published=is_published) as bench, profile or nullcontext():
        for run in runs(bench):
            tell(run.line())


def most_memory() -> float:
    """MB of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
