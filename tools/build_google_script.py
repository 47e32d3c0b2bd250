"""Builds ``macros/google/declared.gs``, the words of the form that a menu in Google needs: `make macros`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from sheetsync.columns import REPORT
from sheetsync.forms.checking import NO_STATUS, OTHER_STATUS, READY, RULES, SEE_REMARK, WAITING

TARGET: Final = Path(__file__).parents[1] / "macros" / "google" / "declared.gs"

_ASKED: Final = {column for rule in RULES for need in rule.needs for column in need.columns[:1]}
_COLUMNS: Final = ("key", "number", "title", "status", "check", *sorted(_ASKED))


def declared() -> str:
    """The module with the headers of the form and what the words of «Проверка» ask for."""
    missing = {need.missing: need.columns[0] for rule in RULES for need in rule.needs}
    constants = {
        "HEADERS": {key: REPORT.column(key).header for key in _COLUMNS},
        "MISSING": {NO_STATUS: "status", OTHER_STATUS: "status"} | missing,
        "COMPLETE": [READY, SEE_REMARK, WAITING],
    }
    lines = [
        f"const {name} = {json.dumps(value, ensure_ascii=False, indent=2)};"
        for name, value in constants.items()
    ]
    return (
        "\n\n".join(["// Собрано командой make macros из объявлений программы: не правьте вручную.", *lines])
        + "\n"
    )


if __name__ == "__main__":
    TARGET.write_text(declared(), encoding="utf-8")
    print(TARGET.name)
