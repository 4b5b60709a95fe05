"""What a till is told of the goods: prices to come, stock, floors, and all of it in pages."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from ayil.members.consents import record_consent
from ayil.members.models import Purpose
from ayil.products.actions import set_price
from ayil.products.photos import send_goods_photo
from ayil.shop.shelf import Shelf, ShelfLot, shelf_since
from tests.cast import AT, DAY, Cast, assemble

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def whole(cast: Cast) -> Shelf:
    return shelf_since(cast.shop, 0, 0, DAY, 0)


def news(cast: Cast, known: Shelf, day: date = DAY) -> list[ShelfLot]:
    """What is told to a till that knows the shelf as it was."""
    return shelf_since(cast.shop, known.upto, known.price_list, day, known.moves).lots


def jpeg() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(written, "JPEG")
    return written.getvalue()


def test_a_lot_says_what_the_counter_needs(cast: Cast) -> None:
    jam = cast.deliver(cast.jam, 4)
    told = whole(cast).lots[0]
    assert (told.label, told.kind, told.on_shelf, told.batch) == (jam.label, "food", 4, "2012-06")
    assert told.names == {"en": "Apricot jam", "ru": "Абрикосовое варенье", "ky": "Өрүк кыямы"}
    assert told.village is not None
    assert (told.village.code, told.village.number) == ("ton-tamga", cast.tamga.pk)
    assert (told.owner, told.maker) == ("Jyldyz Mamyrova", "")
    assert (told.price, told.floor, told.later, told.photo) == (12_000, None, [], "")


def test_a_price_to_come_is_told_before_its_day(cast: Cast) -> None:
    cast.deliver(cast.jam, 1)
    before = whole(cast)
    monday = DAY + timedelta(days=4)
    set_price(
        variant=cast.jam, amount_minor=15_000, floor_minor=13_000, currency="KGS",
        valid_from=monday, set_by=cast.jyldyz, typed_by=cast.officer, paper="P-1", on=DAY,
    )  # fmt: skip
    told = news(cast, before)[0]
    assert told.price == 12_000
    assert [(one.since, one.price, one.floor) for one in told.later] == [
        (monday.isoformat(), 15_000, 13_000)
    ]
    then = news(cast, before, monday)[0]
    assert (then.price, then.floor, then.later) == (15_000, 13_000, [])


def test_what_was_sold_comes_again_to_who_asks_for_stock(cast: Cast) -> None:
    lot, _other = cast.deliver(cast.slippers, 3), cast.deliver(cast.jam, 3)
    before = whole(cast)
    assert news(cast, before) == []
    cast.till.send(cast.till.sale((lot, 1, 45_000)))
    assert [(one.label, one.on_shelf) for one in news(cast, before)] == [(lot.label, 2)]
    assert shelf_since(cast.shop, before.upto, before.price_list, DAY).lots == []


def test_pages_tell_every_lot_once(cast: Cast) -> None:
    labels = [cast.deliver(cast.slippers, 1).label for _ in range(7)]
    pages = [shelf_since(cast.shop, 0, 0, DAY, 0, most=3)]
    while (after := pages[-1].more) is not None:
        pages.append(shelf_since(cast.shop, 0, 0, DAY, 0, after=after, most=3))
    assert [[lot.label for lot in page.lots] for page in pages] == [
        labels[:3],
        labels[3:6],
        labels[6:],
    ]
    # The marks of the first page cover them all.
    assert news(cast, pages[0]) == []


def test_a_photo_is_told_only_while_its_owner_stands_in_public(cast: Cast) -> None:
    cast.deliver(cast.jam, 1)
    send_goods_photo(product=cast.jam.product, data=jpeg(), by=cast.jyldyz, at=AT)
    assert whole(cast).lots[0].photo == ""
    record_consent(
        party=cast.jyldyz, purpose=Purpose.PUBLIC_PAGE, given=True, by=cast.jyldyz, at=AT
    )
    assert whole(cast).lots[0].photo.startswith("/photos/")


def test_the_number_of_queries_is_that_of_one_lot(cast: Cast) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            whole(cast)
        return len(captured)

    cast.deliver(cast.jam, 1)
    alone = queries()
    cast.deliver(cast.slippers, 1)
    cast.deliver(cast.slippers, 1)
    assert queries() == alone
