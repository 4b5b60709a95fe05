"""A statement's page, paper and table; the group's sheet; the association's terms."""

from decimal import Decimal

import pytest
from django.urls import reverse

from ayil.payouts.models import PayoutTerms, SharingRule, Statement
from tests.rig.client import Client
from tests.rig.papers import words_on
from tests.site.cast import speak
from tests.site.world import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> World:
    return world()


def browser(found: World, name: str, language: str = "en") -> Client:
    client = Client()
    user = next(one.user for one in found.personas if one.name == name)
    assert user is not None
    client.force_login(user)
    speak(client, language)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def address_of(found: World, name: str = "statement") -> str:
    statement = Statement.objects.get(consignor=found.ours.maker.party, number=1)
    return reverse(name, args=[statement.shop.code, statement.consignor.uid, statement.number])


def test_a_statement_on_the_page_on_paper_and_as_a_table(found: World) -> None:
    maker = browser(found, "maker")
    page = read(maker, address_of(found))
    for words in ("handed to Гүлнара Асанова", "20 %", "10 pieces"):
        assert words in page
    assert page.count("This line is wrong") == 10
    answer = maker.get(address_of(found, "statement-paper"))
    assert answer["Content-Type"] == "application/pdf"
    statement = Statement.objects.get(consignor=found.ours.maker.party, number=1)
    assert bytes(statement.hash).hex()[:20] in words_on(answer.content).replace("\n", "")
    rows = maker.get(address_of(found, "statement-lines")).content.decode("utf-8-sig").splitlines()
    shares = sum(Decimal(row.split(",")[-2]) for row in rows[1:])
    assert shares * 100 == statement.sold_minor


def test_a_member_reckons_the_groups_sheet_again(found: World) -> None:
    fellow = browser(found, "fellow")
    address = reverse("sheet", args=[found.group_payout])
    page = read(fellow, address)
    for words in ("× 3 ÷ 6", "× 2 ÷ 6", "× 1 ÷ 6", "In the common box"):
        assert words in page
    paper = fellow.get(reverse("sheet-paper", args=[found.group_payout]))
    assert "Кенже" in words_on(paper.content)
    tried = read(fellow, reverse("sharing", args=[found.community.uid]) + "?amount=1000")
    assert "1 000 сом × 1 ÷ 6 = 166.66 сом" in tried
    assert "166 сом" in tried
    assert "Set a new rule" not in tried, "only the leader says how the group shares"
    assert browser(found, "maker").get(address).status_code == 404


def test_the_leader_sets_a_rule(found: World) -> None:
    leader = browser(found, "leader")
    form = {"since": "2099-01-01", "decided_by": "Жыйын", "paper": "Токтом 2"}
    form |= {f"parts-{one.pk}": "5" for one in (found.leader, found.fellow)}
    address = reverse("sharing-set", args=[found.community.uid])
    assert leader.post(address, form).status_code == 302
    rule = SharingRule.objects.latest("id")
    assert (rule.parts, rule.shares.count(), rule.by) == (10, 2, found.leader)
    assert leader.post(address, form | {f"parts-{found.fellow.pk}": "many"}).status_code == 302
    assert SharingRule.objects.latest("id") == rule


def test_the_officer_sets_the_terms(found: World) -> None:
    officer, address = browser(found, "officer"), reverse("payout-terms")
    assert "none: whatever is owed is paid" in read(officer, address)
    form = {"currency": "KGS", "least": "200", "answer_days": "10", "since": "2099-01-01"}
    assert officer.post(address, form | {"least": "much"}).status_code == 400
    assert officer.post(address, form | {"since": "2012-01-01"}).status_code == 400
    assert not PayoutTerms.objects.exists()
    assert officer.post(address, form).status_code == 302
    assert (PayoutTerms.objects.get().least_minor, PayoutTerms.objects.get().answer_days) == (
        20_000, 10,
    )  # fmt: skip
