"""A manager makes a browser the shop's, and ends it."""

from ayil.members.actions import open_shop
from ayil.shop.devices import COOKIE, enrol_device
from ayil.shop.models import Device
from tests.rig.client import Client
from tests.site.cast import AT, queries_of
from tests.site.doors.people import People, by_card


def manager(who: People) -> Client:
    browser = Client()
    browser.force_login(who.name(who.made.manager, "bakyt"))
    return browser


def test_a_browser_becomes_the_shops_and_a_clerk_works_on_it(who: People) -> None:
    browser = manager(who)
    browser.post("/devices/", {"shop": "krs"})
    cookie = browser.cookies[COOKIE]
    assert cookie["httponly"]
    assert int(cookie["max-age"]) > 300 * 24 * 60 * 60
    device = Device.objects.exclude(code="till-1").get()
    assert (device.shop, device.enrolled_by) == (who.made.shop, who.made.manager)
    assert f"This browser is {device.code}" in browser.get("/devices/").content.decode()
    browser.post("/sign-out/")
    by_card(browser, who.card_of(who.clerk).number)
    assert browser.get("/desk/").status_code == 200


def test_a_changed_cookie_is_no_device(who: People) -> None:
    browser = manager(who)
    browser.post("/devices/", {"shop": "krs"})
    value = browser.cookies[COOKIE].value
    browser.post("/sign-out/")
    card = who.card_of(who.clerk).number
    for forged in (value[:-2] + "xx", value.split(":")[0], "x", ""):
        browser.cookies[COOKIE] = forged
        by_card(browser, card)
        assert browser.get("/desk/").status_code == 403
        browser.post("/sign-out/")


def test_a_manager_sees_and_ends_their_own_shops_devices(who: People) -> None:
    other = open_shop(code="other", name="Башка дүкөн", place=None, currency="KGS")
    enrol_device(shop=other, code="other-1", by=who.made.officer, at=AT)
    who.device()
    browser = manager(who)
    page = browser.get("/devices/").content.decode()
    assert "krs-1" in page
    assert "other-1" not in page
    assert browser.post("/devices/other-1/end/").status_code == 404
    assert browser.post("/devices/", {"shop": "other"}).status_code == 404
    assert browser.post("/devices/krs-1/end/").status_code == 302
    assert not Device.objects.filter(code="krs-1", end__isnull=True).exists()
    assert Device.objects.filter(code="other-1", end__isnull=True).exists()


def test_devices_are_no_business_of_a_maker_or_a_clerk(client: Client, who: People) -> None:
    for party, username in ((who.asel, "asel"), (who.clerk, "nurgul")):
        client.force_login(who.name(party, username))
        for answer in (client.get("/devices/"), client.post("/devices/", {"shop": "krs"})):
            assert answer.status_code == 403
    assert Device.objects.count() == 1


def test_the_list_costs_the_same_for_one_and_for_four(who: People) -> None:
    browser = manager(who)
    browser.get("/devices/")  # a session's first page notes that it was seen
    one = queries_of(browser, "/devices/")
    for number in range(3):
        enrol_device(shop=who.made.shop, code=f"krs-{number}", by=who.made.manager, at=AT)
    assert queries_of(browser, "/devices/") == one
