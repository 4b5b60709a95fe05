"""Joining, roles, mandates. `by` is the party who acts, `at` the moment."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.ledger.actions import open_fund
from ayil.ledger.models import FundKind
from ayil.members.models import (
    Affiliation,
    AffiliationEnd,
    Mandate,
    MembershipEvent,
    MembershipStep,
    Party,
    PartyKind,
    Role,
    RoleEnd,
    RoleGrant,
    Sex,
    Shop,
    Simulation,
)
from ayil.members.queries import last_step
from ayil.members.rules import may_follow
from ayil.places.models import Place


def record_simulation(*, seed: int, at: datetime) -> Simulation:
    """Says for good that these records are simulated; refused where real ones stand already."""
    if Party.objects.exists():
        raise AyilError(_("There are people in this database already; it is no simulation."))
    return Simulation.objects.create(seed=seed, loaded_at=at)


def enter_party(
    *,
    kind: PartyKind,
    name: str,
    at: datetime,
    village: Place | None = None,
    language: str = "ky",
    phone: str = "",
    born_year: int | None = None,
    sex: Sex = Sex.UNSAID,
    uid: UUID | None = None,
) -> Party:
    """`uid` is the client's own id for the party, where it has one."""
    if not name.strip():
        raise AyilError(_("A party needs a name. Ask how they want to be called."))
    return Party.objects.create(
        uid=uid or uuid4(),
        kind=kind,
        name=name.strip(),
        village=village,
        language=language,
        phone=phone,
        born_year=born_year,
        sex=sex,
        entered_at=at,
    )


def record_membership(
    *,
    party: Party,
    step: MembershipStep,
    on: date,
    by: Party | None,
    at: datetime,
    reason: str = "",
) -> MembershipEvent:
    """The next step of a membership; refused where the life cycle has no such step.

    `by` is None where nobody acted: admitted by rule.
    """
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)
        last = last_step(party)
        if not may_follow(last, step):
            before = MembershipStep(last).label if last else _("nothing")
            after = MembershipStep(step).label
            raise AyilError(
                _("%(party)s: after «%(before)s» comes no «%(after)s».")
                % {"party": party, "before": before, "after": after}
            )
        if step == MembershipStep.REFUSED and not reason.strip():
            raise AyilError(
                _("%(party)s: a refusal needs its reason in writing.") % {"party": party}
            )
        return MembershipEvent.objects.create(
            party=party, step=step, on=on, reason=reason, by=by, recorded_at=at
        )


def admit(*, party: Party, on: date, by: Party, at: datetime) -> None:
    """Applied, admitted and active on one day: any interested person or community may join."""
    with transaction.atomic():
        for step in (MembershipStep.APPLIED, MembershipStep.ADMITTED, MembershipStep.ACTIVE):
            record_membership(party=party, step=step, on=on, by=by, at=at)


def affiliate(
    *,
    person: Party,
    community: Party,
    since: date,
    by: Party,
    part: Affiliation.Part = Affiliation.Part.MEMBER,
) -> Affiliation:
    if person.kind != PartyKind.PERSON or community.kind != PartyKind.COMMUNITY:
        raise AyilError(
            _("%(person)s cannot belong to %(community)s: a person belongs to a community.")
            % {"person": person, "community": community}
        )
    return Affiliation.objects.create(
        person=person, community=community, part=part, since=since, by=by
    )


def end_affiliation(
    *, affiliation: Affiliation, on: date, by: Party, reason: str = ""
) -> AffiliationEnd:
    return AffiliationEnd.objects.create(affiliation=affiliation, on=on, by=by, reason=reason)


def grant_role(
    *,
    party: Party,
    role: Role,
    since: date,
    by: Party,
    shop: Shop | None = None,
    donor: Party | None = None,
    district: Place | None = None,
) -> RoleGrant:
    """A donor's officer needs their donor, a district's administration its district.

    The row alone: whoever gives an office from a page does it by `people.give_role`, which asks
    for the right and gives nobody an office of their own.
    """
    if (role == Role.DONOR) != (donor is not None):
        raise AyilError(_("%(party)s: a donor's officer is one of a donor.") % {"party": party})
    if (role == Role.ADMINISTRATION) != (district is not None):
        raise AyilError(_("%(party)s: name the district for the post.") % {"party": party})
    return RoleGrant.objects.create(
        party=party, role=role, shop=shop, donor=donor, district=district, since=since, by=by
    )


def end_role(*, grant: RoleGrant, on: date, by: Party) -> RoleEnd:
    return RoleEnd.objects.create(grant=grant, on=on, by=by)


def give_mandate(
    *, giver: Party, holder: Party, since: date, paper: str, by: Party, until: date | None = None
) -> Mandate:
    if not paper.strip():
        raise AyilError(
            _("A mandate of %(giver)s for %(holder)s needs its paper: name or number it.")
            % {"giver": giver, "holder": holder}
        )
    return Mandate.objects.create(
        giver=giver, holder=holder, since=since, until=until, paper=paper, by=by
    )


def open_shop(
    *, code: str, name: str, place: Place | None, currency: str, time_zone: str = "Asia/Bishkek"
) -> Shop:
    """A shop with its trading fund; the same code again returns the same shop."""
    found = Shop.objects.filter(code=code).first()
    if found is not None:
        return found
    with transaction.atomic():
        fund = open_fund(code=f"shop:{code}", name=name, kind=FundKind.TRADING)
        return Shop.objects.create(
            code=code, name=name, place=place, fund=fund, currency=currency, time_zone=time_zone
        )
