"""The region becomes the bodies of its workbook's tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, starmap
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sheetsync import __version__
from sheetsync.columns import (
    DISTRICTS,
    INDICATORS,
    REGION_COMPLETENESS,
    REGION_ENTRIES,
    REGION_FINDINGS,
    REGION_INDICATORS,
    REGION_LIGHTS,
    REGION_MATRIX,
    REGION_PLAN,
    REGION_SCHOOLS,
    DistrictStanding,
    TableSpec,
)
from sheetsync.district.bodies import OutRecord
from sheetsync.findings import fact_of, make
from sheetsync.merge.summary import Light
from sheetsync.messages import language
from sheetsync.model import Finding
from sheetsync.notices import say
from sheetsync.region.finding_rows import FINDING_IDENTITY, finding_records
from sheetsync.region.links import HEADER_ROWS, LAST_COLUMN, LAST_ROW, MOST_LINKS, to_book, to_row
from sheetsync.region.matching import RegionActivity
from sheetsync.region.model import FACTS_VERSION, District, Standing
from sheetsync.region.notices import RegionNotice
from sheetsync.region.records import (
    cell_text,
    change_record,
    completeness_record,
    counts_of,
    day_of,
    entry_record,
    figure_record,
    header_of,
    matrix_cell,
    moment_of,
    names_told,
    note_of,
    school_record,
)
from sheetsync.region.rollup import (
    Region,
    RegionFigure,
    added,
    all_together,
    light_of,
    mean_of,
    row_of,
    row_of_region,
)
from sheetsync.workbooks.port import Out, OutValue

RowValue = OutValue | Out
"""A value as it is, or with a link."""


Rows = Callable[[], Iterator[Sequence[RowValue]]]
"""Rows made while they are written, any number of times."""


class Piece(NamedTuple):
    """Rows that follow one another; pieces of the same ``key`` hold the same rows."""

    key: str
    rows: Rows


class Body(Struct, frozen=True):
    """A table to come. ``key_headers`` name the columns that tell its rows apart; ``pieces`` are all of
    its rows, district by district, where a district's rows stand together."""

    headers: tuple[str, ...]
    rows: Rows
    key_headers: tuple[str, ...]
    pieces: tuple[Piece, ...] = ()


class Drawn(Struct, frozen=True):
    """The tables by name, and what did not fit them."""

    bodies: dict[str, Body]
    findings: tuple[Finding, ...]


Records = Callable[[], Iterable[OutRecord]]


def body_of(spec: TableSpec, records: Records, identity: tuple[str, ...], *, with_links: bool = True) -> Body:
    """The body of a declared table, as far as a sheet has rows."""

    def rows() -> Iterator[Sequence[RowValue]]:
        return _rows(spec.keys, islice(records(), LAST_ROW - HEADER_ROWS), with_links=with_links)

    return Body(spec.headers, rows, _key_headers(spec, identity))


def _rows(
    keys: tuple[str, ...], records: Iterable[OutRecord], *, with_links: bool
) -> Iterator[Sequence[RowValue]]:
    for record in records:
        values = [record.get(key) for key in keys]
        yield values if with_links else [_bare(value) for value in values]


