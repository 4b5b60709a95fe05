"""The officer's side of an erasure: who asked, what stands in the way, what still speaks."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.erasure import (
    WHAT_STAYS,
    done_erasures,
    erase,
    open_requests,
    plan_erasure,
    take_back_request,
)
from ayil.members.looks import Seen, record_look
from ayil.members.models import Party, PartyKind
from ayil.members.reader import acting
from ayil.members.rights import Right, may


@may(Right.ERASE_PERSON)
@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Requests that wait, the oldest first, and what is left to look at of those done."""
    context = {"requests": open_requests(), "done": done_erasures()}
    return render(request, "members/erasures.html", context)


@may(Right.ERASE_PERSON)
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What would happen, then the button; or a no, with its reason."""
    persons = Party.objects.filter(kind=PartyKind.PERSON, erasure__isnull=True)
    party = persons.select_related("village").filter(uid=uid).first()
    if party is None:
        raise Http404(_("There is no such person, or their name is gone already."))
    by, at = acting(request), now()
    plan = plan_erasure(party, local_date(at))
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:300]
        try:
            if request.POST.get("answer") == "no" and plan.request is not None:
                take_back_request(request=plan.request, by=by, at=at, reason=reason)
                messages.success(request, _("The no is written down with its reason."))
            else:
                erase(party=party, reason=reason, by=by, at=at)
                messages.success(
                    request, _("Done. In the records they are now %(name)s.") % {"name": party}
                )
        except AyilError as error:
            messages.error(request, str(error))
        else:
            return redirect("erasures")
    record_look(party=party, by=by, what=Seen.RECORD, at=at)
    context = {"party": party, "plan": plan, "stays": WHAT_STAYS}
    return render(request, "members/erase_person.html", context)
