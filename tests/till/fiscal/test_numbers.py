"""Which receipts lack a number of the fiscal register, and what a scanner reads off its paper."""

from __future__ import annotations

from typing import Any

import pytest

from tests.till.conftest import Modules

pytestmark = pytest.mark.browser
MODULE = "fiscal/numbers.js"
CODE = (
    "https://register.example/ticket?date=20260702T100550&type=3&fn_number=0000000000004113"
    "&fd_number=13147&fm=272553218440&sum=45000"
)


def event(hash_: str, kind: str = "sale", **payload: Any) -> dict[str, Any]:
    if kind in {"sale", "refund"}:
        payload = {"receipt": f"k-1-{hash_}", "tenders": [{"kind": "cash", "amount": 500}]}
    return {"hash": hash_, "payload": {"kind": kind, **payload}}


def said(sale: str, number: str) -> dict[str, Any]:
    return event(f"{sale}{number}", "fiscal", sale=sale, number=number)


SHIFT = [
    event("o", "shift_opened"),
    event("1"),
    event("2"),
    said("1", "77"),
    event("w", "wish"),
    event("3", "refund"),
    said("elsewhere", "5"),
]


def test_sales_and_refunds_without_a_number_newest_first(modules: Modules) -> None:
    found = modules.run(MODULE, "return m.without(given[0]).map((one) => one.hash);", SHIFT)
    assert found == ["3", "2"]


@pytest.mark.parametrize(
    ("number", "sale", "other"),
    [("77", "2", "1"), ("77", "1", None), ("78", "2", None), ("5", "2", None)],
)
def test_a_number_that_stands_on_another_receipt(
    modules: Modules, number: str, sale: str, other: str | None
) -> None:
    body = "return m.takenBy(...given)?.hash ?? null;"
    assert modules.run(MODULE, body, SHIFT, number, sale) == other


def test_the_last_number_of_a_receipt_holds(modules: Modules) -> None:
    events = [*SHIFT, said("1", "78")]
    assert modules.run(MODULE, "return m.takenBy(given[0], '77', '2');", events) is None
    assert modules.run(MODULE, "return m.takenBy(given[0], '78', '2').hash;", events) == "1"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" 004711 ", "004711"),
        ("ФД 12-5", "ФД 12-5"),
        ("9" * 60, "9" * 60),
        (CODE, "0000000000004113-13147"),
        ("t=20260702T1005&s=450.00&fn=9999078900001234&i=321&fp=1&n=1", "9999078900001234-321"),
        ("https://register.example/r?fd=12", "12"),
        ("", None),
        ("   ", None),
        ("9" * 61, None),
        ("1\u00072", None),
        ("https://register.example/about", None),
    ],
)
def test_what_is_typed_or_scanned(modules: Modules, text: str, number: str | None) -> None:
    assert modules.run(MODULE, "return m.numberIn(given[0]);", text) == number
