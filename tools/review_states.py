"""What the states of a row and of a report mean to a coordinator, for docs/review.md."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sheetsync.model import ReviewState, SchoolState

ROWS: Final[Mapping[ReviewState, tuple[str, str]]] = {
    ReviewState.WAITS: ("Ответ есть, решения ещё нет.", "Посмотрите ответ и поставьте «Решение»."),
    ReviewState.ACCEPTED: ("Вы поставили «принято», ответ с тех пор тот же.", "Ничего."),
    ReviewState.REWORK: (
        "Вы поставили «на доработку» или написали «Замечание района», а школа ещё не ответила.",
        "«Вернуть на доработку», затем ждите форму.",
    ),
    ReviewState.MENDED: (
        "После вашего замечания ответ изменился или пришёл новый файл к строке.",
        "Посмотрите, о том ли он; поставьте «принято» или напишите новое замечание.",
    ),
    ReviewState.CHANGED: (
        "Вы приняли один ответ, а потом пришёл другой.",
        "Принять новый — допишите что-нибудь в «Замечание района» («проверено повторно»); "
        "вернуть — поставьте «на доработку».",
    ),
}
"""By state of a row: what has happened, what to do."""

SCHOOLS: Final[Mapping[SchoolState, str]] = {
    SchoolState.NOT_RECEIVED: "Ни одной копии.",
    SchoolState.RECEIVED: "Копия есть, ни одной строки ещё не смотрели.",
    SchoolState.IN_REVIEW: "Часть строк принята или исправлена, остальные ждут.",
    SchoolState.REWORK: "Хотя бы одна строка возвращена и ещё не исправлена.",
    SchoolState.ACCEPTED: "На каждую строку, срок которой наступил, есть ответ, и он принят.",
    SchoolState.APPROVED: "То же, и вы вписали день в «Участники» → «Отчёт утверждён (дата)».",
}
