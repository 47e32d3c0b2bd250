"""What the journal learns from parts: the words that stand now, and what decisions were made on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sheetsync.campaign.parts.around import Decided
from sheetsync.campaign.parts.judging import Codes
from sheetsync.campaign.parts.memory import Memory
from sheetsync.campaign.parts.part import Words
from sheetsync.campaign.parts.working import versions_in
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.campaign.versions import Recorder
from sheetsync.journal import Journal, JudgedRow, RowKey
from sheetsync.model import AnswerMark, Decision


@dataclass(frozen=True)
class Recording:
    """Tells the journal of the parts it does not know yet; called when the workbook shows them.

    ``decided`` are the decisions parts were judged with, by participant.
    """

    journal: Journal
    memory: Memory
    recorder: Recorder
    past: PastPeriods
    decided: Mapping[str, Decided]

    def record(self) -> bool:
        """Whether a word new to the journal stands in the workbook and nowhere else."""
        is_new = False
        for codes in self.memory.unrecorded():
            words = self.memory.words(codes)
            self._remember(codes, words)
            is_new |= self._record(codes, words)
        self.memory.recorded()
        return is_new

    def _remember(self, codes: Codes, words: Words) -> None:
        answers: dict[RowKey, AnswerMark] = {}
        judged: dict[RowKey, JudgedRow] = {}
        for code, said in words.said.items():
            decided = self.decided.get(code, Decided())
            for activity, digest, files in said:
                place = code, activity
                now = answers[place] = AnswerMark(digest, frozenset(files.split()))
                decision = decided.decisions.get(place, Decision())
                if decision != Decision():
                    mark = decided.on.get(place, now)
                    if mark.files is None:  # nobody remembers: what comes from now on is more
                        mark = replace(mark, files=now.files)
                    told = self.journal.fingerprint(decision.verdict, decision.remark)
                    judged[place] = JudgedRow(told, mark)
        self.journal.remember_some(codes, answers.items(), judged.items())

    def _record(self, codes: Codes, words: Words) -> bool:
        head = self.memory.head(codes)
        known = self.journal.versions_of(codes)
        versions = [one for some in known.values() for one in some if not self.past.is_past_run(one.run)]
        recorder = self.recorder
        standing = (
            version
            for code, said in words.standing.items()
            for version in versions_in(code, said, recorder.run, recorder.at, recorder.workbook)
        )
        return recorder.record_words(head.files, head.findings, versions, standing)


def decided_by(journal: Journal, by_code: Mapping[str, Mapping[RowKey, Decision]]) -> dict[str, Decided]:
    """Decisions by participant, with what each was made on: remembered, or what the workbook showed last."""
    known, shown = journal.judged(), journal.answers_of(by_code)
    found = {}
    for code, own in by_code.items():
        on = {}
        for place, decision in own.items():
            before = known.get(place)
            if before and before.decision == journal.fingerprint(decision.verdict, decision.remark):
                on[place] = before.made_on
            elif place in shown:
                on[place] = shown[place]
        found[code] = Decided(own, on)
    return found
