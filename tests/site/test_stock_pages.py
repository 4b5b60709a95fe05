"""The shelf's pages: from a count that hides what is expected to a signed act and its paper."""

from __future__ import annotations

import pytest

from ayil.consignment.models import (
    CountSheet,
    GoodsReturn,
    LotBalance,
    ShopTransfer,
    StockCount,
    WriteOffAct,
)
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from tests.rig.client import Client
from tests.rig.papers import words_on
from tests.site.cast import START, Programme, account_of, person, programme, queries_of
from tests.site.office import words
from tests.site.shelves import shelves_of

pytestmark = pytest.mark.django_db
GULNARA, JYPARA = "Гүлнара Асанова", "Жыпара Токтогулова"


@pytest.fixture
def made() -> Programme:
    made = programme()
    made.add_maker(GULNARA, 0)
    made.add_maker(JYPARA, 1)
    return made


def signed_in(party: Party) -> Client:
    party.language = "en"
    party.save()
    client = Client()
    client.force_login(account_of(party))
    return client


def clerk(made: Programme) -> Client:
    party = person("Айнура", made.villages[0])
    grant_role(party=party, role=Role.CLERK, since=START, by=made.officer, shop=made.shop)
    return signed_in(party)


def test_a_blind_count_becomes_an_act_that_another_one_signs(made: Programme) -> None:
    counts, manager = clerk(made), signed_in(made.manager)
    lot = made.makers[0].lots[0]
    LotBalance.objects.filter(lot=lot).update(accepted=8642, on_shelf=8642)
    counts.post("/shop/counts/", {"reason": "list", "q": ""})
    sheet = CountSheet.objects.get()
    address = f"/shop/counts/{sheet.uid}/"
    for page in (address, "/shop/counts/"):
        assert "8642" not in words(counts.get(page)).replace(" ", ""), "it is blind"
    line = sheet.lines.get(lot=lot)
    counts.post(address, {f"line-{line.pk}": "8640"})
    counts.post(address, {f"line-{line.pk}": "8640"})
    assert StockCount.objects.count() == 1, "the same again is no new count"
    assert "8642" not in words(counts.get(address)).replace(" ", "")
    counts.post(f"{address}close/")
    shown = words(counts.get(address)).replace(" ", "")
    assert "8642" in shown
    assert "\u22122" in shown
    answer = counts.post(f"{address}act/")
    act = WriteOffAct.objects.get()
    assert answer.headers["Location"] == f"/acts/{act.uid}/"
    refused = counts.post(f"/acts/{act.uid}/sign/", follow=True)
    assert "Somebody else must sign it" in words(refused)
    done = manager.post(f"/acts/{act.uid}/sign/", follow=True)
    assert "The act is signed and booked" in words(done)
    assert LotBalance.objects.get(lot=lot).on_shelf == 8640
    paper = words_on(manager.get(f"/acts/{act.uid}/paper/").content)
    assert "Айнура" in paper
    assert made.manager.name in paper


def test_an_owner_sees_the_act_with_their_own_lines_only(made: Programme) -> None:
    ours, others = made.makers
    counter, manager = clerk(made), signed_in(made.manager)
    form = {
        f"lot-{ours.lots[0].pk}": "2", f"cause-{ours.lots[0].pk}": "damaged",
        f"bearer-{ours.lots[0].pk}": "owner", f"lot-{others.lots[0].pk}": "1",
    }  # fmt: skip
    counter.post("/shop/acts/new/", form)
    act = WriteOffAct.objects.get()
    maker = signed_in(ours.party)
    assert maker.get(f"/acts/{act.uid}/").status_code == 404, "a draft says nothing yet"
    manager.post(f"/acts/{act.uid}/sign/")
    for address in (f"/acts/{act.uid}/", f"/acts/{act.uid}/paper/"):
        answer = maker.get(address)
        shown = words_on(answer.content) if address.endswith("paper/") else words(answer)
        assert "damaged" in shown
        assert JYPARA not in shown
        assert others.lots[0].label not in shown
    assert "damaged" in words(maker.get("/my-goods/shelf/"))


def test_goods_go_back_with_a_note_that_names_who_took_them(made: Programme) -> None:
    counter, maker = clerk(made), made.makers[0]
    lot = maker.lots[0]
    asked = f"/shop/returns/new/?owner={maker.party.uid}"
    assert lot.label in words(counter.get(asked))
    counter.post("/shop/returns/new/", {"owner": maker.party.uid, f"lot-{lot.pk}": "3"})
    goods = GoodsReturn.objects.get()
    assert "Packed" in words(counter.get("/shop/returns/"))
    counter.post(f"/returns/{goods.uid}/handed/", {"taken_by": maker.party.uid})
    assert GULNARA in words_on(counter.get(f"/returns/{goods.uid}/paper/").content)
    assert signed_in(made.makers[1].party).get(f"/returns/{goods.uid}/").status_code == 404


def test_pages_take_as_many_queries_for_one_paper_as_for_three(made: Programme) -> None:
    counter = clerk(made)
    shelves_of(made, made.makers[0])
    pages = [
        "/shop/acts/", "/shop/returns/", "/shop/transfers/", "/shop/counts/", "/shop/shelves/",
        f"/acts/{WriteOffAct.objects.earliest('id').uid}/",
        f"/transfers/{ShopTransfer.objects.earliest('id').uid}/",
    ]  # fmt: skip
    before = [queries_of(counter, page) for page in pages[:5]]
    for number in (2, 3):
        made.deliver(made.makers[0], number, 9, START)
        maker = made.add_maker(f"Мастер {number}", number)
        counter.post(
            "/shop/returns/new/", {"owner": maker.party.uid, f"lot-{maker.lots[0].pk}": "1"}
        )
        counter.post("/shop/acts/new/", {f"lot-{maker.lots[0].pk}": "1"})
    assert [queries_of(counter, page) for page in pages[:5]] == before


def test_shelves_are_named_and_filled(made: Programme) -> None:
    counter, lot = clerk(made), made.makers[0].lots[0]
    counter.post("/shop/shelves/", {"do": "name", "name": "Window"})
    shelf = made.shop.shelves.get()
    counter.post("/shop/shelves/", {"do": "put", "shelf": shelf.pk, "lot": [lot.pk]})
    counter.post("/shop/counts/", {"reason": "shelf", "shelf": shelf.pk})
    assert [line.lot for line in CountSheet.objects.get().lines.all()] == [lot]
    counter.post("/shop/shelves/", {"do": "end", "shelf": shelf.pk})
    assert "There is no such shelf" in words(
        counter.post("/shop/shelves/", {"do": "end", "shelf": shelf.pk}, follow=True)
    )


def test_shrinkage_says_which_figures_are_estimates(made: Programme) -> None:
    manager = signed_in(made.manager)
    shown = words(manager.get(f"/shop/shrinkage/?since={START}&upto={START}"))
    assert "Our estimate (E)" in shown
    assert "40 pieces were accepted" in shown
    assert manager.get("/shop/shrinkage/?since=2012-13-45").status_code == 200
