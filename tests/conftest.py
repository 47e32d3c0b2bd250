"""Shared by all tests. Its being here lets tests import the helpers of this folder by name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sheetsync.messages import SOURCE_LANGUAGE, use_language


@pytest.fixture(autouse=True)
def messages_in_russian() -> Iterator[None]:
    """Whatever language a test speaks, the next one begins in Russian."""
    use_language(SOURCE_LANGUAGE)
    yield
    use_language(SOURCE_LANGUAGE)
