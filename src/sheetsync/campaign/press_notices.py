"""THE catalogue of what the buttons after collecting answer: accept, undo, return, letters, report.

An answer begins after «Готово 12:00, 2 с:», so its first sentence begins small.
"""

from __future__ import annotations

from enum import StrEnum


class PressNotice(StrEnum):
    """Sentences of the status cell."""

    ACCEPTED = "принято ответов: {count}. Передумали — «{undo}»."
    ACCEPTED_NONE = "принимать нечего: непроверенных ответов «выполнено» с достаточным подтверждением нет."
    TO_REVIEW = "Проверить самим осталось {count}: лист «{sheet}», столбец «{column}»."
    UNDONE = "отменено решений «принято»: {count}."
    UNDONE_NONE = "отменять нечего: нажатием «{accept}» ничего не принято."
    UNDONE_KEPT = "Оставлено как есть {count}: решение или замечание в этих строках потом изменили вы."
    RETURNED = (
        "форм с замечаниями {new}, без изменений {same}; лежат в папке «{folder}», отправьте их школам."
    )
    RETURNED_NO_FILES = "форм в файлах возвращать не пришлось."
    RETURNED_NOT = "ничего не возвращено."
    RETURNED_NONE = "возвращать нечего: на листе «{sheet}» нет строк «{verdict}», ждущих ответа школы."
    LETTERS = (
        "писем составлено {written}, без изменений {same}; лежат в папке «{folder}». "
        "Прочитайте их и отправьте сами."
    )
    LETTERS_NONE = "напоминать не о чем: писем нет."
    RETURN_FIRST = (
        "Замечания есть, а форма с ними не выдана ({count}): нажмите «{first}», затем снова «{letters}»."
    )
    NOTE = "справка на {day} лежит рядом с книгой: «{name}», откуда каждое число — «{appendix}»."
    NOTE_SAME = "справка на {day} та же, ничего не изменилось: «{name}»."
    FROM_SCREEN = "Взято то, что сейчас на экране: сохраните книгу (Ctrl+S)."
