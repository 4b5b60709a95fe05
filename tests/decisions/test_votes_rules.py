"""Every rule from its paper to its minutes; what is refused by the action and by the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.decisions.actions import (
    close_poll,
    count_poll,
    count_quorum,
    draw_lot,
    enter_sheet,
    open_poll,
    raise_hands,
    withdraw_proposal,
)
from ayil.decisions.models import (
    CountSheet,
    HandCount,
    LotDrawing,
    Poll,
    PollTally,
    Recount,
    Rule,
)
from ayil.decisions.queries import assembly_figures, last_poll
from ayil.decisions.rules import piles_of
from ayil.decisions.voting import needs_lot, needs_runoff, paper_now, result_of
from ayil.kit import guards
from ayil.kit.errors import AyilError, Conflict
from ayil.members.actions import grant_role
from ayil.members.doubles import merge
from ayil.members.models import Role
from tests.decisions.barskoon import AT, HELD, YURTS, Barskoon, breaches, village, villager

LATER = date(2012, 6, 16)


@pytest.fixture
def barskoon(db: None) -> Barskoon:
    """Quorate, with three proposals."""
    made = Barskoon()
    made.quorate()
    made.propose()
    return made


def asked(rule: Rule, **asks: Any) -> Barskoon:
    """Barskoon, asked by another rule; a start costs 15,000 som for each project."""
    made = Barskoon()
    made.assembly = made.call(LATER, rule=rule, **asks)
    made.quorate()
    made.propose()
    return made


def ranked(barskoon: Barskoon, papers: Sequence[Sequence[int]]) -> PollTally:
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    close_poll(poll=poll, issued=len(papers), unused=0, by=barskoon.registrar, at=AT)
    piles, spoiled = piles_of(papers, ranked=True)
    for who in (barskoon.counter, barskoon.second):
        enter_sheet(poll=poll, counter=who, piles=piles, spoiled=spoiled, by=who, at=AT)
    return count_poll(poll=poll, by=barskoon.counter, at=AT)


@pytest.mark.django_db
def test_several_products_with_a_lot_for_those_that_are_equal() -> None:
    barskoon = asked(Rule.SHARES, places=2)
    tally = barskoon.vote([{1, 2}] * 6 + [{3}] * 4)
    assert (tally.verdict, tally.leaders, tally.beside["certain"]) == ("tie", [1, 2], [3])
    assert (needs_runoff(tally), needs_lot(tally)) == (False, True)
    with pytest.raises(AyilError, match="no runoff to hold"):
        open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    with pytest.raises(AyilError, match="not decided yet"):
        barskoon.minute()
    with pytest.raises(AyilError, match="the lot is between"):
        draw_lot(tally=tally, order=[2, 1], witnesses="Ermek", by=barskoon.registrar, at=AT)
    draw_lot(tally=tally, order=[2, 3, 1], witnesses="Ermek", by=barskoon.registrar, at=AT)
    decision = barskoon.minute()
    assert [proposal.number for proposal in decision.proposals] == [2, 3]
    assert breaches() == []


@pytest.mark.django_db
def test_a_budget_goes_to_projects_and_what_is_left_returns() -> None:
    barskoon = asked(Rule.BUDGET, budget_minor=3_500_000)
    tally = barskoon.vote([{1}] * 6 + [{2}] * 4 + [{3}])
    assert (tally.verdict, tally.leaders) == ("chosen", [1, 2])
    assert tally.beside == {"spent": 3_000_000, "left": 500_000, "greedy": [1, 2]}
    assert (result_of(tally).spent, result_of(tally).left) == (3_000_000, 500_000)
    granted = barskoon.minute().choices.values_list("granted_minor", flat=True)
    assert list(granted) == [1_500_000, 1_500_000]
    assert breaches() == []


@pytest.mark.django_db
def test_a_ranking_is_counted_by_schulze_and_its_sheets_keep_the_order() -> None:
    barskoon = asked(Rule.SCHULZE)
    tally = ranked(barskoon, [[2, 1]] * 5 + [[1, 2, 3]] * 4 + [[]])
    assert (tally.verdict, tally.leaders) == ("chosen", [2])
    assert tally.first.piles == [[[], 1], [[1, 2, 3], 4], [[2, 1], 5]]
    assert [2, 1, 5] in tally.beside["pairs"]
    assert [pair.one.number for pair in result_of(tally).pairs] == [1, 2, 2]
    assert barskoon.minute().proposals[0].number == 2
    assert breaches() == []


def test_the_seal_binds_what_stands_beside(barskoon: Barskoon) -> None:
    tally = barskoon.vote(YURTS)
    guards.remove(connection, only=["decisions_polltally_no_update"])
    PollTally.objects.filter(pk=tally.pk).update(beside={"pav": [1]})
    guards.install(connection)
    assert [line for line in breaches() if "does not hash" in line]
    assert [line for line in breaches() if "the papers say" in line]


def test_hands_are_raised_before_the_vote_and_only_where_the_list_is_long(
    barskoon: Barskoon,
) -> None:
    words = {"assembly": barskoon.assembly, "by": barskoon.registrar, "at": AT}
    with pytest.raises(AyilError, match="no hands are needed"):
        raise_hands(**words, hands={1: 3, 2: 2, 3: 1})
    count_quorum(**words, present=5)
    with pytest.raises(AyilError, match="no quorum"):
        raise_hands(**words, hands={1: 3})
    count_quorum(**words)
    open_poll(**words)
    with pytest.raises(AyilError, match="the vote is open"):
        raise_hands(**words, hands={1: 3})
    with pytest.raises(IntegrityError, match="before the vote is opened"), transaction.atomic():
        HandCount.objects.create(
            assembly=barskoon.assembly, hands=[], kept=[1], by=barskoon.chair, counted_at=AT
        )


def test_a_withdrawn_proposal_is_on_no_paper(barskoon: Barskoon) -> None:
    gone = barskoon.assembly.proposals.get(number=2)
    withdraw_proposal(proposal=gone, reason="no wool", by=gone.proposer, at=AT)
    assert paper_now(barskoon.assembly).numbers == [1, 3]
    quorum = barskoon.assembly.quorum_counts.last()
    for paper in ([1, 2], [1, 9], [], list(range(1, 8))):
        with pytest.raises(IntegrityError, match="one to six"), transaction.atomic():
            Poll.objects.create(
                assembly=barskoon.assembly, round=1, paper=paper, quorum=quorum,
                by=barskoon.chair, opened_at=AT,
            )  # fmt: skip
    assert open_poll(assembly=barskoon.assembly, by=barskoon.chair, at=AT).paper == [1, 3]


def test_nothing_to_vote_on(barskoon: Barskoon) -> None:
    for gone in barskoon.assembly.proposals.all():
        withdraw_proposal(proposal=gone, reason="no", by=gone.proposer, at=AT)
    with pytest.raises(AyilError, match="Nothing was proposed"):
        open_poll(assembly=barskoon.assembly, by=barskoon.chair, at=AT)


def test_a_runoff_is_between_those_who_were_sent_to_it(barskoon: Barskoon) -> None:
    first = barskoon.vote([{1}] * 4 + [{2}] * 4 + [{3}] * 2)
    quorum = barskoon.assembly.quorum_counts.last()
    for paper in ([1, 3], [1, 2, 3]):
        with pytest.raises(IntegrityError, match="sent to it"), transaction.atomic():
            Poll.objects.create(
                assembly=barskoon.assembly, round=2, paper=paper, quorum=quorum,
                by=barskoon.chair, opened_at=AT,
            )  # fmt: skip
    Recount.objects.create(poll=first.poll, number=2, reason="doubt", by=barskoon.chair, at=AT)
    with pytest.raises(AyilError, match="not counted yet"):
        open_poll(assembly=barskoon.assembly, by=barskoon.chair, at=AT)
    barskoon.enter(first.poll, [{1}] * 5 + [{2}] * 2 + [{3}] * 3)
    again = count_poll(poll=first.poll, by=barskoon.counter, at=AT)
    assert (again.counting, again.leaders) == (2, [1, 3])
    assert open_poll(assembly=barskoon.assembly, by=barskoon.chair, at=AT).paper == [1, 3]


def test_a_lot_waits_for_the_recount(barskoon: Barskoon) -> None:
    barskoon.vote([{1}] * 5 + [{2}] * 5)
    tally = barskoon.vote([{1}] * 5 + [{2}] * 5)
    Recount.objects.create(poll=tally.poll, number=2, reason="doubt", by=barskoon.chair, at=AT)
    with pytest.raises(AyilError, match="a lot is drawn only"):
        draw_lot(tally=tally, order=[1, 2], witnesses="Ermek", by=barskoon.chair, at=AT)
    assert not LotDrawing.objects.exists()


def test_one_counter_types_no_other_counters_sheet(barskoon: Barskoon) -> None:
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.chair, at=AT)
    close_poll(poll=poll, issued=4, unused=0, by=barskoon.chair, at=AT)
    sheet: dict[str, Any] = {"poll": poll, "piles": (((1,), 4),), "spoiled": 0, "at": AT}
    with pytest.raises(AyilError, match="two people enter apart"):
        enter_sheet(**sheet, counter=barskoon.second, by=barskoon.counter, paper="1")
    with pytest.raises(AyilError, match="name the paper"):
        enter_sheet(**sheet, counter=barskoon.second, by=barskoon.chair)
    row: dict[str, Any] = {
        "poll": poll, "piles": [[[1], 4]], "papers": 4, "spoiled": 0, "sha256": b"",
        "entered_at": AT, "counter": barskoon.second,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="enter apart"), transaction.atomic():
        CountSheet.objects.create(**row, by=barskoon.counter, paper="1")
    with pytest.raises(IntegrityError, match="typed_by_another"), transaction.atomic():
        CountSheet.objects.create(**row, by=barskoon.chair)
    enter_sheet(**sheet, counter=barskoon.second, by=barskoon.chair, paper="sheet 2")
    with pytest.raises(AyilError, match="two people enter apart"):
        enter_sheet(**sheet, counter=barskoon.counter, by=barskoon.chair, paper="sheet 1")
    enter_sheet(**sheet, counter=barskoon.counter, by=barskoon.counter)
    assert count_poll(poll=poll, by=barskoon.chair, at=AT).valid == 4


def test_two_records_of_one_person_are_one_typist(barskoon: Barskoon) -> None:
    officer = villager("Officer", village("karakol", "Karakol"))
    grant_role(party=officer, role=Role.OFFICER, since=HELD, by=officer)
    twin = villager("Kubat again", barskoon.village)
    merge(kept=barskoon.counter, double=twin, reason="the same man", by=officer, at=AT)
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.chair, at=AT)
    close_poll(poll=poll, issued=4, unused=0, by=barskoon.chair, at=AT)
    sheet: dict[str, Any] = {"poll": poll, "piles": (((1,), 4),), "spoiled": 0, "at": AT}
    with pytest.raises(AyilError, match="two people enter apart"):
        enter_sheet(**sheet, counter=barskoon.second, by=twin, paper="sheet 2")


def test_whose_sheet_came_first_changes_nothing(barskoon: Barskoon) -> None:
    """Two polls' tallies of the same papers, entered in either order, say the same."""
    other = Barskoon("tamga", "Tamga")
    other.quorate()
    other.propose()
    said = []
    for place, turned in ((barskoon, False), (other, True)):
        poll = open_poll(assembly=place.assembly, by=place.chair, at=AT)
        close_poll(poll=poll, issued=len(YURTS), unused=0, by=place.chair, at=AT)
        piles, spoiled = piles_of(YURTS[::-1] if turned else YURTS)
        counters = [place.counter, place.second]
        for who in counters[::-1] if turned else counters:
            enter_sheet(poll=poll, counter=who, piles=piles[::-1], spoiled=spoiled, by=who, at=AT)
        tally = count_poll(poll=poll, by=place.counter, at=AT)
        said.append((tally.approvals, tally.valid, tally.none, tally.verdict, tally.leaders))
    assert said[0] == said[1]


