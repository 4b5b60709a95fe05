"""The list of lots: counted goods come in as by a joint count, what stands is left as it is."""

from datetime import date, timedelta

import pytest

from ayil.consignment.actions import return_goods
from ayil.consignment.actions.opening import CountedGoods, take_in
from ayil.consignment.lists import GOODS, KINDS, LOTS, PRICES
from ayil.consignment.models import ConsignmentNote, JointCount, Lot, LotBalance, Movement
from ayil.kit.errors import AyilError
from ayil.kit.invariants import Check
from ayil.kit.lists import Plan
from ayil.kit.tables import read_table, write_csv
from ayil.members.actions import affiliate, enter_party, grant_role, open_shop
from ayil.members.lists import Errand, ListFile
from ayil.members.models import Affiliation, Look, Party, PartyKind, Role, Shop
from ayil.products.models import Price, Product
from tests.cast import AT, DAY, Cast, assemble, person

HEADER = ("Owner", "Goods", "Code", "Label", "Pieces", "Batch", "Best before", "Counted on",
          "Counted for the shop by", "Counted for the owner by", "Number of the list")  # fmt: skip
SLIPPERS = ("Ak-Say Kiyiz", "Felt slippers", "std", "K-1", "12", "", "", "", "Aigul Asanova",
            "Burul Sadykova", "О-1")  # fmt: skip
JAM = ("Jyldyz Mamyrova", "Apricot jam", "", "", "30", "2012-06", "01.06.2013", "", "", "", "О-1")


@pytest.fixture
def cast(db: None) -> Cast:
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    grant_role(party=made.aigul, role=Role.MANAGER, since=DAY, by=made.officer, shop=made.shop)
    return made


def listed(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> ListFile:
    return ListFile(write_csv(header, rows), "lots.csv")


def errand(cast: Cast, by: Party | None = None, shop: Shop | None = None) -> Errand:
    return Errand(by or cast.aigul, AT, shop or cast.shop)


def look(cast: Cast, *rows: tuple[str, ...]) -> Plan:
    return LOTS.plan(listed(*rows), errand(cast))


def take(cast: Cast, *rows: tuple[str, ...]) -> Plan:
    return LOTS.carry_out(listed(*rows), look(cast, *rows).digest, errand(cast))


def faults(plan: Plan) -> list[tuple[int, str]]:
    return [(one.line, one.column) for one in plan.faults]


def broken(checks: list[Check]) -> list[object]:
    return [found for check in checks for found in check.find()]


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    names = ("owner", "goods", "code", "label", "pieces", "batch", "until", "on", "shop", "who",
             "list")  # fmt: skip
    return tuple(cells.get(name, cell) for name, cell in zip(names, row, strict=True))


def test_counted_goods_stand_as_a_joint_count_would_have_them(cast: Cast) -> None:
    by_hand = cast.deliver(cast.slippers, 12)
    take(cast, SLIPPERS, JAM)
    lot = Lot.objects.get(label="K-1")
    assert (lot.commission_bp, lot.fees_bp, lot.consignor, lot.accepted_on) == (
        by_hand.commission_bp, by_hand.fees_bp, by_hand.consignor, DAY,
    )  # fmt: skip
    for one in (by_hand, lot):
        balance = LotBalance.objects.get(lot=one)
        assert (balance.accepted, balance.on_shelf, balance.sold) == (12, 12, 0)
        assert [(m.kind, m.quantity) for m in one.movements.all()] == [("accepted", 12)]
    count = lot.count
    assert count is not None
    assert (count.for_shop, count.for_consignor, count.accepted) == (cast.aigul, cast.burul, 12)
    note = count.line.note
    assert (note.number, note.declared_by, note.typed_by) == ("О-1", cast.burul, cast.aigul)
    assert [(one.party, one.way, one.paper) for one in note.signings.all()] == [
        (cast.burul, "paper", "О-1")
    ]
    jam = Lot.objects.get(variant=cast.jam)
    assert (len(jam.label), jam.batch, jam.best_before) == (13, "2012-06", date(2013, 6, 1))
    from ayil.consignment.invariants import CHECKS

    assert broken(CHECKS) == []


def test_the_same_list_twice_changes_nothing(cast: Cast) -> None:
    take(cast, SLIPPERS, JAM)
    again = look(cast, SLIPPERS, JAM)
    assert (again.faults, again.changes_anything) == ([], False)
    take(cast, SLIPPERS, JAM)
    assert (Lot.objects.count(), Movement.objects.count(), ConsignmentNote.objects.count()) == (
        2, 2, 2,
    )  # fmt: skip
    sold = Lot.objects.get(label="K-1")
    return_goods(lot=sold, quantity=12, on=DAY, document="R-1")
    assert look(cast, SLIPPERS).changes_anything is False


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"pieces": "0"}, "Pieces"), ({"pieces": "1.5"}, "Pieces"), ({"pieces": ""}, "Pieces"),
        ({"owner": "Saadat Esenova"}, "Owner"), ({"goods": "Socks"}, "Goods"),
        ({"shop": ""}, ""), ({"shop": "Burul Sadykova"}, "Counted for the shop by"),
        ({"who": ""}, "Counted for the owner by"),
        ({"who": "Jyldyz Mamyrova"}, "Counted for the owner by"),
        ({"list": ""}, "Number of the list"), ({"on": "03.07.2012"}, "Counted on"),
        ({"on": "01.07.2012"}, "Owner"), ({"label": "2000000000008"}, "Label"),
        ({"until": "31.02.2012"}, "Best before"),
    ],
)  # fmt: skip
def test_each_error_is_told_by_line_and_column(
    cast: Cast, cells: dict[str, str], column: str
) -> None:
    found = faults(look(cast, JAM, changed(SLIPPERS, **cells)))
    assert {line for line, _column in found} == ({3} if column else set())
    assert not column or (3, column) in found
    assert not Lot.objects.exists()


