"""Spoilt copies of a good workbook: how files break on the way, and how badly written programs save.

    mutant(KINDS["часть пропала"], data, number)

is always the same bytes for the same number. ``PLAIN`` kinds need no package: they suit an old .xls.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any, Final

from lxml import etree

Parts = dict[str, bytes]
Mutation = Callable[[random.Random, bytes, int], bytes]
Spoiler = Callable[[random.Random, Any], None]

STEP: Final = 64
_LOVED: Final = ("sheet1.xml", "sharedStrings.xml", "content.xml", "workbook.xml", "workbook.xml.rels")
"""Parts that are spoilt more often: a copy's answers live there."""
_STRANGE: Final = (
    "", " ", "0", "-1", "1", "2", "7", "999999999", "1E400", "NaN", "1,5", "true", "A1", "A0", "B3:A1", "XFD1048576",
    "XFE1", "A1:XFD1048576", "rId1", "../../x", "http://a.example/", "_xD800_", "_x0000_", "Ж", "e", "s", "d", "str",
    "inlineStr", "2023-02-30", "9999-12-31T23:59:59.9Z", "PT99H", "#REF!", "'", "\u200b",
)  # fmt: skip


def mutant(mutation: Mutation, data: bytes, number: int) -> bytes:
    """The spoilt bytes of that number."""
    return mutation(random.Random(number), data, number)


# --- the bytes themselves -----------------------------------------------------------------------


