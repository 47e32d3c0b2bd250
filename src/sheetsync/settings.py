"""THE declaration of the settings a coordinator may change in sheet «Настройки».

The template prints these rows, the draft fills them from the order, ``district.reading`` reads
them back. A setting nobody reads does not stand here.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from sheetsync.model import GoogleAccess, GoogleScope, Privacy

YES: Final = "да"
NO: Final = "нет"


class SettingSpec(Struct, frozen=True):
    """One row: ``key`` is a field of ``model.Settings``, ``default`` what a new campaign says."""

    key: str
    label: str
    note: str
    default: str = ""
    choices: tuple[str, ...] = ()
    is_date: bool = False


SETTINGS_ROWS: Final = (
    SettingSpec("plan_id", "Код плана", "По нему узнаются формы этого плана. Не меняйте."),
    SettingSpec("organisation", "Организация", "Кто собирает отчёты. Печатается в шапке формы."),
    SettingSpec("plan_title", "План-график", "Название плана, как в приказе."),
    SettingSpec("order_number", "Номер приказа", ""),
    SettingSpec("order_date", "Дата приказа", "ДД.ММ.ГГГГ", is_date=True),
    SettingSpec("edition", "В редакции приказа", "Последний приказ, изменивший план. Вписывает команда amend."),
    SettingSpec("years", "Год или годы плана", "Через запятую: 2023 или 2020, 2021, 2022."),
    SettingSpec("period_start", "Начало периода", "Исполнение раньше этой даты не засчитывается.", is_date=True),
    SettingSpec("period_end", "Конец периода", "Если срок отчёта не указан, отчёты ждём к этой дате.", is_date=True),
    SettingSpec("report_due", "Срок отчёта", "К этой дате участники присылают формы.", is_date=True),
    SettingSpec(
        "evidence_required",
        "Подтверждение обязательно",
        "«нет» — строки без документа не считаются замечанием.",
        YES,
        (YES, NO),
    ),
    SettingSpec(
        "privacy",
        "Персональные данные",
        "Имена детей, телефоны, диагнозы в ответах: скрыть (И***в П.), оставить или задержать до проверки.",
        Privacy.MASK.value,
        tuple(one.value for one in Privacy),
    ),
    SettingSpec(
        "google",
        "Google",
        "Таблицы Google для участников, у которых канал — Google. «нет» — сеть не нужна и не используется.",
        NO,
        (YES, NO),
    ),
    SettingSpec(
        "google_access",
        "Google: доступ школ",
        "«по почте» — только адресат; «по ссылке» — любой, у кого есть ссылка, и автор правки неизвестен.",
        GoogleAccess.MAIL.value,
        tuple(one.value for one in GoogleAccess),
    ),
    SettingSpec(
        "google_publish",
        "Google: показывать свод",
        "Те же листы свода — ещё и в районной таблице Google. Школам она не видна, пока ею не поделились.",
        NO,
        (YES, NO),
    ),
    SettingSpec(
        "google_sends",
        "Google: что отправлять",
        "«план, статус и числа» — тексты ответов и замечаний района в Google не уходят.",
        GoogleScope.ALL.value,
        tuple(one.value for one in GoogleScope),
    ),
    SettingSpec(
        "instructions",
        "Поручения приказа",
        "«да» — поручения из текста приказа (раздел «Поручения приказа» на листе «План») спрашиваются, как мероприятия.",
        NO,
        (YES, NO),
    ),
    SettingSpec("period", "Отчётный период", "Если программа на несколько лет: за какой год отчёт сейчас. Меняет команда period."),
    SettingSpec("mail_from", "Почта: отправитель", "С какого адреса рассылать письма. Пусто — письма только складываются в папку «Письма»."),
    SettingSpec("mail_server", "Почта: сервер", "Например: smtp.yandex.ru:465. Пароль здесь не пишут: его спросит команда."),
)  # fmt: skip
