"""What `tally --json` prints."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from ayil.cli.tally.counting import Asked, Counted
from ayil.decisions.rules.approval import Tally, approval_outcome
from ayil.decisions.rules.count import Count, Round
from ayil.decisions.rules.profile import BallotFile, in_natural_order, totals
from ayil.decisions.rules.selection import Selection, Step

FEW = 6  # options that one line holds by name; the table below has the others


def figures_of(file: BallotFile, asked: Asked, counted: Counted) -> dict[str, Any]:
    """One object. `tie` lists those among whom only a lot decides; amounts are in the smallest
    unit, `unit` of which make one of the currency (or places); a fraction is written as a text."""
    result = counted.result
    tied = tied_of(result)
    figures: dict[str, Any] = {
        "title": file.title,
        "rule": asked.rule,
        "ballots": counted.ballots,
        "options": dict(file.names),
        "verdict": "tie" if tied else "chosen" if result.chosen else "none",
        "winners": list(result.chosen),
        "winner_names": [file.names[option] for option in result.chosen],
        "tie": tied,
        "tie_names": [file.names[option] for option in tied],
        "published": None if file.published is None else in_natural_order(file.published),
    }
    if isinstance(result, Count):
        figures |= _count_figures(result)
        if asked.rule == "approval":
            verdict, leaders = by_an_assembly(result)
            figures["assembly"] = {"verdict": verdict, "leaders": leaders}
        return figures
    if asked.rule == "equal-shares":
        figures["completion"] = asked.completion or "percent"
        figures["utility"] = asked.utility
    return figures | _selection_figures(file, result, counted)


def tied_of(result: Count[str] | Selection[str]) -> list[str]:
    """All of whom only a lot can say whether they are chosen."""
    if isinstance(result, Count):
        return list(result.tied)
    return in_natural_order({option for group in result.tied for option in group})


def by_an_assembly(count: Count[str]) -> tuple[str, list[str]]:
    """What an assembly's own rule makes of approvals: its verdict, and whom that is about."""
    numbers, sums = in_natural_order(option for option, _sum in count.totals), dict(count.totals)
    tally = Tally(
        approvals=tuple((at, sums[option]) for at, option in enumerate(numbers)),
        valid=count.ballots,
        none=count.silent,
        spoiled=0,
    )
    outcome = approval_outcome(tally, final=False)
    return outcome.verdict.value, [numbers[at] for at in outcome.leaders]


def _count_figures(count: Count[str]) -> dict[str, Any]:
    figures: dict[str, Any] = {
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


def _selection_figures(
    file: BallotFile, result: Selection[str], counted: Counted
) -> dict[str, Any]:
    purse, votes = counted.purse, counted.votes
    sums = totals(votes) if votes else {}
    return {
        "tie_sets": [list(group) for group in result.tied],
        "totals": {option: exact(sums.get(option, Fraction(0))) for option in file.names},
        "rounds": [_step_figures(step) for step in result.steps],
        "budget": purse.budget if purse else None,
        "spent": result.spent,
        "left": result.left,
        "unit": purse.unit if purse else 1,
        "currency": purse.currency if purse else "",
        "share": None if result.share is None else exact(result.share),
        "outcomes": [list(outcome) for outcome in result.outcomes],
        "beside": {
            name: None if other is None else {
                "winners": list(other.chosen), "tie": tied_of(other)
            }
            for name, other in counted.beside.items()
        },
    }  # fmt: skip


def _step_figures(step: Step[str]) -> dict[str, Any]:
    return {
        "option": step.option,
        "cost": step.cost,
        "supporters": exact(step.supporters),
        "price": None if step.price is None else exact(step.price),
        "why": step.why.value,
    }


def exact(amount: Fraction | int) -> int | str:
    """A whole number as one, anything else as 7/3."""
    return int(amount) if Fraction(amount).denominator == 1 else str(amount)


def named(file: BallotFile, options: Sequence[str]) -> str:
    """A few by their names, with their numbers since two may bear one name; many by number."""
    few = len(options) <= FEW
    return ", ".join(name_of(file, option) if few else option for option in options)


def name_of(file: BallotFile, option: str, most: int = 200) -> str:
    """The name, and the number where that is another word; as many signs at most."""
    name = " ".join(file.names[option].split())
    if name in (option, ""):
        return option
    most = max(most - len(option) - 3, 8)
    return f"{name if len(name) <= most else name[: most - 1] + '…'} ({option})"
