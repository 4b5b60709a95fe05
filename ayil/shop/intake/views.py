"""Pages of the counts at the counter: what was taken in, who signed, what a person must decide."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.rights import Right, has_right, may
from ayil.shop.intake.booking import set_aside
from ayil.shop.intake.reading import BOX_HIGH, SHOWN, intakes_visible_to, rows_of, shown
from ayil.shop.log import clear_exception
from ayil.shop.models import EventException, TillEvent

LONGEST_NOTE = 300


def _found(request: HttpRequest, pk: int) -> TillEvent:
    event = intakes_visible_to(request.user, local_date(now())).filter(pk=pk).first()
    if event is None:
        raise Http404(_("There is no such count among those that you may see."))
    return event


def _waiting(event: TillEvent) -> EventException:
    found = event.exceptions.filter(clearing__isnull=True, applied=False).first()
    if found is None:
        raise AyilError(_("This count waits for nobody any more."))
    return found


@may(Right.RECEIVE_GOODS)
@require_safe
def intakes(request: HttpRequest) -> HttpResponse:
    """The last counts at the tills; what waits for a person stands first."""
    found = intakes_visible_to(request.user, local_date(now()))
    return render(request, "shop/intakes.html", {"rows": rows_of(found[:SHOWN])})


@may(Right.RECEIVE_GOODS)
@require_safe
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    """One count as both sides signed it."""
    count = shown(_found(request, pk))
    may_decide = has_right(
        request.user, Right.CLEAR_EXCEPTION, day=local_date(now()), shop=count.shop
    )
    context = {"count": count, "may_decide": may_decide, "box_high": BOX_HIGH}
    return render(request, "shop/intake.html", context)


@may(Right.CLEAR_EXCEPTION)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A person has the goods booked, or says that they never shall be."""
    event = _found(request, pk)
    party = getattr(request.user, "party", None)
    if party is None:
        raise Http404(_("There is no such count among those that you may see."))
    note = request.POST.get("note", "").strip()[:LONGEST_NOTE]
    try:
        if request.POST.get("do") == "aside":
            set_aside(event=event, by=party, reason=note, at=now())
            words = _("The count is set aside, with your name and reason.")
        else:
            clear_exception(exception=_waiting(event), by=party, note=note, at=now())
            words = _("The goods are booked, and what was sold of them too.")
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("intake", pk=pk)
