"""Payout lists: prepared, approved, handed over, by three people (invariant 7)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.accounts import BANK, SAFE, drawer_code, shop_account
from ayil.consignment.actions import consignor_account
from ayil.kit.errors import AyilError
from ayil.kit.money import plain
from ayil.ledger.actions import post, ref
from ayil.ledger.models import Account, Transfer
from ayil.ledger.rules import TransferRequest
from ayil.members.identities import canonical, identities_of
from ayil.members.models import Mandate, Party, PartyKind, Shop
from ayil.members.own import is_one_of, leads
from ayil.members.queries import mandate_on
from ayil.members.rights import Right, require
from ayil.payouts.actions.holding import day_of, hold, refuse_ended, refuse_no_person
from ayil.payouts.actions.sharing import freeze_sheet
from ayil.payouts.models import (
    BankFileLine,
    Handover,
    Method,
    Payout,
    PayoutApproval,
    PayoutCancellation,
    PayoutRun,
)
from ayil.payouts.names import PAYOUT, actor_name, payout_document
from ayil.payouts.queries import standings, terms_on
from ayil.payouts.rules import are_three_people, payable_minor


def prepare_run(
    *, shop: Shop, by: Party, at: datetime, minimum_minor: int | None = None
) -> PayoutRun:
    """A list of what was stated and is still owed; under the minimum it is carried forward.

    The minimum is that of the association's terms, where none is given. Raises AyilError where
    there is nothing to pay.
    """
    if minimum_minor is None:
        minimum_minor = terms_on(day_of(shop, at), shop.currency).least_minor
    if minimum_minor < 0:
        raise AyilError(_("The least amount to pay out cannot be below zero."))
    require(by, Right.PREPARE_PAYOUT, on=day_of(shop, at), shop=shop)
    with transaction.atomic():
        hold(shop)
        due = [
            (one, one.statement_id, amount)
            for one in standings(shop)
            if one.statement_id is not None
            and (amount := payable_minor(one.standing, minimum_minor=minimum_minor))
        ]
        if not due:
            raise AyilError(
                _("%(shop)s has nothing to pay out. Close statements first, or lower the minimum.")
                % {"shop": shop}
            )
        run = PayoutRun.objects.create(
            shop=shop,
            prepared_by=by,
            prepared_at=at,
            minimum_minor=minimum_minor,
            currency=shop.currency,
        )
        Payout.objects.bulk_create(
            Payout(
                run=run,
                statement_id=statement_id,
                consignor_id=one.consignor_id,
                part=one.payouts + 1,
                amount_minor=amount,
            )
            for one, statement_id, amount in due
        )
    return run


def approve_run(*, run: PayoutRun, by: Party, at: datetime) -> PayoutApproval:
    """A person lets the list be paid; from then on nothing is added to it."""
    refuse_no_person(by)
    require(by, Right.APPROVE_PAYOUT, on=day_of(run.shop, at), shop=run.shop)
    with transaction.atomic():
        hold(run.shop)
        if PayoutApproval.objects.filter(run=run).exists():
            raise AyilError(_("Payout list %(run)s was approved before.") % {"run": run.pk})
        if is_one_of(by, run.prepared_by):
            raise AyilError(
                _("%(person)s prepared this payout list. Let another approve it.") % {"person": by}
            )
        if run.payouts.filter(consignor__in=identities_of(by)).exists():
            raise AyilError(
                _("%(person)s is on this payout list. Let another approve it.") % {"person": by}
            )
        return PayoutApproval.objects.create(run=run, by=by, at=at)


def cancel_payout(*, payout: Payout, by: Party, at: datetime, reason: str) -> PayoutCancellation:
    """Takes a payout off its list before it is handed over; the amount is owed as before."""
    if not reason.strip():
        raise AyilError(_("Say in a few words why this payout is taken off its list."))
    shop = payout.run.shop
    require(by, Right.PREPARE_PAYOUT, on=day_of(shop, at), shop=shop)
    with transaction.atomic():
        hold(shop)
        refuse_ended(payout)
        return PayoutCancellation.objects.create(payout=payout, by=by, at=at, reason=reason)


def hand_over(
    *,
    payout: Payout,
    payee: Party,
    by: Party,
    at: datetime,
    method: Method = Method.CASH,
    source: str = "",
) -> Handover:
    """`by` pays `payee` out of the safe, a drawer ("drawer:karakol-1") or the bank.

    Cash comes from the safe and transfers from the bank where no `source` is named. The mandate
    is found by itself. Raises AyilError where the list is not approved, the three are not three
    people, the payee has no right to the money, or less than the amount is owed by now.
    """
    require(by, Right.PAY_OUT, on=day_of(payout.run.shop, at), shop=payout.run.shop)
    with transaction.atomic():
        hold(payout.run.shop)
        payout = Payout.objects.select_related(
            "run__shop__fund", "statement__shop", "statement__consignor", "consignor"
        ).get(pk=payout.pk)
        shop, consignor = payout.run.shop, payout.consignor
        refuse_ended(payout)
        approval = PayoutApproval.objects.select_related("by").filter(run=payout.run).first()
        if approval is None:
            raise AyilError(_("Payout list %(run)s is not approved.") % {"run": payout.run_id})
        on = day_of(shop, at)
        _check_people(consignor, payee, by, approval.by, method)
        _check_bank_line(payout, payee, method)
        mandate = _mandate(consignor, payee, on)
        transfer = _pay(payout, _source(shop, method, source), by, on, at)
        handover = Handover.objects.create(
            payout=payout,
            payee=payee,
            paid_by=by,
            approved_by=approval.by,
            mandate=mandate,
            method=method,
            transfer=transfer,
            paid_on=on,
            at=at,
        )
        freeze_sheet(handover=handover)
        return handover


def _check_people(
    consignor: Party, payee: Party, payer: Party, approver: Party, method: Method
) -> None:
    refuse_no_person(payer)
    if method == Method.CASH:
        refuse_no_person(payee)
    receives, pays, approves = (canonical(one).pk for one in (payee, payer, approver))
    if not are_three_people(receives=receives, pays=pays, approves=approves):
        raise AyilError(
            _(
                "Who receives (%(payee)s), who pays (%(payer)s) and who approved (%(approver)s) "
                "must be three people. Let another pay."
            )
            % {"payee": payee, "payer": payer, "approver": approver}
        )
    if is_one_of(consignor, payer, approver):
        raise AyilError(
            _("This money is %(consignor)s's own: another must pay and approve it.")
            % {"consignor": consignor}
        )


def _check_bank_line(payout: Payout, payee: Party, method: Method) -> None:
    """What the bank was told to pay is not paid in cash too, nor to another."""
    line = BankFileLine.objects.select_related("account").filter(payout=payout).first()
    if line is not None and (method != Method.BANK or line.account.party_id != payee.pk):
        raise AyilError(
            _(
                "This payout stands in bank file %(file)s. Say there what became of it, or take "
                "it off its list."
            )
            % {"file": line.file_id}
        )


def _mandate(consignor: Party, payee: Party, on: date) -> Mandate | None:
    """The payee's mandate, None where none is needed; refuses who has no right."""
    if payee == consignor and consignor.kind != PartyKind.COMMUNITY:
        return None
    if leads(payee, consignor, on):
        return None
    mandate = mandate_on(giver=consignor, holder=payee, day=on)
    if mandate is None:
        raise AyilError(
            _(
                "%(payee)s may not receive the money of %(consignor)s: "
                "first write down a mandate, or pay to the owner."
            )
            % {"payee": payee, "consignor": consignor}
        )
    return mandate


