"""Money that was handed over and came back is owed again, by a reversal (invariant 4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.errors import AyilError
from ayil.ledger.actions import reverse
from ayil.ledger.models import Transfer
from ayil.members.models import Party
from ayil.members.rights import Right, require
from ayil.payouts.actions.holding import day_of, hold
from ayil.payouts.models import Acknowledgement, Handover, PayoutReturn
from ayil.payouts.names import actor_name, payout_document


def take_back(*, handover: Handover, by: Party, at: datetime, reason: str) -> PayoutReturn:
    """The bank returned it, or nobody was found: the money is where it was, and owed again.

    Dated today; the next statement shows it. Raises AyilError without a reason, a second time,
    or where the payee has said that the money came: that is for a dispute.
    """
    if not reason.strip():
        raise AyilError(_("Say in a few words why the money came back."))
    shop = handover.payout.run.shop
    on = day_of(shop, at)
    require(by, Right.PREPARE_PAYOUT, on=on, shop=shop)
    with transaction.atomic():
        hold(shop)
        if PayoutReturn.objects.filter(handover=handover).exists():
            raise AyilError(_("That this payout came back was written down before."))
        if Acknowledgement.objects.filter(handover=handover).exists():
            raise AyilError(
                _("%(payee)s said that this money came. Correct it by a dispute.")
                % {"payee": handover.payee}
            )
        document = f"{payout_document(handover.payout)}/back"
        posted = reverse(
            handover.transfer,
            key=document,
            date=on,
            document=document,
            actor=actor_name(by),
            reason=reason.strip(),
            at=at,
        )
        return PayoutReturn.objects.create(
            handover=handover,
            transfer=Transfer.objects.get(pk=posted.id),
            by=by,
            on=on,
            at=at,
            reason=reason.strip(),
        )
