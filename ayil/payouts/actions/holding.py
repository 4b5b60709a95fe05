"""What every step of paying asks first: whose turn it is, and what is still open."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.ledger.models import Fund
from ayil.members.models import Party, PartyKind, Shop
from ayil.payouts.models import Handover, Payout, PayoutCancellation


def day_of(shop: Shop, at: datetime) -> date:
    """The shop's calendar day of a moment."""
    return local_date(at, ZoneInfo(shop.time_zone))


def hold(shop: Shop) -> None:
    """One paymaster of a shop at a time: two never see the same money as free."""
    Fund.objects.select_for_update().get(pk=shop.fund_id)


def refuse_ended(payout: Payout) -> None:
    """Refuses a payout that was handed over or taken off its list."""
    if Handover.objects.filter(payout=payout).exists():
        raise AyilError(_("Payout %(payout)s was handed over before.") % {"payout": payout.pk})
    if PayoutCancellation.objects.filter(payout=payout).exists():
        raise AyilError(_("Payout %(payout)s was taken off its list.") % {"payout": payout.pk})


def refuse_no_person(party: Party) -> None:
    if party.kind != PartyKind.PERSON:
        raise AyilError(_("%(party)s is not a person. Name the one who acts.") % {"party": party})
