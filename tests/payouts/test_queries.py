"""Reads: down to the receipt, in a constant number of queries, and only to whom they concern."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ayil.members.actions import affiliate, grant_role
from ayil.members.models import Affiliation, Party, Role, User
from ayil.members.rights import RIGHTS, Right
from ayil.payouts import queries
from ayil.payouts.actions import raise_dispute
from ayil.payouts.models import Statement
from ayil.shop.models import SaleLine
from tests.cast import DAY, hash_of, person
from tests.payouts.scenes import MONDAY, WEEK, Scene, open_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return open_scene()


def user_of(party: Party) -> User:
    return User.objects.create(username=f"u{party.pk}", party=party)


def numbers_of(user: object, day: object = DAY) -> set[int]:
    seen = queries.statements_visible_to(user, day=day)  # type: ignore[arg-type]
    return set(seen.values_list("consignor_id", flat=True))


def test_lines_and_items_come_to_the_statement(scene: Scene) -> None:
    sale = scene.sell(scene.jam, 3, 12_000)
    more = scene.cast.deliver(scene.cast.jam, 5)
    scene.sell(more, 2, 13_000)
    scene.cast.till.send(scene.cast.till.refund(scene.jam, 1, 12_000, of=hash_of(sale)))
    scene.sell(scene.slippers, 1, 45_000)
    jam = next(s for s in scene.close() if s.consignor == scene.cast.jyldyz)
    scene.sell(scene.jam, 7, 12_000)  # after the closing
    (item,) = queries.statement_items(jam)
    assert (item.variant, item.units, item.refunded_units, item.lines) == (
        scene.cast.jam, 4, 1, 3,
    )  # fmt: skip
    assert item.share_minor == jam.sold_minor - jam.refunded_minor
    assert item.gross_minor == item.share_minor + item.commission_minor
    page = queries.statement_lines(jam)
    assert (page.pages, [line.sale.kind for line in page.lines]) == (1, ["sale", "sale", "refund"])
    assert queries.statement_lines(jam, page=9).page == 1


def test_the_rest_of_a_statement_is_listed_by_posting(scene: Scene) -> None:
    scene.sell(scene.jam, 3, 12_000)
    scene.close()
    scene.paid(scene.cast.jyldyz)
    second = scene.statement(MONDAY + WEEK)
    assert [one.kind for one in queries.statement_postings(second)] == ["payout"]


def test_owed_by_and_to(scene: Scene) -> None:
    scene.sell(scene.jam, 10, 12_000)
    scene.close()
    scene.approved()
    scene.sell(scene.jam, 1, 12_000)
    scene.sell(scene.slippers, 9, 45_000)
    felt, jam = queries.owed_by_consignor(scene.cast.shop)
    assert (felt.consignor, felt.owed_minor, felt.stated_minor) == (
        scene.cast.community, 324_000, 0,
    )  # fmt: skip
    assert (jam.owed_minor, jam.stated_minor, jam.listed_minor) == (105_600, 0, 96_000)
    assert queries.owed_to(scene.cast.jyldyz) == [jam]
    page = queries.producer_page(scene.cast.jyldyz)
    assert (list(page.owed), len(page.statements), len(page.payouts)) == ([jam], 1, 1)


def test_one_sees_ones_own_and_ones_community_and_no_one_elses(scene: Scene) -> None:
    scene.sell(scene.jam, 1, 12_000)
    scene.sell(scene.slippers, 1, 45_000)
    scene.close()
    jyldyz, community = scene.cast.jyldyz.pk, scene.cast.community.pk
    member = person("Gulnara Ibraeva")
    affiliate(person=member, community=scene.cast.community, since=DAY, by=scene.asel)
    contact = person("Saltanat Orozova")
    affiliate(
        person=contact, community=scene.cast.community, since=DAY, by=scene.asel,
        part=Affiliation.Part.CONTACT,
    )  # fmt: skip
    assert numbers_of(user_of(scene.cast.jyldyz)) == {jyldyz}
    assert numbers_of(user_of(scene.cast.burul)) == {community}
    assert numbers_of(user_of(contact)) == {community}
    assert numbers_of(user_of(member)) == set()
    assert numbers_of(AnonymousUser()) == set()
    assert numbers_of(User.objects.create(username="nobody")) == set()


@pytest.mark.parametrize(
    ("role", "sees"),
    [(role, role in RIGHTS[Right.SEE_PAYOUTS]) for role in Role],
)
def test_who_keeps_the_money_sees_the_shops(scene: Scene, role: Role, sees: bool) -> None:
    scene.sell(scene.jam, 1, 12_000)
    scene.close()
    scene.approved()
    reader = person("Gulnara Ibraeva")
    user = user_of(reader)
    grant_role(
        party=reader,
        role=role,
        since=DAY,
        by=scene.bakyt,
        shop=scene.cast.shop,
        donor=scene.bakyt if role == Role.DONOR else None,
        district=scene.cast.tamga.parent if role == Role.ADMINISTRATION else None,
    )
    assert bool(numbers_of(user)) == sees
    assert queries.payouts_visible_to(user, day=DAY).exists() == sees
    assert queries.runs_visible_to(user, day=DAY).exists() == sees
    assert queries.shops_with_owed_visible_to(user, day=DAY).exists() == sees
    assert (scene.cast.jyldyz in queries.consignors_visible_to(user, day=DAY)) == sees
    assert not numbers_of(user, DAY - timedelta(days=1))


def test_a_producer_does_not_see_lists_of_everyones_income(scene: Scene) -> None:
    scene.sell(scene.jam, 1, 12_000)
    (made,) = scene.close()
    scene.approved()
    raise_dispute(statement=made, words="hm", by=scene.cast.jyldyz, at=MONDAY)
    jyldyz, burul = user_of(scene.cast.jyldyz), user_of(scene.cast.burul)
    assert not queries.runs_visible_to(jyldyz, day=DAY).exists()
    assert queries.payouts_visible_to(jyldyz, day=DAY).count() == 1
    assert not queries.payouts_visible_to(burul, day=DAY).exists()
    assert queries.disputes_visible_to(jyldyz, day=DAY).count() == 1
    assert not queries.disputes_visible_to(burul, day=DAY).exists()
    assert set(queries.consignors_visible_to(jyldyz, day=DAY)) == {scene.cast.jyldyz}


def query_count(read: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        read()  # type: ignore[operator]
    return len(caught)


def test_reads_take_as_many_queries_for_one_as_for_three(scene: Scene) -> None:
    counts = []
    for week in range(3):
        at = MONDAY + week * WEEK
        for _ in range(week + 1):
            scene.sell(scene.jam, 1, 12_000, at=at)
            scene.sell(scene.slippers, 1, 45_000, at=at)
        made = scene.close(at)
        run = scene.approved(at)
        jam = Statement.objects.get(pk=made[0].pk)
        counts.append(
            [
                query_count(lambda jam=jam: [str(line.sale) + str(line.lot.variant)
                                             for line in queries.statement_lines(jam).lines]),
                query_count(lambda jam=jam: queries.statement_items(jam)),
                query_count(lambda: queries.owed_by_consignor(scene.cast.shop)),
                query_count(lambda: queries.producer_page(scene.cast.jyldyz)),
                query_count(lambda run=run: [str(one.consignor) for one in
                                             queries.run_with_payouts(run).payouts.all()]),
            ]
        )  # fmt: skip
    assert counts[0] == counts[1] == counts[2]
    assert max(counts[0]) <= 6
    assert SaleLine.objects.count() == 12
