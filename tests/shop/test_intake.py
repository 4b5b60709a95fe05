"""Goods counted at a till by both sides: booked as a whole, or kept whole until a person looks."""

import secrets
from datetime import date, timedelta

import pytest
from django.db import connection

from ayil.consignment.actions import agree
from ayil.consignment.models import (
    CommissionTerm,
    ConsignmentNote,
    JointCount,
    Lot,
    LotBalance,
    NoteLine,
)
from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.members.actions import admit
from ayil.members.models import Mandate
from ayil.products.models import ProductKind
from ayil.shop.intake.booking import set_aside
from ayil.shop.log import clear_exception
from ayil.shop.models import (
    EventException,
    Intake,
    IntakeSetAside,
    Sale,
    Signature,
    TillEvent,
)
from tests.cast import AT, DAY, Cast
from tests.shop.intake import (
    broken,
    by_pin,
    codes,
    counter,
    declared,
    drawn,
    line,
    maker,
    of_note,
    take,
    waiting,
    written,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return counter()


def sale_of_label(cast: Cast, label: str, price: int = 45_000) -> bytes:
    return cast.till.write(
        {
            "kind": "sale",
            "receipt": f"r-{label}",
            "lines": [{"label": label, "quantity": 1, "unit_price": price, "gross": price}],
            "tenders": [{"kind": "cash", "amount": price}],
            "rounding": 0,
            "visitor": None,
        }
    )


def test_a_declared_note_is_counted_and_stands_on_the_shelf(cast: Cast) -> None:
    note = declared(cast, (cast.slippers, 12))
    given = of_note(note.lines.get(), 10, refused=2, reason="soles come off")
    assert codes(take(cast, given, note="Н-7")) == []
    lot = Lot.objects.get()
    assert (lot.label, lot.accepted_on, lot.commission_bp) == (given["label"], DAY, 2_000)
    assert LotBalance.objects.get(lot=lot).on_shelf == 10
    count = JointCount.objects.get()
    assert (count.accepted, count.refused, count.reason) == (10, 2, "soles come off")
    assert (count.for_shop, count.for_consignor) == (cast.aigul, cast.burul)
    assert count.line.note == note == Intake.objects.get().note
    assert broken() == []


def test_what_nobody_declared_is_written_down_and_counted(cast: Cast) -> None:
    assert codes(take(cast, line(cast.jam, 24), owner=cast.jyldyz, note="T-9")) == []
    note = ConsignmentNote.objects.get()
    assert (note.number, note.declared_on, note.declared_by) == ("T-9", DAY, cast.jyldyz)
    lot = Lot.objects.get()
    assert (lot.batch, lot.best_before) == ("2012-06", date(2013, 6, 1))
    assert broken() == []


def test_what_stood_beside_the_declared_goods_comes_onto_the_same_note(cast: Cast) -> None:
    note = declared(cast, (cast.slippers, 3))
    answer = take(cast, of_note(note.lines.get(), 3), line(cast.slippers, 2), note="Н-7")
    assert codes(answer) == []
    assert note.lines.count() == 2
    assert sorted(LotBalance.objects.values_list("on_shelf", flat=True)) == [2, 3]


def test_a_line_that_is_left_out_may_be_counted_later(cast: Cast) -> None:
    note = declared(cast, (cast.slippers, 3), (cast.slippers, 5))
    first, second = note.lines.all()
    assert codes(take(cast, of_note(first, 3), note="Н-7")) == []
    assert NoteLine.objects.filter(count__isnull=True).get() == second
    assert codes(take(cast, of_note(second, 5), note="Н-7")) == []


def test_refused_whole_makes_no_lot(cast: Cast) -> None:
    refused = line(cast.slippers, 0, declared=4, refused=4, reason="wet")
    assert codes(take(cast, refused)) == []
    assert (JointCount.objects.get().refused, Lot.objects.count()) == (4, 0)
    assert broken() == []


def test_batch_and_date_as_read_at_the_count_stand(cast: Cast) -> None:
    note = declared(cast, (cast.jam, 4))
    given = of_note(note.lines.get(), 4, batch="2012-07", best_before="2013-07-01")
    assert codes(take(cast, given, owner=cast.jyldyz, note="Н-7")) == []
    assert Lot.objects.get().batch == "2012-07"


def test_what_the_till_sold_before_it_sent_is_applied_after_the_goods(cast: Cast) -> None:
    """Sent in one batch, the later number first: first the goods, then their sale."""
    given = line(cast.slippers, 10)
    count = written(cast, given)
    sale = sale_of_label(cast, given["label"])
    assert codes(cast.till.send(sale, count)) == []
    assert LotBalance.objects.get().on_shelf == 9
    assert broken() == []


def test_a_sale_that_came_before_its_goods_is_applied_with_them(cast: Cast) -> None:
    given, more = line(cast.slippers, 10), line(cast.slippers, 3)
    count, later = written(cast, given), written(cast, more)
    sale = cast.till.write(
        {
            "kind": "sale",
            "receipt": "both",
            "lines": [
                {"label": one["label"], "quantity": 1, "unit_price": 500, "gross": 500}
                for one in (given, more)
            ],
            "tenders": [{"kind": "cash", "amount": 1_000}],
            "rounding": 0,
            "visitor": None,
        }
    )
    other = cast.second_till()
    assert codes(other.send(other.write({"kind": "wish", "words": "wool"}))) == []
    assert codes(cast.till.send(sale)) == ["unknown-label"]
    assert EventException.objects.get().waits_for_label == given["label"]
    assert codes(cast.till.send(count)) == []
    assert Sale.objects.count() == 0
    assert codes(cast.till.send(later)) == []
    assert Sale.objects.count() == 1
    assert EventException.objects.get().clearing.note == "The goods came."
    assert broken() == []


def test_both_sides_signatures_are_kept(cast: Cast) -> None:
    nonce = secrets.token_hex(16)
    take(cast, line(cast.slippers, 1), nonce=nonce, for_shop=by_pin(cast.aigul, nonce))
    assert list(Signature.objects.values_list("side", "party", "way", "verified")) == [
        ("shop", cast.aigul.pk, "pin", True),
        ("consignor", cast.burul.pk, "drawn", None),
    ]


def test_a_wrong_pin_is_flagged_and_the_goods_are_booked(cast: Cast) -> None:
    nonce = secrets.token_hex(16)
    wrong = by_pin(cast.burul, nonce, "1357")
    answer = take(cast, line(cast.slippers, 1), nonce=nonce, for_consignor=wrong)
    assert codes(answer) == ["wrong-pin"]
    assert Lot.objects.count() == 1
    assert Signature.objects.get(side="consignor").verified is False


def test_commission_is_frozen_as_of_the_business_date(cast: Cast) -> None:
    """Aida became a member after the day of the count, and before it was heard."""
    aida, wool = maker(cast, ProductKind.RAW, since=DAY)
    admit(party=aida, on=DAY + timedelta(days=1), by=cast.officer, at=AT)
    assert codes(take(cast, line(wool, 1), owner=aida)) == []
    assert Lot.objects.get().commission_bp == 1_500 + 500
    cast.till.day = DAY + timedelta(days=1)
    assert codes(take(cast, line(wool, 1), owner=aida)) == []
    assert Lot.objects.latest("id").commission_bp == 1_500


def test_what_lacked_is_put_right_and_the_count_is_booked(cast: Cast) -> None:
    aida, wool = maker(cast, ProductKind.RAW, since=DAY, rates_bp={"craft": 2_000})
    given = line(wool, 3)
    assert codes(take(cast, given, owner=aida)) == ["intake-waits"]
    assert codes(cast.till.send(sale_of_label(cast, given["label"]))) == ["unknown-label"]
    CommissionTerm.objects.create(agreement=aida.agreements.get(), kind="raw", rate_bp=1_000)
    clear_exception(exception=waiting(), by=cast.officer, note="agreed on ten", at=AT)
    assert LotBalance.objects.get().on_shelf == 2
    assert JointCount.objects.get().for_shop == cast.aigul
    assert not EventException.objects.filter(clearing__isnull=True).exists()
    assert broken() == []


def test_two_tills_count_one_note_and_the_first_stands(cast: Cast) -> None:
    note = declared(cast, (cast.slippers, 5))
    other = cast.second_till()
    assert codes(take(cast, of_note(note.lines.get(), 5), note="Н-7")) == []
    again = of_note(note.lines.get(), 4)
    assert codes(take(cast, again, note="Н-7", till=other)) == ["intake-waits"]
    assert LotBalance.objects.get().on_shelf == 5
    with pytest.raises(AyilError, match="still cannot be applied"):
        clear_exception(exception=waiting(), by=cast.officer, note="looked", at=AT)


def test_a_count_that_is_set_aside_is_never_booked(cast: Cast) -> None:
    note = declared(cast, (cast.slippers, 5))
    other = cast.second_till()
    take(cast, of_note(note.lines.get(), 5), note="Н-7")
    take(cast, of_note(note.lines.get(), 5), note="Н-7", till=other)
    event = waiting().event
    assert event is not None
    with pytest.raises(AyilError, match="few words"):
        set_aside(event=event, by=cast.officer, reason=" ", at=AT)
    with pytest.raises(AyilError, match="clear what the till's log"):
        set_aside(event=event, by=cast.aigul, reason="the same slippers", at=AT)
    for _twice in range(2):
        set_aside(event=event, by=cast.officer, reason="the same slippers", at=AT)
    assert IntakeSetAside.objects.get().by == cast.officer
    assert not EventException.objects.filter(clearing__isnull=True).exists()
    assert Lot.objects.count() == 1
    assert broken() == []


def test_only_a_count_that_is_not_booked_can_be_set_aside(cast: Cast) -> None:
    given = line(cast.slippers, 2)
    take(cast, given)
    cast.till.send(sale_of_label(cast, given["label"]))
    count, sale = TillEvent.objects.order_by("id")
    with pytest.raises(AyilError, match="booked already"):
        set_aside(event=count, by=cast.officer, reason="no", at=AT)
    with pytest.raises(AyilError, match="a sale is a fact"):
        set_aside(event=sale, by=cast.officer, reason="no", at=AT)


def test_who_clears_answers_for_a_clerk_without_the_right(cast: Cast) -> None:
    take(cast, line(cast.slippers, 2), for_shop=drawn(cast.jyldyz))
    clear_exception(exception=waiting(), by=cast.officer, note="I counted them", at=AT)
    assert JointCount.objects.get().for_shop == cast.officer
    assert Signature.objects.get(side="shop").party == cast.jyldyz
    assert broken() == []


def test_an_ended_agreement_is_followed_by_the_makers_next(cast: Cast) -> None:
    agree(
        shop=cast.shop, consignor=cast.jyldyz, number="old", since=DAY - timedelta(9),
        until=DAY - timedelta(1), by=cast.officer,
    )  # fmt: skip
    assert codes(take(cast, line(cast.jam, 3), owner=cast.jyldyz, agreement="old")) == []
    assert ConsignmentNote.objects.get().agreement.number == f"A-{cast.jyldyz.pk}"


def test_a_holder_of_a_mandate_signs_for_the_owner(cast: Cast) -> None:
    Mandate.objects.create(
        giver=cast.community, holder=cast.jyldyz, since=DAY, paper="M-1", by=cast.officer
    )
    assert codes(take(cast, line(cast.slippers, 2), for_consignor=drawn(cast.jyldyz))) == []
    assert JointCount.objects.get().for_consignor == cast.jyldyz


def test_the_same_count_again_changes_nothing(cast: Cast) -> None:
    raw = written(cast, line(cast.slippers, 2))
    cast.till.send(raw)
    assert codes(cast.till.send(raw, raw)) == []
    assert (Lot.objects.count(), Signature.objects.count()) == (1, 2)


def test_verify_finds_a_count_that_is_not_what_the_till_said(cast: Cast) -> None:
    """A row changed past the guards, as a superuser might."""
    take(cast, line(cast.slippers, 2))
    guards.remove(connection)
    JointCount.objects.update(accepted=3)
    found = " ".join(broken())
    guards.install(connection)
    assert "says 2 accepted" in found
