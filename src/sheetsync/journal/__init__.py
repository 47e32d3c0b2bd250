"""The journal of a campaign: which copies came when, which forms went out, what runs changed.

One SQLite file in the state folder. Order of arrival is decided here, never by file times. It
holds addresses and fingerprints, not the text of cells; the one exception are ``OrphanText``, words
of the office whose row is gone: nothing else keeps them.
"""

from sheetsync.journal.attached import AttachedJournal, KeptFile
from sheetsync.journal.book import Journal, answers_in, fingerprint, open_journal, said_as_text
from sheetsync.journal.bulk import BulkJournal
from sheetsync.journal.google import GoogleJournal, GoogleSheet, Look, Reading, RemarkState, SentRemark
from sheetsync.journal.letters import LetterLine, LetterOutcome, LettersJournal
from sheetsync.journal.notes import NoteJournal, NoteRecord
from sheetsync.journal.orders import KnownOrder, OrdersJournal
from sheetsync.journal.published import Part, Published, PublishedJournal
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
from sheetsync.journal.returned import ReturnedForm, ReturnedJournal
from sheetsync.journal.schema import NewerJournal
from sheetsync.journal.words import Spoken, marker, versions_in, words_as_bytes

__all__ = [
    "Act",
    "AttachedJournal",
    "BulkJournal",
    "Destroyed",
    "DestroyedKind",
    "GoogleJournal",
    "GoogleSheet",
    "IssuedForm",
    "Journal",
    "JudgedRow",
    "KeptFile",
    "KnownCopy",
    "KnownOrder",
    "LetterLine",
    "LetterOutcome",
    "LettersJournal",
    "Look",
    "NewerJournal",
    "NoteJournal",
    "NoteRecord",
    "OrdersJournal",
    "OrphanText",
    "Part",
    "Published",
    "PublishedJournal",
    "Reading",
    "RemarkState",
    "ReturnedForm",
    "ReturnedJournal",
    "RowKey",
    "SentRemark",
    "Spoken",
    "Version",
    "VersionKind",
    "answers_in",
    "fingerprint",
    "marker",
    "open_journal",
    "said_as_text",
    "versions_in",
    "words_as_bytes",
]
