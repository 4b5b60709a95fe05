"""Who is on the roll of a village, and how many of it must come."""

from collections.abc import Sequence

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
