"""Rankings counted: plurality, Condorcet, Schulze. Exact, and blind to order.

A ranking is a weak order; options that it leaves out stand below all that it names, equal among
themselves.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, TypeAlias

from ayil.decisions.rules.count import Count, checked, chosen_and_tied, most_first
from ayil.decisions.rules.irv import irv
from ayil.decisions.rules.profile import Approvals, Option, Rankings, in_natural_order

Pairs: TypeAlias = dict[tuple[Option, Option], int]


def plurality(
    options: Collection[Option], rankings: Rankings[Option], lot: Sequence[Option] = ()
) -> Count[Option]:
    """Who stands alone at the top of the most ballots. ValueError for a ranking that is none.

    A ballot that puts two at its top is silent: one vote cannot stand for two.
    """
    totals, silent = dict.fromkeys(options, 0), 0
    for ranking, ballots in checked(options, rankings):
        first = next(filter(None, ranking), frozenset[Option]())
        if len(first) == 1:
            totals[next(iter(first))] += ballots
        else:
            silent += ballots
    most = max(totals.values(), default=0)
    best = [option for option, count in totals.items() if count == most and most]
    chosen, tied = chosen_and_tied(best, lot)
    return Count(chosen, tied, rankings.total(), silent, most_first(totals))


def condorcet(
    options: Collection[Option], rankings: Rankings[Option], lot: Sequence[Option] = ()
) -> Count[Option]:
    """Who is preferred by more ballots to every other one; often nobody is.

    Several whom none beats, and who beat everyone but each other, are tied.
    """
    pairs = preferences(options, rankings)
    unbeaten = [
        a for a in options if all(pairs[a, b] >= pairs[b, a] for b in options if b != a)
    ]  # fmt: skip
    others = set(options) - set(unbeaten)
    best = (
        unbeaten
        if rankings and all(pairs[a, b] > pairs[b, a] for a in unbeaten for b in others)
        else []
    )
    chosen, tied = chosen_and_tied(best if _says_anything(rankings) else [], lot)
    return Count(chosen, tied, rankings.total(), _silent(rankings), pairs=pairs)


def schulze(
    options: Collection[Option], rankings: Rankings[Option], lot: Sequence[Option] = ()
) -> Count[Option]:
    """Markus Schulze's beat paths (Social Choice and Welfare 36, 2011), by winning votes.

    A victory is as strong as the ballots for it, and between equals the fewer against it; a path
    of victories is as strong as its weakest one. Whoever has to nobody a weaker path than that
    one has back, wins; they are tied if there are several.
    """
    pairs = preferences(options, rankings)
    ordered = in_natural_order(options)
    base = rankings.total() + 1
    strongest = _strongest_paths(
        [[_strength(pairs[a, b], pairs[b, a], base) if a != b else 0 for b in ordered]
         for a in ordered]
    )  # fmt: skip
    back = [list(column) for column in zip(*strongest, strict=True)]
    best = [a for a, to, fro in zip(ordered, strongest, back, strict=True)
            if all(x >= y for x, y in zip(to, fro, strict=True))]  # fmt: skip
    chosen, tied = chosen_and_tied(best if _says_anything(rankings) else [], lot)
    paths = {
        (a, b): (strength // base, base - 1 - strength % base)
        for a, row in zip(ordered, strongest, strict=True)
        for b, strength in zip(ordered, row, strict=True)
        if strength
    }
    return Count(
        chosen, tied, rankings.total(), _silent(rankings), pairs=pairs, paths=paths
    )  # fmt: skip


def _strength(wins: int, losses: int, base: int) -> int:
    """A victory as one number that sorts by votes for it, then by few against; 0 for none."""
    return wins * base + (base - 1 - losses) if wins > losses else 0


def _strongest_paths(strongest: list[list[int]]) -> list[list[int]]:
    """Floyd and Warshall's walk with the weakest link in place of the sum."""
    for via, through in enumerate(strongest):
        for start, row in enumerate(strongest):
            first = row[via]
            if first and start != via:
                strongest[start] = [
                    max(known, min(first, onward))
                    for known, onward in zip(row, through, strict=True)
                ]
        for start, row in enumerate(strongest):
            row[start] = 0
    return strongest


def preferences(options: Collection[Option], rankings: Rankings[Option]) -> Pairs[Option]:
    """For every (a, b): how many ballots prefer a to b. ValueError for a ranking that is none."""
    bits = {option: 1 << at for at, option in enumerate(options)}
    # What a ballot says of an option is who stands before it: thousands of rankings of a few
    # options share a few hundred such sets.
    before: dict[Option, defaultdict[int, int]] = {o: defaultdict(int) for o in options}
    named: defaultdict[int, int] = defaultdict(int)
    for ranking, ballots in checked(options, rankings):
        ahead = 0
        for place in ranking:
            for option in place:
                before[option][ahead] += ballots
            for option in place:
                ahead |= bits[option]
        named[ahead] += ballots
    for ahead, ballots in named.items():
        for option, bit in bits.items():
            if not ahead & bit:
                before[option][ahead] += ballots
    return {
        (a, b): sum(ballots for ahead, ballots in before[b].items() if ahead & bits[a])
        for a in options
        for b in options
        if a != b
    }


def _says_anything(rankings: Rankings[Option]) -> bool:
    return _silent(rankings) < rankings.total()


def _silent(rankings: Rankings[Option]) -> int:
    return sum(ballots for ranking, ballots in rankings.items() if not any(ranking))


def as_rankings(approvals: Approvals[Option]) -> Rankings[Option]:
    """Approvals as weak orders: what is approved stands above what is not."""
    return Counter({(approved,) if approved else (): n for approved, n in approvals.items()})


class RankedRule(Protocol):
    """A rule that takes rankings and has one place to give."""

    def __call__(
        self, options: Collection[Option], rankings: Rankings[Option], lot: Sequence[Option] = ()
    ) -> Count[Option]: ...


RANKED_RULES: Mapping[str, RankedRule] = {
    "plurality": plurality,
    "irv": irv,
    "condorcet": condorcet,
    "schulze": schulze,
}
