"""Which stage a session is in; no database, no clock."""

from enum import Enum


class Stage(Enum):
    """The life of a training session."""

    PLANNED = "planned"
    OVERDUE = "overdue"  # its day is over, and nobody wrote down whether it was held
    HELD = "held"
    CANCELLED = "cancelled"


def stage_of(*, held: bool, cancelled: bool, days_left: int) -> Stage:
    """`days_left` until the planned day; below zero when it is over."""
    if held:
        return Stage.HELD
    if cancelled:
        return Stage.CANCELLED
    return Stage.PLANNED if days_left >= 0 else Stage.OVERDUE
