"""What comes back of a sale: parts end at the whole, and the money goes as it came."""

from __future__ import annotations

import itertools
import random
from typing import Any

import msgspec
import pytest

from ayil.kit.money import part_of
from ayil.shop.payloads import RefundPayload
from tests.till.conftest import Modules

pytestmark = pytest.mark.browser
ROUNDS = 300
RULES = "refunds/rules.js"


def line(quantity: int, gross: int, back: int = 0, back_gross: int = 0) -> dict[str, Any]:
    return {
        "line": 1, "label": "2000000000015", "quantity": quantity,
        "unit_price": gross // quantity, "gross": gross, "back": back, "back_gross": back_gross,
    }  # fmt: skip


def parts(chance: random.Random, quantity: int) -> list[int]:
    cut = []
    while quantity:
        cut.append(chance.randint(1, quantity))
        quantity -= cut[-1]
    return cut


def test_parts_of_any_size_end_at_the_whole_by_the_servers_own_rule(modules: Modules) -> None:
    chance = random.Random(5)
    cases = []
    for _ in range(ROUNDS):
        quantity = chance.choice([1, 2, 3, 7, 60, 10**6])
        cases.append((quantity, chance.randint(0, 10**14), parts(chance, quantity)))
    body = """
      return given[0].map(([line, parts]) => parts.map((pieces) => {
        const gross = m.grossBack(line, pieces);
        line.back += pieces;
        line.back_gross += gross;
        return gross;
      }));
    """
    found = modules.run(RULES, body, [[line(q, gross), cut] for q, gross, cut in cases])
    for (quantity, gross, cut), given in zip(cases, found, strict=True):
        assert sum(given) == gross
        ends = [sum(cut[:place]) for place in range(len(cut) + 1)]
        upto = [part_of(gross, end, quantity) for end in ends]
        assert given == [later - before for before, later in itertools.pairwise(upto)]


def test_what_went_back_too_cheap_or_too_dear_before_is_put_right(modules: Modules) -> None:
    body = "return given.map((line) => m.grossBack(line, 1));"
    lines = [line(3, 100, 2, 10), line(3, 100, 1, 90), line(3, 100, 2, 120)]
    assert modules.run(RULES, body, *lines) == [90, 0, 0]


