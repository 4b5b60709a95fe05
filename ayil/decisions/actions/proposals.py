"""What a village's people propose to make: put forward, completed, withdrawn before the vote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.models import (
    Assembly,
    AssemblyOffice,
    LocalResource,
    Part,
    Proposal,
    ProposalChange,
    ProposalWithdrawal,
)
from ayil.decisions.proposals import (
    may_enter_for_others,
    refuse_strangers,
    vote_has_opened,
)
from ayil.decisions.rolls import is_barred
from ayil.decisions.rules import MOST_OPTIONS
from ayil.decisions.symbols import SYMBOLS
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError, Conflict
from ayil.kit.names import LANGUAGES_IN_TURN
from ayil.members.identities import identities_of
from ayil.members.models import Party, PartyKind
from ayil.members.rights import Right, require

MOST_PROPOSALS = 20  # of an assembly: fewer than there are symbols


class Details(TypedDict, total=False):
    """What a proposal may say besides; money in whole minor units."""

    resource_milli: int | None
    skills: str
    piece_cost_minor: int | None
    start_cost_minor: int | None
    pieces_a_month: int | None
    risk_health: str
    risk_land: str


class Changed(Details, total=False):
    """What may be changed of it until the vote opens."""

    name_en: str
    name_ru: str
    name_ky: str
    symbol: str
    resource: LocalResource | None


@dataclass(frozen=True)
class _Put:
    """Who puts what forward."""

    assembly: Assembly
    proposer: Party
    symbol: str
    resource: LocalResource | None


def propose(
    *,
    assembly: Assembly,
    names: tuple[str, str, str],
    symbol: str,
    proposer: Party,
    at: datetime,
    resource: LocalResource | None = None,
    uid: UUID | None = None,
    by: Party | None = None,
    paper: str = "",
    **details: Unpack[Details],
) -> Proposal:
    """Puts a product before the assembly; `names` are English, Russian and Kyrgyz, and one of them
    is enough to begin with.

    `by` is the registrar or an officer, who types it from a `paper`; else the proposer themselves.
    Numbered in the order of arrival; the same `uid` again returns the first.
    """
    by = by or proposer
    with transaction.atomic():
        assembly = lock(assembly)
        earlier = Proposal.objects.filter(uid=uid).first() if uid else None
        if earlier is not None:
            if (earlier.assembly_id, earlier.proposer_id) != (assembly.pk, proposer.pk):
                raise Conflict(
                    _("The proposal %(uid)s was made before with another content.") % {"uid": uid}
                )
            return earlier
        own = by.pk in identities_of(proposer)
        if not own:
            _refuse_hearsay(assembly, proposer, by, at, paper)
        put = _Put(assembly, proposer, symbol, resource)
        words = _why_not_from_them(put) or _why_not_this(put, names)
        if words:
            raise AyilError(words)
        return Proposal.objects.create(
            uid=uid or uuid4(),
            assembly=assembly,
            number=assembly.proposals.count() + 1,
            name_en=names[0].strip(),
            name_ru=names[1].strip(),
            name_ky=names[2].strip(),
            symbol=symbol,
            proposer=proposer,
            resource=resource,
            currency=assembly.currency,
            by=proposer if own else by,
            paper="" if own else paper.strip(),
            recorded_at=at,
            **details,
        )


def _refuse_hearsay(
    assembly: Assembly, proposer: Party, by: Party, at: datetime, paper: str
) -> None:
    if not may_enter_for_others(by, assembly, local_date(at)):
        raise AyilError(
            _("%(by)s may not propose for %(proposer)s: the registrar or an officer types papers.")
            % {"by": by, "proposer": proposer}
        )
    if not paper.strip():
        raise AyilError(
            _("Name the paper on which %(proposer)s proposes it: a number, or what it is.")
            % {"proposer": proposer}
        )


def _why_not_from_them(put: _Put) -> str | None:
    assembly, proposer = put.assembly, put.proposer
    if proposer.kind != PartyKind.PERSON or proposer.village_id != assembly.village_id:
        return _("%(proposer)s does not live in %(village)s and cannot propose there.") % {
            "proposer": proposer,
            "village": assembly.village,
        }
    records = identities_of(proposer)
    if is_barred(records, assembly.held_on):
        return _(
            "%(proposer)s works for the programme: donor, administration and staff propose "
            "nothing to a village."
        ) % {"proposer": proposer}
    kept = AssemblyOffice.objects.filter(assembly=assembly, person__in=records).exclude(
        part=Part.CHAIR
    )
    if kept.exists():
        return _(
            "%(proposer)s keeps the roll or counts the ballots of %(assembly)s, and proposes "
            "nothing there. Name another for it first, or propose at the next assembly."
        ) % {"proposer": proposer, "assembly": assembly}
    return None


def _why_not_this(put: _Put, names: tuple[str, str, str]) -> str | None:
    assembly = put.assembly
    if not any(name.strip() for name in names):
        return _("A proposal to %(assembly)s needs a name, in one language at least.") % {
            "assembly": assembly
        }
    if vote_has_opened(assembly):
        return _("The vote of %(assembly)s has begun; propose at the next assembly.") % {
            "assembly": assembly
        }
    if assembly.proposals.count() >= MOST_PROPOSALS:
        return _("%(assembly)s has %(most)s proposals; %(fit)s fit on the paper.") % {
            "assembly": assembly,
            "most": MOST_PROPOSALS,
            "fit": MOST_OPTIONS,
        }
    return _why_not_resource(assembly, put.resource) or _why_not_symbol(assembly, put.symbol)


def _why_not_resource(assembly: Assembly, resource: LocalResource | None) -> str | None:
    if resource is None or resource.village_id == assembly.village_id:
        return None
    return _("%(resource)s is not a resource of %(village)s.") % {
        "resource": resource.name,
        "village": assembly.village,
    }


def _why_not_symbol(
    assembly: Assembly, symbol: str, proposal: Proposal | None = None
) -> str | None:
    if symbol not in SYMBOLS:
        return _("There is no drawing %(symbol)s. Choose one of those that are shown.") % {
            "symbol": symbol
        }
    taken = assembly.proposals.filter(symbol=symbol)
    if (taken.exclude(pk=proposal.pk) if proposal else taken).exists():
        return _(
            "The symbol %(symbol)s is taken in %(assembly)s: people vote by it. Choose another."
        ) % {"symbol": SYMBOLS[symbol], "assembly": assembly}
    return None


def change_proposal(
    *,
    proposal: Proposal,
    by: Party,
    at: datetime,
    paper: str = "",
    **changed: Unpack[Changed],
) -> Proposal:
    """Completes or corrects a proposal until the vote opens; what it was before is kept, with who
    changed it. By the proposer, or by the registrar or an officer from a `paper`.

    Nothing is kept where nothing changes.
    """
    with transaction.atomic():
        assembly = lock(proposal.assembly)
        proposal = _open(proposal.pk)
        refuse_strangers(proposal, by, at)
        own = by.pk in identities_of(proposal.proposer)
        if not own and not paper.strip():
            raise AyilError(
                _("Name the paper on which %(proposer)s says so: a number, or what it is.")
                % {"proposer": proposal.proposer}
            )
        resource = changed.get("resource", proposal.resource)
        words = _why_not_resource(assembly, resource) or _why_not_symbol(
            assembly, changed.get("symbol", proposal.symbol), proposal
        )
        if words:
            raise AyilError(words)
        return _change(proposal, changed, by=by, at=at, paper="" if own else paper.strip())


def give_names(
    *, proposal: Proposal, names: Mapping[str, str], by: Party, at: datetime
) -> Proposal:
    """The name in languages in which it has none yet; `names` by language. A name that was given
    by its village is not touched."""
    require(by, Right.GIVE_WORDS, on=local_date(at))
    with transaction.atomic():
        lock(proposal.assembly)
        proposal = _open(proposal.pk)
        given: dict[str, Any] = {
            f"name_{language}": names[language].strip()
            for language in LANGUAGES_IN_TURN
            if names.get(language, "").strip() and language in proposal.lacks
        }
        return _change(proposal, given, by=by, at=at, paper="")


def _open(pk: int) -> Proposal:
    """The proposal as it stands now; refused where it may not be changed any more."""
    proposal = Proposal.objects.select_related("assembly__village", "proposer", "resource").get(
        pk=pk
    )
    if vote_has_opened(proposal.assembly):
        raise AyilError(
            _("The vote of %(assembly)s has begun: its proposals stand as they are.")
            % {"assembly": proposal.assembly}
        )
    if ProposalWithdrawal.objects.filter(proposal=proposal).exists():
        raise AyilError(_("%(proposal)s was withdrawn.") % {"proposal": proposal})
    return proposal


def _change(
    proposal: Proposal, wanted: Mapping[str, Any], *, by: Party, at: datetime, paper: str
) -> Proposal:
    changes = {}
    for name, typed in sorted(wanted.items()):
        value = typed.strip() if isinstance(typed, str) else typed
        if getattr(proposal, name) != value:
            changes[name] = [_kept(getattr(proposal, name)), _kept(value)]
            setattr(proposal, name, value)
    if not any(proposal.names.values()):
        raise AyilError(
            _("A proposal to %(assembly)s needs a name, in one language at least.")
            % {"assembly": proposal.assembly}
        )
    if changes:
        proposal.revision += 1
        ProposalChange.objects.create(
            proposal=proposal, revision=proposal.revision, changes=changes, by=by, paper=paper,
            at=at,
        )  # fmt: skip
        proposal.save(update_fields=[*changes, "revision"])
    return proposal


def _kept(value: Any) -> Any:
    """As it is kept with the change: a resource by its key."""
    return value.pk if isinstance(value, LocalResource) else value


def withdraw_proposal(
    *, proposal: Proposal, reason: str, by: Party, at: datetime
) -> ProposalWithdrawal:
    """Takes a proposal back before the vote; it stays readable, with the reason."""
    if not reason.strip():
        raise AyilError(
            _("Withdrawing %(proposal)s needs its reason: the village will ask for it.")
            % {"proposal": proposal}
        )
    with transaction.atomic():
        lock(proposal.assembly)
        proposal = _open(proposal.pk)
        refuse_strangers(proposal, by, at)
        return ProposalWithdrawal.objects.create(
            proposal=proposal, reason=reason.strip(), by=by, at=at
        )
