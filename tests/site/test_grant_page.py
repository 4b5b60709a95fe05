"""The donor's page: figures to the cent, the paper behind each payment, and for whom it is."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ayil.grants.actions import (
    add_budget_line,
    allot,
    approve_expenditure,
    keep_evidence,
    plan_tranche,
    receive_tranche,
    record_expenditure,
    request_tranche,
    sign_agreement,
)
from ayil.grants.models import EvidenceFile, Tranche
from ayil.ledger.actions import store_rate
from ayil.members.actions import enter_party, grant_role
from ayil.members.models import Party, PartyKind, Role
from tests.site.cast import START, Programme, account_of, person, programme, queries_of, speak

pytestmark = pytest.mark.django_db
SIGNED = date(2012, 4, 20)
LATER = datetime(2012, 9, 1, 6, 0, tzinfo=UTC)


class Grant:
    """A memorandum of two tranches; the first came and is spent payment by payment."""

    def __init__(self) -> None:
        self.made: Programme = programme()
        self.payee = person("Темир Алиев")
        self.approver = person("Салтанат Орозова")
        grant_role(party=self.approver, role=Role.ACCOUNTANT, since=START, by=self.made.officer)
        company = enter_party(kind=PartyKind.ENTERPRISE, name="Kumtor", at=LATER)
        association = enter_party(kind=PartyKind.ENTERPRISE, name="OVOP", at=LATER)
        agreement = sign_agreement(
            code="kumtor-2012",
            donor=company,
            association=association,
            number="M-1",
            title="Community empowerment",
            signed_on=SIGNED,
            begins_on=SIGNED,
            ends_on=date(2013, 3, 31),
            currency="USD",
            scan=self.paper("memorandum"),
        )
        self.first: Tranche = plan_tranche(
            agreement=agreement, planned_on=START, planned_minor=12_860_000
        )
        plan_tranche(agreement=agreement, planned_on=date(2012, 10, 1), planned_minor=12_860_000)
        self.line = add_budget_line(
            agreement=agreement,
            code="training",
            names=("Trainings", "Тренинги", "Окуулар"),
            amount_minor=5_000_000,
        )
        officer = self.made.officer
        request_tranche(
            tranche=self.first, on=SIGNED, paper=self.paper("request"), by=officer, at=LATER
        )
        rate = store_rate(
            date=START, base="USD", quote="KGS", base_minor=100, quote_minor=4_700, source="bank"
        )
        receive_tranche(
            tranche=self.first,
            on=START,
            amount_minor=12_860_000,
            slip=self.paper("slip"),
            rate=rate,
            by=officer,
            at=LATER,
        )
        allot(
            tranche=self.first,
            line=self.line,
            amount_minor=2_000_000,
            on=START,
            reason="The first trainings",
            by=officer,
            at=LATER,
        )

    def paper(self, name: str) -> EvidenceFile:
        return keep_evidence(
            content=f"%PDF-1.7 {name}".encode(),
            name=f"{name}.pdf",
            media_type="application/pdf",
            by=self.made.officer,
            at=LATER,
        )

    def pay(self, purpose: str, amount_minor: int) -> EvidenceFile:
        evidence = self.paper(purpose)
        paid = record_expenditure(
            tranche=self.first,
            line=self.line,
            village=self.made.villages[0],
            payee=self.payee,
            evidence=evidence,
            amount_minor=amount_minor,
            currency="USD",
            paid_on=date(2012, 7, 1),
            purpose=purpose,
            by=self.made.officer,
            at=LATER,
        )
        approve_expenditure(expenditure=paid, by=self.approver, at=LATER)
        return evidence

    def donor(self) -> Party:
        officer = person("Jane Miller", language="en")
        grant_role(
            party=officer,
            role=Role.DONOR,
            donor=self.first.agreement.donor,
            since=START,
            by=self.made.officer,
        )
        return officer


def read(client: Client, address: str = "/grant/") -> str:
    speak(client, "en")
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_the_donor_reads_to_the_cent(client: Client) -> None:
    grant = Grant()
    grant.pay("Felting course in Barskoon", 123_456)
    client.force_login(account_of(grant.donor()))
    page = read(client)
    assert "128 600 USD" in page
    assert "257 200 USD" in page
    assert "1 234.56 USD" in page
    assert "127 365.44 USD" in page
    assert "Felting course in Barskoon" in page
    assert "Темир" not in page  # who was paid stands on the paper alone


def test_the_paper_is_handed_out_whole_and_never_shown(client: Client) -> None:
    grant = Grant()
    evidence = grant.pay("Course", 100)
    client.force_login(account_of(grant.donor()))
    answer = client.get(reverse("evidence", args=[evidence.sha256]))
    assert answer.content == b"%PDF-1.7 Course"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(reverse("evidence", args=["0" * 64])).status_code == 404


def test_a_damaged_paper_is_not_handed_out(client: Client) -> None:
    grant = Grant()
    evidence = grant.pay("Course", 100)
    evidence.path.write_bytes(b"%PDF-1.7 forged")
    client.force_login(account_of(grant.donor()))
    assert client.get(reverse("evidence", args=[evidence.sha256])).status_code == 404
    evidence.path.unlink()


def test_makers_and_managers_do_not_read_it(client: Client) -> None:
    grant = Grant()
    evidence = grant.pay("Course", 100)
    for who in (grant.made.manager, grant.payee):
        client.force_login(account_of(who))
        assert client.get("/grant/").status_code == 403
        assert client.get(reverse("evidence", args=[evidence.sha256])).status_code == 403


def test_before_the_first_agreement(client: Client) -> None:
    made = programme()
    client.force_login(account_of(made.officer))
    assert "No agreement is entered yet" in read(client)


def test_queries_do_not_grow_with_the_payments(client: Client) -> None:
    grant = Grant()
    grant.pay("One", 100)
    client.force_login(account_of(grant.donor()))
    few = queries_of(client, "/grant/")
    grant.pay("Two", 200)
    grant.pay("Three", 300)
    assert queries_of(client, "/grant/?line=training") == few
