"""THE catalogue of doubts: what the reader of an order tells the coordinator to look at.

A doubt is a value (``model.Doubt``); its text lives here, once. Codes are stable words; a retired
code stays listed in ``RETIRED``.
"""

from __future__ import annotations

from typing import Final

from sheetsync.messages import filled
from sheetsync.model import Doubt

DOUBTS: Final[dict[str, str]] = {
    # --- rows of the plan (plan.activities)
    "row-rejoined": "Строка была разорвана и соединена; столбцы «{columns}». Проверьте текст.",
    "word-rejoined": "Слово «{word}» было разорвано переносом и соединено. Проверьте.",
    "word-at-edge": "«{words}»: слово стояло у края ячейки. Одно это слово или два? Проверьте.",
    "row-unfinished": "Похоже, текст обрывается: «…{end}». Сверьте с приказом.",
    "heading-or-tail": "Текст «{text}» на новой странице принят за заголовок раздела, но может быть концом этой строки.",
    "title-list": "В одной ячейке несколько пронумерованных дел. Если отчёт нужен по каждому, разделите строку.",
    "row-repeated": "Такая же строка уже есть в плане. Проверьте, не лишняя ли она.",
    "page-duplicated": "Страница в файле повторена, взято лучшее прочтение. В другом прочтении: «{other}».",
    "number-missing": "Номер в приказе не напечатан, поставлен {number}.",
    "number-corrected": "В приказе напечатан номер «{printed}», по порядку должен быть {number}.",
    "number-repeated": "Номер {number} стоит у нескольких мероприятий. Проверьте.",
    "number-skipped": "Перед этой строкой пропущен номер {expected}: возможно, строка потеряна.",
    "cell-empty": "Пустая ячейка «{column}»: возможно, она объединена с соседней или текст потерян.",
    "deadline-from-section": "Срок взят из заголовка «{section}».",
    "row-deadline-above": "Срок «{deadline}» взят из строки выше: в этой строке он не повторён.",
    "deadline-joined": "Срок собран из нескольких столбцов: «{columns}».",
    "extra-column": "В приказе есть ещё столбец «{column}»: «{text}».",
    "info-prefilled": "В столбце исполнения уже вписано: «{text}». Это не ответ школы.",
    # --- instructions of the order's text (plan.instructions)
    "instruction-unsure": "Из приказа не вполне ясно, поручение ли это и кому. Если отчёт по нему не нужен, удалите строку.",
    # --- the order as a whole (plan.order)
    "section-outside-table": "Заголовок раздела «{section}» стоит вне таблицы. Проверьте, где начинается раздел.",
    "section-number-inferred": "У раздела «{section}» нет номера, поставлен {number}.",
    "page-dropped": "Страница в файле повторена. Строк, не взятых второй раз: {count}.",
    "orphan-tail": "Обрывок строки без начала: «{text}». Начало, вероятно, на потерянной странице.",
    "text-skipped": "Между частями плана стоит текст, в план не взятый: «{text}».",
    "table-skipped": "Похожая на план таблица без столбца ответственных в план не взята: «{header}».",
    "table-unread": "Таблица после плана не подошла к его столбцам и в план не взята: «{row}». Проверьте, не его ли это часть.",
    "section-rejoined": "Заголовок раздела соединён из двух частей: «{section}». Проверьте.",
    "numbers-absent": "Номеров мероприятий в приказе нет, поставлены по порядку.",
    "numbers-same": "У всех мероприятий напечатан один номер «{printed}», поставлены по порядку.",
    "school-list-differs": "Одна школа названа по-разному: {names}.",
    "schools-absent": "Школы в приказе не названы. Впишите их в лист «Участники».",
    "schools-from-text": "Списка школ в приказе нет, названия взяты из текста: {names}. Проверьте, все ли.",
    "order-number-absent": "Номер приказа не найден.",
    "order-date-absent": "Дата приказа не найдена.",
    "issuer-absent": "Не найдено, кто издал приказ.",
    "title-inferred": "Название плана над таблицей не найдено, взято из заголовка приказа.",
    "title-absent": "Название плана не найдено.",
    "years-from-deadlines": "Год плана в названии не напечатан, взят из сроков: {years}. Проверьте.",
    "years-from-date": "Год плана в названии не напечатан, взят из даты приказа: {years}. Проверьте.",
    "years-absent": "Год плана не найден. Впишите его в лист «Настройки».",
    "report-due-absent": "Срок отчёта в приказе не назван. Впишите его в лист «Настройки».",
    "report-due-unclear": "Срок отчёта прочитан не полностью: «{text}». Проверьте.",
    # --- responsible parties (plan.parties)
    "party-empty": "Ответственный не указан. Впишите, кто отчитывается.",
    "party-unread": "Непонятно, школы ли это: «{party}». Впишите, кто отчитывается.",
    "party-person": "Назван человек ({party}): не видно, из школы ли он. Впишите, кто отчитывается.",
    "party-inside-school": "«{party}» — работник или подразделение школы, но какой, не сказано. Впишите, кто отчитывается.",
    "party-part-of-schools": "«{party}» — часть школ. Отчёт попросят у всех школ приказа; оставьте нужные.",
    "party-other-schools": "«{party}» — не школы из списка приказа. Впишите, кто отчитывается.",
    "party-slip": "«{party}» похоже на ошибку распознавания, понято как все школы. Сверьте с приказом.",
    "party-suspect": "«{party}» похоже на искажённое «общеобразовательные организации»: школы могли потеряться. Сверьте с приказом.",
    "party-school-unknown": "Школа «{party}» не найдена среди школ приказа или похожа на несколько. Впишите название.",
    "party-school-slip": "«{party}» прочитано как «{school}». Сверьте с приказом.",
    # --- evidence: checks.evidence_text
    "evidence-date-impossible": "Дата документа «{text}» невозможна. Исправьте дату.",
    "evidence-unreadable": "«{text}» похоже на искажённые реквизиты. Сверьте номер и дату.",
    "evidence-front-page": "Ссылка «{link}» ведёт на главную страницу сайта, а не на документ.",
    "evidence-without-number": "«{text}»: нет номера документа.",
    "evidence-without-date": "«{text}»: нет даты документа.",
    "evidence-aim": "«{text}» — слова плана, а не ответ. Впишите, сколько сделано, и документ.",
    # --- deadlines: plan.deadlines
    "deadline-empty": "Срок не указан. Впишите дату или «постоянно».",
    "deadline-unread": "Срок «{text}» не понят. Впишите дату.",
    "deadline-leftover": "В сроке осталось непонятым: «{text}». Проверьте дату.",
    "deadline-no-year": "Год в сроке не напечатан, и годы плана неизвестны. Впишите дату с годом.",
    "deadline-no-month": "Названо число без месяца. Впишите дату или «ежемесячно».",
    "deadline-which-year": "Год в сроке не напечатан, а план рассчитан на {plan}. Впишите, какой год.",
    "deadline-which-school-year": "Не сказано, какой учебный год. Впишите даты.",
    "deadline-school-year-assumed": "Годы {plan} приняты за один учебный год. Проверьте год.",
    "deadline-school-year-end": "Учебный год принят с 1 сентября по 31 августа. Если имелся в виду конец занятий, впишите дату в мае.",
    "deadline-summer": "Август в плане на {plan}: начало или конец учебного года? Проверьте год.",
    "deadline-crosses-year": "Срок переходит через Новый год; год, который не напечатан, определён по порядку месяцев. Проверьте.",
    "deadline-year-outside": "Год {years} вне плана ({plan}). Проверьте, нет ли опечатки.",
    "deadline-next-year": "«Следующий год» принят за год после года плана. Проверьте.",
    "deadline-next-month": "Месяц при числе не назван, взят по смыслу. Проверьте даты повторов.",
    "deadline-impossible": "Даты «{text}» в календаре нет. Впишите верную.",
    "deadline-reversed": "Конец срока раньше начала. Впишите верные даты.",
    "deadline-list-or-range": "Между датами нет знака: это перечень или промежуток? Проверьте.",
    "deadline-stages": "В сроке несколько дат или этапов; взяты первое начало и последний срок.",
    "deadline-same-twice": "Один и тот же срок написан дважды. Возможно, в приказе опечатка в годе.",
    "deadline-open-end": "Сказано только начало, последний день не указан. Впишите его, если он есть.",
    "deadline-inclusive": "«До» стоит перед целым месяцем или годом: срок принят до его последнего дня. Проверьте.",
    "deadline-rough": "Точных дней нет, слова приняты приблизительно: «{text}». Проверьте.",
    "deadline-half-year": "Полугодие: календарное или учебное? Проверьте даты.",
    "deadline-each-year": "«В течение года» в плане на несколько лет: принят весь план. Возможно, имелся в виду каждый год.",
    "deadline-weekday": "День недели не совпадает с датой. Проверьте дату.",
    "deadline-workday": "«{text}»: рабочие и праздничные дни не учтены. Проверьте дату.",
    "deadline-often": "Повторяется чаще раза в месяц: отдельных дат нет, отчёт — к общему сроку.",
    "deadline-repeat-dates": "Сказано, сколько раз, но не сказано когда. Проверьте или впишите даты.",
    "deadline-event": "Срок зависит от события. Впишите дату, когда она станет известна.",
    "deadline-term": "Срок назван учебной четвертью или каникулами. Впишите даты по своему календарю.",
    "deadline-also-undated": "Кроме дат сказано: «{text}». Проверьте, не зависит ли срок от другого плана или события.",
    "deadline-two-years": "Два года подряд: это два календарных года или один учебный? Проверьте.",
    "deadline-hours": "Указано только время, день не назван. Впишите дату.",
    "deadline-misspelt": "«{word}» прочитано как «{read}». Проверьте.",
    "deadline-misread": "Похоже на ошибку распознавания, прочитано так: «{read}». Проверьте.",
    "deadline-serial": "Число {number} принято за дату Excel: {date}. Проверьте.",
    # --- dates typed by schools (plan.answer_dates)
    "date-empty": "Дата не вписана.",
    "date-unread": "«{text}» не читается как дата.",
    "date-not-a-day": "В «{text}» нет дня: впишите число, месяц и год.",
    "date-with-words": "Кроме даты в ячейке есть слова: «{text}».",
    "date-several": "В ячейке несколько дат, взята последняя.",
    "date-put-off": "«{text}» говорит о переносе, а не об исполнении. Впишите, когда исполнено.",
    "date-month-first": "«{text}»: первым напечатан месяц. Проверьте дату.",
}

RETIRED: Final[frozenset[str]] = frozenset()


def text_of(doubt: Doubt) -> str:
    """The sentence a coordinator reads, in the current language."""
    return filled(DOUBTS[doubt.code], doubt.params)


def doubt(code: str, **params: object) -> Doubt:
    """Build a doubt of the catalogue; an unknown code is a programming error (``KeyError``)."""
    DOUBTS[code]
    return Doubt(code, tuple((name, str(value)) for name, value in params.items()))
