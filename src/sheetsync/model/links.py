"""What became of looking whether an address opens."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from msgspec import Struct


class LinkVerdict(StrEnum):
    """Five ways a link can be; only ``DEAD`` is a defect of the report."""

    OPENS = "открывается"
    SIGN_IN = "нужен вход"
    DEAD = "не открывается"
    UNCHECKED = "не проверена"
    NOT_A_LINK = "не ссылка"


class LinkReason(StrEnum):
    """Why, in words for the coordinator."""

    FINE = ""
    NOT_FOUND = "такой страницы нет (404)"
    GONE = "страница убрана (410)"
    NO_SITE = "сайта с таким именем нет"
    GOOGLE_LOCKED = "файл на Google Диске закрыт: откройте доступ «Все, у кого есть ссылка»"
    YANDEX_LOCKED = "файл на Яндекс Диске закрыт: включите доступ по ссылке"
    MAIL_LOCKED = "файл в Облаке Mail закрыт: включите доступ по ссылке"
    ASKS_TO_SIGN_IN = "сайт просит войти"
    FORBIDDEN = "сайт не пускает программу (403): откройте ссылку сами"
    BUSY = "сайт просит подождать (429)"
    SITE_FAULT = "ошибка на сайте"
    SILENT = "сайт не ответил"
    CERTIFICATE = "сертификат сайта не подтверждён: откройте ссылку сами"
    TOO_MANY_MOVES = "сайт переадресует по кругу"
    ODD_ANSWER = "сайт ответил непонятно"
    INSIDE = "адрес внутренней сети"
    NO_ADDRESS = "это не адрес сайта"
    NO_INTERNET = "нет интернета"


class LinkCheck(Struct, frozen=True):
    """A verdict with its reason and the day it was found."""

    verdict: LinkVerdict
    reason: LinkReason = LinkReason.FINE
    checked_on: dt.date | None = None
