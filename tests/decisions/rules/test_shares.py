"""Equal shares: as its authors define it, exact, blind to order, and every tie told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayil.decisions.rules import ladder
from ayil.decisions.rules.purse import Utility, purse_of
from ayil.decisions.rules.selection import Why
from ayil.decisions.rules.shares import Completion, bought_with, equal_shares
from tests.decisions.rules.budgets import OPTIONS, Vote, costs, lots, papers, renamed, votes

utilities = st.sampled_from(["cost", "unit"])
completions = st.sampled_from(["none", "percent", "add1"])


def test_everybody_has_the_same_share_and_pays_for_what_they_want() -> None:
    """Six voters with 10 each: four buy 1, and then have nothing left to outvote the two."""
    said = papers("4: 1 2", "2: 3")
    found = equal_shares(said, {1: 40, 2: 39, 3: 20}, 60, utility="unit", completion="none")
    assert (found.chosen, found.tied) == ((2, 3), ())
    assert (found.spent, found.left, found.share) == (59, 1, 10)
    bought, also, missed = found.steps
    assert (bought.option, bought.price, bought.supporters, bought.why) == (
        (2, Fraction(39, 4), 4, Why.CHOSEN)
    )
    assert (also.option, also.price) == (3, 10)
    assert (missed.option, missed.price, missed.why) == (1, None, Why.UNAFFORDABLE)


def test_the_poor_give_all_they_have_and_the_rich_the_rest() -> None:
    """After 1 is bought at 6 each, its voters hold 4; 2 then costs its other voter 10 − 4 = 6."""
    said = papers("2: 1", "1: 1 2", "1: 2")
    found = equal_shares(said, {1: 18, 2: 12}, 40, utility="unit", completion="none")
    assert [(step.option, step.price) for step in found.steps] == [(1, 6), (2, 8)]


def test_shares_are_exact_where_floats_would_not_be() -> None:
    """Eighty times a tenth is eight; added up as floats it is a little less."""
    said = papers("80: 1", "20: 2")
    assert sum([0.1] * 80) < 8
    found = equal_shares(said, {1: 8, 2: 2}, 10, completion="none")
    assert (found.chosen, found.left) == ((1, 2), 0)


def test_who_wants_none_has_a_share_and_spends_nothing() -> None:
    without = equal_shares(papers("2: 1"), {1: 10}, 10, completion="none")
    beside = equal_shares(papers("2: 1", "2:"), {1: 10}, 10, completion="none")
    assert (without.chosen, beside.chosen, beside.share) == ((1,), (), Fraction(5, 2))
    assert equal_shares(papers("2: 1", "2:"), {1: 10}, 10).chosen == (1,)


def test_shares_are_raised_until_nothing_more_fits_or_it_would_cost_too_much() -> None:
    said = papers("6: 1", "3: 2", "1: 3")
    costs = {1: 50, 2: 40, 3: 30}
    assert equal_shares(said, costs, 100, completion="none").chosen == (1,)
    raised = equal_shares(said, costs, 100, completion="percent")
    assert (raised.chosen, raised.share) == ((1, 2), Fraction(134, 10))
    assert equal_shares(said, costs, 100, completion="add1").share == 14
    # With 15 a head both would be bought, and there are only 50.
    both = equal_shares(papers("2: 1", "2: 2"), {1: 30, 2: 30}, 50, completion="add1")
    assert (both.chosen, both.share, both.left) == ((), 14, 50)


def test_the_first_raise_goes_to_the_next_whole_unit() -> None:
    said = papers("2: 1", "1: 2")
    assert equal_shares(said, {1: 2, 2: 4}, 10, completion="add1").share == 4
    assert equal_shares(said, {1: 2, 2: 9}, 11, completion="add1", unit=5).share == 10


def test_equal_options_are_reported_until_a_lot() -> None:
    said, costs = papers("3: 1 2", "3: 3"), {1: 30, 2: 30, 3: 30}
    found = equal_shares(said, costs, 60)
    assert (found.chosen, found.tied, found.outcomes) == ((3,), ((1, 2),), ((1, 3), (2, 3)))
    assert (found.spent, found.left) == (30, 30)
    assert {step.option: step.why for step in found.steps} == {
        1: Why.TIED, 2: Why.TIED, 3: Why.CHOSEN,
    }  # fmt: skip
    drawn = equal_shares(said, costs, 60, lot=[3, 2, 1])
    assert (drawn.chosen, drawn.tied, drawn.left) == ((2, 3), (), 0)
    assert equal_shares(said, costs, 60, lot=[3]).tied == ((1, 2),)


def test_a_tie_that_changes_nothing_is_none() -> None:
    found = equal_shares(papers("2: 1 2", "2: 2 3"), {1: 10, 2: 20, 3: 10}, 40, utility="unit")
    assert (found.chosen, found.tied) == ((1, 2, 3), ())


def test_what_goes_with_a_tied_option_is_tied_with_it() -> None:
    """With 1 bought nobody can pay for 3; with 2 bought its voter still can."""
    said = papers("1: 1 2", "1: 1 3", "1: 2")
    found = equal_shares(said, {1: 10, 2: 10, 3: 4}, 15, completion="none")
    assert found.outcomes == ((1,), (2, 3))
    assert (found.chosen, found.tied) == ((), ((1, 2, 3),))


@pytest.mark.parametrize("utility", ["cost", "unit"])
@pytest.mark.parametrize("completion", ["none", "percent", "add1"])
def test_five_voters_who_want_all_of_thirty_alike_end_at_once(
    utility: Utility, completion: Completion
) -> None:
    options = range(1, 31)
    began = process_time()
    found = equal_shares(
        Counter({frozenset(options): 5}),
        dict.fromkeys(options, 1000),
        7000,
        utility=utility,
        completion=completion,
    )
    assert (found.chosen, found.tied, found.outcomes) == ((), (tuple(options),), ())
    assert process_time() - began < 1


def test_too_many_ways_are_all_tied_and_a_lot_decides_them() -> None:
    options = range(1, 31)
    said = Counter({frozenset(options): 5})
    costs = {option: 1000 + option for option in options}
    began = process_time()
    found = equal_shares(said, costs, 3100)
    assert process_time() - began < 5
    assert (found.chosen, found.tied) == ((), (tuple(options),))
    drawn = equal_shares(said, costs, 7100, lot=list(reversed(options)))
    assert (drawn.chosen, drawn.tied) == ((25, 26, 27, 28, 29, 30), ())


def test_points_are_what_an_option_is_worth() -> None:
    said = Counter(
        {
            frozenset([(1, Fraction(3)), (2, Fraction(1, 2))]): 2,
            frozenset([(2, Fraction(5))]): 1,
            frozenset([(3, Fraction(-1))]): 1,
        }
    )
    found = equal_shares(said, {1: 8, 2: 11, 3: 1}, 20, utility="unit", completion="none")
    assert found.chosen == (1,)
    assert [(s.option, s.supporters, s.why) for s in found.steps] == [
        (1, 6, Why.CHOSEN), (2, 6, Why.UNAFFORDABLE), (3, 0, Why.UNSUPPORTED),
    ]  # fmt: skip


def test_what_costs_nothing_is_bought_where_somebody_wants_it() -> None:
    for utility in ("cost", "unit"):
        found = equal_shares(papers("1: 1"), {1: 0, 2: 0}, 0, utility=utility)
        assert (found.chosen, found.spent) == ((1,), 0)
    assert equal_shares(papers("1: 1", "1: 2"), {1: 0, 2: 0}, 0).chosen == (1, 2)


def test_nobody_and_nothing_choose_nothing() -> None:
    for said in (papers(), papers("3:")):
        found = equal_shares(said, {1: 5}, 10)
        assert (found.chosen, found.tied, found.left) == ((), (), 10)


def test_a_vote_for_what_is_no_option_and_an_amount_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="option 9 is voted for, and is none of the options"):
        equal_shares(papers("1: 9"), {1: 5}, 10)
    with pytest.raises(ValueError, match="below zero"):
        equal_shares(papers("1: 1"), {1: -5}, 10)


@given(votes, utilities, completions, st.permutations(OPTIONS))
def test_order_and_names_change_nothing(
    vote: Vote, utility: Utility, completion: Completion, order: list[int]
) -> None:
    to = dict(zip(OPTIONS, order, strict=True))
    other = vote.renamed(to)
    found = equal_shares(
        vote.papers, vote.costs, vote.budget, utility=utility, completion=completion
    )
    again = equal_shares(
        other.papers, other.costs, other.budget, utility=utility, completion=completion
    )
    assert again.chosen == renamed(found.chosen, to)
    assert again.tied == tuple(sorted(renamed(group, to) for group in found.tied))
    assert again.outcomes == tuple(sorted(renamed(outcome, to) for outcome in found.outcomes))
    assert (again.spent, again.left, again.share) == (found.spent, found.left, found.share)


@given(votes, utilities, completions)
def test_the_budget_is_never_overspent_and_all_outcomes_agree_on_the_chosen(
    vote: Vote, utility: Utility, completion: Completion
) -> None:
    found = equal_shares(
        vote.papers, vote.costs, vote.budget, utility=utility, completion=completion
    )
    assert found.outcomes
    for outcome in found.outcomes:
        assert sum(vote.costs[option] for option in outcome) <= vote.budget
        assert set(found.chosen) <= set(outcome) <= {*found.chosen, *sum(found.tied, ())}
    assert found.spent + found.left == vote.budget
    assert bool(found.tied) == (len(found.outcomes) > 1)


@settings(max_examples=40)
@given(votes, utilities)
def test_lots_decide_exactly_what_is_tied(vote: Vote, utility: Utility) -> None:
    found = equal_shares(vote.papers, vote.costs, vote.budget, utility=utility, completion="none")
    drawn = {plain(as_points(vote, utility), vote, lot, None) for lot in permutations(OPTIONS)}
    assert drawn == set(found.outcomes)


@given(votes, utilities, completions, lots)
def test_a_lot_decides_as_the_definition_does(
    vote: Vote, utility: Utility, completion: Completion, lot: list[int]
) -> None:
    case = {"utility": utility, "completion": completion}
    found = equal_shares(vote.papers, vote.costs, vote.budget, **case)  # type: ignore[arg-type]
    by_lot = equal_shares(vote.papers, vote.costs, vote.budget, lot=lot, **case)  # type: ignore[arg-type]
    assert by_lot.tied == ()
    assert by_lot.chosen in found.outcomes
    assert by_lot.chosen == plain(as_points(vote, utility), vote, lot, RAISES[completion])


worths = st.dictionaries(st.sampled_from(OPTIONS), st.sampled_from([1, 2, 3, Fraction(1, 2)]))


@given(st.lists(worths, min_size=1, max_size=6), costs, st.integers(0, 16), completions, lots)
def test_points_decide_as_the_definition_does(
    said: list[dict[int, Fraction]],
    prices: dict[int, int],
    budget: int,
    completion: Completion,
    lot: list[int],
) -> None:
    votes = Counter(
        frozenset((option, Fraction(worth)) for option, worth in one.items()) for one in said
    )
    found = equal_shares(votes, prices, budget, utility="unit", completion=completion, lot=lot)
    expected = plain(said, Vote(Counter(), prices, budget), lot, RAISES[completion])
    assert found.chosen == expected


def as_points(vote: Vote, utility: Utility) -> list[dict[int, Fraction]]:
    """What each voter's options are worth, one voter after another."""
    return [
        {option: Fraction(vote.costs[option] if utility == "cost" else 1) for option in said}
        for said in vote.papers.elements()
    ]


