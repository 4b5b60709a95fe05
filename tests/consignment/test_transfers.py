"""Goods between shops: nothing is lost on the way without an act of the shop that sent them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from ayil.consignment.actions import count_arrival, draft_missing, send_goods, sign_act
from ayil.consignment.invariants import CHECKS
from ayil.consignment.models import Lot, LotBalance, ShopTransfer, TransferArrival
from ayil.consignment.papers.stock import transfer_note
from ayil.consignment.stock_queries import is_missing_of
from ayil.kit.document import document_pdf
from ayil.kit.errors import AyilError
from ayil.ledger.models import Account
from ayil.members.models import Party
from ayil.shop.devices import enrol_device
from tests.cast import AT, DAY, Till
from tests.consignment.staff import Staff, on_shelf, staff
from tests.rig.papers import words_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Staff:
    return staff()


def sent(team: Staff, lot: Lot, pieces: int, by: Party | None = None) -> ShopTransfer:
    return send_goods(
        sender=team.cast.shop, receiver=team.bosteri, lines=[(lot, pieces)], by=by or team.clerk,
        on=DAY, at=AT,
    )  # fmt: skip


def arrived(team: Staff, transfer: ShopTransfer, pieces: int) -> TransferArrival:
    line = transfer.lines.get()
    return count_arrival(
        transfer=transfer, counted={line.pk: pieces}, by=team.keeper, on=DAY, at=AT
    )


def breaches() -> list[str]:
    return [line for check in CHECKS for line in check.find()]


def test_what_arrives_is_sold_there_on_the_terms_it_had(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    transfer = sent(team, lot, 4)
    assert (on_shelf(lot), LotBalance.objects.get(lot=lot).sent) == (6, 4)
    assert breaches() == []
    there = arrived(team, transfer, 4).lines.get().lot
    assert there is not None
    assert there.label != lot.label
    assert (there.commission_bp, there.shop, on_shelf(there)) == (2_000, team.bosteri, 4)
    device, _token = enrol_device(shop=team.bosteri, code="b-1", by=team.cast.officer, at=AT)
    till = Till(device)
    till.send(till.sale((there, 1, 45_000)))
    account = Account.objects.get(fund=team.bosteri.fund, code=f"payable:{team.cast.community.uid}")
    assert account.balance_minor == 36_000
    assert breaches() == []


def test_what_lacks_stays_with_the_transfer_until_an_act_of_the_sender(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    transfer = sent(team, lot, 4)
    line = transfer.lines.get()
    assert is_missing_of(line) == 0, "it is on the way"
    arrived(team, transfer, 3)
    assert is_missing_of(line) == 1
    act = draft_missing(transfer=transfer, by=team.clerk, on=DAY, at=AT)
    assert (is_missing_of(line), is_missing_of(line, with_drafts=True)) == (1, 0)
    with pytest.raises(AyilError, match="lacks an act"):
        draft_missing(transfer=transfer, by=team.clerk, on=DAY, at=AT)
    sign_act(act=act, by=team.manager, on=DAY, at=AT)
    balance = LotBalance.objects.get(lot=lot)
    assert (balance.on_shelf, balance.sent, balance.written_off) == (6, 3, 1)
    owed = Account.objects.get(fund=team.cast.shop.fund, code=f"payable:{team.cast.community.uid}")
    assert owed.balance_minor == 36_000, "the shop that sent it bears it"
    assert is_missing_of(line) == 0
    assert breaches() == []


def test_goods_go_nowhere_without_the_owners_agreement_there(team: Staff) -> None:
    jam = team.cast.deliver(team.cast.jam, 5)
    with pytest.raises(AyilError, match="no agreement with Bosteri"):
        sent(team, jam, 1)
    lot = team.cast.deliver(team.cast.slippers, 5)
    with pytest.raises(AyilError, match="may not do this"):
        sent(team, lot, 1, by=team.keeper)
    with pytest.raises(AyilError, match="Count it first"):
        sent(team, lot, 6)
    assert (on_shelf(jam), on_shelf(lot)) == (5, 5)


def test_another_person_counts_and_never_more_than_was_sent(team: Staff) -> None:
    transfer = sent(team, team.cast.deliver(team.cast.slippers, 5), 2)
    for pieces in (3, -1):
        with pytest.raises(AyilError, match="2 were sent"):
            arrived(team, transfer, pieces)
    with pytest.raises(AyilError, match="2 were sent"):
        count_arrival(transfer=transfer, counted={}, by=team.keeper, on=DAY, at=AT)
    with pytest.raises(IntegrityError, match="somebody else"), transaction.atomic():
        TransferArrival.objects.create(
            transfer=transfer, by=team.clerk, arrived_on=DAY, recorded_at=AT
        )
    arrived(team, transfer, 0)
    assert not Lot.objects.filter(shop=team.bosteri).exists()
    with pytest.raises(AyilError, match="counted already"):
        arrived(team, transfer, 2)


def test_the_paper_goes_with_the_car(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 5)
    transfer = sent(team, lot, 2)
    words = words_on(document_pdf([transfer_note(transfer, list(transfer.lines.all()))], at=AT))
    for said in ("Karakol Research Shop", "Bosteri", lot.label, "Ak-Say Kiyiz", "Carried by"):
        assert said in words, said
