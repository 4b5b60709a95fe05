"""Where in the shop a lot stands."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from ayil.consignment.models import Lot, LotPlace, Shelf, ShelfEnd
from ayil.consignment.stock_queries import places_of, shelves_of
from ayil.kit.errors import AyilError
from ayil.members.models import Party, Shop
from ayil.members.rights import Right, require


def name_shelf(*, shop: Shop, name: str, by: Party, on: date) -> Shelf:
    """A place gets its name."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
    clean = " ".join(name.split())
    if not clean:
        raise AyilError(_("Give the shelf a name."))
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=shop.pk)
        if any(shelf.name.casefold() == clean.casefold() for shelf in shelves_of(shop)):
            raise AyilError(_("There is a shelf called %(name)s already.") % {"name": clean})
        return Shelf.objects.create(shop=shop, name=clean, by=by, since=on)


def end_shelf(*, shelf: Shelf, by: Party, on: date) -> ShelfEnd:
    """The shelf is gone; what stood on it stands nowhere until it is put somewhere."""
    require(by, Right.RECEIVE_GOODS, on=on, shop=shelf.shop)
    with transaction.atomic():
        Shop.objects.select_for_update().get(pk=shelf.shop_id)
        if ShelfEnd.objects.filter(shelf=shelf).exists():
            raise AyilError(_("The shelf %(name)s is gone already.") % {"name": shelf.name})
        return ShelfEnd.objects.create(shelf=shelf, by=by, ended_on=on)


def put_on_shelf(*, lots: Iterable[Lot], shelf: Shelf | None, by: Party, on: date) -> int:
    """The lots stand on this shelf from now on (on none of them, if None); how many moved."""
    wanted = list(lots)
    for shop in {lot.shop for lot in wanted}:
        require(by, Right.RECEIVE_GOODS, on=on, shop=shop)
        if shelf is not None and shelf.shop_id != shop.pk:
            raise AyilError(
                _("The shelf %(name)s stands in another shop than these goods.")
                % {"name": shelf.name}
            )
    now_on = places_of(wanted)
    moved = [lot for lot in wanted if now_on.get(lot.pk) != shelf]
    LotPlace.objects.bulk_create(LotPlace(lot=lot, shelf=shelf, by=by, put_on=on) for lot in moved)
    return len(moved)
