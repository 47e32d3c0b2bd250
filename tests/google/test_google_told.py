"""Whatever Google refuses has a sentence that says what to do, in which nobody's text stands."""

from __future__ import annotations

import pytest

from sheetsync.campaign.google.told import sentence_of
from sheetsync.workbooks.google.port import GoogleRefused, GoogleTrouble


@pytest.mark.parametrize("trouble", GoogleTrouble)
def test_every_trouble_has_a_sentence(trouble: GoogleTrouble) -> None:
    told = sentence_of(GoogleRefused(trouble, "403 reason"))

    assert told.endswith(".")
    assert "{" not in told
    assert sentence_of(GoogleRefused(trouble))


def test_what_google_refused_can_be_looked_up() -> None:
    assert "403 domainPolicy" in sentence_of(GoogleRefused(GoogleTrouble.FORBIDDEN, "403 domainPolicy"))
