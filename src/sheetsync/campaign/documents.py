"""A document from a template: the office's own beside its campaign, else the one of the program."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync import store
from sheetsync.campaign.files import read_file
from sheetsync.letters.notices import TemplateNotice
from sheetsync.notices import say
from sheetsync.printing.docx_template import TemplateBroken, render
from sheetsync.workbooks.templates import DocumentTemplate, template_path


def filled_in(template: DocumentTemplate, campaign: store.Campaign, context: Mapping[str, object]) -> bytes:
    """The template filled with values. Raises ``store.StoreError`` naming the file and the place."""
    path = template_path(template, campaign.folder)
    try:
        return render(read_file(path), context)
    except TemplateBroken as error:
        raise store.StoreError(say(TemplateNotice.BROKEN, path=path, reason=error)) from error
