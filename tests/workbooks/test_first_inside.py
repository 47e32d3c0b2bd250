"""The beginning of a part parsed alone tells what the whole of it tells."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sheetsync.workbooks import ooxml
from sheetsync.workbooks.ooxml import first_inside, parse

BEGINNINGS = (
    b"",
    b"<!-- sheetPr -->",
    b"<?sheetPr x?>",
    b"\n  ",
    b'<sheetPr codeName="shPlan"><tabColor/></sheetPr>',
    b'<x:sheetPr xmlns:x="u:x" codeName="shPlan"/>',
    "<dimension ref='«A1»'/>".encode(),
)


@given(st.lists(st.sampled_from(BEGINNINGS), max_size=4), st.lists(st.integers(0, 400)), st.integers(1, 40))
def test_the_first_element_is_that_of_the_whole(inside: list[bytes], cuts: list[int], head: int) -> None:
    data = b'<?xml version="1.0"?><worksheet xmlns="u:main">' + b"".join(inside) + b"<sheetData/></worksheet>"
    ends = [0, *sorted(min(one, len(data)) for one in cuts), len(data)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(ooxml, "_HEAD", head)

        found = first_inside(data[start:end] for start, end in pairwise(ends))

    expected = next(one for one in parse(data) if isinstance(one.tag, str))
    assert (found.tag, dict(found.attrib)) == (expected.tag, dict(expected.attrib))


def test_an_element_with_nothing_inside_has_no_first() -> None:
    assert first_inside([b"<worksheet/>"]) is None


def test_what_is_no_xml_is_told() -> None:
    with pytest.raises(etree.XMLSyntaxError):
        first_inside([b"<worksheet><sheetPr codeName=</worksheet>"])
