"""One movement of a lot, written with the lot's running sums."""

from datetime import date

from django.db import models
from django.db.models import F, Max

from ayil.consignment.models import Lot, LotBalance, Movement, MovementKind
from ayil.members.models import Shop

_COLUMN = {
    MovementKind.ACCEPTED: ("accepted", 1),
    MovementKind.RETURNED: ("returned", -1),
    MovementKind.WRITTEN_OFF: ("written_off", -1),
    MovementKind.FOUND: ("written_off", -1),
    MovementKind.SENT: ("sent", -1),
    MovementKind.NOT_ARRIVED: ("sent", -1),
}


def move(lot: Lot, kind: MovementKind, quantity: int, on: date, document: str) -> Movement:
    """Writes one movement (`quantity` signed as the shelf sees it) and the lot's running sums."""
    movement = Movement.objects.create(
        lot=lot, kind=kind, quantity=quantity, date=on, document=document
    )
    column, sign = _COLUMN[kind]
    LotBalance.objects.filter(lot=lot).update(
        **{column: F(column) + sign * quantity, "on_shelf": F("on_shelf") + quantity}
    )
    return movement


def next_number(papers: "models.QuerySet[models.Model]", shop: Shop) -> int:
    """The next number of these papers of the shop, which waits for whoever writes one there; call
    inside the transaction that writes it."""
    Shop.objects.select_for_update().get(pk=shop.pk)
    return int(papers.aggregate(last=Max("number"))["last"] or 0) + 1
