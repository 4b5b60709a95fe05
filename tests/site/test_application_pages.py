"""Applications as the staff meets them: the list, one tap, the refusal, paper."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from ayil.kit.clock import now
from ayil.members.actions import grant_role
from ayil.members.admission import admit_applicant, appeal, refuse_applicant
from ayil.members.applications import Part
from ayil.members.models import (
    Application,
    ConsentEvent,
    Look,
    Role,
)
from ayil.members.queries import is_member_on
from tests.site.cast import START, Programme, person, programme, queries_of
from tests.site.joining import TODAY, as_, said, text_of, together, waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


def test_the_list_shows_who_waits_and_how_long(client: Client, made: Programme) -> None:
    waits(made, "Асел Токтосунова", days_ago=2)
    waits(made, "Мээрим Илиязова", days_ago=6)
    page = text_of(as_(client, made.officer).get(reverse("applications")))
    assert page.index("Мээрим") < page.index("Асел")
    assert "5 days left" in page
    assert "1 day left" in page


def test_one_tap_admits(client: Client, made: Programme) -> None:
    application = waits(made)
    page = text_of(as_(client, made.officer).get(reverse("applications")))
    address = reverse("application-admit", args=[application.uid])
    assert address in page
    client.post(address)
    assert is_member_on(application.event.party, TODAY)
    assert "Decided lately" in text_of(client.get(reverse("applications")))
    again = client.post(address, follow=True)
    assert "answered already" in text_of(again)


def test_a_clerk_takes_but_does_not_admit(client: Client, made: Programme) -> None:
    application = waits(made)
    clerk = person("Эркин Жумабаев")
    grant_role(party=clerk, role=Role.CLERK, since=START, by=made.officer, shop=made.shop)
    page = text_of(as_(client, clerk).get(reverse("application", args=[application.uid])))
    assert "996555123456" not in page
    assert not Look.objects.exists()
    for verb in ("admit", "refuse", "answer"):
        address = reverse(f"application-{verb}", args=[application.uid])
        assert client.post(address, {"words": "x", "admits": "yes"}).status_code == 403
    assert not is_member_on(application.event.party, TODAY)


def test_a_look_at_the_telephone_is_written_down(client: Client, made: Programme) -> None:
    application = waits(made)
    page = text_of(as_(client, made.officer).get(reverse("application", args=[application.uid])))
    assert "+996555123456" in page
    look = Look.objects.get()
    assert (look.party, look.by) == (application.event.party, made.officer)


def test_refusal_appeal_and_answer_by_pages(client: Client, made: Programme) -> None:
    application = waits(made)
    party = application.event.party
    second = person("Мээрим Кадырова")
    grant_role(party=second, role=Role.OFFICER, since=START, by=made.officer)

    def send(verb: str, **form: str) -> str:
        address = reverse(f"application-{verb}", args=[application.uid])
        return text_of(client.post(address, form, follow=True))

    as_(client, made.officer)
    assert "errorlist" in send("refuse", words=" ")
    assert "Resale" in send("refuse", words="Resale")
    assert "number of its paper" in send("paper-appeal", words="I make it")
    assert "another officer answers" in send("paper-appeal", words="I make it", paper="B-7")
    assert "somebody else answers" in send("answer", words="ok", admits="yes")
    page = text_of(client.get(reverse("applications")))
    assert page.index("I make it") < page.index("Decided lately")
    as_(client, second)
    assert "press one of the buttons" in send("answer", words="ok")
    assert "We saw her felt" in send("answer", words="We saw her felt", admits="yes")
    assert is_member_on(party, TODAY)


def test_a_paper_is_entered_by_its_number(client: Client, made: Programme) -> None:
    as_(client, made.officer)
    form = said(way="paper", language="ru", witness_name="")
    assert "has a number" in text_of(client.post(reverse("application-take"), form))
    answer = client.post(reverse("application-take"), form | {"paper": "A-17"})
    application = Application.objects.get()
    assert answer["Location"] == reverse("application", args=[application.uid])
    assert (application.way, application.paper) == ("paper", "A-17")
    assert (application.event.by, application.event.party.language) == (made.officer, "ru")
    assert application.origin == ""
    assert application.spoken_code in text_of(client.get(answer["Location"]))


def test_who_cannot_read_has_a_witness(client: Client, made: Programme) -> None:
    as_(client, made.officer)
    form = said(way="shop", language="ky", witness_name="", paper="")
    assert "needs a witness" in text_of(client.post(reverse("application-take"), form))
    client.post(reverse("application-take"), form | {"witness_name": "Кенже Асанова"})
    consent = ConsentEvent.objects.get(party=Application.objects.get().event.party)
    assert consent.witness is not None
    assert consent.witness.name == "Кенже Асанова"


def test_a_name_that_is_known_is_asked_about(client: Client, made: Programme) -> None:
    known = person("Асел Токтосунова", made.villages[2])
    person("Асел Токтосунова", made.villages[1])
    as_(client, made.officer)
    form = said(name="Toktosunova Asel", way="paper", paper="A-1", language="ky", witness_name="")
    page = text_of(client.post(reverse("application-take"), form))
    assert page.count('name="applicant_is"') == 2  # the one of this village, or a new one
    assert Application.objects.count() == 0
    client.post(reverse("application-take"), form | {"applicant_is": str(known.uid)})
    assert Application.objects.get().event.party == known
    client.post(
        reverse("application-take"), form | {"applicant_is": "new", "uid": str(uuid.uuid4())}
    )
    assert Application.objects.last() != Application.objects.first()
    wrong = form | {"applicant_is": str(made.officer.uid), "uid": str(uuid.uuid4())}
    assert "errorlist" in text_of(client.post(reverse("application-take"), wrong))


def test_a_communitys_paper_names_known_people(client: Client, made: Programme) -> None:
    known = person("Гүлнара Садыкова", made.villages[2])
    as_(client, made.officer)
    form = together(way="paper", paper="K-1", language="ky", witness_name="")
    address = reverse("application-take-community")
    assert 'name="leader_is"' in text_of(client.post(address, form))
    client.post(address, form | {"leader_is": str(known.uid)})
    group = Application.objects.get().event.party
    assert group.affiliates.get(part=Part.LEADER).person == known
    assert "Гүлнара" in text_of(
        client.get(reverse("application", args=[Application.objects.get().uid]))
    )


def test_the_same_person_twice_is_one_contact(client: Client, made: Programme) -> None:
    known = person("Гүлнара Садыкова", made.villages[2])
    as_(client, made.officer)
    form = together(way="paper", paper="K-1", language="ky", witness_name="",
                    contact_name="Gulnara Sadykova", leader_is=str(known.uid),
                    contact_is=str(known.uid))  # fmt: skip
    page = text_of(client.post(reverse("application-take-community"), form))
    assert "to turn to" in page
    assert Application.objects.count() == 0


def test_lists_take_the_same_queries_for_one_and_three(client: Client, made: Programme) -> None:
    second = person("Мээрим Кадырова")
    grant_role(party=second, role=Role.OFFICER, since=START, by=made.officer)
    as_(client, made.officer)

    def one_of_each(number: int) -> None:
        waits(made, f"Асел {number}")
        refused = waits(made, f"Нурия {number}")
        refuse_applicant(application=refused, reason="x", by=second, on=TODAY, at=now())
        appeal(application=refused, words="y", by=None, at=now())
        taken = waits(made, f"Роза {number}")
        admit_applicant(application=taken, by=second, on=TODAY, at=now())

    one_of_each(1)
    client.get(reverse("applications"))
    few = queries_of(client, reverse("applications"))
    for number in (2, 3):
        one_of_each(number)
    assert queries_of(client, reverse("applications")) == few


def test_what_is_typed_stays_text(client: Client, made: Programme) -> None:
    """Stored script: every word of an application is shown as it was typed."""
    nasty = '"><script>alert(1)</script>'
    client.post(reverse("join"), said(name=nasty, words=nasty))
    stored = Application.objects.get()
    as_(client, made.officer)
    for address in (reverse("applications"), reverse("application", args=[stored.uid])):
        page = text_of(client.get(address))
        assert not re.search(r"<script>alert", page)
        assert "&lt;script&gt;" in page
