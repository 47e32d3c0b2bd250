"""THE catalogue of findings: what the program remarks, how serious it is, and what to do.

A finding is a value (``model.Finding``); its sentences live here, once, in Russian, and are
translated through ``messages``. Families: F file, V version and identity, R reading, C
completeness, E evidence, D deadlines, P personal data, M merging, S storage, X unexpected.
A retired code keeps its line in ``RETIRED`` so that it is never given another meaning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sheetsync.messages import tr
from sheetsync.model import NOWHERE, Finding, Origin, Severity


@dataclass(frozen=True, slots=True)
class Detail:
    """One line of the catalogue; ``fact`` and ``advice`` are format strings over the params."""

    severity: Severity
    fact: str
    advice: str


_MUST, _WARN, _INFO = Severity.MUST, Severity.WARN, Severity.INFO

CATALOGUE: Final[dict[str, Detail]] = {
    # --- F: the file as such
    "F101": Detail(_MUST, "Файл защищён паролем, прочитать его нельзя.", "Попросите прислать копию без пароля («Файл» → «Сведения» → «Защита книги» → убрать пароль)."),
    "F102": Detail(_WARN, "Файл в старом формате .xls.", "Файл прочитан, но примечания и скрытые листы в нём не видны. Надёжнее «Сохранить как» → .xlsx."),
    "F103": Detail(_MUST, "Это не книга Excel, а {what}.", "Попросите прислать саму заполненную форму (.xlsx или .ods)."),
    "F104": Detail(_MUST, "Файл пустой (0 байт).", "Скорее всего, он не догрузился: попросите прислать ещё раз."),
    "F105": Detail(_MUST, "Файл повреждён: {what}.", "Попросите открыть его у себя, сохранить заново и прислать ещё раз."),
    "F106": Detail(_MUST, "Файл отклонён защитой: {what}.", "Не открывайте его. Попросите школу заполнить выданную форму заново."),
    "F107": Detail(_INFO, "В файле есть макросы. Они не запускались, взяты только значения.", "Ничего делать не нужно; на будущее просите присылать .xlsx."),
    "F108": Detail(_INFO, "«{name}» — служебный файл открытой книги, не отчёт.", "Закройте книгу в Excel или LibreOffice; сам отчёт лежит рядом."),
    "F109": Detail(_WARN, "«{name}» — папка или файл другого вида ({what}), не отчёт.", "Если это подтверждающий документ, оставьте его: он сохранён. Отчёт присылается книгой .xlsx или .ods."),
    "F110": Detail(_MUST, "Файл не удалось прочитать за {seconds} с.", "Остальные школы собраны. Попросите прислать форму, заполненную заново."),
    "F111": Detail(_MUST, "Файл не открывается: {what}.", "Проверьте права на файл и не открыт ли он в другой программе; затем соберите свод ещё раз."),
    "F112": Detail(_WARN, "Обычный способ чтения не справился ({what}), прочитаны только значения.", "Сверьте примечания и ссылки с самим файлом."),
    # --- V: whose copy it is
    "V201": Detail(_MUST, "В файле не найден отчёт: нет ни меток, ни таблицы с мероприятиями.", "Проверьте, тот ли это файл. Нужна форма из папки «Формы»."),
    "V202": Detail(_MUST, "Это форма другого плана ({other}).", "Попросите заполнить форму этого плана; содержимое файла в свод не взято, но сохранено."),
    "V203": Detail(_MUST, "Не понятно, чья это форма: меток нет, название «{name}» не из списка участников.", "Впишите название школы в «Участники» → «Другие названия» и соберите свод ещё раз."),
    "V204": Detail(_WARN, "Меток в файле нет; участник узнан по названию «{name}» (уверенность {confidence} %).", "Проверьте, что это копия именно этого участника."),
    "V205": Detail(_WARN, "Метки спорят: {marks}. Принято: {chosen}.", "Возможно, форма одной школы заполнена другой. Проверьте, чья это копия."),
    "V206": Detail(_INFO, "Заполнена форма прежнего выпуска ({issue} вместо {current}); строки сопоставлены с нынешним планом.", "Ничего делать не нужно, если план не менялся по смыслу."),
    "V207": Detail(_INFO, "Тот же файл уже лежит в папке под именем «{name}».", "Лишнюю копию можно удалить."),
    "V208": Detail(_WARN, "Меток в файле нет; план узнан по тексту мероприятий ({share} % строк совпали).", "Проверьте, что заполнен отчёт по этому плану и за этот период."),
    "V209": Detail(_MUST, "Участник с кодом «{code}» не найден в листе «Участники».", "Верните строку в «Участники» или проверьте, из того ли района форма."),
    "V210": Detail(_WARN, "Форма этого участника выдана для листа «Участники», но отчёта он не должен (вид: {kind}).", "Ответы сохранены; проверьте вид участника."),
    # --- R: reading rows and columns
    "R301": Detail(_INFO, "Столбец «{column}» найден под названием «{header}».", "Ничего делать не нужно."),
    "R302": Detail(_MUST, "Столбец «{column}» не найден.", "Попросите не удалять столбцы формы; ответы из него могли быть вписаны в другое место."),
    "R303": Detail(_INFO, "Строка «{title}» узнана по номеру и названию: ключ строки стёрт.", "Ничего делать не нужно."),
    "R304": Detail(_WARN, "Строка «{title}» узнана только по названию (похожесть {confidence} %).", "Проверьте, к тому ли мероприятию отнесён ответ."),
    "R305": Detail(_WARN, "Строка «{title}» не похожа ни на одно мероприятие плана; ответы из неё — в «Не размещено».", "Решите, к какому мероприятию отнести ответ, или уберите строку."),
    "R306": Detail(_WARN, "Строка «{title}» заполнена дважды.", "Ответы объединены, где не спорят; спорные показаны оба. Оставьте в форме одну строку."),
    "R307": Detail(_WARN, "Значение «{value}» стоит вне таблицы; оно — в «Не размещено».", "Посмотрите, не ответ ли это."),
    "R308": Detail(_INFO, "Таблица найдена не на своём месте: лист «{sheet}», {cell}.", "Ничего делать не нужно."),
    "R309": Detail(_WARN, "Школа изменила текст плана: столбец «{column}», было «{was}», стало «{now}».", "В свод взят текст плана. Если школа права, поправьте лист «План»."),
    "R310": Detail(_MUST, "Статуса «{value}» нет в списке.", "Выберите статус из списка: {choices}."),
    "R311": Detail(_INFO, "Статус «{value}» понят как «{status}».", "Ничего делать не нужно; на будущее выбирайте из списка."),
    "R312": Detail(_MUST, "Дата «{value}» не читается.", "Напишите дату так: 15.03.2023."),
    "R313": Detail(_INFO, "Дата написана словами «{value}», понята как {date}.", "Ничего делать не нужно."),
    "R314": Detail(_WARN, "В ячейке формула без посчитанного значения.", "Попросите вписать значение обычным текстом."),
    "R315": Detail(_INFO, "Ответ взят из скрытого места: {where}.", "Проверьте, что он относится к этому отчёту."),
    "R316": Detail(_INFO, "К ячейке есть примечание: «{comment}».", "Примечание сохранено рядом с ответом."),
    "R317": Detail(_WARN, "Ответ дан на мероприятие, которого участник не должен: «{title}».", "Ответ сохранён в «Не размещено». Если он нужен, добавьте участника в «Кто отчитывается»."),
    "R318": Detail(_WARN, "Номер «{value}» прочитан как {number}: Excel превратил его в дату или число.", "Ничего делать не нужно."),
    "R319": Detail(_WARN, "В ячейке ошибка Excel «{value}».", "Попросите вписать значение заново."),
    "R320": Detail(_WARN, "В листе «Показатели» строка «{title}» не узнана.", "Посмотрите лист «Не размещено»."),
    # --- C: completeness
    "C401": Detail(_MUST, "Отчёт не поступил.", "Напомните участнику; форма — в папке «Формы»."),
    "C402": Detail(_WARN, "Отчёт поступил {received}, после срока {due}.", "Отметьте опоздание в справке; если отчёт пришёл раньше, впишите дату в «Участники» → «Получено»."),
    "C403": Detail(_MUST, "В копии нет строки мероприятия.", "Попросите вернуть строку или заполнить форму заново."),
    "C404": Detail(_MUST, "Срок наступил, ответа нет.", "Заполните статус и информацию об исполнении."),
    "C405": Detail(_WARN, "Статус «не требуется» без причины.", "Впишите причину в столбец «Причина / новый срок»."),
    "C406": Detail(_WARN, "Есть информация, но не выбран статус.", "Выберите статус из списка."),
    "C407": Detail(_WARN, "Отмечено «Отчёт готов», но обязательных строк без ответа: {missing}.", "Дополните отчёт: отметка не заменяет ответов."),
    "C408": Detail(_WARN, "Статус «выполнено», но не написано, что сделано.", "Впишите в «Информация об исполнении», что сделано и сколько."),
    # --- D: deadlines and dates
    "D501": Detail(_MUST, "Просрочено: срок {due}, статус «{status}».", "Исполните и сообщите, либо впишите причину и новый срок."),
    "D502": Detail(_MUST, "Статус «выполнено» без даты исполнения.", "Впишите дату исполнения."),
    "D503": Detail(_MUST, "Дата исполнения {date} ещё не наступила.", "Исправьте дату или статус."),
    "D504": Detail(_WARN, "Дата исполнения {date} раньше начала плана ({start}).", "Проверьте год; мероприятие прошлого периода не засчитывается."),
    "D505": Detail(_INFO, "Исполнено позже срока: {date} при сроке {due}.", "Учтите в справке."),
    "D506": Detail(_WARN, "Статус «не выполнено» без причины и нового срока.", "Впишите причину и новый срок."),
    # --- E: evidence
    "E601": Detail(_MUST, "Нет подтверждения: {claim}.", "Впишите вид, номер и дату документа или ссылку на него."),
    "E602": Detail(_WARN, "Слабое подтверждение: {what}.", "Допишите {missing}."),
    "E603": Detail(_WARN, "Не похоже на ссылку: «{value}».", "Вставьте адрес целиком: https://…"),
    "E604": Detail(_MUST, "Ссылка ведёт на чужой компьютер: «{value}».", "Разместите документ на сайте или в облаке и вставьте адрес https://…"),
    "E605": Detail(_WARN, "Ожидалось подтверждений: {asked}, указано: {given}.", "Добавьте недостающие документы или ссылки."),
    "E606": Detail(_INFO, "Один и тот же документ или ссылка указаны в нескольких строках: {rows}.", "Проверьте, что документ подтверждает каждое из этих мероприятий."),
    "E607": Detail(_WARN, "Тот же документ или ссылка указаны у другого участника: {others}.", "Проверьте, чей это документ."),
    "E608": Detail(_WARN, "Дата документа {date} невозможна.", "Исправьте дату документа."),
    # --- M: merging copies and the coordinator's columns
    "M701": Detail(_MUST, "Две копии спорят, столбец «{column}»: «{one}» ({one_file}) и «{other}» ({other_file}).", "Уточните у школы, какое значение верное. В свод взято первое."),
    "M702": Detail(_INFO, "Ответ заменён более новой копией, столбец «{column}»: было «{was}», стало «{now}».", "Ничего делать не нужно."),
    "M703": Detail(_WARN, "Решение «{decision}» принято до того, как ответ изменился.", "Посмотрите ответ ещё раз и подтвердите решение."),
    "M704": Detail(_WARN, "Решение или замечание района осталось без строки: «{text}».", "Строки больше нет в плане; текст сохранён в «Не размещено»."),
    "M705": Detail(_INFO, "Копий этого участника: {count}; объединены.", "Ничего делать не нужно."),
    # --- S: plan, storage and workbook
    "S801": Detail(_WARN, "Районная книга открыта в другой программе; свод сохранён рядом: «{name}».", "Закройте книгу и соберите свод ещё раз либо работайте в новом файле."),
    "S802": Detail(_MUST, "Числа в «Сверке» не сошлись: файл «{name}», разница {difference}.", "Это ошибка программы. Сохраните файл и сообщите разработчику; данные лежат в .sheetsync."),
    "S803": Detail(_WARN, "Форма «{name}» изменилась после выдачи и не перезаписана.", "Если её можно заменить, удалите файл и выпустите формы ещё раз."),
    "S804": Detail(_MUST, "В листе «План» строка {row}: {what}.", "Исправьте строку и повторите."),
    "S805": Detail(_WARN, "В листе «План» у мероприятия «{title}» не указано, кто отчитывается.", "Впишите «все школы» или названия через ;"),
    "S806": Detail(_WARN, "«{name}» в столбце «Кто отчитывается» нет в листе «Участники».", "Добавьте участника или исправьте название."),
    "S807": Detail(_MUST, "В листе «Участники» нет ни одной школы.", "Впишите школы: официальное название, краткое, вид «школа»."),
    "S808": Detail(_WARN, "В листе «Настройки» не указан срок отчёта.", "Впишите дату: без неё нельзя сказать, кто опоздал."),
    "S809": Detail(_WARN, "В листе «{sheet}» значение «{value}» (строка «{row}») не читается.", "Исправьте: {expected}."),
    # --- X: unexpected
    "X999": Detail(_MUST, "Неожиданная ошибка при чтении файла ({what}).", "Остальные участники собраны. Сохраните файл и сообщите разработчику; подробности — в .sheetsync/errors."),
}  # fmt: skip

RETIRED: Final[dict[str, str]] = {}
"""Codes once given out: code -> what it meant. Never given out again."""


def make(
    code: str,
    *,
    participant: str | None = None,
    activity: str | None = None,
    origin: Origin = NOWHERE,
    count: int = 1,
    **params: object,
) -> Finding:
    """A finding of the catalogue; an unknown code is a programming error (``KeyError``)."""
    CATALOGUE[code]
    filled = tuple((name, str(value)) for name, value in params.items())
    return Finding(code, participant, activity, origin, filled, count)


def severity_of(finding: Finding) -> Severity:
    return CATALOGUE[finding.code].severity


def fact_of(finding: Finding) -> str:
    """What is wrong, as a sentence in the current language."""
    return tr(CATALOGUE[finding.code].fact).format(**dict(finding.params))


def advice_of(finding: Finding) -> str:
    """What to do about it, as a sentence in the current language."""
    return tr(CATALOGUE[finding.code].advice).format(**dict(finding.params))


_ORDER: Final = tuple(Severity)


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One cause, one row: equal findings of one participant and activity add up their counts.

    Sorted worst first, then by code, participant and activity, so the order of files is lost.
    """
    groups: dict[tuple[object, ...], Finding] = {}
    for one in sorted(findings, key=_sort_key):
        cause = (one.code, one.participant, one.activity, one.origin.file, one.params)
        known = groups.get(cause)
        groups[cause] = replace(known, count=known.count + one.count) if known else one
    return tuple(sorted(groups.values(), key=_sort_key))


def _sort_key(finding: Finding) -> tuple[int, str, str, str, str, str, str, tuple[tuple[str, str], ...]]:
    origin = finding.origin
    return (
        _ORDER.index(severity_of(finding)),
        finding.code,
        finding.participant or "",
        finding.activity or "",
        origin.file,
        origin.sheet,
        origin.cell,
        finding.params,
    )
