"""Who receives, who pays and who approves are three people (invariant 7)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from ayil.kit import guards
from ayil.kit.errors import AyilError
from ayil.ledger.models import Account, Transfer
from ayil.members.actions import affiliate, end_affiliation, enter_party, give_mandate, grant_role
from ayil.members.models import Affiliation, Party, PartyKind, Role
from ayil.payouts.actions import (
    acknowledge,
    approve_run,
    cancel_payout,
    hand_over,
    prepare_run,
    raise_dispute,
    uphold_dispute,
)
from ayil.payouts.models import Acknowledgement, Handover, Method, Payout
from tests.cast import AT, DAY, hash_of, person
from tests.payouts.scenes import (
    MONDAY,
    WEEK,
    Scene,
    breaches,
    open_scene,
    refused_by_database,
    run_sql,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    opened = open_scene()
    opened.sell(opened.jam, 10, 12_000)
    opened.close()
    return opened


def test_a_payout_from_list_to_acknowledgement(scene: Scene) -> None:
    jyldyz = scene.cast.jyldyz
    run = prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY)
    payout = run.payouts.get()
    assert payout.amount_minor == 96_000
    approve_run(run=run, by=scene.bakyt, at=MONDAY)
    handed = hand_over(payout=payout, payee=jyldyz, by=scene.asel, at=MONDAY)
    assert (handed.approved_by, handed.mandate, handed.paid_on) == (scene.bakyt, None, DAY)
    assert scene.balance(jyldyz) == 0
    assert Account.objects.get(fund=scene.cast.shop.fund, code="safe").balance_minor == -96_000
    acknowledge(handover=handed, by=jyldyz, at=MONDAY, how=Acknowledgement.How.SIGNATURE)
    after = scene.statement(MONDAY + WEEK)
    assert (after.opening_minor, after.paid_minor, after.closing_minor) == (96_000, 96_000, 0)
    with pytest.raises(AyilError, match="nothing to pay out"):
        prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY + WEEK)
    assert breaches() == []


def test_the_transfer_names_the_payout_and_the_payer(scene: Scene) -> None:
    transfer = scene.paid(scene.cast.jyldyz).transfer
    assert transfer.document == f"payout:karakol/{scene.cast.jyldyz.uid}/1.1"
    assert transfer.actor == f"party:{scene.asel.uid}"


def works_there(scene: Scene, party: Party) -> None:
    """Has the right to approve and to pay: what is refused then is refused for another reason."""
    grant_role(
        party=party, role=Role.MANAGER, since=DAY, by=scene.cast.officer, shop=scene.cast.shop
    )


@pytest.mark.parametrize("who", ["payee pays", "payee approves", "payer approves"])
def test_two_people_are_not_enough(scene: Scene, who: str) -> None:
    # Whoever lists does not approve: here another lists where the payer approves.
    lists = scene.bakyt if who == "payer approves" else scene.asel
    run = prepare_run(shop=scene.cast.shop, by=lists, at=MONDAY)
    payee = scene.cast.jyldyz
    collector = person("Zarina Bekova")
    give_mandate(giver=payee, holder=collector, since=DAY, paper="letter 3", by=scene.asel)
    works_there(scene, collector)
    works_there(scene, scene.asel)
    approver = {"payee approves": collector, "payer approves": scene.asel}.get(who, scene.bakyt)
    approve_run(run=run, by=approver, at=MONDAY)
    payer = collector if who == "payee pays" else scene.asel
    with pytest.raises(AyilError, match="three people"):
        hand_over(payout=run.payouts.get(), payee=collector, by=payer, at=MONDAY)
    assert not Handover.objects.exists()
    assert not Transfer.objects.filter(kind="payout").exists()


_INSERT = (
    "INSERT INTO payouts_handover (payout_id, payee_id, paid_by_id, approved_by_id, mandate_id, "
    "method, transfer_id, paid_on, at) VALUES (%s, %s, %s, %s, NULL, 'cash', %s, %s, %s)"
)


def _payout_transfer(scene: Scene) -> int:
    """A transfer that would fit, of a handover that is gone again."""
    handed = scene.paid(scene.cast.jyldyz)
    guards.remove(connection, ["payouts_handover_no_delete"])
    Handover.objects.filter(pk=handed.pk).delete()
    guards.install(connection)
    return handed.transfer_id


@pytest.mark.parametrize(
    ("people", "says"),
    [
        (("jyldyz", "jyldyz", "bakyt"), ""),
        (("jyldyz", "asel", "jyldyz"), ""),
        (("jyldyz", "asel", "asel"), ""),
        (("jyldyz", "asel", "aigul"), "as its list was approved"),
        (("burul", "asel", "bakyt"), "holder of a mandate"),
    ],
)
def test_the_database_refuses_it_as_well(
    scene: Scene, people: tuple[str, str, str], says: str
) -> None:
    transfer = _payout_transfer(scene)
    by_name = {
        "jyldyz": scene.cast.jyldyz, "burul": scene.cast.burul, "aigul": scene.cast.aigul,
        "asel": scene.asel, "bakyt": scene.bakyt,
    }  # fmt: skip
    payout = Payout.objects.get()
    ids = [by_name[name].pk for name in people]
    values = (payout.pk, *ids, transfer, DAY, MONDAY)
    words = refused_by_database(lambda: run_sql(_INSERT, *values))
    assert says in words
    right = (payout.pk, scene.cast.jyldyz.pk, scene.asel.pk, scene.bakyt.pk, transfer, DAY, MONDAY)
    run_sql(_INSERT, *right)
    assert breaches() == []


def test_the_check_of_three_people_stands_in_the_row_itself(scene: Scene) -> None:
    """With every trigger gone, the CHECK constraint still refuses two people."""
    transfer = _payout_transfer(scene)
    guards.remove(connection)
    payout, jyldyz, bakyt = Payout.objects.get().pk, scene.cast.jyldyz.pk, scene.bakyt.pk
    words = refused_by_database(
        lambda: run_sql(_INSERT, payout, jyldyz, jyldyz, bakyt, transfer, DAY, MONDAY)
    )
    assert "invariant_7_three_people" in words


def test_a_collector_needs_a_mandate(scene: Scene) -> None:
    payout, collector = scene.payout(), person("Zarina Bekova")
    with pytest.raises(AyilError, match="mandate"):
        hand_over(payout=payout, payee=collector, by=scene.asel, at=MONDAY)
    given = give_mandate(
        giver=scene.cast.jyldyz,
        holder=collector,
        since=DAY,
        until=DAY,
        paper="letter",
        by=scene.asel,
    )
    with pytest.raises(AyilError, match="mandate"):  # it ended yesterday
        hand_over(payout=payout, payee=collector, by=scene.asel, at=MONDAY + timedelta(days=1))
    handed = hand_over(payout=payout, payee=collector, by=scene.asel, at=MONDAY)
    assert handed.mandate == given
    acknowledge(handover=handed, by=scene.cast.jyldyz, at=MONDAY, how=Acknowledgement.How.MESSAGE)
    assert breaches() == []


class TestCommunity:
    """The felt is the community's: its leader collects, others need a mandate."""

    @pytest.fixture
    def payout(self, scene: Scene) -> Payout:
        scene.sell(scene.slippers, 2, 45_000)
        scene.close(MONDAY + WEEK)
        return scene.approved(MONDAY + WEEK).payouts.get(consignor=scene.cast.community)

    def test_the_leader_receives(self, scene: Scene, payout: Payout) -> None:
        handed = hand_over(payout=payout, payee=scene.cast.burul, by=scene.asel, at=MONDAY + WEEK)
        assert handed.mandate is None
        assert breaches() == []

    def test_a_member_or_the_community_itself_does_not(self, scene: Scene, payout: Payout) -> None:
        member = person("Gulnara Ibraeva")
        affiliate(person=member, community=scene.cast.community, since=DAY, by=scene.asel)
        for payee in (member, scene.cast.community):
            with pytest.raises(AyilError):
                hand_over(
                    payout=payout, payee=payee, by=scene.asel, at=MONDAY + WEEK, method=Method.BANK
                )

    def test_nor_a_leader_who_left(self, scene: Scene, payout: Payout) -> None:
        led = Affiliation.objects.get(person=scene.cast.burul)
        affiliate(
            person=person("Gulnara Ibraeva"), community=scene.cast.community, since=DAY,
            by=scene.asel, part=Affiliation.Part.LEADER,
        )  # fmt: skip
        end_affiliation(affiliation=led, on=DAY + timedelta(days=3), by=scene.asel)
        with pytest.raises(AyilError, match="mandate"):
            hand_over(payout=payout, payee=scene.cast.burul, by=scene.asel, at=MONDAY + WEEK)


