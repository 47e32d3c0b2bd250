"""A filled copy is spoilt in every way files break: each ends in a book or a finding, and nothing is lost."""

from __future__ import annotations

import pytest
from fuzzed_copies import Campaign, Outcome, filled_copy, judge
from mutants import KINDS, mutant

from sheetsync.merge.spelling import same_value

PER_KIND = 19
"""With sixteen kinds some three hundred; tens of thousands: benchmarks/abuse_fuzz.py."""

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Campaign, bytes]:
    return filled_copy(tmp_path_factory.mktemp("fuzz"))


def test_the_copy_itself_is_read_whole(filled: tuple[Campaign, bytes]) -> None:
    campaign, data = filled
    judged = judge(data, campaign)

    assert (judged.outcome, judged.unaccounted) == (Outcome.READ, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_copy_ends_in_a_book_or_a_finding(kind: str, filled: tuple[Campaign, bytes]) -> None:
    campaign, data = filled
    for number in range(PER_KIND):
        judged = judge(mutant(KINDS[kind], data, number), campaign)

        assert judged.outcome is not Outcome.SURPRISE, (kind, number, judged.codes)
        assert judged.unaccounted == 0, (kind, number, judged.codes)


@pytest.mark.parametrize("endless", ["1E400", "9" * 400, "1E306"])
def test_a_number_beyond_all_numbers_is_compared_as_text(endless: str) -> None:
    """Found by «текст изменён» № 28: one such cell stopped the whole consolidation."""
    assert same_value(endless, endless)
    assert not same_value(endless, "01.03.2023")
