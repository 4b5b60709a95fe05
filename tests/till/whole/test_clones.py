"""A copied tablet and a restored disk use numbers twice: every sale is kept, the clash is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.rig import till_page
from tests.rig.clerk import Clerk
from tests.rig.cut import Link, pass_all, refuse_all
from tests.rig.profile import Tablet
from tests.rig.till_house import ShopHouse

pytestmark = pytest.mark.browser


def begun(house: ShopHouse, line: Link, tablet: Tablet) -> Clerk:
    """The till with a shift and one sale that the server has."""
    page = till_page.open_till(tablet, line.origin)
    till_page.wait_until_ready(page, lots=len(house.shop["goods"]))
    clerk = Clerk(page, house)
    clerk.speak_english()
    clerk.open_shift()
    clerk.sell("Felt slippers")
    till_page.send_all(page)
    return clerk


def again(tablet: Tablet, line: Link, house: ShopHouse) -> Clerk:
    tablet.start()
    return Clerk(till_page.open_till(tablet, line.origin), house)


def epoch_of(page: Page) -> int:
    """The epoch in which the till writes its next event."""
    return int(
        page.evaluate(
            "async () => {" + till_page.MODULES + "const head = await store.getMeta(db, 'head');"
            "db.close(); return head.epoch; }"
        )
    )


def new_shift(clerk: Clerk, epoch: int) -> None:
    """Between two shifts the till begins its new epoch; then the clerk opens the next one."""
    clerk.press("More")
    clerk.press("Open a shift")
    for _try in range(100):
        if epoch_of(clerk.page) == epoch:
            break
        clerk.page.wait_for_timeout(50)
    assert epoch_of(clerk.page) == epoch
    clerk.open_shift()


def sales(house: ShopHouse) -> list[str]:
    return [row[0] for row in house.ask("SELECT receipt FROM shop_sale ORDER BY receipt")]


def clashes(house: ShopHouse) -> int:
    rows = house.ask("SELECT code, applied FROM shop_eventexception")
    assert all((code, bool(applied)) == ("number-clash", True) for code, applied in rows)
    return len(rows)


def test_a_cloned_tablet(house: ShopHouse, line: Link, tablet: Tablet, tmp_path: Path) -> None:
    begun(house, line, tablet)
    tablet.stop()
    clone = tablet.copy(tmp_path / "clone")
    try:
        line.plan = refuse_all
        clerks = [again(one, line, house) for one in (tablet, clone)]
        for clerk in clerks:
            clerk.sell("Apricot jam")
            clerk.sell("Felt slippers")
        line.plan = pass_all
        for clerk in clerks:
            till_page.send_all(clerk.page)
        # Two numbers, four sales, all of them kept and posted.
        assert tablet.receipts[1:] == clone.receipts
        assert sales(house) == sorted(tablet.receipts + clone.receipts)
        assert clashes(house) == 2
        # Who clashed begins anew, between two shifts, and from then on no number meets another.
        clerks[1].close_shift()
        new_shift(clerks[1], epoch=2)
        clerks[1].sell("Apricot jam")
        clerks[0].sell("Apricot jam")
        for clerk in clerks:
            till_page.send_all(clerk.page)
        assert sales(house) == sorted(tablet.receipts + clone.receipts)
        told = clashes(house)
        assert told == 3, "the clone's closing clashed as well, and nothing after it"
        assert house.verify() == []
    finally:
        clone.kill()


def test_a_restored_disk(house: ShopHouse, line: Link, tablet: Tablet, tmp_path: Path) -> None:
    begun(house, line, tablet)
    tablet.stop()
    image = tablet.copy(tmp_path / "image")
    clerk = again(tablet, line, house)
    clerk.sell("Apricot jam")
    till_page.send_all(clerk.page)
    tablet.kill()
    # The disk as it was in the morning, put into the same tablet.
    try:
        clerk = again(image, line, house)
        clerk.sell("Felt slippers")
        till_page.send_all(clerk.page)
        # The same number as the jam's, and both stand.
        assert sales(house) == sorted(tablet.receipts + image.receipts)
        assert clashes(house) == 1
        clerk.close_shift()
        new_shift(clerk, epoch=2)
        number = clerk.sell("Felt slippers")
        assert number.startswith(f"{house.till.code}-2-")
        till_page.send_all(clerk.page)
        assert number in sales(house)
        assert clashes(house) == 1, "no number was met again after that one"
        assert house.verify() == []
    finally:
        image.kill()


def test_a_restored_disk_is_noticed_before_anything_is_sold(
    house: ShopHouse, line: Link, tablet: Tablet, tmp_path: Path
) -> None:
    """The server has heard more of this till than the till knows: it begins anew by itself."""
    clerk = begun(house, line, tablet)
    clerk.close_shift()
    till_page.send_all(clerk.page)
    tablet.stop()
    image = tablet.copy(tmp_path / "image")
    clerk = again(tablet, line, house)
    clerk.open_shift()
    clerk.sell("Apricot jam")
    till_page.send_all(clerk.page)
    tablet.kill()
    try:
        clerk = again(image, line, house)
        till_page.send_all(clerk.page)
        new_shift(clerk, epoch=2)
        clerk.sell("Felt slippers")
        till_page.send_all(clerk.page)
        assert sales(house) == sorted(tablet.receipts + image.receipts)
        assert house.ask("SELECT code FROM shop_eventexception") == []
    finally:
        image.kill()


def test_two_copies_stay_apart(tablets: Callable[..., Tablet], tmp_path: Path) -> None:
    """A rig whose copy shared the folder would show nothing."""
    one = tablets()
    one.start()
    page = one.open("about:blank")
    assert page.title() == ""
    one.stop()
    other = one.copy(tmp_path / "copy")
    assert other.folder != one.folder
    assert (other.folder / "Default").is_dir()
