"""The browser that other tests stand on: it shows our pages, and it tells on a broken policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.browser


def test_the_first_page_opens_without_an_error(page: Page, live_server: LiveServer) -> None:
    answer = page.goto(live_server.url + "/")
    assert answer is not None
    assert answer.status == 200
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    expect(page.locator("main")).to_be_visible()


def test_the_policy_stops_an_inline_script(chromium: Browser, live_server: LiveServer) -> None:
    page = chromium.new_context().new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text))
    page.goto(live_server.url + "/")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = true';"
        " document.body.append(s); }"
    )
    assert page.evaluate("() => window.ran") is None
    assert any("Content Security Policy" in error for error in errors)
    page.context.close()
