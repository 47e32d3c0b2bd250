"""Hostile copies among good ones: what one costs in time and memory, and that the run goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import corpus
from bench_page import MIB as MIB_UNIT
from bench_page import SECONDS, Row, duration, size
from bench_work import Hours, campaign_of, consolidate, received
from corpus import Recipe
from processes import MIB, Cost

from sheetsync.workbooks.package import Package

_REPORT: Final = "xl/worksheets/sheet1.xml"
_STRINGS: Final = "xl/sharedStrings.xml"
_NOTES: Final = "xl/comments1.xml"
_GHOSTS: Final = 100_000
_BOMB: Final = 1 << 30
_STRANGERS: Final = 1_000_000
AMONG: Final = 100
_ROUNDS: Final = 3


def far_corner(data: bytes) -> bytes:
    """A value in the last cell a sheet can have: dense readers ask for half a terabyte."""
    row = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>далеко</t></is></c></row></sheetData>'
    return _edited(data, _REPORT, lambda text: text.replace("</sheetData>", row))


def ghost_rows(data: bytes) -> bytes:
    """Rows nobody filled but somebody coloured, down to where the school once scrolled."""
    first = 200
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="17"/><c r="B{row}" s="18"/><c r="H{row}" s="19"/></row>'
        for row in range(first, first + _GHOSTS)
    )
    return _edited(data, _REPORT, lambda text: text.replace("</sheetData>", f"{rows}</sheetData>"))


def bomb(data: bytes) -> bytes:
    """A gibibyte of blanks among the shared strings."""
    blanks = b"<si><t>" + b" " * (_BOMB - 1000) + b"</t></si></sst>"
    package = Package.from_bytes(data)
    package.write(_STRINGS, re.sub(rb"</sst>$", b"", package.read(_STRINGS)) + blanks)
    return package.to_bytes()


def billion_laughs(data: bytes) -> bytes:
    """Names in a part that stand for ten of the next: a gigabyte when somebody believes them."""
    names = "".join(
        f'<!ENTITY смех{one} "{f"&смех{one - 1};" * 10}">' if one else '<!ENTITY смех0 "ха">'
        for one in range(10)
    )

    def laughing(text: str) -> str:
        head, _, body = text.partition("?>")
        return f"{head}?><!DOCTYPE sst [{names}]>{body.replace('</sst>', '<si><t>&смех9;</t></si></sst>')}"

    return _edited(data, _STRINGS, laughing)


def strange_strings(data: bytes) -> bytes:
    """A million short shared strings no cell asks for."""
    more = "".join(f"<si><t>{one}</t></si>" for one in range(_STRANGERS))
    return _edited(data, _STRINGS, lambda text: text.replace("</sst>", f"{more}</sst>"))


def notes_everywhere(data: bytes) -> bytes:
    """A note on each of a hundred thousand cells nobody filled."""
    more = "".join(
        f'<comment ref="T{row}" authorId="0"><text><t>заметка {row}</t></text></comment>'
        for row in range(200, 200 + _GHOSTS)
    )
    return _edited(data, _NOTES, lambda text: text.replace("</commentList>", f"{more}</commentList>"))


def cut_off(data: bytes) -> bytes:
    """A letter that came half."""
    return data[: len(data) // 2]


KINDS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "значение в XFD1048576": far_corner,
    "100 000 пустых раскрашенных строк": ghost_rows,
    "zip-бомба: 1 ГиБ в одной части": bomb,
    "billion laughs в общих строках": billion_laughs,
    "миллион лишних общих строк": strange_strings,
    "100 000 примечаний": notes_everywhere,
    "обрезанный файл": cut_off,
}


def _edited(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    package = Package.from_bytes(data)
    package.write(part, change(package.read(part).decode()).encode())
    return package.to_bytes()


def rows(hours: Hours, among: int = AMONG) -> Iterator[Row]:
    """Runs with each kind and with the good ones alone, in turns; the quickest of each is compared."""
    recipe = Recipe(among)
    pattern = received(corpus.kept(recipe))[0].read_bytes()
    files = {name: make(pattern) for name, make in KINDS.items()}
    good: list[Cost] = []
    costs: dict[str, list[Cost]] = {}
    rounds = 1
    while len(good) < rounds:
        before = hours.left
        good.append(_cost(recipe, None))
        for name, data in files.items():
            costs.setdefault(name, []).append(_cost(recipe, data))
        rounds = len(good) + min(_ROUNDS - len(good), int(hours.left * 0.1 / (before - hours.left)))
    alone, least = min(one.wall for one in good), min(one.together for one in good)
    for name, bad in costs.items():
        with_it = min(one.wall for one in bad)
        work = f"враждебная копия среди {among}: {name}"
        more = max(0.0, with_it - alone)
        yield Row(work, f"на {duration(more)} дольше", f"{duration(alone)}: без неё", more, SECONDS, 0.5)
        memory = max(0, min(one.together for one in bad) - least)
        yield Row("то же: память сверх", size(memory), f"{size(least)}: без неё", memory / MIB, MIB_UNIT, 100)


def _cost(recipe: Recipe, hostile: bytes | None) -> Cost:
    with campaign_of(recipe) as place:
        if hostile:
            (received(place)[0].parent / "Отчёт.xlsx").write_bytes(hostile)
        return consolidate(place, watched=True)
