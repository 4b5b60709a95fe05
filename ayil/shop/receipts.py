"""A sale as its receipt says it, with what came back of each line so far."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, Sum
from msgspec import Struct

from ayil.members.models import Shop
from ayil.shop.models import Sale, SaleKind, SaleLine, Tender


class ReceiptLine(Struct):
    """`line` counts from 1; `back` and `back_gross` came back of it by now."""

    line: int
    label: str
    names: dict[str, str]
    form: str
    quantity: int
    unit_price: int
    gross: int
    back: int
    back_gross: int


class Receipt(Struct):
    """`sale` is the hash of the sale's event; amounts in minor units of the shop's currency.

    `paid` is by means of payment, less what went back by it with goods of this sale.
    """

    sale: str
    receipt: str
    device: str
    date: str
    gross: int
    rounding: int
    paid: dict[str, int]
    lines: Sequence[ReceiptLine]


def receipts_called(shop: Shop, *, number: str = "", sale: str = "") -> list[Receipt]:
    """The shop's sales with this number or this event's hash; refunds are none."""
    sales = Sale.objects.filter(shop=shop, kind=SaleKind.SALE)
    found = sales.filter(event__hash=bytes.fromhex(sale)) if sale else sales.filter(receipt=number)
    return list(_receipts(found))


def _receipts(sales: QuerySet[Sale]) -> Iterable[Receipt]:
    lines = SaleLine.objects.select_related("lot__variant__product").annotate(
        back_units=Sum("refunds__quantity"), back_minor=Sum("refunds__gross_minor")
    )
    rows = sales.select_related("event__device").prefetch_related(
        Prefetch("lines", lines.order_by("number"))
    )
    for sale in rows.order_by("id"):
        yield Receipt(
            sale=bytes(sale.event.hash).hex(),
            receipt=sale.receipt,
            device=sale.event.device.code,
            date=sale.date.isoformat(),
            gross=sale.gross_minor,
            rounding=sale.rounding_minor,
            paid=_paid(sale),
            lines=[_line(line) for line in sale.lines.all()],
        )


def _paid(sale: Sale) -> dict[str, int]:
    refunds = SaleLine.objects.filter(refund_of__sale=sale).values("sale")
    tenders = Tender.objects.filter(Q(sale=sale) | Q(sale__in=refunds)).order_by("kind")
    return dict(tenders.values_list("kind").annotate(Sum("amount_minor")))


def _line(line: Any) -> ReceiptLine:
    product = line.lot.variant.product
    return ReceiptLine(
        line=line.number,
        label=line.lot.label,
        names={"en": product.name_en, "ru": product.name_ru, "ky": product.name_ky},
        form=line.lot.variant.form,
        quantity=line.quantity,
        unit_price=line.unit_price_minor,
        gross=line.gross_minor,
        back=-(line.back_units or 0),
        back_gross=-(line.back_minor or 0),
    )
