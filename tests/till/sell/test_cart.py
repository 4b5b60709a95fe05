"""The cart: floors, lots in turn, prices of the day, and a payload as the server takes it."""

from typing import Any

import msgspec
import pytest

from ayil.shop.events import arithmetic_fault
from ayil.shop.payloads import SalePayload
from tests.till.conftest import Modules
from tests.till.sell.goods import TODAY, jam, lot

pytestmark = pytest.mark.browser

# Loads the words' and the shelf's modules beside the cart's.
START = """
  const { Shelf, priceOn } = await import("/till/v/test/sell/shelf.js");
  const [lots, day] = given;
  const shelf = new Shelf(lots);
  const none = () => 0;
  const take = (cart, label, pieces = 1) =>
    m.withLot(cart, shelf.get(label), priceOn(shelf.get(label), day), pieces);
  let cart = m.emptyCart();
"""


def run(modules: Modules, body: str, lots: list[dict[str, Any]], *more: Any) -> Any:
    return modules.run("sell/cart.js", START + body, lots, TODAY, *more)


def test_the_same_good_again_makes_its_line_longer(modules: Modules) -> None:
    body = """
      cart = take(take(take(cart, "a"), "b"), "a", 2);
      return cart.lines.map((line) => [line.label, line.quantity]);
    """
    assert run(modules, body, [lot("a"), jam("b")]) == [["a", 3], ["b", 1]]


def test_a_discount_stays_within_the_owners_floor(modules: Modules) -> None:
    body = """
      cart = take(cart, "a", 2);
      return given[2].map((asked) => {
        const why = m.whyNot(cart.lines[0], asked);
        try {
          const line = m.withAsked(cart, 0, asked).lines[0];
          return [m.grossOf(line), m.discountOf(line), why];
        } catch (error) { return [error.constructor.name, why === error.message]; }
      });
    """
    floored = [lot("a", floor=40_000)]
    assert run(modules, body, floored, [45_000, 42_000, 40_000, 39_999, 45_001, -1, 1.5]) == [
        [90_000, 0, None],
        [84_000, 6_000, None],
        [80_000, 10_000, None],
        *[["RangeError", True]] * 4,
    ]
    # Without a floor there is no discount at all; nor on what the till does not know.
    assert run(modules, body, [lot("a")], [44_999]) == [["RangeError", True]]


def test_an_unknown_label_is_sold_at_the_price_on_it(modules: Modules) -> None:
    body = """
      cart = m.withUnknown(cart, "4600000000009", 25050, 2);
      return [m.salePayload(cart, [{ kind: "qr", amount: 50100 }], "t-1-2"),
        m.whyNot(cart.lines[0], 20000)];
    """
    payload, why = run(modules, body, [])
    assert payload["lines"] == [
        {"label": "4600000000009", "quantity": 2, "unit_price": 25_050, "gross": 50_100,
         "discount": 0}
    ]  # fmt: skip
    assert "does not know" in why


def test_one_more_goes_over_to_the_next_lot(modules: Modules) -> None:
    body = """
      cart = take(cart, "soon");
      cart = m.withAsked(cart, 0, 11000);
      for (let i = 0; i < 4; i += 1) cart = m.oneMore(cart, 0, shelf, day, none);
      return cart.lines.map((line) => [line.label, line.quantity, line.asked]);
    """
    lots = [
        jam("late", best_before="2013-06-01", on_shelf=2, floor=11_000),
        jam("soon", best_before="2012-08-01", on_shelf=2, floor=11_000),
    ]
    # Two of each are there; the fifth stays with its line: a shelf may read below zero.
    assert run(modules, body, lots) == [["soon", 2, 11_000], ["late", 3, 11_000]]


def test_pieces_that_were_sold_here_count(modules: Modules) -> None:
    body = """
      const sold = (label) => (label === "soon" ? 1 : 0);
      cart = m.oneMore(take(cart, "soon"), 0, shelf, day, sold);
      const next = m.nextLot(cart, shelf, shelf.good(2), day, sold);
      return [cart.lines.map((line) => [line.label, line.quantity]), next.label];
    """
    lots = [jam("soon", best_before="2012-08-01", on_shelf=2), jam("late")]
    assert run(modules, body, lots) == [[["soon", 1], ["late", 1]], "late"]


def test_a_quantity_is_whole_and_none_takes_the_line_out(modules: Modules) -> None:
    body = """
      cart = take(cart, "a");
      return given[2].map((pieces) => m.withQuantity(cart, 0, pieces).lines[0]?.quantity ?? 0);
    """
    assert run(modules, body, [lot("a")], [3, 2.9, 0, -1, None, 2900000000018]) == [
        3, 2, 0, 0, 0, 9999,
    ]  # fmt: skip


def test_a_parked_cart_is_sold_at_the_prices_of_its_day(modules: Modules) -> None:
    body = """
      cart = m.withAsked(take(take(cart, "a"), "b"), 0, 42000);
      cart = m.withUnknown(cart, "x", 100);
      const later = m.priced(cart, shelf, "2012-07-09");
      return [m.priced(cart, shelf, day) === cart,
        later.lines.map((line) => [line.unit, line.floor, line.asked])];
    """
    raised = [{"since": "2012-07-09", "price": 50_000, "floor": None}]
    lots = [lot("a", floor=40_000, later=raised), jam("b")]
    assert run(modules, body, lots) == [
        True,
        [[50_000, None, 50_000], [12_000, None, 12_000], [100, None, 100]],
    ]


def test_the_payload_is_what_the_server_takes(modules: Modules) -> None:
    body = """
      const { cashTender, dueInCash, tendersOf, withPart } =
        await import("/till/v/test/sell/payment.js");
      cart = { ...take(take(cart, "a", 2), "b"), visitor: { origin: "tourist", language: "ru" } };
      cart = m.withAsked(cart, 0, 41050);
      const { gross } = m.totals(cart);
      const parts = withPart(gross, [], { kind: "card", amount: 50000, reference: " 17 " });
      const due = dueInCash(gross, parts);
      const cash = cashTender(due, new Map([[50000, 1]]), new Map([[5000, 1], [1000, 0]]));
      return m.salePayload(cart, tendersOf(gross, parts, cash), "karakol-1-1-2");
    """
    lots = [lot("a", floor=40_000), jam("b", price=12_930)]
    told = run(modules, body, lots)
    payload = msgspec.convert(told, SalePayload, strict=True)
    assert arithmetic_fault(payload) is None
    assert payload.rounding == -30  # 450,30 som in cash are 450
    assert [(one.kind, one.amount, one.notes, one.reference) for one in payload.tenders] == [
        ("card", 50_000, None, "17"),
        ("cash", 45_000, {"50000": 1, "5000": -1}, ""),
    ]
    assert [(line.gross, line.discount) for line in payload.lines] == [(82_100, 7_900), (12_930, 0)]


def test_a_payment_that_does_not_add_up_is_none(modules: Modules) -> None:
    body = """
      const faults = [];
      const fails = (act) => {
        try { act(); faults.push(null); } catch (error) { faults.push(error.constructor.name); }
      };
      fails(() => m.cashTender(45000, new Map([[50000, 1]]), new Map()));
      fails(() => m.withPart(45000, [], { kind: "card", amount: 45001 }));
      fails(() => m.withPart(45000, [], { kind: "account", amount: 100 }));
      fails(() => m.tendersOf(45000, [{ kind: "qr", amount: 44000 }]));
      fails(() => m.tendersOf(45000, [{ kind: "qr", amount: 45000 }]));
      return faults;
    """
    assert modules.run("sell/payment.js", body) == [*["RangeError"] * 4, None]
