"""A joint count in the making, and what it becomes: event, lots, labels."""

from typing import Any

import msgspec
import pytest

from ayil.consignment.rules import is_till_label
from ayil.kit.money import share_by_rate
from ayil.shop.payloads import IntakePayload
from ayil.shop.shelf import ShelfLot
from tests.till.conftest import Modules

pytestmark = pytest.mark.browser

DAY, UNTIL = "2012-07-05", "2013-06-01"
VILLAGE = {"code": "tamga", "number": 4, "names": {"ky": "Тамга", "ru": "Тамга", "en": "Tamga"}}
JYLDYZ = {
    "uid": "0a1b0000-0000-4000-8000-000000000000", "name": "Jyldyz Mamyrova", "maker": "",
    "village": VILLAGE, "signers": [],
}  # fmt: skip
AGREEMENT = {"number": "A-4", "consignor": JYLDYZ, "commission": {"food": 2000, "craft": 2000}}


def good(kind: str, id_: int = 7) -> dict[str, Any]:
    return {
        "id": id_, "owner": JYLDYZ["uid"], "names": {"ky": "Өрүк кыямы", "ru": "", "en": "Jam"},
        "form": "250 g", "kind": kind, "price": 12_000, "floor": None, "later": [],
        "currency": "KGS", "photo": "", "keeps_days": None,
    }  # fmt: skip


def counted(kind: str = "food", **changed: Any) -> dict[str, Any]:
    plain = {
        "good": good(kind), "line": None, "declared": None, "accepted": 10, "refused": 0,
        "reason": "", "batch": "2012-07", "best_before": "2013-06-01", "label": "2900000000001",
    }  # fmt: skip
    return plain | changed


FAULTS: list[tuple[dict[str, Any], str | None]] = [
    (counted(), None),
    (counted("craft", batch="", best_before=""), None),
    (counted(accepted=None), "pieces"),
    (counted(accepted=0), "pieces"),
    (counted(accepted=-1), "pieces"),
    (counted(accepted=1.5), "pieces"),
    (counted(accepted=100_001), "pieces"),
    (counted(refused=2), "reason"),
    (counted(refused=2, reason="  "), "reason"),
    (counted(refused=2, reason="wet"), None),
    (counted(batch=" "), "batch"),
    (counted(best_before=""), "date"),
    (counted(best_before=DAY), "expired"),
    (counted(best_before="2012-07-06"), None),
    (counted(accepted=0, refused=3, reason="over", batch="", best_before=""), None),
]


def test_what_lacks_in_a_line(modules: Modules) -> None:
    body = "return given[0].map((line) => m.faultOf(line, given[1]));"
    found = modules.run("intake/count.js", body, [line for line, _fault in FAULTS], DAY)
    assert found == [fault for _line, fault in FAULTS]


def test_the_event_is_one_that_the_server_reads(modules: Modules) -> None:
    """Lines that were not counted stay out; what nobody declared is declared as counted."""
    note = {
        "number": "Н-7", "agreement": "A-4", "on": "2012-07-01",
        "lines": [
            {"id": 31, "variant": 7, "declared": 12, "batch": "7", "best_before": UNTIL},
            {"id": 32, "variant": 8, "declared": 3, "batch": "", "best_before": None},
        ],
    }  # fmt: skip
    body = """
      const [agreement, note, jam, slippers, proof] = given;
      const count = m.begin(agreement, note, (id) => (id === 7 ? jam : slippers), null);
      Object.assign(count.lines[0], { accepted: 10, refused: 2, reason: " wet " });
      count.lines[0].label = "2912345678901";
      count.lines.push({ ...m.line(slippers), accepted: 4, label: "2912345678918", batch: " " });
      count.lines.push({ ...m.line(slippers), accepted: 0, refused: 1, reason: "torn" });
      return m.payloadOf(count, { shop: proof, consignor: proof });
    """
    proof = {"by": JYLDYZ["uid"], "way": "drawn", "strokes": [[0, 0, 500, 120]]}
    given = modules.run(
        "intake/count.js", body, AGREEMENT, note, good("food"), good("craft", 8), proof
    )
    read = msgspec.convert(given, IntakePayload)
    rows = [
        (one.line, one.declared, one.accepted, one.refused, one.reason, one.label)
        for one in read.lines
    ]
    assert rows == [
        (31, 12, 10, 2, "wet", "2912345678901"),
        (None, 4, 4, 0, "", "2912345678918"),
        (None, 1, 0, 1, "torn", ""),
    ]  # fmt: skip
    assert [str(one.best_before) for one in read.lines] == ["2013-06-01", "None", "None"]
    assert (read.agreement, read.note, read.consignor) == ("A-4", "Н-7", JYLDYZ["uid"])


def test_labels_are_the_tills_own_and_never_taken(modules: Modules) -> None:
    body = "return Array.from({ length: 2000 }, () => m.newLabel());"
    labels = modules.run("intake/count.js", body)
    assert [label for label in labels if not is_till_label(label)] == []
    assert len(set(labels)) == 2000
    body = "let asked = 0; m.newLabel(() => { asked += 1; return asked < 4; }); return asked;"
    assert modules.run("intake/count.js", body) == 4


def test_commission_is_rounded_as_on_the_server(modules: Modules) -> None:
    cases = [
        (amount, rate) for amount in (0, 1, 2, 3, 49, 50, 101, 12_345, 99_999_999)
        for rate in (0, 1, 1_500, 2_000, 2_500, 3_333, 9_999, 10_000)
    ]  # fmt: skip
    body = "return given[0].map(([amount, rate]) => m.commissionOf(amount, rate));"
    found = modules.run("intake/count.js", body, cases)
    assert found == [share_by_rate(amount, rate) for amount, rate in cases]


def test_lots_stand_on_the_shelf_as_the_server_would_tell_them(modules: Modules) -> None:
    line = {"label": "2912345678901", "accepted": 10, "variant": 7, "batch": "2012-07",
            "best_before": "2013-06-01"}  # fmt: skip
    refused = line | {"accepted": 0, "label": ""}
    event = {"payload": {"kind": "intake", "agreement": "A-4", "lines": [line, refused]}}
    body = """
      const [event, agreement, jam] = given;
      const offer = { agreement: () => agreement, variant: () => jam };
      const { Shelf, priceOn } = await import("/till/v/test/sell/shelf.js");
      const lots = m.lotsOf(event, offer);
      const shelf = new Shelf(lots);
      return { lots, found: shelf.find("oruk", {}).length, price: priceOn(lots[0], "2012-07-05") };
    """
    given = modules.run("intake/count.js", body, event, AGREEMENT, good("food"))
    (lot,) = given["lots"]
    msgspec.convert(lot, ShelfLot, strict=True)
    assert set(lot) == {field.name for field in msgspec.structs.fields(ShelfLot)}
    assert (lot["on_shelf"], lot["owner"], lot["village"]) == (10, "Jyldyz Mamyrova", VILLAGE)
    assert (given["found"], given["price"]["price"]) == (1, 12_000)


def test_an_owner_who_is_not_told_of_any_more_and_days_across_a_leap_year(
    modules: Modules,
) -> None:
    event = {"payload": {"kind": "intake", "agreement": "A-9", "lines": [{"accepted": 1}]}}
    body = """
      const gone = { agreement: () => null, variant: () => null };
      const lots = m.lotsOf(given[0], gone);
      return [lots, m.daysAfter("2012-02-28", 2), m.daysAfter("2012-07-05", 335)];
    """
    assert modules.run("intake/count.js", body, event) == [[], "2012-03-01", "2013-06-05"]
