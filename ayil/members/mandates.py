"""Mandates: a person lets another collect their money, and takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.consents import speaks_for
from ayil.members.identities import identities_of
from ayil.members.models import Mandate, MandateEnd, Party, PartyKind, User
from ayil.members.own import is_one_of, own_parties, parties_spoken_for
from ayil.members.queries import AnyUser, standing_mandates
from ayil.members.rights import Right, has_right, require


def write_mandate(
    *,
    giver: Party,
    holder: Party,
    since: date,
    by: Party,
    at: datetime,
    until: date | None = None,
    paper: str = "",
) -> Mandate:
    """By the giver (or a leader of the community) on their own page, or by the staff from a paper.

    Raises AyilError where the holder is no other person or writes it down themselves, the days
    run backwards, the staff names no paper, or the same mandate stands.
    """
    today = local_date(at)
    is_own = speaks_for(by, giver, at)
    if not is_own:
        require(by, Right.KEEP_MANDATES, on=today)
        if not paper.strip():
            raise AyilError(
                _("A mandate of %(giver)s for %(holder)s needs its paper: name or number it.")
                % {"giver": giver, "holder": holder}
            )
    _refuse_people(giver, holder, by)
    _refuse_days(since, until, today, is_own=is_own)
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=giver.pk)
        later = Mandate.objects.filter(giver=giver, holder=holder, end__isnull=True)
        if later.filter(Q(until__isnull=True) | Q(until__gte=since)).exists():
            raise AyilError(
                _("%(holder)s holds a mandate of %(giver)s already. End it first.")
                % {"giver": giver, "holder": holder}
            )
        return Mandate.objects.create(
            giver=giver,
            holder=holder,
            since=since,
            until=until,
            way=Mandate.Way.PAPER if paper.strip() else Mandate.Way.PAGE,
            paper=paper.strip()[:200],
            by=by,
        )


def _refuse_people(giver: Party, holder: Party, by: Party) -> None:
    if holder.kind != PartyKind.PERSON:
        raise AyilError(_("%(party)s is not a person. Name the one who acts.") % {"party": holder})
    if is_one_of(holder, giver):
        raise AyilError(_("Nobody needs a mandate for their own money."))
    if is_one_of(by, holder):
        raise AyilError(
            _("Who collects for another does not write the mandate down: another must.")
        )


def _refuse_days(since: date, until: date | None, today: date, *, is_own: bool) -> None:
    if until is not None and until < since:
        raise AyilError(_("The last day of a mandate lies before its first."))
    if is_own and since < today:
        raise AyilError(_("A mandate on one's own page begins today or later."))
    if until is not None and until < today:
        raise AyilError(_("This mandate is over already: there is nothing to collect by it."))


def end_mandate(*, mandate: Mandate, by: Party, at: datetime, reason: str) -> MandateEnd:
    """From today the holder collects no more; by the giver, the holder, or the staff."""
    is_own = speaks_for(by, mandate.giver, at) or is_one_of(by, mandate.holder)
    today = local_date(at)
    if not is_own:
        require(by, Right.KEEP_MANDATES, on=today)
    if not reason.strip():
        raise AyilError(_("Say in a few words why the mandate ends."))
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=mandate.giver_id)
        if MandateEnd.objects.filter(mandate=mandate).exists():
            raise AyilError(_("This mandate was ended before."))
        return MandateEnd.objects.create(
            mandate=mandate, on=today, by=by, reason=reason.strip()[:300]
        )


@dataclass(frozen=True)
class OwnMandates:
    """What a person gave, for whom they collect, and what is over, each the latest first."""

    given: Sequence[Mandate]
    held: Sequence[Mandate]
    over: Sequence[Mandate]


def mandates_of(party: Party, day: date) -> OwnMandates:
    """Of the person under all of their records, and of the communities they speak for."""
    mine, spoken = identities_of(party), parties_spoken_for(party, day)
    rows = with_people(Mandate.objects.filter(Q(giver__in=spoken) | Q(holder__in=mine)))
    standing = set(coming_or_standing(day).values_list("pk", flat=True))
    live = [one for one in rows if one.pk in standing]
    return OwnMandates(
        given=[one for one in live if one.holder_id not in mine],
        held=[one for one in live if one.holder_id in mine],
        over=[one for one in rows if one.pk not in standing],
    )


def coming_or_standing(day: date) -> QuerySet[Mandate]:
    """Mandates that hold on the day, or begin later."""
    return standing_mandates(day) | Mandate.objects.filter(since__gt=day, end__isnull=True)


def with_people(mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """All that a page shows of them, the latest first."""
    return mandates.select_related("giver__village", "holder__village", "by", "end__by").order_by(
        "-since", "-id"
    )


def mandates_visible_to(user: AnyUser, day: date) -> QuerySet[Mandate]:
    """One's own, given or held, and all for those who keep them."""
    if has_right(user, Right.KEEP_MANDATES, day=day):
        return Mandate.objects.all()
    if not isinstance(user, User) or user.party is None:
        return Mandate.objects.none()
    mine = identities_of(user.party)
    return Mandate.objects.filter(Q(giver__in=own_parties(user, day)) | Q(holder__in=mine))
