"""The verb `tally`: counts a published file of ballots by a rule, with no database at all."""

import argparse
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from ayil.cli.running import DONE, NO, print_figures
from ayil.cli.tally.counting import RULE_NAMES, Asked, count
from ayil.cli.tally.figures import figures_of
from ayil.cli.tally.told import told
from ayil.decisions.formats import BallotFileError, read_ballots
from ayil.decisions.rules.profile import BallotFile
from ayil.kit.errors import AyilError

WORDS = "counts a file of ballots (PrefLib, Pabulib .pb, our own .json)"
PUBLISHED = {"equalshares": "none", "equalshares/add1": "add1"}  # the rule, then how completed


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
    tally.add_argument("--places", type=_whole, default=None, help="how many are chosen")
    tally.add_argument("--budget", type=_amount, default=None, help="in place of the file's own")
    tally.add_argument(
        "--utility",
        choices=["cost", "unit"],
        default="cost",
        help="what an approved option is worth to a voter: what it costs, or one for each",
    )
    tally.add_argument(
        "--completion",
        choices=["add1", "percent", "none"],
        default=None,
        help="how shares are raised while money is left; the file's own way, else percent",
    )
    tally.add_argument(
        "--approve",
        type=_whole,
        default=None,
        help="how many first categories, or places of a ranking, count as approved",
    )
    tally.add_argument(
        "--lot",
        type=_lot,
        default=(),
        help="a public lot, as 3,1,2: the order that was drawn, used only where the count is equal",
    )


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 7 and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _amount(text: str) -> Fraction:
    whole, _point, parts = text.partition(".")
    if not (text.isascii() and len(text) < 20 and (whole + (parts or "0")).isdecimal() and whole):
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount like 70000 or 1.50")
    return Fraction(text)


def _lot(text: str) -> tuple[str, ...]:
    drawn = tuple(word.strip() for word in text.split(","))
    if "" in drawn or len(set(drawn)) < len(drawn):
        raise argparse.ArgumentTypeError(f"{text!r} is not an order of different options")
    return drawn


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0: decided. 1: equal, or nobody is chosen. 2: the file cannot be counted."""
    try:
        file = read_ballots(arguments.file)
        asked = _asked(arguments, file)
        counted = count(file, asked)
    except BallotFileError as error:
        raise AyilError(f"{arguments.file}: {error}. Nothing was counted.") from error
    figures = {"file": str(arguments.file)} | figures_of(file, asked, counted)
    print_figures(arguments, figures, told(file, asked, counted))
    return DONE if counted.result.chosen and not counted.result.tied else NO


def _asked(arguments: argparse.Namespace, file: BallotFile) -> Asked:
    completion = arguments.completion
    if completion is None and arguments.places is None and file.published_rule in PUBLISHED:
        completion = PUBLISHED[file.published_rule]
    for option in arguments.lot:
        if option not in file.names:
            raise BallotFileError(f"the lot names option {option}, which is not on the paper")
    return Asked(
        rule=_rule(arguments.rule, file),
        places=arguments.places,
        budget=arguments.budget,
        approve=arguments.approve,
        utility=arguments.utility,
        completion=completion,
        lot=arguments.lot,
    )


def _rule(asked: str, file: BallotFile) -> str:
    if asked != "default":
        return asked
    if file.published_rule in PUBLISHED:
        return "equal-shares"
    if file.published_rule in RULE_NAMES:
        return file.published_rule
    says = f"the rule “{file.published_rule}”" if file.published_rule else "no rule"
    raise BallotFileError(f"the file names {says}; say one with --rule: {', '.join(RULE_NAMES)}")
