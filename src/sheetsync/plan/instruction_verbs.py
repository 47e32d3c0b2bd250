"""Infinitives of an order: «обеспечить», «провести», and which of them only the signer can do."""

from __future__ import annotations

import re
from typing import Final

from sheetsync.plan.instruction_words import CYRILLIC
from sheetsync.text import plain

_NOT_VERBS: Final = frozenset(
    {
        "сеть",
        "печать",
        "память",
        "пять",
        "девять",
        "десять",
        "двадцать",
        "тридцать",
        "путь",
        "мать",
        "нить",
        "есть",
    }
)
"""Words that end as infinitives do."""
_INFINITIVE: Final = re.compile(
    r"(?<![\w-])(?:[а-яё]*[аеиоуыяё]т[ьъ](?:ся)?|(?:[а-яё]*(?:вести|нести)|(?:у|за|по)?честь|[а-яё]*йти|обрести|"
    r"[а-яё]+(?:лечь|мочь|беречь|стеречь))(?:сь)?)(?![\w-])",
    re.IGNORECASE,
)
_QUOTED_OR_BRACKETED: Final = re.compile(r"\([^()]*\)?|«[^«»]*»?|\"[^\"]*\"")
_LEADS_UP: Final = re.compile(
    r"^(?:рекомендовать|предложить|поручить|обязать|просить|разрешить|предписать)\b\s*:?\s*", re.IGNORECASE
)
_BY_THE_SIGNER: Final = re.compile(
    r"^(?:утвердить|назначить|признать|считать|установить|определить|возложить|создать|образовать|сформировать|"
    r"ввести|внести|отменить|продлить|закрепить|объявить|включить|исключить|присвоить|освободить|оставить|"
    r"принять|одобрить|снять|перенести|возобновить|приостановить|поставить|наградить|отнести|согласовать|"
    r"довести|ознакомить|опубликовать)(?:ся)?\b"
)
"""What an order does by being signed, or what its own office does with it."""
_DOES: Final = re.compile(
    r"(?<![\w-])(?:(?:обеспечива|предоставля|представля|разрабатыва|направля|размеща|осуществля|утвержда|назнача|"
    r"контролиру|анализиру|информиру|формиру|организу|принима|созда|участву|использу|координиру|оказыва|заключа|"
    r"актуализиру|выполня|реализу|составля|обобща|публику|корректиру|планиру|изда|уточня|проверя|сообща|загружа|"
    r"заполня|определя|устраня|посеща|консультиру|сопровожда|разработа|организовыва|исполня|вед|провед)(?:ют|ут|ет|ёт)|"
    r"(?:провод|готов|подготов|обеспеч|представ|предостав|направ|размест|знаком|ознаком|довод|вност|внос)(?:ят|ат|ит))"
    r"(?:ся)?(?![\w-])",
    re.IGNORECASE,
)
"""Duties told in the present: «руководители школ обеспечивают»; «несут ответственность» asks for nothing."""


def _open_text(text: str) -> str:
    """The text with its brackets and quotations blanked out, places kept."""
    return _QUOTED_OR_BRACKETED.sub(lambda found: " " * len(found[0]), text.translate(CYRILLIC))


def first_infinitive(text: str, start: int = 0) -> re.Match[str] | None:
    """The first infinitive outside brackets and quotation marks."""
    found = (one for one in _INFINITIVE.finditer(_open_text(text), start) if plain(one[0]) not in _NOT_VERBS)
    return next(found, None)


def opens_with_infinitive(text: str) -> bool:
    found = first_infinitive(text)
    return found is not None and not text[: found.start()].strip(' «"-–—')


def first_duty(text: str) -> re.Match[str] | None:
    """The first duty told in the present tense outside brackets and quotation marks."""
    return _DOES.search(_open_text(text))


def without_lead(text: str) -> str:
    """«Рекомендовать руководителям ...» without the verb that leads up to the addressee."""
    return _LEADS_UP.sub("", text)


def is_by_the_signer(action: str) -> bool:
    """The act is the signer's own: «утвердить план», «назначить координатором»."""
    return bool(_BY_THE_SIGNER.match(plain(action)))
