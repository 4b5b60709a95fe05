"""From the maker's page to the slips: statement, dispute, payout received, lesson promised."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ayil.lessons.actions import trigger_lessons
from ayil.lessons.models import Lesson
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.payouts.actions import approve_run, hand_over, prepare_run, settle
from ayil.payouts.models import Dispute, Handover, Method, Statement
from tests.site.cast import START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db
LATER = datetime(2012, 7, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def trade() -> Programme:
    """Two makers sold for twenty days, and the shop closed their statements."""
    made = programme()
    for number, name in enumerate(["Гүлнара Асанова", "Жыпара Токтогулова"]):
        maker = made.add_maker(name, number)
        for day in range(10):
            made.sell(maker, 1, START + timedelta(days=2 * day))
    settle(shop=made.shop, by=made.manager, at=LATER)
    return made


def statement_of(trade: Programme, number: int) -> Statement:
    return Statement.objects.get(consignor=trade.makers[number].party)


def address_of(statement: Statement, name: str = "statement") -> str:
    return reverse(name, args=[statement.shop.code, statement.consignor.uid, statement.number])


def signed_in(client: Client, trade: Programme, number: int = 0) -> Client:
    client.force_login(account_of(trade.makers[number].party))
    speak(client, "en")
    return client


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_a_statement_goes_down_to_the_receipts(client: Client, trade: Programme) -> None:
    page = read(signed_in(client, trade), address_of(statement_of(trade, 0)))
    assert "5 200 сом" in page  # 10 × 650, less 20 %
    assert page.count("A-") >= 10
    assert bytes(statement_of(trade, 0).hash).hex() in page


def test_another_makers_statement_is_not_there(client: Client, trade: Programme) -> None:
    theirs = statement_of(trade, 1)
    signed_in(client, trade)
    assert client.get(address_of(theirs)).status_code == 404
    assert client.post(address_of(theirs, "dispute"), {"words": "Mine"}).status_code == 404
    assert not Dispute.objects.exists()


def test_a_dispute_in_ones_own_words(client: Client, trade: Programme) -> None:
    mine = statement_of(trade, 0)
    signed_in(client, trade)
    page = client.post(address_of(mine, "dispute"), {"words": "One pair is missing"}, follow=True)
    assert "One pair is missing" in page.content.decode()
    assert '<span class="badge wait">' in page.content.decode()
    client.post(address_of(mine, "dispute"), {"words": "Again"})
    assert Dispute.objects.count() == 1


def test_an_empty_dispute_says_what_to_do(client: Client, trade: Programme) -> None:
    mine = statement_of(trade, 0)
    signed_in(client, trade)
    page = client.post(address_of(mine, "dispute"), {"words": "  "}, follow=True)
    assert "Say in a few words" in page.content.decode()


def test_the_manager_reads_but_does_not_dispute(client: Client, trade: Programme) -> None:
    client.force_login(account_of(trade.manager))
    assert "<textarea" not in read(client, address_of(statement_of(trade, 0)))


def handed_over(trade: Programme) -> Handover:
    paymaster, accountant = person("Эркин Жумабаев"), person("Салтанат Орозова")
    for party, role in ((paymaster, Role.PAYMASTER), (accountant, Role.ACCOUNTANT)):
        grant_role(party=party, role=role, since=START, by=trade.officer, shop=trade.shop)
    run = prepare_run(shop=trade.shop, by=paymaster, at=LATER)
    approve_run(run=run, by=accountant, at=LATER)
    return hand_over(
        payout=run.payouts.get(consignor=trade.makers[0].party),
        payee=trade.makers[0].party,
        by=paymaster,
        at=LATER,
        method=Method.CASH,
    )


def test_the_maker_says_that_the_money_came(client: Client, trade: Programme) -> None:
    handover = handed_over(trade)
    page = read(signed_in(client, trade), "/my-sales/")
    assert "I have the money" in page
    address = reverse("payout-received", args=[handover.payout_id])
    client.post(address)
    assert handover.payout.handover.acknowledgement.by == trade.makers[0].party
    assert "I have the money" not in read(client, "/my-sales/")


def test_nobody_else_says_so(client: Client, trade: Programme) -> None:
    handover = handed_over(trade)
    signed_in(client, trade, 1)
    assert client.post(reverse("payout-received", args=[handover.payout_id])).status_code == 404
    assert not Handover.objects.filter(acknowledgement__isnull=False).exists()


def test_the_lesson_and_its_promise(client: Client, trade: Programme) -> None:
    trigger_lessons(shop=trade.shop, as_of=START + timedelta(days=20), at=LATER)
    mine = Lesson.objects.get(producer=trade.makers[0].party)
    told = mine.in_words()
    page = read(signed_in(client, trade), "/my-sales/")
    assert "This week" in page
    assert told.promise
    answer = client.post(reverse("promise", args=[mine.pk]), follow=True)
    assert "The next lesson will begin" in answer.content.decode()
    assert Lesson.objects.get(pk=mine.pk).promise.by == trade.makers[0].party
    assert reverse("promise", args=[mine.pk]) not in read(client, "/my-sales/")


def test_nobody_promises_for_another(client: Client, trade: Programme) -> None:
    trigger_lessons(shop=trade.shop, as_of=START + timedelta(days=20), at=LATER)
    theirs = Lesson.objects.get(producer=trade.makers[1].party)
    signed_in(client, trade)
    assert client.post(reverse("promise", args=[theirs.pk])).status_code == 404
    client.force_login(account_of(trade.manager))
    assert client.post(reverse("promise", args=[theirs.pk])).status_code == 404


def test_queries_do_not_grow_with_statements(client: Client, trade: Programme) -> None:
    signed_in(client, trade)
    trigger_lessons(shop=trade.shop, as_of=START + timedelta(days=20), at=LATER)
    few = queries_of(client, "/my-sales/")
    queries_of(client, address_of(statement_of(trade, 0)))  # what is read once a process
    first = queries_of(client, address_of(statement_of(trade, 0)))
    for month in (1, 2):
        trade.sell(trade.makers[0], 1, START + timedelta(days=30 * month))
        settle(shop=trade.shop, by=trade.manager, at=LATER + timedelta(days=30 * month))
    assert queries_of(client, "/my-sales/") == few
    second = Statement.objects.get(consignor=trade.makers[0].party, number=2)
    assert queries_of(client, address_of(second)) <= first
