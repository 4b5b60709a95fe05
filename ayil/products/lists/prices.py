"""The list of prices: what owners ask from a day on, by the paper that they signed.

A price is its owner's and never reaches back (invariant 5): a list brings prices from today or a
later day, each with the number of the owner's paper, and what holds already is left as it is.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from ayil.kit.clock import local_date
from ayil.kit.errors import gettext_noop
from ayil.kit.lists import (
    Columns,
    Plan,
    Sheet,
    read_sheet,
    refuse_changed,
    refuse_faults,
    written_amount,
)
from ayil.kit.lists.columns import Names
from ayil.kit.lists.writing import Row
from ayil.members.models import Party
from ayil.products.actions.listing import set_listed_prices
from ayil.products.lists.goods_plan import Progress
from ayil.products.lists.owners import OWNER_ABOUT, OWNER_COLUMNS, Owners
from ayil.products.lists.prices_plan import PricePlanner, papers_of, prices_of
from ayil.products.lists.shelf import NAMING_ABOUT, NAMING_COLUMNS, naming_cells, with_goods
from ayil.products.models import Price, Variant

_COLUMNS: Mapping[str, Names] = {
    "price": {"ky": ("баасы", "баа"), "ru": ("цена",), "en": ("price",)},
    "floor": {
        "ky": ("эң төмөн баасы", "төмөнкү баа"),
        "ru": ("самая низкая цена", "минимальная цена"),
        "en": ("lowest price",),
    },
    "valid_from": {
        "ky": ("качантан", "күнү"),
        "ru": ("с какого дня", "действует с", "дата"),
        "en": ("valid from", "from", "date"),
    },
    "paper": {
        "ky": ("кагаздын номери",),
        "ru": ("номер бумаги",),
        "en": ("number of the paper", "paper"),
    },
}


def _example(owner: str, goods: str) -> list[Mapping[str, str]]:
    return [
        {"owner": owner, "village": "Ак-Сай", "goods": goods, "form": "38", "code": "T-38",
         "price": "650", "floor": "600", "valid_from": "01.07.2012", "paper": "Б-12"}
    ]  # fmt: skip


PRICES = Columns(
    {**OWNER_COLUMNS, **NAMING_COLUMNS, **_COLUMNS},
    about={
        **OWNER_ABOUT,
        **NAMING_ABOUT,
        "price": gettext_noop("What the owner asks for one piece, like 650 or 650,50."),
        "floor": gettext_noop("How low the shop may go; empty where it gives no discount."),
        "valid_from": gettext_noop("Today or a later day, like 05.06.2012; today where empty."),
        "paper": gettext_noop("The number of the paper that the owner signed."),
    },
    needed=("owner", "goods", "price"),
    examples={
        "ky": _example("Асанова Айгүл", "Кийиз шаркетик"),
        "ru": _example("Асанова Айгуль", "Войлочные тапочки"),
        "en": _example("Aigul Asanova", "Felt slippers"),
    },
)


def _planned(
    sheet: Sheet,
    owners: QuerySet[Party],
    currency: str,
    today: date,
    progress: Progress | None,
) -> tuple[Plan, PricePlanner]:
    reader = PricePlanner(sheet, owners, currency, today)
    steps = reader.steps(progress)
    about = ("prices", currency)
    plan = Plan(about, steps, reader.sorted_faults, sheet.left_out, sheet.examples)
    return plan, reader


def plan_prices(
    data: bytes,
    name: str,
    *,
    owners: QuerySet[Party],
    currency: str,
    today: date,
    progress: Progress | None = None,
) -> Plan:
    """What the list would do to the prices of these owners' goods."""
    return _planned(read_sheet(data, name, PRICES), owners, currency, today, progress)[0]


def carry_out_prices(
    data: bytes,
    name: str,
    *,
    digest: str,
    owners: QuerySet[Party],
    currency: str,
    by: Party,
    at: datetime,
    progress: Progress | None = None,
) -> Plan:
    """Sets what was shown under that digest; AyilError where the records have changed since.

    Whether `by` may is asked before: the owners are theirs to speak of.
    """
    sheet, today = read_sheet(data, name, PRICES), local_date(at)
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=by.pk)
        plan, reader = _planned(sheet, owners, currency, today, progress)
        refuse_faults(plan)
        refuse_changed(digest, plan)
        set_listed_prices(
            prices=[
                Price(
                    variant=one.variant, amount_minor=one.amount_minor,
                    floor_minor=one.floor_minor, currency=currency, valid_from=one.valid_from,
                    paper=one.paper,
                )
                for one in reader.planned
            ],
            by=by,
            on=today,
        )  # fmt: skip
    return plan


def rows_of_prices(owners: QuerySet[Party], *, currency: str, on: date) -> Iterator[Row]:
    """The list as it is given out: of every form the price of the day, and those to come.

    Prices in another currency are another shop's, and are left out.
    """
    named, standing, papers = Owners(owners), prices_of(owners), papers_of(owners)
    variants = Variant.objects.filter(product__owner__in=owners.order_by().values("pk"))
    for variant in with_goods(variants).iterator(chunk_size=2000):
        prices = [one for one in standing.get(variant.pk, []) if one.currency == currency]
        held = [one for one in prices if one.valid_from <= on][-1:]
        for price in [*held, *(one for one in prices if one.valid_from > on)]:
            yield {
                **named.cells(variant.product.owner),
                **naming_cells(variant),
                "price": written_amount(price.amount_minor, price.currency),
                "floor": written_amount(price.floor_minor, price.currency),
                "valid_from": price.valid_from,
                "paper": papers.get(price.key, ""),
            }
