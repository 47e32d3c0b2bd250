"""Cells found by their names, and the property that marks a form."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class PanelCell(StrEnum):
    """Named cells of «Панель» that a consolidation writes."""

    TITLE = "panel_title"
    AS_OF = "panel_as_of"
    RECEIVED = "panel_received"
    ON_TIME = "panel_on_time"
    FILLED = "panel_filled"
    EVIDENCED = "panel_evidenced"
    OUTCOME = "panel_outcome"
    STATES = "panel_states"
    """How many reports have got how far in the review."""


class GoogleCell(StrEnum):
    """Named cells of «Панель» that only the Google district spreadsheet has."""

    COLLECT_NOW = "google_collect_now"
    """The tick that asks whoever watches to collect."""
    OUTCOME = "google_outcome"
    """What the last collecting came to, in one line."""


class FormCell(StrEnum):
    """Named cells of the form that issuing writes, and the ones it only places."""

    ORGANISATION = "form_organisation"
    PLAN_TITLE = "form_plan_title"
    PARTICIPANT = "form_participant"
    REPORT_DUE = "form_report_due"
    PRINTED_CODE = "form_code"
    READY = "form_ready"
    PROGRESS = "form_progress"
    EVIDENCE = "form_evidence"


class ReturnCell(StrEnum):
    """Named cells of a form that is returned; a template an office restyled earlier may lack them."""

    LINE = "form_return"
    """Which return it is, what to mend and till when; empty in a form that is issued."""


class MarkCell(StrEnum):
    """Named cells of the hidden sheet of marks."""

    PLAN_ID = "mark_plan"
    PARTICIPANT = "mark_participant"
    ISSUE = "mark_issue"
    VERSION = "mark_version"
    PARTICIPANT_NAME = "mark_participant_name"
    PLAN_TITLE = "mark_plan_title"
    REPORT_DUE = "mark_report_due"
    PERIOD_START = "mark_period_start"


MARK_PROPERTY: Final = "sheetsync"
"""Custom document property: «plan/participant/issue/version» (no colon: LibreOffice eats it)."""
