"""Who is on the roll of a village, when it may be frozen, and how many of it must come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

ADULT_YEARS = 18


def quorum_needed(roll_size: int, numerator: int, denominator: int) -> int:
    """The least number of people that is at least this share of the roll."""
    return -(-roll_size * numerator // denominator)


def why_not_on_roll(
    *, is_person: bool, lives_here: bool, born_year: int | None, year: int, roles: Sequence[str]
) -> str | None:
    """Why someone has no vote here, or None. `roles` are those held on the day of the assembly.

    Invariant 6: donor and administration never vote; nor does the association's own staff. An
    unknown year of birth is the registrar's to vouch for.
    """
    if not is_person:
        return "is not a person"
    if not lives_here:
        return "does not live in this village"
    if born_year is not None and year - born_year < ADULT_YEARS:
        return "is not of age"
    barred = sorted(set(roles) & BARRED_ROLES)
    return f"is {barred[0]} of the programme" if barred else None


BARRED_ROLES = frozenset(
    {
        "donor",
        "administration",
        "officer",
        "manager",
        "clerk",
        "accountant",
        "trainer",
        "auditor",
    }
)


class Lacks(Enum):
    """What keeps a roll from being frozen."""

    FROZEN = "it is frozen already"
    PEOPLE = "nobody is on it"
    POSTING = "it was not hung up"
    DAYS = "it has not hung long enough"
    OBJECTIONS = "an objection is open"
    OFFICES = "somebody is not named yet"


@dataclass(frozen=True, slots=True)
class RollFacts:
    """What is on record of a roll. `people` counts those named as chair, registrar or counter,
    each person once whatever records they have; `posted_on` is the first day that it hung."""

    is_frozen: bool
    size: int
    posted_on: date | None
    posting_days: int
    open_objections: int
    people: int
    today: date

    @property
    def hangs_until(self) -> date | None:
        """The first day on which it may be frozen."""
        return self.posted_on + timedelta(days=self.posting_days) if self.posted_on else None


OFFICERS = 4  # chair, registrar and two counters: four people


def freezing_lacks(facts: RollFacts) -> list[Lacks]:
    """All that is to be done before the roll may be frozen, in the order of the work."""
    if facts.is_frozen:
        return [Lacks.FROZEN]
    until = facts.hangs_until
    found = {
        Lacks.OFFICES: facts.people < OFFICERS,
        Lacks.PEOPLE: not facts.size,
        Lacks.POSTING: until is None,
        Lacks.DAYS: until is not None and facts.today < until,
        Lacks.OBJECTIONS: facts.open_objections > 0,
    }
    return [lack for lack, is_so in found.items() if is_so]


def in_fours(fingerprint: str) -> list[str]:
    """A fingerprint in hexadecimal, in groups of four, as it is read aloud."""
    return [fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4)]
