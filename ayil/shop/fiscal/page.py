"""What the manager is shown of the register: what lacks its number, and what waits for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from ayil.members.models import Shop
from ayil.shop.fiscal.queue import open_requests, standing_of
from ayil.shop.fiscal.rules import FOR_A_PERSON, Standing
from ayil.shop.models import FiscalNumber, FiscalRequest, Sale, TillTerms
from ayil.shop.terms import terms_of

SHOWN = 30


@dataclass(frozen=True)
class Asked:
    """A receipt that the network was asked about; `words`: what was answered last."""

    request: FiscalRequest
    receipt: str
    date: date
    gross_minor: int
    standing: Standing
    words: str


@dataclass(frozen=True)
class Numbers:
    """One business day: how many receipts there are, and the numbers of those that have one."""

    form: str
    receipts: int
    numbered: int
    lacking: Sequence[Sale]
    numbers: Sequence[Sale]

    @property
    def is_shown(self) -> bool:
        return self.form != TillTerms.Fiscal.NONE or self.numbered > 0


def numbers_of_day(shop: Shop, on: date) -> Numbers:
    """The first of those that lack one, and of those that have one (`number` on each)."""
    sales = Sale.objects.filter(shop=shop, date=on)
    said = FiscalNumber.objects.filter(sale=OuterRef("event__hash"))
    known = sales.filter(Exists(said)).annotate(
        number=Subquery(said.order_by("-id").values("number")[:1])
    )
    lacking = sales.exclude(Exists(said))
    return Numbers(
        form=terms_of(shop).fiscal,
        receipts=sales.count(),
        numbered=known.count(),
        lacking=list(lacking.order_by("id")[:SHOWN]),
        numbers=list(known.order_by("id")[:SHOWN]),
    )


def for_a_person(shops: QuerySet[Shop], at: datetime) -> Sequence[Asked]:
    """What the register refused, or has been silent about for long, oldest first."""
    found = []
    requests = open_requests().filter(shop__in=shops).exclude(attempts=None)
    sold = Sale.objects.filter(event=OuterRef("pk"))
    for request in (
        requests.select_related("shop", "event")
        .prefetch_related("attempts")
        .annotate(
            receipt=Subquery(sold.values("receipt")[:1]),
            gross=Subquery(sold.values("gross_minor")[:1]),
            date=F("event__business_date"),
        )
    ):
        stands = standing_of(request, at)
        if stands.state in FOR_A_PERSON:
            last = max(request.attempts.all(), key=lambda attempt: attempt.pk)
            found.append(
                Asked(request, request.receipt, request.date, request.gross, stands, last.words)
            )
    return found


def waiting_count(shop: Shop) -> int:
    """How many have neither a number nor an end."""
    return open_requests().filter(shop=shop).count()
