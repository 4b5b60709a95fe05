"""What waits over the whole programme: one question to every field that has work to show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ayil.catalogue.waits import words_waiting
from ayil.consignment.asked import asks_waiting
from ayil.consignment.waits import goods_waiting
from ayil.decisions.waits import decisions_waiting
from ayil.grants.waits import grants_waiting
from ayil.members import applications, doubles, erasure
from ayil.members.models import User
from ayil.members.rights import read_once, rights_of
from ayil.members.waiting import Waiting, WaitingSource
from ayil.members.waits import doors_waiting, messages_waiting
from ayil.payouts.waits import payouts_waiting
from ayil.shop.waits import shops_waiting

SOURCES: Sequence[WaitingSource] = (
    applications.waiting,
    doubles.waiting,
    erasure.waiting,
    doors_waiting,
    messages_waiting,
    shops_waiting,
    goods_waiting,
    asks_waiting,
    payouts_waiting,
    grants_waiting,
    decisions_waiting,
    words_waiting,
)


@dataclass(frozen=True)
class Desk:
    """What waits for the reader, and what waits for others; the oldest first."""

    yours: Sequence[Waiting]
    others: Sequence[Waiting]


def desk_of(user: User, day: date) -> Desk:
    """Constant in queries: every source counts, none lists."""
    with read_once():
        held = rights_of(user, day=day)
        found = [one for source in SOURCES for one in source(user, day) if one.count]
    found.sort(key=lambda one: (one.oldest is None, one.oldest or day))
    return Desk(
        yours=[one for one in found if one.right in held],
        others=[one for one in found if one.right not in held],
    )
