"""A community's page: whom to turn to, who belongs, what was; and what its leader may change."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ayil.kit.clock import local_date, now
from ayil.kit.errors import AyilError
from ayil.members.admission import take_step
from ayil.members.applications import Part, lacks_contacts, last_event, membership_of, own_steps_of
from ayil.members.communities import (
    add_to_community,
    change_part,
    communities_visible_to,
    end_belonging,
    hand_over,
    may_name,
    people_of,
)
from ayil.members.consents import speaks_for
from ayil.members.forms.communities import AddPerson, ChangePart, Ending
from ayil.members.identities import identities_of
from ayil.members.models import Affiliation, MembershipStep, Party, PartyKind, User
from ayil.members.queries import AnyUser
from ayil.members.reader import acting, reader
from ayil.members.rights import Right, has_right


@dataclass(frozen=True)
class Row:
    """One who belongs, and to whom of the others a leader may hand over."""

    affiliation: Affiliation
    successors: list[Affiliation]


@login_required
@require_safe
def community(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    return _page(request, _visible(request, uid))


def _visible(request: HttpRequest, uid: uuid.UUID) -> Party:
    """Another's community is as if it were not there."""
    found = communities_visible_to(request.user, local_date(now())).filter(uid=uid).first()
    if found is None:
        raise Http404(_("There is no such community among those that you may see."))
    return found


def _changeable(request: HttpRequest, uid: uuid.UUID, of: Party | None = None) -> Party:
    """For its leaders, the association, and in what is about themselves the person (`of`)."""
    found, party = _visible(request, uid), reader(request)
    is_about_reader = of is not None and party is not None and of.pk in identities_of(party)
    if not is_about_reader and not may_name(request.user, found, local_date(now())):
        raise PermissionDenied(
            _("Only a leader of %(community)s or the association changes who belongs to it.")
            % {"community": found}
        )
    return found


def _page(request: HttpRequest, found: Party, adding: AddPerson | None = None) -> HttpResponse:
    today = local_date(now())
    standing: list[Affiliation] = []
    ended: list[Affiliation] = []
    for affiliation in people_of(found):
        is_over = hasattr(affiliation, "end") and affiliation.end.on <= today
        (ended if is_over else standing).append(affiliation)
    may_change = may_name(request.user, found, today)
    last = last_event(found)
    context = {
        "community": found,
        "groups": [
            (Part(part), [_row(one, standing) for one in standing if one.part == part])
            for part in Part
        ],
        "ended": ended,
        "steps": membership_of(found),
        "step": MembershipStep(last.step).label if last else "",
        "own_steps": _own_steps(request.user, found),
        "may_change": may_change,
        "lacks_contacts": lacks_contacts(found, today),
        "parts": Part.choices,
        "form": adding or _adding(request, found),
        "reader": reader(request),
        "sees_sharing": _belongs(reader(request), standing)
        or any(
            has_right(request.user, right, day=today)
            for right in (Right.KEEP_MANDATES, Right.SEE_PAYOUTS)
        ),
    }
    return render(request, "members/community.html", context)


def _belongs(person: Party | None, standing: list[Affiliation]) -> bool:
    """Who belongs sees how the group shares; others need an office for it."""
    mine = identities_of(person) if person else frozenset()
    return any(one.person_id in mine for one in standing)


def _row(one: Affiliation, standing: list[Affiliation]) -> Row:
    if one.part != Part.LEADER:
        return Row(one, [])
    return Row(one, [other for other in standing if other.part != Part.LEADER])


def _own_steps(user: AnyUser, party: Party) -> list[tuple[str, str]]:
    """The next steps that the reader may enter for the party, each with its word."""
    at = now()
    speaks = isinstance(user, User) and user.party and speaks_for(user.party, party, at)
    if not speaks and not has_right(user, Right.ADMIT, day=local_date(at)):
        return []
    return own_steps_of(party)


def _adding(request: HttpRequest, found: Party) -> AddPerson:
    sees_all = has_right(request.user, Right.CHANGE_PEOPLE, day=local_date(now()))
    return AddPerson(request.POST or None, community=found, sees_all=sees_all)


