"""What a form held before a school touched it: so that the office's own texts are told from answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from sheetsync import store
from sheetsync.campaign.form_shelf import FormShelf, OpenedForm, Shelved
from sheetsync.columns import REPORT, Owner, ReturnCell
from sheetsync.grid import Book
from sheetsync.intake.known import Known
from sheetsync.intake.marks import named_place, property_marks, sheet_marks
from sheetsync.intake.printed import printed_rows
from sheetsync.intake.recognise import sender_of
from sheetsync.journal import IssuedForm
from sheetsync.merge.received import CensusItem, ItemKind
from sheetsync.model import Entry, Field, Marks, Plan
from sheetsync.text import squeeze
from sheetsync.workbooks import census_items
from sheetsync.workbooks.census import census
from sheetsync.workbooks.copies import open_copy
from sheetsync.workbooks.excel_file import ExcelFile
from sheetsync.workbooks.templates import Template, template_bytes

_AT_HAND: Final = 4
"""Forms kept open: copies of one school come one after another."""

FILE: Final = ".xlsx"
"""How the names of forms sent as files end; sheets in Google have no ending."""

KINDS: Final = {one: ItemKind(one) for one in census_items.ItemKind}
_REMARK: Final = REPORT.column("remark").key
_ANSWERS: Final = tuple(column.key for column in REPORT.columns if column.owner is Owner.SCHOOL)


class Issued(Struct, frozen=True):
    """An issued form: its texts for the reader, its items for the ledger, the answers it was sent
    with for the merge."""

    known: Known
    items: tuple[CensusItem, ...]
    answers: tuple[Entry, ...] = ()
    remarks: frozenset[str] = frozenset()
    """What the office wrote into a form it returned: its line above the table, its remarks."""


def issued_form(data: bytes, name: str) -> Issued | None:
    """The form in these bytes; ``None`` when they are no workbook any more."""
    book = open_copy(data, name).book
    if book is None:
        return None
    return Issued(Known.of(book), census_of(data), tuple(_answers_in(book)), frozenset(_remarks_in(book)))


def _issued(shelved: Shelved) -> Issued:
    if shelved.is_blank:
        return Issued(shelved.known, shelved.items)
    book = shelved.form.book
    return Issued(shelved.known, shelved.items, tuple(_answers_in(book)), frozenset(_remarks_in(book)))


def _remarks_in(book: Book) -> Iterator[str]:
    """The words of a return; a form that was issued has none."""
    line = named_place(book, ReturnCell.LINE)
    texts = [line[0].at(*line[1:]).text] if line else []
    texts += [cells[_REMARK].text for cells in printed_rows(book).values()]
    yield from (squeeze(text) for text in texts if text.strip())


def _answers_in(book: Book) -> Iterator[Entry]:
    """The answers a form was sent with: none when it was issued empty, the earlier ones when it was
    returned with remarks."""
    marks = property_marks(book) or sheet_marks(book) or Marks()
    for key, cells in printed_rows(book).items():
        sent = {column: cells[column] for column in _ANSWERS if not cells[column].is_empty}
        if sent:
            fields = {column: Field(cell.text, links=cell.links) for column, cell in sent.items()}
            yield Entry(marks.participant or "", key, fields)


def form_made_again(plan: Plan, participant: str, *, in_google: bool = False) -> Issued | None:
    """The form as the built-in template gives it: for a copy met without its campaign."""
    from sheetsync.forms.model import form_of  # noqa: PLC0415 - a campaign keeps the forms it sent
    from sheetsync.forms.render import fill_form  # noqa: PLC0415
    from sheetsync.forms.wording import speak_of_google  # noqa: PLC0415

    workbook = ExcelFile.from_bytes(template_bytes(Template.FORM))
    fill_form(workbook, form_of(plan, participant))
    if in_google:
        speak_of_google(workbook)
    return issued_form(workbook.to_bytes(), Template.FORM.value)


def census_of(data: bytes, *, values_only: bool = False) -> tuple[CensusItem, ...]:
    """The independent count of a file as values of the merge."""
    counted = census(data, values_only=values_only)
    return tuple([CensusItem(sheet, cell, KINDS[kind], text) for sheet, cell, kind, text in counted])


class IssuedForms:
    """The forms of one campaign, each opened once."""

    def __init__(
        self, campaign: store.Campaign, sent: Sequence[IssuedForm], plan: Plan, *, keep: bool = False
    ) -> None:
        self._campaign = campaign
        self._plan = plan
        self._sent = sent
        self._by_participant: dict[str, list[IssuedForm]] = {}
        for form in sent:
            self._by_participant.setdefault(form.participant, []).append(form)
        self._shelf = FormShelf(campaign, self._from_bytes, keep=keep)
        self._opened: OrderedDict[str, Issued | None] = OrderedDict()
        self._made_again: dict[tuple[str, bool], Issued | None] = {}

    def form_behind(self, book: Book, run: int | None = None, *, in_google: bool = False) -> Issued | None:
        """The form a copy was made from: by the marks it carries, else by whose copy it is.

        Of several forms of one issue it is the last sent before the ``run`` the copy came in whose
        remarks the copy still shows, else whose answers it repeats: a colleague may still fill the
        empty one after a return. A sheet ``in_google`` holds no form that was sent as a file, and is
        read in the run that wrote it.
        """
        marks = property_marks(book) or sheet_marks(book)
        if marks is None or not self._plan.participant(marks.participant or ""):
            marks = sender_of(book, self._plan) or marks or Marks()
        code = marks.participant or ""
        own = self._by_participant.get(code) or self._somebodys(code)
        sent = [form for form in own if form.issue == marks.issue] or own
        sent = [form for form in sent if form.name.endswith(FILE) != in_google] or sent
        before = [form for form in sent if run is None or form.run < run + in_google]
        opened = [issued for form in reversed(before) if (issued := self._open(form))]
        returned = [one for one in opened if one.remarks]
        texts = _texts_of(book) if returned else frozenset()
        shown = next((one for one in returned if one.remarks <= texts), None)
        return shown or _repeated(book, opened) or self._again(code, in_google)

    def remember(self, sha256: str) -> None:
        """Learn what tells a form from others of its kind, so that no later run has to open it."""
        self._shelf.form(sha256)

    def _open(self, form: IssuedForm) -> Issued | None:
        """A form; those asked for last are at hand."""
        digest = form.sha256
        if digest not in self._opened:
            shelved = self._shelf.form(digest)
            self._opened[digest] = _issued(shelved) if shelved else None
            while len(self._opened) > _AT_HAND:
                self._opened.popitem(last=False)
        self._opened.move_to_end(digest)
        return self._opened[digest]

    def _from_bytes(self, digest: str) -> OpenedForm | None:
        data = store.read_original(self._campaign, digest)
        book = open_copy(data, digest).book if data else None
        if data is None or book is None:
            return None
        is_blank = not (any(_answers_in(book)) or any(_remarks_in(book)))
        return OpenedForm(book, census_of(data), is_blank)

    def _again(self, code: str, in_google: bool) -> Issued | None:
        """The form as it is made now, when nothing is kept of the one that was sent."""
        asked = code, in_google
        if asked not in self._made_again:
            known = self._plan.participant(code)
            made = form_made_again(self._plan, code, in_google=in_google) if known else None
            self._made_again[asked] = made
        return self._made_again[asked]

    def _somebodys(self, code: str) -> list[IssuedForm]:
        """The form of another that one who owes nothing must have taken: the fullest says most."""
        one = self._plan.participant(code)
        if one is None or self._plan.rows_of(code):
            return []
        return sorted(self._sent, key=lambda form: len(self._plan.rows_of(form.participant)))[-1:]


def _repeated(book: Book, sent: Sequence[Issued]) -> Issued | None:
    """The last form sent whose answers a copy repeats, at least half of them."""
    if not any(one.answers for one in sent[:1]):
        return sent[0] if sent else None
    said = _said(_answers_in(book))
    forms = ((one, _said(one.answers)) for one in sent)
    return next((one for one, own in forms if 2 * len(said & own) >= len(own)), None)


def _texts_of(book: Book) -> frozenset[str]:
    return frozenset(squeeze(cell.text) for sheet in book.sheets for cell in sheet.cells.values())


def _said(answers: Iterable[Entry]) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (entry.activity, column, squeeze(cell.text))
        for entry in answers
        for column, cell in entry.fields.items()
    )
