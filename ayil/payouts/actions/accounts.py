"""Bank accounts of payees: typed from a paper by one, typed again by another, ended by a reason."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party
from ayil.members.own import is_one_of
from ayil.members.rights import Right, require
from ayil.payouts.bank_rules import account_number, bank_code, plain_name, tax_number
from ayil.payouts.models import PayeeAccount, PayeeAccountCheck, PayeeAccountEnd


@dataclass(frozen=True)
class AccountSaid:
    """What stands on the paper."""

    number: str
    owner_name: str
    bank_name: str
    paper: str
    bic: str = ""
    inn: str = ""


def keep_account(*, party: Party, said: AccountSaid, by: Party, at: datetime) -> PayeeAccount:
    """Written down from a paper; nothing is paid to it before another has confirmed it.

    Raises AyilError for what is no account, one's own, or while another account stands.
    """
    require(by, Right.KEEP_ACCOUNTS, on=local_date(at))
    if is_one_of(by, party):
        raise AyilError(_("This is your own account: let another write it down."))
    if not said.paper.strip():
        raise AyilError(_("Name or number the paper on which the account stands."))
    number = account_number(said.number)
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)
        if PayeeAccount.objects.filter(party=party, end__isnull=True).exists():
            raise AyilError(
                _("%(party)s has an account here already. End it first.") % {"party": party}
            )
        return PayeeAccount.objects.create(
            party=party,
            number=number,
            last_four=number[-4:],
            owner_name=plain_name(said.owner_name)[:160],
            bank_name=plain_name(said.bank_name)[:120],
            bic=bank_code(said.bic),
            inn=tax_number(said.inn),
            paper=said.paper.strip()[:200],
            typed_by=by,
            at=at,
        )


def confirm_account(
    *, account: PayeeAccount, number: str, by: Party, at: datetime
) -> PayeeAccountCheck:
    """Another person types the number again, from the same paper: both must agree."""
    require(by, Right.KEEP_ACCOUNTS, on=local_date(at))
    if is_one_of(by, account.typed_by, account.party):
        raise AyilError(
            _("%(person)s typed this account or owns it: another confirms it.") % {"person": by}
        )
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=account.party_id)
        if PayeeAccountEnd.objects.filter(account=account).exists():
            raise AyilError(_("This account was ended."))
        if PayeeAccountCheck.objects.filter(account=account).exists():
            raise AyilError(_("This account was confirmed before."))
        if account_number(number) != account.number:
            raise AyilError(
                _("This is not the number that was typed first. Compare both with the paper.")
            )
        return PayeeAccountCheck.objects.create(account=account, by=by, at=at)


def end_account(*, account: PayeeAccount, by: Party, at: datetime, reason: str) -> PayeeAccountEnd:
    """Nothing more is paid to it; what stands in a bank file already is the bank's."""
    require(by, Right.KEEP_ACCOUNTS, on=local_date(at))
    if not reason.strip():
        raise AyilError(_("Say in a few words why the account ends."))
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=account.party_id)
        if PayeeAccountEnd.objects.filter(account=account).exists():
            raise AyilError(_("This account was ended."))
        return PayeeAccountEnd.objects.create(
            account=account, by=by, at=at, reason=reason.strip()[:300]
        )