def _key_headers(spec: TableSpec, identity: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(spec.column(key).header for key in identity)


def _bare(value: RowValue) -> OutValue:
    return value.value if isinstance(value, Out) else value


class Bodies:
    """The bodies of one region."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._findings: list[Finding] = []
        self._lights = [
            light_of(one.facts, sums) for one, sums in zip(region.districts, region.sums, strict=True)
        ]

    def drawn(self) -> Drawn:
        """Every table but the rows of the districts."""
        bodies = {
            REGION_LIGHTS.name: self._panel_lights(),
            DISTRICTS.name: self._districts(),
            REGION_PLAN.name: self._plan(),
            REGION_MATRIX.name: self._matrix(),
            REGION_ENTRIES.name: self._entries(),
            REGION_COMPLETENESS.name: self._completeness(),
            REGION_SCHOOLS.name: self._schools(),
            REGION_INDICATORS.name: self._indicators(),
        }
        told = (*self._region.findings, *self._findings)
        kinds = [one for district in self._region.districts for one in district.facts.kinds]
        count = len(told) + len(kinds) + len({one.code for one in kinds})
        records = partial(finding_records, self._region, told)
        bodies[REGION_FINDINGS.name] = self._body(REGION_FINDINGS, records, FINDING_IDENTITY, count)
        return Drawn(bodies, tuple(self._findings))

    # --- what fits a sheet

    def _body(
        self, spec: TableSpec, records: Records, identity: tuple[str, ...], count: int, links: int = 1
    ) -> Body:
        """A body as far as a sheet has rows; with links when all of them fit. A row has so many."""
        left = count - (LAST_ROW - HEADER_ROWS)
        if left > 0:
            self._findings.append(make("L120", sheet=spec.sheet, left=left))
        return body_of(spec, records, identity, with_links=self._links_fit(spec, count * links))

    def _links_fit(self, spec: TableSpec, links: int) -> bool:
        if links > MOST_LINKS:
            self._findings.append(make("L115", sheet=spec.sheet, limit=MOST_LINKS))
        return links <= MOST_LINKS

    # --- «Панель», «Районы»

    def _panel_lights(self) -> Body:
        region = self._region
        order = list(Light)[::-1]
        lines = sorted(
            zip(region.districts, region.sums, self._lights, strict=True),
            key=lambda line: (order.index(line[2]), line[1].rates.filled or 0, line[0].title.casefold()),
        )
        records: list[OutRecord] = [
            {
                "district": Out(one.title, link=to_book(one.source)),
                "light": light.value,
                "filled_rate": sums.rates.filled,
                "evidenced_rate": sums.rates.evidenced,
                "note": note_of(sums),
            }
            for one, sums, light in lines
        ]
        return self._body(REGION_LIGHTS, lambda: records, ("district",), len(records))

    def _districts(self) -> Body:
        standings = self._region.choice.standings
        return self._body(DISTRICTS, lambda: map(self._standing, standings), ("file",), len(standings))

    def _standing(self, one: Standing) -> OutRecord:
        source, facts = one.source, one.source.facts
        told = [fact_of(finding) for finding in (*source.findings, *one.findings)]
        is_out = one.standing is DistrictStanding.LEFT_OUT
        record: dict[str, Out] = {
            "district": Out(one.title),
            "standing": Out(one.standing.value),
            "file": Out(source.name, link=to_book(source) if source.link else None),
            "note": Out(" ".join(told) or (say(RegionNotice.BOOK_LEFT_OUT) if is_out else None)),
            "sha256": Out(source.sha256),
        }
        if facts is None:
            return record
        return record | {
            "period": Out(facts.period),
            "as_of": Out(day_of(facts.as_of)),
            "consolidated": Out(moment_of(facts.consolidated)),
            "plan_title": Out(facts.plan_title),
            "activities": Out(len(facts.activities)),
            "participants": Out(len(facts.schools)),
            "rows": Out(facts.entries),
        }

    # --- «План», «Свод», «Исполнение»

    def _plan(self) -> Body:
        activities = self._region.activities
        identity = ("key", "number", "title")
        return self._body(REGION_PLAN, lambda: map(self._planned, activities), identity, len(activities), 0)

    def _planned(self, one: RegionActivity) -> OutRecord:
        row = row_of_region(one)
        without = [
            district.title for at, district in enumerate(self._region.districts) if at not in one.facts
        ]
        return {
            "key": one.key,
            "number": one.number,
            "section": one.section,
            "title": one.title,
            "districts": len(one.facts),
            "without": names_told(without),
            **counts_of(
                row, ("owed", "answered", "missing", "done", "evidenced", "filled_rate", "evidenced_rate")
            ),
        }

    def _matrix(self) -> Body:
        districts = self._region.districts
        room = LAST_COLUMN - len(REGION_MATRIX.columns)
        if len(districts) > room:
            self._findings.append(make("L120", sheet=REGION_MATRIX.sheet, left=len(districts) - room))
            districts = districts[:room]
        activities = self._region.activities
        is_linked = self._links_fit(REGION_MATRIX, sum(len(one.facts) for one in activities))

        def rows() -> Iterator[Sequence[RowValue]]:
            for one in activities:
                own = {at: row_of(facts) for at, facts in one.facts.items()}
                cells = [
                    matrix_cell(district, one.facts[at], own[at]) if at in own else Out()
                    for at, district in enumerate(districts)
                ]
                total = cell_text(added(own.values()))
                yield [one.number, one.title, total, *(cells if is_linked else map(_bare, cells))]

        headers = (*REGION_MATRIX.headers, *(header_of(one.title) for one in districts))
        return Body(headers, rows, _key_headers(REGION_MATRIX, ("number", "title")))

    def _entries(self) -> Body:
        activities, shown = self._region.activities, say(RegionNotice.OPEN)
        of_districts: list[list[RegionActivity]] = [[] for _ in self._region.districts]
        for one in activities:
            for at in one.facts:
                of_districts[at].append(one)

        def records(at: int, district: District) -> Iterator[OutRecord]:
            return (entry_record(district, one, one.facts[at], shown) for one in of_districts[at])

        told = [[(one.key, one.facts[at].row) for one in own] for at, own in enumerate(of_districts)]
        counts = [len(own) for own in of_districts]
        identity = ("district", "key", "number", "title")
        return self._by_district(REGION_ENTRIES, records, identity, counts, told)

    def _by_district(
        self,
        spec: TableSpec,
        records: Callable[[int, District], Iterator[OutRecord]],
        identity: tuple[str, ...],
        counts: Sequence[int],
        told: Sequence[object],
    ) -> Body:
        """A body whose rows stand district by district; what they show besides a district's own facts
        is ``told``."""
        districts = self._region.districts

        def everything() -> Iterator[OutRecord]:
            return chain.from_iterable(starmap(records, enumerate(districts)))

        body = self._body(spec, everything, identity, sum(counts))
        if sum(counts) > LAST_ROW - HEADER_ROWS:
            return body
        with_links = sum(counts) <= MOST_LINKS
        common = (spec.name, __version__, FACTS_VERSION, language(), with_links)

        def rows(at: int, one: District) -> Iterator[Sequence[RowValue]]:
            return _rows(spec.keys, records(at, one), with_links=with_links)

        pieces = (
            Piece(
                repr((*common, one.title, one.source.link, one.source.sha256, also)), partial(rows, at, one)
            )
            for (at, one), count, also in zip(enumerate(districts), counts, told, strict=True)
            if count
        )
        return replace(body, pieces=tuple(pieces))

    # --- «Полнота», «Школы»

    def _completeness(self) -> Body:
        region = self._region
        lines = list(zip(region.districts, region.sums, self._lights, strict=True))
        records = partial(starmap, completeness_record, lines)
        return self._body(REGION_COMPLETENESS, records, ("district",), len(lines), 2)

    def _schools(self) -> Body:
        districts, shown = self._region.districts, say(RegionNotice.OPEN)

        def records(_: int, district: District) -> Iterator[OutRecord]:
            return (school_record(district, one, shown) for one in district.facts.schools)

        counts = [len(one.facts.schools) for one in districts]
        return self._by_district(
            REGION_SCHOOLS, records, ("district", "participant"), counts, ("",) * len(counts)
        )

    # --- «Показатели»

    def _indicators(self) -> Body:
        figures = self._region.figures
        count = sum(len(one.facts) + 1 for one in figures)
        identity = ("district", "title", "unit", "year")
        return self._body(
            REGION_INDICATORS, lambda: chain.from_iterable(map(self._figure, figures)), identity, count
        )

    def _figure(self, one: RegionFigure) -> Iterator[OutRecord]:
        everyone = say(RegionNotice.EVERY_DISTRICT, districts=len(one.facts))
        whole = all_together(one.facts.values())
        compared = [at for at in one.facts if at in one.before]
        now = all_together(one.facts[at] for at in compared)
        then = all_together(one.before[at] for at in compared)
        if whole:
            yield figure_record(one, whole, everyone) | change_record(mean_of(now), mean_of(then))
        for at, fact in one.facts.items():
            district = self._region.districts[at]
            look = Out(say(RegionNotice.OPEN), link=to_row(district.source, INDICATORS, fact.row))
            record = figure_record(one, fact, district.title) | {"look": look}
            yield record | change_record(mean_of(fact), mean_of(one.before.get(at)))
