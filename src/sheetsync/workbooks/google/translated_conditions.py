"""Conditional looks: words and formulas with their colours.

Google has no number format there («✓ готово» stays «готово»), no bars, icons and scales of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from openpyxl.formatting.rule import Rule

from sheetsync.grid import Area, a1
from sheetsync.workbooks.google.port import Json, Request
from sheetsync.workbooks.google.ranges import grid_range, inside
from sheetsync.workbooks.google.translated_colours import Palette
from sheetsync.workbooks.google.translated_formulas import FormulaNotForGoogle, google_formula
from sheetsync.workbooks.google.translated_source import LossKind, Source, SourceSheet, areas_of
from sheetsync.workbooks.references import references_in, translated

_WORD: Final = re.compile(r'"(?:[^"=+]|"")(?:[^"]|"")*"')
"""A text that is a word, not the beginning of a formula."""
_SIGNS: Final = {
    "equal": "{cell}={0}",
    "notEqual": "{cell}<>{0}",
    "greaterThan": "{cell}>{0}",
    "lessThan": "{cell}<{0}",
    "greaterThanOrEqual": "{cell}>={0}",
    "lessThanOrEqual": "{cell}<={0}",
    "between": "AND({cell}>={0},{cell}<={1})",
    "notBetween": "OR({cell}<{0},{cell}>{1})",
}
_FORMULAS: Final = frozenset(
    {
        "expression", "containsText", "notContainsText", "beginsWith", "endsWith",
        "containsBlanks", "notContainsBlanks", "containsErrors", "notContainsErrors",
    }
)  # fmt: skip
"""Kinds of rules that carry the formula they stand for."""


def conditional_looks(source: SourceSheet, palette: Palette, book: Source) -> Iterator[Request]:
    """The rules of a sheet, the most important first, each over its own areas."""
    found = [
        (rule, areas_of(where.sqref.ranges))
        for where, rules in source.sheet.conditional_formatting._cf_rules.items()
        for rule in rules
    ]
    index = 0
    for rule, areas in sorted(found, key=lambda pair: pair[0].priority):
        for request in _rule(rule, areas, source, palette, book):
            yield {"addConditionalFormatRule": {"rule": request, "index": index}}
            index += 1


def _rule(
    rule: Rule, areas: list[Area], source: SourceSheet, palette: Palette, book: Source
) -> Iterator[Json]:
    """A rule for every area: its formula is written from that area's first cell."""
    look = _look(rule, palette)
    top, left = min(one.top for one in areas), min(one.left for one in areas)
    for whole in areas:
        area = inside(whole, source.grid)
        if area is None:
            continue  # under or beside everything there is: the sheet in Google does not reach so far
        condition = _condition(rule, area, (area.top - top, area.left - left), source, book)
        if condition is None or rule.dxf is None or not look:
            book.lost(LossKind.LOOK, source.title, area.ref)
            continue
        if rule.dxf.numFmt is not None:
            book.lost(LossKind.SIGN, source.title, area.ref)
        yield {
            "ranges": [grid_range(source.id, area)],
            "booleanRule": {"condition": condition, "format": look},
        }


def _look(rule: Rule, palette: Palette) -> Json:
    if rule.dxf is None:
        return {}
    look: Json = {}
    fill = palette.rule_fill(rule.dxf.fill)
    if fill:
        look["backgroundColorStyle"] = fill
    font = rule.dxf.font
    if font is not None:
        told: Json = {name: True for name in ("bold", "italic") if getattr(font, name)}
        told |= {"strikethrough": True} if font.strike else {}
        colour = palette.style(font.color)
        look |= {"textFormat": told | ({"foregroundColorStyle": colour} if colour else {})}
    return {name: part for name, part in look.items() if part}


def _condition(
    rule: Rule, area: Area, moved: tuple[int, int], source: SourceSheet, book: Source
) -> Json | None:
    """``BooleanCondition``; None for a kind Google has none of, and for a formula about another sheet."""
    formulas = [translated(one.removeprefix("="), *moved) for one in rule.formula]
    if rule.type == "cellIs" and rule.operator == "equal" and _WORD.fullmatch(formulas[0]):
        return {"type": "TEXT_EQ", "values": [{"userEnteredValue": formulas[0][1:-1].replace('""', '"')}]}
    if rule.type == "cellIs" and rule.operator in _SIGNS:
        formula = _SIGNS[rule.operator].format(*formulas, cell=a1(area.top, area.left))
    elif rule.type in _FORMULAS and formulas:
        formula = formulas[0]
    else:
        return None
    if any(one.sheet not in (None, source.title) for one in references_in(formula)):
        return None
    try:
        written = google_formula(f"={formula}", book.around, source.title, area.top)
    except FormulaNotForGoogle:
        return None  # the caller says that the look was left out
    return {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": written}]}
