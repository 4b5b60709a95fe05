"""An agreement is made, followed by another, ended; its goods are those that it is about."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ayil.consignment.actions import (
    Terms,
    a_year_from,
    announce_delivery,
    declare_note,
    end_agreement,
    enter_agreement,
    renew,
)
from ayil.consignment.actions.announcing import Announced, Comes
from ayil.consignment.models import Agreement, CoveredProduct, NoteLine
from ayil.consignment.papers.agreements import agreement_pdf, conditions
from ayil.consignment.queries import standing_agreements
from ayil.consignment.rules import last_day, next_number, standing
from ayil.kit.errors import AyilError
from ayil.products.actions import enter_product
from ayil.products.models import ProductKind
from tests.cast import AT, DAY, Cast
from tests.consignment.office import office

RATES = {"craft": 2_000}


@pytest.fixture
def cast(db: None) -> Cast:
    return office().cast


def terms(since: date = DAY, **more: object) -> Terms:
    return Terms(since=since, until=a_year_from(since), rates_bp=RATES, **more)  # type: ignore[arg-type]


def theirs(cast: Cast) -> Agreement:
    return cast.community.agreements.get(shop=cast.shop)


def test_a_term_is_a_year_less_a_day() -> None:
    assert a_year_from(date(2012, 7, 2)) == date(2013, 7, 1)
    assert a_year_from(date(2012, 2, 29)) == date(2013, 2, 28)


def test_numbers_follow_in_their_year() -> None:
    assert next_number("A", DAY, []) == "A-2012-001"
    assert next_number("A", DAY, ["A-2012-009", "A-2011-077", "A-2012-x", "Б-5"]) == "A-2012-010"


def test_what_stands_when() -> None:
    until = DAY + timedelta(days=100)
    assert last_day(until, DAY + timedelta(days=5)) == DAY + timedelta(days=4)
    assert last_day(None, None) is None
    assert standing(DAY, until, DAY - timedelta(days=1)) == "later"
    assert standing(DAY, until, DAY) == "stands"
    assert standing(DAY, until, until - timedelta(days=60)) == "soon"
    assert standing(DAY, until, until + timedelta(days=1)) == "over"


def test_a_number_comes_by_itself_and_is_never_given_twice(cast: Cast) -> None:
    def make(number: str = "") -> Agreement:
        return enter_agreement(
            shop=cast.shop, consignor=cast.jyldyz, terms=terms(number=number), by=cast.officer,
            on=DAY,
        )  # fmt: skip

    assert [make().number, make().number, make("К-1").number] == ["A-2012-001", "A-2012-002", "К-1"]
    with pytest.raises(AyilError, match="There is an agreement К-1"):
        make("К-1")


def test_only_who_makes_agreements_makes_one(cast: Cast) -> None:
    with pytest.raises(AyilError, match="may not do this"):
        enter_agreement(shop=cast.shop, consignor=cast.jyldyz, terms=terms(), by=cast.aigul, on=DAY)


def test_a_renewal_begins_where_the_old_one_ends(cast: Cast) -> None:
    old = theirs(cast)
    lot = cast.deliver(cast.slippers, 5)
    later = DAY + timedelta(days=30)
    new = renew(
        agreement=old, terms=Terms(later, None, {"craft": 1_000}), by=cast.officer, at=AT, on=DAY
    )
    assert new.follows == old
    assert list(standing_agreements(cast.shop, later - timedelta(days=1)).filter(
        consignor=cast.community)) == [old]  # fmt: skip
    assert list(standing_agreements(cast.shop, later).filter(consignor=cast.community)) == [new]
    lot.refresh_from_db()
    assert lot.commission_bp == 2_000, "what was accepted keeps its rate"
    with pytest.raises(AyilError, match="was renewed already"):
        renew(agreement=old, terms=terms(later), by=cast.officer, at=AT, on=DAY)


def test_no_goods_are_taken_after_the_end(cast: Cast) -> None:
    agreement, on = theirs(cast), DAY + timedelta(days=3)

    def end(day: date, reason: str = "moved away") -> None:
        end_agreement(agreement=agreement, on=day, reason=reason, by=cast.officer, at=AT, today=DAY)

    for day, reason, words in (
        (on, " ", "Say in a few words"),
        (DAY - timedelta(days=1), "x", "at the earliest"),
    ):
        with pytest.raises(AyilError, match=words):
            end(day, reason)
    end(on)

    def declare(day: date) -> None:
        declare_note(
            agreement=agreement, number="N", on=day, by=cast.burul,
            lines=[NoteLine(variant=cast.slippers, declared=1)],
        )  # fmt: skip

    declare(on - timedelta(days=1))
    with pytest.raises(AyilError, match=r"ended on 4.July.2012"):
        declare(on)
    with pytest.raises(AyilError, match="has ended already"):
        end(on)


def test_an_agreement_is_about_the_goods_that_it_names(cast: Cast) -> None:
    hats = enter_product(
        owner=cast.community, kind=ProductKind.CRAFT, names=("Hats", "Шапки", "Калпак"),
        forms=[("std", "")],
    )  # fmt: skip
    slippers = cast.slippers.product
    agreement = enter_agreement(
        shop=cast.shop, consignor=cast.community, terms=terms(covers=[slippers]), by=cast.officer,
        on=DAY,
    )  # fmt: skip

    def announce(*lines: Announced) -> None:
        announce_delivery(
            agreement=agreement, lines=lines, expected_on=None, comes=Comes.BROUGHT,
            declared_by=cast.burul, by=cast.burul, on=DAY,
        )  # fmt: skip

    announce(Announced(cast.slippers, 2))
    with pytest.raises(AyilError, match="is not about Hats"):
        announce(Announced(cast.slippers, 2), Announced(hats.variants.get(), 1))
    assert agreement.notes.count() == 1, "all of a note or none"
    with pytest.raises(IntegrityError), transaction.atomic():
        CoveredProduct.objects.create(agreement=agreement, product=cast.jam.product)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_paper_says_the_terms(cast: Cast, language: str) -> None:
    agreement = theirs(cast)
    pdf = agreement_pdf(agreement, language=language, code="https://ayil.example/a", at=AT)
    assert pdf.startswith(b"%PDF-")


def test_an_outsiders_paper_says_the_points_more(cast: Cast) -> None:
    made = enter_agreement(
        shop=cast.shop, consignor=cast.officer, terms=terms(), by=cast.officer, on=DAY
    )
    assert any("5\u00a0%" in words for words in conditions(made))
    assert not any("5\u00a0%" in words for words in conditions(theirs(cast)))
