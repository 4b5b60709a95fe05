"""Lines to receipts, receipts to events: always the same, and known again by what they say."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from ayil.shop.events import GENESIS, MAX_EVENT_BYTES, read_event
from ayil.shop.imports.receipts import (
    MOST_LINES,
    End,
    Origin,
    Receipt,
    batches,
    receipts,
    sealed,
)
from ayil.shop.imports.trade import Trade, read_trade
from ayil.shop.payloads import RefundPayload
from tests.shop.imports.files import AT, HEADER, MAP, csv_file, map_file, row, year

ORIGIN = Origin("karakol-old", "import-karakol-old", "cash")
NO_RECEIPTS = MAP.replace('receipt = "Чек"', "").replace(
    'prefix = "В"', "negative_quantities = true"
)


def trade(folder: Path, rows: Sequence[Sequence[Any]], text: str = MAP) -> Trade:
    path = csv_file(folder / "чеки.csv", rows, HEADER)
    return read_trade(path=path, map_path=map_file(folder, text), at=AT)


def made(folder: Path, rows: Sequence[Sequence[Any]], text: str = MAP) -> list[Receipt]:
    read = trade(folder, rows, text)
    return list(receipts(read.taken, read.sheet.lines, ORIGIN))


def labels(receipt: Receipt) -> list[str]:
    return [line["label"] for payload in receipt.payloads for line in payload["lines"]]


def test_lines_of_a_number_and_a_day_are_one_receipt_in_the_order_of_the_file(
    tmp_path: Path,
) -> None:
    found = made(
        tmp_path,
        [
            row("2", "soap"),
            row("1", "honey-jar"),
            row("2", "felt-toy", when="02.07.2012 12:01"),
            row("2", "shyrdak", when="03.07.2012 12:00"),
        ],
    )
    assert [(r.number, r.day.day, labels(r)) for r in found] == [
        ("2", 2, ["soap", "felt-toy"]),
        ("1", 2, ["honey-jar"]),
        ("2", 3, ["shyrdak"]),
    ]
    assert found[0].moment.isoformat() == "2012-07-02T06:00:00+00:00"


def test_what_came_back_is_a_refund_of_its_own(tmp_path: Path) -> None:
    found = made(tmp_path, [row("В1", quantity=-2), row("В1", "honey-jar", 1)])
    assert [(r.kind, labels(r)) for r in found] == [("refund", ["soap"]), ("sale", ["honey-jar"])]


def test_events_are_what_a_till_would_send(tmp_path: Path) -> None:
    found = made(tmp_path, [row("1"), row("В2", quantity=-1), row("3", price="0.001")])
    events = [read_event(raw) for raw in sealed(found, ORIGIN, End())]
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev for event in events] == [GENESIS, events[0].hash, events[1].hash]
    assert isinstance(events[1].payload, RefundPayload)
    assert [tender.amount for tender in events[1].payload.tenders] == [8_525]
    assert events[2].payload.tenders == []  # type: ignore[union-attr]


def test_the_chain_goes_on_where_the_log_ends(tmp_path: Path) -> None:
    found = made(tmp_path, [row("1"), row("2"), row("3")])
    whole = sealed(found, ORIGIN, End())
    middle = read_event(whole[0])
    assert sealed(found[1:], ORIGIN, End(middle.seq, middle.hash)) == whole[1:]


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = year(300)
    first, second = (sealed(made(tmp_path, rows), ORIGIN, End()) for _ in range(2))
    assert first == second


def test_a_changed_line_makes_another_receipt(tmp_path: Path) -> None:
    nonces = {
        made(tmp_path, [line])[0].nonces[0]
        for line in (
            row(),
            row(quantity=2),
            row(price="85.26"),
            row(item="Soap"),
            row("2"),
            row(when="03.07.2012 12:00"),
        )
    }
    assert len(nonces) == 6


def test_a_longer_file_starts_with_the_same_receipts(tmp_path: Path) -> None:
    rows = [*year(200), row("last", when="01.03.2013 12:00")]
    short, long = made(tmp_path, rows[:-1]), made(tmp_path, rows)
    assert [r.nonces for r in long[:-1]] == [r.nonces for r in short]


def test_without_numbers_each_line_is_a_receipt_known_by_what_it_says(tmp_path: Path) -> None:
    rows = [row(), row(), row(item="honey-jar"), row(quantity=-1)]
    found = made(tmp_path, rows, NO_RECEIPTS)
    assert [r.number for r in found] == ["line-2", "line-3", "line-4", "line-5"]
    assert [r.kind for r in found] == ["sale", "sale", "sale", "refund"]
    assert len({r.nonces[0] for r in found}) == 4
    turned = made(tmp_path, rows[::-1], NO_RECEIPTS)
    assert {r.nonces[0] for r in turned} == {r.nonces[0] for r in found}


def test_a_receipt_of_very_many_lines_is_several_events_of_a_size_a_till_may_send(
    tmp_path: Path,
) -> None:
    longest = "Ѫ" * 60
    rows = [row("1", longest, 999_999, "999") for _ in range(MOST_LINES + 1)]
    (found,) = made(tmp_path, rows)
    events = sealed([found], ORIGIN, End())
    assert [len(payload["lines"]) for payload in found.payloads] == [MOST_LINES, 1]
    assert len(set(found.nonces)) == 2
    assert max(map(len, events)) < MAX_EVENT_BYTES
    for raw in events:
        read_event(raw)


def test_batches_cut_between_receipts_and_lose_none(tmp_path: Path) -> None:
    found = made(tmp_path, year(500))
    cut = list(batches(iter(found), 50))
    assert [receipt for batch in cut for receipt in batch] == found
    assert all(sum(len(r.lines) for r in batch) <= 50 for batch in cut)
    assert len(cut) >= 10


def test_amounts_of_a_payload_add_up_to_its_tender(tmp_path: Path) -> None:
    for receipt in made(tmp_path, year(400)):
        for payload in receipt.payloads:
            gross = sum(line["gross"] for line in payload["lines"])
            assert sum(tender["amount"] for tender in payload["tenders"]) == gross
            assert msgspec.json.encode(payload)
