"""Each rule's decision is recounted from its file: products, a budget, ranks, runoff, lot."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

import pytest

from ayil.decisions.actions import (
    add_provisional,
    close_poll,
    count_poll,
    count_quorum,
    draw_lot,
    enter_sheet,
    open_poll,
)
from ayil.decisions.models import PollTally, Rule
from ayil.decisions.recount import recount
from ayil.decisions.recount.reading import unhexed
from tests.decisions.barskoon import AT, HELD, Barskoon, breaches, villager
from tests.decisions.test_recount import given_out, sealed

pytestmark = pytest.mark.django_db


def asked(**asks: Any) -> Barskoon:
    """An assembly that asks another question."""
    barskoon = Barskoon()
    barskoon.assembly = barskoon.call(HELD - timedelta(days=1), **asks)
    barskoon.quorate()
    barskoon.propose()
    return barskoon


def recounted(barskoon: Barskoon, *, is_full: bool = False) -> tuple[dict[str, Any], list[str]]:
    """The file, and what could not be recounted; anything broken fails."""
    bundle = given_out(sealed(barskoon), is_full=is_full)
    found = recount(bundle)
    assert found.broken == []
    assert breaches() == []
    return bundle, found.unchecked


def drawn(barskoon: Barskoon, tally: PollTally, order: list[int]) -> None:
    draw_lot(tally=tally, order=order, witnesses="Ermek, Elnura", by=barskoon.registrar, at=AT)


def test_several_products_by_equal_shares() -> None:
    barskoon = asked(rule=Rule.SHARES, places=2)
    barskoon.vote([{1}] * 6 + [{2}] * 5)
    bundle, unchecked = recounted(barskoon)
    minutes = bundle["minutes"]["said"]
    assert (minutes["chosen"], unchecked) == ([1, 2], [])
    assert minutes["rounds"][0]["beside"]["pav"] == [1, 2]
    changed = copy.deepcopy(bundle)
    changed["minutes"]["said"]["rounds"][0]["beside"]["pav"] = [1, 3]
    assert any("another rule" in line or "other rule" in line for line in recount(changed).broken)


def test_several_products_where_the_piles_are_withheld() -> None:
    """The totals alone do not say what equal shares gives: that is said, and not passed over."""
    barskoon = asked(rule=Rule.SHARES, places=2)
    barskoon.vote([{1}] * 6 + [{2}] * 4 + [{1, 2}])
    _bundle, unchecked = recounted(barskoon)
    assert "the rule could not be run" in unchecked[0]
    assert recounted(barskoon, is_full=True)[1] == []


def test_a_budget_and_what_returns_to_the_fund() -> None:
    barskoon = asked(rule=Rule.BUDGET, budget_minor=3_500_000)
    barskoon.vote([{1}] * 5 + [{2}] * 5)
    bundle, unchecked = recounted(barskoon)
    minutes = bundle["minutes"]["said"]
    assert unchecked == []
    assert minutes["returns_minor"] == 3_500_000 - 1_500_000 * len(minutes["chosen"])
    minutes["returns_minor"] += 1
    assert any("of the budget is left" in line for line in recount(bundle).broken)


def test_ranks_by_schulze() -> None:
    barskoon = asked(rule=Rule.SCHULZE)
    poll = open_poll(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    close_poll(poll=poll, issued=10, unused=0, by=barskoon.registrar, at=AT)
    for counter in (barskoon.counter, barskoon.second):
        enter_sheet(
            poll=poll, counter=counter, piles=(((2, 1, 3), 6), ((3, 1, 2), 4)), spoiled=0,
            by=counter, at=AT,
        )  # fmt: skip
    count_poll(poll=poll, by=barskoon.counter, at=AT)
    bundle, unchecked = recounted(barskoon)
    assert (bundle["minutes"]["said"]["chosen"], unchecked) == ([2], [])


def test_a_runoff_and_a_lot() -> None:
    barskoon = asked()
    barskoon.vote([{1}] * 4 + [{2}] * 4 + [{3}] * 3)
    tie = barskoon.vote([{1}] * 5 + [{2}] * 5)
    drawn(barskoon, tie, [2, 1])
    bundle, unchecked = recounted(barskoon)
    assert (bundle["minutes"]["said"]["chosen"], unchecked) == ([2], [])
    for change, words in (
        ({"order": [1, 2]}, "the count chose [1]"),
        ({"order": [2, 3]}, "had to be drawn"),
        (None, "the count chose []"),
    ):
        changed = copy.deepcopy(bundle)
        changed["minutes"]["said"]["lot"] = change
        assert any(words in line for line in recount(changed).broken), words


def test_the_provisional_list_has_a_fingerprint_of_its_own() -> None:
    barskoon = asked()
    late = villager("Saltanat", barskoon.village)
    add_provisional(
        assembly=barskoon.assembly, person=late, reason="was left out", paper="list 1",
        on=HELD - timedelta(days=1), by=barskoon.registrar, at=AT,
    )  # fmt: skip
    count_quorum(assembly=barskoon.assembly, by=barskoon.registrar, at=AT)
    barskoon.vote([{1}] * 9 + [{2}] * 4)
    bundle, _unchecked = recounted(barskoon)
    assert bundle["minutes"]["said"]["provisional"]["size"] == 1
    assert len(unhexed(bundle["provisional"]["said"]["added"][0][1])) == 32
    bundle["provisional"]["said"]["added"][0][0] = 12
    assert any("provisional list" in line for line in recount(bundle).broken)


def test_none_of_them_is_a_decision_that_is_minuted_and_recounted() -> None:
    barskoon = Barskoon()
    barskoon.quorate()
    barskoon.propose()
    barskoon.vote([set()] * 7 + [{1}] * 3)
    bundle, unchecked = recounted(barskoon)
    assert (bundle["minutes"]["said"]["chosen"], unchecked) == ([], [])
    changed = copy.deepcopy(bundle)
    changed["minutes"]["said"]["chosen"] = [1]
    assert any("the count chose []" in line for line in recount(changed).broken)
