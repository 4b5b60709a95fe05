"""The meter's pages: by day, since when it lacks and by what, and the postings behind a figure."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayil.kit.clock import local_date, now
from ayil.ledger.models import Transfer
from ayil.members.choosing import chosen_shop
from ayil.members.rights import Right, has_right, may
from ayil.shop import today
from ayil.shop.money.queries import under_way
from ayil.shop.trust.days import by_day, last_day
from ayil.shop.trust.documents import places_of
from ayil.shop.trust.reasons import DEBTS, REFUND_AFTER, SHARE, UNDER_WAY, WORKED_OFF, lack_of
from ayil.shop.trust.words import kind_words

SHOWN_DAYS = 92
A_PAGE = 50
# Which of the ledger's kinds lie behind a reason that has a name of its own.
BEHIND = {
    UNDER_WAY: ("tender", "money-arrived"),
    REFUND_AFTER: (SHARE,),
    WORKED_OFF: (SHARE,),
    DEBTS: ("correction",),
}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404(_("The day in the address is none. Write it like 2012-07-05.")) from None


@may(Right.SEE_TODAY)
@require_safe
def meter(request: HttpRequest) -> HttpResponse:
    """What is owed and held at the end of each day; `?until=2012-07-05` looks at earlier ones."""
    chosen = chosen_shop(request, Right.SEE_TODAY)
    shop, last = chosen.shop, last_day(chosen.shop)
    context = {
        "shop": shop,
        "shops": chosen.shops,
        "trust": today.trust(shop),
        "under_way": under_way(shop),
        "may_read_books": has_right(
            request.user, Right.KEEP_BOOKS, day=local_date(now()), shop=shop
        ),
    }
    if last is not None:
        until = min(_day(request.GET.get("until", "")) or last, last)
        since = until - timedelta(days=SHOWN_DAYS - 1)
        lack = lack_of(shop, until=until)
        context |= {
            "until": until,
            "days": by_day([shop], since=since, until=until)[shop.pk],
            "before": since - timedelta(days=1),
            "after": min(until + timedelta(days=SHOWN_DAYS), last) if until < last else None,
            "lack": lack,
            "reasons": [(kind_words(one.kind), one) for one in lack.reasons] if lack else [],
            "behind": places_of(shop, [lack.document])[lack.document] if lack else ("", ""),
        }
    return render(request, "shop/trust.html", context)


@may(Right.KEEP_BOOKS)
@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """What was posted on a day (`?day=`), or of a kind from `?since=` to `?until=`, each with the
    page of what is behind it. No maker is named here: their own pages are, and write it down."""
    chosen = chosen_shop(request, Right.KEEP_BOOKS)
    asked = {name: _day(request.GET.get(name, "")) for name in ("day", "since", "until")}
    kind = request.GET.get("kind", "")
    found = Transfer.objects.filter(fund=chosen.shop.fund_id)
    if asked["day"]:
        found = found.filter(date=asked["day"])
    if asked["since"]:
        found = found.filter(date__gte=asked["since"])
    if asked["until"]:
        found = found.filter(date__lte=asked["until"])
    if kind:
        found = found.filter(kind__in=BEHIND.get(kind, (kind,)))
    page = Paginator(found.order_by("date", "seq"), A_PAGE).get_page(request.GET.get("page"))
    named = places_of(chosen.shop, [one.document for one in page])
    narrowed = request.GET.copy()
    narrowed.pop("page", None)
    context = {
        "shop": chosen.shop,
        "shops": chosen.shops,
        "page": page,
        "rows": [(one, kind_words(one.kind), named[one.document]) for one in page],
        "title": kind_words(kind) if kind else "",
        "narrowed": narrowed.urlencode(),
        **asked,
    }
    return render(request, "shop/trust_postings.html", context)
