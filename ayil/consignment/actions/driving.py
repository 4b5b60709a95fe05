"""The list for the next car is taken along, and what was done of it is ticked off."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.car import Item
from ayil.consignment.models import CarLine, CarLineDone, CarTrip
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require


def plan_trip(
    *, shop: Shop, items: Collection[Item], on: date, by: Party, today: date, at: datetime
) -> CarTrip:
    """The list as it is now, frozen for the trip of the day `on`."""
    require(by, Right.RECEIVE_GOODS, on=today, shop=shop)
    if not items:
        raise AyilError(_("There is nothing to pick up and nothing to bring."))
    if on < today:
        raise AyilError(_("A trip is planned for today or a day to come."))
    with transaction.atomic():
        trip = CarTrip.objects.create(shop=shop, on=on, by=by, made_at=at)
        CarLine.objects.bulk_create(
            CarLine(
                trip=trip, way=item.way, party=item.party, words=item.words, document=item.document
            )
            for item in items
        )
    return trip


def tick_off(*, trip: CarTrip, lines: Collection[int], by: Party, on: date, at: datetime) -> int:
    """These lines of the trip (their keys) were done; how many were not ticked before."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=trip.shop)
    with transaction.atomic():
        CarTrip.objects.select_for_update().get(pk=trip.pk)
        undone = trip.lines.filter(pk__in=lines, done__isnull=True)
        made = [CarLineDone(line=line, by=by, at=at) for line in undone]
        CarLineDone.objects.bulk_create(made)
    return len(made)
