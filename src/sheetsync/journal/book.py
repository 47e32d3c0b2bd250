"""An open journal: what is written into it and read from it."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from sheetsync.journal.attached import AttachedJournal
from sheetsync.journal.bulk import BulkJournal
from sheetsync.journal.google import GoogleJournal
from sheetsync.journal.letters import LettersJournal
from sheetsync.journal.links import LinksJournal
from sheetsync.journal.notes import NoteJournal
from sheetsync.journal.orders import OrdersJournal
from sheetsync.journal.periods import PeriodsJournal
from sheetsync.journal.published import PublishedJournal
from sheetsync.journal.records import (
    Act,
    Destroyed,
    DestroyedKind,
    IssuedForm,
    JudgedRow,
    KnownCopy,
    OrphanText,
    RowKey,
    Version,
    VersionKind,
)
from sheetsync.journal.returned import ReturnedJournal
from sheetsync.journal.schema import prepare
from sheetsync.journal.words import marker, versions_in
from sheetsync.model import AnswerMark, Event, JournalLine, Origin

KEY_FILE: Final = "fingerprints.key"
_KEY_BYTES: Final = 32
_BATCH_COLUMNS: Final = "participant, run, at, file, sha256, sheet, words"
_VERSION_COLUMNS: Final = (
    "participant, activity, part, kind, fingerprint, run, at, word, file, sha256, sheet, cell"
)


def fingerprint(key: bytes, *words: str) -> str:
    """What a journal with that key keeps of words."""
    return marker(key)(words).hex()


class Journal:
    """An open journal; ``open_journal`` makes one."""

    def __init__(self, connection: sqlite3.Connection, key: bytes) -> None:
        self._connection = connection
        self.key = key
        self.attached = AttachedJournal(connection, self.fingerprint)
        self.bulk = BulkJournal(connection)
        self.google = GoogleJournal(connection)
        self.letters = LettersJournal(connection)
        self.links = LinksJournal(connection, self.fingerprint)
        self.notes = NoteJournal(connection)
        self.returned = ReturnedJournal(connection)
        self.orders = OrdersJournal(connection)
        self.published = PublishedJournal(connection)
        self.periods = PeriodsJournal(connection)

    def fingerprint(self, *words: str) -> str:
        """What is kept of a text instead of the text: without the key beside the journal it tells
        nothing, not even to one who tries every telephone number."""
        return fingerprint(self.key, *words)

    def next_run(self) -> int:
        (last,) = self._connection.execute(
            "SELECT coalesce(max(run), 0) FROM (SELECT run FROM events UNION ALL SELECT run FROM versions"
            " UNION ALL SELECT run FROM version_batches)"
        ).fetchone()
        return int(last) + 1

    # --- copies and forms

    def copies(self) -> dict[str, KnownCopy]:
        """Every copy ever received, by sha256."""
        rows = self._connection.execute("SELECT sha256, name, run, received_on FROM copies")
        return {row[0]: KnownCopy(row[0], row[1], row[2], date.fromisoformat(row[3])) for row in rows}

    def add_copy(self, copy: KnownCopy) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO copies VALUES (?, ?, ?, ?)",
            (copy.sha256, copy.name, copy.run, copy.received_on.isoformat()),
        )

    def senders(self) -> dict[str, tuple[str, ...]]:
        """Copies the workbook was written from, by sha256: whose reports each held, if anybody's."""
        found: dict[str, tuple[str, ...]] = {}
        for sha256, code in self._connection.execute("SELECT * FROM senders ORDER BY participant"):
            found[sha256] = (*found.get(sha256, ()), *([code] if code else ()))
        return found

    def add_senders(self, senders: Iterable[tuple[str, str]]) -> None:
        """Pairs (sha256, participant code); no code for a file that holds no report."""
        self._connection.executemany("INSERT OR IGNORE INTO senders VALUES (?, ?)", list(senders))

    def forms(self) -> list[IssuedForm]:
        """Every form ever sent, oldest first."""
        rows = self._connection.execute(
            "SELECT participant, issue, sha256, name, plan_digest, run FROM forms "
            "ORDER BY issue, run, participant"
        )
        return [IssuedForm(*row) for row in rows]

    def add_form(self, form: IssuedForm, at: datetime) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO forms VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                form.participant,
                form.issue,
                form.sha256,
                form.name,
                form.plan_digest,
                at.isoformat(),
                form.run,
            ),
        )

    # --- the story of the runs

    def lines(self) -> list[JournalLine]:
        """The story of the campaign, oldest first."""
        rows = self._connection.execute("SELECT * FROM events ORDER BY rowid")
        return [JournalLine(row[0], datetime.fromisoformat(row[1]), Event(row[2]), *row[3:]) for row in rows]

    def add_lines(self, lines: Sequence[JournalLine]) -> None:
        self._connection.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)",
            [
                (line.run, line.at.isoformat(), line.event.value, line.participant, line.file, line.note)
                for line in lines
            ],
        )

    # --- answers and decisions

    def answers(self) -> dict[RowKey, AnswerMark]:
        """What the rows of the district workbook said after the last run."""
        rows = self._connection.execute("SELECT participant, rows FROM said")
        return {place: mark for row in rows for place, mark in answers_in(*row).items()}

    def judged(self) -> dict[RowKey, JudgedRow]:
        """The decisions that stood after the last run."""
        rows = self._connection.execute("SELECT participant, activity, decision, answer, files FROM judged")
        return {(row[0], row[1]): JudgedRow(row[2], _mark(*row[3:])) for row in rows}

    def remember(self, answers: Mapping[RowKey, AnswerMark], judged: Mapping[RowKey, JudgedRow]) -> None:
        """Replace what is remembered of answers and decisions by what this run shows."""
        self._connection.execute("DELETE FROM said")
        self._connection.execute("DELETE FROM judged")
        said: dict[str, dict[str, AnswerMark]] = {}
        for (code, activity), mark in answers.items():
            said.setdefault(code, {})[activity] = mark
        self.remember_some({code: said_as_text(rows) for code, rows in said.items()}, judged)

    def remember_some(self, said: Mapping[str, str], judged: Mapping[RowKey, JudgedRow]) -> None:
        """The same of some participants; what is remembered of others stays.

        ``said`` is what the rows of each say now, as ``said_as_text`` tells it.
        """
        self._connection.executemany("INSERT OR REPLACE INTO said VALUES (?, ?)", said.items())
        self._connection.executemany("DELETE FROM judged WHERE participant = ?", [(code,) for code in said])
        self._connection.executemany(
            "INSERT INTO judged VALUES (?, ?, ?, ?, ?)",
            [(*key, one.decision, one.made_on.answer, _files(one.made_on)) for key, one in judged.items()],
        )

    def answers_of(self, codes: Iterable[str]) -> dict[RowKey, AnswerMark]:
        """What the rows of some participants said after the last run."""
        found: dict[RowKey, AnswerMark] = {}
        for code in codes:
            rows = self._connection.execute("SELECT rows FROM said WHERE participant = ?", (code,))
            for (said,) in rows:
                found.update(answers_in(code, said))
        return found

    def orphans(self) -> list[OrphanText]:
        """Words of the office whose row is gone. Their text stays: nothing else keeps it."""
        rows = self._connection.execute("SELECT * FROM orphans ORDER BY rowid")
        return [OrphanText(*row) for row in rows]

    def add_orphans(self, orphans: Sequence[OrphanText]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO orphans VALUES (?, ?, ?, ?, ?, ?)",
            [(one.participant, one.activity, one.row, one.text, one.sheet, one.cell) for one in orphans],
        )

    def versions(self) -> list[Version]:
        """Everything answers and decisions ever said, oldest first.

        The first words of a participant come before what disagreed with them in the same run.
        """
        rows = self._connection.execute(f"SELECT {_VERSION_COLUMNS} FROM versions ORDER BY rowid")
        batches = self._connection.execute(f"SELECT {_BATCH_COLUMNS} FROM version_batches ORDER BY rowid")
        return _in_time([*(one for batch in batches for one in versions_in(batch)), *map(_version, rows)])

    def versions_of(self, codes: Sequence[str]) -> list[Version]:
        """The same of some participants."""
        found: list[Version] = []
        for code in codes:
            batches = self._connection.execute(
                f"SELECT {_BATCH_COLUMNS} FROM version_batches WHERE participant = ? ORDER BY rowid", (code,)
            )
            found += (one for batch in batches for one in versions_in(batch))
            rows = self._connection.execute(
                f"SELECT {_VERSION_COLUMNS} FROM versions WHERE participant = ? ORDER BY rowid", (code,)
            )
            found += map(_version, rows)
        return _in_time(found)

    def knows_words_of(self, codes: Sequence[str]) -> bool:
        """Whether anything some participants said was ever told of."""
        tables = ("versions", "version_batches")
        return any(
            self._connection.execute(f"SELECT 1 FROM {table} WHERE participant = ?", (code,)).fetchone()
            for table in tables
            for code in codes
        )

    def words_of(self, code: str) -> tuple[int, bytes] | None:
        """The run and the words of a participant told of only once, all at once; ``None`` of any other."""
        one_by_one = self._connection.execute("SELECT 1 FROM versions WHERE participant = ?", (code,))
        batches = self._connection.execute(
            "SELECT run, words FROM version_batches WHERE participant = ? LIMIT 2", (code,)
        ).fetchall()
        return batches[0] if len(batches) == 1 and one_by_one.fetchone() is None else None

    def add_words(self, code: str, run: int, at: datetime, workbook: Origin, words: bytes) -> None:
        """All the words of a participant nobody has told of yet, as ``words_as_bytes`` packs them."""
        self._connection.execute(
            "INSERT INTO version_batches VALUES (?, ?, ?, ?, ?, ?, ?)",
            (code, run, at.isoformat(), workbook.file, workbook.sha256, workbook.sheet, words),
        )

    def last_answered(self) -> int:
        """The last run in which an answer changed; 0 before any did."""
        (last,) = self._connection.execute(
            "SELECT coalesce(max(run), 0) FROM (SELECT run FROM versions WHERE kind = ?"
            " UNION ALL SELECT run FROM version_batches)",
            (VersionKind.ANSWER.value,),
        ).fetchone()
        return int(last)

    def add_versions(self, versions: Iterable[Version]) -> None:
        self._connection.executemany(
            f"INSERT INTO versions ({_VERSION_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *(*one.place, one.kind.value, one.fingerprint, one.run, one.at.isoformat(), one.word),
                    *(one.origin.file, one.origin.sha256, one.origin.sheet, one.origin.cell),
                )
                for one in versions
            ],
        )

    # --- destruction

    def acts(self) -> list[Act]:
        """Every act, oldest first."""
        rows = self._connection.execute("SELECT * FROM acts ORDER BY number")
        return [_act(*row) for row in rows]

    def save_act(self, act: Act) -> None:
        """Begin an act, or tell of one begun that it is completed."""
        completed = act.completed.isoformat() if act.completed else None
        self._connection.execute(
            "INSERT OR REPLACE INTO acts VALUES (?, ?, ?, ?, ?)",
            (act.number, act.before.isoformat(), act.begun.isoformat(), act.file, completed),
        )

    def destroyed(self, act: Act | None = None) -> list[Destroyed]:
        """The files of one act, or of all."""
        rows = self._connection.execute(
            "SELECT kind, path, name, sha256, size, received_on FROM destroyed "
            "WHERE ? IS NULL OR act = ? ORDER BY act, kind DESC, received_on, name",
            (act.number if act else None,) * 2,
        )
        return [_destroyed(row) for row in rows]

    def destroyed_copies(self) -> dict[str, Act]:
        """The act by which the original of a copy was destroyed, by sha256."""
        acts = {act.number: act for act in self.acts()}
        rows = self._connection.execute(
            "SELECT sha256, min(act) FROM destroyed WHERE kind = ? GROUP BY sha256", (DestroyedKind.ORIGINAL,)
        )
        return {sha256: acts[number] for sha256, number in rows}

    def add_destroyed(self, act: Act, files: Iterable[Destroyed]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO destroyed VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (act.number, one.kind.value, os.fsencode(one.path), one.name, one.sha256, one.size,
                 one.received_on.isoformat() if one.received_on else None)
                for one in files
            ],
        )  # fmt: skip

    # --- transactions

    def commit(self) -> None:
        """Keep for good what was added so far."""
        self._connection.commit()

    def roll_back(self) -> None:
        """Forget what was added since the journal was opened."""
        self._connection.rollback()


