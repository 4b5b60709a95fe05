"""A plan is carried out: all of it, just as it was shown, or nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ayil.kit import search
from ayil.kit.clock import local_date
from ayil.kit.lists import NEW, refuse_changed, refuse_faults
from ayil.kit.spelling import sort_key
from ayil.members.imports.plan import PeoplePlan, Planned
from ayil.members.imports.planning import FILLABLE, Progress, folded, plan_of
from ayil.members.models import Affiliation, MembershipEvent, MembershipStep, Party, PartyKind
from ayil.members.rights import Right, require

_STEPS = (MembershipStep.APPLIED, MembershipStep.ADMITTED, MembershipStep.ACTIVE)
_AT_ONCE = 500


def carry_out(
    *, plan: PeoplePlan, by: Party, at: datetime, progress: Progress | None = None
) -> PeoplePlan:
    """Enters what the plan says; refused where it has faults or the records have changed since.

    Whoever is entered as a member since a day is admitted on it, by `by`.
    """
    today = local_date(at)
    require(by, Right.IMPORT_PEOPLE, on=today)
    if plan.admitted:
        require(by, Right.ADMIT, on=today)
    if plan.filled:
        require(by, Right.CHANGE_PEOPLE, on=today)
    refuse_faults(plan)
    with transaction.atomic():
        # Whoever else imports or enters waits for us, or we for them and then see what they did.
        Party.objects.select_for_update().get(pk=by.pk)
        now = plan_of(plan.rows, (), plan.left_out, today=today, progress=progress)
        refuse_changed(plan.digest, now)
        parties = _enter(now.planned, by, at)
        _fill(now.planned, by, at)
        _join(now.planned, parties, by, at)
        _admit(now.planned, parties, by, at)
    return now


def _enter(planned: Sequence[Planned], by: Party, at: datetime) -> list[int]:
    """The key of each row's record, in the order of the rows; new ones are made."""
    made = {
        place: Party(
            kind=one.row.kind, name=one.row.name, sort_key=sort_key(one.row.name),
            village_id=one.row.village, language=one.row.language, phone=one.row.phone,
            born_year=one.row.born_year, sex=one.row.sex, entered_at=at,
        )
        for place, one in enumerate(planned) if one.verb == NEW
    }  # fmt: skip
    user: Any = getattr(by, "user", None)
    created = bulk_create_with_history(
        list(made.values()), Party, batch_size=_AT_ONCE, default_user=user, default_date=at
    )
    search.remember_many(Party, {party.pk: [party.name] for party in created})
    new = dict(zip(made, (party.pk for party in created), strict=True))
    keys: list[int] = []
    for place, one in enumerate(planned):
        twin = keys[one.same_as] if one.same_as is not None else 0
        keys.append(new.get(place) or one.party or twin)
    return keys


def _fill(planned: Sequence[Planned], by: Party, at: datetime) -> None:
    filled = [one for one in planned if one.fills and one.party]
    parties = Party.objects.in_bulk([one.party for one in filled if one.party])
    changed = []
    for one in filled:
        party = parties[one.party or 0]
        for name, value in one.fills.items():
            setattr(party, name, value)
        changed.append(party)
    user: Any = getattr(by, "user", None)
    bulk_update_with_history(
        changed, Party, list(FILLABLE), batch_size=_AT_ONCE, default_user=user,
        default_date=at, default_change_reason=_("imported list"),
    )  # fmt: skip


def _join(planned: Sequence[Planned], parties: Sequence[int], by: Party, at: datetime) -> None:
    groups = {
        folded(one.row.name): key
        for one, key in zip(planned, parties, strict=True)
        if one.row.kind == PartyKind.COMMUNITY
    }
    Affiliation.objects.bulk_create(
        [
            Affiliation(
                person_id=key,
                community_id=one.community or groups[folded(one.row.community)],
                part=one.row.part,
                since=one.row.member_since or local_date(at),
                by=by,
            )
            for one, key in zip(planned, parties, strict=True)
            if one.joins
        ],
        batch_size=_AT_ONCE,
    )


def _admit(planned: Sequence[Planned], parties: Sequence[int], by: Party, at: datetime) -> None:
    MembershipEvent.objects.bulk_create(
        [
            MembershipEvent(party_id=key, step=step, on=one.row.member_since, by=by, recorded_at=at)
            for one, key in zip(planned, parties, strict=True)
            if one.admits and one.row.member_since
            for step in _STEPS
        ],
        batch_size=_AT_ONCE,
    )
