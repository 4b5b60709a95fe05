"""What a shop asked and nobody answered: for the owner's pages, and for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from ayil.consignment.ageing import TO_CARRY_OUT
from ayil.consignment.models import AgeingAsk, AgeingChoice, Movement, MovementKind
from ayil.members.models import Shop, User
from ayil.members.own import own_parties
from ayil.members.queries import AnyUser
from ayil.members.rights import Right
from ayil.members.waiting import Waiting, shops_in_sight
from ayil.products.models import PriceAsk
from ayil.products.queries import open_asks


@dataclass(frozen=True)
class Asked:
    """What an owner has to answer: about prices, and about goods that stand."""

    prices: Sequence[PriceAsk]
    ageing: Sequence[AgeingAsk]

    @property
    def count(self) -> int:
        return len(self.prices) + len(self.ageing)


def open_ageing() -> QuerySet[AgeingAsk]:
    """Lots about which an owner was asked and did not choose; what is gone by now is left out."""
    return AgeingAsk.objects.filter(choice__isnull=True, lot__balance__on_shelf__gt=0)


def asked_of(user: AnyUser, on: date) -> Asked:
    """What the shops ask this reader, for themselves and the communities they speak for."""
    own = own_parties(user, on)
    prices = open_asks().filter(variant__product__owner__in=own)
    ageing = open_ageing().filter(lot__consignor__in=own)
    return Asked(
        list(prices.select_related("shop", "variant__product__owner").order_by("on", "id")),
        list(
            ageing.select_related(
                "lot__shop", "lot__variant__product", "lot__consignor", "lot__balance"
            ).order_by("answer_by", "id")
        ),
    )


def count_asked(user: AnyUser, on: date) -> int:
    """How many answers the shops wait for from this reader."""
    own = own_parties(user, on)
    prices = open_asks().filter(variant__product__owner__in=own).count()
    return prices + open_ageing().filter(lot__consignor__in=own).count()


def to_carry_out(shops: QuerySet[Shop]) -> QuerySet[AgeingChoice]:
    """Owners chose that goods go, and they are still on the shelf: someone has to do it."""
    gone = Movement.objects.filter(
        lot=OuterRef("ask__lot"),
        id__gt=OuterRef("after_movement"),
        kind__in=[MovementKind.RETURNED, MovementKind.WRITTEN_OFF],
    )
    return AgeingChoice.objects.filter(
        ~Exists(gone),
        ask__lot__shop__in=shops,
        ask__lot__balance__on_shelf__gt=0,
        way__in=TO_CARRY_OUT,
    )


def asks_waiting(user: User, day: date) -> list[Waiting]:
    """Owners who did not answer by their day, choices to carry out, prices asked for."""
    shops = shops_in_sight(user, Right.RECEIVE_GOODS, day)
    late = open_ageing().filter(lot__shop__in=shops, answer_by__lt=day)
    prices = open_asks().filter(shop__in=shops)
    chosen = to_carry_out(shops)
    return [
        _late(late),
        _chosen(chosen),
        _prices(prices),
    ]


def _late(rows: QuerySet[AgeingAsk]) -> Waiting:
    count = rows.count()
    first = rows.order_by("answer_by").values_list("answer_by", "lot__shop__code").first()
    what = ngettext(
        "%(count)s lot about which its owner has not said in time what becomes of it",
        "%(count)s lots about which their owners have not said in time what becomes of them",
        count,
    )
    return _waiting(what, count, first, "ageing")


def _chosen(rows: QuerySet[AgeingChoice]) -> Waiting:
    count = rows.count()
    first = rows.order_by("on").values_list("on", "ask__lot__shop__code").first()
    what = ngettext(
        "%(count)s lot that its owner wants back or gives away",
        "%(count)s lots that their owners want back or give away",
        count,
    )
    return _waiting(what, count, first, "ageing")


def _prices(rows: QuerySet[PriceAsk]) -> Waiting:
    count = rows.count()
    first = rows.order_by("on").values_list("on", "shop__code").first()
    what = ngettext(
        "%(count)s price that an owner was asked about waits for the answer",
        "%(count)s prices that owners were asked about wait for the answer",
        count,
    )
    return _waiting(what, count, first, "price-asks")


def _waiting(what: str, count: int, first: tuple[date, str] | None, route: str) -> Waiting:
    return Waiting(
        what=what % {"count": count},
        count=count,
        oldest=first[0] if first else None,
        address=f"{reverse(route)}?shop={first[1]}" if first else reverse(route),
        right=Right.RECEIVE_GOODS,
    )
