"""The association says from when which terms hold."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.rights import Right, require
from ayil.payouts.models import PayoutTerms
from ayil.payouts.models.terms import LONGEST_ANSWER_DAYS
from ayil.payouts.queries import terms_on

MOST_LEAST_MINOR = 10**9


def set_payout_terms(
    *, currency: str, least_minor: int, answer_days: int, since: date, by: Party, at: datetime
) -> PayoutTerms:
    """New terms from `since` on, today or later; saying the same again is no new row."""
    today = local_date(at)
    require(by, Right.SET_TERMS, on=today)
    if not 0 <= least_minor <= MOST_LEAST_MINOR:
        raise AyilError(_("Give the least payout as a sum from nought up."))
    if not 1 <= answer_days <= LONGEST_ANSWER_DAYS:
        raise AyilError(
            _("Disputes are answered within 1 to %(most)s days. Choose a number between.")
            % {"most": LONGEST_ANSWER_DAYS}
        )
    if since < today:
        raise AyilError(_("Terms begin today or later: what was paid stands as it was."))
    held = terms_on(since, currency)
    if held.pk and (held.least_minor, held.answer_days) == (least_minor, answer_days):
        return held
    return PayoutTerms.objects.create(
        currency=currency,
        least_minor=least_minor,
        answer_days=answer_days,
        since=since,
        at=at,
        by=by,
    )
