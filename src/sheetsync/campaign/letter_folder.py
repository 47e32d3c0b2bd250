"""«Письма/2026-06-15/S01 Липовская СОШ.docx»: the letters of a day; what a person changed is left alone."""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.files import read_file
from sheetsync.campaign.form_names import form_name, form_title
from sheetsync.journal import Journal, LetterLine, LetterOutcome
from sheetsync.letters.gaps import Gaps
from sheetsync.letters.letter import Enclosed
from sheetsync.model import Channel, Participant

DOCUMENT: Final = ".docx"
MESSAGE: Final = ".eml"
_BOOKS: Final = "*.xlsx"


class Kept(Enum):
    """What became of a file of the letter."""

    WRITTEN = auto()
    SAME = auto()
    EDITED = auto()
    """Somebody changed it since it was written: it stays as it is."""


class LetterFile(Struct, frozen=True):
    """A file of a letter, with the bytes that lie there now (on a trial: would lie)."""

    path: Path
    data: bytes
    kept: Kept


class LetterFolder:
    """The letters of today, and the forms that go with them."""

    def __init__(
        self, campaign: store.Campaign, journal: Journal, run: int, now: datetime, *, is_dry: bool
    ) -> None:
        self.path = campaign.letters / f"{now:%Y-%m-%d}"
        self._campaign = campaign
        self._journal = journal
        self._run = run
        self._now = now
        self._is_dry = is_dry
        self._ours = journal.letters.written()

    def put(self, participant: Participant, ending: str, data: bytes) -> LetterFile:
        """Write a file of a letter, unless it lies there already or somebody changed it."""
        path = self.path / f"{form_title(participant)}{ending}"
        present = read_file(path) if path.exists() else None
        if present == data:
            return LetterFile(path, data, Kept.SAME)
        if present is not None and store.sha256(present) not in self._ours:
            return LetterFile(path, present, Kept.EDITED)
        if not self._is_dry:
            self._write(participant, path, data)
        return LetterFile(path, data, Kept.WRITTEN)

    def _write(self, participant: Participant, path: Path, data: bytes) -> None:
        name = path.relative_to(self._campaign.folder).as_posix()
        line = LetterLine(
            self._run, self._now, participant.code, name, store.sha256(data), LetterOutcome.WRITTEN
        )
        self._journal.letters.add(line)
        self._journal.commit()  # known before it is there: a run cut off here leaves no unknown letter
        store.write_atomically(path, data)

    def of_others(self, codes: frozenset[str]) -> dict[str, Path]:
        """Documents written today to participants who are not among ``codes`` any more."""
        lines = (one for one in self._journal.letters.lines() if one.outcome is LetterOutcome.WRITTEN)
        paths = {
            one.participant: self._campaign.folder / one.file for one in lines if one.file.endswith(DOCUMENT)
        }
        return {
            code: path
            for code, path in paths.items()
            if code not in codes and path.parent == self.path and path.exists()
        }

    # --- what goes with a letter

    def enclosed(self, gaps: Gaps) -> Enclosed:
        """The form with remarks where rows were sent back; the issued one where no report came, or the
        form that was filled does not ask everything."""
        if gaps.participant.channel is Channel.GOOGLE:
            return Enclosed()
        if gaps.has_remarks:
            returned = self.returned_form(gaps.participant)
            last = self._journal.returned.last(gaps.participant.code)
            return Enclosed(returned.name, until=last.until if last else None) if returned else Enclosed()
        form = self._campaign.forms / form_name(gaps.participant)
        is_wanted = gaps.has_no_report or gaps.has_newer_rows
        return Enclosed(form=form.name if is_wanted and form.exists() else "")

    def returned_form(self, participant: Participant) -> Path | None:
        """The form returned to a participant last, if any lies in «Возврат»."""
        found = sorted(
            path
            for path in self._campaign.returned.rglob(_BOOKS)
            if path.name.startswith(f"{participant.code} ")
        )
        last = self._journal.returned.last(participant.code)
        known = (path for path in found if last and store.sha256(read_file(path)) == last.sha256)
        return next(known, found[-1] if found else None)

    def files(self, participant: Participant, enclosed: Enclosed) -> list[Path]:
        """Where what is enclosed lies."""
        returned = self.returned_form(participant) if enclosed.returned else None
        form = self._campaign.forms / enclosed.form if enclosed.form else None
        return [path for path in (returned, form) if path]
