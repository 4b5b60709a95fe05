"""People's records: the list, changes with their history, roles that nobody gives themselves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayil.kit.errors import AyilError
from ayil.members.actions import admit, end_role, grant_role
from ayil.members.doubles import merge
from ayil.members.models import MembershipStep, PartyKind, Role, RoleGrant, User
from ayil.members.people import (
    MEMBERS,
    Sought,
    change_record,
    changes_of,
    give_role,
    listed,
    standing_roles,
    take_role,
)
from tests.cast import AT, DAY, Cast, assemble, person


@pytest.fixture
def cast(db: None) -> Cast:
    made = assemble()
    grant_role(party=made.officer, role=Role.OFFICER, since=DAY, by=made.aigul)
    User.objects.create(username="nurlan", party=made.officer)
    return made


def names(sought: Sought) -> list[str]:
    return [party.name for party in listed(sought)]


def test_the_list_follows_the_alphabet_and_is_narrowed(cast: Cast) -> None:
    for name in ("Өмүр", "Осмон", "Үсөн", "Ырыс"):
        person(name, cast.tamga)
    tamga = names(Sought(village=cast.tamga))
    assert tamga == ["Jyldyz Mamyrova", "Осмон", "Өмүр", "Үсөн", "Ырыс"]
    assert names(Sought(village=cast.aksay, kind=PartyKind.COMMUNITY)) == ["Ak-Say Kiyiz"]
    assert names(Sought(step=MEMBERS)) == ["Ak-Say Kiyiz", "Jyldyz Mamyrova"]
    assert names(Sought(step=MembershipStep.LEFT)) == []


def test_a_merged_person_stands_once(cast: Cast) -> None:
    double = person("Садыкова Бурул", cast.aksay)
    merge(kept=cast.burul, double=double, reason="same", by=cast.officer, at=AT)
    shown = names(Sought(village=cast.aksay, kind=PartyKind.PERSON))
    assert "Burul Sadykova" in shown
    assert "Садыкова Бурул" not in shown


def changed(cast: Cast, **values: object) -> None:
    change_record(party=cast.burul, changed=values, by=cast.officer, at=AT)


def test_a_change_leaves_what_it_was_with_a_name_and_a_day(cast: Cast) -> None:
    changed(cast, name="Бурул Садыкова", village=cast.tamga, phone="+996555000111")
    changed(cast, phone="")
    cast.burul.refresh_from_db()
    assert (cast.burul.name, cast.burul.village) == ("Бурул Садыкова", cast.tamga)
    told = [(one.what, one.before, one.after, one.by) for one in changes_of(cast.burul)]
    assert told == [
        ("Telephone", "+996555000111", "", "Nurlan Osmonov"),
        ("Telephone", "", "+996555000111", "Nurlan Osmonov"),
        ("Village", "Ak-Say", "Tamga", "Nurlan Osmonov"),
        ("Name", "Burul Sadykova", "Бурул Садыкова", "Nurlan Osmonov"),
    ]
    assert {one.at for one in changes_of(cast.burul)} == {AT}


def test_nothing_is_written_where_nothing_differs(cast: Cast) -> None:
    rows = cast.burul.history.count()
    changed(cast, name=cast.burul.name, phone="")
    assert cast.burul.history.count() == rows


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "  "}, "needs a name"),
        ({"born_year": 1850}, "1850"),
        ({"born_year": 2005}, "2005"),
    ],
)
def test_what_cannot_be_right_is_refused(cast: Cast, values: dict[str, object], words: str) -> None:
    with pytest.raises(AyilError, match=words):
        changed(cast, **values)
    cast.burul.refresh_from_db()
    assert (cast.burul.name, cast.burul.born_year) == ("Burul Sadykova", None)


def test_only_what_is_changeable_changes_and_only_by_who_may(cast: Cast) -> None:
    for forged in ("uid", "kind", "entered_at", "pk"):
        with pytest.raises(ValueError, match="cannot be changed"):
            changed(cast, **{forged: 1})
    with pytest.raises(AyilError, match="may not do this"):
        change_record(party=cast.burul, changed={"name": "X"}, by=cast.jyldyz, at=AT)


@pytest.mark.parametrize("count", [1, 3])
def test_history_costs_as_many_queries_for_many_changes(cast: Cast, count: int) -> None:
    for number in range(count):
        changed(cast, phone=f"+99655500011{number}", village=[cast.tamga, cast.aksay][number % 2])
    with CaptureQueriesContext(connection) as captured:
        assert changes_of(cast.burul)
    assert len(captured) == 2


def test_an_office_is_given_in_its_scope_and_ended(cast: Cast) -> None:
    def given() -> RoleGrant:
        return give_role(
            party=cast.burul, role=Role.CLERK, since=DAY, by=cast.officer, at=AT, shop=cast.shop
        )

    grant = given()
    assert given() == grant
    assert list(standing_roles(cast.burul, DAY)) == [grant]
    end = take_role(grant=grant, by=cast.officer, at=AT)
    assert take_role(grant=grant, by=cast.officer, at=AT) == end
    assert not standing_roles(cast.burul, DAY).exists()
    assert given() != grant


def test_nobody_gives_or_takes_their_own(cast: Cast) -> None:
    with pytest.raises(AyilError, match="their own roles"):
        give_role(party=cast.officer, role=Role.MANAGER, since=DAY, by=cast.officer, at=AT)
    with pytest.raises(AyilError, match="their own roles"):
        take_role(grant=cast.officer.roles.get(), by=cast.officer, at=AT)
    with pytest.raises(AyilError, match="may not do this"):
        give_role(party=cast.burul, role=Role.OFFICER, since=DAY, by=cast.jyldyz, at=AT)


def test_nobody_gives_themselves_a_role_through_another_record(cast: Cast) -> None:
    second = person("Осмонов Нурлан", cast.aksay)
    other = person("Second Officer")
    grant_role(party=other, role=Role.OFFICER, since=DAY, by=cast.aigul)
    merge(kept=cast.officer, double=second, reason="same", by=other, at=AT)
    with pytest.raises(AyilError, match="their own roles"):
        give_role(party=second, role=Role.MANAGER, since=DAY, by=cast.officer, at=AT)


def test_who_left_the_office_gives_none(cast: Cast) -> None:
    end_role(grant=cast.officer.roles.get(), on=DAY, by=cast.aigul)
    with pytest.raises(AyilError, match="may not do this"):
        give_role(party=cast.burul, role=Role.CLERK, since=DAY, by=cast.officer, at=AT)


def test_a_members_list_does_not_ask_a_query_a_person(cast: Cast) -> None:
    for number in range(3):
        admit(party=person(f"P{number}", cast.tamga), on=DAY + timedelta(1), by=cast.officer, at=AT)
    with CaptureQueriesContext(connection) as captured:
        assert [(one.village.name, one.last_step) for one in listed(Sought(step=MEMBERS))]
    assert len(captured) == 1
