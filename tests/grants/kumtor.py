"""The agreement of 2012 for the tests: a donor, an association, two tranches, three lines."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

from ayil.grants.actions import (
    accept_report,
    add_budget_line,
    allot,
    approve_expenditure,
    exchange_money,
    keep_evidence,
    plan_tranche,
    receive_tranche,
    record_expenditure,
    report_tranche,
    request_tranche,
    sign_agreement,
)
from ayil.grants.models import (
    Agreement,
    BudgetLine,
    EvidenceFile,
    Expenditure,
    ExpenditureApproval,
    Tranche,
)
from ayil.kit.invariants import collected
from ayil.ledger.actions import store_rate
from ayil.members.actions import enter_party, grant_role
from ayil.members.models import Party, PartyKind, Role
from ayil.places.actions import enter_place
from ayil.places.models import Place, PlaceKind

AT = datetime(2013, 3, 1, 6, 0, tzinfo=UTC)
DAY = date(2012, 6, 20)
TRANCHE_MINOR = 12_860_000  # 128,600 US dollars


def village(code: str = "barskoon", name: str = "Barskoon") -> Place:
    region = Place.objects.filter(code="issyk-kul").first() or enter_place(
        code="issyk-kul", kind=PlaceKind.REGION, parent=None,
        names=("Issyk-Kul", "Иссык-Куль", "Ысык-Көл"), source="register",
    )  # fmt: skip
    district = Place.objects.filter(code="jety-oguz").first() or enter_place(
        code="jety-oguz", kind=PlaceKind.DISTRICT, parent=region,
        names=("Jety-Oguz", "Джети-Огуз", "Жети-Өгүз"), source="register",
    )  # fmt: skip
    return Place.objects.filter(code=code).first() or enter_place(
        code=code, kind=PlaceKind.VILLAGE, parent=district, names=(name, name, name),
        source="register",
    )  # fmt: skip


def person(name: str, kind: PartyKind = PartyKind.PERSON) -> Party:
    return Party.objects.filter(name=name).first() or enter_party(kind=kind, name=name, at=AT)


class Kumtor:
    """Cast: Nurlan keeps the books, Aigul approves, Bakyt is paid, Ms Reed is the donor's."""

    def __init__(self, currency: str = "USD", code: str = "kumtor-2012") -> None:
        self.papers = itertools.count(1)
        self.nurlan, self.aigul = person("Nurlan"), person("Aigul")
        self.bakyt = person("Bakyt, felt workshop", PartyKind.ENTERPRISE)
        self.reed = person("Ms Reed")
        self.donor = person("Kumtor Operating Company", PartyKind.ENTERPRISE)
        self.association = person("One Village One Product Association", PartyKind.ENTERPRISE)
        grant_role(
            party=self.reed, role=Role.DONOR, donor=self.donor, since=date(2012, 4, 1),
            by=self.aigul,
        )  # fmt: skip
        for party, role in ((self.nurlan, Role.ACCOUNTANT), (self.aigul, Role.OFFICER)):
            grant_role(party=party, role=role, since=date(2012, 4, 1), by=self.association)
        self.barskoon = village()
        self.agreement: Agreement = sign_agreement(
            code=code, donor=self.donor, association=self.association, number="KOC-2012-04",
            title="Community empowerment", signed_on=date(2012, 4, 20),
            begins_on=date(2012, 6, 1), ends_on=date(2013, 3, 31), currency=currency,
            scan=self.paper("memorandum"),
        )  # fmt: skip
        self.first, self.second = (
            plan_tranche(agreement=self.agreement, planned_on=day, planned_minor=TRANCHE_MINOR)
            for day in (date(2012, 6, 5), date(2012, 10, 1))
        )
        self.training = self.line("training", 6_000_000)
        self.shop = self.line("shop", 4_000_000)

    def line(self, code: str, amount_minor: int) -> BudgetLine:
        return add_budget_line(
            agreement=self.agreement, code=code, names=(code, code, code), amount_minor=amount_minor
        )

    def paper(self, what: str = "bill") -> EvidenceFile:
        text = f"{what} {next(self.papers)}"
        return keep_evidence(
            content=b"%PDF-1.4 " + text.encode(), name=f"{text}.pdf",
            media_type="application/pdf", by=self.nurlan, at=AT,
        )  # fmt: skip

    def receive(self, tranche: Tranche | None = None, on: date = date(2012, 6, 5)) -> None:
        tranche = tranche or self.first
        request_tranche(tranche=tranche, on=on, paper=self.paper("request"), by=self.nurlan, at=AT)
        currency = self.agreement.currency
        rate = None if currency == "KGS" else store_rate(
            date=on, base=currency, quote="KGS", base_minor=100, quote_minor=4_700,
            source="National Bank, daily table",
        )  # fmt: skip
        receive_tranche(
            tranche=tranche, on=on, amount_minor=TRANCHE_MINOR, slip=self.paper("slip"),
            rate=rate, by=self.nurlan, at=AT,
        )  # fmt: skip

    def allot(self, line: BudgetLine, amount_minor: int, tranche: Tranche | None = None) -> None:
        allot(
            tranche=tranche or self.first, line=line, amount_minor=amount_minor, on=DAY,
            reason="budget of the agreement", by=self.nurlan, at=AT,
        )  # fmt: skip

    def exchange(self, given_minor: int, got_minor: int, **more: Any) -> None:
        exchange_money(**{
            "tranche": self.first, "given_minor": given_minor, "got_minor": got_minor,
            "into": "KGS", "on": DAY, "source": "slip of the bank", "slip": self.paper("slip"),
            "by": self.nurlan, "at": AT,
        } | more)  # fmt: skip

    def expenditure(self, amount_minor: int, **more: Any) -> Expenditure:
        return record_expenditure(**{
            "tranche": self.first, "line": self.training, "village": self.barskoon,
            "payee": self.bakyt, "evidence": self.paper(), "amount_minor": amount_minor,
            "currency": "KGS", "paid_on": DAY, "purpose": "felt-making course", "by": self.nurlan,
            "at": AT,
        } | more)  # fmt: skip

    def spend(self, amount_minor: int, **more: Any) -> ExpenditureApproval:
        expenditure = self.expenditure(amount_minor, **more)
        return approve_expenditure(expenditure=expenditure, by=self.aigul, at=AT)

    def report(self, tranche: Tranche | None = None) -> None:
        report = report_tranche(
            tranche=tranche or self.first, on=date(2012, 9, 20), paper=self.paper("report"),
            by=self.nurlan, at=AT,
        )  # fmt: skip
        accept_report(
            report=report, on=date(2012, 9, 28), letter=self.paper("letter"), by=self.reed, at=AT
        )


def ready() -> Kumtor:
    """The first tranche received, 10,000 dollars in som, the training line allotted 6,000."""
    kumtor = Kumtor()
    kumtor.receive()
    kumtor.allot(kumtor.training, 600_000)
    kumtor.exchange(1_000_000, 47_000_000)
    return kumtor


def breaches() -> list[str]:
    return [line for check in collected() for line in check.find()]
