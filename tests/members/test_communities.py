"""Who belongs to a community: named by its leader, never without one, never under two contacts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.kit.invariants import collected
from ayil.members.actions import admit, affiliate, end_affiliation, enter_party, grant_role
from ayil.members.applications import Part, belonging_of
from ayil.members.communities import (
    add_to_community,
    change_part,
    communities_visible_to,
    end_belonging,
    hand_over,
    leads,
    may_name,
    people_of,
)
from ayil.members.invariants import CHECKS
from ayil.members.joining import Named
from ayil.members.models import (
    Affiliation,
    AffiliationEnd,
    Appeal,
    AppealAnswer,
    MembershipEvent,
    Party,
    PartyKind,
    Role,
    User,
)
from ayil.members.queries import is_member_on
from tests.cast import AT, DAY, Cast, assemble, person

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=30)


@pytest.fixture
def cast() -> Cast:
    """Burul leads Ak-Say Kiyiz, Saadat is its second contact; Nurlan is the officer."""
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    return made


def led(cast: Cast) -> Affiliation:
    return cast.community.affiliates.get(part=Part.LEADER, end__isnull=True)


def second(cast: Cast) -> Affiliation:
    return cast.community.affiliates.get(part=Part.CONTACT, end__isnull=True)


def add(cast: Cast, name: str, part: Affiliation.Part = Part.MEMBER) -> Affiliation:
    return add_to_community(
        person=Named(name, cast.aksay), community=cast.community, part=part,
        by=cast.burul, on=DAY, at=AT,
    )  # fmt: skip


def standing(cast: Cast) -> list[tuple[str, str]]:
    return [
        (one.person.name, one.part)
        for one in people_of(cast.community).filter(end__isnull=True).order_by("part", "id")
    ]


def breaches() -> list[str]:
    return [line for check in CHECKS for line in check.find()]


@contextmanager
def behind_the_back(*names: str) -> Iterator[None]:
    guards.remove(connection, names)
    yield
    guards.install(connection)


def test_the_leader_names_people_and_others_do_not(cast: Cast) -> None:
    kenje = add(cast, "Kenje Asanova")
    assert is_member_on(kenje.person, DAY)
    assert kenje.by == cast.burul
    assert kenje.person.village == cast.aksay
    for stranger in (cast.jyldyz, second(cast).person, kenje.person):
        with pytest.raises(AyilError, match="may not do this"):
            add_to_community(
                person=Named("Meerim"), community=cast.community, part=Part.MEMBER,
                by=stranger, on=DAY, at=AT,
            )  # fmt: skip
    assert not Party.objects.filter(name="Meerim").exists()


def test_nobody_belongs_twice(cast: Cast) -> None:
    with pytest.raises(AyilError, match="already"):
        add_to_community(
            person=Named("", record=cast.burul), community=cast.community, part=Part.MEMBER,
            by=cast.officer, on=DAY, at=AT,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="already"), transaction.atomic():
        affiliate(
            person=cast.burul, community=cast.community, since=DAY, by=cast.officer,
            part=Part.LEADER,
        )  # fmt: skip


def test_the_last_leader_stays(cast: Cast) -> None:
    add(cast, "Kenje Asanova", Part.CONTACT)
    with pytest.raises(AyilError, match="without a leader"):
        end_belonging(affiliation=led(cast), on=LATER, by=cast.burul)
    with pytest.raises(AyilError, match="without a leader"):
        change_part(affiliation=led(cast), part=Part.CONTACT, on=LATER, by=cast.burul)
    with pytest.raises(IntegrityError, match="last leader"), transaction.atomic():
        end_affiliation(affiliation=led(cast), on=LATER, by=cast.officer)
    assert leads(User(party=cast.burul), cast.community, LATER)


def test_two_contacts_stay(cast: Cast) -> None:
    with pytest.raises(AyilError, match="one person to turn to"):
        end_belonging(affiliation=second(cast), on=LATER, by=cast.burul)
    with pytest.raises(AyilError, match="one person to turn to"):
        change_part(affiliation=second(cast), part=Part.MEMBER, on=LATER, by=cast.burul)
    with pytest.raises(IntegrityError, match="two contacts"), transaction.atomic():
        end_affiliation(affiliation=second(cast), on=LATER, by=cast.officer)
    add(cast, "Kenje Asanova", Part.CONTACT)
    saadat = cast.community.affiliates.filter(part=Part.CONTACT).order_by("id")[0]
    end_belonging(affiliation=saadat, on=LATER, by=cast.burul, reason="moved to town")
    assert breaches() == []
    with pytest.raises(AyilError, match="any more"):
        end_belonging(affiliation=saadat, on=LATER, by=cast.burul)


def test_a_community_that_is_no_member_may_shrink_but_keeps_its_leader(cast: Cast) -> None:
    group = enter_party(kind=PartyKind.COMMUNITY, name="Tamga Oymo", village=cast.tamga, at=AT)
    for party, part in ((cast.jyldyz, Part.LEADER), (cast.aigul, Part.CONTACT)):
        affiliate(person=party, community=group, since=DAY, by=cast.officer, part=part)
    end_belonging(affiliation=group.affiliates.get(part=Part.CONTACT), on=LATER, by=cast.aigul)
    with pytest.raises(AyilError, match="without a leader"):
        end_belonging(affiliation=group.affiliates.get(part=Part.LEADER), on=LATER, by=cast.jyldyz)


def test_a_part_changes_in_one_step(cast: Cast) -> None:
    kenje = add(cast, "Kenje Asanova")
    change_part(affiliation=kenje, part=Part.CONTACT, on=LATER, by=cast.burul)
    assert standing(cast) == [
        ("Saadat Esenova", "contact"), ("Kenje Asanova", "contact"), ("Burul Sadykova", "leader"),
    ]  # fmt: skip
    contact = cast.community.affiliates.get(person=kenje.person, end__isnull=True)
    with pytest.raises(AyilError, match="already"):
        change_part(affiliation=contact, part=Part.CONTACT, on=LATER, by=cast.burul)
    with pytest.raises(AyilError, match="any more"):
        change_part(affiliation=kenje, part=Part.LEADER, on=LATER, by=cast.burul)
    # A contact who becomes the second leader never leaves the two of them below two.
    change_part(affiliation=second_of(cast, "Saadat Esenova"), part=Part.LEADER, on=LATER,
                by=cast.burul)  # fmt: skip
    assert breaches() == []


def second_of(cast: Cast, name: str) -> Affiliation:
    return cast.community.affiliates.get(person__name=name, end__isnull=True)


def test_a_leader_hands_over_and_stays_a_contact(cast: Cast) -> None:
    kenje = add(cast, "Kenje Asanova")
    with pytest.raises(AyilError, match="does not lead"):
        hand_over(affiliation=kenje, to=led(cast), on=LATER, by=cast.burul)
    hand_over(affiliation=led(cast), to=second(cast), on=LATER, by=cast.burul)
    assert standing(cast) == [
        ("Burul Sadykova", "contact"), ("Saadat Esenova", "leader"), ("Kenje Asanova", "member"),
    ]  # fmt: skip
    assert breaches() == []
    with pytest.raises(AyilError, match="may not do this"):
        add_to_community(
            person=Named("Meerim"), community=cast.community, part=Part.MEMBER,
            by=cast.burul, on=LATER, at=AT,
        )  # fmt: skip


def test_one_leaves_by_oneself(cast: Cast) -> None:
    kenje = add(cast, "Kenje Asanova")
    with pytest.raises(AyilError, match="may not do this"):
        end_belonging(affiliation=kenje, on=LATER, by=cast.jyldyz)
    end_belonging(affiliation=kenje, on=LATER, by=kenje.person)
    assert is_member_on(kenje.person, LATER - timedelta(days=1))
    assert not is_member_on(kenje.person, LATER)


def test_a_member_through_two_communities_stays_one_when_one_ends(cast: Cast) -> None:
    kenje = add(cast, "Kenje Asanova").person
    other = enter_party(kind=PartyKind.COMMUNITY, name="Ak-Say Oymo", village=cast.aksay, at=AT)
    for party, part in (
        (cast.jyldyz, Part.LEADER), (cast.aigul, Part.CONTACT), (kenje, Part.MEMBER),
    ):  # fmt: skip
        affiliate(person=party, community=other, since=DAY, by=cast.officer, part=part)
    admit(party=other, on=DAY, by=cast.officer, at=AT)
    assert set(belonging_of(kenje, DAY).through) == {cast.community, other}
    end_belonging(affiliation=second_of(cast, "Kenje Asanova"), on=LATER, by=kenje)
    assert belonging_of(kenje, LATER).through == [other]
    assert is_member_on(kenje, LATER)


def test_one_party_has_many_parts(cast: Cast) -> None:
    """Burul leads one community, is a contact of another, sells on her own and keeps the shop."""
    other = enter_party(kind=PartyKind.COMMUNITY, name="Ak-Say Oymo", village=cast.aksay, at=AT)
    for party, part in ((cast.jyldyz, Part.LEADER), (cast.burul, Part.CONTACT)):
        affiliate(person=party, community=other, since=DAY, by=cast.officer, part=part)
    grant_role(party=cast.burul, role=Role.CLERK, since=DAY, by=cast.officer, shop=cast.shop)
    user = User.objects.create(username="burul", party=cast.burul)
    assert leads(user, cast.community, DAY)
    assert not leads(user, other, DAY)
    assert may_name(user, cast.community, DAY)
    assert not may_name(user, other, DAY)


def test_one_sees_the_communities_that_one_belongs_to(cast: Cast) -> None:
    other = enter_party(kind=PartyKind.COMMUNITY, name="Tamga Oymo", village=cast.tamga, at=AT)

    def seen(party: Party | None, name: str) -> set[Party]:
        user = User.objects.create(username=name, party=party)
        return set(communities_visible_to(user, DAY))

    assert seen(cast.burul, "burul") == {cast.community}
    assert seen(cast.jyldyz, "jyldyz") == set()
    assert seen(None, "nobody") == set()
    assert seen(cast.officer, "nurlan") == {cast.community, other}


def test_the_checks_are_collected_and_silent(cast: Cast) -> None:
    assert set(CHECKS) <= set(collected())
    assert breaches() == []


def test_what_went_past_the_guards_is_found(cast: Cast) -> None:
    keeps = ("members_community_keeps_a_leader", "members_community_keeps_two_contacts")
    with behind_the_back(*keeps):
        AffiliationEnd.objects.create(affiliation=led(cast), on=LATER, by=cast.officer)
    assert any("1 people to turn to" in line for line in breaches())
    assert any("lost its last leader" in line for line in breaches())
    affiliate(person=second(cast).person, community=cast.community, since=DAY, by=cast.officer)
    assert any("stands in 2 parts" in line for line in breaches())


def test_a_step_out_of_the_life_cycle_is_found(cast: Cast) -> None:
    MembershipEvent.objects.create(
        party=cast.aigul, step="active", on=DAY, by=cast.officer, recorded_at=AT
    )
    assert [line for line in breaches() if "«active» after «nothing»" in line]
    MembershipEvent.objects.create(
        party=cast.jyldyz, step="applied", on=DAY, by=cast.officer, recorded_at=AT
    )
    assert [line for line in breaches() if "«applied» after «active»" in line]


def test_a_refuser_who_answered_is_found(cast: Cast) -> None:
    asel = person("Asel Toktosunova", cast.tamga)
    for step, reason in (("applied", ""), ("refused", "resale")):
        refusal = MembershipEvent.objects.create(
            party=asel, step=step, on=DAY, by=cast.officer, recorded_at=AT, reason=reason
        )
    asked = Appeal.objects.create(refusal=refusal, words="no", by=asel, at=AT)
    with behind_the_back("members_appeal_needs_another"):
        AppealAnswer.objects.create(appeal=asked, admits=False, reason="x", by=cast.officer, at=AT)
    assert any("who refused" in line for line in breaches())
