"""Admission, refusal in writing, the appeal, and the steps of a membership after it.

Whoever applies is admitted: at once by an officer, or by rule when a week has passed and nobody
refused. A membership is the stream of these steps and of nothing else: no payment, sale or
relation makes or ends one.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.actions import record_membership
from ayil.members.applications import lacks_contacts, last_event, unanswered
from ayil.members.consents import speaks_for
from ayil.members.identities import identities_of
from ayil.members.joining import refuse_few_contacts
from ayil.members.models import (
    Appeal,
    AppealAnswer,
    Application,
    MembershipEvent,
    MembershipStep,
    Party,
)
from ayil.members.queries import last_step
from ayil.members.rights import Right, require
from ayil.members.rules import DAYS_TO_REFUSE, is_due, own_steps_after


def admit_applicant(*, application: Application, by: Party, on: date, at: datetime) -> None:
    """An officer says yes before the week is over."""
    require(by, Right.ADMIT, on=on)
    party = application.event.party
    with transaction.atomic():
        _lock(party)
        _refuse_own_matter(party, by=by, at=at)
        _refuse_answered(party)
        refuse_few_contacts(party, on)
        record_membership(party=party, step=MembershipStep.ADMITTED, on=on, by=by, at=at)


def refuse_applicant(
    *, application: Application, reason: str, by: Party, on: date, at: datetime
) -> MembershipEvent:
    """A refusal in writing, within the week; the applicant reads the reason and may appeal."""
    require(by, Right.ADMIT, on=on)
    party = application.event.party
    with transaction.atomic():
        _lock(party)
        _refuse_own_matter(party, by=by, at=at)
        _refuse_answered(party)
        if is_due(application.event.on, on):
            raise AyilError(
                ngettext(
                    "%(party)s applied more than %(days)s day ago and is admitted by rule.",
                    "%(party)s applied more than %(days)s days ago and is admitted by rule.",
                    DAYS_TO_REFUSE,
                )
                % {"party": party, "days": DAYS_TO_REFUSE}
            )
        return record_membership(
            party=party, step=MembershipStep.REFUSED, on=on, by=by, at=at, reason=reason.strip()
        )


def admit_due(*, on: date, at: datetime) -> tuple[list[Party], list[Party]]:
    """Admits by rule whom nobody refused within the week; run once a day, twice does no harm.

    Answers (admitted, communities that lack a contact and therefore still wait).
    """
    admitted: list[Party] = []
    held_back: list[Party] = []
    for application in unanswered().filter(event__on__lte=on - timedelta(days=DAYS_TO_REFUSE)):
        party = application.event.party
        with transaction.atomic():
            _lock(party)
            if last_step(party) != MembershipStep.APPLIED:
                continue  # an officer answered a moment ago
            if lacks_contacts(party, on):
                held_back.append(party)
                continue
            record_membership(party=party, step=MembershipStep.ADMITTED, on=on, by=None, at=at)
            admitted.append(party)
    return admitted, held_back


def appeal(
    *, application: Application, words: str, by: Party | None, at: datetime, paper: str = ""
) -> Appeal:
    """The applicant (`by` None) says why it should be looked at again; or staff, from paper."""
    party = application.event.party
    if not words.strip():
        raise AyilError(_("An appeal needs a few words: what should be looked at again?"))
    with transaction.atomic():
        _lock(party)
        if by is not None and not speaks_for(by, party, at):
            require(by, Right.TAKE_APPLICATION, on=local_date(at))
            if not paper.strip():
                raise AyilError(
                    _("An appeal that you enter for %(party)s needs the number of its paper.")
                    % {"party": party}
                )
        refusal = last_event(party)
        if refusal is None or refusal.step != MembershipStep.REFUSED:
            raise AyilError(
                _("%(party)s is not refused, so there is nothing to appeal against.")
                % {"party": party}
            )
        if hasattr(refusal, "appeal"):
            raise AyilError(_("There is an appeal already. It will be answered on this page."))
        return Appeal.objects.create(
            refusal=refusal, words=words.strip(), paper=paper.strip(), by=by or party, at=at
        )


def answer_appeal(
    *, appeal: Appeal, admits: bool, reason: str, by: Party, on: date, at: datetime
) -> AppealAnswer:
    """Somebody who did not refuse admits after all, or says why the refusal stands."""
    require(by, Right.ADMIT, on=on)
    party = appeal.refusal.party
    if not reason.strip():
        raise AyilError(
            _("The answer to %(party)s needs its reason in writing.") % {"party": party}
        )
    with transaction.atomic():
        _lock(party)
        _refuse_own_matter(party, by=by, at=at)
        refused_by = appeal.refusal.by
        if refused_by is not None and by.pk in identities_of(refused_by):
            raise AyilError(
                _("%(by)s refused %(party)s, so somebody else answers the appeal.")
                % {"by": by, "party": party}
            )
        if AppealAnswer.objects.filter(appeal=appeal).exists():
            raise AyilError(_("The appeal of %(party)s is answered already.") % {"party": party})
        if admits:
            refuse_few_contacts(party, on)
        answer = AppealAnswer.objects.create(
            appeal=appeal, admits=admits, reason=reason.strip(), by=by, at=at
        )
        if admits:
            record_membership(party=party, step=MembershipStep.ADMITTED, on=on, by=by, at=at)
        return answer


def take_step(
    *,
    party: Party,
    step: MembershipStep,
    by: Party,
    on: date,
    at: datetime,
    reason: str = "",
) -> MembershipEvent:
    """Active, dormant, left: said by the member, by their community's leader, or by an officer."""
    if not speaks_for(by, party, at):
        require(by, Right.ADMIT, on=on)
    with transaction.atomic():
        _lock(party)
        if step not in own_steps_after(last_step(party)):
            raise AyilError(
                _("%(party)s cannot be entered as «%(step)s» now.")
                % {"party": party, "step": MembershipStep(step).label}
            )
        return record_membership(party=party, step=step, on=on, by=by, at=at, reason=reason.strip())


def _lock(party: Party) -> None:
    Party.objects.select_for_update().get(pk=party.pk)


def _refuse_own_matter(party: Party, *, by: Party, at: datetime) -> None:
    if speaks_for(by, party, at):
        raise AyilError(
            _("Nobody decides on their own application. Ask another officer to look at %(party)s.")
            % {"party": party}
        )


def _refuse_answered(party: Party) -> None:
    if last_step(party) != MembershipStep.APPLIED:
        raise AyilError(
            _("The application of %(party)s is answered already. Load the page again.")
            % {"party": party}
        )
