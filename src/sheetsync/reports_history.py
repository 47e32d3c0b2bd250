"""What ``history`` and ``purge`` print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from sheetsync.campaign import Change, PurgeResult
from sheetsync.campaign.act import KIND_WORDS
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.retelling import Words
from sheetsync.journal import DestroyedKind, VersionKind
from sheetsync.lines import result_line
from sheetsync.merge.shown import place_of
from sheetsync.messages import tr
from sheetsync.model import Origin
from sheetsync.notices import Notice, say


def show_history(changes: Sequence[Change]) -> None:
    """A heading for each row of the свод, a line for each change, oldest first."""
    if not changes:
        result_line(say(Notice.HISTORY_EMPTY))
    for (participant, activity), told in groupby(changes, key=_heading):
        result_line(say(Notice.HISTORY_HEAD, participant=participant, activity=activity))
        for one in told:
            result_line(f"  {_sentence(one)}")


def _heading(one: Change) -> tuple[str, str]:
    return one.participant, f"{one.number} {one.title}".strip()


def _sentence(one: Change) -> str:
    is_conflict = one.kind is VersionKind.CONFLICT
    parts = [
        say(
            Notice.HISTORY_CONFLICT if is_conflict else Notice.HISTORY_CHANGE,
            at=f"{one.at:%d.%m.%Y %H:%M}",
            run=one.run,
            column=tr(one.column),
            was=_quoted(one.was),
            became=_quoted(one.became),
        )
    ]
    if one.origin.file:
        parts.append(say(Notice.HISTORY_FROM, place=_where(one.origin)))
    if one.gave_way.file:
        parts.append(say(Notice.HISTORY_GAVE_WAY, place=_where(one.gave_way)))
    return " ".join(parts)


def _where(origin: Origin) -> str:
    return ", ".join(part for part in (origin.file, place_of(origin)) if part)


def _quoted(words: Words) -> str:
    return f"«{words.text}»" if words.text else _note(words) or say(Notice.HISTORY_NOTHING)


def _note(words: Words) -> str:
    """Why a text cannot be told."""
    if words.destroyed:
        act = words.destroyed
        return say(Notice.HISTORY_DESTROYED, number=act.number, day=f"{act.begun:%d.%m.%Y}")
    return say(Notice.HISTORY_UNREADABLE) if words.unreadable else ""


def history_as_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The same as a plain list; a text that cannot be told is null and its note says why."""
    return [
        {
            "at": one.at.isoformat(),
            "run": one.run,
            "kind": one.kind.value,
            "participant": one.code,
            "activity": one.activity,
            "number": one.number,
            "column": one.column,
            "was": one.was.text,
            "was_note": _note(one.was) or None,
            "became": one.became.text,
            "became_note": _note(one.became) or None,
            **_origin_as_json(one.origin),
            "gave_way": _origin_as_json(one.gave_way) if one.gave_way.file else None,
        }
        for one in changes
    ]


def _origin_as_json(origin: Origin) -> dict[str, str | None]:
    return {
        "file": origin.file or None,
        "sha256": origin.sha256 or None,
        "sheet": origin.sheet or None,
        "cell": origin.cell or None,
    }


def show_purge(result: PurgeResult) -> None:
    """What went, where the act is, and what is left to the coordinator."""
    counts = {
        "copies": result.count(DestroyedKind.ORIGINAL),
        "received": result.count(DestroyedKind.RECEIVED),
        "backups": result.count(DestroyedKind.BACKUP),
    }
    if result.is_dry:
        result_line(say(Notice.PURGE_DRY, **counts))
    elif result.files:
        result_line(say(Notice.PURGE_DONE, **counts))
    elif not result.acts:
        result_line(say(Notice.PURGE_NOTHING, before=f"{result.before:%d.%m.%Y}"))
    if result.count(DestroyedKind.RETURNED):
        result_line(say(Notice.PURGE_RETURNED, count=result.count(DestroyedKind.RETURNED)))
    for one in result.files:
        day = f", {one.received_on:%d.%m.%Y}" if one.received_on else ""
        result_line(f"  {one.name}{day}: {say(KIND_WORDS[one.kind])}")
    for act in result.acts:
        result_line(say(Notice.PURGE_ACT, path=(result.campaign.folder / act.file).resolve()))
    for sentence in _left_to_do(result):
        result_line(sentence)


def _left_to_do(result: PurgeResult) -> Iterable[str]:
    if result.only_in_workbook:
        yield say(Notice.PURGE_ONLY_IN_WORKBOOK, answers=result.only_in_workbook)
    for names, notice in (
        (result.left, Notice.PURGE_LEFT),
        (result.in_google, GoogleNotice.PURGE_IN_GOOGLE),
        (result.mixed, Notice.PURGE_MIXED),
        (result.not_yet, Notice.PURGE_NOT_YET),
    ):
        if names:
            yield say(notice, names="; ".join(f"«{name}»" for name in names))
    for one in result.stuck:
        yield say(Notice.PURGE_STUCK, path=one.path, reason=one.reason)
    if result.aside:
        yield say(Notice.PURGE_ASIDE, count=result.aside)
