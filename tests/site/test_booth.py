"""The booth prints and forgets; a counter who taps paper by paper sends piles without an order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ayil.decisions.actions import close_poll, open_poll
from ayil.decisions.models import Assembly, CountSheet, Poll
from ayil.members.models import Party
from tests.rig.client import Client
from tests.site.cast import account_of, programme
from tests.site.village import AT, Village, village

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = """async () => ({
    local: localStorage.length, session: sessionStorage.length,
    bases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    words: location.href, state: history.state,
})"""


@pytest.fixture
def barskoon() -> Village:
    return village(programme().villages[0])


@pytest.fixture
def poll(barskoon: Village) -> Poll:
    assembly = barskoon.meet()
    barskoon.propose_two(assembly)
    return open_poll(assembly=assembly, by=barskoon.chair, at=AT)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def signed_in(page: Page, who: Party, line: LiveServer, assembly: Assembly) -> str:
    """The beginning of the assembly's addresses, for this person in Kyrgyz."""
    client = Client()
    client.force_login(account_of(who))
    Party.objects.filter(pk=who.pk).update(language="ky")
    cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": "ky"}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": line.url} for name, value in cookies.items()]
    )
    return f"{line.url}/assemblies/{assembly.uid}/"


def test_the_booth_sends_nothing_and_keeps_nothing(
    phone: Page, live_server: LiveServer, poll: Poll, barskoon: Village
) -> None:
    base = signed_in(phone, barskoon.chair, live_server, poll.assembly)
    phone.goto(base + "vote/booth/", wait_until="networkidle")
    before, cookies = phone.evaluate(KEPT), phone.context.cookies()
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url))
    phone.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    marks = phone.locator(".mark")
    marks.nth(0).check()
    marks.nth(1).check()
    expect(marks.nth(0)).to_be_checked()
    phone.locator("[data-print]").click()
    assert phone.evaluate("() => window.printed") == 1
    phone.pdf()  # what a printer would get; the page hears that it was printed
    for place in range(3):
        expect(marks.nth(place)).not_to_be_checked()
    assert sent == []
    assert phone.evaluate(KEPT) == before
    assert before["local"] == before["session"] == before["bases"] == before["caches"] == 0
    assert phone.context.cookies() == cookies
    marks.nth(0).check()
    phone.goto(base + "vote/")
    phone.go_back()
    expect(phone.locator(".mark").nth(0)).not_to_be_checked()
    phone.locator(".mark").nth(0).check()
    phone.reload()
    expect(phone.locator(".mark").nth(0)).not_to_be_checked()


def test_tapped_papers_are_sent_as_sorted_piles(
    phone: Page, live_server: LiveServer, poll: Poll, barskoon: Village
) -> None:
    close_poll(poll=poll, issued=5, unused=0, by=barskoon.chair, at=AT)
    base = signed_in(phone, barskoon.counter, live_server, poll.assembly)
    phone.goto(base + "vote/count/")
    taps = phone.locator("[data-taps]")
    for paper in ([2], [1], [2, 1], [2]):
        for number in paper:
            taps.locator(f'[data-number="{number}"]').click()
        taps.locator("[data-next]").click()
    taps.locator("[data-spoil]").click()
    expect(taps.locator("[data-so-far]")).to_have_text("5")
    assert phone.locator("[name=tapped]").input_value() == "1=1;1 2=1;2=2"
    phone.locator("form[data-piles] > section:last-of-type button").click()
    phone.wait_for_url("**/vote/")
    sheet = CountSheet.objects.get()
    assert (sheet.piles, sheet.spoiled) == ([[[1], 1], [[1, 2], 1], [[2], 2]], 1)
