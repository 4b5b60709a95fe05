"""Which step may follow which in a membership; no database, no clock."""

NEXT_STEPS: dict[str | None, frozenset[str]] = {
    None: frozenset({"applied"}),
    "applied": frozenset({"admitted", "refused"}),
    "refused": frozenset({"applied", "admitted"}),  # an appeal may end in admission
    "admitted": frozenset({"active", "left"}),
    "active": frozenset({"dormant", "left"}),
    "dormant": frozenset({"active", "left"}),
    "left": frozenset({"applied", "admitted"}),
}
MEMBER_STEPS = frozenset({"admitted", "active", "dormant"})


def may_follow(last: str | None, step: str) -> bool:
    return step in NEXT_STEPS[last]


def is_member(last: str | None) -> bool:
    return last in MEMBER_STEPS
