"""What must hold of a published decision: each check is a function that yields what is broken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ayil.decisions.recount.reading import unhexed
from ayil.decisions.recount.rounds import Counting, chosen_by, not_recounted, wrong_in
from ayil.decisions.recount.sealed import MALFORMED, another_key, sealed_as_a_whole, the_seal
from ayil.decisions.rules.counting import drawn_between
from ayil.decisions.rules.roll import quorum_needed
from ayil.kit.canonical import digest

HASHED = {
    "roll": "ayil/decisions/roll/",
    "provisional": "ayil/decisions/provisional/",
    "minutes": "ayil/decisions/minutes/",
    "counting": "ayil/decisions/tally/",
}
LEAF_BYTES = 32
THREE = ["chair", "counter", "registrar"]

Bundle = Mapping[str, Any]


@dataclass(frozen=True)
class Findings:
    """`broken`: what does not hold. `unchecked`: what nobody could check from this file. `notes`:
    what a reader should know. `figures`: what was found, for a person and for a program."""

    broken: list[str]
    unchecked: list[str]
    notes: list[str]
    figures: dict[str, Any] = field(default_factory=dict)


def recount(bundle: Bundle, *, key: str | None = None, whole: bool = True) -> Findings:
    """Every check. `key` is the association's public key as it was read elsewhere, in hex; without
    `whole` the seal around the bundle is left aside (it is put on when a bundle is given out)."""
    checks = [check for check in CHECKS if whole or check is not sealed_as_a_whole]
    broken = [line for check in checks for line in _found(check, bundle)]
    broken += another_key(bundle, key)
    try:
        unchecked = [words for one in countings(bundle) if (words := not_recounted(one))]
    except MALFORMED:
        unchecked = []
    return Findings(broken, unchecked, _notes(bundle, key), _figures(bundle))


Check = Callable[[Bundle], Iterator[str]]


def _found(check: Check, bundle: Bundle) -> list[str]:
    """The check's lines; a part that is missing or of another kind is a line too."""
    found: list[str] = []
    try:
        found.extend(check(bundle))
    except MALFORMED as error:
        title = (check.__doc__ or "").split(".")[0].lower()
        found.append(f"cannot be checked: {title} ({type(error).__name__}: {error})")
    return found


def _hashed(part: Mapping[str, Any], kind: str, called: str) -> Iterator[str]:
    if not part["domain"].startswith(HASHED[kind]):
        yield f"{called}: its fingerprint is of another kind, {part['domain']}"
    if digest(part["domain"], unhexed(part["said"])).hex() != part["sha256"]:
        yield f"{called}: it does not hash to its fingerprint {part['sha256'][:16]}…"


def the_roll(bundle: Bundle) -> Iterator[str]:
    """The roll and the rules are those whose fingerprint was read aloud."""
    roll, minutes = bundle["roll"], bundle["minutes"]["said"]
    yield from _hashed(roll, "roll", "the roll")
    if roll["sha256"] != minutes["roll_sha256"]:
        yield "the roll is not the one of the minutes: another fingerprint"
    said = roll["said"]
    numbers = [number for number, _leaf in said["roll"]]
    if numbers != sorted(set(numbers)) or len(numbers) != minutes["roll_size"]:
        yield f"the roll has {len(numbers)} entries, the minutes say {minutes['roll_size']}"
    if any(len(unhexed(leaf)) != LEAF_BYTES for _number, leaf in said["roll"]):
        yield "the roll: an entry's fingerprint is not of 32 bytes"
    for name in ("village", "rule", "places", "budget_minor", "currency", "ties"):
        if said[name] != minutes[name]:
            yield f"the roll was frozen with {name} {said[name]}, the minutes say {minutes[name]}"
    if said["held_on"] != date.fromisoformat(minutes["held_on"]).toordinal():
        yield "the roll was frozen for another day"
    if said["quorum"] != minutes["quorum_share"]:
        yield "the quorum that was frozen is not the one of the minutes"


