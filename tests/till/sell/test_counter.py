"""A sale as a clerk makes it, on a real till with a real server."""

import time

import pytest
from playwright.sync_api import expect

from tests.till.sell.conftest import Counter
from tests.till.sell.goods import jam, lot

pytestmark = pytest.mark.browser

UNKNOWN = "2912345678906"


def test_an_ordinary_sale_takes_three_taps(counter: Counter) -> None:
    before = counter.taps
    counter.sell_one()
    assert counter.taps - before == 3
    sale = counter.events()[-1]
    assert sale["payload"]["tenders"] == [
        {"kind": "cash", "amount": 45_000, "notes": {"20000": 2, "5000": 1}}
    ]
    expect(counter.page.get_by_text("The receipt is printed.")).to_be_visible()
    assert [sale["payload"]["receipt"] in paper for paper in counter.papers] == [True]
    # The next one begins without a tap: by a scan.
    counter.scan(counter.goods[1]["label"])
    expect(counter.lines).to_have_count(1)


def test_the_server_has_the_sale_as_the_till_wrote_it(counter: Counter) -> None:
    counter.sell_one()
    written = counter.events()[-1]
    until = time.monotonic() + 20
    counter.page.evaluate("dispatchEvent(new Event('online'))")
    asked = (
        "SELECT s.receipt, l.quantity, l.gross_minor FROM shop_sale s "  # noqa: S608 - our own hash
        "JOIN shop_saleline l ON l.sale_id = s.id JOIN shop_tillevent e ON e.id = s.event_id "
        f"WHERE e.hash = x'{written['hash']}'"
    )
    while not (rows := counter.house.ask(asked)) and time.monotonic() < until:
        time.sleep(0.1)
    assert rows == [(written["payload"]["receipt"], 1, 45_000)]


def test_change_is_given_from_the_drawer(counter: Counter) -> None:
    counter.button("Felt slippers").first.click()
    counter.button("Pay").click()
    counter.button("change 50").click()
    expect(counter.page.get_by_text("Give back 50")).to_be_visible()
    assert counter.events()[-1]["payload"]["tenders"][0]["notes"] == {"50000": 1, "5000": -1}


def test_where_the_drawer_has_no_change_it_says_what_to_ask_for(counter: Counter) -> None:
    counter.button("Apricot jam").first.click()
    counter.button("Pay").click()
    # 880 som back: the drawer has 500.
    counter.button("no change for 880").click()
    status = counter.page.locator(".status")
    expect(status).to_contain_text("The drawer has no change for 880")
    for _ in range(2):
        counter.page.get_by_role("button", name="Begin again").click()
    counter.page.get_by_role("button", name="200", exact=True).click()
    expect(status).to_contain_text("Give back 80")
    counter.button("Take the money").click()
    notes = counter.events()[-1]["payload"]["tenders"][0]["notes"]
    assert notes == {"20000": 1, "2000": -4} or notes == {"20000": 1, "5000": -1, "2000": -2}


def test_card_and_cash_together(counter: Counter) -> None:
    counter.button("Felt slippers").first.click()
    counter.button("Pay").click()
    counter.button("By card").click()
    counter.page.get_by_label("How much of it, som").fill("300")
    counter.button("Paid").click()
    expect(counter.page.get_by_role("alert")).to_contain_text("number")
    counter.page.get_by_label("Number on the terminal's slip").fill("0017")
    counter.button("Paid").click()
    counter.button("exactly").click()
    expect(counter.page.get_by_role("heading", name="Sold for")).to_be_visible()
    assert counter.events()[-1]["payload"]["tenders"] == [
        {"kind": "card", "amount": 30_000, "reference": "0017"},
        {"kind": "cash", "amount": 15_000, "notes": {"10000": 1, "5000": 1}},
    ]


def test_a_parked_sale_is_taken_up_after_a_power_cut(counter: Counter) -> None:
    counter.scan(counter.goods[0]["label"])
    counter.scan(counter.goods[0]["label"])
    expect(counter.page.locator(".pieces")).to_have_text("2")
    counter.button("Park").click()
    expect(counter.lines).to_have_count(0)
    counter.scan(counter.goods[1]["label"])
    expect(counter.lines).to_have_count(1)
    counter.load()
    expect(counter.lines).to_have_count(1)
    expect(counter.lines).to_contain_text("Apricot jam")
    counter.button("One less").click()
    counter.button("Parked").click()
    counter.button("Take it up").click()
    expect(counter.lines).to_contain_text("Felt slippers")
    expect(counter.page.locator(".total")).to_contain_text("900")


