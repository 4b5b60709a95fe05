"""Which sales the network is asked about, and what people do about those that got stuck."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from ayil.kit import rows
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require
from ayil.shop.drafts import Stored
from ayil.shop.fiscal.numbers import keep_number
from ayil.shop.fiscal.rules import FOR_A_PERSON, Attempt, Standing, standing
from ayil.shop.models import FiscalAttempt, FiscalNumber, FiscalRequest, TillTerms

Outcome = FiscalAttempt.Outcome


def queue_sales(shop: Shop, sales: Sequence[Stored], *, at: datetime) -> None:
    """Sales and refunds on whose business day the shop's terms said so are to be sent.

    One row a sale in the transaction that posts it: nothing is asked here, nothing waits.
    """
    zone = ZoneInfo(shop.time_zone)
    terms = [
        (local_date(moment, zone), fiscal)
        for moment, fiscal in shop.till_terms.order_by("id").values_list("at", "fiscal")
    ]
    if all(fiscal != TillTerms.Fiscal.API for _day, fiscal in terms):
        return
    rows.insert(
        FiscalRequest,
        ("event_id", "shop_id", "at"),
        [
            (item.id, shop.pk, at)
            for item in sales
            if _form_on(terms, item.event.business_date) == TillTerms.Fiscal.API
        ],
    )


def _form_on(terms: Sequence[tuple[date, str]], day: date) -> str:
    held = [fiscal for since, fiscal in terms if since <= day]
    return held[-1] if held else TillTerms.Fiscal.NONE


def open_requests() -> QuerySet[FiscalRequest]:
    """What has neither a number nor a person's word that it stays without, oldest first."""
    ends = FiscalAttempt.objects.filter(
        request=OuterRef("pk"), outcome__in=[Outcome.NUMBERED, Outcome.LEFT]
    )
    return FiscalRequest.objects.exclude(Exists(ends)).order_by("event_id")


def standing_of(request: FiscalRequest, now: datetime) -> Standing:
    """Where it stands; reads `attempts`, so prefetch them for many."""
    attempts = sorted(request.attempts.all(), key=lambda attempt: attempt.pk)
    return standing(request.at, [Attempt(one.outcome, one.at) for one in attempts], now)


def send_again(*, request: FiscalRequest, by: Party, at: datetime) -> FiscalAttempt:
    """A person has put right what the register refused, or does not wait for the next try."""
    return _say(request, Outcome.AGAIN, by=by, at=at)


def leave(*, request: FiscalRequest, by: Party, words: str, at: datetime) -> FiscalAttempt:
    """It stays without a number, for a reason that is kept."""
    if not words.strip():
        raise AyilError(_("Say in a few words why it stays without a number."))
    return _say(request, Outcome.LEFT, by=by, at=at, words=words)


def type_number(*, request: FiscalRequest, by: Party, number: str, at: datetime) -> FiscalAttempt:
    """A person reads the number off the register and types it in."""
    number = number.strip()
    if not number or len(number) > 60:
        raise AyilError(_("Type the number as it stands on the register's receipt."))
    with transaction.atomic():
        said = _say(request, Outcome.NUMBERED, by=by, at=at, words=number)
        keep_number(
            shop=request.shop,
            sale=bytes(request.event.hash),
            register=FiscalNumber.NETWORK,
            number=number,
            by=by,
            at=at,
        )
    return said


def _say(
    request: FiscalRequest, outcome: Outcome, *, by: Party, at: datetime, words: str = ""
) -> FiscalAttempt:
    shop = request.shop
    require(by, Right.CLEAR_EXCEPTION, on=local_date(at, ZoneInfo(shop.time_zone)), shop=shop)
    with transaction.atomic():
        request = FiscalRequest.objects.select_for_update().get(pk=request.pk)
        if standing_of(request, at).state not in FOR_A_PERSON:
            raise AyilError(_("This receipt does not wait for you: look at the list again."))
        return FiscalAttempt.objects.create(
            request=request, outcome=outcome, words=words.strip()[:300], by=by, at=at
        )
