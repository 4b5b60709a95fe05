"""From the agreement to the shelf, and from the sale to the statement, with a fee beside the
commission; each side does its part on its own page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from ayil.consignment.models import Lot
from ayil.kit.clock import local_date, now
from ayil.members.actions import admit
from ayil.members.models import Party
from ayil.products.actions import enter_product
from ayil.products.models import ProductKind, Variant
from tests.cast import AT, DAY, person
from tests.rig.papers import words_on
from tests.walks.conftest import Seat, Walk

pytestmark = pytest.mark.browser

NAME = "Ainura Toktogulova"


def test_from_the_agreement_to_the_shelf_and_the_statement(walk: Walk) -> None:
    honey = _a_new_member_with_honey(walk)
    owner = honey.product.owner
    manager, maker = walk.as_staff("manager"), walk.as_person(owner)
    _agreed(manager)
    _priced(maker, honey)
    _announced(maker, honey)
    clerk = walk.as_staff("clerk")
    lot = _counted(clerk, maker)
    _assessed(clerk, maker)
    _labelled_and_looked_at(clerk, lot)
    walk.cast.till.day = local_date(now())
    walk.sell(lot, 3, 33_300)
    clerk.go(f"/shop/lots/{lot.pk}/").sees("7 pieces")
    _stated(walk, maker)
    walk.nothing_is_broken()


def _a_new_member_with_honey(walk: Walk) -> Variant:
    cast = walk.cast
    owner: Party = person(NAME, cast.tamga)
    admit(party=owner, on=DAY, by=cast.officer, at=AT)
    names = ("Mountain honey", "Горный мёд", "Тоо балы")
    product = enter_product(owner=owner, kind=ProductKind.FOOD, names=names, forms=[("std", "")])
    return product.variants.get()


def _agreed(manager: Seat) -> None:
    """The shop keeps 17.5 % of food and 1.25 % for packing."""
    manager.go("/shop/agreements/").follow("Make an agreement")
    manager.page.locator("main [name=q]").fill("Toktogulova")
    manager.press("Find").follow(NAME)
    for name in ("craft", "raw", "other"):
        manager.type(**{f"rate-{name}": ""})
    manager.type(**{"rate-food": "17.5", "fee-packing": "1.25"}).press("Make the agreement")
    manager.sees("is made. Print it", "17.5 %", "1.25 %")
    paper = manager.paper("Paper, EN")
    for words in (NAME, "17.5 %", "1.25 %", "packing and labels"):
        assert words in paper, paper


def _priced(maker: Seat, honey: Variant) -> None:
    maker.go("/my-goods/").follow(re.compile("^Change the price"))
    maker.type(amount="333").press("This is my price").sees("Mountain honey costs 333 сом")
    assert honey.prices.get().set_by.name == NAME


def _announced(maker: Seat, honey: Variant) -> None:
    """12 jars, on the phone; the note is on paper before anything was counted."""
    maker.go("/my-deliveries/").follow("Announce what you will bring")
    until = local_date(now()) + timedelta(days=400)
    maker.type(
        **{
            f"pieces-{honey.pk}": "12",
            f"batch-{honey.pk}": "B-7",
            f"until-{honey.pk}": until.isoformat(),
        }
    )
    maker.press("Announce it").sees("Announced. The shop knows that it comes.", "12 pieces")
    paper = maker.paper("Paper, EN")
    for words in (NAME, "Mountain honey", "12", "B-7"):
        assert words in paper, paper


def _counted(clerk: Seat, maker: Seat) -> Lot:
    """Ten are taken; two are not, and the owner reads why."""
    clerk.go("/shop/deliveries/").follow(re.compile(NAME)).follow("Count it together")
    clerk.page.locator("[name^=accepted-]").fill("10")
    clerk.page.locator("[name^=refused-]").fill("2")
    clerk.press("Both have counted: book it").sees("The owner's side signs too")
    clerk.page.locator("[name^=reason-]").fill("Opened or leaking")
    clerk.type(paper="K-31").press("Both have counted: book it")
    clerk.sees("Counted and booked.", "10 pieces", "2 pieces: Opened or leaking")
    lot = Lot.objects.get(variant__product__owner__name=NAME)
    maker.go("/my-deliveries/").sees("10 of 12 accepted").follow(re.compile("^N-"))
    maker.sees("2 pieces: Opened or leaking", lot.label)
    paper = maker.paper("Paper, EN")
    for words in ("10", "2", "Opened or leaking", NAME, "Aigul Asanova", lot.label):
        assert words in paper, paper
    return lot


def _assessed(clerk: Seat, maker: Seat) -> None:
    clerk.follow(re.compile("^Assess it"))
    for code in ("closed", "date", "taste", "weight"):
        clerk.page.locator(f"[name=is-{code}][value=yes]").check()
    clerk.page.locator("[name=is-label][value=no]").check()
    clerk.type(**{"why-label": "No weight on it", "words": "Write the weight on the label"})
    clerk.page.locator("[name=grade][value=mend]").check()
    clerk.press("Write it down").sees("The maker reads it on their own page.")
    maker.page.reload()
    maker.sees("to mend", "No weight on it", "Write the weight on the label")


def _labelled_and_looked_at(clerk: Seat, lot: Lot) -> None:
    """A label a piece: the sheet says the owner's price and the number as often as that."""
    clerk.follow("Print labels").sees(lot.label)
    assert clerk.page.get_by_label(f"Labels of {lot.label}").input_value() == "10"
    form = clerk.page.locator("form.card[method=post]")
    fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
    answer = clerk.page.request.post(
        clerk.page.url, form=fields, headers={"Referer": clerk.page.url}
    )
    assert answer.headers["content-type"] == "application/pdf", answer.text()[:300]
    assert words_on(answer.body()).count("333") == 10
    clerk.go(f"/shop/lots/{lot.pk}/")
    clerk.sees("10 pieces", "17.5 %", "1.25 %", "333 сом", "B-7", "2 pieces: Opened or leaking")


def _stated(walk: Walk, maker: Seat) -> None:
    """3 × 333 = 999.00. The shop's part is 17.5 %: 174.825, half a tyiyn up 174.83. Both percents
    are 18.75 %: 187.3125, so 187.31; the fee is what is between, 12.48. The owner's is 811.69."""
    walk.as_staff("accountant").go("/shop/payouts/").press("Close the statements now")
    maker.go("/my-sales/").follow(re.compile("^Statement 1 "))
    figures = ("999 сом", "174.83 сом", "12.48 сом", "811.69 сом")
    maker.sees(*figures, "packing and labels 1.25 %")
    paper = maker.paper("On paper (PDF)")
    assert "3 " + " ".join(figures) in paper, paper
    assert "packing and labels 1.25 %" in paper
    assert "Owed to you 811.69 сом" in paper