@login_required
@require_POST
def add_person(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The leader or the association names somebody who belongs from today on."""
    found = _changeable(request, uid)
    form = _adding(request, found)
    if form.is_valid():
        at = now()
        try:
            affiliation = add_to_community(
                person=form.person(),
                community=found,
                part=Part(form.cleaned_data["part"]),
                by=acting(request),
                on=local_date(at),
                at=at,
            )
        except AyilError as error:
            form.add_error(None, forms.ValidationError(str(error)))
        else:
            messages.success(
                request, _("%(person)s belongs here now.") % {"person": affiliation.person}
            )
            return redirect("community", uid=uid)
    return _page(request, found, form)


@login_required
@require_POST
def set_part(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Leader, contact or member, from today on."""
    form = ChangePart(request.POST)
    part = Part(form.cleaned_data["part"]) if form.is_valid() else None

    def change(affiliation: Affiliation) -> object:
        if part is None:
            raise AyilError(_("Choose one of the parts: leader, contact or member."))
        return change_part(
            affiliation=affiliation, part=part, on=local_date(now()), by=acting(request)
        )

    return _changed(request, uid, pk, change, _("Changed. The community's history shows it."))


@login_required
@require_POST
def give_over(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """A leader hands the community over to another of its people (`to`: their affiliation)."""
    typed = request.POST.get("to", "")

    def change(affiliation: Affiliation) -> object:
        others = people_of(affiliation.community).filter(end__isnull=True)
        to = others.filter(pk=typed).first() if _is_key(typed) else None
        if to is None:
            raise AyilError(_("Choose to whom: somebody who belongs to this community."))
        return hand_over(affiliation=affiliation, to=to, on=local_date(now()), by=acting(request))

    return _changed(request, uid, pk, change, _("Handed over. The former leader is a contact."))


@login_required
@require_POST
def end_person(request: HttpRequest, uid: uuid.UUID, pk: int) -> HttpResponse:
    """Somebody belongs no longer, from today on."""
    form = Ending(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""

    def change(affiliation: Affiliation) -> object:
        return end_belonging(
            affiliation=affiliation, on=local_date(now()), by=acting(request), reason=reason
        )

    said = _("Ended. The community's history keeps it.")
    return _changed(request, uid, pk, change, said, change_is_ones_own=True)


def _is_key(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 19


def _changed(
    request: HttpRequest,
    uid: uuid.UUID,
    pk: int,
    change: Callable[[Affiliation], object],
    said: str,
    *,
    change_is_ones_own: bool = False,
) -> HttpResponse:
    affiliation = people_of(_visible(request, uid)).filter(pk=pk).first()
    if affiliation is None:
        raise Http404(_("There is no such person in this community."))
    _changeable(request, uid, of=affiliation.person if change_is_ones_own else None)
    try:
        change(affiliation)
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    if communities_visible_to(request.user, local_date(now())).filter(uid=uid).exists():
        return redirect("community", uid=uid)
    return redirect("home")  # who left a community sees its page no longer


@login_required
@require_POST
def membership_step(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Active, dormant or left: one's own word, a leader's for the community, or an officer's."""
    by, at = acting(request), now()
    party = Party.objects.filter(uid=uid).first()
    is_officer = has_right(request.user, Right.ADMIT, day=local_date(at))
    if party is None or not (is_officer or speaks_for(by, party, at)):
        raise Http404(_("There is nobody here whose membership you may change."))
    step = request.POST.get("step", "")
    try:
        if step not in MembershipStep.values:
            raise AyilError(_("Choose the step: press one of the buttons."))
        event = take_step(
            party=party, step=MembershipStep(step), by=by, on=local_date(at), at=at,
            reason=request.POST.get("reason", "")[:300],
        )  # fmt: skip
    except AyilError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request,
            _("%(party)s: %(step)s") % {"party": party, "step": event.get_step_display()},
        )
    return redirect(_page_of(party, by))


def _page_of(party: Party, by: Party) -> str:
    if party.kind == PartyKind.COMMUNITY:
        return reverse("community", args=[party.uid])
    return reverse("me") if party == by else reverse("person", args=[party.uid])
