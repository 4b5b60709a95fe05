"""Closing, paying, disputing: each verb is one transaction; `by` acts, `at` is the moment."""

from ayil.payouts.actions.acknowledging import (
    acknowledge,
    acknowledge_on_paper,
    keep_signed_paper,
    read_signed_paper,
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
from ayil.payouts.actions.terms import set_payout_terms

__all__ = [
    "Settlement",
    "acknowledge",
    "acknowledge_on_paper",
    "approve_run",
    "cancel_payout",
    "dismiss_dispute",
    "hand_over",
    "keep_signed_paper",
    "prepare_run",
    "raise_dispute",
    "read_signed_paper",
    "reverse_in_dispute",
    "set_payout_terms",
    "settle",
    "take_back",
    "uphold_dispute",
]
