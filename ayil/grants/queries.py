"""Reads over grants: every figure is a query over rows that a paper stands behind."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from ayil.grants.models import (
    Agreement,
    Allotment,
    BudgetLine,
    EvidenceFile,
    Expenditure,
    ExpenditureApproval,
    ExpenditureReversal,
    Tranche,
    TrancheExchange,
    TrancheReceipt,
    TrancheReport,
    TrancheReturn,
)
from ayil.grants.rules import MoneyIn, Stage, TrancheFacts, stage_of
from ayil.ledger.models import Account
from ayil.members.queries import AnyUser
from ayil.members.rights import Right, reach_of
from ayil.places.models import Place


def visible_to(user: AnyUser, day: date) -> QuerySet[Agreement]:
    """The agreements whose papers this user may open: a donor's officer sees the donor's own."""
    reach = reach_of(user, Right.SEE_GRANT, day=day)
    if reach.everywhere:
        return Agreement.objects.all()
    return Agreement.objects.filter(donor__in=reach.donors)


def money_in(tranche: Tranche, currency: str) -> list[MoneyIn]:
    """What came into the tranche's account of another currency, in the order of posting."""
    came = [
        (seq, MoneyIn(given_minor=base, got_minor=quote))
        for seq, base, quote in TrancheExchange.objects.filter(
            tranche=tranche, rate__quote=currency
        ).values_list("got__seq", "rate__base_minor", "rate__quote_minor")
    ]
    came += [
        (seq, MoneyIn(given_minor=value, got_minor=amount))
        for seq, value, amount in ExpenditureReversal.objects.filter(
            approval__expenditure__tranche=tranche, approval__expenditure__currency=currency
        ).values_list(
            "paid_back__seq", "approval__value_minor", "approval__expenditure__amount_minor"
        )
    ]
    return [money for _seq, money in sorted(came, key=lambda pair: pair[0])]


def gone_out(tranche: Tranche, currency: str) -> int:
    """All that was ever paid out of that account, whether or not it came back later."""
    spent = ExpenditureApproval.objects.filter(
        expenditure__tranche=tranche, expenditure__currency=currency
    ).aggregate(total=Sum("expenditure__amount_minor"))["total"]
    returned = TrancheReturn.objects.filter(tranche=tranche, currency=currency).aggregate(
        total=Sum("amount_minor")
    )["total"]
    return int(spent or 0) + int(returned or 0)


def standing() -> QuerySet[Expenditure]:
    """Expenditures that were approved and not undone: what counts as spent."""
    return Expenditure.objects.filter(approval__isnull=False, approval__reversal__isnull=True)


def awaiting_approval(agreement: Agreement) -> QuerySet[Expenditure]:
    return _with_papers(agreement).filter(approval__isnull=True, refusal__isnull=True)


def _with_papers(agreement: Agreement) -> QuerySet[Expenditure]:
    return Expenditure.objects.filter(tranche__agreement=agreement).select_related(
        "tranche", "line", "village", "payee", "evidence", "approval", "approval__by", "recorded_by"
    )


def evidence_list(agreement: Agreement) -> QuerySet[Expenditure]:
    """Every standing expenditure with its paper, line, village and the people behind it."""
    return _with_papers(agreement).filter(pk__in=standing().values("pk"))


def evidence_used_more_than_once(agreement: Agreement) -> QuerySet[EvidenceFile]:
    """Papers behind several standing expenditures: one bill of many lines, or one used twice."""
    used = Count("expenditures", filter=Q(expenditures__in=standing()))
    return (
        EvidenceFile.objects.filter(expenditures__tranche__agreement=agreement)
        .annotate(times=used)
        .filter(times__gt=1)
    )


@dataclass(frozen=True)
class TrancheFigures:
    """One tranche in the agreement's currency; `in_bank` by currency, in minor units."""

    tranche: Tranche
    stage: Stage
    planned_minor: int
    received_minor: int
    allotted_minor: int
    spent_minor: int
    returned_minor: int
    in_bank: dict[str, int] = field(default_factory=dict)


