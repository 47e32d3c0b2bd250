"""Why a value of a copy went to «Не размещено», in the words of the column «Почему не размещено»."""

from enum import StrEnum


class Reason(StrEnum):
    """The reasons; the finding beside each says more."""

    OUTSIDE = "стоит вне таблицы"
    UNKNOWN_ROW = "строка не похожа ни на одно мероприятие"
    AMBIGUOUS_ROW = "строка похожа на несколько мероприятий"
    NOT_OWED = "участник за это мероприятие не отчитывается"
    REPEATED_ROW = "мероприятие заполнено дважды, ответы расходятся"
    EXTRA_COLUMN = "столбца нет в форме"
    PLAN_CELL = "приписано к ячейке плана"
    ATTACHED = "приложено к статусу или дате"
    SHAPE = "надпись поверх листа"
    NAME = "имя, заданное в книге"
    STRANGER = "отчёт не из этого плана или не этого участника"
    UNKNOWN_INDICATOR = "показатель не узнан"
