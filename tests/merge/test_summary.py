"""What «Панель» says first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from sheetsync.findings import grouped, make, severity_of
from sheetsync.merge.received import Received
from sheetsync.merge.summary import Light, lights, outcome_line, worst_findings
from sheetsync.model import Finding, Origin, Severity, Verdict
from small_district import FULL, answer, copy, run

SECOND = {**FULL, "document": "приказ № 8 от 01.06.2023"}
THIRD = {**FULL, "document": "справка № 2 от 01.09.2023"}


def test_every_participant_has_a_light_and_its_reason() -> None:
    fine = copy("S1", answer("r1", **FULL), answer("r2", **SECOND), answer("r3", **THIRD))
    gaps = copy("S2", answer("r1", status="выполнено"))

    shown = {
        one.participant: (one.light, one.reason.code if one.reason else None)
        for one in lights(run(fine, gaps))
    }

    assert shown == {"S1": (Light.FINE, None), "S2": (Light.GAPS, "C404"), "O1": (Light.NO_REPORT, "C401")}


def test_a_light_is_read_without_colour() -> None:
    assert len({light.value[0] for light in Light}) == 3


def test_the_worst_findings_are_of_different_kinds_before_they_repeat() -> None:
    worst = worst_findings(
        run(copy("S1", answer("r1", status="выполнено"), answer("r2", status="выполнено"))), 4
    )

    assert {severity_of(one) for one in worst} == {Severity.MUST}
    assert len({one.code for one in worst}) == 4


def test_what_is_about_everything_is_read_first() -> None:
    """A missing folder or an emptied plan makes every other figure meaningless."""
    told = (make("S808"), make("S814"))
    report = copy("S1", answer("r1", status="выполнено"), answer("r2", status="выполнено"))

    assert worst_findings(run(report, findings=told), 4)[0].code == "S814"


def test_a_file_that_is_nobody_s_is_read_before_what_is_asked_of_participants() -> None:
    """Five kinds of trouble with rows must not hide that a whole report could not be read."""
    broken = make("F105", origin=Origin("битый.xlsx"), what="архив обрывается")
    report = copy("S1", answer("r1", status="выполнено"), answer("r2", status="в работе"))

    assert worst_findings(run(report, findings=[broken]), 3)[0].code == "F105"


def test_the_line_of_the_last_run() -> None:
    refused = Received(Origin("x.exe", "sha"), Verdict.REFUSED)
    line = outcome_line(run(copy("S1", answer("r1", **FULL)), refused))

    assert (line.files, line.not_taken, line.owing, line.received, line.unaccounted) == (2, 1, 3, 1, 0)
    assert line.must > 0


SOME_FINDINGS = some.lists(
    some.builds(
        make,
        some.sampled_from(["S808", "S814", "F105", "C404", "C401", "E601", "C405", "E605", "C409", "R331"]),
        participant=some.sampled_from([None, "S1", "S2"]),
        activity=some.sampled_from([None, "r1"]),
        origin=some.sampled_from([Origin(""), Origin("a.xlsx"), Origin("a.xlsx", "", "Отчёт", "B2")]),
        what=some.sampled_from(["", "x"]),
    ),
    max_size=12,
)


@given(SOME_FINDINGS, some.integers(0, 6))
def test_a_few_worst_findings_are_the_first_of_all(told: list[Finding], few: int) -> None:
    """Those that are not shown need not be looked at."""
    result = replace(run(), findings=tuple(told))

    assert worst_findings(result, few) == _sorted_by_need(told)[:few]


def _sorted_by_need(told: list[Finding]) -> tuple[Finding, ...]:
    """All findings together, as they are to be read."""
    every = grouped(told)
    severities = list(Severity)

    def need(one: Finding) -> tuple[object, ...]:
        severity = severity_of(one)
        about_all = severity is Severity.MUST and not one.participant and not one.origin.file
        kind = [other for other in every if other.code == one.code and _is_of_all(other) == about_all]
        whose = severity is Severity.MUST and kind[0].participant is not None
        turn = 0 if about_all else kind.index(one)
        return (not about_all, severities.index(severity), turn, False if about_all else whose, one.code)

    return tuple(sorted(every, key=need))


def _is_of_all(one: Finding) -> bool:
    return severity_of(one) is Severity.MUST and not one.participant and not one.origin.file
