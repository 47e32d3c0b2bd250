"""Which copy of a participant came after which, and which was made from which: by what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from sheetsync.model import Entry, Submission
from sheetsync.text import squeeze

_Answer = tuple[str, str, str]
"""Activity key, column key and words: one cell as a copy has it."""


class Copy(Struct, frozen=True):
    """One submission and its arrival number; ``base`` are the answers, by activity, that the form it
    was made from was sent with (a form issued empty has none)."""

    order: int
    submission: Submission
    base: Mapping[str, Entry] = field(default_factory=dict)


def place_of_copy(copy: Copy) -> tuple[int, int, list[_Answer], str]:
    """The order of arrival; of those that came at once the fullest is first, then words decide. What
    a file is called decides nothing."""
    said = sorted(_answers(copy.submission.entries))
    return (copy.order, -len(said), said, copy.submission.origin.sha256)


def base_of(copy: Copy) -> Mapping[str, Entry]:
    """What its form was sent with, as far as the copy still says so."""
    said = _answers(copy.submission.entries)
    return copy.base if _repeats(said, _answers(copy.base.values())) else {}


def continuing(ordered: Sequence[Copy]) -> frozenset[int]:
    """Which copies repeat an earlier one: made from it, so an empty cell in them may be meant.

    What the form of the later one was sent with tells nothing: an older form repeats that too.
    """
    said = [_answers(copy.submission.entries) for copy in ordered]
    sent = [_answers(copy.base.values()) for copy in ordered]
    return frozenset(
        later
        for later, copy in enumerate(ordered)
        for earlier in range(later)
        if ordered[earlier].order < copy.order
        and (own := said[earlier] - sent[later])
        and _repeats(said[later], own)
    )


def made_from(copy: Copy, before: Sequence[Copy]) -> Mapping[str, Entry]:
    """The answers of the earlier copy this one was made from; none when it is as near to its form as
    that was sent."""
    said, sent = _answers(copy.submission.entries), _answers(copy.base.values())
    earlier = [one.submission.entries for one in before if one.order < copy.order]
    nearest = min(reversed(earlier), key=lambda one: len(said ^ _answers(one)), default=())
    if not sent or len(said ^ _answers(nearest)) >= len(said ^ sent):
        return {}
    return {entry.activity: entry for entry in nearest}


def _repeats(later: frozenset[_Answer], earlier: frozenset[_Answer]) -> bool:
    """Does one say at least half of what the other said?"""
    return 2 * len(later & earlier) >= len(earlier)


def _answers(entries: Iterable[Entry]) -> frozenset[_Answer]:
    return frozenset(
        (entry.activity, column, squeeze(cell.text))
        for entry in entries
        for column, cell in entry.fields.items()
        if cell.text.strip()
    )
