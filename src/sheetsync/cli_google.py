"""«sheetsync google»: signing in, signing out, and what an account may do."""

from __future__ import annotations

from pathlib import Path

import click

from sheetsync.cli_options import DONE, FILE, NEEDS_USER, json_option, now_here, print_json


@click.group("google")
def google() -> None:
    pass


@google.command("login", help="Войти. Сначала — что уйдёт в Google, и вопрос, согласны ли вы.")
@click.option(
    "--client",
    metavar="ФАЙЛ",
    type=FILE,
    help="Своей учётной записью в браузере: файл клиента (Desktop) из Google Cloud.",
)
@click.option(
    "--service-account", "key", metavar="ФАЙЛ", type=FILE, help="Служебной учётной записью: файл её ключа."
)
@click.option("--adc", "computer", is_flag=True, help="Как настроен этот компьютер (gcloud).")
@click.option("--no-browser", is_flag=True, help="Браузер не открывать, только напечатать адрес.")
@click.option("--agree", is_flag=True, help="Ответить на вопрос «да» заранее.")
def google_login(
    client: Path | None, key: Path | None, *, computer: bool, no_browser: bool, agree: bool
) -> int:
    from sheetsync import campaign, reports_google  # noqa: PLC0415

    login = campaign.Login(client, key, computer, open_browser=not no_browser)
    consent = reports_google.consent(agreed=agree)
    told = campaign.google_login(login, now_here(), agreed=consent, show=reports_google.show_address)
    reports_google.show_sentences(told)
    return DONE


@google.command("logout", help="Выйти: убрать вход с этого компьютера и отозвать его у Google.")
def google_logout() -> int:
    from sheetsync import campaign, reports_google  # noqa: PLC0415

    reports_google.show_sentences(campaign.google_logout())
    return DONE


@google.command("doctor", help="Попробовать каждое право на пробной таблице и сказать, что сделать.")
@json_option
def google_doctor(*, as_json: bool) -> int:
    from sheetsync import campaign, reports_google  # noqa: PLC0415

    lines = campaign.google_doctor(now_here)
    if as_json:
        print_json(reports_google.checkup_as_json(lines))
    else:
        reports_google.show_checkup(lines)
    return NEEDS_USER if campaign.google_needs_user(lines) else DONE
