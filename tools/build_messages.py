"""Brings the message catalogues up to date: new sentences in, gone ones out, .po compiled to .mo.

Sentences come from the declarations (findings, doubts, notices, help of the commands); the words
that travel as their parameters come from their enums and from the calls that hand them over. A
sentence without a translation is listed and left empty: a test fails until somebody translates it.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

import click
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from sheetsync.campaign.google.checkup_catalogue import CHECKUP
from sheetsync.campaign.google.checkup_codes import Step
from sheetsync.campaign.google.notices import GoogleNotice
from sheetsync.campaign.press_notices import PressNotice
from sheetsync.campaign.review_notices import ReviewNotice
from sheetsync.campaign.room_notices import RoomNotice
from sheetsync.campaign.watching.notices import WatchNotice
from sheetsync.checks.evidence import Wanted
from sheetsync.cli import commands
from sheetsync.doubts import DOUBTS
from sheetsync.findings import CATALOGUE
from sheetsync.intake.reasons import Reason
from sheetsync.intake.recognise import Source
from sheetsync.letters.notices import LetterNotice, NoteNotice, TemplateNotice
from sheetsync.messages import CLICK_DOMAIN, DOMAIN, LANGUAGES, SOURCE_LANGUAGE
from sheetsync.model import FileFault, How, LinkReason, LinkVerdict, Severity
from sheetsync.notices import Notice
from sheetsync.office.catalogue import CATALOGUE as DOCTOR
from sheetsync.office.codes import Level, Subject
from sheetsync.office.notices import OfficeNotice
from sheetsync.region.notices import RegionNotice

SOURCES = Path(__file__).parents[1] / "src" / "sheetsync"
LOCALE = SOURCES / "locale"

_MODULES_OF_WORDS = ("intake/limits.py", "intake/sniff.py", "workbooks/copies.py")
"""Every Russian string in them is said to the user, inside a finding."""

_CALLS_WITH_WORDS = frozenset({"make", "Damaged"})
_RUSSIAN = re.compile(r"[А-Яа-яЁё]")
_WRAP_AT = 100


class FixedCatalog(Catalog):
    """A catalogue whose header holds no dates and no versions: equal sentences give equal bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", DOMAIN),
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def sentences() -> list[str]:
    """Every sentence a user may read, once, in the order of the declarations."""
    return list(dict.fromkeys((*_catalogued(), *HELP, *words())))


def _catalogued() -> Iterator[str]:
    for detail in CATALOGUE.values():
        yield from filter(None, (detail.fact, detail.advice, detail.in_google))
    yield from DOUBTS.values()
    for said in (*DOCTOR.values(), *CHECKUP.values()):
        yield from filter(None, (said.found, said.click))
    notices = (Notice, OfficeNotice, GoogleNotice, WatchNotice, ReviewNotice, RoomNotice, PressNotice)
    written = (LetterNotice, NoteNotice, TemplateNotice, RegionNotice)
    yield from (one.value for catalogue in (*notices, *written) for one in catalogue)


def _help(command: click.Command) -> Iterator[str]:
    parts = [
        command.help,
        *(getattr(one, name, None) for one in command.params for name in ("help", "metavar")),
    ]
    yield from (text for text in parts if text)
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from _help(cast("click.Command", command.get_command(context, name)))


HELP: Final = tuple(_help(commands))
"""Taken at once: a command line in English replaces the Russian help of its commands."""


def words() -> Iterator[str]:
    """Words of the program that fill a sentence; «{}» stands for a detail inside them."""
    judging = (Wanted, LinkVerdict, LinkReason, FileFault, How)
    for vocabulary in (Severity, Source, Reason, Level, Subject, Step, *judging):
        yield from (word.value for word in vocabulary if word.value)
    for path in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        is_words = path.relative_to(SOURCES).as_posix() in _MODULES_OF_WORDS
        yield from _strings(tree) if is_words else _handed_over(tree)


def _handed_over(tree: ast.AST) -> Iterator[str]:
    """What a module writes straight into a finding or a reader's complaint."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _CALLS_WITH_WORDS:
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from _strings(argument)


def _strings(node: ast.AST) -> Iterator[str]:
    """Russian strings as messages; a value inside an f-string becomes «{}»."""
    if isinstance(node, ast.JoinedStr):
        parts = (str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        yield from _if_russian("".join(parts))
    elif isinstance(node, ast.Constant):
        yield from _if_russian(str(node.value))
    else:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child)


def _if_russian(text: str) -> Iterator[str]:
    if _RUSSIAN.search(text):
        yield text


def po_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def load(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str) -> Catalog:
    """The catalogue with exactly today's sentences and the translations known for them."""
    known = load(language)
    fresh = FixedCatalog(locale=language, header_comment="", fuzzy=False)
    for sentence in sentences():
        found = known.get(sentence)
        fresh.add(sentence, found.string if found else "")
    return fresh


def edited(catalog: Catalog) -> bytes:
    """The .po people edit."""
    stream = io.BytesIO()
    write_po(stream, catalog, width=_WRAP_AT)
    return stream.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """The .mo the program reads."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def click_path() -> Path:
    """The words of the command-line library in Russian, written by hand."""
    return LOCALE / SOURCE_LANGUAGE / "LC_MESSAGES" / f"{CLICK_DOMAIN}.po"


def compiled_click() -> bytes:
    fixed = FixedCatalog(locale=SOURCE_LANGUAGE, header_comment="", fuzzy=False)
    with click_path().open("rb") as file:
        for message in read_po(file, locale=SOURCE_LANGUAGE):
            if message.id:
                fixed.add(message.id, message.string)
    return compiled(fixed)


def main() -> None:
    click_path().with_suffix(".mo").write_bytes(compiled_click())
    for language in LANGUAGES:
        if language == SOURCE_LANGUAGE:
            continue
        path = po_path(language)
        catalog = updated(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(edited(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        missing = [message.id for message in catalog if message.id and not message.string]
        print(f"{language}: {len(catalog)} sentences, {len(missing)} without a translation")
        print(*missing, sep="\n")


if __name__ == "__main__":
    main()
