"""Closing, paying, disputing: each verb is one transaction; `by` acts, `at` is the moment."""

from ayil.payouts.actions.disputing import (
    dismiss_dispute,
    raise_dispute,
    reverse_in_dispute,
    uphold_dispute,
)
from ayil.payouts.actions.paying import (
    acknowledge,
    approve_run,
    cancel_payout,
    hand_over,
    prepare_run,
)
from ayil.payouts.actions.settling import Settlement, settle
from ayil.payouts.actions.terms import set_payout_terms

__all__ = [
    "Settlement",
    "acknowledge",
    "approve_run",
    "cancel_payout",
    "dismiss_dispute",
    "hand_over",
    "prepare_run",
    "raise_dispute",
    "reverse_in_dispute",
    "set_payout_terms",
    "settle",
    "uphold_dispute",
]
