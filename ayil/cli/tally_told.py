"""What `tally` prints: figures for programs, and the same in words and tables for people."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ayil.decisions.rules.approval import Tally, approval_outcome, is_majority
from ayil.decisions.rules.count import Count, Round
from ayil.decisions.rules.profile import BallotFile, in_natural_order

RULE_NAMES = {
    "approval": "approval",
    "plurality": "plurality",
    "irv": "instant runoff",
    "condorcet": "Condorcet's rule",
    "schulze": "Schulze's rule",
}
MOST_IN_A_TABLE = 12  # options in a table of pairs; more are for --json
WIDEST = 60


def head_of(path: str, file: BallotFile, rule: str, ballots: int) -> dict[str, Any]:
    """What stands at the head of every result."""
    return {
        "file": path,
        "title": file.title,
        "rule": rule,
        "ballots": ballots,
        "options": dict(file.names),
    }


def count_figures(file: BallotFile, count: Count[str]) -> dict[str, Any]:
    """The figures of a count. `tie` lists those among whom only a lot decides."""
    figures: dict[str, Any] = {
        "verdict": count.verdict.value,
        "winners": list(count.chosen),
        "winner_names": [file.names[option] for option in count.chosen],
        "tie": list(count.tied),
        "tie_names": [file.names[option] for option in count.tied],
        "tie_is_complete": count.is_complete,
        "silent": count.silent,
        "totals": dict(count.totals),
        "rounds": [_round_figures(one) for one in count.rounds],
    }
    for name, table in (("pairs", count.pairs), ("paths", count.paths)):
        if table:
            figures[name] = _nested(table)
    return figures


def _round_figures(one: Round[str]) -> dict[str, Any]:
    return {
        "totals": dict(one.totals),
        "exhausted": one.exhausted,
        "eliminated": list(one.eliminated),
        "tied": list(one.tied),
    }


def _nested(table: Mapping[tuple[str, str], Any]) -> dict[str, dict[str, Any]]:
    nested: dict[str, dict[str, Any]] = {}
    for (a, b), value in table.items():
        nested.setdefault(a, {})[b] = value
    return nested


def count_told(file: BallotFile, rule: str, count: Count[str]) -> list[str]:
    """The same for people."""
    size = f"{count.ballots:,} ballots, {len(file.names):,} options"
    lines = [f"{file.title}: {size}, by {RULE_NAMES[rule]}", "", *_verdict(file, count)]
    if count.rounds:
        for number, one in enumerate(count.rounds, 1):
            lines += ["", f"Round {number}", *_round_told(file, one)]
    elif count.totals:
        lines += ["", *_totals(file, count.totals)]
        if count.silent:
            lines.append(f"  {count.silent:,} ballots say nothing that this rule hears")
    if rule == "approval":
        lines += ["", *_by_an_assembly(file, count)]
    if count.pairs:
        lines += ["", *_pairs_told(file, count)]
    return lines


def _verdict(file: BallotFile, count: Count[str]) -> Iterator[str]:
    if count.chosen:
        word = "Chosen" if len(count.chosen) > 1 or count.tied else "Winner"
        yield f"{word}: {named(file, count.chosen)}"
    if count.tied:
        yield f"Tie: {named(file, count.tied)} are equal; only a lot can decide (--lot)"
    if not count.is_complete:
        yield "So many are equal that not every way was followed: some may have no chance"
    if not (count.chosen or count.tied):
        yield "Nobody is chosen"


def named(file: BallotFile, options: Iterable[str]) -> str:
    """Names with their numbers: two options may bear one name."""
    return ", ".join(_name(file, option) for option in options)


def _name(file: BallotFile, option: str) -> str:
    name = file.names[option]
    return f"{name} ({option})" if name != option else option


def _totals(file: BallotFile, totals: Sequence[tuple[str, int]]) -> Iterator[str]:
    names = {option: _name(file, option)[:WIDEST] for option, _count in totals}
    width = max(map(len, names.values()), default=0)
    for option, count in totals:
        yield f"  {names[option]:<{width}}  {count:>9,}"


def _round_told(file: BallotFile, one: Round[str]) -> Iterator[str]:
    yield from _totals(file, one.totals)
    if one.exhausted:
        yield f"  {one.exhausted:,} ballots name nobody who still stands, or two at once"
    if one.tied:
        yield f"  Equal for last: {named(file, one.tied)}"
        if one.eliminated:
            yield f"  By the lot, {named(file, one.eliminated)} leaves"
        else:
            yield "  Every order in which they may leave was followed"
    elif one.eliminated:
        word = "leaves" if len(one.eliminated) == 1 else "leave"
        yield f"  {named(file, one.eliminated)} {word}"


def _by_an_assembly(file: BallotFile, count: Count[str]) -> Iterator[str]:
    """What an assembly's own rule makes of it: more than half, or a runoff."""
    numbers = in_natural_order(file.names)
    totals = dict(count.totals)
    tally = Tally(
        approvals=tuple((at, totals[option]) for at, option in enumerate(numbers)),
        valid=count.ballots,
        none=count.silent,
        spoiled=0,
    )
    outcome = approval_outcome(tally, final=False)
    leaders = named(file, (numbers[at] for at in outcome.leaders))
    best = count.totals[0][1] if count.totals else 0
    if is_majority(best, count.ballots):
        yield f"More than half of the ballots: yes. An assembly's verdict: {outcome.verdict.value}"
    else:
        yield f"More than half of the ballots: no. An assembly's verdict: {outcome.verdict.value}"
    if leaders:
        yield f"  {leaders}"


def _pairs_told(file: BallotFile, count: Count[str]) -> Iterator[str]:
    ordered = in_natural_order(file.names)
    if len(ordered) > MOST_IN_A_TABLE:
        yield f"The table of {len(ordered):,} options in pairs is in --json"
        return
    yield "How many prefer the option of the line to that of the column"
    yield from _table(ordered, lambda a, b: f"{count.pairs[a, b]:,}")
    yield from ("", *(f"  {option}: {file.names[option]}" for option in ordered))
    if count.paths:
        yield ""
        yield "The weakest victory on the strongest path from the line to the column, for:against"
        strength = {pair: f"{a:,}:{b:,}" for pair, (a, b) in count.paths.items()}
        yield from _table(ordered, lambda a, b: strength.get((a, b), "none"))


def _table(ordered: Sequence[str], cell: Any) -> Iterator[str]:
    rows = [["", *ordered]]
    rows += [[a, *("·" if a == b else cell(a, b) for b in ordered)] for a in ordered]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(f"{word:>{width}}" for word, width in zip(row, widths, strict=True))
