"""Joining as people meet it: the form, its state, the staff's list, a community's own page."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ayil.kit.clock import local_date, now
from ayil.members.actions import admit, affiliate, enter_party, grant_role
from ayil.members.admission import admit_applicant, admit_due, appeal, refuse_applicant
from ayil.members.applications import Part
from ayil.members.joining import Form, Named, apply_as_person
from ayil.members.models import (
    Affiliation,
    Application,
    ConsentEvent,
    Look,
    Party,
    PartyKind,
    Purpose,
    Role,
    User,
)
from ayil.members.queries import consents_now, is_member_on
from tests.site.cast import AT, START, Programme, account_of, person, programme, queries_of

pytestmark = pytest.mark.django_db
TODAY = local_date(now())


@pytest.fixture
def made() -> Programme:
    return programme()


@pytest.fixture
def in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def said(**changed: Any) -> dict[str, Any]:
    return {
        "uid": str(uuid.uuid4()), "name": "Асел Токтосунова", "village": "ak-say",
        "phone": "0555 12 34 56", "words": "Чий токуйм", "may_membership": "on", "website": "",
    } | changed  # fmt: skip


def together(**changed: Any) -> dict[str, Any]:
    return {
        "uid": str(uuid.uuid4()), "name": "«Оймо» жамааты", "village": "ak-say",
        "leader_name": "Гүлнара Садыкова", "leader_phone": "", "contact_name": "Кенже Асанова",
        "contact_phone": "0777 123456", "words": "", "may_membership": "on", "website": "",
    } | changed  # fmt: skip


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode().replace("\u00a0", " "))


def as_(client: Client, party: Party) -> Client:
    user = User.objects.filter(party=party).first() or account_of(party)
    client.force_login(user)
    client.cookies["django_language"] = "en"
    party.language = "en"
    party.save()
    return client


def waits(made: Programme, name: str = "Асел Токтосунова", days_ago: int = 1) -> Application:
    """An application that came some days ago."""
    form = Form(uuid.uuid4(), Application.Way.PAGE, frozenset({Purpose.MEMBERSHIP}), words="Чий")
    return apply_as_person(
        applicant=Named(name, made.villages[2], "+996555123456"), form=form, by=None,
        on=TODAY - timedelta(days=days_ago), at=now(),
    )  # fmt: skip


def group_of(made: Programme, leader: Party, contact: Party, name: str = "Ак-Сай кийиз") -> Party:
    group = enter_party(kind=PartyKind.COMMUNITY, name=name, village=made.villages[2], at=AT)
    for party, part in ((leader, Part.LEADER), (contact, Part.CONTACT)):
        affiliate(person=party, community=group, since=START, by=made.officer, part=part)
    admit(party=group, on=START, by=made.officer, at=AT)
    return group


# The applicant


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


# The staff


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


# The community


@pytest.fixture
def group(made: Programme) -> Party:
    leader = person("Бурул Эсенова", made.villages[2])
    return group_of(made, leader, person("Асел Иманова", made.villages[2]))


def one(group: Party, name: str) -> Affiliation:
    return group.affiliates.get(person__name=name, end__isnull=True)


def test_a_leader_names_people_of_the_community(client: Client, group: Party) -> None:
    as_(client, one(group, "Бурул Эсенова").person)
    address = reverse("community", args=[group.uid])
    assert "Асел Иманова" in text_of(client.get(address))
    form = {"name": "Кенже Асанова", "phone": "", "part": "member"}
    assert client.post(reverse("community-add", args=[group.uid]), form)["Location"] == address
    kenje = one(group, "Кенже Асанова")
    assert kenje.by.name == "Бурул Эсенова"
    client.post(reverse("community-part", args=[group.uid, kenje.pk]), {"part": "contact"})
    assert one(group, "Кенже Асанова").part == "contact"
    kenje = one(group, "Кенже Асанова")
    client.post(reverse("community-end", args=[group.uid, kenje.pk]), {"reason": "Шаарга көчтү"})
    page = text_of(client.get(address))
    assert "Шаарга көчтү" in page[page.index("Belonged before") :]


def test_a_neighbour_of_the_same_name_is_asked_about(
    client: Client, made: Programme, group: Party
) -> None:
    known = person("Кенже Асанова", made.villages[2])
    elsewhere = person("Нурия Кадырова", made.villages[1])
    as_(client, one(group, "Бурул Эсенова").person)
    address = reverse("community-add", args=[group.uid])
    form = {"name": "Kenje Asanova", "phone": "", "part": "member"}
    assert str(known.uid) in text_of(client.post(address, form))
    client.post(address, form | {"who": str(known.uid)})
    assert one(group, "Кенже Асанова").person == known
    # A leader learns nothing of the people of other villages.
    client.post(address, {"name": "Нурия Кадырова", "phone": "", "part": "member"})
    assert one(group, "Нурия Кадырова").person != elsewhere


def test_the_last_leader_and_the_second_contact_stay(client: Client, group: Party) -> None:
    as_(client, one(group, "Бурул Эсенова").person)
    for name, words in (("Бурул Эсенова", "without a leader"), ("Асел Иманова", "to turn to")):
        address = reverse("community-end", args=[group.uid, one(group, name).pk])
        assert words in text_of(client.post(address, follow=True))


def test_a_leader_hands_over(client: Client, group: Party) -> None:
    leader, contact = one(group, "Бурул Эсенова"), one(group, "Асел Иманова")
    as_(client, leader.person)
    address = reverse("community-hand-over", args=[group.uid, leader.pk])
    for nobody in ("", "x", "999999", "9" * 30):
        assert "Choose to whom" in text_of(client.post(address, {"to": nobody}, follow=True))
    client.post(address, {"to": contact.pk})
    assert one(group, "Асел Иманова").part == "leader"
    assert one(group, "Бурул Эсенова").part == "contact"
    assert client.post(address, {"to": contact.pk}).status_code == 403


def test_others_see_or_change_nothing(client: Client, made: Programme, group: Party) -> None:
    stranger = person("Нурия Кадырова", made.villages[2])
    contact = one(group, "Асел Иманова")
    targets = {
        "community-add": [group.uid], "community-part": [group.uid, contact.pk],
        "community-end": [group.uid, one(group, "Бурул Эсенова").pk],
        "community-hand-over": [group.uid, one(group, "Бурул Эсенова").pk],
    }  # fmt: skip
    for party, status in ((stranger, 404), (contact.person, 403)):
        as_(client, party)
        for name, args in targets.items():
            form = {"name": "X", "part": "leader", "to": contact.pk}
            assert client.post(reverse(name, args=args), form).status_code == status, name
    assert Client().get(reverse("community", args=[group.uid])).status_code == 302
    assert group.affiliates.count() == 2


def test_an_affiliation_of_another_community_is_not_reached(
    client: Client, made: Programme, group: Party
) -> None:
    """Guessing a number in the address: the leader of one community cannot change another."""
    other = group_of(made, person("Жамал"), person("Роза"), name="Башка жамаат")
    as_(client, one(group, "Бурул Эсенова").person)
    theirs = other.affiliates.get(part=Part.CONTACT)
    address = reverse("community-part", args=[group.uid, theirs.pk])
    assert client.post(address, {"part": "leader"}).status_code == 404


def test_a_member_through_two_communities_stays_one_when_one_ends(
    client: Client, made: Programme, group: Party
) -> None:
    kenje = person("Кенже Асанова", made.villages[2])
    other = group_of(made, person("Жамал"), person("Роза"), name="Башка жамаат")
    for community in (group, other):
        affiliate(person=kenje, community=community, since=START, by=made.officer)
    page = text_of(as_(client, kenje).get(reverse("join")))
    assert "through your community" in page
    assert group.name in page
    assert other.name in page
    answer = client.post(reverse("community-end", args=[group.uid, one(group, kenje.name).pk]))
    assert answer["Location"] == reverse("home")  # one who left does not see its page any more
    page = text_of(client.get(reverse("join")))
    assert group.name not in page
    assert other.name in page
    assert is_member_on(kenje, TODAY)


def test_steps_of_a_community_are_its_leaders_to_say(client: Client, group: Party) -> None:
    address = reverse("membership-step", args=[group.uid])
    as_(client, one(group, "Асел Иманова").person)
    assert client.post(address, {"step": "left"}).status_code == 404
    as_(client, one(group, "Бурул Эсенова").person)
    assert "press one of the buttons" in text_of(client.post(address, {"step": "x"}, follow=True))
    assert "cannot be entered" in text_of(client.post(address, {"step": "admitted"}, follow=True))
    client.post(address, {"step": "dormant", "reason": "кыш"})
    assert is_member_on(group, TODAY)
    client.post(address, {"step": "left"})
    assert not is_member_on(group, TODAY)


def test_a_communitys_page_takes_the_same_queries_for_one_and_three(
    client: Client, made: Programme, group: Party
) -> None:
    as_(client, made.officer)

    def more(number: int) -> None:
        for name in (f"Айша {number}", f"Зура {number}"):
            affiliate(person=person(name), community=group, since=START, by=made.officer)
        gone = group.affiliates.get(person__name=f"Зура {number}")
        client.post(reverse("community-end", args=[group.uid, gone.pk]))

    more(1)
    client.get(reverse("community", args=[group.uid]))
    few = queries_of(client, reverse("community", args=[group.uid]))
    for number in (2, 3):
        more(number)
    assert queries_of(client, reverse("community", args=[group.uid])) == few


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
