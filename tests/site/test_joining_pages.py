"""Joining as an applicant meets it: the form, what happens next, the appeal."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ayil.kit.clock import now
from ayil.members.admission import admit_applicant, admit_due, refuse_applicant
from ayil.members.applications import Part
from ayil.members.models import (
    Application,
    PartyKind,
    Purpose,
)
from ayil.members.queries import consents_now, is_member_on
from tests.site.cast import Programme, person, programme
from tests.site.joining import TODAY, as_, said, text_of, together, waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def test_anybody_applies_and_reads_what_happens_next(in_english: Client, made: Programme) -> None:
    response = in_english.post(reverse("join"), said(may_public="on"))
    application = Application.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("application-state", args=[application.uid])
    asel = application.event.party
    assert (asel.name, asel.phone, asel.village) == (
        "Асел Токтосунова", "+996555123456", made.villages[2],
    )  # fmt: skip
    assert asel.language == "en"
    assert consents_now(asel, Purpose.PUBLIC_PAGE)
    assert not consents_now(asel, Purpose.MESSAGES)
    assert not is_member_on(asel, TODAY)
    page = text_of(in_english.get(response["Location"]))
    assert "within 7 days" in page
    assert application.spoken_code in page


def test_the_state_names_nobody_and_is_kept_out_of_searches(
    in_english: Client, made: Programme
) -> None:
    application = waits(made)
    refuse_applicant(
        application=application, reason="Resale only", by=made.officer, on=TODAY, at=now()
    )
    response = in_english.get(reverse("application-state", args=[application.uid]))
    page = text_of(response)
    assert "Resale only" in page
    for personal in ("Асел", "555123456", made.officer.name, str(application.event.party.uid)):
        assert personal not in page
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_no_box_is_ticked_before(in_english: Client, made: Programme) -> None:
    for name in ("join", "join-community"):
        page = text_of(in_english.get(reverse(name)))
        assert page.count('type="checkbox"') == len(Purpose)
        assert " checked" not in page


def test_without_consent_or_name_the_form_says_what_is_wrong(
    in_english: Client, made: Programme
) -> None:
    page = text_of(in_english.post(reverse("join"), said(may_membership="", name=" ")))
    assert "may not keep your name" in page
    assert 'aria-describedby="id_name_error"' in page
    first, *_others = [box for box in page.split("<") if " autofocus" in box]
    assert 'id="id_name"' in first
    assert Application.objects.count() == 0


@pytest.mark.parametrize("phone", ["12", "call me", "0555 12 34"])
def test_a_telephone_that_is_none_is_said_so(
    in_english: Client, made: Programme, phone: str
) -> None:
    assert "no telephone number" in text_of(in_english.post(reverse("join"), said(phone=phone)))


def test_another_place_and_no_telephone_are_enough(in_english: Client, made: Programme) -> None:
    in_english.post(reverse("join"), said(village="", phone="", words=""))
    assert Application.objects.get().event.party.village is None


def test_a_machine_gives_itself_away(in_english: Client, made: Programme) -> None:
    page = text_of(in_english.post(reverse("join"), said(website="http://spam.example")))
    assert "find out machines" in page
    assert Application.objects.count() == 0


def test_a_form_sent_twice_is_one_application(in_english: Client, made: Programme) -> None:
    form = said()
    places = {in_english.post(reverse("join"), form)["Location"] for _time in range(2)}
    assert len(places) == 1
    assert Application.objects.count() == 1


def test_a_flood_is_stopped_by_the_database(in_english: Client, made: Programme) -> None:
    for _time in range(12):
        assert in_english.post(reverse("join"), said()).status_code == 302
    page = text_of(Client().post(reverse("join"), said(), headers={"accept-language": "en"}))
    assert Application.objects.count() == 12
    assert 'role="alert"' in page
    kept = Application.objects.values_list("origin", flat=True)
    assert not any("127.0.0.1" in origin for origin in kept)


def test_extra_fields_change_nothing(in_english: Client, made: Programme) -> None:
    """Mass assignment: what the form does not ask is not taken."""
    in_english.post(
        reverse("join"),
        said(way="paper", paper="X-1", by=made.officer.pk, party=made.officer.pk, step="admitted",
             applicant_is=str(made.officer.uid), kind="enterprise", language="xx"),
    )  # fmt: skip
    application = Application.objects.get()
    assert (application.way, application.paper) == ("page", "")
    assert application.event.party != made.officer
    assert application.event.by == application.event.party
    assert not is_member_on(application.event.party, TODAY)


def test_a_community_joins_with_two_people(in_english: Client, made: Programme) -> None:
    in_english.post(reverse("join-community"), together())
    group = Application.objects.get().event.party
    assert group.kind == PartyKind.COMMUNITY
    assert [(one.person.name, one.part) for one in group.affiliates.order_by("id")] == [
        ("Гүлнара Садыкова", "leader"), ("Кенже Асанова", "contact"),
    ]  # fmt: skip
    assert admit_due(on=TODAY + timedelta(days=7), at=now()) == ([group], [])


def test_a_name_alone_gives_nobody_anothers_record(in_english: Client, made: Programme) -> None:
    """Naming somebody who is known makes a new record: only staff says that they are one."""
    known = person("Гүлнара Садыкова", made.villages[2])
    in_english.post(reverse("join-community"), together())
    assert not known.affiliations.exists()


def test_who_is_signed_in_leads_the_community_they_enter(client: Client, made: Programme) -> None:
    burul = person("Бурул Эсенова", made.villages[2])
    form = together()
    del form["leader_name"], form["leader_phone"]
    as_(client, burul).post(reverse("join-community"), form)
    group = Application.objects.get().event.party
    assert group.affiliates.get(part=Part.LEADER).person == burul


def test_who_is_known_applies_by_one_box(client: Client, made: Programme) -> None:
    burul = person("Бурул Эсенова", made.villages[2])
    page = text_of(as_(client, burul).get(reverse("join")))
    assert 'name="name"' not in page
    client.post(reverse("join"), {"uid": str(uuid.uuid4()), "may_membership": "on"})
    assert Application.objects.get().event.party == burul
    assert "You have applied" in text_of(client.get(reverse("join")))
    admit_applicant(application=Application.objects.get(), by=made.officer, on=TODAY, at=now())
    assert "You are a member" in text_of(client.get(reverse("join")))
    client.post(reverse("join"), {"uid": str(uuid.uuid4()), "may_membership": "on"})
    assert Application.objects.count() == 1


def test_the_number_finds_the_page(in_english: Client, made: Programme) -> None:
    application = waits(made)
    found = in_english.get(reverse("join-find"), {"number": application.spoken_code})
    assert found["Location"] == reverse("application-state", args=[application.uid])
    for typed in ("", "123", "<b>x</b>", "٤٨٢٩١٥٧٣٠٦١٤", "9" * 12):
        page = text_of(in_english.get(reverse("join-find"), {"number": typed}))
        assert "<b>x" not in page
    assert in_english.get(reverse("application-state", args=[uuid.uuid4()])).status_code == 404


def test_a_refused_applicant_appeals_on_the_page(in_english: Client, made: Programme) -> None:
    application = waits(made)
    address = reverse("application-appeal", args=[application.uid])
    assert "not refused" in text_of(in_english.post(address, {"words": "why"}, follow=True))
    refuse_applicant(application=application, reason="Resale", by=made.officer, on=TODAY, at=now())
    state = reverse("application-state", args=[application.uid])
    assert address in text_of(in_english.get(state))
    assert "errorlist" in text_of(in_english.post(address, {"words": " "}))
    assert in_english.post(address, {"words": "I make it"})["Location"] == state
    page = text_of(in_english.get(state))
    assert "I make it" in page
    assert address not in page


def test_forms_need_their_token(made: Programme) -> None:
    strict = Client(enforce_csrf_checks=True)
    application = waits(made)
    for name, args in (("join", []), ("join-community", []),
                       ("application-appeal", [application.uid])):  # fmt: skip
        assert strict.post(reverse(name, args=args), said()).status_code == 403
    assert Application.objects.count() == 1
