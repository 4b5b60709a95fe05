"""The plan, played into a database: the same every time, and with nothing broken."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import pytest
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from ayil.decisions.models import Decision
from ayil.demo.load import DEMO_SEED, is_empty, load_demo
from ayil.demo.programme.plan import programme
from ayil.demo.summary import loop_summary, sign_in_links, told
from ayil.grants.actions import read_evidence
from ayil.grants.models import EvidenceFile, Expenditure
from ayil.kit.errors import AyilError
from ayil.kit.invariants import collected
from ayil.ledger.models import Fund
from ayil.lessons.models import ActionPromise, LessonDelivery
from ayil.members.models import Shop, User
from ayil.payouts.models import Handover, Statement
from ayil.shop.models import EventException, MoneyMove, Sale, ShiftClosing, TillEvent
from ayil.shop.trust.days import by_day, last_day
from tests.payouts.plain_books import plain_books, shown

FIRST_CUT = "2012-06-30"


@dataclass(frozen=True)
class Heads:
    """The ends of every chain of hashes."""

    funds: dict[str, bytes]
    logs: dict[str, bytes]
    statements: list[bytes]
    decisions: list[bytes]


def heads() -> Heads:
    last = TillEvent.objects.values("device").annotate(last=Max("id")).values("last")
    return Heads(
        funds={fund.code: bytes(fund.head_hash) for fund in Fund.objects.all()},
        logs={
            event.device.code: bytes(event.hash)
            for event in TillEvent.objects.filter(pk__in=last).select_related("device")
        },
        statements=sorted(bytes(one) for one in Statement.objects.values_list("hash", flat=True)),
        decisions=sorted(bytes(one) for one in Decision.objects.values_list("sha256", flat=True)),
    )


def begin_ids_anew() -> None:
    """Row numbers stand in papers' names, and an emptied table goes on counting."""
    with connection.cursor() as cursor:
        sequences = [
            one
            for one in connection.introspection.sequence_list()
            if connection.vendor == "sqlite" or not one["table"].startswith(("auth_", "django_"))
        ]
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), sequences):
            cursor.execute(statement)


def heads_of(seed: int) -> Heads:
    with transaction.atomic():
        begin_ids_anew()
        load_demo(seed=seed, small=True)
        found = heads()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_seed_ends_in_the_same_hashes_and_another_in_others() -> None:
    first, second, other = heads_of(DEMO_SEED), heads_of(DEMO_SEED), heads_of(7)
    assert first == second
    assert len(first.logs) == 2
    assert len(first.decisions) == 5  # four products, and a budget that was shared
    assert all(first.funds[code] != other.funds[code] for code in ("shop:karakol",))
    assert not set(first.statements) & set(other.statements)
    assert not set(first.logs.values()) & set(other.logs.values())


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The small programme once for all tests that only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        begin_ids_anew()
        load_demo(small=True)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("loaded")
