"""THE catalogue of what «google doctor» may say: level, what was tried and came, what to do.

Pages of Google are named as its Russian console names them, the English name beside.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from msgspec import Struct

from sheetsync.campaign.google.checkup_codes import GoogleCheck, Step
from sheetsync.office.codes import Level


class CheckDetail(Struct, frozen=True):
    """``found`` and ``click`` are format strings; ``step`` is None where any step may end so."""

    step: Step | None
    level: Level
    found: str
    click: str = ""


_AGAIN: Final = "войдите заново: sheetsync google login"
_PUBLISH: Final = (
    "console.cloud.google.com → Google Auth Platform → Аудитория (Audience) → «Опубликовать приложение» (Publish app), "
    f"затем {_AGAIN}. В Google Workspace вместо этого подходит тип «Внутренний» (Internal)."
)
_LATER: Final = (
    "Повторите через несколько минут; не поможет — пришлите эту строку разработчику: тайного в ней нет."
)

CHECKUP: Final[MappingProxyType[GoogleCheck, CheckDetail]] = MappingProxyType(
    {
        # --- the sign-in as it is kept
        GoogleCheck.SIGNED_IN: CheckDetail(Step.SIGN_IN, Level.GOOD, "Сохранён {day}, согласие дано {agreed}."),
        GoogleCheck.NOT_SIGNED_IN: CheckDetail(
            Step.SIGN_IN,
            Level.MUST,
            "Вход в Google не выполнен.",
            "Выполните: sheetsync google login. Какой из трёх способов выбрать, сказано в docs/google.md.",
        ),
        GoogleCheck.RUNS_OUT: CheckDetail(
            Step.SIGN_IN,
            Level.NOTE,
            "Google даёт этот вход до {day}: приложение в Google Cloud в состоянии «Тестирование» (Testing).",
            _PUBLISH,
        ),
        GoogleCheck.STATUS_UNKNOWN: CheckDetail(
            Step.SIGN_IN,
            Level.NOTE,
            "Опубликовано ли приложение в Google Cloud, отсюда не видно. Если оно в состоянии «Тестирование» (Testing), вход "
            "перестанет работать {day}.",
            f"Проверьте один раз: {_PUBLISH}",
        ),
        GoogleCheck.PUBLISHED: CheckDetail(
            Step.SIGN_IN, Level.GOOD, "Вход служит дольше семи дней, значит, приложение в Google Cloud опубликовано."
        ),
        # --- the token
        GoogleCheck.TOKEN_GOOD: CheckDetail(Step.TOKEN, Level.GOOD, "Google принимает этот вход."),
        GoogleCheck.TOKEN_TESTING: CheckDetail(
            Step.TOKEN,
            Level.MUST,
            "Google больше не принимает вход от {day}. Скорее всего, приложение в Google Cloud в состоянии «Тестирование» "
            "(Testing): такой вход живёт семь дней. Бывает и после смены пароля или если доступ отозвали.",
            _PUBLISH,
        ),
        GoogleCheck.TOKEN_REVOKED: CheckDetail(
            Step.TOKEN,
            Level.MUST,
            "Google больше не принимает вход от {day}: доступ отозвали, сменили пароль или отключили учётную запись.",
            f"Если это сделали вы, {_AGAIN}.",
        ),
        GoogleCheck.TOKEN_CLOCK: CheckDetail(
            Step.TOKEN,
            Level.MUST,
            "Google не принял вход: часы этого компьютера неверны (расходятся на {minutes} мин).",
            "Включите установку времени через интернет: Параметры → Время и язык → Дата и время → «Установить время "
            "автоматически» и «Синхронизировать». Затем повторите.",
        ),
        GoogleCheck.KEY_GONE: CheckDetail(
            Step.TOKEN,
            Level.MUST,
            "Ключ служебной учётной записи удалён или отключён.",
            "console.cloud.google.com → IAM и администрирование → Служебные учётные записи → Ключи → Добавить ключ → JSON, "
            "затем: sheetsync google login --service-account с новым файлом.",
        ),
        GoogleCheck.CLIENT_GONE: CheckDetail(
            Step.TOKEN,
            Level.MUST,
            "Клиента, через который вы вошли, в Google Cloud больше нет.",
            "console.cloud.google.com → Google Auth Platform → Клиенты (Clients) → создайте клиент с типом «Приложение для "
            "компьютера» (Desktop app), скачайте файл, затем: sheetsync google login --client с этим файлом.",
        ),
        GoogleCheck.COMPUTER_NOT_SET_UP: CheckDetail(
            Step.TOKEN,
            Level.MUST,
            "Этот компьютер для Google не настроен (application default credentials не найдены).",
            "Выполните: gcloud auth application-default login или войдите другим способом (docs/google.md).",
        ),
        # --- this computer and the account
        GoogleCheck.CLOCK_GOOD: CheckDetail(Step.CLOCK, Level.GOOD, "Часы этого компьютера идут верно."),
        GoogleCheck.CLOCK_OFF: CheckDetail(
            Step.CLOCK,
            Level.NOTE,
            "Часы этого компьютера расходятся с часами Google на {minutes} мин: время правок в своде будет неверным.",
            "Включите установку времени через интернет: Параметры → Время и язык → Дата и время.",
        ),
        GoogleCheck.ACCOUNT_GOOD: CheckDetail(Step.ACCOUNT, Level.GOOD, "Вы работаете как {email}."),
        GoogleCheck.ROOM_GOOD: CheckDetail(Step.ROOM, Level.GOOD, "Свободно {free} МБ."),
        GoogleCheck.ROOM_UNLIMITED: CheckDetail(Step.ROOM, Level.GOOD, "Ограничения на место Google не назвал."),
        GoogleCheck.ROOM_LITTLE: CheckDetail(
            Step.ROOM,
            Level.NOTE,
            "Свободно всего {free} МБ. Таблицы места почти не занимают, но на полном Диске Google не даст создать новые.",
            "Освободите место: drive.google.com → Хранилище (там же почта и фото) и очистите корзину.",
        ),
        # --- what it may do
        GoogleCheck.LIST_GOOD: CheckDetail(Step.LIST, Level.GOOD, "Список своих файлов программе виден."),
        GoogleCheck.MAKE_GOOD: CheckDetail(Step.MAKE, Level.GOOD, "Пробная таблица «{name}» создана."),
        GoogleCheck.WRITE_GOOD: CheckDetail(Step.WRITE, Level.GOOD, "Запись в пробную таблицу удалась."),
        GoogleCheck.READ_GOOD: CheckDetail(Step.READ, Level.GOOD, "Прочитано то же, что записано."),
        GoogleCheck.READ_DIFFERS: CheckDetail(
            Step.READ, Level.MUST, "Из пробной таблицы прочитано не то, что записано.", _LATER
        ),
        GoogleCheck.PROTECT_GOOD: CheckDetail(Step.PROTECT, Level.GOOD, "Лист пробной таблицы защищён от правки."),
        GoogleCheck.ACCESS_GOOD: CheckDetail(
            Step.ACCESS,
            Level.GOOD,
            "Кто имеет доступ к таблице, программе видно (сейчас: {who}). Приглашать людей проверка не пробует: разрешает ли "
            "это ваша организация, покажет первый выпуск форм.",
        ),
        GoogleCheck.CLEAN_GOOD: CheckDetail(Step.CLEAN, Level.GOOD, "Пробная таблица удалена."),
        GoogleCheck.CLEAN_LEFT: CheckDetail(
            Step.CLEAN,
            Level.NOTE,
            "Удалить пробную таблицу «{name}» не удалось.",
            "Её уберёт следующая проверка; можно удалить и самим на drive.google.com.",
        ),
        # --- why a step was refused
        GoogleCheck.UNREACHABLE: CheckDetail(
            None,
            Level.MUST,
            "Google не отвечает: нет интернета, мешает прокси или защитная программа.",
            "Откройте в браузере google.com. Если там открывается, а здесь нет, спросите у администратора адрес прокси и "
            "задайте переменную HTTPS_PROXY; программе нужны oauth2.googleapis.com, www.googleapis.com и sheets.googleapis.com.",
        ),
        GoogleCheck.API_OFF: CheckDetail(
            None,
            Level.MUST,
            "В проекте Google Cloud не включено: {api}.",
            "console.cloud.google.com → выберите проект → API и сервисы → Библиотека → найдите «{api}» → «Включить» (Enable). "
            "Подождите пять минут и повторите.",
        ),
        GoogleCheck.SCOPE_MISSING: CheckDetail(
            None,
            Level.MUST,
            "Вход дан без права на файлы Диска.",
            "Войдите заново и на странице Google поставьте галочку у доступа к файлам: sheetsync google login. Для --adc: "
            "gcloud auth application-default login --scopes=https://www.googleapis.com/auth/cloud-platform,"
            "https://www.googleapis.com/auth/drive",
        ),
        GoogleCheck.ADMIN_FORBIDS: CheckDetail(
            None,
            Level.MUST,
            "Это запретил администратор вашей организации в Google Workspace ({detail}).",
            "Попросите администратора разрешить приложение (admin.google.com → Безопасность → Управление API) и доступ к Диску "
            "за пределами организации, или войдите учётной записью вне её.",
        ),
        GoogleCheck.OWNS_NO_FILES: CheckDetail(
            None,
            Level.NOTE,
            "Служебная учётная запись не может владеть файлами: так теперь у Google для всех. Читать и писать таблицы, которыми "
            "с ней поделились, она может.",
            "Выпускать формы войдите своей учётной записью: sheetsync google login --client client_secret.json. Служебной "
            "оставьте сбор: поделитесь с ней папкой кампании (роль «Редактор»).",
        ),
        GoogleCheck.ROOM_NONE: CheckDetail(
            None,
            Level.MUST,
            "На Диске Google не осталось места.",
            "Освободите место: drive.google.com → Хранилище (там же почта и фото) и очистите корзину.",
        ),
        GoogleCheck.BUSY: CheckDetail(
            None, Level.MUST, "Google просит подождать: слишком много запросов за минуту.", "Повторите через несколько минут."
        ),
        GoogleCheck.REFUSED: CheckDetail(None, Level.MUST, "Google отказал ({detail}).", _LATER),
        GoogleCheck.NOT_TRIED: CheckDetail(
            None, Level.NOTE, "Дальше не проверялось.", "Сделайте сказанное выше и повторите: sheetsync google doctor."
        ),
    }
)  # fmt: skip
