"""An agreement with its commission, and the account of what a shop owes."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from ayil.consignment.models import Agreement, CommissionTerm, ConsignorAccount
from ayil.consignment.rules import STANDARD_RATES_BP
from ayil.ledger.actions import open_account
from ayil.ledger.models import AccountKind
from ayil.members.models import Party, Shop


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
    until: date | None = None,
) -> Agreement:
    """A consignment agreement with its commission by kind of goods."""
    with transaction.atomic():
        agreement = Agreement.objects.create(
            shop=shop, consignor=consignor, number=number, since=since, until=until, by=by
        )
        CommissionTerm.objects.bulk_create(
            CommissionTerm(agreement=agreement, kind=kind, rate_bp=rate)
            for kind, rate in sorted(rates_bp.items())
        )
        consignor_account(shop=shop, consignor=consignor)
    return agreement
