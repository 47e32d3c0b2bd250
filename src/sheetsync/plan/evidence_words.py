"""Documents as orders name them, in the forms the grammar of ``evidence_in_orders`` needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sheetsync.plan.papers import Paper


@dataclass(frozen=True, slots=True)
class Word:
    """A document as an order names it: as subject or object («издан приказ»), and after a noun of
    making («издание приказа»); ``is_work`` when the work itself has the name («проведение анализа»)."""

    text: str
    kinds: tuple[str, ...]
    named: str
    of: str
    is_work: bool = False


WORDS: Final = (
    Word("приказ", (Paper.ORDER,), r"приказ(?:ы|ом|ами)?", r"приказ(?:а|ов)"),
    Word("распоряжение", (Paper.ORDER,), r"распоряжени[ея]", r"распоряжени[яй]"),
    Word("протокол", (Paper.PROTOCOL,), r"протокол(?:ы)?", r"протокол(?:а|ов)"),
    Word(
        "справка по итогам мониторинга",
        (Paper.NOTE, Paper.ANALYTICAL_NOTE, Paper.REPORT),
        r"мониторинг(?:и)?",
        r"мониторинг(?:а|ов)",
        is_work=True,
    ),
    Word(
        "аналитическая справка",
        (Paper.ANALYTICAL_NOTE,),
        r"аналитическ(?:ая|ие|ую|ий)\s+(?:справк[ауи]|записк[ауи]|отч[её]т(?:ы)?|материал(?:ы)?)|анализ(?:ы)?",
        r"аналитическ(?:ой|их|ого)\s+(?:справ(?:ки|ок)|запис(?:ки|ок)|отч[её]т(?:а|ов)|материал(?:а|ов))|анализ(?:а|ов)",
        is_work=True,
    ),
    Word("справка", (Paper.NOTE,), r"справк[ауи]", r"справ(?:ки|ок)"),
    Word("фотоотчёт", (Paper.PHOTO,), r"фотоотч[её]т(?:ы)?", r"фотоотч[её]т(?:а|ов)"),
    Word("отчёт", (Paper.REPORT,), r"отч[её]т(?:ы)?", r"отч[её]т(?:а|ов)"),
    Word(
        "методические рекомендации",
        (Paper.RECOMMENDATIONS,),
        r"методически[ех]\s+рекомендации",
        r"методических\s+рекомендаций",
    ),
    Word("рекомендации", (Paper.RECOMMENDATIONS,), r"рекомендации", r"рекомендаций"),
    Word(
        "дорожная карта", (Paper.PLAN,), r"дорожн(?:ая|ую|ые)\s+карт[ауы]", r"дорожн(?:ой|ых)\s+карт(?:ы)?"
    ),
    Word("план", (Paper.PLAN,), r"план(?:ы)?(?:-график(?:и)?)?", r"план(?:а|ов)(?:-график(?:а|ов))?"),
    Word("график", (Paper.PLAN,), r"график(?:и)?", r"график(?:а|ов)"),
    Word("программа", (Paper.PROGRAMME,), r"программ[ауы]", r"программ(?:ы)?"),
    Word("перечень", (Paper.LIST,), r"переч(?:ень|ни)", r"перечн(?:я|ей)"),
    Word("список", (Paper.LIST,), r"спис(?:ок|ки)", r"списк(?:а|ов)"),
    Word("реестр", (Paper.LIST,), r"реестр(?:ы)?", r"реестр(?:а|ов)"),
    Word("соглашение", (Paper.AGREEMENT,), r"соглашени[ея]", r"соглашени[яй]"),
    Word("договор", (Paper.CONTRACT,), r"договор(?:ы|а)?", r"договор(?:а|ов)"),
    Word("положение", (Paper.REGULATION,), r"положени[ея]", r"положени[яй]"),
    Word("сборник", (Paper.PUBLICATION,), r"сборник(?:и)?", r"сборник(?:а|ов)"),
    Word("публикация", (Paper.PUBLICATION,), r"публикаци[яию]|стать[яию]", r"публикаци[ий]|стат(?:ьи|ей)"),
    Word(
        "банк данных",
        (Paper.DATA_BANK,),
        r"баз[ауы]\s+данных|(?:[а-яё]+-)?банк(?:и)?(?=\s+(?:данных|[а-яё]+х)\b|$)",
        r"баз(?:ы)?\s+данных|банк(?:а|ов)",
    ),
    Word(
        "нормативный акт",
        (Paper.ORDER, Paper.REGULATION, Paper.ACT),
        r"нпа|(?:нормативн\w+\s+правов\w+|локальн\w+\s+нормативн\w+|нормативн\w+|локальн\w+|распорядительн\w+)\s+акт(?:ы)?",
        r"нпа|(?:нормативн\w+\s+правов\w+|локальн\w+\s+нормативн\w+|нормативн\w+|локальн\w+|распорядительн\w+)\s+акт(?:а|ов)",
    ),
    Word(
        "удостоверение или сертификат",
        (Paper.CERTIFICATE,),
        r"сертификат(?:ы)?|свидетельств[оа]|удостоверени[ея]|диплом(?:ы)?|грамот[ауы]",
        r"сертификат(?:а|ов)|свидетельств(?:а)?|удостоверени[яй]|диплом(?:а|ов)|грамот(?:ы)?",
    ),
    Word(
        "лист регистрации",
        (Paper.JOURNAL, Paper.LIST),
        r"лист(?:ы)?\s+регистрации",
        r"лист(?:а|ов)\s+регистрации",
    ),
    Word("акт", (Paper.ACT,), r"акт(?:ы)?", r"акт(?:а|ов)"),
    Word("журнал", (Paper.JOURNAL,), r"журнал(?:ы)?", r"журнал(?:а|ов)"),
    Word("письмо", (Paper.LETTER,), r"письм[оа]", r"пис(?:ьма|ем)"),
    Word("ссылка на сайт", (Paper.SITE_PAGE,), r"ссылк[ауи]", r"ссыл(?:ки|ок)"),
    Word("информация", (), r"информаци[яю]", r"(?!)"),
)  # fmt: skip
"""Longer names before the shorter ones they begin or end with."""
