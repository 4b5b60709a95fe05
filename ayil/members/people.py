"""People's records as the staff keeps them: the list, changes and their history, roles.

`by` is the party who acts, `at` the moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.actions import end_role, grant_role
from ayil.members.identities import identities_of, kept_parties
from ayil.members.models import (
    MembershipEvent,
    MembershipStep,
    Party,
    Role,
    RoleEnd,
    RoleGrant,
    Sex,
    Shop,
)
from ayil.members.rights import Right, require
from ayil.members.rules import MEMBER_STEPS
from ayil.places.models import Place

# What of a record may be changed, with the words under which its history is read.
CHANGEABLE: Mapping[str, object] = {
    "name": pgettext_lazy("of another", "Name"),
    "village": gettext_lazy("Village"),
    "language": gettext_lazy("Language"),
    "phone": gettext_lazy("Telephone"),
    "born_year": gettext_lazy("Year of birth"),
    "sex": gettext_lazy("Woman or man"),
}
EARLIEST_BIRTH = 1900
YOUNGEST = 14  # years; a younger one signs nothing
MEMBERS = "members"


@dataclass(frozen=True)
class Sought:
    """What narrows the list; None or empty narrows nothing. `step` may be `MEMBERS` too."""

    village: Place | None = None
    kind: str = ""
    step: str = ""


@dataclass(frozen=True)
class Change:
    """One thing about a record that became another; `by` is empty where nobody is known."""

    at: datetime
    by: str
    what: str
    before: str
    after: str


def listed(sought: Sought) -> QuerySet[Party]:
    """Each person, community and enterprise once, by the alphabet, with `last_step`."""
    last = MembershipEvent.objects.filter(party=OuterRef("pk")).order_by("-id").values("step")[:1]
    parties = kept_parties().annotate(last_step=Subquery(last)).select_related("village")
    if sought.village is not None:
        parties = parties.filter(village=sought.village)
    if sought.kind:
        parties = parties.filter(kind=sought.kind)
    if sought.step == MEMBERS:
        parties = parties.filter(last_step__in=MEMBER_STEPS)
    elif sought.step:
        parties = parties.filter(last_step=sought.step)
    return parties.order_by("sort_key", "id")


def change_record(
    *, party: Party, changed: Mapping[str, Any], by: Party, at: datetime, reason: str = ""
) -> Party:
    """Gives the record new values of CHANGEABLE; the old ones stay in its history.

    Nothing is written where nothing differs.
    """
    require(by, Right.CHANGE_PEOPLE, on=local_date(at))
    unknown = changed.keys() - CHANGEABLE.keys()
    if unknown:
        raise ValueError(f"{sorted(unknown)} of a party cannot be changed")
    with transaction.atomic():
        party = Party.objects.select_for_update().get(pk=party.pk)
        if all(getattr(party, name) == value for name, value in changed.items()):
            return party
        for name, value in changed.items():
            setattr(party, name, value)
        _refuse_record(party, local_date(at))
        # The library writes the row of history from these when it saves.
        party._history_user = getattr(by, "user", None)  # type: ignore[attr-defined]
        party._history_date = at  # type: ignore[attr-defined]
        party._change_reason = reason[:100] or None  # type: ignore[attr-defined]
        party.save()
    return party


def _refuse_record(party: Party, today: date) -> None:
    party.name = party.name.strip()
    if not party.name:
        raise AyilError(_("A party needs a name. Ask how they want to be called."))
    if party.born_year is not None and not is_plausible_birth(party.born_year, today):
        raise AyilError(
            _("%(year)s is no year of birth that can be right. Ask again, or leave it empty.")
            % {"year": party.born_year}
        )


def is_plausible_birth(year: int, today: date) -> bool:
    return EARLIEST_BIRTH <= year <= today.year - YOUNGEST


def changes_of(party: Party) -> list[Change]:
    """What changed in the record, by whom and when, the latest first; two or three queries."""
    rows = list(party.history.select_related("history_user__party").order_by("history_id"))
    villages = Place.objects.in_bulk({row.village_id for row in rows if row.village_id})
    found = []
    for before, after in pairwise(rows):
        user = after.history_user
        who = str(user.party or user) if user else ""
        for name, label in CHANGEABLE.items():
            old, new = (_shown(row, name, villages) for row in (before, after))
            if old != new:
                found.append(Change(after.history_date, who, str(label), old, new))
    return found[::-1]


def _shown(row: Any, name: str, villages: Mapping[int, Place]) -> str:
    if name == "village":
        place = villages.get(row.village_id)
        return place.name if place else ""
    value = getattr(row, name)
    if name == "sex":
        return str(Sex(value).label)
    return "" if value is None else str(value)


def give_role(
    *,
    party: Party,
    role: Role,
    since: date,
    by: Party,
    at: datetime,
    shop: Shop | None = None,
    donor: Party | None = None,
    district: Place | None = None,
) -> RoleGrant:
    """An office in its scope, given by somebody else who may; the same twice is once."""
    _refuse_giver(party, by, at)
    same = {"role": role, "shop": shop, "donor": donor, "district": district}
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)
        found = standing_roles(party, local_date(at)).filter(**same).first()
        return found or grant_role(
            party=party, role=role, since=since, by=by, shop=shop, donor=donor, district=district
        )


def take_role(*, grant: RoleGrant, by: Party, at: datetime) -> RoleEnd:
    """The office ends today; an end that stands already stays as it is."""
    _refuse_giver(grant.party, by, at)
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=grant.party_id)
        found = RoleEnd.objects.filter(grant=grant).first()
        return found or end_role(grant=grant, on=local_date(at), by=by)


def _refuse_giver(party: Party, by: Party, at: datetime) -> None:
    require(by, Right.GIVE_ROLE, on=local_date(at))
    if by.pk in identities_of(party):
        raise AyilError(_("Nobody gives or takes their own roles. Ask another officer."))


def standing_roles(party: Party, day: date) -> QuerySet[RoleGrant]:
    """Offices that were given to this record and have not ended, those to come with them."""
    return RoleGrant.objects.filter(party=party).filter(Q(end__isnull=True) | Q(end__on__gt=day))


def step_choices() -> Sequence[tuple[str, str]]:
    """What the list may be narrowed to, in the reader's language."""
    steps = [(step.value, str(step.label)) for step in MembershipStep]
    return [("", _("all")), (MEMBERS, _("members")), *steps]
