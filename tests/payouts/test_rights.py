"""Money moves by those whose office it is, in their own shop; everyone else changes nothing."""

from collections.abc import Callable, Iterator

import pytest

from ayil.kit.errors import AyilError
from ayil.members.actions import end_role, grant_role, open_shop
from ayil.members.models import Merge, Party, Role
from ayil.payouts.actions import (
    approve_run,
    cancel_payout,
    dismiss_dispute,
    hand_over,
    prepare_run,
    raise_dispute,
    reverse_in_dispute,
    settle,
    uphold_dispute,
)
from ayil.payouts.models import Dispute, Handover, PayoutRun, Statement
from tests.cast import DAY, person
from tests.payouts.scenes import MONDAY, WEEK, Scene, open_scene
from tests.site.digests import digests

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """A run that waits for its payment, a dispute that waits for its answer."""
    opened = open_scene()
    opened.sell(opened.jam, 1, 12_000)
    opened.close()
    opened.approved()
    raise_dispute(statement=Statement.objects.get(), words="hm", by=opened.cast.jyldyz, at=MONDAY)
    opened.sell(opened.slippers, 1, 45_000, at=MONDAY + WEEK)
    settle(shop=opened.cast.shop, by=opened.asel, at=MONDAY + WEEK)
    prepare_run(shop=opened.cast.shop, by=opened.asel, at=MONDAY + WEEK)
    return opened


def deeds(scene: Scene, by: Party) -> Iterator[tuple[str, Callable[[], object]]]:
    shop, at = scene.cast.shop, MONDAY + WEEK
    waits, ready = PayoutRun.objects.get(approval=None), PayoutRun.objects.get(approval__by__gt=0)
    payout, dispute = ready.payouts.get(), Dispute.objects.get()
    yield "close the", lambda: settle(shop=shop, by=by, at=at)
    yield "prepare a payout", lambda: prepare_run(shop=shop, by=by, at=at)
    yield "prepare a payout", lambda: cancel_payout(payout=payout, by=by, at=at, reason="oh")
    yield "approve a payout", lambda: approve_run(run=waits, by=by, at=at)
    yield "hand a payout", lambda: hand_over(payout=payout, payee=payout.consignor, by=by, at=at)
    end = {"dispute": dispute, "by": by, "at": at, "reason": "counted"}
    yield "decide a dispute", lambda: dismiss_dispute(**end)
    yield "decide a dispute", lambda: uphold_dispute(amount_minor=5, **end)
    yield "decide a dispute", lambda: reverse_in_dispute(transfer=None, **end)


def test_who_has_no_office_moves_nothing(scene: Scene) -> None:
    elsewhere = open_shop(code="bokonbaevo", name="Bokonbaevo", place=None, currency="KGS")
    stranger, theirs, former = person("Aida"), person("Nurbek"), person("Talant")
    for role in (Role.MANAGER, Role.ACCOUNTANT, Role.PAYMASTER):
        grant_role(party=theirs, role=role, since=DAY, by=scene.asel, shop=elsewhere)
        grant = grant_role(party=former, role=role, since=DAY, by=scene.asel)
        end_role(grant=grant, on=DAY, by=scene.asel)
    grant_role(party=stranger, role=Role.OFFICER, since=DAY, by=scene.asel)
    before = digests()
    for who in (stranger, theirs, former, scene.cast.burul):
        for words, deed in deeds(scene, who):
            with pytest.raises(AyilError, match=f"may not do this: {words}"):
                deed()
    assert digests() == before


def test_who_has_the_office_does_it(scene: Scene) -> None:
    payout = PayoutRun.objects.get(approval__by__gt=0).payouts.get()
    hand_over(payout=payout, payee=payout.consignor, by=scene.asel, at=MONDAY + WEEK)
    assert Handover.objects.count() == 1


def test_two_records_of_one_person_are_not_two_people(scene: Scene) -> None:
    """Bakyt approved; his other record works at the shop as well, and may not pay."""
    double = person("Бакыт Жумабаев")
    grant_role(party=double, role=Role.PAYMASTER, since=DAY, by=scene.asel)
    payout = PayoutRun.objects.get(approval__by__gt=0).payouts.get()
    Merge.objects.create(kept=scene.bakyt, double=double, reason="one", by=scene.asel, at=MONDAY)
    with pytest.raises(AyilError, match="three people"):
        hand_over(payout=payout, payee=payout.consignor, by=double, at=MONDAY + WEEK)
    assert not Handover.objects.exists()
