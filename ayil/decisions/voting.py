"""Reads over the vote: what stands on the paper, how far a round is, where two counts differ."""

from dataclasses import dataclass, field

from ayil.decisions.models import Assembly, CountSheet, HandCount, PollTally, Rule
from ayil.decisions.rules import MOST_OPTIONS, Verdict


@dataclass(frozen=True)
class PaperNow:
    """What would stand on the first round's paper; no `numbers` where it cannot be printed yet.

    `is_too_long`: more stand than fit, and hands shorten the list; `tied`: they were equal at the
    cut, and hands are raised again between them.
    """

    numbers: list[int]
    tied: list[int] = field(default_factory=list)
    is_too_long: bool = False


def standing_numbers(assembly: Assembly) -> list[int]:
    """The proposals that were not withdrawn."""
    standing = assembly.proposals.filter(withdrawal__isnull=True).order_by("number")
    return list(standing.values_list("number", flat=True))


def paper_now(assembly: Assembly) -> PaperNow:
    """All that stand where these fit; else what the last show of hands kept of them."""
    standing = standing_numbers(assembly)
    if len(standing) <= MOST_OPTIONS:
        return PaperNow(standing)
    last = HandCount.objects.filter(assembly=assembly).order_by("pk").last()
    if last is None:
        return PaperNow([], is_too_long=True)
    kept = [number for number in last.kept if number in standing]
    return PaperNow(kept, [number for number in last.tied if number in standing], is_too_long=True)


def hands_asked(assembly: Assembly, *, anew: bool = False) -> tuple[list[int], list[int]]:
    """For which proposals hands are raised next, and which are kept already."""
    standing = standing_numbers(assembly)
    if len(standing) <= MOST_OPTIONS:
        return [], standing
    now = paper_now(assembly)
    if anew or not now.tied:
        return standing, []
    return now.tied, now.numbers


def needs_runoff(tally: PollTally) -> bool:
    """The first round of an approval vote that chose nothing: the leaders are voted on again."""
    sent_on = {Verdict.RUNOFF.value, Verdict.TIE.value}
    rule = tally.poll.assembly.rule
    return rule == Rule.APPROVAL and tally.poll.round == 1 and tally.verdict in sent_on


def needs_lot(tally: PollTally) -> bool:
    """Equal, and no runoff may break it: a public lot does."""
    is_equal = tally.verdict == Verdict.TIE.value and not needs_runoff(tally)
    return is_equal and not hasattr(tally, "lot")


def where_they_differ(first: CountSheet, second: CountSheet) -> list[list[int]]:
    """The piles of which the two sheets say different numbers; never the numbers themselves."""
    said = [{tuple(marks): papers for marks, papers in sheet.piles} for sheet in (first, second)]
    every = sorted(set(said[0]) | set(said[1]))
    return [list(marks) for marks in every if said[0].get(marks) != said[1].get(marks)]
