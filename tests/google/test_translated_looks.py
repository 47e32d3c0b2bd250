"""How cells look in Google: colours, fonts, lines, alignment, numbers; and rectangles of equal look."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Border, Color, Font, GradientFill, PatternFill, Side
from openpyxl.styles.colors import COLOR_INDEX
from translated_books import book_of, requests_of

from sheetsync.workbooks.google.port import Json
from sheetsync.workbooks.google.ranges import rectangles
from sheetsync.workbooks.google.translated_looks import number_format


def look_of(change: Any) -> Json:
    """The look of A1 after a change of it."""

    def book(one: Any) -> None:
        one.active["A1"] = "текст"
        change(one.active["A1"])

    painted = requests_of(book_of(book), "repeatCell")
    return dict(painted[-1]["cell"]["userEnteredFormat"])


def rgb(style: Json) -> str:
    parts = (style["rgbColor"].get(name, 0) for name in ("red", "green", "blue"))
    return "".join(f"{round(part * 255):02X}" for part in parts)


def filled(fill: Any) -> str:
    def change(cell: Any) -> None:
        cell.fill = fill

    return rgb(look_of(change)["backgroundColorStyle"])


def test_a_font_goes_with_its_family_size_and_marks() -> None:
    def change(cell: Any) -> None:
        cell.font = Font("Times New Roman", 10.5, b=True, i=True, u="single", strike=True, color="FF7030A0")

    look = look_of(change)["textFormat"]

    assert rgb(look.pop("foregroundColorStyle")) == "7030A0"
    assert look == {
        "fontFamily": "Times New Roman", "fontSize": 11,
        "bold": True, "italic": True, "underline": True, "strikethrough": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("theme", "tint", "expected"),
    [
        (0, 0, "FFFFFF"),
        (1, 0, "000000"),
        (4, 0, "4F81BD"),
        (4, 0.5999938962981048, "B9CDE5"),
        (4, -0.249977111117893, "366092"),
        (0, -0.1499984740745262, "D9D9D9"),
    ],
)
def test_colours_of_the_theme_with_their_tints(theme: int, tint: float, expected: str) -> None:
    """The shades Excel shows for the accents of the theme openpyxl writes; one unit of rounding apart."""
    got = filled(PatternFill("solid", fgColor=Color(theme=theme, tint=tint)))

    assert max(abs(int(got[at : at + 2], 16) - int(expected[at : at + 2], 16)) for at in (0, 2, 4)) <= 1


def test_colours_of_the_old_palette() -> None:
    assert filled(PatternFill("solid", fgColor=Color(indexed=10))) == COLOR_INDEX[10][2:]


def test_a_pattern_becomes_the_colour_seen_from_afar() -> None:
    """Google has no hatching."""
    assert filled(PatternFill("lightUp", fgColor="FF000000", bgColor="FFFFFFFF")) == "BFBFBF"
    assert filled(GradientFill(stop=("FFAABBCC", "FF000000"))) == "AABBCC"


def test_lines_keep_their_weight_and_colour() -> None:
    def change(cell: Any) -> None:
        cell.border = Border(
            left=Side("thin", "FF112233"),
            right=Side("medium"),
            top=Side("double"),
            bottom=Side("mediumDashed"),
        )

    lines = look_of(change)["borders"]

    assert {side: line["style"] for side, line in lines.items()} == {
        "left": "SOLID", "right": "SOLID_MEDIUM", "top": "DOUBLE", "bottom": "DASHED",
    }  # fmt: skip
    assert rgb(lines["left"]["colorStyle"]) == "112233"


def test_alignment_wrapping_turning_and_indent() -> None:
    def change(cell: Any) -> None:
        cell.alignment = Alignment("right", "center", wrap_text=True, textRotation=120, indent=2)

    look = look_of(change)

    assert (look["horizontalAlignment"], look["verticalAlignment"]) == ("RIGHT", "MIDDLE")
    assert (look["wrapStrategy"], look["textRotation"]) == ("WRAP", {"angle": -30})
    assert look["padding"]["right"] > look["padding"]["left"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", None),
        ("@", {"type": "TEXT"}),
        ("dd.mm.yyyy", {"type": "DATE", "pattern": "dd.mm.yyyy"}),
        ("mm-dd-yy", {"type": "DATE", "pattern": "dd.mm.yyyy"}),
        ("[$-419]d mmmm yyyy;@", {"type": "DATE", "pattern": "d mmmm yyyy"}),
        ("dd.mm.yyyy hh:mm", {"type": "DATE_TIME", "pattern": "dd.mm.yyyy hh:mm"}),
        ("h:mm", {"type": "TIME", "pattern": "h:mm"}),
        ("0.0%", {"type": "PERCENT", "pattern": "0.0%"}),
        ("#,##0.00", {"type": "NUMBER", "pattern": "#,##0.00"}),
        ('"№ "@', {"type": "TEXT", "pattern": '"№ "@'}),
    ],
)
def test_number_formats(code: str, expected: Json | None) -> None:
    assert number_format(code) == expected


@given(st.sets(st.tuples(st.integers(1, 8), st.integers(1, 8))))
def test_rectangles_cover_every_cell_once(places: set[tuple[int, int]]) -> None:
    covered = [
        (row, column)
        for one in rectangles(places)
        for row in range(one.top, one.bottom + 1)
        for column in range(one.left, one.right + 1)
    ]

    assert sorted(covered) == sorted(places)


def test_equal_cells_are_one_request() -> None:
    """A block of a hundred cells that look alike is painted at once."""

    def change(book: Any) -> None:
        for row in book.active["B2:K11"]:
            for cell in row:
                cell.value, cell.font = "x", Font(b=True)

    assert len(requests_of(book_of(change), "repeatCell")) == 2
