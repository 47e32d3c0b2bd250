"""A campaign of any number of invented schools whose copies have come back, as Excel saves them.

python benchmarks/corpus.py COUNT FOLDER [--rows 60] [--seed ТЕНЬ] [--district 0]

The folder is ready for ``sheetsync consolidate``. Copies hold about two links a row, five notes,
validation, conditional formats, protection, marks and calculated formulas; texts differ from school to
school; most rows are in order, some are late, weak, empty or said in other words. Of a hundred schools
one sends nothing and one sends twice.

The same arguments give the same bytes. ``kept`` holds corpora between runs, under SHEETSYNC_CORPUS or in
the system's temporary folder, and makes them anew when the product's form is another one.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))

import corpus_answers
import corpus_district
from corpus_answers import Answer, School
from corpus_copy import Filled, copy_of
from corpus_excel import ExcelForm, prepared
from corpus_issue import issue

from sheetsync import campaign, store
from sheetsync.campaign import form_shelf
from sheetsync.campaign.files import open_workbook
from sheetsync.campaign.form_names import form_name
from sheetsync.columns import PARTICIPANTS, REPORT
from sheetsync.district.bodies import body_of
from sheetsync.district.draft import participant_record
from sheetsync.model import Participant
from sheetsync.workbooks.templates import Template, template_bytes

SEED: Final = "тень"
ROWS: Final = 60
KEPT_IN: Final = "SHEETSYNC_CORPUS"
AT: Final = datetime(corpus_district.YEAR, 1, 14, 9, tzinfo=UTC)
_LATE: Final = 0.03
_ONE_OF: Final = 100
"""Of so many schools one is silent and one sends twice."""
_OWN_NAME: Final = 0.3
_CHUNK: Final = 25


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a corpus is made of; equal recipes give equal bytes."""

    count: int
    rows: int = ROWS
    seed: str = SEED
    district: int = 0
    slips: float | None = None
    """The chance of a slip in a row, the same for all schools; ``None`` as in a usual district."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One copy a school sends."""

    school: int
    again: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A corpus and how many of its long texts are said once only."""

    folder: Path
    copies: int
    texts: int
    distinct: int


def make(recipe: Recipe, folder: Path) -> Made:
    """A campaign in ``folder``, which must not be there yet."""
    place = begun(recipe, folder)
    plan = issue(place, AT)
    schools = plan.participants
    chosen = [(one, schools[one.school]) for one in sent(recipe)]
    chunks = [chosen[at : at + _CHUNK] for at in range(0, len(chosen), _CHUNK)]
    said: list[int] = []
    write = partial(_write, recipe=recipe, place=place, first=schools[0])
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for texts in pool.map(write, chunks):
            said += texts
    return Made(place.folder, len(chosen), len(said), len(set(said)))


def begun(recipe: Recipe, folder: Path) -> store.Campaign:
    """A campaign with its plan and its schools; no form is issued yet."""
    folder.mkdir(parents=True)
    order = folder / f"Приказ № {recipe.district + 8}.txt"
    order.write_text(corpus_district.order_text(recipe.district, recipe.rows), encoding="utf-8")
    place = campaign.new_campaign(folder, order, AT).campaign
    _enrol(place, tuple(corpus_district.schools(recipe.count)))
    return place


def _enrol(place: store.Campaign, schools: Sequence[Participant]) -> None:
    """The coordinator types the schools on «Участники»."""
    book = open_workbook(place)
    book.replace_table(PARTICIPANTS.name, body_of(PARTICIPANTS, map(participant_record, schools), ("code",)))
    store.write_atomically(place.workbook, book.to_bytes())


def sent(recipe: Recipe) -> Iterator[Sent]:
    """Who sends what: as many copies as there are schools."""
    exceptions = recipe.count // _ONE_OF
    chosen = random.Random(f"{recipe.seed}/{recipe.count}").sample(range(recipe.count), 2 * exceptions)
    silent, twice = set(chosen[:exceptions]), chosen[exceptions:]
    yield from (Sent(place) for place in range(recipe.count) if place not in silent)
    yield from (Sent(place, again=True) for place in sorted(twice))


def _write(
    chosen: Sequence[tuple[Sent, Participant]], recipe: Recipe, place: store.Campaign, first: Participant
) -> list[int]:
    """Copies written into «Получено»; the digests of the texts they tell."""
    form = _form(place, first)
    plan = corpus_district.plan(recipe.rows)
    said: list[int] = []
    for one, who in chosen:
        copy, name, day = _copy(form, plan, who, one, recipe)
        path = place.received / name
        path.write_bytes(copy_of(form, copy))
        os.utime(path, (datetime.combine(day, AT.timetz()).timestamp() + one.school,) * 2)
        said += [_digest(str(told.cells["info"])) for told in copy.answers if "info" in told.cells]
    return said


def _copy(
    form: ExcelForm, plan: Sequence[corpus_district.Asked], who: Participant, sent: Sent, recipe: Recipe
) -> tuple[Filled, str, date]:
    """A copy, the name of its file and the day it came."""
    school = _school(recipe, who, sent.school)
    answers = school.answers(plan)
    facts = [(school.figure(one), school.words("Справка № {number}, стр. {pages}")) for one in form.targets]
    chance = random.Random(f"{recipe.seed}/{recipe.district}/{who.code}/{sent.again}")
    if sent.again:
        _mend(answers, chance, school)
    day = corpus_district.REPORT_DUE - timedelta(days=chance.randrange(0, 9))
    if chance.random() < _LATE:
        day = corpus_district.REPORT_DUE + timedelta(days=chance.randrange(1, 6))
    name = form_name(who)
    if sent.again:
        name = f"{who.short_name} исправленный.xlsx"
    elif chance.random() < _OWN_NAME:
        name = f"Отчёт {who.short_name}.xlsx"
    return Filled(who.code, who.name, answers, facts, chance.random() < 0.5, day), name, day


def _school(recipe: Recipe, who: Participant, place: int) -> School:
    habits = None if recipe.slips is None else corpus_answers.Habits(recipe.slips)
    return School(who, place, f"{recipe.seed}/{recipe.district}", f"d{recipe.district + 1}", habits)


def _form(place: store.Campaign, first: Participant) -> ExcelForm:
    return prepared((place.forms / form_name(first)).read_bytes(), first.code, first.name)


def _mend(answers: Sequence[Answer], chance: random.Random, school: School) -> None:
    """Sent again: some rows say something else now."""
    for answer in chance.sample(list(answers), min(4, len(answers))):
        if "info" in answer.cells:
            answer.cells["info"] = school.words("Уточнено: участвовали {pupils} человек, охват {percent} %.")


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


# --- for whoever measures


def send_again(recipe: Recipe, place: Path, version: int) -> Path:
    """One school sends its copy again with other words in one cell; every version says something else."""
    folder = store.open_campaign(place)
    who, place_of = _of_order(recipe, version)
    form = _form(folder, next(corpus_district.schools(recipe.count)))
    copy, name, day = _copy(form, corpus_district.plan(recipe.rows), who, Sent(place_of), recipe)
    answer = next(one for one in copy.answers if "info" in one.cells)
    answer.cells["info"] = f"{answer.cells['info']} Уточнено после сверки № {version + 1}."
    path = folder.received / name
    path.write_bytes(copy_of(form, copy))
    os.utime(path, (datetime.combine(day, AT.timetz()).timestamp() + version + 1,) * 2)
    return path


def _of_order(recipe: Recipe, number: int) -> tuple[Participant, int]:
    """The school that is so far in the line of those who sent one copy."""
    place = next(one.school for at, one in enumerate(sent(recipe)) if at == number % recipe.count)
    return tuple(corpus_district.schools(recipe.count))[place], place


def told(recipe: Recipe) -> Iterator[tuple[Participant, corpus_district.Asked, Answer]]:
    """Every row of every school, without a file."""
    rows = corpus_district.plan(recipe.rows)
    for place, who in enumerate(corpus_district.schools(recipe.count)):
        for asked, answer in zip(rows, _school(recipe, who, place).answers(rows), strict=True):
            yield who, asked, answer


# --- kept between runs


def kept(recipe: Recipe) -> Path:
    """The corpus of a recipe, made now unless it is kept already; to be copied, never changed."""
    folder = _place_of(recipe)
    if not folder.exists():
        for old in folder.parent.glob(f"{folder.name.rpartition('-')[0]}-*"):  # of another form
            shutil.rmtree(old)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unfinished-") as name:
            made = make(recipe, Path(name) / "made")
            with contextlib.suppress(OSError):  # another process was quicker
                made.folder.rename(folder)
    return folder


def is_kept(recipe: Recipe) -> bool:
    return _place_of(recipe).exists()


def _place_of(recipe: Recipe) -> Path:
    root = Path(os.environ.get(KEPT_IN) or Path(tempfile.gettempdir()) / "sheetsync-corpus")
    asked = hashlib.sha256(repr(recipe).encode()).hexdigest()[:8]
    return root / f"{recipe.count}x{recipe.rows}-{asked}-{fingerprint()}"


@cache
def fingerprint() -> str:
    """Changes with the product's form, with what is kept of forms and with how a corpus is made."""
    made_by = (one.read_bytes() for one in sorted(Path(__file__).parent.glob("corpus*.py")))
    told = [repr(REPORT).encode(), template_bytes(Template.FORM), form_shelf.SHAPE.encode(), *made_by]
    return hashlib.sha256(b"\0".join(told)).hexdigest()[:12]


def main() -> None:
    parser = argparse.ArgumentParser(description="An invented district whose copies have come back.")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", default=SEED)
    parser.add_argument("--district", type=int, default=0)
    parser.add_argument("--slips", type=float)
    asked = parser.parse_args()
    began = time.perf_counter()
    made = make(Recipe(asked.count, asked.rows, asked.seed, asked.district, asked.slips), asked.folder)
    share = made.distinct / max(1, made.texts)
    sys.stdout.write(
        f"{made.folder}: {made.copies} copies, {made.texts} texts, {share:.1%} of them distinct, "
        f"{time.perf_counter() - began:.1f} s\n"
    )


if __name__ == "__main__":
    main()
