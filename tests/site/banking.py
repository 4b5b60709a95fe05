"""A payout by the bank, from the account on a paper to the bank's word, and a list that came back
signed."""

from __future__ import annotations

from dataclasses import dataclass

from ayil.members.models import Party
from ayil.payouts.actions import (
    AccountSaid,
    TemplateSaid,
    carry_out,
    confirm_account,
    keep_account,
    keep_signed_paper,
    make_bank_file,
    set_bank_template,
)
from ayil.payouts.bank_rules import Column
from ayil.payouts.models import Payout
from tests.site.cast import AT

NUMBER = "1240010000001234"


@dataclass(frozen=True)
class ByBank:
    """Keys of what the addresses name."""

    payout_list: int = 0
    account: int = 0
    file: int = 0
    paper: int = 0


def pay_by_bank(payout: Payout, *, lists: Party, checks: Party, pays: Party) -> ByBank:
    """One types the account, another confirms it, a third has the bank pay."""
    said = AccountSaid(NUMBER, payout.consignor.name, "Айыл Банк", "арыз 1")
    account = keep_account(party=payout.consignor, said=said, by=lists, at=AT)
    confirm_account(account=account, number=NUMBER, by=checks, at=AT)
    columns = [Column("a", "account"), Column("b", "amount")]
    template = set_bank_template(said=TemplateSaid("Банк", "x", columns), by=lists, at=AT)
    at = payout.run.approval.at
    file = make_bank_file(run=payout.run, template=template, payouts=[payout], by=pays, at=at)
    carry_out(file=file, payouts=[payout], by=pays, at=at)
    paper = keep_signed_paper(run=payout.run, content=b"%PDF-1.7 signed", by=lists, at=at)
    return ByBank(payout.run_id, account.pk, file.pk, paper.pk)