def flip_bits(chance: random.Random, data: bytes, _: int) -> bytes:
    """A bad disk or cable: one to eight bits turned over."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def truncate(_: random.Random, data: bytes, number: int) -> bytes:
    """A transfer that broke off: every place 64 bytes apart in turn."""
    return data[: STEP * (number % (len(data) // STEP + 1))]


def drop_piece(chance: random.Random, data: bytes, _: int) -> bytes:
    """A block of the file lost, zeroed or repeated."""
    at = chance.randrange(len(data))
    size = chance.choice((1, 16, 512, 4096))
    middle = chance.choice((b"", b"\0" * size, data[at : at + size] * 2))
    return data[:at] + middle + data[at + size :]


# --- parts of the package -----------------------------------------------------------------------


@lru_cache(maxsize=8)
def parts_of(data: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()


def _xml_names(parts: Mapping[str, bytes]) -> list[str]:
    return [name for name, part in parts.items() if name.endswith((".xml", ".rels", ".vml")) and part]


def _some_name(chance: random.Random, parts: Mapping[str, bytes]) -> str:
    names = _xml_names(parts)
    loved = [name for name in names if name.endswith(_LOVED)]
    return chance.choice(loved if loved and chance.random() < 0.7 else names)


def _of_parts(spoil: Callable[[random.Random, Parts], None]) -> Mutation:
    def mutation(chance: random.Random, data: bytes, _: int) -> bytes:
        parts = dict(parts_of(data))
        spoil(chance, parts)
        return packed(parts)

    return mutation


def lose_part(chance: random.Random, parts: Parts) -> None:
    del parts[_some_name(chance, parts)]


def empty_part(chance: random.Random, parts: Parts) -> None:
    parts[_some_name(chance, parts)] = chance.choice((b"", b"<x/>", b"<?xml version='1.0'?><worksheet/>"))


def swap_parts(chance: random.Random, parts: Parts) -> None:
    first, second = _some_name(chance, parts), chance.choice(_xml_names(parts))
    parts[first], parts[second] = parts[second], parts[first]


def spoil_bytes_of_part(chance: random.Random, parts: Parts) -> None:
    name = _some_name(chance, parts)
    part = bytearray(parts[name])
    for _ in range(chance.randint(1, 4)):
        part[chance.randrange(len(part))] = chance.choice(b'\0\n "&<>/=_x9A\xd0\xff')
    parts[name] = bytes(part)


def change_encoding(chance: random.Random, parts: Parts) -> None:
    """Rewritten in another encoding, rightly or wrongly declared."""
    name = _some_name(chance, parts)
    text = etree.tostring(etree.fromstring(parts[name]), encoding="unicode")
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "cp1251", "koi8-r", "iso-8859-1", "utf-32"))
    declared = chance.choice((encoding, encoding, "utf-8", "windows-1251", "utf-16", "utf-7"))
    head = f'<?xml version="1.0" encoding="{declared.removesuffix("-sig")}"?>'
    parts[name] = (head + text).encode(encoding, "xmlcharrefreplace")


# --- elements of a part -------------------------------------------------------------------------


def _of_elements(spoil: Spoiler) -> Mutation:
    def in_parts(chance: random.Random, parts: Parts) -> None:
        name = _some_name(chance, parts)
        root = etree.fromstring(parts[name])
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            spoil(chance, root)
        parts[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return _of_parts(in_parts)


def _some(chance: random.Random, root: Any) -> Any:
    """An element below the root, or the root of a part that has none."""
    below = list(root.iterdescendants(etree.Element))
    return chance.choice(below) if below else root


def delete_element(chance: random.Random, root: Any) -> None:
    element = _some(chance, root)
    if element is not root:
        element.getparent().remove(element)


def repeat_element(chance: random.Random, root: Any) -> None:
    element = _some(chance, root)
    for _ in range(chance.choice((1, 1, 2, 40)) if element is not root else 0):
        element.addnext(deepcopy(element))


def reorder_elements(chance: random.Random, root: Any) -> None:
    parent = _some(chance, root)
    children = list(parent if len(parent) > 1 else root)
    chance.shuffle(children)
    for one in children:
        one.getparent().append(one)


def move_element(chance: random.Random, root: Any) -> None:
    element, other = _some(chance, root), _some(chance, root)
    if element is not root and other is not element and element not in other.iterancestors():
        other.append(element)


def rename_element(chance: random.Random, root: Any) -> None:
    element, other = _some(chance, root), _some(chance, root)
    element.tag = chance.choice((other.tag, other.tag, "{x}extLst"))


def change_attribute(chance: random.Random, root: Any) -> None:
    element = _some(chance, root)
    if not element.attrib:
        element.set(chance.choice(("r", "t", "s", "ref", "hidden")), chance.choice(_STRANGE))
        return
    name = chance.choice(list(element.attrib))
    if chance.random() < 0.25:
        del element.attrib[name]
    elif chance.random() < 0.3:
        others = [value for one in (_some(chance, root),) for value in one.attrib.values()]
        element.set(name, chance.choice([*others, ""]))
    else:
        element.set(name, chance.choice(_STRANGE))


def change_text(chance: random.Random, root: Any) -> None:
    element = _some(chance, root)
    element.text = chance.choice((*_STRANGE, "текст", "x" * 40_000, "=1+1", "\n\t "))


def shift_strings(chance: random.Random, root: Any) -> None:
    """Numbers of shared texts moved by a few."""
    step = chance.choice((-3, -1, 1, 2, 1000))
    for value in [one for one in root.iter("{*}v") if one.getparent().get("t") == "s"]:
        if chance.random() < 0.5 and (value.text or "").isdecimal():
            value.text = str(int(value.text) + step)


PLAIN: Final[dict[str, Mutation]] = {
    "биты перевёрнуты": flip_bits,
    "файл оборван": truncate,
    "кусок файла испорчен": drop_piece,
}
KINDS: Final[dict[str, Mutation]] = {
    **PLAIN,
    "часть пропала": _of_parts(lose_part),
    "часть пуста": _of_parts(empty_part),
    "части поменялись местами": _of_parts(swap_parts),
    "байты внутри части": _of_parts(spoil_bytes_of_part),
    "другая кодировка": _of_parts(change_encoding),
    "элемент удалён": _of_elements(delete_element),
    "элемент повторён": _of_elements(repeat_element),
    "порядок элементов": _of_elements(reorder_elements),
    "элемент не на месте": _of_elements(move_element),
    "элемент переименован": _of_elements(rename_element),
    "свойство изменено": _of_elements(change_attribute),
    "текст изменён": _of_elements(change_text),
    "номера строк текста сдвинуты": _of_elements(shift_strings),
}
