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
        "из них, но не все, а стёртое остаётся в истории версий таблицы. Почта и фамилия ответственного — тоже персональные данные. Можно ли вашему учреждению так "
        "работать, решает руководитель. Без Google всё то же делается файлами Excel."
    )
    CONSENT_QUESTION = "Если руководитель разрешил и вы согласны, напишите «{yes}»"
    CONSENT_YES = "да"
    CONSENT_ABSENT = "Согласия нет: вход не выполнен, в Google ничего не отправлено."
    # --- the kept sign-in
    KEPT_DAMAGED = "Файл входа в Google «{path}» повреждён. Войдите заново: sheetsync google logout, затем sheetsync google login."
    # --- signing in and out
    LOGIN_ADDRESS = "Откройте в браузере эту страницу Google и разрешите доступ (если она не открылась сама):"
    LOGIN_THANKS = "Ответ получен. Закройте эту вкладку и вернитесь в окно программы."
    LOGIN_DONE = "Вход в Google выполнен: {account}."
    LOGIN_SCOPE_OWN = "Разрешено только то, что программа создаст сама: остальных файлов Диска она не видит."
    LOGIN_SCOPE_SHARED = "Доступны файлы, которыми люди поделятся с этой учётной записью: {account}."
    LOGIN_SCOPE_COMPUTER = (
        "Права — какие даны при настройке этого компьютера; программе нужен доступ к Диску Google."
    )
    LOGIN_DELETE_FILE = (
        "Ключ сохранён в настройках, читать его можете только вы. Удалите скачанный файл: {path}"
    )
    LOGIN_RUNS_OUT = "Google даёт этот вход до {day}: приложение в Google Cloud в состоянии «Тестирование». Опубликуйте его и войдите заново (docs/google.md)."
    LOGIN_UNCHECKED = "Вход сохранён, но проверить его не удалось. {reason}"
    LOGIN_WAY_UNNAMED = (
        "Не сказано, как войти. Своей учётной записью: sheetsync google login --client client_secret.json; служебной: "
        "--service-account ключ.json; как настроен этот компьютер: --adc. Что выбрать, сказано в docs/google.md."
    )
    LOGIN_WAYS_MIXED = "Выберите один способ входа: --client, --service-account или --adc."
    LOGIN_DENIED = "В доступе отказано на странице Google. Если передумали, повторите команду."
    LOGIN_SCOPE_LEFT_OUT = (
        "На странице Google не поставлена галочка у доступа к файлам. Повторите команду и поставьте её."
    )
    LOGIN_NO_ANSWER = "Ответа со страницы Google не было {minutes} мин. Повторите команду и откройте страницу на этом же компьютере."
    LOGIN_REFUSED = "Google не принял вход ({detail}). Проверьте, что клиент не удалён, а ваша почта есть среди тестировщиков приложения (docs/google.md)."
    LOGIN_NO_ADC = "Этот компьютер для Google не настроен. Выполните gcloud auth application-default login или выберите другой способ (docs/google.md)."
    FILE_UNREADABLE = "«{path}» — не файл из Google Cloud или он повреждён. Скачайте его заново."
    FILE_WEB_CLIENT = "«{path}» — клиент для сайта. Создайте в Google Cloud клиент с типом «Приложение для компьютера» (Desktop app) и скачайте его."
    FILE_IS_KEY = "«{path}» — ключ служебной учётной записи. Выполните: sheetsync google login --service-account с этим файлом."
    FILE_IS_CLIENT = (
        "«{path}» — клиент для входа через браузер. Выполните: sheetsync google login --client с этим файлом."
    )
    LOGOUT_DONE = "Вход убран с этого компьютера: {account}."
    LOGOUT_GIVEN_BACK = "Google больше не примет его ни от кого."
    LOGOUT_NOT_GIVEN_BACK = "Отозвать его у Google не удалось. Сделайте это сами: myaccount.google.com/permissions → приложение → «Удалить доступ»."
    LOGOUT_KEY = "Ключ остаётся действительным. Если он больше не нужен, удалите его в Google Cloud: IAM → Служебные учётные записи → Ключи."
    LOGOUT_COMPUTER = (
        "Настройка самого компьютера осталась; её убирает gcloud auth application-default revoke."
    )
    LOGOUT_DAMAGED = "Повреждённый файл входа убран с этого компьютера."
    LOGOUT_NOTHING = "Входа в Google на этом компьютере нет: убирать нечего."
    LOGOUT_SHEETS_STAY = "Таблицы и папки остаются на Диске Google: удалите их там, если не нужны."
    # --- «google doctor»
    CHECK_SHEET = "sheetsync: проверка доступа"
    CHECK_GOOD = "Всё готово: с Google можно работать."
    CHECK_NOTES = "С Google можно работать; обратите внимание на отмеченное: {notes}."
    CHECK_MUST = "С Google пока работать нельзя. Нужно сделать: {must} (отмечено «обязательно»)."
    # --- why Google did not do it
    TROUBLE_NOT_SIGNED_IN = (
        "Вход в Google не выполнен. Выполните: sheetsync google login; что выбрать, сказано в docs/google.md."
    )
    TROUBLE_EXPIRED = "Google больше не принимает этот вход. Войдите заново: sheetsync google login; почему так вышло, скажет sheetsync google doctor."
    TROUBLE_UNREACHABLE = (
        "Google не отвечает. Проверьте интернет (и прокси, если он есть) и повторите: сделанное не пропало."
    )
    TROUBLE_BUSY = "Google просит подождать: слишком много запросов. Повторите через несколько минут: сделанное не пропало."
    TROUBLE_FORBIDDEN = "Google не дал доступа ({detail}). Чего не хватает, скажет sheetsync google doctor."
    TROUBLE_NOT_FOUND = "Файла в Google нет или он закрыт для этой учётной записи. Верните его из корзины Диска или откройте доступ и повторите."
    TROUBLE_NO_STORAGE = "На Диске Google нет места, или этой учётной записи нельзя иметь файлы. Что сделать, скажет sheetsync google doctor."
    TROUBLE_SHARING_LIMIT = "Google пока не даёт открывать доступ: слишком много приглашений. Повторите завтра: сделанное не пропало."
    TROUBLE_BAD_ADDRESS = (
        "Google не знает этой почты. Исправьте её на листе «Участники» или выберите доступ по ссылке."
    )
    TROUBLE_REFUSED = "Google не принял запрос ({detail}). Обновите sheetsync и повторите; не поможет — пришлите это разработчику."
    # --- issuing and reading the sheets of schools
    WHY_NOT_SIGNED_IN = "вход не выполнен"
    WHY_EXPIRED = "вход больше не действует"
    WHY_UNREACHABLE = "нет связи"
    WHY_BUSY = "предел запросов исчерпан"
    WHY_FORBIDDEN = "нет доступа"
    WHY_NOT_FOUND = "удалена, в корзине или закрыта для этой учётной записи"
    WHY_NO_STORAGE = "нет места на Диске или этой учётной записи нельзя иметь файлы"
    WHY_SHARING_LIMIT = "предел приглашений"
    WHY_BAD_ADDRESS = "такой почты или учётной записи Google с ней нет"
    WHY_REFUSED = "запрос не принят: {detail}"
    FOLDER_NAME = "Отчёты школ: {title}"
    INVITATION = "{organisation}: отчёт по плану «{title}»."
    INVITATION_DUE = "Срок — {due}."
    INVITATION_HOW = (
        "Откройте таблицу, заполните столбцы с зелёным заголовком и поставьте галочку «Отчёт готов» над таблицей. "
        "Устанавливать, сохранять и присылать ничего не нужно: отдел прочитает ответы сам. "
        "Фамилий, телефонов и диагнозов детей не пишите."
    )
    WHY_TIME = "вышло время одного нажатия"
    WHY_FORMULA = "формула «{cell}» шаблона формы в Google не работает"
    WHY_UNREADABLE = "её содержимое программа не узнаёт и поэтому не заменяет"
    WHY_NO_FORM = "листа «{sheet}» в ней нет — верните его в самой таблице: «Файл» → «История версий»"
    WHY_UNSETTLED = "в таблице всё время печатают"
    GUARD = "Эти ячейки заполняет отдел; школа пишет в столбцах с зелёным заголовком."
    PRESS_SHEETS = "Таблицы Google: {done} из {total}"
    PURGE_IN_GOOGLE = (
        "Те же ответы остались в таблицах Google, со всеми прежними версиями: {names}. Удалите эти таблицы "
        "на Google Диске сами, и из корзины тоже."
    )
    SHEET_OF = "таблица Google: {name}"
    ISSUED = (
        "Таблицы Google: новых и обновлённых {written}, без изменений {same}. Ссылки — на листе «Участники»; "
        "ответы программа прочитает сама."
    )
    # --- remarks in the sheets of schools
    REWORK = "На доработку"
    REWORK_WITH = "На доработку: {remark}"
    WHY_NO_COLUMN = "столбца «{column}» в ней нет"
    WHY_NOT_ISSUED = "форма участнику ещё не выпущена"
    RETURN_SHEETS = (
        "Замечания в таблицах Google: записано {put}, убрано {taken}; таблиц без изменений {same}."
    )
    RETURN_NOTE = "записано {put}, убрано {taken}"
    RETURN_NOTHING = "Открытых замечаний нет: возвращать нечего."
    RETURN_AT_HOME = "Тексты замечаний в Google не отправлены ({count}): так выбрано на листе «Настройки». В таблицах стоит только «{word}»."
    # --- the district spreadsheet
    DISTRICT_NAME = "Район: {title}"
    DISTRICT_GUARD = "Эти листы пишет программа. Здесь можно заполнять «Решение» и «Замечание района»."
    DISTRICT_LINK = "Районная таблица Google: {link}"
    COLLECT_NOW = "Собрать сейчас"
    NOT_SENT = "[не отправлено: похоже на персональные данные]"
    TOO_MANY_CELLS = "таблица Google вмещает не больше {most} ячеек"
    # --- «demo --google»
    DEMO_NOT_GOOGLE = "Это не Google: вместо него отвечает программа на этом компьютере, {address}. В интернет ничего не уходит, люди и школы выдуманы."
    DEMO_SETTINGS = "Приказ «{name}» прочитан. Координатор включил Google в «Настройках» и выбрал его для {sheets} школ из {schools}."
    DEMO_ISSUED = "Формы выпущены: таблиц Google {sheets}, файлов Excel {files}. Приглашений школам {letters}, ссылки стоят в «Участниках»."
    DEMO_DILIGENT = "{school}: всё заполнено в таблице Google и отмечено «Отчёт готов»."
    DEMO_PROTECTED = "{school}: хотели исправить срок в плане, Google не дал — эти ячейки защищены."
    DEMO_CHIP = "{school}: всё заполнено, документы приложены чипами — ссылками на файлы Диска."
    DEMO_HURRY = "{school}: спешили — пустые строки, слова вместо документов, дата из будущего."
    DEMO_UNTOUCHED = "{school}: таблицу ещё не открывали."
    DEMO_FILES = "Остальные прислали файлы Excel и LibreOffice: {files}."
    DEMO_COLLECTED = "Свод на {day} собран из таблиц и файлов и показан в районной таблице Google; запросов к Google {calls}."
    DEMO_REMARK = "Координатор пишет в районной таблице Google, {school}, {number}: «{decision}» — «{remark}»"
    DEMO_REMARK_WORDS = "Приложите документ: вид, номер и дата."
    DEMO_RETURNED = "sheetsync return ставит замечание в таблицу школы, рядом с её ответом."
    DEMO_CORRECTED = "{school} исправляет строку {number} в своей таблице."
    DEMO_TICK = (
        "В районной таблице ставят галочку «{tick}» — так можно и с телефона; ответ появится рядом с ней."
    )
    DEMO_SWITCHED_OFF = "Районная книга: {path}. Google в её «Настройках» снова выключен: настоящего Google пример не коснётся."
    DEMO_PAGES = "Посмотрите в браузере:"
    DEMO_PAGE = "  {what}: {address}"
    DEMO_PAGE_FILES = "все таблицы"
    DEMO_PAGE_DISTRICT = "районная таблица"
    DEMO_PAGE_SCHOOL = "таблица школы ({school})"
    DEMO_SERVING = "Страницы открываются, пока работает эта команда. Закончить — Ctrl+C."
    DEMO_CLOSED = "Страницы закрыты вместе с примером. Чтобы посмотреть их, запустите его в окне терминала без --no-wait."
