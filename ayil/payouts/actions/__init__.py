"""Closing, paying, disputing: each verb is one transaction; `by` acts, `at` is the moment."""

from ayil.payouts.actions.accounts import (
    AccountSaid,
    confirm_account,
    end_account,
    keep_account,
)
from ayil.payouts.actions.acknowledging import (
    acknowledge,
    acknowledge_on_paper,
    keep_signed_paper,
    read_signed_paper,
)
from ayil.payouts.actions.bank_files import (
    TemplateSaid,
    bank_file_content,
    carry_out,
    make_bank_file,
    set_bank_template,
)
from ayil.payouts.actions.disputing import (
    dismiss_dispute,
    raise_dispute,
    reverse_in_dispute,
    uphold_dispute,
)
from ayil.payouts.actions.paying import (
    approve_run,
    cancel_payout,
    hand_over,
    prepare_run,
)
from ayil.payouts.actions.returning import take_back
from ayil.payouts.actions.settling import Settlement, settle
from ayil.payouts.actions.sharing import freeze_sheet, set_sharing
from ayil.payouts.actions.terms import set_payout_terms

__all__ = [
    "AccountSaid",
    "Settlement",
    "TemplateSaid",
    "acknowledge",
    "acknowledge_on_paper",
    "approve_run",
    "bank_file_content",
    "cancel_payout",
    "carry_out",
    "confirm_account",
    "dismiss_dispute",
    "end_account",
    "freeze_sheet",
    "hand_over",
    "keep_account",
    "keep_signed_paper",
    "make_bank_file",
    "prepare_run",
    "raise_dispute",
    "read_signed_paper",
    "reverse_in_dispute",
    "set_bank_template",
    "set_payout_terms",
    "set_sharing",
    "settle",
    "take_back",
    "uphold_dispute",
]