def tranche_figures(agreement: Agreement) -> list[TrancheFigures]:
    """Every tranche with its stage and totals, in a fixed number of queries."""
    tranches = Tranche.objects.filter(agreement=agreement).select_related(
        "agreement", "fund", "receipt", "request"
    )
    received = _sums(TrancheReceipt.objects.filter(tranche__agreement=agreement), "amount_minor")
    allotted = _sums(Allotment.objects.filter(tranche__agreement=agreement), "amount_minor")
    spent = _sums(standing().filter(tranche__agreement=agreement), "approval__value_minor")
    returned = _sums(TrancheReturn.objects.filter(tranche__agreement=agreement), "value_minor")
    reports = TrancheReport.objects.filter(tranche__agreement=agreement)
    reported = set(reports.filter(refusal__isnull=True).values_list("tranche_id", flat=True))
    accepted = set(reports.filter(acceptance__isnull=False).values_list("tranche_id", flat=True))
    banks: dict[int, dict[str, int]] = defaultdict(dict)
    for account in Account.objects.filter(fund__tranche__agreement=agreement, code="bank"):
        banks[account.fund_id][account.currency] = account.balance_minor
    return [
        TrancheFigures(
            tranche=tranche,
            stage=stage_of(
                TrancheFacts(
                    requested=hasattr(tranche, "request"),
                    received=tranche.pk in received,
                    left_minor=sum(banks[tranche.fund_id].values()),
                    reported=tranche.pk in reported,
                    accepted=tranche.pk in accepted,
                )
            ),
            planned_minor=tranche.planned_minor,
            received_minor=received.get(tranche.pk, 0),
            allotted_minor=allotted.get(tranche.pk, 0),
            spent_minor=spent.get(tranche.pk, 0),
            returned_minor=returned.get(tranche.pk, 0),
            in_bank=dict(banks[tranche.fund_id]),
        )
        for tranche in tranches
    ]


def _sums(rows: QuerySet[Any], column: str, by: str = "tranche_id") -> dict[int, int]:
    totals = rows.order_by().values_list(by).annotate(total=Sum(column))
    return {key: int(total) for key, total in totals}


@dataclass(frozen=True)
class LineFigures:
    """One budget line in the agreement's currency: what it may still spend is `left_minor`."""

    line: BudgetLine
    budget_minor: int
    allotted_minor: int
    spent_minor: int

    @property
    def left_minor(self) -> int:
        return self.allotted_minor - self.spent_minor


def line_figures(agreement: Agreement, tranche: Tranche | None = None) -> list[LineFigures]:
    """Every line's budget against its spending, over all tranches or one."""
    of = Q(tranche__agreement=agreement) if tranche is None else Q(tranche=tranche)
    allotted = _sums(Allotment.objects.filter(of), "amount_minor", by="line_id")
    spent = _sums(standing().filter(of), "approval__value_minor", by="line_id")
    return [
        LineFigures(
            line=line,
            budget_minor=line.amount_minor,
            allotted_minor=allotted.get(line.pk, 0),
            spent_minor=spent.get(line.pk, 0),
        )
        for line in BudgetLine.objects.filter(agreement=agreement)
    ]


@dataclass(frozen=True)
class VillageFigures:
    """What was spent for one village, in the agreement's currency, and in how many payments."""

    village: Place
    spent_minor: int
    payments: int


def village_figures(agreement: Agreement) -> list[VillageFigures]:
    totals = {
        village: (int(value), int(count))
        for village, value, count in standing()
        .filter(tranche__agreement=agreement)
        .order_by()
        .values_list("village_id")
        .annotate(value=Sum("approval__value_minor"), count=Count("pk"))
    }
    return [
        VillageFigures(village=village, spent_minor=totals[village.pk][0],
                       payments=totals[village.pk][1])
        for village in Place.objects.filter(pk__in=totals)
    ]  # fmt: skip


def may_be_received(tranche: Tranche) -> bool:
    """Whether nothing stands in the way: requested, and the one before accepted."""
    earlier = TrancheReport.objects.filter(
        tranche__agreement=OuterRef("agreement"), tranche__number=tranche.number - 1,
        acceptance__isnull=False,
    )  # fmt: skip
    waiting = Tranche.objects.filter(pk=tranche.pk, request__isnull=False, receipt__isnull=True)
    return (waiting if tranche.number == 1 else waiting.filter(Exists(earlier))).exists()


def report_figures(tranche: Tranche) -> dict[str, Any]:
    """What a report on this tranche says now: whole numbers and text, ready to be hashed."""
    figures = next(f for f in tranche_figures(tranche.agreement) if f.tranche.pk == tranche.pk)
    return {
        "agreement": tranche.agreement.code,
        "tranche": tranche.number,
        "currency": tranche.agreement.currency,
        "received_minor": figures.received_minor,
        "spent_minor": figures.spent_minor,
        "returned_minor": figures.returned_minor,
        "in_bank_minor": figures.in_bank,
        "lines": [
            {
                "code": line.line.code,
                "budget_minor": line.budget_minor,
                "allotted_minor": line.allotted_minor,
                "spent_minor": line.spent_minor,
            }
            for line in line_figures(tranche.agreement, tranche)
        ],
        "villages": [
            {"code": code, "spent_minor": int(value), "payments": count}
            for code, value, count in standing()
            .filter(tranche=tranche)
            .order_by("village__code")
            .values_list("village__code")
            .annotate(value=Sum("approval__value_minor"), count=Count("pk"))
        ],
    }