def test_food_needs_batch_and_date(cast: Cast) -> None:
    plan = look(cast, changed(JAM, batch="", until=""))
    assert faults(plan) == [(2, "Batch"), (2, "Best before")]


def test_two_people_count_also_under_two_records(cast: Cast) -> None:
    affiliate(person=cast.aigul, community=cast.community, since=DAY, by=cast.officer,
              part=Affiliation.Part.CONTACT)  # fmt: skip
    plan = look(cast, changed(SLIPPERS, who="Aigul Asanova"))
    assert faults(plan) == [(2, "Counted for the shop by")]


def test_what_stands_under_a_label_is_not_changed(cast: Cast) -> None:
    take(cast, SLIPPERS)
    assert faults(look(cast, changed(SLIPPERS, pieces="13"))) == [(2, "Pieces")]
    assert faults(look(cast, changed(JAM, label="K-1"))) == [(2, "Label")]
    assert look(cast, changed(SLIPPERS, label="К-1")).changes_anything is False  # a Cyrillic К


def test_one_label_twice_and_one_goods_twice_without_a_label_are_refused(cast: Cast) -> None:
    assert faults(look(cast, SLIPPERS, changed(JAM, label="k-1"))) == [(3, "Label")]
    assert faults(look(cast, JAM, changed(JAM, pieces="5"))) == [(3, "Label")]
    assert look(cast, JAM, changed(JAM, batch="2012-07")).faults == []


def test_a_manager_brings_nothing_about_owners_of_another_shop(cast: Cast) -> None:
    other = open_shop(code="cholpon", name="Cholpon-Ata", place=None, currency="KGS")
    stranger = person("Cholpon Strange", cast.tamga)
    del other, stranger
    header = ("Owner", "Kind", "Name in English", "Code")
    row = ("Cholpon Strange", "craft", "Spoon", "1")
    assert faults(GOODS.plan(listed(row, header=header), errand(cast))) == [(2, "Owner")]
    assert GOODS.plan(listed(row, header=header), errand(cast, cast.officer)).faults == []