def the_provisional_list(bundle: Bundle) -> Iterator[str]:
    """The provisional list is the one of the minutes."""
    part, told = bundle["provisional"], bundle["minutes"]["said"]["provisional"]
    if (part is None) != (told is None):
        yield "the provisional list stands in the bundle or in the minutes, and not in both"
    if part is None or told is None:
        return
    yield from _hashed(part, "provisional", "the provisional list")
    if unhexed(part["said"]["roll"]).hex() != bundle["roll"]["sha256"]:
        yield "the provisional list belongs to another roll"
    if part["sha256"] != told["sha256"] or len(part["said"]["added"]) != told["size"]:
        yield "the provisional list is not the one of the minutes"


def the_quorum(bundle: Bundle) -> Iterator[str]:
    """Each vote was taken with a quorum."""
    minutes = bundle["minutes"]["said"]
    whole = minutes["roll_size"] + ((minutes["provisional"] or {}).get("size") or 0)
    least = quorum_needed(whole, *minutes["quorum_share"])
    for line in minutes["rounds"]:
        counted = line["quorum"]
        if counted["present"] < max(least, counted["needed"]):
            yield (
                f"round {line['round']}: {counted['present']} were present, "
                f"{max(least, counted['needed'])} are a quorum"
            )
        if not 0 <= counted["women"] <= counted["present"] <= minutes["present"]:
            yield f"round {line['round']}: more people were counted than came"
    last = minutes["rounds"][-1]["quorum"]
    if [last[name] for name in ("present", "women", "needed")] != [
        minutes[name] for name in ("at_the_vote", "women", "quorum")
    ]:
        yield "the people at the vote are not those of its last round"


def countings(bundle: Bundle) -> list[Counting]:
    """Each counting with its line in the minutes, in order; the lot with the last one."""
    minutes = bundle["minutes"]["said"]
    lot = tuple(minutes["lot"]["order"]) if minutes["lot"] else ()
    pairs = list(zip(bundle["countings"], minutes["rounds"], strict=True))
    return [
        Counting(told, told["said"], line, minutes, lot if place == len(pairs) else ())
        for place, (told, line) in enumerate(pairs, start=1)
    ]


def the_countings(bundle: Bundle) -> Iterator[str]:
    """Papers add up and the rule gives what was certified."""
    for one in countings(bundle):
        yield from _hashed(one.told, "counting", one.name)
        if one.told["sha256"] != one.line["sha256"]:
            yield f"{one.name}: the minutes have another fingerprint of it"
        if unhexed(one.said["roll"]).hex() != bundle["roll"]["sha256"]:
            yield f"{one.name}: it was counted for another roll"
        yield from wrong_in(one, is_full=bundle["full"])


def the_way(bundle: Bundle) -> Iterator[str]:
    """One round follows from the other, and the lot from a tie."""
    found = countings(bundle)
    minutes = bundle["minutes"]["said"]
    on_list = {one["number"] for one in minutes["proposals"] if not one["withdrawn"]}
    last: dict[int, Counting] = {}
    for one in found:
        number = one.said["round"]
        before = last.get(number)
        if one.said["counting"] != (before.said["counting"] + 1 if before else 1):
            yield f"{one.name}: a counting is missing before it"
        last[number] = one
        if not set(one.said["paper"]) <= on_list:
            yield f"{one.name}: on the paper stands what was not proposed"
    if sorted(last) not in ([1], [1, 2]):
        yield f"the rounds are {sorted(last)}"
        return
    yield from _runoff(last)
    if minutes["hands"] and sorted(minutes["hands"]["kept"]) != last[1].said["paper"]:
        yield "the paper is not the list that the show of hands kept"
    if minutes["lot"]:
        yield from _lot(found[-1])


def _runoff(last: Mapping[int, Counting]) -> Iterator[str]:
    if 2 not in last:
        return
    first = last[1].said
    if (
        first["verdict"] not in ("runoff", "tie")
        or sorted(first["leaders"]) != last[2].said["paper"]
    ):
        yield "the runoff is not between those whom the first round sent to it"


