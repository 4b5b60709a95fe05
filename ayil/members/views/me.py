"""A person's own page: who we think they are, what they agreed to, who looked, their file."""

import uuid
from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.applications import belonging_of, membership_of, own_steps_of
from ayil.members.consents import (
    IN_PLAIN_WORDS,
    LANGUAGE_NAMES,
    record_consent,
    speaks_for,
    standing_consents,
)
from ayil.members.erasure import (
    WHAT_STAYS,
    ask_for_erasure,
    obstacles,
    open_request_of,
    take_back_request,
)
from ayil.members.identities import identities_of
from ayil.members.language import choose_language
from ayil.members.looks import Seen, looks_at
from ayil.members.models import Affiliation, Card, Party, PartyKind, Purpose, Role
from ayil.members.my_data import own_data
from ayil.members.my_data_json import as_json
from ayil.members.own_record import correct_phone
from ayil.members.queries import affiliations_on
from ayil.members.retention import RULES
from ayil.members.rights import RIGHTS, Right

LOOKS_SHOWN = 20


def _party(request: HttpRequest) -> Party:
    party = getattr(request.user, "party", None)
    if not isinstance(party, Party):
        raise PermissionDenied(_("This page is a person's own; this name is no person's."))
    return party


def _today() -> date:
    return local_date(now())


@login_required
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Everything that the association keeps of the reader, in plain words."""
    party, day = _party(request), _today()
    led = [
        (community, standing_consents(community)) for community in _communities_led_by(party, day)
    ]
    looks = list(looks_at(party)[: LOOKS_SHOWN + 1])
    context = {
        "party": party,
        "languages": LANGUAGE_NAMES.items(),
        "steps": membership_of(party),
        "own_steps": own_steps_of(party),
        "belonging": belonging_of(party, day),
        "affiliations": affiliations_on(party, day).select_related("community__village"),
        "consents": standing_consents(party),
        "led": led,
        "cards": Card.objects.filter(party__in=identities_of(party), end__isnull=True),
        "looks": [(look, Seen(look.what).label) for look in looks[:LOOKS_SHOWN]],
        "has_more_looks": len(looks) > LOOKS_SHOWN,
        "request_to_erase": open_request_of(party),
    }
    return render(request, "members/me.html", context)


def _communities_led_by(party: Party, day: date) -> Sequence[Party]:
    led = affiliations_on(party, day).filter(part=Affiliation.Part.LEADER)
    return [one.community for one in led.select_related("community__village")]


@login_required
@require_POST
def correct(request: HttpRequest) -> HttpResponse:
    """Phone and language; a name or village is corrected by the association."""
    party, at = _party(request), now()
    try:
        if "phone" in request.POST:
            correct_phone(party=party, phone=request.POST["phone"], by=party, at=at)
        if "language" in request.POST:
            choose_language(party=party, language=request.POST["language"], by=party, at=at)
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Corrected."))
    return redirect("me")


@login_required
@require_POST
def consent(request: HttpRequest, uid: uuid.UUID, purpose: str) -> HttpResponse:
    """One switch: a yes or a no, for oneself or for a community that one leads."""
    by, at = _party(request), now()
    party = Party.objects.filter(uid=uid).first()
    if party is None or purpose not in Purpose or not speaks_for(by, party, at):
        raise Http404(_("There is no such consent of yours."))
    given = request.POST.get("given")
    if given in {"yes", "no"}:
        record_consent(
            party=party,
            purpose=Purpose(purpose),
            given=given == "yes",
            by=by,
            at=at,
            language=get_language() or "",
        )
        messages.success(
            request,
            _("You agreed: %(purpose)s.") % {"purpose": Purpose(purpose).label}
            if given == "yes"
            else _("Taken back: %(purpose)s. It holds from now on.")
            % {"purpose": Purpose(purpose).label},
        )
    if given == "no" and purpose == Purpose.MEMBERSHIP and party.pk == by.pk:
        messages.warning(request, _("Shall your name be taken out of the records too? Ask here."))
        return redirect("me-erase")
    return redirect("me")


@login_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """All that is kept of the reader in one file: a page to print, or `?as=json`."""
    found = own_data(_party(request))
    if request.GET.get("as") == "json":
        response = HttpResponse(as_json(found), content_type="application/json; charset=utf-8")
        name = "ayil.json"
    else:
        context = {"data": found, "is_saved": "save" in request.GET}
        response = render(request, "members/me_data.html", context)
        name = "ayil.html"
    kind = "attachment" if "save" in request.GET else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_me(request: HttpRequest) -> HttpResponse:
    """The wish to be forgotten: what goes, what stays, and what has to be settled before."""
    party, at = _party(request), now()
    if request.method == "POST":
        if request.POST.get("wish") == "back":
            _take_back(party)
            messages.success(request, _("Your request is taken back. Everything stays as it was."))
        else:
            reason = request.POST.get("reason", "")[:300]
            ask_for_erasure(party=party, by=party, at=at, reason=reason)
            messages.success(
                request, _("Your request is written down. The association answers within 30 days.")
            )
        return redirect("me-erase")
    context = {
        "party": party,
        "is_person": party.kind == PartyKind.PERSON,
        "stays": WHAT_STAYS,
        "obstacles": obstacles(party, _today()),
        "request_to_erase": open_request_of(party),
    }
    return render(request, "members/me_erase.html", context)


def _take_back(party: Party) -> None:
    found = open_request_of(party)
    if found is not None:
        take_back_request(request=found, by=party, at=now())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """For anybody: what is kept of people, for what, how long, and who sees it."""
    context = {
        "rules": RULES,
        "purposes": [(purpose.label, IN_PLAIN_WORDS[purpose]) for purpose in Purpose],
        "sees_personal": [Role(role).label for role in RIGHTS[Right.SEE_PERSONAL_DATA]],
        "sees_names": [Role(role).label for role in RIGHTS[Right.SEE_PEOPLE]],
        "stays": WHAT_STAYS,
    }
    return render(request, "members/privacy.html", context)
