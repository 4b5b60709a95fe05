"""The village's decision: in full for its own people, without a name in public."""

from datetime import date

import pytest
from django.test import Client

from ayil.decisions.models import Rule
from tests.site.cast import account_of, person, programme, queries_of, speak
from tests.site.village import Village, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def barskoon() -> Village:
    return village(programme().villages[0])


def public_page(client: Client) -> str:
    return read(client, "/villages/barskoon/")


def own_page(client: Client, who: Village) -> str:
    client.force_login(account_of(who.people[4]))
    return read(client, "/our-decision/")


def read(client: Client, address: str) -> str:
    speak(client, "en")
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_before_the_first_assembly(client: Client, barskoon: Village) -> None:
    assert "no standing decision yet" in public_page(client)
    assert "call an assembly" in own_page(client, barskoon)


def test_without_a_quorum_nothing_is_decided(client: Client, barskoon: Village) -> None:
    barskoon.meet(present=4)
    assert "There was no quorum" in public_page(client)


def test_proposals_stand_before_the_vote(client: Client, barskoon: Village) -> None:
    barskoon.propose_two(barskoon.meet())
    page = own_page(client, barskoon)
    assert "What was proposed" in page
    assert "Shyrdak" in page


def test_two_signatures_are_no_decision(client: Client, barskoon: Village) -> None:
    barskoon.sign(barskoon.decide(), parts=2)
    page = public_page(client)
    assert "no standing decision yet" in page
    assert "2 of 3 have signed" in page
    assert "not decided yet" in read(client, "/villages/")


def test_a_signed_decision_stands(client: Client, barskoon: Village) -> None:
    decision = barskoon.decide()
    barskoon.sign(decision)
    page = public_page(client)
    assert "Felt slippers" in page
    assert "came of 10 on the roll; 5 were needed" in page
    assert "Papers in the box: 8. More than half is 5 or more" in page
    assert "signed by all three" in page
    assert "20 June 2013" in page.replace("\u00a0", " ")  # to be looked at again
    assert bytes(decision.sha256).hex() in page
    assert "Felt slippers" in read(client, "/villages/")


def test_nobody_is_named_in_public(client: Client, barskoon: Village) -> None:
    barskoon.sign(barskoon.decide())
    page = public_page(client)
    assert not any(party.name in page for party in barskoon.people)


def test_the_village_itself_reads_who_signed(client: Client, barskoon: Village) -> None:
    barskoon.sign(barskoon.decide())
    page = own_page(client, barskoon)
    assert all(party.name in page for party in barskoon.people[:3])
    assert barskoon.people[7].name in page  # said that she may be named
    assert barskoon.people[8].name not in page
    assert barskoon.people[9].name not in page


def test_who_lives_nowhere_is_told_what_to_do(client: Client, barskoon: Village) -> None:
    client.force_login(account_of(person("Асел")))
    assert client.get("/our-decision/").status_code == 403


def test_queries_do_not_grow_with_the_villages(client: Client) -> None:
    first, *others = programme().villages
    barskoon = village(first)
    barskoon.sign(barskoon.decide())
    few = queries_of(client, "/villages/")
    page = queries_of(client, "/villages/barskoon/")
    for place in others:
        another = village(place)
        another.sign(another.decide())
    assert queries_of(client, "/villages/") == few
    assert queries_of(client, "/villages/barskoon/") == page


def test_a_budget_that_is_shared_stands_beside_the_product(
    client: Client, barskoon: Village
) -> None:
    barskoon.sign(barskoon.decide())
    shared = barskoon.decide(held_on=date(2012, 6, 27), rule=Rule.BUDGET, budget_minor=100_000_000)
    barskoon.sign(shared)
    page = public_page(client)
    assert "Felt slippers" in page
    assert "What else it decided" in page
    assert str(shared.uid) in page
    assert "shared among projects" in page
    assert "An assembly is called" not in page
    assert "Felt slippers" in read(client, "/villages/")
