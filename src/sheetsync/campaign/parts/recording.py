"""What the journal learns from parts: the words that stand now, and what decisions were made on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from sheetsync.campaign.parts.around import Decided
from sheetsync.campaign.parts.judging import Codes
from sheetsync.campaign.parts.memory import Memory
from sheetsync.campaign.parts.part import Words
from sheetsync.campaign.past_periods import PastPeriods
from sheetsync.campaign.versions import Recorder
from sheetsync.journal import Journal, JudgedRow, RowKey, answers_in, versions_in
from sheetsync.merge.consolidate import NOTHING_DECIDED
from sheetsync.model import AnswerMark, Decision


class Recording(Struct, frozen=True):
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
        judged: dict[RowKey, JudgedRow] = {}
        for code in codes:
            decided = self.decided.get(code)
            if decided:
                judged.update(self._judged(decided, answers_in(code, words.said[code])))
        self.journal.remember_some(words.said, judged)

    def _judged(
        self, decided: Decided, answers: Mapping[RowKey, AnswerMark]
    ) -> Iterator[tuple[RowKey, JudgedRow]]:
        for place, decision in decided.decisions.items():
            now = answers[place]
            mark = decided.on.get(place, now)
            if mark.files is None:  # nobody remembers: what comes from now on is more
                mark = replace(mark, files=now.files)
            yield place, JudgedRow(self.journal.fingerprint(decision.verdict, decision.remark), mark)

    def _record(self, codes: Codes, words: Words) -> bool:
        head, recorder = self.memory.head(codes), self.recorder
        if all(self._is_told(code, words.standing.get(code)) for code in codes):
            return recorder.record_words(head.files, head.findings, (), ())
        if self.journal.knows_words_of(codes):
            known = self.journal.versions_of(codes)
            standing = (
                version
                for code, said in words.standing.items()
                for version in versions_in((code, recorder.run, recorder.at.isoformat(), *self._book, said))
            )
            versions = [one for one in known if not self.past.is_past_run(one.run)]
            return recorder.record_words(head.files, head.findings, versions, standing)
        recorder.record_words(head.files, head.findings, (), ())
        for code, said in words.standing.items():
            self.journal.add_words(code, recorder.run, recorder.at, recorder.workbook, said)
        return words.has_decisions

    def _is_told(self, code: str, said: bytes | None) -> bool:
        """Whether the journal has exactly these words of a participant: a run that forgot what it judged
        finds most of them so."""
        if said is None:
            return not self.journal.knows_words_of((code,))
        known = self.journal.words_of(code)
        return known is not None and known[1] == said and not self.past.is_past_run(known[0])

    @property
    def _book(self) -> tuple[str, str, str]:
        book = self.recorder.workbook
        return book.file, book.sha256, book.sheet


def decided_by(
    journal: Journal,
    by_code: Mapping[str, Mapping[RowKey, Decision]],
    revised: Mapping[RowKey, AnswerMark] = NOTHING_DECIDED,
) -> dict[str, Decided]:
    """Decisions by participant, with what each was made on: told by ``revised``, remembered, or what the
    workbook showed last."""
    known, shown = journal.judged(), journal.answers_of(by_code)
    found = {}
    for code, own in by_code.items():
        on = {}
        for place, decision in own.items():
            before = known.get(place)
            if place in revised:
                on[place] = revised[place]
            elif before and before.decision == journal.fingerprint(decision.verdict, decision.remark):
                on[place] = before.made_on
            elif place in shown:
                on[place] = shown[place]
        found[code] = Decided(own, on)
    return found
