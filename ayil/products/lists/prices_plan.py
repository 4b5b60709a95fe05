"""What a list of prices would do beside the prices that stand."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ayil.kit.lists import CHANGED, NEW, SAME, Change, Reader, Sheet, Step, amount_of, day_of
from ayil.kit.written import day, money
from ayil.members.models import Party
from ayil.products.lists.goods_plan import Progress
from ayil.products.lists.owners import Owners
from ayil.products.lists.shelf import Shelf
from ayil.products.models import Price, Variant

LONGEST_PAPER = 40
MOST_MINOR = 10**12  # above anything that a piece costs, far below what the column holds


@dataclass(frozen=True)
class Asked:
    """A price as a row asks for it."""

    line: int
    variant: Variant
    amount_minor: int
    floor_minor: int | None
    valid_from: date
    paper: str


@dataclass(frozen=True)
class Holds:
    """A price that holds from a day on: it stands, or an earlier row brings it (`key` 0)."""

    key: int
    amount_minor: int
    floor_minor: int | None
    currency: str
    valid_from: date


class PricePlanner(Reader):
    """Reads all rows, then lays them beside the prices that stand in the order of their days."""

    def __init__(self, sheet: Sheet, owners: QuerySet[Party], currency: str, today: date) -> None:
        super().__init__(sheet)
        self._owners, self._shelf = Owners(owners), Shelf.of(owners)
        self._currency, self._today = currency, today
        self._holding = prices_of(owners)
        self._seen: dict[tuple[int, date], int] = {}
        self.planned: list[Asked] = []

    def steps(self, progress: Progress | None) -> Sequence[Step]:
        asked = []
        for place, (line, cells) in enumerate(self.sheet.rows, 1):
            self.turn_to(line, cells)
            row = self._asked()
            asked += [row] if row else []
            if progress is not None:
                progress(place, len(self.sheet.rows))
        found = [self._step(row) for row in sorted(asked, key=lambda one: one.valid_from)]
        return sorted(found, key=lambda one: one.line)

    def _asked(self) -> Asked | None:
        before = len(self.faults)
        owner = self._owners.of(self)
        amount = self.take("price", self._amount, None)
        floor = self.take("floor", self._amount, None)
        valid_from = self.take("valid_from", day_of, None) or self._today
        paper = self.text("paper", LONGEST_PAPER)
        variant = self._shelf.variant(self, owner) if owner else None
        if amount is None and len(self.faults) == before:
            self.fault("price", _("The price is missing. Ask the owner, and write it down."))
        if variant is None or amount is None:
            return None
        if floor is not None and floor > amount:
            self.fault("floor", _("The lowest price lies above the price. Mend one of the two."))
        row = Asked(self.line, variant, amount, floor, valid_from, paper)
        self._refuse_twin(row)
        return row

    def _amount(self, cell: str) -> int | None:
        amount = amount_of(cell, self._currency)
        if amount is not None and amount > MOST_MINOR:
            self.fault("price", _("So much cannot be the price of one piece. Mend it."))
        return amount

    def _refuse_twin(self, row: Asked) -> None:
        key = row.variant.pk, row.valid_from
        if key in self._seen:
            words = _("Line %(line)s gives the same goods a price. Take one of them out.")
            self.fault("code", words % {"line": self._seen[key]})
        self._seen.setdefault(key, self.line)

    def _step(self, row: Asked) -> Step:
        """What the row does: nothing, something new, or what is wrong with it."""
        prices = self._holding[row.variant.pk]
        until = [one for one in prices if one.valid_from <= row.valid_from]
        held = until[-1] if until else None
        if held is not None and self._is_same(held, row):
            return self._told(SAME, row, held)
        if row.valid_from < self._today:
            words = _("A price never reaches back; today is %(today)s. Give today or a later day.")
            self.fault("valid_from", words % {"today": day(self._today)}, row.line)
        elif prices and prices[-1].valid_from >= row.valid_from:
            words = _("A price from %(day)s stands already. Give a later day.")
            told = {"day": day(prices[-1].valid_from)}
            self.fault("valid_from", words % told, row.line)
        if not row.paper:
            words = _("Give the number of the paper that the owner signed.")
            self.fault("paper", words, row.line)
        self.planned.append(row)
        prices.append(Holds(0, row.amount_minor, row.floor_minor, self._currency, row.valid_from))
        return self._told(CHANGED if held else NEW, row, held)

    def _is_same(self, held: Holds, row: Asked) -> bool:
        floor = row.floor_minor if self.has("floor") else held.floor_minor
        wanted = (row.amount_minor, floor, self._currency)
        return (held.amount_minor, held.floor_minor, held.currency) == wanted

    def _told(self, verb: str, row: Asked, held: Holds | None) -> Step:
        changes: list[Change] = []
        if verb != SAME:
            told = _said(row.amount_minor, row.floor_minor, self._currency)
            before = _said(held.amount_minor, held.floor_minor, held.currency) if held else ""
            changes = [
                Change(_("Price"), before, told),
                Change(_("Valid from"), "", day(row.valid_from)),
            ]
        content = (
            row.variant.pk, row.amount_minor, row.floor_minor, row.valid_from, row.paper,
            held.key if held else -1, self._currency,
        )  # fmt: skip
        return Step(row.line, str(row.variant), verb, content, changes)


def _said(amount_minor: int, floor_minor: int | None, currency: str) -> str:
    if floor_minor is None:
        return money(amount_minor, currency)
    told = {"price": money(amount_minor, currency), "floor": money(floor_minor, currency)}
    return _("%(price)s, not below %(floor)s") % told


def prices_of(owners: QuerySet[Party]) -> dict[int, list[Holds]]:
    """By the key of the form, in the order of their days. One query."""
    found: dict[int, list[Holds]] = defaultdict(list)
    prices = Price.objects.filter(variant__product__owner__in=owners.order_by().values("pk"))
    for price in prices.order_by("valid_from").iterator(chunk_size=5000):
        found[price.variant_id].append(
            Holds(price.pk, price.amount_minor, price.floor_minor, price.currency, price.valid_from)
        )
    return found


def papers_of(owners: QuerySet[Party]) -> Mapping[int, str]:
    """The number of the paper behind each price that has one, by the price's key."""
    prices = Price.objects.filter(variant__product__owner__in=owners.order_by().values("pk"))
    return dict(prices.exclude(paper="").values_list("pk", "paper"))
