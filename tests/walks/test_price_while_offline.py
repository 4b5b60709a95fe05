"""The owner sets a price while the till has no network: sold at the old one, and told why.

Jam costs 120 som, then 150 som from today; commission 20 %. One jar goes at each price:
the maker gets 120 − 24 = 96 som and 150 − 30 = 120 som, 216 som together.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.rig import till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Link, pass_all, refuse_all
from tests.rig.profile import Tablet
from tests.rig.till_house import ShopHouse
from tests.walks.conftest import PHONE, Seat

pytestmark = pytest.mark.browser
NAME = "Apricot jam"
SIT = """
import sys, django
django.setup()
from django.conf import settings
from ayil.kit.clock import now
from ayil.members.language import choose_language
from ayil.members.models import Party, User
from tests.rig.client import Client
party = Party.objects.get(name=sys.argv[1])
choose_language(party=party, language=sys.argv[2], by=party, at=now())
user, _made = User.objects.get_or_create(username=f"u{party.pk}", party=party)
client = Client()
client.force_login(user)
print(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


@pytest.fixture
def seated(house: ShopHouse, chromium: Browser) -> Iterator[Callable[..., Seat]]:
    """Gives somebody of the served shop a phone on which they are signed in."""
    contexts = []

    def sit(name: str, language: str = "en") -> Seat:
        cookie, value = house.run(sys.executable, "-c", SIT, name, language).split()
        context = chromium.new_context(viewport=PHONE)
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": cookie, "value": value, "url": house.origin}])
        return Seat(context.new_page(), house.origin)

    yield sit
    for context in contexts:
        context.close()


def test_the_price_changes_while_the_till_is_offline(
    house: ShopHouse, line: Link, tablet: Tablet, seated: Callable[..., Seat]
) -> None:
    clerk = Clerk(till_page.open_till(tablet, line.origin), house)
    till_page.wait_until_ready(clerk.page, lots=len(house.shop["goods"]))
    clerk.speak_english()
    clerk.open_shift()
    line.plan = refuse_all

    maker = seated("Jyldyz Mamyrova")
    maker.go("/my-goods/").follow(re.compile(NAME)).type(amount="150").press("This is my price")
    maker.sees("costs 150 сом from", "The tills get it by themselves.")

    old = clerk.sell(NAME)
    assert "120" in tablet.printed[-1]["words"]
    assert "150" not in tablet.printed[-1]["words"]
    line.plan = pass_all
    till_page.send_all(clerk.page)
    good = clerk.page.get_by_role("button", name=re.compile(NAME)).first
    expect(good).to_contain_text("150")
    new = clerk.sell(NAME)
    assert "150" in tablet.printed[-1]["words"]
    till_page.send_all(clerk.page)

    manager = seated(house.shop["people"]["manager"]["name"])
    # It is nobody's fault: nothing asks the manager to look at it.
    manager.go("/today/").sees("Every event of every till was applied.")
    manager.go("/shop/payouts/").press("Close the statements now")
    maker.go("/my-sales/").follow(re.compile("^Statement 1 "))
    why = "Sold at 120 сом: the till did not know yet of the price of 150 сом"
    maker.sees(old, new, why, "216 сом")
    assert maker.page.get_by_text("Sold at ").count() == 1
    paper = maker.paper("On paper (PDF)")
    for words in (
        "1 × 120 сом 120 сом 20 % 24 сом 0 сом 96 сом",
        "1 × 150 сом 150 сом 20 % 30 сом 0 сом 120 сом",
        "Owed to you 216 сом",
        why,
    ):
        assert words in paper
    assert house.verify() == []
