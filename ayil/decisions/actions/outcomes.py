"""The minutes, three signatures, the yearly review, and the end of a decision."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.minutes import minutes_fingerprint, minutes_of
from ayil.decisions.models import (
    Assembly,
    Decision,
    DecisionChoice,
    DecisionPaper,
    DecisionReview,
    DecisionSigning,
    DecisionSuperseding,
    Part,
    PollTally,
    Proposal,
    Rule,
)
from ayil.decisions.queries import counted_of, last_poll, tally_of
from ayil.decisions.rules import BARRED_ROLES, Verdict
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.queries import party_roles


def minute_decision(
    *, assembly: Assembly, on: date, by: Party, at: datetime, uid: UUID | None = None
) -> Decision:
    """Writes down what the count chose; the minutes' figures are frozen under a fingerprint.

    "None of them" is a decision too, with nothing chosen. An assembly has one decision; another
    follows only where that one was annulled.
    """
    with transaction.atomic():
        assembly = lock(assembly)
        if Decision.objects.filter(assembly=assembly, annulment__isnull=True).exists():
            raise AyilError(_("%(assembly)s has its minutes already.") % {"assembly": assembly})
        tally = _last_tally(assembly)
        if Decision.objects.filter(tally=tally).exists():
            raise AyilError(
                _("The decision of %(assembly)s is annulled: count the papers again, or meet anew.")
                % {"assembly": assembly}
            )
        chosen = _chosen(assembly, tally)
        minutes = minutes_of(assembly, tally, chosen)
        decision = Decision.objects.create(
            uid=uid or uuid4(),
            assembly=assembly,
            village=assembly.village,
            tally=tally,
            lot=getattr(tally, "lot", None),
            on=on,
            minutes=minutes,
            sha256=minutes_fingerprint(minutes),
            by=by,
            recorded_at=at,
        )
        shares = assembly.rule == Rule.BUDGET
        DecisionChoice.objects.bulk_create(
            DecisionChoice(
                decision=decision,
                proposal=proposal,
                granted_minor=proposal.start_cost_minor if shares else None,
            )
            for proposal in chosen
        )
        return decision


def _last_tally(assembly: Assembly) -> PollTally:
    poll = last_poll(assembly)
    tally = tally_of(poll) if poll else None
    if tally is None:
        raise AyilError(
            _("%(assembly)s has not been counted: there is nothing to write down.")
            % {"assembly": assembly}
        )
    return tally


def _chosen(assembly: Assembly, tally: PollTally) -> list[Proposal]:
    counted = counted_of(tally)
    if counted.verdict in {Verdict.CHOSEN, Verdict.NONE}:
        return list(assembly.proposals.filter(number__in=counted.leaders).order_by("number"))
    raise AyilError(
        _("%(assembly)s has not decided yet: %(verdict)s.")
        % {"assembly": assembly, "verdict": tally.get_verdict_display()}
    )


def sign_decision(
    *,
    decision: Decision,
    part: Part,
    signer: Party,
    on: date,
    at: datetime,
    by: Party | None = None,
    paper: DecisionPaper | None = None,
) -> DecisionSigning:
    """One of three signatures; the decision stands once chair, registrar and counter signed.

    Each part is signed by who was named for it in the assembly: in their own sign-in, or by hand;
    then `by` types it from the photographed protocol, `paper`.
    """
    with transaction.atomic():
        lock(decision.assembly)
        words = _why_not_signed(decision, part, signer, on) or _why_not_by_hand(
            decision, signer, by or signer, paper
        )
        if words:
            raise AyilError(words)
        return DecisionSigning.objects.create(
            decision=decision,
            part=part,
            signer=signer,
            paper=paper,
            by=by or signer,
            on=on,
            recorded_at=at,
        )


def _why_not_by_hand(
    decision: Decision, signer: Party, by: Party, paper: DecisionPaper | None
) -> str | None:
    if hasattr(decision, "annulment"):
        return _("%(decision)s is annulled: there is nothing to sign.") % {"decision": decision}
    if by == signer:
        return None
    kept = paper is not None and paper.kind == DecisionPaper.Kind.PROTOCOL
    if paper is None or not kept or paper.assembly_id != decision.assembly_id:
        return _(
            "Photograph the protocol that %(signer)s signed by hand, and keep it here first."
        ) % {"signer": signer}
    return None


def _why_not_signed(decision: Decision, part: Part, signer: Party, on: date) -> str | None:
    if on < decision.assembly.held_on:
        return _("%(decision)s cannot be signed before the assembly was held.") % {
            "decision": decision
        }
    barred = BARRED_ROLES & {"donor", "administration"}
    if not decision.assembly.offices.filter(part=part, person=signer).exists():
        return _("%(signer)s was not the %(part)s in %(assembly)s.") % {
            "signer": signer,
            "part": part.label,
            "assembly": decision.assembly,
        }
    if part != Part.CHAIR and decision.assembly.proposals.filter(proposer=signer).exists():
        return _("%(signer)s proposed a product and cannot be %(part)s: ask another.") % {
            "signer": signer,
            "part": part.label,
        }
    if decision.signings.filter(part=part).exists():
        return _("%(decision)s is signed by its %(part)s already.") % {
            "decision": decision,
            "part": part.label,
        }
    if decision.signings.filter(signer=signer).exists():
        return _("%(signer)s has signed %(decision)s already: three parts, three people.") % {
            "signer": signer,
            "decision": decision,
        }
    if party_roles(signer.pk, on).filter(role__in=barred).exists():
        return _(
            "%(signer)s is of the donor or the administration and has no say in %(decision)s."
        ) % {"signer": signer, "decision": decision}
    return None


def review_decision(
    *, decision: Decision, on: date, finding: str, by: Party, at: datetime, keeps: bool = True
) -> DecisionReview:
    """The yearly look. Where the village does not keep it, `supersede_decision` ends it."""
    if not finding.strip():
        raise AyilError(
            _("A review of %(decision)s needs its finding in words.") % {"decision": decision}
        )
    return DecisionReview.objects.create(
        decision=decision, on=on, finding=finding.strip(), keeps=keeps, by=by, recorded_at=at
    )


def supersede_decision(
    *,
    decision: Decision,
    on: date,
    reason: str,
    by: Party,
    at: datetime,
    newer: Decision | None = None,
) -> DecisionSuperseding:
    """Ends a decision from a day on; `newer` is what stands instead, of the same village."""
    with transaction.atomic():
        lock(decision.assembly)
        if newer is not None and (newer.village_id != decision.village_id or newer == decision):
            raise AyilError(
                _("%(newer)s cannot stand in the place of %(decision)s.")
                % {"newer": newer, "decision": decision}
            )
        if DecisionSuperseding.objects.filter(decision=decision).exists():
            raise AyilError(_("%(decision)s was superseded before.") % {"decision": decision})
        if not reason.strip():
            raise AyilError(
                _("Ending %(decision)s needs a reason in writing.") % {"decision": decision}
            )
        return DecisionSuperseding.objects.create(
            decision=decision, newer=newer, on=on, reason=reason.strip(), by=by, recorded_at=at
        )
