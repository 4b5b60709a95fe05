"""The till's page as the rig sees it: opened by an enrolled tablet, filled with weeks of sales."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Error, Page

from tests.rig.profile import Tablet

OPENS_WITHIN_MS = 30_000
# The till's own modules, of the version that the page runs, beside the till of the page itself.
MODULES = """
  const version = document.documentElement.dataset.version;
  const load = (name) => import(`/till/v/${version}/${name}`);
  const device = localStorage.getItem("ayil-till-device");
  const store = await load("log/store.js");
  const db = await store.openStore(device);
"""
# A log of its own on the page's database, written as the till's screens would, but with no clerk.
LOG = (
    MODULES
    + """
  const { Log, headOf } = await load("log/log.js");
  const { State } = await load("log/state.js");
  const { Clock } = await load("kit/clock.js");
  const about = await store.getMeta(db, "about");
  const clock = new Clock({ timeZone: about.time_zone });
  const state = new State();
  const log = new Log({ db, about, clock, state, head: await headOf(db) });
"""
)
WRITE = (
    "async ({ shifts, sales, goods, cashier, first }) => {"
    + LOG
    + """
  const receipts = [];
  const spent = [];
  let number = first;
  for (let day = 0; day < shifts; day += 1) {
    const date = new Date(Date.now() - (shifts - day) * 86400000).toISOString().slice(0, 10);
    const shift = { name: `${log.head.epoch}-${crypto.randomUUID().slice(0, 8)}`, date, cashier };
    await log.append({ kind: "shift_opened", float: 100000, counted: { 10000: 10 } }, { shift });
    for (let sale = 0; sale < sales; sale += 1) {
      const lines = [];
      for (let line = 0; line <= number % 3; line += 1) {
        const good = goods[(number * 7 + line) % goods.length];
        const quantity = 1 + ((number + line) % 2);
        lines.push({
          label: good.label, quantity, unit_price: good.price, gross: quantity * good.price,
        });
      }
      const amount = lines.reduce((sum, line) => sum + line.gross, 0);
      const receipt = `${about.device}-${log.head.epoch}-${log.head.seq + 1}`;
      const begun = performance.now();
      await log.append({
        kind: "sale", receipt, lines, rounding: 0,
        tenders: [{ kind: "cash", amount, notes: { 20000: 1 } }],
        visitor: number % 4 ? null : { origin: "tourist", language: "ru" },
      });
      spent.push(performance.now() - begun);
      receipts.push(receipt);
      number += 1;
    }
    await log.append({ kind: "shift_closed", counted: { 10000: 10, 20000: sales } });
  }
  db.close();
  return { receipts, spent };
}"""
)
WAITING = (
    "async () => {"
    + MODULES
    + """
  const index = db.transaction("events").objectStore("events").index("waiting");
  const count = await store.result(index.count());
  db.close();
  return count;
}"""
)
SOLD = (
    "async () => {"
    + MODULES
    + """
  const index = db.transaction("events").objectStore("events").index("receipt");
  const count = await store.result(index.count());
  db.close();
  return count;
}"""
)
BODIES = (
    "async () => {"
    + MODULES
    + """
  const index = db.transaction("events").objectStore("events").index("waiting");
  const records = await store.result(index.getAll());
  db.close();
  return records.map((one) => one.body);
}"""
)
CART = (
    "async () => {"
    + MODULES
    + """
  const settings = await store.getMeta(db, "settings");
  db.close();
  return settings?.counter?.cart?.lines?.length ?? 0;
}"""
)
HASHES = (
    "async () => {"
    + MODULES
    + """
  const all = await store.result(db.transaction("events").objectStore("events").getAll());
  db.close();
  return all.map((one) => one.hash);
}"""
)
# The first opening fetches the shelf; what the server said of this till is kept before that.
FILLED = (
    "async (lots) => {"
    + MODULES
    + """
  const count = () => store.result(db.transaction("lots").objectStore("lots").count());
  while ((await count()) < lots) await new Promise((next) => setTimeout(next, 20));
  // And the programme itself is whole on the device.
  await navigator.serviceWorker.ready;
  db.close();
}"""
)
# All that stands behind "More" while a shift is open, and the counter itself.
SCREENS = (
    *("sell", "pay", "parked", "wish", "cash", "close", "z", "refund", "intake", "fiscal"),
    *("again", "printer", "more", "open"),
)
SHOW = "name => { dispatchEvent(new PopStateEvent('popstate', { state: { name } })); }"
# As if the network had come back: the page's own till sends at once.
SEND = 'dispatchEvent(new Event("online"))'


def open_till(tablet: Tablet, origin: str) -> Page:
    """The till's page, ready to be used."""
    page = tablet.open(origin + "/till/")
    wait_until_ready(page)
    return page


def wait_until_ready(page: Page, lots: int = 0) -> None:
    """Until the till can be used and has so many lots on its shelf."""
    try:
        page.locator("html[data-ready]").wait_for(state="attached", timeout=OPENS_WITHIN_MS)
    except Error as error:
        raise AssertionError(f"The till does not open: {page.inner_text('body')}") from error
    if lots:
        page.evaluate(FILLED, lots)


def write_shifts(
    page: Page,
    goods: Sequence[dict[str, Any]],
    cashier: str,
    *,
    shifts: int,
    sales: int,
    first: int = 0,
) -> tuple[list[str], list[float]]:
    """Closed shifts of so many sales each; the receipts' numbers and each commit's milliseconds.

    The page's till knows nothing of them until it is loaded anew.
    """
    given = {"shifts": shifts, "sales": sales, "cashier": cashier, "first": first}
    told = page.evaluate(WRITE, given | {"goods": list(goods)})
    return told["receipts"], told["spent"]


def waiting(page: Page) -> int:
    """How many events of the device's log the server has not acknowledged."""
    return int(page.evaluate(WAITING))


def sold(page: Page) -> int:
    """How many sales and refunds stand in the device's log."""
    return int(page.evaluate(SOLD))


def has_cart(page: Page) -> bool:
    """Whether the device keeps a cart with goods in it."""
    return bool(page.evaluate(CART))


def wait_for_cart(page: Page) -> None:
    """Until the cart that is shown is on the disk."""
    for _try in range(500):
        if has_cart(page):
            return
        page.wait_for_timeout(10)
    raise AssertionError("The cart that is shown was never kept on the device.")


def hashes(page: Page) -> list[str]:
    """The hashes of all events on the device."""
    return list(page.evaluate(HASHES))


def send(page: Page) -> None:
    """Tells the page's till that there is a network; it sends what it can, and nobody waits."""
    page.evaluate(SEND)


def send_all(page: Page, tries: int = 300) -> None:
    """Until nothing waits any more, however often the line breaks; raises where it never ends."""
    for _try in range(tries):
        if waiting(page) == 0:
            return
        send(page)
        page.wait_for_timeout(100)
    raise AssertionError(f"{waiting(page)} events still wait after {tries} tries.")


def show(page: Page, screen: str) -> None:
    """Goes to a screen by its name, as the browser's own way back does."""
    page.evaluate(SHOW, screen)
    page.wait_for_timeout(150)
