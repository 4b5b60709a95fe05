"""Reads over products, prices, and what shops ask of them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet

from ayil.members.identities import identities_of
from ayil.members.models import Affiliation, Party
from ayil.members.own import SPEAKS, own_parties, speakers_for
from ayil.members.queries import AnyUser, standing_on
from ayil.products.models import Price, PriceAsk, Variant


def price_on(variant: Variant, day: date) -> Price | None:
    """The owner's price that holds on that day."""
    return variant.prices.filter(valid_from__lte=day).order_by("-valid_from").first()


def prices_on(variants: Iterable[Variant], day: date) -> dict[int, Price]:
    """By variant id, in one query."""
    found: dict[int, Price] = {}
    for price in Price.objects.filter(variant__in=list(variants), valid_from__lte=day).order_by(
        "valid_from"
    ):
        found[price.variant_id] = price
    return found


def first_free_day(variant: Variant, on: date) -> date:
    """The first day from which a new price may hold: `on`, or the day after the last one begins."""
    last = variant.prices.order_by("-valid_from").first()
    return on if last is None else max(on, last.valid_from + timedelta(days=1))


def voice_of(person: Party, owner: Party, day: date) -> Party | None:
    """The record under which this person sets the owner's prices; None where they may not.

    The owner themselves under whichever of their records, or a leader or contact of the
    community that owns the goods; a mandate to collect money is none to set prices.
    """
    mine = identities_of(person)
    if owner.pk in mine:
        return owner
    parts = Affiliation.objects.filter(person__in=mine, community=owner, part__in=SPEAKS)
    spoken = [part.person for part in standing_on(parts, day).select_related("person")]
    return person if person in spoken else next(iter(spoken), None)


def voices_of(owner: Party, day: date) -> list[Party]:
    """Whose signed word holds for the owner's goods: theirs, or who speaks for the community."""
    people = speakers_for([owner], day)[owner.pk]
    voices = [voice_of(one, owner, day) for one in people]
    return list({one.pk: one for one in voices if one is not None}.values()) or [owner]


def own_variants(user: AnyUser, day: date) -> QuerySet[Variant]:
    """What the user makes, and what the communities make for which they speak."""
    return (
        Variant.objects.filter(product__owner__in=own_parties(user, day))
        .select_related("product__owner__village")
        .order_by("product__owner_id", "product_id", "id")
    )


def open_asks() -> QuerySet[PriceAsk]:
    """What shops asked of prices, and no owner has answered yet."""
    return PriceAsk.objects.filter(answer__isnull=True)
