"""Fixtures of a whole till: a served shop, the line to it, tablets on its counter."""

from __future__ import annotations

import atexit
import functools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.rig.cut import Link, link
from tests.rig.demo_house import free_port
from tests.rig.profile import Tablet
from tests.rig.till_house import ShopHouse

LOTS, PIECES = 30, 100_000
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that answers at once, where there is one


def quick_folder(prefix: str) -> Path:
    """A new folder on the quickest disk; a killed process loses nothing that it wrote there."""
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if MEMORY.is_dir() else None))


@functools.cache
def furnished() -> Path:
    """A shop's home, furnished once a run; every test gets a copy of its own."""
    home = quick_folder("ayil-furnished-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    house = ShopHouse(home, 0)
    house.furnish(lots=LOTS, pieces=PIECES)
    (home / "shop.json").write_text(json.dumps(house.shop), encoding="utf-8")
    return home


@pytest.fixture
def house() -> Iterator[ShopHouse]:
    """A shop on SQLite that is being served."""
    home = quick_folder("ayil-shop-")
    shutil.copytree(furnished(), home, dirs_exist_ok=True)
    shop = json.loads((home / "shop.json").read_text(encoding="utf-8"))
    house = ShopHouse(home, free_port(), shop=shop)
    try:
        house.start()
        yield house
    finally:
        house.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def line(house: ShopHouse) -> Iterator[Link]:
    """The way to the shop's server, which a test may cut."""
    with link(house.port) as line:
        yield line


@pytest.fixture
def tablets(chromium: Browser) -> Iterator[Callable[..., Tablet]]:
    """Gives new tablets that are off; all of them end with the test."""
    folder = quick_folder("ayil-tablets-")
    made: list[Tablet] = []

    def new(*words: str, viewport: tuple[int, int] | None = None) -> Tablet:
        made.append(Tablet(folder / f"tablet-{len(made)}", chromium.browser_type, words, viewport))
        return made[-1]

    yield new
    for tablet in made:
        tablet.kill()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def tablet(tablets: Callable[..., Tablet], house: ShopHouse, line: Link) -> Tablet:
    """The shop's enrolled tablet, switched on."""
    tablet = tablets()
    tablet.start()
    tablet.enrol(house.till, line.origin)
    return tablet
