"""The pages of assemblies: their list, one of them step by step, the call, the terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from ayil.decisions.models import Assembly, AssemblyTerms, Rule
from ayil.kit.clock import local_date, now
from ayil.members.models import Party
from tests.rig.papers import words_on
from tests.site.cast import Programme, account_of, person, programme, speak
from tests.site.village import Village, village

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def barskoon(made: Programme) -> Village:
    return village(made.villages[0])


def as_person(client: Client, party: Party, language: str = "en") -> Client:
    client.force_login(account_of(party))
    speak(client, language)
    return client


def soon() -> date:
    return local_date(now()) + timedelta(days=10)


def call(made: Programme, **said: object) -> dict[str, object]:
    told: dict[str, object] = {
        "village": made.villages[0].pk,
        "held_on": soon().isoformat(),
        "place": "Мектеп",
        "notice": "Айыл өкмөтүнө илинди",
        "rule": "approval",
    }
    return told | said


def test_the_officer_calls_and_prints_the_notice(client: Client, made: Programme) -> None:
    officer = as_person(client, made.officer, "ky")
    answer = officer.post("/assemblies/call/", call(made))
    assembly = Assembly.objects.get()
    assert answer.headers["Location"] == f"/assemblies/{assembly.uid}/"
    assert (assembly.rule, assembly.held_on) == (Rule.APPROVAL, soon())
    words = words_on(officer.get(f"/assemblies/{assembly.uid}/notice/").content)
    assert "Мектеп" in words
    assert "1/2" in words
    page = officer.get("/assemblies/").content.decode()
    assert f"/assemblies/{assembly.uid}/" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"rule": "shares"}, "how many products"),
        ({"rule": "budget"}, "how much money"),
        ({"rule": "budget", "budget": "миң"}, "Write a sum"),
        ({"held_on": "2012-02-31"}, "valid date"),
        ({"held_on": "2012-02-01"}, "posted before the day"),
        ({"village": "9999"}, "valid choice"),
        ({"notice": " "}, "required"),
    ],
)
def test_nonsense_calls_nothing(
    client: Client, made: Programme, said: dict[str, object], words: str
) -> None:
    answer = as_person(client, made.officer).post("/assemblies/call/", call(made, **said))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not Assembly.objects.exists()


def test_what_is_not_asked_is_left_out(client: Client, made: Programme) -> None:
    officer = as_person(client, made.officer)
    officer.post("/assemblies/call/", call(made, rule="budget", budget="150 000", places="3"))
    assembly = Assembly.objects.get()
    assert (assembly.places, assembly.budget_minor) == (1, 15_000_000)
    words = words_on(officer.get(f"/assemblies/{assembly.uid}/notice/").content)
    assert "150\u202f000" in words or "150 000" in words or "150\xa0000" in words


def test_an_assembly_is_its_villages(client: Client, made: Programme, barskoon: Village) -> None:
    assembly = barskoon.meet()
    own, other = barskoon.people[4], person("Асел", made.villages[1])
    page = as_person(client, own).get(f"/assemblies/{assembly.uid}/").content.decode()
    assert "School" in page
    assert barskoon.chair.name in page
    assert str(assembly.uid) in client.get("/assemblies/").content.decode()
    as_person(client, other)
    assert client.get(f"/assemblies/{assembly.uid}/").status_code == 404
    assert client.get(f"/assemblies/{assembly.uid}/notice/").status_code == 404
    assert str(assembly.uid) not in client.get("/assemblies/").content.decode()
    assert client.get("/assemblies/call/").status_code == 403


def test_the_terms_are_dated_and_said_once(client: Client, made: Programme) -> None:
    officer = as_person(client, made.officer)
    said = {
        "notice_days": "10",
        "posting_days": "5",
        "quorum_numerator": "2",
        "quorum_denominator": "3",
        "complaint_days": "21",
        "since": local_date(now()).isoformat(),
    }
    for _time in range(2):
        assert officer.post("/association/assembly-terms/", said).status_code == 302
    terms = AssemblyTerms.objects.get()
    assert (terms.quorum_numerator, terms.quorum_denominator, terms.complaint_days) == (2, 3, 21)
    for wrong, words in (
        ({"quorum_numerator": "4"}, "at most all"),
        ({"notice_days": "0"}, "greater than or equal to 1"),
        ({"since": "2012-01-01"}, "today or later"),
    ):
        answer = officer.post("/association/assembly-terms/", said | wrong)
        assert answer.status_code == 400
        assert words in answer.content.decode()
    assert AssemblyTerms.objects.count() == 1
