"""How a person is told, on their own page; what came, on the staff's; slips for the next car."""

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.urls import reverse

from ayil.consignment.car import items_for
from ayil.members.consents import record_consent
from ayil.members.messages.linking import hear
from ayil.members.messages.queue import How, Telling, end, make_message, reach_of_party
from ayil.members.messages.telegram import Heard
from ayil.members.models import (
    Chat,
    ChatInvitation,
    ChosenWay,
    Look,
    Message,
    MessageEnd,
    Party,
    Purpose,
)
from tests.rig.client import Client
from tests.site.cast import AT, START, Maker, Programme, account_of, programme, queries_of, speak

pytestmark = pytest.mark.django_db
CHOICE = {
    "way": "slip", "rhythm": "evening", "language": "en", "quiet_from": "20:00",
    "quiet_until": "09:00",
}  # fmt: skip


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def asel(made: Programme) -> Maker:
    maker = made.add_maker("Асел Токтосунова", 0)
    record_consent(party=maker.party, purpose=Purpose.MESSAGES, given=True, by=maker.party, at=AT)
    return maker


def signed_in(party: Party, language: str = "en") -> Client:
    client = Client()
    client.force_login(getattr(party, "user", None) or account_of(party))
    speak(client, language)
    return client


def chooses(party: Party, way: str = "slip") -> None:
    ChosenWay.objects.create(
        party=party, way=way, rhythm="evening", language="en", by=party, at=AT
    )  # fmt: skip


def told(
    made: Programme, party: Party, key: str = "one", text: str = "Slippers: 3, 900 som"
) -> Message:
    reach = reach_of_party(party, AT)
    assert not isinstance(reach, str)
    telling = Telling(key, Message.Kind.FLASH, "Sold", text, good_for=timedelta(days=9000))
    return make_message(telling=telling, reach=reach, about=party, shop=made.shop, at=AT)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def test_a_person_chooses_the_way_and_the_night(made: Programme, asel: Maker) -> None:
    client = signed_in(asel.party)
    assert "You have chosen nothing yet" in page(client, "/me/messages/")
    assert client.post("/me/messages/", CHOICE).status_code == 302
    chosen = ChosenWay.objects.get()
    assert (chosen.party, chosen.by, chosen.way) == (asel.party, asel.party, "slip")
    assert f"{chosen.quiet_from:%H:%M} {chosen.quiet_until:%H:%M}" == "20:00 09:00"
    assert "a slip of paper" in page(client, "/me/messages/")


@pytest.mark.parametrize(
    "wrong",
    [{"quiet_from": "23:00"}, {"way": "sms"}, {"rhythm": "hourly"}, {"quiet_until": "soon"}],
)
def test_what_cannot_be_is_said_on_the_page(asel: Maker, wrong: dict[str, str]) -> None:
    client = signed_in(asel.party)
    response = client.post("/me/messages/", CHOICE | wrong)
    assert response.status_code == 200
    assert "error" in response.content.decode()
    assert not ChosenWay.objects.exists()


def test_one_reads_every_message_and_whether_it_came(made: Programme, asel: Maker) -> None:
    chooses(asel.party)
    end(told(made, asel.party), How.DELIVERED, at=AT, words="with the car")
    shown = page(signed_in(asel.party), "/me/messages/")
    assert "Slippers: 3, 900 som" in shown
    assert "went with the car" in shown
    other = made.add_maker("Гүлнара Асанова", 1)
    assert "900 som" not in page(signed_in(other.party), "/me/messages/")


def test_a_chat_is_linked_by_a_picture_that_is_shown_once(
    asel: Maker, settings: LazySettings
) -> None:
    client = signed_in(asel.party)
    assert "Telegram" not in page(client, "/me/messages/")
    settings.AYIL_TELEGRAM_URL = "https://ayil_bot:1:secret@api.telegram.org/"
    shown = client.post("/me/messages/telegram/", {"do": "link"}).content.decode()
    token = re.search(r"https://t\.me/ayil_bot\?start=([\w-]+)", shown)
    assert token is not None
    assert "<svg" in shown
    assert "secret" not in shown
    made_at = ChatInvitation.objects.get().made_at
    hear([Heard(1, 4815, f"/start {token[1]}")], at=made_at)
    assert "linked" in page(client, "/me/messages/")
    client.post("/me/messages/telegram/", {"do": "end"})
    assert Chat.objects.get().end.reason == "stopped"


def test_the_staff_types_it_from_a_paper(made: Programme, asel: Maker) -> None:
    client = signed_in(made.officer)
    address = reverse("person-messages", args=[asel.party.uid])
    assert client.post(address, CHOICE).status_code == 200
    assert not ChosenWay.objects.exists()
    assert client.post(address, CHOICE | {"paper": "К-7"}).status_code == 302
    chosen = ChosenWay.objects.get()
    assert (chosen.party, chosen.by, chosen.paper) == (asel.party, made.officer, "К-7")


def test_the_log_says_who_and_whether_and_never_what(made: Programme, asel: Maker) -> None:
    Party.objects.filter(pk=asel.party.pk).update(phone="+996555123456")
    asel.party.refresh_from_db()
    chooses(asel.party, "sms")
    end(told(made, asel.party), How.GIVEN_UP, at=AT, words="no such number")
    shown = page(signed_in(made.manager), "/shop/messages/?only=failed")
    for words in ("Асел Токтосунова", "+996 … 56", "did not come", "no such number"):
        assert words in shown
    assert "900 som" not in shown
    assert "555123456" not in shown


def test_the_log_takes_as_many_queries_for_one_as_for_many(made: Programme, asel: Maker) -> None:
    chooses(asel.party)
    client = signed_in(made.manager)
    told(made, asel.party)
    one = queries_of(client, "/shop/messages/")
    for number in range(5):
        message = told(made, asel.party, f"k{number}")
        if number % 2:
            end(message, How.DELIVERED, at=AT)
    assert queries_of(client, "/shop/messages/") == one


def test_another_shops_log_is_not_there(made: Programme) -> None:
    client = signed_in(made.manager)
    assert client.get("/shop/messages/?shop=bokon").status_code == 404
    assert client.get("/shop/slips/?shop=bokon").status_code == 404


def test_slips_are_printed_and_ticked_off(made: Programme, asel: Maker) -> None:
    chooses(asel.party)
    slip = told(made, asel.party)
    client = signed_in(made.manager)
    shown = page(client, "/shop/slips/")
    assert "Асел Токтосунова" in shown
    assert "900 som" not in shown
    assert not Look.objects.exists()
    pdf = client.get("/shop/slips/paper/")
    assert pdf.content.startswith(b"%PDF")
    assert Look.objects.get().party == asel.party
    assert [item.party for item in items_for(made.shop, START)] == [asel.party]
    client.post("/shop/slips/", {"slip": [str(slip.pk), "x"]})
    ended = MessageEnd.objects.get()
    assert (ended.how, ended.by) == ("delivered", made.manager)
    assert list(items_for(made.shop, START)) == []
    assert client.get("/shop/slips/paper/").status_code == 302


def test_the_desk_says_what_did_not_come(made: Programme, asel: Maker) -> None:
    chooses(asel.party)
    told(made, asel.party)
    assert "1 slip of paper waits" in page(signed_in(made.manager), "/desk/")


def test_who_has_no_office_sees_no_log(asel: Maker) -> None:
    client = signed_in(asel.party)
    for address in ("/shop/messages/", "/shop/slips/", "/shop/slips/paper/"):
        assert client.get(address).status_code == 403
