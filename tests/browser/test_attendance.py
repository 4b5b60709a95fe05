"""Two tablets tick the same frozen roll without a network; each villager counts once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ayil.decisions.actions import freeze_roll
from ayil.decisions.models import Assembly, AttendanceMark
from ayil.members.models import Party
from tests.browser.test_own_pages import sign_in
from tests.browser.test_walk import TOUCH_PX, overflow_px
from tests.site.cast import programme
from tests.site.village import AT, Village, village

pytestmark = pytest.mark.browser


@contextmanager
def tablet(chromium: Browser, live_server: LiveServer, party: Party) -> Iterator[Page]:
    """A page on a device of its own, on which the person is signed in."""
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    sign_in(page, live_server, party)
    yield page
    context.close()


def frozen(who: Village) -> Assembly:
    assembly = who.call()
    who.hang(assembly)
    freeze_roll(assembly=assembly, by=who.registrar, at=AT)
    return assembly


def tick(page: Page, numbers: Sequence[int]) -> None:
    for number in numbers:
        page.locator(f"input[name=number][value='{number}']").check()


def ticked() -> list[int]:
    marks = AttendanceMark.objects.order_by("entry__number")
    return list(marks.values_list("entry__number", flat=True))


def test_two_tablets_without_a_network_count_each_person_once(
    chromium: Browser, live_server: LiveServer
) -> None:
    who = village(programme().villages[0])
    assembly = frozen(who)
    address = f"{live_server.url}/assemblies/{assembly.uid}/attendance/"
    with (
        tablet(chromium, live_server, who.registrar) as one,
        tablet(chromium, live_server, who.chair) as other,
    ):
        for page in (one, other):
            page.goto(address)
            assert overflow_px(page) == 0
            row = page.locator(".ticks label").first.bounding_box()
            assert row is not None
            assert row["height"] >= TOUCH_PX
            page.context.set_offline(True)
        tick(one, [1, 2, 3])
        tick(other, [3, 4])
        kept = one.evaluate("Object.values(localStorage)")
        assert kept == ["[1,2,3]"], "by number: not in which order they came"
        expect(other.locator("[data-state]")).to_contain_text("2")
        one.wait_for_timeout(2000)  # longer than it waits before it sends
        assert ticked() == []
        for page in (one, other):
            page.context.set_offline(False)
            expect(page.locator("input:disabled").first).to_be_visible()
            expect(page.locator("[data-state]")).not_to_contain_text("2")
        assert ticked() == [1, 2, 3, 4]
        expect(other.locator("[data-ticked]")).to_have_text("4")
        one.reload()
        expect(one.locator("input[name=number]:disabled")).to_have_count(4)
        assert one.evaluate("localStorage.length") == 0


def test_a_tick_is_sent_by_itself_and_stays_where_it_was_refused(
    chromium: Browser, live_server: LiveServer
) -> None:
    who = village(programme().villages[0])
    assembly = frozen(who)
    address = f"{live_server.url}/assemblies/{assembly.uid}/attendance/"
    with tablet(chromium, live_server, who.registrar) as page:
        page.goto(address)
        tick(page, [5])
        expect(page.locator("[data-ticked]")).to_have_text("1")
        assert ticked() == [5]
        page.context.clear_cookies()
        tick(page, [6])
        page.locator("form[data-ticks] button").click()
        expect(page.locator("[data-state]")).to_contain_text("Баракчаны кайра ачып")
        assert page.evaluate("Object.values(localStorage)") == ["[6]"]
        sign_in(page, live_server, who.chair)
        page.goto(address)
        expect(page.locator("input[name=number]:disabled")).to_have_count(2)
        assert ticked() == [5, 6]
