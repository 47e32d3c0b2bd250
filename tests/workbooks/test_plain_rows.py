"""Addresses and links that stand in a row, all alike, are what they are when each is found by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheetsync.intake import plain_links, plain_lists
from sheetsync.intake.plain_xml import NotPlain

_ADDRESSES: Final = st.sampled_from(("http://q", "http://q?a=1&amp;b=2", "", "mailto:я@q", "а б", "&x;", "<"))
_NAMES: Final = st.sampled_from(("rId1", "rId2", "r3", "", "r 4", "r&amp;5"))
_ADDRESS: Final = (
    '<Relationship Id="{0}" Type="http://x.example/{2}" Target="{1}" TargetMode="External"/>',
    '<Relationship Id="{0}" Type="http://x.example/{2}" Target="{1}"/>',
    '<Relationship Type="http://x.example/{2}" Target="{1}" TargetMode="External" Id="{0}"/>',
)
_KINDS: Final = st.sampled_from(("hyperlink", "hyperlink", "hyperlink", "drawing", "hyper link"))
_EACH_ADDRESS: Final = st.tuples(st.sampled_from((*_ADDRESS[:1] * 4, *_ADDRESS)), _NAMES, _ADDRESSES, _KINDS)


@given(st.lists(_EACH_ADDRESS, max_size=5), st.sampled_from(("", "\n", "x", "<!-- -->")))
@example([(_ADDRESS[0], "rId1", "http://q", "hyperlink")], "")
@example([(one, "rId1", "http://q", "hyperlink") for one in _ADDRESS[::2]], "")
@settings(max_examples=300, deadline=None)
def test_addresses_in_a_row_are_those_found_one_by_one(
    listed: list[tuple[str, str, str, str]], between: str
) -> None:
    found = between.join(one.format(name, target, kind) for one, name, target, kind in listed)
    whole = f'<Relationships>{found}<Relationship Id="x" Type="y" Target="z"/></Relationships>'

    assert _end_of(plain_lists._even_relations, whole) in (
        None,
        _end_of(plain_lists._uneven_relations, whole),
    )


_LINK: Final = (
    '<hyperlink ref="{0}" r:id="{1}" xr:uid="{2}"/>',
    '<hyperlink ref="{0}" r:id="{1}"/>',
    '<hyperlink ref="{0}" r:id="{1}" display="{2}"/>',
    '<hyperlink ref="{0}" location="{2}"/>',
)
_PLACES: Final = st.sampled_from(("A1", "XFD1048576", "B2:C3", "a1", "A1 B2", "", "ЯА1"))
_UIDS: Final = st.sampled_from(("{00-01}", "", "&amp;", "<", "&x;", "\n"))


@given(st.lists(st.tuples(_PLACES, _NAMES, _UIDS), max_size=5), st.lists(st.sampled_from(_LINK), min_size=1))
@example([("A1", "rId1", "{00-01}"), ("B2", "rId2", "")], [_LINK[0]])
@settings(max_examples=300, deadline=None)
def test_links_in_a_row_are_those_found_one_by_one(
    listed: list[tuple[str, str, str]], written: list[str]
) -> None:
    found = "".join(written[at % len(written)].format(*one) for at, one in enumerate(listed))

    assert _end_of(plain_links.even_links, found) in (None, _end_of(plain_links.uneven_links, found))


def _end_of(taken_apart: Callable[[str], object], listed: str) -> object:
    try:
        return taken_apart(listed)
    except NotPlain:
        return NotPlain
