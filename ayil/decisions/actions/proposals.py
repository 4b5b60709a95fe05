"""What the village has, and what its people propose to make of it."""

from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import Assembly, LocalResource, Poll, Proposal, WillingMaker
from ayil.decisions.rules import MOST_OPTIONS
from ayil.kit.errors import AyilError, Conflict
from ayil.members.models import Party, PartyKind
from ayil.places.models import Place

MOST_PROPOSALS = 40


def record_resource(
    *,
    village: Place,
    kind: LocalResource.Kind,
    name: str,
    yearly_amount: int,
    unit: str,
    access: str,
    by: Party,
    at: datetime,
    season: tuple[int, int] = (1, 12),
) -> LocalResource:
    """`season` is its first and last month; `access` says who may take it and by what right."""
    if not access.strip() or yearly_amount < 0 or not all(1 <= month <= 12 for month in season):
        raise AyilError(
            _(
                "%(name)s of %(village)s needs a yearly amount, a season in months from 1 "
                "to 12 and whose right it is to take it."
            )
            % {"name": name, "village": village}
        )
    return LocalResource.objects.create(
        village=village,
        kind=kind,
        name=name,
        yearly_amount=yearly_amount,
        unit=unit,
        season_from=season[0],
        season_to=season[1],
        access=access,
        by=by,
        recorded_at=at,
    )


class Details(TypedDict, total=False):
    """What a proposal may say besides; money in whole minor units."""

    skills: str
    piece_cost_minor: int
    start_cost_minor: int
    currency: str
    risks: str
    market_evidence: str
    market_sales: int


def propose(
    *,
    assembly: Assembly,
    names: tuple[str, str, str],
    symbol: str,
    proposer: Party,
    resource: LocalResource,
    at: datetime,
    uid: UUID | None = None,
    **details: Unpack[Details],
) -> Proposal:
    """Puts a product before the assembly; `names` are English, Russian and Kyrgyz.

    Numbered in the order of arrival; the same `uid` again returns the first.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        earlier = Proposal.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if (earlier.assembly_id, earlier.symbol) != (assembly.pk, symbol):
                raise Conflict(
                    _("The proposal %(uid)s was made before with another content.") % {"uid": uid}
                )
            return earlier
        words = _why_not_proposed(assembly, names, symbol, proposer, resource)
        if words:
            raise AyilError(words)
        return Proposal.objects.create(
            uid=uid or uuid4(),
            assembly=assembly,
            number=assembly.proposals.count() + 1,
            name_en=names[0],
            name_ru=names[1],
            name_ky=names[2],
            symbol=symbol,
            proposer=proposer,
            resource=resource,
            recorded_at=at,
            **details,
        )


def _why_not_proposed(
    assembly: Assembly,
    names: tuple[str, str, str],
    symbol: str,
    proposer: Party,
    resource: LocalResource,
) -> str | None:
    if not all(name.strip() for name in names):
        return _("A proposal to %(assembly)s needs its name in all three languages.") % {
            "assembly": assembly
        }
    if proposer.village_id != assembly.village_id:
        return _("%(proposer)s does not live in %(village)s and cannot propose there.") % {
            "proposer": proposer,
            "village": assembly.village,
        }
    if resource.village_id != assembly.village_id:
        return _("%(resource)s is not a resource of %(village)s.") % {
            "resource": resource.name,
            "village": assembly.village,
        }
    if Poll.objects.filter(assembly=assembly).exists():
        return _("The vote of %(assembly)s has begun; propose at the next assembly.") % {
            "assembly": assembly
        }
    if assembly.proposals.filter(symbol=symbol).exists():
        return _(
            "The symbol %(symbol)s is taken in %(assembly)s: people vote by it. Choose another."
        ) % {"symbol": symbol, "assembly": assembly}
    if assembly.proposals.count() >= MOST_PROPOSALS:
        return _("%(assembly)s has %(most)s proposals; %(fit)s fit on the paper.") % {
            "assembly": assembly,
            "most": MOST_PROPOSALS,
            "fit": MOST_OPTIONS,
        }
    return None


def name_maker(*, proposal: Proposal, person: Party, may_be_named: bool) -> WillingMaker:
    """Someone of the village says that they will make it; named in public only if they agree."""
    if person.kind != PartyKind.PERSON or person.village_id != proposal.assembly.village_id:
        raise AyilError(
            _("%(person)s is not one of %(village)s's people.")
            % {"person": person, "village": proposal.assembly.village}
        )
    return WillingMaker.objects.get_or_create(
        proposal=proposal, person=person, defaults={"may_be_named": may_be_named}
    )[0]
