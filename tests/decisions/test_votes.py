"""The vote: on a quorum, secret, every paper counted; a tie is never broken by order."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ayil.decisions.actions import (
    close_poll,
    count_poll,
    count_quorum,
    draw_lot,
    enter_sheet,
    open_poll,
    propose,
)
from ayil.decisions.models import (
    CountSheet,
    LotDrawing,
    Poll,
    PollTally,
)
from ayil.decisions.queries import (
    assembly_figures,
    has_standing_decision,
)
from ayil.decisions.rules import Stage, Verdict
from ayil.kit.errors import AyilError
from tests.decisions.barskoon import AT, YURTS, Barskoon, breaches

LATER = date(2012, 7, 1)


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    """Quorate, with three proposals."""
    made = Barskoon()
    made.quorate()
    made.propose()
    return made


def test_a_vote_opens_on_the_last_count_of_a_quorum(barskoon: Barskoon) -> None:
    count_quorum(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, present=5)
    with pytest.raises(AyilError, match="has no quorum: 5 of 6"):
        open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    for quorum in barskoon.assembly.quorum_counts.all():
        with pytest.raises(IntegrityError, match="is a quorum"), transaction.atomic():
            Poll.objects.create(
                assembly=barskoon.assembly, round=1, paper=[1], quorum=quorum,
                by=barskoon.registrar, opened_at=AT,
            )  # fmt: skip
    count_quorum(assembly=barskoon.assembly, by=barskoon.registrar, at=AT, present=6)
    open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)


def test_papers_are_no_more_than_people_and_all_are_counted_by_two(barskoon: Barskoon) -> None:
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    words = {"poll": poll, "by": barskoon.registrar, "at": AT}
    sheet = {"poll": poll, "counter": barskoon.counter, "by": barskoon.counter, "at": AT}
    eight = {"piles": (((1,), 8),), "spoiled": 0}
    with pytest.raises(AyilError, match="close the vote"):
        enter_sheet(**sheet, **eight)
    for issued, unused in ((13, 0), (5, 6), (5, -1)):
        with pytest.raises(AyilError, match="do not fit"):
            close_poll(**words, issued=issued, unused=unused)
    close_poll(**words, issued=12, unused=2, exchanged=2)
    with pytest.raises(AyilError, match="closed already"):
        close_poll(**words, issued=10, unused=2)
    with pytest.raises(AyilError, match="0 of 2"):
        count_poll(poll=poll, by=barskoon.counter, at=AT)
    for piles, refusal in (
        ((((1,), 7),), "leave 8"),
        ((((1,), 7), ((9,), 1)), "9 is not on the paper"),
        ((((1, 1), 8),), "cannot be"),
    ):
        with pytest.raises(AyilError, match=refusal):
            enter_sheet(**sheet, piles=piles, spoiled=0)
    enter_sheet(**sheet, **eight)
    with pytest.raises(AyilError, match="1 of 2"):
        count_poll(poll=poll, by=barskoon.counter, at=AT)
    with pytest.raises(AyilError, match="two people enter apart"):
        enter_sheet(**sheet | {"counter": barskoon.second}, **eight)
    with pytest.raises(AyilError, match="proposed a product and cannot enter"):
        enter_sheet(**sheet | {"by": barskoon.proposers[0]}, **eight)
    with pytest.raises(AyilError, match="is not one of its counters"):
        enter_sheet(**sheet | {"counter": barskoon.chair}, **eight)
    other = sheet | {"counter": barskoon.second, "by": barskoon.second}
    enter_sheet(**other, piles=(((1,), 7), ((), 1)), spoiled=0)
    with pytest.raises(AyilError, match="two sheets differ"):
        count_poll(poll=poll, by=barskoon.counter, at=AT)
    enter_sheet(**other, **eight)
    with pytest.raises(AyilError, match="1 of 2"):
        count_poll(poll=poll, by=barskoon.counter, at=AT)
    enter_sheet(**sheet, **eight)
    with pytest.raises(AyilError, match="say the same: certify"):
        enter_sheet(**sheet, **eight)
    count_poll(poll=poll, by=barskoon.counter, at=AT)
    with pytest.raises(AyilError, match="counted before"):
        count_poll(poll=poll, by=barskoon.counter, at=AT)
    with pytest.raises(AyilError, match="counted before"):
        enter_sheet(**sheet, **eight)


def test_the_same_sheet_counts_once(barskoon: Barskoon) -> None:
    poll = barskoon.poll([{1}] * 8)
    uid = CountSheet.objects.filter(counter=barskoon.counter).values_list("uid", flat=True).get()
    words = {"poll": poll, "counter": barskoon.counter, "by": barskoon.counter, "at": AT}
    enter_sheet(**words, piles=(((1,), 8),), spoiled=0, uid=uid)
    assert CountSheet.objects.filter(poll=poll).count() == 2
    assert count_poll(poll=poll, by=barskoon.counter, at=AT).valid == 8


def test_a_tally_without_two_sheets_is_refused_by_the_database(barskoon: Barskoon) -> None:
    poll = barskoon.poll(YURTS)
    first, second = CountSheet.objects.filter(poll=poll)
    for valid, one, other in ((9, first, second), (11, first, second), (10, first, first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PollTally.objects.create(
                poll=poll, first=one, second=other, approvals=[], valid=valid, none=0, spoiled=1,
                verdict="chosen", leaders=[1], salt=b"", commitment=b"", sha256=b"",
                by=barskoon.counter, counted_at=AT,
            )  # fmt: skip


def test_a_ballot_is_secret(barskoon: Barskoon) -> None:
    """No row is a paper: what is kept of the box does not depend on the order of its papers."""
    poll = barskoon.poll([{2}, {1}, {2}, set(), {1}, {2, 1}])
    for sheet in CountSheet.objects.filter(poll=poll):
        assert sheet.piles == [[[], 1], [[1], 2], [[1, 2], 1], [[2], 2]]


def test_a_runoff_takes_the_leaders_and_may_end_by_lot(barskoon: Barskoon) -> None:
    tally = barskoon.vote([{1}] * 4 + [{2}] * 4 + [{3}] * 2)
    assert (tally.verdict, tally.leaders) == (Verdict.RUNOFF.value, [1, 2])
    with pytest.raises(AyilError, match="not decided yet"):
        barskoon.minute()
    with pytest.raises(AyilError, match="runoff that is equal"):
        draw_lot(tally=tally, order=[1, 2], witnesses="Ermek", by=barskoon.registrar, at=AT)
    second = barskoon.vote([{1}] * 5 + [{2}] * 5)
    assert second.poll.paper == [1, 2]
    assert (second.verdict, second.leaders) == (Verdict.TIE.value, [1, 2])
    for order, witnesses in (([3, 1], "Ermek"), ([2], "Ermek"), ([1, 2], " ")):
        with pytest.raises(AyilError, match="the lot is between"):
            draw_lot(tally=second, order=order, witnesses=witnesses, by=barskoon.registrar, at=AT)
    draw_lot(tally=second, order=[2, 1], witnesses="Ermek, Elnura", by=barskoon.registrar, at=AT)
    decision = barskoon.minute()
    assert decision.proposals[0].name_en == "Felt"
    assert decision.minutes["lot"] == {"order": [2, 1]}
    with pytest.raises(AyilError, match="no runoff"):
        open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    barskoon.sign(decision)
    assert breaches() == []


def test_no_lot_where_nothing_is_equal(barskoon: Barskoon) -> None:
    tally = barskoon.vote(YURTS)
    with pytest.raises(IntegrityError, match="is equal"), transaction.atomic():
        LotDrawing.objects.create(
            tally=tally, order=[2], witnesses="w", by=barskoon.counter, drawn_at=AT
        )


def test_a_village_may_choose_none(barskoon: Barskoon) -> None:
    assert barskoon.vote([set()] * 7 + [{1}] * 3).verdict == Verdict.NONE.value
    assert assembly_figures(barskoon.assembly).stage == Stage.VOTED
    with pytest.raises(AyilError, match="no runoff"):
        barskoon.vote([{1}] * 10)
    decision = barskoon.minute()
    barskoon.sign(decision)
    assert (decision.proposals, decision.minutes["chosen"], decision.name) == (
        [],
        [],
        "none of them",
    )
    assert not has_standing_decision(barskoon.village, LATER)
    assert assembly_figures(barskoon.assembly).stage == Stage.SIGNED
    assert breaches() == []


def test_at_most_six_on_the_paper(barskoon: Barskoon) -> None:
    for number in range(4):
        propose(
            assembly=barskoon.assembly, names=("a", "b", "c"),
            symbol=("egg", "hat", "tea", "bag")[number],
            proposer=barskoon.chair, resource=barskoon.resource(), at=AT,
        )  # fmt: skip
    with pytest.raises(AyilError, match="Shorten the list"):
        open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)


class RandomVotes(TestCase):
    @settings(max_examples=20)
    @given(
        st.lists(st.none() | st.sets(st.integers(1, 3)), min_size=1, max_size=12),
        st.lists(st.none() | st.sets(st.integers(1, 3)), min_size=1, max_size=12),
    )
    def test_any_vote_leaves_nothing_broken_and_nothing_chosen_without_a_majority(
        self, first: list[set[int] | None], second: list[set[int] | None]
    ) -> None:
        barskoon = Barskoon()
        barskoon.quorate()
        barskoon.propose()
        tally = barskoon.vote(first)
        if tally.verdict in {"runoff", "tie"}:
            on_paper = set(tally.leaders)
            tally = barskoon.vote([p if p is None else p & on_paper for p in second])
        if tally.verdict == "chosen":
            barskoon.sign(barskoon.minute())
            counts = dict(map(tuple, tally.approvals))
            assert 2 * counts[tally.leaders[0]] > tally.valid
        assert has_standing_decision(barskoon.village, LATER) == (tally.verdict == "chosen")
        assert breaches() == []
