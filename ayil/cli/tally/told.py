"""What `tally` prints for people."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from ayil.cli.tally.counting import RULE_NAMES, Asked, Counted, Purse
from ayil.cli.tally.figures import by_an_assembly, name_of, named, tied_of
from ayil.decisions.rules.approval import is_majority
from ayil.decisions.rules.count import Count, Round, most_first
from ayil.decisions.rules.profile import BallotFile, in_natural_order, totals
from ayil.decisions.rules.selection import Selection

MOST_IN_A_TABLE = 12  # options in a table of pairs; more are for --json
WIDEST = 60


def told(file: BallotFile, asked: Asked, counted: Counted) -> list[str]:
    """Who is chosen, and how it came about."""
    size = f"{counted.ballots:,} ballots, {len(file.names):,} options"
    title = " ".join(file.title.split())
    lines = [f"{title}: {size}, by {RULE_NAMES[asked.rule]}", ""]
    result = counted.result
    lines += _verdict(file, result)
    if isinstance(result, Count):
        return lines + list(_count_told(file, asked.rule, result))
    return lines + list(_selection_told(file, counted, result))


def _count_told(file: BallotFile, rule: str, count: Count[str]) -> Iterator[str]:
    for number, one in enumerate(count.rounds, 1):
        yield from ("", f"Round {number}", *_round_told(file, one))
    if count.totals and not count.rounds:
        yield from ("", *_totals(file, count.totals))
        if count.silent:
            yield f"  {count.silent:,} ballots say nothing that this rule hears"
    if rule == "approval":
        yield from ("", *_by_an_assembly(file, count))
    if count.pairs:
        yield from ("", *_pairs_told(file, count))


def _verdict(file: BallotFile, result: Count[str] | Selection[str]) -> Iterator[str]:
    tied = tied_of(result)
    if result.chosen:
        word = "Winner" if isinstance(result, Count) and len(result.chosen) == 1 else "Chosen"
        yield f"{word}: {named(file, result.chosen)}"
    groups = [result.tied] if isinstance(result, Count) else result.tied
    for group in filter(None, groups):
        yield f"Tie: among {named(file, group)} only a lot can decide (--lot)"
    if isinstance(result, Count) and not result.is_complete:
        yield "So many are equal that not every way was followed: some may have no chance"
    if not (result.chosen or tied):
        yield "Nobody is chosen"


def _selection_told(file: BallotFile, counted: Counted, result: Selection[str]) -> Iterator[str]:
    purse = counted.purse or Purse({}, 0)
    if purse.is_places:
        yield f"Of {purse.budget:,} places {result.spent:,} are given, {result.left:,} are left"
    else:
        spent, left = _money(result.spent, purse), _money(result.left, purse)
        yield f"Of {_money(purse.budget, purse)}: {spent} spent, {left} left"
    if result.share is not None and not purse.is_places:
        yield f"Each voter's share at the end: {_about(result.share / purse.unit)}"
    for name, other in counted.beside.items():
        words = "too many committees to compare" if other is None else _beside(file, other)
        yield f"Beside it, deciding nothing, {RULE_NAMES[name]}: {words}"
    if file.published is not None and not purse.is_places:
        yield from _published(file, result)
    if result.steps:
        yield from ("", *_steps_told(file, purse, result))
    elif counted.votes:
        sums = totals(counted.votes)
        votes = {option: sums.get(option, Fraction(0)) for option in file.names}
        yield from ("", *_totals(file, most_first(votes)))


def _beside(file: BallotFile, other: Selection[str]) -> str:
    words = named(file, other.chosen) or "nobody"
    tied = tied_of(other)
    return f"{words}; equal: {named(file, tied)}" if tied else words


def _published(file: BallotFile, result: Selection[str]) -> Iterator[str]:
    published, chosen = set(file.published or ()), set(result.chosen)
    if published == chosen and not result.tied:
        yield "The file's published result: the same"
        return
    more, less = in_natural_order(published - chosen), in_natural_order(chosen - published)
    if more:
        yield f"The file's published result has besides: {named(file, more)}"
    if less:
        yield f"The file's published result has not: {named(file, less)}"


def _steps_told(file: BallotFile, purse: Purse, result: Selection[str]) -> Iterator[str]:
    """A line an option; a column that says nothing is left out."""
    columns = [["cost"], ["votes"], ["price"]]
    for step in result.steps:
        columns[0].append(_plain(step.cost, purse.unit))
        columns[1].append(_about(step.supporters))
        columns[2].append("" if step.price is None else _about(step.price))
    says = [not purse.is_places, True, any(columns[2][1:])]
    shown = [column for column, is_said in zip(columns, says, strict=True) if is_said]
    names = ["", *(name_of(file, step.option, WIDEST) for step in result.steps)]
    whys = ["", *(step.why.value for step in result.steps)]
    wide, widths = max(map(len, names)), [max(map(len, column)) for column in shown]
    for name, why, *cells in zip(names, whys, *shown, strict=True):
        numbers = "  ".join(f"{word:>{width}}" for word, width in zip(cells, widths, strict=True))
        yield f"  {name:<{wide}}  {numbers}  {why}".rstrip()


def _money(amount: int, purse: Purse) -> str:
    return f"{_plain(amount, purse.unit)} {purse.currency}".rstrip()


def _plain(amount: int, unit: int) -> str:
    whole, parts = divmod(amount, unit)
    return f"{whole:,}" if unit == 1 else f"{whole:,}.{parts:0{len(str(unit)) - 1}}"


def _about(amount: Fraction) -> str:
    """Whole, or to four digits after the point; --json has it exactly."""
    return f"{int(amount):,}" if amount.denominator == 1 else f"{float(amount):,.4f}"


def _totals(file: BallotFile, rows: Iterable[tuple[str, int | Fraction]]) -> Iterator[str]:
    named_rows = [(name_of(file, option, WIDEST), _about(Fraction(n))) for option, n in rows]
    width = max((len(name) for name, _count in named_rows), default=0)
    for name, count in named_rows:
        yield f"  {name:<{width}}  {count:>9}"


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
    best = count.totals[0][1] if count.totals else 0
    word = "yes" if is_majority(best, count.ballots) else "no"
    verdict, leaders = by_an_assembly(count)
    yield f"More than half of the ballots: {word}. An assembly's verdict: {verdict}"
    if leaders:
        yield f"  {named(file, leaders)}"


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


def _table(ordered: Sequence[str], cell: Callable[[str, str], str]) -> Iterator[str]:
    rows = [["", *ordered]]
    rows += [[a, *("·" if a == b else cell(a, b) for b in ordered)] for a in ordered]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(f"{word:>{width}}" for word, width in zip(row, widths, strict=True))
