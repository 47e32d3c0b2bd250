"""The command of the level above: workbooks of many districts become the region's."""

from __future__ import annotations

from pathlib import Path

import click

from sheetsync.cli_options import DONE, FILE, NEEDS_USER, json_option, print_json


@click.command("rollup")
@click.argument("places", metavar="ПАПКА|КНИГА...", type=FILE, nargs=-1, required=True)
@click.option("--out", metavar="ПАПКА", type=FILE, required=True, help="Куда положить книгу региона.")
@click.option(
    "--period",
    metavar="ПЕРИОД",
    default="",
    help="За какой период (по умолчанию — как у большинства районов).",
)
@click.option("--rows", "with_rows", is_flag=True, help="Строки всех районов — ещё и файлами Parquet.")
@json_option
def rollup(places: tuple[Path, ...], out: Path, *, period: str, with_rows: bool, as_json: bool) -> int:
    from sheetsync import campaign, reports_region  # noqa: PLC0415

    with reports_region.progress() as (progress, row_progress):
        result = campaign.rollup(
            places, out, period=period, with_rows=with_rows, progress=progress, row_progress=row_progress
        )
    if as_json:
        print_json(reports_region.region_as_json(result))
    reports_region.show_region(result)
    return NEEDS_USER if result.needs_user else DONE
