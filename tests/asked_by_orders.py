"""What the rows of the five real orders ask for, judged by hand from result and title of each row.

By file name and number of the row; a row not named asks for nothing that can be told.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

ORDERS: Final = Path(__file__).parents[1] / ".." / "shared" / "orders"

_GATHERING: Final = "протокол, программа или список участников"
_MONITORED: Final = "справка по итогам мониторинга"
_ANALYSED: Final = "аналитическая справка"

ASKED: Final[dict[str, dict[str, str]]] = {
    "khotynets-2023": {
        "1.1": "план или дорожная карта",
        "1.2": f"{_MONITORED} или {_ANALYSED}",
        "3.3": "программа или план",
        "3.8": "ссылка на сайт",
        "4.1": "план",
        **dict.fromkeys(("2.1", "2.4"), _ANALYSED),
        **dict.fromkeys(("2.8", "2.9", "3.5"), _MONITORED),
    },
    "ocher-2023": {
        **dict.fromkeys(("1", "2"), "нормативный акт"),
        "3": _GATHERING,
        "4": f"{_GATHERING} ×2",
        "5": _ANALYSED,
        "6": "информация",
    },
    "plavsk-2023": {
        "1.2": "план",
        "1.5": "соглашение",
        "1.12": _ANALYSED,
        "4.1": "договор",
        "7.4": "план",
        **dict.fromkeys(("1.6", "1.7", "7.1", "7.2"), "программа"),
        **dict.fromkeys(("1.8", "1.9", "1.10", "1.11", "1.13", "1.14", "1.15", "1.16"), _MONITORED),
    },
    "shimanovsk-2020-2022": {
        "1.1": "перечень",
        "1.2": f"{_ANALYSED}, рекомендации",
        "2.1": "программа",
        "2.5": "банк данных",
        "2.6": _ANALYSED,
        "2.12": "план",
        "3.2": f"{_ANALYSED}, план",
        "3.3": "ссылка на сайт",
        **dict.fromkeys(("2.3", "2.4", "3.6"), _MONITORED),
    },
    "urvan-2021": {
        "1.1": "перечень",
        "2.1": "приказ",
        "2.2": "список или приказ",
        "2.12": "сборник",
        "3.3": "банк данных",
        "3.4": "план",
        "4.4": "программа или план",
        "5.4": "банк данных",
        **dict.fromkeys(("2.3", "2.4", "2.6"), "методические рекомендации"),
        **dict.fromkeys(("2.5", "2.7"), "программа"),
        **dict.fromkeys(("1.2", "2.8", "6.1", "6.2", "7.4", "7.6", "7.7", "7.8"), _ANALYSED),
        **dict.fromkeys(("4.1", "6.3", "6.4", "7.1", "7.2", "7.3", "7.10"), _MONITORED),
    },
}  # fmt: skip
