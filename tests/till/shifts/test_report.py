"""The Z-report of the till against the server's own count of the same events."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import msgspec
import pytest

from ayil.shop.payloads import Payload, Report
from ayil.shop.zreport import differences, totals_of
from tests.till.conftest import Modules

pytestmark = pytest.mark.browser
SHIFTS = 60


class _Event:
    """As much of an event as the server's count looks at."""

    def __init__(self, payload: dict[str, Any]) -> None:
        self.payload = msgspec.convert(payload, Payload)


def trade(chance: random.Random, kind: str) -> dict[str, Any]:
    lines = [
        {"label": "2000000000015", "quantity": chance.randint(1, 9), "unit_price": 100}
        | {"gross": chance.randint(0, 10**9)}
        | ({} if kind == "sale" else {"sale": None, "line": None})
        for _ in range(chance.randint(1, 3))
    ]
    gross = sum(line["gross"] for line in lines)
    rounding = chance.randint(-50, 50) if gross > 50 else 0
    part = chance.randint(0, gross)
    means = chance.sample(["cash", "qr", "card", "bank", "other"], 2)
    tenders = [{"kind": means[0], "amount": part}]
    tenders += [{"kind": means[1], "amount": gross - part + rounding}]
    tenders = [tender for tender in tenders if tender["amount"] >= 0]
    ending = {"visitor": None} if kind == "sale" else {"reason": "broken"}
    words = {"kind": kind, "receipt": "r", "lines": lines, "tenders": tenders}
    return words | {"rounding": rounding} | ending


def a_shift(chance: random.Random) -> list[dict[str, Any]]:
    payloads: list[dict[str, Any]] = [{"kind": "shift_opened", "float": chance.choice([0, 50_000])}]
    for _ in range(chance.randint(0, 12)):
        kind = chance.choice(["sale", "sale", "sale", "refund", "cash_moved", "wish", "fiscal"])
        if kind == "cash_moved":
            payloads.append({"kind": kind, "amount": chance.randint(-999, 999), "reason": "bread"})
        elif kind == "wish":
            payloads.append({"kind": kind, "words": "шырдак"})
        elif kind == "fiscal":
            payloads.append({"kind": kind, "sale": "ab" * 32, "number": "77"})
        else:
            payloads.append(trade(chance, kind))
    return payloads


def test_both_count_alike(modules: Modules) -> None:
    chance = random.Random(11)
    shifts = [a_shift(chance) for _ in range(SHIFTS)]
    events = [
        [{"seq": 7 + place, "payload": payload} for place, payload in enumerate(shift)]
        for shift in shifts
    ]
    reports = modules.run("shifts/report.js", "return given[0].map(m.reportOf);", events)
    for shift, said in zip(shifts, reports, strict=True):
        report = msgspec.convert(said, Report)  # what the server takes, strictly
        totals = totals_of(_Event(payload) for payload in shift)  # type: ignore[misc]
        assert list(differences(report, totals)) == []
        assert (report.first, report.events) == (7, len(shift))


def test_over_and_short(modules: Modules) -> None:
    closing = {"counted": {"10000": 3, "500": 1}, "report": {"expected": 30_000}}
    body = "return [m.overOf(given[0]), m.countedOf(given[0]), m.overOf({counted: {}})];"
    assert modules.run("shifts/report.js", body, closing) == [500, 30_500, None]


@pytest.mark.parametrize(
    ("last", "today", "day"),
    [
        ("", "2012-07-02", "2012-07-02"),
        ("2012-07-01", "2012-07-02", "2012-07-02"),
        ("2012-07-02", "2012-07-02", "2012-07-02"),
        ("2012-07-05", "2012-07-02", "2012-07-05"),  # the clock is three days behind
        ("2012-07-05", "1970-01-01", "2012-07-05"),  # its battery is dead
    ],
)
def test_the_day_that_is_proposed(modules: Modules, last: str, today: str, day: str) -> None:
    body = """
      const day = m.proposed(given[0], given[1]);
      return [day, m.faultOf(day, given[0]), m.isOdd(day, given[0], given[1]),
        m.faultOf(m.daysAfter(given[0] || day, -1), given[0]), m.faultOf("2012-13-41", "")];
    """
    before = "before" if last else None
    assert modules.run("shifts/dates.js", body, last, today) == [day, None, False, before, "none"]


def test_a_day_after_a_month_and_a_year(modules: Modules) -> None:
    body = "return given.map(([day, count]) => m.daysAfter(day, count));"
    days = [["2012-02-28", 1], ["2012-12-31", 1], ["2012-03-01", -1], ["2012-03-25", 1]]
    ends = ["2012-02-29", "2013-01-01", "2012-02-29", "2012-03-26"]
    assert modules.run("shifts/dates.js", body, *days) == ends


def test_pieces_that_are_typed(modules: Modules) -> None:
    body = "return given.map((text) => m.parsePieces(text));"
    typed = ["", " 7 ", "007", "-1", "1.5", "1e3", "999999", "100000", "٣"]
    expected = [0, 7, 7, None, None, None, None, 100_000, None]
    assert modules.run("shifts/count.js", body, *typed) == expected
    body = "return [m.worthOf(given[0]), m.said(given[0]), m.said(given[0], -1)];"
    pieces = {"10000": 2, "500": 0, "300": 1}
    assert modules.run("shifts/count.js", body, pieces) == [
        20_300, {"10000": 2, "300": 1}, {"10000": -2, "300": -1},
    ]  # fmt: skip


def test_the_paper_of_a_closing(modules: Modules) -> None:
    closing = {
        "device": "karakol-1", "epoch": 2, "seq": 41, "hash": "ab" * 32, "cashier": "u-1",
        "business_date": date(2012, 7, 2).isoformat(), "wall": "2012-07-02T12:00:00+06:00",
        "offset_ms": 3_600_000,
        "payload": {
            "kind": "shift_closed", "counted": {"100": 5, "10000": 8},
            "report": {
                "first": 1, "events": 4, "sales": 2, "refunds": 1, "sold": 135_000,
                "returned": 45_000, "rounding": -10, "paid": {"cash": 45_000, "qr": 44_990},
                "float": 50_000, "moved": -10_000, "expected": 85_000,
            },
        },
    }  # fmt: skip
    about = {
        "shop": {"name": "Каракол"}, "time_zone": "Asia/Bishkek",
        "cashiers": [{"uid": "u-1", "name": "Айгүл"}],
    }  # fmt: skip
    paper = modules.run("shifts/z_paper.js", "return m.zPaper(given[0], given[1]);", closing, about)
    pairs = [row["pair"] for row in paper["rows"] if "pair" in row]
    assert pairs == [
        ["Айгүл", "13:00"],
        ["2 receipts", "1350"],
        ["1 refund", "−450"],
        ["Rounding", "−0,10"],
        ["Cash", "450"],
        ["QR payment", "449,90"],
        ["At opening", "500"],
        ["Taken in cash", "450"],
        ["Put in and taken out", "−100"],
        ["Due in the drawer", "850"],
        ["Counted", "805"],
        ["Short", "−45"],
        ["100 × 8", "800"],
        ["1 × 5", "5"],
    ]
    copy = "return m.zPaper(given[0], given[1], {isCopy: true}).rows.map((row) => row.text);"
    texts = modules.run("shifts/z_paper.js", copy, closing, about)
    assert {"№ karakol-1-2-41", "02.07.2012", "Copy"} <= set(texts)
