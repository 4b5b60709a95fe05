"""The list of goods: what owners make and in which forms. A row is a form of a product."""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.db.models import QuerySet

from ayil.kit.errors import gettext_noop
from ayil.kit.lists import (
    Columns,
    Plan,
    Sheet,
    read_sheet,
    refuse_changed,
    refuse_faults,
)
from ayil.kit.lists.columns import Names
from ayil.kit.lists.writing import Row
from ayil.kit.written import language
from ayil.members.models import Party
from ayil.products.lists.enter import enter_goods
from ayil.products.lists.goods_plan import GoodsPlanner, Progress
from ayil.products.lists.owners import OWNER_ABOUT, OWNER_COLUMNS, Owners
from ayil.products.lists.shelf import NAMING_ABOUT, NAMING_COLUMNS, with_goods
from ayil.products.models import Variant

KIND_COLUMN: Mapping[str, Names] = {
    "kind": {"ky": ("түрү",), "ru": ("вид товара", "вид"), "en": ("kind",)}
}
KINDS: Mapping[str, Names] = {
    "craft": {
        "ky": ("кол өнөрчүлүк", "уз иши"),
        "ru": ("ремесло", "изделие ремесла"),
        "en": ("craft",),
    },
    "food": {
        "ky": ("иштетилген тамак-аш", "тамак-аш"),
        "ru": ("переработанные продукты", "продукты"),
        "en": ("processed food", "food"),
    },
    "raw": {
        "ky": ("чийки азык", "сырьё"),
        "ru": ("сырые продукты", "сырьё"),
        "en": ("raw produce", "raw"),
    },
    "other": {"ky": ("башка буюмдар", "башка"), "ru": ("другое",), "en": ("other goods", "other")},
}
_NAMES: Mapping[str, Names] = {
    "name_ky": {
        "ky": ("аталышы кыргызча", "кыргызча"),
        "ru": ("название по-кыргызски", "по-кыргызски"),
        "en": ("name in Kyrgyz",),
    },
    "name_ru": {
        "ky": ("аталышы орусча", "орусча"),
        "ru": ("название по-русски", "по-русски"),
        "en": ("name in Russian",),
    },
    "name_en": {
        "ky": ("аталышы англисче", "англисче"),
        "ru": ("название по-английски", "по-английски"),
        "en": ("name in English",),
    },
}
_OWN_NAMES = gettext_noop("At least one of the three names is needed.")
_FORMS = {name: NAMING_COLUMNS[name] for name in ("form", "code", "number")}


def _example(owner: str, village: str, told: str) -> list[Mapping[str, str]]:
    row = {
        "owner": owner,
        "village": village,
        "kind": KINDS["craft"][told][0],
        "name_ky": "Кийиз шаркетик",
        "name_ru": "Войлочные тапочки",
        "name_en": "Felt slippers",
    }
    return [row | {"form": "38", "code": "T-38"}, row | {"form": "40", "code": "T-40"}]


GOODS = Columns(
    {**OWNER_COLUMNS, **KIND_COLUMN, **_NAMES, **_FORMS},
    words={"kind": KINDS},
    about={
        **OWNER_ABOUT,
        "kind": gettext_noop("The commission hangs on it, and food needs batch and date."),
        **dict.fromkeys(_NAMES, _OWN_NAMES),
        "form": gettext_noop("The size, colour or jar, where the goods come in several."),
        "code": gettext_noop("Tells the forms apart; the form itself where it is empty."),
        "number": NAMING_ABOUT["number"],
    },
    needed=("owner",),
    examples={
        "ky": _example("Асанова Айгүл", "Ак-Сай", "ky"),
        "ru": _example("Асанова Айгуль", "Ак-Сай", "ru"),
        "en": _example("Aigul Asanova", "Ak-Say", "en"),
    },
)


def _planned(
    sheet: Sheet, owners: QuerySet[Party], progress: Progress | None
) -> tuple[Plan, GoodsPlanner]:
    planner = GoodsPlanner(sheet, owners)
    steps = planner.steps(progress)
    plan = Plan(("goods",), steps, planner.sorted_faults, sheet.left_out, sheet.examples)
    return plan, planner


def plan_goods(
    data: bytes, name: str, *, owners: QuerySet[Party], progress: Progress | None = None
) -> Plan:
    """What the list would do to the goods of these owners."""
    return _planned(read_sheet(data, name, GOODS), owners, progress)[0]


def carry_out_goods(
    data: bytes,
    name: str,
    *,
    digest: str,
    owners: QuerySet[Party],
    by: Party,
    progress: Progress | None = None,
) -> Plan:
    """Enters what was shown under that digest; AyilError where the records have changed since.

    Whether `by` may is asked before: the owners are theirs to speak of.
    """
    sheet = read_sheet(data, name, GOODS)
    with transaction.atomic():
        # Two who import at once wait for each other here, and the second sees what the first did.
        Party.objects.select_for_update().get(pk=by.pk)
        plan, planner = _planned(sheet, owners, progress)
        refuse_faults(plan)
        refuse_changed(digest, plan)
        enter_goods(planner.planned)
    return plan


def rows_of_goods(owners: QuerySet[Party]) -> Iterator[Row]:
    """The list as it is given out: every form of everything that these owners make."""
    named, told = Owners(owners), language()
    variants = Variant.objects.filter(product__owner__in=owners.order_by().values("pk"))
    for variant in with_goods(variants).iterator(chunk_size=2000):
        product = variant.product
        yield {
            **named.cells(product.owner),
            "kind": GOODS.word("kind", product.kind, told),
            "name_ky": product.name_ky,
            "name_ru": product.name_ru,
            "name_en": product.name_en,
            "form": variant.form,
            "code": variant.code,
            "number": str(product.pk),
        }
