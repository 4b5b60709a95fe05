"""People's records as the staff sees them: the list, one record, changes, roles."""

import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.applications import Step, belonging_of, membership_of, own_steps_of
from ayil.members.consents import record_consent, standing_consents
from ayil.members.doubles import suggest
from ayil.members.forms.people import GiveRole, Narrow, Record
from ayil.members.identities import canonical, standing_merges
from ayil.members.looks import Seen, record_look
from ayil.members.models import (
    Affiliation,
    MembershipStep,
    Party,
    PartyKind,
    Purpose,
    RoleGrant,
)
from ayil.members.people import (
    change_record,
    changes_of,
    give_role,
    listed,
    standing_roles,
    take_role,
)
from ayil.members.photos import standing_photos
from ayil.members.queries import affiliations_on
from ayil.members.reader import acting
from ayil.members.rights import RIGHTS, Right, may, rights_of

PAGE = 50


def in_words(error: AyilError) -> str:
    """The refusal in the reader's language, whoever raised it."""
    return _(error.words) % error.filled if error.filled else _(error.words)


def the_party(uid: uuid.UUID) -> Party:
    found = Party.objects.filter(uid=uid).select_related("village__parent").first()
    if found is None:
        raise Http404(_("There is no such person or community in the records."))
    return found


@may(Right.SEE_PEOPLE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Names, villages and memberships, by the alphabet; narrowed by what the address says."""
    narrow = Narrow(request.GET)
    page = Paginator(listed(narrow.sought()), PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "page": page,
        "rows": [(party, _step(party)) for party in page],
        "narrow": narrow,
        "is_narrowed": any(narrow.cleaned_data.values()),
        "kept": kept.urlencode(),
        "rights": _rights(request),
    }
    return render(request, "members/people.html", context)


def _step(party: Any) -> str:
    return str(MembershipStep(party.last_step).label) if party.last_step else ""


def _rights(request: HttpRequest) -> dict[str, bool]:
    """The reader's rights by their lower-case names, for what a template offers."""
    day = local_date(now())
    held = rights_of(request.user, day=day)
    return {right.name.lower(): right in held for right in RIGHTS}


@may(Right.SEE_PEOPLE)
@require_safe
@never_cache
def person(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One record: its name and membership for who may see people, the rest by further rights."""
    party = the_party(uid)
    at = now()
    today, rights = local_date(at), _rights(request)
    context: dict[str, Any] = {
        "party": party,
        "kept": canonical(party),
        "rights": rights,
        "belonging": belonging_of(party, today),
        "steps": _shown_steps(party, rights),
        "own_steps": own_steps_of(party) if rights["admit"] else [],
        "affiliations": _affiliations(party, today),
        "is_person": party.kind == PartyKind.PERSON,
        "roles": standing_roles(party, today).select_related("shop", "donor", "district"),
        "is_self": acting(request).pk == party.pk,
        "today": today,
    }
    if rights["see_personal_data"]:
        record_look(party=party, by=acting(request), what=Seen.RECORD, at=at)
        context |= {
            "consents": standing_consents(party),
            "changes": changes_of(party),
            "photo": standing_photos(party).first(),
            "language": dict(_languages()).get(party.language, party.language),
        }
    if rights["merge_people"]:
        context |= {"suspicions": suggest(party), "merges": _merges(party)}
    if rights["end_card"] or rights["issue_card"]:
        context["cards"] = party.cards.filter(end__isnull=True)
    return render(request, "members/person.html", context)


def _shown_steps(party: Party, rights: dict[str, bool]) -> list[Step]:
    """Without the words of applications and refusals for who sees no personal data."""
    steps = membership_of(party)
    return steps if rights["see_personal_data"] else [replace(step, words="") for step in steps]


def _languages() -> list[tuple[str, Any]]:
    return list(Record.base_fields["language"].choices)  # type: ignore[attr-defined]


def _affiliations(party: Party, today: Any) -> Any:
    if party.kind == PartyKind.COMMUNITY:
        return (
            Affiliation.objects.filter(community=party, end__isnull=True)
            .select_related("person")
            .order_by("person__sort_key", "id")
        )
    return affiliations_on(party, today).select_related("community")


def _merges(party: Party) -> Any:
    merges = standing_merges().select_related("kept", "double", "by")
    return merges.filter(kept=party) | merges.filter(double=party)


@may(Right.CHANGE_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Puts a record right; what it was before stays in its history."""
    party = the_party(uid)
    at = now()
    form = Record(request.POST) if request.method == "POST" else Record.of(party)
    if request.method == "POST" and form.is_valid():
        try:
            change_record(
                party=party, changed=form.changed(), by=acting(request), at=at,
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except AyilError as error:
            form.add_error(None, forms.ValidationError(in_words(error)))
        else:
            messages.success(request, _("The record is changed; what it was stays in its history."))
            return redirect("person", uid=party.uid)
    if request.method != "POST":
        record_look(party=party, by=acting(request), what=Seen.RECORD, at=at)
    return render(request, "members/person_change.html", {"party": party, "form": form})


@may(Right.GIVE_ROLE)
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Gives a person an office, with the scope that it needs."""
    party = the_party(uid)
    form = GiveRole(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = now()
        try:
            give_role(
                party=party, since=local_date(at), by=acting(request), at=at, **form.cleaned_data
            )
        except AyilError as error:
            form.add_error(None, forms.ValidationError(in_words(error)))
        else:
            messages.success(request, _("The role is given, from today."))
            return redirect("person", uid=party.uid)
    return render(request, "members/person_role.html", {"party": party, "form": form})


@may(Right.GIVE_ROLE)
@require_POST
def role_end(request: HttpRequest, uid: uuid.UUID, grant: int) -> HttpResponse:
    """Ends an office today."""
    party = the_party(uid)
    found = RoleGrant.objects.filter(pk=grant, party=party).first()
    if found is None:
        raise Http404(_("This person was not given that role."))
    try:
        take_role(grant=found, by=acting(request), at=now())
    except AyilError as error:
        messages.error(request, in_words(error))
    else:
        messages.success(request, _("The role is ended."))
    return redirect("person", uid=party.uid)


@may(Right.TAKE_APPLICATION)
@require_POST
def consent(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """What a person said of a purpose, recorded by the staff: a yes with its paper."""
    party, said = the_party(uid), request.POST
    if said.get("purpose") not in Purpose.values or said.get("given") not in {"yes", "no"}:
        raise Http404(_("There is no such consent."))
    try:
        record_consent(
            party=party, purpose=Purpose(said["purpose"]), given=said["given"] == "yes",
            by=acting(request), at=now(), paper=said.get("paper", "")[:60],
        )  # fmt: skip
    except AyilError as error:
        messages.error(request, in_words(error))
    else:
        messages.success(request, _("What they said is recorded."))
    return redirect("person", uid=party.uid)
