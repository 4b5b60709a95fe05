"""The ledger's verbs: open funds and accounts, post, reverse, cross from fund to fund, exchange."""

from ayil.ledger.actions.crossing import build_bridge, exchange, post_across, store_rate
from ayil.ledger.actions.opening import open_account, open_fund, ref
from ayil.ledger.actions.posting import Overdrawn, Posted, post
from ayil.ledger.actions.reversing import reverse, reverse_linked
from ayil.ledger.rules import AccountRef, TransferRequest

__all__ = [
    "AccountRef",
    "Overdrawn",
    "Posted",
    "TransferRequest",
    "build_bridge",
    "exchange",
    "open_account",
    "open_fund",
    "post",
    "post_across",
    "ref",
    "reverse",
    "reverse_linked",
    "store_rate",
]
