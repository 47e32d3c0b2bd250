"""THE catalogue of what letters and the analytic note say, and of what their commands answer.

Sentences are Russian format strings, said by ``sheetsync.notices.say`` in the current language.
"""

from __future__ import annotations

from enum import StrEnum


class LetterNotice(StrEnum):
    """Reminders: what stands in a letter, and what ``remind`` says when it is done."""


class NoteNotice(StrEnum):
    """The analytic note: what stands in it, and what ``report`` says when it is done."""


class TemplateNotice(StrEnum):
    """What is wrong with a Word template of an office: a part of ``BROKEN``."""

    BROKEN = (
        "Шаблон «{path}» не заполняется: {reason}. Исправьте его в Word либо уберите из папки: "
        "тогда будет взят встроенный."
    )
    NOT_A_DOCUMENT = "это не документ Word (.docx)"
    UNKNOWN_NAME = "имени «{name}» программа не знает (место: «{place}»)"
    NOT_UNDERSTOOD = "не понята пометка в фигурных скобках: {reason} (место: «{place}»)"
    NOT_COUNTED = "пометка в фигурных скобках не выполняется: {reason} (место: «{place}»)"
    CROSSED = "блок {{% … %}} начат в одной ячейке или в одном абзаце, а закончен в другом"