def test_more_than_is_left_cannot_be_chosen(modules: Modules) -> None:
    body = """
      const sale = { sale: "ab".repeat(32), receipt: "k-1-1", lines: [given[0]] };
      const ok = m.linesBack(sale, new Map([[1, 1]]));
      try { m.linesBack(sale, new Map([[1, 2]])); } catch (error) { return [ok, error.name]; }
    """
    ok, error = modules.run(RULES, body, line(3, 100, 2, 66))
    assert error == "RangeError"
    assert ok == [
        {
            "label": "2000000000015", "quantity": 1, "unit_price": 33, "gross": 34,
            "sale": "ab" * 32, "line": 1,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gross", "paid", "tenders"),
    [
        (45_000, {"cash": 45_000}, [("cash", 45_000)]),
        (45_000, {"qr": 45_000}, [("qr", 45_000)]),
        (45_000, {"cash": 20_000, "card": 25_000}, [("card", 25_000), ("cash", 20_000)]),
        (10_000, {"cash": 20_000, "card": 25_000}, [("card", 10_000)]),
        (30_000, {"card": 25_000, "qr": 9_000}, [("card", 25_000), ("qr", 5_000)]),
        (10_040, {"cash": 10_000}, [("cash", 10_000)]),  # whole som, as it was paid
        (10_050, {"cash": 10_100}, [("cash", 10_100)]),
        (5_000, {"qr": -1, "cash": 5_000}, [("cash", 5_000)]),  # all of it went back already
        (40, {}, [("cash", 0)]),
        (777, None, [("cash", 800)]),
    ],
)
def test_money_goes_back_as_it_came(
    modules: Modules, gross: int, paid: dict[str, int] | None, tenders: list[tuple[str, int]]
) -> None:
    found = modules.run(RULES, "return m.tendersBack(given[0], given[1]);", gross, paid)
    assert [(tender["kind"], tender["amount"]) for tender in found] == tenders


def test_a_sale_that_comes_back_in_parts_leaves_no_rounding(modules: Modules) -> None:
    """In cash, by QR and mixed, in any parts: at the end all that was paid went back."""
    chance = random.Random(7)
    cases = []
    for _ in range(ROUNDS):
        quantity = chance.choice([1, 2, 3, 7, 60])
        gross = chance.choice([chance.randint(1, 10**7), 50 * quantity])
        qr = chance.choice([0, gross, chance.randint(0, gross)])
        cash = (gross - qr + 50) // 100 * 100
        paid = {"cash": cash, "qr": qr}
        cases.append((line(quantity, gross), paid, parts(chance, quantity)))
    body = """
      return given[0].map(([line, paid, parts]) => parts.map((pieces) => {
        const sale = { sale: "x", lines: [line] };
        const chosen = new Map([[1, pieces]]);
        const last = m.isAll(sale, chosen);
        const gross = m.grossBack(line, pieces);
        const tenders = m.tendersBack(gross, paid, "cash", last);
        line.back += pieces;
        line.back_gross += gross;
        for (const { kind, amount } of tenders) paid[kind] -= amount;
        return [tenders, last];
      }));
    """
    found = modules.run(RULES, body, cases)
    for (_line, paid, _parts), given in zip(cases, found, strict=True):
        went: dict[str, int] = {"cash": 0, "qr": 0}
        for tenders, _last in given:
            for tender in tenders:
                went[tender["kind"]] += tender["amount"]
        assert went == paid
        assert all(tender["amount"] >= 0 for tenders, _last in given for tender in tenders)
        assert [last for _tenders, last in given] == [False] * (len(given) - 1) + [True]


def test_the_payload_is_what_the_server_takes_and_adds_up(modules: Modules) -> None:
    body = """
      const lines = [m.lineWithout("2000000000015", 2, 10020)];
      return m.refundPayload({ receipt: "karakol-1-1-9", lines, tenders: m.tendersBack(20040, null),
        reason: "бузулган", approved: { by: "u-1", way: "pin", sealed: "x" } });
    """
    payload = msgspec.convert(modules.run(RULES, body), RefundPayload)
    paid = sum(tender.amount for tender in payload.tenders)
    assert paid == sum(row.gross for row in payload.lines) + payload.rounding
    assert (payload.rounding, payload.lines[0].sale) == (-40, None)


def test_what_came_back_is_counted_from_log_code_and_server(modules: Modules) -> None:
    body = """
      const hash = "ab".repeat(32);
      const refund = (line, quantity, gross, kind, of = hash) => ({ payload: {
        kind: "refund", lines: [{ sale: of, line, quantity, gross }],
        tenders: [{ kind, amount: gross }],
      } });
      const refunds = [refund(1, 1, 33, "cash"), refund(1, 1, 33, "cash"), refund(2, 1, 7, "qr"),
        refund(1, 9, 9, "cash", "cd".repeat(32))];
      const back = m.backOf(refunds, hash);
      const sold = [{ label: "A", quantity: 3, unit_price: 33, gross: 100 },
        { label: "B", quantity: 1, unit_price: 7, gross: 7 }];
      const event = { hash, business_date: "2012-07-02", payload: { receipt: "k-1-2", lines: sold,
        tenders: [{ kind: "cash", amount: 60 }, { kind: "qr", amount: 47 }] } };
      const said = { hash, receipt: "k-1-2", date: "2012-07-02", lines: sold };
      const server = { sale: hash, receipt: "k-1-2", date: "2012-07-02", paid: { cash: 27, qr: 47 },
        lines: [{ line: 1, label: "A", quantity: 3, gross: 100, back: 1, back_gross: 33 },
          { line: 2, label: "B", quantity: 1, gross: 7, back: 0, back_gross: 0 }] };
      const late = m.backOf(refunds.slice(1, 3), hash);
      return [m.saleOfEvent(event, back), m.saleOfCode(said, back), m.saleOfServer(server, late),
        m.saleOfCode({ ...said, lines: null }, back)];
    """
    log, code, server, none = modules.run(RULES, body)
    for sale in (log, code, server):
        assert [(row["back"], row["back_gross"]) for row in sale["lines"]] == [(2, 66), (1, 7)]
        assert (sale["sale"], sale["receipt"]) == ("ab" * 32, "k-1-2")
    assert log["paid"] == {"cash": -6, "qr": 40}
    assert server["paid"] == {"cash": -6, "qr": 40}
    assert code["paid"] is None
    assert none is None


def test_above_the_limit_a_manager_signs(modules: Modules) -> None:
    body = "return [99, 100, 101].map((sum) => m.needsManager(sum, { refund_limit: 100 }));"
    assert modules.run(RULES, body) == [False, False, True]
