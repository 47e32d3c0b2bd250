"""One look over an XML part: counts what a hostile workbook multiplies, keeps nothing.

The root element says what the part is, whatever its name in the package. A DOCTYPE is noticed as
the parser's event, so no encoding can hide it. The part is fed piece by piece, so that one endless
tag is given up before the parser has gathered it.
"""

from __future__ import annotations

from typing import Final
from xml.parsers import expat

from sheetsync.intake.limits import Reason, Refusal
from sheetsync.intake.xml_rules import Attributes, Rules, Totals, rules_for

_PIECE: Final = 64 << 10
ELEMENT_BYTES: Final = 64
"""Text costs a reader about as much as one element in so many bytes."""


def scan(name: str, part: bytes, totals: Totals) -> None:
    """Raise ``Refusal`` when the part is broken, declares a DOCTYPE or goes over a limit."""
    look = _Look(name, totals)
    try:
        look.over(part)
    except (expat.ExpatError, LookupError, ValueError):
        raise Refusal(Reason.BAD_XML, name) from None
    totals.elements += look.seen
    totals.weights[name] = look.seen + len(part) // ELEMENT_BYTES


class _Look:
    """The state of one pass over a part."""

    def __init__(self, name: str, totals: Totals) -> None:
        self.seen = 0
        self._name, self._totals = name, totals
        self._allowed = totals.limits.elements - totals.elements
        self._depth = self._last = 0
        self._rules: Rules = {}
        self._words: dict[str, str] = {}
        self._parser = expat.ParserCreate(intern=self._words)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype

    def over(self, part: bytes) -> None:
        limits = self._totals.limits
        for fed in range(0, len(part), _PIECE):
            self._parser.Parse(part[fed : fed + _PIECE], False)
            if min(fed + _PIECE, len(part)) - self._last > limits.token_bytes:
                raise Refusal(Reason.LONG_TEXT, self._name)
            if len(self._words) > limits.words:
                raise Refusal(Reason.TOO_MANY_WORDS, self._name)
        self._parser.Parse(b"", True)

    def _start(self, element: str, attributes: Attributes) -> None:
        limits, at = self._totals.limits, self._parser.CurrentByteIndex
        if at - self._last > limits.token_bytes:
            raise Refusal(Reason.LONG_TEXT, self._name)
        self._last = at
        self.seen += 1
        if self.seen > self._allowed:
            raise Refusal(Reason.TOO_MANY_ELEMENTS, self._name)
        self._depth += 1
        if self._depth > limits.depth:
            raise Refusal(Reason.TOO_DEEP, self._name)
        if ":" in element:
            element = element.rpartition(":")[2]
        if self._depth == 1:
            self._rules = rules_for(element, self._name, self._totals)
        rule = self._rules.get(element)
        if rule is not None:
            rule(attributes)

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _doctype(self, *_: object) -> None:
        raise Refusal(Reason.DOCTYPE, self._name)
