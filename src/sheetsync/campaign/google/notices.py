"""THE catalogue of what the Google side says beside its findings: commands, consent, progress.

Each is a format string in Russian, said by ``notices.say``.
"""

from __future__ import annotations

from enum import StrEnum


class GoogleNotice(StrEnum):
    # --- before the first use
    CONSENT = (
        "Что важно знать до начала. Таблицы Google хранятся на серверах компании Google, скорее всего за пределами "
        "России. Туда уходят: план-график, названия школ, почта ответственных и всё, что школы напишут в своих "
        "таблицах. Персональным данным (именам детей, телефонам, диагнозам) там не место: закон о персональных "
        "данных (152-ФЗ) требует хранить их в России. Решите с руководителем, можно ли вашему учреждению "
        "пользоваться Google; без него всё то же делается файлами Excel."
    )
