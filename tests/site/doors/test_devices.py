"""A manager makes a browser the shop's, and ends it."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from ayil.kit.clock import now
from ayil.members.actions import open_shop
from ayil.shop.devices import COOKIE, enrol_device, start_epoch
from ayil.shop.log import ingest
from ayil.shop.models import Device, LogTaking, TillTerms
from ayil.shop.programme import programme
from tests.cast import Till as CastTill
from tests.rig.client import Client
from tests.shop.sealing import lay_key
from tests.shop.test_taking_in import file_of, packed
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


def test_after_enrolling_the_till_is_one_tap_away(who: People) -> None:
    browser = manager(who)
    assert 'href="/till/"' not in browser.get("/devices/").content.decode()
    browser.post("/devices/", {"shop": "krs"})
    assert 'href="/till/"' in browser.get("/devices/").content.decode()


def test_each_till_says_how_it_is(who: People) -> None:
    device = enrol_device(shop=who.made.shop, code="krs-1", by=who.made.manager, at=AT)[0]
    browser, till = manager(who), CastTill(device)
    assert "has not sold yet" in browser.get("/devices/").content.decode()
    opened = {"kind": "shift_opened", "float": 0, "till": "0123456789abcdef"}
    wish = {"kind": "wish", "words": "бал"}
    ingest(device=device, raw=[till.write(opened), till.write(wish, offset_ms=1000)], at=now())
    page = browser.get("/devices/").content.decode()
    assert "all is well" in page
    assert "an older one" in page
    start_epoch(device=device, public_key=b"", at=AT)
    ingest(device=device, raw=[till.write(wish, offset_ms=-3 * 24 * 3600 * 1000)], at=now())
    page = browser.get("/devices/").content.decode()
    assert "wrong clock" in page
    assert "Its clock is 3 days ahead." in page
    assert "1 time<" in page
    opened["till"] = programme().version
    four_days_ago = now() - timedelta(days=4)
    ingest(device=device, raw=[till.write(opened, offset_ms=121_000)], at=four_days_ago)
    page = browser.get("/devices/").content.decode()
    assert "silent" in page
    assert "the newest" in page
    assert "Its clock is 2 minutes behind." in page
    assert "1 till has sent nothing for more than 3 days" in browser.get("/desk/").content.decode()


def test_a_till_of_another_programme_says_less_and_breaks_nothing(who: People) -> None:
    who.device()
    browser, till = manager(who), CastTill(Device.objects.get(code="krs-1"))
    ingest(device=till.device, raw=[till.write({"kind": "wish", "words": "бал"})], at=now())
    page = browser.get("/devices/").content.decode()
    assert "all is well" in page
    assert "Its programme" not in page


def test_the_terms_are_dated_and_the_last_ones_hold(who: People) -> None:
    browser = manager(who)
    page = browser.get("/devices/terms/krs/").content.decode()
    assert 'value="0"' in page
    for limit, fiscal in (("500", "none"), ("1 500,50", "external"), ("1500.50", "external")):
        given = browser.post("/devices/terms/krs/", {"refund_limit": limit, "fiscal": fiscal})
        assert given.status_code == 302
    rows = TillTerms.objects.values_list("refund_limit_minor", "fiscal", "by__name")
    assert list(rows) == [
        (50_000, "none", who.made.manager.name),
        (150_050, "external", who.made.manager.name),
    ]
    assert 'value="1500.50"' in browser.get("/devices/terms/krs/").content.decode()
    page = browser.get("/devices/").content.decode().replace("\u00a0", " ")
    assert "1 500.50 сом" in page
    for wrong in ("-5", "x", "", "5.555", "1e9", "9" * 18):
        given = browser.post("/devices/terms/krs/", {"refund_limit": wrong, "fiscal": "none"})
        assert given.status_code == 200
        said = given.content.decode()
        assert "errorlist" in said or 'role="alert"' in said
    given = browser.post("/devices/terms/krs/", {"refund_limit": "5", "fiscal": "else"})
    assert given.status_code == 200
    assert TillTerms.objects.count() == 2


def test_a_manager_says_nothing_for_another_shop(who: People) -> None:
    open_shop(code="other", name="Башка дүкөн", place=None, currency="KGS")
    browser = manager(who)
    form = {"refund_limit": "5", "fiscal": "none"}
    assert browser.get("/devices/terms/other/").status_code == 404
    assert browser.post("/devices/terms/other/", form).status_code == 404
    assert not TillTerms.objects.exists()


def test_a_tills_file_is_taken_in_on_the_page(who: People) -> None:
    lay_key()
    device = enrol_device(shop=who.made.shop, code="krs-1", by=who.made.manager, at=AT)[0]
    till = CastTill(device)
    events = [till.write({"kind": "wish", "words": "бал"}) for _ in range(3)]
    file = file_of(packed([*events, b'"x"']), "krs-1")
    browser = manager(who)

    def bring(raw: bytes) -> str:
        given = browser.post("/devices/take-in/", {"file": SimpleUploadedFile("x.ayil", raw)})
        assert given.status_code == 200
        return given.content.decode()

    page = bring(file)
    assert "3 records are new and are booked." in page
    assert "1 record is to be looked at" in page
    page = bring(file)
    assert "0 records are new and are booked." in page
    assert "3 records had come before." in page
    assert "cut short or changed" in bring(file[:-50])
    assert "no file of a till" in bring(b"a photo")
    assert "errorlist" in browser.post("/devices/take-in/", {}).content.decode()
    other = open_shop(code="other", name="Башка дүкөн", place=None, currency="KGS")
    enrol_device(shop=other, code="other-1", by=who.made.officer, at=AT)
    assert "may not do this" in bring(file_of(packed(events), "other-1"))
    assert LogTaking.objects.count() == 2
