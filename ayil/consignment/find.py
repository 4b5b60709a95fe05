"""Lots by their label, consignment notes and agreements by their number."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ayil.consignment.models import Agreement, ConsignmentNote, Lot
from ayil.kit.search import SHOWN, Asked, Found, Hit
from ayil.members.models import Party, Shop
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, shops_with


def find_lots(asked: Asked, user: AnyUser, day: date) -> Found:
    """What a label is stuck on, for whoever works in its shop."""
    if not asked.has_digit:
        return Found()
    lots = (
        Lot.objects.filter(
            shop__in=shops_with(user, Right.SEE_DESK, day=day), label__in=asked.numbers
        )
        .select_related("variant__product", "consignor", "balance")
        .order_by("-accepted_on", "-id")
    )
    keepers = (Right.RECEIVE_GOODS, Right.KEEP_BOOKS)
    opened = {shop.pk for right in keepers for shop in shops_with(user, right, day=day)}
    return Found([_lot(lot, may_open=lot.shop_id in opened) for lot in lots[:SHOWN]])


def _lot(lot: Lot, *, may_open: bool) -> Hit:
    words = _("label %(label)s · %(consignor)s · on the shelf: %(pieces)s")
    return Hit(
        title=lot.variant.name,
        note=words
        % {"label": lot.label, "consignor": lot.consignor, "pieces": lot.balance.on_shelf},
        address=reverse("lot", args=[lot.pk])
        if may_open
        else reverse("catalogue:good", args=[lot.variant.product_id]),
        is_exact=True,
    )


def find_papers(asked: Asked, user: AnyUser, day: date) -> Found:
    """Consignment notes and agreements, for whoever keeps the shop's books."""
    if not asked.has_digit:
        return Found()
    shops = shops_with(user, Right.KEEP_BOOKS, day=day)
    notes = ConsignmentNote.objects.filter(
        agreement__shop__in=shops, number__in=asked.numbers
    ).select_related("agreement__shop", "agreement__consignor")
    agreements = Agreement.objects.filter(shop__in=shops, number__in=asked.numbers).select_related(
        "shop", "consignor"
    )
    return Found(
        [
            _paper(_("Consignment note %s"), note.number, note.agreement,
                   reverse("note", args=[note.uid]))
            for note in notes[:SHOWN]
        ]
        + [
            _paper(_("Agreement %s"), one.number, one, reverse("agreement", args=[one.uid]))
            for one in agreements[:SHOWN]
        ]
    )  # fmt: skip


def _paper(words: str, number: str, agreement: Agreement, address: str) -> Hit:
    shop: Shop = agreement.shop
    consignor: Party = agreement.consignor
    return Hit(
        title=words % number,
        note=f"{consignor} · {shop}",
        address=address,
        is_exact=True,
    )
