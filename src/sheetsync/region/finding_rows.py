"""The region's «Замечания»: first what is wrong with the workbooks, then the districts' findings by kind."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sheetsync.columns import FINDINGS
from sheetsync.district.bodies import OutRecord
from sheetsync.findings import CATALOGUE, advice_of, fact_of, severity_of
from sheetsync.messages import tr
from sheetsync.model import Finding, Severity
from sheetsync.notices import say
from sheetsync.region.links import to_book, to_row
from sheetsync.region.model import KindFacts, Source
from sheetsync.region.notices import RegionNotice
from sheetsync.region.rollup import Region
from sheetsync.workbooks.port import Out, OutValue

_DETAIL: Final = re.compile(r"\{\w+\}")
_ORDER: Final = {one.value: place for place, one in enumerate(Severity)}
_LAST: Final = len(_ORDER)


FINDING_IDENTITY: Final = ("code", "district", "text")


def finding_records(region: Region, told: Iterable[Finding]) -> Iterator[OutRecord]:
    """Every line of the sheet."""
    yield from _of_books(region, told)
    yield from _of_kinds(region)


def _of_books(region: Region, told: Iterable[Finding]) -> Iterator[OutRecord]:
    """What the roll-up itself remarks, with the workbook it is about."""
    sources = {one.source.name: one for one in region.choice.standings}
    for one in told:
        about = sources.get(one.origin.file)
        link = to_book(about.source) if about and about.source.link else None
        yield {
            "severity": severity_of(one).value,
            "district": about.title or about.source.name if about else None,
            "text": fact_of(one),
            "advice": advice_of(one),
            "count": one.count,
            "look": Out(one.origin.file or None, link=link),
            "code": one.code,
        }


def _of_kinds(region: Region) -> Iterator[OutRecord]:
    """Every kind of finding: all districts together, then each that has it, the most first."""
    kinds: dict[str, list[tuple[str, Source, KindFacts]]] = defaultdict(list)
    for district in region.districts:
        for one in district.facts.kinds:
            kinds[one.code].append((district.title, district.source, one))
    for code, several in sorted(kinds.items(), key=lambda pair: (_rank(pair[1][0][2]), pair[0])):
        about = _about(code, several[0][2])
        people = sum(one.participants for _, _, one in several)
        everyone = say(RegionNotice.EVERY_DISTRICT, districts=len(several))
        total = sum(one.places for _, _, one in several)
        yield {**about, "district": everyone, "count": total, "participants": people}
        for title, source, one in sorted(several, key=lambda line: (-line[2].places, line[0].casefold())):
            look = Out(say(RegionNotice.OPEN), link=to_row(source, FINDINGS, one.row))
            yield {
                **about,
                "district": title,
                "count": one.places,
                "participants": one.participants,
                "look": look,
            }


def _rank(one: KindFacts) -> int:
    return _ORDER.get(_severity(one), _LAST)


def _severity(one: KindFacts) -> str:
    known = CATALOGUE.get(one.code)
    return known.severity.value if known else one.severity


def _about(code: str, one: KindFacts) -> Mapping[str, OutValue]:
    """What a kind of finding says, without its details: whose and what stands in the district's sheet."""
    known = CATALOGUE.get(code)
    fact, advice = (tr(known.fact), tr(known.advice)) if known else ("", "")
    return {
        "severity": _severity(one),
        "code": code,
        "text": _DETAIL.sub("…", fact),
        "advice": _DETAIL.sub("…", advice),
    }