def test_a_sale_that_is_in_the_log_is_not_in_the_cart_again(counter: Counter) -> None:
    counter.scan(counter.goods[0]["label"])
    expect(counter.lines).to_have_count(1)
    before = counter.meta("settings")
    counter.button("Pay").click()
    counter.button("exactly").click()
    expect(counter.page.get_by_role("heading", name="Sold for")).to_be_visible()
    # The power went between the log and the clearing of the counter.
    counter.meta("settings", before)
    counter.load()
    expect(counter.page.locator(".sell")).to_be_visible()
    expect(counter.lines).to_have_count(0)


def test_a_label_that_is_not_known_is_sold_at_its_price(counter: Counter) -> None:
    counter.scan(UNKNOWN)
    expect(counter.page.get_by_role("dialog")).to_contain_text(UNKNOWN)
    counter.button("Take it").click()
    expect(counter.page.get_by_role("alert")).to_contain_text("450,50")
    counter.page.get_by_label("The price on the label").fill("80,50")
    counter.button("Take it").click()
    expect(counter.lines).to_contain_text(UNKNOWN)
    counter.button("Pay").click()
    expect(counter.page.get_by_text("rounded to whole som")).to_be_visible()
    counter.button("exactly").click()
    expect(counter.page.get_by_role("heading", name="Sold for")).to_be_visible()
    payload = counter.events()[-1]["payload"]
    assert (payload["lines"][0]["label"], payload["rounding"]) == (UNKNOWN, 50)


def test_a_misread_code_is_said_and_not_sold(counter: Counter) -> None:
    counter.scan("2912345678907")
    expect(counter.said).to_contain_text("read wrong")
    expect(counter.lines).to_have_count(0)


def test_expired_food_stops_and_the_default_is_not_to_sell(counter: Counter) -> None:
    counter.add(jam("2900000000018", variant=9001, best_before="2012-07-04"))
    counter.scan("2900000000018")
    expect(counter.page.get_by_role("alertdialog")).to_contain_text("04.07.2012")
    # A scan of the next thing answers nothing.
    counter.scan(counter.goods[0]["label"])
    expect(counter.page.get_by_role("alertdialog")).to_be_visible()
    counter.page.keyboard.press("Enter")
    expect(counter.page.get_by_role("alertdialog")).to_have_count(0)
    expect(counter.said).to_contain_text("Not sold")
    expect(counter.lines).to_have_count(0)


def test_a_discount_ends_at_the_owners_floor(counter: Counter) -> None:
    counter.add(lot("2900000000025", variant=9002, floor=40_000))
    counter.scan("2900000000025")
    counter.button("Change: ").click()
    price = counter.page.get_by_label("Price a piece, som")
    price.fill("399")
    counter.button("Done").click()
    expect(counter.page.get_by_role("alert")).to_contain_text("does not go below 400")
    counter.button("The lowest").click()
    counter.button("Done").click()
    expect(counter.page.locator(".total")).to_contain_text("400")
    counter.button("Pay").click()
    counter.button("exactly").click()
    expect(counter.page.get_by_role("heading", name="Sold for")).to_be_visible()
    line = counter.events()[-1]["payload"]["lines"][0]
    assert (line["unit_price"], line["gross"], line["discount"]) == (45_000, 40_000, 5_000)


def test_a_wish_takes_two_taps(counter: Counter) -> None:
    before = counter.taps
    counter.button("Not here?").click()
    expect(counter.page.get_by_role("heading", name="Asked for and not found")).to_be_visible()
    counter.button("Food").click()
    expect(counter.said).to_contain_text("Noted")
    assert counter.taps - before == 2
    assert counter.events("wish")[-1]["payload"]["words"] == "Food"


def test_what_was_searched_in_vain_can_be_noted(counter: Counter) -> None:
    counter.page.get_by_role("searchbox").fill("сүрөт")
    counter.button("Note that it was asked for").click()
    counter.button("Note it").click()
    expect(counter.said).to_contain_text("сүрөт")
    assert counter.events("wish")[-1]["payload"]["words"] == "сүрөт"


def test_a_search_finds_in_three_spellings(counter: Counter) -> None:
    for words in ("chokoi", "чокой", "slipp", "Ak-Say", "0001"):
        counter.page.get_by_role("searchbox").fill(words)
        expect(counter.page.locator(".picture").first).to_contain_text("Felt slippers")


def test_who_buys_is_one_tap(counter: Counter) -> None:
    counter.scan(counter.goods[0]["label"])
    counter.button("Pay").click()
    counter.button("Tourist, Russian").click()
    counter.button("exactly").click()
    expect(counter.page.get_by_role("heading", name="Sold for")).to_be_visible()
    visitor = counter.events()[-1]["payload"]["visitor"]
    assert visitor == {"origin": "tourist", "language": "ru"}
