"""Records that may be one person, side by side; what was said of them, and taking it back."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.kit.clock import now
from ayil.kit.errors import AyilError
from ayil.members import doubles as actions
from ayil.members.doubles import distinctions_standing, suspected, suspicions
from ayil.members.identities import standing_merges
from ayil.members.looks import Seen, record_looks
from ayil.members.models import Distinction, Merge, Party
from ayil.members.reader import acting
from ayil.members.rights import Right, may
from ayil.members.views.people import in_words

PAGE = 10
LATELY = 20


@may(Right.MERGE_PEOPLE)
@require_safe
def doubles(request: HttpRequest) -> HttpResponse:
    """Pairs to look at, then what was lately said of others."""
    page = Paginator(suspected(), PAGE).get_page(request.GET.get("page"))
    pairs = suspicions(list(page))
    shown = {party.pk: party for pair in pairs for party in (pair.one, pair.other)}
    record_looks(parties=shown.values(), by=acting(request), what=Seen.RECORD, at=now())
    merges = standing_merges().select_related("kept__village", "double__village", "by")
    told = distinctions_standing().select_related("one__village", "other__village", "by")
    context = {
        "page": page,
        "pairs": pairs,
        "merges": merges.order_by("-id")[:LATELY],
        "distinctions": told.order_by("-id")[:LATELY],
    }
    return render(request, "members/doubles.html", context)


@may(Right.MERGE_PEOPLE)
@require_POST
def doubles_say(request: HttpRequest) -> HttpResponse:
    """One person (which record is kept, and how one knows) or two people."""
    said = request.POST
    one, other = (_party(said.get(name, "")) for name in ("one", "other"))
    if one is None or other is None:
        messages.error(request, _("Choose the two records on this page, and say it again."))
        return redirect("doubles")
    by, at = acting(request), now()
    try:
        if said.get("answer") == "two":
            actions.tell_apart(one=one, other=other, by=by, at=at)
            messages.success(request, _("Two people: this pair is not asked about again."))
        else:
            kept, double = (other, one) if said.get("kept") == str(other.uid) else (one, other)
            actions.merge(kept=kept, double=double, reason=said.get("reason", ""), by=by, at=at)
            messages.success(request, _("From now on the two records are read as one person."))
    except AyilError as error:
        messages.error(request, in_words(error))
    return redirect("doubles")


def _party(uid: str) -> Party | None:
    try:
        return Party.objects.filter(uid=uuid.UUID(uid)).first()
    except ValueError:
        return None


@may(Right.MERGE_PEOPLE)
@require_POST
def merge_end(request: HttpRequest, merge: int) -> HttpResponse:
    """Two people after all."""
    found = Merge.objects.filter(pk=merge).select_related("kept", "double").first()
    if found is None:
        raise Http404(_("No such records were merged."))
    try:
        actions.unmerge(
            merge=found, reason=request.POST.get("reason", ""), by=acting(request), at=now()
        )
    except AyilError as error:
        messages.error(request, in_words(error))
    else:
        messages.success(request, _("The two records are two again, as they were before."))
    return redirect("doubles")


@may(Right.MERGE_PEOPLE)
@require_POST
def distinction_end(request: HttpRequest, distinction: int) -> HttpResponse:
    """The pair may be asked about again."""
    found = Distinction.objects.filter(pk=distinction).first()
    if found is None:
        raise Http404(_("Nothing like this was said."))
    try:
        actions.look_again(distinction=found, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, in_words(error))
    else:
        messages.success(request, _("The pair stands on the list again."))
    return redirect("doubles")
