"""What a shop's tills may do, as its manager says: dated rows, of which the last one holds."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ayil.kit.clock import local_date
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require
from ayil.shop.models import TillTerms

MAX_REFUND_LIMIT_MINOR = 10**11


def terms_of(shop: Shop) -> TillTerms:
    """The terms that hold; where nobody said any, none is saved: no refund without a manager, no
    fiscal register."""
    return shop.till_terms.order_by("-id").first() or TillTerms(shop=shop)


def terms_by_shop(shops: Iterable[Shop]) -> Sequence[tuple[Shop, TillTerms]]:
    """The same for many shops, in one query, with who said them."""
    known = list(shops)
    said = TillTerms.objects.filter(shop__in=known).order_by("id").select_related("by")
    held = {terms.shop_id: terms for terms in said}
    return [(shop, held.get(shop.pk, TillTerms(shop=shop))) for shop in known]


def set_terms(
    *, shop: Shop, refund_limit_minor: int, fiscal: str, by: Party, at: datetime
) -> TillTerms:
    """New terms from now on; saying the same again is no new row."""
    require(by, Right.ENROL_DEVICE, on=local_date(at, ZoneInfo(shop.time_zone)), shop=shop)
    if not 0 <= refund_limit_minor <= MAX_REFUND_LIMIT_MINOR:
        raise AyilError(_("Give the limit as a sum from nought up."))
    if fiscal not in TillTerms.Fiscal.values:
        raise AyilError(_("Choose one of the three ways with a fiscal register."))
    held = terms_of(shop)
    if held.pk and (held.refund_limit_minor, held.fiscal) == (refund_limit_minor, fiscal):
        return held
    return TillTerms.objects.create(
        shop=shop, refund_limit_minor=refund_limit_minor, fiscal=fiscal, at=at, by=by
    )
