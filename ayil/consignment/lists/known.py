"""What a shop has already, read once for a whole list: agreements, terms, lots, members."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Sum

from ayil.consignment.models import Agreement, CommissionTerm, CoveredProduct, FeeTerm, Lot
from ayil.kit.lists import written
from ayil.kit.spelling import alike
from ayil.members.models import Shop
from ayil.members.queries import members_among

_Goods = tuple[int, str, date | None]


@dataclass(frozen=True)
class KnownLot:
    """A lot that stands; `goods` are its form, batch and best-before date."""

    key: int
    label: str
    owner: int
    goods: _Goods
    accepted: int


class Known:
    """Each of its parts is one query, asked when first needed."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._members: dict[date, frozenset[int]] = {}

    @cached_property
    def _lots(self) -> tuple[Mapping[str, KnownLot], Mapping[object, KnownLot]]:
        """By label as it looks on paper; by the list, owner and goods that they came in with."""
        by_label: dict[str, KnownLot] = {}
        by_list: dict[object, KnownLot] = {}
        rows = Lot.objects.filter(shop=self._shop).order_by("-id").values_list(
            "pk", "label", "consignor_id", "variant_id", "batch", "best_before",
            "balance__accepted", "count__line__note__number",
        )  # fmt: skip
        for key, label, owner, variant, batch, until, accepted, paper in rows.iterator(5000):
            goods = (variant, written(batch), until)
            lot = KnownLot(key, label, owner, goods, accepted or 0)
            by_label[alike(written(label))] = lot
            if paper:
                by_list[written(paper), owner, goods] = lot
        return by_label, by_list

    def labelled(self, label: str) -> KnownLot | None:
        return self._lots[0].get(alike(label))

    def counted(self, paper: str, owner: int, goods: _Goods) -> KnownLot | None:
        """What came in by this list without a label of its own."""
        return self._lots[1].get((paper, owner, goods))

    @cached_property
    def _agreements(self) -> Mapping[int, list[Agreement]]:
        found: dict[int, list[Agreement]] = defaultdict(list)
        agreements = Agreement.objects.filter(shop=self._shop).select_related("end")
        for agreement in agreements.order_by("since", "pk"):
            found[agreement.consignor_id].append(agreement)
        return found

    def agreement(self, owner: int, on: date) -> Agreement | None:
        """The owner's last agreement that is in force on the day."""
        for agreement in reversed(self._agreements.get(owner, [])):
            end = getattr(agreement, "end", None)
            is_over = agreement.until is not None and agreement.until < on
            if agreement.since <= on and not is_over and not (end and end.on <= on):
                return agreement
        return None

    @cached_property
    def _covered(self) -> Mapping[int, set[int]]:
        found: dict[int, set[int]] = defaultdict(set)
        rows = CoveredProduct.objects.filter(agreement__shop=self._shop)
        for agreement, product in rows.values_list("agreement_id", "product_id"):
            found[agreement].add(product)
        return found

    def covers(self, agreement: Agreement, product: int) -> bool:
        covered = self._covered.get(agreement.pk)
        return not covered or product in covered

    @cached_property
    def _terms(self) -> Mapping[tuple[int, str], int]:
        rows = CommissionTerm.objects.filter(agreement__shop=self._shop)
        return {(one.agreement_id, one.kind): one.rate_bp for one in rows}

    def commission(self, agreement: Agreement, kind: str) -> int | None:
        """Basis points that the agreement names for the kind of goods; None for none."""
        return self._terms.get((agreement.pk, kind))

    @cached_property
    def _fees(self) -> Mapping[int, int]:
        rows = FeeTerm.objects.filter(agreement__shop=self._shop).order_by()
        return dict(rows.values_list("agreement_id").annotate(Sum("rate_bp")))

    def fees(self, agreement: Agreement) -> int:
        return self._fees.get(agreement.pk, 0)

    def is_member(self, owner: int, on: date) -> bool:
        if on not in self._members:
            self._members[on] = members_among(self._agreements, on)
        return owner in self._members[on]
