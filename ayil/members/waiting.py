"""What waits for somebody: the shape in which each field tells the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ayil.members.models import User
from ayil.members.rights import Right


@dataclass(frozen=True)
class Waiting:
    """One kind of work that waits: shown to whom holds the right, and as somebody else's to others.

    `what` is a whole phrase in the reader's language with the count inside ("3 applications to
    look at", by ngettext); `oldest` the day since when the first of them waits, None where
    nobody can say; `address` the page where the work is done.
    """

    what: str
    count: int
    oldest: date | None
    address: str
    right: Right


# Each field that has work to show gives one of these; a source leaves out what counts nothing.
WaitingSource = Callable[[User, date], list[Waiting]]
