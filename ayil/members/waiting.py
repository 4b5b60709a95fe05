"""What waits for somebody: the shape in which each field tells the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayil.members.models import Shop, User
from ayil.members.rights import Right, reach_of, shops_with


@dataclass(frozen=True)
class Waiting:
    """One kind of work that waits: shown to whom holds the right, and as somebody else's to others.

    `what` is a whole phrase in the reader's language with the count inside ("3 applications to
    look at", by ngettext); `oldest` the day since when the first of them waits, None where
    nobody can say; `address` the page where the work is done, empty where the reader has none;
    `is_late` where a promised day has passed: the desk shows it in red.
    """

    what: str
    count: int
    oldest: date | None
    address: str
    right: Right
    is_late: bool = False

    @property
    def right_words(self) -> str:
        return _(self.right.value)


# Each field that has work to show gives one of these; a source leaves out what counts nothing.
WaitingSource = Callable[[User, date], list[Waiting]]


def shops_in_sight(user: User, right: Right, day: date) -> QuerySet[Shop]:
    """The shops in which the work is the user's; where it is nobody's of theirs, those whose
    desk they may see, so that they know what waits for others."""
    is_theirs = bool(reach_of(user, right, day=day))
    return shops_with(user, right if is_theirs else Right.SEE_DESK, day=day)
