"""A line is disputed on the page, the shop answers by the clock, and both read the outcome."""

import pytest
from django.urls import reverse

from ayil.payouts.models import Dispute, DisputeOutcome, Statement
from ayil.payouts.queries import statement_lines
from tests.rig.client import Client
from tests.rig.papers import words_on
from tests.site.test_statement_pages import address_of, browser, read
from tests.site.world import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> World:
    return world()


def decide(client: Client, pk: int, **form: str) -> str:
    answer = client.post(reverse("dispute-decide", args=[pk]), form, follow=True)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_one_line_is_disputed_and_won(found: World) -> None:
    maker, manager = browser(found, "maker"), browser(found, "our manager")
    statement = Statement.objects.get(consignor=found.ours.maker.party, number=1)
    line = statement_lines(statement).lines[3]
    form = f"{address_of(found, 'dispute')}?line={line.pk}"
    assert line.sale.receipt in read(maker, form)
    sent = {"line": str(line.pk), "words": "Баасы башка болчу"}
    assert maker.post(address_of(found, "dispute"), sent).status_code == 302
    raised = Dispute.objects.get(sale_line=line)
    listed = read(manager, reverse("disputes"))
    assert "late by" in listed, "the first was raised in July 2012"
    assert "14 days left" in listed
    case = read(manager, reverse("dispute-case", args=[raised.pk]))
    for words in (line.sale.receipt, line.lot.label, "650 сом", "Баасы башка болчу"):
        assert words in case
    assert "Write the amount" in decide(manager, raised.pk, do="uphold", amount="x", reason="x")
    assert "in a few words" in decide(manager, raised.pk, do="uphold", amount="65", reason=" ")
    assert "65 сом" in decide(manager, raised.pk, do="uphold", amount="65", reason="Чек табылды")
    outcome = DisputeOutcome.objects.get(dispute=raised)
    assert (outcome.amount_minor, outcome.verdict) == (6_500, "upheld")
    page = read(maker, address_of(found))
    assert "Чек табылды" in page
    paper = maker.get(reverse("dispute-paper", args=[raised.pk]))
    assert "Чек табылды" in words_on(paper.content).replace("\n", " ")


def test_another_is_lost_and_a_posting_is_undone(found: World) -> None:
    manager, dispute = browser(found, "our manager"), found.ours.dispute
    assert "Say how" in decide(manager, dispute, do="", reason="x")
    assert "Choose the posting" in decide(manager, dispute, do="reverse", reason="x", posting="1")
    decide(manager, dispute, do="dismiss", reason="Эки жолу саналды")
    assert DisputeOutcome.objects.get().verdict == "dismissed"
    assert "decided before" in decide(manager, dispute, do="dismiss", reason="Дагы")
    maker = browser(found, "maker")
    assert "Эки жолу саналды" in read(maker, reverse("dispute-case", args=[dispute]))
    assert "Answer it" not in read(maker, reverse("dispute-case", args=[dispute]))


def test_anothers_line_cannot_be_named(found: World) -> None:
    maker = browser(found, "maker")
    other = Statement.objects.get(consignor=found.others.maker.party, number=1)
    line = statement_lines(other).lines[0]
    for asked in (str(line.pk), "x", "9" * 30):
        assert maker.get(f"{address_of(found, 'dispute')}?line={asked}").status_code == 404
