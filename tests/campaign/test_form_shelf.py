"""Forms that were sent are told from one another, and what is remembered of them changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import district_fixture as district
import pytest
from msgspec.structs import replace

from sheetsync import store
from sheetsync.campaign import form_shelf
from sheetsync.campaign.files import journal_of, open_workbook
from sheetsync.campaign.form_shelf import FOLDER
from sheetsync.campaign.issued import Issued, IssuedForms, issued_form
from sheetsync.campaign.period_plan import read_period_plan
from sheetsync.grid import Book, Cell, Sheet
from sheetsync.journal import IssuedForm
from sheetsync.model import Plan
from sheetsync.workbooks.copies import open_copy


class Forms:
    """The forms of one campaign, as a run asks for them."""

    def __init__(self, place: Path) -> None:
        self.campaign = store.open_campaign(place)
        with journal_of(self.campaign) as journal:
            self.sent: list[IssuedForm] = list(journal.forms())
            self.plan: Plan = read_period_plan(open_workbook(self.campaign), 1, journal).plan
        self.folder = self.campaign.state / FOLDER

    def books(self) -> list[Book]:
        data = [store.read_original(self.campaign, one.sha256) or b"" for one in self.sent]
        return [book for one in data if (book := open_copy(one, "форма").book)]

    def behind(self, *, keep: bool = True, books: list[Book] | None = None) -> list[Issued | None]:
        forms = IssuedForms(self.campaign, self.sent, self.plan, keep=keep)
        return [forms.form_behind(book) for book in books or self.books()]

    def counted(self) -> list[Issued | None]:
        """Each opened and counted by itself."""
        return [
            issued_form(store.read_original(self.campaign, one.sha256) or b"", one.name) for one in self.sent
        ]


@pytest.fixture
def forms(place: Path) -> Forms:
    found = Forms(place)
    shutil.rmtree(found.folder, ignore_errors=True)
    return found


def test_a_form_told_from_its_kind_is_the_form(forms: Forms) -> None:
    """Opened, remembered, remembered again: the same texts, items and answers as counted alone."""
    counted = forms.counted()

    assert forms.behind(keep=False) == counted
    assert forms.behind() == counted
    assert forms.behind() == counted


def test_no_form_is_opened_twice(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later run has no need of the forms' own bytes."""
    books, counted = forms.books(), forms.counted()
    forms.behind()
    monkeypatch.setattr(IssuedForms, "_from_bytes", lambda *_: pytest.fail("a form was opened again"))

    assert forms.behind(books=books) == counted


def test_a_run_that_keeps_nothing_writes_nothing(forms: Forms) -> None:
    """A dry run leaves the folder as it was."""
    forms.behind(keep=False)

    assert not forms.folder.exists()


@pytest.mark.parametrize("damage", [b"", b"x", b"\x00" * 200])
def test_what_is_damaged_is_made_again(forms: Forms, damage: bytes) -> None:
    """Of torn or foreign files nothing is believed."""
    counted = forms.counted()
    forms.behind()
    for path in forms.folder.iterdir():
        path.chmod(0o600)
        data = path.read_bytes()
        path.write_bytes(
            damage if len(damage) != 1 else data[: len(data) // 2] + b"x" + data[len(data) // 2 + 1 :]
        )

    assert forms.behind() == counted
    assert forms.behind() == counted


def test_what_another_version_remembered_is_made_again(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    """What forms are told by may change with the program; it is remembered anew, the kind too."""
    books, counted = forms.books(), forms.counted()
    with monkeypatch.context() as before:
        before.setattr("sheetsync.campaign.form_shelf.SHAPE", "0.0 0")
        forms.behind()

    assert forms.behind() == counted

    monkeypatch.setattr(IssuedForms, "_from_bytes", lambda *_: pytest.fail("a form was opened again"))
    assert forms.behind(books=books) == counted


def test_a_form_returned_with_answers_is_not_remembered(place: Path, forms: Forms) -> None:
    """Answers of schools stand in no file but their forms, which an act of destruction takes away."""
    row = forms.plan.rows_of(forms.sent[0].participant)[0]
    data = district.filled(place, forms.sent[0].participant, {row.number: {"status": "выполнено"}})
    digest = store.keep_original(forms.campaign, data)
    forms.sent.append(replace(forms.sent[0], sha256=digest, run=5))
    book = open_copy(data, "возврат").book
    assert book

    assert forms.behind(books=[book]) == [issued_form(data, "возврат")]
    assert not (forms.folder / digest).exists()


def test_a_disk_that_refuses_costs_only_time(forms: Forms) -> None:
    """Where nothing can be remembered, forms are opened."""
    forms.folder.write_bytes(b"")

    assert forms.behind() == forms.counted()
    forms.folder.unlink()


@pytest.mark.parametrize("kind", [Book, Sheet, Cell])
def test_a_part_more_of_what_is_kept_makes_another_version(kind: type) -> None:
    """Kept values of fewer parts are not read as those of today."""
    parts = getattr(kind, "__struct_fields__", None) or tuple(kind.__dataclass_fields__)

    assert parts
    assert set(parts) <= set(form_shelf._MADE_OF)