def _source(shop: Shop, method: Method, named: str) -> Account:
    code = named or (BANK if method == Method.BANK else SAFE)
    if (code == BANK) != (method == Method.BANK):
        raise AyilError(
            _("%(method)s is not paid out of «%(source)s».")
            % {"method": Method(method).label, "source": code}
        )
    known = code in {BANK, SAFE} or (
        code.startswith(drawer_code(""))
        and Account.objects.filter(fund=shop.fund, code=code).exists()
    )
    if not known:
        raise AyilError(
            _("%(shop)s has no «%(source)s» to pay from. Name the safe, the bank or a drawer.")
            % {"shop": shop, "source": code}
        )
    return shop_account(shop, code)


def _pay(payout: Payout, source: Account, by: Party, on: date, at: datetime) -> Transfer:
    account = consignor_account(shop=payout.run.shop, consignor=payout.consignor).account
    if account.balance_minor < payout.amount_minor:
        raise AyilError(
            _(
                "Only %(owed)s %(currency)s are owed to %(consignor)s by now, not %(amount)s. "
                "Take this payout off the list and prepare another."
            )
            % {
                "owed": plain(account.balance_minor, account.currency),
                "currency": account.currency,
                "consignor": payout.consignor,
                "amount": plain(payout.amount_minor, account.currency),
            }
        )
    document = payout_document(payout)
    request = TransferRequest(
        key=document,
        debit=ref(account),
        credit=ref(source),
        amount_minor=payout.amount_minor,
        date=on,
        kind=PAYOUT,
        document=document,
        actor=actor_name(by),
    )
    return Transfer.objects.get(pk=post([request], at=at)[0].id)
