"""Districts of every sort: whatever files come, whoever is in them, whatever was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st
from msgspec.structs import replace

from sheetsync.checks.case import RowKey
from sheetsync.findings import make
from sheetsync.merge.received import CensusItem, ItemKind, Received
from sheetsync.model import (
    AttachedFile,
    Decision,
    Entry,
    Field,
    Finding,
    Indicator,
    IndicatorAnswer,
    Origin,
    Participant,
    ParticipantKind,
    Plan,
    PlanRow,
    PreviousFigure,
    Unplaced,
    Verdict,
)
from small_district import LETTERS, SETTINGS, SHEET, answer, copy

CODES = ("S3", "S1", "S4", "S2")
STRANGER = "Z9"
KEYS = ("r1", "r2", "r3", "old")
SHARES = (Indicator("Охват", "%", 80.0), Indicator("Секций", "ед.", None))
LONG = "Проведены классные часы о безопасности на дорогах; участвовали все классы, показаны фильмы и сделаны газеты."

PLAN = Plan(
    SETTINGS,
    (
        PlanRow("r1", "1.1", "1. Работа", "Педагогический совет", due=date(2023, 3, 1), reporters=CODES),
        PlanRow("r2", "1.2", "1. Работа", "Семинар для учителей", due=date(2023, 6, 30), reporters=CODES),
        PlanRow("r3", "1.3", "1. Работа", "Индивидуальная работа", reporters=CODES[:3]),
        PlanRow("old", "1.4", "1. Работа", "Отменённое", reporters=CODES, is_retired=True),
    ),
    (
        Participant("S3", "МБОУ «Сосновская СОШ»", "Сосновская СОШ"),
        Participant("S1", "МБОУ «Берёзовская СОШ»", "Берёзовская СОШ"),
        Participant("S4", "Филиал «Сосновская СОШ»", "Сосновская СОШ"),
        Participant("S2", "МБОУ «Липовская ООШ»", "Липовская ООШ", kind=ParticipantKind.CURATOR),
    ),
    indicators=SHARES,
    previous=(PreviousFigure("S1", SHARES[0], "75 %"), PreviousFigure("S2", SHARES[1], "2")),
)

TEXTS = {
    "status": ("", "выполнено", "в работе", "не требуется", "сделали"),
    "done_on": ("", "20.02.2023", "01.03.2023"),
    "info": ("", "Педсовет, 14 участников", LONG, "Педагогический совет", "См. приказ.pdf"),
    "document": ("", "протокол № 3 от 20.02.2023", "приказ № 5 от 01.02.2023", "справка"),
    "link": ("", "https://a.example/doc", "сайт школы"),
    "reason": ("", "болезнь"),
}
LINKS = ((), (), ("https://a.example/doc",), ("https://b.example/1", "https://b.example/2"))
NOTES = ("", "", "уточнить", "Иванова:\nуточнить", "https://b.example/1")


@dataclass(frozen=True)
class District:
    received: tuple[Received, ...]
    decisions: dict[RowKey, Decision]
    told: tuple[Finding, ...]


@st.composite
def _cells(draw: st.DrawFn, key: str) -> Entry:
    fields: dict[str, str | Field] = {}
    for column, texts in TEXTS.items():
        text = draw(st.sampled_from(texts))
        links = draw(st.sampled_from(LINKS)) if column in ("info", "document", "link") else ()
        note = draw(st.sampled_from(NOTES))
        if column in ("status", "done_on") or not (links or note):
            fields[column] = text
        else:
            fields[column] = Field(text, text or None, links, note)
    order = draw(st.permutations(list(fields)))
    return answer(key, **{column: fields[column] for column in order})


@st.composite
def _copy(draw: st.DrawFn, code: str, number: int) -> Received:
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=4, unique=draw(st.integers(0, 4)) > 0))
    aside = draw(st.sampled_from(("", "", "ещё одно")))
    put = (Unplaced(code, aside, Origin(sheet=SHEET, cell="B40"), "вне таблицы"),) if aside else ()
    found = copy(
        code,
        *(draw(_cells(key)) for key in keys),
        file=f"{code}/копия {number}.xlsx",
        order=draw(st.integers(1, 3)),
        unplaced=put,
        declared_ready=draw(st.booleans()),
    )
    told = _with_facts(draw(_counted(found)), draw(st.sampled_from(("", "82 %", "много"))))
    return _called(told, "одно имя.xlsx") if draw(st.integers(0, 5)) == 0 else told


def _called(one: Received, name: str) -> Received:
    """The same bytes under a name another file may have too."""

    def moved(origin: Origin) -> Origin:
        return replace(origin, file=name)

    (part,) = one.submissions
    entries = tuple(
        replace(
            entry,
            fields={key: replace(cell, origin=moved(cell.origin)) for key, cell in entry.fields.items()},
        )
        for entry in part.entries
    )
    part = replace(
        part,
        origin=moved(part.origin),
        entries=entries,
        unplaced=tuple(replace(each, origin=moved(each.origin)) for each in part.unplaced),
        indicators=tuple(
            replace(
                each,
                fields={key: replace(cell, origin=moved(cell.origin)) for key, cell in each.fields.items()},
            )
            for each in part.indicators
        ),
    )
    return replace(one, origin=moved(one.origin), submissions=(part,))


@st.composite
def _counted(draw: st.DrawFn, one: Received) -> Received:
    """The copy beside its form; something may be gone on the way, and something be respelled."""
    form = (
        CensusItem(SHEET, "B7", ItemKind.VALUE, "Педагогический совет"),
        CensusItem(SHEET, "N7", ItemKind.VALUE, "r1"),
        CensusItem(SHEET, "M7", ItemKind.VALUE, "нет статуса"),
        CensusItem(SHEET, "M8", ItemKind.VALUE, "нет статуса"),
    )
    shown = draw(st.sampled_from((form, (*form[:2], form[2]._replace(text="готово")), form[1:], ())))
    respelled = draw(st.sampled_from(("20.02.2023", "44977", "44978")))
    census = tuple(
        item._replace(text=respelled) if item.cell[0] == LETTERS["done_on"] else item for item in one.census
    )
    lost = draw(st.sampled_from((None, None, None, 0)))
    census = census[1:] if lost is not None else census
    said = draw(st.sampled_from(("", "", "Педагогический совет", "МБОУ «Липовская ООШ»", "да")))
    strange = (CensusItem(SHEET, "B50", ItemKind.VALUE, said),) if said else ()
    blank = form if draw(st.booleans()) else ()
    office = frozenset({replace(one.origin, sheet=SHEET, cell="B50")}) if draw(st.booleans()) else frozenset()
    return replace(one, census=(*census, *shown, *strange), blank=blank, office=office)


def _with_facts(one: Received, fact: str) -> Received:
    if not fact:
        return one
    place = Origin(one.origin.file, one.origin.sha256, "Показатели", "F7")
    (part,) = one.submissions
    told = IndicatorAnswer(part.participant, SHARES[0], {"fact": Field(fact, origin=place)})
    item = CensusItem("Показатели", "F7", ItemKind.VALUE, fact)
    return replace(one, submissions=(replace(part, indicators=(told,)),), census=(*one.census, item))


def _in_one_file(one: Received, other: Received) -> Received:
    """Two reports in one file, each on its own sheet or both in the same cells."""
    origin, sheet = one.origin, f"{SHEET} 2"

    def moved(cell: Field) -> Field:
        return replace(cell, origin=replace(cell.origin, file=origin.file, sha256=origin.sha256, sheet=sheet))

    (part,) = other.submissions
    entries = tuple(
        replace(entry, fields={column: moved(cell) for column, cell in entry.fields.items()})
        for entry in part.entries
    )
    second = replace(part, origin=origin, entries=entries, unplaced=(), indicators=())
    items = tuple(item._replace(sheet=sheet) for item in other.census if item.sheet == SHEET)
    return replace(one, submissions=(*one.submissions, second), census=(*one.census, *items))


@st.composite
def _file(draw: st.DrawFn, number: int) -> list[Received]:
    code = draw(st.sampled_from((*CODES, *CODES, STRANGER)))
    one = draw(_copy(code, number))
    origin = one.origin
    match draw(st.integers(0, 9)):
        case 0:
            other = draw(st.sampled_from([each for each in CODES if each != code]))
            return [_in_one_file(one, draw(_copy(other, number)))]
        case 1:
            again = Received(replace(origin, file=f"ещё раз {number}.xlsx"), Verdict.DUPLICATE, 3)
            return [one, again]
        case 2:
            why = (make("F104", origin=origin, participant=draw(st.sampled_from((None, "S1")))),)
            return [Received(origin, Verdict.REFUSED, findings=why, census=one.census)]
        case 3 | 4:
            digest = draw(st.sampled_from(("", "скан 1", "скан 2")))
            name = draw(st.sampled_from(("S1/приказ.pdf", "S1/1.1 скан.pdf", f"скан {number}.pdf")))
            along = AttachedFile(code, Origin(name, digest))
            return [Received(along.origin, Verdict.SKIPPED, attached=along)]
        case 5:
            sent = tuple(replace(entry, participant=code) for entry in one.submissions[0].entries[:1])
            return [replace(one, exchanged=sent)]
    return [one]


decisions = st.dictionaries(
    st.tuples(st.sampled_from((*CODES, STRANGER)), st.sampled_from(KEYS)),
    st.builds(
        Decision, st.sampled_from(("", "принято", "на доработку")), st.sampled_from(("", "Приложите справку"))
    ),
    max_size=4,
)


@st.composite
def districts(draw: st.DrawFn) -> District:
    count = draw(st.integers(0, 6))
    files = [one for number in range(count) for one in draw(_file(number))]
    told = (make("S832", participant="S1", name="книга", count=1),)
    return District(tuple(files), draw(decisions), draw(st.sampled_from(((), told))))
