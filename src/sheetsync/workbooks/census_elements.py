"""What the census asks of element trees: elements by their name without namespace, the text they hold."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, iterparse

from sheetsync.workbooks.census_plain import unescaped


def tag_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def ended(part: bytes, *tags: str) -> Iterator[Element]:
    """Elements of these names as they end, so that a long part is never whole in memory."""
    return (element for _, element in iterparse(io.BytesIO(part)) if element.tag.rpartition("}")[2] in tags)


def every(element: Element, tag: str) -> Iterator[Element]:
    """Elements of that name, however deep."""
    return (one for one in element.iter() if tag_of(one) == tag)


def outer(element: Element, tag: str) -> Iterator[Element]:
    """Elements of that name that do not lie inside another one: none is visited twice."""
    for one in element:
        if tag_of(one) == tag:
            yield one
        else:
            yield from outer(one, tag)


def children(element: Element, tag: str) -> Iterator[Element]:
    """Elements of that name right inside another one."""
    return (one for one in element if tag_of(one) == tag)


def child(element: Element, tag: str) -> Element | None:
    """The first of them."""
    return next(children(element, tag), None)


def child_text(element: Element, tag: str) -> str:
    """The text of the first of them; '' where there is none."""
    found = child(element, tag)
    return (found.text or "") if found is not None else ""


def rich(element: Element) -> str:
    """All text runs of an element, without phonetic readings."""
    if len(element) == 1 and tag_of(element[0]) == "t" and not len(element[0]):
        return unescaped(element[0].text or "")
    inside = [(tag_of(one), one) for one in element.iter()]
    phonetic = {id(run) for tag, reading in inside if tag == "rPh" for run in reading}
    return unescaped(
        "".join([run.text or "" for tag, run in inside if tag == "t" and id(run) not in phonetic])
    )
