"""The list of lots: what stands in a shop that joins, and what stands in one that is here."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from ayil.consignment.actions.opening import take_in
from ayil.consignment.lists.lots_plan import LotPlanner
from ayil.consignment.models import Lot
from ayil.kit.clock import local_date
from ayil.kit.errors import gettext_noop
from ayil.kit.lists import Columns, Plan, Sheet, read_sheet, refuse_changed, refuse_faults
from ayil.kit.lists.columns import Names
from ayil.kit.lists.writing import Row
from ayil.ledger.models import Fund
from ayil.members.lists import Progress
from ayil.members.models import Party, Shop
from ayil.products.lists.owners import OWNER_ABOUT, OWNER_COLUMNS, Owners
from ayil.products.lists.shelf import NAMING_ABOUT, NAMING_COLUMNS, naming_cells

_COLUMNS: Mapping[str, Names] = {
    "label": {"ky": ("этикеткасы", "штрих-коду"), "ru": ("этикетка", "штрихкод"),
              "en": ("label", "barcode")},
    "pieces": {"ky": ("саны", "даанасы"), "ru": ("количество", "штук", "кол-во"),
               "en": ("pieces", "quantity")},
    "batch": {"ky": ("топтому", "партиясы"), "ru": ("партия",), "en": ("batch",)},
    "best_before": {"ky": ("жарактуу мөөнөтү",), "ru": ("годен до", "срок годности"),
                    "en": ("best before",)},
    "counted_on": {"ky": ("саналган күнү",), "ru": ("дата подсчёта", "посчитано"),
                   "en": ("counted on",)},
    "for_shop": {"ky": ("дүкөндөн санаган",), "ru": ("считал от магазина",),
                 "en": ("counted for the shop by",)},
    "for_owner": {"ky": ("ээсинен санаган",), "ru": ("считал от владельца",),
                  "en": ("counted for the owner by",)},
    "list": {"ky": ("тизменин номери",), "ru": ("номер списка", "номер описи"),
             "en": ("number of the list",)},
    "on_shelf": {"ky": ("текчеде",), "ru": ("на полке",), "en": ("on the shelf",)},
}  # fmt: skip


def _example(owner: str, goods: str, clerk: str) -> list[Mapping[str, str]]:
    row = {"owner": owner, "village": "Ак-Сай", "goods": goods, "counted_on": "30.06.2012",
           "for_shop": clerk, "for_owner": owner, "list": "О-1"}  # fmt: skip
    return [
        row | {"form": "38", "code": "T-38", "pieces": "12"},
        row | {"form": "40", "code": "T-40", "pieces": "7", "batch": "2012-05"},
    ]


LOTS = Columns(
    {**OWNER_COLUMNS, **NAMING_COLUMNS, **_COLUMNS},
    about={
        **OWNER_ABOUT,
        **NAMING_ABOUT,
        "label": gettext_noop("What stands on the goods; empty: they get a new label."),
        "pieces": gettext_noop("How many were counted, a whole number."),
        "batch": gettext_noop("Needed for food: what the maker calls the batch."),
        "best_before": gettext_noop("Needed for food, like 05.06.2012."),
        "counted_on": gettext_noop("The day on which both sides counted; today where empty."),
        "for_shop": gettext_noop("Who counted for the shop; you, where it is empty."),
        "for_owner": gettext_noop(
            "Who counted for the owner: themselves, a leader or contact of the community, or who "
            "holds a mandate. The owner where it is empty."
        ),
        "list": gettext_noop("The number of the paper that both signed."),
        "on_shelf": gettext_noop("Stands in lists that came from here; it is not read."),
    },
    needed=("owner", "goods", "pieces"),
    examples={
        "ky": _example("Асанова Айгүл", "Кийиз шаркетик", "Осмонов Нурлан"),
        "ru": _example("Асанова Айгуль", "Войлочные тапочки", "Осмонов Нурлан"),
        "en": _example("Aigul Asanova", "Felt slippers", "Nurlan Osmonov"),
    },
)


def _planned(
    sheet: Sheet, shop: Shop, by: Party, today: date, progress: Progress | None
) -> tuple[Plan, LotPlanner]:
    planner = LotPlanner(sheet, shop=shop, by=by, today=today)
    steps = planner.steps(progress)
    about = ("lots", shop.code)
    plan = Plan(about, steps, planner.sorted_faults, sheet.left_out, sheet.examples)
    return plan, planner


def plan_lots(
    data: bytes,
    name: str,
    *,
    shop: Shop,
    by: Party,
    today: date,
    progress: Progress | None = None,
) -> Plan:
    """What the list would do to the shop's stock."""
    return _planned(read_sheet(data, name, LOTS), shop, by, today, progress)[0]


def carry_out_lots(
    data: bytes,
    name: str,
    *,
    digest: str,
    shop: Shop,
    by: Party,
    at: datetime,
    progress: Progress | None = None,
) -> Plan:
    """Takes in what was shown under that digest; AyilError where the records have changed since.

    Whether `by` may is asked before.
    """
    sheet = read_sheet(data, name, LOTS)
    with transaction.atomic():
        # Tills and pages that take in goods wait for this lock too.
        Fund.objects.select_for_update().get(pk=shop.fund_id)
        plan, planner = _planned(sheet, shop, by, local_date(at), progress)
        refuse_faults(plan)
        refuse_changed(digest, plan)
        take_in(shop=shop, goods=planner.planned, by=by, at=at)
    return plan


def lots_given_out(shop: Shop) -> QuerySet[Lot]:
    """Lots of which something stands on the shelf; of imported trade nobody knows the stock."""
    known = Q(count__isnull=False) | Q(arrived_from__isnull=False)
    return Lot.objects.filter(known, shop=shop).exclude(balance__on_shelf=0)


def rows_of_lots(shop: Shop) -> Iterator[Row]:
    """The list as it is given out, by owner and goods."""
    named = Owners(Party.objects.filter(pk__in=lots_given_out(shop).values("consignor")))
    lots = lots_given_out(shop).select_related(
        "variant__product", "consignor", "balance", "count__line__note", "count__for_shop",
        "count__for_consignor",
    ).order_by("consignor__sort_key", "consignor_id", "variant_id", "id")  # fmt: skip
    for lot in lots.iterator(chunk_size=2000):
        count = lot.count
        yield {
            **named.cells(lot.consignor),
            **naming_cells(lot.variant),
            "label": lot.label,
            "pieces": lot.balance.accepted,
            "batch": lot.batch,
            "best_before": lot.best_before,
            "counted_on": count.counted_on if count else lot.accepted_on,
            "for_shop": count.for_shop.name if count else "",
            "for_owner": count.for_consignor.name if count else "",
            "list": count.line.note.number if count else "",
            "on_shelf": lot.balance.on_shelf,
        }
