"""Whoever applies is admitted; a refusal is written, read, appealed against and answered."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate, end_affiliation, enter_party, grant_role
from ayil.members.admission import (
    admit_applicant,
    admit_due,
    answer_appeal,
    appeal,
    refuse_applicant,
    take_step,
)
from ayil.members.applications import belonging_of, last_event, membership_of, unanswered, waiting
from ayil.members.doubles import merge
from ayil.members.joining import Form, Named, apply_as_community, apply_as_person, origin_of
from ayil.members.models import (
    Affiliation,
    AppealAnswer,
    Application,
    ConsentEvent,
    MembershipEvent,
    MembershipStep,
    Party,
    PartyKind,
    Purpose,
    Role,
    User,
)
from ayil.members.queries import is_member_on
from ayil.members.rules import (
    DAYS_TO_REFUSE,
    code_of,
    days_left,
    is_due,
    own_steps_after,
    written_phone,
)
from tests.cast import AT, DAY, Cast, assemble, person

pytestmark = pytest.mark.django_db
Part = Affiliation.Part
WEEK_LATER = DAY + timedelta(days=DAYS_TO_REFUSE)


@pytest.fixture
def cast() -> Cast:
    """Nurlan is an officer, so is Meerim; Aigul keeps the counter."""
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    grant_role(party=made.aigul, role=Role.CLERK, since=DAY, by=made.officer, shop=made.shop)
    return made


@pytest.fixture
def other_officer(cast: Cast) -> Party:
    meerim = person("Meerim Kadyrova")
    grant_role(party=meerim, role=Role.OFFICER, since=DAY, by=cast.officer)
    return meerim


def form(way: Application.Way = Application.Way.PAGE, **given: Any) -> Form:
    consents = frozenset(given.pop("consents", {Purpose.MEMBERSHIP}))
    return Form(uid=given.pop("uid", uuid.uuid4()), way=way, consents=consents, **given)


def applied(cast: Cast, name: str = "Asel Toktosunova", on: date = DAY) -> Application:
    return apply_as_person(
        applicant=Named(name, cast.tamga, "+996555123456"), form=form(), by=None, on=on, at=AT
    )


def applied_together(cast: Cast, leader: str = "Gulnara", contact: str = "Kenje") -> Application:
    return apply_as_community(
        community=Named("Tamga Oymo", cast.tamga),
        contacts=[
            (Named(leader, cast.tamga), Part.LEADER),
            (Named(contact, cast.tamga), Part.CONTACT),
        ],
        form=form(),
        by=None,
        on=DAY,
        at=AT,
    )


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


def test_an_officer_admits_at_once(cast: Cast) -> None:
    application = applied(cast)
    with pytest.raises(AyilError, match="may not do this"):
        admit_applicant(application=application, by=cast.aigul, on=DAY, at=AT)
    admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)
    assert is_member_on(application.event.party, DAY)
    with pytest.raises(AyilError, match="answered already"):
        admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)


def test_nobody_decides_on_their_own_application(cast: Cast) -> None:
    application = apply_as_person(
        applicant=Named("", record=cast.officer), form=form(), by=cast.officer, on=DAY, at=AT
    )
    with pytest.raises(AyilError, match="their own application"):
        admit_applicant(application=application, by=cast.officer, on=DAY, at=AT)


def test_whom_nobody_refuses_is_admitted_by_rule(cast: Cast) -> None:
    early, late = applied(cast), applied(cast, "Meerim Iliazova", on=DAY + timedelta(days=1))
    assert admit_due(on=WEEK_LATER - timedelta(days=1), at=AT) == ([], [])
    assert admit_due(on=WEEK_LATER, at=AT) == ([early.event.party], [])
    assert admit_due(on=WEEK_LATER, at=AT) == ([], [])
    event = last_event(early.event.party)
    assert event is not None
    assert (event.step, event.by) == (MembershipStep.ADMITTED, None)
    assert not is_member_on(late.event.party, WEEK_LATER)
    with pytest.raises(AyilError, match="admitted by rule"):
        refuse_applicant(
            application=late, reason="too late", by=cast.officer,
            on=WEEK_LATER + timedelta(days=1), at=AT,
        )  # fmt: skip


def test_the_rule_admits_nobody_who_was_refused_or_has_left(cast: Cast) -> None:
    refused, gone = applied(cast), applied(cast, "Meerim Iliazova")
    refuse_applicant(application=refused, reason="a resale trader", by=cast.officer, on=DAY, at=AT)
    admit_applicant(application=gone, by=cast.officer, on=DAY, at=AT)
    take_step(party=gone.event.party, step=MembershipStep.LEFT, by=gone.event.party, on=DAY, at=AT)
    assert admit_due(on=WEEK_LATER, at=AT) == ([], [])


def test_only_the_rule_acts_without_a_name(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipEvent.objects.create(
            party=cast.jyldyz, step=MembershipStep.LEFT, on=DAY, recorded_at=AT
        )


def test_a_refusal_is_written_and_answered_by_another(cast: Cast, other_officer: Party) -> None:
    application = applied(cast)
    asel = application.event.party
    with pytest.raises(AyilError, match="reason"):
        refuse_applicant(application=application, reason=" ", by=cast.officer, on=DAY, at=AT)
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)
    with pytest.raises(AyilError, match="few words"):
        appeal(application=application, words=" ", by=None, at=AT)
    asked = appeal(application=application, words="I make felt myself", by=None, at=AT)
    assert asked.by == asel
    with pytest.raises(AyilError, match="already"):
        appeal(application=application, words="again", by=None, at=AT)
    with pytest.raises(AyilError, match="somebody else"):
        answer_appeal(appeal=asked, admits=True, reason="ok", by=cast.officer, on=DAY, at=AT)
    with pytest.raises(AyilError, match="may not do this"):
        answer_appeal(appeal=asked, admits=True, reason="ok", by=cast.aigul, on=DAY, at=AT)
    answer_appeal(
        appeal=asked, admits=True, reason="We saw her felt", by=other_officer, on=DAY, at=AT
    )
    assert is_member_on(asel, DAY)
    assert [step.label for step in membership_of(asel)] == [
        "applied", "refused", "appealed", "the appeal was right", "admitted",
    ]  # fmt: skip


def test_a_refusal_that_stands_lets_one_apply_again(cast: Cast, other_officer: Party) -> None:
    application = applied(cast)
    asel = application.event.party
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)
    asked = appeal(application=application, words="no", by=None, at=AT)
    answer_appeal(appeal=asked, admits=False, reason="it is", by=other_officer, on=DAY, at=AT)
    assert not is_member_on(asel, DAY)
    with pytest.raises(AyilError, match="answered already"):
        answer_appeal(appeal=asked, admits=True, reason="oh", by=other_officer, on=DAY, at=AT)
    apply_as_person(applicant=Named("", record=asel), form=form(), by=asel, on=DAY, at=AT)
    assert [found.event.party for found in unanswered()] == [asel]


def test_a_paper_appeal_needs_its_number(cast: Cast) -> None:
    application = applied(cast)
    with pytest.raises(AyilError, match="not refused"):
        appeal(application=application, words="why", by=None, at=AT)
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)
    with pytest.raises(AyilError, match="number of its paper"):
        appeal(application=application, words="why", by=cast.aigul, at=AT)
    asked = appeal(application=application, words="why", by=cast.aigul, at=AT, paper="B-1")
    assert (asked.by, asked.paper) == (cast.aigul, "B-1")


def test_the_database_too_admits_a_refused_one_only_by_appeal(
    cast: Cast, other_officer: Party
) -> None:
    application = applied(cast)
    asel = application.event.party
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)

    def write(step: str) -> None:
        MembershipEvent.objects.create(
            party=asel, step=step, on=DAY, by=cast.officer, recorded_at=AT
        )

    with pytest.raises(IntegrityError, match="appeal"), transaction.atomic():
        write("admitted")
    asked = appeal(application=application, words="no", by=None, at=AT)
    with pytest.raises(IntegrityError, match="who refused"), transaction.atomic():
        AppealAnswer.objects.create(appeal=asked, admits=True, reason="x", by=cast.officer, at=AT)
    answer_appeal(appeal=asked, admits=False, reason="it is", by=other_officer, on=DAY, at=AT)
    with pytest.raises(IntegrityError, match="appeal"), transaction.atomic():
        write("admitted")


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


def test_steps_are_the_members_own_to_say(cast: Cast) -> None:
    asel = applied(cast).event.party
    with pytest.raises(AyilError, match="cannot be entered"):
        take_step(party=asel, step=MembershipStep.ACTIVE, by=asel, on=DAY, at=AT)
    with pytest.raises(AyilError, match="may not do this"):
        take_step(party=cast.jyldyz, step=MembershipStep.LEFT, by=asel, on=DAY, at=AT)
    take_step(
        party=cast.jyldyz, step=MembershipStep.DORMANT, by=cast.jyldyz, on=DAY, at=AT,
        reason="at her daughter's",
    )  # fmt: skip
    assert is_member_on(cast.jyldyz, DAY)
    take_step(party=cast.jyldyz, step=MembershipStep.LEFT, by=cast.officer, on=DAY, at=AT)
    assert not is_member_on(cast.jyldyz, DAY)
    for outside in (MembershipStep.ADMITTED, MembershipStep.APPLIED, MembershipStep.REFUSED):
        with pytest.raises(AyilError, match="cannot be entered"):
            take_step(party=cast.jyldyz, step=outside, by=cast.officer, on=DAY, at=AT)


def test_only_events_make_a_member(cast: Cast) -> None:
    """Sales, an agreement, a role, a consent and a relation make nobody a member."""
    aigul = cast.aigul
    lot = cast.deliver(cast.jam, 5)
    take_step(party=cast.jyldyz, step=MembershipStep.LEFT, by=cast.jyldyz, on=DAY, at=AT)
    cast.till.send(cast.till.sale((lot, 2, 12_000)))
    assert not is_member_on(cast.jyldyz, DAY)
    assert not is_member_on(aigul, DAY)
    group = enter_party(kind=PartyKind.COMMUNITY, name="No member", at=AT)
    affiliate(person=aigul, community=group, since=DAY, by=cast.officer, part=Part.LEADER)
    assert not is_member_on(aigul, DAY)
    before = MembershipEvent.objects.count()
    admit_applicant(application=applied(cast), by=cast.officer, on=DAY, at=AT)
    assert MembershipEvent.objects.count() == before + 2


def test_the_desk_is_told_what_waits(cast: Cast, other_officer: Party) -> None:
    user = User.objects.create(username="nurlan", party=cast.officer)
    assert waiting(user, DAY) == []
    first = applied(cast)
    applied(cast, "Meerim Iliazova", on=DAY + timedelta(days=2))
    (told,) = waiting(user, DAY)
    assert (told.what, told.count, told.oldest) == ("2 applications to look at", 2, DAY)
    refuse_applicant(application=first, reason="resale", by=cast.officer, on=DAY, at=AT)
    appeal(application=first, words="no", by=None, at=AT)
    assert [one.what for one in waiting(user, DAY)] == [
        "1 application to look at", "1 appeal to answer",
    ]  # fmt: skip


@pytest.mark.parametrize("table", ["application", "appeal", "appealanswer"])
def test_what_was_written_stays(cast: Cast, other_officer: Party, table: str) -> None:
    application = applied(cast)
    refuse_applicant(application=application, reason="resale", by=cast.officer, on=DAY, at=AT)
    asked = appeal(application=application, words="no", by=None, at=AT)
    answer_appeal(appeal=asked, admits=False, reason="it is", by=other_officer, on=DAY, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM members_{table}")  # noqa: S608


def test_days_are_counted_from_the_application() -> None:
    assert days_left(DAY, DAY) == DAYS_TO_REFUSE
    assert days_left(DAY, WEEK_LATER) == days_left(DAY, WEEK_LATER + timedelta(days=9)) == 0
    assert not is_due(DAY, WEEK_LATER - timedelta(days=1))
    assert is_due(DAY, WEEK_LATER)
    assert own_steps_after(None) == own_steps_after("applied") == own_steps_after("left") == []
    assert own_steps_after("admitted") == ["active", "left"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("0555 12-34-56", "+996555123456"),
        ("(0555) 123456", "+996555123456"),
        ("996 555 123 456", "+996555123456"),
        ("+996555123456", "+996555123456"),
        ("+49 30 1234567", "+49301234567"),
        ("0049 30 1234567", "+49301234567"),
    ],
)
def test_a_telephone_number_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert written_phone(typed) == kept


@pytest.mark.parametrize("typed", ["555", "0555 12 34", "call me", "+٠٥٥٥١٢٣٤٥٦", "9" * 30])
def test_what_is_no_telephone_number_is_said_so(typed: str) -> None:
    with pytest.raises(AyilError, match="no telephone number"):
        written_phone(typed)
