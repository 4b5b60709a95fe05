"""A person's own page: read, corrected, agreed and taken back; and the officer's side of it."""

import json
import re

import pytest
from django.test import Client

from ayil.members.actions import affiliate
from ayil.members.consents import record_consent
from ayil.members.erasure import ask_for_erasure, open_request_of
from ayil.members.looks import Seen, record_look
from ayil.members.models import Affiliation, ConsentEvent, Party, PartyKind, Purpose
from ayil.members.queries import consents_now
from tests.site.cast import AT, START, Programme, account_of, person, programme, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def asel(made: Programme, client: Client) -> Party:
    """A maker of Barskoon who reads English, signed in."""
    party = made.add_maker("Асел Токтосунова", 0).party
    party.language = "en"
    party.save()
    client.force_login(account_of(party))
    return party


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def test_it_says_who_we_think_one_is(client: Client, made: Programme, asel: Party) -> None:
    record_look(party=asel, by=made.officer, what=Seen.RECORD, at=AT)
    page = text_of(client, "/me/")
    for words in ("Асел Токтосунова", "Barskoon", "You are a member", "active", "Айгүл Сыдыкова",
                  "phone, year of birth and consents", "Anybody may see your name"):  # fmt: skip
        assert words in page


def test_the_phone_is_corrected_by_oneself(client: Client, asel: Party) -> None:
    client.post("/me/record/", {"phone": "0555 12-34-56", "name": "Somebody", "language": "ru"})
    asel.refresh_from_db()
    assert (asel.phone, asel.language, asel.name) == ("+996555123456", "ru", "Асел Токтосунова")
    assert asel.history.first().history_user == asel.user
    client.post("/me/record/", {"phone": "a lot"})
    asel.refresh_from_db()
    assert asel.phone == "+996555123456"


def test_a_switch_a_purpose(client: Client, asel: Party) -> None:
    assert consents_now(asel, Purpose.PUBLIC_PAGE)
    client.post(f"/me/consents/{asel.uid}/public/", {"given": "no"})
    assert not consents_now(asel, Purpose.PUBLIC_PAGE)
    client.post(f"/me/consents/{asel.uid}/research/", {"given": "yes"})
    event = ConsentEvent.objects.get(purpose=Purpose.RESEARCH)
    assert (event.party, event.by, event.language) == (asel, asel, "en")


def test_who_takes_membership_back_is_led_to_the_erasure(client: Client, asel: Party) -> None:
    say = f"/me/consents/{asel.uid}/membership/"
    assert client.post(say, {"given": "yes"})["Location"] == "/me/"
    assert client.post(say, {"given": "no"})["Location"] == "/me/erase/"
    assert "taken out of the records too" in text_of(client, "/me/erase/")
    assert open_request_of(asel) is None


@pytest.mark.parametrize("given", ["", "perhaps", "1"])
def test_neither_yes_nor_no_says_nothing(client: Client, asel: Party, given: str) -> None:
    before = ConsentEvent.objects.count()
    client.post(f"/me/consents/{asel.uid}/research/", {"given": given})
    assert ConsentEvent.objects.count() == before


def test_a_member_leaves_and_is_led_to_the_way_back(client: Client, asel: Party) -> None:
    assert "Change the membership" in text_of(client, "/me/")
    answer = client.post(f"/membership/{asel.uid}/", {"step": "left"})
    assert answer.headers["Location"] == "/me/"
    page = text_of(client, "/me/")
    assert "You are no member now." in page
    assert "Change the membership" not in page


def test_nobody_speaks_for_another(client: Client, made: Programme, asel: Party) -> None:
    other = person("Гүлнара Асанова", made.villages[0])
    assert client.post(f"/me/consents/{other.uid}/public/", {"given": "yes"}).status_code == 404
    assert client.post(f"/me/consents/{asel.uid}/all/", {"given": "yes"}).status_code == 404
    assert not ConsentEvent.objects.filter(party=other).exists()


