"""An agreement with its commission, and the account of what a shop owes."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from ayil.consignment.models import (
    Agreement,
    CommissionTerm,
    ConsignorAccount,
    CoveredProduct,
    FeeTerm,
)
from ayil.consignment.rules import STANDARD_RATES_BP
from ayil.ledger.actions import open_account
from ayil.ledger.models import AccountKind
from ayil.members.models import Party, Shop
from ayil.products.models import Product


def consignor_account(*, shop: Shop, consignor: Party) -> ConsignorAccount:
    """Where the shop keeps what it owes to them; opened when first asked for."""
    found = (
        ConsignorAccount.objects.filter(shop=shop, consignor=consignor)
        .select_related("account__fund")
        .first()
    )
    if found is not None:
        return found
    with transaction.atomic():
        account = open_account(
            fund=shop.fund,
            code=f"payable:{consignor.uid}",
            kind=AccountKind.LIABILITY,
            currency=shop.currency,
        )
        return ConsignorAccount.objects.create(shop=shop, consignor=consignor, account=account)


def agree(
    *,
    shop: Shop,
    consignor: Party,
    number: str,
    since: date,
    by: Party,
    rates_bp: Mapping[str, int] = STANDARD_RATES_BP,
    fees_bp: Mapping[str, int] | None = None,
    until: date | None = None,
    covers: Collection[Product] = (),
    follows: Agreement | None = None,
) -> Agreement:
    """A consignment agreement: its commission by kind of goods, its fees by what they are for.

    `covers`: the goods it is about, all of the owner's where none is named; `follows`: the one
    that it renews. Who may is asked where people come from: `enter_agreement`.
    """
    with transaction.atomic():
        agreement = Agreement.objects.create(
            shop=shop,
            consignor=consignor,
            number=number,
            since=since,
            until=until,
            follows=follows,
            by=by,
        )
        CoveredProduct.objects.bulk_create(
            CoveredProduct(agreement=agreement, product=product) for product in covers
        )
        CommissionTerm.objects.bulk_create(
            CommissionTerm(agreement=agreement, kind=kind, rate_bp=rate)
            for kind, rate in sorted(rates_bp.items())
        )
        FeeTerm.objects.bulk_create(
            FeeTerm(agreement=agreement, kind=kind, rate_bp=rate)
            for kind, rate in sorted((fees_bp or {}).items())
            if rate
        )
        consignor_account(shop=shop, consignor=consignor)
    return agreement
