"""A person cannot be erased while a payout is under way or a dispute is open; their bank accounts
are emptied when they are."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from ayil.members.models import Party
from ayil.payouts.models import Dispute, PayeeAccount, Payout


def is_being_paid(party: Party, day: date) -> Iterator[str]:
    under_way = Payout.objects.filter(
        consignor=party, handover__isnull=True, cancellation__isnull=True
    )
    for payout in under_way:
        yield _("Payout %(payout)s is under way: hand it over or cancel it first.") % {
            "payout": payout.pk
        }


def disputes(party: Party, day: date) -> Iterator[str]:
    open_ones = Dispute.objects.filter(outcome__isnull=True)
    theirs = open_ones.filter(statement__consignor=party) | open_ones.filter(raised_by=party)
    for dispute in theirs.select_related("statement").distinct():
        yield _("A dispute about statement %(number)s is open: answer it first.") % {
            "number": dispute.statement.number
        }


def forget_accounts(party: Party) -> None:
    """Bank accounts end, and what names their owner is emptied: a bank file that was made tells no
    more than its hash."""
    PayeeAccount.objects.filter(party=party).update(number="", owner_name="", inn="")


OBSTACLES = [is_being_paid, disputes]
STEPS = [forget_accounts]
