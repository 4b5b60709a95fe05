"""A tranche goes through its life in its order, with a paper at every step."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ayil.grants.actions import (
    accept_report,
    add_budget_line,
    allot,
    exchange_money,
    receive_tranche,
    refuse_report,
    report_tranche,
    request_tranche,
    return_unspent,
)
from ayil.grants.models import TrancheExchange, TrancheReceipt, TrancheReport
from ayil.grants.queries import line_figures, may_be_received, tranche_figures
from ayil.grants.rules import Stage
from ayil.kit.errors import AyilError, Conflict
from ayil.ledger.actions import Overdrawn, store_rate
from ayil.ledger.models import Account
from tests.grants.kumtor import AT, DAY, TRANCHE_MINOR, Kumtor, breaches, ready

FALL = date(2012, 10, 1)


@pytest.fixture
def kumtor(db: None) -> Kumtor:
    return Kumtor()


def stages(kumtor: Kumtor) -> list[Stage]:
    return [figures.stage for figures in tranche_figures(kumtor.agreement)]


def test_a_tranche_from_plan_to_acceptance(kumtor: Kumtor) -> None:
    assert stages(kumtor) == [Stage.PLANNED, Stage.PLANNED]
    kumtor.receive()
    assert stages(kumtor)[0] == Stage.RECEIVED
    kumtor.allot(kumtor.training, 6_000_000)
    kumtor.spend(6_000_000, currency="USD")
    return_unspent(
        tranche=kumtor.first, on=DAY, amount_minor=TRANCHE_MINOR - 6_000_000, currency="USD",
        slip=kumtor.paper(), reason="not needed", by=kumtor.nurlan, approved_by=kumtor.aigul,
        at=AT,
    )  # fmt: skip
    assert stages(kumtor)[0] == Stage.SPENT
    kumtor.report()
    assert stages(kumtor) == [Stage.ACCEPTED, Stage.PLANNED]
    assert may_be_received(kumtor.second) is False
    request_tranche(tranche=kumtor.second, on=FALL, paper=kumtor.paper(), by=kumtor.nurlan, at=AT)
    assert may_be_received(kumtor.second)
    assert stages(kumtor)[1] == Stage.REQUESTED
    assert breaches() == []


def test_the_second_tranche_waits_for_the_first_ones_accepted_report(kumtor: Kumtor) -> None:
    kumtor.receive()
    with pytest.raises(AyilError, match="report on tranche 1 is not accepted"):
        kumtor.receive(kumtor.second, on=FALL)
    report_tranche(tranche=kumtor.first, on=FALL, paper=kumtor.paper(), by=kumtor.nurlan, at=AT)
    rate = store_rate(
        date=FALL, base="USD", quote="KGS", base_minor=100, quote_minor=4_750, source="table"
    )
    words = {
        "tranche": kumtor.second, "on": FALL, "amount_minor": TRANCHE_MINOR,
        "slip": kumtor.paper(), "rate": rate, "by": kumtor.nurlan, "at": AT,
    }  # fmt: skip
    with pytest.raises(AyilError, match="report on tranche 1 is not accepted"):
        receive_tranche(**words)
    receipt = TrancheReceipt.objects.get()
    with pytest.raises(IntegrityError, match="no accepted report"), transaction.atomic():
        TrancheReceipt.objects.create(
            tranche=kumtor.second, on=FALL, amount_minor=1, currency="USD", slip=receipt.slip,
            rate=rate, transfer=receipt.transfer, by=kumtor.nurlan, recorded_at=AT,
        )  # fmt: skip
    accept_report(
        report=TrancheReport.objects.get(), on=FALL, letter=kumtor.paper(), by=kumtor.reed, at=AT
    )
    receive_tranche(**words)
    assert stages(kumtor) == [Stage.ACCEPTED, Stage.RECEIVED]


def test_nothing_is_received_without_a_request_or_a_rate(kumtor: Kumtor) -> None:
    words = {
        "tranche": kumtor.first, "on": DAY, "amount_minor": 5, "slip": kumtor.paper(),
        "rate": None, "by": kumtor.nurlan, "at": AT,
    }  # fmt: skip
    with pytest.raises(AyilError, match="not requested"):
        receive_tranche(**words)
    request_tranche(tranche=kumtor.first, on=DAY, paper=kumtor.paper(), by=kumtor.nurlan, at=AT)
    with pytest.raises(AyilError, match="needs the day's rate"):
        receive_tranche(**words)
    stale = store_rate(
        date=date(2012, 1, 1), base="USD", quote="KGS", base_minor=1, quote_minor=47, source="x"
    )
    with pytest.raises(AyilError, match="is not one of USD on"):
        receive_tranche(**words | {"rate": stale})
    assert not TrancheReceipt.objects.exists()


def test_a_tranche_is_received_once(kumtor: Kumtor) -> None:
    kumtor.receive()
    with pytest.raises(AyilError, match="requested before"):
        kumtor.receive()


def test_the_donor_decides_on_a_report_and_nobody_else(kumtor: Kumtor) -> None:
    kumtor.receive()
    report = report_tranche(
        tranche=kumtor.first, on=DAY, paper=kumtor.paper(), by=kumtor.nurlan, at=AT
    )
    for by, words in ((kumtor.nurlan, "wrote"), (kumtor.aigul, "accept a report")):
        with pytest.raises(AyilError, match=words):
            accept_report(report=report, on=DAY, letter=kumtor.paper(), by=by, at=AT)
    with pytest.raises(AyilError, match="stands or waits"):
        report_tranche(tranche=kumtor.first, on=DAY, paper=kumtor.paper(), by=kumtor.nurlan, at=AT)
    with pytest.raises(AyilError, match="reason"):
        refuse_report(report=report, on=DAY, reason=" ", by=kumtor.reed, at=AT)
    refuse_report(report=report, on=DAY, reason="two bills are missing", by=kumtor.reed, at=AT)
    with pytest.raises(AyilError, match="sent back"):
        accept_report(report=report, on=DAY, letter=kumtor.paper(), by=kumtor.reed, at=AT)
    kumtor.report()
    assert stages(kumtor)[0] == Stage.ACCEPTED
    assert breaches() == []


def test_a_report_freezes_its_figures(kumtor: Kumtor) -> None:
    kumtor.receive()
    kumtor.allot(kumtor.training, 10_000)
    kumtor.spend(9_000, currency="USD")
    kumtor.report()
    kumtor.spend(1_000, currency="USD")
    report = TrancheReport.objects.get()
    assert report.figures["spent_minor"] == 9_000
    assert report.figures["villages"] == [{"code": "barskoon", "spent_minor": 9_000, "payments": 1}]
    assert tranche_figures(kumtor.agreement)[0].spent_minor == 10_000
    assert breaches() == []


def test_a_line_is_given_no_more_than_its_budget(kumtor: Kumtor) -> None:
    kumtor.receive()
    kumtor.allot(kumtor.shop, 3_000_000)
    with pytest.raises(AyilError, match=r"budget of 40000.00 USD; 30000.00 are allotted"):
        kumtor.allot(kumtor.shop, 1_000_001)
    kumtor.allot(kumtor.shop, -500_000)
    with pytest.raises(AyilError, match="do not fit"):
        kumtor.allot(kumtor.shop, -2_500_001)
    assert line_figures(kumtor.agreement)[0].allotted_minor == 2_500_000
    with pytest.raises(AyilError, match="asks for"):
        kumtor.line("too much", 2 * TRANCHE_MINOR)


def test_more_than_was_received_is_not_allotted(kumtor: Kumtor) -> None:
    kumtor.line("rest", 2 * TRANCHE_MINOR - 10_000_000)
    rest = kumtor.agreement.lines.get(code="rest")
    kumtor.receive()
    kumtor.allot(rest, TRANCHE_MINOR)
    with pytest.raises(Overdrawn):
        kumtor.allot(rest, 1)


def test_what_a_line_has_spent_is_not_taken_back(kumtor: Kumtor) -> None:
    kumtor.receive()
    kumtor.allot(kumtor.training, 1_000)
    kumtor.spend(600, currency="USD")
    with pytest.raises(Overdrawn):
        kumtor.allot(kumtor.training, -401)
    kumtor.allot(kumtor.training, -400)
    assert breaches() == []


def test_lines_and_tranches_of_two_agreements_do_not_mix(kumtor: Kumtor) -> None:
    other = Kumtor(code="other-2012")
    kumtor.receive()
    with pytest.raises(AyilError, match="another agreement"):
        allot(
            tranche=kumtor.first, line=other.training, amount_minor=5, on=DAY, reason="r",
            by=kumtor.nurlan, at=AT,
        )  # fmt: skip


def test_an_exchange_is_kept_once_with_its_rate(kumtor: Kumtor) -> None:
    kumtor.receive()
    uid = kumtor.nurlan.uid
    kumtor.exchange(1_000_000, 47_000_000, uid=uid)
    kumtor.exchange(1_000_000, 47_000_000, uid=uid)
    with pytest.raises(Conflict):
        kumtor.exchange(1_000_000, 47_000_001, uid=uid)
    made = TrancheExchange.objects.get()
    assert (made.rate.base_minor, made.rate.quote_minor) == (1_000_000, 47_000_000)
    assert tranche_figures(kumtor.agreement)[0].in_bank == {
        "USD": TRANCHE_MINOR - 1_000_000, "KGS": 47_000_000,
    }  # fmt: skip
    with pytest.raises(Overdrawn):
        kumtor.exchange(TRANCHE_MINOR, 1)
    with pytest.raises(AyilError, match="another currency"):
        exchange_money(
            tranche=kumtor.first, given_minor=1, got_minor=1, into="USD", on=DAY, source="s",
            slip=kumtor.paper(), by=kumtor.nurlan, at=AT,
        )  # fmt: skip


def test_money_goes_back_by_two_people_and_only_what_no_line_holds(kumtor: Kumtor) -> None:
    kumtor.receive()
    kumtor.allot(kumtor.training, 6_000_000)
    words = {
        "tranche": kumtor.first, "on": DAY, "currency": "USD", "slip": kumtor.paper(),
        "reason": "unspent", "by": kumtor.nurlan, "approved_by": kumtor.aigul, "at": AT,
    }  # fmt: skip
    with pytest.raises(AyilError, match="own payment"):
        return_unspent(**words | {"approved_by": kumtor.nurlan}, amount_minor=1)
    with pytest.raises(Overdrawn):
        return_unspent(**words, amount_minor=TRANCHE_MINOR - 5_999_999)
    return_unspent(**words, amount_minor=TRANCHE_MINOR - 6_000_000)
    assert tranche_figures(kumtor.agreement)[0].returned_minor == TRANCHE_MINOR - 6_000_000
    assert breaches() == []


def test_a_tranche_returned_in_som_closes_to_the_cent(db: None) -> None:
    kumtor = ready()
    kumtor.spend(10_000_001)
    kumtor.exchange(TRANCHE_MINOR - 1_000_000, 557_000_003)
    spent = tranche_figures(kumtor.agreement)[0].spent_minor
    kumtor.allot(kumtor.training, -(600_000 - spent))
    return_unspent(
        tranche=kumtor.first, on=DAY, amount_minor=47_000_000 + 557_000_003 - 10_000_001,
        currency="KGS", slip=kumtor.paper(), reason="end of the project", by=kumtor.nurlan,
        approved_by=kumtor.aigul, at=AT,
    )  # fmt: skip
    figures = tranche_figures(kumtor.agreement)[0]
    assert figures.spent_minor + figures.returned_minor == TRANCHE_MINOR
    assert set(figures.in_bank.values()) == {0}
    assert not Account.objects.filter(code__in=["grant", "line:training"], balance_minor__gt=0)
    assert breaches() == []


def test_an_agreement_in_som_needs_no_rate(db: None) -> None:
    kumtor = Kumtor(currency="KGS")
    kumtor.receive()
    kumtor.allot(kumtor.training, 100)
    kumtor.spend(100)
    assert line_figures(kumtor.agreement)[1].spent_minor == 100
    assert breaches() == []


def test_figures_take_as_many_queries_for_three_lines_as_for_one(kumtor: Kumtor) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            tranche_figures(kumtor.agreement)
            line_figures(kumtor.agreement)
        return len(queries)

    kumtor.receive()
    kumtor.allot(kumtor.training, 100)
    before = count()
    for code in ("a", "b", "c"):
        add_budget_line(
            agreement=kumtor.agreement, code=code, names=(code, code, code), amount_minor=10
        )
        kumtor.allot(kumtor.agreement.lines.get(code=code), 10)
    assert count() == before
