"""What stands in the column of e-mail addresses is sorted into those a letter can go to and the rest."""

from __future__ import annotations

import pytest

from sheetsync.letters.addresses import Addresses, addresses_in


@pytest.mark.parametrize(
    ("typed", "good", "bad"),
    [
        (None, (), ()),
        ("school7@edu.example.org", ("school7@edu.example.org",), ()),
        ("a@b.ru; c.d@e-f.ru,\nx@y.example.org", ("a@b.ru", "c.d@e-f.ru", "x@y.example.org"), ()),
        ("директор@школа.рф", (), ("директор@школа.рф",)),
        ("office@школа.рф", ("office@xn--80atdl2c.xn--p1ai",), ()),
        ("нет", (), ("нет",)),
        ("school@", (), ("school@",)),
        ("a@b", (), ("a@b",)),
        ("a..b@c.ru", (), ("a..b@c.ru",)),
        ("<a@b.ru>", (), ("<a@b.ru>",)),
        ("a@b.ru a@b.ru", ("a@b.ru",), ()),
        ("a@b.ru\r\nBcc: all@c.ru", ("a@b.ru", "all@c.ru"), ("Bcc:",)),
        (f"a@{'д' * 70}.рф", (), (f"a@{'д' * 70}.рф",)),
    ],
)
def test_addresses_are_told_from_words(
    typed: str | None, good: tuple[str, ...], bad: tuple[str, ...]
) -> None:
    assert addresses_in(typed) == Addresses(good, bad)
