"""A grant's money moves by those whose office it is; the donor's answer is that donor's."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from ayil.grants.actions import (
    accept_report,
    allot,
    approve_expenditure,
    exchange_money,
    receive_tranche,
    record_expenditure,
    refuse_expenditure,
    refuse_report,
    report_tranche,
    request_tranche,
    return_unspent,
    reverse_expenditure,
)
from ayil.grants.models import Expenditure, ExpenditureApproval, TrancheReport
from ayil.kit.errors import AyilError
from ayil.members.actions import grant_role
from ayil.members.models import Merge, Party, PartyKind, Role
from tests.grants.kumtor import AT, DAY, Kumtor, person, ready
from tests.site.digests import digests

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Grant:
    """Spent once and approved, recorded once more, reported."""

    kumtor: Kumtor
    approval: ExpenditureApproval
    waits: Expenditure
    report: TrancheReport


@pytest.fixture
def grant() -> Grant:
    made = ready()
    approval, waits = made.spend(100_000), made.expenditure(50_000)
    report = report_tranche(
        tranche=made.first, on=DAY, paper=made.paper("report"), by=made.nurlan, at=AT
    )
    return Grant(made, approval, waits, report)


def deeds(grant: Grant, by: Party) -> Iterator[tuple[str, Callable[[], object]]]:
    told: dict[str, Any] = {"by": by, "at": AT}
    kumtor, report = grant.kumtor, grant.report
    keep, approve, answer = "record a grant's money", "approve, refuse or", "accept a report"
    paper, tranche, line = kumtor.paper(), kumtor.second, kumtor.training
    yield keep, lambda: request_tranche(tranche=tranche, on=DAY, paper=paper, **told)
    yield (
        keep,
        lambda: receive_tranche(
            tranche=tranche, on=DAY, amount_minor=1, slip=paper, rate=None, **told
        ),
    )
    yield (
        keep,
        lambda: allot(tranche=kumtor.first, line=line, amount_minor=1, on=DAY, reason="x", **told),
    )
    yield keep, lambda: exchange_money(
        tranche=kumtor.first, given_minor=1, got_minor=47, into="KGS", on=DAY, source="x",
        slip=paper, **told,
    )  # fmt: skip
    yield keep, lambda: record_expenditure(
        tranche=kumtor.first, line=line, village=kumtor.barskoon, payee=kumtor.bakyt,
        evidence=paper, amount_minor=1, currency="KGS", paid_on=DAY, purpose="x", **told,
    )  # fmt: skip
    yield keep, lambda: return_unspent(
        tranche=kumtor.first, on=DAY, amount_minor=1, currency="USD", slip=paper, reason="x",
        approved_by=kumtor.aigul, **told,
    )  # fmt: skip
    yield keep, lambda: report_tranche(tranche=kumtor.first, on=DAY, paper=paper, **told)
    waits, approval = grant.waits, grant.approval
    yield approve, lambda: approve_expenditure(expenditure=waits, **told)
    yield approve, lambda: refuse_expenditure(expenditure=waits, reason="x", **told)
    yield approve, lambda: reverse_expenditure(approval=approval, on=DAY, reason="x", **told)
    yield answer, lambda: accept_report(report=report, on=DAY, letter=paper, **told)
    yield answer, lambda: refuse_report(report=report, on=DAY, reason="x", **told)


def test_who_has_no_office_moves_nothing(grant: Grant) -> None:
    kumtor = grant.kumtor
    theirs = person("Mr Khan")
    other = person("Aga Khan Foundation", PartyKind.ENTERPRISE)
    grant_role(party=theirs, role=Role.DONOR, since=DAY, by=kumtor.aigul, donor=other)
    auditor = person("Ermek")
    grant_role(party=auditor, role=Role.AUDITOR, since=DAY, by=kumtor.aigul)
    acts = [pair for who in (theirs, auditor, person("Zarina")) for pair in deeds(grant, who)]
    before = digests()
    for words, deed in acts:
        with pytest.raises(AyilError, match=f"may not do this: {words}"):
            deed()
    assert digests() == before


def test_the_donors_own_officer_does_not_touch_the_money(grant: Grant) -> None:
    kumtor = grant.kumtor
    for words, deed in deeds(grant, kumtor.reed):
        if words != "accept a report":
            with pytest.raises(AyilError, match="may not do this"):
                deed()


def test_two_records_of_one_person_do_not_record_and_approve(grant: Grant) -> None:
    kumtor = grant.kumtor
    double = person("Нурлан")
    grant_role(party=double, role=Role.OFFICER, since=DAY, by=kumtor.aigul)
    Merge.objects.create(kept=kumtor.nurlan, double=double, reason="one", by=kumtor.aigul, at=AT)
    with pytest.raises(AyilError, match="cannot decide on it"):
        approve_expenditure(expenditure=grant.waits, by=double, at=AT)
