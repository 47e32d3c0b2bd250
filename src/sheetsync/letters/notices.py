"""THE catalogue of what letters and the analytic note say, and of what their commands answer.

Sentences are Russian format strings, said by ``sheetsync.notices.say`` in the current language.
"""

from __future__ import annotations

from enum import StrEnum


class LetterNotice(StrEnum):
    """Reminders: what stands in a letter, and what ``remind`` says when it is done."""


class NoteNotice(StrEnum):
    """The analytic note: what stands in it, and what ``report`` says when it is done."""
