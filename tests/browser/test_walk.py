"""Every public page on the smallest phone: nothing to scroll sideways, nothing against the policy.

The `page` fixture fails a test whose page wrote an error to the console, a refused style or
script among them.
"""

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

SMALLEST: ViewportSize = {"width": 320, "height": 640}
TOUCH_PX = 44


def overflow_px(page: Page) -> int:
    measured = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return int(measured)


def small_targets(page: Page) -> list[str]:
    """Buttons and tabs that a thumb would miss."""
    found = page.evaluate(
        """least => [...document.querySelectorAll("button, .button, .tabs a, summary")]
            .filter(e => e.getClientRects().length)
            .filter(e => e.getBoundingClientRect().height < least)
            .map(e => e.outerHTML.slice(0, 80))""",
        TOUCH_PX,
    )
    return list(found)


def look(page: Page, address: str, language: str) -> None:
    page.set_viewport_size(SMALLEST)
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main h1")).to_have_count(1)
    assert overflow_px(page) == 0
    assert small_targets(page) == []


def speak(page: Page, live_server: LiveServer, language: str) -> None:
    page.context.add_cookies(
        [{"name": "django_language", "value": language, "url": live_server.url}]
    )


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("address", ["/", "/villages/", "/goods/", "/news/"])
def test_public_pages(page: Page, live_server: LiveServer, address: str, language: str) -> None:
    speak(page, live_server, language)
    look(page, live_server.url + address, language)


@pytest.mark.browser
def test_language_by_button(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + "/villages/")
    page.get_by_role("button", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page).to_have_url(live_server.url + "/villages/")


@pytest.mark.browser
def test_the_keyboard_reaches_the_content_first(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url + "/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
