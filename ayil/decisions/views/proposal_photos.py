"""The photo of the thing that is proposed: sent, taken away, and shown to its village."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ayil.decisions.photos import send_proposal_photo, take_photo_away
from ayil.decisions.reading import standing_photos
from ayil.decisions.views.proposals import own_proposal, the_proposal
from ayil.kit.clock import now
from ayil.kit.errors import AyilError
from ayil.kit.photos import path_of
from ayil.members.forms.people import Photo
from ayil.members.photos import folder
from ayil.members.views.people import in_words


@login_required
@require_safe
def proposal_picture(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The picture, to whoever may look at the proposal."""
    photo = standing_photos([the_proposal(request, uid).pk])
    try:
        picture = path_of(folder(), next(iter(photo.values())).file).read_bytes()
    except (StopIteration, FileNotFoundError):
        raise Http404(_("This proposal has no photo.")) from None
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Content-Disposition"] = 'inline; filename="photo.jpg"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_photo(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Sends it or takes it away."""
    found, by = own_proposal(request, uid)
    if "away" in request.POST:
        take_photo_away(proposal=found, by=by, at=now())
        messages.success(request, _("The photo is gone."))
        return redirect("proposal", uid=found.uid)
    is_sent = request.method == "POST"
    form = Photo(request.POST, request.FILES) if is_sent else Photo()
    if is_sent and form.is_valid():
        try:
            send_proposal_photo(
                proposal=found, data=form.cleaned_data["photo"].read(), by=by, at=now(),
                words=form.cleaned_data["words"],
            )  # fmt: skip
        except AyilError as error:
            form.add_error("photo", in_words(error))
        else:
            messages.success(request, _("The photo is kept."))
            return redirect("proposal", uid=found.uid)
    photo = standing_photos([found.pk]).get(found.pk)
    context = {"proposal": found, "form": form, "photo": photo}
    status = 400 if form.is_bound else 200
    return render(request, "decisions/proposals/photo.html", context, status=status)
