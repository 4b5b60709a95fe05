"""The split of a sale's line and of its refunds; no database, no clock."""

from dataclasses import dataclass, replace

from ayil.kit.money import part_of, share_by_rate


@dataclass(frozen=True, slots=True)
class Split:
    """gross = share + commission + fees, in whole minor units (invariant 2).

    Where more came back than was sold there is a loss too (below zero), which the shop bears.
    """

    gross_minor: int
    share_minor: int
    commission_minor: int
    fees_minor: int = 0
    loss_minor: int = 0


def split_sale(gross_minor: int, commission_bp: int, fees_bp: int = 0) -> Split:
    """Commission, and commission with fees, at the lot's frozen rates, half a unit up; the rest
    is the owner's.

    A refund without its receipt passes a negative gross and gets the mirror.
    """
    commission = share_by_rate(gross_minor, commission_bp)
    kept = share_by_rate(gross_minor, commission_bp + fees_bp)
    return Split(gross_minor, gross_minor - kept, commission, kept - commission)


@dataclass(frozen=True, slots=True)
class Original:
    """A sale's line and how much of it has come back so far (positive numbers)."""

    line_id: int
    label: str
    quantity: int
    gross_minor: int
    share_minor: int
    refunded_units: int
    refunded_minor: int
    fees_minor: int = 0

    def less(self, units: int, gross_minor: int) -> "Original":
        return replace(
            self,
            refunded_units=self.refunded_units + units,
            refunded_minor=self.refunded_minor + gross_minor,
        )

    @property
    def over(self) -> bool:
        return self.refunded_units > self.quantity or self.refunded_minor > self.gross_minor


def split_refund(original: Original, gross_minor: int) -> Split:
    """The split of `gross_minor` (>= 0) given back, by the split frozen on the sale's line.

    Shares and fees are cut cumulatively, so that refunds in any number of parts end at exactly
    what the sale gave. What goes beyond the sale is a loss of the shop's.
    """
    before = min(original.refunded_minor, original.gross_minor)
    within = min(gross_minor, original.gross_minor - before)

    def cut(whole_minor: int) -> int:
        if not original.gross_minor:
            return 0
        upto = part_of(whole_minor, before + within, original.gross_minor)
        return upto - part_of(whole_minor, before, original.gross_minor)

    share, fees = cut(original.share_minor), cut(original.fees_minor)
    return Split(
        gross_minor=-gross_minor,
        share_minor=-share,
        commission_minor=share + fees - within,
        fees_minor=-fees,
        loss_minor=within - gross_minor,
    )
