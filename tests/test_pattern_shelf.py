"""What patterns were made into waits for the next run, and comes to the same as making them anew."""

from __future__ import annotations

import ast
import gc
import importlib
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sheetsync import pattern_shelf, patterns
from sheetsync.patterns import at_first_use, made_anew, recall_from
from sheetsync.patterns.programs import pattern_of, program_of
from test_house import MODULES

# functions that are given words of the program alone, or letters of columns: what is made of anybody's
# words is not kept
GIVEN_OUR_WORDS = {
    "plan.deadline_grammar.rule",
    "plan.evidence_in_orders._asks_for",
    "plan.papers.mention_of",
    "plan.papers.numbered_paper",
    "workbooks.block_reading._pattern",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty shelf, and nothing recalled or made yet."""
    for known in (patterns._RECALLED, patterns._ANEW, patterns._SHELVES):
        kept = known.copy()
        monkeypatch.setattr(patterns, next(n for n, one in vars(patterns).items() if one is known), kept)
        kept.clear()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(pattern_shelf, "_place", lambda: tmp_path / "patterns.programs")
    return tmp_path / "patterns.programs"


def declared() -> list[tuple[str | bytes, int]]:
    """Every pattern the modules declare."""
    for name, _ in MODULES:
        if not name.startswith(("workbooks.libreoffice.inside", "__main__")):
            importlib.import_module(f"sheetsync.{name}" if name else "sheetsync")
    return [(one.pattern, int(one._flags)) for one in gc.get_objects() if type(one) is patterns._Unmade]


def test_every_pattern_of_the_program_comes_back_as_it_was_made() -> None:
    told = declared()

    assert len(told) > 300
    for text, flags in told:
        assert pattern_of(text, program_of(text, flags)) == re.compile(text, flags)


def test_what_one_run_made_the_next_one_takes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = at_first_use(r"(?P<what>приказ|[а-яё]+) № (\d+)", re.IGNORECASE)
    found = asked.search("ПРИКАЗ № 5")
    pattern_shelf.keep()
    patterns._ANEW.clear()
    monkeypatch.setattr(patterns, "program_of", None)  # nothing is to be made any more
    recall_from(pattern_shelf.taken)
    again = at_first_use(asked.pattern, re.IGNORECASE).search("ПРИКАЗ № 5")

    assert place.exists()
    assert found
    assert again
    assert again.groupdict() == found.groupdict() == {"what": "ПРИКАЗ"}
    assert made_anew() == {}


def test_what_was_taken_stays_when_more_is_made(place: Path) -> None:
    at_first_use("[а-я]+").search("а")
    pattern_shelf.keep()
    patterns._ANEW.clear()
    recall_from(pattern_shelf.taken)
    at_first_use("[0-9]+").search("1")
    pattern_shelf.keep()

    assert [text for text, _ in pattern_shelf.taken()] == ["[а-я]+", "[0-9]+"]


def test_a_run_that_made_nothing_writes_nothing(place: Path) -> None:
    pattern_shelf.keep()

    assert not place.exists()


def test_who_forbids_compiled_files_gets_none(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    at_first_use("[а-я]+").search("а")
    pattern_shelf.keep()

    assert not place.exists()


@pytest.mark.parametrize("spoil", [b"", b"\0", b"PK\3\4 is no shelf", None])
def test_a_damaged_shelf_is_an_empty_one(place: Path, spoil: bytes | None) -> None:
    at_first_use("[а-я]+").search("а")
    pattern_shelf.keep()
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]) if spoil is None else spoil)

    assert pattern_shelf.taken() == {}


def test_another_python_makes_its_own(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_first_use("[а-я]+").search("а")
    pattern_shelf.keep()
    monkeypatch.setattr(pattern_shelf, "_MADE_BY", b"0.1.0 4.0\0")

    assert pattern_shelf.taken() == {}


def test_a_folder_that_cannot_be_written_is_left_alone(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pattern_shelf, "_place", lambda: tmp_path / "нет такой" / "patterns.programs")
    at_first_use("[а-я]+").search("а")
    pattern_shelf.keep()

    assert not place.exists()


def test_others_may_read_it(place: Path) -> None:
    at_first_use("[а-я]+").search("а")
    pattern_shelf.keep()

    assert stat.S_IMODE(place.stat().st_mode) & 0o444 == 0o444


def test_only_words_of_the_program_are_kept() -> None:
    """A pattern made where a function is called may hold what somebody wrote."""
    inside = {
        f"{name}.{function.name}"
        for name, tree in MODULES
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == at_first_use.__name__
    }

    assert inside == GIVEN_OUR_WORDS


def test_help_needs_no_pattern_of_ours() -> None:
    code = (
        "import sys; from sheetsync import cli, patterns; cli.run(['--help']); "
        "sys.exit(len(patterns._RECALLED) + len(patterns._ANEW))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
