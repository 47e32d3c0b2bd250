"""The command line: a thin edge over ``campaign``. Messages go to stderr, JSON to stdout.

Exit codes: 0 done; 1 done, but something needs the user; 2 wrong usage or cannot go on.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

import click

from sheetsync import __version__, pattern_shelf
from sheetsync.cli_later import Commands, Later, in_language
from sheetsync.cli_options import (
    CANNOT,
    DONE,
    FILE,
    NEEDS_USER,
    as_of_option,
    day_asked,
    folder_argument,
    json_option,
    now_here,
    optional_folder_argument,
    print_json,
)
from sheetsync.memory import leave, tidy_rarely
from sheetsync.messages import (
    CATALOGUES,
    CLICK_DOMAIN,
    LANGUAGE_VARIABLE,
    LANGUAGES,
    SOURCE_LANGUAGE,
    language,
    use_language,
)
from sheetsync.notices import Notice, say
from sheetsync.printable import printable

_LANGUAGE_OPTION: Final = "--lang"
_ELSEWHERE: Final = {
    "accept": Later(
        "sheetsync.cli_review:accept",
        "Принять подтверждённые ответы разом. «Выполнено» с достаточным подтверждением; --undo — отменить.",
    ),
    "addin": Later(
        "sheetsync.cli_addin:addin", "Вкладка «Свод» и доверие к папке кампании в Excel и LibreOffice."
    ),
    "amend": Later(
        "sheetsync.cli_plan:amend", "Внести в план новую редакцию приказа. Сначала показывает, что меняется."
    ),
    "check-links": Later(
        "sheetsync.cli_review:check_links",
        "Открываются ли ссылки из ответов. Только здесь программа обращается к сайтам.",
    ),
    "google": Later(
        "sheetsync.cli_google:google",
        "Таблицы Google: вход, проверка доступа, выход. Порядок — в docs/google.md.",
    ),
    "period": Later(
        "sheetsync.cli_plan:period",
        "Какой идёт год многолетней программы. --next — закрыть его и начать следующий.",
    ),
    "remind": Later(
        "sheetsync.cli_letters:remind",
        "Составить письма о пробелах. Каждому участнику — только о нём (.docx и .eml).",
    ),
    "report": Later(
        "sheetsync.cli_note:report", "Составить аналитическую справку. К ней приложение: откуда каждое число."
    ),
    "return": Later(
        "sheetsync.cli_review:return_",
        "Вернуть школам ответы с вашими замечаниями. Формой в папке «Возврат» или в таблице Google школы.",
    ),
    "rollup": Later(
        "sheetsync.cli_region:rollup",
        "Собрать свод региона из папок кампаний и районных книг.",
    ),
}


def main() -> NoReturn:
    """Run the command line; every end has an exit code and a sentence."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    tidy_rarely()
    pattern_shelf.offer()
    code = run(sys.argv[1:])
    pattern_shelf.keep()
    leave(code)


