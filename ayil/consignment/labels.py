"""Labels of lots on paper: what stands on one, and a whole sheet or roll of them as PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ayil.consignment.models import Lot
from ayil.kit.errors import AyilError
from ayil.kit.money import minor_digits
from ayil.kit.names import LANGUAGES_IN_TURN
from ayil.kit.paper import bars, set_paper
from ayil.kit.search import Asked, matching
from ayil.members.consents import public_names
from ayil.members.models import Party, Shop
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, require, shops_with
from ayil.products.models import Price, Product
from ayil.products.queries import prices_on

TEMPLATE = Path(__file__).parent / "papers" / "labels.typ"
MOST_LABELS = 1000
NO_BREAK = "\u00a0"
SOM = "сом"  # our readers' own sign, in all three languages


@dataclass(frozen=True)
class Sheet:
    """A paper with labels on it; all lengths in tenths of a millimetre.

    `left` and `top` are the margins, `across` and `down` the steps from one label to the next.
    A roll has one label a page, as large as the page.
    """

    words: str
    page_width: int
    page_height: int
    columns: int
    rows: int
    label_width: int
    label_height: int
    left: int = 0
    top: int = 0
    across: int = 0
    down: int = 0

    @property
    def places(self) -> int:
        return self.columns * self.rows


SHEETS: Mapping[str, Sheet] = {
    "a4-24": Sheet(gettext_noop("A4 sheet, 24 labels of 70 × 37 mm"), 2100, 2970, 3, 8, 700, 370,
                   top=5, across=700, down=370),
    "a4-65": Sheet(gettext_noop("A4 sheet, 65 labels of 38 × 21 mm"), 2100, 2970, 5, 13, 381, 212,
                   left=47, top=107, across=406, down=212),
    "roll": Sheet(gettext_noop("Roll, labels of 58 × 40 mm"), 580, 400, 1, 1, 580, 400),
}  # fmt: skip


def lots_to_label(user: AnyUser, day: date, text: str) -> QuerySet[Lot]:
    """Lots that stand on the shelves of the shops where the user takes in goods, newest first.

    `text`: a label, a consignment note's number, or words of the goods' or the maker's name.
    """
    lots = Lot.objects.filter(
        shop__in=shops_with(user, Right.RECEIVE_GOODS, day=day), balance__on_shelf__gt=0
    )
    if text:
        numbers = Asked(text).numbers
        lots = lots.filter(
            Q(label__in=numbers)
            | Q(count__line__note__number__in=numbers)
            | Q(variant__product__in=matching(Product, text))
            | Q(consignor__in=matching(Party, text))
        )
    named = ("shop", "variant__product", "consignor__village", "count__line__note", "balance")
    return lots.select_related(*named).order_by("-accepted_on", "-id")


def print_labels(
    *,
    wanted: Sequence[tuple[Lot, int]],
    sheet: Sheet,
    by: Party,
    on: date,
    at: datetime,
    skipped: int = 0,
) -> bytes:
    """The labels as PDF, so many of each lot; the first `skipped` places of the sheet stay empty.

    The price is the owner's of the day `on`. AyilError where nothing or too much was asked for,
    or where a lot's shop is none in which `by` takes in goods.
    """
    total = sum(count for _lot, count in wanted)
    if not total:
        raise AyilError(_("No label was asked for. Say beside the goods how many are needed."))
    if total > MOST_LABELS:
        raise AyilError(
            _("%(asked)s labels were asked for, and one file holds %(most)s. Print it in parts.")
            % {"asked": total, "most": MOST_LABELS}
        )
    for shop in Shop.objects.filter(pk__in={lot.shop_id for lot, _count in wanted}):
        require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
    return set_paper(TEMPLATE, told_of(wanted, sheet, on=on, skipped=skipped), at=at)


def told_of(
    wanted: Sequence[tuple[Lot, int]], sheet: Sheet, *, on: date, skipped: int = 0
) -> dict[str, object]:
    """What the template is told: the sheet, and every label with its words and how many."""
    prices = prices_on([lot.variant for lot, _count in wanted], on)
    makers = public_names({lot.consignor_id for lot, _count in wanted})
    labels = [
        {
            **words_on(lot, prices.get(lot.variant_id), makers.get(lot.consignor_id, "")),
            "count": count,
        }
        for lot, count in wanted
        if count
    ]
    return {"title": _("Labels"), "sheet": asdict(sheet), "skipped": skipped, "labels": labels}


def words_on(lot: Lot, price: Price | None, maker: str) -> dict[str, object]:
    """What stands on a label, Kyrgyz first; `maker` is empty where they do not want to be named."""
    product, village = lot.variant.product, lot.consignor.village
    names = [product.names[language] for language in LANGUAGES_IN_TURN]
    places = [village.name_ky, village.name_en] if village else []
    until = _each_once(_in_all(gettext_noop("Good until"))) if lot.best_before else []
    return {
        "names": _each_once(names),
        "form": lot.variant.form,
        "price": _money(price) if price else "",
        "maker": maker,
        "village": " / ".join(_each_once(places)),
        "batch": f"№{NO_BREAK}{lot.batch}" if lot.batch else "",
        "until-words": " · ".join(until),
        "until": f"{lot.best_before:%d.%m.%Y}" if lot.best_before else "",
        "code": lot.label,
        "bars": bars(lot.label),
    }


def _in_all(words: str) -> list[str]:
    said = []
    for language in LANGUAGES_IN_TURN:
        with translation.override(language):
            said.append(translation.gettext(words))
    return said


def _each_once(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))


def _money(price: Price) -> str:
    """1234.50 → "1 234,50 сом": figures alike in all three languages."""
    digits = minor_digits(price.currency)
    whole, fraction = divmod(price.amount_minor, 10**digits)
    grouped = f"{whole:,}".replace(",", NO_BREAK)
    parts = f",{fraction:0{digits}d}" if fraction else ""
    return f"{grouped}{parts}{NO_BREAK}{SOM if price.currency == 'KGS' else price.currency}"
