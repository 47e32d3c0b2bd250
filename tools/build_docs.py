"""Writes the documents that follow from declarations: docs/columns.md, findings.md, doubts.md, commands.md.

    python tools/build_docs.py          writes them
A test compares them with what this tool would write, so they cannot lie. docs/buttons.md is written by
hand, docs/google.md and docs/review.md too; only their tables between two marks are made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import click
from button_answers import ANSWERS, shown
from review_states import ROWS, SCHOOLS

from sheetsync.campaign.google.checkup_catalogue import CHECKUP
from sheetsync.cli import commands
from sheetsync.columns import (
    BUTTONS,
    COMPLETENESS,
    DISTRICT_TABLES,
    ENTRIES,
    FORM_TABLES,
    REGION_TABLES,
    Owner,
    TableSpec,
)
from sheetsync.doubts import DOUBTS
from sheetsync.findings import CATALOGUE, RETIRED, Detail
from sheetsync.model import ReviewState, SchoolState
from sheetsync.office.catalogue import CATALOGUE as DOCTOR
from sheetsync.office.codes import Level, Subject
from sheetsync.settings import SETTINGS_ROWS

DOCS = Path(__file__).parents[1] / "docs"
GENERATED = "<!-- Сделано tools/build_docs.py из объявлений в коде. Не правьте руками: make docs. -->\n\n"
MADE_FROM_HERE, MADE_UP_TO_HERE = (
    "<!-- Отсюда сделано tools/build_docs.py: make docs. -->",
    "<!-- Досюда. -->",
)
OWNERS = {
    Owner.OFFICE: "район",
    Owner.SCHOOL: "школа",
    Owner.TOOL: "программа",
    Owner.COORDINATOR: "координатор",
}


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {
        "columns.md": GENERATED + columns_page(),
        "findings.md": GENERATED + findings_page(),
        "doubts.md": GENERATED + doubts_page(),
        "commands.md": GENERATED + commands_page(),
        "doctor.md": GENERATED + doctor_page(),
        "buttons.md": buttons_page((DOCS / "buttons.md").read_text(encoding="utf-8")),
        "google.md": google_page((DOCS / "google.md").read_text(encoding="utf-8")),
        "review.md": review_page((DOCS / "review.md").read_text(encoding="utf-8")),
    }


def columns_page() -> str:
    parts = ["# Листы, таблицы и столбцы\n", "## Форма школы\n"]
    parts += [_table_section(spec) for spec in FORM_TABLES]
    parts.append("## Районная книга\n")
    parts += [_table_section(spec) for spec in DISTRICT_TABLES]
    parts.append("## Книга региона\n")
    parts += [_table_section(spec) for spec in REGION_TABLES]
    rows = ((one.label, one.note or "", one.default) for one in SETTINGS_ROWS)
    parts += ["## Настройки\n", grid(("Параметр", "Пояснение", "По умолчанию"), rows)]
    return "\n".join(parts)


def _table_section(spec: TableSpec) -> str:
    rows = (
        (one.header, OWNERS[one.owner], "скрыт" if one.hidden else "", one.prompt, "; ".join(one.choices))
        for one in spec.columns
    )
    heads = ("Столбец", "Кто пишет", "", "Подсказка", "Список")
    return f"### {spec.sheet}: `{spec.name}`\n\n{grid(heads, rows)}"


def findings_page() -> str:
    rows = ((code, one.severity.value, one.fact, _advice(one)) for code, one in CATALOGUE.items())
    page = "# Замечания программы\n\n" + grid(("Код", "Важность", "Что не так", "Что сделать"), rows)
    if RETIRED:
        page += "\n## Больше не выдаются\n\n" + grid(("Код", "Что значил"), RETIRED.items())
    return page


def _advice(detail: Detail) -> str:
    """What to do, and what instead where the copy is a sheet in Google."""
    return f"{detail.advice} В таблице Google: {detail.in_google}" if detail.in_google else detail.advice


def doubts_page() -> str:
    return "# Сомнения при чтении приказа\n\n" + grid(
        ("Код", "Что увидит координатор"), sorted(DOUBTS.items())
    )


def doctor_page() -> str:
    parts = [
        "# Что говорит sheetsync doctor\n",
        "Команда `sheetsync doctor ПАПКА` смотрит, чего не хватает кнопкам на этом компьютере, "
        f"и ничего не меняет. Код выхода 1, если есть строка «{Level.MUST.value}».\n",
    ]
    for subject in Subject:
        said = ((check.value, one) for check, one in DOCTOR.items() if one.subject is subject)
        rows = ((code, one.level.value, one.found, one.click) for code, one in said)
        parts += [f"## {subject.value}\n", grid(("Код", "Важность", "Что найдено", "Что нажать"), rows)]
    return "\n".join(parts)


def buttons_page(written: str) -> str:
    """The page as people wrote it, with today's buttons and answers."""
    return _with_tables(
        written,
        grid(
            ("Группа", "Кнопка", "Что делает"),
            ((one.group.value, f"**{one.caption}**", one.tip) for one in BUTTONS),
        ),
        "\n".join(_answers_section(title) for title in ANSWERS),
    )


def google_page(written: str) -> str:
    """The page as people wrote it, with everything the doctor may say."""
    heads = ("Код", "Где", "Важность", "Что найдено", "Что сделать")
    rows = (
        (code.value, one.step.value if one.step else "любой шаг", one.level.value, one.found, one.click)
        for code, one in CHECKUP.items()
    )
    return _with_tables(written, grid(heads, rows))


def review_page(written: str) -> str:
    """The page as people wrote it, with the states of a row and of a report."""
    return _with_tables(
        written,
        grid(
            (ENTRIES.column("review").header, "Что случилось", "Что делать"),
            ((state.value, *ROWS[state]) for state in ReviewState),
        ),
        grid(
            (COMPLETENESS.column("state").header, "Что это значит"),
            ((state.value, SCHOOLS[state]) for state in SchoolState),
        ),
    )


def _with_tables(written: str, *made: str) -> str:
    """A page with one of the tables between each pair of marks."""
    before, *parts = written.split(MADE_FROM_HERE)
    page = before
    for part, tables in zip(parts, made, strict=True):
        page += f"{MADE_FROM_HERE}\n\n{tables}\n{MADE_UP_TO_HERE}{part.partition(MADE_UP_TO_HERE)[2]}"
    return page


def _answers_section(title: str) -> str:
    rows = ((shown(one), one.when) for one in ANSWERS[title])
    return f"### {title}\n\n{grid(('Ответ', 'Когда бывает'), rows)}"


def commands_page() -> str:
    parts = ["# Команды\n"]
    for name, command in _all_commands(commands, "sheetsync"):
        places = [one.metavar or one.name or "" for one in command.params if isinstance(one, click.Argument)]
        options = [one for one in command.params if isinstance(one, click.Option)]
        rows = ((f"`{' '.join(filter(None, (*one.opts, one.metavar)))}`", one.help or "") for one in options)
        table = f"\n{grid(('Ключ', 'Что значит'), rows)}" if options else ""
        parts.append(f"## `{' '.join((name, *places))}`\n\n{command.help}\n{table}")
    parts.append(
        "Коды выхода: 0 — сделано; 1 — сделано, но что-то нужно от вас (замечания «обязательно», "
        "непринятый файл); 2 — команда не понята или продолжать нельзя.\n"
    )
    return "\n".join(parts)


def _all_commands(group: click.Group, path: str) -> Iterable[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = cast("click.Command", group.get_command(context, name))
        if isinstance(command, click.Group):
            yield from _all_commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


def grid(heads: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    for name, page in pages().items():
        (DOCS / name).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