def test_two_devices_send_one_sheet_once(barskoon: Barskoon) -> None:
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.chair, at=AT)
    close_poll(poll=poll, issued=4, unused=0, by=barskoon.chair, at=AT)
    words: dict[str, Any] = {
        "poll": poll, "counter": barskoon.counter, "by": barskoon.counter, "at": AT, "spoiled": 0,
        "uid": uuid4(),
    }  # fmt: skip
    first = enter_sheet(**words, piles=(((1,), 3), ((2,), 1)))
    assert enter_sheet(**words, piles=(((2,), 1), ((1,), 1), ((1,), 2))) == first
    with pytest.raises(Conflict, match="another content"):
        enter_sheet(**words, piles=(((1,), 4),))
    assert CountSheet.objects.count() == 1


def test_the_figures_of_an_assembly_are_silent_before_the_count(barskoon: Barskoon) -> None:
    barskoon.poll(YURTS)
    figures = assembly_figures(barskoon.assembly)
    assert (figures.tally, figures.approvals) == (None, [])
    poll = last_poll(barskoon.assembly)
    assert poll is not None
    count_poll(poll=poll, by=barskoon.counter, at=AT)
    assert assembly_figures(barskoon.assembly).approvals[0].ballots == 7
    assert barskoon.assembly.held_on == HELD
