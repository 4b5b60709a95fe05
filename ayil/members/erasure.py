"""Erasing a person: the name becomes a pseudonym, contacts go; accounts, votes and chains stand.

What a field keeps of a person it forgets itself: its module `erasing` may hold OBSTACLES (why
the person cannot be erased yet, in words) and STEPS (what to do once the pseudonym stands). This
module runs them and imports none of the fields above it.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.urls import reverse
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.actions import end_affiliation, record_membership
from ayil.members.identities import identities_of
from ayil.members.mentions import Mention, mentions_of
from ayil.members.models import (
    ConsentEvent,
    Erasure,
    ErasureMention,
    ErasureRequest,
    ErasureRequestEnd,
    MembershipStep,
    Party,
    PartyKind,
    Purpose,
    Sex,
    User,
)
from ayil.members.queries import affiliations_on, last_step
from ayil.members.rights import Right, require
from ayil.members.rules import may_follow
from ayil.members.waiting import Waiting

# Kyrgyz, whatever the reader's language: it is a name, and stands in the records as one.
PSEUDONYM = "Катышуучу"
DONE_SHOWN = 50

Obstacle = Callable[[Party, date], Iterable[str]]

# What no erasure can take away, said before it is asked for.
WHAT_STAYS: Sequence[object] = (
    gettext_lazy("Sales, statements and payouts, under the pseudonym: the books must add up."),
    gettext_lazy(
        "That you were on a roll and came, under the pseudonym, and whether as a woman or a man, "
        "since women are counted; nobody ever knew the vote."
    ),
    gettext_lazy("Papers that were printed and signed: minutes, notes, payout lists."),
    gettext_lazy("What others wrote in their own words; we list it and somebody looks at each."),
    gettext_lazy("The till's sealed log, where you were a cashier: it cannot be rewritten."),
)


@dataclass(frozen=True)
class Plan:
    """What an erasure would meet: why not yet, and which texts still speak of the person."""

    party: Party
    obstacles: Sequence[str]
    mentions: Sequence[Mention]
    request: ErasureRequest | None


def open_requests() -> models.QuerySet[ErasureRequest]:
    """Requests that wait for somebody, the oldest first."""
    waiting = ErasureRequest.objects.filter(end__isnull=True, party__erasure__isnull=True)
    return waiting.select_related("party__village").order_by("at", "id")


def done_erasures() -> models.QuerySet[Erasure]:
    """The latest first, with the texts that still speak of the person."""
    done = Erasure.objects.select_related("party").prefetch_related("mentions")
    return done.order_by("-id")[:DONE_SHOWN]


def waiting(user: User, day: date) -> list[Waiting]:
    """For the desk: those who asked to be erased."""
    oldest = open_requests().first()
    if oldest is None:
        return []
    count = open_requests().count()
    what = ngettext("%(count)s request to be erased", "%(count)s requests to be erased", count) % {
        "count": count
    }
    return [Waiting(what, count, local_date(oldest.at), reverse("erasures"), Right.ERASE_PERSON)]


def open_request_of(party: Party) -> ErasureRequest | None:
    return open_requests().filter(party__in=identities_of(party)).first()


def ask_for_erasure(*, party: Party, by: Party, at: datetime, reason: str = "") -> ErasureRequest:
    """The person's own wish, as a row; asking twice is asking once."""
    if by.pk not in identities_of(party):
        require(by, Right.ERASE_PERSON, on=local_date(at))
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)
        found = open_request_of(party)
        return found or ErasureRequest.objects.create(
            party=party, reason=reason.strip(), by=by, at=at
        )


def take_back_request(
    *, request: ErasureRequest, by: Party, at: datetime, reason: str = ""
) -> ErasureRequestEnd:
    """The person thought better of it, or the staff answers why it cannot be."""
    if by.pk not in identities_of(request.party):
        require(by, Right.ERASE_PERSON, on=local_date(at))
        if not reason.strip():
            raise AyilError(
                _("%(party)s asked to be erased: a no needs its reason in writing.")
                % {"party": request.party}
            )
    return ErasureRequestEnd.objects.create(request=request, reason=reason.strip(), by=by, at=at)


def plan_erasure(party: Party, day: date) -> Plan:
    return Plan(
        party=party,
        obstacles=obstacles(party, day),
        mentions=mentions_of(_records(party)),
        request=open_request_of(party),
    )


