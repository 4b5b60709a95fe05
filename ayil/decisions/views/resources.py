"""What a village has: the list with its seasons, and the form for more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ayil.decisions.actions import record_resource
from ayil.decisions.forms.proposals import ResourceForm
from ayil.decisions.models import LocalResource
from ayil.decisions.proposals import is_villager, standing_resources
from ayil.decisions.who import is_officer
from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.reader import acting
from ayil.places.models import Place, PlaceKind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resources(request: HttpRequest, code: str) -> HttpResponse:
    """For the people of the village, and for an officer who writes down what they say."""
    by = acting(request)
    village = get_object_or_404(Place, code=code, kind=PlaceKind.VILLAGE)
    if not is_villager(by, village) and not is_officer(by, local_date(now())):
        raise Http404(_("There is no such village of yours."))
    form = ResourceForm(request.POST or None, village=village)
    if request.method == "POST" and form.is_valid() and _record(form, village, by):
        messages.success(request, _("It is kept. Thank you."))
        return redirect("resources", code=village.code)
    found = standing_resources(village).select_related("replaces").order_by("kind", "id")
    context = {"village": village, "resources": found, "form": form}
    status = 400 if form.is_bound else 200
    return render(request, "decisions/proposals/resources.html", context, status=status)


def _record(form: ResourceForm, village: Place, by: Party) -> bool:
    said = dict(form.cleaned_data)
    season = (said.pop("season_from"), said.pop("season_to"))
    kind = LocalResource.Kind(said.pop("kind"))
    try:
        record_resource(village=village, kind=kind, season=season, by=by, at=now(), **said)
    except AyilError as error:
        form.add_error(None, str(error))
        return False
    return True
