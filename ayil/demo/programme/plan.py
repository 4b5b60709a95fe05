"""The whole plan from one seed number."""

from dataclasses import dataclass
from datetime import date
from random import Random

from ayil.demo.programme.assemblies import VillageVote, begins, votes
from ayil.demo.programme.cast import cast
from ayil.demo.programme.grant import Bill, bills
from ayil.demo.programme.notices import NOTICES, Notice
from ayil.demo.programme.records import Cast, Trade
from ayil.demo.programme.share_out import share_out
from ayil.demo.programme.trade import trade


@dataclass(frozen=True)
class Programme:
    """What happens, up to the last day of trade."""

    seed: int
    small: bool
    cast: Cast
    trade: Trade
    votes: tuple[VillageVote, ...]
    share_out: VillageVote
    bills: tuple[Bill, ...]
    notices: tuple[Notice, ...]

    @property
    def last(self) -> date:
        return self.trade.last


def programme(seed: int, *, small: bool = False) -> Programme:
    """The same seed gives the same plan. `small`: four villages and six weeks."""
    rng = Random(seed)  # noqa: S311 - a simulation has no secrets
    who = cast(rng, small=small)
    year = trade(rng, who, begins(who.villages, who.communities), small=small)
    paid = bills(rng, who.villages)
    decided = votes(rng, who)
    return Programme(
        seed=seed,
        small=small,
        cast=who,
        trade=year,
        bills=paid,
        votes=decided,
        share_out=share_out(seed, decided),
        notices=NOTICES,
    )
