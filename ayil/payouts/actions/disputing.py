"""A statement in dispute stays as it is; what is upheld is corrected in the next one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.accounts import LOSSES, shop_account
from ayil.consignment.actions import consignor_account
from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.ledger.actions import post, ref, reverse
from ayil.ledger.models import Fund, Transfer
from ayil.ledger.rules import TransferRequest
from ayil.members.models import Party
from ayil.members.own import is_one_of, speaks_for
from ayil.members.rights import Right, require
from ayil.payouts.models import Dispute, DisputeOutcome, Statement
from ayil.payouts.names import CORRECTION, SHARE, actor_name, dispute_document
from ayil.payouts.queries import statement_sale_lines
from ayil.shop.models import SaleLine


def raise_dispute(
    *,
    statement: Statement,
    words: str,
    by: Party,
    at: datetime,
    sale_line: SaleLine | None = None,
) -> Dispute:
    """The consignor, or who speaks for them, says what is wrong, in their own words."""
    on = local_date(at, ZoneInfo(statement.shop.time_zone))
    if not words.strip():
        raise AyilError(_("Say in a few words what is wrong with this statement."))
    if not speaks_for(by, statement.consignor, on):
        raise AyilError(
            _("%(person)s does not speak for %(consignor)s.")
            % {"person": by, "consignor": statement.consignor}
        )
    if sale_line and not statement_sale_lines(statement).filter(pk=sale_line.pk).exists():
        raise AyilError(_("That line does not stand in this statement. Choose one that does."))
    with transaction.atomic():
        Fund.objects.select_for_update().get(pk=statement.shop.fund_id)
        if Dispute.objects.filter(
            statement=statement, sale_line=sale_line, outcome__isnull=True
        ).exists():
            raise AyilError(_("This is in dispute already. Wait for its outcome."))
        return Dispute.objects.create(
            statement=statement,
            raised_by=by,
            words=words.strip(),
            sale_line=sale_line,
            raised_at=at,
        )


def dismiss_dispute(*, dispute: Dispute, by: Party, at: datetime, reason: str) -> DisputeOutcome:
    """The statement was right; the reason is for the consignor to read."""
    with transaction.atomic():
        _decide(dispute, by, at, reason)
        return DisputeOutcome.objects.create(
            dispute=dispute,
            verdict=DisputeOutcome.Verdict.DISMISSED,
            by=by,
            at=at,
            reason=reason.strip(),
        )


def uphold_dispute(
    *, dispute: Dispute, amount_minor: int, by: Party, at: datetime, reason: str
) -> DisputeOutcome:
    """Corrects by a transfer dated today: the shop bears it (+), or takes it back (-)."""
    if amount_minor == 0:
        raise AyilError(_("A correction needs an amount. Where none is due, dismiss the dispute."))
    with transaction.atomic():
        _decide(dispute, by, at, reason)
        shop = dispute.statement.shop
        payable = ref(consignor_account(shop=shop, consignor=dispute.statement.consignor).account)
        losses = ref(shop_account(shop, LOSSES))
        debit, credit = (losses, payable) if amount_minor > 0 else (payable, losses)
        document = dispute_document(dispute)
        request = TransferRequest(
            key=document,
            debit=debit,
            credit=credit,
            amount_minor=abs(amount_minor),
            date=local_date(at, ZoneInfo(shop.time_zone)),
            kind=CORRECTION,
            document=document,
            actor=actor_name(by),
            reason=reason.strip(),
        )
        posted = post([request], at=at)[0]
        return _upheld(dispute, amount_minor, posted.id, by, at, reason)


def reverse_in_dispute(
    *, dispute: Dispute, transfer: Transfer, by: Party, at: datetime, reason: str
) -> DisputeOutcome:
    """Corrects by undoing a wrong posting on the consignor's account, dated today.

    A sale's share is not undone alone, since the buyer's money would hang in the air: take the
    goods back by a refund, or uphold with an amount.
    """
    with transaction.atomic():
        _decide(dispute, by, at, reason)
        shop = dispute.statement.shop
        account = consignor_account(shop=shop, consignor=dispute.statement.consignor).account
        if account.pk not in (transfer.debit_id, transfer.credit_id):
            raise AyilError(
                _("%(transfer)s does not touch the account of %(consignor)s.")
                % {"transfer": transfer, "consignor": dispute.statement.consignor}
            )
        if transfer.kind == SHARE:
            raise AyilError(
                _("A share of a sale is not undone alone. Refund the sale, or name an amount.")
            )
        gained = 1 if transfer.debit_id == account.pk else -1
        document = dispute_document(dispute)
        posted = reverse(
            transfer,
            key=document,
            date=local_date(at, ZoneInfo(shop.time_zone)),
            document=document,
            actor=actor_name(by),
            reason=reason.strip(),
            at=at,
        )
        return _upheld(dispute, gained * transfer.amount_minor, posted.id, by, at, reason)


def _decide(dispute: Dispute, by: Party, at: datetime, reason: str) -> None:
    """Refuses an outcome without a reason, a second one, or one of the consignor's own making."""
    statement = dispute.statement
    if not reason.strip():
        raise AyilError(_("Say in a few words why the dispute ends so."))
    Fund.objects.select_for_update().get(pk=statement.shop.fund_id)
    if DisputeOutcome.objects.filter(dispute=dispute).exists():
        raise AyilError(_("This dispute was decided before. A new one may be raised."))
    if is_one_of(by, dispute.raised_by, statement.consignor):
        raise AyilError(_("%(person)s raised this dispute and cannot decide it.") % {"person": by})
    on = local_date(at, ZoneInfo(statement.shop.time_zone))
    require(by, Right.DECIDE_DISPUTE, on=on, shop=statement.shop)


def _upheld(
    dispute: Dispute, amount_minor: int, transfer_id: int, by: Party, at: datetime, reason: str
) -> DisputeOutcome:
    return DisputeOutcome.objects.create(
        dispute=dispute,
        verdict=DisputeOutcome.Verdict.UPHELD,
        amount_minor=amount_minor,
        transfer_id=transfer_id,
        by=by,
        at=at,
        reason=reason.strip(),
    )
