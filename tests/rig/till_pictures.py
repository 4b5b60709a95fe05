"""The till's main screens in Kyrgyz, taken by hands that touch what a clerk touches."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import Browser, Page

from tests.rig.demo_house import House

SCREENS = {
    "till-open": "A shift is opened: the day, who sells, what lies in the drawer",
    "till-sell": "The counter: goods by picture, the basket",
    "till-pay": "The payment: notes to take, change to give",
    "till-done": "A sale is done",
    "till-more": "What else the till does, and what waits to be sent",
    "till-intake": "Goods come in: who brings them",
    "till-z": "The Z-report",
}
FLOAT = {500: 2, 100: 8, 50: 4, 20: 5, 10: 10}
COUNTED = {1000: 3, 200: 1, 100: 1}  # ten som short of the float and the one sale
HEIGHT_PX = 720


def screens(house: House, chromium: Browser, width: int) -> Iterator[tuple[str, bytes]]:
    """Each screen's name with its picture (PNG), at this width."""
    manager = house.visitor("manager")
    shop = re.search(r'name="shop" value="([^"]+)"', manager.get("/devices/").text)
    if shop is None:
        raise RuntimeError("The page of the shop's devices offers no shop.")
    manager.post("/devices/", {"shop": shop[1]}, form_on="/devices/")
    context = chromium.new_context(viewport={"width": width, "height": HEIGHT_PX})
    context.add_cookies(manager.cookies())  # type: ignore[arg-type] # as Playwright has them
    context.add_init_script("window.print = () => {};")
    page = context.new_page()
    page.goto(f"{house.origin}/till/")
    page.locator("html[data-ready]").wait_for(state="attached")
    try:
        yield from _day(page)
    finally:
        context.close()


def _day(page: Page) -> Iterator[tuple[str, bytes]]:
    page.get_by_text("Баары жөнөтүлдү").wait_for()
    yield "till-open", _shot(page)
    _open(page)
    good = page.locator("main button", has_text="Кийиз чокой").first
    good.click()
    page.locator("main button", has_text="Кийиз оюнчук").first.click()
    good.click()
    yield "till-sell", _shot(page, whole=False)
    page.get_by_role("button", name="Төлөө", exact=True).click()
    yield "till-pay", _shot(page)
    page.locator("button.proposal").nth(1).click()
    page.get_by_text("Чек басылды.").wait_for()
    yield "till-done", _shot(page)
    page.get_by_role("button", name="Кийинки сатуу").click()
    _menu(page, None)
    yield "till-more", _shot(page)
    _menu(page, "Товар кабыл алуу")
    yield "till-intake", _shot(page)
    _menu(page, "Сменаны жабуу")
    for worth, pieces in COUNTED.items():
        page.get_by_label(f"{worth} ×", exact=True).fill(str(pieces))
    page.get_by_role("button", name="Санап бүттүм").click()
    page.get_by_role("button", name="Сменаны жабуу").click()
    page.get_by_role("heading", name="Z-отчёт").first.wait_for()
    yield "till-z", _shot(page)


def _open(page: Page) -> None:
    page.get_by_role("radio").first.check()
    for worth, pieces in FLOAT.items():
        page.get_by_label(f"{worth} ×", exact=True).fill(str(pieces))
    page.locator("button.go").click()
    page.get_by_role("button", name="Төлөө", exact=True).wait_for()


def _menu(page: Page, name: str | None) -> None:
    page.locator("#bar button.menu").click()
    page.locator("nav.places").wait_for()
    if name is not None:
        page.get_by_role("button", name=name, exact=True).click()
        page.locator("nav.places").wait_for(state="detached")


def _shot(page: Page, *, whole: bool = True) -> bytes:
    page.wait_for_timeout(300)  # what was tapped stands still
    return page.screenshot(full_page=whole)
