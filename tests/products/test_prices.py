"""Prices are their owner's: who types them names the paper; a shop asks, the owner answers."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.consignment.models import Lot
from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from ayil.products.actions import ask_price, refuse_price_ask, set_price, take_asked_price
from ayil.products.models import Price, PriceAnswer, PriceAsk
from ayil.products.queries import first_free_day, price_on, voice_of, voices_of
from ayil.shop.shelf import shelf_since
from ayil.shop.sold_prices import price_words
from tests.cast import AT, DAY, Cast, assemble

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


@pytest.fixture
def cast() -> Cast:
    cast = assemble()
    grant_role(party=cast.aigul, role=Role.CLERK, since=DAY, by=cast.officer, shop=cast.shop)
    return cast


def ask(cast: Cast, amount_minor: int = 10_000, **changed: object) -> PriceAsk:
    said = {
        "shop": cast.shop, "variant": cast.jam, "amount_minor": amount_minor,
        "reason": "Үч ай турду", "by": cast.aigul, "on": LATER, "at": AT,
    } | changed  # fmt: skip
    return ask_price(**said)  # type: ignore[arg-type]


def jam_price(cast: Cast, by: Party, paper: str = "") -> Price:
    return set_price(
        variant=cast.jam, amount_minor=15_000, currency="KGS", valid_from=LATER,
        set_by=cast.jyldyz, typed_by=by, on=LATER, paper=paper,
    )  # fmt: skip


def test_who_types_for_an_owner_names_the_paper(cast: Cast) -> None:
    with pytest.raises(AyilError, match="number of the paper"):
        jam_price(cast, cast.aigul)
    with pytest.raises(AyilError, match="number of the paper"):
        jam_price(cast, cast.aigul, "  ")
    price = jam_price(cast, cast.aigul, " P-7 ")
    assert (price.set_by, price.typed_by, price.paper) == (cast.jyldyz, cast.aigul, "P-7")
    with pytest.raises(IntegrityError, match="has_paper"), transaction.atomic():
        Price.objects.create(
            variant=cast.jam, amount_minor=1, currency="KGS", valid_from=date(2013, 1, 1),
            set_on=LATER, set_by=cast.jyldyz, typed_by=cast.aigul,
        )  # fmt: skip


def test_an_owner_types_their_own_price_without_paper(cast: Cast) -> None:
    assert jam_price(cast, cast.jyldyz).paper == ""


def test_a_shop_asks_and_nothing_changes(cast: Cast) -> None:
    before = shelf_since(cast.shop, 0, 0, LATER, 0)
    found = ask(cast)
    assert (found.amount_minor, found.currency) == (10_000, "KGS")
    now = price_on(cast.jam, LATER)
    assert now is not None
    assert now.amount_minor == 12_000
    assert shelf_since(cast.shop, before.upto, before.price_list, LATER, before.moves).lots == []


def test_only_who_works_in_the_shop_asks_once_and_says_why(cast: Cast) -> None:
    for changed, words in (
        ({"by": cast.burul}, "may not do this"),
        ({"reason": "  "}, "and why"),
        ({"amount_minor": 0}, "and why"),
    ):
        with pytest.raises(AyilError, match=words):
            ask(cast, **changed)
    found = ask(cast)
    with pytest.raises(AyilError, match="has not answered yet"):
        ask(cast)
    with pytest.raises(IntegrityError, match="waits for the owner"), transaction.atomic():
        PriceAsk.objects.create(
            shop=cast.shop, variant=cast.jam, amount_minor=1, currency="KGS", reason="x",
            by=cast.aigul, on=LATER, at=AT,
        )  # fmt: skip
    refuse_price_ask(ask=found, by=cast.jyldyz, typed_by=cast.jyldyz, on=LATER, words="Жок")
    assert ask(cast).pk != found.pk


def test_yes_is_one_tap_from_the_first_day_that_is_free(cast: Cast) -> None:
    set_price(
        variant=cast.jam, amount_minor=14_000, floor_minor=13_000, currency="KGS",
        valid_from=LATER + timedelta(days=5), set_by=cast.jyldyz, typed_by=cast.jyldyz, on=LATER,
    )  # fmt: skip
    price = take_asked_price(ask=ask(cast), by=cast.jyldyz, typed_by=cast.jyldyz, on=LATER)
    assert price.valid_from == LATER + timedelta(days=6)
    assert price.floor_minor == 10_000  # no higher than the price itself
    answer = PriceAnswer.objects.get()
    assert (answer.said, answer.price) == (PriceAnswer.Said.YES, price)
    with pytest.raises(AyilError, match="answered this already"):
        take_asked_price(ask=answer.ask, by=cast.jyldyz, typed_by=cast.jyldyz, on=LATER)


def test_another_price_of_the_owners_answers_what_was_asked(cast: Cast) -> None:
    found = ask(cast)
    price = jam_price(cast, cast.jyldyz)
    assert found.answer.said == PriceAnswer.Said.OTHER
    assert found.answer.price == price


def test_nobody_but_the_owner_answers(cast: Cast) -> None:
    found = ask(cast)
    for answer in (take_asked_price, refuse_price_ask):
        with pytest.raises(AyilError):
            answer(ask=found, by=cast.aigul, typed_by=cast.aigul, on=LATER)
    with pytest.raises(AyilError, match="number of the paper"):
        refuse_price_ask(ask=found, by=cast.jyldyz, typed_by=cast.aigul, on=LATER)
    with pytest.raises(IntegrityError, match="owner answers"), transaction.atomic():
        PriceAnswer.objects.create(
            ask=found, said="no", by=cast.aigul, typed_by=cast.aigul, on=LATER
        )
    other = cast.slippers.prices.get()
    with pytest.raises(IntegrityError, match="same goods"), transaction.atomic():
        PriceAnswer.objects.create(
            ask=found, said="yes", price=other, by=cast.jyldyz, typed_by=cast.jyldyz, on=LATER
        )
    assert not PriceAnswer.objects.exists()


def test_an_answer_is_never_changed(cast: Cast) -> None:
    refuse_price_ask(ask=ask(cast), by=cast.jyldyz, typed_by=cast.jyldyz, on=LATER)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        PriceAnswer.objects.update(words="x")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        PriceAsk.objects.update(amount_minor=1)
    assert not guards.missing(connection)


def test_who_speaks_for_a_community_prices_its_goods(cast: Cast) -> None:
    owner = cast.slippers.product.owner
    assert voice_of(cast.burul, owner, DAY) == cast.burul
    assert voice_of(cast.jyldyz, owner, DAY) is None
    assert voice_of(cast.jyldyz, cast.jyldyz, DAY) == cast.jyldyz
    assert [one.name for one in voices_of(owner, DAY)] == ["Burul Sadykova", "Saadat Esenova"]
    assert first_free_day(cast.slippers, DAY) == DAY + timedelta(days=1)
    assert first_free_day(cast.slippers, LATER) == LATER


# A new price and the tills


def test_a_till_gets_the_new_price_with_its_next_list(cast: Cast) -> None:
    cast.deliver(cast.jam, 3)
    before = shelf_since(cast.shop, 0, 0, LATER, 0)
    price = jam_price(cast, cast.jyldyz)
    news = shelf_since(cast.shop, before.upto, before.price_list, LATER, before.moves)
    assert [(lot.price, lot.floor) for lot in news.lots] == [(15_000, None)]
    assert news.price_list == price.pk


def test_a_till_offline_sells_at_the_old_price_and_no_one_is_blamed(cast: Cast) -> None:
    """Its events say which price list it had: by that one it did nothing wrong, and the owner
    gets the share of what the buyer paid."""
    lot = cast.deliver(cast.jam, 3)
    known = shelf_since(cast.shop, 0, 0, DAY, 0).price_list
    jam_price(cast, cast.jyldyz)
    cast.till.day, cast.till.shift = LATER, f"{LATER}/1"
    line = {"label": lot.label, "quantity": 1, "unit_price": 12_000, "gross": 12_000}
    answer = cast.till.send(
        cast.till.write(
            {
                "kind": "sale", "receipt": "K-9", "lines": [line],
                "tenders": [{"kind": "cash", "amount": 12_000}], "rounding": 0, "visitor": None,
            },
            prices=known,
        )
    )  # fmt: skip
    assert answer.exceptions == []
    sold = Lot.objects.get(pk=lot.pk).sale_lines.get()
    assert (sold.gross_minor, sold.share_minor) == (12_000, 9_600)
    words = price_words([sold])[sold.pk]
    assert "Sold at 120\u00a0сом" in words
    assert "did not know yet of the price of 150\u00a0сом" in words


def test_a_line_at_the_owners_price_needs_no_words(cast: Cast) -> None:
    lot = cast.deliver(cast.slippers, 3)
    cast.till.prices = Price.objects.latest("id").pk
    cast.till.send(cast.till.sale((lot, 1, 45_000)), cast.till.sale((lot, 1, 44_000)))
    usual, other = lot.sale_lines.select_related("sale", "lot").order_by("id")
    found = price_words([usual, other])
    assert usual.pk not in found
    assert "Ask the shop" in found[other.pk]
