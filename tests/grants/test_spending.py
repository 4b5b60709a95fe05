"""Every som has a line, a paper, a village and three people; no line and no fund is overspent."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ayil.grants.actions import (
    approve_expenditure,
    refuse_expenditure,
    reverse_expenditure,
    sign_agreement,
)
from ayil.grants.models import Expenditure, ExpenditureApproval, ExpenditureReversal
from ayil.grants.page import evidence_visible_to
from ayil.grants.queries import (
    awaiting_approval,
    evidence_list,
    evidence_used_more_than_once,
    line_figures,
    tranche_figures,
    village_figures,
    visible_to,
)
from ayil.kit.errors import AyilError, Conflict
from ayil.ledger.actions import Overdrawn
from ayil.ledger.models import Account, Transfer
from ayil.members.actions import grant_role
from ayil.members.models import Role, User
from tests.grants.kumtor import AT, DAY, Kumtor, breaches, person, ready, village
from tests.rig.threads import all_at_once, shared_file


@pytest.fixture
def kumtor(db: None) -> Kumtor:
    return ready()


def training_left(kumtor: Kumtor) -> int:
    return next(f for f in line_figures(kumtor.agreement) if f.line == kumtor.training).left_minor


def test_money_moves_only_when_another_person_approves(kumtor: Kumtor) -> None:
    expenditure = kumtor.expenditure(4_700_000)
    assert training_left(kumtor) == 600_000
    assert list(awaiting_approval(kumtor.agreement)) == [expenditure]
    approval = approve_expenditure(expenditure=expenditure, by=kumtor.aigul, at=AT)
    assert approval.value_minor == 100_000
    assert training_left(kumtor) == 500_000
    assert tranche_figures(kumtor.agreement)[0].in_bank["KGS"] == 47_000_000 - 4_700_000
    assert approve_expenditure(expenditure=expenditure, by=kumtor.aigul, at=AT) == approval
    assert list(awaiting_approval(kumtor.agreement)) == []
    assert [row.evidence.name for row in evidence_list(kumtor.agreement)] == [
        expenditure.evidence.name
    ]
    assert [(v.village.code, v.spent_minor, v.payments) for v in
            village_figures(kumtor.agreement)] == [("barskoon", 100_000, 1)]  # fmt: skip
    assert breaches() == []


def test_nobody_approves_what_they_recorded_or_received(kumtor: Kumtor) -> None:
    paid = Transfer.objects.get(kind="grant-receipt")
    expenditure = kumtor.expenditure(paid.amount_minor, currency="USD")
    for by in (kumtor.nurlan, kumtor.bakyt):
        with pytest.raises(AyilError, match="cannot decide on it"):
            approve_expenditure(expenditure=expenditure, by=by, at=AT)
        with pytest.raises(IntegrityError, match="another person"), transaction.atomic():
            ExpenditureApproval.objects.create(
                expenditure=expenditure, value_minor=0, paid=paid, by=by, approved_at=AT
            )
    with pytest.raises(AyilError, match="oneself"):
        kumtor.expenditure(100, payee=kumtor.nurlan)


def test_an_approval_stands_on_its_own_transfer(kumtor: Kumtor) -> None:
    expenditure = kumtor.expenditure(100)
    with pytest.raises(IntegrityError, match="just that amount"), transaction.atomic():
        ExpenditureApproval.objects.create(
            expenditure=expenditure, value_minor=0, paid=Transfer.objects.first(), by=kumtor.aigul,
            approved_at=AT,
        )  # fmt: skip


def test_a_line_is_not_overspent_though_the_bank_holds_enough(kumtor: Kumtor) -> None:
    kumtor.spend(28_200_000)
    assert training_left(kumtor) == 0
    with pytest.raises(Overdrawn, match="line:training"):
        kumtor.spend(100)
    assert breaches() == []


def test_a_bank_is_not_overspent_though_the_line_holds_enough(kumtor: Kumtor) -> None:
    kumtor.allot(kumtor.training, 5_000_000)
    with pytest.raises(Overdrawn, match="exchange more"):
        kumtor.spend(47_000_001)
    kumtor.spend(47_000_000)
    assert training_left(kumtor) == 4_600_000
    assert breaches() == []


def test_straight_sql_does_not_overspend(kumtor: Kumtor) -> None:
    for code in ("bank", "line:training", "grant"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_account SET balance_minor = -1 WHERE code = %s", [code])


@pytest.mark.parametrize("column", ["evidence_id", "village_id", "line_id", "payee_id"])
def test_no_expenditure_without_paper_village_line_and_payee(kumtor: Kumtor, column: str) -> None:
    row = Expenditure(
        tranche=kumtor.first, line=kumtor.training, village=kumtor.barskoon, payee=kumtor.bakyt,
        evidence=kumtor.paper(), amount_minor=1, currency="KGS", paid_on=DAY, purpose="x",
        recorded_by=kumtor.nurlan, recorded_at=AT,
    )  # fmt: skip
    setattr(row, column, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount_minor": 0}, "above zero"),
        ({"purpose": "  "}, "purpose"),
        ({"paid_on": date(2012, 6, 4)}, "lies outside"),
        ({"paid_on": date(2013, 4, 1)}, "lies outside"),
        ({"paid_on": date(2013, 3, 2)}, "in the future"),
    ],
)
def test_what_cannot_be_a_payment_is_refused(
    kumtor: Kumtor, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(AyilError, match=words):
        kumtor.expenditure(**{"amount_minor": 5} | change)


def test_the_beneficiary_is_a_village_and_the_tranche_was_received(kumtor: Kumtor) -> None:
    district = kumtor.barskoon.parent
    with pytest.raises(AyilError, match="no village"):
        kumtor.expenditure(5, village=district)
    with pytest.raises(AyilError, match="not received"):
        kumtor.expenditure(5, tranche=kumtor.second)
    with pytest.raises(AyilError, match="another agreement"):
        kumtor.expenditure(5, line=Kumtor(code="other").training)
    made = kumtor.expenditure(5)
    for change, words in (
        ({"village": district}, "is a village"),
        ({"line": Kumtor(code="third").training}, "from one agreement"),
    ):
        copy = Expenditure.objects.get(pk=made.pk)
        copy.pk, copy.uid = None, uuid4()
        for name, value in change.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            copy.save()


def test_the_same_expenditure_again_is_one(kumtor: Kumtor) -> None:
    uid, paper = uuid4(), kumtor.paper()
    first = kumtor.expenditure(5, uid=uid, evidence=paper)
    assert kumtor.expenditure(5, uid=uid, evidence=paper) == first
    with pytest.raises(Conflict):
        kumtor.expenditure(6, uid=uid, evidence=paper)
    assert Expenditure.objects.count() == 1


def test_a_refused_expenditure_is_not_approved(kumtor: Kumtor) -> None:
    expenditure = kumtor.expenditure(5)
    with pytest.raises(AyilError, match="reason"):
        refuse_expenditure(expenditure=expenditure, reason="", by=kumtor.aigul, at=AT)
    refuse_expenditure(expenditure=expenditure, reason="no stamp", by=kumtor.aigul, at=AT)
    with pytest.raises(AyilError, match="was refused"):
        approve_expenditure(expenditure=expenditure, by=kumtor.aigul, at=AT)
    with pytest.raises(AyilError, match="was approved"):
        refuse_expenditure(
            expenditure=kumtor.spend(5).expenditure, reason="late", by=kumtor.aigul, at=AT
        )


def test_an_approval_undone_brings_money_and_value_back(kumtor: Kumtor) -> None:
    approval = kumtor.spend(4_700_000)
    reverse_expenditure(
        approval=approval, on=date(2012, 8, 1), reason="paid twice", by=kumtor.aigul, at=AT
    )
    assert training_left(kumtor) == 600_000
    assert tranche_figures(kumtor.agreement)[0].spent_minor == 0
    assert not evidence_list(kumtor.agreement)
    with pytest.raises(AyilError, match="reversed before"):
        reverse_expenditure(approval=approval, on=DAY, reason="again", by=kumtor.aigul, at=AT)
    assert breaches() == []


def test_a_payment_of_less_than_a_cent_moves_money_and_no_value(kumtor: Kumtor) -> None:
    approval = kumtor.spend(1)
    assert (approval.value_minor, approval.valued) == (0, None)
    reverse_expenditure(approval=approval, on=DAY, reason="mistake", by=kumtor.aigul, at=AT)
    assert breaches() == []


def test_one_paper_behind_two_payments_is_listed(kumtor: Kumtor) -> None:
    paper = kumtor.paper()
    kumtor.spend(100, evidence=paper)
    assert not evidence_used_more_than_once(kumtor.agreement)
    kumtor.spend(200, evidence=paper, village=village("tamga", "Tamga"))
    assert list(evidence_used_more_than_once(kumtor.agreement)) == [paper]


def test_grants_are_seen_by_those_who_answer_for_them(kumtor: Kumtor) -> None:
    auditor = User.objects.create(username="auditor", party=person("Ermek"))
    assert not visible_to(auditor, DAY)
    grant_role(party=auditor.party, role=Role.AUDITOR, since=DAY, by=kumtor.aigul)
    assert list(visible_to(auditor, DAY)) == [kumtor.agreement]


def test_a_donors_officer_sees_their_donors_alone(kumtor: Kumtor) -> None:
    papers = Kumtor(code="second-2012").paper("another memorandum")
    theirs = sign_agreement(
        code="other-2012", donor=person("Another donor"), association=kumtor.association,
        number="O-1", title="Other", signed_on=DAY, begins_on=DAY, ends_on=DAY, currency="USD",
        scan=papers,
    )  # fmt: skip
    reed = User.objects.create(username="reed", party=kumtor.reed)
    assert theirs not in visible_to(reed, DAY)
    assert kumtor.agreement in visible_to(reed, DAY)
    seen = set(evidence_visible_to(reed, DAY).values_list("pk", flat=True))
    assert kumtor.agreement.scan_id in seen
    assert theirs.scan_id not in seen


class RandomSpending(TestCase):
    @settings(max_examples=15)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["spend", "spend", "reverse", "exchange"]),
                st.integers(1, 9_000_000),
                st.integers(40, 55),
            ),
            max_size=14,
        )
    )
    def test_any_history_adds_up_to_the_cent(self, steps: list[tuple[str, int, int]]) -> None:
        kumtor = ready()
        kumtor.allot(kumtor.training, 5_400_000)
        given = 1_000_000
        for step, amount, rate in steps:
            try:
                if step == "spend":
                    kumtor.spend(amount)
                elif step == "exchange":
                    kumtor.exchange(amount // 10 + 1, (amount // 10 + 1) * rate)
                    given += amount // 10 + 1
                else:
                    standing = ExpenditureApproval.objects.filter(reversal__isnull=True).first()
                    if standing:
                        reverse_expenditure(
                            approval=standing, on=DAY, reason="x", by=kumtor.aigul, at=AT
                        )
            except Overdrawn:
                pass
        rest = tranche_figures(kumtor.agreement)[0].in_bank["KGS"]
        if rest:
            kumtor.spend(rest)
        assert tranche_figures(kumtor.agreement)[0].spent_minor == given
        assert breaches() == []
        assert ExpenditureReversal.objects.count() <= len(steps)


@pytest.mark.django_db(transaction=True)
def test_eight_threads_spend_the_last_of_a_line_once() -> None:
    with shared_file():
        kumtor = ready()
        waiting = [kumtor.expenditure(9_400_000) for _ in range(8)]
        answers = all_at_once(
            8, lambda n: approve_expenditure(expenditure=waiting[n], by=kumtor.aigul, at=AT)
        )
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        assert len(refused) == 5
        assert all(isinstance(answer, Overdrawn) for answer in refused), refused
        assert training_left(kumtor) == 0
        assert Account.objects.get(code="bank", currency="KGS").balance_minor == 18_800_000
        assert breaches() == []
