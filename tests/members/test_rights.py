"""Rights hang on roles by day and scope; a look of the staff is written down."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from ayil.kit.errors import AyilError
from ayil.members.actions import end_role, enter_party, give_mandate, grant_role, open_shop
from ayil.members.looks import Seen, looks_at, record_look, record_looks
from ayil.members.models import Look, PartyKind, Role, User
from ayil.members.rights import RIGHTS, Reach, Right, has_right, reach_of, require, shops_with
from tests.cast import AT, DAY, Cast, assemble, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


def user_of(party: object) -> User:
    return User.objects.create(username=f"user-{party}", party=party)


def test_the_table_names_every_right_once() -> None:
    assert set(RIGHTS) == set(Right)
    assert all(RIGHTS.values())
    assert {role for roles in RIGHTS.values() for role in roles} == set(Role)


def test_a_right_is_for_a_shop_and_a_time(cast: Cast) -> None:
    user, keeps = user_of(cast.aigul), Right.KEEP_BOOKS
    grant = grant_role(
        party=cast.aigul, role=Role.MANAGER, since=DAY, by=cast.officer, shop=cast.shop
    )
    other = open_shop(code="bokonbaevo", name="Bokonbaevo", place=None, currency="KGS")
    assert has_right(user, keeps, day=DAY)
    assert has_right(user, keeps, day=DAY, shop=cast.shop)
    assert not has_right(user, keeps, day=DAY, shop=other)
    assert not has_right(user, Right.ADMIT, day=DAY)
    assert list(shops_with(user, keeps, day=DAY)) == [cast.shop]
    assert not has_right(user, keeps, day=DAY - timedelta(days=1))
    end_role(grant=grant, on=date(2012, 9, 1), by=cast.officer)
    assert has_right(user, keeps, day=date(2012, 8, 31))
    assert not has_right(user, keeps, day=date(2012, 9, 1))


def test_a_role_for_the_whole_association_reaches_every_shop(cast: Cast) -> None:
    user = user_of(cast.aigul)
    grant_role(party=cast.aigul, role=Role.ACCOUNTANT, since=DAY, by=cast.officer)
    other = open_shop(code="bokonbaevo", name="Bokonbaevo", place=None, currency="KGS")
    assert set(shops_with(user, Right.KEEP_BOOKS, day=DAY)) == {cast.shop, other}


def test_a_donor_and_a_district_are_no_shop(cast: Cast) -> None:
    company = enter_party(kind=PartyKind.ENTERPRISE, name="Kumtor", at=AT)
    district = cast.aksay.parent
    reed, akim = person("Jane Reed"), person("Бакыт Осмонов")
    grant_role(party=reed, role=Role.DONOR, since=DAY, by=cast.officer, donor=company)
    grant_role(party=akim, role=Role.ADMINISTRATION, since=DAY, by=cast.officer, district=district)
    nothing = frozenset[int]()
    assert reach_of(user_of(reed), Right.SEE_GRANT, day=DAY) == Reach(
        False, nothing, frozenset({company.pk}), nothing
    )
    assert reach_of(user_of(akim), Right.SEE_PROGRAMME, day=DAY) == Reach(
        False, nothing, nothing, frozenset({district.pk if district else 0})
    )
    require(reed, Right.ANSWER_REPORT, on=DAY, donor=company)
    with pytest.raises(AyilError, match="accept a report"):
        require(reed, Right.ANSWER_REPORT, on=DAY, donor=cast.community)


def test_nobody_and_who_is_no_person_have_no_right(cast: Cast) -> None:
    for user in (AnonymousUser(), User.objects.create(username="nobody"), user_of(cast.burul)):
        assert not any(has_right(user, right, day=DAY) for right in Right)
        assert not shops_with(user, Right.KEEP_BOOKS, day=DAY).exists()


def test_an_action_without_the_right_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(AyilError, match="Burul Sadykova may not do this: see what waits"):
        require(cast.burul, Right.SEE_DESK, on=DAY)


def test_a_look_of_the_staff_is_written_down(cast: Cast) -> None:
    record_look(party=cast.jyldyz, by=cast.officer, what=Seen.STATEMENT, at=AT)
    (look,) = looks_at(cast.jyldyz)
    assert (look.by, look.what, look.at) == (cast.officer, Seen.STATEMENT, AT)


def test_what_is_ones_own_is_no_look_of_the_staff(cast: Cast) -> None:
    give_mandate(giver=cast.jyldyz, holder=cast.aigul, since=DAY, paper="1", by=cast.jyldyz)
    for party, by in (
        (cast.jyldyz, cast.jyldyz),
        (cast.community, cast.burul),
        (cast.community.affiliates.last().person, cast.burul),
        (cast.jyldyz, cast.aigul),
    ):
        record_look(party=party, by=by, what=Seen.RECORD, at=AT)
    assert not Look.objects.exists()
    record_look(party=cast.jyldyz, by=cast.burul, what=Seen.RECORD, at=AT)
    assert Look.objects.count() == 1


def test_a_page_of_many_is_a_look_at_each(cast: Cast) -> None:
    everyone = [cast.jyldyz, cast.burul, cast.community]
    record_looks(parties=everyone, by=cast.burul, what=Seen.OWED, at=AT)
    assert [look.party for look in Look.objects.all()] == [cast.jyldyz]
