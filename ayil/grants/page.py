"""What the donor looks at: what came, what it was spent on, and the paper behind each payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from ayil.grants.models import (
    Agreement,
    EvidenceFile,
    Expenditure,
    TrancheAcceptance,
    TrancheExchange,
    TrancheReceipt,
    TrancheReport,
    TrancheRequest,
    TrancheReturn,
)
from ayil.grants.queries import (
    LineFigures,
    TrancheFigures,
    evidence_list,
    line_figures,
    tranche_figures,
    visible_to,
)
from ayil.members.queries import AnyUser

PAYMENTS_A_PAGE = 30


@dataclass(frozen=True)
class Part:
    """A tranche with its figures and its last report, if there is one."""

    figures: TrancheFigures
    report: TrancheReport | None

    @property
    def requested_on(self) -> date | None:
        request = getattr(self.figures.tranche, "request", None)
        return request.on if request else None

    @property
    def received_on(self) -> date | None:
        receipt = getattr(self.figures.tranche, "receipt", None)
        return receipt.on if receipt else None

    @property
    def accepted_on(self) -> date | None:
        acceptance = getattr(self.report, "acceptance", None)
        return acceptance.on if acceptance else None


@dataclass(frozen=True)
class GrantPage:
    """One agreement; amounts are in its currency."""

    agreement: Agreement
    parts: Sequence[Part]
    lines: Sequence[LineFigures]

    @property
    def planned_minor(self) -> int:
        return sum(part.figures.planned_minor for part in self.parts)

    @property
    def received_minor(self) -> int:
        return sum(part.figures.received_minor for part in self.parts)

    @property
    def spent_minor(self) -> int:
        return sum(part.figures.spent_minor for part in self.parts)

    @property
    def returned_minor(self) -> int:
        return sum(part.figures.returned_minor for part in self.parts)

    @property
    def left_minor(self) -> int:
        return self.received_minor - self.spent_minor - self.returned_minor


def grant_page(agreement: Agreement) -> GrantPage:
    reports = TrancheReport.objects.filter(tranche__agreement=agreement)
    last = {
        report.tranche_id: report for report in reports.select_related("acceptance").order_by("id")
    }
    return GrantPage(
        agreement=agreement,
        parts=[
            Part(figures, last.get(figures.tranche.pk)) for figures in tranche_figures(agreement)
        ],
        lines=line_figures(agreement),
    )


def payments_page(agreement: Agreement, line: str, number: str) -> Page[Expenditure]:
    """Standing payments, newest first, of one budget line where its code is given."""
    payments = evidence_list(agreement)
    if line:
        payments = payments.filter(line__code=line)
    return Paginator(payments.order_by("-paid_on", "-id"), PAYMENTS_A_PAGE).get_page(number)


def evidence_visible_to(user: AnyUser, day: date) -> QuerySet[EvidenceFile]:
    """Every paper behind the agreements that the user may see."""
    agreements = visible_to(user, day)
    papers = Q(pk__in=agreements.values("scan"))
    for rows, paper in (
        (TrancheRequest, "paper"), (TrancheReceipt, "slip"), (TrancheExchange, "slip"),
        (Expenditure, "evidence"), (TrancheReturn, "slip"), (TrancheReport, "paper"),
    ):  # fmt: skip
        of = rows._default_manager.filter(tranche__agreement__in=agreements)
        papers |= Q(pk__in=of.values(paper))
    letters = TrancheAcceptance.objects.filter(report__tranche__agreement__in=agreements)
    return EvidenceFile.objects.filter(papers | Q(pk__in=letters.values("letter")))
