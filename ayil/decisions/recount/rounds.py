"""Each counting of a bundle: papers add up, totals hold, and the rule gives what was said."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ayil.decisions.recount.reading import unhexed
from ayil.decisions.rules.approval import Tally, approval_outcome
from ayil.decisions.rules.counting import Counted, Question, count
from ayil.decisions.rules.publishing import AT_LEAST
from ayil.kit.canonical import digest

PILES_DOMAIN = "ayil/decisions/piles/1"


Minutes = Mapping[str, Any]


@dataclass(frozen=True)
class Counting:
    """One counting as the bundle tells it (`told`), and its line in the minutes."""

    told: Mapping[str, Any]
    said: Mapping[str, Any]
    line: Mapping[str, Any]
    minutes: Minutes
    lot: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        again = f", counting {self.said['counting']}" if self.said["counting"] > 1 else ""
        return f"round {self.said['round']}{again}"

    @property
    def question(self) -> Question:
        minutes = self.minutes
        return Question(
            rule=minutes["rule"],
            options=tuple(self.said["paper"]),
            final=self.said["round"] == 2,
            places=minutes["places"],
            budget=minutes["budget_minor"],
            costs={
                one["number"]: one["start_cost_minor"] or 0
                for one in minutes["proposals"]
                if one["number"] in self.said["paper"]
            },
        )

    @property
    def piles(self) -> tuple[tuple[tuple[int, ...], int], ...] | None:
        told = self.told["piles"]
        return None if told is None else tuple((tuple(marks), papers) for marks, papers in told)


SAID_ALIKE = ("round", "counting", "paper", "approvals", "valid", "none", "spoiled", "verdict",
              "leaders")  # fmt: skip


def wrong_in(one: Counting, *, is_full: bool) -> Iterator[str]:
    """What does not hold of one counting, a line each."""
    for name in SAID_ALIKE:
        if one.said[name] != one.line[name]:
            yield f"{one.name}: the minutes say {name} {one.line[name]}, the tally {one.said[name]}"
    if "beside" in one.said and one.said["beside"] != one.line["beside"]:
        yield f"{one.name}: the minutes print another rule's result than the tally"
    yield from _papers(one)
    yield from _totals(one)
    if one.piles is not None:
        yield from _from_piles(one, is_full=is_full)
    elif one.question.rule == "approval":
        yield from _from_totals(one)


def _papers(one: Counting) -> Iterator[str]:
    line, quorum = one.line, one.line["quorum"]
    used = line["issued"] - line["unused"] - line["exchanged"]
    if used != line["valid"] + line["spoiled"]:
        yield (
            f"{one.name}: {line['issued']} papers were issued, {line['unused']} unused and "
            f"{line['exchanged']} exchanged, which leaves {used}; "
            f"{line['valid']} valid and {line['spoiled']} spoiled were found"
        )
    if line["issued"] - line["exchanged"] > quorum["present"]:
        yield f"{one.name}: more papers were issued than the {quorum['present']} people present"
    if min(line[name] for name in ("issued", "unused", "exchanged", "valid", "spoiled")) < 0:
        yield f"{one.name}: a number of papers is below 0"


def _totals(one: Counting) -> Iterator[str]:
    said = one.said
    options = [option for option, _ballots in said["approvals"]]
    if options != sorted(set(said["paper"])):
        yield f"{one.name}: the totals are of {options}, the paper has {said['paper']}"
    for option, ballots in said["approvals"]:
        if not 0 <= ballots <= said["valid"] - said["none"]:
            yield f"{one.name}: number {option} has {ballots} of {said['valid']} valid papers"


def _from_piles(one: Counting, *, is_full: bool) -> Iterator[str]:
    piles, told = one.piles or (), one.told["piles"]
    salt = bytes.fromhex(one.told["salt"])
    if digest(PILES_DOMAIN, {"salt": salt, "piles": told}) != unhexed(one.said["papers"]):
        yield f"{one.name}: the papers are not those that were sealed"
    if not is_full and any(papers < AT_LEAST for _marks, papers in piles):
        yield f"{one.name}: a pile of fewer than {AT_LEAST} papers is published"
    try:
        counted = count(one.question, piles)
    except ValueError as error:
        yield f"{one.name}: {error}"
        return
    yield from _differs(one, counted)


def _differs(one: Counting, counted: Counted) -> Iterator[str]:
    anew = {
        "approvals": [list(pair) for pair in counted.approvals],
        "valid": counted.valid,
        "none": counted.none,
        "verdict": counted.verdict.value,
        "leaders": list(counted.leaders),
    }
    for name, found in anew.items():
        if found != one.said[name]:
            yield f"{one.name}: the papers give {name} {found}, the tally says {one.said[name]}"
    if in_json(counted.beside) != one.line["beside"]:
        yield f"{one.name}: the other rule gives {in_json(counted.beside)}, not what is printed"


def in_json(value: Any) -> Any:
    """A value as it comes back out of a file."""
    return json.loads(json.dumps(value))


def _from_totals(one: Counting) -> Iterator[str]:
    """Approval follows from the totals alone, so that it is decided again without the piles."""
    said = one.said
    tally = Tally(tuple(map(tuple, said["approvals"])), said["valid"], said["none"], 0)
    outcome = approval_outcome(tally, final=said["round"] == 2)
    if outcome.verdict.value != said["verdict"] or list(outcome.leaders) != said["leaders"]:
        yield (
            f"{one.name}: the totals give {outcome.verdict.value} {list(outcome.leaders)}, "
            f"the tally says {said['verdict']} {said['leaders']}"
        )


def not_recounted(one: Counting) -> str:
    """What cannot be checked here, said plainly; empty where everything was."""
    if one.piles is not None:
        return ""
    withheld = (
        f"{one.name}: the piles are withheld, since one of them has fewer than {AT_LEAST} "
        "papers and its voters might be known"
    )
    if one.question.rule == "approval":
        return f"{withheld}; the totals were checked, and the rule was run on them"
    return f"{withheld}; the totals were checked, the rule could not be run"


def chosen_by(last: Counting) -> list[int] | None:
    """The numbers that the last counting chose, with the lot; None where the piles are needed."""
    if last.piles is not None:
        counted = count(last.question, last.piles, last.lot)
        return sorted(counted.leaders) if counted.verdict.value == "chosen" else []
    if last.said["verdict"] == "chosen":
        return sorted(last.said["leaders"])
    if last.question.rule == "approval" and last.said["verdict"] == "tie" and last.lot:
        return [number for number in last.lot if number in last.said["leaders"]][:1]
    return None if last.lot else []
