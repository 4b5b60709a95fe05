"""What stands too long or expires soon, what its owner was asked and chose, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum

from ayil.consignment.models import AgeingAsk, AgeingChoice, Lot, Movement, MovementKind
from ayil.consignment.rules import (
    ASK_AGAIN_AFTER,
    EXPIRES_SOON,
    FOOD_KINDS,
    LATELY,
    LOOK_AT_CRAFT_AFTER,
    LOOK_AT_FOOD_AFTER,
    why_look,
)
from ayil.members.models import Party, Shop
from ayil.members.queries import is_simulated
from ayil.products.actions.pricing import Evidence
from ayil.products.models import Price, Variant
from ayil.products.queries import prices_on

STOCK_IS_KNOWN = Q(count__isnull=False) | Q(arrived_from__isnull=False)
SOLD = (MovementKind.SOLD, MovementKind.REFUNDED)
# By these the goods themselves go: somebody of the shop has to do it.
TO_CARRY_OUT = (AgeingChoice.Way.CAR, AgeingChoice.Way.GIVE, AgeingChoice.Way.TAKE)


def stands_too_long(on: date) -> Q:
    """`rules.why_look` for the database: food after 60 days, everything else after 120."""
    food = Q(variant__product__kind__in=FOOD_KINDS)
    return Q(food, accepted_on__lt=on - LOOK_AT_FOOD_AFTER) | Q(
        ~food, accepted_on__lt=on - LOOK_AT_CRAFT_AFTER
    )


def expires_soon(on: date) -> Q:
    """Its date is past, or comes within 30 days."""
    return Q(best_before__lte=on + EXPIRES_SOON)


def shelf_day(shop: Shop, today: date) -> date:
    """The day by which a shelf ages: today; in a simulation, where time stands still, the last
    day on which anything moved."""
    if not is_simulated():
        return today
    last = Movement.objects.filter(lot__shop=shop).aggregate(last=Max("date"))["last"]
    return min(last or today, today)


def ageing_lots(shops: QuerySet[Shop], on: date) -> QuerySet[Lot]:
    """Lots on these shelves that somebody should look at."""
    return Lot.objects.filter(
        STOCK_IS_KNOWN,
        stands_too_long(on) | expires_soon(on),
        shop__in=shops,
        balance__on_shelf__gt=0,
    )


@dataclass(frozen=True)
class Outcome:
    """What came of a lot after its owner chose: pieces, and the last day on which any moved."""

    sold: int
    returned: int
    written_off: int
    last_on: date | None

    @property
    def is_nothing(self) -> bool:
        return not (self.sold or self.returned or self.written_off)


@dataclass(frozen=True)
class Look:
    """One lot as it stands: why it is looked at, since when, at what price, what was asked."""

    lot: Lot
    why: str
    days: int
    sold_lately: int
    price: Price | None
    ask: AgeingAsk | None
    choice: AgeingChoice | None
    outcome: Outcome | None
    on: date

    @property
    def why_words(self) -> str:
        return str(AgeingAsk.Why(self.why).label) if self.why else ""

    @property
    def state(self) -> str:
        """fresh (to be asked), asked, late (no answer by its day), chosen, or to-do."""
        if self.ask is None:
            return "fresh"
        if self.choice is None:
            return "late" if self.ask.answer_by < self.on else "asked"
        if self.choice.way in TO_CARRY_OUT:
            gone = self.outcome and (self.outcome.returned or self.outcome.written_off)
            return "chosen" if gone or not self.lot.balance.on_shelf else "to-do"
        return "fresh" if self.why and self.choice.on + ASK_AGAIN_AFTER <= self.on else "chosen"


@dataclass(frozen=True)
class OfOwner:
    """One owner's lots."""

    owner: Party
    looks: Sequence[Look]

    @property
    def fresh(self) -> int:
        return sum(look.state == "fresh" for look in self.looks)