def run(arguments: Sequence[str]) -> int:
    """One command with its arguments; returns the exit code."""
    asked = _language(arguments)
    language = asked if asked in LANGUAGES else SOURCE_LANGUAGE
    use_language(language)
    _teach_click(language)
    try:
        result = in_language(commands).main(list(arguments), prog_name="sheetsync", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        _tell(error.format_message())
        return CANNOT
    except click.ClickException as error:
        _tell(say(Notice.NOT_UNDERSTOOD, reason=error.format_message().rstrip(".")))
        return CANNOT
    except (click.Abort, KeyboardInterrupt):
        _tell(say(Notice.INTERRUPTED))
        return CANNOT
    except Exception as error:  # noqa: BLE001 - a person gets a sentence, the developer the details
        _tell(_about(error))
        return CANNOT
    return int(result or DONE)


def _about(error: Exception) -> str:
    """What is in the way, in the error's own words where they are for people."""
    from sheetsync.plan.document import OrderRefused  # noqa: PLC0415 - start-up stays light
    from sheetsync.store import StoreError  # noqa: PLC0415
    from sheetsync.surprises import kept_details, kind_and_place  # noqa: PLC0415

    if isinstance(error, StoreError | OrderRefused):
        return str(error)
    return say(Notice.UNEXPECTED, reason=kind_and_place(error), path=kept_details(error))


def _language(arguments: Sequence[str]) -> str:
    """The language asked for, known before click reads the arguments: help is translated too."""
    for place, argument in enumerate(arguments):
        if argument == _LANGUAGE_OPTION:
            return arguments[place + 1] if place + 1 < len(arguments) else SOURCE_LANGUAGE
        if argument.startswith(f"{_LANGUAGE_OPTION}="):
            return argument.partition("=")[2]
    return os.environ.get(LANGUAGE_VARIABLE, SOURCE_LANGUAGE)


def _teach_click(language: str) -> None:
    """click takes its own words («Usage», «Missing option») from gettext's default domain."""
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(CLICK_DOMAIN, CATALOGUES)


def _tell(sentence: str) -> None:
    click.echo(printable(sentence), err=True)


@click.group(
    "sheetsync",
    cls=Commands,
    later=_ELSEWHERE,
    help="Приказ → план → формы → свод: отчёты школ без потерь.",
)
@click.option(_LANGUAGE_OPTION, type=click.Choice(LANGUAGES), help="Язык сообщений.")
@click.version_option(__version__, message="%(version)s", help="Версия программы.")
def commands(lang: str | None) -> None:
    """The language was chosen before the arguments were read (see ``_language``)."""
    del lang


@commands.group("order", help="Что сказано в приказе.")
def order() -> None:
    pass


@order.command("read", help="Прочитать приказ и показать план с сомнениями.")
@click.argument("file", metavar="ФАЙЛ", type=FILE)
@json_option
def order_read(file: Path, as_json: bool) -> int:
    from sheetsync import campaign, reports_order  # noqa: PLC0415

    found = campaign.read_order_file(file)
    if as_json:
        from sheetsync.plan.order_json import order_as_json  # noqa: PLC0415

        print_json(order_as_json(found))
    else:
        reports_order.show_order(found)
    return DONE


@commands.command("new", help="Завести кампанию: папка и районная книга с настройками, участниками и планом.")
@folder_argument
@click.option(
    "--order", "order_file", metavar="ФАЙЛ", type=FILE, required=True, help="Приказ с планом-графиком."
)
def new(folder: Path, order_file: Path) -> int:
    from sheetsync import campaign, reports_order  # noqa: PLC0415

    reports_order.show_new(campaign.new_campaign(folder, order_file, now_here()))
    return DONE


@commands.command("issue", help="Выпустить формы: по одной на участника, только его строки.")
@folder_argument
def issue(folder: Path) -> int:
    from sheetsync import campaign, reports  # noqa: PLC0415

    with reports.progress() as progress:
        result = campaign.issue_forms(folder, now_here(), progress=progress)
    reports.show_issue(result)
    return NEEDS_USER if result.needs_user else DONE


@commands.command("consolidate", help="Собрать свод из всего, что лежит в «Получено».")
@folder_argument
@as_of_option
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не записывать.")
@click.option("--full", is_flag=True, help="Перечитать и те таблицы Google, что не менялись.")
@click.option(
    "--open", "on_screen", is_flag=True, help="Если книга открыта, обновить её прямо на экране, не сохраняя."
)
@click.option(
    "--cluster",
    metavar="АДРЕС",
    default="",
    help="Читать и проверять копии на кластере dask.distributed. Когда это выгодно — в docs/cluster.md.",
)
@json_option
def consolidate(
    folder: Path, as_of: str, *, dry_run: bool, full: bool, on_screen: bool, cluster: str, as_json: bool
) -> int:
    from sheetsync.campaign.unchanged import looked_at  # noqa: PLC0415 - when nothing changed, this is all
    from sheetsync.lines import plain_line  # noqa: PLC0415

    now = now_here()
    day = day_asked(as_of, now.date())
    look = None if dry_run or full or on_screen else looked_at(folder, day, language())
    if look and look.said and not as_json:
        for sentence in look.said.sentences:
            plain_line(sentence)
        return NEEDS_USER if look.said.needs_user else DONE
    from sheetsync import campaign, reports  # noqa: PLC0415

    with reports.progress() as progress:
        if on_screen and not dry_run:
            result = campaign.consolidate_on_screen(folder, day, now, progress=progress)
        else:
            result = campaign.consolidate(
                folder,
                day,
                now,
                dry_run=dry_run,
                full=full,
                progress=progress,
                whole=as_json,
                cluster=cluster,
            )
    if as_json:
        from sheetsync.district.as_json import consolidation_as_json  # noqa: PLC0415

        print_json(consolidation_as_json(result.consolidation))
    same = reports.show_consolidation(result)
    if look and result.is_lasting:
        look.remember(same, needs_user=result.needs_user)
    return NEEDS_USER if result.needs_user else DONE


@commands.command(
    "watch", help="Следить за «Получено» и таблицами Google: свод собирается сам. Остановить — Ctrl+C."
)
@folder_argument
@click.option("--once", is_flag=True, help="Собрать один раз то, что есть, ответить на галочку и закончить.")
def watch(folder: Path, *, once: bool) -> int:
    from sheetsync.campaign import Ended, watch  # noqa: PLC0415

    ends = {Ended.NEEDS_USER: NEEDS_USER, Ended.FAILED: CANNOT}
    return ends.get(watch(folder, now_here, _tell, once=once), DONE)


@commands.command("check", help="Проверить одну заполненную форму: что увидела бы школа.")
@click.argument("file", metavar="ФАЙЛ", type=FILE)
@as_of_option
@json_option
def check(file: Path, as_of: str, as_json: bool) -> int:
    from sheetsync import campaign, reports_check  # noqa: PLC0415

    result = campaign.check_file(file, day_asked(as_of, now_here().date()))
    if as_json:
        print_json(reports_check.check_as_json(result))
    reports_check.show_check(result)
    return NEEDS_USER if result.needs_user else DONE


@commands.command("history", help="Кто что изменил: было → стало, когда и из какого файла.")
@folder_argument
@click.option("--school", metavar="НАЗВАНИЕ|КОД", default="", help="Только этот участник.")
@click.option(
    "--activity",
    metavar="НОМЕР|КЛЮЧ|ЧАСТЬ НАЗВАНИЯ",
    default="",
    help="Только эти мероприятия: все, что подходят.",
)
@json_option
def history(folder: Path, school: str, activity: str, as_json: bool) -> int:
    from sheetsync import campaign, reports_history  # noqa: PLC0415

    changes = campaign.history(folder, school, activity)
    if as_json:
        print_json(reports_history.history_as_json(changes))
    else:
        reports_history.show_history(changes)
    return DONE


@commands.command("purge", help="Уничтожить копии, поступившие до дня, и составить акт.")
@folder_argument
@click.option(
    "--before",
    metavar="ГГГГ-ММ-ДД",
    required=True,
    help="Уничтожается поступившее до этого дня, и прежние районные книги.",
)
@click.option("--received", is_flag=True, help="Удалить те же файлы и из папки «Получено».")
@click.option("--dry-run", is_flag=True, help="Только показать, ничего не удалять.")
def purge(folder: Path, before: str, received: bool, dry_run: bool) -> int:
    from sheetsync import campaign, reports_history  # noqa: PLC0415

    now = now_here()
    day = day_asked(before, now.date())
    result = campaign.purge(folder, day, now, received=received, dry_run=dry_run)
    reports_history.show_purge(result)
    return NEEDS_USER if result.needs_user else DONE


@commands.command("verify", help="Всё ли, что прислали школы, ещё стоит в районной книге. Ничего не пишет.")
@folder_argument
def verify(folder: Path) -> int:
    from sheetsync import campaign, reports, reports_verify  # noqa: PLC0415

    with reports.progress() as progress:
        result = campaign.verify(folder, now_here(), progress=progress)
    reports_verify.show_verify(result)
    return NEEDS_USER if result.incomplete else DONE


@commands.command("doctor", help="Чего не хватает кнопкам на этом компьютере и что нажать. Ничего не меняет.")
@optional_folder_argument
@json_option
def doctor(folder: Path | None, as_json: bool) -> int:
    from sheetsync import campaign, reports_office  # noqa: PLC0415
    from sheetsync.office.diagnose import needs_user  # noqa: PLC0415

    diagnoses = campaign.doctor(folder)
    if as_json:
        print_json(reports_office.doctor_as_json(diagnoses))
    else:
        reports_office.show_doctor(diagnoses)
    return NEEDS_USER if needs_user(diagnoses) else DONE


@commands.command("demo", help="Показать всё на выдуманном районе, без сети.")
@click.option(
    "--dir",
    "folder",
    metavar="ПАПКА",
    type=FILE,
    help="Куда положить пример (по умолчанию demo-district, с --google demo-google).",
)
@click.option(
    "--google", "with_google", is_flag=True, help="С таблицами Google: вместо него отвечает замена."
)
@click.option("--no-wait", is_flag=True, help="С --google: не держать страницы открытыми, кончить сразу.")
def demo(folder: Path | None, *, with_google: bool, no_wait: bool) -> int:
    if with_google:
        from sheetsync import demo_google  # noqa: PLC0415

        is_watched = sys.stdin.isatty() and sys.stderr.isatty() and not no_wait
        wait = demo_google.until_interrupted if is_watched else None
        demo_google.run(folder or Path("demo-google"), now_here(), wait)
        return DONE
    from sheetsync import demo as story  # noqa: PLC0415

    story.run(folder or Path("demo-district"), now_here())
    return DONE
