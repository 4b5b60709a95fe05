"""What an assembly asked is counted from piles: blind to their order, and a tie is for the lot."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ayil.decisions.rules import (
    MOST_OPTIONS,
    Counted,
    Piles,
    Question,
    Verdict,
    count,
    drawn_between,
    piles_of,
    published,
    shortlist,
)

OPTIONS = (1, 2, 3, 4)
COSTS = {1: 300, 2: 200, 3: 200, 4: 500}
QUESTIONS = [
    Question("approval", OPTIONS),
    Question("approval", (1, 2), final=True),
    Question("schulze", OPTIONS),
    Question("shares", OPTIONS, places=2),
    Question("budget", OPTIONS, budget=700, costs=COSTS),
    Question("budget", OPTIONS, budget=200, costs={1: 150, 2: 60, 3: 60, 4: 100}),
]
SHARES, BUDGET, SCHULZE = QUESTIONS[3], QUESTIONS[4], QUESTIONS[2]


def counted(
    question: Question, papers: Sequence[Sequence[int]], lot: Sequence[int] = ()
) -> Counted:
    piles, _spoiled = piles_of(papers, ranked=question.rule == "schulze")
    return count(question, piles, lot)


def papers_for(question: Question) -> st.SearchStrategy[list[list[int]]]:
    paper = st.lists(st.sampled_from(question.options), unique=True)
    return st.lists(paper, max_size=14)


cases = st.sampled_from(QUESTIONS).flatmap(lambda q: st.tuples(st.just(q), papers_for(q)))


def test_a_majority_of_seven_is_four() -> None:
    assert counted(QUESTIONS[0], [[1]] * 4 + [[2]] * 3).verdict == Verdict.CHOSEN
    assert counted(QUESTIONS[0], [[1]] * 3 + [[2]] * 3 + [[]]).verdict == Verdict.RUNOFF


def test_several_products_serve_those_who_are_fewer_too() -> None:
    """Six would make 1 and 2, four would make 3: by votes alone the four would get nothing."""
    found = counted(SHARES, [[1, 2]] * 6 + [[3]] * 4)
    assert (found.verdict, found.leaders) == (Verdict.TIE, (1, 2))
    assert found.beside["certain"] == [3]
    assert found.beside["lot"] == [1, 2, 3]
    drawn = counted(SHARES, [[1, 2]] * 6 + [[3]] * 4, lot=[2, 3, 1])
    assert (drawn.verdict, drawn.leaders) == (Verdict.CHOSEN, (2, 3))
    assert (drawn.beside["spent"], drawn.beside["left"]) == (2, 0)
    assert found.beside["pav"] == [3]
    assert found.beside["pav_tied"] == [[1, 2]]


def test_a_budget_is_never_overspent_and_greedy_stands_beside() -> None:
    """Raising the shares until 4 is paid too would cost 900 of 700: it stops before that."""
    found = counted(BUDGET, [[4]] * 6 + [[2]] * 4 + [[3]] * 3)
    assert (found.verdict, found.leaders) == (Verdict.CHOSEN, (2, 3))
    assert found.beside == {"spent": 400, "left": 300, "greedy": [2, 4]}


def test_what_nobody_approves_is_not_chosen_though_the_money_would_do() -> None:
    found = counted(BUDGET, [[2]] * 3 + [[]] * 3)
    assert (found.leaders, found.beside["left"]) == ((2,), 500)
    assert counted(BUDGET, []).verdict == Verdict.NONE


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.rule)
def test_none_of_them_on_more_than_half_is_the_answer_under_every_rule(question: Question) -> None:
    assert counted(question, [[1]] * 3 + [[]] * 4).verdict == Verdict.NONE
    assert counted(question, [[1]] * 4 + [[]] * 3).verdict == Verdict.CHOSEN


def test_a_ranking_compares_two_by_two() -> None:
    """Most put 1 first, and most prefer 2 to 1 and to every other."""
    papers = [[1, 2, 3]] * 4 + [[2, 3, 1]] * 3 + [[3, 2, 1]] * 2
    found = counted(SCHULZE, papers)
    assert (found.verdict, found.leaders) == (Verdict.CHOSEN, (2,))
    assert [2, 1, 5] in found.beside["pairs"]
    assert dict(found.approvals) == {1: 9, 2: 9, 3: 9, 4: 0}
    circle = [[1, 2, 3]] * 2 + [[2, 3, 1]] * 2 + [[3, 1, 2]] * 2
    assert counted(SCHULZE, circle).leaders == (1, 2, 3)
    assert counted(SCHULZE, circle, lot=[3, 1, 2]).leaders == (3,)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.rule)
def test_a_mark_that_was_not_on_the_paper_is_refused(question: Question) -> None:
    with pytest.raises(ValueError, match="9 is not on this paper"):
        counted(question, [[9]])


@settings(max_examples=150, deadline=None)
@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_papers_and_piles_changes_nothing(
    case: tuple[Question, list[list[int]]], random: object
) -> None:
    question, papers = case
    piles, _spoiled = piles_of(papers, ranked=question.rule == "schulze")
    shuffled = list(piles)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    single: Piles = tuple((marks, 1) for marks, papers in shuffled for _paper in range(papers))
    assert count(question, piles) == count(question, tuple(shuffled)) == count(question, single)


@settings(max_examples=150, deadline=None)
@given(cases, st.permutations(OPTIONS))
def test_the_numbers_of_proposals_change_nothing(
    case: tuple[Question, list[list[int]]], renamed: list[int]
) -> None:
    question, papers = case
    to = dict(zip(OPTIONS, renamed, strict=True))
    other = Question(
        rule=question.rule,
        options=tuple(sorted(to[option] for option in question.options)),
        final=question.final,
        places=question.places,
        budget=question.budget,
        costs={to[option]: cost for option, cost in question.costs.items()},
    )
    first, second = counted(question, papers), counted(other, [[to[n] for n in p] for p in papers])
    assert second.verdict == first.verdict
    assert second.leaders == tuple(sorted(to[leader] for leader in first.leaders))
    assert sorted(second.beside.get("certain", [])) == sorted(
        to[option] for option in first.beside.get("certain", [])
    )


@settings(max_examples=150, deadline=None)
@given(cases, st.permutations(OPTIONS))
def test_the_lot_decides_what_is_equal_and_nothing_else(
    case: tuple[Question, list[list[int]]], drawn: list[int]
) -> None:
    question, papers = case
    before = counted(question, papers)
    between = drawn_between(before.leaders, before.beside)
    lot = [number for number in drawn if number in between]
    after = counted(question, papers, lot)
    if before.verdict == Verdict.TIE and (question.final or question.rule != "approval"):
        # Shares may buy nothing at all before they would overspend.
        assert after.verdict == (Verdict.CHOSEN if after.leaders else Verdict.NONE)
        certain = set(before.beside.get("certain", []))
        assert certain <= set(after.leaders) <= certain | set(before.leaders)
    else:
        assert after == before


@pytest.mark.parametrize(
    ("costs", "budget", "papers"),
    [
        ((150, 60, 60, 100), 200,
         [[]] * 2 + [[1]] + [[1, 2, 4]] * 2 + [[1, 3, 4]] * 2 + [[2]] + [[2, 3, 4]]),
        ((50, 100, 50, 150, 100, 100), 100,
         [[1], [1, 3, 4], [2, 3], [2, 3], [2, 3, 6], [2, 5]]),
        ((150, 150, 150, 150, 50, 150), 200, [[], [1, 2, 5], [6]]),
    ],
)  # fmt: skip
def test_a_lot_is_drawn_between_all_who_may_be_paid_first(
    costs: Sequence[int], budget: int, papers: list[list[int]]
) -> None:
    """Only one of them depends on the lot, and which of the others is paid first decides it."""
    options = tuple(range(1, len(costs) + 1))
    question = Question(
        "budget", options, budget=budget, costs=dict(zip(options, costs, strict=True))
    )
    found = counted(question, papers)
    assert found.verdict == Verdict.TIE
    assert len(found.leaders) == 1
    outcomes = set()
    for order in permutations(drawn_between(found.leaders, found.beside)):
        decided = counted(question, papers, lot=list(order))
        assert decided.verdict == Verdict.CHOSEN
        assert sum(question.costs[option] for option in decided.leaders) <= budget
        outcomes.add(decided.leaders)
    assert outcomes == {
        tuple(found.beside["certain"]), tuple(sorted([*found.beside["certain"], *found.leaders])),
    }  # fmt: skip


def test_everything_is_kept_that_fits_on_the_paper() -> None:
    assert shortlist({1: 0, 2: 0, 3: 7}) == ((1, 2, 3), ())
    assert shortlist({}) == ((), ())


def test_those_who_are_equal_at_the_cut_are_raised_for_again() -> None:
    hands = {1: 9, 2: 8, 3: 7, 4: 6, 5: 5, 6: 4, 7: 4}
    assert shortlist(hands) == ((1, 2, 3, 4, 5), (6, 7))
    assert shortlist({**hands, 7: 3}) == ((1, 2, 3, 4, 5, 6), ())
    assert shortlist({**hands, 6: 5, 7: 5}) == ((1, 2, 3, 4), (5, 6, 7))
    assert shortlist(dict.fromkeys(range(1, 8), 3)) == ((), tuple(range(1, 8)))


@given(st.dictionaries(st.integers(1, 20), st.integers(0, 6), max_size=15))
def test_a_show_of_hands_keeps_no_one_before_an_equal(hands: dict[int, int]) -> None:
    kept, tied = shortlist(hands)
    assert len(kept) <= MOST_OPTIONS
    out = set(hands) - set(kept)
    if len(hands) > MOST_OPTIONS:
        assert all(hands[inside] > hands[outside] for inside in kept for outside in out)
        assert len(kept) + len(tied) > MOST_OPTIONS or not tied
    assert len(kept) == MOST_OPTIONS or tied or len(hands) <= MOST_OPTIONS


def test_sets_are_published_only_where_three_said_each() -> None:
    assert published((((1,), 3), ((), 3))) == (((), 3), ((1,), 3))
    assert published((((1,), 30), ((1, 2), 2))) is None
    assert published((((1,), 30), ((), 1))) is None
    assert published((((1,), 3), ((2,), 0))) == (((1,), 3),)
    assert published(()) == ()
