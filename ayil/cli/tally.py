"""The verb `tally`: counts a published file of ballots by a rule, with no database at all."""

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ayil.cli.running import DONE, NO, print_figures
from ayil.cli.tally_told import RULE_NAMES, count_figures, count_told, head_of
from ayil.decisions.formats import BallotFileError, read_ballots
from ayil.decisions.rules.count import Count
from ayil.decisions.rules.most_approved import most_approved
from ayil.decisions.rules.profile import Approvals, BallotFile, Rankings
from ayil.decisions.rules.ranked import RANKED_RULES, as_rankings
from ayil.kit.errors import AyilError

WORDS = "counts a file of ballots (PrefLib .soc .soi .toc .toi .cat, Pabulib .pb)"


@dataclass(frozen=True)
class Asked:
    """How the file shall be counted."""

    rule: str
    places: int
    approve: int | None
    lot: tuple[str, ...]


def add_verb(verb: Callable[..., argparse.ArgumentParser]) -> None:
    """`ayil tally FILE --rule RULE`."""
    tally = verb("tally", run, WORDS)
    tally.add_argument("file", type=Path)
    tally.add_argument(
        "--rule",
        choices=["default", *RULE_NAMES],
        default="default",
        help="default: the one that the file names",
    )
    tally.add_argument("--places", type=_places, default=1, help="how many are chosen")
    tally.add_argument(
        "--approve",
        type=_places,
        default=None,
        help="how many first categories, or places of a ranking, count as approved",
    )
    tally.add_argument(
        "--lot",
        type=_lot,
        default=(),
        help="a public lot, as 3,1,2: the order that was drawn, used only where the count is equal",
    )


def _places(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 10**6):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _lot(text: str) -> tuple[str, ...]:
    drawn = tuple(word.strip() for word in text.split(","))
    if "" in drawn or len(set(drawn)) < len(drawn):
        raise argparse.ArgumentTypeError(f"{text!r} is not an order of different options")
    return drawn


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: decided. 1: equal, or nobody is chosen. 2: the file cannot be counted."""
    try:
        file = read_ballots(arguments.file)
        asked = Asked(
            rule=_rule(arguments.rule, file),
            places=arguments.places,
            approve=arguments.approve,
            lot=_on_paper(arguments.lot, file),
        )
        counted = _counted(file, asked)
    except BallotFileError as error:
        raise AyilError(f"{arguments.file}: {error}. Nothing was counted.") from error
    figures = head_of(str(arguments.file), file, asked.rule, counted.ballots)
    figures |= count_figures(file, counted)
    print_figures(arguments, figures, count_told(file, asked.rule, counted))
    return DONE if counted.chosen and not counted.tied else NO


def _rule(asked: str, file: BallotFile) -> str:
    if asked != "default":
        return asked
    if file.published_rule in RULE_NAMES:
        return file.published_rule
    says = f"the rule “{file.published_rule}”" if file.published_rule else "no rule"
    raise BallotFileError(f"the file names {says}; say one with --rule: {', '.join(RULE_NAMES)}")


def _on_paper(lot: tuple[str, ...], file: BallotFile) -> tuple[str, ...]:
    for option in lot:
        if option not in file.names:
            raise BallotFileError(f"the lot names option {option}, which is not on the paper")
    return lot


def _counted(file: BallotFile, asked: Asked) -> Count[str]:
    options = list(file.names)
    try:
        if asked.rule == "approval":
            return most_approved(
                options, approvals_of(file, asked.approve), asked.places, asked.lot
            )
        if asked.places > 1:
            raise BallotFileError(f"{RULE_NAMES[asked.rule]} chooses one, not {asked.places:,}")
        return RANKED_RULES[asked.rule](options, rankings_of(file), asked.lot)
    except BallotFileError:
        raise
    except ValueError as error:  # of a lot that leaves out one of the equals
        raise BallotFileError(str(error)) from error


def approvals_of(file: BallotFile, approve: int | None) -> Approvals[str]:
    """What each ballot approves. Of categories the first one counts as approved, unless more are
    asked for; of a ranking nothing does until somebody says how many places."""
    if file.approvals:
        return file.approvals
    if approve is None and not file.categories:
        raise BallotFileError(
            "its ballots rank and approve of nobody by themselves; say with --approve how many "
            "first places count as approved"
        )
    approvals: Approvals[str] = Counter()
    for ranking, ballots in file.rankings.items():
        approvals[frozenset().union(*ranking[: approve or 1])] += ballots
    return approvals


def rankings_of(file: BallotFile) -> Rankings[str]:
    """Rankings as they stand; approvals as weak orders of two places."""
    return file.rankings or as_rankings(file.approvals)
