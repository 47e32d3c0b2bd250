"""Walking XML without a tree: handlers by local name, text where it is wanted.

Only gated parts come here: no DOCTYPE, bounded size and depth. Extension lists are passed over:
newer programs repeat there, under the same names, settings that mean something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final
from xml.parsers import expat

_EXTENSIONS: Final = "extLst"

Attributes = dict[str, str]
Starts = Mapping[str, Callable[[Attributes], object]]
Ends = Mapping[str, Callable[[], object]]


class Damaged(Exception):
    """The workbook contradicts itself; ``args[0]`` says how, in Russian, for finding F112."""


def walk(
    part: bytes,
    starts: Starts,
    ends: Ends,
    text: Callable[[str], object] | None = None,
    *,
    extensions: str = _EXTENSIONS,
) -> None:
    """Call the handler of each element that has one, by its name without prefix.

    Namespaces are heeded, as the census and other programs heed them: a name that belongs to none
    is ``Damaged``. So is an extension list that holds what stands in the part itself.
    """
    own: frozenset[str] = frozenset()

    def root(name: str, attributes: Attributes) -> None:
        nonlocal own
        own = frozenset(name.rpartition(":")[0] + f":{one}" for one in starts)
        parser.StartElementHandler = start
        start(name, attributes)

    def start(name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2] if ":" in name else name
        handler = starts.get(name)
        if handler is not None:
            handler(attributes)
        elif name == extensions:
            _pass_over(parser, own)

    def end(name: str) -> None:
        handler = ends.get(name.rpartition(":")[2] if ":" in name else name)
        if handler is not None:
            handler()

    parser = expat.ParserCreate(namespace_separator=":")
    parser.buffer_text = True
    parser.StartElementHandler = root
    if ends:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise Damaged("ошибка в разметке") from error


def _pass_over(parser: expat.XMLParserType, own: frozenset[str]) -> None:
    """Hear nothing until the element just begun ends; ``own`` elements cannot stand there."""
    heard = parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler
    depth = 1

    def deeper(name: str, _: Attributes) -> None:
        nonlocal depth
        if name in own:
            raise Damaged("содержимое листа среди расширений")
        depth += 1

    def back(_: str) -> None:
        nonlocal depth
        depth -= 1
        if not depth:
            parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = heard

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = deeper, back, None


def local(attributes: Attributes) -> Attributes:
    """Attributes by name without prefix; for formats whose names are unique without it."""
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


class Text:
    """Gathers character data between ``open`` and ``close``; deaf in between."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._on = False

    def open(self, _: Attributes | None = None) -> None:
        self._on = True

    def close(self) -> None:
        self._on = False

    def hear(self, text: str) -> None:
        if self._on:
            self._pieces.append(text)

    def add(self, text: str) -> None:
        self._pieces.append(text)

    def take(self) -> str:
        """What was heard so far; starts afresh."""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._on = False
        return text
