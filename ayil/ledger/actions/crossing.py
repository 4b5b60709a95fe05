"""From one fund to another by a bridge, from one currency to another by an exchange."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from ayil.kit.errors import AyilError, Conflict
from ayil.ledger.actions.opening import open_account, ref
from ayil.ledger.actions.posting import Posted, post_linked
from ayil.ledger.models import Account, AccountKind, Bridge, ExchangeRate, Fund
from ayil.ledger.rules import BRIDGE_IN, BRIDGE_OUT, FX, TransferRequest


def build_bridge(*, code: str, out_of: Fund, into: Fund, currency: str) -> Bridge:
    """A named way between two funds, with an account of its own on each side."""
    found = Bridge.objects.filter(code=code).select_related("out_account", "in_account").first()
    if found is not None:
        if (found.out_account.fund_id, found.in_account.fund_id) != (out_of.pk, into.pk):
            raise Conflict(f"Bridge {code} leads elsewhere than from {out_of} to {into}.")
        return found
    with transaction.atomic():
        out_account = open_account(
            fund=out_of, code=f"{BRIDGE_OUT}{code}", kind=AccountKind.ASSET, currency=currency
        )
        in_account = open_account(
            fund=into, code=f"{BRIDGE_IN}{code}", kind=AccountKind.LIABILITY, currency=currency
        )
        return Bridge.objects.create(code=code, out_account=out_account, in_account=in_account)


def post_across(bridge: Bridge, request: TransferRequest, *, at: datetime) -> tuple[Posted, Posted]:
    """Moves money from `request.credit` in one fund to `request.debit` in the other.

    Two linked transfers in one transaction, meeting in the bridge's accounts.
    """
    out_account, in_account = ref(bridge.out_account), ref(bridge.in_account)
    if (request.credit.fund_id, request.debit.fund_id) != (out_account.fund_id, in_account.fund_id):
        raise AyilError(
            f"Bridge {bridge.code} does not lead from fund {request.credit.fund_code} "
            f"to {request.debit.fund_code}."
        )
    out, into = post_linked(
        [
            replace(request, key=f"{request.key}/out", debit=out_account),
            replace(request, key=f"{request.key}/in", credit=in_account),
        ],
        at,
    )
    return out, into


def exchange(
    *,
    key: str,
    rate: ExchangeRate,
    given_from: Account,
    got_into: Account,
    document: str,
    actor: str,
    at: datetime,
) -> tuple[Posted, Posted]:
    """Turns `rate.base_minor` of one account into `rate.quote_minor` of another, same fund.

    Two linked transfers through an FX account a currency, each holding what was changed.
    """
    fund = given_from.fund
    if (given_from.currency, got_into.currency) != (rate.base, rate.quote):
        raise AyilError(f"The rate {rate} does not fit these accounts.")
    fx_given, fx_got = (
        open_account(fund=fund, code=FX, kind=AccountKind.EQUITY, currency=currency)
        for currency in (rate.base, rate.quote)
    )
    legs = (
        ("given", fx_given, given_from, rate.base_minor),
        ("got", got_into, fx_got, rate.quote_minor),
    )
    given, got = post_linked(
        [
            TransferRequest(
                key=f"{key}/{name}",
                debit=ref(debit),
                credit=ref(credit),
                amount_minor=amount,
                date=rate.date,
                kind="exchange",
                document=document,
                actor=actor,
            )
            for name, debit, credit, amount in legs
        ],
        at,
    )
    return given, got


def store_rate(
    *, date: date, base: str, quote: str, base_minor: int, quote_minor: int, source: str
) -> ExchangeRate:
    """A rate is what was given and got, with its day and source (invariant 9)."""
    if not source.strip():
        raise AyilError("An exchange rate needs its source: a bank slip or a published table.")
    return ExchangeRate.objects.create(
        date=date,
        base=base,
        quote=quote,
        base_minor=base_minor,
        quote_minor=quote_minor,
        source=source,
    )
