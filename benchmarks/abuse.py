"""The whole abuse programme: damaged copies, strangers' copies, attacks, kills, a failing disk.

python benchmarks/abuse.py          about twelve minutes; prints the tables, writes docs/reliability.md
python benchmarks/abuse.py 1 4      these parts again, in the page that is there

Ends with 1 when anything did not hold. Times and memory are of the machine it ran on.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import abuse_attacks
import abuse_damages
import abuse_fuzz
import abuse_ledger
import abuse_recognition
import abuse_store
from abuse_attacks import AttackResult
from abuse_damages import DamageResult
from abuse_recognition import RecognitionResult
from abuse_sections import Section, share
from abuse_store import Count, StoreAbuse
from workbook_mutations import LedgerAbuse

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"
DAMAGES_SECONDS, STORE_SECONDS, FUZZ_SECONDS = 180.0, 240.0, 90.0
GOAL = 0.995
"""The share of answers that must come to their own activity."""
TURNED = "table_transposed"
"""The one damage that is told and not repaired: everything in it goes to «Не размещено»."""

HEAD = """<!-- Сделано benchmarks/abuse.py. Не правьте руками: make abuse. -->

# Надёжность: чем проверено, что ничего не теряется

Таблицы печатает одна команда, `make abuse` (ограничена по времени; время и память — той машины, где её
запускали). Меньшая часть тех же случаев идёт в `make test`. Чего это не обещает — в конце.
"""

TAIL = """## Чего это не обещает

- Испорченные копии, нападения и имена здесь придуманы нами: встретится и другое. Что программа не поняла, она
  не угадывает, а кладёт в «Не размещено» или отклоняет с причиной; байты файла хранятся.
- Личные данные ищутся по правилам, без сети: имя ребёнка без класса, без слова «ученик» и без списка может
  остаться незамеченным. Замечание говорит, где данные были найдены; решать человеку.
