"""Disputes with their clock, and what each one is decided by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from ayil.consignment.models import ConsignorAccount
from ayil.kit.clock import BISHKEK, local_date
from ayil.ledger.models import Transfer
from ayil.members.models import Party, Shop
from ayil.payouts.models import Dispute, PayoutTerms
from ayil.payouts.names import SHARE
from ayil.payouts.queries.statements import with_terms
from ayil.payouts.queries.terms import terms_said
from ayil.products.models import Price
from ayil.shop.models import SaleLine, ShiftClosing

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Clocked:
    """A dispute and the day by which the shop answers it."""

    dispute: Dispute
    raised_on: date
    due: date

    def is_late(self, today: date) -> bool:
        return not hasattr(self.dispute, "outcome") and self.due < today


@dataclass(frozen=True, slots=True)
class LineEvidence:
    """What stands behind a line in dispute: its receipt's lines of this consignor, the prices of
    the thing up to that day, and the shift's Z-report."""

    line: SaleLine
    receipt: Sequence[SaleLine]
    prices: Sequence[Price]
    closing: ShiftClosing | None


def clocked(disputes: Iterable[Dispute]) -> list[Clocked]:
    """Each with its due day, by the terms of the day on which it was raised: one query a
    currency. The statement and its shop are to be joined already."""
    said: dict[str, list[PayoutTerms]] = {}
    found = []
    for dispute in disputes:
        statement = dispute.statement
        currency = statement.currency
        if currency not in said:
            said[currency] = terms_said(currency)
        raised_on = local_date(dispute.raised_at, ZoneInfo(statement.shop.time_zone))
        held = (terms for terms in said[currency] if terms.since <= raised_on)
        terms = next(held, PayoutTerms(currency=currency))
        found.append(Clocked(dispute, raised_on, terms.answer_due(raised_on)))
    return found


def open_disputes(shop: Shop) -> list[Clocked]:
    """What waits for an answer, the most urgent first."""
    waiting = _joined().filter(statement__shop=shop, outcome__isnull=True)
    return sorted(clocked(waiting), key=lambda one: (one.due, one.dispute.pk))


def decided_disputes(shop: Shop) -> list[Clocked]:
    """The last that were answered."""
    decided = _joined().filter(statement__shop=shop, outcome__isnull=False)
    return clocked(decided.order_by("-outcome__at", "-id")[:SHOWN])


def answered_lately(consignor: Party, since: date) -> list[Dispute]:
    """What shops answered to them from that day on, the latest first: one query."""
    begin = datetime.combine(since, time.min, BISHKEK)
    answered = _joined().filter(statement__consignor=consignor, outcome__at__gte=begin)
    return list(answered.order_by("-outcome__at", "-id")[:SHOWN])


def _joined() -> QuerySet[Dispute]:
    return Dispute.objects.select_related(
        "statement__shop", "statement__consignor", "raised_by", "outcome__by",
        "sale_line__lot__variant__product", "sale_line__sale",
    )  # fmt: skip


def line_evidence(dispute: Dispute) -> LineEvidence | None:
    """A few small queries; None where the whole statement is in dispute."""
    if dispute.sale_line_id is None:
        return None
    lines = with_terms(SaleLine.objects.all())
    line = lines.select_related("sale__event__device").get(pk=dispute.sale_line_id)
    prices = Price.objects.filter(variant=line.lot.variant_id).select_related("set_by")
    return LineEvidence(
        line=line,
        receipt=list(
            lines.filter(sale=line.sale_id, lot__consignor=dispute.statement.consignor_id).order_by(
                "number"
            )
        ),
        prices=list(prices.order_by("-valid_from")[:12]),
        closing=ShiftClosing.objects.filter(
            device=line.sale.event.device_id, shift=line.sale.shift
        ).first(),
    )


def postings_to_undo(dispute: Dispute) -> list[Transfer]:
    """What a dispute may end with undoing: postings on the account since the statement began,
    other than shares of sales, that stand."""
    statement = dispute.statement
    account = ConsignorAccount.objects.get(
        shop=statement.shop_id, consignor=statement.consignor_id
    ).account_id
    standing = Transfer.objects.filter(
        Q(debit=account) | Q(credit=account), seq__gt=statement.seq_from, reverses__isnull=True
    ).exclude(kind__startswith=SHARE)
    undone = Transfer.objects.filter(reverses__isnull=False).values("reverses")
    return list(standing.exclude(pk__in=undone).order_by("-seq")[:SHOWN])
