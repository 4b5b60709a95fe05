"""Each role's own pages on the smallest phone, with a trade behind them, in all three languages."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from ayil.catalogue.actions import Words, announce
from ayil.lessons.actions import trigger_lessons
from ayil.members.models import Party
from ayil.payouts.actions import settle
from tests.browser.test_walk import look
from tests.rig.client import Client
from tests.site.cast import START, Programme, account_of
from tests.site.test_grant_page import Grant
from tests.site.village import Village, village

pytestmark = pytest.mark.browser
LATER = datetime(2012, 7, 1, 6, 0, tzinfo=UTC)


def trade() -> tuple[Programme, Party]:
    """Makers who sold for weeks, a closed statement, a lesson, a decision and an announcement."""
    grant = Grant()
    grant.pay("Кийиз басуу боюнча үч күндүк окуу, Барскоон", 123_456)
    made = grant.made
    for number in range(5):
        maker = made.add_maker(f"Токтобүбү Сыдыкова {number}", number)
        for day in range(8):
            made.sell(maker, 2, START + timedelta(days=2 * day + number))
    settle(shop=made.shop, by=made.manager, at=LATER)
    trigger_lessons(shop=made.shop, as_of=START + timedelta(days=20), at=LATER)
    place = made.villages[0]
    deciding: Village = village(place)
    deciding.sign(deciding.decide())
    announce(
        on=START,
        issuer=made.officer,
        texts={"ky": Words("Дүкөн ачылды", "Караколдогу изилдөө дүкөнү ачылды.")},
        by=made.officer,
        at=LATER,
    )
    return made, grant.donor()


def sign_in(page: Page, live_server: LiveServer, party: Party, language: str = "ky") -> None:
    """The person is signed in, and reads this language."""
    Party.objects.filter(pk=party.pk).update(language=language)
    client = Client()
    client.force_login(account_of(party))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_page_on_the_smallest_phone(
    page: Page, live_server: LiveServer, language: str
) -> None:
    made, donor = trade()
    maker = made.makers[0].party
    statement = f"/statements/{made.shop.code}/{maker.uid}/1/"
    for party, addresses in (
        (maker, ["/my-sales/", statement, "/our-decision/", "/", "/villages/barskoon/"]),
        (made.manager, ["/today/", "/goods/", "/news/"]),
        (made.officer, ["/programme/", "/grant/", "/today/"]),
        (donor, ["/grant/"]),
    ):
        sign_in(page, live_server, party, language)
        for address in addresses:
            look(page, live_server.url + address, language)


def test_a_maker_disputes_and_promises_without_a_script(
    page: Page, live_server: LiveServer
) -> None:
    made, _donor = trade()
    page.context.route("**/*.js", lambda route: route.abort())
    sign_in(page, live_server, made.makers[0].party, "en")
    page.goto(live_server.url + "/my-sales/")
    page.locator("section.lesson button").click()
    expect(page.get_by_role("status")).to_contain_text("next lesson")
    page.get_by_role("link", name="Statement 1").click()
    page.get_by_label("What is wrong, in your own words").fill("Бир жуп кем")
    page.get_by_role("button", name="Send it to the shop").click()
    expect(page.locator("#dispute")).to_contain_text("Бир жуп кем")


def test_a_page_prints_without_its_shell(page: Page, live_server: LiveServer) -> None:
    made, _donor = trade()
    sign_in(page, live_server, made.makers[0].party)
    page.goto(live_server.url + "/my-sales/")
    page.emulate_media(media="print")
    expect(page.locator(".tabs").first).to_be_hidden()
    expect(page.locator("main h1")).to_be_visible()
