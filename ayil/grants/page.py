"""What the donor looks at: what came, what it was spent on, and the paper behind each payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet, Sum

from ayil.grants.models import (
    Agreement,
    BudgetLine,
    EvidenceFile,
    Expenditure,
    ExpenditureApproval,
    Tranche,
    TrancheReport,
    TrancheReturn,
)
from ayil.members.models import Role
from ayil.members.queries import AnyUser, has_role

MAY_SEE = (Role.OFFICER, Role.ACCOUNTANT, Role.AUDITOR, Role.DONOR)
PAYMENTS_A_PAGE = 30


@dataclass(frozen=True)
class Line:
    """A budget line against what was spent of it, in the agreement's currency."""

    line: BudgetLine
    spent_minor: int

    @property
    def left_minor(self) -> int:
        return self.line.amount_minor - self.spent_minor


@dataclass(frozen=True)
class Part:
    """A tranche and the days of its life; what has not happened yet is None."""

    tranche: Tranche
    requested_on: date | None
    received_on: date | None
    received_minor: int
    spent_minor: int
    returned_minor: int
    reported_on: date | None
    accepted_on: date | None

    @property
    def left_minor(self) -> int:
        return self.received_minor - self.spent_minor - self.returned_minor


@dataclass(frozen=True)
class GrantPage:
    """One agreement; amounts are in its currency."""

    agreement: Agreement
    parts: Sequence[Part]
    lines: Sequence[Line]

    @property
    def planned_minor(self) -> int:
        return sum(part.tranche.planned_minor for part in self.parts)

    @property
    def received_minor(self) -> int:
        return sum(part.received_minor for part in self.parts)

    @property
    def spent_minor(self) -> int:
        return sum(part.spent_minor for part in self.parts)

    @property
    def returned_minor(self) -> int:
        return sum(part.returned_minor for part in self.parts)

    @property
    def left_minor(self) -> int:
        return self.received_minor - self.spent_minor - self.returned_minor


def agreements_visible_to(user: AnyUser, on: date) -> QuerySet[Agreement]:
    """All, for those whom the association or the donor charged with it; else none."""
    if not has_role(user, *MAY_SEE, day=on):
        return Agreement.objects.none()
    return Agreement.objects.select_related("donor", "association").order_by("-signed_on", "-id")


def standing_payments(agreement: Agreement) -> QuerySet[ExpenditureApproval]:
    """Approved and not reversed: what the report counts."""
    return ExpenditureApproval.objects.filter(
        expenditure__tranche__agreement=agreement, reversal__isnull=True
    )


def grant_page(agreement: Agreement) -> GrantPage:
    payments = standing_payments(agreement)
    by_line = dict(payments.values_list("expenditure__line").annotate(value=Sum("value_minor")))
    return GrantPage(
        agreement=agreement,
        parts=_parts(agreement, payments),
        lines=[Line(line, by_line.get(line.pk, 0)) for line in agreement.lines.all()],
    )


def _parts(agreement: Agreement, payments: QuerySet[ExpenditureApproval]) -> Sequence[Part]:
    spent = dict(payments.values_list("expenditure__tranche").annotate(value=Sum("value_minor")))
    given_back = dict(
        TrancheReturn.objects.filter(tranche__agreement=agreement)
        .order_by()
        .values_list("tranche")
        .annotate(value=Sum("value_minor"))
    )
    reports = TrancheReport.objects.filter(tranche__agreement=agreement)
    last_report = {
        report.tranche_id: report for report in reports.select_related("acceptance").order_by("id")
    }

    def part(tranche: Tranche) -> Part:
        request, receipt = getattr(tranche, "request", None), getattr(tranche, "receipt", None)
        report = last_report.get(tranche.pk)
        acceptance = getattr(report, "acceptance", None)
        return Part(
            tranche=tranche,
            requested_on=request.on if request else None,
            received_on=receipt.on if receipt else None,
            received_minor=receipt.amount_minor if receipt else 0,
            spent_minor=spent.get(tranche.pk, 0),
            returned_minor=given_back.get(tranche.pk, 0),
            reported_on=report.on if report else None,
            accepted_on=acceptance.on if acceptance else None,
        )

    tranches = agreement.tranches.select_related("request", "receipt").order_by("number")
    return [part(tranche) for tranche in tranches]


def payments_page(agreement: Agreement, line: str, number: str) -> Page[Expenditure]:
    """Standing payments, newest first, of one budget line where its code is given."""
    payments = Expenditure.objects.filter(
        tranche__agreement=agreement, approval__isnull=False, approval__reversal__isnull=True
    )
    if line:
        payments = payments.filter(line__code=line)
    told = payments.select_related("line", "village", "evidence", "approval")
    return Paginator(told.order_by("-paid_on", "-id"), PAYMENTS_A_PAGE).get_page(number)


def evidence_visible_to(user: AnyUser, on: date) -> QuerySet[EvidenceFile]:
    """Every paper behind a grant, for those who may read its page."""
    if not has_role(user, *MAY_SEE, day=on):
        return EvidenceFile.objects.none()
    return EvidenceFile.objects.all()
