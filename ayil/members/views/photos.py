"""Photos: the picture itself to whom it is open, and the form that sends one or takes it away."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.kit.photos import path_of
from ayil.members.consents import speaks_for
from ayil.members.forms.people import Photo
from ayil.members.models import Party, PartyPhoto, Purpose, User
from ayil.members.photos import folder, may_see, send_photo, standing_photos, take_away
from ayil.members.queries import consents_now
from ayil.members.reader import acting
from ayil.members.rights import Right, has_right
from ayil.members.views.people import in_words, the_party

# A consent may be withdrawn: what others keep of a photo is to be asked for anew soon.
PUBLIC_FOR_S = 300


@require_safe
def photo(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The picture, to everybody while its owner agrees to stand in public, else to who may.

    To others it is as if it were not there.
    """
    found = PartyPhoto.objects.filter(uid=uid, end__isnull=True).select_related("party").first()
    at = now()
    may_be_seen, by_all = (
        may_see(request.user, found, local_date(at), at) if found else (False, False)
    )
    if found is None or not may_be_seen:
        raise Http404(_("There is no such photo among those you may see."))
    try:
        picture = path_of(folder(), found.file).read_bytes()
    except FileNotFoundError:
        raise Http404(_("There is no such photo among those you may see.")) from None
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Content-Disposition"] = 'inline; filename="photo.jpg"'
    # The address is of one picture for good: within these minutes it need not be asked for again.
    age = f"public, max-age={PUBLIC_FOR_S}, immutable" if by_all else "private, no-store"
    response["Cache-Control"] = age
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def photo_send(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One's own photo, one's community's, or for who may change records anybody's."""
    party = _own_or_to_change(request, uid)
    form = Photo(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_photo(
                party=party, data=form.cleaned_data["photo"].read(), by=acting(request), at=now(),
                words=form.cleaned_data["words"],
            )  # fmt: skip
        except AyilError as error:
            form.add_error("photo", in_words(error))
        else:
            messages.success(request, _("The photo is kept."))
            return redirect("photo-send", uid=party.uid)
    context = {
        "party": party,
        "form": form,
        "photo": standing_photos(party).first(),
        "is_public": consents_now(party, Purpose.PUBLIC_PAGE),
    }
    return render(request, "members/person_photo.html", context)


@login_required
@require_POST
def photo_away(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Takes the photo away, file and all."""
    party = _own_or_to_change(request, uid)
    for found in standing_photos(party):
        take_away(photo=found, by=acting(request), at=now())
    messages.success(request, _("The photo is gone."))
    return redirect("photo-send", uid=party.uid)


def _own_or_to_change(request: HttpRequest, uid: uuid.UUID) -> Party:
    party, user, at = the_party(uid), request.user, now()
    if isinstance(user, User) and user.party is not None:
        may_change = has_right(user, Right.CHANGE_PEOPLE, day=local_date(at))
        if may_change or speaks_for(user.party, party, at):
            return party
    raise PermissionDenied(_("A photo is sent by the person, their community, or an officer."))
