"""A statement down to the receipts behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from ayil.consignment.models import ConsignorAccount
from ayil.ledger.models import Transfer
from ayil.members.models import Party, Shop
from ayil.payouts.models import Statement
from ayil.payouts.names import SHARE
from ayil.products.models import Variant
from ayil.shop.models import SaleKind, SaleLine


@dataclass(frozen=True, slots=True)
class ItemSum:
    """One variant in a statement; units and amounts are net of refunds."""

    variant: Variant
    units: int
    refunded_units: int
    gross_minor: int
    commission_minor: int
    share_minor: int
    lines: int


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines of a statement down to the receipt, `page` of `pages` from 1."""

    lines: Sequence[SaleLine]
    page: int
    pages: int


def last_statement(*, shop: Shop, consignor: Party) -> Statement | None:
    return Statement.objects.filter(shop=shop, consignor=consignor).order_by("-number").first()


def statement_sale_lines(statement: Statement) -> QuerySet[SaleLine]:
    """The lines that a statement covers; add what you need to join."""
    return SaleLine.objects.filter(
        lot__consignor=statement.consignor_id,
        sale__shop=statement.shop_id,
        sale__seq__gt=statement.seq_from,
        sale__seq__lte=statement.seq_to,
    )


def statement_lines(statement: Statement, *, page: int = 1, size: int = 100) -> LinePage:
    """One page of lines in the order of posting, each with its receipt and item: one query."""
    pages = max(1, -(-statement.lines // size))
    page = min(max(page, 1), pages)
    lines = (
        statement_sale_lines(statement)
        .select_related("sale", "lot__variant__product")
        .order_by("sale__seq", "id")
    )
    return LinePage(list(lines[(page - 1) * size : page * size]), page, pages)


def statement_items(statement: Statement) -> list[ItemSum]:
    """The lines summed by item, what earned most first: two queries, whatever their number."""
    sums = (
        statement_sale_lines(statement)
        .values("lot__variant")
        .annotate(
            units=Sum("quantity"),
            refunded=Sum("quantity", filter=Q(sale__kind=SaleKind.REFUND), default=0),
            gross=Sum("gross_minor"),
            commission=Sum("commission_minor"),
            share=Sum("share_minor"),
            lines=Count("pk"),
        )
        .order_by("-share", "lot__variant")
    )
    found = list(sums)
    variants = Variant.objects.select_related("product").in_bulk(
        [one["lot__variant"] for one in found]
    )
    return [
        ItemSum(
            variant=variants[one["lot__variant"]],
            units=one["units"],
            refunded_units=-one["refunded"],
            gross_minor=one["gross"],
            commission_minor=one["commission"],
            share_minor=one["share"],
            lines=one["lines"],
        )
        for one in found
    ]


def statement_postings(statement: Statement) -> list[Transfer]:
    """What else moved the account: payouts, write-offs borne by the shop, corrections."""
    account = ConsignorAccount.objects.get(
        shop=statement.shop_id, consignor=statement.consignor_id
    ).account_id
    return list(
        Transfer.objects.filter(
            Q(debit=account) | Q(credit=account),
            fund__shop=statement.shop_id,
            seq__gt=statement.seq_from,
            seq__lte=statement.seq_to,
        )
        .exclude(kind=SHARE)
        .select_related("debit", "credit")
        .order_by("seq")
    )
