"""The desk: what waits for whom, over the whole programme."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from ayil.catalogue.actions import Words, announce
from ayil.kit.clock import local_date, now
from ayil.members.actions import grant_role, open_shop
from ayil.members.doors import issue_card, open_sign_in
from ayil.members.models import CardTry, Party, Role
from ayil.members.waiting import Waiting
from ayil.payouts.actions import approve_run, prepare_run, raise_dispute, settle
from ayil.products.models import Product
from ayil.shop.log import ingest
from ayil.site.desk.waiting import desk_of
from tests.site.cast import AT, START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=30)


@pytest.fixture
def trade() -> Programme:
    made = programme()
    for number, name in enumerate(("Гүлнара Асанова", "Бурул Садыкова")):
        made.sell(made.add_maker(name, number), 2, START + timedelta(days=9 + number))
    return made


def read(client: Client, party: Party, address: str = "/desk/") -> str:
    client.force_login(getattr(party, "user", None) or account_of(party))
    speak(client, "en")
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


def halves(page: str) -> tuple[str, str]:
    yours, _heading, others = page.partition("Waits for others")
    return yours, others


def waits(party: Party) -> dict[str, Waiting]:
    user = getattr(party, "user", None) or account_of(party)
    with translation.override("en"):
        desk = desk_of(user, local_date(now()))
        return {one.what: one for one in (*desk.yours, *desk.others)}


def test_the_makers_money_waits_for_who_may_pay_it(client: Client, trade: Programme) -> None:
    settle(shop=trade.shop, by=trade.manager, at=LATER)
    words = "2 statements are closed and on no payout list"
    yours, others = halves(read(client, trade.manager))
    assert words in yours
    assert "/shop/payouts/?shop=krs" in yours
    yours, others = halves(read(client, trade.officer))
    assert words not in yours
    assert words in others
    assert "prepare a payout list" in others
    assert "/shop/payouts/?shop=krs" not in others  # the officer has no such page


def test_a_list_waits_for_approval_then_for_handing_over(trade: Programme) -> None:
    accountant = person("Роза Жумабаева")
    grant_role(party=accountant, role=Role.ACCOUNTANT, since=START, by=trade.officer)
    settle(shop=trade.shop, by=trade.manager, at=LATER)
    run = prepare_run(shop=trade.shop, by=trade.manager, at=LATER)
    found = waits(trade.manager)
    assert "1 payout list to approve" in found
    assert not any("no payout list" in what for what in found)
    approve_run(run=run, by=accountant, at=LATER)
    found = waits(trade.manager)
    assert found["2 approved payouts to hand over"].oldest == local_date(LATER)
    assert not any("to approve" in what for what in found)


def test_a_dispute_waits_on_its_statement(client: Client, trade: Programme) -> None:
    settle(shop=trade.shop, by=trade.manager, at=LATER)
    maker = trade.makers[0].party
    raise_dispute(statement=maker.statements.get(), words="Бир жуп кем", by=maker, at=LATER)
    page = read(client, trade.manager)
    assert "1 dispute is overdue" in page, "it was raised in July, and a fortnight is over"
    assert "/shop/disputes/?shop=krs" in page


def test_shops_wait_for_their_own_manager(trade: Programme) -> None:
    other_shop = open_shop(code="osh", name="Ош дүкөнү", place=None, currency="KGS")
    other = person("Замир Ташиев")
    grant_role(party=other, role=Role.MANAGER, since=START, by=trade.officer, shop=other_shop)
    ingest(device=trade.till.device, raw=[b"not an event"], at=AT)
    here, there = waits(trade.manager), waits(other)
    for words in (
        "1 event of a till to be looked at",
        "1 till has sent nothing for more than 3 days",
        "2 lots stand too long: food over 60 days, crafts over 120",
        "2 lots expire within 30 days or have expired",
    ):
        assert words in here
        assert words not in there
        assert words in waits(trade.officer)
    assert here["2 lots expire within 30 days or have expired"].address.startswith(
        "/shop/ageing/?shop=krs"
    )


def test_a_clerk_has_no_page_of_the_day_and_no_way_to_it(client: Client, trade: Programme) -> None:
    clerk = person("Асел Исакова")
    grant_role(party=clerk, role=Role.CLERK, since=START, by=trade.officer, shop=trade.shop)
    page = read(client, clerk)
    assert "2 lots stand too long" in halves(page)[0]
    assert "/today/" not in page


def test_villages_and_words_wait_for_the_officer(client: Client, trade: Programme) -> None:
    Product.objects.filter(owner=trade.makers[0].party).update(name_en="")
    announce(
        on=START, issuer=trade.officer, texts={"ky": Words("Ачылыш", "Дүкөн ачылды.")},
        by=trade.officer, at=AT,
    )  # fmt: skip
    yours, _others = halves(read(client, trade.officer))
    assert "3 villages have no standing decision" in yours
    assert "1 product has no name yet in one of the languages" in yours
    assert "1 announcement is not translated yet" in yours
    page = read(client, trade.officer, "/desk/words/")
    assert 'lang="ky">Кийиз тапочка<' in page
    assert 'lang="ky">Ачылыш<' in page
    assert "not translated yet" in page


def test_who_handles_money_without_a_second_factor(trade: Programme) -> None:
    for party in (trade.officer, trade.manager):
        open_sign_in(party=party, by=trade.officer, at=AT)
    assert "2 people handle money and have no second factor yet" in waits(trade.officer)
    assert not any("second factor" in what for what in waits(trade.manager))


def test_a_card_that_was_never_used(trade: Programme) -> None:
    words = "1 card was never used: ask whether it is lost"
    card, _code = issue_card(party=trade.makers[0].party, by=trade.officer, at=AT)
    assert waits(trade.officer)[words].oldest == local_date(AT)
    CardTry.objects.create(number=card.number, right=False, at=AT)
    assert words in waits(trade.officer)
    CardTry.objects.create(number=card.number, right=True, at=AT)
    assert words not in waits(trade.officer)


def test_the_oldest_stands_first_and_nothing_counts_nought(trade: Programme) -> None:
    settle(shop=trade.shop, by=trade.manager, at=LATER)
    found = list(waits(trade.manager).values())
    assert all(one.count for one in found)
    days = [one.oldest for one in found if one.oldest]
    assert days
    assert desk_of(account_of(person("Эсен")), local_date(now())).yours == []


def test_nothing_waits_and_the_desk_says_so(client: Client) -> None:
    trainer = person("Чынара Токтогулова")
    grant_role(party=trainer, role=Role.TRAINER, since=START, by=trainer)
    page = read(client, trainer)
    assert "All that was yours to do is done" in page
    assert "Waits for others" not in page


def test_makers_have_no_desk(client: Client, trade: Programme) -> None:
    client.force_login(account_of(trade.makers[0].party))
    assert client.get("/desk/").status_code == 403
    assert client.get("/desk/words/").status_code == 403


@pytest.mark.parametrize("makers", [1, 3])
def test_queries_do_not_grow_with_what_waits(client: Client, makers: int) -> None:
    made = programme()
    for number in range(makers):
        made.sell(made.add_maker(f"Асан {number}", number), 2, START)
    settle(shop=made.shop, by=made.manager, at=LATER)
    client.force_login(account_of(made.officer))
    queries_of(client, "/desk/")
    # Every source counts in a query or two, and none lists: twenty-odd sources, one number.
    assert queries_of(client, "/desk/") <= 90


def test_a_missing_name_is_given_and_a_standing_one_stays(client: Client, trade: Programme) -> None:
    product = trade.makers[0].lots[0].variant.product
    Product.objects.filter(pk=product.pk).update(name_ru="")
    before = Product.objects.get(pk=product.pk)
    assert "Name in this language: Русский" in read(client, trade.officer, "/desk/words/")
    say = {"product": product.pk, "language": "ru", "name": "  Войлочные   тапочки "}
    assert client.post("/desk/words/", say).headers["Location"] == "/desk/words/"
    say |= {"name": "Тапки"}
    assert (
        "has a name in this language already"
        in client.post("/desk/words/", say, follow=True).content.decode()
    )
    after = Product.objects.get(pk=product.pk)
    assert (after.name_ru, after.name_ky) == ("Войлочные тапочки", before.name_ky)
    for odd in ({"product": "0"}, {"product": "x"}, say | {"language": "de"}, say | {"name": " "}):
        assert client.post("/desk/words/", odd).status_code == 302
    assert Product.objects.get(pk=product.pk).names == after.names
    client.force_login(account_of(trade.makers[0].party))
    assert client.post("/desk/words/", say).status_code == 403
