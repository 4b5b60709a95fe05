"""What makers bring, what stands on the shelf, what is lost from it (all shares E)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ayil.demo.programme.demand import MONTH_INDEX
from ayil.demo.programme.records import Brought, Cast, Delivery, Form, Good, Loss, LotKey

REFUSED_LINES = 0.03
_REASONS = (
    "тигиши сөгүлгөн", "энбелгисинде күнү жок", "боёгу чыгат", "банкасы жабылбайт", "көгөргөн",
)  # fmt: skip
# A month on the shelf costs so many of a thousand pieces; over a year that comes to the field
# guide's 1 % missing and 1.5 % damaged of what was accepted.
MISSING_A_MONTH = 0.0075
DAMAGED_A_MONTH = 0.0115
TAKEN_BACK_AFTER = timedelta(days=120)
TAKEN_BACK = 0.3


@dataclass
class Stock:
    """One lot on the shelf."""

    lot: LotKey
    left: int
    since: date
    best_before: date | None
    can_be_taken_back: bool


@dataclass
class Shelves:
    """The shop's shelves as they are; what is sold goes by the oldest lot first."""

    by_variant: dict[str, list[Stock]] = field(default_factory=lambda: defaultdict(list))
    by_lot: dict[LotKey, Stock] = field(default_factory=dict)
    sold: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    carried: dict[str, None] = field(default_factory=dict)
    """Variants that were ever accepted, in that order: visitors ask for no others."""
    notes: int = 0

    def on_hand(self, variant: str) -> int:
        return sum(stock.left for stock in self.by_variant[variant])

    def take(self, variant: str, wanted: int) -> list[tuple[LotKey, int]]:
        """Up to `wanted` pieces, each with its lot."""
        taken: list[tuple[LotKey, int]] = []
        for stock in self.by_variant[variant]:
            pieces = min(wanted, stock.left)
            if pieces:
                stock.left -= pieces
                wanted -= pieces
                taken.append((stock.lot, pieces))
        self.sold[variant] += sum(pieces for _lot, pieces in taken)
        return taken

    def put_back(self, lot: LotKey, pieces: int) -> None:
        self.by_lot[lot].left += pieces

    def accept(self, delivery: Delivery, *, crafts: frozenset[str]) -> None:
        for number, line in enumerate(delivery.lines):
            if line.accepted:
                stock = Stock(
                    (delivery.number, number), line.accepted, delivery.on, line.best_before,
                    line.variant in crafts,
                )  # fmt: skip
                self.by_variant[line.variant].append(stock)
                self.by_lot[stock.lot] = stock
                self.carried[line.variant] = None


def bring(
    rng: Random, cast: Cast, shelves: Shelves, owner: str, day: date, *, rhythm_days: int
) -> Delivery | None:
    """What an owner brings on a visit: by what sold since the last one, and by how they guess.

    Guesses run from a little less to more than twice as much: some goods run out, some stand long.
    """
    lines = []
    for good in cast.goods:
        if good.owner == owner:
            for form in good.forms:
                pieces = _guess(rng, shelves, f"{good.key}/{form.code}", form, day, rhythm_days)
                if pieces:
                    lines.append(_line(rng, good, form, pieces, day))
    if not lines:
        return None
    shelves.notes += 1
    return Delivery(day, f"N-{shelves.notes:04d}", owner, tuple(lines))


def _guess(
    rng: Random, shelves: Shelves, variant: str, form: Form, day: date, rhythm_days: int
) -> int:
    index = MONTH_INDEX[day.month - 1]
    later = MONTH_INDEX[(day + timedelta(days=rhythm_days)).month - 1]
    sold = shelves.sold.pop(variant, 0)
    usual = form.pull * index * rhythm_days / 7
    expected = (sold + usual) / 2 * (1 + later / index) / 2
    return max(0, round(expected * rng.uniform(0.8, 2.6)) - shelves.on_hand(variant))


def _line(rng: Random, good: Good, form: Form, pieces: int, day: date) -> Brought:
    refused = 0
    if rng.random() < REFUSED_LINES:
        refused = rng.randint(1, max(1, pieces // 3))
    batch, best_before = "", None
    if good.keeps_months is not None:
        made = day - timedelta(days=rng.randint(5, 23 * good.keeps_months))
        batch = f"{made:%Y-%m}"
        best_before = made + timedelta(days=30 * good.keeps_months)
    reason = rng.choice(_REASONS) if refused else ""
    return Brought(f"{good.key}/{form.code}", pieces, min(refused, pieces), reason, batch,
                   best_before)  # fmt: skip


def monthly_count(rng: Random, shelves: Shelves, day: date) -> list[Loss]:
    """What the monthly count finds: expired, missing, damaged; and what makers take back."""
    losses = []
    for stock in shelves.by_lot.values():
        for cause, pieces in _lost(rng, stock, day):
            if pieces and pieces <= stock.left:
                stock.left -= pieces
                losses.append(Loss(day, stock.lot, pieces, cause, stock.left))
    return losses


def _lost(rng: Random, stock: Stock, day: date) -> list[tuple[str, int]]:
    if not stock.left:
        return []
    if stock.best_before is not None and stock.best_before <= day:
        return [("expired", stock.left)]
    stands_long = stock.can_be_taken_back and day - stock.since > TAKEN_BACK_AFTER
    if stands_long and rng.random() < TAKEN_BACK:
        return [("returned", stock.left)]
    return [
        (cause, sum(rng.random() < share for _ in range(stock.left)))
        for cause, share in (("missing", MISSING_A_MONTH), ("damaged", DAMAGED_A_MONTH))
    ]
