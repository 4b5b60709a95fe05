"""When each village meets (E): after the money came, two or three villages a week."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from ayil.demo.programme.records import Community, Village

FIRST_ASSEMBLY = date(2012, 6, 9)
EVERY_DAYS = 3
CALLED_BEFORE = timedelta(days=10)
CALLED_AGAIN_AFTER = timedelta(days=14)
# Goods of these villages wait for the decision; the others' were on the shelves before.
DECIDE_BEFORE_THEY_BRING = 10
STARTS_AFTER_DECISION = timedelta(days=24)


def assembly_day(number: int) -> date:
    """The day of the village at place `number` from 0."""
    return FIRST_ASSEMBLY + timedelta(days=EVERY_DAYS * number)


def begins(villages: Sequence[Village], communities: Sequence[Community]) -> Mapping[str, date]:
    """The first day on which a community of a later village brings goods."""
    place = {village.code: number for number, village in enumerate(villages)}
    return {
        community.key: assembly_day(place[community.village]) + STARTS_AFTER_DECISION
        for community in communities
        if place[community.village] >= DECIDE_BEFORE_THEY_BRING
    }
