"""Whatever copies come in whatever order: nothing depends on their names, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sheetsync.merge.received import Received
from sheetsync.model import Consolidation, Decision, Entry, Verdict
from small_district import answer, copy, run

ROWS = ("r1", "r2", "r3")
COLUMNS = ("info", "document", "reason")
QUICK = settings(max_examples=60, deadline=None)

words = st.sampled_from(["", "Первое", "Второе", "Третье", "третье  слово"])
row = st.fixed_dictionaries(dict.fromkeys(COLUMNS, words))
answers = st.fixed_dictionaries(dict.fromkeys(ROWS, row))
arrivals = st.lists(st.tuples(answers, st.integers(1, 3)), min_size=1, max_size=4)

Said = dict[str, dict[str, str]]
Arrivals = list[tuple[Said, int]]


def copies(came: Arrivals, names: Sequence[str] = ()) -> list[Received]:
    """The copies as received; equal bytes are one file, as the store keeps them."""
    found = []
    for place, (said, order) in enumerate(came):
        entries = tuple(answer(key, **texts) for key, texts in said.items())
        one = copy("S1", *entries, file=f"копия {place}.xlsx", order=order)
        found.append(renamed(one, names[place]) if names else one)
    return found


def renamed(received: Received, name: str) -> Received:
    """The same bytes under another name."""
    digest = received.origin.sha256
    (submission,) = received.submissions
    entries = tuple(
        replace(
            entry,
            fields={
                column: replace(cell, origin=replace(cell.origin, file=name, sha256=digest))
                for column, cell in entry.fields.items()
            },
        )
        for entry in submission.entries
    )
    origin = replace(received.origin, file=name)
    return replace(
        received, origin=origin, submissions=(replace(submission, origin=origin, entries=entries),)
    )


def shown(result: Consolidation) -> dict[tuple[str, str], str]:
    """Every answer of S1 in the свод."""
    return {
        (one.activity, column): " ".join(one.entry.text(column).split())
        for one in result.outcomes
        if one.participant == "S1" and one.entry
        for column in COLUMNS
    }


def told(result: Consolidation) -> list[tuple[str, str | None]]:
    return sorted((one.code, one.activity) for one in result.findings for _ in range(one.count))


@given(arrivals, st.permutations(range(4)))
@QUICK
def test_names_of_files_and_their_order_change_nothing(came: Arrivals, order: list[int]) -> None:
    here = copies(came)
    there = copies(came, [f"{'яюэь'[place]} {place}.xlsx" for place in order])

    one, other = run(*here), run(*sorted(there, key=lambda file: file.origin.file))

    assert shown(one) == shown(other)
    assert told(one) == told(other)


@given(arrivals)
@QUICK
def test_everything_typed_is_placed_told_or_superseded(came: Arrivals) -> None:
    """The ledger adds up, and every text is met again: in the свод, a finding or «Не размещено»."""
    result = run(*copies(came))
    met = {*shown(result).values(), *(" ".join(one.text.split()) for one in result.unplaced)}
    quoted = " ".join(text for one in result.findings for _, text in one.params)

    assert not any(line.unaccounted for line in result.ledger)
    for said, _ in came:
        for texts in said.values():
            for text in map(str.split, texts.values()):
                assert " ".join(text) in met or " ".join(text) in quoted


@given(arrivals)
@QUICK
def test_the_latest_answer_stands_and_only_ties_are_conflicts(came: Arrivals) -> None:
    result = run(*copies(came))
    conflicts = {(one.activity, dict(one.params)["column"]) for one in result.findings if one.code == "M701"}
    headers = {"info": "Информация об исполнении", "reason": "Причина / новый срок"}
    for (key, column), text in shown(result).items():
        filled = [(order, " ".join(said[key][column].split())) for said, order in came if said[key][column]]
        latest = {text for order, text in filled if order == max(filled)[0]}
        assert text in latest or (not latest and not text)
        if column in headers:
            assert ((key, headers[column]) in conflicts) == (len(latest) > 1)


@given(st.lists(answers, min_size=3, max_size=3))
@QUICK
def test_merging_step_by_step_is_merging_at_once(came: list[Said]) -> None:
    """What two copies came to, sent as one, and a third: the same as all three."""
    first, second, third = (copies([(said, order)])[0] for order, said in enumerate(came, 1))
    both = shown(run(first, second))
    joined = {key: {column: both[key, column] for column in COLUMNS} for key in ROWS}

    one = run(*copies([(joined, 2)]), named(third, "третья"))
    other = run(first, named(second, "вторая"), named(third, "третья"))

    assert shown(one) == shown(other)


def named(received: Received, name: str) -> Received:
    """The copy as a file of its own."""
    other = replace(received, origin=replace(received.origin, sha256=f"sha of {name}"))
    return renamed(other, f"{name}.xlsx")


@given(answers, answers, st.booleans())
@QUICK
def test_an_untouched_prefilled_cell_is_no_answer(sent: Said, said: Said, first: bool) -> None:
    """Two copies of a returned form: one changed some cells, the other none; the changes stand."""
    base = tuple(replace(answer(key, **texts), participant="S1") for key, texts in sent.items())
    untouched, changed = copies([(sent, 1 if first else 2), (merged(sent, said), 2)])

    result = run(replace(untouched, exchanged=base), replace(changed, exchanged=base))

    for (key, column), text in shown(result).items():
        expected = said[key][column] or sent[key][column]
        assert text == " ".join(expected.split())
    assert "M701" not in {one.code for one in result.findings}


def merged(sent: Said, said: Said) -> Said:
    return {key: {column: said[key][column] or sent[key][column] for column in COLUMNS} for key in sent}


@given(answers, st.sets(st.sampled_from(ROWS)), st.booleans())
@QUICK
def test_a_row_taken_out_never_takes_its_answer(said: Said, gone: set[str], remarked: bool) -> None:
    """A later copy without rows: the answers stay; beside a remark it is a dispute."""
    first, later = copies([(said, 1), (said, 2)])
    (submission,) = later.submissions
    kept: tuple[Entry, ...] = tuple(one for one in submission.entries if one.activity not in gone)
    later = replace(later, submissions=(replace(submission, entries=kept),), census=())
    decisions = {("S1", key): Decision("на доработку", "Почему?") for key in gone} if remarked else {}

    result = run(first, later, decisions=decisions)

    assert shown(result) == shown(run(first))
    disputes = {one.activity for one in result.findings if one.code == "M706"}
    assert disputes == (gone if remarked else set())
    assert [one.verdict for one in result.files] == [Verdict.ACCEPTED] * 2
