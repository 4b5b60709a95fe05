"""Reads over the vote: what stands on the paper, how far a round is, where two counts differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ayil.decisions.models import (
    Assembly,
    CountSheet,
    HandCount,
    Part,
    Poll,
    PollClosing,
    PollTally,
    Proposal,
    Rule,
)
from ayil.decisions.paper_sum import pieces_of, sum_picture
from ayil.decisions.queries import counted_of, counting_now, have_differed, sheets_of, tally_of
from ayil.decisions.rules import MOST_OPTIONS, Verdict, drawn_between
from ayil.members.identities import identities_of
from ayil.members.models import Party


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


@dataclass(frozen=True)
class RoundNow:
    """How far one round is; nothing of it says what is on a paper before the count is certified.

    `sheets` are those that hold in the counting that is open now, none once it is certified;
    `tally` is the last certified one, which a recount may be about to replace.
    """

    poll: Poll
    closing: PollClosing | None
    counting: int
    sheets: Sequence[CountSheet]
    tally: PollTally | None

    @property
    def is_open(self) -> bool:
        return self.closing is None

    @property
    def is_counting(self) -> bool:
        """The box is closed and its papers are to be counted, for the first time or again."""
        return self.closing is not None and not self.is_counted

    @property
    def is_counted(self) -> bool:
        return self.tally is not None and self.tally.counting == self.counting

    @property
    def is_recount(self) -> bool:
        return self.counting > 1

    @property
    def differs(self) -> bool:
        return have_differed(list(self.sheets))

    @property
    def agrees(self) -> bool:
        return len(self.sheets) == COUNTERS and not self.differs

    def is_in(self, counter: Party) -> bool:
        """Whether this counter's sheet of the open counting is there."""
        return any(sheet.counter_id == counter.pk for sheet in self.sheets)


COUNTERS = 2


def rounds_of(assembly: Assembly) -> list[RoundNow]:
    """The rounds in their order."""
    polls = Poll.objects.filter(assembly=assembly).select_related(
        "assembly__village", "closing", "quorum"
    )
    return [_round_now(poll) for poll in polls.order_by("round")]


def _round_now(poll: Poll) -> RoundNow:
    counting, tally = counting_now(poll), tally_of(poll)
    is_counted = tally is not None and tally.counting == counting
    return RoundNow(
        poll=poll,
        closing=getattr(poll, "closing", None),
        counting=counting,
        sheets=[] if is_counted else sheets_of(poll, counting),
        tally=tally,
    )


def round_to_count(assembly: Assembly) -> RoundNow | None:
    """The first round whose closed box waits for its count."""
    return next((one for one in rounds_of(assembly) if one.is_counting), None)


def counters_of(assembly: Assembly) -> list[Party]:
    offices = assembly.offices.filter(part=Part.COUNTER).select_related("person")
    return [office.person for office in offices]


def counters_typed_by(person: Party, assembly: Assembly) -> tuple[list[Party], bool]:
    """Whose sheets this person may type, and whether that is their own: a counter's own alone."""
    counters, own = counters_of(assembly), identities_of(person)
    theirs = [counter for counter in counters if counter.pk in own]
    return (theirs, True) if theirs else (counters, False)


@dataclass(frozen=True)
class Bar:
    """One option of a certified count: `ballots` approve it (in a ranking: place it at all)."""

    proposal: Proposal
    ballots: int
    is_leader: bool


@dataclass(frozen=True)
class Pair:
    """Of two, how many papers of a ranking put `one` before the `other`, and how many after."""

    one: Proposal
    other: Proposal
    papers: int
    against: int

    @property
    def sign(self) -> str:
        return "=" if self.papers == self.against else "›"


@dataclass(frozen=True)
class Result:
    """A certified count as a page tells it."""

    tally: PollTally
    closing: PollClosing
    bars: Sequence[Bar]
    chosen: Sequence[Proposal]
    tied: Sequence[Proposal]
    beside: Sequence[Proposal]
    beside_tied: Sequence[Proposal]
    lot: Sequence[Proposal]
    pairs: Sequence[Pair]
    needs_runoff: bool
    needs_lot: bool

    @property
    def majority(self) -> int:
        return self.tally.valid // 2 + 1

    @property
    def spent(self) -> int | None:
        return sum(p.start_cost_minor or 0 for p in self.chosen) or self.tally.beside.get("spent")

    @property
    def left(self) -> int | None:
        """What the chosen projects leave of the budget; it returns to the fund."""
        budget = self.tally.poll.assembly.budget_minor
        return None if budget is None else budget - (self.spent or 0)

    @property
    def papers(self) -> dict[str, Any]:
        """The sum of all papers, with its picture."""
        pieces = pieces_of(self.closing, self.tally)
        return {
            "pieces": pieces, "picture": sum_picture(pieces), "issued": self.closing.issued,
        }  # fmt: skip

    @property
    def seal(self) -> str:
        return bytes(self.tally.sha256).hex()


def result_of(tally: PollTally) -> Result:
    """What a certified count came to, the lot after it taken in."""
    assembly, beside = tally.poll.assembly, tally.beside
    named = {proposal.number: proposal for proposal in assembly.proposals.all()}
    counted = counted_of(tally)
    other = "greedy" if assembly.rule == Rule.BUDGET else "pav"
    is_tied = tally.verdict == Verdict.TIE.value
    tied = drawn_between(tally.leaders, beside) if is_tied else []
    lot = getattr(tally, "lot", None)
    bars = [Bar(named[n], papers, n in counted.leaders) for n, papers in tally.approvals]
    return Result(
        tally=tally,
        closing=tally.poll.closing,
        bars=sorted(bars, key=lambda bar: (-bar.ballots, bar.proposal.number)),
        chosen=[named[n] for n in counted.leaders] if counted.verdict == Verdict.CHOSEN else [],
        tied=[named[number] for number in tied],
        beside=[named[number] for number in beside.get(other, [])],
        beside_tied=[named[n] for group in beside.get(f"{other}_tied", []) for n in group],
        lot=[named[number] for number in lot.order] if lot else [],
        pairs=_pairs(beside.get("pairs", []), named),
        needs_runoff=needs_runoff(tally),
        needs_lot=needs_lot(tally),
    )


def _pairs(said: Sequence[Sequence[int]], named: Mapping[int, Proposal]) -> list[Pair]:
    """Each two once, with the one first whom more papers prefer."""
    papers = {(one, other): count for one, other, count in said}
    return [
        Pair(named[one], named[other], count, papers.get((other, one), 0))
        for (one, other), count in papers.items()
        if (count, -one) > (papers.get((other, one), 0), -other)
    ]
