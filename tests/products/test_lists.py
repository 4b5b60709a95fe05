"""Lists of goods and prices: shown before anything is done, done just so, given out again."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ayil.kit import search
from ayil.kit.errors import AyilError
from ayil.kit.lists import Plan, list_file, written
from ayil.kit.tables import write_csv
from ayil.members.actions import enter_party
from ayil.members.models import Party, PartyKind
from ayil.places.actions import enter_place
from ayil.places.models import PlaceKind
from ayil.products.actions import ask_price, enter_product
from ayil.products.lists import (
    GOODS,
    PRICES,
    carry_out_goods,
    carry_out_prices,
    plan_goods,
    plan_prices,
    rows_of_goods,
    rows_of_prices,
)
from ayil.products.models import Price, Product, ProductKind, Variant
from tests.cast import AT, DAY, Cast, assemble, person
from tests.kit.test_lists import NASTY

GOODS_HEADER = ("Ээси", "Айылы", "Түрү", "Аталышы кыргызча", "Аталышы орусча", "Өлчөмү", "Коду")
PRICE_HEADER = ("Owner", "Village", "Goods", "Form", "Code", "Price", "Lowest price",
                "Valid from", "Paper")  # fmt: skip
BAG = ("Burul Sadykova", "Ak-Say", "craft", "Кийиз сумка", "", "чоң", "S-1")


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def goods(*rows: tuple[str, ...], header: tuple[str, ...] = GOODS_HEADER) -> bytes:
    return write_csv(header, rows)


def look(data: bytes) -> Plan:
    return plan_goods(data, "goods.csv", owners=Party.objects.all())


def enter(cast: Cast, data: bytes, digest: str | None = None) -> Plan:
    return carry_out_goods(
        data, "goods.csv", digest=digest or look(data).digest, owners=Party.objects.all(),
        by=cast.officer,
    )  # fmt: skip


def counts(plan: Plan) -> tuple[int, ...]:
    return tuple(one.count for one in plan.counts)


def faults(plan: Plan) -> list[tuple[int, str]]:
    return [(one.line, one.column) for one in plan.faults]


def test_goods_come_in_with_their_forms_once(cast: Cast) -> None:
    data = goods(BAG, (*BAG[:5], "кичине", "S-2"))
    plan = look(data)
    assert (counts(plan), plan.faults) == ((2, 0, 0), [])
    assert not Product.objects.filter(owner=cast.burul).exists()
    enter(cast, data, plan.digest)
    bag = Product.objects.get(owner=cast.burul)
    assert (bag.kind, bag.name_ky, bag.name_ru) == ("craft", "Кийиз сумка", "")
    assert bag.sort_key_ky
    assert [(one.code, one.form) for one in bag.variants.all()] == [
        ("S-1", "чоң"), ("S-2", "кичине"),
    ]  # fmt: skip
    assert search.found(Product.objects.all(), "kiyiz sumka", most=5) == ([bag], False)
    again = look(data)
    assert (counts(again), again.changes_anything) == ((0, 0, 2), False)
    enter(cast, data)
    assert Variant.objects.filter(product=bag).count() == 2


def test_gaps_are_filled_and_a_form_is_called_otherwise(cast: Cast) -> None:
    enter(cast, goods(BAG))
    data = goods((*BAG[:4], "Войлочная сумка", "абдан чоң", "S-1"))
    plan = look(data)
    assert counts(plan) == (0, 1, 0)
    (step,) = plan.steps
    assert [(one.what, one.before, one.after) for one in step.changes] == [
        ("Name in Russian", "", "Войлочная сумка"), ("Form", "чоң", "абдан чоң"),
    ]  # fmt: skip
    enter(cast, data)
    bag = Product.objects.get(owner=cast.burul)
    assert (bag.name_ru, bag.variants.get().form) == ("Войлочная сумка", "абдан чоң")
    assert search.found(Product.objects.all(), "voilochnaya", most=5) == ([bag], False)
    assert search.found(Product.objects.all(), "kiyiz sumka", most=5) == ([bag], False)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("", "Ak-Say", *BAG[2:]), "Ээси"),
        (("Burul Sadikova", *BAG[1:]), "Ээси"),
        (("Burul Sadykova", "Tamga", *BAG[2:]), "Ээси"),
        (("Burul Sadykova", "Nowhere", *BAG[2:]), "Айылы"),
        ((*BAG[:2], "", *BAG[3:]), "Түрү"),
        ((*BAG[:2], "metal", *BAG[3:]), "Түрү"),
        ((*BAG[:3], "", "", *BAG[5:]), "Аталышы кыргызча"),
        ((*BAG[:3], "x" * 121, *BAG[4:]), "Аталышы кыргызча"),
        (("Ak-Say Kiyiz", "Ak-Say", "food", "Кийиз чокой", "", "", "std"), "Түрү"),
        (("Ak-Say Kiyiz", "", "craft", "Кийиз чокой", "Другое", "", "std"), "Аталышы орусча"),
    ],
)
def test_each_error_is_told_by_line_and_column(
    cast: Cast, row: tuple[str, ...], column: str
) -> None:
    good = ("Jyldyz Mamyrova", "Tamga", "food", "Алма кыямы", "", "", "std")
    plan = look(goods(good, row))
    assert faults(plan)[:1] == [(3, column)]
    with pytest.raises(AyilError, match="Mend them first"):
        enter(cast, goods(good, row))
    assert not Product.objects.filter(name_ky="Алма кыямы").exists()


def test_the_likely_owner_is_proposed(cast: Cast) -> None:
    said = look(goods(("Бурул Садыкова", *BAG[1:]), ("Burul Sadikova", *BAG[1:]))).faults
    assert all("«Burul Sadykova» (Ak-Say)" in one.words for one in said)
    elsewhere = look(goods(("Burul Sadykova", "Tamga", *BAG[2:]))).faults
    assert "Ak-Say" in elsewhere[0].words


def test_a_name_of_two_villages_is_told_apart_by_the_owner_or_by_the_code(cast: Cast) -> None:
    second = enter_place(
        code="ton-second-ak-say", kind=PlaceKind.VILLAGE, parent=cast.aksay.parent,
        source="test", names=("Ak-Say", "Ак-Сай", "Ак-Сай"),
    )  # fmt: skip
    assert look(goods(BAG)).faults == []  # only one of the two has a Burul
    other = person("Burul Sadykova", second)
    plan = look(goods(BAG))
    assert "ton-ak-say, ton-second-ak-say" in plan.faults[0].words
    by_code = goods(("Burul Sadykova", "ton-second-ak-say", *BAG[2:]))
    enter(cast, by_code)
    assert Product.objects.get(name_ky="Кийиз сумка").owner == other


def test_an_owner_is_known_by_the_number_of_the_record(cast: Cast) -> None:
    header = (*GOODS_HEADER, "Ээсинин номери")
    named = look(goods((*BAG, str(cast.burul.uid)), header=header))
    assert named.faults == []
    wrong = look(goods((*BAG, str(cast.jyldyz.uid)), header=header))
    assert faults(wrong) == [(2, "Ээсинин номери")]
    strange = look(goods((*BAG, "12345"), header=header))
    assert faults(strange) == [(2, "Ээсинин номери")]


def test_whom_the_list_may_not_speak_of_is_nobody_and_not_proposed(cast: Cast) -> None:
    owners = Party.objects.filter(pk=cast.jyldyz.pk)
    plan = plan_goods(goods(BAG), "g", owners=owners)
    assert faults(plan) == [(2, "Ээси")]
    assert "Burul" not in plan.faults[0].words.replace("«Burul Sadykova»", "", 1)


def test_the_same_row_twice_and_codes_that_look_alike_are_refused(cast: Cast) -> None:
    plan = look(goods(BAG, (*BAG[:6], "Ѕ-1".replace("Ѕ", "S")), (*BAG[:6], "s-1")))
    assert [line for line, _column in faults(plan)] == [3, 4]
    enter(cast, goods((*BAG[:6], "H-12")))
    cyrillic = look(goods((*BAG[:6], "Н-12")))
    assert counts(cyrillic) == (0, 0, 1)
    assert "H-12" in cyrillic.steps[0].notes[0]


def test_two_rows_of_new_goods_may_not_contradict(cast: Cast) -> None:
    plan = look(goods(BAG, ("Burul Sadykova", "Ak-Say", "raw", "Кийиз сумка", "", "x", "S-9")))
    assert faults(plan) == [(3, "Түрү")]


def test_what_changed_since_it_was_shown_is_refused(cast: Cast) -> None:
    shown = look(goods(BAG)).digest
    enter(cast, goods(BAG))
    with pytest.raises(AyilError, match="changed since"):
        enter(cast, goods(BAG), shown)


def priced(*rows: tuple[str, ...]) -> bytes:
    return write_csv(PRICE_HEADER, rows)


def look_at(data: bytes, today: date = DAY) -> Plan:
    return plan_prices(data, "p", owners=Party.objects.all(), currency="KGS", today=today)


def set_them(cast: Cast, data: bytes) -> Plan:
    return carry_out_prices(
        data, "p", digest=look_at(data).digest, owners=Party.objects.all(), currency="KGS",
        by=cast.officer, at=AT,
    )  # fmt: skip


TOMORROW = (DAY + timedelta(days=1)).strftime("%d.%m.%Y")
SLIPPERS = ("Ak-Say Kiyiz", "Ak-Say", "Кийиз чокой", "", "", "1 500,50", "1400", TOMORROW, "Б-7")


def test_a_price_comes_with_its_paper_and_its_day(cast: Cast) -> None:
    plan = look_at(priced(SLIPPERS))
    (step,) = plan.steps
    assert (plan.faults, step.verb) == ([], "changed")
    assert step.changes[0].before.replace("\u00a0", " ") == "450 сом"
    assert step.changes[0].after.replace("\u00a0", " ").startswith("1 500.50 сом")
    set_them(cast, priced(SLIPPERS))
    price = Price.objects.latest("id")
    assert (price.amount_minor, price.floor_minor, price.valid_from) == (
        150_050, 140_000, DAY + timedelta(days=1),
    )  # fmt: skip
    assert (price.set_by, price.typed_by, price.paper) == (cast.community, cast.officer, "Б-7")
    assert look_at(priced(SLIPPERS)).changes_anything is False


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({5: "1,500"}, "Price"), ({5: ""}, "Price"), ({5: "-3"}, "Price"), ({5: "=A1"}, "Price"),
        ({6: "2000"}, "Lowest price"), ({7: "01.07.2012"}, "Valid from"),
        ({7: "someday"}, "Valid from"), ({8: ""}, "Paper"), ({2: "Socks"}, "Goods"),
        ({4: "XL"}, "Code"), ({3: "huge", 4: "std"}, "Form"),
    ],
)  # fmt: skip
def test_a_price_that_cannot_be_is_told_by_its_cell(
    cast: Cast, changed: dict[int, str], column: str
) -> None:
    row = tuple(changed.get(place, cell) for place, cell in enumerate(SLIPPERS))
    assert faults(look_at(priced(row)))[:1] == [(2, column)]


def test_a_price_never_reaches_back_behind_one_that_stands(cast: Cast) -> None:
    set_them(cast, priced(SLIPPERS))
    earlier = tuple({5: "1600", 7: ""}.get(place, cell) for place, cell in enumerate(SLIPPERS))
    plan = look_at(priced(earlier))
    assert faults(plan) == [(2, "Valid from")]
    assert "stands already" in plan.faults[0].words


def test_a_later_row_that_goes_back_to_todays_price_is_not_lost(cast: Cast) -> None:
    back = (*SLIPPERS[:5], "450", "", "01.08.2012", "Б-8")
    set_them(cast, priced(back, SLIPPERS))
    assert [one.amount_minor for one in cast.slippers.prices.all()] == [45_000, 150_050, 45_000]


def test_what_a_shop_asked_is_answered_by_the_list(cast: Cast) -> None:
    from ayil.members.actions import grant_role
    from ayil.members.models import Role

    grant_role(party=cast.aigul, role=Role.CLERK, since=DAY, by=cast.officer, shop=cast.shop)
    ask = ask_price(
        shop=cast.shop, variant=cast.slippers, amount_minor=150_050, reason="dear", by=cast.aigul,
        on=DAY, at=AT,
    )  # fmt: skip
    set_them(cast, priced(SLIPPERS))
    ask.refresh_from_db()
    assert (ask.answer.said, ask.answer.paper) == ("yes", "Б-7")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=st.lists(
        st.tuples(NASTY, NASTY, NASTY, st.lists(st.tuples(NASTY, NASTY), max_size=3)), max_size=4
    )
)
def test_what_is_given_out_brings_nothing_to_change(
    cast: Cast, form: str, made: list[tuple[str, str, str, list[tuple[str, str]]]]
) -> None:
    owners = Party.objects.all()
    for owner_name, name, other, forms in made:
        owner = enter_party(
            kind=PartyKind.PERSON, name=_plain(owner_name, 160) or "x", village=cast.aksay, at=AT
        )
        codes = {_plain(code, 60).casefold(): (code, told) for code, told in forms}
        enter_product(
            owner=owner, kind=ProductKind.CRAFT,
            names=(_plain(other, 120), _plain(name, 120), "Б"),
            forms=[(_plain(one, 60) or "1", _plain(told, 60)) for one, told in codes.values()]
            or [("1", "")],
        )  # fmt: skip
    data = list_file(GOODS, rows_of_goods(owners), language="ky", form=form)
    plan = plan_goods(data, "g", owners=owners)
    assert (plan.faults, plan.changes_anything) == ([], False)
    assert plan.count("same") == Variant.objects.count()
    rows = rows_of_prices(owners, currency="KGS", on=DAY)
    prices = list_file(PRICES, rows, language="ru", form=form)
    plan = look_at(prices, DAY + timedelta(days=400))
    assert (plan.faults, plan.changes_anything) == ([], False)


def _plain(text: str, longest: int) -> str:
    """A text that a form of ours takes: Django's own fields refuse a null character."""
    return written(text)[:longest].strip()


def test_many_rows_cost_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    rows = [(*BAG[:3], f"Кийиз {number}", "", "", "") for number in range(600)]
    data = goods(*rows)
    digest = look(data).digest
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        enter(cast, data, digest)
    prices = priced(*[
        ("Burul Sadykova", "", f"Кийиз {number}", "", "", "100", "", "", "Б-1")
        for number in range(600)
    ])  # fmt: skip
    digest = look_at(prices).digest
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        set_them(cast, prices)
