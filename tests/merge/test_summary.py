"""What «Панель» says first."""

from __future__ import annotations

from sheetsync.findings import make, severity_of
from sheetsync.merge.received import Received
from sheetsync.merge.summary import Light, lights, outcome_line, worst_findings
from sheetsync.model import Origin, Severity, Verdict
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