class TestLoaded:
    def test_every_invariant_holds(self) -> None:
        checks = collected()
        assert len(checks) > 20
        assert [breach for check in checks for breach in check.find()] == []

    def test_invariants_1_2_3_5_7_and_11_are_among_what_is_checked(self) -> None:
        assert {1, 2, 3, 5, 7, 11} <= {check.number for check in collected()}

    def test_the_makers_money_of_each_evening_is_what_plain_books_add_up(self) -> None:
        shop = Shop.objects.get()
        last = last_day(shop)
        assert last is not None
        ends = by_day([shop], until=last)[shop.pk]
        assert shown(ends) == list(plain_books(shop, [end.on for end in ends]))
        assert max(end.owed_minor for end in ends) > 0
        assert {move.kind for move in MoneyMove.objects.all()} == set(MoneyMove.Kind.values)

    def test_every_event_was_taken_without_a_question(self) -> None:
        assert not EventException.objects.exists()

    def test_the_books_say_what_was_planned(self) -> None:
        plan = programme(DEMO_SEED, small=True)
        receipts, refunds = plan.trade.receipts, plan.trade.refunds
        loop = loop_summary()
        assert loop.receipts == len(receipts)
        assert loop.sales_minor == sum(r.gross_minor for r in receipts) - sum(
            r.line.gross_minor for r in refunds
        )
        accepted = [line.accepted for d in plan.trade.deliveries for line in d.lines]
        assert (loop.lots, loop.pieces) == (sum(map(bool, accepted)), sum(accepted))
        parts = (loop.income_minor, loop.commission_minor, loop.fees_minor)
        assert sum(parts) == loop.sales_minor
        spent = sum(bill.usd * 100 for bill in plan.bills if bill.on <= plan.last)
        assert loop.tranches[0].spent_minor == spent
        assert (loop.villages, loop.villages_with_decision) == (4, 4)

    def test_a_closed_statement_waits_for_no_till(self) -> None:
        """Invariant 10: what the second till sold while it was offline is in the books, later."""
        cut = Statement.objects.filter(cut_on=FIRST_CUT).aggregate(seq=Max("seq_to"))["seq"]
        late = Sale.objects.filter(event__device__code="karakol-2", date__lte=FIRST_CUT)
        assert late.filter(seq__gt=cut).exists()
        assert not Sale.objects.filter(
            event__device__code="karakol-1", date__lte=FIRST_CUT, seq__gt=cut
        ).exists()

    def test_three_people_stand_behind_each_payout(self) -> None:
        paid = Handover.objects.all()
        assert len(paid) >= 5
        assert all(len({one.payee_id, one.paid_by_id, one.approved_by_id}) == 3 for one in paid)
        assert not paid.filter(acknowledgement__isnull=True).exists()

    def test_every_payment_of_the_grant_has_its_slip(self) -> None:
        for expenditure in Expenditure.objects.select_related("evidence"):
            assert "Демо үчүн ойдон чыгарылган" in read_evidence(expenditure.evidence).decode()
        assert EvidenceFile.objects.count() > Expenditure.objects.count()

    def test_every_shift_was_closed_and_counted(self) -> None:
        closings = ShiftClosing.objects.all()
        assert len(closings) == len(programme(DEMO_SEED, small=True).trade.days)
        assert any(closing.over_minor for closing in closings)

    def test_lessons_are_told_and_answered(self) -> None:
        assert LessonDelivery.objects.count() > 5
        assert ActionPromise.objects.exists()
        assert 1 <= len(loop_summary().lessons) <= 3

    def test_each_role_has_a_way_in_and_no_password(self) -> None:
        links = sign_in_links("http://127.0.0.1:8000")
        assert len(links) == len(set(links.values())) == 9
        assert not any(user.has_usable_password() for user in User.objects.all())

    @override_settings(AYIL_DEMO=True)
    def test_each_role_comes_to_a_page_of_its_own(self) -> None:
        arrived = {
            role: Client().get(path, follow=True) for role, path in sign_in_links("").items()
        }
        assert {answer.status_code for answer in arrived.values()} == {200}
        assert arrived["producer"].redirect_chain[-1][0] == "/my-sales/"
        assert arrived["donor's officer"].redirect_chain[-1][0] == "/grant/"

    def test_the_loop_is_told_in_lines_and_in_json(self) -> None:
        loop, links = loop_summary(), sign_in_links("http://127.0.0.1:8000")
        text = "\n".join(told(loop, links))
        assert "128 600.00 USD" in text
        assert links["producer"] in text
        figures = json.loads(json.dumps(asdict(loop) | {"links": links}, default=str))
        assert figures["tranches"][0]["received_minor"] == 12_860_000
        assert figures["simulated"] is True

    def test_a_second_load_is_refused(self) -> None:
        assert not is_empty()
        with pytest.raises(AyilError, match="AYIL_HOME"):
            load_demo(small=True)