def _lot(one: Counting) -> Iterator[str]:
    between = drawn_between(one.said["leaders"], one.line["beside"])
    if one.said["verdict"] != "tie" or sorted(one.lot) != between:
        yield f"the lot {list(one.lot)} is not between those between whom it had to be drawn"


def the_choice(bundle: Bundle) -> Iterator[str]:
    """What the minutes say was chosen is what the count chose."""
    minutes = bundle["minutes"]["said"]
    last = countings(bundle)[-1]
    chosen = chosen_by(last)
    if not minutes["chosen"] and last.said["verdict"] != "none" and not last.lot:
        yield "nothing was chosen"
    if chosen is not None and chosen != minutes["chosen"]:
        yield f"the count chose {chosen}, the minutes say {minutes['chosen']}"
    if minutes["returns_minor"] is not None:
        costs = {one["number"]: one["start_cost_minor"] or 0 for one in minutes["proposals"]}
        left = minutes["budget_minor"] - sum(costs[number] for number in minutes["chosen"])
        if left != minutes["returns_minor"] or left < 0:
            yield f"{left} of the budget is left, the minutes say {minutes['returns_minor']}"


def the_minutes(bundle: Bundle) -> Iterator[str]:
    """The minutes hash to their fingerprint and are of this assembly."""
    yield from _hashed(bundle["minutes"], "minutes", "the minutes")
    minutes, assembly = bundle["minutes"]["said"], bundle["assembly"]
    for name in ("village", "called_on", "held_on", "place", "notice"):
        if assembly[name] != minutes[name]:
            yield f"the assembly has {name} {assembly[name]}, the minutes {minutes[name]}"
    if assembly["uid"] != minutes["assembly"]:
        yield "the minutes are of another assembly"


def the_signatures(bundle: Bundle) -> Iterator[str]:
    """Chair, registrar and counter signed, three people."""
    parts = sorted(one["part"] for one in bundle["signatures"])
    if parts != THREE:
        yield f"the minutes are signed by {', '.join(parts) or 'nobody'}: three must have signed"
    numbers = [number for _part, number in bundle["minutes"]["said"]["offices"] if number]
    if len(set(numbers)) < len(numbers):
        yield "one person holds two offices of the assembly"
    held_on = bundle["minutes"]["said"]["held_on"]
    if any(one["on"] < held_on for one in bundle["signatures"]):
        yield "the minutes were signed before the assembly was held"


CHECKS: tuple[Check, ...] = (
    the_roll,
    the_provisional_list,
    the_quorum,
    the_countings,
    the_way,
    the_choice,
    the_minutes,
    the_signatures,
    the_seal,
    sealed_as_a_whole,
)


def _notes(bundle: Bundle, key: str | None) -> list[str]:
    notes = []
    if bundle["annulment"] is not None:
        notes.append("this decision was annulled after a complaint: it does not stand")
    elif bundle["ended"] is not None:
        notes.append("this decision has ended: another stands, or none")
    if key is None:
        notes.append(
            "compare the key with the one on the printed minutes or on the association's page of "
            "keys, or give it with --key: a forger has a key too, but not that one"
        )
    return notes


def _figures(bundle: Bundle) -> dict[str, Any]:
    """What was decided, as the bundle says it; what is missing there is left out."""
    try:
        minutes = bundle["minutes"]["said"]
        names = {one["number"]: one["en"] for one in minutes["proposals"]}
        return {
            "village": minutes["village"],
            "held_on": minutes["held_on"],
            "rule": minutes["rule"],
            "roll": minutes["roll_size"],
            "present": minutes["at_the_vote"],
            "chosen": [names.get(number, str(number)) for number in minutes["chosen"]],
            "minutes_sha256": bundle["minutes"]["sha256"],
            "roll_sha256": bundle["roll"]["sha256"],
            "key": bundle["seal"]["key"],
            "countings": len(bundle["countings"]),
            "stands": bundle["annulment"] is None and bundle["ended"] is None,
        }
    except MALFORMED:
        return {}
