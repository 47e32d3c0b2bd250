"""The tables of a journal, and how a journal of an earlier program becomes one of today.

``PRAGMA user_version`` says how many of ``_STEPS`` a journal has been through.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final

Mark = Callable[[str, str], str]
"""Gives the fingerprint of a decision from its verdict and its remark."""

_FIRST: Final = (
    """CREATE TABLE IF NOT EXISTS copies (
        sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, run INTEGER NOT NULL, received_on TEXT NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS forms (
        participant TEXT NOT NULL, issue INTEGER NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL,
        plan_digest TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (participant, issue)
    )""",
    """CREATE TABLE IF NOT EXISTS answers (
        participant TEXT NOT NULL, activity TEXT NOT NULL, fingerprint TEXT NOT NULL,
        PRIMARY KEY (participant, activity)
    )""",
    """CREATE TABLE IF NOT EXISTS decisions (
        participant TEXT NOT NULL, activity TEXT NOT NULL, verdict TEXT NOT NULL, remark TEXT NOT NULL,
        fingerprint TEXT NOT NULL, PRIMARY KEY (participant, activity)
    )""",
    """CREATE TABLE IF NOT EXISTS orphans (
        participant TEXT NOT NULL, activity TEXT NOT NULL, row TEXT NOT NULL, text TEXT NOT NULL,
        sheet TEXT NOT NULL, cell TEXT NOT NULL,
        PRIMARY KEY (participant, activity, row, text, sheet, cell)
    )""",
    """CREATE TABLE IF NOT EXISTS events (
        run INTEGER NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL,
        participant TEXT NOT NULL, file TEXT NOT NULL, note TEXT NOT NULL
    )""",
)
_VERSIONS: Final = (
    """CREATE TABLE versions (
        participant TEXT NOT NULL, activity TEXT NOT NULL, part TEXT NOT NULL, kind TEXT NOT NULL,
        fingerprint TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL, sheet TEXT NOT NULL,
        cell TEXT NOT NULL, word TEXT NOT NULL, run INTEGER NOT NULL, at TEXT NOT NULL
    )""",
    "CREATE INDEX versions_by_place ON versions (participant, activity, part)",
    """CREATE TABLE senders (
        sha256 TEXT NOT NULL, participant TEXT NOT NULL, PRIMARY KEY (sha256, participant)
    )""",
    """CREATE TABLE acts (
        number INTEGER PRIMARY KEY, before TEXT NOT NULL, begun TEXT NOT NULL, file TEXT NOT NULL,
        completed TEXT
    )""",
    """CREATE TABLE destroyed (
        act INTEGER NOT NULL, kind TEXT NOT NULL, path BLOB NOT NULL, name TEXT NOT NULL,
        sha256 TEXT NOT NULL, size INTEGER NOT NULL, received_on TEXT, PRIMARY KEY (act, kind, path)
    )""",
    """CREATE TABLE judged (
        participant TEXT NOT NULL, activity TEXT NOT NULL, decision TEXT NOT NULL, answer TEXT NOT NULL,
        PRIMARY KEY (participant, activity)
    )""",
    "INSERT INTO judged SELECT participant, activity, mark(verdict, remark), fingerprint FROM decisions",
    "DROP TABLE decisions",
)
_FORMS: Final = (
    "ALTER TABLE forms RENAME TO forms_before",
    """CREATE TABLE forms (
        participant TEXT NOT NULL, issue INTEGER NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL,
        plan_digest TEXT NOT NULL, at TEXT NOT NULL, run INTEGER NOT NULL,
        PRIMARY KEY (participant, issue, sha256)
    )""",
    "INSERT INTO forms SELECT participant, issue, sha256, name, plan_digest, at, 0 FROM forms_before",
    "DROP TABLE forms_before",
)
_GOOGLE: Final = (
    "CREATE TABLE google_folders (plan TEXT PRIMARY KEY, file TEXT NOT NULL)",
    """CREATE TABLE google_sheets (
        file TEXT PRIMARY KEY, participant TEXT NOT NULL, link TEXT NOT NULL, content TEXT NOT NULL,
        form TEXT NOT NULL, is_written INTEGER NOT NULL
    )""",
    """CREATE TABLE google_shares (
        file TEXT NOT NULL, email TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (file, email)
    )""",
    """CREATE TABLE google_readings (
        file TEXT NOT NULL, issue INTEGER NOT NULL, sha256 TEXT NOT NULL, modified TEXT, author TEXT NOT NULL,
        read_at TEXT NOT NULL, run INTEGER NOT NULL
    )""",
    "CREATE INDEX google_readings_by_file ON google_readings (file, issue)",
    """CREATE TABLE google_looks (
        file TEXT PRIMARY KEY, version INTEGER NOT NULL, modified TEXT, looked_at TEXT NOT NULL
    )""",
)
_PUBLISHED: Final = (
    "CREATE TABLE google_district (plan TEXT PRIMARY KEY, file TEXT NOT NULL)",
    """CREATE TABLE google_published (
        participant TEXT NOT NULL, activity TEXT NOT NULL, part TEXT NOT NULL, shown TEXT NOT NULL,
        own TEXT NOT NULL, PRIMARY KEY (participant, activity, part)
    )""",
)
_RETURNED: Final = (
    """CREATE TABLE google_remarks (
        file TEXT NOT NULL, activity TEXT NOT NULL, fingerprint TEXT NOT NULL, state TEXT NOT NULL,
        PRIMARY KEY (file, activity, fingerprint)
    )""",
)
_MARKED: Final = ("CREATE TABLE google_campaigns (plan TEXT PRIMARY KEY, id TEXT NOT NULL)",)
_REVIEW: Final = (
    """CREATE TABLE bulk_acceptances (
        run INTEGER NOT NULL, at TEXT NOT NULL, participant TEXT NOT NULL, activity TEXT NOT NULL,
        before TEXT NOT NULL, PRIMARY KEY (run, participant, activity)
    )""",
    """CREATE TABLE link_verdicts (
        address TEXT PRIMARY KEY, verdict TEXT NOT NULL, reason TEXT NOT NULL, checked_on TEXT NOT NULL
    )""",
    """CREATE TABLE letters (
        run INTEGER NOT NULL, at TEXT NOT NULL, participant TEXT NOT NULL, file TEXT NOT NULL,
        sha256 TEXT NOT NULL, sent_to TEXT NOT NULL, outcome TEXT NOT NULL
    )""",
    """CREATE TABLE notes (
        run INTEGER PRIMARY KEY, at TEXT NOT NULL, as_of TEXT NOT NULL, figures TEXT NOT NULL
    )""",
    """CREATE TABLE orders (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL
    )""",
    """CREATE TABLE periods (
        label TEXT PRIMARY KEY, finish TEXT NOT NULL, first_issue INTEGER NOT NULL, run INTEGER NOT NULL,
        at TEXT NOT NULL
    )""",
    """CREATE TABLE settled (
        participant TEXT NOT NULL, activity TEXT NOT NULL, period TEXT NOT NULL,
        PRIMARY KEY (participant, activity, period)
    )""",
)
_RETURNED_FORMS: Final = (
    """CREATE TABLE returned_forms (
        participant TEXT NOT NULL, number INTEGER NOT NULL, sha256 TEXT NOT NULL, content TEXT NOT NULL,
        copies TEXT NOT NULL, until TEXT NOT NULL, run INTEGER NOT NULL
    )""",
    """CREATE TABLE google_locks (
        file TEXT NOT NULL, activity TEXT NOT NULL, is_seen INTEGER NOT NULL, PRIMARY KEY (file, activity)
    )""",
)
_ATTACHED: Final = (
    """CREATE TABLE attached (
        sha256 TEXT NOT NULL, participant TEXT NOT NULL, name TEXT NOT NULL, depth INTEGER NOT NULL,
        by_name INTEGER NOT NULL, run INTEGER NOT NULL, received_on TEXT NOT NULL,
        PRIMARY KEY (sha256, participant, name)
    )""",
    """CREATE TABLE attached_seen (
        place TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL
    )""",
)
_FILES_SEEN: Final = (
    "ALTER TABLE answers ADD COLUMN files TEXT",
    "ALTER TABLE judged ADD COLUMN files TEXT",
)
_BATCHES: Final = (
    """CREATE TABLE version_batches (
        participant TEXT NOT NULL, run INTEGER NOT NULL, at TEXT NOT NULL, file TEXT NOT NULL,
        sha256 TEXT NOT NULL, sheet TEXT NOT NULL, words BLOB NOT NULL
    )""",
    "CREATE INDEX version_batches_by_participant ON version_batches (participant)",
    "CREATE TABLE said (participant TEXT PRIMARY KEY, rows TEXT NOT NULL)",
    """INSERT INTO said SELECT participant, json_group_object(activity, json_array(fingerprint, files))
        FROM answers GROUP BY participant""",
    "DROP TABLE answers",
)
_STEPS: Final = (
    _FIRST, _VERSIONS, _FORMS, _GOOGLE, _PUBLISHED, _RETURNED, _MARKED, _REVIEW, _RETURNED_FORMS, _ATTACHED,
    _FILES_SEEN, _BATCHES,
)  # fmt: skip


class NewerJournal(Exception):
    """The journal was made by a later program: writing into it could spoil it."""


def prepare(connection: sqlite3.Connection, mark: Mark) -> None:
    """Make the tables of today in a new or earlier journal, all or nothing.

    An earlier journal held remarks in clear: it is packed first, so that what was deleted in it is
    gone from its pages, and from then on everything deleted is overwritten.
    """
    connection.execute("PRAGMA secure_delete = ON")
    done = _version_of(connection)
    if done > len(_STEPS):
        raise NewerJournal
    if done == len(_STEPS):
        return
    if done == 0:
        connection.execute("VACUUM")
    connection.create_function("mark", 2, mark, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    with connection:
        for step in _STEPS[_version_of(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(_STEPS)}")


def _version_of(connection: sqlite3.Connection) -> int:
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)
