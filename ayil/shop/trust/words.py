"""How the kinds of postings are called to those who keep the shop's money."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.shop.trust.reasons import (
    DEBTS,
    OPEN_SALES,
    PAYOUT,
    REFUND_AFTER,
    SHARE,
    UNDER_WAY,
    WORKED_OFF,
)

KINDS = {
    UNDER_WAY: gettext_lazy("QR and card money on its way to the bank"),
    REFUND_AFTER: gettext_lazy("Goods that came back after their maker was paid"),
    WORKED_OFF: gettext_lazy("New sales of makers who owed the shop"),
    DEBTS: gettext_lazy("Corrections that makers owe the shop"),
    OPEN_SALES: gettext_lazy("Sales that are not posted whole"),
    PAYOUT: gettext_lazy("Paid out to makers: as much less is owed"),
    SHARE: gettext_lazy("Makers' shares of sales"),
    "tender": gettext_lazy("Paid by buyers"),
    "sale-commission": gettext_lazy("Commission of sales"),
    "sale-fees": gettext_lazy("Fees of sales"),
    "rounding": gettext_lazy("Rounding at the counter"),
    "over-refund": gettext_lazy("More given back to buyers than was sold"),
    "write-off": gettext_lazy("Lost goods that the shop bears"),
    "correction": gettext_lazy("Corrections after disputes"),
    "over-short": gettext_lazy("Drawers counted short or over"),
    "after-closing": gettext_lazy("Sales heard after their drawer was counted"),
    "cash-moved": gettext_lazy("Taken out of drawers for small costs"),
    "float": gettext_lazy("Change given to drawers"),
    "to-safe": gettext_lazy("Brought from drawers to the safe"),
    "opening-cash": gettext_lazy("The association's own money, brought in"),
    "money-own-in": gettext_lazy("The association's own money, brought in"),
    "money-own-out": gettext_lazy("The association's own money, taken out"),
    "money-cost": gettext_lazy("Costs of the shop"),
    "money-arrived": gettext_lazy("Kept back by the bank for QR and card money"),
    "money-to-bank": gettext_lazy("From the safe to the bank"),
    "money-from-bank": gettext_lazy("From the bank to the safe"),
}
_UNDONE = "-reversal"


def kind_words(kind: str) -> str:
    """In the reader's language; a kind that is not known by its own name."""
    if kind.endswith(_UNDONE):
        first = kind.removesuffix(_UNDONE)
        return _("Undone: %(what)s") % {"what": KINDS.get(first, first)}
    return str(KINDS.get(kind, kind))
