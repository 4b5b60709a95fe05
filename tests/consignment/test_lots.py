"""From the consignor's note to a lot, and from a lot to all that becomes of it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from ayil.consignment.actions import (
    agree,
    count_jointly,
    count_stock,
    declare_note,
    return_goods,
    write_off,
)
from ayil.consignment.models import Cause, JointCount, Lot, LotBalance, NoteLine, WriteOff
from ayil.consignment.rules import commission_bp, ean13
from ayil.kit.errors import AyilError
from ayil.ledger.models import Account
from ayil.products.actions import enter_product, set_price
from ayil.products.models import ProductKind
from tests.cast import AT, DAY, Cast, assemble, person

database = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def sums(lot: Lot) -> tuple[int, int, int, int, int]:
    b = LotBalance.objects.get(lot=lot)
    return b.accepted, b.sold, b.on_shelf, b.returned, b.written_off


@database
def test_the_commission_is_frozen_when_the_lot_is_accepted(cast: Cast) -> None:
    asel = person("Asel Toktosunova", cast.tamga)
    agree(shop=cast.shop, consignor=asel, number="A-asel", since=DAY, by=cast.officer)
    product = enter_product(
        owner=asel, kind=ProductKind.RAW, names=("", "Сушёные грибы", "Кургатылган козу карын"),
        forms=[("100g", "100 g")],
    )  # fmt: skip
    outsider = cast.deliver(product.variants.get(), 5)
    assert outsider.commission_bp == 1_500 + 500
    assert cast.deliver(cast.slippers, 5).commission_bp == 2_000
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consignment_lot SET commission_bp = 0")


@database
def test_refused_goods_have_a_reason_and_make_no_lot(cast: Cast) -> None:
    agreement = cast.community.agreements.get()
    note = declare_note(
        agreement=agreement, number="N1", on=DAY, by=cast.burul,
        lines=[NoteLine(variant=cast.slippers, declared=4)],
    )  # fmt: skip
    line = note.lines.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        count_jointly(
            line=line, accepted=0, refused=4, for_shop=cast.aigul, for_consignor=cast.burul,
            on=DAY, at=AT,
        )  # fmt: skip
    lot = count_jointly(
        line=line, accepted=0, refused=4, reason="soles come off", for_shop=cast.aigul,
        for_consignor=cast.burul, on=DAY, at=AT,
    )  # fmt: skip
    assert lot is None
    assert JointCount.objects.get().refused == 4


@database
def test_one_person_cannot_count_for_both_sides(cast: Cast) -> None:
    note = declare_note(
        agreement=cast.community.agreements.get(), number="N1", on=DAY, by=cast.burul,
        lines=[NoteLine(variant=cast.slippers, declared=4)],
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        count_jointly(
            line=note.lines.get(), accepted=4, refused=0, for_shop=cast.aigul,
            for_consignor=cast.aigul, on=DAY, at=AT,
        )  # fmt: skip


@database
def test_anothers_goods_are_not_taken_on_ones_note(cast: Cast) -> None:
    with pytest.raises(AyilError, match="does not belong to"):
        declare_note(
            agreement=cast.community.agreements.get(), number="N1", on=DAY, by=cast.burul,
            lines=[NoteLine(variant=cast.jam, declared=4)],
        )  # fmt: skip


@database
def test_food_without_a_date_is_refused_by_the_database(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        cast.deliver(cast.jam, 3, best_before=None)


@database
def test_what_becomes_of_a_lot_adds_up(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 20)
    return_goods(lot=lot, quantity=3, on=DAY, document="return:1")
    write_off(
        lot=lot, quantity=2, cause=Cause.DAMAGED, borne_by=WriteOff.Bearer.OWNER,
        first=cast.aigul, second=cast.burul, on=DAY, at=AT, document="act:1",
    )  # fmt: skip
    assert sums(lot) == (20, 0, 15, 3, 2)
    count_stock(lot=lot, counted=16, by=cast.aigul, on=DAY, at=AT)
    assert sums(lot) == (20, 0, 16, 3, 1)
    count_stock(lot=lot, counted=10, by=cast.aigul, on=DAY, at=AT)
    assert sums(lot) == (20, 0, 16, 3, 1), "what lacks waits for an act"
    with pytest.raises(IntegrityError), transaction.atomic():
        LotBalance.objects.filter(lot=lot).update(sold=1)


@database
def test_what_the_shop_lost_it_owes_to_the_owner(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 20)
    write_off(
        lot=lot, quantity=2, cause=Cause.MISSING, borne_by=WriteOff.Bearer.SHOP,
        first=cast.aigul, second=cast.officer, on=DAY, at=AT, document="act:1",
    )  # fmt: skip
    owed = Account.objects.get(code=f"payable:{cast.community.uid}")
    assert owed.balance_minor == 2 * 45_000 * 80 // 100
    assert Account.objects.get(code="losses").balance_minor == owed.balance_minor


@database
def test_a_write_off_needs_two_people(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 20)
    with pytest.raises(AyilError, match="two people"):
        write_off(
            lot=lot, quantity=1, cause=Cause.MISSING, borne_by=WriteOff.Bearer.OWNER,
            first=cast.aigul, second=cast.aigul, on=DAY, at=AT, document="act:1",
        )  # fmt: skip
    assert sums(lot) == (20, 0, 20, 0, 0)


@database
def test_only_the_owner_sets_a_price_and_never_back_in_time(cast: Cast) -> None:
    later = date(2012, 8, 1)
    with pytest.raises(AyilError, match="belongs to"):
        set_price(
            variant=cast.slippers, amount_minor=1, currency="KGS", valid_from=later,
            set_by=cast.aigul, typed_by=cast.aigul, on=DAY,
        )  # fmt: skip
    with pytest.raises(AyilError, match="reach back"):
        set_price(
            variant=cast.slippers, amount_minor=1, currency="KGS", valid_from=DAY,
            set_by=cast.burul, typed_by=cast.aigul, paper="P-1", on=later,
        )  # fmt: skip
    price = set_price(
        variant=cast.slippers, amount_minor=50_000, currency="KGS", valid_from=later,
        set_by=cast.burul, typed_by=cast.aigul, paper="P-1", on=DAY,
    )  # fmt: skip
    assert price.set_by == cast.burul
    insert = (
        "INSERT INTO products_price (variant_id, amount_minor, currency, valid_from, set_on, "
        "set_by_id, typed_by_id, paper) VALUES (%s, 1, 'KGS', %s, %s, %s, %s, '')"
    )
    for by, day, words in (
        (cast.aigul, "2012-09-01", "only the owner"),
        (cast.burul, "2012-07-20", "reaches back"),
    ):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            connection.cursor().execute(insert, [cast.slippers.pk, day, day, by.pk, by.pk])
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        connection.cursor().execute("UPDATE products_price SET amount_minor = 1")


@given(st.integers(0, 10**11 - 1))
def test_labels_are_ean13(number: int) -> None:
    code = ean13(number)
    assert len(code) == 13
    assert sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(code)) % 10 == 0


def test_non_members_pay_five_points_more() -> None:
    assert (commission_bp(2_000, member=True), commission_bp(2_000, member=False)) == (2000, 2500)
    assert commission_bp(9_900, member=False) == 10_000
