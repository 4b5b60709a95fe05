"""Anybody applies: by the page, on paper, at the counter; a community with two people."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate, end_affiliation
from ayil.members.admission import (
    admit_applicant,
    admit_due,
    take_step,
)
from ayil.members.applications import belonging_of
from ayil.members.doubles import merge
from ayil.members.joining import Named, apply_as_community, apply_as_person, origin_of
from ayil.members.models import (
    Affiliation,
    Application,
    ConsentEvent,
    MembershipStep,
    Party,
    Purpose,
)
from ayil.members.queries import is_member_on
from ayil.members.rules import (
    code_of,
)
from tests.cast import AT, DAY, Cast
from tests.members.applicants import WEEK_LATER, applied, applied_together, form, officers

Part = Affiliation.Part

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return officers()


def test_anybody_applies_and_is_no_member_yet(cast: Cast) -> None:
    application = applied(cast)
    asel = application.event.party
    assert (asel.name, asel.phone, asel.village) == (
        "Asel Toktosunova", "+996555123456", cast.tamga,
    )  # fmt: skip
    assert application.event.by == asel
    assert application.code == code_of(application.uid)
    assert not is_member_on(asel, DAY)
    consent = ConsentEvent.objects.get(party=asel)
    assert (consent.purpose, consent.given, consent.by) == (Purpose.MEMBERSHIP, True, asel)


def test_a_form_sent_twice_is_one_application(cast: Cast) -> None:
    before = Party.objects.count()
    twice = form()
    for _time in range(2):
        apply_as_person(applicant=Named("Asel"), form=twice, by=None, on=DAY, at=AT)
    assert Application.objects.count() == 1
    assert Party.objects.count() == before + 1


def test_without_consent_nothing_is_kept(cast: Cast) -> None:
    before = Party.objects.count()
    with pytest.raises(AyilError, match="consent"):
        apply_as_person(
            applicant=Named("Asel"), form=form(consents={Purpose.MESSAGES}), by=None, on=DAY, at=AT
        )
    assert Party.objects.count() == before


def test_staff_enters_a_paper_by_its_number(cast: Cast) -> None:
    def enter(**given: Any) -> Application:
        return apply_as_person(
            applicant=Named("Asel"), form=form(Application.Way.PAPER, **given),
            by=cast.aigul, on=DAY, at=AT,
        )  # fmt: skip

    with pytest.raises(AyilError, match="number of its paper"):
        enter()
    entered = enter(paper="A-17")
    assert (entered.way, entered.paper, entered.event.by) == ("paper", "A-17", cast.aigul)
    with pytest.raises(AyilError, match="may not do this"):
        apply_as_person(
            applicant=Named("Meerim"), form=form(Application.Way.PAPER, paper="A-18"),
            by=cast.jyldyz, on=DAY, at=AT,
        )  # fmt: skip


def test_who_cannot_read_has_a_witness_at_the_counter(cast: Cast) -> None:
    def enter(witness: Named | None) -> Application:
        return apply_as_person(
            applicant=Named("Asel"), form=form(Application.Way.SHOP, witness=witness),
            by=cast.aigul, on=DAY, at=AT,
        )  # fmt: skip

    with pytest.raises(AyilError, match="witness"):
        enter(None)
    entered = enter(Named("Kenje Asanova", cast.tamga))
    consent = ConsentEvent.objects.get(party=entered.event.party)
    assert consent.witness is not None
    assert consent.witness.name == "Kenje Asanova"


def test_one_connection_cannot_flood_the_list(cast: Cast) -> None:
    here, there = origin_of("198.51.100.7", DAY), origin_of("198.51.100.8", DAY)
    assert here != there != origin_of("198.51.100.8", WEEK_LATER)
    assert origin_of("2001:db8::1", DAY) == origin_of("2001:db8::2", DAY)
    assert origin_of("no address", DAY) == ""

    def send(origin: str, at: datetime = AT) -> None:
        apply_as_person(applicant=Named("Asel"), form=form(origin=origin), by=None, on=DAY, at=at)

    for _time in range(12):
        send(here)
    with pytest.raises(AyilError, match="this connection"):
        send(here)
    send(there)
    send(here, AT + timedelta(minutes=61))


def test_a_community_needs_two_people_to_turn_to(cast: Cast) -> None:
    before = Party.objects.count()
    with pytest.raises(AyilError, match="to turn to"):
        apply_as_community(
            community=Named("Tamga Oymo", cast.tamga),
            contacts=[(Named("Gulnara", cast.tamga), Part.LEADER)],
            form=form(), by=None, on=DAY, at=AT,
        )  # fmt: skip
    assert Party.objects.count() == before
    application = applied_together(cast)
    community = application.event.party
    assert application.event.by is not None
    assert application.event.by.name == "Gulnara"
    admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)
    assert is_member_on(Party.objects.get(name="Kenje"), DAY)
    assert belonging_of(Party.objects.get(name="Kenje"), DAY).through == [community]


def test_a_community_with_one_contact_waits_for_the_second(cast: Cast) -> None:
    application = applied_together(cast)
    community = application.event.party
    kenje = community.affiliates.get(part=Part.CONTACT)
    end_affiliation(affiliation=kenje, on=DAY, by=cast.officer)
    assert admit_due(on=WEEK_LATER, at=AT) == ([], [community])
    with pytest.raises(AyilError, match="to turn to"):
        admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)
    affiliate(
        person=cast.jyldyz, community=community, since=DAY, by=cast.officer, part=Part.CONTACT
    )
    assert admit_due(on=WEEK_LATER, at=AT) == ([community], [])


def test_two_records_of_one_person_are_one_contact(cast: Cast) -> None:
    application = applied_together(cast, "Gulnara Sadykova", "Гүлнара Садыкова")
    first, second = (
        affiliation.person for affiliation in application.event.party.affiliates.order_by("id")
    )
    merge(kept=first, double=second, reason="same person", by=cast.officer, at=AT)
    with pytest.raises(AyilError, match="to turn to"):
        admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)


def test_a_community_that_left_applies_again_with_the_contacts_it_has(cast: Cast) -> None:
    application = applied_together(cast)
    community = application.event.party
    leader, contact = (found.person for found in community.affiliates.order_by("id"))
    admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)
    take_step(party=community, step=MembershipStep.LEFT, by=leader, on=DAY, at=AT)
    assert not is_member_on(contact, DAY)
    apply_as_community(
        community=Named("", record=community),
        contacts=[
            (Named("", record=leader), Part.LEADER),
            (Named("", record=contact), Part.CONTACT),
        ],
        form=form(), by=leader, on=DAY, at=AT,
    )  # fmt: skip
    assert community.affiliates.count() == 2
    assert admit_due(on=WEEK_LATER, at=AT) == ([community], [])
