"""The kinds of lists about goods, each with who may import and take it out."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ayil.consignment.lists import lots
from ayil.consignment.models import Agreement
from ayil.kit.errors import AyilError
from ayil.kit.lists import Plan, list_file
from ayil.kit.written import language
from ayil.members.identities import kept_parties
from ayil.members.lists import Errand, ListFile, ListKind, Progress
from ayil.members.looks import Seen, record_looks
from ayil.members.models import Party, Shop
from ayil.members.queries import party_roles
from ayil.members.rights import RIGHTS, Right, Scope, require
from ayil.products import lists as products


def owners_of(errand: Errand) -> QuerySet[Party]:
    """Whom a list may speak of; AyilError where the errand is nobody's to run."""
    require(errand.by, Right.IMPORT_GOODS, on=errand.today, shop=errand.shop)
    if _is_everywhere(errand):
        return kept_parties()
    return kept_parties().filter(agreements__shop=_shop(errand)).distinct()


def owners_at(errand: Errand) -> QuerySet[Party]:
    """Whose lines are given out: those who have or had an agreement with the shop."""
    require(errand.by, Right.IMPORT_GOODS, on=errand.today, shop=errand.shop)
    if errand.shop is None and _is_everywhere(errand):
        return kept_parties().filter(products__isnull=False).distinct()
    whose = Agreement.objects.filter(shop=_shop(errand)).values("consignor")
    return Party.objects.filter(pk__in=whose)


def _is_everywhere(errand: Errand) -> bool:
    wide = [role for role, scope in RIGHTS[Right.IMPORT_GOODS].items() if scope != Scope.SHOP]
    return party_roles(errand.by.pk, errand.today).filter(role__in=wide, shop=None).exists()


def _shop(errand: Errand) -> Shop:
    if errand.shop is None:
        raise AyilError(_("Say which shop the list is about."))
    return errand.shop


def _plan_goods(file: ListFile, errand: Errand, progress: Progress | None = None) -> Plan:
    return products.plan_goods(file.data, file.name, owners=owners_of(errand), progress=progress)


def _carry_out_goods(
    file: ListFile, digest: str, errand: Errand, progress: Progress | None = None
) -> Plan:
    return products.carry_out_goods(
        file.data, file.name, digest=digest, owners=owners_of(errand), by=errand.by,
        progress=progress,
    )  # fmt: skip


def _give_out_goods(errand: Errand, form: str) -> bytes:
    rows = products.rows_of_goods(owners_at(errand))
    return list_file(products.GOODS, rows, language=language(), form=form)


def _plan_prices(file: ListFile, errand: Errand, progress: Progress | None = None) -> Plan:
    return products.plan_prices(
        file.data, file.name, owners=owners_of(errand), currency=_shop(errand).currency,
        today=errand.today, progress=progress,
    )  # fmt: skip


def _carry_out_prices(
    file: ListFile, digest: str, errand: Errand, progress: Progress | None = None
) -> Plan:
    return products.carry_out_prices(
        file.data, file.name, digest=digest, owners=owners_of(errand),
        currency=_shop(errand).currency, by=errand.by, at=errand.at, progress=progress,
    )  # fmt: skip


def _give_out_prices(errand: Errand, form: str) -> bytes:
    rows = products.rows_of_prices(
        owners_at(errand), currency=_shop(errand).currency, on=errand.today
    )
    return list_file(products.PRICES, rows, language=language(), form=form)


def _plan_lots(file: ListFile, errand: Errand, progress: Progress | None = None) -> Plan:
    require(errand.by, Right.IMPORT_GOODS, on=errand.today, shop=errand.shop)
    return lots.plan_lots(
        file.data, file.name, shop=_shop(errand), by=errand.by, today=errand.today,
        progress=progress,
    )  # fmt: skip


def _carry_out_lots(
    file: ListFile, digest: str, errand: Errand, progress: Progress | None = None
) -> Plan:
    require(errand.by, Right.IMPORT_GOODS, on=errand.today, shop=errand.shop)
    return lots.carry_out_lots(
        file.data, file.name, digest=digest, shop=_shop(errand), by=errand.by, at=errand.at,
        progress=progress,
    )  # fmt: skip


def _give_out_lots(errand: Errand, form: str) -> bytes:
    """What came in and what is left of it tells what was sold: each owner reads who took it."""
    shop = _shop(errand)
    require(errand.by, Right.IMPORT_GOODS, on=errand.today, shop=shop)
    with transaction.atomic():
        owners = Party.objects.filter(pk__in=lots.lots_given_out(shop).values("consignor"))
        record_looks(parties=owners.only("pk"), by=errand.by, what=Seen.LIST, at=errand.at)
    rows = lots.rows_of_lots(shop)
    return list_file(lots.LOTS, rows, language=language(), form=form)


GOODS = ListKind(
    code="goods",
    title=gettext_lazy("List of goods"),
    about=gettext_lazy("What each owner makes and in which forms, with names in three languages."),
    columns=products.GOODS,
    plan=_plan_goods,
    carry_out=_carry_out_goods,
    give_out=_give_out_goods,
)
PRICES = ListKind(
    code="prices",
    title=gettext_lazy("List of prices"),
    about=gettext_lazy(
        "What the owners ask from a day on, by the papers that they signed. A price never "
        "reaches back."
    ),
    columns=products.PRICES,
    plan=_plan_prices,
    carry_out=_carry_out_prices,
    give_out=_give_out_prices,
)
LOTS = ListKind(
    code="lots",
    title=gettext_lazy("List of lots"),
    about=gettext_lazy(
        "What stands on the shelf of a shop that joins, counted by two people on a list with a "
        "number. Lots that stand already are left as they are."
    ),
    columns=lots.LOTS,
    plan=_plan_lots,
    carry_out=_carry_out_lots,
    give_out=_give_out_lots,
)
KINDS = {kind.code: kind for kind in (GOODS, PRICES, LOTS)}