def test_only_who_may_brings_and_takes_lists(cast: Cast) -> None:
    elsewhere = open_shop(code="cholpon", name="Cholpon-Ata", place=None, currency="KGS")
    for kind in KINDS.values():
        for who, shop in ((cast.burul, cast.shop), (cast.aigul, elsewhere)):
            asked = errand(cast, who, shop)
            with pytest.raises(AyilError, match="may not do this"):
                kind.give_out(asked, "csv")
            with pytest.raises(AyilError, match="may not do this"):
                kind.plan(listed(SLIPPERS), asked)
            with pytest.raises(AyilError, match="may not do this"):
                kind.carry_out(listed(SLIPPERS), "0" * 64, asked)


def test_what_is_given_out_is_the_shops_own_and_looks_are_written(cast: Cast) -> None:
    cast.deliver(cast.slippers, 5)
    elsewhere = open_shop(code="cholpon", name="Cholpon-Ata", place=None, currency="KGS")
    for kind in KINDS.values():
        asked = errand(cast, cast.officer, elsewhere)
        assert read_table(kind.give_out(asked, "csv"), "t").rows == ()
    assert not Look.objects.exists()
    LOTS.give_out(errand(cast), "xlsx")
    assert [(one.party, one.by, one.what) for one in Look.objects.all()] == [
        (cast.community, cast.aigul, "list")
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_given_out_brings_nothing_to_change(cast: Cast, form: str) -> None:
    for quantity in (5, 7):
        cast.deliver(cast.slippers, quantity)
    cast.deliver(cast.jam, 30)
    take(cast, SLIPPERS, JAM)
    for kind in KINDS.values():
        data = kind.give_out(errand(cast), form)
        plan = kind.plan(ListFile(data, f"x.{form}"), errand(cast))
        assert (plan.faults, plan.changes_anything) == ([], False), kind.code
        assert plan.steps


def test_a_joining_shop_comes_in_by_four_lists(cast: Cast) -> None:
    """Goods, prices and lots of a new maker, each after the other, and the till may sell them."""
    from ayil.consignment.actions import agree

    made = enter_party(kind=PartyKind.PERSON, name="Айша Токтосунова", village=cast.tamga, at=AT)
    agree(shop=cast.shop, consignor=made, number="A-9", since=DAY, by=cast.officer)
    for kind, header, row in (
        (GOODS, ("Ээси", "Түрү", "Аталышы кыргызча", "Коду"), ("Айша Токтосунова", "craft",
                                                              "Шырдак", "S")),
        (PRICES, ("Ээси", "Буюму", "Баасы", "Кагаздын номери"), ("Айша Токтосунова", "Шырдак",
                                                                "5 000", "Б-1")),
        (LOTS, ("Ээси", "Буюму", "Саны", "Тизменин номери"), ("Айша Токтосунова", "Шырдак", "3",
                                                              "О-7")),
    ):  # fmt: skip
        file = listed(row, header=header)
        plan = kind.plan(file, errand(cast))
        assert plan.faults == [], kind.code
        kind.carry_out(file, plan.digest, errand(cast))
    lot = Lot.objects.get(consignor=made)
    assert Price.objects.get(variant=lot.variant).amount_minor == 500_000
    answer = cast.till.send(cast.till.write({"kind": "shift_opened", "float": 0}),
                            cast.till.sale((lot, 1, 500_000)))  # fmt: skip
    assert not answer.exceptions
    assert LotBalance.objects.get(lot=lot).on_shelf == 2


def test_many_rows_cost_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    rows = [changed(SLIPPERS, label=f"L-{number}") for number in range(600)]
    digest = look(cast, *rows).digest
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        LOTS.carry_out(listed(*rows), digest, errand(cast))
    assert JointCount.objects.count() == 600
    assert Product.objects.count() == 2


def test_nothing_is_taken_in_where_one_row_breaks(cast: Cast) -> None:
    """Past the plan the database still refuses, and the whole list with it."""
    agreement = cast.jyldyz.agreements.get()
    one = CountedGoods(
        agreement, cast.jam, 3, "", "", None, DAY - timedelta(days=1), cast.aigul, cast.jyldyz,
        "О-1", 2000, 0,
    )  # fmt: skip
    with pytest.raises(Exception, match="batch"):
        take_in(shop=cast.shop, goods=[one], by=cast.aigul, at=AT)
    assert not ConsignmentNote.objects.exists()
