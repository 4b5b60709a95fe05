"""Goods go back to their owner: over the counter, or with the next car."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.actions.acts import positive
from ayil.consignment.actions.moving import move, next_number
from ayil.consignment.models import (
    GoodsReturn,
    Lot,
    LotBalance,
    Movement,
    MovementKind,
    ReturnHandover,
    ReturnLine,
)
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.own import is_one_of, speaks_for
from ayil.members.rights import Right, require


def return_to_owner(
    *,
    shop: Shop,
    consignor: Party,
    lines: Sequence[tuple[Lot, int]],
    by: Party,
    on: date,
    at: datetime,
    taken_by: Party | None = None,
    note: str = "",
) -> GoodsReturn:
    """A return note: these pieces leave the shelf. `taken_by` is who takes them over the counter;
    without anybody they go with the next car."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
    way = GoodsReturn.Way.CAR if taken_by is None else GoodsReturn.Way.HAND
    with transaction.atomic():
        goods = GoodsReturn.objects.create(
            shop=shop,
            consignor=consignor,
            number=next_number(GoodsReturn.objects.filter(shop=shop), shop),
            way=way,
            by=by,
            returned_on=on,
            recorded_at=at,
            note=note,
        )
        document = f"return:{shop.code}/{goods.number}"
        for movement in take_off(lines, shop, MovementKind.RETURNED, on, document, consignor):
            ReturnLine.objects.create(goods_return=goods, movement=movement)
        if taken_by is not None:
            hand_over_return(goods_return=goods, taken_by=taken_by, by=by, on=on, at=at)
    return goods


def take_off(
    lines: Sequence[tuple[Lot, int]],
    shop: Shop,
    kind: MovementKind,
    on: date,
    document: str,
    consignor: Party | None = None,
) -> list[Movement]:
    """Pieces leave the shelf of the shop, lot by lot, never more than stand there."""
    if not lines:
        raise AyilError(_("Nothing was chosen. Say beside the goods how many go."))
    asked: Counter[int] = Counter()
    for lot, quantity in lines:
        positive(quantity, lot)
        asked[lot.pk] += quantity
        if lot.shop_id != shop.pk or (consignor is not None and lot.consignor_id != consignor.pk):
            raise AyilError(_("%(lot)s does not stand here for this owner.") % {"lot": lot})
    balances = LotBalance.objects.select_for_update().filter(lot__in=asked).order_by("lot")
    stands = dict(balances.values_list("lot", "on_shelf"))
    for lot, _quantity in lines:
        if asked[lot.pk] > stands.get(lot.pk, 0):
            raise AyilError(
                _(
                    "The books have %(stands)s of %(lot)s on the shelf, and %(asked)s are to go. "
                    "Count it first."
                )
                % {"stands": stands.get(lot.pk, 0), "lot": lot, "asked": asked[lot.pk]}
            )
    return [move(lot, kind, -quantity, on, document) for lot, quantity in lines]


def hand_over_return(
    *, goods_return: GoodsReturn, taken_by: Party, by: Party, on: date, at: datetime
) -> ReturnHandover:
    """The owner, or somebody who speaks for them, has the goods."""
    shop = goods_return.shop
    require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
    if is_one_of(by, taken_by):
        raise AyilError(
            _("%(party)s cannot hand goods over to themselves. Somebody else of the shop must.")
            % {"party": by}
        )
    if not speaks_for(taken_by, goods_return.consignor, on):
        raise AyilError(
            _(
                "%(party)s does not speak for %(owner)s: the goods go to the owner, a leader or "
                "contact of the community, or whoever holds a mandate."
            )
            % {"party": taken_by, "owner": goods_return.consignor}
        )
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=shop.pk)
        if ReturnHandover.objects.filter(goods_return=goods_return).exists():
            raise AyilError(
                _("Return %(number)s was handed over already.") % {"number": goods_return.number}
            )
        return ReturnHandover.objects.create(
            goods_return=goods_return, taken_by=taken_by, by=by, handed_on=on, recorded_at=at
        )
