"""What «Панель» and «Журнал» show: four rates, a light for each participant, the story so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from sheetsync.columns import JOURNAL, LIGHTS, PanelCell
from sheetsync.district.bodies import OutRecord, ValueBody, values_of
from sheetsync.findings import fact_of
from sheetsync.merge.summary import ParticipantLight, outcome_line
from sheetsync.model import Consolidation, Event, JournalLine, SchoolState
from sheetsync.notices import Notice, say
from sheetsync.workbooks.port import Out


def panel_cells(result: Consolidation, lines: Sequence[JournalLine]) -> dict[PanelCell, Out]:
    """Values of the named cells of «Панель»; the outcome is that of the last run in the journal."""
    rates = result.rates
    return {
        PanelCell.TITLE: Out(result.plan.settings.plan_title),
        PanelCell.AS_OF: Out(result.as_of),
        PanelCell.RECEIVED: Out(rates.received),
        PanelCell.ON_TIME: Out(rates.on_time),
        PanelCell.FILLED: Out(rates.filled),
        PanelCell.EVIDENCED: Out(rates.evidenced),
        PanelCell.OUTCOME: Out(_last_outcome(lines)),
        PanelCell.STATES: Out(states_line(result)),
    }


def states_line(result: Consolidation) -> str:
    """How many reports have got how far: «не поступило — 2; на доработке — 1»."""
    counted = Counter(one.state for one in result.completeness if one.owes_report)
    return "; ".join(f"{state.value} — {counted[state]}" for state in SchoolState if counted[state])


def _last_outcome(lines: Sequence[JournalLine]) -> str:
    last = next((line for line in reversed(lines) if line.event is Event.CONSOLIDATED), None)
    return say(Notice.LAST_RUN, at=f"{last.at:%d.%m.%Y %H:%M}", note=last.note) if last else ""


def run_note(result: Consolidation) -> str:
    """One run in one line: how many files, how many findings."""
    line = outcome_line(result)
    return say(
        Notice.RUN_NOTE,
        files=line.files,
        not_taken=line.not_taken,
        received=line.received,
        owing=line.owing,
        must=line.must,
        warnings=line.warnings,
    )


def lights_body(
    result: Consolidation, shown: Iterable[ParticipantLight], headers: Sequence[str]
) -> ValueBody:
    """A light for every participant who owes a report, as ``lights`` tells them.

    ``headers`` are those the workbook has: a new column would push apart the «Панель» of an older one.
    """
    columns = tuple(one for one in LIGHTS.columns if one.key != "state" or one.header in headers)
    names = {one.code: one.short_name for one in result.plan.participants}
    states = {one.participant: one.state for one in result.completeness}
    records: list[OutRecord] = [
        {
            "participant": names.get(one.participant, one.participant),
            "light": one.light.value,
            "note": _reason(one),
            "state": states[one.participant].value,
        }
        for one in shown
    ]
    return values_of(replace(LIGHTS, columns=columns), records, ("participant",))


def _reason(one: ParticipantLight) -> str:
    if one.reason is None:
        return ""
    fact = fact_of(one.reason)
    return say(Notice.AND_OTHERS, fact=fact, others=one.others) if one.others else fact


def journal_body(lines: Iterable[JournalLine]) -> ValueBody:
    """The story of the campaign, or some of it; the lines come newest first."""
    records: Iterable[OutRecord] = (
        {
            "run": line.run,
            "at": f"{line.at:%d.%m.%Y %H:%M}",
            "event": line.event.value,
            "participant": line.participant,
            "file": line.file,
            "note": line.note,
        }
        for line in lines
    )
    return values_of(JOURNAL, records, ("run", "event", "participant", "file", "note"))
