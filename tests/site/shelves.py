"""What leaves a shop's shelf beside sales, and what is counted on it, for the walk of routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from ayil.consignment.actions import (
    Lost,
    agree,
    close_count,
    count_arrival,
    count_line,
    draft_act,
    open_count,
    return_to_owner,
    send_goods,
    sign_act,
)
from ayil.consignment.models import Bearer, Cause, CountSheet, ShopTransfer, TransferLine
from ayil.members.actions import grant_role, open_shop
from ayil.members.models import Party, Role, Shop
from tests.site.cast import AT, START, Maker, Programme, person


@dataclass(frozen=True)
class Shelves:
    """Addresses of one paper of each kind, whose lines are the maker's. `arriving` comes to the
    shop and is counted by the form `came`; `closed` is a count in which one piece lacks."""

    goods_return: UUID
    act: UUID
    draft: UUID
    transfer: UUID
    arriving: UUID
    came: Mapping[str, str]
    sheet: UUID
    closed: UUID


def shelves_of(made: Programme, maker: Maker) -> Shelves:
    """Two people of the shop, and a shop beside it to send goods to and back from."""
    shop, lot, by = made.shop, maker.lots[0], made.manager
    clerk = _clerk(made, shop)
    goods = return_to_owner(
        shop=shop, consignor=maker.party, lines=[(lot, 1)], by=clerk, on=START, at=AT
    )
    lost = Lost(lot, 1, Cause.DAMAGED, Bearer.OWNER)
    act, draft = (
        draft_act(shop=shop, lines=[lost], by=clerk, on=START, at=AT) for _number in range(2)
    )
    sign_act(act=act, by=by, on=START, at=AT)
    transfer, arriving = _there_and_back(made, maker, clerk)
    line = TransferLine.objects.get(transfer=arriving)
    sheet, closed = (
        open_count(shop=shop, reason=CountSheet.Reason.LIST, lots=[lot], by=clerk, on=START, at=AT)
        for _number in range(2)
    )
    lot.refresh_from_db()
    count_line(line=closed.lines.get(), counted=lot.balance.on_shelf - 1, by=clerk, on=START, at=AT)
    close_count(sheet=closed, by=clerk, on=START, at=AT)
    return Shelves(
        goods_return=goods.uid, act=act.uid, draft=draft.uid, transfer=transfer.uid,
        arriving=arriving.uid, came={f"line-{line.pk}": "1"}, sheet=sheet.uid, closed=closed.uid,
    )  # fmt: skip


def _clerk(made: Programme, shop: Shop) -> Party:
    clerk = person(f"Сатуучу {shop.code}")
    grant_role(party=clerk, role=Role.CLERK, since=START, by=made.officer, shop=shop)
    return clerk


def _there_and_back(
    made: Programme, maker: Maker, clerk: Party
) -> tuple[ShopTransfer, ShopTransfer]:
    """Three pieces go to another shop, one gets lost on the way, one is on its way back."""
    there = open_shop(code=f"{made.shop.code}-2", name="Кошуна", place=None, currency="KGS")
    agree(shop=there, consignor=maker.party, number="Д-2", since=START, by=made.officer)
    keeper = _clerk(made, there)
    sent = send_goods(
        sender=made.shop, receiver=there, lines=[(maker.lots[0], 3)], by=clerk, on=START, at=AT
    )
    line = sent.lines.get()
    arrival = count_arrival(transfer=sent, counted={line.pk: 2}, by=keeper, on=START, at=AT)
    there_now = arrival.lines.get().lot
    if there_now is None:
        raise RuntimeError("what arrived is a lot")
    back = send_goods(
        sender=there, receiver=made.shop, lines=[(there_now, 1)], by=keeper, on=START, at=AT
    )
    return sent, back
