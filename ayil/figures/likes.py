"""The shop's own sales of goods like those that a village proposes: asked, answered, kept."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext as _

from ayil.decisions.actions.evidence import Asked, Found, keep_evidence
from ayil.decisions.models import MarketEvidence, Proposal
from ayil.figures.models import OpenDay
from ayil.figures.rules import Likes, Line, Month, TooFew, likes_of
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.kit.search import matching
from ayil.kit.written import day as written_day
from ayil.ledger.models import Fund
from ayil.members.models import Party
from ayil.products.models import Product
from ayil.shop.models import SaleLine

LONGEST_MONTHS = 36
# Many looks that differ a little would tell of the few who make the difference.
MOST_LOOKS = 6


def months_between(since: date, until: date) -> list[Month]:
    """Every month that the span touches, as (year, month)."""
    first, last = (day.year * 12 + day.month - 1 for day in (since, until))
    return [(at // 12, at % 12 + 1) for at in range(first, last + 1)]


def month_end(year: int, month: int) -> date:
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)


def over_before(day: date) -> date:
    """The last day of the last month that was over by then."""
    return date.fromordinal(day.replace(day=1).toordinal() - 1)


def year_upto(day: date) -> tuple[date, date]:
    """The twelve whole months before the month of that day: its first day and its last."""
    until = over_before(day)
    first = until.year * 12 + until.month - 12
    return date(first // 12, first % 12 + 1, 1), until


def span_to_ask(today: date) -> tuple[date, date, date]:
    """The first month that may be asked about, and the year that is asked about unless somebody
    says otherwise: the last one in which a shop was open."""
    days = OpenDay.objects.aggregate(first=Min("date"), last=Max("date"))
    until = over_before(today)
    if days["last"]:
        until = min(until, month_end(days["last"].year, days["last"].month))
    since = year_upto(date.fromordinal(until.toordinal() + 1))[0]
    return min(since, (days["first"] or since).replace(day=1)), since, until


def _refuse_part_of_a_month(asked: Asked, at: datetime) -> None:
    """Whole months that are over: from one day to the next, the figures of five makers would tell
    what one of them sold on it."""
    last = over_before(local_date(at))
    whole = asked.since.day == 1 and asked.until == month_end(asked.until.year, asked.until.month)
    if not whole or asked.until > last or asked.since > asked.until:
        raise AyilError(
            _("The sales are asked about in whole months that are over: until %(last)s.")
            % {"last": written_day(last)}
        )
    if len(months_between(asked.since, asked.until)) > LONGEST_MONTHS:
        raise AyilError(_("Ask about three years at most."))


def like_goods(kind: str, words: str) -> list[int]:
    """Keys of the goods of a kind that bear all of these words (each as a beginning, in whichever
    of the three languages), ascending; of all goods of the kind, where no word is given."""
    goods = Product.objects.filter(kind=kind)
    if words.strip():
        goods = goods.filter(pk__in=matching(Product, words))
    return sorted(goods.values_list("pk", flat=True))


def sales_of(asked: Asked) -> Likes | TooFew | None:
    """What was sold of the goods that were asked for, up to the line that was last then."""
    return likes_of(_lines(asked), months_between(asked.since, asked.until))


def _lines(asked: Asked) -> Iterator[Line]:
    rows: QuerySet[SaleLine] = SaleLine.objects.filter(
        lot__variant__product__in=list(asked.products),
        sale__date__range=(asked.since, asked.until),
        pk__lte=asked.upto,
    ).order_by()
    if asked.shop is not None:
        rows = rows.filter(sale__shop=asked.shop)
    for sale, day, maker, quantity, price in rows.values_list(
        "sale_id", "sale__date", "lot__consignor_id", "quantity", "unit_price_minor"
    ).iterator():
        yield Line(sale, (day.year, day.month), maker, quantity, price)


def looked_up(asked: Asked) -> Asked:
    """The same question with the goods that it means today, and the last line there is."""
    last = SaleLine.objects.aggregate(last=Max("pk"))["last"]
    return replace(asked, products=like_goods(asked.kind, asked.words), upto=last or 0)


def take_evidence(*, proposal: Proposal, asked: Asked, by: Party, at: datetime) -> MarketEvidence:
    """Looks into the sales and keeps the answer with the proposal, whatever it is: figures of five
    makers or more, too few makers to tell, or that nobody sold such goods."""
    _refuse_part_of_a_month(asked, at)
    if proposal.evidence.count() >= MOST_LOOKS:
        raise AyilError(
            _("The sales were looked into %(most)s times for this proposal; the last look stands.")
            % {"most": MOST_LOOKS}
        )
    with transaction.atomic():
        # No sale is being posted while the last line is read: a lower one cannot come after it.
        list(Fund.objects.select_for_update().filter(shop__isnull=False).order_by("pk"))
        asked = looked_up(asked)
        sales = sales_of(asked)
        found = Found(**_figures(sales)) if isinstance(sales, Likes) else None
        return keep_evidence(
            proposal=proposal, asked=asked, found=found, few=isinstance(sales, TooFew), by=by, at=at
        )


def _figures(sales: Likes) -> dict[str, Any]:
    return {name: getattr(sales, name) for name in Likes.__dataclass_fields__}


def asked_of(evidence: MarketEvidence) -> Asked:
    """The question that a kept row answers."""
    return Asked(
        kind=evidence.kind,
        words=evidence.words,
        shop=evidence.shop,
        since=evidence.since,
        until=evidence.until,
        products=evidence.products,
        upto=evidence.upto,
    )


def differing() -> list[str]:
    """Evidence that the sales do not bear out any more; for `ayil verify`."""
    rows: Sequence[MarketEvidence] = list(
        MarketEvidence.objects.select_related("proposal__assembly__village", "shop")
    )
    return [
        f"{row.proposal.assembly}, proposal {row.proposal.number}, evidence {row.pk}: {words}"
        for row in rows
        if (words := _difference(row))
    ]


def _difference(row: MarketEvidence) -> str:
    """What the row says otherwise than the sales, or nothing."""
    sales = sales_of(asked_of(row))
    outcomes = MarketEvidence.Outcome
    outcome = (
        outcomes.FIGURES
        if isinstance(sales, Likes)
        else outcomes.FEW
        if isinstance(sales, TooFew)
        else outcomes.NONE
    )
    if row.outcome != outcome:
        return f"it says '{row.outcome}', the sales come to '{outcome}'"
    if not isinstance(sales, Likes):
        return ""
    kept = {name: getattr(row, name) for name in Likes.__dataclass_fields__}
    again = {**_figures(sales), "months": [list(month) for month in sales.months]}
    return ", ".join(
        f"{name} is {kept[name]}, the sales come to {again[name]}"
        for name in kept
        if kept[name] != again[name]
    )