- Ограничение памяти процесса чтения действует в Linux и macOS; в Windows остаются проверка до чтения и срок.
"""


PARTS: tuple[Callable[[], Section], ...] = (
    lambda: damages_section(abuse_damages.measure(DAMAGES_SECONDS)),
    lambda: recognition_section(abuse_recognition.measure()),
    lambda: ledger_section(abuse_ledger.measure()),
    lambda: attacks_section(abuse_attacks.measure()),
    lambda: abuse_fuzz.measure(FUZZ_SECONDS).section,
    lambda: store_section(abuse_store.measure(STORE_SECONDS)),
)
"""The programme in the order of the page."""


def damages_section(results: list[DamageResult]) -> Section:
    whole = abuse_damages.total(results)
    heads = (
        "повреждение",
        "копий",
        "ответов",
        "верно",
        "исправлено",
        "не размещено",
        "молча неверно",
        "молча потеряно",
    )
    rows = [
        (one.damage.replace("_", " "), *map(str, (one.files, one.answers, one.right, one.repaired)),
         *map(str, (one.unplaced, one.silently_wrong, one.silently_lost)))
        for one in (*results, whole)
    ]  # fmt: skip
    failures = [
        f"{one.damage}: молча неверно {one.silently_wrong}, молча потеряно {one.silently_lost}"
        for one in results
        if one.silently_wrong or one.silently_lost
    ]
    upright = abuse_damages.total([one for one in results if one.damage != TURNED])
    if upright.attributed < GOAL:
        failures.append(f"к своему мероприятию отнесено {upright.attributed:.2%}, а нужно {GOAL:.1%}")
    note = (
        f"К своему мероприятию отнесено {share(whole.right + whole.repaired, whole.answers)} ответов; без "
        f"таблицы, повёрнутой набок ({TURNED.replace('_', ' ')}: её программа не исправляет, всё из неё "
        f"названо в «Не размещено», в сочетания она не входит), "
        f"{share(upright.right + upright.repaired, upright.answers)}."
    )
    return Section(
        "Повреждённые копии",
        "Что школы и их программы делают с формой: по одному виду, по два и по три сразу. «Исправлено» — с "
        "замечанием, как понято; «не размещено» — с местом, где ответ стоял.",
        heads,
        rows,
        tuple(failures),
        (note,),
    )


def recognition_section(results: list[RecognitionResult]) -> Section:
    wrong = [f"{one.case}: ждали {one.expected}, вышло {one.got}" for one in results if not one.ok]
    rows = [(one.case, one.got, "да" if one.ok else "НЕТ") for one in results]
    return Section(
        "Чья копия",
        "Переименованные, пересохранённые, с утраченными и противоречащими метками, чужие и прошлогодние.",
        ("копия", "что решено", "как ждали"),
        rows,
        tuple(wrong),
    )


def ledger_section(found: LedgerAbuse) -> Section:
    rows = [(kind, str(number)) for kind, number in sorted(found.by_kind.items())]
    rows.append(("всего; из них замечено", f"{found.mutations}; {found.noticed}"))
    return Section(
        "Сверка замечает порчу свода",
        "В записанной районной книге одно значение стирается, меняется или переставляется; "
        "счёт должен не сойтись.",
        ("порча", "раз"),
        rows,
        tuple(f"не замечено: {one}" for one in found.unnoticed),
    )


def attacks_section(results: list[AttackResult]) -> Section:
    rows = [_family(name, [one for one in results if one.family == name])
            for name in dict.fromkeys(one.family for one in results)]  # fmt: skip
    rows.append(_family("всего", results))
    wrong = [
        f"{one.family}, {one.name}: ждали {one.expected or 'чтение'}, вышло {one.got or 'чтение'},"
        f" {one.seconds:.1f} с, {one.peak_mb:.0f} МБ"
        for one in results
        if not (one.ok and one.within_bounds)
    ]
    return Section(
        "Враждебные и битые файлы",
        "Каждый случай кончается своим кодом замечания или спокойным чтением, "
        "не дольше 5 с и не больше 300 МБ; "
        "сеть закрыта, вне рабочей папки ничего не пишется.",
        (
            "семья",
            "случаев",
            "отклонено или прочитано, как ждали",
            "из них прочитано",
            "худшее время, с",
            "худшая память, МБ",
        ),
        rows,
        tuple(wrong),
    )


def _family(name: str, results: list[AttackResult]) -> tuple[str, ...]:
    calm = sum(one.ok and not one.expected for one in results)
    return (
        name,
        str(len(results)),
        str(sum(one.ok for one in results)),
        str(calm),
        f"{max(one.seconds for one in results):.2f}",
        f"{max(one.peak_mb for one in results):.0f}",
    )


def store_section(found: StoreAbuse) -> Section:
    points = sum(found.points.values())
    counted: list[tuple[str, Count]] = [
        *((f"kill -9 во время {what}", one) for what, one in found.kills.items()),
        *(
            (f"{what} на каждом из {points} обращений к диску", one)
            for what, one in sorted(found.refusals.items())
        ),
        *((f"отказ системы: {what}", one) for what, one in sorted(found.calls.items())),
        (f"запусков наперегонки (из них велено подождать: {found.told})", found.racers),
        ("враждебных текстов в своде как набраны", found.texts),
    ]
    rows = [(what, str(one.tried), str(one.survived)) for what, one in counted]
    return Section(
        "Диск, обрывы и гонки",
        "После каждого случая районная книга прежняя или новая, журнал цел, "
        "следующий запуск доводит дело до конца.",
        ("что", "попыток", "выдержано"),
        rows,
        tuple(dict.fromkeys(found.wrong)),
    )


def main() -> int:
    began = time.monotonic()
    chosen = [int(one) - 1 for one in sys.argv[1:]] or range(len(PARTS))
    told = dict(enumerate(_parts_of(PAGE.read_text(encoding="utf-8")))) if sys.argv[1:] else {}
    failures: list[str] = []
    for number in chosen:
        section = PARTS[number]()
        told[number] = section.markdown
        failures += section.failures
        sys.stdout.write(section.markdown + "\n")
        sys.stdout.flush()
    PAGE.write_text("\n".join([HEAD, *(told[number] for number in sorted(told)), TAIL]), encoding="utf-8")
    sys.stdout.write(f"{len(failures)} не выдержано, {time.monotonic() - began:.0f} с\n")
    return 1 if failures else 0


def _parts_of(page: str) -> list[str]:
    """The tables of a written page, without its beginning and its end."""
    return [f"## {part.rstrip()}\n" for part in page.split("\n## ")[1 : len(PARTS) + 1]]


if __name__ == "__main__":
    sys.exit(main())