RAISES: dict[str, Callable[[Fraction, Fraction], Fraction] | None] = {
    "none": None,
    "percent": lambda first, share: share + first / 100,
    "add1": lambda _first, share: Fraction(share // 1 + 1),
}


def plain(
    voters: list[dict[int, Fraction]],
    vote: Vote,
    lot: Sequence[int],
    raised: Callable[[Fraction, Fraction], Fraction] | None,
) -> tuple[int, ...]:
    """The method voter by voter, as it is defined, with the lot's order among equals."""
    share = first = Fraction(vote.budget, len(voters))
    chosen = bought(voters, vote.costs, share, lot)
    wanted = {option for voter in voters for option in voter}
    while raised is not None:
        left = vote.budget - sum(vote.costs[option] for option in chosen)
        if all(vote.costs[option] > left for option in wanted - chosen):
            break
        share = raised(first, share)
        more = bought(voters, vote.costs, share, lot)
        if sum(vote.costs[option] for option in more) > vote.budget:
            break
        chosen = more
    return tuple(sorted(chosen))


def bought(
    voters: list[dict[int, Fraction]], costs: Mapping[int, int], share: Fraction, lot: Sequence[int]
) -> set[int]:
    money = [share] * len(voters)
    chosen: set[int] = set()
    while True:
        prices = {}
        for option in set(costs) - chosen:
            able = [(money[n], voter[option]) for n, voter in enumerate(voters) if option in voter]
            price = least_price(costs[option], able)
            if price is not None:
                prices[option] = price
        if not prices:
            return chosen
        first = min(prices, key=lambda option: (prices[option], lot.index(option)))
        chosen.add(first)
        for n, voter in enumerate(voters):
            if first in voter:
                money[n] -= min(money[n], prices[first] * voter[first])


def least_price(cost: int, able: list[tuple[Fraction, Fraction]]) -> Fraction | None:
    """Who has least money for what it is worth gives all, until the rest can pay alike."""
    rest, worth = Fraction(cost), sum(utility for _money, utility in able)
    if not able or sum(money for money, _utility in able) < cost:
        return None
    for money, utility in sorted(able, key=lambda one: one[0] / one[1]):
        if rest / worth * utility <= money:
            break
        rest -= money
        worth -= utility
    return rest / worth


@given(votes, st.integers(1, 5))
def test_a_group_that_agrees_is_served(vote: Vote, places: int) -> None:
    """Extended justified representation: of voters who are n / places and agree on j options,
    one has at least j of the chosen (Peters and others 2021, for unit costs)."""
    found = equal_shares(
        vote.papers, dict.fromkeys(OPTIONS, 1), places, utility="unit", completion="none"
    )
    voters = [said for said, n in vote.papers.items() for _voter in range(n)]
    for size in range(1, places + 1):
        for agreed in combinations(OPTIONS, size):
            group = [said for said in voters if said.issuperset(agreed)]
            for outcome in found.outcomes:
                unserved = sum(1 for said in group if len(said & set(outcome)) < size)
                assert unserved * places < size * len(voters)


@given(votes, utilities, st.fractions(0, 6, max_denominator=5))
def test_shares_that_are_left_out_would_buy_the_same(
    vote: Vote, utility: Utility, share: Fraction
) -> None:
    purse = purse_of(vote.papers, vote.costs, utility, ())
    until = ladder.holds_below(purse, share)
    now, _ways = bought_with(purse, share)
    for part in (Fraction(1, 9), Fraction(1, 2), Fraction(999_999, 1_000_000)):
        between = share + part * ((until if until is not None else share + 40) - share)
        assert bought_with(purse, between)[0] == now


def test_the_climb_passes_many_shares_at_once() -> None:
    """From 40,000 to 3,000,000 by one, in a few counts."""
    said = papers("299: 1", "1: 2")
    began = process_time()
    found = equal_shares(said, {1: 9_000_000, 2: 3_000_000}, 12_000_000, completion="add1")
    assert process_time() - began < 1
    assert (found.chosen, found.share) == ((1, 2), 3_000_000)


def test_a_count_holds_up_to_where_the_next_can_be_paid() -> None:
    purse = purse_of(papers("6: 1", "3: 2", "1: 3"), {1: 50, 2: 40, 3: 30}, "cost", ())
    assert ladder.holds_below(purse, Fraction(10)) == Fraction(40, 3)
    assert ladder.holds_below(purse, Fraction(40, 3)) == 30
    assert ladder.holds_below(purse, Fraction(30)) is None


def test_a_count_holds_up_to_where_another_comes_first() -> None:
    """One voter is too poor for 1, whose price falls as the share rises; 2 stays at 7/2."""
    said = Counter(
        {
            frozenset([(1, Fraction(3))]): 1,
            frozenset([(1, Fraction(1)), (2, Fraction(1))]): 1,
            frozenset([(2, Fraction(1))]): 1,
        }
    )
    purse = purse_of(said, {1: 10, 2: 7}, "unit", ())
    assert ladder.holds_below(purse, Fraction(6)) == Fraction(13, 2)
    assert ladder.holds_below(purse, Fraction(13, 2)) == Fraction(13, 2)  # they are equal
    assert ladder.holds_below(purse, Fraction(7)) == Fraction(15, 2)  # from here nobody is poor
