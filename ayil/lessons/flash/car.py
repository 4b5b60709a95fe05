"""Slips of paper for the next car: whose, and where to; what stands on them nobody reads."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.utils.translation import ngettext

from ayil.consignment.car import Item
from ayil.consignment.models import CarLine
from ayil.members.messages.slips import slips_waiting
from ayil.members.models import Party, Shop


def slips_to_bring(shop: Shop, _day: date) -> Iterator[Item]:
    """One line a person, however many slips wait for them."""
    waiting = slips_waiting(shop).order_by().values_list("party")
    counts = dict(waiting.annotate(count=Count("pk")))
    people = Party.objects.select_related("village__parent").in_bulk(counts)
    for pk in sorted(people):
        words = ngettext("%(count)s slip: what was sold", "%(count)s slips: what was sold",
                         counts[pk])  # fmt: skip
        yield Item(CarLine.Way.BRING, people[pk], words % {"count": counts[pk]})
