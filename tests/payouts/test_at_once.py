"""Many hands at one till box: nothing is paid, listed or closed twice."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from ayil.kit.errors import AyilError
from ayil.ledger.models import Transfer
from ayil.members.actions import grant_role
from ayil.members.models import Role
from ayil.payouts.actions import (
    AccountSaid,
    TemplateSaid,
    acknowledge_on_paper,
    approve_run,
    carry_out,
    confirm_account,
    hand_over,
    keep_account,
    keep_signed_paper,
    make_bank_file,
    prepare_run,
    set_bank_template,
    settle,
    take_back,
)
from ayil.payouts.bank_rules import Column
from ayil.payouts.models import (
    Acknowledgement,
    BankFile,
    Handover,
    Payout,
    PayoutPaper,
    PayoutReturn,
    Statement,
)
from tests.cast import DAY
from tests.payouts.scenes import MONDAY, breaches, open_scene
from tests.rig.threads import all_at_once, shared_file

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


def test_closing_listing_and_paying_at_once() -> None:
    scene = open_scene()
    scene.sell(scene.jam, 10, 12_000)
    with shared_file():
        all_at_once(HANDS, lambda _n: settle(shop=scene.cast.shop, by=scene.asel, at=MONDAY))
        assert Statement.objects.count() == 1

        listed = all_at_once(
            HANDS, lambda _n: prepare_run(shop=scene.cast.shop, by=scene.asel, at=MONDAY)
        )
        assert sum(isinstance(one, AyilError) for one in listed) == HANDS - 1
        payout = Payout.objects.get()
        approve_run(run=payout.run, by=scene.bakyt, at=MONDAY)

        paid = all_at_once(
            HANDS,
            lambda _n: hand_over(payout=payout, payee=scene.cast.jyldyz, by=scene.asel, at=MONDAY),
        )
        assert sum(isinstance(one, Handover) for one in paid) == 1
        assert Transfer.objects.filter(kind="payout").count() == 1
        assert scene.balance(scene.cast.jyldyz) == 0
        assert breaches() == []


def test_one_bank_file_one_paper_and_one_return(settings: LazySettings, tmp_path: Path) -> None:
    settings.AYIL_HOME = tmp_path
    scene = open_scene()
    scene.sell(scene.jam, 10, 12_000)
    scene.close()
    payout, asel, bakyt = scene.payout(), scene.asel, scene.bakyt
    for party in (bakyt, scene.cast.aigul):
        grant_role(party=party, role=Role.ACCOUNTANT, since=DAY, by=scene.cast.officer)
    number = "1240010000001234"
    account = keep_account(
        party=scene.cast.jyldyz, said=AccountSaid(number, "Ж", "Банк", "1"), by=asel, at=MONDAY
    )
    confirm_account(account=account, number=number, by=bakyt, at=MONDAY)
    columns = [Column("a", "account"), Column("b", "amount")]
    form = set_bank_template(said=TemplateSaid("Банк", "x", columns), by=asel, at=MONDAY)
    with shared_file():
        all_at_once(
            HANDS,
            lambda _n: make_bank_file(
                run=payout.run, template=form, payouts=[payout], by=asel, at=MONDAY
            ),
        )
        file = BankFile.objects.get()
        all_at_once(HANDS, lambda _n: carry_out(file=file, payouts=[payout], by=asel, at=MONDAY))
        handed = Handover.objects.get()
        all_at_once(
            HANDS,
            lambda _n: keep_signed_paper(run=payout.run, content=b"%PDF-1.7 x", by=asel, at=MONDAY),
        )
        paper = PayoutPaper.objects.get()

        def sign_or_return(number: int) -> object:
            """Half say that it is signed for, half that it came back: one of them is right."""
            if number % 2:
                return take_back(handover=handed, by=asel, at=MONDAY, reason="x")
            return acknowledge_on_paper(
                paper=paper, handovers=[handed], by=scene.cast.aigul, at=MONDAY
            )

        ends = all_at_once(HANDS, sign_or_return)
        assert sum(isinstance(end, AyilError) for end in ends) == HANDS - 1
        assert Acknowledgement.objects.count() + PayoutReturn.objects.count() == 1
        assert breaches() == []
