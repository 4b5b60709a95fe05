"""The village's own page."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ayil.decisions.page import village_page
from ayil.kit.clock import local_date, now


@login_required
@require_safe
def our_decision(request: HttpRequest) -> HttpResponse:
    """The decision of the reader's own village, with the names of those who signed it."""
    party = getattr(request.user, "party", None)
    if party is None or party.village is None:
        raise PermissionDenied(
            _("You are entered in no village. Ask the association to enter where you live.")
        )
    page = village_page(party.village, local_date(now()))
    return render(request, "decisions/our_decision.html", {"page": page})