def obstacles(party: Party, day: date) -> list[str]:
    """Why the person cannot be erased on that day, in words; none: they can."""
    found: list[str] = []
    for record in _records(party):
        for obstacle in _collected("OBSTACLES"):
            found += obstacle(record, day)
    return found


def erase(*, party: Party, reason: str, by: Party, at: datetime) -> Erasure:
    """Replaces name and contacts by a pseudonym, in every record that is this person.

    Refused as a whole, with every reason, while money or an office still needs the name.
    """
    day = local_date(at)
    require(by, Right.ERASE_PERSON, on=day)
    with transaction.atomic():
        records = list(
            Party.objects.select_for_update().filter(pk__in=identities_of(party)).order_by("pk")
        )
        _refuse_erasing(records, party, reason=reason, by=by, day=day)
        mentions = mentions_of(records)
        request = open_request_of(party)
        pseudonym = _new_pseudonym()
        erasures = [
            _erase_record(record, pseudonym, request=request, reason=reason, by=by, at=at)
            for record in records
        ]
        erasure = next(one for one in erasures if one.party_id == party.pk)
        ErasureMention.objects.bulk_create(
            ErasureMention(erasure=erasure, table=found.table, row=found.row, column=found.column)
            for found in mentions
        )
    party.refresh_from_db()
    return erasure


def _refuse_erasing(
    records: Sequence[Party], party: Party, *, reason: str, by: Party, day: date
) -> None:
    if party.kind != PartyKind.PERSON:
        raise AyilError(_("%(party)s is no person; only people are erased.") % {"party": party})
    if by.pk in {record.pk for record in records}:
        raise AyilError(_("Nobody erases themselves: ask another officer to do it."))
    if Erasure.objects.filter(party__in=records).exists():
        raise AyilError(_("%(party)s was erased before.") % {"party": party})
    if not reason.strip():
        raise AyilError(
            _("The erasure of %(party)s needs its reason: who asked, on what day.")
            % {"party": party}
        )
    why_not = obstacles(party, day)
    if why_not:
        raise AyilError(
            _("%(party)s cannot be erased yet: %(why)s")
            % {"party": party, "why": " ".join(why_not)}
        )


def _records(party: Party) -> Sequence[Party]:
    return list(Party.objects.filter(pk__in=identities_of(party)).order_by("pk"))


def _collected(name: str) -> Iterator[Callable[..., Any]]:
    for app in apps.get_app_configs():
        if app.name.startswith("ayil.") and module_has_submodule(app.module, "erasing"):
            yield from getattr(import_module(f"{app.name}.erasing"), name, [])


def _new_pseudonym() -> str:
    """Drawn, not derived: nobody finds a person by computing theirs."""
    while True:
        name = f"{PSEUDONYM} {secrets.token_hex(2).upper()}"
        if not Party.objects.filter(name=name).exists():
            return name


def _erase_record(
    party: Party,
    pseudonym: str,
    *,
    request: ErasureRequest | None,
    reason: str,
    by: Party,
    at: datetime,
) -> Erasure:
    _withdraw_consents(party, by=by, at=at)
    _leave(party, by=by, at=at)
    own_request = request if request is not None and request.party_id == party.pk else None
    erasure = Erasure.objects.create(
        party=party, request=own_request, reason=reason.strip(), by=by, at=at
    )
    party.name, party.phone, party.born_year, party.sex = pseudonym, "", None, Sex.UNSAID
    party.save()
    party.history.all().delete()
    for step in _collected("STEPS"):
        step(party)
    return erasure


def _withdraw_consents(party: Party, *, by: Party, at: datetime) -> None:
    last = dict(
        ConsentEvent.objects.filter(party=party).order_by("id").values_list("purpose", "given")
    )
    ConsentEvent.objects.bulk_create(
        ConsentEvent(
            party=party,
            purpose=Purpose(purpose),
            given=False,
            language=party.language,
            by=by,
            recorded_at=at,
        )
        for purpose, given in last.items()
        if given
    )


def _leave(party: Party, *, by: Party, at: datetime) -> None:
    """The memberships end with the name: nobody counts a member whom nobody can meet."""
    day = local_date(at)
    for affiliation in affiliations_on(party, day):
        end_affiliation(affiliation=affiliation, on=day, by=by, reason=_("erased"))
    if may_follow(last_step(party), MembershipStep.LEFT):
        record_membership(
            party=party, step=MembershipStep.LEFT, on=day, by=by, at=at, reason=_("erased")
        )