def _unapproved(scene: Scene) -> None:
    run = prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY)
    hand_over(payout=run.payouts.get(), payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY)


def _twice(scene: Scene) -> None:
    handed = scene.paid(scene.cast.jyldyz)
    hand_over(payout=handed.payout, payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY)


def _cancelled(scene: Scene) -> None:
    payout = scene.payout()
    cancel_payout(payout=payout, by=scene.asel, at=MONDAY, reason="nobody came")
    hand_over(payout=payout, payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY)


def _by_oneself(scene: Scene) -> None:
    works_there(scene, scene.cast.jyldyz)
    approve_run(
        run=prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY),
        by=scene.cast.jyldyz,
        at=MONDAY,
    )


def _from_nowhere(scene: Scene) -> None:
    hand_over(
        payout=scene.payout(), payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY, source="drawer:x"
    )


def _cash_from_the_bank(scene: Scene) -> None:
    hand_over(
        payout=scene.payout(), payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY, source="bank"
    )


def _payer_acknowledges(scene: Scene) -> None:
    handed = scene.paid(scene.cast.jyldyz)
    acknowledge(handover=handed, by=scene.asel, at=MONDAY, how=Acknowledgement.How.PAGE)


def _cancel_after(scene: Scene) -> None:
    handed = scene.paid(scene.cast.jyldyz)
    cancel_payout(payout=handed.payout, by=scene.asel, at=MONDAY, reason="oh")


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (_unapproved, "not approved"),
        (_twice, "handed over before"),
        (_cancelled, "taken off"),
        (_by_oneself, "on this payout list"),
        (_from_nowhere, "drawer:x"),
        (_cash_from_the_bank, "bank"),
        (_payer_acknowledges, "cannot say"),
        (_cancel_after, "handed over before"),
    ],
)
def test_what_is_refused_moves_nothing_more(
    scene: Scene, deed: Callable[[Scene], None], says: str
) -> None:
    with pytest.raises(AyilError, match=says):
        deed(scene)
    assert breaches() == []
    assert Transfer.objects.filter(kind="payout").count() == Handover.objects.count()


