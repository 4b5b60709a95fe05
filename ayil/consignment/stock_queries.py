"""Reads over what stands in a shop, what left it and by which paper; who may see which of them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Max, Q, QuerySet, Sum

from ayil.consignment.models import (
    ActLine,
    ArrivedLine,
    CountSheet,
    GoodsReturn,
    Lot,
    LotPlace,
    SheetLine,
    Shelf,
    ShopTransfer,
    StockCount,
    TransferLine,
    WriteOffAct,
)
from ayil.kit.search import Asked, matching
from ayil.members.models import Party, Shop
from ayil.members.own import own_parties
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with
from ayil.products.models import Product

# Of what came with imported trade nobody knows how much there is.
STOCK_IS_KNOWN = Q(count__isnull=False) | Q(arrived_from__isnull=False)
KEEPERS = (Right.RECEIVE_GOODS, Right.KEEP_BOOKS)


def shops_of_papers(user: AnyUser, day: date) -> frozenset[int]:
    """The shops whose papers of stock the user may see whole."""
    return frozenset(
        pk
        for right in KEEPERS
        for pk in shops_with(user, right, day=day).values_list("pk", flat=True)
    )


def own_goods_of(user: AnyUser, day: date) -> QuerySet[Lot]:
    """Lots of the user's own, and of whom they speak for."""
    return Lot.objects.filter(consignor__in=own_parties(user, day).values("pk"))


def returns_visible_to(user: AnyUser, day: date) -> QuerySet[GoodsReturn]:
    """Return notes of the shops one works for, and of one's own goods."""
    seen = Q(shop__in=shops_of_papers(user, day)) | Q(
        consignor__in=own_parties(user, day).values("pk")
    )
    return GoodsReturn.objects.filter(seen)


def acts_visible_to(user: AnyUser, day: date) -> QuerySet[WriteOffAct]:
    """Acts of the shops one works for; signed ones with a line of one's own goods. Of these the
    owner is shown their own lines only: `act_lines_visible_to`."""
    own = ActLine.objects.filter(lot__in=own_goods_of(user, day), act__signing__isnull=False)
    return WriteOffAct.objects.filter(
        Q(shop__in=shops_of_papers(user, day)) | Q(pk__in=own.values("act"))
    )


def act_lines_visible_to(user: AnyUser, act: WriteOffAct, day: date) -> QuerySet[ActLine]:
    lines = act.lines.all()
    if act.shop_id not in shops_of_papers(user, day):
        lines = lines.filter(lot__in=own_goods_of(user, day))
    return lines


def transfers_visible_to(user: AnyUser, day: date) -> QuerySet[ShopTransfer]:
    """Transfers from and to the shops one works for, and those with one's own goods."""
    shops = shops_of_papers(user, day)
    own = TransferLine.objects.filter(movement__lot__in=own_goods_of(user, day))
    return ShopTransfer.objects.filter(
        Q(sender__in=shops) | Q(receiver__in=shops) | Q(pk__in=own.values("transfer"))
    )


def transfer_lines_visible_to(
    user: AnyUser, transfer: ShopTransfer, day: date
) -> QuerySet[TransferLine]:
    lines = transfer.lines.all()
    if not {transfer.sender_id, transfer.receiver_id} & shops_of_papers(user, day):
        lines = lines.filter(movement__lot__in=own_goods_of(user, day))
    return lines


def sheets_visible_to(user: AnyUser, day: date) -> QuerySet[CountSheet]:
    """Sheets of the shops where one takes in goods."""
    return CountSheet.objects.filter(shop__in=shops_with(user, Right.RECEIVE_GOODS, day=day))


def returns_waiting(shop: Shop) -> QuerySet[GoodsReturn]:
    """What is packed for its owner and was not taken over: for the desk and the car's list."""
    return GoodsReturn.objects.filter(shop=shop, handover__isnull=True).order_by("id")


def lots_standing(shop: Shop, text: str = "") -> QuerySet[Lot]:
    """Lots whose books are not at nought, by label, goods or maker; the maker's together."""
    lots = Lot.objects.filter(STOCK_IS_KNOWN, shop=shop).exclude(balance__on_shelf=0)
    if text:
        lots = lots.filter(
            Q(label__in=Asked(text).numbers)
            | Q(variant__product__in=matching(Product, text))
            | Q(consignor__in=matching(Party, text))
        )
    named = ("shop", "variant__product", "consignor__village", "balance")
    return lots.select_related(*named).order_by("consignor__sort_key", "consignor", "label")


def asked_for_count(shop: Shop) -> QuerySet[Lot]:
    """Lots that read below nought: their goods stood on the counter before they were booked, or
    were sold under a wrong label. Those on an open sheet are being counted."""
    counted = SheetLine.objects.filter(sheet__shop=shop, sheet__closing__isnull=True)
    return lots_standing(shop).filter(balance__on_shelf__lt=0).exclude(pk__in=counted.values("lot"))


def shelves_of(shop: Shop) -> QuerySet[Shelf]:
    """The shelves in use, by name."""
    return Shelf.objects.filter(shop=shop, end__isnull=True)


def places_of(lots: Iterable[Lot]) -> dict[int, Shelf]:
    """By the key of the lot, the shelf in use on which it stands."""
    last = _last_places().filter(lot__in=[lot.pk for lot in lots]).select_related("shelf__end")
    return {
        place.lot_id: place.shelf
        for place in last
        if place.shelf is not None and not hasattr(place.shelf, "end")
    }


def _last_places() -> QuerySet[LotPlace]:
    latest = LotPlace.objects.values("lot").annotate(last=Max("pk")).order_by()
    return LotPlace.objects.filter(pk__in=latest.values("last"))


def lots_on(shelf: Shelf) -> QuerySet[Lot]:
    """What stands on the shelf, as far as anybody said."""
    return lots_standing(shelf.shop).filter(pk__in=_last_places().filter(shelf=shelf).values("lot"))


def last_counts(sheet: CountSheet) -> Sequence[StockCount]:
    """The count that holds of each line that was counted, in the order of the sheet."""
    latest = StockCount.objects.filter(line__sheet=sheet).values("line").order_by()
    return list(
        StockCount.objects.filter(pk__in=latest.annotate(last=Max("pk")).values("last"))
        .select_related("lot__shop", "lot__variant__product", "lot__consignor", "line", "by")
        .order_by("line")
    )


def is_missing_of(line: TransferLine, *, with_drafts: bool = False) -> int:
    """Pieces of a line that were sent and did not arrive, less those on signed acts (and with
    `with_drafts` on acts that wait for their second signature). Nothing while it is on the way."""
    arrived = ArrivedLine.objects.filter(line=line).first()
    if arrived is None:
        return 0
    acts = Q(act__signing__isnull=False)
    if with_drafts:
        acts |= Q(act__withdrawal__isnull=True)
    written = ActLine.objects.filter(acts, missing_of=line).aggregate(pieces=Sum("quantity"))
    return line.quantity - arrived.quantity - (written["pieces"] or 0)


def speakers_first(parties: Collection[Party], owner: Party) -> Sequence[Party]:
    """The owner first, then by name."""
    return sorted(parties, key=lambda one: (one.pk != owner.pk, one.sort_key, one.pk))
