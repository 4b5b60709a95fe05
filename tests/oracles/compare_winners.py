"""One winner: our counts against pref_voting's, on random profiles with many ties."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from pref_voting.grade_methods import approval
from pref_voting.grade_profiles import GradeProfile
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.voting_methods import beat_path, condorcet, instant_runoff_put, plurality

from ayil.decisions.rules import irv as ours_irv
from ayil.decisions.rules import most_approved as ours_approval
from ayil.decisions.rules import ranked as ours
from ayil.decisions.rules.count import Count
from tests.oracles.profiles import OPTIONS, Papers, Ranking, orders, papers, weak


def best(count: Count[int]) -> list[int]:
    """Whom we choose, or between whom we say that only a lot decides."""
    assert not (count.chosen and count.tied)
    return sorted(count.chosen or count.tied)


def strict(profile: Counter[tuple[int, ...]]) -> tuple[Counter[Ranking], Profile]:
    """One profile, in our words and in theirs."""
    rankings = Counter(
        {tuple(frozenset([option]) for option in order): n for order, n in profile.items()}
    )
    return rankings, Profile([list(order) for order in profile], list(profile.values()))


def with_ties(profile: Counter[Ranking]) -> ProfileWithTies:
    """What a ballot does not name stands below all that it names."""
    theirs = ProfileWithTies(
        [{o: at for at, place in enumerate(order, 1) for o in place} for order in profile],
        list(profile.values()),
        candidates=list(OPTIONS),
    )
    theirs.use_extended_strict_preference()
    return theirs


@given(orders)
def test_plurality(profile: Counter[tuple[int, ...]]) -> None:
    rankings, theirs = strict(profile)
    assert best(ours.plurality(OPTIONS, rankings)) == plurality(theirs)


@given(orders)
def test_instant_runoff_with_every_order_of_equals(profile: Counter[tuple[int, ...]]) -> None:
    rankings, theirs = strict(profile)
    assert best(ours_irv.irv(OPTIONS, rankings)) == instant_runoff_put(theirs)


@given(orders)
def test_the_condorcet_winner(profile: Counter[tuple[int, ...]]) -> None:
    """Theirs gives all where there is none; ours says so, or which two are equal at the top."""
    rankings, theirs = strict(profile)
    count = ours.condorcet(OPTIONS, rankings)
    winner = theirs.condorcet_winner()
    assert list(count.chosen) == ([] if winner is None else [winner])
    assert condorcet(theirs) == (list(count.chosen) or list(OPTIONS))


@given(orders)
def test_schulze(profile: Counter[tuple[int, ...]]) -> None:
    rankings, theirs = strict(profile)
    assert best(ours.schulze(OPTIONS, rankings)) == beat_path(theirs)


@given(weak)
def test_schulze_of_weak_and_short_rankings(profile: Counter[Ranking]) -> None:
    """By winning votes, and of as many the one with fewer against it, as Schulze wrote them.

    Compared as whole numbers that sort so. A count that hears nothing names nobody.
    """
    count = ours.schulze(OPTIONS, profile)
    theirs = with_ties(profile)
    base = sum(profile.values()) + 1

    def strength(a: int, b: int) -> int:
        if theirs.margin(a, b) <= 0:
            return 0
        return theirs.support(a, b) * base + base - theirs.support(b, a)

    if best(count):
        assert best(count) == beat_path(theirs, strength_function=strength)
    else:
        assert all(theirs.support(a, b) == 0 for a in OPTIONS for b in OPTIONS)


@given(weak)
def test_the_condorcet_winner_of_weak_and_short_rankings(profile: Counter[Ranking]) -> None:
    winner = with_ties(profile).condorcet_winner()
    assert list(ours.condorcet(OPTIONS, profile).chosen) == ([] if winner is None else [winner])


@given(papers)
def test_approval(said: Papers) -> None:
    theirs = GradeProfile(
        [{o: int(o in paper) for o in OPTIONS} for paper in said],
        [0, 1],
        gcounts=list(said.values()),
        candidates=list(OPTIONS),
    )
    count = ours_approval.most_approved(OPTIONS, said)
    if any(said.keys()):
        assert best(count) == approval(theirs)
    else:
        assert best(count) == []