def test_no_more_is_paid_than_is_owed_by_now(scene: Scene) -> None:
    payout = scene.payout()
    sale = scene.sell(scene.jam, 1, 12_000, at=MONDAY)
    scene.cast.till.send(scene.cast.till.refund(scene.jam, 1, 12_000, of=hash_of(sale)))
    # Another receipt of last week comes back: less is owed now than the list says.
    scene.cast.till.send(scene.cast.till.refund(scene.jam, 1, 12_000))
    with pytest.raises(AyilError, match=r"864.00 KGS are owed"):
        hand_over(payout=payout, payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY)
    cancel_payout(payout=payout, by=scene.asel, at=MONDAY, reason="a refund came")
    assert scene.payout().amount_minor == 86_400


def test_little_is_carried_forward(scene: Scene) -> None:
    with pytest.raises(AyilError, match="nothing to pay out"):
        scene.approved(minimum_minor=96_001)
    scene.sell(scene.jam, 1, 12_000, at=MONDAY + WEEK)
    assert scene.statement(MONDAY + WEEK).closing_minor == 105_600
    run = scene.approved(MONDAY + WEEK, minimum_minor=96_001)
    assert run.payouts.get().amount_minor == 105_600


def test_what_stands_on_a_list_is_not_listed_again(scene: Scene) -> None:
    first = scene.payout()
    scene.sell(scene.jam, 1, 12_000, at=MONDAY + WEEK)
    scene.close(MONDAY + WEEK)
    second = scene.payout(MONDAY + WEEK)
    assert (first.amount_minor, second.amount_minor) == (96_000, 9_600)
    for payout in (second, first):
        hand_over(payout=payout, payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY + WEEK)
    assert scene.balance(scene.cast.jyldyz) == 0
    assert breaches() == []


