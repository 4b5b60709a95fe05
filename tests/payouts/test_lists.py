"""What a list says before it is made, and on paper."""

from datetime import timedelta

import pytest

from ayil.kit.errors import AyilError
from ayil.members.actions import affiliate, grant_role
from ayil.members.mandates import write_mandate
from ayil.members.models import Affiliation, Role
from ayil.payouts import queries
from ayil.payouts.actions import (
    approve_run,
    cancel_payout,
    hand_over,
    prepare_run,
    set_payout_terms,
)
from ayil.payouts.list_paper import list_papers
from ayil.payouts.models import PayoutApproval
from ayil.payouts.queries import Now
from tests.cast import AT, DAY, person
from tests.payouts.scenes import MONDAY, WEEK, Scene, open_scene, refused_by_database, run_sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    opened = open_scene()
    opened.sell(opened.jam, 10, 12_000)
    opened.sell(opened.slippers, 1, 45_000)
    return opened


def now_of(scene: Scene, minimum_minor: int = 0) -> dict[str, Now]:
    office = queries.payout_office(scene.cast.shop, minimum_minor=minimum_minor)
    return {one.consignor.name: one.now for one in office.due}


def test_why_somebody_is_paid_now_or_not(scene: Scene) -> None:
    jyldyz, felt = scene.cast.jyldyz.name, scene.cast.community.name
    assert now_of(scene) == {jyldyz: Now.UNSTATED, felt: Now.UNSTATED}
    scene.close()
    assert now_of(scene) == {jyldyz: Now.PAID, felt: Now.PAID}
    assert now_of(scene, 50_000) == {jyldyz: Now.PAID, felt: Now.UNDER}
    run = scene.approved(minimum_minor=50_000)
    assert now_of(scene) == {jyldyz: Now.LISTED, felt: Now.PAID}
    hand_over(payout=run.payouts.get(), payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY)
    scene.cast.till.send(scene.cast.till.refund(scene.jam, 1, 12_000))
    assert now_of(scene)[jyldyz] == Now.BELOW
    office = queries.payout_office(scene.cast.shop, minimum_minor=0)
    assert office.payable_minor == 36_000
    assert office.unstated_minor == -9_600


def test_the_association_says_the_least_payout(scene: Scene) -> None:
    scene.close()
    grant_role(party=scene.cast.officer, role=Role.OFFICER, since=DAY, by=scene.cast.officer)
    set_payout_terms(
        currency="KGS", least_minor=50_000, answer_days=14, since=DAY, by=scene.cast.officer,
        at=MONDAY,
    )  # fmt: skip
    run = prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY)
    assert (run.minimum_minor, run.payouts.get().consignor) == (50_000, scene.cast.jyldyz)


def test_a_second_person_approves(scene: Scene) -> None:
    scene.close()
    run = prepare_run(shop=scene.cast.shop, by=scene.bakyt, at=MONDAY)
    with pytest.raises(AyilError, match="Let another approve"):
        approve_run(run=run, by=scene.bakyt, at=MONDAY)
    insert = "INSERT INTO payouts_payoutapproval (run_id, by_id, at) VALUES (%s, %s, %s)"
    words = refused_by_database(lambda: run_sql(insert, run.pk, scene.bakyt.pk, MONDAY))
    assert "who prepared" in words
    assert not PayoutApproval.objects.exists()


def test_who_may_receive(scene: Scene) -> None:
    jyldyz, community = scene.cast.jyldyz, scene.cast.community
    collector = person("Zarina Bekova")
    write_mandate(giver=jyldyz, holder=collector, since=DAY, by=jyldyz, at=AT)
    other = person("Gulnara Ibraeva")
    affiliate(person=other, community=community, since=DAY, by=scene.asel)
    payees = queries.payees_of([jyldyz, community], DAY)
    assert [one.party for one in payees[jyldyz.pk]] == [jyldyz, collector]
    assert [(one.party, one.leads) for one in payees[community.pk]] == [(scene.cast.burul, True)]
    affiliate(
        person=person("Nurzat"), community=community, since=DAY + timedelta(days=3),
        by=scene.asel, part=Affiliation.Part.LEADER,
    )  # fmt: skip
    assert len(queries.payees_of([community], DAY)[community.pk]) == 1


def test_the_paper_says_all_that_is_signed_for(scene: Scene) -> None:
    scene.close()
    run = queries.run_with_payouts(scene.approved())
    payees = queries.payees_of([one.consignor for one in run.payouts.all()], DAY)
    (whole,) = list_papers(run, payees, by_village=False)
    told = str(whole.told()).replace("\\xa0", " ")
    for words in (
        "Jyldyz", "960", "1 320", "one thousand three hundred twenty som 00 tyiyn",
        scene.asel.name, scene.bakyt.name, f"{scene.cast.burul.name}, leader",
    ):  # fmt: skip
        assert words in told, words
    villages = list_papers(run, payees, by_village=True)
    assert len(villages) == 2
    assert "Jyldyz" in str([one.told() for one in villages if "Tamga" in one.subtitle])


def test_a_list_without_lines_has_no_paper(scene: Scene) -> None:
    scene.close()
    run = queries.run_with_payouts(scene.approved(MONDAY + WEEK))
    for payout in run.payouts.all():
        cancel_payout(payout=payout, by=scene.asel, at=MONDAY + WEEK, reason="жок")
    assert list_papers(queries.run_with_payouts(run), {}, by_village=True) == []