def looks(lots: Iterable[Lot], on: date) -> list[Look]:
    """Every lot with what is known of it; as many queries for one as for many."""
    found = list(lots)
    keys = [lot.pk for lot in found]
    prices = prices_on({lot.variant for lot in found}, on)
    lately = _sold_since(keys, on)
    asks: dict[int, AgeingAsk] = {}
    for ask in (
        AgeingAsk.objects.filter(lot__in=keys).select_related("choice__price").order_by("id")
    ):
        asks[ask.lot_id] = ask
    choices = {lot: ask.choice for lot, ask in asks.items() if hasattr(ask, "choice")}
    outcomes = outcomes_of(choices)
    return [
        Look(
            lot=lot,
            why=why_look(lot.variant.product.kind, lot.accepted_on, lot.best_before, on),
            days=(on - lot.accepted_on).days,
            sold_lately=lately.get(lot.pk, 0),
            price=prices.get(lot.variant_id),
            ask=asks.get(lot.pk),
            choice=choices.get(lot.pk),
            outcome=outcomes.get(lot.pk),
            on=on,
        )
        for lot in found
    ]


def at_hand(lots: QuerySet[Lot]) -> QuerySet[Lot]:
    """With all that `looks` and its pages read of a lot."""
    return lots.select_related("shop", "variant__product", "consignor__village", "balance")


def by_owner(found: Iterable[Look]) -> list[OfOwner]:
    """In the order of the owners' names, each one's oldest goods first."""
    grouped: dict[int, list[Look]] = {}
    for look in found:
        grouped.setdefault(look.lot.consignor_id, []).append(look)
    owners = [
        OfOwner(some[0].lot.consignor, sorted(some, key=lambda one: (-one.days, one.lot.pk)))
        for some in grouped.values()
    ]
    return sorted(owners, key=lambda one: (one.owner.sort_key, one.owner.pk))


def outcomes_of(choices: dict[int, AgeingChoice]) -> dict[int, Outcome]:
    """By lot: what moved after its owner chose. One query.

    Counted by posting order, and not before the day of the choice: a sale of the day before that
    a till sends later did not come of it.
    """
    rows = Movement.objects.filter(lot__in=list(choices)).values_list(
        "lot_id", "id", "kind", "quantity", "date"
    )
    sums: dict[int, dict[str, int]] = {lot: {} for lot in choices}
    last: dict[int, date] = {}
    for lot, pk, kind, quantity, day in rows:
        choice = choices[lot]
        if pk <= choice.after_movement or day < choice.on:
            continue
        sums[lot][kind] = sums[lot].get(kind, 0) - quantity
        last[lot] = max(day, last.get(lot, day))
    return {
        lot: Outcome(
            sold=sum(some.get(kind, 0) for kind in SOLD),
            returned=some.get(MovementKind.RETURNED, 0),
            written_off=some.get(MovementKind.WRITTEN_OFF, 0) + some.get(MovementKind.FOUND, 0),
            last_on=last.get(lot),
        )
        for lot, some in sums.items()
    }


def last_movement(lot: Lot) -> int:
    """The number of the lot's last movement so far."""
    return lot.movements.aggregate(last=Max("id"))["last"] or 0


def evidence_of(variants: Iterable[Variant], shop: Shop, on: date) -> dict[int, Evidence]:
    """By variant: how long its oldest piece stands in the shop, and how many sold lately."""
    lots = Lot.objects.filter(STOCK_IS_KNOWN, shop=shop, variant__in=list(variants))
    oldest: dict[int, int] = {}
    variant_of: dict[int, int] = {}
    rows = lots.order_by("-accepted_on").values_list(
        "id", "variant_id", "accepted_on", "balance__on_shelf"
    )
    for lot, variant, accepted_on, on_shelf in rows:
        variant_of[lot] = variant
        if on_shelf > 0:
            oldest[variant] = (on - accepted_on).days
    sold: dict[int, int] = {}
    for lot, pieces in _sold_since(list(variant_of), on).items():
        sold[variant_of[lot]] = sold.get(variant_of[lot], 0) + pieces
    return {
        variant: Evidence(shelf_days=oldest.get(variant), sold_lately=sold.get(variant, 0))
        for variant in set(variant_of.values())
    }


def _sold_since(lots: Sequence[int], on: date) -> dict[int, int]:
    """Pieces by lot that sold in the four weeks up to the day."""
    rows = Movement.objects.filter(
        lot__in=lots, kind__in=SOLD, date__gt=on - LATELY, date__lte=on
    ).values("lot_id")
    return {
        row["lot_id"]: -row["pieces"]
        for row in rows.annotate(pieces=Sum("quantity")).order_by("lot_id")
    }