def test_what_is_sold_after_the_payout_waits_for_its_statement(scene: Scene) -> None:
    scene.paid(scene.cast.jyldyz)
    scene.sell(scene.jam, 5, 12_000)
    with pytest.raises(AyilError, match="nothing to pay out"):
        scene.approved()


def test_the_database_keeps_a_statement_from_being_paid_twice(scene: Scene) -> None:
    payout = scene.payout()
    run = prepare_another(scene)
    words = refused_by_database(
        lambda: Payout.objects.create(
            run=run, statement=payout.statement, consignor=payout.consignor, part=2, amount_minor=1
        )
    )
    assert "within what it closed with" in words


def prepare_another(scene: Scene) -> object:
    scene.sell(scene.slippers, 1, 45_000)
    scene.close(MONDAY + WEEK)
    return prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY + WEEK)


def test_an_enterprise_is_paid_through_the_bank_only(scene: Scene) -> None:
    payout = scene.payout()
    firm = enter_party(kind=PartyKind.ENTERPRISE, name="Karakol Carrier", at=AT)
    give_mandate(giver=scene.cast.jyldyz, holder=firm, since=DAY, paper="contract 4", by=scene.asel)
    with pytest.raises(AyilError, match="not a person"):
        hand_over(payout=payout, payee=firm, by=scene.asel, at=MONDAY)
    handed = hand_over(payout=payout, payee=firm, by=scene.asel, at=MONDAY, method=Method.BANK)
    assert handed.transfer.credit.code == "bank"


def test_a_drawer_pays_too(scene: Scene) -> None:
    handed = hand_over(
        payout=scene.payout(), payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY,
        source="drawer:karakol-1",
    )  # fmt: skip
    assert handed.transfer.credit.balance_minor == 120_000 - 96_000


def test_a_negative_closing_is_carried_on(scene: Scene) -> None:
    """More came back than was sold: nothing is paid until new sales have made it good."""
    jyldyz: Party = scene.cast.jyldyz
    scene.paid(jyldyz)
    scene.cast.till.send(scene.cast.till.refund(scene.jam, 2, 24_000))
    assert scene.statement(MONDAY + WEEK).closing_minor == -19_200
    with pytest.raises(AyilError, match="nothing to pay out"):
        scene.approved(MONDAY + WEEK)
    scene.sell(scene.jam, 3, 12_000, at=MONDAY + 2 * WEEK)
    scene.close(MONDAY + 2 * WEEK)
    assert scene.payout(MONDAY + 2 * WEEK).amount_minor == 9_600
    assert breaches() == []


def test_an_upheld_dispute_waits_for_its_statement(scene: Scene) -> None:
    disputed = scene.cast.jyldyz.statements.get()
    dispute = raise_dispute(
        statement=disputed, words="One jar more", by=scene.cast.jyldyz, at=MONDAY
    )
    uphold_dispute(
        dispute=dispute, amount_minor=9_600, by=scene.cast.aigul, at=MONDAY, reason="wrong label"
    )
    assert scene.payout().amount_minor == 96_000
    assert scene.statement(MONDAY + WEEK).other_minor == 9_600
