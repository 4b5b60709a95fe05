"""Counting an assembly's ballots and saying what came of it; exact, no database, no clock.

A rule takes the options on the paper and the ballots, and gives an `Outcome`. Nothing here looks
at the order of ballots or options but to print: a tie is reported, never broken.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

MOST_PLACES = 5  # products that one assembly may seek at once
MOST_OPTIONS = 6  # a paper with more of them is read by nobody, and nearly signs itself


class Verdict(Enum):
    """What a count came to."""

    CHOSEN = "chosen"  # one option has more than half of the valid ballots
    RUNOFF = "runoff"  # not decided yet; the leaders go to a second round
    TIE = "tie"  # the count is equal: more than two go to the runoff, or a lot ends it after one
    NONE = "none"  # the village is willing to make none of them


@dataclass(frozen=True, slots=True)
class Tally:
    """Approvals by option; `valid` counts the papers that say something, "none" among them."""

    approvals: tuple[tuple[int, int], ...]
    valid: int
    none: int
    spoiled: int

    @property
    def used(self) -> int:
        return self.valid + self.spoiled


@dataclass(frozen=True, slots=True)
class Outcome:
    """`leaders`: the chosen one, those who go to the runoff, or those between whom it is equal."""

    verdict: Verdict
    leaders: tuple[int, ...]


Ballot = Collection[int] | None
"""The options that one paper approves (none of them: empty), or None for a spoiled paper."""


def count_approvals(
    options: Collection[int], piles: Iterable[tuple[Collection[int], int]], spoiled: int = 0
) -> Tally:
    """Adds up piles of alike papers. ValueError for an option that was not on the paper."""
    approvals = dict.fromkeys(sorted(options), 0)
    valid = none = 0
    for marks, papers in piles:
        valid += papers
        none += 0 if marks else papers
        for option in marks:
            if option not in approvals:
                raise ValueError(f"option {option} is not on this paper")
            approvals[option] += papers
    return Tally(approvals=tuple(approvals.items()), valid=valid, none=none, spoiled=spoiled)


def is_majority(count: int, valid: int) -> bool:
    """More than half: of 7 it is 4, of 8 it is 5."""
    return 2 * count > valid


def approval_outcome(tally: Tally, *, final: bool) -> Outcome:
    """Approval voting; where nothing has more than half of the valid ballots, a runoff of two.

    `final` is the runoff itself. There, an option without a majority is not chosen, and two that
    are equal at half or more are a tie for the public lot.
    """
    best = max((count for _option, count in tally.approvals), default=0)
    if best == 0 or is_majority(tally.none, tally.valid):
        return Outcome(Verdict.NONE, ())
    leaders = tuple(option for option, count in tally.approvals if count == best)
    if len(leaders) == 1 and is_majority(best, tally.valid):
        return Outcome(Verdict.CHOSEN, leaders)
    if not final:
        return _to_the_runoff(tally, best, leaders)
    if len(leaders) > 1 and 2 * best >= tally.valid:
        return Outcome(Verdict.TIE, leaders)
    return Outcome(Verdict.NONE, ())


def _to_the_runoff(tally: Tally, best: int, leaders: tuple[int, ...]) -> Outcome:
    """The two leaders; more where they are equal, since no order may break that; one that stands
    alone against "none" where nobody wanted another."""
    if len(leaders) == 1:
        second = max((count for _option, count in tally.approvals if count < best), default=0)
        if second:
            leaders += tuple(option for option, count in tally.approvals if count == second)
    verdict = Verdict.RUNOFF if len(leaders) <= 2 else Verdict.TIE
    return Outcome(verdict, tuple(sorted(leaders)))


Rule = Callable[..., Outcome]
RULES: Mapping[str, Rule] = {"approval": approval_outcome}
