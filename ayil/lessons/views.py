"""The maker's page, and the officer's: the whole programme in one look."""

import uuid
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.consignment.asked import count_asked
from ayil.consignment.models import ConsignorAccount
from ayil.consignment.queries import accounts_visible_to, own_accounts
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.lessons import loop
from ayil.lessons import my_sales as reads
from ayil.lessons.actions import deliver, promise
from ayil.lessons.lesson import Action
from ayil.lessons.models import Channel, Lesson
from ayil.lessons.queries import lessons_visible_to
from ayil.members.looks import Seen, record_look
from ayil.members.models import Party
from ayil.members.rights import Right, may, reach_of
from ayil.payouts.queries import answered_lately, communities_of
from ayil.payouts.telling import coming_at

# An answer to a dispute stands on the maker's first page for a fortnight.
ANSWERS_SHOWN_FOR = timedelta(days=14)


def _with_names(accounts: QuerySet[ConsignorAccount]) -> list[ConsignorAccount]:
    return list(accounts.select_related("account", "shop", "consignor__village"))


@login_required
@require_safe
def my_sales(request: HttpRequest) -> HttpResponse:
    """The reader's own; who sells for a community too, or in two shops, chooses by a link."""
    own = _with_names(own_accounts(request.user, _today()))
    if not own:
        if getattr(request.user, "party", None) is None:
            raise PermissionDenied(_("This page is for makers. Sign in as one."))
        groups = communities_of(request.user, _today())
        return render(request, "lessons/no_agreement.html", {"groups": groups})
    return _page(request, own[0], own)


@login_required
@require_safe
def sales_of(request: HttpRequest, shop: str, uid: uuid.UUID) -> HttpResponse:
    """One consignor's page: their own, their community's, or that of a shop whose books one keeps.

    Another's page is as if it were not there.
    """
    visible = accounts_visible_to(request.user, _today())
    found = _with_names(visible.filter(shop__code=shop, consignor__uid=uid))
    if not found:
        raise Http404(_("There is no such page among those you may see."))
    by = _party(request)
    record_look(party=found[0].consignor, by=by, what=Seen.SALES, at=now())
    return _page(request, found[0], _with_names(own_accounts(request.user, _today())))


@login_required
@require_POST
def promise_action(request: HttpRequest, pk: int) -> HttpResponse:
    """The maker says that they will do what the lesson suggests."""
    own = own_accounts(request.user, _today())
    visible = lessons_visible_to(request.user, _today()).filter(pk=pk)
    lesson = visible.prefetch_related(None).first()  # its deliveries are about to change
    account = own.filter(
        shop=lesson.shop_id if lesson else None, consignor=lesson.producer_id if lesson else None
    ).first()
    if lesson is None or account is None:
        raise Http404(_("There is no such lesson among your own."))
    try:
        _promise(lesson, by=_party(request))
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Good. The next lesson will begin with what came of it."))
    return redirect("sales-of", shop=account.shop.code, uid=account.consignor.uid)


def _party(request: HttpRequest) -> Party:
    party = getattr(request.user, "party", None)
    if not isinstance(party, Party):
        raise PermissionDenied(_("This page is for makers. Sign in as one."))
    return party


def _promise(lesson: Lesson, *, by: Party) -> None:
    """Answering on the page is the proof that the lesson reached it."""
    record = lesson.record
    if record.action is None:
        raise AyilError(_("This lesson asks for nothing."))
    amounts = record.amounts
    units = amounts.get("units", amounts.get("units_high"))
    at = now()
    deliver(lesson=lesson, channel=Channel.PAGE, at=at, language=get_language())
    promise(
        lesson=lesson,
        action=record.action,
        units=units if record.action is Action.BRING else None,
        at=at,
        by=by,
    )


def _today() -> date:
    return local_date(now())


def _page(
    request: HttpRequest, account: ConsignorAccount, own: list[ConsignorAccount]
) -> HttpResponse:
    sales = reads.my_sales(account)
    is_own = account in own
    context = {
        "sales": sales,
        "own": own,
        "is_own": is_own,
        "asks": count_asked(request.user, _today()) if is_own else 0,
        "answers": answered_lately(account.consignor, _today() - ANSWERS_SHOWN_FOR),
        "groups": communities_of(request.user, _today()) if is_own else [],
        "told": sales.lesson.in_words() if sales.lesson else None,
        "coming": coming_at(account.shop, account.consignor, _today()),
    }
    return render(request, "lessons/my_sales.html", context)


@may(Right.SEE_PROGRAMME)
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """From the tranche to the lesson; the administration of a district sees its own totals."""
    reach = reach_of(request.user, Right.SEE_PROGRAMME, day=_today())
    if not reach.everywhere:
        districts = loop.districts_in_totals(reach.districts, _today())
        context = {"districts": districts, "fewest": loop.FEWEST_TO_SHOW}
        return render(request, "lessons/districts.html", context)
    found = loop.the_loop(_today())
    context = {
        "loop": found,
        "months": [(traded, loop.takings_by_month(traded.currency)) for traded in found.traded],
        "fewest": loop.FEWEST_TO_SHOW,
    }
    return render(request, "lessons/programme.html", context)