def test_a_leader_speaks_for_the_community(client: Client, made: Programme, asel: Party) -> None:
    felt = Party.objects.create(
        kind=PartyKind.COMMUNITY, name="Барскоон кийиз", village=made.villages[0], entered_at=AT
    )
    address = f"/me/consents/{felt.uid}/public/"
    assert client.post(address, {"given": "yes"}).status_code == 404
    affiliate(person=asel, community=felt, since=START, by=made.officer,
              part=Affiliation.Part.LEADER)  # fmt: skip
    assert "Барскоон кийиз" in text_of(client, "/me/")
    client.post(address, {"given": "yes"})
    assert consents_now(felt, Purpose.PUBLIC_PAGE)


def test_the_file_is_ones_own(client: Client, made: Programme, asel: Party) -> None:
    made.add_maker("Гүлнара Асанова", 1)
    page = text_of(client, "/me/data/")
    assert "Асел Токтосунова" in page
    assert "Гүлнара" not in page
    assert "<script" not in page
    response = client.get("/me/data/?as=json&save")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store"
    assert json.loads(response.content)["records"]["members.party"][0]["uid"] == str(asel.uid)


def test_the_wish_to_be_erased(client: Client, asel: Party) -> None:
    assert "on the shelf (20)" in text_of(client, "/me/erase/")
    client.post("/me/erase/", {"reason": "I move away"})
    found = open_request_of(asel)
    assert found is not None
    assert found.reason == "I move away"
    assert "you asked to be erased" in text_of(client, "/me/")
    client.post("/me/erase/", {"wish": "back"})
    assert open_request_of(asel) is None


@pytest.mark.parametrize("address", ["/me/", "/me/data/", "/me/erase/"])
def test_strangers_are_sent_to_the_door(client: Client, address: str) -> None:
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("address", ["/me/", "/me/data/"])
def test_queries_do_not_grow_with_the_rows(
    client: Client, made: Programme, asel: Party, address: str
) -> None:
    record_look(party=asel, by=made.officer, what=Seen.RECORD, at=AT)
    record_consent(party=asel, purpose=Purpose.MESSAGES, given=True, by=asel, at=AT)
    client.get(address)  # the first page of a session writes the session down
    few = queries_of(client, address)
    for _number in range(2):
        record_look(party=asel, by=made.officer, what=Seen.RECORD, at=AT)
        record_consent(party=asel, purpose=Purpose.MESSAGES, given=True, by=asel, at=AT)
        made.deliver(made.makers[0], 3, 5, START.replace(day=20 + _number))
    assert queries_of(client, address) == few


def test_privacy_is_for_anybody_in_three_languages(client: Client) -> None:
    for language, words in (("en", "3 years"), ("ru", "3 года"), ("ky", "3 жыл")):
        client.cookies["django_language"] = language
        assert words in text_of(client, "/privacy/")


def test_an_officer_erases_with_a_reason(client: Client, made: Programme) -> None:
    gone = person("Гүлнара Асанова", made.villages[0])
    ask_for_erasure(party=gone, by=gone, at=AT)
    client.force_login(account_of(made.officer))
    assert "Гүлнара Асанова" in text_of(client, "/erasures/")
    address = f"/people/{gone.uid}/erase/"
    assert "Гүлнара" in text_of(client, address)
    assert client.post(address, {"reason": " "}).status_code == 200
    gone.refresh_from_db()
    assert gone.name == "Гүлнара Асанова"
    assert client.post(address, {"reason": "asked on the page"}).status_code == 302
    page = text_of(client, "/erasures/")
    assert "Гүлнара" not in page
    assert "Катышуучу" in page
    assert client.get(address).status_code == 404


def test_no_is_an_answer_with_its_reason(client: Client, made: Programme) -> None:
    asked = person("Гүлнара Асанова", made.villages[0])
    ask_for_erasure(party=asked, by=asked, at=AT)
    client.force_login(account_of(made.officer))
    client.post(f"/people/{asked.uid}/erase/", {"answer": "no", "reason": ""})
    assert open_request_of(asked) is not None
    client.post(f"/people/{asked.uid}/erase/", {"answer": "no", "reason": "owes the shop"})
    assert open_request_of(asked) is None


def test_erasing_is_the_officers(client: Client, made: Programme) -> None:
    gone = person("Гүлнара Асанова", made.villages[0])
    client.force_login(account_of(made.manager))
    for address in ("/erasures/", f"/people/{gone.uid}/erase/"):
        assert client.get(address).status_code == 403
