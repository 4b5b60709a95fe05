"""The pictures of the main pages in docs/pictures, taken anew from a fresh small demo.

    python -m tests.rig.pictures [NAME ...]

takes each page in Kyrgyz at three widths, and writes docs/pictures/README.md; with names, only
those pages.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Browser

from tests.rig import till_pictures
from tests.rig.chromium import browser
from tests.rig.demo_house import NOBODY, House, demo_house
from tests.rig.machine import CHECKOUT

FOLDER = CHECKOUT / "docs" / "pictures"
WIDTHS_PX = (320, 768, 1280)
# A long list is shown as far as it tells something.
HIGHEST_PX = 2400
BIGGEST_BYTES = 120_000
COLOURS = (128, 64, 32, 16)


@dataclass(frozen=True)
class Shown:
    """One main page: who looks at it, and how they get there.

    `follow` is the beginning of the addresses of which the first on the page is taken.
    """

    name: str
    title: str
    persona: str
    address: str
    follow: str = ""


PAGES = (
    Shown("home", "The start", NOBODY, "/"),
    Shown("villages", "The villages and what each has chosen", NOBODY, "/villages/"),
    Shown("village", "A village: its decision, its makers, its goods", NOBODY, "/villages/",
          "/villages/"),
    Shown("goods", "The goods on the shelf", NOBODY, "/goods/"),
    Shown("good", "One of the goods with its maker", NOBODY, "/goods/", "/goods/"),
    Shown("news", "News of the association", NOBODY, "/news/"),
    Shown("sign-in", "The door", NOBODY, "/sign-in/"),
    Shown("join", "Joining, for anybody", NOBODY, "/join/"),
    Shown("me", "A person's own page: who looked, what they agreed to", "producer", "/me/"),
    Shown("my-sales", "A producer's own page: sold, owed, one lesson", "producer", "/my-sales/"),
    Shown("statement", "A producer's statement", "producer", "/my-sales/", "/statements/"),
    Shown("our-decision", "The decision of one's own village", "producer", "/our-decision/"),
    Shown("desk", "The officer's desk: what waits for whom today", "officer", "/desk/"),
    Shown("find", "A name is found in any script", "officer", "/find/?q=Жылдыз"),
    Shown("people", "The members", "officer", "/people/"),
    Shown("applications", "Who wants to join", "officer", "/applications/"),
    Shown("programme", "The programme, village by village", "officer", "/programme/"),
    Shown("today", "The shop today", "manager", "/today/"),
    Shown("grant", "The grant: tranches, budget, each payment's slip", "donor's officer",
          "/grant/"),
)  # fmt: skip


def address_of(house: House, shown: Shown) -> str:
    """Where the page is; raises LookupError where nothing leads to it."""
    if not shown.follow:
        return shown.address
    page = house.visitor(shown.persona).get(shown.address).text
    found = [
        part.split('"', 1)[0]
        for part in page.split('href="')[1:]
        if part.startswith(shown.follow) and not part.startswith(f'{shown.follow}"')
    ]
    if not found:
        raise LookupError(f"{shown.address} links to no {shown.follow}…")
    return found[0]


def compressed(png: bytes) -> bytes:
    """The picture with a palette, with as many colours as fit under the limit."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, HIGHEST_PX)))
    for colours in COLOURS:
        file = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        if len(file.getvalue()) <= BIGGEST_BYTES:
            break
    return file.getvalue()


def take(house: House, chromium: Browser, shown: Shown) -> None:
    """Writes a page's pictures, one a width."""
    visitor = house.visitor(shown.persona)
    visitor.speak("ky")
    address = address_of(house, shown)
    for width in WIDTHS_PX:
        context = chromium.new_context(viewport={"width": width, "height": 640})
        context.add_cookies(visitor.cookies())  # type: ignore[arg-type] # as Playwright has them
        page = context.new_page()
        answer = page.goto(house.origin + address)
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{address} answers {answer and answer.status} to {shown.persona}")
        png = page.screenshot(full_page=True)
        (FOLDER / f"{shown.name}-{width}.png").write_bytes(compressed(png))
        context.close()


def take_till(house: House, chromium: Browser, names: Sequence[str]) -> None:
    """Writes the till's pictures: a clerk's day at each width."""
    for width in WIDTHS_PX:
        for name, png in till_pictures.screens(house, chromium, width):
            if not names or name in names:
                (FOLDER / f"{name}-{width}.png").write_bytes(compressed(png))
                print(f"{name}-{width}", flush=True)


def index() -> str:
    """The list of all pictures, as docs/pictures/README.md has it."""
    lines = [
        "# Pictures of the main pages",
        "",
        "Taken by `make pictures` from a fresh small demo, whose people are invented and whose",
        "figures are estimates; in Kyrgyz, on screens 320, 768 and 1280 pixels wide.",
        "",
        "| page | seen by | 320 | 768 | 1280 |",
        "|---|---|---|---|---|",
    ]
    for shown in PAGES:
        links = " | ".join(f"[{width}]({shown.name}-{width}.png)" for width in WIDTHS_PX)
        who = "anybody" if shown.persona == NOBODY else shown.persona
        lines.append(f"| {shown.title} | {who} | {links} |")
    for name, title in till_pictures.SCREENS.items():
        links = " | ".join(f"[{width}]({name}-{width}.png)" for width in WIDTHS_PX)
        lines.append(f"| {title} | clerk | {links} |")
    return "\n".join(lines) + "\n"


def main(names: Sequence[str]) -> int:
    """Takes the pages that are named, or all; 1 where one could not be taken."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    failed = 0
    with demo_house() as house, browser() as chromium:
        for shown in PAGES:
            if names and shown.name not in names:
                continue
            try:
                take(house, chromium, shown)
                print(shown.name, flush=True)
            except (LookupError, RuntimeError) as error:
                failed += 1
                print(f"{shown.name}: {error}", file=sys.stderr, flush=True)
        if not names or any(name in till_pictures.SCREENS for name in names):
            take_till(house, chromium, names)
    (FOLDER / "README.md").write_text(index(), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
