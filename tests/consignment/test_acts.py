"""A write-off is drafted by one person, signed by another, and booked whole or not at all."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from ayil.consignment.actions import Lost, draft_act, sign_act, withdraw_act
from ayil.consignment.invariants import CHECKS
from ayil.consignment.models import ActLine, ActSigning, Bearer, Cause, Lot, WriteOff, WriteOffAct
from ayil.consignment.papers.stock import write_off_act
from ayil.kit.document import document_pdf
from ayil.kit.errors import AyilError
from ayil.ledger.models import Account
from ayil.members.actions import grant_role
from ayil.members.models import Merge, Party, Role
from tests.cast import AT, DAY, person
from tests.consignment.staff import Staff, on_shelf, staff
from tests.rig.papers import words_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Staff:
    return staff()


def draft(team: Staff, *lines: Lost, by: Party | None = None) -> WriteOffAct:
    return draft_act(
        shop=team.cast.shop, lines=lines, by=by or team.clerk, on=DAY, at=AT, note="Shelf fell"
    )


def broken(lot: Lot, pieces: int = 2, borne_by: Bearer = Bearer.SHOP) -> Lost:
    return Lost(lot, pieces, Cause.DAMAGED, borne_by)


def breaches() -> list[str]:
    return [line for check in CHECKS for line in check.find()]


def test_only_the_second_signature_books_it(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    jam = team.cast.deliver(team.cast.jam, 10)
    act = draft(team, broken(lot), Lost(jam, 1, Cause.GIVEN, Bearer.OWNER))
    assert (on_shelf(lot), on_shelf(jam)) == (10, 10)
    sign_act(act=act, by=team.manager, on=DAY, at=AT)
    assert (on_shelf(lot), on_shelf(jam)) == (8, 9)
    fund = Account.objects.filter(fund=team.cast.shop.fund)
    owed = fund.get(code=f"payable:{team.cast.community.uid}").balance_minor
    assert owed == 2 * 45_000 * 80 // 100
    assert fund.get(code=f"payable:{team.cast.jyldyz.uid}").balance_minor == 0
    assert [w.owed_minor for w in WriteOff.objects.order_by("id")] == [owed, 0]
    assert breaches() == []
    with pytest.raises(AyilError, match="signed already"):
        sign_act(act=act, by=team.manager, on=DAY, at=AT)


def test_the_drafter_does_not_sign_under_another_record_either(team: Staff) -> None:
    act = draft(team, broken(team.cast.deliver(team.cast.slippers, 10)), by=team.manager)
    double = person("Bakyt O.")
    grant_role(
        party=double, role=Role.MANAGER, since=DAY, by=team.cast.officer, shop=team.cast.shop
    )
    Merge.objects.create(
        kept=team.manager, double=double, reason="same", by=team.cast.officer, at=AT
    )
    for same in (team.manager, double):
        with pytest.raises(AyilError, match="Somebody else must sign"):
            sign_act(act=act, by=same, on=DAY, at=AT)
    with pytest.raises(IntegrityError, match="drafted by one person"), transaction.atomic():
        ActSigning.objects.create(act=act, by=team.manager, signed_on=DAY, recorded_at=AT)


def test_one_of_the_two_may_sign_write_offs(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    with pytest.raises(AyilError, match="may not do this"):
        sign_act(act=draft(team, broken(lot)), by=team.second_clerk, on=DAY, at=AT)
    by_manager = draft(team, broken(lot), by=team.manager)
    sign_act(act=by_manager, by=team.second_clerk, on=DAY, at=AT)
    with pytest.raises(AyilError, match="may not do this"):
        draft(team, broken(lot), by=team.keeper)


def test_nobody_says_that_the_shop_bears_ones_own_goods(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    grant_role(
        party=team.cast.burul, role=Role.MANAGER, since=DAY, by=team.cast.officer,
        shop=team.cast.shop,
    )  # fmt: skip
    with pytest.raises(AyilError, match="own"):
        draft(team, broken(lot), by=team.cast.burul)
    act = draft(team, broken(lot))
    with pytest.raises(AyilError, match="own"):
        sign_act(act=act, by=team.cast.burul, on=DAY, at=AT)
    theirs = draft(team, broken(lot, borne_by=Bearer.OWNER))
    sign_act(act=theirs, by=team.cast.burul, on=DAY, at=AT)
    with pytest.raises(IntegrityError, match="the owner of the goods"), transaction.atomic():
        ActSigning.objects.create(act=act, by=team.cast.community, signed_on=DAY, recorded_at=AT)


def test_an_act_is_booked_whole_or_not_at_all(team: Staff) -> None:
    lot, jam = team.cast.deliver(team.cast.slippers, 5), team.cast.deliver(team.cast.jam, 5)
    act = draft(team, broken(lot, 5), broken(jam, 5))
    team.cast.till.send(team.cast.till.sale((jam, 1, 12_000)))
    with pytest.raises(AyilError, match="The books have 4"):
        sign_act(act=act, by=team.manager, on=DAY, at=AT)
    assert (on_shelf(lot), on_shelf(jam)) == (5, 4)
    assert not ActSigning.objects.exists()
    assert not WriteOff.objects.exists()


def test_a_draft_is_withdrawn_with_a_reason_and_never_signed(team: Staff) -> None:
    act = draft(team, broken(team.cast.deliver(team.cast.slippers, 10)))
    with pytest.raises(AyilError, match="Say why"):
        withdraw_act(act=act, by=team.clerk, reason=" ", on=DAY, at=AT)
    withdraw_act(act=act, by=team.clerk, reason="found behind the box", on=DAY, at=AT)
    with pytest.raises(AyilError, match="was withdrawn"):
        sign_act(act=act, by=team.manager, on=DAY, at=AT)
    with pytest.raises(IntegrityError, match="withdrawn"), transaction.atomic():
        ActSigning.objects.create(act=act, by=team.manager, signed_on=DAY, recorded_at=AT)


def test_no_line_comes_to_a_signed_act_and_none_is_booked_without_one(team: Staff) -> None:
    lot = team.cast.deliver(team.cast.slippers, 10)
    act = draft(team, broken(lot))
    insert = (
        "INSERT INTO consignment_writeoff (line_id, movement_id, cause, borne_by, first_id, "
        "second_id, owed_minor, recorded_at) VALUES (%s, %s, 'damaged', 'shop', %s, %s, 0, %s)"
    )
    values = [act.lines.get().pk, lot.movements.get().pk, team.clerk.pk, team.manager.pk, AT]
    with pytest.raises(IntegrityError, match="signed act"), transaction.atomic():
        connection.cursor().execute(insert, values)
    sign_act(act=act, by=team.manager, on=DAY, at=AT)
    with pytest.raises(IntegrityError, match="takes no more lines"), transaction.atomic():
        ActLine.objects.create(
            act=act, lot=lot, quantity=1, cause=Cause.MISSING, borne_by=Bearer.SHOP
        )


def test_the_paper_names_both_people_cause_bearer_and_amount(team: Staff) -> None:
    act = draft(team, broken(team.cast.deliver(team.cast.slippers, 10)))
    assert "A draft" in words_on(paper(act))
    sign_act(act=act, by=team.manager, on=DAY, at=AT)
    words = words_on(paper(WriteOffAct.objects.get(pk=act.pk)))
    for said in ("Aigul Asanova", "Bakyt Osmonov", "damaged", "the shop", "720", "Shelf fell"):
        assert said in words, said


def paper(act: WriteOffAct) -> bytes:
    return document_pdf([write_off_act(act, list(act.lines.all()))], at=AT)
