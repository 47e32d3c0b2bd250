"""Orders written as Markdown, so that a test shows the page it speaks of.

A line that begins with a bar is a row of a table, ``<br>`` a line break inside a cell; a blank line
ends a table, as a page break does; every other line is a paragraph.
"""

from __future__ import annotations

from itertools import groupby
from textwrap import dedent

from sheetsync.model import Activity, Order
from sheetsync.plan.document import Block, Document, Paragraph, TableBlock, TableRow
from sheetsync.plan.order import doubts_of, read_document

HEAD = """
АДМИНИСТРАЦИЯ ЛЕСНОГО РАЙОНА
ОТДЕЛ ОБРАЗОВАНИЯ

ПРИКАЗ

от 12.01.2023 № 17-ОД

Об утверждении плана мероприятий по поддержке школ Лесного района на 2023 год

В целях повышения качества образования ПРИКАЗЫВАЮ:
1. Утвердить план мероприятий.
2. Руководителям МБОУ «Боровая СОШ», МБОУ «Ельниковская ООШ» представить информацию о выполнении плана до 20.12.2023.

Начальник отдела

План мероприятий по поддержке школ Лесного района на 2023 год

"""


def document(markdown: str, name: str = "приказ.txt") -> Document:
    lines = list(enumerate(dedent(markdown).splitlines(), start=1))
    blocks: list[Block] = []
    for kind, group in groupby(
        lines, key=lambda one: "table" if one[1].startswith("|") else one[1].strip() != ""
    ):
        if kind == "table":
            blocks.append(TableBlock(tuple(TableRow(_cells(text), number) for number, text in group)))
        elif kind:
            blocks += [Paragraph(text.strip(), number) for number, text in group]
    return Document(tuple(blocks), name)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("<br>", "\n") for cell in line.strip().strip("|").split("|"))


def order_of(table: str, head: str = HEAD) -> Order:
    """The order with this plan under the usual head of an invented district."""
    return read_document(document(dedent(head) + "\n" + dedent(table)))


def rows(order: Order) -> list[tuple[str, str, str, str]]:
    """Number, title, deadline and responsible of every activity."""
    return [(one.number, one.title, one.deadline.text, one.responsible.text) for one in order.activities]


def titles(order: Order) -> list[str]:
    return [one.title for one in order.activities]


def codes(one: Order | Activity) -> set[str]:
    """The codes of the doubts of an order or of one activity."""
    return {doubt.code for doubt in (one.doubts if isinstance(one, Order) else doubts_of(one))}
