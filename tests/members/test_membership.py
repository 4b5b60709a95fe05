"""Membership is a stream of events; consent and mandates have their time."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.kit.errors import AyilError
from ayil.members.actions import (
    admit,
    affiliate,
    end_affiliation,
    give_mandate,
    record_membership,
)
from ayil.members.consents import record_consent
from ayil.members.models import Affiliation, MembershipStep, Purpose
from ayil.members.queries import (
    consents_now,
    is_member_on,
    mandate_on,
    members,
    public_parties,
)
from tests.cast import AT, DAY, Cast, assemble, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def test_steps_follow_the_life_cycle(cast: Cast) -> None:
    asel = person("Asel Toktosunova", cast.tamga)
    with pytest.raises(AyilError, match="comes no"):
        record_membership(party=asel, step=MembershipStep.ACTIVE, on=DAY, by=cast.officer, at=AT)
    admit(party=asel, on=DAY, by=cast.officer, at=AT)
    assert asel in members()
    record_membership(party=asel, step=MembershipStep.LEFT, on=DAY, by=cast.officer, at=AT)
    assert asel not in members()
    admit(party=asel, on=DAY, by=cast.officer, at=AT)
    assert asel in members()


def test_a_refusal_needs_its_reason(cast: Cast) -> None:
    asel = person("Asel Toktosunova", cast.tamga)
    record_membership(party=asel, step=MembershipStep.APPLIED, on=DAY, by=cast.officer, at=AT)
    with pytest.raises(AyilError, match="reason"):
        record_membership(party=asel, step=MembershipStep.REFUSED, on=DAY, by=cast.officer, at=AT)


def test_a_member_through_two_communities_stays_one_when_one_ends(cast: Cast) -> None:
    other = cast.community.__class__.objects.create(
        kind="community", name="Ak-Say Shyrdak", village=cast.aksay, entered_at=AT
    )
    for name, part in (
        ("Saikal Osmonova", Affiliation.Part.LEADER),
        ("Kenje Asanova", Affiliation.Part.CONTACT),
    ):
        affiliate(
            person=person(name, cast.aksay), community=other, since=DAY, by=cast.officer, part=part
        )
    admit(party=other, on=DAY, by=cast.officer, at=AT)
    second = affiliate(person=cast.burul, community=other, since=DAY, by=cast.officer)
    later = date(2012, 8, 1)
    leader = person("Gulnara Ibraeva", cast.aksay)
    affiliate(
        person=leader,
        community=cast.community,
        since=DAY,
        by=cast.officer,
        part=Affiliation.Part.LEADER,
    )
    first = cast.burul.affiliations.get(community=cast.community)
    end_affiliation(affiliation=first, on=later, by=cast.officer)
    assert is_member_on(cast.burul, later)
    end_affiliation(affiliation=second, on=later, by=cast.officer)
    assert not is_member_on(cast.burul, later)
    assert is_member_on(cast.burul, DAY)


def test_events_are_never_changed(cast: Cast) -> None:
    for statement in (
        "UPDATE members_membershipevent SET step = 'left'",
        "DELETE FROM members_membershipevent",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(statement)


def test_a_consent_withdrawn_is_gone_at_once(cast: Cast) -> None:
    for given in (True, False):
        record_consent(
            party=cast.jyldyz, purpose=Purpose.PUBLIC_PAGE, given=given, by=cast.jyldyz, at=AT
        )
        assert consents_now(cast.jyldyz, Purpose.PUBLIC_PAGE) is given
        assert (cast.jyldyz in public_parties()) is given


def test_a_mandate_has_its_paper_and_its_time(cast: Cast) -> None:
    with pytest.raises(AyilError, match="paper"):
        give_mandate(giver=cast.jyldyz, holder=cast.burul, since=DAY, paper=" ", by=cast.officer)
    mandate = give_mandate(
        giver=cast.jyldyz, holder=cast.burul, since=DAY, until=date(2012, 12, 31),
        paper="mandate 7", by=cast.officer,
    )  # fmt: skip
    assert mandate_on(giver=cast.jyldyz, holder=cast.burul, day=DAY) == mandate
    assert mandate_on(giver=cast.jyldyz, holder=cast.burul, day=date(2013, 1, 1)) is None