def _version(row: Sequence[Any]) -> Version:
    participant, activity, part, kind, fingerprint, run, at, word, *origin = row
    moment = datetime.fromisoformat(at)
    where = Origin(*origin)
    return Version(participant, activity, part, VersionKind(kind), fingerprint, run, moment, where, word)


def _in_time(versions: list[Version]) -> list[Version]:
    return sorted(versions, key=lambda one: one.run)


def answers_in(code: str, said: str) -> dict[RowKey, AnswerMark]:
    """What ``said_as_text`` told of a participant."""
    return {(code, activity): _mark(*mark) for activity, mark in json.loads(said).items()}


def said_as_text(rows: Mapping[str, AnswerMark]) -> str:
    """What the rows of a participant say, by activity, as the journal keeps it."""
    return json.dumps({activity: [mark.answer, _files(mark)] for activity, mark in rows.items()})


def _act(number: int, before: str, begun: str, file: str, completed: str | None) -> Act:
    ended = datetime.fromisoformat(completed) if completed else None
    return Act(number, date.fromisoformat(before), datetime.fromisoformat(begun), file, ended)


def _destroyed(row: Sequence[Any]) -> Destroyed:
    kind, path, name, sha256, size, received_on = row
    day = date.fromisoformat(received_on) if received_on else None
    return Destroyed(DestroyedKind(kind), os.fsdecode(path), name, sha256, size, day)


@contextlib.contextmanager
def open_journal(path: Path) -> Iterator[Journal]:
    """Open the journal; everything added is committed at the end, or nothing when the block fails.

    Raises ``sqlite3.Error`` when it cannot be opened, ``NewerJournal`` when a later program made it.
    """
    connection = sqlite3.connect(path)
    try:
        journal = Journal(connection, _key_beside(path))
        prepare(connection, journal.fingerprint)
        with connection:
            yield journal
    finally:
        connection.close()


def _mark(answer: str, files: str | None) -> AnswerMark:
    return AnswerMark(answer, None if files is None else frozenset(files.split()))


def _files(mark: AnswerMark) -> str | None:
    return None if mark.files is None else " ".join(sorted(mark.files))


def _key_beside(path: Path) -> bytes:
    """The secret of the fingerprints; a lost one is made anew (answers then count as changed once)."""
    place = path.with_name(KEY_FILE)
    try:
        if not place.exists() or place.stat().st_size != _KEY_BYTES:
            handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(os.urandom(_KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
        return place.read_bytes()
    except OSError as error:
        raise sqlite3.OperationalError(error.strerror or type(error).__name__) from error
