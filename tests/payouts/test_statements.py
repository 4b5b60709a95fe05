"""What a statement's page is read from: the same for a day as for a year, and true to the lines."""

import pytest

from ayil.consignment.actions import agree
from ayil.consignment.models import FeeTerm
from ayil.payouts import queries
from ayil.payouts.models import LINES_A_PAGE, Statement, StatementItem, StatementPage
from ayil.payouts.statement_paper import MOST_LINES_ON_PAPER, statement_paper, statement_table
from ayil.payouts.telling import fees_of, moves_of, sum_of
from ayil.products.actions import enter_product, set_price
from ayil.products.models import ProductKind
from tests.cast import DAY, hash_of, person
from tests.payouts.scenes import MONDAY, WEEK, Scene, breaches, open_scene
from tests.payouts.test_queries import query_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return open_scene()


def sell_lines(scene: Scene, count: int) -> Statement:
    """Sales of jam of up to ten lines each, and one of felt among them; the jam's statement."""
    raw = [
        scene.cast.till.sale(*[(scene.jam, 1, 12_000)] * min(10, count - done))
        for done in range(0, count, 10)
    ]
    scene.cast.till.send(*raw, scene.cast.till.sale((scene.slippers, 1, 45_000)))
    return next(one for one in scene.close() if one.consignor == scene.cast.jyldyz)


def read(statement: Statement, page: int = 1) -> list[object]:
    """All that the page reads, in as many queries whatever the number of lines."""
    lines = queries.statement_lines(statement, page=page).lines
    return [
        *[(line.sale.receipt, line.lot.variant.product_id, fees_of(line.lot)) for line in lines],
        sum_of(queries.statement_items(statement)),
        moves_of(statement),
        queries.statement_payouts(statement),
    ]


def test_a_page_takes_as_many_queries_for_one_line_as_for_two_thousand(scene: Scene) -> None:
    counts = []
    for lines in (1, 3, 2000):
        made = sell_lines(scene, lines)
        last = -(-lines // LINES_A_PAGE)
        counts += [query_count(lambda made=made, at=at: read(made, at)) for at in (1, last)]
    assert len(set(counts)) == 1
    assert counts[0] <= 9
    assert breaches() == []


def test_every_line_stands_on_one_page_in_the_order_of_posting(scene: Scene) -> None:
    made = sell_lines(scene, 2 * LINES_A_PAGE + 1)
    pages = [queries.statement_lines(made, page=page) for page in (1, 2, 3)]
    assert [len(page.lines) for page in pages] == [LINES_A_PAGE, LINES_A_PAGE, 1]
    found = [line.pk for page in pages for line in page.lines]
    wanted = queries.statement_sale_lines(made).order_by("sale__seq", "id")
    assert found == list(wanted.values_list("pk", flat=True))
    assert queries.statement_lines(made, page=99).page == 3
    assert list(StatementPage.objects.values_list("page", flat=True)) == [2, 3]
    later = sell_lines(scene, 1)  # the next one begins where this one ended
    assert len(queries.statement_lines(later).lines) == 1


def with_fees(scene: Scene) -> tuple[Scene, object]:
    """A maker whose agreement keeps 2 % for carriage and 1 % for packing beside the commission."""
    maker = person("Ainura Bekova", scene.cast.tamga)
    agree(
        shop=scene.cast.shop, consignor=maker, number="A-9", since=DAY, by=scene.cast.officer,
        rates_bp={ProductKind.CRAFT: 2000},
        fees_bp={FeeTerm.Kind.CARRIAGE: 200, FeeTerm.Kind.PACKING: 100},
    )  # fmt: skip
    product = enter_product(
        owner=maker, kind=ProductKind.CRAFT, names=("Bag", "Сумка", "Баштык"), forms=[("std", "")]
    )
    variant = product.variants.get()
    set_price(
        variant=variant, amount_minor=33_335, currency="KGS", valid_from=DAY, set_by=maker,
        typed_by=maker, on=DAY,
    )  # fmt: skip
    return scene, scene.cast.deliver(variant, 10)


def test_fees_stand_apart_with_their_names(scene: Scene) -> None:
    _scene, lot = with_fees(scene)
    scene.sell(lot, 1, 33_335)  # type: ignore[arg-type]
    made = scene.statement()
    (item,) = queries.statement_items(made)
    # 20 % is 6 667; 25 % of nothing else: both together are 23 % = 7 667.05, so 7 667.
    figures = (item.commission_minor, item.fees_minor, item.loss_minor, item.share_minor)
    assert figures[0] + figures[1] == 33_335 - figures[3]
    assert figures[2] == 0
    member_bp = item.commission_bp
    assert figures[0] == (33_335 * member_bp * 2 + 10_000) // 20_000
    assert figures[0] + figures[1] == (33_335 * (member_bp + 300) * 2 + 10_000) // 20_000
    (line,) = queries.statement_lines(made).lines
    assert fees_of(line.lot).replace("\u00a0", " ") == "carriage 2 % + packing and labels 1 %"
    assert breaches() == []


def test_what_came_back_above_the_sale_is_the_shops_loss_and_no_fee(scene: Scene) -> None:
    sale = scene.sell(scene.jam, 1, 12_000)
    scene.cast.till.send(scene.cast.till.refund(scene.jam, 1, 15_000, of=hash_of(sale)))
    made = scene.statement()
    (item,) = queries.statement_items(made)
    assert (item.share_minor, item.fees_minor, item.loss_minor) == (0, 0, -3_000)
    assert made.closing_minor == 0


def test_the_table_has_each_line_and_comes_to_the_statement(scene: Scene) -> None:
    made = sell_lines(scene, 120)
    rows = statement_table(made).decode("utf-8-sig").splitlines()
    assert len(rows) == 121
    shares = [row.split(",")[-2] for row in rows[1:]]
    assert sum(round(float(share) * 100) for share in shares) == made.sold_minor


def test_the_paper_tells_months_where_the_lines_are_too_many(scene: Scene) -> None:
    made = sell_lines(scene, 3)
    told = statement_paper(made, address="https://x/", today=DAY).told()
    assert "karakol-1" in str(told)
    told = statement_paper(made, address="https://x/", today=DAY, most_lines=2).told()
    assert "By month" in str(told)
    assert "karakol-1-1" not in str(told)
    assert MOST_LINES_ON_PAPER > 2


def test_an_item_is_written_once_a_closing(scene: Scene) -> None:
    sell_lines(scene, 3)
    scene.close(MONDAY + WEEK)
    assert StatementItem.objects.count() == 2
