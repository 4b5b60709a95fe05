"""Somebody says that they will make it, and by whom they may be read; or takes it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import Proposal, WillingMaker, WillingMakerEnd
from ayil.decisions.proposals import may_enter_for_others, standing_makers
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.identities import identities_of
from ayil.members.models import Party, PartyKind


def name_maker(
    *,
    proposal: Proposal,
    person: Party,
    may_be_named: bool,
    at: datetime,
    in_public: bool = False,
    by: Party | None = None,
    paper: str = "",
) -> WillingMaker:
    """Someone of the village says that they will make it; read by the village, or by everybody,
    only if they agree. Said again, it changes by whom they may be read.

    `by` is the registrar or an officer, who types it from a `paper`; else the person themselves.
    """
    by = by or person
    if person.kind != PartyKind.PERSON or person.village_id != proposal.assembly.village_id:
        raise AyilError(
            _("%(person)s is not one of %(village)s's people.")
            % {"person": person, "village": proposal.assembly.village}
        )
    own = by.pk in identities_of(person)
    if not own:
        _refuse_hearsay(proposal, person, by, at, paper)
    with transaction.atomic():
        lock(proposal.assembly)
        earlier = _standing(proposal, person)
        wanted = (may_be_named or in_public, in_public)
        if earlier is not None:
            if (earlier.may_be_named, earlier.in_public) == wanted:
                return earlier
            WillingMakerEnd.objects.create(maker=earlier, by=by, at=at)
        return WillingMaker.objects.create(
            proposal=proposal,
            person=person,
            may_be_named=wanted[0],
            in_public=in_public,
            how=WillingMaker.How.PHONE if own else WillingMaker.How.PAPER,
            paper="" if own else paper.strip(),
            by=by,
            at=at,
        )


def _refuse_hearsay(proposal: Proposal, person: Party, by: Party, at: datetime, paper: str) -> None:
    if not may_enter_for_others(by, proposal.assembly, local_date(at)):
        raise AyilError(
            _("%(by)s may not say for %(person)s what they will make. Ask them.")
            % {"by": by, "person": person}
        )
    if not paper.strip():
        raise AyilError(
            _("Name the paper on which %(person)s said it: a number, or the list and its day.")
            % {"person": person}
        )


def _standing(proposal: Proposal, person: Party) -> WillingMaker | None:
    return standing_makers().filter(proposal=proposal, person__in=identities_of(person)).first()


def take_back_maker(*, maker: WillingMaker, by: Party, at: datetime) -> WillingMakerEnd:
    """They will not make it, or do not want to be read any longer; taken back twice is once.

    At any time, by the person or by whoever may type it from paper: nobody has to say why.
    """
    if by.pk not in identities_of(maker.person) and not may_enter_for_others(
        by, maker.proposal.assembly, local_date(at)
    ):
        raise AyilError(
            _("%(by)s may not say for %(person)s what they will make. Ask them.")
            % {"by": by, "person": maker.person}
        )
    with transaction.atomic():
        lock(maker.proposal.assembly)
        return WillingMakerEnd.objects.get_or_create(maker=maker, defaults={"by": by, "at": at})[0]
