"""A million ballots: counted by every rule, and read from a file.

What is timed begins where reading ends, with a list of ballots in no order. The floor of the same
run lays that list into piles by one plain `Counter`: every count has to look at each ballot once.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench import Case

BALLOTS, SEED, GOAL_S = 1_000_000, 2012, 2.0
FEW, MANY = list("123456"), list("12345678")


def run() -> list[Case]:
    from ayil.decisions.rules.irv import irv
    from ayil.decisions.rules.most_approved import most_approved
    from ayil.decisions.rules.ranked import condorcet, plurality, schulze

    drawn = Random(SEED)  # noqa: S311 - the same ballots in every run
    sets = [frozenset(o for at, o in enumerate(FEW) if n >> at & 1) for n in range(64)]
    approvals = drawn.choices(sets, k=BALLOTS)
    orders = [tuple(frozenset([o]) for o in order) for order in permutations(MANY)]
    rankings = drawn.choices(orders, k=BALLOTS)
    tied = [tuple(map(frozenset, (order[:2], order[2:5]))) for order in permutations(MANY, 5)]
    loose = drawn.choices(tied, k=BALLOTS)
    return [
        _counting("approval of 6 options", approvals, lambda piles: most_approved(FEW, piles)),
        _counting("plurality of 8 options", rankings, lambda piles: plurality(MANY, piles)),
        _counting("instant runoff of 8 options", rankings, lambda piles: irv(MANY, piles)),
        _counting("Condorcet of 8 options", rankings, lambda piles: condorcet(MANY, piles)),
        _counting("Schulze of 8 options", rankings, lambda piles: schulze(MANY, piles)),
        _counting("Schulze, two and three equal", loose, lambda piles: schulze(MANY, piles)),
        *_files(rankings),
    ]


def _counting(name: str, ballots: list[Any], count: Callable[[Any], object]) -> Case:
    """From the list to the winner, against laying the list into piles."""
    begun = perf_counter()
    Counter(ballots)
    floor = perf_counter() - begun
    begun = perf_counter()
    count(Counter(ballots))
    spent = perf_counter() - begun
    return Case(
        f"{BALLOTS:,} ballots, {name}", spent, "s", floor, GOAL_S, more_is_better=False
    )  # fmt: skip


def _files(rankings: list[tuple[frozenset[str], ...]]) -> Iterator[Case]:
    """One line a ballot, which is as long as a file can be; and the usual, one a ranking."""
    from ayil.decisions.formats import read_ballots

    alike = Counter(rankings)
    with TemporaryDirectory() as folder:
        for name, lines in (
            ("a line a ballot", ((1, order) for order in rankings)),
            ("a line a ranking", ((ballots, order) for order, ballots in alike.items())),
        ):
            file = Path(folder) / "ballots.soc"
            begun = perf_counter()
            _write(file, lines)
            writing = perf_counter() - begun
            begun = perf_counter()
            with file.open(encoding="utf-8") as text:
                Counter(text)
            floor = perf_counter() - begun
            begun = perf_counter()
            found = read_ballots(file)
            reading = perf_counter() - begun
            if found.rankings != alike:
                raise RuntimeError("what was read is not what was written")
            yield Case(f"writing {BALLOTS:,} ballots, {name}", writing, "s")
            yield Case(f"reading {BALLOTS:,} ballots, {name}", reading, "s", floor)


def _write(file: Path, lines: Any) -> None:
    with file.open("w", encoding="utf-8") as text:
        text.write(f"# NUMBER ALTERNATIVES: {len(MANY)}\n# NUMBER VOTERS: {BALLOTS}\n")
        text.writelines(f"# ALTERNATIVE NAME {option}: {option}\n" for option in MANY)
        for ballots, order in lines:
            text.write(f"{ballots}: {','.join(option for (option,) in order)}\n")
