"""The makers' money by day, and money between safe and bank, on their pages."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ayil.kit.clock import local_date, now
from ayil.members.actions import grant_role
from ayil.members.models import Party, Role
from ayil.shop.models import MoneyMove
from ayil.shop.money.actions import Moved, move_money
from tests.site.cast import START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db
FIRST = START + timedelta(days=9)


@pytest.fixture
def trade() -> Programme:
    made = programme()
    for number, name in enumerate(["Гүлнара Асанова", "Жыпара Токтогулова"]):
        made.add_maker(name, number)
    made.sell(made.makers[0], 3, FIRST)
    return made


def taken_out(made: Programme, on: date, amount_minor: int) -> None:
    """A till's word that cash left its drawer."""
    made.till.send(on, {"kind": "cash_moved", "amount": -amount_minor, "reason": "отун"})


def office(made: Programme, role: Role, name: str) -> Party:
    party = person(name)
    grant_role(party=party, role=role, since=START, by=made.officer)
    return party


def read(client: Client, address: str) -> str:
    speak(client, "en")
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def entered(client: Client, who: Party) -> Client:
    client.force_login(account_of(who))
    return client


def test_all_is_there_and_each_day_says_so(client: Client, trade: Programme) -> None:
    page = read(entered(client, trade.manager), reverse("trust"))
    assert "Money of the makers is not there" not in page
    assert "1 560 сом" in page
    assert 'class="lacks"' not in page


def test_what_lacks_is_told_with_its_day_its_slip_and_its_sum(
    client: Client, trade: Programme
) -> None:
    taken_out(trade, FIRST + timedelta(days=1), 100_000)
    trade.sell(trade.makers[1], 1, FIRST + timedelta(days=2))
    page = read(entered(client, trade.manager), reverse("trust"))
    assert "it has lacked since 15 June 2012" in page
    assert "On the evening of 14 June 2012 all was there, and 390 сом more" in page
    assert "Taken out of drawers for small costs" in page
    assert "−1 000 сом" in page
    assert page.count('class="lacks"') == 2
    # By what, down to the day's postings.
    (address,) = re.findall(r'href="([^"]*kind=cash-moved[^"]*)"', page)
    behind = read(client, address.replace("&amp;", "&"))
    assert "отун" in behind
    assert "1 000 сом" in behind


def test_who_keeps_no_books_reads_no_postings(client: Client, trade: Programme) -> None:
    taken_out(trade, FIRST, 100_000)
    page = read(entered(client, trade.officer), reverse("trust"))
    assert "it has lacked since" in page
    assert "trust-postings" not in page
    assert "/shop/trust/postings/" not in page
    assert client.get(reverse("trust-postings")).status_code == 403


def test_the_first_pages_are_red_only_while_it_lacks(client: Client, trade: Programme) -> None:
    readers = [trade.manager, trade.officer, office(trade, Role.AUDITOR, "Нурлан Осмонов")]
    readers.append(office(trade, Role.ACCOUNTANT, "Салтанат Орозова"))
    for who in readers:
        assert "less than it owes" not in read(entered(client, who), reverse("desk"))
    taken_out(trade, FIRST, 100_000)
    for who in readers:
        client.force_login(who.user)
        for address in ("desk", "today"):
            page = read(client, reverse(address))
            assert "610 сом" in page, (who, address)
            assert "less than it owes" in page
            assert "14 June 2012" in page
    move_money(shop=trade.shop, moved=Moved("own-in", 61_000, "К-2"), by=trade.manager, at=now())
    for who in readers:
        client.force_login(who.user)
        assert "less than it owes" not in read(client, reverse("desk"))


def test_queries_stay_while_makers_and_days_grow(client: Client, trade: Programme) -> None:
    taken_out(trade, FIRST, 150_000)
    entered(client, trade.manager)
    few = {name: queries_of(client, reverse(name)) for name in ("trust", "desk", "today")}
    for number in (4, 7, 10):  # jam each, whose commission does not fill the gap
        maker = trade.add_maker(f"Жыпара {number}", number)
        trade.sell(maker, 1, FIRST + timedelta(days=number % 3))
    for name, count in few.items():
        assert queries_of(client, reverse(name)) == count, name


def test_own_money_comes_in_by_the_page_and_its_slip_is_printed(
    client: Client, trade: Programme
) -> None:
    entered(client, trade.manager)
    asked = {"place": "safe", "amount_minor": "10 000", "paper": "КО-1", "words": "майда акча"}
    answer = client.post(reverse("money-new", args=["own-in"]), asked, follow=True)
    move = MoneyMove.objects.get()
    assert (move.amount_minor, move.number, move.by) == (1_000_000, 1, trade.manager)
    assert answer.redirect_chain[-1][0] == reverse("money-move", args=[move.pk])
    slip = client.get(reverse("money-slip", args=[move.pk]))
    assert slip["Content-Type"] == "application/pdf"
    assert slip.content.startswith(b"%PDF")
    assert "10 000 сом" in read(client, reverse("money"))


def test_going_out_takes_two_people_on_the_page(client: Client, trade: Programme) -> None:
    move_money(shop=trade.shop, moved=Moved("own-in", 200_000, "К-1"), by=trade.manager, at=now())
    entered(client, trade.manager)
    address = reverse("money-new", args=["own-out"])
    asked = {"place": "safe", "paper": "П-1", "words": ""}
    too_much = client.post(address, asked | {"amount_minor": "2000"})
    assert too_much.status_code == 302  # commission and own money: 2 390 are free
    move = MoneyMove.objects.latest("id")
    page = read(client, reverse("money-move", args=[move.pk]))
    assert "waits for another person" in page
    assert reverse("money-confirm", args=[move.pk]) not in page
    client.post(reverse("money-confirm", args=[move.pk]))
    assert not hasattr(MoneyMove.objects.get(pk=move.pk), "confirmation")
    entered(client, office(trade, Role.ACCOUNTANT, "Салтанат Орозова"))
    assert reverse("money-confirm", args=[move.pk]) in read(
        client, reverse("money-move", args=[move.pk])
    )
    client.post(reverse("money-confirm", args=[move.pk]))
    assert MoneyMove.objects.get(pk=move.pk).confirmation.by != trade.manager
    assert "in the books" in read(client, reverse("money"))


def test_a_wrong_move_is_undone_with_a_reason(client: Client, trade: Programme) -> None:
    move = move_money(
        shop=trade.shop, moved=Moved("own-in", 200_000, "К-1"), by=trade.manager, at=now()
    )
    entered(client, office(trade, Role.ACCOUNTANT, "Салтанат Орозова"))
    address = reverse("money-undo", args=[move.pk])
    speak(client, "en")
    assert "Say in a few words" in client.post(address, follow=True).content.decode()
    client.post(address, {"reason": "эки жолу жазылган"})
    assert "эки жолу жазылган" in read(client, reverse("money-move", args=[move.pk]))


def test_the_banks_word_stands_beside_the_books(client: Client, trade: Programme) -> None:
    entered(client, trade.manager)
    asked = {"on": f"{local_date(now())}", "closing_minor": "12,50", "paper": "В-7"}
    client.post(reverse("money-bank"), asked)
    assert "12.50 сом" in read(client, reverse("money"))


@pytest.mark.parametrize("name", ["money", "trust", "trust-postings"])
def test_makers_read_none_of_it(client: Client, trade: Programme, name: str) -> None:
    entered(client, trade.makers[0].party)
    assert client.get(reverse(name)).status_code == 403
