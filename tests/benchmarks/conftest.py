"""Lets the tests of this folder import what lies in ``benchmarks/`` by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
sys.path.append(str(BENCHMARKS))


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district of four schools whose copies have come back; to be copied, not changed."""
    import corpus  # noqa: PLC0415 - the path is set above

    folder = tmp_path_factory.mktemp("corpus") / "four"
    corpus.make(corpus.Recipe(4, rows=20), folder)
    return folder
