"""Somebody says that something was wrong; an answer with its reason; what follows from it."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.decisions.actions.assemblies import lock
from ayil.decisions.complaints import complaints_until
from ayil.decisions.models import (
    Assembly,
    Complaint,
    ComplaintOutcome,
    Decision,
    DecisionAnnulment,
    DecisionPaper,
    Poll,
    PollTally,
    Recount,
)
from ayil.decisions.queries import counting_now, last_poll, tally_of
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.kit.written import day
from ayil.members.identities import identities_of
from ayil.members.models import Party

About, How, Verdict = Complaint.About, Complaint.How, ComplaintOutcome.Verdict
MOST_NAMELESS_AN_HOUR = 5


def complain(
    *,
    assembly: Assembly,
    about: Complaint.About,
    words: str,
    on: date,
    at: datetime,
    person: Party | None = None,
    by: Party | None = None,
    how: Complaint.How | None = None,
    paper: DecisionPaper | None = None,
    origin: str = "",
    uid: UUID | None = None,
) -> Complaint:
    """A complaint about an assembly. `person` made it, where they say who they are; `by` wrote it
    down from a paper or from word of mouth. The same `uid` is one complaint.

    Refused after the days that the association gives, without words, and where very many come over
    one connection (`origin`).
    """
    with transaction.atomic():
        lock(assembly)
        sent = Complaint.objects.filter(uid=uid).first() if uid else None
        if sent is not None:
            return sent
        _refuse_to_take(assembly, words, on)
        if by is None:
            _refuse_flood(origin, at)
        return Complaint.objects.create(
            uid=uid or uuid4(),
            assembly=assembly,
            about=about,
            how=how or (How.SIGNED_IN if by and by == person else How.NAMELESS),
            words=words.strip()[:1000],
            person=person,
            paper=paper,
            on=on,
            by=by,
            at=at,
            origin="" if by else origin,
        )


def _refuse_to_take(assembly: Assembly, words: str, on: date) -> None:
    if not words.strip():
        raise AyilError(_("Say in your own words what was wrong."))
    until = complaints_until(assembly)
    if on > until:
        raise AyilError(
            _(
                "Complaints about %(assembly)s were taken until %(until)s. The village may look at "
                "its decision again, or call another assembly."
            )
            % {"assembly": assembly, "until": day(until)}
        )


def _refuse_flood(origin: str, at: datetime) -> None:
    lately = Complaint.objects.filter(origin=origin, at__gt=at - timedelta(hours=1))
    if origin and lately.count() >= MOST_NAMELESS_AN_HOUR:
        raise AyilError(
            _(
                "Very many complaints came over this connection within an hour. Try again in an "
                "hour, or tell it to the association on paper."
            )
        )


def answer_complaint(
    *,
    complaint: Complaint,
    verdict: ComplaintOutcome.Verdict,
    reason: str,
    by: Party,
    at: datetime,
    poll: Poll | None = None,
) -> ComplaintOutcome:
    """Dismissed, or the papers of a round are counted again (`poll`; the last round, if none), or
    the decision is annulled. By somebody who had no part in that assembly."""
    with transaction.atomic():
        assembly = lock(complaint.assembly)
        words = _why_no_answer(complaint, reason, by)
        if words:
            raise AyilError(words)
        recount = None
        if verdict == Verdict.RECOUNT:
            recount = _ordered(assembly, poll or last_poll(assembly), reason, by, at)
        outcome = ComplaintOutcome.objects.create(
            complaint=complaint, verdict=verdict, reason=reason.strip()[:600], recount=recount,
            by=by, at=at,
        )  # fmt: skip
        if verdict == Verdict.ANNUL:
            decision = Decision.objects.filter(assembly=assembly, annulment__isnull=True).last()
            if decision is None:
                raise AyilError(
                    _("%(assembly)s has no decision that could be annulled.")
                    % {"assembly": assembly}
                )
            _annul(decision, complaint, reason.strip(), by, at)
        return outcome


def _why_no_answer(complaint: Complaint, reason: str, by: Party) -> str | None:
    assembly = complaint.assembly
    if ComplaintOutcome.objects.filter(complaint=complaint).exists():
        return _("This complaint was answered before.")
    if not reason.strip():
        return _("Say why: the village reads the reason.")
    own = identities_of(by)
    if complaint.person_id in own:
        return _("%(by)s brought this complaint: ask another to answer it.") % {"by": by}
    if (
        assembly.offices.filter(person__in=own).exists()
        or assembly.proposals.filter(proposer__in=own).exists()
    ):
        return _("%(by)s had a part in %(assembly)s and cannot answer complaints about it.") % {
            "by": by,
            "assembly": assembly,
        }
    return None


def _ordered(
    assembly: Assembly, poll: Poll | None, reason: str, by: Party, at: datetime
) -> Recount:
    if poll is None or poll.assembly_id != assembly.pk or tally_of(poll) is None:
        raise AyilError(
            _("%(assembly)s has no counted papers that could be counted again.")
            % {"assembly": assembly}
        )
    number = counting_now(poll)
    if not PollTally.objects.filter(poll=poll, counting=number).exists():
        raise AyilError(_("The papers of %(assembly)s are being counted again already.")
                        % {"assembly": assembly})  # fmt: skip
    return Recount.objects.create(
        poll=poll, number=number + 1, reason=reason.strip()[:300], by=by, at=at
    )


def _annul(
    decision: Decision, complaint: Complaint, reason: str, by: Party, at: datetime
) -> DecisionAnnulment:
    return DecisionAnnulment.objects.create(
        decision=decision, complaint=complaint, on=local_date(at), reason=reason[:600], by=by, at=at
    )


SAID = ("approvals", "valid", "none", "spoiled", "verdict", "leaders")


def after_recount(*, tally: PollTally, by: Party, at: datetime) -> DecisionAnnulment | None:
    """What follows from a recount that two counters certified: where it says anything else than the
    counting before it, the decision whose minutes tell that one is annulled, and new ones follow.
    """
    recount = Recount.objects.filter(poll=tally.poll, number=tally.counting).first()
    outcome = getattr(recount, "asked_by", None)
    before = PollTally.objects.filter(poll=tally.poll, counting__lt=tally.counting)
    earlier = before.order_by("counting").last()
    if outcome is None or earlier is None:
        return None
    if all(getattr(earlier, name) == getattr(tally, name) for name in SAID):
        return None
    decision = Decision.objects.filter(assembly=tally.poll.assembly, annulment__isnull=True).last()
    if decision is None:
        return None
    reason = _("The recount of round %(round)s found other numbers.") % {"round": tally.poll.round}
    return _annul(decision, outcome.complaint, reason, by, at)
