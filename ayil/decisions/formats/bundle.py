"""Our own published decision as a file of ballots: the piles of its last counting."""

from collections import Counter
from pathlib import Path

from ayil.decisions.formats.text import BallotFileError
from ayil.decisions.recount.checks import countings
from ayil.decisions.recount.reading import BundleError, read_bundle
from ayil.decisions.recount.rounds import Counting
from ayil.decisions.recount.sealed import MALFORMED
from ayil.decisions.rules.profile import BallotFile

CURRENCY_DECIMALS = 2


def read(path: Path) -> BallotFile:
    """The last counting's papers. BallotFileError where its piles are withheld.

    What the bundle proves about itself is not looked at here: that is `ayil recount`.
    """
    try:
        last = countings(read_bundle(path.read_bytes()))[-1]
        return _file(last)
    except BundleError as error:
        raise BallotFileError(f"this is no bundle of a decision: {error}") from error
    except MALFORMED as error:
        raise BallotFileError(f"a part of the bundle is missing: {error}") from error


def _file(last: Counting) -> BallotFile:
    if last.piles is None:
        raise BallotFileError(
            "the piles of this decision are withheld, since one of them is too small: "
            "`ayil recount` checks its totals"
        )
    minutes, question = last.minutes, last.question
    names = {
        str(one["number"]): one["en"]
        for one in minutes["proposals"]
        if one["number"] in last.said["paper"]
    }
    ranked = question.rule == "schulze"
    papers = [(tuple(map(str, marks)), count) for marks, count in last.piles]
    return BallotFile(
        title=f"{minutes['village']} {minutes['held_on']}",
        names=names,
        approvals=Counter() if ranked else Counter({frozenset(m): n for m, n in papers}),
        rankings=(
            Counter({tuple(frozenset({one}) for one in m): n for m, n in papers})
            if ranked
            else Counter()
        ),
        costs=(
            {str(number): cost for number, cost in question.costs.items()}
            if question.budget is not None
            else {}
        ),
        budget=question.budget,
        currency=minutes["currency"],
        published_rule={"shares": "equal-shares", "budget": "equal-shares"}.get(
            question.rule, question.rule
        ),
        decimals=CURRENCY_DECIMALS if question.budget is not None else 0,
        published=frozenset(map(str, minutes["chosen"])),
        places=question.places if question.rule == "shares" else None,
    )
