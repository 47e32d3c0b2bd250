"""All words of one participant go into the journal at once and come back as versions."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as some

from sheetsync.campaign.parts.shown import Left, ShownBefore
from sheetsync.district.entry_rows import is_web_address
from sheetsync.journal import Spoken, Version, VersionKind, fingerprint, marker, versions_in, words_as_bytes
from sheetsync.model import Origin

KEY = b"k" * 32
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = some.sampled_from(["status", "info", "D7", "Отчёт", "", "а\nб", "№ 5\ud800"])
BOOK = Origin("Район.xlsm", "1f", "Исполнение")


@given(
    some.lists(
        some.builds(
            Spoken,
            some.tuples(some.just("S01"), WORDS, WORDS),
            some.sampled_from([VersionKind.ANSWER, VersionKind.DECISION]),
            WORDS,
            some.builds(Origin, WORDS, WORDS, WORDS, WORDS),
            WORDS,
        ),
        max_size=6,
    )
)
def test_words_come_back_as_the_journal_tells_them_one_by_one(said: list[Spoken]) -> None:
    mark = marker(KEY)
    packed = words_as_bytes((one, mark((*one.place, one.text))) for one in said)

    found = list(versions_in(("S01", 4, AT.isoformat(), BOOK.file, BOOK.sha256, BOOK.sheet, packed)))

    assert found == [
        Version(
            *one.place,
            one.kind,
            fingerprint(KEY, *one.place, one.text),
            4,
            AT,
            BOOK if one.kind is VersionKind.DECISION else one.origin,
            one.word,
        )
        for one in said
    ]


PIECES = some.sampled_from(
    ["http", "HTTPS", "https:", "://", "//", "a.ru", "@", ":80", "/", "?", "#", "[", ".", "ё", "\t"]
)


@given(some.lists(PIECES, max_size=7).map("".join))
def test_an_address_is_live_as_a_general_reader_of_addresses_says(text: str) -> None:
    try:
        parts = urlsplit(text)
        is_live = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_live = False

    assert is_web_address(text) is is_live


def test_addresses_beyond_the_links_of_a_sheet_are_told_of() -> None:
    unread: Any = None
    left = partial(Left, b"", unread, unread, ShownBefore({}, {}, None), "")

    assert left().told() == ()
    assert [(one.code, dict(one.params)) for one in left(dead_links=12).told()] == [("S815", {"left": "12"})]
