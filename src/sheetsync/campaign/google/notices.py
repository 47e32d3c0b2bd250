"""THE catalogue of what the Google side says beside its findings: commands, consent, progress.

Each is a format string in Russian, said by ``notices.say``.
"""

from __future__ import annotations

from enum import StrEnum


class GoogleNotice(StrEnum):
    # --- before the first use
    CONSENT = (
        "Прочитайте до начала. Таблицы Google лежат на серверах иностранной компании, скорее всего за пределами России. "
        "Туда уйдут план-график, названия школ, почта ответственных и всё, что школы напишут в своих таблицах; видеть это "
        "сможет Google и каждый, кому дали доступ. Закон о персональных данных (152-ФЗ) требует хранить такие данные "
        "граждан в России, поэтому именам детей, телефонам и диагнозам в этих таблицах не место: программа узнаёт многие "
        "из них, но не все. Почта и фамилия ответственного — тоже персональные данные. Можно ли вашему учреждению так "
        "работать, решает руководитель. Без Google всё то же делается файлами Excel."
    )
    CONSENT_QUESTION = "Если руководитель разрешил и вы согласны, напишите «{yes}»"
    CONSENT_ABSENT = "Согласия нет: вход не выполнен, в Google ничего не отправлено."
    # --- the kept sign-in
    BASE_ELSEWHERE = (
        "Переменная {variable} указывает не на этот компьютер. Она только для пробы: http://127.0.0.1:ПОРТ. Уберите её и повторите."
    )
    KEPT_DAMAGED = "Файл входа в Google «{path}» повреждён. Войдите заново: sheetsync google logout, затем sheetsync google login."
    # --- why Google did not do it
    TROUBLE_NOT_SIGNED_IN = "Вход в Google не выполнен. Выполните: sheetsync google login; что выбрать, сказано в docs/google.md."
    TROUBLE_EXPIRED = "Google больше не принимает этот вход. Войдите заново: sheetsync google login; почему так вышло, скажет sheetsync google doctor."
    TROUBLE_UNREACHABLE = "Google не отвечает. Проверьте интернет (и прокси, если он есть) и повторите: сделанное не пропало."
    TROUBLE_BUSY = "Google просит подождать: слишком много запросов. Повторите через несколько минут: сделанное не пропало."
    TROUBLE_FORBIDDEN = "Google не дал доступа ({detail}). Чего не хватает, скажет sheetsync google doctor."
    TROUBLE_NOT_FOUND = "Файла в Google нет или он закрыт для этой учётной записи. Верните его из корзины Диска или откройте доступ и повторите."
    TROUBLE_NO_STORAGE = "На Диске Google нет места, или этой учётной записи нельзя иметь файлы. Что сделать, скажет sheetsync google doctor."
    TROUBLE_SHARING_LIMIT = "Google пока не даёт открывать доступ: слишком много приглашений. Повторите завтра: сделанное не пропало."
    TROUBLE_BAD_ADDRESS = "Google не знает этой почты. Исправьте её на листе «Участники» или выберите доступ по ссылке."
    TROUBLE_REFUSED = "Google не принял запрос ({detail}). Обновите sheetsync и повторите; не поможет — пришлите это разработчику."
