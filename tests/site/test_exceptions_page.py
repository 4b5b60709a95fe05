"""One record among five hundred that nobody can read: the rest is sold, a person clears it."""

import json
import re

import pytest
from django.http import HttpResponse

from ayil.shop.devices import enrol_device, remember
from ayil.shop.models import EventException, Sale
from tests.cast import Till as CastTill
from tests.rig.client import Client
from tests.site.cast import AT, START, Programme, account_of, programme, queries_of, speak

pytestmark = pytest.mark.django_db
HURT = '<script>alert("x")</script>\u202e'


@pytest.fixture
def made() -> Programme:
    made = programme()
    made.add_maker("Гүлнара Асанова", 0)
    return made


@pytest.fixture
def desk(made: Programme) -> Client:
    manager = Client()
    manager.force_login(account_of(made.manager))
    speak(manager, "en")
    return manager


def tablet(made: Programme) -> tuple[CastTill, Client]:
    device, token = enrol_device(shop=made.shop, code="krs-tablet", by=made.manager, at=AT)
    given = HttpResponse()
    remember(given, token)
    browser = Client()
    browser.cookies = given.cookies
    return CastTill(device, day=START), browser


def send(browser: Client, events: list[bytes]) -> dict[str, list[dict[str, object]]]:
    answer = browser.post(
        "/sync/v1/events",
        data=b'{"events":[' + b",".join(events) + b"]}",
        content_type="application/json",
        headers={"X-Ayil-Till": "1"},
    )
    assert answer.status_code == 200
    return dict(json.loads(answer.content))


def page_of(desk: Client) -> str:
    answer = desk.get("/today/")
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def spoilt(raw: bytes) -> bytes:
    """The cashier's name and a quantity are not what a till writes."""
    content = json.loads(raw)
    content["cashier"] = HURT
    content["payload"]["lines"][0]["quantity"] = 1.5
    return json.dumps(content).encode()


def test_one_of_five_hundred_is_read_and_cleared_by_a_person(made: Programme, desk: Client) -> None:
    till, browser = tablet(made)
    lot = made.makers[0].lots[0]
    events = [till.sale((lot, 1, 65_000)) for _ in range(500)]
    events[321] = spoilt(events[321])
    answer = send(browser, events)
    assert len(answer["acknowledged"]) == 499
    assert [fault["index"] for fault in answer["exceptions"]] == [321]
    assert (Sale.objects.count(), EventException.objects.count()) == (499, 1)

    page = page_of(desk)
    assert "krs-tablet" in page
    assert "The till sent something that cannot be read." in page
    assert "Receipt krs-tablet-1-322, 650 сом" in page
    assert f"{lot.label} × 1.5" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "\u202e" not in page
    assert "1 event of a till to be looked at" in desk.get("/desk/").content.decode()

    found = re.search(r'action="(/today/exceptions/\d+/clear/)"', page)
    assert found
    assert desk.post(found[1], {"note": "  "}).status_code == 302
    assert EventException.objects.filter(clearing__isnull=True).count() == 1
    desk.post(found[1], {"note": "Төлөндү, кагазга жазылды"})
    clearing = EventException.objects.get().clearing
    assert (clearing.by, clearing.note) == (made.manager, "Төлөндү, кагазга жазылды")
    assert "Every event of every till was applied." in page_of(desk)
    # Sent again it is known, and does not come back.
    assert len(send(browser, events)["acknowledged"]) == 499
    assert "Every event of every till was applied." in page_of(desk)


def test_it_is_seen_before_anything_was_ever_sold(made: Programme, desk: Client) -> None:
    till, browser = tablet(made)
    send(browser, [spoilt(till.sale((made.makers[0].lots[0], 1, 65_000)))])
    assert Sale.objects.count() == 0
    page = page_of(desk)
    assert "Nothing has been sold yet." in page
    assert "krs-tablet-1-1" in page


def test_what_was_posted_and_is_odd_says_so(made: Programme, desk: Client) -> None:
    till, browser = tablet(made)
    lot = made.makers[0].lots[0]
    first = till.sale((lot, 1, 65_000))
    till.begin(1)
    send(browser, [first, till.sale((lot, 2, 65_000))])
    page = page_of(desk)
    assert "posted" in page
    assert "Receipt krs-tablet-1-1, 1 300 сом" in page


def test_a_label_that_was_typed_wrong_is_put_right_by_a_person(
    made: Programme, desk: Client
) -> None:
    till, browser = tablet(made)
    lot = made.makers[0].lots[0]
    sale = json.loads(till.sale((lot, 1, 65_000)))["payload"]
    sale["lines"][0]["label"] = "2999999999990"
    send(browser, [till.write(sale)])
    page = page_of(desk)
    assert "Label 2999999999990: if it was typed wrong, the right one" in page
    address = f"/today/exceptions/{EventException.objects.get().pk}/clear/"
    answer = {"came": "2999999999990", "meant": f" {lot.label} ", "note": "two digits were swapped"}
    desk.post(address, answer)
    assert Sale.objects.get().lines.get().lot == lot
    assert "Every event of every till was applied." in page_of(desk)


def test_who_only_looks_is_offered_no_button(made: Programme, desk: Client) -> None:
    till, browser = tablet(made)
    send(browser, [b'{"a":1}', till.sale((made.makers[0].lots[0], 1, 65_000))])
    assert "It is dealt with" in page_of(desk)
    officer = Client()
    officer.force_login(account_of(made.officer))
    speak(officer, "en")
    page = page_of(officer)
    assert "krs-tablet" in page
    assert "It is dealt with" not in page


def test_one_and_four_cost_the_same(made: Programme, desk: Client) -> None:
    till, browser = tablet(made)
    send(browser, [b"1", till.sale((made.makers[0].lots[0], 1, 65_000))])
    desk.get("/today/")
    one = queries_of(desk, "/today/")
    send(browser, [b"2", b"3", b"4"])
    assert queries_of(desk, "/today/") == one
