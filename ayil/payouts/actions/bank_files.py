"""The file by which a bank pays a list, its form, and what the bank did of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.rights import Right, require
from ayil.payouts.actions.holding import day_of, hold
from ayil.payouts.actions.paying import hand_over
from ayil.payouts.bank_rules import (
    Column,
    Layout,
    Payment,
    bank_file,
    check_layout,
    plain_name,
    purpose_of,
)
from ayil.payouts.models import (
    BankColumn,
    BankFile,
    BankFileLine,
    BankTemplate,
    Handover,
    Method,
    PayeeAccount,
    Payout,
    PayoutApproval,
    PayoutRun,
)
from ayil.payouts.queries.payees import bank_payees

MOST_COLUMNS = 20


@dataclass(frozen=True)
class TemplateSaid:
    """How a bank wants its file."""

    name: str
    purpose: str
    columns: Sequence[Column]
    separator: str = BankTemplate.Separator.SEMICOLON
    encoding: str = BankTemplate.Encoding.UTF8_MARKED
    decimal_mark: str = BankTemplate.Mark.POINT
    date_form: str = BankTemplate.DateForm.DOTTED
    has_head: bool = True


def set_bank_template(*, said: TemplateSaid, by: Party, at: datetime) -> BankTemplate:
    """A new form, or under a known name its next version: files that were made keep theirs."""
    require(by, Right.KEEP_ACCOUNTS, on=local_date(at))
    if not 0 < len(said.columns) <= MOST_COLUMNS:
        raise AyilError(_("A bank file has up to %(most)s columns.") % {"most": MOST_COLUMNS})
    check_layout(said.columns, has_head=said.has_head, purpose=said.purpose)
    name = plain_name(said.name)[:80]
    with transaction.atomic():
        same = BankTemplate.objects.filter(name=name)
        last = same.aggregate(version=Max("version"))["version"] or 0
        template = BankTemplate.objects.create(
            name=name,
            version=last + 1,
            separator=said.separator,
            encoding=said.encoding,
            decimal_mark=said.decimal_mark,
            date_form=said.date_form,
            has_head=said.has_head,
            purpose=said.purpose.strip(),
            by=by,
            at=at,
        )
        BankColumn.objects.bulk_create(
            BankColumn(
                template=template,
                place=place,
                head=column.head.strip(),
                what=column.what,
                words=column.words.strip(),
            )
            for place, column in enumerate(said.columns, 1)
        )
    return template


def make_bank_file(
    *, run: PayoutRun, template: BankTemplate, payouts: Sequence[Payout], by: Party, at: datetime
) -> BankFile:
    """These payouts of an approved list as one file for the bank; never one of them in two.

    Nothing is paid yet: say with `carry_out` what the bank did. Raises AyilError where the list is
    not approved, a payee has no confirmed account, or a payout ended or stands in a file already.
    """
    shop = run.shop
    on = day_of(shop, at)
    require(by, Right.PAY_OUT, on=on, shop=shop)
    with transaction.atomic():
        hold(shop)
        if not PayoutApproval.objects.filter(run=run).exists():
            raise AyilError(_("Payout list %(run)s is not approved.") % {"run": run.pk})
        waiting = _still_to_pay(run, payouts)
        accounts = bank_payees(waiting, on)
        for payout in waiting:
            if payout.pk not in accounts:
                raise AyilError(
                    _("%(consignor)s has no confirmed bank account: pay in cash, or enter one.")
                    % {"consignor": payout.consignor}
                )
        content = _content(
            template, [_payment(one, accounts[one.pk], template, on) for one in waiting]
        )
        file = BankFile.objects.create(
            run=run,
            template=template,
            on=on,
            rows=len(waiting),
            total_minor=sum(payout.amount_minor for payout in waiting),
            sha256=hashlib.sha256(content).hexdigest(),
            made_by=by,
            at=at,
        )
        BankFileLine.objects.bulk_create(
            BankFileLine(file=file, place=place, payout=payout, account=accounts[payout.pk])
            for place, payout in enumerate(waiting, 1)
        )
    return file


def _still_to_pay(run: PayoutRun, payouts: Sequence[Payout]) -> list[Payout]:
    """Those of the list, in its order; all that were asked for must be open and in no file."""
    open_ones = run.payouts.filter(
        pk__in=[payout.pk for payout in payouts],
        handover__isnull=True,
        cancellation__isnull=True,
        bank_line__isnull=True,
    )
    found = list(open_ones.select_related("consignor", "statement", "run").order_by("id"))
    if not found or len(found) != len({payout.pk for payout in payouts}):
        raise AyilError(
            _(
                "Choose payouts of this list that are neither handed over, taken off nor in a "
                "bank file yet."
            )
        )
    return found


def _payment(payout: Payout, account: PayeeAccount, template: BankTemplate, on: date) -> Payment:
    return Payment(
        account=account.number,
        owner=account.owner_name,
        inn=account.inn,
        bank=account.bank_name,
        bic=account.bic,
        amount_minor=payout.amount_minor,
        currency=payout.run.currency,
        on=on,
        purpose=purpose_of(
            template.purpose, number=payout.statement.number, payout_list=payout.run_id
        ),
        reference=f"{payout.run_id}-{payout.pk}",
    )


def _content(template: BankTemplate, payments: Sequence[Payment]) -> bytes:
    layout = Layout(
        separator=template.separator,
        encoding=template.encoding,
        decimal_mark=template.decimal_mark,
        date_form=template.date_form,
        has_head=template.has_head,
        columns=[Column(one.head, one.what, one.words) for one in template.columns.all()],
    )
    return bank_file(layout, payments)


def bank_file_content(file: BankFile) -> bytes:
    """The same bytes as when it was made; AyilError where an account was emptied since."""
    lines = file.lines.select_related("payout__run", "payout__statement", "account")
    payments = [_payment(one.payout, one.account, file.template, file.on) for one in lines]
    content = _content(file.template, payments)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise AyilError(
            _("Bank file %(file)s cannot be made again: a payee of it was erased since.")
            % {"file": file.pk}
        )
    return content


def carry_out(
    *, file: BankFile, payouts: Sequence[Payout], by: Party, at: datetime
) -> list[Handover]:
    """The bank has paid these of the file: each is handed over by bank transfer, or none is.

    What the bank refused is taken off its list (`cancel_payout`); what it sends back later came
    back (`take_back`).
    """
    lines = file.lines.filter(payout__in=[payout.pk for payout in payouts])
    found = list(lines.select_related("payout__run__shop", "account__party"))
    if not found or len(found) != len({payout.pk for payout in payouts}):
        raise AyilError(_("Choose at least one payment of this bank file."))
    with transaction.atomic():
        return [
            hand_over(
                payout=line.payout, payee=line.account.party, by=by, at=at, method=Method.BANK
            )
            for line in found
        ]
