"""What stands on a receipt: all that was sold, who made it, how it was paid; in whose language."""

from __future__ import annotations

from typing import Any

import pytest

from tests.till.conftest import Modules
from tests.till.receipts.papers import ABOUT, JAM, LOTS, PAPER, SLIPPERS, given, sale

pytestmark = pytest.mark.browser
# Lines as wide as paper of 58 mm; a code is told by its name.
LINES = PAPER + (
    "const { layOut } = await import('/till/v/test/receipts/paper.js');"
    "return layOut(paper, 32).map((one) => one.line?.trim() ?? Object.keys(one)[0]);"
)


def lines(modules: Modules, language: str = "en", **more: Any) -> list[str]:
    found = modules.run("receipts/paper.js", LINES, *given("receipt", language, **more))
    return [" ".join(line.split()) for line in found]


def test_it_names_the_shop_the_day_and_the_number(modules: Modules) -> None:
    found = lines(modules)
    assert found[:6] == [
        "Karakol Research", "Shop", "Receipt", "№ karakol-1-1-42", "05.07.2012 14:04",
        "Served by Айгүл Үсөнова",
    ]  # fmt: skip


def test_it_names_producer_and_village_of_each_line(modules: Modules) -> None:
    found = lines(modules, "ru")
    at = found.index("Войлочные тапочки, 40")
    assert found[at : at + 4] == [
        "Войлочные тапочки, 40", "Гүлнара Асанова, Тёрт-Куль", "2 × 650 1300", "Скидка −100",
    ]  # fmt: skip
    assert found[at + 4 : at + 7] == [
        "Облепиховое варенье, 0,5 л", "Өмүрбек Жээнбеков, Барскоон", "1 × 150 150",
    ]  # fmt: skip


def test_who_does_not_want_to_be_named_is_not(modules: Modules) -> None:
    found = lines(modules, lots=[SLIPPERS | {"maker": ""}, JAM | {"maker": "", "village": None}])
    assert "Гүлнара Асанова" not in " ".join(found)
    assert "Tort-Kul" in found
    assert found[found.index("Sea-buckthorn jam, 0,5 л") + 1] == "1 × 150 150"


def test_a_name_that_is_missing_in_the_language_is_told_in_another(modules: Modules) -> None:
    lot = SLIPPERS | {"names": {"en": "", "ru": "Тапочки", "ky": ""}}
    assert "Тапочки, 40" in lines(modules, "en", lots=[lot, JAM])


def test_goods_that_the_till_does_not_know_are_named_by_their_label(modules: Modules) -> None:
    found = lines(modules, lots=[])
    assert f"Goods {SLIPPERS['label']}" in found


def test_every_means_of_payment_is_told_with_what_was_given_and_came_back(
    modules: Modules,
) -> None:
    tenders = [
        {"kind": "cash", "amount": 35_000, "notes": {"50000": 1, "10000": -1, "5000": -1}},
        {"kind": "card", "amount": 60_000, "reference": "TX-99"},
        {"kind": "qr", "amount": 40_050},
    ]
    found = lines(modules, event=sale(tenders=tenders, rounding=50))
    at = found.index("Rounding 0,50")
    assert found[at : found.index("qr")] == [
        "Rounding 0,50", "Total 1350,50 som", "In cash 350", "Received 500", "Change given 150",
        "By card 600", "Slip TX-99", "By QR 400,50",
    ]  # fmt: skip


def test_the_fiscal_number_stands_there_once_there_is_one(modules: Modules) -> None:
    assert "Fiscal number 0012345678" in lines(modules, fiscal="0012345678")
    assert not [line for line in lines(modules) if "Fiscal" in line]


def test_a_copy_says_that_it_is_one(modules: Modules) -> None:
    assert lines(modules, isCopy=True)[3] == "Copy"
    assert "Copy" not in lines(modules)


def test_a_refund_says_what_came_back_and_why_and_bears_no_code(modules: Modules) -> None:
    line = {"label": JAM["label"], "quantity": 1, "unit_price": 15_000, "gross": 15_000,
            "sale": None, "line": None}  # fmt: skip
    refund = sale(
        kind="refund", receipt="karakol-1-1-43", lines=[line], reason="The lid was open",
        tenders=[{"kind": "cash", "amount": 15_000, "notes": {"10000": -1, "5000": -1}}],
    )  # fmt: skip
    found = lines(modules, event=refund, code="")
    assert found[2:4] == ["Refund", "№ karakol-1-1-43"]
    assert found[-3:] == ["Given back 150 som", "In cash 150", "Reason: The lid was open"]


def test_a_clock_that_is_put_right_tells_the_shops_hour(modules: Modules) -> None:
    """A tablet in another zone, an hour slow: the receipt tells when it was in Karakol."""
    event = sale() | {"wall": "2012-07-05T09:30:00+02:00", "offset_ms": 3_600_000}
    assert "05.07.2012 14:30" in lines(modules, event=event)
    assert "05.07.2012 13:30" in lines(modules, event=event | {"offset_ms": None})


TILL = """
const { setLanguage } = await import("/till/v/test/kit/words.js");
await setLanguage("ru");
const curve = { name: "ECDSA", namedCurve: "P-256" };
const { privateKey } = await crypto.subtle.generateKey(curve, false, ["sign"]);
const [event, about, lots, shift, till] = given;
const paper = await m.receiptFor({
  about, shelf: new Map(lots.map((lot) => [lot.label, lot])), keys: { receipt: privateKey },
  settings: new Map([["language", "ru"]]),
  log: { head: { epoch: 1 }, ofShift: async () => shift }, ...till,
}, event, { isCopy: true });
const words = paper.rows.flatMap((row) => row.text ?? row.pair ?? []);
return { language: paper.language, codes: paper.rows.filter((row) => row.qr).length, words };
"""


def papers(modules: Modules, event: dict[str, Any], shift: list[Any] | None = None) -> Any:
    about = ABOUT | {"device": "karakol-1"}
    return modules.run("receipts/papers.js", TILL, event, about, LOTS, shift or [], {})


@pytest.mark.parametrize(
    ("visitor", "language"),
    [
        (None, "ru"),
        ({"origin": "tourist", "language": "ky"}, "ky"),
        ({"origin": "tourist", "language": "de"}, "en"),
        ({"origin": "tourist", "language": ""}, "ru"),
    ],
)
def test_a_receipt_speaks_its_buyers_language(
    modules: Modules, visitor: dict[str, str] | None, language: str
) -> None:
    assert papers(modules, sale(visitor=visitor))["language"] == language


def test_only_a_sale_of_this_tills_own_key_bears_a_code(modules: Modules) -> None:
    kinds = [sale(), sale() | {"epoch": 2}, sale() | {"device": "karakol-2"}, sale(kind="refund")]
    assert [papers(modules, event)["codes"] for event in kinds] == [1, 0, 0, 0]


def test_a_reprint_has_the_fiscal_number_that_came_later(modules: Modules) -> None:
    def told(number: str, of: str) -> dict[str, Any]:
        return {"payload": {"kind": "fiscal", "sale": of, "number": number}}

    shift = [sale(), told("7", "cd" * 32), told("00012", sale()["hash"])]
    words = papers(modules, sale(), shift)["words"]
    assert words[words.index("Фискальный номер") + 1] == "00012"
