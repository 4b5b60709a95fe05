"""What a till did beyond what the shop's manager or a thing's owner allowed.

It happened, so it stands and is posted; a person is told of it. The database is asked only where
a batch holds a refund or a discount.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from ayil.consignment.models import Lot
from ayil.kit.errors import AyilError
from ayil.members.models import Shop
from ayil.members.rights import Right, require
from ayil.products.models import Price
from ayil.shop.drafts import Fault, Stored, chunks
from ayil.shop.models import TillTerms
from ayil.shop.payloads import RefundPayload, SalePayload
from ayil.shop.proofs import Side, check_proof, party_of


def beyond_limits(shop: Shop, stored: Sequence[Stored], *, at: datetime) -> list[Fault]:
    """Refunds above the limit without a manager, approvals by a PIN that is not theirs, and
    discounts below the owner's floor."""
    return [
        *_refunds_over(shop, stored),
        *_approvals_wrong(stored, at),
        *_discounts_under(shop, stored),
    ]


def _approvals_wrong(stored: Sequence[Stored], at: datetime) -> Iterator[Fault]:
    for item in stored:
        payload = item.event.payload
        if isinstance(payload, RefundPayload) and payload.approved:
            yield from check_proof(item=item, proof=payload.approved, side=Side.APPROVAL, at=at)


def _refunds_over(shop: Shop, stored: Sequence[Stored]) -> list[Fault]:
    refunds = [(s, s.event.payload) for s in stored if isinstance(s.event.payload, RefundPayload)]
    if not refunds:
        return []
    terms = list(shop.till_terms.order_by("-at", "-id"))
    found = []
    for item, payload in refunds:
        gross = sum(line.gross for line in payload.lines)
        limit = _limit(terms, item)
        if limit is None or gross <= limit:
            continue
        why = _not_approved(shop, item, payload)
        if why:
            words = f"Refund {payload.receipt} gave back {gross}, above the limit of {limit}: {why}"
            found.append(Fault(item.id, "over-limit", words, applied=True))
    return found


def _limit(terms: Sequence[TillTerms], item: Stored) -> int | None:
    """The limit that held when the refund was made; None where no manager had set one."""
    when = item.event.happened_at
    return next((term.refund_limit_minor for term in terms if term.at <= when), None)


def _not_approved(shop: Shop, item: Stored, payload: RefundPayload) -> str:
    """Why no manager stands behind it, in words; empty where one does."""
    if payload.approved is None:
        return "nobody approved it."
    party = party_of(payload.approved.by)
    if party is None:
        return f"it was approved by {payload.approved.by}, whom nobody here knows."
    try:
        require(party, Right.CLEAR_EXCEPTION, on=item.event.business_date, shop=shop)
    except AyilError:
        return f"it was approved by {party}, who is no manager of this shop."
    return ""


def _discounts_under(shop: Shop, stored: Sequence[Stored]) -> list[Fault]:
    lines = [
        (item, payload, line)
        for item in stored
        if isinstance(payload := item.event.payload, SalePayload)
        for line in payload.lines
        if line.discount
    ]
    prices = _prices(shop, sorted({line.label for _item, _payload, line in lines}))
    found = []
    for item, payload, line in lines:
        floor = _floor(prices.get(line.label, ()), item)
        if floor is not None and line.gross < floor * line.quantity:
            words = (
                f"Receipt {payload.receipt} sold {line.quantity} of {line.label} for {line.gross}, "
                f"below the owner's {floor} for one."
            )
            found.append(Fault(item.id, "under-floor", words, applied=True))
    return found


def _prices(shop: Shop, labels: Sequence[str]) -> Mapping[str, Sequence[Price]]:
    """The owners' prices by label, newest first."""
    variants: dict[str, int] = {}
    for chunk in chunks(labels):
        lots = Lot.objects.filter(shop=shop, label__in=chunk)
        variants |= dict(lots.values_list("label", "variant_id"))
    by_variant: dict[int, list[Price]] = defaultdict(list)
    for some in chunks(sorted(set(variants.values()))):
        for price in Price.objects.filter(variant__in=some).order_by("-valid_from"):
            by_variant[price.variant_id].append(price)
    return {label: by_variant[variant] for label, variant in variants.items()}


def _floor(prices: Sequence[Price], item: Stored) -> int | None:
    """How low one piece might go by the price list that the till had; None where it had no price
    of it. Without a floor of its own, a price is its own floor."""
    event = item.event
    for price in prices:
        if price.pk <= event.prices and price.valid_from <= event.business_date:
            return price.amount_minor if price.floor_minor is None else price.floor_minor
    return None
