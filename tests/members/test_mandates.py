"""Who may collect whose money, from when, until when, and by whose word."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.mandate_paper import mandate_document
from ayil.members.mandates import end_mandate, mandates_of, mandates_visible_to, write_mandate
from ayil.members.models import Mandate, MandateEnd, Role, User
from ayil.members.own import speakers_for, speaks_for
from ayil.members.queries import mandate_on
from tests.cast import AT, DAY, Cast, assemble, person
from tests.payouts.scenes import refused_by_database, run_sql

pytestmark = pytest.mark.django_db
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def given(cast: Cast) -> Mandate:
    return write_mandate(giver=cast.jyldyz, holder=cast.burul, since=DAY, by=cast.jyldyz, at=AT)


def test_given_and_taken_back_on_ones_own_page(cast: Cast) -> None:
    made = given(cast)
    assert (made.way, made.paper) == ("page", "")
    assert mandate_on(giver=cast.jyldyz, holder=cast.burul, day=DAY) == made
    assert speaks_for(cast.burul, cast.jyldyz, DAY)
    assert cast.burul in speakers_for([cast.jyldyz], DAY)[cast.jyldyz.pk]
    end_mandate(mandate=made, by=cast.jyldyz, at=AT, reason="өзүм алам")
    assert mandate_on(giver=cast.jyldyz, holder=cast.burul, day=DAY) is None
    assert mandate_on(giver=cast.jyldyz, holder=cast.burul, day=DAY - timedelta(days=1)) is None
    assert cast.burul not in speakers_for([cast.jyldyz], DAY)[cast.jyldyz.pk]
    with pytest.raises(AyilError, match="ended before"):
        end_mandate(mandate=made, by=cast.burul, at=AT, reason="again")


def test_it_held_before_it_was_ended(cast: Cast) -> None:
    made = given(cast)
    later = AT + timedelta(days=7)
    end_mandate(mandate=made, by=cast.burul, at=later, reason="көчтүм")
    assert mandate_on(giver=cast.jyldyz, holder=cast.burul, day=TOMORROW) == made
    assert mandate_on(giver=cast.jyldyz, holder=cast.burul, day=DAY + timedelta(days=7)) is None


def test_a_leader_gives_one_for_the_community(cast: Cast) -> None:
    made = write_mandate(giver=cast.community, holder=cast.jyldyz, since=DAY, by=cast.burul, at=AT)
    assert made.way == Mandate.Way.PAGE
    assert [one.pk for one in mandates_of(cast.burul, DAY).given] == [made.pk]
    assert [one.pk for one in mandates_of(cast.jyldyz, DAY).held] == [made.pk]


def _for_oneself(cast: Cast) -> None:
    write_mandate(giver=cast.jyldyz, holder=cast.jyldyz, since=DAY, by=cast.jyldyz, at=AT)


def _by_a_stranger(cast: Cast) -> None:
    write_mandate(giver=cast.jyldyz, holder=cast.aigul, since=DAY, by=cast.burul, at=AT)


def _by_the_holder(cast: Cast) -> None:
    grant_role(party=cast.aigul, role=Role.PAYMASTER, since=DAY, by=cast.officer)
    write_mandate(giver=cast.jyldyz, holder=cast.aigul, since=DAY, by=cast.aigul, at=AT, paper="7")


def _without_a_paper(cast: Cast) -> None:
    grant_role(party=cast.aigul, role=Role.PAYMASTER, since=DAY, by=cast.officer)
    write_mandate(giver=cast.jyldyz, holder=cast.burul, since=DAY, by=cast.aigul, at=AT)


def _to_a_community(cast: Cast) -> None:
    write_mandate(giver=cast.jyldyz, holder=cast.community, since=DAY, by=cast.jyldyz, at=AT)


def _yesterday(cast: Cast) -> None:
    write_mandate(
        giver=cast.jyldyz, holder=cast.burul, since=DAY - timedelta(days=1), by=cast.jyldyz, at=AT
    )


def _backwards(cast: Cast) -> None:
    write_mandate(
        giver=cast.jyldyz, holder=cast.burul, since=TOMORROW, until=DAY, by=cast.jyldyz, at=AT
    )


def _twice(cast: Cast) -> None:
    given(cast)
    given(cast)


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (_for_oneself, "their own money"),
        (_by_a_stranger, "may not do this"),
        (_by_the_holder, "another must"),
        (_without_a_paper, "needs its paper"),
        (_to_a_community, "not a person"),
        (_yesterday, "today or later"),
        (_backwards, "before its first"),
        (_twice, "already"),
    ],
)
def test_what_is_refused(cast: Cast, deed: Callable[[Cast], None], says: str) -> None:
    with pytest.raises(AyilError, match=says):
        deed(cast)


def test_the_database_refuses_it_as_well(cast: Cast) -> None:
    insert = (
        "INSERT INTO members_mandate (giver_id, holder_id, since, until, way, paper, by_id) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)"
    )
    one, other = cast.jyldyz.pk, cast.burul.pk
    for row, name in (
        ((one, other, DAY, None, "paper", "7", other), "not_by_its_holder"),
        ((one, other, DAY, None, "paper", "", one), "has_paper"),
        ((one, other, TOMORROW, DAY, "page", "", one), "goes_forward"),
    ):
        assert name in refused_by_database(lambda row=row: run_sql(insert, *row))
    made = given(cast)
    end_mandate(mandate=made, by=cast.jyldyz, at=AT, reason="x")
    assert refused_by_database(lambda: MandateEnd.objects.all().delete())


def test_who_sees_a_mandate(cast: Cast) -> None:
    made = given(cast)
    for party, sees in (
        (cast.jyldyz, True), (cast.burul, True), (cast.aigul, False), (cast.officer, False),
    ):  # fmt: skip
        user = User.objects.create(username=f"u{party.pk}", party=party)
        assert mandates_visible_to(user, DAY).filter(pk=made.pk).exists() is sees, party


def test_the_paper_names_both(cast: Cast) -> None:
    told = str(mandate_document(given(cast)).told())
    assert cast.jyldyz.name in told
    assert cast.burul.name in told
    assert "___" in str(mandate_document(None).told())
    assert person("Айша").name not in told
