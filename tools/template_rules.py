"""Data validations of the templates: drop-downs, date checks, prompts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

FIRST_DAY: Final = date(2000, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)

Rule = dict[str, Any]
"""What XlsxWriter takes as a data validation."""


def prompt(title: str, message: str) -> Rule:
    """Only a hint beside the cell; nothing is refused."""
    return (
        {"validate": "any", "input_title": title, "input_message": message}
        if message
        else {"validate": "any"}
    )


def choice(title: str, words: Iterable[str], message: str = "", *, strict: bool = False) -> Rule:
    """A drop-down; ``strict`` refuses other words, else they are asked about."""
    advice = "Выберите значение из списка." if strict else "Такого значения нет в списке. Оставить как есть?"
    return prompt(title, message) | {
        "validate": "list",
        "source": [str(word) for word in words],
        "error_type": "stop" if strict else "warning",
        "error_title": title,
        "error_message": advice,
    }


def day(title: str, message: str = "") -> Rule:
    """A date of this century; anything else is asked about, never refused."""
    return prompt(title, message) | {
        "validate": "date",
        "criteria": "between",
        "minimum": FIRST_DAY,
        "maximum": LAST_DAY,
        "error_type": "warning",
        "error_title": title,
        "error_message": "Похоже, это не дата. Напишите так: 15.03.2023. Оставить как есть?",
    }
