"""What a list of lots would do to a shop's stock: goods that stand are left, new ones come in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ayil.consignment.actions.opening import CountedGoods
from ayil.consignment.lists.known import Known
from ayil.consignment.lists.signers import Signers
from ayil.consignment.models import Agreement
from ayil.consignment.rules import commission_bp, ean13_check, is_till_label
from ayil.kit.errors import AyilError
from ayil.kit.lists import NEW, SAME, Change, Reader, Sheet, Step, day_of, whole_of
from ayil.kit.spelling import alike
from ayil.kit.written import day, number, rate
from ayil.members.identities import kept_parties
from ayil.members.lists import Progress
from ayil.members.models import Party, Shop
from ayil.products.lists.owners import Owners
from ayil.products.lists.shelf import Shelf
from ayil.products.models import ProductKind, Variant

LONGEST_LABEL, LONGEST_BATCH, LONGEST_PAPER = 60, 40, 40
MOST_PIECES = 1_000_000  # more of one thing than anybody carries to a counter


@dataclass(frozen=True)
class Counted:
    """A row as it was counted, before it is laid beside what stands."""

    line: int
    owner: Party
    variant: Variant
    label: str
    pieces: int
    batch: str
    best_before: date | None
    on: date
    paper: str

    @property
    def goods(self) -> tuple[int, str, date | None]:
        """What two rows without a label, or a row and a lot, are told apart by."""
        return self.variant.pk, self.batch, self.best_before


class LotPlanner(Reader):
    """Reads row after row beside the shop's agreements, lots, and people who may count."""

    def __init__(self, sheet: Sheet, *, shop: Shop, by: Party, today: date) -> None:
        super().__init__(sheet)
        self._today = today
        owners = kept_parties().filter(agreements__shop=shop).distinct()
        self._owners, self._shelf = Owners(owners), Shelf.of(owners)
        self._known = Known(shop)
        self._signers = Signers(shop, by, self._owners)
        self._seen: dict[object, int] = {}
        self.planned: list[CountedGoods] = []

    def steps(self, progress: Progress | None) -> Sequence[Step]:
        found = []
        for place, (line, cells) in enumerate(self.sheet.rows, 1):
            self.turn_to(line, cells)
            row = self._counted()
            if row is not None:
                self._refuse_twin(row)
                step = self._beside_what_stands(row)
                found += [step or self._taken_in(row)]
            if progress is not None:
                progress(place, len(self.sheet.rows))
        return found

    def _counted(self) -> Counted | None:
        owner = self._owners.of(self)
        before = len(self.faults)
        pieces = self.take("pieces", whole_of, None)
        if len(self.faults) == before and not 0 < (pieces or 0) <= MOST_PIECES:
            self.fault("pieces", _("Say how many pieces were counted, a whole number above zero."))
        best_before = self.take("best_before", day_of, None)
        variant = self._shelf.variant(self, owner) if owner else None
        if owner is None or variant is None:
            return None
        return Counted(
            self.line, owner, variant, self.text("label", LONGEST_LABEL), pieces or 0,
            self.text("batch", LONGEST_BATCH), best_before,
            self.take("counted_on", self._past_day, None) or self._today,
            self.text("list", LONGEST_PAPER),
        )  # fmt: skip

    def _past_day(self, cell: str) -> date | None:
        found = day_of(cell)
        if found is not None and found > self._today:
            raise AyilError(_("%(day)s is still to come. Write the day it was.") % {"day": cell})
        return found

    def _refuse_twin(self, row: Counted) -> None:
        key = alike(row.label) if row.label else (row.paper, row.owner.pk, *row.goods)
        if key in self._seen:
            words = (
                _("Line %(line)s has this label too. Each lot has its own.")
                if row.label
                else _("Line %(line)s is the same goods. Make them one row, or give labels.")
            )
            self.fault("label", words % {"line": self._seen[key]})
        self._seen.setdefault(key, self.line)

    def _beside_what_stands(self, row: Counted) -> Step | None:
        """Nothing to do, or a fault, where the goods came in before; None where they did not."""
        lot = (
            self._known.labelled(row.label)
            if row.label
            else self._known.counted(row.paper, row.owner.pk, row.goods)
        )
        if lot is None:
            return None
        if (lot.owner, *lot.goods) != (row.owner.pk, *row.goods):
            words = _("Label %(label)s is on other goods already. Give these another one.")
            self.fault("label", words % {"label": lot.label})
        elif lot.accepted != row.pieces:
            words = _("%(pieces)s came in under this label. A list changes no stock: count it.")
            self.fault("pieces", words % {"pieces": number(lot.accepted)})
        return Step(row.line, str(row.variant), SAME, (lot.key,))

    def _taken_in(self, row: Counted) -> Step:
        agreement = self._agreement(row)
        for_shop = self._signers.for_shop(self, row.on)
        for_owner = self._signers.for_owner(self, row.owner, row.on)
        self._look_at(row)
        kept = self._kept(agreement, row)
        if agreement and for_shop and for_owner and kept:
            self._signers.refuse_one_person(self, for_shop, for_owner)
            self.planned.append(
                CountedGoods(
                    agreement,
                    row.variant,
                    row.pieces,
                    row.label,
                    row.batch,
                    row.best_before,
                    row.on,
                    for_shop,
                    for_owner,
                    row.paper,
                    *kept,
                )
            )
        people = tuple(one.pk if one else 0 for one in (agreement, for_shop, for_owner))
        content = (
            row.owner.pk, *row.goods, row.label, row.pieces, row.on, row.paper, *people,
            *(kept or ()),
        )  # fmt: skip
        return Step(row.line, str(row.variant), NEW, content, _told(row, kept))

    def _agreement(self, row: Counted) -> Agreement | None:
        found = self._known.agreement(row.owner.pk, row.on)
        if found is None:
            words = _("%(owner)s has no agreement with this shop on %(day)s. Make one first.")
            self.fault("owner", words % {"owner": row.owner, "day": day(row.on)})
            return None
        if not self._known.covers(found, row.variant.product_id):
            words = _("Agreement %(agreement)s is not about %(goods)s. Renew it with these goods.")
            told = {"agreement": found, "goods": row.variant.product}
            self.fault("goods", words % told)
        return found

    def _kept(self, agreement: Agreement | None, row: Counted) -> tuple[int, int] | None:
        """Commission and fees as they are frozen on the lot, in basis points."""
        if agreement is None:
            return None
        kind = row.variant.product.kind
        base = self._known.commission(agreement, kind)
        if base is None:
            words = _("Agreement %(agreement)s says no commission for %(kind)s. Agree on one.")
            told = {"agreement": agreement, "kind": ProductKind(kind).label}
            self.fault("goods", words % told)
            return None
        member = self._known.is_member(row.owner.pk, row.on)
        commission = commission_bp(base, member=member)
        return commission, min(self._known.fees(agreement), 10_000 - commission)

    def _look_at(self, row: Counted) -> None:
        if not row.paper:
            self.fault("list", _("Give the number of the paper that both sides signed."))
        if row.variant.product.kind == ProductKind.FOOD:  # invariant 11
            if not row.batch:
                self.fault("batch", _("Food needs a batch. Ask the maker for it."))
            if row.best_before is None:
                self.fault("best_before", _("Food needs a best-before date. Look on the goods."))
        if row.label and _is_of_the_shop(row.label):
            words = _("«%(label)s» is a label that the shop gives by itself. Leave it empty.")
            self.fault("label", words % {"label": row.label})


def _is_of_the_shop(label: str) -> bool:
    """A number that the server gives to a lot one day; a till's own are drawn at random."""
    is_number = len(label) == 13 and label.isascii() and label.isdigit() and label[0] == "2"
    return is_number and not is_till_label(label) and ean13_check(label[:12]) == label[12]


def _told(row: Counted, kept: tuple[int, int] | None) -> Sequence[Change]:
    said: Mapping[str, str] = {
        _("Pieces"): number(row.pieces),
        _("Label"): row.label or _("a new one"),
        _("Batch"): row.batch,
        _("Good until"): day(row.best_before) if row.best_before else "",
        _("Counted on"): day(row.on),
        _("Number of the list"): row.paper,
        _("Commission"): rate(kept[0]) if kept else "",
    }
    return [Change(what, "", words) for what, words in said.items() if words]
